"""The pages of the room: the door, the room itself, the desk, the captions, the check before."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from orken.kit.i18n.content import current_language
from orken.kit.live import pages as live_pages
from orken.live_room import policy, providers, services, states, who
from orken.live_room import selectors as rooms
from orken.live_room.models import Participant, Poll, Room
from orken.live_room.selectors import evidence
from orken.live_room.selectors import rooms as reading
from orken.live_room.views.common import (
    Asked,
    actor,
    found_by_check,
    moderated_or_404,
    run_or_404,
    session_or_404,
    told,
)
from orken.live_room.views.showing import context_of, heard, heavy, place_of, show

State, Role = Participant.State, Participant.Role
MINUTES = (1, 2, 3, 5, 10)
TYPED = ("kk", "ru")


def door(request: HttpRequest, code: str) -> HttpResponse:
    """The rooms of a run; where there is one session, its room at once."""
    run = run_or_404(request, code)
    sessions = reading.sessions_of(run)
    if len(sessions) == 1:
        return redirect("live_room:room", code=code, pk=sessions[0].pk)
    return render(request, "live_room/door.html", {"run": run, "sessions": sessions})


@never_cache
def room(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The room as its reader sees it; before the door: why it is shut, what counts as presence, and how to come in."""
    session, found = session_or_404(request, code, pk)
    account = actor(request)
    participant = services.come(session=session, by=account)
    if participant is not None:
        found = reading.room_of(session)
    return show(request, found, account, participant, place_of(session))


@never_cache
def desk(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The moderator's desk."""
    session, _found = moderated_or_404(request, code, pk)
    participant = services.come(session=session, by=actor(request))
    assert participant is not None, "a moderator is inside"
    found = reading.room_of(session)
    context = context_of(request, found, participant, place_of(session))
    known = reading.desk(found)
    roles, polls = dict(Role.choices), dict(Poll.State.choices)
    for one in (*known["waiting"], *known["people"], *known["removed"]):
        one["role_label"] = roles[one["role"]]
    for one in known["polls"]:
        one["state_label"] = polls[one["state"]]
    context |= {
        "desk": known, "ways": [(one.way, [str(reason) for reason in one.reasons]) for one in states.ROOM.from_here(found)],
        "decks": reading.decks(found), "minutes": MINUTES, "near": reading.is_near(session),
        "sees_presence": policy.seen(actor(request), found.session.run), "joining": providers.of(found).join(found, participant),
    }  # fmt: skip
    return heard(request, "live_room/desk.html", context, found, participant)


@never_cache
def captions(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Where captions are typed."""
    session, found = session_or_404(request, code, pk)
    participant = services.come(session=session, by=actor(request))
    if participant is None or participant.state != State.INSIDE:
        raise Http404
    if not participant.writes_captions and participant.role != Role.MODERATOR:
        raise Http404
    found = reading.room_of(session)
    context = context_of(request, found, participant, place_of(session))
    asked = request.GET.get("language", "")
    spoken = reading.spoken_now(context["places"], found.slot, session.run)
    context["typed"] = asked if asked in TYPED else spoken or ("ru" if current_language() == "ru" else "kk")
    context["spoken"] = spoken
    context["lines"] = context["shown"]["captions"][context["typed"]]
    context["names"] = sorted({name for one in context["places"] for who in one.speakers if (name := who["name"].get(context["typed"]) or who["name"].get("ru", ""))})  # fmt: skip
    return heard(request, "live_room/captions.html", context, found, participant)


@never_cache
def check(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Before the day: the line, camera, microphone, sound, the size of captions. A script fills it in; without one she ticks it herself."""
    session, found = session_or_404(request, code, pk)
    account = actor(request)
    role = policy.role_of(account, session)
    if request.method == "POST":
        if not role or not Room.objects.filter(pk=session.pk).exists():
            told(request, _("The room is not prepared yet. Try again nearer to the day."), wrong=True)
        else:
            services.check(session=session, found=found_by_check(Asked(request)), by=account)
            if request.headers.get("accept", "").startswith("application/json"):
                return JsonResponse({"ok": True})
            told(request, _("The result is kept."))
        return redirect("live_room:check", code=code, pk=pk)
    mine = next(iter(evidence.checks(session, Q(**who.own(account)))), None)
    context = {
        "run": session.run, "session": session, "room": found, "mine": mine, "role": role, "provider": providers.of(found),
        "speaks": role in (Role.SPEAKER, Role.MODERATOR), "place": place_of(session),
        "speed": reverse("live_room:speed", args=[code, pk]), "back": reverse("live_room:room", args=[code, pk]),
    }  # fmt: skip
    return live_pages.let_hear(render(request, "live_room/check.html", context), request, media_src=["'self'", "blob:"])


@never_cache
def speed(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What the check page measures the line by."""
    session_or_404(request, code, pk)
    return heavy()


# --- afterwards ---


def transcript(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What was typed, to be read and taken along."""
    session, found = _inside_or_404(request, code, pk)
    languages = rooms.languages(session)
    asked = request.GET.get("language", "")
    language = asked if asked in languages else next(iter(languages), "")
    lines = rooms.transcript(session, language) if language else []
    context = {"run": session.run, "session": session, "room": found, "typed": languages, "shown": language, "lines": lines, "place": place_of(session)}  # fmt: skip
    return render(request, "live_room/transcript.html", context)


def transcript_file(request: HttpRequest, code: str, pk: int, language: str, kind: str) -> HttpResponse:
    """The captions as WebVTT, or the transcript as plain text."""
    session, _found = _inside_or_404(request, code, pk)
    if language not in rooms.languages(session):
        raise Http404
    if kind == "vtt":
        text, media = rooms.webvtt(session, language), "text/vtt"
    else:
        lines = rooms.transcript(session, language)
        spoken = [f"{timezone.localtime(one.start):%H:%M:%S} {one.speaker + ': ' if one.speaker else ''}{one.text}" for one in lines]  # fmt: skip
        text, media = "\n".join(spoken) + "\n", "text/plain"
    answer = HttpResponse(text, content_type=f"{media}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}-{language}.{kind}"'
    return answer


def _inside_or_404(request: HttpRequest, code: str, pk: int) -> tuple[Any, Room]:
    session, found = session_or_404(request, code, pk)
    account = actor(request)
    if not policy.role_of(account, session) and not Participant.objects.filter(room=found, person=account.person_id, state=State.INSIDE).exists():  # fmt: skip
        raise Http404
    return session, found
