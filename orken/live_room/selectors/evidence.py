"""Who was there, how long, by what it is known, and what the rule asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q
from django.utils.functional import Promise

from orken.live_room import presence
from orken.live_room.models import Appeal, Interval, LineCheck, Participant, Prompt, PromptAnswer
from orken.live_room.presence import Span
from orken.meetings.models import Guest
from orken.people.models import Account, Person
from orken.training.models import Component, Enrolment, Mark, Run, Session
from orken.training.results import selectors as results

USUAL = timedelta(hours=1)


@dataclass(frozen=True)
class Evidence:
    """One person at one session."""

    person: Person
    enrolment: int | None
    role: str
    spans: list[Span]
    minutes: int
    of: int
    need: int
    mark: Mark | None = None
    confirmed: int = 0
    prompts: int = 0
    by_hand: bool = False
    rows: Sequence[Interval] = field(default_factory=tuple)

    @property
    def share(self) -> int:
        return self.minutes * 100 // self.of if self.of else 0

    @property
    def enough(self) -> bool:
        """Reckoned without rounding, as the rule of completion does."""
        return self.of > 0 and self.minutes * 100 >= self.of * self.need


def need_of(run: Run) -> int:
    """The percent of minutes that the run's rule of completion asks for."""
    return dict(results.written_rule(run).asked()).get(Component.ATTENDANCE, 0)


def demands(run: Run) -> list[str | Promise]:
    """The rule of the run in the reader's words, shown before somebody joins."""
    return list(results.written_rule(run).demands)


def of_session(session: Session, person: int | None = None) -> list[Evidence]:
    """Everybody with a seat and everybody who was there, by name; a constant number of queries (eight)."""
    rows = Interval.objects.filter(room=session.pk, guest=None).order_by("begun_at", "pk")
    seats = Enrolment.objects.filter(run=session.run_id).exclude(state=Enrolment.State.WITHDRAWN).select_related("person")  # fmt: skip
    there = Participant.objects.filter(room=session.pk, guest=None).select_related("person")
    answers = PromptAnswer.objects.filter(prompt__room=session.pk, guest=None)
    if person is not None:
        rows, seats, there, answers = rows.filter(person=person), seats.filter(person=person), there.filter(person=person), answers.filter(person=person)  # fmt: skip
    intervals: dict[int, list[Interval]] = defaultdict(list)
    for row in rows.select_related("by__person"):
        intervals[row.person_id or 0].append(row)
    seated = {one.person_id: one for one in seats}
    roles = {one.person_id or 0: one.role for one in there}
    people = {one.person_id: one.person for one in there if one.person is not None and one.person_id}
    people |= {pk: one.person for pk, one in seated.items()}
    for pk in intervals.keys() - people.keys():
        people[pk] = Person.objects.get(pk=pk)
    marks = {
        mark.enrolment_id: mark
        for mark in Mark.objects.filter(session=session, superseded_at=None, aside=False, enrolment__in=[one.pk for one in seated.values()])
    }  # fmt: skip
    confirmed: dict[int, int] = defaultdict(int)
    for pk in answers.values_list("person", flat=True):
        confirmed[pk] += 1
    prompts, need = Prompt.objects.filter(room=session.pk).count(), need_of(session.run)
    found = []
    for pk, who in people.items():
        own = intervals.get(pk, [])
        spans = presence.inside(presence.union((one.begun_at, one.ended_at) for one in own), session.starts_at, session.ends_at)  # fmt: skip
        seat = seated.get(pk)
        found.append(
            Evidence(
                who, seat.pk if seat else None, roles.get(pk, ""), spans, presence.minutes(spans, session.starts_at, session.ends_at),
                session.minutes, need, marks.get(seat.pk) if seat else None, confirmed[pk], prompts,
                any(one.source == Interval.Source.HAND for one in own), own,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.person.sort_kk, one.person.pk))


@dataclass(frozen=True)
class GuestThere:
    """A guest at one session: she has no line in the attendance sheet, her minutes are kept with the list of guests."""

    guest: Guest
    role: str
    spans: list[Span]
    minutes: int
    rows: Sequence[Interval] = field(default_factory=tuple)

    @property
    def by_hand(self) -> bool:
        return any(one.source == Interval.Source.HAND for one in self.rows)


def guests(session: Session) -> list[GuestThere]:
    """Guests who came into the room or were noted by hand, by name; over all her tabs and devices a minute counts once. Two queries, and one for whoever never came in by herself."""
    intervals: dict[int, list[Interval]] = defaultdict(list)
    for row in Interval.objects.filter(room=session.pk, person=None).select_related("by__person").order_by("begun_at", "pk"):  # fmt: skip
        intervals[row.guest_id or 0].append(row)
    found, roles = [], {}
    there: dict[int, Guest] = {}
    for one in Participant.objects.filter(room=session.pk, person=None).select_related("guest"):
        assert one.guest is not None, "a row of nobody else"
        there[one.guest.pk], roles[one.guest.pk] = one.guest, one.role
    if noted := intervals.keys() - there.keys():
        there |= Guest.objects.in_bulk(noted)
    for guest in sorted(there.values(), key=lambda one: (one.name, one.pk)):
        rows = intervals.get(guest.pk, [])
        spans = presence.inside(presence.union((row.begun_at, row.ended_at) for row in rows), session.starts_at, session.ends_at)  # fmt: skip
        found.append(
            GuestThere(
                guest, roles.get(guest.pk, ""), spans, presence.minutes(spans, session.starts_at, session.ends_at), rows
            )
        )
    return found


def may_be_added(session: Session) -> tuple[list[Person], list[Guest]]:
    """Whose presence may be noted by hand: whoever has a seat or was in the room, and the guests of the meeting."""
    seats = Enrolment.objects.filter(run=session.run_id).exclude(state=Enrolment.State.WITHDRAWN).values("person")
    there = Participant.objects.filter(room=session.pk, person__isnull=False).values("person")
    people = Person.objects.filter(Q(pk__in=seats) | Q(pk__in=there)).order_by("sort_kk", "pk")
    return list(people), list(Guest.objects.filter(meeting=session.run_id, erased_at=None).order_by("name", "pk"))


def own(session: Session, account: Account) -> Evidence | None:
    """What is known of herself."""
    found = of_session(session, account.person_id)
    return found[0] if found else None


def appeals(session: Session, *, person: int | None = None) -> list[Appeal]:
    rows = Appeal.objects.filter(room=session.pk).select_related("person", "decided_by__person").order_by("-created_at", "-pk")  # fmt: skip
    return list(rows if person is None else rows.filter(person=person))


def checks(session: Session, of: Q) -> list[LineCheck]:
    """What the check page found, newest first; of those whom the condition names."""
    return list(LineCheck.objects.filter(of, room=session.pk).select_related("person", "guest").order_by("-at"))


def outside(session: Session) -> tuple[datetime, datetime] | None:
    """From when to when somebody was there outside the hours of the timetable; none of it is counted."""
    early = Interval.objects.filter(room=session.pk).filter(Q(begun_at__lt=session.starts_at) | Q(ended_at__gt=session.ends_at))  # fmt: skip
    found = early.aggregate(begun=Min("begun_at"), ended=Max("ended_at"))
    # A few minutes before and after are how everybody comes and goes.
    if found["begun"] is None or (session.starts_at - USUAL <= found["begun"] and found["ended"] <= session.ends_at + USUAL):  # fmt: skip
        return None
    return found["begun"], found["ended"]


def newest(session: Session) -> datetime | None:
    return Interval.objects.filter(room=session.pk).order_by("-recorded_at").values_list("recorded_at", flat=True).first()  # fmt: skip
