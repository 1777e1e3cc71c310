"""Attendance of the demo: of three years, of a seminar that is over, and of a class that is being held.

With the edge cases of domain.md §8: 78 %, a correction, whoever walked in, a paper sheet, two devices that differ, an
apology, somebody who did not come.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import SEED, Stage
from orken.people.models import Account
from orken.training.attendance import selectors, services
from orken.training.attendance.services import Line
from orken.training.demo.history import Held
from orken.training.demo.plan import UNTIL
from orken.training.demo.seating import Seat
from orken.training.models import Enrolment, Mark, PaperSheet, Run, Session, WalkIn
from orken.training.results.rule import MEETINGS

OVER, HELD = "PVL-2026-30", "NL-2026-38"
S, E = Mark.State, Enrolment.State
# By place on the sheet of the seminar, four sessions of 600 minutes together:
# what differs from «present at all four».
SPECIAL: dict[tuple[int, int], tuple[str, int | None, str]] = {
    (1, 0): (S.LATE, 48, ""),  # 48 + 150 + 180 + 90 = 468 of 600 minutes: 78 %, just not enough
    (2, 1): (S.LATE, 105, ""),
    (3, 2): (S.EXCUSED, None, "Баласы ауырды"),
    (4, 0): (S.ABSENT, None, ""),
    (4, 1): (S.ABSENT, None, ""),
    (4, 2): (S.ABSENT, None, ""),
    (4, 3): (S.ABSENT, None, ""),
}


def build(stage: Stage) -> None:
    over = Run.objects.filter(code=OVER).select_related("host").first()
    if over is not None:
        _seminar(over)
    held = Run.objects.filter(code=HELD).select_related("host").first()
    if held is not None:
        _class(held)


def _seminar(run: Run) -> None:
    grid = selectors.grid(run)
    lines = []
    for place, row in enumerate(grid.rows):
        for number, session in enumerate(grid.sessions):
            state, minutes, reason = SPECIAL.get((place, number), (S.PRESENT.value, None, ""))
            lines.append(_line(session, row.who, str(state), minutes, reason))
    _write(run, lines)
    if grid.rows:  # a correction: absent first, then it turned out that she was late
        last = grid.rows[-1].who
        session = grid.sessions[1]
        standing = Mark.objects.get(session=session, enrolment=int(last[1:]), superseded_at=None)
        _write(run, [_line(session, last, S.LATE, 120, "Автобус кешікті", base=str(standing.pk))])
        guest = services.add_walk_in(
            run=run, name="Жұмабаева Сәуле", library="Ақтоғай ауылдық кітапханасы", by=None, uid=uuid5(NAMESPACE_URL, OVER)
        )  # fmt: skip
        _write(run, [_line(session, f"w{guest.uid}", S.PRESENT) for session in grid.sessions[2:]])


def _class(run: Run) -> None:
    """The first day is noted; one is late, one did not come; of one two devices say different things."""
    grid = selectors.grid(run)
    first = [one for one in grid.sessions if (one.starts_at - grid.sessions[0].starts_at) < timedelta(hours=12)]
    special: dict[int, tuple[str, int | None]] = {2: (S.LATE, 60), 5: (S.ABSENT, None)}
    lines = [
        _line(session, row.who, *special.get(place, (S.PRESENT, None)))
        for place, row in enumerate(grid.rows)
        for session in first
    ]
    _write(run, lines)
    other = Line(first[0].pk, grid.rows[1].who, S.LATE, 75, uid=uuid5(NAMESPACE_URL, f"{HELD}/other device"))
    (said,) = services.write(run=run, lines=[other], by=None, source=Mark.Source.DEVICE)
    assert said.outcome == services.DIFFERS, said


def _line(session: Session, who: str, state: str, minutes: int | None = None, reason: str = "", *, base: str = "") -> Line:  # fmt: skip
    uid = uuid5(NAMESPACE_URL, f"{session.uid}/{who}/{base and 'again'}")
    return Line(session.pk, who, state, minutes, reason, base, uid)


def _write(run: Run, lines: Sequence[Line]) -> None:
    for written in services.write(run=run, lines=lines, by=None):
        assert written.outcome == services.DONE, written


def settle() -> None:
    """Every moment becomes the demo's own: a mark is written when its session ends, a correction the day after."""
    rows = list(Mark.objects.filter(session__run__code__in=(OVER, HELD)).select_related("session").order_by("pk"))
    for mark in rows:
        later = timedelta(days=1) if mark.reason == "Автобус кешікті" else timedelta(0)
        mark.noted_at = mark.recorded_at = mark.session.ends_at + later
        if mark.superseded_at is not None:
            mark.superseded_at = mark.session.ends_at + timedelta(days=1)
    Mark.objects.bulk_update(rows, ["noted_at", "recorded_at", "superseded_at"], batch_size=200)
    for guest in WalkIn.objects.filter(run__code=OVER).prefetch_related("marks"):
        guest.created_at = min(mark.recorded_at for mark in guest.marks.all())
        guest.save(update_fields=["created_at"])


