"""Two records of one woman are joined without a loss, and taken apart as they were."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit import invariants
from orken.network import persons, policy
from orken.network.models import Appointment, Post, RoleAssignment, Unit
from orken.people import duplicates
from orken.people.models import Account, Consent, DataRequest, Merge, Person, PersonTraits, PreviousName, ProtectedId
from orken.people.services import merging, record, rights

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]


@pytest.fixture
def pair(country: Country) -> tuple[Person, Person]:
    """The same woman twice: in two libraries, with different knowledge about her."""
    one = Person.objects.create(
        surname_kk="Ермекова", given_kk="Гүлнар", birth_on=date(1983, 5, 17), phone="+77001112233"
    )
    other = Person.objects.create(
        surname_ru="Ермекова", given_ru="Гульнара", patronymic_ru="Сериковна", birth_on=date(1983, 5, 17)
    )
    post = Post.objects.get(code="librarian")
    Appointment.objects.create(person=one, unit=country("KZ-55-D01"), post=post, valid_from=date(2015, 1, 1))
    Appointment.objects.create(person=other, unit=country("KZ-55-D02"), post=post, valid_from=date(2018, 1, 1))
    record.set_traits(
        person=other, traits={"education": "higher", "category": "first"}, on=date(2020, 1, 1), by=None, scope_path=""
    )
    return Person.objects.get(pk=one.pk), Person.objects.get(pk=other.pk)


def picture(*people: Person) -> dict[str, Any]:
    """Every row that points to these people, and themselves, as they stand."""
    found: dict[str, Any] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Person:
                rows = model._base_manager.filter(**{f"{field.name}__in": people}).order_by("pk")
                found[f"{model._meta.label}.{field.name}"] = json.loads(serializers.serialize("json", rows))
    found["people"] = json.loads(
        serializers.serialize("json", Person.objects.filter(pk__in=[one.pk for one in people]).order_by("pk"))
    )
    for label in (
        "people.Merge.kept",
        "people.Merge.gone",
        "notices.Notice.person",
    ):  # what tells of the joining itself
        found.pop(label, None)
    return found


def test_every_model_that_points_to_a_person_has_a_rule() -> None:
    pointing = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    assert pointing - set(merging.rules()) == set(), "register a merge rule for each: merging.register(label, field, …)"
    assert set(merging.rules()) - pointing == set(), "a rule for nothing"


def test_the_one_who_stays_has_everything(pair: tuple[Person, Person], account: Accounts) -> None:
    one, other = pair
    [collision] = merging.collisions(one, other)
    with pytest.raises(merging.CannotMerge):
        persons.merge(kept=one, gone=other, answers={}, by=account("pavlodar"))
    persons.merge(kept=one, gone=other, answers={collision.key: "kept"}, by=account("pavlodar"))
    one.refresh_from_db()
    assert (one.given_kk, one.given_ru, one.phone, one.education) == ("Гүлнар", "Гульнара", "+77001112233", "higher")
    held = Appointment.objects.at().filter(person=one).order_by("valid_from")
    assert [(row.unit.code, row.employment) for row in held] == [("KZ-55-D01", "main"), ("KZ-55-D02", "combined")]
    assert not {rule: rows for rule, rows in invariants.run() if rows}
    assert record.standing(Person.objects.get(pk=other.pk)) == one
    assert persons.person_in(policy.Scope(("",)), other.pk) == one, "the old address leads to her"


def test_taken_apart_they_are_as_they_were(pair: tuple[Person, Person], account: Accounts) -> None:
    one, other = pair
    RoleAssignment.objects.create(
        person=other, role="viewer", unit=Unit.objects.get(code="KZ-55"), valid_from=date(2024, 1, 1)
    )
    rights.give_consent(person=other, by=None, language="kk")
    DataRequest.objects.create(person=other, kind="correction")
    before = picture(one, other)
    [collision] = merging.collisions(one, other)
    answers = {collision.key: "gone", "name_ru": "gone"}
    done = persons.merge(kept=one, gone=other, answers=answers, by=account("pavlodar"))
    assert picture(one, other) != before
    persons.unmerge(merge=done, by=account("pavlodar"))
    after = picture(one, other)
    # A dated fact that the merge wrote stays, struck out: nothing is wiped.
    struck = {row["pk"] for row in after["people.PersonTraits.person"] if row["fields"]["superseded_at"]}
    after["people.PersonTraits.person"] = [
        row for row in after["people.PersonTraits.person"] if row["pk"] not in struck
    ]
    # The revision counts both changes: who had a form open before is told.
    moved = [row["fields"].pop("revision") - was["fields"].pop("revision") for row, was in zip(after["people"], before["people"], strict=True)]  # fmt: skip
    assert all(steps > 0 for steps in moved)
    assert after == before


def test_a_merge_is_not_undone_over_a_later_change(pair: tuple[Person, Person], account: Accounts) -> None:
    one, other = pair
    [collision] = merging.collisions(one, other)
    done = persons.merge(kept=one, gone=other, answers={collision.key: "kept"}, by=account("pavlodar"))
    Appointment.objects.filter(person=one, employment="combined").update(
        superseded_at=timezone.now(), employment="main"
    )
    with pytest.raises(merging.CannotUndoMerge):
        persons.unmerge(merge=done, by=account("pavlodar"))
    assert Merge.objects.get(pk=done.pk).undone_at is None


def test_two_numbers_are_chosen_between_and_neither_is_lost(pair: tuple[Person, Person]) -> None:
    from orken.people import iin

    one, other = pair
    first, second = iin.parse("780705400006"), iin.parse("010220600007")
    record.set_number(person=one, number=first, by=None, scope_path="")
    record.set_number(person=other, number=second, by=None, scope_path="")
    keys = {collision.key for collision in merging.collisions(one, other)}
    assert "number" in keys
    done = merging.merge(kept=one, gone=other, answers=dict.fromkeys(keys, "gone"), by=None, scope_path="")
    assert ProtectedId.objects.get(person=one).masked == second.masked
    assert ProtectedId.objects.get(person=other).masked == first.masked
    merging.undo(merge=done, by=None, scope_path="")
    assert record.person_with(first) == one
    assert record.person_with(second) == other


def test_of_two_accounts_one_is_closed(country: Country, account: Accounts) -> None:
    one, other = account("village").person, account("student").person
    answers = {collision.key: "kept" for collision in merging.collisions(one, other)}
    done = merging.merge(kept=one, gone=other, answers=answers, by=None, scope_path="")
    assert not Account.objects.get(login="student").is_active
    assert Account.objects.get(login="village").is_active
    merging.undo(merge=done, by=None, scope_path="")
    assert Account.objects.get(login="student").is_active


def test_the_same_consent_counts_once(pair: tuple[Person, Person]) -> None:
    one, other = pair
    for person in pair:
        rights.give_consent(person=person, by=None, language="kk")
    answers = {collision.key: "kept" for collision in merging.collisions(one, other)}
    merging.merge(kept=one, gone=other, answers=answers, by=None, scope_path="")
    assert Consent.objects.filter(person=one).count() == 1


@pytest.mark.parametrize("case", ["herself", "gone twice", "erased"])
def test_what_cannot_be_joined(case: str, pair: tuple[Person, Person]) -> None:
    one, other = pair
    answers = {collision.key: "kept" for collision in merging.collisions(one, other)}
    if case == "herself":
        other = one
    elif case == "gone twice":
        merging.merge(kept=one, gone=other, answers=answers, by=None, scope_path="")
    else:
        rights.erase(person=other, by=None, scope_path="")
    with pytest.raises(merging.CannotMerge):
        merging.merge(kept=one, gone=other, answers=answers, by=None, scope_path="")


def test_nobody_joins_people_of_another_region(
    pair: tuple[Person, Person], account: Accounts, country: Country
) -> None:
    one, _other = pair
    away = Appointment.objects.at().filter(unit=country("KZ-11-LIB")).select_related("person")[0].person
    with pytest.raises(policy.OutOfScope):
        persons.merge(kept=one, gone=away, answers={}, by=account("pavlodar"))
    with pytest.raises(policy.OutOfScope):
        persons.keep_apart(one=one, other=away, by=account("pavlodar"))


# --- suggestions ---


def face(pk: int, surname: str, given: str, born: date | None = date(1983, 5, 17), **more: Any) -> duplicates.Face:
    from orken.people.models.person import sound_of, sound_words

    return duplicates.Face(
        pk,
        (sound_of(surname, given),),
        born,
        more.get("phone", ""),
        more.get("sex", ""),
        more.get("patronymic", ""),
        sound_words(given),
    )


@pytest.mark.parametrize(
    ("one", "other", "suggested"),
    [
        (("Жанболатова", "Гүлнар"), ("Джанбулатова", "Гульнара"), True), (("Әбдірахманова", "Сәуле"), ("Abdirakhmanova", "Saule"), True),
        (("Ерсәлі", "Еркін"), ("Ерсали", "Еркен"), True), (("Қабиболлаев", "Нұрлан"), ("Хабибуллаев", "Нурлан"), True),
        (("Асанова", "Айгүл"), ("Усенова", "Айгүл"), False), (("Ким", "Ольга"), ("Ким", "Анна"), False),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_suggested(
    one: tuple[str, str], other: tuple[str, str], suggested: bool, db: None
) -> None:
    assert bool(duplicates.among([face(1, *one), face(2, *other)])) is suggested


def test_marriage_telephone_and_swapped_dates_are_suggested(db: None) -> None:
    married = [face(1, "Асанова", "Айгүл", patronymic="серик"), face(2, "Касымова", "Айгүл", patronymic="серик")]
    assert duplicates.among(married)[0].why[0] == "given"
    called = [
        face(1, "Асанова", "Айгүл", None, phone="+77010000000"),
        face(2, "Асанова", "Айгуль", None, phone="+77010000000"),
    ]
    assert "phone" in duplicates.among(called)[0].why
    swapped = [face(1, "Асанова", "Айгүл", date(1983, 5, 4)), face(2, "Асанова", "Айгүл", date(1983, 4, 5))]
    assert "swapped" in duplicates.among(swapped)[0].why
    man = [face(1, "Асанов", "Айдар", None, sex="m"), face(2, "Асанова", "Айдар", None, sex="f")]
    assert duplicates.among(man) == []


def test_the_three_spellings_of_the_demo_are_found_and_the_twins_once_told_apart_are_not(
    country: Country, account: Accounts
) -> None:
    scope = policy.Scope((country("KZ-55").path,))
    found, total = persons.suggested(scope)
    people = [{pair.one.folded.split()[0], pair.other.folded.split()[0]} for pair in found]
    assert sum("жан" in name for names in people for name in names) >= 4
    twins = next(pair for pair in found if pair.one.surname_kk == pair.other.surname_kk == "Ахметова")
    persons.keep_apart(one=twins.one, other=twins.other, by=account("pavlodar"))
    assert persons.suggested(scope)[1] == total - 1


def test_side_by_side_on_pages(browse: Callable[[str], Client], pair: tuple[Person, Person]) -> None:
    client, (one, other) = browse("pavlodar"), pair
    address = reverse("network:compare", args=[one.pk, other.pk])
    page = client.get(address).content.decode()
    assert one.full_name() in page and other.full_name() in page
    assert client.post(address, {"verdict": "join"})["Location"] == address, "the collision has no answer yet"
    [collision] = merging.collisions(one, other)
    done = client.post(address, {"verdict": "join", f"a-{collision.key}": "kept"})
    assert done["Location"] == reverse("network:person", args=[one.pk])
    assert client.get(reverse("network:person", args=[other.pk]))["Location"] == done["Location"]
    merge = Merge.objects.get()
    assert client.post(reverse("network:unmerge", args=[merge.pk])).status_code == 302
    assert Person.objects.get(pk=other.pk).merged_into is None
    assert client.post(address, {"verdict": "apart"})["Location"] == reverse("network:twins")


def test_a_previous_spelling_stays_findable(pair: tuple[Person, Person]) -> None:
    one, other = pair
    answers = {collision.key: "kept" for collision in merging.collisions(one, other)}
    merging.merge(kept=one, gone=other, answers=answers, by=None, scope_path="")
    one.refresh_from_db()
    assert {"ермек", "гулнар", "серик"} <= set(one.folded.split())
    assert PersonTraits.objects.at().get(person=one).education == "higher"
    assert not PreviousName.objects.filter(person=one).exists(), "no name gave way"
