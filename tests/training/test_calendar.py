"""The public calendar: each filter leaves out what it should, and other programs get the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from orken.training import services as training
from orken.training.models import Run
from tests.training.conftest import Accounts, Country

Browse = Callable[[str], Client]


@pytest.fixture
def two(run: Callable[..., Run], country: Country) -> tuple[Run, Run]:
    """A master-class in Pavlodar in Kazakh, and a webinar of the Virtual School in Russian."""
    return (
        run("ONE", title_kk="Бірінші іс-шара", place=country("KZ-55-LIB")),
        run(
            "TWO", title_kk="Екінші іс-шара", host=country("NL-VIRTUAL"), kind="webinar", form="live", languages=["ru"]
        ),
    )


@pytest.mark.parametrize(
    ("question", "finds"),
    [
        ({"school": "NL-VIRTUAL"}, "TWO"), ({"region": "KZ-55"}, "ONE"), ({"kind": "webinar"}, "TWO"), ({"form": "live"}, "TWO"),
        ({"language": "ru"}, "TWO"), ({"language": "kk"}, "ONE"), ({"q": "бірінші"}, "ONE"),
    ],
)  # fmt: skip
def test_each_filter_finds_one_of_two_on_the_page_and_in_the_feed(
    question: dict[str, Any], finds: str, two: tuple[Run, Run], browse: Browse
) -> None:
    page = browse("").get(reverse("training:calendar"), question).content.decode()
    feed = Calendar.from_ical(browse("").get("/calendar.ics", question).content)
    told = {str(event["UID"]) for event in feed.walk("VEVENT")}
    for one in two:
        assert (one.title_kk in page) == (one.code == finds)
        assert (f"run-{one.code}@orken" in told) == (one.code == finds)


def test_only_free_seats_leaves_out_what_is_full_and_what_is_called_off_stays_in_the_feed(
    two: tuple[Run, Run], browse: Browse, account: Accounts, people: Callable[[str, int], Any]
) -> None:
    full, off = two
    national, rows = account("national"), people("KZ-55", 3)
    sent = training.apply(
        run=full, unit=rows[0][1], lines=[training.Line(who, unit) for who, unit in rows], by=national
    )
    for applicant in sent.applicants.all():
        training.accept(applicant=applicant, by=national)
    address = reverse("training:calendar")
    assert full.title_kk in browse("").get(address).content.decode()
    page = browse("").get(address, {"free": "on"}).content.decode()
    assert full.title_kk not in page and off.title_kk in page
    training.lead(run=off, way="cancel", by=national, reason="Боран.")
    feed = Calendar.from_ical(browse("").get("/calendar.ics").content)
    (gone,) = [event for event in feed.walk("VEVENT") if event["UID"] == "run-TWO@orken"]
    assert gone["STATUS"] == "CANCELLED"
    plan = browse("").get(reverse("training:month", args=[full.starts_on.year, full.starts_on.month]))
    assert full.title_kk in plan.content.decode()


def test_a_title_is_found_in_each_of_its_languages_in_the_calendar_and_in_the_office(
    run: Callable[..., Run], browse: Browse
) -> None:
    run("TITLED", title_kk="Бірінші көмек", title_ru="Первая помощь", title_en="First aid to books")
    run("OTHER", title_kk="Басқа", title_ru="Другое", title_en="Something else")
    client = browse("national")
    for words in ("көмек", "ПОМОЩЬ", "books FIRST"):
        for name in ("calendar", "runs"):
            page = client.get(reverse(f"training:{name}"), {"q": words}).content.decode()
            found = [code for code in ("TITLED", "OTHER") if f"/{code}/" in page]
            assert found == ["TITLED"], (name, words)
