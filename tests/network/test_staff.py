"""Posts, appointments and roles: several for one person, counted once, given by those who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.network import policy, services
from orken.network.models import Appointment, Post, RoleAssignment, Unit
from orken.network.roles import GROUP_TEXTS, PERMISSION_TEXTS, PERMISSIONS, Permission, Role, table
from orken.people.models import Account, Person

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
TODAY = timezone.localdate


@pytest.fixture
def somebody(db: None) -> Person:
    return Person.objects.create(surname_kk="Ерғалиева", given_kk="Әсел")


def post(code: str = "librarian") -> Post:
    return Post.objects.get(code=code)


def test_a_person_has_one_main_post_and_may_combine(country: Country, account: Accounts, somebody: Person) -> None:
    by, library, branch = account("pavlodar"), country("KZ-55-D01"), country("KZ-55-D01-02")
    services.appoint(person=somebody, unit=library, post=post(), on=TODAY(), by=by)
    with pytest.raises(services.PostIsTaken):
        services.appoint(person=somebody, unit=branch, post=post(), on=TODAY(), by=by)
    combined = services.appoint(
        person=somebody, unit=branch, post=post(), on=TODAY(), by=by, employment="combined", rate=Decimal("0.5")
    )
    assert combined.rate == Decimal("0.5")


def test_a_post_that_ended_makes_room_for_the_next(country: Country, account: Accounts, somebody: Person) -> None:
    by, day = account("pavlodar"), TODAY()
    first = services.appoint(
        person=somebody, unit=country("KZ-55-D01"), post=post(), on=day - timedelta(days=100), by=by
    )
    services.dismiss(appointment=first, on=day, by=by)
    services.appoint(person=somebody, unit=country("KZ-55-D02"), post=post(), on=day, by=by)
    history = Appointment.objects.live().filter(person=somebody).order_by("valid_from")
    assert [(row.unit.code, row.valid_to) for row in history] == [("KZ-55-D01", day), ("KZ-55-D02", None)]


def test_the_register_remembers_what_it_knew_before_the_dismissal(
    country: Country, account: Accounts, somebody: Person
) -> None:
    by, day = account("pavlodar"), TODAY()
    row = services.appoint(person=somebody, unit=country("KZ-55-D01"), post=post(), on=day - timedelta(days=100), by=by)
    before = timezone.now()
    services.dismiss(appointment=row, on=day - timedelta(days=50), by=by)
    asked = day - timedelta(days=20)
    assert not Appointment.objects.at(asked).filter(person=somebody).exists()
    assert Appointment.objects.at(asked, known_at=before).filter(person=somebody).exists()


def test_nobody_is_appointed_before_the_library_opens(country: Country, account: Accounts, somebody: Person) -> None:
    with pytest.raises(services.UnitNotOpen):
        services.appoint(
            person=somebody, unit=country("KZ-55-D01-01"), post=post(), on=date(1950, 1, 1), by=account("pavlodar")
        )


def test_the_database_itself_refuses_a_second_open_main_post(country: Country, somebody: Person) -> None:
    row = {"person": somebody, "post": post(), "valid_from": TODAY()}
    Appointment.objects.create(unit=country("KZ-55-D01"), **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(unit=country("KZ-55-D02"), **row)


def test_a_head_appoints_in_her_district_and_nowhere_else(
    country: Country, account: Accounts, somebody: Person
) -> None:
    by = account("head")
    services.appoint(person=somebody, unit=country("KZ-55-D02-02"), post=post(), on=TODAY(), by=by)
    with pytest.raises(policy.OutOfScope):
        services.appoint(
            person=somebody, unit=country("KZ-55-D01"), post=post(), on=TODAY(), by=by, employment="combined"
        )


def test_nobody_gives_more_than_she_has(country: Country, account: Accounts, somebody: Person) -> None:
    administrator = account("administrator")
    assert Permission.STAFF_VIEW not in PERMISSIONS[Role.ADMINISTRATOR]
    services.assign_role(person=somebody, role=Role.VIEWER, unit=country("KZ-11"), on=TODAY(), by=administrator)
    with pytest.raises(policy.OutOfScope):
        services.assign_role(person=somebody, role=Role.HEAD, unit=country("KZ-11"), on=TODAY(), by=administrator)
    with pytest.raises(policy.OutOfScope):
        services.assign_role(person=somebody, role=Role.VIEWER, unit=country("KZ"), on=TODAY(), by=account("pavlodar"))


def test_a_role_holds_below_its_unit_from_day_to_day(country: Country, account: Accounts) -> None:
    student = account("student")
    services.assign_role(
        person=student.person,
        role=Role.DISTRICT_METHODOLOGIST,
        unit=country("KZ-55-D01"),
        on=TODAY(),
        by=account("pavlodar"),
    )
    fresh = Account.objects.get(pk=student.pk)
    assert policy.allows(fresh, Permission.UNIT_EDIT, country("KZ-55-D01-01"))
    assert not policy.allows(fresh, Permission.UNIT_EDIT, country("KZ-55-D02"))
    row = RoleAssignment.objects.at().get(person=student.person, role=Role.DISTRICT_METHODOLOGIST)
    services.end_role(assignment=row, on=TODAY(), by=account("pavlodar"))
    assert not policy.allows(Account.objects.get(pk=student.pk), Permission.UNIT_EDIT, country("KZ-55-D01-01"))


def test_a_role_is_not_held_twice(country: Country, account: Accounts) -> None:
    given: dict[str, Any] = {
        "person": account("pavlodar").person,
        "role": Role.REGION_METHODOLOGIST,
        "unit": country("KZ-55"),
    }
    with pytest.raises(services.RoleIsHeld):
        services.assign_role(**given, on=TODAY(), by=account("national"))


def test_appointing_through_the_pages(country: Country, browse: Callable[[str], Client], somebody: Person) -> None:
    client, day = browse("pavlodar"), TODAY()
    found = client.get(reverse("network:appoint_whom", args=["KZ-55-D01"]), {"q": "ергалиева асель"}).content.decode()
    address = reverse("network:appoint", args=["KZ-55-D01", somebody.pk])
    assert address in found
    given = {
        "post": "librarian",
        "employment": "main",
        "rate": "1",
        "on_day": day.day,
        "on_month": day.month,
        "on_year": day.year,
    }
    assert client.post(address, given | {"rate": "7"}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 422, "the same post twice is refused with a sentence"
    row = Appointment.objects.at().get(person=somebody)
    ended = client.post(
        reverse("network:dismiss", args=[row.pk]), {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    )
    assert ended.status_code == 302
    assert not Appointment.objects.at().filter(person=somebody).exists()


def test_people_of_another_region_are_found_by_the_whole_name_only(
    country: Country, browse: Callable[[str], Client]
) -> None:
    client, row = browse("head"), Appointment.objects.at().filter(unit__code="KZ-11-LIB").select_related("person")[0]
    whom = reverse("network:appoint_whom", args=["KZ-55-D02-02"])
    address = reverse("network:appoint", args=["KZ-55-D02-02", row.person_id])
    assert client.get(address).status_code == 404
    for part in ("", "а", row.person.surname_kk, row.person.surname_kk[:4]):
        assert address not in client.get(whom, {"q": part}).content.decode()
    page = client.get(whom, {"q": f"{row.person.given_kk} {row.person.surname_kk}"}).content.decode()
    assert address in page and "Ақмола облысы" in page
    assert row.unit.name_kk not in page, "the region, not the library"
    assert client.get(address).status_code == 200


def test_giving_and_taking_a_role_through_the_pages(
    country: Country, browse: Callable[[str], Client], somebody: Person
) -> None:
    client, day = browse("pavlodar"), TODAY()
    when = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    address = reverse("network:give_role", args=["KZ-55-D01", somebody.pk])
    assert client.get(address).status_code == 404, "she is nobody's yet: first found by her whole name"
    assert (
        address
        in client.get(reverse("network:role_whom", args=["KZ-55-D01"]), {"q": "Ерғалиева Әсел"}).content.decode()
    )
    assert "administrator" not in client.get(address).content.decode(), "what she cannot give is not offered"
    assert client.post(address, {"role": "administrator", "basis": "№ 1", **when}).status_code == 422
    assert client.post(address, {"role": "head", "basis": "№ 1", **when}).status_code == 302
    row = RoleAssignment.objects.at().get(person=somebody)
    assert client.post(reverse("network:end_role", args=[row.pk]), when).status_code == 302
    assert not RoleAssignment.objects.at().filter(person=somebody).exists()


def test_a_name_does_not_begin_before_the_woman(country: Country, browse: Callable[[str], Client]) -> None:
    client, row = (
        browse("pavlodar"),
        Appointment.objects.at().filter(unit__code="KZ-55-D02").select_related("person")[0],
    )
    address = reverse("network:person_names", args=[row.person_id])
    answers = row.person.names | {
        "reason": "marriage",
        "revision": row.person.revision,
        "on_day": "1",
        "on_month": "1",
        "on_year": "1900",
    }
    for surname in ("Бірінші", "Екінші"):
        assert client.post(address, answers | {"surname_kk": surname}).status_code == 422
    row.person.refresh_from_db()
    assert row.person.surname_kk == answers["surname_kk"]


def test_a_post_that_ended_gives_sight_of_her_and_no_right_to_change(
    country: Country, browse: Callable[[str], Client]
) -> None:
    day = TODAY()
    person = Appointment.objects.at().filter(unit__code="KZ-11-LIB").select_related("person")[0].person
    Appointment.objects.create(
        person=person, unit=country("KZ-55-D01"), post=post(), employment="combined",
        valid_from=day.replace(year=day.year - 2), valid_to=day.replace(year=day.year - 1),
    )  # fmt: skip
    client, before = browse("pavlodar"), person.names
    assert client.get(reverse("network:person", args=[person.pk])).status_code == 200
    answers: dict[str, Any] = {**before, "reason": "marriage", "revision": person.revision}
    answers |= {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    answer = client.post(reverse("network:person_names", args=[person.pk]), answers | {"surname_kk": "Бөтен"})
    assert answer.status_code == 404
    person.refresh_from_db()
    assert person.names == before


def test_three_filters_stand_in_the_row_and_the_rest_open_when_one_is_set(browse: Callable[[str], Client]) -> None:
    client, address = browse("pavlodar"), reverse("network:staff")
    page = client.get(address)
    assert [one.name for one in page.context["table"].questions] == ["q", "library", "post"]
    text = page.content.decode()
    assert text.count('id="f-') == 8 and "<details><summary>" in text, "all eight are in the form without a script"
    assert "<details open><summary>" in client.get(address, {"category": "none"}).content.decode()
    assert "<details open><summary>" not in client.get(address, {"post": "librarian"}).content.decode()


def test_every_right_of_a_role_stands_once_under_a_heading(browse: Callable[[str], Client]) -> None:
    for line in table():
        shown = [right for _heading, rights in line.groups for right in rights]
        assert sorted(map(str, shown)) == sorted(str(PERMISSION_TEXTS[one]) for one in line.permissions), line.role
    assert {one.partition(".")[0] for one in Permission} == set(GROUP_TEXTS)
    text = browse("director").get(reverse("network:roles")).content.decode()
    assert text.count("<details id=") == sum(bool(line.permissions) for line in table())
