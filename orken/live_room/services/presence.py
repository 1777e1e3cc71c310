"""The verbs of evidence: signs of life become intervals, a prompt is put and answered, somebody says «I was there», minutes go to the attendance sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.kit.live import selectors as live_reading
from orken.kit.live import services as live
from orken.kit.live.models import LiveBeat
from orken.live_room import channels, policy, presence, who
from orken.live_room.models import Appeal, Interval, LineCheck, Participant, Prompt, PromptAnswer, Room
from orken.live_room.presence import Sign
from orken.live_room.selectors import rows
from orken.live_room.services.common import (
    OutOfScope,
    Refused,
    clean,
    entered,
    locked,
    moderated,
    note,
    tell,
    tell_person,
)
from orken.meetings.models import Guest
from orken.people.models import Account, Person
from orken.training.models import Session

PROMPT_FOR = timedelta(minutes=3)
PAGE = "page-"  # tabs of pages without script


# --- signs of life ---


@transaction.atomic
def fold(*, session: Session) -> int:
    """Make intervals of the signs of life of a room; harmless when done twice. Answers how many were written."""
    room = Room.objects.select_for_update(of=("self",)).filter(pk=session.pk).first()
    if room is None:
        return 0
    now = timezone.now()
    of: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for pk, subject, tab, mark, at in live_reading.beats(channels.subjects(room), now).values_list("pk", "subject", "tab", "mark", "at"):  # fmt: skip
        of[subject, tab].append(Sign(at, mark, pk))
    known = {one.key for one in Participant.objects.filter(room=room)}
    made, over = [], []
    for (subject, tab), signs in of.items():
        folded = presence.fold(signs, now)
        key = subject.rpartition(":")[2]
        source = Interval.Source.PAGE if tab.startswith(PAGE) else Interval.Source.STREAM
        if key in known:
            made += [
                Interval(room=room, **who.columns(key), begun_at=begin, ended_at=end, source=source, tab=tab, rule=presence.RULE)
                for begin, end in folded.spans
            ]  # fmt: skip
        kept = set() if room.state == Room.State.OVER and not _goes_on(folded.kept, signs, now) else folded.kept
        over += [sign.key for sign in signs if sign.key not in kept]
    Interval.objects.bulk_create(made, batch_size=500)
    for start in range(0, len(over), 500):
        LiveBeat.objects.filter(pk__in=over[start : start + 500]).delete()
    return len(made)


def _goes_on(kept: set[int], signs: list[Sign], now: datetime) -> bool:
    """Whether a span of the page is not written down yet: its last sign is younger than a break may be."""
    return any(one.key in kept and one.mark == presence.BEAT and now - one.at <= presence.GAP for one in signs)


def fold_all() -> int:
    """Every room in which somebody gave a sign of life lately."""
    rooms = {int(one.split(":")[1]) for one in LiveBeat.objects.filter(subject__startswith="room:").values_list("subject", flat=True).distinct()}  # fmt: skip
    return sum(fold(session=one) for one in Session.objects.filter(pk__in=rooms))


def looked(*, room: Room, by: who.Comer, browser: str) -> None:
    """A page without script was loaded again: that is its sign of life."""
    now, subject = timezone.now(), channels.subject(room, who.key(by))
    tab = f"{PAGE}{browser[:30]}"
    live.note_beats([(subject, tab, LiveBeat.Mark.OPENED, now - timedelta(milliseconds=1)), (subject, tab, LiveBeat.Mark.BEAT, now)])  # fmt: skip


# --- by hand ---


@transaction.atomic
def add(*, session: Session, of: Person | Guest, begins: datetime, ends: datetime, reason: str, by: Account | None) -> Interval:  # fmt: skip
    """Note by hand that somebody was there, with the reason: a person, or a guest, who has no appeal. Nothing that stands is changed.

    Raises OutOfScope, Refused.
    """
    room = locked(session)
    if by is not None and not policy.seen(by, room.session.run):
        raise OutOfScope(str(room.pk))
    if isinstance(of, Guest) and (of.meeting_id != room.session.run_id or of.erased_at is not None):
        raise OutOfScope(str(of.pk))
    return _add(room, of, begins, ends, reason, by)


def _add(room: Room, of: Person | Guest, begins: datetime, ends: datetime, reason: str, by: Account | None) -> Interval:
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused(_("Say why it is added by hand."))
    if not room.session.starts_at <= begins < ends <= room.session.ends_at:
        raise Refused(_("The time must lie inside the session, its end after its beginning."))
    if ends > timezone.now():
        raise Refused(_("Only what has been is noted."))
    row = Interval.objects.create(
        room=room, begun_at=begins, ended_at=ends, source=Interval.Source.HAND, by=by, reason=reason, rule=presence.RULE,
        **({"guest": of} if isinstance(of, Guest) else {"person": of}),
    )  # fmt: skip
    told = {
        **({"guest": of.pk} if isinstance(of, Guest) else {"person": of.short_name("kk")}),
        "from": begins.isoformat(),
        "till": ends.isoformat(),
    }
    note("live_room.presence_added", room, room, by, after=told, note=reason)
    return row


# --- appeals ---


@transaction.atomic
def appeal(*, session: Session, begins: datetime, ends: datetime, text: str, by: Account) -> Appeal:
    """«I was there»: she says from when till when, and what happened. One stands at a time. Raises OutOfScope, Refused."""
    room = locked(session)
    if not policy.role_of(by, room.session):
        raise OutOfScope(str(room.pk))
    if room.session.starts_at > timezone.now():
        raise Refused(_("The session has not begun."))
    if not room.session.starts_at <= begins < ends <= room.session.ends_at:
        raise Refused(_("The time must lie inside the session, its end after its beginning."))
    if ends > timezone.now():
        raise Refused(_("Only what has been is noted."))
    if Appeal.objects.filter(room=room, person=by.person_id, state=Appeal.State.ASKED).exists():
        raise Refused(_("What you wrote before waits for its answer."))
    row = Appeal.objects.create(
        room=room, person_id=by.person_id, begun_at=begins, ended_at=ends, text=clean(text, 1000)
    )
    note("live_room.appealed", room, room, by)
    return row


@transaction.atomic
def decide(*, appeal: Appeal, grants: bool, answer: str, by: Account) -> Appeal:
    """Grant it, whole, by an interval added by hand, or refuse it; she reads the answer. Raises OutOfScope, Refused."""
    room = locked(appeal.room.session)
    if not policy.seen(by, room.session.run) or appeal.person_id == by.person_id:
        raise OutOfScope(str(room.pk))
    row = Appeal.objects.select_for_update(of=("self",)).select_related("person").get(pk=appeal.pk)
    if row.state != Appeal.State.ASKED:
        raise Refused(_("Somebody has answered it already."))
    answer = " ".join(answer.split())[:500]
    if not answer:
        raise Refused(_("Write the answer: she reads it."))
    row.state = Appeal.State.GRANTED if grants else Appeal.State.REFUSED
    row.answer, row.decided_at, row.decided_by = answer, timezone.now(), by
    row.save()
    if grants:
        _add(room, row.person, row.begun_at, min(row.ended_at, timezone.now()), answer, by)
    note("live_room.appeal_decided", room, room, by, after={"person": row.person.short_name("kk"), "granted": grants}, note=answer)  # fmt: skip
    return row


# --- prompts ---


@transaction.atomic
def prompt(*, session: Session, by: Account | None) -> Prompt:
    """«Press to confirm that you are here»: to everybody, without warning, for three minutes. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    if room.state != Room.State.OPEN:
        raise Refused(_("The doors are not open."))
    now = timezone.now()
    if Prompt.objects.filter(room=room, until__gt=now).exists():
        raise Refused(_("A prompt stands already."))
    row = Prompt.objects.create(room=room, at=now, until=now + PROMPT_FOR, by=by)
    note("live_room.prompted", room, room, by)
    tell(room, "prompt", {"id": row.pk, "until": rows.moment(row.until)}, key="prompt")
    return row


