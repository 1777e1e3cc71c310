"""What a room does when somebody's link is shut, or a guest asks to be erased."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from orken.kit.live import services as live
from orken.kit.text.naming import without_names
from orken.live_room import channels, providers, who
from orken.live_room.erasing import TEXTS, instead_of
from orken.live_room.models import Caption, Hand, LineCheck, Participant
from orken.live_room.selectors import rooms as reading
from orken.live_room.services.common import tell, tell_desk, tell_stage
from orken.meetings import events
from orken.meetings.models import Guest

NO_WORD = "—"  # shown out by her link alone; a moderator gives a reason


@receiver(events.guest_link_shut)
def show_out(sender: type[Guest], guest: Guest, **rest: Any) -> None:
    """Whoever sits in a room by the link leaves it at once: hand, picture and streams end."""
    for row in Participant.objects.filter(guest=guest).select_related("room__session__run__host", "guest"):
        room, hers = row.room, who.own(guest)
        if guest.gone_at is not None:
            row.state, row.reason = Participant.State.REMOVED, NO_WORD
            row.save(update_fields=["state", "reason"])
        raised = Hand.objects.filter(room=room, state__in=Hand.LIVE, **hers)
        lowered = raised.update(state=Hand.State.LOWERED, ended_at=timezone.now())
        providers.of(room).remove(room, row.key)
        tell(room, "gone", {"person": row.key})
        if lowered:
            tell(room, "hands", {"rows": reading.hands(room)}, key="hands")
            tell_stage(room)
        tell_desk(room, "person", reading.person(row))
        live.shut(channels.person(room, row.key))


@receiver(events.guest_link_given)
def let_in_again(sender: type[Guest], guest: Guest, **rest: Any) -> None:
    """Whom the shut link alone had shown out comes in by the new one; whom a moderator removed waits for the moderator."""
    for row in Participant.objects.filter(guest=guest, state=Participant.State.REMOVED, reason=NO_WORD).select_related("room", "guest"):  # fmt: skip
        row.state, row.reason = Participant.State.INSIDE, ""
        row.save(update_fields=["state", "reason"])
        tell_desk(row.room, "person", reading.person(row))


@receiver(events.guest_forgotten)
def unname(sender: type[Guest], guest: Guest, name: str, names: list[str], **rest: Any) -> None:
    """Her names go out of what she wrote in the rooms of the meeting, her whole name out of what others wrote there; counts stay."""
    for model, fields in TEXTS:
        manager: Any = model
        changed = []
        for row in manager.objects.filter(room__session__run=guest.meeting_id).order_by("pk"):
            own = model is not Caption and row.guest_id == guest.pk
            texts = {part: without_names(getattr(row, part), names if own else [name], instead_of(row)) for part in fields if getattr(row, part)}  # fmt: skip
            if any(getattr(row, part) != text for part, text in texts.items()):
                for part, text in texts.items():
                    setattr(row, part, text)
                changed.append(row)
        manager.objects.bulk_update(changed, list(fields), batch_size=200)
    LineCheck.objects.filter(guest=guest).delete()
