"""Whoever taught a run has hours for it too: her sessions become rows of the ledger when the run is closed.

Counted are the minutes of sessions that were held and that name her, except independent work, at which nobody teaches.
Two who teach one session together both have its minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from orken.credentials import services as credentials
from orken.credentials.models import Activity, LedgerRow
from orken.credentials.services import Sight
from orken.kit.audit.invariants import Broken
from orken.people.models import Account
from orken.training import events
from orken.training.certifying.rows import LANGUAGES, domain_of, source_of
from orken.training.models import Run, Session


def minutes_of(runs: Iterable[Run]) -> dict[tuple[int, int], tuple[int, date]]:
    """By run and person: the minutes that she taught, and the last day on which she did. One query."""
    held = Session.objects.filter(run__in=[run.pk for run in runs], cancelled_at=None, trainers__isnull=False)
    found: dict[tuple[int, int], tuple[int, date]] = {}
    rows = held.exclude(kind=Session.Kind.INDEPENDENT).values_list("run", "trainers", "starts_at", "ends_at")
    for run, person, starts, ends in rows:
        minutes, last = found.get((run, person), (0, date.min))
        found[run, person] = minutes + int((ends - starts).total_seconds()) // 60, max(last, timezone.localdate(ends))
    return found


def seen(runs: Iterable[Run]) -> list[Sight]:
    """What those who taught these runs did, as the ledger takes it."""
    by_pk = {run.pk: run for run in runs}
    domains = {pk: domain_of(run) for pk, run in by_pk.items()}
    return [
        Sight(
            person=person, activity=str(Activity.TEACHING), source=source_of(by_pk[run]), minutes=minutes, on=last,
            title=_named(by_pk[run], "title"), organiser=_named(by_pk[run].host, "name"), domain=domains[run],
        )
        for (run, person), (minutes, last) in sorted(minutes_of(by_pk.values()).items())
    ]  # fmt: skip


def _named(what: Any, name: str) -> dict[str, str]:
    return {code: text for code in LANGUAGES if (text := getattr(what, f"{name}_{code}"))}


def miscounted() -> Iterator[Broken]:
    """Runs that are over whose lessons do not stand in the ledger of whoever taught them."""
    over = Run.objects.filter(state__in=[Run.State.CLOSED, Run.State.ARCHIVED])
    codes = dict(over.values_list("pk", "code"))
    said = {(f"training.run:{codes[run]}", person): minutes for (run, person), (minutes, _) in minutes_of(over).items()}
    stands: dict[tuple[str, int], int] = {}
    counted = LedgerRow.objects.filter(superseded_at=None, activity=Activity.TEACHING, observed__isnull=False)
    for source, person, minutes in counted.values_list("observed__source", "person", "minutes"):
        stands[source, person] = minutes
    for source, person in sorted({*said, *stands}):
        if said.get((source, person), 0) != stands.get((source, person), 0):
            yield Broken(
                source, f"person {person} taught {said.get((source, person), 0)} minutes, counted {stands.get((source, person), 0)}"
            )  # fmt: skip


@receiver(events.run_changed)
def count(
    sender: type[Run], run: Run, before: str, by: Account | None, at: datetime | None = None, **rest: Any
) -> None:
    """A run that closes has been taught; its timetable is not changed any more."""
    if run.state == Run.State.CLOSED and before != Run.State.CLOSED:
        credentials.observe(seen=seen([run]), by=by, at=at)
