"""What the verbs of a room share: its row, locked; what is refused; how the room is told."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import services as audit
from orken.kit.limits import services as limits
from orken.kit.live import services as live
from orken.kit.states import WayIsClosed
from orken.live_room import channels, policy, who
from orken.live_room.models import Participant, Room
from orken.live_room.selectors import rooms as reading
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.training.models import Run, Session

__all__ = ["OutOfScope", "Refused", "WayIsClosed"]


HIDDEN = ("Cc", "Cf", "Cs", "Co")  # what shows nothing, or turns the line around


class Refused(Exception):
    """It cannot be done; the text is a sentence for whoever asked, with the way out."""

    def __init__(self, text: str | Promise) -> None:
        super().__init__(str(text))
        self.text = text


def locked(session: Session) -> Room:
    """The room of a session, made when it is not there yet, its row locked until the end of the transaction."""
    Room.objects.get_or_create(session=session)
    found = Room.objects.select_for_update(of=("self",)).get(pk=session.pk)
    found.session = Session.objects.get(pk=session.pk)
    found.session.run = Run.objects.select_related("host").get(pk=session.run_id)
    return found


def moderated(session: Session, by: Account | None) -> Room:
    """Locked, for whoever moderates it. `by` None: the demo and jobs. Raises OutOfScope."""
    room = locked(session)
    if by is not None:
        policy.require_moderating(by, room)
    return room


def entered(session: Session, by: who.Comer, *, open_only: bool = True) -> tuple[Room, Participant]:
    """The room and her place in it, for whatever she says herself. Not locked: two thousand speak at once.

    Raises OutOfScope when she is not inside, Refused when the room is not open.
    """
    room = Room.objects.select_related("session__run__host", "slot", "deck").filter(pk=session.pk).first()
    if room is None:
        raise OutOfScope(str(session.pk))
    participant = policy.inside(by, room)
    if open_only and room.state not in (Room.State.OPEN, Room.State.GREEN):
        raise Refused(_("The room is over. What was said stays to be read."))
    return room, participant


def often(key: str, times: int, seconds: int, text: str | Promise) -> None:
    """Raises Refused when somebody does something more often than `times` in so many seconds."""
    if not limits.allow(f"live_room:{key}", times=times, per=timedelta(seconds=seconds)):
        raise Refused(text)


def clean(text: str, most: int) -> str:
    """What she wrote, without what cannot be seen and without space at the ends; lines stay. Raises Refused when nothing is left."""
    shown = "".join(
        letter
        for letter in unicodedata.normalize("NFC", text)
        if letter == "\n" or unicodedata.category(letter) not in HIDDEN
    )
    lines = (" ".join(line.split()) for line in shown.split("\n"))
    found = "\n".join(lines).strip()
    while "\n\n\n" in found:
        found = found.replace("\n\n\n", "\n\n")
    if not found:
        raise Refused(_("Write something first."))
    if len(found) > most:
        raise Refused(_("It is longer than %(most)s characters. Shorten it and send it again.") % {"most": most})
    return found


def note(verb: str, room: Room, row: Any, by: Account | None, **more: Any) -> None:
    audit.record(verb, row, by=by, scope_path=room.session.run.host.path, **more)


def tell(room: Room, kind: str, payload: dict[str, Any], key: str = "") -> None:
    """Tell the whole room."""
    live.publish(channels.everybody(room), kind, payload, key)


def tell_desk(room: Room, kind: str, payload: dict[str, Any], key: str = "") -> None:
    live.publish(channels.desk(room), kind, payload, key)


def tell_person(room: Room, person: str, kind: str, payload: dict[str, Any], key: str = "") -> None:
    live.publish(channels.person(room, person), kind, payload, key)


def tell_stage(room: Room) -> None:
    """The stage as it stands now; only the newest word counts."""
    tell(room, "stage", reading.stage(room), key="stage")
