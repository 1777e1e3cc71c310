"""Two people for each version: an author asks, another reads, sends back or publishes. The pointer goes back too."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from orken.courseware import checks, content, policy, selectors, states
from orken.courseware.models import Course, CourseVersion, Publication
from orken.courseware.services.common import Refused, locked, record
from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.people.models import Account

S = CourseVersion.State


class NotReady(Exception):
    """The draft cannot go on; `problems` say why, in words."""

    def __init__(self, problems: list[checks.Problem]) -> None:
        super().__init__(len(problems))
        self.problems = problems


class NotCompared(NotReady):
    """Translations stand that were made of another original, and nobody has said that this is known."""


class NotTheSecond(Exception):
    """Whoever wrote in it does not publish it."""


def _draft(course: Course) -> CourseVersion:
    if course.draft_id is None:
        raise NotReady([])
    draft = CourseVersion.objects.select_for_update(of=("self",)).get(pk=course.draft_id)
    draft.course = course
    return draft


@transaction.atomic
def ask(*, course: Course, note: str, by: Account) -> CourseVersion:
    """The author asks a second person to read it. Raises NotReady with every reason, WayIsClosed."""
    draft = _draft(locked(course, by))
    states.VERSION.check(draft, "ask")
    if reasons := selectors.whole(draft).stopping:
        raise NotReady(reasons)
    draft.state, draft.asked_at, draft.asked_by, draft.note, draft.remark = S.REVIEW, timezone.now(), by, note[:300], ""
    draft.save()
    record("course.asked", draft, by, note=note[:300])
    return draft


@transaction.atomic
def send_back(*, course: Course, remark: str, by: Account) -> CourseVersion:
    """The second person says what is to be mended. Raises NotTheSecond, WayIsClosed, Refused without a word."""
    draft = _draft(locked(course, by, publishing=True))
    states.VERSION.check(draft, "send_back")
    if policy.has_written(by, draft):
        raise NotTheSecond(str(by))
    if not remark.strip():
        raise Refused("remark")
    draft.state, draft.asked_at, draft.asked_by, draft.remark = S.DRAFT, None, None, remark.strip()[:1500]
    draft.save()
    record("course.sent_back", draft, by, note=draft.remark[:300])
    return draft


@transaction.atomic
def publish(*, course: Course, by: Account, behind_is_known: bool = False) -> CourseVersion:
    """The second person lets it out. Where a translation is older than its original she says that she knows it.

    Raises NotTheSecond, NotReady, NotCompared, WayIsClosed.
    """
    course = locked(course, by, publishing=True)
    draft = _draft(course)
    states.VERSION.check(draft, "publish")
    if policy.has_written(by, draft):
        raise NotTheSecond(str(by))
    found = selectors.whole(draft)
    if found.stopping:
        raise NotReady(found.stopping)
    if found.behind and not behind_is_known:
        raise NotCompared(found.behind)
    before = course.published
    draft.state, draft.published_at, draft.published_by = S.PUBLISHED, timezone.now(), by
    draft.fingerprint = content.fingerprint(draft, found.modules)
    draft.save()
    course.draft = None
    _point(course, draft, Publication.Kind.PUBLISHED, before, by, draft.note)
    return draft


@transaction.atomic
def return_to(*, version: CourseVersion, reason: str, by: Account) -> Course:
    """Let new runs have an earlier version again. Runs keep the version that they were opened with."""
    course = locked(version.course, by, publishing=True)
    version = course.versions.filter(state=S.PUBLISHED).get(pk=version.pk)
    if course.published_id != version.pk:
        _point(course, version, Publication.Kind.REVERTED, course.published, by, reason)
    return course


@transaction.atomic
def withdraw(*, course: Course, reason: str, by: Account) -> Course:
    """No new run gets it; its versions and the runs that have it stay."""
    course = locked(course, by, publishing=True)
    if course.published is not None:
        _point(course, None, Publication.Kind.WITHDRAWN, course.published, by, reason)
    return course


def _point(course: Course, version: CourseVersion | None, kind: str, before: CourseVersion | None, by: Account, reason: str) -> None:  # fmt: skip
    course.published = version
    course.save(update_fields=["published", "draft"])
    Publication.objects.create(course=course, kind=kind, version=version, previous=before, by=by, reason=reason[:300])
    audit.record(
        f"course.{kind}", course, by=by, scope_path=course.unit.path, note=reason[:300],
        before={"number": before.number if before else None}, after={"number": version.number if version else None},
    )  # fmt: skip
    search.index("course", [course.pk])
