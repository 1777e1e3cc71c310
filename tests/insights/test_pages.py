"""The pages of coverage: every number opens to its rows, small ones are hidden from whoever sees no persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from orken.credentials.models import Certificate, LedgerRow
from orken.insights import rows
from orken.insights.coverage import Line
from orken.insights.shown import Figure
from orken.kit.audit.models import AuditEvent
from orken.network.models import Appointment, RoleAssignment, Unit
from orken.people.models import Account, Person
from tests.credentials.conftest import row
from tests.insights.test_columns import never_trained

Browse = Callable[[str], Client]
Issued = Callable[..., list[Certificate]]
Accounts = Callable[[str], Account]
SMALL = range(1, 5)
OF_PEOPLE = tuple(rows.OF_PEOPLE)


def lines_of(answer: Any) -> list[tuple[Line, str, list[Figure]]]:
    found: list[tuple[Line, str, list[Figure]]] = answer.context["lines"]
    return found


@pytest.fixture
def figures_only(browse: Browse, account: Accounts) -> Client:
    """Somebody of the ministry: figures of the country, no person."""
    RoleAssignment.objects.create(
        person=account("village").person,
        role="viewer",
        unit=Unit.objects.get(code="KZ"),
        valid_from=timezone.localdate(),
    )
    return browse("village")


def listed(client: Client, one: Figure) -> int:
    """What the list behind a number comes to."""
    answer = client.get(one.address)
    assert answer.status_code == 200, one.address
    table = answer.context["table"]
    if one.name == "hours":
        minutes: int = sum(found.minutes for found in table.rows)
        return round(minutes / 45)
    count: int = table.count
    return count


@pytest.mark.parametrize(("login", "address"), [("pavlodar", "/kk/coverage/KZ-55/?years=3"), ("head", "/ru/coverage/KZ-55-D02/"), ("national", "/kk/coverage/KZ-39/?on=2025-12-31&known_at=2026-10-01")])  # fmt: skip
def test_every_number_opens_to_its_rows(browse: Browse, login: str, address: str) -> None:
    client = browse(login)
    answer = client.get(address)
    figures = [*answer.context["total"], *(one for _line, _address, found in lines_of(answer) for one in found)]
    opened = [(one.name, one.value, listed(client, one)) for one in figures if one.address]
    assert len(opened) > 15
    assert [one for one in opened if one[1] != one[2]] == []
    assert [one for one in figures if one.value and not one.address] == []


def test_totals_are_the_sums_of_their_lines(browse: Browse) -> None:
    answer = browse("national").get("/kk/coverage/KZ/?years=5")
    for place, one in enumerate(answer.context["total"]):
        parts = sum(found[place].value or 0 for _line, _address, found in lines_of(answer))
        assert one.value == parts if one.name != "hours" else abs((one.value or 0) - parts) <= len(lines_of(answer))


def test_each_reader_is_led_to_where_she_answers(browse: Browse) -> None:
    led = {login: browse(login).get("/kk/coverage/").headers["Location"] for login in ("", "village", "pavlodar", "head", "national", "director")}  # fmt: skip
    assert led == {
        "": "/kk/coverage/KZ/", "village": "/kk/coverage/KZ/", "pavlodar": "/kk/coverage/KZ-55/", "head": "/kk/coverage/KZ-55-D02/",
        "national": "/kk/coverage/KZ/", "director": led["director"],
    }  # fmt: skip


def test_anybody_sees_country_and_regions_without_small_numbers(browse: Browse) -> None:
    answer = browse("").get("/kk/coverage/KZ/")
    assert len(answer.context["tiles"]) == 20
    shown = [one.value for _line, _address, found in lines_of(answer) for one in found if one.name in OF_PEOPLE]
    assert None in shown and not set(shown) & set(SMALL)
    assert "жасырын" in answer.content.decode()
    assert all(not one.address for _line, _address, found in lines_of(answer) for one in found)
    region = browse("").get("/kk/coverage/KZ-55/")
    assert region.status_code == 200 and not region.context["lines"]
    assert browse("").get("/kk/coverage/KZ-55/?format=xlsx").status_code == 404
    assert browse("").get("/kk/coverage/KZ-55-D02/").status_code == 302


def test_a_region_hides_on_its_own_page_what_the_country_hides(browse: Browse) -> None:
    country = browse("").get("/kk/coverage/KZ/?years=3")
    for line, address, found in lines_of(country):
        if line.kind == "region":
            own = browse("").get(address).context["total"]
            assert [(one.name, one.value) for one in own] == [(one.name, one.value) for one in found], line.code


def test_who_sees_figures_only_goes_down_and_sees_nobody(figures_only: Client) -> None:
    answer = figures_only.get("/kk/coverage/KZ-55/")
    shown = [one.value for _line, _address, found in lines_of(answer) for one in found if one.name in OF_PEOPLE]
    assert shown and not set(shown) & set(SMALL)
    assert figures_only.get("/kk/coverage/KZ-55-D02/").status_code == 200
    assert figures_only.get("/kk/coverage/KZ-55/never/").status_code == 404
    with_people = figures_only.get("/kk/coverage/KZ-55/?format=xlsx")
    assert with_people.status_code == 200


def test_a_methodologist_sees_other_regions_as_anybody(browse: Browse) -> None:
    answer = browse("pavlodar").get("/kk/coverage/KZ-39/")
    assert not answer.context["lines"] and not answer.context["may_take"]
    assert browse("pavlodar").get("/kk/coverage/KZ-39/people/").status_code == 404
    assert browse("pavlodar").get("/kk/coverage/KZ/never/").status_code == 404


def test_the_page_of_the_region_moves_when_a_certificate_is_issued(browse: Browse, issued: Issued) -> None:
    def said() -> Any:
        answer = browse("").get("/kk/region/KZ-33/")
        return {one.name: one.value for one in answer.context["total"]}

    posts = list(Appointment.objects.at().filter(unit__code__startswith="KZ-33", employment="main").select_related("person", "unit").order_by("pk")[:6])  # fmt: skip
    before = said()
    issued([row(one) for one in posts])
    assert said()["certificates"] == before["certificates"] + 6
    page = browse("").get("/kk/region/KZ-33/").content.decode()
    assert reverse("insights:coverage", args=["KZ-33"]) in page


def test_the_lists_keep_what_was_asked(browse: Browse) -> None:
    client = browse("pavlodar")
    page = client.get("/kk/coverage/KZ-55/people/?on=2025-12-31&years=3")
    hidden = page.context["table"].hidden
    assert (hidden["on"], hidden["years"]) == ("2025-12-31", "3")
    found = page.context["table"].shown[0]
    named = client.get("/kk/coverage/KZ-55/people/", {"on": "2025-12-31", "years": "3", "q": found.surname_kk})
    assert found in named.context["table"].shown
    assert named.context["table"].bare == "/kk/coverage/KZ-55/people/?years=3&on=2025-12-31"


def test_who_asked_not_to_be_shown_is_counted_and_not_listed(browse: Browse) -> None:
    person = never_trained().person
    client = browse("pavlodar")
    before = client.get("/kk/coverage/KZ-55/people/")
    Person.objects.filter(pk=person.pk).update(blocked_at=timezone.now())
    after = client.get("/kk/coverage/KZ-55/people/")
    assert after.context["table"].count == before.context["table"].count - 1
    assert after.context["counted"] == before.context["counted"]
    assert "Көрсетпеуді сұраған" in after.content.decode()


def test_the_file_says_of_whom_as_of_when_and_who_took_it(browse: Browse, account: Accounts) -> None:
    answer = browse("pavlodar").get("/ru/coverage/KZ-55/?format=xlsx&on=2025-12-31&known_at=2026-10-01&years=3")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer)))
    table, about = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    page = browse("pavlodar").get("/ru/coverage/KZ-55/?on=2025-12-31&known_at=2026-10-01&years=3")
    assert table[-1][2] == page.context["total"][0].value
    said = {line[0]: line[1] for line in about}
    assert said["На дату"] == date(2025, 12, 31)
    assert str(said["Как было известно на"]).startswith("2026-10-01")
    assert str(account("pavlodar")) in str(said["Кем выгружено"])
    assert said["Специалисты"] == page.context["total"][0].value
    noted = AuditEvent.objects.get(verb="coverage.taken_away")
    assert noted.by_id == account("pavlodar").pk and noted.after["on"] == "2025-12-31"


def test_a_list_that_leaves_is_noted_for_everybody_in_it(browse: Browse) -> None:
    answer = browse("pavlodar").get("/kk/coverage/KZ-55/never/?format=xlsx")
    assert answer.status_code == 200
    assert AuditEvent.objects.filter(
        verb="coverage.list_taken_away", scope_path=Unit.objects.get(code="KZ-55").path
    ).exists()


@pytest.mark.parametrize(("query", "words"), [("on=2099-01-01", "әлі келген жоқ"), ("on_day=31&on_month=2&on_year=2026", "Мұндай күн жоқ"), ("on=1990-01-01", "1991"), ("years=7", ""), ("kind=dance", "")])  # fmt: skip
def test_what_was_not_understood_is_said_beside_the_field(browse: Browse, query: str, words: str) -> None:
    answer = browse("").get(f"/kk/coverage/KZ/?{query}")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["answer"].total.people  # the page stands, with what was understood


def test_kinds_and_schools_cut_what_was_learned(browse: Browse) -> None:
    client = browse("national")

    def trained(query: str) -> int:
        total: int = client.get(f"/kk/coverage/KZ/?years=5&{query}").context["answer"].total.within(5)
        return total

    whole = trained("")
    kinds = [trained(f"kind={kind}") for kind in ("course", "seminar", "webinar")]
    assert all(0 < one < whole for one in kinds)
    assert 0 < trained("school=NL-CATALOGUER") < whole
    school = client.get("/kk/coverage/KZ/participations/?years=5&school=NL-CATALOGUER&format=").context["table"]
    assert {one.enrolment.run.version.programme.unit.code for one in school.rows} == {"NL-CATALOGUER"}


def test_no_page_asks_the_database_more_than_fifteen_times(browse: Browse, issued: Issued) -> None:
    issued(2)  # what came since the columns were made is read too
    client, nobody = browse("national"), browse("")
    pages = {
        client: ("KZ/", "KZ-55/?years=5&on=2025-12-31", "KZ-55/?known_at=2026-10-01", "KZ-55-D02/", "KZ/people/", "KZ/participations/?years=5", "KZ/certificates/?years=5", "KZ/hours/?years=5"),
        nobody: ("KZ/", "KZ-55/"),
    }  # fmt: skip
    asked = {}
    for reader, addresses in pages.items():
        for address in addresses:
            reader.get(f"/kk/coverage/{address}")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert reader.get(f"/kk/coverage/{address}").status_code == 200
            asked[address] = len(queries)
    assert {address: n for address, n in asked.items() if n > 15} == {}
    with CaptureQueriesContext(connection) as queries:
        nobody.get("/kk/region/KZ-55/")
    assert len(queries) <= 15


def test_coverage_stands_in_the_head_for_whoever_sees_it(browse: Browse) -> None:
    heads = {login: browse(login).get("/kk/coverage/KZ/").content.decode().split("<main")[0].count('href="/kk/coverage/"') for login in ("pavlodar", "village", "")}  # fmt: skip
    assert heads == {"pavlodar": 1, "village": 0, "": 0}
    assert 'href="/kk/coverage/"' in browse("").get("/kk/").content.decode()
    assert LedgerRow.objects.exists()
