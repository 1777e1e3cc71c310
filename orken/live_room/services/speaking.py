"""The verbs of hands, chat, captions and reactions."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import current_language
from orken.kit.live import services as live
from orken.live_room import channels, providers, who
from orken.live_room.models import Caption, ChatLine, Hand, Participant, ReactionCount, Room
from orken.live_room.selectors import rooms as reading
from orken.live_room.selectors import rows
from orken.live_room.services.common import (
    OutOfScope,
    Refused,
    clean,
    entered,
    locked,
    moderated,
    note,
    often,
    tell,
    tell_desk,
    tell_person,
    tell_stage,
)
from orken.people.models import Account
from orken.training.models import Session

State, Role = Hand.State, Participant.Role
LONGEST_LINE = 500
MINUTES = range(1, 31)
FIRST_CAPTION, LONGEST_CAPTION = timedelta(seconds=2), timedelta(seconds=8)


# --- hands ---


@transaction.atomic
def raise_hand(*, session: Session, by: who.Comer) -> Hand:
    """She wants to speak: her place in the queue is this moment. Raised twice it is one. Raises OutOfScope, Refused."""
    room, _participant = entered(session, by)
    often(f"hand:{room.pk}:{who.key(by)}", 10, 60, _("Your hand was raised and lowered too often. Wait a minute."))
    row, new = Hand.objects.get_or_create(
        room=room, **who.own(by), state__in=Hand.LIVE, defaults={"state": State.WAITING, "slot": room.slot}
    )  # fmt: skip
    if new:
        _queue(room)
    return row


@transaction.atomic
def lower_hand(*, session: Session, by: who.Comer) -> None:
    """She does not want to speak any more, or has said what she wanted."""
    room, _participant = entered(session, by, open_only=False)
    row = Hand.objects.select_for_update(of=("self",)).filter(room=room, **who.own(by), state__in=Hand.LIVE).first()  # fmt: skip
    if row is not None:
        _end(room, row, State.DONE if row.state == State.FLOOR else State.LOWERED)


@transaction.atomic
def give_floor(*, session: Session, hand: int, minutes: int, by: Account, over: int | None = None) -> Hand:
    """Give the floor for so many minutes; whoever had it before has spoken.

    `over`: the hand that had the floor on her page (0: none). When another moderator has given it to somebody else
    meanwhile, nothing is done. Raises OutOfScope, Refused.
    """
    room = moderated(session, by)
    row = _hand(room, hand)
    if minutes not in MINUTES:
        raise Refused(_("The floor is given for one to thirty minutes."))
    now = timezone.now()
    others = list(Hand.objects.filter(room=room, state=State.FLOOR).exclude(pk=row.pk).select_related("person", "guest"))  # fmt: skip
    if over is not None and any(other.pk != over for other in others):
        name = who.name_of(others[0])[current_language()]
        raise Refused(_("%(name)s was given the floor meanwhile. Take it back first, or let it end.") % {"name": name})
    for other in others:
        _stop(room, other, State.DONE, now)
    row.given_at = row.given_at if row.state == State.FLOOR else now
    row.state, row.floor_until = State.FLOOR, now + timedelta(minutes=minutes)
    row.save(update_fields=["state", "given_at", "floor_until"])
    providers.of(room).grant_floor(room, row.key)
    note("live_room.floor_given", room, room, by, after={**who.trail(row), "minutes": minutes})
    tell_person(room, row.key, "floor", rows.hand(row), key="floor")
    _queue(room)
    return row


@transaction.atomic
def end_floor(*, session: Session, hand: int, by: Account) -> None:
    """Take the floor back, or strike a hand from the queue. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    row = _hand(room, hand)
    before = row.state
    _end(room, row, State.DONE if before == State.FLOOR else State.LOWERED)
    note("live_room.floor_ended", room, room, by, after={**who.trail(row), "state": row.state})


def _hand(room: Room, pk: int) -> Hand:
    row = Hand.objects.select_for_update(of=("self",)).select_related("person", "guest").filter(room=room, pk=pk, state__in=Hand.LIVE).first()  # fmt: skip
    if row is None:
        raise Refused(_("This hand is not raised any more."))
    return row


def _stop(room: Room, row: Hand, state: str, now: datetime) -> None:
    had = row.state == State.FLOOR
    row.state, row.ended_at = state, now
    row.save(update_fields=["state", "ended_at"])
    if had:
        providers.of(room).revoke_floor(room, row.key)
        tell_person(room, row.key, "floor", {"id": row.pk, "state": state}, key="floor")


def _end(room: Room, row: Hand, state: str) -> None:
    _stop(room, row, state, timezone.now())
    _queue(room)


def _queue(room: Room) -> None:
    tell(room, "hands", {"rows": reading.hands(room)}, key="hands")
    tell_stage(room)


def end_overdue() -> int:
    """Whoever has had the floor half a minute longer than it was given has spoken: the queue goes on by itself."""
    late = Hand.objects.filter(state=State.FLOOR, floor_until__lt=timezone.now() - timedelta(seconds=30))
    found = list(late.values_list("room", "pk"))
    for room_pk, pk in found:
        with transaction.atomic():
            room = locked(Session.objects.get(pk=room_pk))
            row = Hand.objects.select_for_update(of=("self",)).filter(pk=pk, state=State.FLOOR).first()
            if row is not None:
                _end(room, row, State.DONE)
    return len(found)


