"""Truths of the registers that no constraint can hold; `orken audit invariants` proves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, F, Max, Q

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.records import composing, numbers
from orken.records.models import Change, Number, Paper, Series, Signature


def register() -> None:
    invariants.register("records.series: the numbers of a series run from one to its last without a gap", no_gaps)
    invariants.register("records.numbers: every number is borne by one paper, or spoiled with its reason", all_borne)
    invariants.register("records.papers: a paper says what it said when it got its number", unchanged)
    invariants.register("records.register: numbers follow the days, in the series of their issuer and year", in_order)
    invariants.register("records.changes: a paper is amended or cancelled exactly when a signed one does it", changed)


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


def unchanged() -> Iterator[Broken]:
    for paper in Paper.objects.exclude(state=Paper.State.DRAFT).order_by("pk").iterator(chunk_size=500):
        if composing.seal(paper.data) != paper.sealed:
            yield Broken(f"paper {paper.code}", "was changed after it got its number")
        if paper.data.get("number") != paper.code:
            yield Broken(f"paper {paper.code}", "bears another number than its text")


def in_order() -> Iterator[Broken]:
    last: dict[int, date] = {}
    rows = Paper.objects.exclude(number=None).select_related("number__series")
    for paper in rows.order_by("number__series", "number__sequence").iterator(chunk_size=500):
        assert paper.number is not None and paper.on is not None
        series = paper.number.series
        if series.issuer_id != paper.issuer_id or series.year != paper.on.year:
            yield Broken(f"paper {paper.code}", "its number is of another issuer or year")
        if paper.on < last.get(series.pk, paper.on):
            yield Broken(f"paper {paper.code}", "bears an earlier date than the number before")
        last[series.pk] = paper.on
        if (paper.state == Paper.State.SPOILED) != (paper.number.state == Number.State.SPOILED):
            yield Broken(f"paper {paper.code}", "is spoiled without its number, or the number without it")


IN_EFFECT = (Paper.State.SIGNED, Paper.State.AMENDED, Paper.State.CANCELLED)


def changed() -> Iterator[Broken]:
    """The state of each paper follows from its signature and from the signed papers that change it."""
    effects: dict[str, set[str]] = {}
    for change in Change.objects.filter(by_paper__state__in=IN_EFFECT):
        effects.setdefault(str(change.paper_id), set()).add(change.effect)
    signed = {str(pk) for pk in Signature.objects.values_list("paper", flat=True)}
    for paper in Paper.objects.exclude(number=None).order_by("pk"):
        found = effects.get(str(paper.pk), set())
        state = Paper.State.CANCELLED if Change.Effect.CANCEL in found else Paper.State.AMENDED if found else None
        if (paper.state in IN_EFFECT) != (str(paper.pk) in signed):
            yield Broken(f"paper {paper.code}", "is in force without a signature, or signed and not in force")
        elif paper.state in IN_EFFECT and paper.state != (state or Paper.State.SIGNED):
            yield Broken(f"paper {paper.code}", f"is {paper.state}, by the papers that change it {state or 'signed'}")
