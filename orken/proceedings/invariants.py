"""What must hold over recordings and proceedings: proved every night and in the tests."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from orken.credentials.models import LedgerRow
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.proceedings import policy, watching
from orken.proceedings.models import Recording, Stretch, Volume


def register() -> None:
    invariants.register("proceedings.consent: whoever speaks in a recording that is shown has agreed", consent)
    invariants.register("proceedings.hours: the ledger takes no more of a recording than was watched", hours)
    invariants.register("proceedings.volumes: the volumes of a run are numbered without a gap", volumes)


def consent() -> Iterator[Broken]:
    for one in Recording.objects.filter(state=Recording.State.SHOWN):
        silent = policy.without_consent(policy.heard_in(one))
        if silent:
            yield Broken(f"recording {one.pk}", f"is shown, {len(silent)} of those who speak in it have not agreed")


def hours() -> Iterator[Broken]:
    """By person and recording: no more minutes in the ledger than follow from the stretches.

    Two records that were joined may have watched more together than the ledger has counted.
    """
    stretches: dict[tuple[int, str], list[tuple[int, int]]] = {}
    lengths: dict[str, int] = {}
    for one in Stretch.objects.select_related("recording"):
        stretches.setdefault((one.person_id, one.recording.source), []).append((one.begins, one.ends))
        lengths[one.recording.source] = one.recording.seconds
    rows = LedgerRow.objects.filter(
        superseded_at=None, observed__source__startswith="proceedings.recording:", person__merged_into=None
    )
    for person, source, minutes in rows.values_list("person", "observed__source", "minutes"):
        seen = watching.counted(watching.covered(stretches.get((person, source), [])), lengths.get(source, 0))
        if minutes > seen:
            yield Broken(source, f"person {person} watched {seen} minutes that count, counted are {minutes}")
    for one in Stretch.objects.filter(ends__gt=F("recording__seconds")):
        yield Broken(f"stretch {one.pk}", "goes beyond the end of the recording")


def volumes() -> Iterator[Broken]:
    last: dict[int, int] = {}
    for run, number in Volume.objects.order_by("run", "number").values_list("run", "number"):
        if number != last.get(run, 0) + 1:
            yield Broken(f"run {run}", f"volume {number} follows {last.get(run, 0)}")
        last[run] = number
