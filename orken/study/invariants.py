"""Truths of study that no constraint can hold; `orken audit invariants` proves them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.study.models import Finish, Offering
from orken.study.selectors import group


def register() -> None:
    invariants.register("study.pins: a run has a published version of a course of its own programme", pins)
    invariants.register("study.finish: whoever has finished has read what the rule asks for", finished)


def pins() -> Iterator[Broken]:
    for row in Offering.objects.select_related("version__course", "run__version"):
        if not row.version.is_published:
            yield Broken(f"run {row.run_id}", "has a version that is not published")
        programme = row.version.course.programme_id
        if programme and row.run.version and row.run.version.programme_id != programme:
            yield Broken(f"run {row.run_id}", "has a course of another programme")


def finished() -> Iterator[Broken]:
    for offering in (
        Offering.objects.filter(run__enrolments__finish__isnull=False).select_related("run__host", "version").distinct()
    ):
        for line in group(offering):
            if line.progress.finish is not None and line.progress.done < line.progress.finish.lessons:
                yield Broken(
                    f"enrolment {line.enrolment.pk}",
                    f"finished with {line.progress.finish.lessons} lessons, {line.progress.done} are read",
                )
    for row in Finish.objects.exclude(version=F("enrolment__run__offering__version")):
        yield Broken(f"enrolment {row.enrolment_id}", "finished another version than its run has")
