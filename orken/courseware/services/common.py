"""What the verbs of authors share: the lock, the right, one row of the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orken.courseware import policy, states
from orken.courseware.models import Course, CourseVersion, Published
from orken.kit.audit import services as audit
from orken.people.models import Account

UP, DOWN = "up", "down"


class CodeTaken(Exception):
    """A course with this code stands already; a code is given once."""


class EditedMeanwhile(Exception):
    """Somebody changed this very piece since it was shown. `row` is how it stands now."""

    def __init__(self, row: Any) -> None:
        super().__init__(row.revision)
        self.row = row


class Refused(Exception):
    """Nothing was written; the text is a sentence for the author."""


def locked(course: Course, by: Account, *, publishing: bool = False) -> Course:
    """The course, locked, when `by` may act on it."""
    row = Course.objects.select_for_update(of=("self",)).select_related("unit", "draft", "published").get(pk=course.pk)
    (policy.require_publish if publishing else policy.require_edit)(by, row.unit)
    return row


def draft_of(version: CourseVersion, by: Account | None) -> CourseVersion:
    """The draft, locked for writing: whoever writes becomes one of its authors, and a review that was asked for ends.

    `by` is None only for set-up and demo data.
    """
    row = CourseVersion.objects.select_for_update(of=("self",)).select_related("course__unit").get(pk=version.pk)
    if by is not None:
        policy.require_edit(by, row.course.unit)
    if row.is_published:
        raise Published(str(row.pk))
    if by is not None:
        row.authors.add(by)
    if row.state == CourseVersion.State.REVIEW:
        states.VERSION.check(row, "write")
        row.state, row.asked_at, row.asked_by = CourseVersion.State.DRAFT, None, None
        row.save(update_fields=["state", "asked_at", "asked_by"])
    return row


def record(
    verb: str, version: CourseVersion, by: Account | None, *, before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None, note: str = "",
) -> None:  # fmt: skip
    course = version.course
    audit.record(verb, course, by=by, scope_path=course.unit.path, before=before, after=after, note=note)
