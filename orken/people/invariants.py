"""What must hold over all people: proved every night, after every import and in the tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.people.models import TRAIT_FIELDS, Person, PersonTraits


def register() -> None:
    invariants.register("people.copies: a person shows what her dated traits say of today", copies)
    invariants.register("people.derived: order and sound follow from the names", derived)
    invariants.register("people.merged: whoever was merged leads to somebody who stands", merged)
    invariants.register("people.days: no two live traits of a person speak of the same day", days)


def copies() -> Iterator[Broken]:
    today = {row.person_id: row for row in PersonTraits.objects.at()}
    for person in Person.objects.all().iterator(chunk_size=2000):
        row = today.get(person.pk)
        wrong = [
            name
            for name in TRAIT_FIELDS
            if (getattr(row, name) if row else None) != getattr(person, name) and (row or getattr(person, name))
        ]
        if wrong:
            yield Broken(f"person {person.pk}", f"differs from her traits: {', '.join(wrong)}")


def derived() -> Iterator[Broken]:
    for person in Person.objects.all().iterator(chunk_size=2000):
        before = (person.sort_kk, person.sort_ru, person.sound_kk, person.sound_ru, person.sound_en)
        person.derive()
        if before != (person.sort_kk, person.sort_ru, person.sound_kk, person.sound_ru, person.sound_en):
            yield Broken(f"person {person.pk}", "keeps an old order or sound of her names")


def merged() -> Iterator[Broken]:
    into = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    for pk in into:
        seen, at = {pk}, into[pk]
        while at in into and at not in seen:
            seen.add(at)
            at = into[at]
        if at in seen:
            yield Broken(f"person {pk}", "is merged in a circle")


def days() -> Iterator[Broken]:
    last: dict[int, date | None] = {}
    rows = PersonTraits.objects.live().order_by("person_id", "valid_from")
    for person_id, since, until in rows.values_list("person_id", "valid_from", "valid_to"):
        if person_id in last:
            end = last[person_id]
            if end is None or end > since:
                yield Broken(f"person {person_id}", f"two live traits speak of {since}")
        last[person_id] = until
