"""What must hold of assignments and works, proved by `orken audit invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from orken.assignments import content, owners, rubrics
from orken.assignments.models import AssignmentVersion, FrozenRubric, Review, Work
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken


def register() -> None:
    invariants.register("assignments.published: what is published says what it said", published)
    invariants.register("assignments.frozen: a rubric that marks were given by never changes", frozen)
    invariants.register("assignments.marks: a mark is what its levels come to by its own rubric", marks)
    invariants.register("assignments.owners: every place where somebody handed in has an owner", places)
    invariants.register("assignments.own: nobody is asked to review her own work", own)


def published() -> Iterator[Broken]:
    for row in AssignmentVersion.objects.exclude(published_at=None).order_by("pk"):
        if content.fingerprint(content.of_version(row)) != row.fingerprint:
            yield Broken(f"assignment version {row.pk}", "says something else than when it was published")


def frozen() -> Iterator[Broken]:
    for row in FrozenRubric.objects.order_by("pk"):
        if rubrics.fingerprint(row.criteria) != row.fingerprint:
            yield Broken(f"rubric {row.pk}", "is not the one that was frozen")


def marks() -> Iterator[Broken]:
    for row in Review.objects.filter(state=Review.State.GIVEN).select_related("rubric").order_by("pk"):
        assert row.rubric is not None, "the database keeps it"
        criteria = rubrics.read(row.rubric.criteria)
        if not rubrics.complete(criteria, row.levels) or rubrics.score(criteria, row.levels) != row.score:
            yield Broken(f"review {row.pk}", f"says {row.score}, its levels something else")


def places() -> Iterator[Broken]:
    for context in Work.objects.order_by("context").values_list("context", flat=True).distinct():
        if owners.of(context) is None:
            yield Broken(context, "nobody owns it")


def own() -> Iterator[Broken]:
    for row in (
        Review.objects.filter(state__in=[Review.State.ASKED, Review.State.BEGUN]).select_related("work").order_by("pk")
    ):
        if row.reviewer_id == row.work.person_id:
            yield Broken(f"review {row.pk}", "is of her own work")
