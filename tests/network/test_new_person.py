"""Somebody new is added by hand: one thing a page, shown who she may be, written together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from orken.kit.audit.models import AuditEvent
from orken.network import persons, services
from orken.network.library_field import FEW
from orken.network.models import Appointment, Post, Unit
from orken.people import iin
from orken.people.models import Account, Person, ProtectedId
from orken.people.services import record
from orken.people.services.record import NewPerson

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]
Country = Callable[[str], Unit]
UNIT = "KZ-55-D02"
NUMBER = "780705400006"
NAMES = {
    "surname_kk": "Төлегенова", "given_kk": "Жанерке", "patronymic_kk": "Оразқызы", "surname_ru": "Толегенова",
    "given_ru": "Жанерке", "surname_en": "Tolegenova", "given_en": "Zhanerke",
}  # fmt: skip
BIRTH = {"birth_on_day": "5", "birth_on_month": "7", "birth_on_year": "1978", "sex": "f"}
POST = {
    "unit_code": UNIT, "post": "librarian", "employment": "main", "rate": "0,5", "on_day": "1", "on_month": "9",
    "on_year": "2026",
}  # fmt: skip


def at(step: str, unit: str = UNIT) -> str:
    return reverse("network:add_person", args=[unit, step])


def walk(client: Client, **changes: dict[str, Any]) -> Any:
    """Answer every page; the answer of the last one."""
    pages = {"names": NAMES, "birth": BIRTH, "number": {"number": NUMBER}, "contacts": {"phone": "8 701 123 45 67"}, "post": POST} | changes  # fmt: skip
    answer = None
    for step, data in pages.items():
        answer = client.post(at(step), data)
        assert answer.status_code == 302, (step, answer.context["form"].errors)
    return answer


def test_one_new_librarian_is_registered_and_appointed_in_one_stroke(browse: Browse, account: Accounts) -> None:
    client, before = browse("pavlodar"), AuditEvent.objects.latest("pk").pk
    assert walk(client).url == at("check")
    assert not Person.objects.filter(surname_kk="Төлегенова").exists(), "nothing is written before she has checked it"
    page = client.get(at("check")).content.decode()
    assert "Төлегенова" in page and "0,5" in page
    done = client.post(at("check"))
    person = Person.objects.get(surname_kk="Төлегенова")
    assert done.headers["Location"] == reverse("network:person", args=[person.pk])
    [row] = Appointment.objects.live().filter(person=person)
    assert (row.unit.code, row.post.code, str(row.rate), str(row.valid_from)) == (
        UNIT,
        "librarian",
        "0.50",
        "2026-09-01",
    )
    assert (person.phone, person.sex, str(person.birth_on)) == ("+77011234567", "f", "1978-07-05")
    assert ProtectedId.objects.get(person=person).masked == iin.parse(NUMBER).masked
    events = AuditEvent.objects.filter(by_id=account("pavlodar").pk, pk__gt=before).order_by("pk")
    assert [event.verb for event in events] == ["person.registered", "staff.appointed"]
    assert len({event.batch for event in events}) == 1
    assert client.post(at("check")).status_code == 302, "pressed twice, she is added once"
    assert Person.objects.filter(surname_kk="Төлегенова").count() == 1


def test_who_she_may_be_is_shown_before_anything_is_written(browse: Browse, account: Accounts) -> None:
    village = account("village").person
    same = {name: village.names[name] for name in ("surname_kk", "given_kk", "surname_ru", "given_ru")}
    client = browse("pavlodar")
    born = village.birth_on
    assert born is not None
    birth = {"birth_on_day": born.day, "birth_on_month": born.month, "birth_on_year": born.year, "sex": village.sex}
    walk(client, names=same, birth=birth, number={"number": ""})
    asked = client.get(at("check"))
    assert asked.status_code == 302 and asked.headers["Location"] == at("alike"), (
        "she is led past those who may be the same"
    )
    page = client.get(at("alike")).content.decode()
    assert village.full_name("kk") in page and reverse("network:person", args=[village.pk]) in page
    assert client.post(at("alike"), {}).status_code == 422
    seen = client.get(at("alike")).context["form"]["seen"].value()
    assert str(village.pk) in seen.split("-")
    assert client.post(at("alike"), {"another": "another", "seen": "0"}).status_code == 422, "she has not seen these"
    before = Person.objects.count()
    assert client.post(at("alike"), {"another": "another", "seen": seen}).headers["Location"] == at("check")
    assert client.post(at("check")).status_code == 302
    assert Person.objects.count() == before + 1


def test_a_namesake_with_another_date_of_birth_is_perhaps_the_same_and_she_decides(
    browse: Browse, account: Accounts
) -> None:
    village = account("village").person
    assert village.birth_on is not None
    same = {name: village.names[name] for name in ("surname_kk", "given_kk", "surname_ru", "given_ru")}
    birth = {"birth_on_day": "3", "birth_on_month": "2", "birth_on_year": str(village.birth_on.year - 7), "sex": "f"}
    client = browse("pavlodar")
    walk(client, names=same, birth=birth, number={"number": ""})
    assert client.get(at("check")).headers["Location"] == at("alike")
    page = client.get(at("alike")).content.decode()
    assert village.full_name("kk") in page and "мүмкін, сол адам" in page and str(village.birth_on.year) in page
    Person.objects.filter(pk=village.pk).update(patronymic_kk="Серікқызы")
    other = {**same, "patronymic_kk": "Басқақызы"}
    walk(client, names=other, birth=birth, number={"number": ""})
    assert client.get(at("check")).status_code == 200, "another father and another birth: another woman"


def test_who_bore_the_name_before_her_marriage_may_be_the_same(browse: Browse, account: Accounts) -> None:
    village = account("village").person
    assert village.birth_on is not None
    same = {name: village.names[name] for name in ("surname_kk", "given_kk", "surname_ru", "given_ru")}
    record.rename(
        person=village, names={**village.names, "surname_kk": "Сейітбаталова", "surname_ru": "Сейтбаталова", "surname_en": ""},
        on=date(2026, 9, 1), reason="marriage", by=None, scope_path="",
    )  # fmt: skip
    day = village.birth_on
    birth = {"birth_on_day": f"{day.day}", "birth_on_month": f"{day.month}", "birth_on_year": f"{day.year}", "sex": "f"}
    client = browse("pavlodar")
    walk(client, names=same, birth=birth, number={"number": ""})
    assert "Сейітбаталова" in client.get(at("alike")).content.decode()


def test_a_spelling_in_russian_finds_her_and_another_region_is_not_searched_by_telephone(
    account: Accounts, country: Country
) -> None:
    from orken.network import policy
    from orken.network.roles import Permission

    scope = policy.scope(account("pavlodar"), Permission.STAFF_VIEW)
    far = Appointment.objects.at().filter(unit__path__within=country("KZ-11").path).select_related("person")[0].person
    far.phone = "+77019998877"
    far.save()
    strange = NewPerson(names={"surname_kk": "Бөтенова", "given_kk": "Біреу"}, phone=far.phone, birth_on=far.birth_on)
    assert far.pk not in {one.candidate.person.pk for one in persons.alike(scope, strange)}
    named = NewPerson(names={name: value for name, value in far.names.items() if name.endswith("_ru")})
    found = {one.candidate.person.pk: one for one in persons.alike(scope, named)}
    assert far.pk in found and not found[far.pk].own
    place = found[far.pk].candidate.place
    assert place is not None and place.kind == Unit.Kind.REGION, "of another region only the region is told"


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("names", {**NAMES, "surname_kk": "<script>"}, "surname_kk"),
        ("names", {**NAMES, "given_ru": "Жанерке2"}, "given_ru"),
        ("names", {"surname_en": "Tolegenova", "given_en": "Zhanerke"}, "surname_kk"),
        ("birth", {**BIRTH, "birth_on_year": "2030"}, "birth_on"),
        ("birth", {**BIRTH, "birth_on_year": "1878"}, "birth_on"),
        ("number", {"number": "780705400007"}, "number"),
        ("contacts", {"phone": "12"}, "phone"),
        ("post", {**POST, "unit_code": "KZ-11-LIB"}, "unit_code"),
        ("post", {**POST, "on_year": "2099"}, "on"),
        ("post", {**POST, "rate": "2,5"}, "rate"),
    ],
)
def test_bad_answers_are_refused_with_a_sentence(browse: Browse, step: str, data: dict[str, str], field: str) -> None:
    client = browse("pavlodar")
    for name, good in (("names", NAMES), ("birth", BIRTH), ("number", {}), ("contacts", {}), ("post", POST)):
        if name == step:
            break
        client.post(at(name), good)
    answer = client.post(at(step), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize("name", ["О’Коннор-Әбділда", "Ван дер Ветер", "Мәди М.", "Қожа-Ахмет", "Müller", "Ли"])
def test_a_real_name_is_a_name(browse: Browse, name: str) -> None:
    assert browse("pavlodar").post(at("names"), {**NAMES, "surname_kk": name}).status_code == 302


def test_a_number_that_somebody_has_is_refused_and_nothing_is_written(browse: Browse, account: Accounts) -> None:
    village = account("village").person
    record.set_number(person=village, number=iin.parse(NUMBER), by=None, scope_path="")
    client, before = browse("pavlodar"), Person.objects.count()
    walk(client)
    answer = client.post(at("check"))
    assert answer.status_code == 409 and village.full_name("kk") in answer.content.decode()
    assert Person.objects.count() == before


def test_she_is_not_registered_when_she_cannot_be_appointed(account: Accounts, country: Country) -> None:
    new = NewPerson(names={"surname_kk": "Кейінгі", "given_kk": "Бала"})
    with pytest.raises(services.UnitNotOpen):
        persons.add(
            new=new, unit=country(UNIT), post=Post.objects.get(code="librarian"), by=account("pavlodar"),
            on=country(UNIT).created_at.date().replace(year=1801),
        )  # fmt: skip
    assert not Person.objects.filter(surname_kk="Кейінгі").exists()


def test_the_way_there_stands_where_she_looks_for_it(browse: Browse) -> None:
    client = browse("pavlodar")
    assert at("names") in client.get(reverse("network:unit", args=[UNIT])).content.decode()
    assert at("names", "KZ-55") in client.get(reverse("network:staff")).content.decode()
    assert at("names") in client.get(reverse("network:appoint_whom", args=[UNIT]), {"q": "Жоқ"}).content.decode()
    assert at("names") not in browse("registrar").get(reverse("network:unit", args=[UNIT])).content.decode()


def many_libraries(country: Country) -> None:
    """More than a list can show: the country has grown under the region."""
    for number in range(FEW):
        services.open_unit(
            code=f"KZ-55-D02-{number + 100}", kind="branch", parent=country("KZ-55-D02"), by=None,
            names={"name_kk": f"{number}-ауыл кітапханасы"}, traits={}, on=date(2020, 1, 1),
        )  # fmt: skip


def test_the_library_is_chosen_by_name_of_those_in_her_scope(browse: Browse) -> None:
    client = browse("pavlodar")
    for name, good in (("names", NAMES), ("birth", BIRTH), ("number", {}), ("contacts", {})):
        client.post(at(name), good)
    page = client.get(at("post")).content.decode()
    assert '<option value="KZ-55-D02" selected>' in page and "KZ-11-LIB" not in page
    assert '<option value="KZ-55">' not in page, "a region is no library"


def test_of_many_libraries_the_name_is_written_and_chosen_from_the_nearest(browse: Browse, country: Country) -> None:
    many_libraries(country)
    client = browse("pavlodar")
    for name, good in (("names", NAMES), ("birth", BIRTH), ("number", {}), ("contacts", {})):
        client.post(at(name), good)
    assert country(UNIT).name_kk in client.get(at("post")).content.decode(), "hers stands there by its name"
    asked = client.post(at("post"), {**POST, "unit_code": "Бибилиотека Достык"})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert 'name="unit_code_pick" value="KZ-55-D01-03"' in page and "KZ-11" not in page
    again = {**POST, "unit_code": "Бибилиотека Достык", "unit_code_pick": "KZ-55-D01-03"}
    assert client.post(at("post"), again).headers["Location"] == at("check")
    assert country("KZ-55-D01-03").name_kk in client.get(at("check")).content.decode()
    for wrong in ("KZ-11-LIB", "Мәскеу", "<b>"):
        assert client.post(at("post"), {**POST, "unit_code": wrong}).status_code == 422
    assert client.post(at("post"), {**POST, "unit_code_pick": "KZ-11-LIB"}).status_code == 422
    client.post(at("post"), {**POST, "unit_code": "Достық ауылдық кітапханасы"})
    assert country("KZ-55-D01-03").name_kk in client.get(at("check")).content.decode(), "a whole name is enough"
