"""Attendance of the demo: a seminar that is over, with the edge cases of domain.md §8, and a class that is being held."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from orken.kit.demo import Stage
from orken.training.attendance import selectors, services
from orken.training.attendance.services import Line
from orken.training.models import Mark, Run, Session, WalkIn

OVER, HELD = "PVL-2026-30", "NL-2026-38"
S = Mark.State
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
    for place, row in enumerate(grid.rows):
        for number, session in enumerate(grid.sessions):
            state, minutes, reason = SPECIAL.get((place, number), (S.PRESENT.value, None, ""))
            _write(run, session, row.who, str(state), minutes, reason)
    if grid.rows:  # a correction: absent first, then it turned out that she was late
        last = grid.rows[-1].who
        session = grid.sessions[1]
        standing = Mark.objects.get(session=session, enrolment=int(last[1:]), superseded_at=None)
        _write(run, session, last, S.LATE, 120, "Автобус кешікті", base=str(standing.pk))
        guest = services.add_walk_in(
            run=run, name="Жұмабаева Сәуле", library="Ақтоғай ауылдық кітапханасы", by=None, uid=uuid5(NAMESPACE_URL, OVER)
        )  # fmt: skip
        for session in grid.sessions[2:]:
            _write(run, session, f"w{guest.uid}", S.PRESENT, None, "")


def _class(run: Run) -> None:
    """The first day is noted; one is late, one did not come."""
    grid = selectors.grid(run)
    first = [one for one in grid.sessions if (one.starts_at - grid.sessions[0].starts_at) < timedelta(hours=12)]
    for place, row in enumerate(grid.rows):
        for session in first:
            state, minutes = {2: (S.LATE, 60), 5: (S.ABSENT, None)}.get(place, (S.PRESENT, None))
            _write(run, session, row.who, state, minutes, "")


def _write(run: Run, session: Session, who: str, state: str, minutes: int | None, reason: str, *, base: str = "") -> None:  # fmt: skip
    uid = uuid5(NAMESPACE_URL, f"{session.uid}/{who}/{base and 'again'}")
    line = Line(session.pk, who, state, minutes, reason, base, uid)
    (written,) = services.write(run=run, lines=[line], by=None)
    assert written.outcome == services.DONE, written


def settle(at: datetime) -> None:
    """Every moment becomes the demo's own."""
    Mark.objects.update(noted_at=at, recorded_at=at)
    Mark.objects.exclude(superseded_at=None).update(superseded_at=at)
    WalkIn.objects.update(created_at=at)
