"""What belongs to a run as a list that is written anew as a whole: its route, its co-hosts, its costs.

Two officers may have one list open at once. Whoever saves says by a mark which list she saw (`mark_of`);
when another stands meanwhile she is told, and nothing of the other is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from orken.kit.audit import services as audit
from orken.kit.states import WayIsClosed
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import policy, states
from orken.training.models import CostLine, Run, Stop
from orken.training.services import seats
from orken.training.services.runs import EditedMeanwhile


def mark_of(rows: Iterable[object]) -> str:
    """A short mark of what stands: another list has another mark."""
    return sha256(repr(list(rows)).encode()).hexdigest()[:16]


def route_of(run: Run) -> list[tuple[str, str, str]]:
    rows = Stop.objects.filter(run=run).order_by("place").values_list("unit__code", "starts_on", "ends_on")
    return [(code, str(first), str(last)) for code, first, last in rows]


def co_hosts_of(run: Run) -> list[str]:
    return sorted(run.co_hosts.values_list("code", flat=True))


def costs_of(run: Run) -> list[tuple[str, str, int, int | None]]:
    return list(CostLine.objects.filter(run=run).order_by("pk").values_list("kind", "note", "estimate", "actual"))


def _require_seen(run: Run, seen: str | None, rows: Iterable[object]) -> None:
    """While the run is locked."""
    if seen is not None and seen != mark_of(rows):
        raise EditedMeanwhile(run)


@transaction.atomic
def set_route(*, run: Run, stops: Sequence[tuple[Unit, date, date]], by: Account, seen: str | None = None) -> None:
    """The hosts of a travelling run in the order of the journey; each stop holds its own days. Raises EditedMeanwhile."""
    run = seats.locked(run)
    policy.require_managing(by, run)
    states.check_live(run, "route")
    _require_seen(run, seen, route_of(run))
    Stop.objects.filter(run=run).delete()
    Stop.objects.bulk_create(
        Stop(run=run, place=place, unit=unit, starts_on=first, ends_on=last)
        for place, (unit, first, last) in enumerate(stops, start=1)
    )
    audit.record("run.route_set", run, by=by, scope_path=run.host.path, after={"route": [unit.code for unit, *_ in stops]})  # fmt: skip


@transaction.atomic
def set_co_hosts(*, run: Run, units: Sequence[Unit], by: Account, seen: str | None = None) -> None:
    """Who holds the run together with its host: whoever organises there organises the run too. The host alone says so."""
    run = seats.locked(run)
    policy.require_hosting(by, run)
    states.check_live(run, "co_hosts")
    _require_seen(run, seen, co_hosts_of(run))
    chosen = {unit.pk: unit for unit in units if unit.pk != run.host_id}
    before = {unit.pk: unit for unit in run.co_hosts.all()}
    if chosen.keys() == before.keys():
        return
    run.co_hosts.set(chosen.values())
    run.revision += 1
    run.save(update_fields=["revision"])
    audit.record(
        "run.co_hosts_set", run, by=by, scope_path=run.host.path,
        before={"units": sorted(unit.code for unit in before.values())},
        after={"units": sorted(unit.code for unit in chosen.values())},
    )  # fmt: skip


@transaction.atomic
def set_costs(*, run: Run, lines: Sequence[Mapping[str, Any]], by: Account, seen: str | None = None) -> None:
    """The lines of the estimate and of what it came to, written anew as a whole, in tenge; the bills come after the

    last day, so a closed run still takes them and one in the archive does not. Raises EditedMeanwhile.
    """
    run = seats.locked(run)
    policy.require_managing(by, run)
    if run.state == Run.State.ARCHIVED:
        raise WayIsClosed("costs", [states.as_it_stands(run)])
    _require_seen(run, seen, costs_of(run))
    before = _sums(CostLine.objects.filter(run=run))
    CostLine.objects.filter(run=run).delete()
    made = CostLine.objects.bulk_create(CostLine(run=run, **line) for line in lines)
    audit.record("run.costs_set", run, by=by, scope_path=run.host.path, before={"lines": before}, after={"lines": _sums(made)})  # fmt: skip


def _sums(lines: Iterable[CostLine]) -> dict[str, int]:
    """The estimate by kind of cost, as the trail keeps it."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.kind] = found.get(line.kind, 0) + int(line.estimate)
    return found
