"""Beginning a course, its drafts, its titles and its rule; copying from another course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from orken.courseware import content, policy
from orken.courseware.models import Course, CourseVersion, Lesson, Module
from orken.courseware.services.common import CodeTaken, EditedMeanwhile, draft_of, locked, record
from orken.curriculum.models import Programme
from orken.network.models import Unit
from orken.people.models import Account


@transaction.atomic
def create(
    *, code: str, unit: Unit, fields: Mapping[str, Any], by: Account | None, programme: Programme | None = None,
    synthetic: bool = False,
) -> Course:  # fmt: skip
    """Begin a course of `unit` with an empty draft. `by` is None only for set-up and demo data. Raises CodeTaken."""
    if by is not None:
        policy.require_edit(by, unit)
    if Course.objects.filter(code=code).exists():
        raise CodeTaken(code)
    course = Course.objects.create(code=code, unit=unit, programme=programme, synthetic=synthetic)
    draft = CourseVersion.objects.create(course=course, number=1, **_allowed(fields))
    if by is not None:
        draft.authors.add(by)
    course.draft = draft
    course.save(update_fields=["draft"])
    record("course.created", draft, by, after={name: value for name, value in fields.items() if value})
    return course


@transaction.atomic
def start_draft(*, course: Course, by: Account) -> CourseVersion:
    """The draft of the course: the one that stands, else a copy of the published version (or of the last)."""
    course = locked(course, by)
    if course.draft is not None:
        return course.draft
    source = course.published or course.versions.order_by("-number").first()
    assert source is not None, "a course begins with a draft"
    return _copy(course, source, by, "course.draft_started")


@transaction.atomic
def take_over(*, version: CourseVersion, by: Account) -> CourseVersion:
    """Begin the draft anew from an older version; a draft that stands is thrown away first."""
    course = locked(version.course, by)
    if course.draft is not None:
        _drop(course, by)
    return _copy(course, course.versions.get(pk=version.pk), by, "course.draft_taken_over")


@transaction.atomic
def drop_draft(*, course: Course, by: Account) -> bool:
    """Throw the draft away; the only version of a course stays: False."""
    course = locked(course, by)
    if course.draft is None:
        return True
    if not course.versions.exclude(pk=course.draft.pk).exists():
        return False
    _drop(course, by)
    return True


@transaction.atomic
def write(*, version: CourseVersion, fields: Mapping[str, Any], by: Account, revision: int) -> CourseVersion:
    """Write titles, languages and the rule of the draft. Raises EditedMeanwhile, Published."""
    draft = draft_of(version, by)
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    given = _allowed(fields)
    before = {name: getattr(draft, name) for name in given if getattr(draft, name) != given[name]}
    for name, value in given.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.save()
    record("course.written", draft, by, before=before, after={name: given[name] for name in before})
    return draft


@transaction.atomic
def set_programme(*, course: Course, programme: Programme | None, by: Account) -> Course:
    """Which programme the course teaches: only runs of that programme may open it."""
    course = locked(course, by)
    before, course.programme = course.programme, programme
    course.save(update_fields=["programme"])
    version = course.draft or course.published
    assert version is not None, "a course begins with a draft"
    version.course = course
    record(
        "course.programme_set", version, by, before={"programme": before.code if before else None},
        after={"programme": programme.code if programme else None},
    )  # fmt: skip
    return course


@transaction.atomic
def copy_lessons(*, into: Module, lessons: Sequence[Lesson], by: Account) -> list[Lesson]:
    """Take lessons of any course that she may edit to the end of a module; they begin a life of their own."""
    draft = draft_of(into.version, by)
    for unit in {lesson.module.version.course.unit for lesson in lessons}:
        policy.require_edit(by, unit)
    last: int = into.lessons.aggregate(last=Max("position"))["last"] or 0
    made = content.copy_lessons(
        ((lesson, into, last + place) for place, lesson in enumerate(lessons, start=1)), same=False
    )
    record("course.lessons_copied", draft, by, after={"module": into.title, "lessons": [one.title for one in made]})
    return made


def _allowed(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(content.FIELDS)
    if unknown:
        raise ValueError(f"not written by an author: {', '.join(sorted(unknown))}")
    return dict(fields)


def _copy(course: Course, source: CourseVersion, by: Account, verb: str) -> CourseVersion:
    last: int = course.versions.aggregate(last=Max("number"))["last"] or 0
    draft = CourseVersion(course=course, number=last + 1, based_on=source, **{name: getattr(source, name) for name in content.FIELDS})  # fmt: skip
    draft.save()
    draft.authors.add(by)
    content.copy_modules(content.modules_of(source), draft, same=True)
    course.draft = draft
    course.save(update_fields=["draft"])
    record(verb, draft, by, after={"number": draft.number, "based_on": source.number})
    return draft


def _drop(course: Course, by: Account) -> None:
    draft = course.draft
    assert draft is not None, "whoever calls has looked"
    course.draft = None
    course.save(update_fields=["draft"])
    draft.course = course
    record("course.draft_dropped", draft, by, before={"number": draft.number})
    draft.delete()
