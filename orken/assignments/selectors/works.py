"""One work as its pages show it: what was said of it, and by whom the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from orken.assignments import owners, rubrics
from orken.assignments.models import Remark, Review, Work
from orken.assignments.places import Span


@dataclass(frozen=True)
class Chosen:
    """A criterion with the level that was chosen."""

    criterion: rubrics.Criterion
    level: rubrics.Level


@dataclass(frozen=True)
class Said:
    """A review as it is read. `numbers` are the remarks' numbers on the page, which run through all reviews."""

    review: Review
    chosen: list[Chosen]
    remarks: list[tuple[int, Remark]]

    @property
    def score(self) -> Decimal | None:
        return self.review.score


def reviews_of(work: Work) -> list[Review]:
    """With remarks, rubrics and reviewers: two queries."""
    rows = Review.objects.filter(work=work).select_related("rubric", "reviewer")
    return list(rows.prefetch_related(Prefetch("remarks", Remark.objects.select_related("part"))).order_by("given_at", "pk"))  # fmt: skip


def said_of(reviews: Iterable[Review]) -> list[Said]:
    """Those that are given, by the words that were frozen with each."""
    found, number = [], 0
    for one in reviews:
        if one.state != Review.State.GIVEN or one.rubric is None:
            continue
        chosen = [
            Chosen(criterion, criterion.levels[one.levels[criterion.key]])
            for criterion in rubrics.read(one.rubric.criteria)
            if criterion.key in one.levels and one.levels[criterion.key] < len(criterion.levels)
        ]
        remarks = []
        for remark in one.remarks.all():
            number += 1
            remarks.append((number, remark))
        found.append(Said(one, chosen, remarks))
    return found


def spans(remarks: Iterable[tuple[int, Remark]]) -> list[Span]:
    return [Span(one.begins, one.ends, number) for number, one in remarks if one.begins is not None and one.ends is not None]  # fmt: skip


def place_of(context: str) -> tuple[str, str] | None:
    return owners.titles([context]).get(context)
