"""The room by a link without an account: a guest's, or that of a speaker who has none. The link opens this room and nothing beside it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from orken.kit.live import pages as live_pages
from orken.live_room import policy, services, who
from orken.live_room.models import Participant, Room
from orken.live_room.selectors import evidence
from orken.live_room.selectors import rooms as reading
from orken.live_room.views.acting import do
from orken.live_room.views.common import Asked, found_by_check
from orken.live_room.views.showing import Place, heavy, show
from orken.meetings import keys
from orken.meetings import services as meetings
from orken.meetings.models import Guest
from orken.training.models import Run, Session

Role = Participant.Role
# What a listener presses, and what whoever speaks does with her own slides; a guest moderates nothing.
VERBS = frozenset(
    {
        "ask", "vote", "withdraw", "opine", "answer-poll", "raise", "lower", "say", "react", "confirm", "turn", "deck", "peer-join", "peer-stay",
        "peer-leave", "peer-voice", "signal",
    }
)  # fmt: skip


def _guest(word: str) -> tuple[Guest, str]:
    """Whom a guest's link names, and the address of her own page."""
    found = keys.guest_of(word)
    if found is None:
        raise Http404
    return found, reverse("meetings:guest_link", args=[word])


def _speaker(word: str) -> tuple[Guest, str]:
    """The same of a speaker's link; one who has an account comes with it."""
    speaker = keys.speaker_of(word)
    if speaker is None or speaker.person_id is not None:
        raise Http404
    return meetings.guest_of_speaker(speaker=speaker), reverse("meetings:speaker_link", args=[word])


def _session(guest: Guest, pk: int) -> Session:
    """A session of her own meeting; every other is not there."""
    if guest.gone_at is not None or guest.meeting.run.state in (Run.State.ARCHIVED, Run.State.CANCELLED):
        raise Http404
    session = get_object_or_404(Session, pk=pk, run=guest.meeting_id, cancelled_at=None)
    session.run = guest.meeting.run
    return session


def _room(request: HttpRequest, guest: Guest, home: str, pk: int) -> HttpResponse:
    session = _session(guest, pk)
    participant = services.come(session=session, by=guest)
    place = Place(f"{home}room/{session.pk}/do/", home, guest=True)
    answer = show(request, reading.room_of(session), guest, participant, place)
    # Not «no-referrer»: under it a browser sends «Origin: null» with our own forms, and each is refused.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _act(request: HttpRequest, guest: Guest, home: str, pk: int, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    return do(request, _session(guest, pk), verb, guest, f"{home}room/{pk}/")


def _check(request: HttpRequest, guest: Guest, home: str, pk: int) -> HttpResponse:
    """Line, sound, camera and captions before the day. Of a speaker the organiser is told what was found; of a guest nothing is kept."""
    session = _session(guest, pk)
    role = policy.role_of(guest, session)
    speaks = role == Role.SPEAKER and Room.objects.filter(pk=session.pk).exists()
    if request.method == "POST" and speaks:
        services.check(session=session, found=found_by_check(Asked(request)), by=guest)
        if request.headers.get("accept", "").startswith("application/json"):
            return JsonResponse({"ok": True})
        messages.success(request, _("The result is kept."))
        return redirect(request.path)
    mine = next(iter(evidence.checks(session, Q(**who.own(guest)))), None) if speaks else None
    context = {
        "run": session.run, "session": session, "room": reading.room_of(session), "mine": mine, "role": role, "speaks": speaks, "guest": True,
        "place": Place(f"{home}room/{session.pk}/do/", home, guest=True), "speed": f"{home}room/{pk}/speed/", "back": f"{home}room/{pk}/",
    }  # fmt: skip
    answer = live_pages.let_hear(
        render(request, "live_room/check.html", context), request, media_src=["'self'", "blob:"]
    )
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _speed(guest: Guest, pk: int) -> HttpResponse:
    _session(guest, pk)
    return heavy()


@never_cache
@login_not_required
def guest_check(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    return _check(request, *_guest(word), pk)


@never_cache
@login_not_required
def guest_speed(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    return _speed(_guest(word)[0], pk)


@never_cache
@login_not_required
def speaker_check(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    return _check(request, *_speaker(word), pk)


@never_cache
@login_not_required
def speaker_speed(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    return _speed(_speaker(word)[0], pk)


@never_cache
@login_not_required
def guest_room(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    if keys.shut_guest_of(word) is not None:
        return redirect("meetings:guest_link", word=word)  # where she reads that the organiser shut it
    return _room(request, *_guest(word), pk)


@login_not_required
@require_POST
def guest_do(request: HttpRequest, word: str, pk: int, verb: str) -> HttpResponse:
    return _act(request, *_guest(word), pk, verb)


@never_cache
@login_not_required
def speaker_room(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    return _room(request, *_speaker(word), pk)


@login_not_required
@require_POST
def speaker_do(request: HttpRequest, word: str, pk: int, verb: str) -> HttpResponse:
    return _act(request, *_speaker(word), pk, verb)
