"""The demo country: the same every time, true in its rules, and of the shape of the real one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core import serializers
from django.db import models

from orken.kit import demo
from orken.kit.audit import invariants
from orken.network.models import Appointment, Post, RoleAssignment, Unit, UnitName, UnitPlace, UnitTraits
from orken.people.models import Account, Person

KEPT: list[type[models.Model]] = [
    Unit,
    UnitName,
    UnitPlace,
    UnitTraits,
    Post,
    Person,
    Appointment,
    RoleAssignment,
    Account,
]


def everything() -> dict[str, list[Any]]:
    return {
        model.__name__: json.loads(serializers.serialize("json", model._default_manager.order_by("pk")))
        for model in KEPT
    }


def test_made_again_it_is_the_same_to_the_last_letter(country: Callable[[str], Unit]) -> None:
    before = everything()
    demo.make()
    assert everything() == before


def test_it_breaks_no_invariant(country: Callable[[str], Unit]) -> None:
    assert not {rule: rows for rule, rows in invariants.run() if rows}


def test_it_has_the_shape_of_the_country(country: Callable[[str], Unit]) -> None:
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert (kinds["region"], kinds["school"], kinds["system"]) == (20, 3, 54)
    libraries = Unit.objects.filter(kind__in=["regional", "system", "branch", "republican"])
    rural = libraries.filter(locality="rural").count() / libraries.count()
    assert 0.70 < rural < 0.85
    women = Person.objects.filter(sex="f").count() / Person.objects.count()
    assert 0.85 < women < 0.95
    lines = Counter(libraries.values_list("internet", flat=True))
    assert lines["good"] > lines["weak"] and lines["none"] > 0 and lines[""] > 0


def test_whoever_is_made_up_is_marked_so(country: Callable[[str], Unit]) -> None:
    assert not Person.objects.filter(synthetic=False).exists()
    assert not Unit.objects.filter(kind="branch", synthetic=False).exists()
    assert not Unit.objects.filter(kind="region", synthetic=True).exists()
