"""Lines of the sheet that come from devices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from orken.kit.offline import registry
from orken.kit.offline.models import Operation
from orken.kit.offline.registry import REFUSED, Outcome, Sent
from orken.people.models import Account
from orken.training.attendance import policy, services, taking_back
from orken.training.attendance.refusals import BACK, MARK, REASONS, WALK_IN
from orken.training.attendance.services import Line
from orken.training.models import Mark, Run


def register() -> None:
    registry.register(MARK, marks, reasons=REASONS)
    registry.register(WALK_IN, walk_ins, reasons=REASONS)
    registry.register(BACK, backs, reasons=REASONS)


def marks(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    """Lines of several runs may come together; those of one are written at once, in the order of the device's numbers.

    Runs are locked in the order in which they come; a device has one run at a time, so two devices meet in one.
    """
    return [one for code, group in _by_run(batch) for one in _marks_of(code, group, by)]


def _by_run(batch: Sequence[Sent]) -> Iterator[tuple[str, list[Sent]]]:
    for code, group in groupby(batch, key=lambda sent: str(sent.payload.get("run", ""))[:40]):
        yield code, list(group)


def backs(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    """Notes that she took back on her device, each named by the line that wrote it."""
    return [one for code, group in _by_run(batch) for one in _backs_of(code, group, by)]


def _backs_of(code: str, batch: list[Sent], by: Account) -> list[Outcome]:
    run = Run.objects.filter(code=code).select_related("host").first()
    problem = _problem(run, by)
    if run is None or problem:
        return [Outcome(REFUSED, problem, shown_at(run, by)) for _ in batch]
    told = [taking_back.Back(sent.base, sent.made_at) for sent in batch]
    return [Outcome(one.outcome, one.reason, code) for one in taking_back.take_back(run=run, backs=told, by=by)]


def _marks_of(code: str, batch: list[Sent], by: Account) -> list[Outcome]:
    run = Run.objects.filter(code=code).select_related("host").first()
    problem = _problem(run, by)
    if run is None or problem:
        return [Outcome(REFUSED, problem, shown_at(run, by)) for _ in batch]
    seen = _stood_so({sent.base for sent in batch})
    lines = [_line(sent, seen) for sent in batch]
    written = services.write(run=run, lines=lines, by=by, source=Mark.Source.DEVICE)
    return [
        Outcome(one.outcome, one.reason, code, {"mark": one.mark.pk} if one.mark is not None else {}) for one in written
    ]


def _problem(run: Run | None, by: Account) -> str:
    if run is None:
        return "run"
    return "" if policy.keeps(by, run) else "rights"


def shown_at(run: Run | None, by: Account) -> str:
    """Where a line without the right stands to be looked at: at the run that she once kept; a stranger's stands nowhere but in the log."""
    return run.code if run is not None and policy.kept_once(by, run) else ""


def _stood_so(bases: Collection[str]) -> dict[str, str]:
    """Lines that «stood so already», sent before: whoever names one as her base has seen the mark that stood."""
    uids = [uid for base in bases if (uid := services.uid_of(base))]
    rows = Operation.objects.filter(uid__in=uids, outcome=Operation.Outcome.SAME).values_list("uid", "told")
    return {str(uid): str(told.get("mark", "")) for uid, told in rows}


def _line(sent: Sent, seen: Mapping[str, str]) -> Line:
    told: Mapping[str, Any] = sent.payload
    state, minutes = str(told.get("state", "")), told.get("minutes")
    # «Present» is all of the session, however long the timetable has made it since the page was taken along.
    whole = minutes is None or state == Mark.State.PRESENT
    return Line(
        session=_number(told.get("session")), who=str(told.get("who", "")), state=state, minutes=None if whole else _number(minutes), reason=str(told.get("reason") or "")[:300], base=seen.get(sent.base, sent.base),
        uid=sent.uid, noted_at=sent.made_at,
    )  # fmt: skip


def _number(told: Any) -> int:
    """A number within what the database holds; what is none is −1, which names nothing."""
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 2**63 else -1


def walk_ins(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    return [_walk_in(sent, by) for sent in batch]


def _walk_in(sent: Sent, by: Account) -> Outcome:
    code = str(sent.payload.get("run", ""))[:40]
    run = Run.objects.filter(code=code).select_related("host").first()
    problem = _problem(run, by)
    if run is None or problem:
        return Outcome(REFUSED, problem, shown_at(run, by))
    name, library = (str(sent.payload.get(key) or "") for key in ("name", "library"))
    try:
        services.add_walk_in(run=run, name=name, library=library, by=by, uid=sent.uid)
    except services.Refused as refused:
        return Outcome(REFUSED, str(refused), code)
    return Outcome(registry.DONE, "", code)