# --- three years ---

EXCUSED = ("Баласы ауырып қалды.", "Заболела, справка у методиста.", "Жол жабылды, ауылдан шыға алмады.")
NO_SHOW = ("Хабарласпады.", "Не приехала, причину не сообщила.", "Кітапхана хабарламаған.")
GUESTS = (
    ("Ахметова Жанар", "Мектеп кітапханасы"), ("Соколова Вера", "Библиотека колледжа"), ("Бекова Айман", "Мұражай"),
    ("Ермекова Сандуғаш", "Ауылдық кітапхана"), ("Ли Марина", "Городской архив"), ("Досанова Гүлжан", ""),
)  # fmt: skip
Told = tuple[str, int, str]  # state, minutes, reason


def history(stage: Stage, runs: Sequence[Held], trail: list[AuditEvent]) -> None:
    """The sheets of the runs that were held; tells each seat its minutes and who was missing."""
    chance = random.Random(SEED + 8)
    accounts = {account.person_id: account for account in stage.made["accounts"].values()}
    marks: list[Mark] = []
    for n, held in enumerate(held for held in runs if held.run.state != Run.State.CANCELLED):
        by = next((accounts[one.pk] for one in held.trainers if one.pk in accounts), held.by)
        sessions = [one for one in held.sessions if timezone.localdate(one.ends_at) <= UNTIL]
        pen = _Pen(chance, held, by, marks, trail)
        seated = held.seated
        for seat in seated:
            told = _was_there(chance, held, seat, sessions)
            if held.past.special == "78" and seat is next(one for one in seated if not one.certain):
                told = _just_not_enough(sessions)
                seat.missing = ""
            seat.there = sum(minutes for _state, minutes, _reason in told)
            for session, one in zip(sessions, told, strict=True):
                pen.note(session, seat, one)
        if held.past.special == "paper":
            _paper(held, by, marks)
        if held.past.special == "devices":
            pen.differ(sessions[0], next(one for one in seated if not one.missing))
        whole = [one for one in seated if one.there == held.minutes and not one.certain]
        if n % 6 == 2 and whole:
            pen.correct(sessions[0], whole[0])
        if held.past.kind in ("seminar", "travelling", "conference") and n % 2 == 0:
            pen.welcome(sessions[-2:], *GUESTS[n % len(GUESTS)])
    bulk.insert(Mark, marks)
    for held in runs:
        for seat in held.seated:
            if seat.missing:
                verb = "enrolment.excused" if seat.missing == E.EXCUSED else "enrolment.missed"
                trail.append(
                    audit.event(
                        verb, seat.applicant, by=held.by, scope_path=seat.unit.path, at=held.sessions[0].ends_at,
                        before={"state": E.ENROLLED}, after={"state": seat.missing, "reason": seat.missing_because},
                    )
                )  # fmt: skip


