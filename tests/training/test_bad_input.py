"""What hands slip into: days of 1900 and 9999, huge numbers, titles without end, ids of others in the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.training import forms
from orken.training import services as training
from orken.training.models import Run
from tests.training.conftest import Accounts, today

Browse = Callable[[str], Client]
HUGE = "9" * 40


@pytest.fixture
def course(run: Callable[..., Run]) -> Run:
    return run("BAD-1", capacity=5)


def parts(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(1900, 1, 1), date(1900, 1, 2), "starts_on"), (date(9999, 12, 30), date(9999, 12, 31), "starts_on"),
        (date(2199, 1, 1), date(2199, 1, 2), "starts_on"), (None, date(9999, 12, 31), "ends_on"), (None, date(2199, 1, 1), "ends_on"),
        (None, date(1900, 1, 1), "ends_on"),
    ],
)  # fmt: skip
def test_a_run_of_another_century_is_asked_again_by_its_own_field(first: date | None, last: date, field: str) -> None:
    first = first or today() + timedelta(40)
    form = forms.WhenForm({**parts("starts_on", first), **parts("ends_on", last), **parts("apply_until", first)})
    assert not form.is_valid() and field in form.errors


def test_a_run_of_next_year_that_lasts_four_weeks_is_well() -> None:
    first = today() + timedelta(400)
    form = forms.WhenForm(
        {**parts("starts_on", first), **parts("ends_on", first + timedelta(27)), **parts("apply_until", first)}
    )
    assert form.is_valid(), form.errors


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("seats", {"seats": HUGE}), ("seats", {"seats": "-1"}), ("seats", {"unit": "KZ-55", "seats": HUGE}),
        ("seats", {"unit": "KZ-55", "seats": "1", "release_on_day": 1, "release_on_month": 1, "release_on_year": 1900}),
        ("session_add", {"title_kk": "Ә" * 301}), ("session_add", {"title_kk": "Т", "from_time": "25:00"}), ("session_add", {"title_kk": "Т", "on_year": 9999}),
        ("room", {"name_kk": "Зал", "seats": HUGE}), ("room", {"name_kk": "Ә" * 101, "seats": "1"}),
        ("costs", {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-kind": "travel", "form-0-estimate": HUGE}),
        ("costs", {"form-TOTAL_FORMS": HUGE, "form-INITIAL_FORMS": 0}), ("change", {"title_kk": "Ә" * 301, "revision": 1}),
    ],
)  # fmt: skip
def test_what_is_too_much_is_answered_with_words(name: str, given: dict[str, Any], course: Run, browse: Browse) -> None:
    if name == "session_add":
        day = parts("on", course.starts_on)
        given = {**day, "from_time": "09:00", "to_time": "10:00", "kind": "lecture", **given}
    answer = browse("national").post(reverse(f"training:{name}", args=[course.code]), given)
    assert answer.status_code == 422
    assert 'class="err"' in answer.content.decode() or 'class="errors"' in answer.content.decode()


def test_a_title_of_three_hundred_letters_without_a_space_is_kept_whole(course: Run, browse: Browse) -> None:
    Run.objects.filter(pk=course.pk).update(title_kk="Ә" * 300)
    for address in (
        course.get_absolute_url(),
        reverse("training:calendar"),
        reverse("training:desk", args=[course.code]),
    ):
        assert "Ә" * 300 in browse("national").get(address).content.decode()


def test_ids_of_others_in_the_address_do_not_exist(
    course: Run, run: Callable[..., Run], browse: Browse, account: Accounts, people: Callable[[str, int], Any]
) -> None:
    """A session of another run, an applicant of another region, a trainer who is asked elsewhere; and numbers that are none."""
    other, national = run("BAD-2"), account("national")
    at = timezone.make_aware(datetime.combine(other.starts_on, time(9)))
    theirs = training.add_session(run=other, by=national, starts_at=at, ends_at=at + timedelta(hours=1), title_kk="Т")
    [(person, unit)] = people("KZ-63", 1)
    line = training.Line(person, unit)
    stranger = training.apply(run=other, unit=unit, lines=[line], by=national).applicants.get()
    asked = training.invite_trainer(run=other, person=account("trainer").person, by=national)
    client = browse("national")
    for name in ("session", "session_move", "session_cancel"):
        for pk in (theirs.pk, 10**18, 10**30):
            assert client.post(reverse(f"training:{name}", args=[course.code, pk])).status_code == 404, name
    client = browse("pavlodar")
    for pk in (stranger.pk, 10**18, 10**30):
        for name in ("applicant", "withdraw", "replace"):
            assert client.get(reverse(f"training:{name}", args=[pk])).status_code == 404
        for tail in ("accept", "note/excuse"):
            assert client.post(f"/kk/applications/{pk}/{tail}/", {"reason": "x"}).status_code == 404
    for pk in (asked.pk, 10**30):
        assert client.post(reverse("training:answer", args=[pk, "declined"])).status_code == 404
    pages = ("desk", "seats", "applicants", "timetable", "trainers", "costs", "route", "change", "co_hosts")
    for name in pages:
        assert browse("head").get(reverse(f"training:{name}", args=[course.code])).status_code == 404, name
    picked = browse("national").post(reverse("training:trainers", args=[course.code]), {"pick": HUGE})
    assert picked.status_code == 404


def test_the_plan_of_a_month_shows_what_touches_it_and_no_month_that_there_is_not(course: Run, browse: Browse) -> None:
    client, first = browse(""), course.starts_on
    page = client.get(reverse("training:month", args=[first.year, first.month])).content.decode()
    assert course.title in page and course.host.name in page
    far = reverse("training:month", args=[2099, 1])
    assert course.title not in client.get(far).content.decode()
    for year, month in ((1900, 1), (9999, 12), (2026, 13), (2026, 0)):
        assert client.get(f"/kk/calendar/{year}/{month}/").status_code == 404
