"""What must hold over the whole network: proved every night, after every import and in the tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.network import copies
from orken.network.models import Appointment, RoleAssignment, Unit, UnitName, UnitPlace, UnitTraits
from orken.network.refusals import CannotMove, ParentNotThere, Refusal, WrongKind
from orken.network.stays import Stays


def register() -> None:
    invariants.register("network.copies: a unit shows what its dated facts say of today", copied)
    invariants.register("network.paths: a path leads from the root through the parent", paths)
    invariants.register("network.circles: no unit stands under itself on any day", circles)
    invariants.register("network.parents: every parent exists on every day of its child", parents)
    invariants.register("network.kinds: a unit stands only under the kinds that its kind allows", allowed_kinds)
    invariants.register("network.days: no two live facts of one kind speak of the same day", days)
    invariants.register("network.main_posts: nobody has two main posts on one day", main_posts)
    invariants.register("network.posts_exist: nobody works in a unit that does not exist on that day", posts_exist)


def copied() -> Iterator[Broken]:
    for unit, wrong in copies.stale(timezone.localdate()):
        yield Broken(unit.code, f"differs from its facts: {', '.join(wrong)}")


def circles() -> Iterator[Broken]:
    yield from _tree(CannotMove, "stands under itself on some day")


def parents() -> Iterator[Broken]:
    yield from _tree(ParentNotThere, "has a parent that does not exist on every day of it")


def allowed_kinds() -> Iterator[Broken]:
    yield from _tree(WrongKind, "stands under a unit of a kind that it may not stand under")


def _tree(rule: type[Refusal], why: str) -> Iterator[Broken]:
    stays = Stays.load()
    for code, refusal in stays.every_fault():
        if isinstance(refusal, rule):
            yield Broken(code, why)


def paths() -> Iterator[Broken]:
    by_id = {pk: (path, parent) for pk, path, parent in Unit.objects.values_list("pk", "path", "parent_id")}
    for pk, (path, parent) in by_id.items():
        above = by_id[parent][0] if parent else ""
        if path != f"{above}{pk}/":
            yield Broken(str(pk), f"has the path {path}, but stands under {above or 'nothing'}")


def days() -> Iterator[Broken]:
    for model, subject in ((UnitName, "unit_id"), (UnitPlace, "unit_id"), (UnitTraits, "unit_id")):
        yield from _overlaps(model, (subject,))
    yield from _overlaps(Appointment, ("person_id", "unit_id", "post_id"))
    yield from _overlaps(RoleAssignment, ("person_id", "role", "unit_id"))


def main_posts() -> Iterator[Broken]:
    yield from _overlaps(Appointment, ("person_id",), employment=Appointment.Employment.MAIN)


def _overlaps(model: Any, subject: tuple[str, ...], **condition: Any) -> Iterator[Broken]:
    last: dict[tuple[Any, ...], date | None] = {}
    for *key, since, until in (
        model.objects.live()
        .filter(**condition)
        .order_by(*subject, "valid_from")
        .values_list(*subject, "valid_from", "valid_to")
    ):
        who = tuple(key)
        if who in last:
            end = last[who]
            if end is None or end > since:
                yield Broken(f"{model._meta.model_name} {who}", f"two live rows speak of {since}")
        last[who] = until


def posts_exist() -> Iterator[Broken]:
    """A unit may have closed and opened again: each appointment must lie inside one stay after the other."""
    stays: dict[int, list[tuple[date, date | None]]] = {}
    for unit_id, since, until in (
        UnitPlace.objects.live().order_by("unit_id", "valid_from").values_list("unit_id", "valid_from", "valid_to")
    ):
        row = stays.setdefault(unit_id, [])
        if row and row[-1][1] == since:
            row[-1] = (row[-1][0], until)
        else:
            row.append((since, until))
    for pk, unit_id, code, since, until in Appointment.objects.live().values_list(
        "pk", "unit_id", F("unit__code"), "valid_from", "valid_to"
    ):
        if not any(
            start <= since and (end is None or (until is not None and until <= end))
            for start, end in stays.get(unit_id, [])
        ):
            yield Broken(f"appointment {pk} in {code}", f"holds from {since} to {until or 'further notice'}")
