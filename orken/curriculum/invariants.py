"""What must hold of programmes, proved by `orken audit invariants`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from orken.curriculum.content import fingerprint
from orken.curriculum.models import HourNorm, Programme, ProgrammeVersion
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken


def register() -> None:
    invariants.register("curriculum.versions: a published version says what it said when it was published", unchanged)
    invariants.register("curriculum.minutes: the minutes of a version are the sum of its modules", minutes)
    invariants.register("curriculum.pointers: draft and published lead to the programme's own versions", pointers)
    invariants.register("curriculum.norm: no two live norms speak of the same day", norms)


def unchanged() -> Iterator[Broken]:
    for version in ProgrammeVersion.objects.exclude(published_at=None).prefetch_related("modules"):
        if fingerprint(version) != version.fingerprint:
            yield Broken(f"{version.programme_id} · {version.number}", "was changed after it was published")


def minutes() -> Iterator[Broken]:
    for version in ProgrammeVersion.objects.prefetch_related("modules"):
        exact = sum((module.minutes for module in version.modules.all()), Decimal(0))
        found = int(exact.to_integral_value(ROUND_HALF_UP))
        if found != version.total_minutes:
            yield Broken(f"version {version.pk}", f"says {version.total_minutes} minutes, its modules {found}")


def pointers() -> Iterator[Broken]:
    for row in Programme.objects.select_related("draft", "published"):
        for name, version, published in (("draft", row.draft, False), ("published", row.published, True)):
            if version and (version.programme_id != row.pk or version.is_published != published):
                yield Broken(row.code, f"{name} leads to version {version.pk}")
        last = row.publications.order_by("-at", "-pk").first()
        if (last.version_id if last else None) != row.published_id:
            yield Broken(row.code, "the catalogue shows another version than the last publication says")


def norms() -> Iterator[Broken]:
    end = None
    for place, row in enumerate(HourNorm.objects.live().order_by("valid_from")):
        if place and (end is None or end > row.valid_from):
            yield Broken(f"norm {row.pk}", f"two live rows speak of {row.valid_from}")
        end = row.valid_to
