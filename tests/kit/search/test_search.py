"""One index: found in any form and language, only inside the reader's scope."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orken.kit.search import selectors
from orken.kit.search import services as search
from orken.kit.search.models import SearchRow
from orken.kit.search.registry import Document
from orken.network import services
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.people.services import record
from orken.portal.finding import find

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]


def titles(text: str, account: Account | None = None) -> list[str]:
    return [line.title for line in find(text, account=account).rows]


@pytest.mark.parametrize(
    "asked",
    [
        "Торайғыров",
        "торайгырова",
        "Toraighyrov",
        "кітапхананың Торайғыров",
        "библиотеки торайгырова",
        "ТОРАЙҒЫРОВ КІТАПХАНАСЫ",
        "торайғ",
    ],
)
def test_a_library_is_found_by_any_form_in_any_language(asked: str, country: Country) -> None:
    assert titles(asked)[0] == country("KZ-55-LIB").name_kk


def test_a_find_is_shown_in_the_readers_language_whatever_language_she_typed(country: Country) -> None:
    with translation.override("ru"):
        assert titles("Торайғыров")[0] == country("KZ-55-LIB").name_ru


def test_each_object_is_found_once(country: Country) -> None:
    found = find("Павлодар", account=None)
    assert len(found.rows) == len({line.address + line.title for line in found.rows})


def test_people_are_found_only_inside_the_scope(country: Country, account: Accounts) -> None:
    name = account("village").person.full_name("kk")
    assert titles(name, account("pavlodar")) == [name]
    assert titles(name, account("head")) == [name]
    assert name in titles(name, account("national"))
    assert titles(name) == []
    assert titles(name, account("village")) == []
    assert titles(account("director").person.full_name("kk"), account("pavlodar")) == []


def test_the_public_is_led_to_the_region_and_staff_to_the_library(country: Country, account: Accounts) -> None:
    assert find("Торайғыров", account=None).rows[0].address == "/kk/region/KZ-55/"
    assert find("Торайғыров", account=account("pavlodar")).rows[0].address == "/kk/network/unit/KZ-55-LIB/"


def test_what_is_renamed_is_found_by_its_new_name_at_once(country: Country, account: Accounts) -> None:
    services.rename_unit(
        unit=country("KZ-55-D01"),
        names={"name_kk": "Шалқар кітапханасы"},
        on=timezone.localdate(),
        by=account("pavlodar"),
    )
    assert titles("шалқардың кітапханасы") == ["Шалқар кітапханасы"]


def test_a_surname_that_ended_still_finds_her(account: Accounts) -> None:
    person, by = account("village").person, account("pavlodar")
    before, on = person.names["surname_kk"], timezone.localdate()
    record.rename(
        person=person, names={**person.names, "surname_kk": "Сейітбаталова", "surname_ru": "Сейтбаталова", "surname_en": "Seitbatalova"},
        on=on, reason="marriage", by=by, scope_path="",
    )  # fmt: skip
    today = Person.objects.get(pk=person.pk).full_name("kk")
    assert titles(f"{before} {person.given_kk}", by) == [today] == titles("Seitbatalova", by)


def test_what_is_moved_is_found_in_its_new_region(country: Country, account: Accounts) -> None:
    branch = country("KZ-55-D01-01")
    worker = branch.appointments.first()
    assert worker is not None
    name = worker.person.full_name("kk")
    services.move_unit(
        unit=country("KZ-55-D01"), parent=country("KZ-11"), on=timezone.localdate(), by=account("national")
    )
    assert name in titles(name, account("national"))
    assert name not in titles(name, account("pavlodar"))


def test_the_title_counts_more_than_what_stands_around(db: None) -> None:
    for number, (title, body) in enumerate([("Басқа", "зертхана"), ("Зертхана", "басқа")]):
        search._write("unit", [_document(str(9000 + number), title, body)])
    found = selectors.find("зертхана", language="kk", visible=Q(scope_path="x/"))
    assert [row.title for row in found.rows] == ["Зертхана", "Басқа"]


def _document(pk: str, title: str, body: str) -> Document:
    return Document(pk, "kk", title, body, "/", "x/", "public")


def test_rebuilding_gives_the_same_index(country: Country) -> None:
    def rows() -> set[tuple[str, str, str, str]]:
        return set(SearchRow.objects.values_list("kind", "object_id", "language", "title"))

    before, found = rows(), titles("кітапхана")
    search.rebuild()
    assert rows() == before
    assert titles("кітапхана") == found


@pytest.mark.parametrize(
    "asked", ['"', "* AND (", "NEAR(", "a:b", "' OR 1=1 --", "\\", "&|!", "кітап* OR x", "()", "%", "_"]
)
def test_signs_of_a_query_language_are_only_signs(asked: str, browse: Callable[[str], Client]) -> None:
    assert browse("").get("/kk/search/", {"q": asked}).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=300))
def test_any_question_gets_an_answer(asked: str, db: None) -> None:
    found = selectors.find(asked, language="kk", visible=Q(audience="public"))
    assert found.total >= len(found.rows)
