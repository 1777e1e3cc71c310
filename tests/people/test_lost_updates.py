"""Two editors of one person: the second is told and shown both; nothing of either is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.network import persons
from orken.people import iin
from orken.people.models import Account, Person
from orken.people.services import merging, record

Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]
NUMBER = "780705400006"


@pytest.fixture
def village(account: Accounts) -> Person:
    return account("village").person


def day() -> dict[str, int]:
    today = timezone.localdate()
    return {"on_day": today.day, "on_month": today.month, "on_year": today.year}


def revision(page: Any) -> str:
    text = page.content.decode()
    return str(text.split('name="revision" value="')[1].split('"')[0])


def test_the_second_editor_of_facts_is_told_and_shown_both(browse: Browse, village: Person) -> None:
    address = reverse("network:person_facts", args=[village.pk])
    first, second = browse("head"), browse("pavlodar")
    mine, theirs = revision(first.get(address)), revision(second.get(address))
    assert mine == theirs
    given = {"education": "higher", "languages": ["kk"], **day()}
    assert first.post(address, {**given, "phone": "+77010000001", "revision": mine}).status_code == 302
    late = {**given, "phone": "+77010000002", "education": "special", "revision": theirs}
    told = second.post(address, late)
    page = told.content.decode()
    assert told.status_code == 409 and "+77010000001" in page and "+77010000002" in page
    assert "бұл жазбаны басқа біреу өзгертті" in page
    village.refresh_from_db()
    assert (village.phone, village.education) == ("+77010000001", "higher"), "nothing was written"
    assert second.post(address, {**late, "revision": revision(told)}).status_code == 302, "and saved when she says so"
    village.refresh_from_db()
    assert (village.phone, village.education) == ("+77010000002", "special")


def test_the_second_editor_of_names_and_of_the_number_is_told_too(browse: Browse, village: Person) -> None:
    head, pavlodar = browse("head"), browse("pavlodar")
    address = reverse("network:person_names", args=[village.pk])
    old = revision(pavlodar.get(address))
    names = {**village.names, "reason": "marriage", **day()}
    assert head.post(address, {**names, "surname_kk": "Алғашқы", "revision": old}).status_code == 302
    told = pavlodar.post(address, {**names, "surname_kk": "Кейінгі", "revision": old})
    assert told.status_code == 409 and all(word in told.content.decode() for word in ("Алғашқы", "Кейінгі"))
    village.refresh_from_db()
    assert village.surname_kk == "Алғашқы"
    address = reverse("network:person_number", args=[village.pk])
    old = revision(pavlodar.get(address))
    record.set_number(person=village, number=iin.parse(NUMBER), by=None, scope_path="")
    told = pavlodar.post(address, {"number": "850312400091", "revision": old})
    assert told.status_code in (409, 422)


@pytest.mark.parametrize("name", ["names", "facts", "number"])
def test_a_form_without_its_revision_writes_nothing(name: str, browse: Browse, village: Person) -> None:
    answers = {**village.names, "reason": "wish", "phone": "+77010000009", "number": NUMBER, **day()}
    assert browse("pavlodar").post(reverse(f"network:person_{name}", args=[village.pk]), answers).status_code == 422
    assert Person.objects.get(pk=village.pk).revision == village.revision


def test_every_verb_over_a_record_moves_the_revision_on(village: Person, account: Accounts) -> None:
    common: dict[str, Any] = {"person": village, "by": None, "scope_path": ""}

    def moved(verb: Callable[[], object]) -> bool:
        before = Person.objects.get(pk=village.pk).revision
        verb()
        return Person.objects.get(pk=village.pk).revision > before

    today = timezone.localdate()
    assert moved(lambda: record.set_contacts(contacts={"phone": "+77010000003"}, **common))
    assert moved(lambda: record.set_traits(traits={"education": "unfinished"}, on=today, **common))
    assert moved(lambda: record.rename(names={"surname_kk": "Өзге"}, on=today, reason="wish", **common))
    assert moved(lambda: record.set_number(number=iin.parse(NUMBER), **common))
    assert moved(lambda: record.forget_number(**common))
    twin = Person.objects.create(surname_kk="Егіз", given_kk="Жазба", birth_on=date(1980, 1, 1))
    assert moved(lambda: merging.merge(kept=village, gone=twin, answers={}, by=None, scope_path=""))


def test_an_old_revision_is_refused_under_the_lock(village: Person, account: Accounts) -> None:
    old = village.revision
    record.set_contacts(person=village, contacts={"phone": "+77010000004"}, by=None, scope_path="")
    with pytest.raises(record.EditedMeanwhile) as clash:
        persons.set_record(
            person=village, traits={"education": "higher"}, contacts={"phone": "+77010000005"},
            on=timezone.localdate(), by=account("pavlodar"), revision=old,
        )  # fmt: skip
    assert clash.value.person.phone == "+77010000004"
