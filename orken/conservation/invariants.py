"""What must hold over passports and readings: proved every night and in the tests."""

from __future__ import annotations

from collections.abc import Iterator

from orken.conservation.models import Passport
from orken.conservation.services.passports import digest
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken


def register() -> None:
    invariants.register("conservation.seals: an issued passport says what was sealed", seals)
    invariants.register("conservation.versions: an item's versions run from one without a gap", versions)


def seals() -> Iterator[Broken]:
    sealed = Passport.objects.exclude(state=Passport.State.DRAFT).select_related("item")
    for passport in sealed.iterator(chunk_size=500):
        if digest(passport.issued or {}) != passport.digest:
            yield Broken(str(passport), "the facts of the paper are not those that were sealed")


def versions() -> Iterator[Broken]:
    found: dict[str, list[int]] = {}
    for number, version in Passport.objects.order_by("version").values_list("item__number", "version"):
        found.setdefault(number, []).append(version)
    for number, given in found.items():
        if given != list(range(1, len(given) + 1)):
            yield Broken(number, f"its versions are {given}")
