"""How a room, and the place before its door, are shown to whoever stands there: somebody of the house or a guest."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from orken.kit.i18n.content import current_language
from orken.kit.live import pages as live_pages
from orken.kit.live import services as live
from orken.live_room import channels, policy, providers, services
from orken.live_room.models import Participant, Poll, Question, ReactionCount, Room
from orken.live_room.selectors import evidence
from orken.live_room.selectors import rooms as reading
from orken.live_room.templatetags.live_room import COLOURS
from orken.live_room.who import Comer
from orken.meetings.models import Talk
from orken.training.models import Session

State, Role = Participant.State, Participant.Role


SPEED_BYTES = 200_000


def heavy() -> HttpResponse:
    """So many bytes that nothing can press together: how long they take is the speed of the line."""
    answer = HttpResponse(os.urandom(SPEED_BYTES), content_type="application/octet-stream")
    answer["Content-Encoding"] = "identity"
    return answer


@dataclass(frozen=True)
class Place:
    """Where her pages lie: `doing` is the beginning of every address that is pressed, `home` the page she came from."""

    doing: str
    home: str
    guest: bool = False


def place_of(session: Session) -> Place:
    """Of whoever has an account."""
    pressed = reverse("live_room:do", args=[session.run.code, session.pk, "ask"])
    return Place(pressed.removesuffix("ask/"), session.run.get_absolute_url())


def show(request: HttpRequest, found: Room, by: Comer, participant: Participant | None, place: Place) -> HttpResponse:
    """The room as she sees it; before the door: why it is shut, what counts as presence, and how to come in."""
    if participant is None or participant.state != State.INSIDE or _shut(found, participant):
        return _before(request, found, participant, place)
    if request.GET.get("plain") == "1" and found.state == Room.State.OPEN:
        services.looked(room=found, by=by, browser=request.session.session_key or "guest")
    context = context_of(request, found, participant, place)
    context["own"] = reading.own(found, by)
    context["joining"] = providers.of(found).join(found, participant)
    context["reactions"] = [(kind.value, kind.label, context["shown"]["reactions"][kind.value]) for kind in ReactionCount.Kind]  # fmt: skip
    context["cc"], context["goes"] = _captions(context["shown"]["captions"], request.GET.get("captions", ""))
    context |= _turning(found, by, participant, context["shown"]["stage"]["slide"])
    context["answers"] = participant.role != Role.AUDIENCE and not place.guest
    return heard(request, "live_room/room.html", context, found, participant)


def _turning(found: Room, by: Comer, participant: Participant, slide: dict[str, Any] | None) -> dict[str, Any]:
    """Whose slides she turns: a moderator everybody's, a speaker those of her own talks."""
    if participant.role != Role.SPEAKER:
        turns = "all" if participant.role == Role.MODERATOR else ""
        return {"turns": turns, "turns_now": bool(turns and slide)}
    own = [str(pk) for pk in Talk.objects.filter(policy.gives(by, found.session)).values_list("pk", flat=True)]
    return {"turns": " ".join(own), "turns_now": slide is not None and str(slide["talk"]) in own}


def _captions(lines: dict[str, list[Any]], asked: str) -> tuple[str, str]:
    """In which language captions stand at first, and which other one is being typed instead of it (or nothing).

    Asked for: that. Otherwise the reader's own, or the other one when it alone is typed.
    """
    own, other = ("ru", "kk") if current_language() == "ru" else ("kk", "ru")
    chosen = asked if asked in lines else other if lines.get(other) and not lines.get(own) else own
    newest = max((code for code in lines if lines[code]), key=lambda code: lines[code][-1]["at"], default=chosen)
    return chosen, newest if newest != chosen else ""


def _shut(found: Room, participant: Participant) -> bool:
    return participant.role == Role.AUDIENCE and found.state in (Room.State.PLANNED, Room.State.GREEN)


def _before(request: HttpRequest, found: Room, participant: Participant | None, place: Place) -> HttpResponse:
    """Before the door. Whoever waits hears it open."""
    session = found.session
    context: dict[str, Any] = {
        "run": session.run, "session": session, "room": found, "participant": participant, "demands": evidence.demands(session.run),
        "need": evidence.need_of(session.run), "written": participant is not None or Room.objects.filter(pk=session.pk).exists(),
        "number": 0, "place": place, "doing": place.doing, "guest": place.guest,
    }  # fmt: skip
    if participant is None:
        return render(request, "live_room/before.html", context)
    return heard(request, "live_room/before.html", context, found, participant)


def context_of(request: HttpRequest, found: Room, participant: Participant, place: Place) -> dict[str, Any]:
    number, shown = reading.snapshot(found)
    places = reading.programme(found.session)
    uid = str(found.slot.uid) if found.slot else ""
    return {
        "run": found.session.run, "session": found.session, "room": found, "participant": participant, "shown": shown, "number": number,
        "places": places, "uid": uid, "language": current_language(), "press": uuid4().hex, "light": request.GET.get("light") == "1",
        "speaks": participant.role != Role.AUDIENCE, "moderates": participant.role == Role.MODERATOR, "now": timezone.now(),
        "need": evidence.need_of(found.session.run), "room_words": _words(), "place": place, "doing": place.doing, "guest": place.guest,
    }  # fmt: skip


def _words() -> dict[str, Any]:
    """What the script of the page says in the reader's language."""
    return {
        "states": {value: [str(label), COLOURS.get(value, "")] for value, label in Question.State.choices},
        "roles": {value: str(label) for value, label in Role.choices}, "polls": {value: str(label) for value, label in Poll.State.choices},
        "slide": _("Slide"), "place": _("Your place in the queue:"), "floor": _("You have the floor."), "min": _("min"),
        "line": _("The line is broken; the page comes back by itself."), "open": [str(Room.State.OPEN.label), COLOURS.get(Room.State.OPEN, "")],
        "result": _("Result of the poll"), "ended": _("The meeting is over. What you were writing is not sent: copy it, then load the page again."), "spoken": _("Your time is over: the floor is taken back or given to another."),
    }  # fmt: skip


def heard(request: HttpRequest, template: str, context: dict[str, Any], found: Room, participant: Participant) -> HttpResponse:  # fmt: skip
    """A page that hears the streams: its token names the channels of her role and no other. Of a room that is over nothing is heard."""
    hears = channels.of(participant, found, light=bool(context.get("light")))
    told = {
        "room": found.pk, "live": live_pages.address(request) if found.state != Room.State.OVER else "", "after": context["number"], "me": participant.key, "speaks": "" if participant.role == Role.AUDIENCE else "1", "state": found.state,
        "token": live.token(hears, channels.subject(found, participant.key)),
        "weak": _("The connection dropped. What you wrote is still here: send it again."),
        "busy": _("It could not be done just now. Load the page again and try once more."),
    }  # fmt: skip
    streams = format_html_join(" ", 'data-{}="{}"', told.items())
    context |= {"streams": streams, "me": participant.key}
    answer = render(request, template, context)
    return live_pages.let_hear(answer, request, media_src=["'self'", "blob:"], img_src=["'self'", "data:"])