@transaction.atomic
def confirm(*, session: Session, prompt: int, by: who.Comer) -> None:
    """She pressed. Raises OutOfScope, Refused when the three minutes are over."""
    room, _participant = entered(session, by)
    row = Prompt.objects.filter(room=room, pk=prompt).first()
    if row is None or row.until < timezone.now():
        raise Refused(_("The three minutes are over. Your minutes are counted all the same; if they are few, write “I was there”."))  # fmt: skip
    PromptAnswer.objects.get_or_create(prompt=row, **who.own(by))
    tell_person(room, who.key(by), "confirmed", {"id": row.pk}, key="confirmed")  # her other pages ask no more


# --- the check page ---


@transaction.atomic
def check(*, session: Session, found: Mapping[str, Any], by: who.Comer) -> LineCheck:
    """Keep what the check page found; of a speaker the organiser sees it. Raises OutOfScope."""
    room = Room.objects.filter(pk=session.pk).first()
    if room is None or not policy.role_of(by, session):
        raise OutOfScope(str(session.pk))
    values = {name: found.get(name, "") for name in ("camera", "microphone", "sound")}
    row, _new = LineCheck.objects.update_or_create(
        room=room, **who.own(by), defaults={**values, "kbits": found.get("kbits"), "at": timezone.now()}
    )
    return row
