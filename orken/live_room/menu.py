"""What the live room puts into the desk and the page of a run."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.live_room.models import Participant, Room
from orken.meetings import guest_parts
from orken.people.models import Account
from orken.training import run_parts
from orken.training.models import Run


def register() -> None:
    run_parts.register_tab("live_room", _("Live room"), "live_room:rooms", shown=has_rooms, order=30)
    run_parts.register_part("live_room", "live_room/on_run.html", on_run, shown=has_rooms, there=any_room, order=5)
    guest_parts.register("live_room/on_guest.html", on_guest)


def any_room() -> Exists:
    return Exists(Room.objects.filter(session__run=OuterRef("pk"), session__cancelled_at=None))


def has_rooms(run: Run) -> bool:
    """Any run that is held, or was, over a line; a room may hang on each of its sessions."""
    return run.form in (Run.Form.LIVE, Run.Form.BLENDED)


def on_run(run: Run, account: Account | None) -> dict[str, Any] | None:
    """The way into the room that is open now or opens next; of a run that is over, the way to what was said. Two queries."""
    if account is None:
        return None
    rooms = list(Room.objects.filter(session__run=run, session__cancelled_at=None).select_related("session").order_by("session__starts_at"))  # fmt: skip
    now = timezone.now()
    coming = next((one for one in rooms if one.state != Room.State.OVER and one.session.ends_at > now), None)
    if coming is None and not rooms:
        return None
    over = [one for one in rooms if one.state == Room.State.OVER]
    was_there = set(Participant.objects.filter(room__in=over, person=account.person_id).values_list("room", flat=True)) if over else set()  # fmt: skip
    return {"run": run, "coming": coming, "over": over, "many": len(rooms) > 1, "was_there": was_there}


def on_guest(run: Run, address: str) -> dict[str, Any] | None:
    """The ways into the rooms of the meeting for whoever has a link alone. One query."""
    if not has_rooms(run) or run.state in (Run.State.ARCHIVED, Run.State.CANCELLED):
        return None
    rooms = list(Room.objects.filter(session__run=run, session__cancelled_at=None).select_related("session").order_by("session__starts_at"))  # fmt: skip
    return {"rooms": rooms, "address": address} if rooms else None
