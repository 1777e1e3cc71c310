"""The verbs of the door: settings, opening and ending, who comes in and who has to leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.live import services as live
from orken.live_room import channels, policy, providers, states, who
from orken.live_room.models import Hand, Participant, Poll, Question, Room, Step
from orken.live_room.selectors import rooms as reading
from orken.live_room.services.common import Refused, moderated, note, tell, tell_desk, tell_person, tell_stage
from orken.live_room.services.polling import close
from orken.meetings.models import Guest
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Session

State, Role = Participant.State, Participant.Role
EARLY = timedelta(minutes=5)  # before its hour: a session that ends so is no shorter than planned
FIELDS = ("provider", "address", "lobby", "holds_questions", "chat_open", "slow_seconds")


@transaction.atomic
def arrange(*, session: Session, values: Mapping[str, Any], by: Account | None) -> Room:
    """Say how the room works: picture, lobby, questions, chat. Takes effect at once, also while it is open. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    before = {name: getattr(room, name) for name in FIELDS}
    for name in FIELDS:
        if name in values:
            setattr(room, name, values[name])
    provider = providers.named(room.provider)
    if provider is None:
        raise Refused(_("There is no such source of picture and sound."))
    if room.provider == "external-link" and (why := provider.lacks(room)) is not None:
        raise Refused(why)
    provider.create(room)
    room.save()
    changed = {name: getattr(room, name) for name in FIELDS if getattr(room, name) != before[name]}
    note("live_room.arranged", room, room, by, before={name: before[name] for name in changed}, after=changed)
    if room.provider != before["provider"] and room.state == Room.State.OPEN:
        live.publish(channels.door(room), "door", {"state": room.state, "again": True}, key="door")
    tell_stage(room)
    return room


def _end_of_session(room: Room, way: str, now: datetime, by: Account | None) -> None:
    """Ended well before its hour, the session was shorter than planned: presence is counted against what was held."""
    session, ends_at = room.session, None
    if way == "end" and session.starts_at < now < session.ends_at - EARLY:
        room.planned_end = room.planned_end or session.ends_at
        ends_at = max(now.replace(second=0, microsecond=0), session.starts_at + timedelta(minutes=1))
    elif way == "reopen" and room.planned_end is not None:
        ends_at, room.planned_end = room.planned_end, None
    if ends_at is not None:
        room.session.ends_at = training.end_at(session=session, ends_at=ends_at, by=by).ends_at


@transaction.atomic
def go(*, session: Session, way: str, by: Account | None) -> Room:
    """Take one of the ways of the room: green, open, end, reopen. Raises OutOfScope, WayIsClosed."""
    room = moderated(session, by)
    target = states.ROOM.check(room, way).target
    assert target is not None, "every way of a room has a target"
    before, room.state = room.state, target
    now = timezone.now()
    if way == "open":
        room.opened_at = room.opened_at or now
    if target == Room.State.OVER:
        room.ended_at = now
        Hand.objects.filter(room=room, state__in=Hand.LIVE).update(state=Hand.State.DONE, ended_at=now)
        # What stood on stage when the meeting ended was not answered: it goes to the speaker with the others.
        Question.objects.filter(room=room, state=Question.State.STAGE).update(state=Question.State.VISIBLE)
        for one in Poll.objects.select_for_update(of=("self",)).filter(room=room, state=Poll.State.OPEN).order_by("pk"):
            close(room, one, by)
        providers.of(room).end(room)
    _end_of_session(room, way, now, by)
    room.save()
    Step.objects.create(room=room, slot=room.slot, deck=room.deck, slide=room.slide, by=by)
    note(f"live_room.{way}", room, room, by, before={"state": before}, after={"state": room.state})
    tell_stage(room)
    live.publish(channels.door(room), "door", {"state": room.state}, key="door")
    return room


@transaction.atomic
def come(*, session: Session, by: who.Comer) -> Participant | None:
    """She stands before the door: in at once, waiting, or (None) at a room that nobody has prepared.

    Her role is that of her place in the run as it is now. Who is removed stays removed until a moderator lets her in again.
    """
    role = policy.role_of(by, session)
    room = Room.objects.filter(pk=session.pk).first()
    if room is None:
        if role != Role.MODERATOR:
            return None
        room, _new_room = Room.objects.get_or_create(session=session)
    room.session = session
    found = Participant.objects.filter(room=room, **who.own(by)).first()
    if found is not None:
        if role and found.role != role:
            Participant.objects.filter(pk=found.pk).update(role=role)
            found.role = role
            _tell_of(room, found, by)
        if role and found.state == State.WAITING and not (room.lobby and role == Role.AUDIENCE):
            Participant.objects.filter(pk=found.pk).update(state=State.INSIDE)
            found.state = State.INSIDE
            _tell_of(room, found, by)
        return found
    if not role or (isinstance(by, Guest) and room.state == Room.State.OVER):
        return None
    waits = room.lobby and role == Role.AUDIENCE and room.state != Room.State.OVER
    return _new(room, by, role, State.WAITING if waits else State.INSIDE)