# --- chat ---


@transaction.atomic
def say(*, session: Session, text: str, by: who.Comer, press: UUID | None = None) -> ChatLine:
    """A line of the chat; listeners wait the seconds of slow mode between two. Raises OutOfScope, Refused."""
    room, participant = entered(session, by)
    if press is not None and (standing := ChatLine.objects.filter(press=press, **who.own(by)).first()) is not None:  # fmt: skip
        return standing
    listens = participant.role == Role.AUDIENCE
    if listens and not room.chat_open:
        raise Refused(_("The chat is closed by the moderator. Questions are taken all the same."))
    if participant.silenced_until is not None and participant.silenced_until > timezone.now():
        raise Refused(_("A moderator has asked you to be silent in the chat for a while. Questions are taken all the same."))  # fmt: skip
    text = clean(text, LONGEST_LINE).replace("\n", " ")
    if listens and room.slow_seconds:
        _slowly(room, by)
    row = ChatLine.objects.create(room=room, text=text, **who.own(by), press=press or uuid4())
    told = ChatLine.objects.select_related("person", "guest").get(pk=row.pk)
    live.publish(channels.chat(room), "chat", rows.chat(told, "" if listens else participant.role), key=f"chat:{row.pk}")  # fmt: skip
    return row


def _slowly(room: Room, by: who.Comer) -> None:
    last = ChatLine.objects.filter(room=room, **who.own(by)).order_by("-pk").values_list("at", flat=True).first()
    if last is not None and (left := room.slow_seconds - (timezone.now() - last).total_seconds()) > 0:
        raise Refused(_("The chat is in slow mode: your next line in %(seconds)s s.") % {"seconds": int(left) + 1})


@transaction.atomic
def hide_line(*, session: Session, line: int, by: Account) -> None:
    """Hide a line for everybody; its place stays. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    row = ChatLine.objects.select_related("person", "guest").filter(room=room, pk=line).first()
    if row is None:
        raise Refused(_("There is no such line."))
    row.hidden_at = row.hidden_at or timezone.now()
    row.save(update_fields=["hidden_at"])
    note("live_room.line_hidden", room, room, by, after={"line": row.pk})
    live.publish(channels.chat(room), "chat", rows.chat(row), key=f"chat:{row.pk}")


@transaction.atomic
def silence(*, session: Session, person: str | int, minutes: int, by: Account) -> None:
    """Ask somebody to be silent in the chat for so many minutes; 0 lets her speak again. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    row = Participant.objects.select_related("person", "guest").filter(room=room, **who.columns(person)).first()
    if row is None or row.role == Role.MODERATOR:
        raise Refused(_("A moderator is not silenced."))
    row.silenced_until = timezone.now() + timedelta(minutes=min(minutes, 600)) if minutes else None
    row.save(update_fields=["silenced_until"])
    note("live_room.silenced", room, room, by, after={**who.trail(row), "minutes": minutes})
    tell_desk(room, "person", reading.person(row), key=f"person:{row.pk}")
    tell_person(room, row.key, "silence", {"until": rows.moment(row.silenced_until)}, key="silence")


# --- captions ---


@transaction.atomic
def caption(*, session: Session, language: str, text: str, speaker: str, by: who.Comer, press: UUID | None = None) -> Caption:  # fmt: skip
    """What is heard, typed by whoever may: a moderator, or whom one let. It begins where the one before ended, at most eight seconds ago.

    Raises OutOfScope, Refused.
    """
    room, participant = entered(session, by)
    if not participant.writes_captions and participant.role != Role.MODERATOR:
        raise OutOfScope(str(room.pk))
    if language not in Caption.Language.values:
        raise Refused(_("Captions are typed in Kazakh or in Russian."))
    if press is not None and (standing := Caption.objects.filter(press=press).first()) is not None:
        return standing
    text = clean(text, 500).replace("\n", " ")
    now = timezone.now()
    last = Caption.objects.filter(room=room, language=language).order_by("-ends_at").values_list("ends_at", flat=True).first()  # fmt: skip
    begins = now - (LONGEST_CAPTION if last is not None else FIRST_CAPTION)
    if last is not None:
        begins = max(begins, min(last, now - timedelta(milliseconds=500)))
    row = Caption.objects.create(
        room=room, language=language, speaker=" ".join(speaker.split())[:200], text=text, starts_at=begins, ends_at=now, by=by.person if isinstance(by, Account) else None,
        press=press or uuid4(),
    )  # fmt: skip
    live.publish(channels.captions(room, language), "caption", rows.caption(row), key=f"caption:{row.pk}")
    return row


# --- reactions ---


@transaction.atomic
def react(*, session: Session, kind: str, by: who.Comer) -> None:
    """A reaction is counted; who gave it is kept nowhere. Raises OutOfScope, Refused."""
    room, _participant = entered(session, by)
    if kind not in ReactionCount.Kind.values:
        raise Refused(_("There is no such reaction."))
    often(f"react:{room.pk}:{who.key(by)}", 10, 10, _("Your reactions are counted; wait a little."))
    ReactionCount.objects.get_or_create(room=room, kind=kind)
    ReactionCount.objects.filter(room=room, kind=kind).update(count=F("count") + 1)
    tell(room, "reactions", reading.reactions(room), key="reactions")
