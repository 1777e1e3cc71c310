"""Lists that are written as a whole, and the list of people who are sent: nothing is lost and nothing passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network.models import Appointment
from orken.training import selectors
from orken.training import services as training
from orken.training.models import CostLine, Run
from orken.training.views import applying
from tests.training.conftest import Accounts, Country, today

Browse = Callable[[str], Client]


@pytest.fixture
def course(run: Callable[..., Run]) -> Run:
    return run("LI-1", capacity=5)


def lines(rows: list[dict[str, Any]], seen: str) -> dict[str, Any]:
    """The posted list of a page that was drawn with the mark `seen`."""
    found: dict[str, Any] = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0, "seen": seen}
    return found | {f"form-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}


def mark(client: Client, address: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def test_two_officers_write_the_costs_and_the_second_is_shown_what_the_first_wrote(course: Run, browse: Browse) -> None:
    address, client = reverse("training:costs", args=[course.code]), browse("national")
    seen = mark(client, address)
    assert (
        client.post(address, lines([{"kind": "travel", "estimate": "120 000", "note": "пойыз"}], seen)).status_code
        == 302
    )
    second = lines([{"kind": "room", "estimate": "50000"}], seen)
    answer = client.post(address, second)
    page = answer.content.decode()
    assert answer.status_code == 409 and "пойыз" in page and 'value="50000"' in page
    assert list(CostLine.objects.filter(run=course).values_list("kind", flat=True)) == ["travel"]
    known = re.search(r'name="seen" value="(\w+)"', page)
    assert known is not None  # having seen it she may save
    assert client.post(address, {**second, "seen": known[1]}).status_code == 302
    assert list(CostLine.objects.filter(run=course).values_list("kind", flat=True)) == ["room"]


def test_a_slip_of_the_pen_does_not_hide_what_another_wrote_meanwhile(course: Run, browse: Browse) -> None:
    address, client = reverse("training:costs", args=[course.code]), browse("national")
    seen = mark(client, address)
    client.post(address, lines([{"kind": "travel", "estimate": "1"}], seen))
    wrong = client.post(address, lines([{"kind": "room", "estimate": "many"}], seen))
    assert wrong.status_code == 422 and f'value="{seen}"' in wrong.content.decode()


def test_two_officers_write_the_route_and_the_co_hosts(
    course: Run, browse: Browse, account: Accounts, country: Country
) -> None:
    client = browse("national")
    national, library = account("national"), country("KZ-55-LIB")
    for name in ("route", "co_hosts"):
        address = reverse(f"training:{name}", args=[course.code])
        seen = mark(client, address)
        if name == "route":
            training.set_route(run=course, by=national, stops=[(library, course.starts_on, course.starts_on)])
        else:
            training.set_co_hosts(run=course, by=national, units=[library])
        answer = client.post(address, lines([], seen))
        assert answer.status_code == 409 and library.name in answer.content.decode()
    assert training.route_of(course) and training.co_hosts_of(course) == ["KZ-55-LIB"]


# --- who is sent ---


def names(rows: list[list[Any]]) -> SimpleUploadedFile:
    head = [Column(str(cell)) for cell in (rows[0] if rows else ["А"])]
    return SimpleUploadedFile("a.xlsx", write_xlsx([Table("Тізім", head, rows[1:])]).read())


@pytest.mark.parametrize(
    "file",
    [
        lambda: names([["А"]]),
        lambda: names([["Инв. №", "Бағасы"], [12, 500], [13, 700]]),
        lambda: SimpleUploadedFile("a.csv", "мұнда кесте жоқ".encode()),
        lambda: None,
    ],
    ids=["empty", "wrong columns", "no table", "no file"],
)
def test_a_table_without_names_is_told_so(file: Callable[[], Any], course: Run, browse: Browse) -> None:
    given = {"file": found} if (found := file()) else {}
    answer = browse("pavlodar").post(reverse("training:choose_people", args=[course.code]), given)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()


def test_who_is_chosen_stays_chosen_while_she_looks_for_the_next(
    course: Run, browse: Browse, account: Accounts
) -> None:
    rows = list(selectors.staff_to_send(account("pavlodar"), course)[:3])
    first, second, third = (row.pk for row in rows)
    address = reverse("training:choose_people", args=[course.code])
    page = browse("pavlodar").get(address, {"q": rows[2].person.surname_kk, "pick": [first, second], "unnamed": "2"})
    text = page.content.decode()
    assert len(re.findall(r"checked", text)) == 2 and 'name="unnamed" inputmode="numeric" value="2"' in text
    assert text.count(f'name="pick" value="{first}"') == 2  # in the list, and carried along with a table
    file = names([["Аты-жөні"], [f"{rows[2].person.surname_kk} {rows[2].person.given_kk}"]])
    text = browse("pavlodar").post(address, {"file": file, "pick": [first]}).content.decode()
    assert [f'value="{pk}" checked' in text for pk in (first, second, third)] == [True, False, True]
    back = browse("pavlodar").get(reverse("training:send_people", args=[course.code]), {"pick": [first, third]})
    assert f"pick={first}&amp;pick={third}" in back.content.decode()


def test_more_people_than_an_application_holds_are_counted_in_words(
    course: Run, browse: Browse, account: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MOST", 2)
    picked = list(selectors.staff_to_send(account("pavlodar"), course).values_list("pk", flat=True)[:5])
    for name in ("choose_people", "send_people"):
        answer = browse("pavlodar").get(reverse(f"training:{name}", args=[course.code]), {"pick": picked})
        assert answer.status_code == 422
        assert str(applying.TOO_MANY % {"most": 2, "left": 3}) in answer.content.decode()
    browse("pavlodar").post(reverse("training:send_people", args=[course.code]), {"pick": picked, "send": "1"})
    assert not course.applications.exists()


def test_whoever_left_every_library_since_is_remarked(course: Run, browse: Browse, account: Accounts) -> None:
    browse("village").post(reverse("training:apply", args=[course.code]))
    hers = course.applicants.get()
    address = reverse("training:applicant", args=[hers.pk])
    word = "Бүгін ешбір кітапханада қызметі жоқ"
    assert word not in browse("national").get(address).content.decode()
    Appointment.objects.filter(person=hers.person).update(valid_to=today())
    assert word in browse("national").get(address).content.decode()
