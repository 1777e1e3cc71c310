"""Marks as lines of devices: kept in the browser cell by cell, sent when there is a connection."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from orken.kit.offline import registry
from orken.kit.offline.models import Operation
from orken.kit.offline.registry import DONE, REFUSED, SAME, Outcome, Sent
from orken.people.models import Account
from orken.training.attendance import refusals
from orken.training.attendance.operations import shown_at
from orken.training.attendance.services import uid_of
from orken.training.models import Run
from orken.training.results import beside, policy
from orken.training.results.beside import Line


def register() -> None:
    registry.register(refusals.POINTS, marks, reasons=beside.REASONS)


def marks(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    """Lines of several runs may come together; those of one are written at once, in the order of the device's numbers."""
    outcomes: list[Outcome] = []
    for code, group in groupby(batch, key=lambda sent: str(sent.payload.get("run", ""))[:40]):
        outcomes += _marks_of(code, list(group), by)
    return outcomes


def _marks_of(code: str, batch: list[Sent], by: Account) -> list[Outcome]:
    run = Run.objects.filter(code=code).select_related("host").first()
    if run is None or not policy.enters(by, run):
        why = "run" if run is None else "rights"
        return [Outcome(REFUSED, why, shown_at(run, by)) for _ in batch]
    lines = [_line(sent) for sent in batch]
    found = beside.note(run=run, lines=lines, by=by, stood=_stood({sent.base for sent in batch}))
    return [Outcome(one.outcome, one.reason, code, {"mark": one.fact} if one.fact is not None else {}) for one in found]


def _stood(bases: Collection[str]) -> dict[str, str]:
    """Which fact an earlier line of the device came to."""
    uids = [uid for base in bases if (uid := uid_of(base))]
    rows = Operation.objects.filter(uid__in=uids, outcome__in=(DONE, SAME), kind=refusals.POINTS)
    return {str(uid): str(told.get("mark", "")) for uid, told in rows.values_list("uid", "told")}


def _line(sent: Sent) -> Line:
    told = sent.payload
    return Line(
        uid=sent.uid, enrolment=_number(told.get("enrolment")), component=str(told.get("component", "")),
        value=_number(told.get("value")), base=sent.base, reason=str(told.get("reason") or "")[:300], noted_at=sent.made_at,
    )  # fmt: skip


def _number(told: object) -> int:
    """A number within what the database holds; what is none is −1, which names nothing."""
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 2**63 else -1
