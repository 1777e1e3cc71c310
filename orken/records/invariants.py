"""Truths of the registers that no constraint can hold; `orken audit invariants` proves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, F, Max, Q

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.records import numbers
from orken.records.models import Number, Series


def register() -> None:
    invariants.register("records.series: the numbers of a series run from one to its last without a gap", no_gaps)
    invariants.register("records.numbers: every number is borne by one paper, or spoiled with its reason", all_borne)


def no_gaps() -> Iterator[Broken]:
    """With (series, sequence) unique, as many numbers as the last one says, and none above it, leave no gap."""
    rows = Series.objects.annotate(many=Count("numbers"), highest=Max("numbers__sequence"))
    for line in rows.exclude(many=F("last"), highest=F("last")).exclude(many=0, last=0).order_by("pk"):
        yield Broken(f"{line} of unit {line.issuer_id}", f"{line.many} numbers, the last is {line.last}")


def all_borne() -> Iterator[Broken]:
    borne: Counter[int] = Counter()
    for find in numbers.holders().values():
        borne.update(find().values_list("pk", flat=True))
    for pk, times in borne.items():
        if times > 1:
            yield Broken(f"number {pk}", f"stands on {times} papers")
    rows = Number.objects.filter(Q(state=Number.State.TAKEN)).select_related("series").order_by("pk")
    for number in rows.iterator(chunk_size=2000):
        if number.pk not in borne:
            yield Broken(
                f"{number} of unit {number.series.issuer_id}", "was taken, no paper bears it, and nobody says why"
            )
