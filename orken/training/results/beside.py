"""Marks that devices bring: what was written over a mark that the hand had not seen is kept beside it, until somebody decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import services as audit
from orken.kit.offline.models import Operation
from orken.kit.offline.registry import DIFFERS, DONE, REFUSED, SAME
from orken.people.models import Account
from orken.training.attendance.refusals import POINTS
from orken.training.models import Enrolment, Fact, MarkBeside, Run
from orken.training.results import policy, selectors, services
from orken.training.results.services import Put
from orken.training.services import seats
from orken.training.services.deciding import ReasonIsMissing

REASONS: Mapping[str, str | Promise] = {
    "run": _("There is no such run any more."),
    "rights": _("You do not put marks in this run any more. Ask the organiser."),
    "closed": _("The run takes no marks now. Ask the organiser."),
    "person": _("This person is not in the run any more."),
    "component": _("Such a mark is not entered here."),
    "counted": _("This mark is counted by the system and is not entered by hand."),
    "mark": _("A mark is a whole number from 0 to 100."),
    "reason": _("Something stands there already: a correction needs its reason."),
}
WHOLE = 100


@dataclass(frozen=True)
class Line:
    """A cell as a hand wrote it. `base`: the fact that she saw standing, or the uid of her own earlier line; empty: she saw none."""

    uid: UUID
    enrolment: int
    component: str
    value: int
    base: str = ""
    reason: str = ""
    noted_at: datetime = field(default_factory=timezone.now)


@dataclass
class Became:
    """What became of a line; `fact`: the mark that stands by it."""

    outcome: str
    reason: str = ""
    fact: int | None = None


@dataclass
class _Desk:
    run: Run
    by: Account
    known: set[int]
    counted: Mapping[str, Mapping[int, object]]
    stand: dict[int, dict[str, Fact]]
    beside: dict[tuple[int, str], list[MarkBeside]]
    stood: dict[str, str]  # what the uid of an earlier line came to: the id of a fact
    pending: list[tuple[Put, Became, UUID]] = field(default_factory=list)


@transaction.atomic
def note(*, run: Run, lines: Sequence[Line], by: Account, stood: Mapping[str, str]) -> list[Became]:
    """Write lines in their order under the run's row lock. `stood`: ids of facts by the uids of lines sent before.

    A mark that the line had not seen is never overwritten: the line is kept beside it. Raises OutOfScope.
    """
    run = seats.locked(run)
    policy.require_entering(by, run)
    if run.state not in policy.ENTERED:
        return [Became(REFUSED, "closed") for _line in lines]
    known = set(selectors.enrolled(run).values_list("pk", flat=True))
    beside: dict[tuple[int, str], list[MarkBeside]] = {}
    for one in MarkBeside.objects.select_for_update(of=("self",)).filter(enrolment__run=run, decided_at=None):
        beside.setdefault((one.enrolment_id, one.component), []).append(one)
    desk = _Desk(run, by, known, selectors.counted(run, known), dict(selectors.facts_of(run)), beside, dict(stood))
    found = [_judge(desk, line) for line in lines]
    _flush(desk)
    return found


def _judge(desk: _Desk, line: Line) -> Became:
    if line.enrolment not in desk.known:
        return Became(REFUSED, "person")
    if line.component not in selectors.ENTERED:
        return Became(REFUSED, "component")
    if line.enrolment in desk.counted.get(line.component, {}):
        return Became(REFUSED, "counted")
    if not 0 <= line.value <= WHOLE:
        return Became(REFUSED, "mark")
    key = (line.enrolment, line.component)
    if any((put.enrolment, put.component) == key for put, _became, _uid in desk.pending):
        _flush(desk)  # her second line over a cell has the first one before it
    standing = desk.stand.get(line.enrolment, {}).get(line.component)
    waiting = desk.beside.setdefault(key, [])
    own = next((one for one in waiting if str(one.uid) == line.base), None)
    if standing is not None and (standing.value, standing.of) == (line.value, WHOLE):
        if own is not None:  # she now says what stands: the difference is over
            _over(desk, own)
        desk.stood[str(line.uid)] = str(standing.pk)
        return Became(SAME, fact=standing.pk)
    agrees = standing is None or desk.stood.get(line.base, line.base) == str(standing.pk)
    if (standing is not None or own is not None) and (agrees or own is not None) and not line.reason.strip():
        return Became(REFUSED, "reason")
    if own is not None:
        _over(desk, own)
    if agrees:
        became = Became(DONE)
        put = Put(line.enrolment, line.component, line.value, WHOLE, line.reason, timezone.localdate(line.noted_at))
        desk.pending.append((put, became, line.uid))
        return became
    if not any(one.value == line.value for one in waiting):  # the same difference told twice is one
        _lay_beside(desk, line)
    return Became(DIFFERS)


def _flush(desk: _Desk) -> None:
    """Write what is pending, all cells at once."""
    if not desk.pending:
        return
    puts = [put for put, _became, _uid in desk.pending]
    today = timezone.localdate()
    made = services.put_down(desk.run, puts, desk.stand, by=desk.by, on=today, reason="", source=Fact.Source.DEVICE)
    for fact, (_put, became, uid) in zip(made, desk.pending, strict=True):
        desk.stand.setdefault(fact.enrolment_id, {})[fact.component] = fact
        desk.stood[str(uid)] = str(fact.pk)
        became.fact = fact.pk
    desk.pending.clear()


def _lay_beside(desk: _Desk, line: Line) -> None:
    made = MarkBeside.objects.create(
        enrolment_id=line.enrolment, component=line.component, value=line.value, of=WHOLE, uid=line.uid,
        reason=" ".join(line.reason.split())[:300], by=desk.by, noted_at=line.noted_at,
    )  # fmt: skip
    desk.beside[line.enrolment, line.component].append(made)
    _record("result.laid_beside", made, desk.by, after={"component": made.component, "mark": f"{made.value}/{made.of}"})


def _over(desk: _Desk, own: MarkBeside) -> None:
    """Her own later line takes its place."""
    own.decided_at = timezone.now()
    own.save(update_fields=["decided_at"])
    desk.beside[own.enrolment_id, own.component].remove(own)


def _record(verb: str, row: MarkBeside, by: Account, *, after: dict[str, Any], note: str = "") -> None:
    one = Enrolment.objects.select_related("applicant__person", "unit").get(pk=row.enrolment_id)
    audit.record(verb, one.applicant, by=by, scope_path=one.unit.path, after=after, note=note)


@dataclass(frozen=True)
class Difference:
    """What was laid beside, and what stands."""

    beside: MarkBeside
    standing: Fact | None


def read_along() -> dict[str, Any]:
    """Whether anything is to be decided or could not be written, to be read with the run: then nothing more is asked for it."""
    beside = MarkBeside.objects.filter(enrolment__run=OuterRef("pk"), decided_at=None)
    refused = Operation.objects.filter(kind=POINTS, about=OuterRef("code"), outcome=REFUSED, looked_at=None)
    return {"differs": Exists(beside), "refuses": Exists(refused)}


def differences(run: Run) -> list[Difference]:
    """What is still to be decided, by name; no query where it was read along that there is nothing."""
    if not getattr(run, "differs", True):
        return []
    rows = list(
        MarkBeside.objects.filter(enrolment__run=run, decided_at=None)
        .select_related("enrolment__person", "by__person")
        .order_by("enrolment__person__sort_kk", "pk")
    )
    if not rows:
        return []
    standing = _standing(rows)
    return [Difference(one, standing.get((one.enrolment_id, one.component))) for one in rows]


def _standing(rows: Iterable[MarkBeside]) -> dict[tuple[int, str], Fact]:
    facts = Fact.objects.filter(enrolment__in=[one.enrolment_id for one in rows], superseded_at=None)
    return {(fact.enrolment_id, fact.component): fact for fact in facts.select_related("by__person")}


@transaction.atomic
def decide(*, beside: MarkBeside, take: bool, reason: str, by: Account) -> bool:
    """Which of the two stands: `take` what was laid beside, or leave what stands. False: it was decided already.

    Raises OutOfScope, WayIsClosed, Refused, ReasonIsMissing.
    """
    run = seats.locked(Run.objects.select_related("host").get(enrolments=beside.enrolment_id))
    policy.require_entering(by, run)
    services.check_open(run)
    held = MarkBeside.objects.select_for_update(of=("self",)).get(pk=beside.pk)
    if held.decided_at is not None:
        return False
    reason = " ".join(reason.split())[:300]
    if take:
        if not selectors.enrolled(run).filter(pk=held.enrolment_id).exists():
            raise services.Refused(REASONS["person"])
        stand = selectors.facts_of(run)
        before = stand.get(held.enrolment_id, {}).get(held.component)
        differs = before is None or (before.value, before.of) != (held.value, held.of)
        if before is not None and differs and not reason:
            raise ReasonIsMissing("put")
        if differs:
            put = Put(held.enrolment_id, held.component, held.value, held.of)
            on = timezone.localdate(held.noted_at)
            services.put_down(run, [put], stand, by=by, on=on, reason=reason, source=Fact.Source.DEVICE)
    held.decided_at, held.taken = timezone.now(), take
    held.save(update_fields=["decided_at", "taken"])
    after = {"component": held.component, "mark": f"{held.value}/{held.of}", "taken": take}
    _record("result.beside_decided", held, by, after=after, note=reason)
    return True