def _was_there(chance: random.Random, held: Held, seat: Seat, sessions: Sequence[Session]) -> list[Told]:
    """Most are there from beginning to end; of a hundred three do not come, three excuse themselves, six leave half-way."""
    full: list[Told] = [(S.PRESENT, one.minutes, "") for one in sessions]
    if seat.certain or not sessions:
        return full
    need = 70 if held.run.kind in MEETINGS else 80
    drawn = chance.random()
    if drawn < 0.03:
        seat.missing, seat.missing_because = E.NO_SHOW, chance.choice(NO_SHOW)
        return [(S.ABSENT, 0, "") for _ in sessions]
    if drawn < 0.055:
        seat.missing, seat.missing_because = E.EXCUSED, chance.choice(EXCUSED)
        return [(S.EXCUSED, 0, seat.missing_because) for _ in sessions]
    if drawn < 0.115 and len(sessions) > 1:
        half = (len(sessions) + 1) // 2
        return full[:half] + [(S.ABSENT, 0, "") for _ in sessions[half:]]
    place = chance.randrange(len(sessions))
    length = sessions[place].minutes
    if drawn < 0.24:
        full[place] = (S.LATE, length - min(20, length // 5), "")
    elif drawn < 0.32 and (held.minutes - length) * 100 >= need * held.minutes:
        full[place] = (S.ABSENT, 0, "")
    return full


def _just_not_enough(sessions: Sequence[Session]) -> list[Told]:
    """78 % of the minutes: more than three quarters, less than the rule asks."""
    of = sum(one.minutes for one in sessions)
    lost = of - (78 * of + 99) // 100
    told: list[Told] = []
    for one in sessions:
        part = min(lost, one.minutes - 10)
        told.append((S.LATE if part else S.PRESENT, one.minutes - part, ""))
        lost -= part
    return told


class _Pen:
    """Writes the marks of one run; each has the number that the same chance gives it."""

    def __init__(self, chance: random.Random, held: Held, by: Account, marks: list[Mark], trail: list[AuditEvent]) -> None:  # fmt: skip
        self.chance, self.held, self.by, self.marks, self.trail = chance, held, by, marks, trail
        travelling, hall = held.past.kind == "travelling", held.past.kind == "conference"
        self.source = Mark.Source.DEVICE if travelling else Mark.Source.DOOR if hall else Mark.Source.PAGE
        self.sent_after = timedelta(
            hours=26 if travelling else 0
        )  # from a village it is sent when there is a line again

    def _mark(self, session: Session, told: Told, **whose: object) -> Mark:
        state, minutes, reason = told
        mark = Mark(
            uid=UUID(int=self.chance.getrandbits(128), version=4), session_id=session.pk, state=state, minutes=minutes, reason=reason,
            source=self.source, by_id=self.by.pk, noted_at=session.ends_at, recorded_at=session.ends_at + self.sent_after, **whose,
        )  # fmt: skip
        self.marks.append(mark)
        return mark

    def note(self, session: Session, seat: Seat, told: Told) -> Mark:
        return self._mark(session, told, enrolment_id=seat.enrolment.pk)

    def _standing(self, session: Session, seat: Seat) -> Mark:
        return next(one for one in self.marks if (one.session_id, one.enrolment_id, one.superseded_at) == (session.pk, seat.enrolment.pk, None))  # fmt: skip

    def differ(self, session: Session, seat: Seat) -> None:
        """Another device said that she was late; two days later the trainers left what stood."""
        aside = self.note(session, seat, (S.LATE, session.minutes - 45, ""))
        aside.aside, aside.superseded_at = True, aside.recorded_at + timedelta(days=2)

    def correct(self, session: Session, seat: Seat) -> None:
        """Noted as absent first; the next day somebody remembered that she came in late."""
        before = self._standing(session, seat)
        before.state, before.minutes = S.ABSENT, 0
        after = self.note(session, seat, (S.LATE, session.minutes - 10, "Тізімде аты қате жазылған екен."))
        before.superseded_at = after.recorded_at = before.recorded_at + timedelta(days=1)
        seat.there -= 10

    def welcome(self, sessions: Sequence[Session], name: str, library: str) -> None:
        """Somebody came without an application."""
        at = sessions[0].starts_at
        uid = uuid5(NAMESPACE_URL, f"{self.held.run.code}/{name}")
        guest = WalkIn.objects.create(run=self.held.run, uid=uid, name=name, library=library, by=self.by, created_at=at)
        self.trail.append(audit.event("attendance.walk_in_added", guest, by=self.by, scope_path=self.held.run.host.path, at=at, after={"library": library}))  # fmt: skip
        for session in sessions:
            self._mark(session, (S.PRESENT, session.minutes, ""), walk_in_id=guest.pk)


def _paper(held: Held, by: Account, marks: Sequence[Mark]) -> None:
    """The second day was kept on printed sheets and keyed in the day after."""
    second = [one for one in held.sessions if timezone.localdate(one.starts_at) == held.past.first + timedelta(1)]
    who = [f"e{seat.enrolment.pk}" for seat in held.seated]
    for number, session in enumerate(second, start=1):
        printed = session.starts_at - timedelta(days=1)
        sheet = PaperSheet.objects.create(run=held.run, session=session, number=number, rows=who, printed_at=printed, by=by)  # fmt: skip
        for mark in _of(marks, session):
            mark.source, mark.sheet_id = Mark.Source.PAPER, sheet.pk
            mark.recorded_at = session.ends_at + timedelta(days=1)


def _of(marks: Sequence[Mark], session: Session) -> Iterator[Mark]:
    return (mark for mark in marks if mark.session_id == session.pk)
