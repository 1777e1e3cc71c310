"""The tree of units: dated names and parents, scopes, two people at one row, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.network import policy, selectors, services
from orken.network.forms import TraitsForm
from orken.network.models import Unit, UnitName, UnitPlace
from orken.network.roles import Permission
from orken.people.models import Account

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
TODAY = timezone.localdate


def unbroken() -> None:
    broken = {rule: rows for rule, rows in invariants.run() if rows}
    assert not broken


def test_semey_stood_under_east_kazakhstan_in_2021(country: Country) -> None:
    library = country("KZ-10-LIB")
    then = selectors.unit_on_day(library, date(2021, 11, 24))
    assert [node.code for node in then.above] == ["KZ", "KZ-63", "KZ-10-LIB"]
    now = selectors.unit_on_day(library, date(2022, 6, 8))
    assert [node.code for node in now.above] == ["KZ", "KZ-10", "KZ-10-LIB"]


def test_the_tree_of_a_day_knows_the_regions_of_that_day(country: Country) -> None:
    def regions(on: date) -> int:
        return sum(node.kind == "region" for node in selectors.tree(on).nodes.values())

    assert [regions(date(2018, 6, 18)), regions(date(2018, 6, 19)), regions(date(2022, 6, 8))] == [16, 17, 20]


def test_the_capital_bears_the_name_of_the_day(country: Country) -> None:
    def name(on: date) -> str:
        found = UnitName.objects.at(on).get(unit=country("KZ-71"))
        return str(found.name_en)

    assert [name(date(2019, 3, 22)), name(date(2020, 1, 1)), name(date(2022, 9, 17))] == [
        "Astana",
        "Nur-Sultan",
        "Astana",
    ]


def test_a_correction_is_seen_as_a_correction(country: Country, account: Accounts) -> None:
    library = country("KZ-55-D01")
    before = timezone.now()
    services.rename_unit(
        unit=library, names={"name_en": "Aksu Library System"}, on=date(2020, 1, 1), by=account("pavlodar")
    )
    asked = date(2023, 5, 5)
    assert UnitName.objects.at(asked).get(unit=library).name_en == "Aksu Library System"
    assert UnitName.objects.at(asked, known_at=before).get(unit=library).name_en == "Aksu District Library System"
    assert country("KZ-55-D01").name_en == "Aksu Library System"
    unbroken()


def test_a_change_of_next_month_does_not_hold_today(country: Country, account: Accounts) -> None:
    library = country("KZ-55-D01")
    coming = TODAY() + timedelta(days=30)
    services.rename_unit(unit=library, names={"name_en": "Coming"}, on=coming, by=account("pavlodar"))
    assert country("KZ-55-D01").name_en != "Coming"
    services.refresh_current(country("KZ-55-D01"), today=coming)
    assert country("KZ-55-D01").name_en == "Coming"


def test_moving_a_district_takes_its_branches_along(country: Country, account: Accounts) -> None:
    district, astana = country("KZ-11-D01"), country("KZ-71")
    branch = country("KZ-11-D01-01")
    services.move_unit(unit=district, parent=astana, on=TODAY(), by=account("national"))
    assert country("KZ-11-D01-01").path == f"{astana.path}{district.pk}/{branch.pk}/"
    assert policy.scope(account("pavlodar"), Permission.UNIT_VIEW).contains(country("KZ-11-D01-01").path) is False
    unbroken()


def test_nothing_moves_into_itself(country: Country, account: Accounts) -> None:
    with pytest.raises(services.CannotMove):
        services.move_unit(unit=country("KZ-55"), parent=country("KZ-55-D01"), on=TODAY(), by=account("national"))


def test_a_library_with_staff_does_not_close(country: Country, account: Accounts) -> None:
    with pytest.raises(services.StillInUse):
        services.close_unit(unit=country("KZ-55-D02-01"), on=TODAY(), by=account("pavlodar"))


def test_pavlodar_opens_in_pavlodar_and_nowhere_else(country: Country, account: Accounts) -> None:
    new: dict[str, Any] = {"kind": "branch", "names": {"name_kk": "Жаңа"}, "on": TODAY(), "by": account("pavlodar")}
    opened = services.open_unit(code="KZ-55-D01-77", parent=country("KZ-55-D01"), **new)
    assert opened.path.startswith(country("KZ-55").path)
    with pytest.raises(policy.OutOfScope):
        services.open_unit(code="KZ-11-D01-77", parent=country("KZ-11-D01"), **new)
    with pytest.raises(policy.OutOfScope):
        services.move_unit(unit=opened, parent=country("KZ-11-D01"), on=TODAY(), by=account("pavlodar"))
    unbroken()


def test_every_change_leaves_one_row_in_the_trail(country: Country, account: Accounts) -> None:
    before = AuditEvent.objects.count()
    services.set_traits(unit=country("KZ-55-D01-01"), traits={"internet": "none"}, on=TODAY(), by=account("pavlodar"))
    event = AuditEvent.objects.latest("pk")
    assert AuditEvent.objects.count() == before + 1
    assert (event.verb, event.by_name, event.after["internet"]) == ("unit.traits_set", "Әбдірахманова Сәуле", "none")
    assert event.scope_path == country("KZ-55-D01-01").path


def test_undo_states_again_what_held_before(country: Country, account: Accounts) -> None:
    batch, before = uuid4(), country("KZ-55-D01-01").internet
    other = "weak" if before != "weak" else "good"
    services.set_traits(
        unit=country("KZ-55-D01-01"), traits={"internet": other}, on=TODAY(), by=account("pavlodar"), batch=batch
    )
    services.undo(batch=batch, by=account("pavlodar"))
    assert country("KZ-55-D01-01").internet == before
    unbroken()


def test_what_was_changed_again_is_not_undone_by_a_button(country: Country, account: Accounts) -> None:
    batch, hers = uuid4(), account("pavlodar")
    services.rename_unit(unit=country("KZ-55-D01"), names={"name_en": "One"}, on=TODAY(), by=hers, batch=batch)
    services.rename_unit(unit=country("KZ-55-D01"), names={"name_en": "Two"}, on=TODAY(), by=hers)
    with pytest.raises(services.CannotUndo):
        services.undo(batch=batch, by=hers)
    assert country("KZ-55-D01").name_en == "Two"


def test_opening_and_closing_are_undone(country: Country, account: Accounts) -> None:
    hers, opened, closed = account("pavlodar"), uuid4(), uuid4()
    unit = services.open_unit(
        code="KZ-55-D01-78",
        kind="branch",
        parent=country("KZ-55-D01"),
        names={"name_kk": "Жаңа"},
        on=TODAY(),
        by=hers,
        batch=opened,
    )
    services.close_unit(unit=unit, on=TODAY(), by=hers, batch=closed)
    assert not country("KZ-55-D01-78").exists
    services.undo(batch=closed, by=hers)
    assert country("KZ-55-D01-78").exists
    assert UnitPlace.objects.at().get(unit=unit).parent == country("KZ-55-D01")
    unbroken()


def test_nobody_undoes_in_another_region(country: Country, account: Accounts) -> None:
    batch = uuid4()
    services.rename_unit(
        unit=country("KZ-11-D01"), names={"name_en": "One"}, on=TODAY(), by=account("national"), batch=batch
    )
    with pytest.raises(policy.OutOfScope):
        services.undo(batch=batch, by=account("pavlodar"))


def answers(revision: int, **changes: str) -> dict[str, object]:
    day = TODAY()
    return {
        "revision": revision,
        "on_day": day.day,
        "on_month": day.month,
        "on_year": day.year,
        "name_kk": "Ақсу",
        **changes,
    }


def test_the_second_of_two_editors_is_told_and_shown_both(country: Country, browse: Callable[[str], Client]) -> None:
    address = reverse("network:names", args=["KZ-55-D01"])
    shown = country("KZ-55-D01").revision
    first = browse("national").post(address, answers(shown, name_en="The first"))
    assert first.status_code == 302
    second = browse("pavlodar").post(address, answers(shown, name_en="The second"))
    assert second.status_code == 409
    page = second.content.decode()
    assert "The first" in page and "The second" in page
    assert country("KZ-55-D01").name_en == "The first"
    again = browse("pavlodar").post(address, answers(country("KZ-55-D01").revision, name_en="The second"))
    assert again.status_code == 302
    assert country("KZ-55-D01").name_en == "The second"


@pytest.mark.parametrize(
    "wrong",
    [{"name_kk": ""}, {"name_kk": "я" * 301}, {"on_day": "31", "on_month": "2"}, {"on_year": ""}, {"on_year": "21"}, {"revision": "x"}, {"name_ru": "a\x00b"}],
)  # fmt: skip
def test_bad_answers_come_back_with_a_sentence_and_nothing_is_written(
    wrong: dict[str, str], country: Country, browse: Callable[[str], Client]
) -> None:
    unit = country("KZ-55-D01")
    answer = browse("pavlodar").post(reverse("network:names", args=[unit.code]), answers(unit.revision) | wrong)
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()
    assert country("KZ-55-D01").revision == unit.revision


def test_a_unit_is_opened_step_by_step(country: Country, browse: Callable[[str], Client]) -> None:
    client, code = browse("pavlodar"), "KZ-55-D01"

    def step(name: str) -> str:
        return reverse("network:open", args=[code, name])

    assert client.get(step("code")).headers["Location"] == step("kind"), (
        "an old address leads to the first open question"
    )
    for name, given in (
        ("kind", {"kind": "branch"}),
        ("names", {"name_kk": "Талдысай ауылдық кітапханасы"}),
        ("place", {"locality": "rural", "internet": "weak"}),
        ("code", {"code": "KZ-55-D01-90", "on_day": "1", "on_month": "9", "on_year": "2026"}),
    ):
        assert client.post(step(name), given).status_code == 302
    check = client.get(step("check"))
    assert "Талдысай ауылдық кітапханасы" in check.content.decode()
    assert not Unit.objects.filter(code="KZ-55-D01-90").exists(), "nothing is written before the last page"
    assert client.post(step("check")).status_code == 302
    opened = country("KZ-55-D01-90")
    assert (opened.internet, opened.kind, opened.parent) == ("weak", "branch", country(code))


def test_the_line_of_many_libraries_is_noted_at_once_and_undone(
    country: Country, browse: Callable[[str], Client]
) -> None:
    client, day = browse("pavlodar"), TODAY()
    ours = list(Unit.objects.filter(parent=country("KZ-55-D02")))
    theirs = country("KZ-11-D01-01")
    before = {unit.code: unit.internet for unit in [*ours, theirs]}
    given = {
        "pick": [unit.pk for unit in [*ours, theirs]],
        "internet": "none",
        "asked": "1",
        "on_day": day.day,
        "on_month": day.month,
        "on_year": day.year,
    }
    answer = client.post(reverse("network:line"), given, follow=True)
    assert {country(unit.code).internet for unit in ours} == {"none"}
    assert country(theirs.code).internet == before[theirs.code], "what lies outside the scope is not touched"
    undo = answer.content.decode().split('action="')
    address = next(part.split('"')[0] for part in undo if "/network/undo/" in part.split('"')[0])
    client.post(address)
    assert {code: country(code).internet for code in before} == before
    unbroken()


def test_the_last_change_is_taken_back_from_the_page_of_the_unit_whenever_she_comes_again(
    country: Country, browse: Callable[[str], Client]
) -> None:
    """The banner of a change is gone with the next page; the way back stays on the page of the unit."""
    unit, hers = country("KZ-55-D01"), browse("pavlodar")
    before, page = unit.name_en, reverse("network:unit", args=[unit.code])
    assert b"/network/undo/" not in hers.get(page).content
    hers.post(reverse("network:names", args=[unit.code]), answers(unit.revision, name_en="A slip"))
    hers.get(page)  # the banner is shown once
    shown = hers.get(page).content.decode()
    assert "мекеме атауын өзгертті" in shown and b"/network/undo/" not in browse("director").get(page).content
    back = next(part.split('"')[0] for part in shown.split('action="') if "/network/undo/" in part.split('"')[0])
    assert (
        "A slip" not in hers.post(back, headers={"referer": page}, follow=True).content.decode().split("<h1")[1][:400]
    )
    assert country("KZ-55-D01").name_en == before
    assert b"/network/undo/" not in hers.get(page).content, "a way back has no way back of its own"
    unbroken()


def test_what_came_with_many_is_not_taken_back_from_the_page_of_one(country: Country, account: Accounts) -> None:
    batch, ours = uuid4(), list(Unit.objects.filter(parent=country("KZ-55-D02"))[:2])
    services.note_line(units=ours, internet="none", on=TODAY(), by=account("pavlodar"), batch=batch)
    assert services.last_change(ours[0]) is None


def test_the_list_asks_for_a_region_only_where_there_are_several(browse: Callable[[str], Client]) -> None:
    page = reverse("network:units")
    assert b'name="region"' in browse("national").get(page).content
    assert b'name="region"' not in browse("pavlodar").get(page).content


def test_the_figures_of_the_desk_lead_to_as_many_lines(browse: Callable[[str], Client]) -> None:
    """«18 libraries» leads to 18 lines: regions and colleges are units too, but no libraries."""
    hers = browse("pavlodar")
    desk = hers.get(reverse("portal:desk")).context["desk"]
    assert len(desk.figures) == 4
    for figure in desk.figures:
        if "/network/?" in figure.address:
            assert hers.get(figure.address).context["table"].count == figure.value, figure.name


def test_the_page_of_a_unit_tells_of_a_day(browse: Callable[[str], Client]) -> None:
    page = browse("national").get(reverse("network:unit", args=["KZ-10-LIB"]), {"on": "2021-11-24"}).content.decode()
    assert "Шығыс Қазақстан облысы" in page
    assert "2021 жылғы 24\xa0қараша" in page


@pytest.mark.parametrize("asked", ["on=32.13.2021", "known_at=x", "on=9999-99-99"])
def test_a_broken_day_in_the_address_shows_today(asked: str, browse: Callable[[str], Client]) -> None:
    assert browse("national").get(reverse("network:unit", args=["KZ-10-LIB"]) + f"?{asked}").status_code == 200


def test_known_at_is_the_end_of_that_day(country: Country, account: Accounts, browse: Callable[[str], Client]) -> None:
    services.rename_unit(
        unit=country("KZ-55-D01"), names={"name_kk": "Кейінгі атау"}, on=date(2020, 1, 1), by=account("pavlodar")
    )
    address = reverse("network:unit", args=["KZ-55-D01"])
    client = browse("pavlodar")
    title = "<title>Кейінгі атау"
    assert title in client.get(address).content.decode()
    yesterday = (datetime.now() - timedelta(days=1)).date().isoformat()
    assert "Ақсу ауданының" in client.get(address, {"on": "2023-01-01", "known_at": yesterday}).content.decode()


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("8 (718-36) 9-12-34", True), ("9-12-34", True), ("+7 718 123 45 67, ішкі 12", True), ("8(7182)55-10-10 вн. 5", True),
        ("abc", False), ("12", False), ("тел. жоқ", False), ("ішкі ішкі 12345", False),
    ],
)  # fmt: skip
def test_a_telephone_of_a_library_is_a_number(value: str, good: bool) -> None:
    form = TraitsForm({"phone": value, "email": "x" * 300 + "@a.kz"})
    assert ("phone" in form.errors) != good
    assert "email" in form.errors, "nobody has so long an address"
