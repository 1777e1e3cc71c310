"""Facts that end where the next begins, a tree that is a tree on every day, days that come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.kit.jobs import services as jobs
from orken.kit.jobs.models import Due
from orken.network import services
from orken.network.models import Appointment, Unit, UnitName, UnitPlace, UnitTraits
from orken.people.models import Account

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
TODAY = timezone.localdate
D01, D02, BRANCH = "KZ-55-D01", "KZ-55-D02", "KZ-55-D01-01"


def days(unit: Unit) -> list[tuple[date, date | None, str]]:
    rows = UnitName.objects.live().filter(unit=unit).order_by("valid_from")
    return [(row.valid_from, row.valid_to, row.name_en) for row in rows]


def broken() -> dict[str, list[str]]:
    return {rule.split(":")[0]: [row.row for row in rows] for rule, rows in invariants.run() if rows}


# --- a change of a coming day ---


def test_a_coming_change_happens_on_its_day_by_itself(
    country: Country, account: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    coming = TODAY() + timedelta(days=30)
    services.rename_unit(unit=country(D01), names={"name_en": "Coming"}, on=coming, by=account("pavlodar"))
    jobs.tick()
    assert country(D01).name_en != "Coming"
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: coming)
    Due.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    assert "network.today" in jobs.tick()
    assert country(D01).name_en == "Coming"
    event = AuditEvent.objects.get(verb="unit.took_effect")
    assert (event.by_id, event.after["name_en"]) == (None, "Coming")
    Due.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    jobs.tick()
    assert AuditEvent.objects.filter(verb="unit.took_effect").count() == 1, "a second run finds nothing to do"


def test_a_machine_that_slept_over_midnight_catches_up_when_it_starts(
    country: Country, account: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    coming, district = TODAY() + timedelta(days=30), country(D01)
    services.move_unit(unit=district, parent=country("KZ-11"), on=coming, by=account("national"))
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: coming + timedelta(days=5))
    assert "network.today" in jobs.catch_up()
    assert country(BRANCH).path.startswith(country("KZ-11").path)
    assert not broken()


def test_the_message_says_when_a_coming_change_takes_effect(country: Country, browse: Callable[[str], Client]) -> None:
    day = date(TODAY().year + 1, 3, 5)
    page = browse("pavlodar").post(
        reverse("network:names", args=[D01]),
        {
            "revision": country(D01).revision, "name_kk": "Ақсу", "on_day": day.day, "on_month": day.month,
            "on_year": day.year,
        },
        follow=True,
    )  # fmt: skip
    assert f"{day.year} жылғы 5\xa0наурыз" in page.content.decode()


# --- a fact ends where the next known one begins ---


def test_correcting_an_old_name_leaves_the_later_ones(country: Country, account: Accounts) -> None:
    unit, by = country(D01), account("pavlodar")
    begun = days(unit)[0][0]
    services.rename_unit(unit=unit, names={"name_en": "Of 2020"}, on=date(2020, 1, 1), by=by)
    services.rename_unit(unit=unit, names={"name_en": "Of next year"}, on=date(2027, 1, 1), by=by)
    services.rename_unit(unit=unit, names={"name_en": "Of 2015"}, on=date(2015, 1, 1), by=by)
    assert [(since, name) for since, _until, name in days(unit)] == [
        (begun, "Aksu District Library System"),
        (date(2015, 1, 1), "Of 2015"),
        (date(2020, 1, 1), "Of 2020"),
        (date(2027, 1, 1), "Of next year"),
    ]
    assert country(D01).name_en == "Of 2020"
    assert not broken()


def test_she_may_say_that_it_replaces_everything_after_and_take_that_back(country: Country, account: Accounts) -> None:
    unit, by, batch = country(D01), account("pavlodar"), uuid4()
    services.rename_unit(unit=unit, names={"name_en": "Of 2020"}, on=date(2020, 1, 1), by=by)
    services.rename_unit(unit=unit, names={"name_en": "Of next year"}, on=date(2027, 1, 1), by=by)
    before = days(unit)
    services.rename_unit(unit=unit, names={"name_en": "For ever"}, on=date(2015, 1, 1), by=by, onward=True, batch=batch)
    assert days(unit)[-1] == (date(2015, 1, 1), None, "For ever")
    services.undo(batch=batch, by=by)
    assert days(unit) == before, "taken back is exactly what stood"
    assert country(D01).name_en == "Of 2020"
    assert not broken()


def test_traits_and_places_end_at_the_next_too(country: Country, account: Accounts) -> None:
    unit, by = country(BRANCH), account("pavlodar")
    services.set_traits(unit=unit, traits={"internet": "none"}, on=date(2027, 1, 1), by=by)
    services.set_traits(unit=unit, traits={"internet": "weak"}, on=date(2020, 1, 1), by=by)
    last = UnitTraits.objects.live().filter(unit=unit).latest("valid_from")
    assert (last.valid_from, last.internet) == (date(2027, 1, 1), "none")
    services.move_unit(unit=unit, parent=country(D02), on=date(2027, 1, 1), by=by)
    services.move_unit(unit=unit, parent=country("KZ-55-D03"), on=date(2020, 1, 1), by=by)
    rows = UnitPlace.objects.live().filter(unit=unit).order_by("valid_from")
    assert [row.parent.code for row in rows if row.parent] == [D01, "KZ-55-D03", D02]


def test_a_move_does_not_open_a_unit_that_closes(country: Country, account: Accounts) -> None:
    by = account("pavlodar")
    unit = services.open_unit(
        code="KZ-55-D01-80", kind="branch", parent=country(D01), names={"name_kk": "Х"}, on=date(2020, 1, 1), by=by
    )
    services.close_unit(unit=unit, on=date(2024, 1, 1), by=by)
    services.move_unit(unit=unit, parent=country(D02), on=date(2022, 1, 1), by=by)
    assert UnitPlace.objects.live().filter(unit=unit).latest("valid_from").valid_to == date(2024, 1, 1)
    assert not country("KZ-55-D01-80").exists


def test_the_form_shows_what_follows(country: Country, account: Accounts, browse: Callable[[str], Client]) -> None:
    services.rename_unit(
        unit=country(D01), names={"name_kk": "Келер жылғы атау"}, on=date(2027, 1, 1), by=account("pavlodar")
    )
    client, address = browse("pavlodar"), reverse("network:names", args=[D01])
    page = client.get(address).content.decode()
    assert "Келер жылғы атау" in page and 'name="onward"' in page
    given = {
        "revision": country(D01).revision, "name_kk": "Мәңгі", "on_day": 1, "on_month": 1, "on_year": 2020,
        "onward": "on",
    }  # fmt: skip
    assert client.post(address, given).status_code == 302
    assert UnitName.objects.live().filter(unit=country(D01)).latest("valid_from").name_kk == "Мәңгі"


# --- a tree on every day ---


def test_a_region_does_not_close_over_its_libraries_on_any_day(country: Country, account: Accounts) -> None:
    region = country("KZ-55")
    for on in (TODAY(), date(1950, 1, 1), date(1991, 12, 15), TODAY() + timedelta(days=900)):
        with pytest.raises((services.StillInUse, services.UnitNotThere)):
            services.close_unit(unit=region, on=on, by=account("national"))
    assert country("KZ-55").exists
    assert not broken()


def test_closing_looks_at_children_and_staff_that_come_later(country: Country, account: Accounts) -> None:
    by = account("pavlodar")
    system = services.open_unit(
        code="KZ-55-D80", kind="system", parent=country("KZ-55"), names={"name_kk": "Х"}, on=date(2020, 1, 1), by=by
    )
    services.move_unit(unit=country(BRANCH), parent=system, on=date(2028, 1, 1), by=by)
    with pytest.raises(services.StillInUse):
        services.close_unit(unit=system, on=date(2026, 1, 1), by=by)


@pytest.mark.parametrize("on", [date(1900, 1, 1), date(2024, 6, 1)])
def test_nothing_happens_to_a_unit_on_a_day_when_it_is_not(country: Country, account: Accounts, on: date) -> None:
    by = account("pavlodar")
    unit = services.open_unit(
        code="KZ-55-D01-81", kind="branch", parent=country(D01), names={"name_kk": "Х"}, on=date(2020, 1, 1), by=by
    )
    services.close_unit(unit=unit, on=date(2024, 1, 1), by=by)
    for do in (
        lambda: services.close_unit(unit=unit, on=on, by=by),
        lambda: services.rename_unit(unit=unit, names={"name_kk": "Ы"}, on=on, by=by),
        lambda: services.set_traits(unit=unit, traits={"internet": "none"}, on=on, by=by),
        lambda: services.move_unit(unit=unit, parent=country(D02), on=on, by=by),
    ):
        with pytest.raises(services.UnitNotThere):
            do()  # type: ignore[no-untyped-call]  # a lambda of the list above
    assert not broken()


def test_nothing_stands_under_a_unit_that_is_not_there_yet(country: Country, account: Accounts) -> None:
    by = account("pavlodar")
    late = services.open_unit(
        code="KZ-55-D81", kind="system", parent=country("KZ-55"), names={"name_kk": "Х"}, on=date(2025, 1, 1), by=by
    )
    with pytest.raises(services.ParentNotThere):
        services.move_unit(unit=country(BRANCH), parent=late, on=date(2020, 1, 1), by=by)
    with pytest.raises(services.ParentNotThere):
        services.open_unit(
            code="KZ-55-D81-01", kind="branch", parent=late, names={"name_kk": "Х"}, on=date(2024, 1, 1), by=by
        )


def test_a_unit_is_not_reopened_before_it_first_began(country: Country, account: Accounts) -> None:
    """Found by the tree machine: the unit stood there without a name."""
    by = account("pavlodar")
    unit = services.open_unit(
        code="KZ-55-D01-82", kind="branch", parent=country(D01), names={"name_kk": "Х"}, on=date(2024, 1, 1), by=by
    )
    with pytest.raises(services.UnitNotThere):
        services.reopen_unit(unit=unit, parent=country(D01), on=date(2023, 1, 1), by=by)
    services.close_unit(unit=unit, on=date(2025, 1, 1), by=by)
    services.reopen_unit(unit=unit, parent=country(D02), on=date(2026, 1, 1), by=by)
    assert country("KZ-55-D01-82").parent == country(D02)
    assert not broken()


def others(country: Country, *codes: str) -> list[Unit]:
    """Institutions of other departments: the one kind that may stand under its own kind."""
    return [
        services.open_unit(
            code=code, kind="other", parent=country("KZ-55"), names={"name_kk": code}, on=date(2020, 1, 1), by=None
        )
        for code in codes
    ]


def test_no_circle_on_a_coming_day(country: Country, account: Accounts) -> None:
    first, second, third = others(country, "OTH-1", "OTH-2", "OTH-3")
    by, coming = account("national"), TODAY() + timedelta(days=100)
    services.move_unit(unit=first, parent=second, on=coming, by=by)
    services.move_unit(unit=second, parent=third, on=coming, by=by)
    for on in (coming, coming + timedelta(days=50), TODAY()):
        with pytest.raises(services.CannotMove):
            services.move_unit(unit=third, parent=first, on=on, by=by)
    assert not broken()


@pytest.mark.parametrize(
    ("code", "parent"),
    [("KZ-55-D01", "KZ-55-D02-01"), ("KZ-11", "KZ-55"), ("NAL", "KZ-55-D01"), ("KZ-55-D01-01", "KZ-55"), ("COL-PVL", "KZ-55-D01")],
)  # fmt: skip
def test_not_every_kind_stands_under_every_kind(country: Country, account: Accounts, code: str, parent: str) -> None:
    with pytest.raises(services.WrongKind):
        services.move_unit(unit=country(code), parent=country(parent), on=TODAY(), by=account("national"))


def test_the_wizard_offers_the_kinds_that_may_stand_there(country: Country, browse: Callable[[str], Client]) -> None:
    page = browse("pavlodar").get(reverse("network:open", args=["KZ-55-D01", "kind"])).content.decode()
    assert 'value="branch"' in page and 'value="system"' not in page and 'value="republican"' not in page


def test_the_refusal_of_a_move_is_a_sentence(country: Country, browse: Callable[[str], Client]) -> None:
    day = TODAY()
    answer = browse("pavlodar").post(
        reverse("network:move", args=[D01]),
        {
            "revision": country(D01).revision, "parent": "KZ-55-D02-01", "on_day": day.day, "on_month": day.month,
            "on_year": day.year,
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()


def test_a_move_offers_where_it_may_stand_and_takes_the_choice(
    country: Country, browse: Callable[[str], Client]
) -> None:
    branch, day = country("KZ-55-D02-01"), TODAY()
    address = reverse("network:move", args=[branch.code])
    offered = browse("pavlodar").get(address).context["form"].fields["parent"].choices
    [(region, places)] = offered  # nothing outside her region, and no kind under which a branch cannot stand
    assert region == country("KZ-55").name
    assert {code for code, _name in places} >= {D01, "KZ-55-D02", "KZ-55-LIB"}
    assert not {code for code, _name in places} & {"KZ-55", branch.code}
    answer = browse("pavlodar").post(
        address,
        {"revision": branch.revision, "parent": D01, "on_day": day.day, "on_month": day.month, "on_year": day.year},
    )
    assert answer.status_code == 302
    assert country(branch.code).parent == country(D01)


def test_the_proof_finds_circles_orphans_and_wrong_kinds(country: Country) -> None:
    first, second = others(country, "OTH-1", "OTH-2")
    coming = TODAY() + timedelta(days=100)
    for unit, parent in ((first, second), (second, first)):
        UnitPlace.objects.filter(unit=unit).update(valid_to=coming)
        UnitPlace.objects.create(unit=unit, parent=parent, valid_from=coming)
    UnitPlace.objects.filter(unit=country("KZ-55-D03")).update(valid_to=coming)
    UnitPlace.objects.filter(unit=country("NAL")).update(parent=country(D01))
    found = broken()
    assert set(found) >= {"network.circles", "network.parents", "network.kinds"}
    assert {"OTH-1", "OTH-2"} <= set(found["network.circles"])
    assert "KZ-55-D03-01" in found["network.parents"]
    assert "NAL" in found["network.kinds"]


# --- appointments and roles ---


def held(login: str) -> Appointment:
    found: Appointment = Appointment.objects.live().get(person__account__login=login, unit__code="KZ-55-D02-01")
    return found


def test_a_mistyped_year_does_not_destroy_an_appointment(
    country: Country, account: Accounts, browse: Callable[[str], Client]
) -> None:
    account("village")
    row = held("village")
    with pytest.raises(services.EndsBeforeItBegan):
        services.dismiss(appointment=row, on=date(1950, 1, 1), by=account("pavlodar"))
    answer = browse("pavlodar").post(
        reverse("network:dismiss", args=[row.pk]), {"on_day": 1, "on_month": 1, "on_year": 1950}
    )
    assert answer.status_code == 422
    assert held("village").pk == row.pk


def undo_address(page: str) -> str:
    return next(part.split('"')[0] for part in page.split('action="') if "/network/undo/" in part.split('"')[0])


def test_a_dismissal_and_an_appointment_are_taken_back_by_a_button(
    country: Country, account: Accounts, browse: Callable[[str], Client]
) -> None:
    account("village")
    row, client, day = held("village"), browse("head"), TODAY()
    when = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    page = client.post(reverse("network:dismiss", args=[row.pk]), when, follow=True).content.decode()
    assert held("village").valid_to == day
    client.post(undo_address(page))
    assert held("village").valid_to is None
    assert held("village").valid_from == row.valid_from
    given = {"post": "bibliographer", "employment": "combined", "rate": "0.5", **when}
    address = reverse("network:appoint", args=["KZ-55-D02", row.person_id])
    page = client.post(address, given, follow=True).content.decode()
    assert Appointment.objects.at().filter(person=row.person).count() == 2
    client.post(undo_address(page))
    assert Appointment.objects.at().filter(person=row.person).count() == 1
    assert not broken()


def test_what_ended_is_not_taken_back_when_her_post_is_filled_otherwise(country: Country, account: Accounts) -> None:
    by, batch, person = account("pavlodar"), uuid4(), account("village").person
    row = held("village")
    services.dismiss(appointment=row, on=TODAY(), by=by, batch=batch)
    services.appoint(person=person, unit=country(D01), post=row.post, on=TODAY(), by=by)
    with pytest.raises(services.CannotUndo):
        services.undo(batch=batch, by=by)
    assert not broken()


@pytest.mark.parametrize(
    ("role", "code"),
    [("director", "KZ-55-D02-01"), ("curator", "KZ-55"), ("national_methodologist", "KZ-55"), ("student", "KZ-55-D01"), ("region_methodologist", "KZ-55-D01")],
)  # fmt: skip
def test_a_role_is_given_where_it_means_something(country: Country, account: Accounts, role: str, code: str) -> None:
    from orken.network.roles import Role

    with pytest.raises(services.RoleNotHere):
        services.assign_role(
            person=account("village").person, role=Role(role), unit=country(code), on=TODAY(), by=None, basis="№ 1"
        )


def test_the_page_offers_only_roles_that_mean_something_there(
    country: Country, account: Accounts, browse: Callable[[str], Client]
) -> None:
    person = account("village").person
    page = browse("national").get(reverse("network:give_role", args=["KZ-55-D01", person.pk])).content.decode()
    assert 'value="district_methodologist"' in page
    assert 'value="region_methodologist"' not in page and 'value="student"' not in page
