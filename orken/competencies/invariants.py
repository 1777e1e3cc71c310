"""What must hold of the framework and of evidence, proved by `orken audit invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from orken.competencies.content import fingerprint
from orken.competencies.models import Framework, FrameworkVersion
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken


def register() -> None:
    invariants.register("competencies.editions: a published edition says what it said when it was published", unchanged)
    invariants.register("competencies.pointers: draft and published lead to versions of the same framework", pointers)


def unchanged() -> Iterator[Broken]:
    for version in FrameworkVersion.objects.exclude(published_at=None):
        if fingerprint(version) != version.fingerprint:
            yield Broken(f"framework version {version.number}", "was changed after it was published")


def pointers() -> Iterator[Broken]:
    for row in Framework.objects.select_related("draft", "published"):
        if row.published is None:
            yield Broken(row.code, "no edition holds")
        for name, version, published in (("draft", row.draft, False), ("published", row.published, True)):
            if version and (version.framework_id != row.pk or (version.published_at is not None) != published):
                yield Broken(row.code, f"{name} leads to version {version.pk}")
