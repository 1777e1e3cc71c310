"""What must hold of courses, proved by `orken audit invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from orken.courseware import content
from orken.courseware.models import Asset, Course, CourseVersion
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken


def register() -> None:
    invariants.register("courseware.versions: a published version says what it said when it was published", unchanged)
    invariants.register("courseware.pointers: draft and published lead to the course's own versions", pointers)
    invariants.register("courseware.second: whoever wrote in a version has not published it", second)
    invariants.register("courseware.assets: whatever a block shows is kept", assets)


def unchanged() -> Iterator[Broken]:
    for version in CourseVersion.objects.filter(state=CourseVersion.State.PUBLISHED):
        if content.fingerprint(version, content.modules_of(version)) != version.fingerprint:
            yield Broken(f"{version.course_id} · {version.number}", "was changed after it was published")


def pointers() -> Iterator[Broken]:
    for row in Course.objects.select_related("draft", "published"):
        for name, version, published in (("draft", row.draft, False), ("published", row.published, True)):
            if version and (version.course_id != row.pk or version.is_published != published):
                yield Broken(row.code, f"{name} leads to version {version.pk}")
        last = row.publications.order_by("-at", "-pk").first()
        if (last.version_id if last else None) != row.published_id:
            yield Broken(row.code, "new runs get another version than the last publication says")


def second() -> Iterator[Broken]:
    for version in CourseVersion.objects.exclude(published_by=None):
        if version.authors.filter(pk=version.published_by_id).exists():
            yield Broken(f"{version.course_id} · {version.number}", "was published by one of its authors")


def assets() -> Iterator[Broken]:
    known = {str(key) for key in Asset.objects.values_list("key", flat=True)}
    for version in CourseVersion.objects.all():
        for _module, lesson, block in content.blocks_of(content.modules_of(version)):
            for key in set(block.shared.get("assets", [])) - known:
                yield Broken(f"lesson {lesson.pk}, block {block.pk}", f"shows {key}, which is not kept")