def _new(room: Room, by: who.Comer, role: str, state: str) -> Participant:
    found, new = Participant.objects.get_or_create(room=room, **who.own(by), defaults={"role": role, "state": state})
    if new:
        _tell_of(room, found, by)
    return found


def _tell_of(room: Room, found: Participant, by: who.Comer) -> None:
    """The desk hears of whoever comes, whether she waits or is in at once; what is known of her is not asked again."""
    if isinstance(by, Guest):
        found.guest = by
    else:
        found.person = by.person
    tell_desk(room, "person", reading.person(found), key=f"person:{found.pk}")


@transaction.atomic
def knock(*, session: Session, by: Account) -> Participant:
    """Somebody without a seat asks to be let in; a moderator decides. Raises Refused when there is no room to knock at."""
    room = Room.objects.select_related("session__run__host").filter(pk=session.pk).first()
    if room is None or room.state == Room.State.OVER:
        raise Refused(_("The room is not open. Apply on the page of the run, or come when it begins."))
    return _new(room, by, Role.AUDIENCE, State.WAITING)


@transaction.atomic
def admit(*, session: Session, participant: int | None, by: Account | None) -> int:
    """Let one in, or (None) everybody who waits; also somebody who was removed, but for a guest whose link is shut. Answers how many. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    rows = Participant.objects.filter(room=room).select_related("person", "guest")
    if participant is not None and rows.filter(pk=participant, guest__gone_at__isnull=False).exists():
        raise Refused(_("Her link is shut. The organiser gives another one on the page of institutions and guests; by it she comes in."))  # fmt: skip
    rows = rows.filter(guest__gone_at=None)
    chosen = rows.filter(state=State.WAITING) if participant is None else rows.filter(pk=participant).exclude(state=State.INSIDE)  # fmt: skip
    found = list(chosen)
    Participant.objects.filter(pk__in=[one.pk for one in found]).update(state=State.INSIDE, reason="", decided_by=by)
    for one in found:
        one.state, one.reason = State.INSIDE, ""
        note("live_room.admitted", room, room, by, after=who.trail(one))
        tell_desk(room, "person", reading.person(one))
        tell_person(room, one.key, "admitted", {})
    return len(found)


@transaction.atomic
def remove(*, session: Session, participant: int, reason: str, by: Account) -> None:
    """Show somebody out, with the reason that she reads too. Her page ends at once and opens no more.

    A moderator is not removed by another. Raises OutOfScope, Refused.
    """
    room = moderated(session, by)
    found = Participant.objects.select_related("person", "guest").filter(room=room, pk=participant).first()
    if found is None:
        raise Refused(_("This person is no longer here."))
    if found.role == Role.MODERATOR:
        raise Refused(_("A moderator is not removed. Her rights come from her place in the run."))
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused(_("Say why: she reads the reason."))
    now = timezone.now()
    found.state, found.reason, found.decided_by = State.REMOVED, reason, by
    found.save(update_fields=["state", "reason", "decided_by"])
    hands = list(Hand.objects.filter(room=room, **who.columns(found.key), state__in=Hand.LIVE))
    Hand.objects.filter(pk__in=[one.pk for one in hands]).update(state=Hand.State.LOWERED, ended_at=now)
    providers.of(room).remove(room, found.key)
    note("live_room.removed", room, room, by, after=who.trail(found), note=reason)
    tell(room, "gone", {"person": found.key})
    if hands:
        tell(room, "hands", {"rows": reading.hands(room)}, key="hands")
        tell_stage(room)
    tell_desk(room, "person", reading.person(found))
    live.shut(channels.person(room, found.key))


@transaction.atomic
def let_caption(*, session: Session, participant: int, writes: bool, by: Account) -> None:
    """Let somebody type the captions, or no longer. Raises OutOfScope."""
    room = moderated(session, by)
    found = Participant.objects.select_related("person", "guest").filter(room=room, pk=participant).first()
    if found is None:
        raise Refused(_("This person is no longer here."))
    if found.guest_id:
        raise Refused(_("Captions are typed by somebody with an account."))
    found.writes_captions = writes
    found.save(update_fields=["writes_captions"])
    note("live_room.captioner", room, room, by, after={**who.trail(found), "writes": writes})
    tell_desk(room, "person", reading.person(found))
    tell_person(room, found.key, "again", {})
