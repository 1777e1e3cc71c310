"""The desk of a run leads to its questionnaires: when they are asked, how many answered, never fewer than five by number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.surveys.models import Invitation, Questionnaire, Sheet, Survey
from orken.training import questionnaires
from orken.training.models import Run
from tests.training.conftest import today
from tests.training.test_budget import MOST
from tests.training.test_samples import Graduate, graduate

Browse = Callable[[str], Client]
Purpose = Questionnaire.Purpose
__all__ = ["graduate"]


def answered(run: Run, purpose: Purpose, many: int) -> Survey:
    """So many sheets came; a kiosk gave them, so nobody's name is in play."""
    survey = questionnaires.survey_of(run, purpose)
    assert survey is not None
    Sheet.objects.bulk_create([Sheet(survey=survey, answers={}) for _ in range(many)])
    Invitation.objects.create(survey=survey, way="kiosk", key=f"{purpose}", used=many)
    return survey


def test_before_the_day_it_says_when_and_afterwards_that_it_was_not_asked(graduate: Callable[..., Graduate]) -> None:
    one = graduate(ended=-5, asked=False)
    found = {row.purpose: row for row in questionnaires.of_run(one.run)}
    assert [row.purpose for row in found.values()] == [Purpose.REACTION, Purpose.FOLLOW_UP, Purpose.HEAD]
    assert found[Purpose.REACTION].on == today() + timedelta(5) and found[Purpose.HEAD].on == today() + timedelta(95)
    assert all(row.coming and not row.lacking and row.survey is None for row in found.values())
    old = graduate(ended=200, code="OLD", asked=False)
    assert not any(row.coming for row in questionnaires.of_run(old.run))


def test_without_a_published_questionnaire_the_desk_says_that_nobody_would_be_asked(
    graduate: Callable[..., Graduate], browse: Browse
) -> None:
    one = graduate(ended=10, asked=False)
    Questionnaire.objects.filter(purpose=Purpose.HEAD).update(published=None)
    assert [row.lacking for row in questionnaires.of_run(one.run)] == [False, False, True]
    page = browse("national").get(reverse("training:desk", args=[one.run.code])).content.decode()
    assert reverse("surveys:list") in page


@pytest.mark.parametrize(("many", "few"), [(0, False), (1, True), (4, True), (5, False)])
def test_fewer_than_five_are_not_told_by_number(many: int, few: bool, graduate: Callable[..., Graduate]) -> None:
    one = graduate()
    answered(one.run, Purpose.FOLLOW_UP, many)
    row = next(row for row in questionnaires.of_run(one.run) if row.purpose == Purpose.FOLLOW_UP)
    assert (row.few, row.came, row.asked) == (few, many, 1)


def test_the_desk_leads_to_results_slips_and_device_whoever_may_and_tells_the_others_how_many(
    graduate: Callable[..., Graduate], browse: Browse
) -> None:
    one = graduate()
    open_one = answered(one.run, Purpose.FOLLOW_UP, 6)
    over = answered(one.run, Purpose.HEAD, 3)
    Survey.objects.filter(pk=over.pk).update(opens_on=today() - timedelta(9), closes_on=today() - timedelta(2))
    desk = reverse("training:desk", args=[one.run.code])
    led = browse("pavlodar").get(desk).content.decode()
    assert f'href="{open_one.get_absolute_url()}#ways"' in led and f'href="{over.get_absolute_url()}#results"' in led
    assert f'href="{over.get_absolute_url()}#ways"' not in led
    assert "1 адамнан 6 жауап берді" in led and "бесеуге жетпейді" in led
    for address, anchor in ((open_one.get_absolute_url(), 'id="ways"'), (over.get_absolute_url(), 'id="results"')):
        assert anchor in browse("pavlodar").get(address).content.decode()
    told = browse("trainer").get(desk).content.decode()
    assert open_one.get_absolute_url() not in told and "1 адамнан 6 жауап берді" in told
    read = browse("director").get(desk).content.decode()
    assert over.get_absolute_url() in read and "#ways" not in read


def test_the_desk_counts_samples_and_leads_to_them(graduate: Callable[..., Graduate], browse: Browse) -> None:
    one = graduate()
    one.send()
    desk = reverse("training:desk", args=[one.run.code])
    page = browse("trainer").get(desk).content.decode()
    assert "1 үлгіден 1 жіберілді, 0 қаралды" in page and reverse("training:samples", args=[one.run.code]) in page
    looked = browse("director").get(desk).content.decode()
    assert "1 үлгіден 1 жіберілді" in looked and reverse("training:samples", args=[one.run.code]) not in looked


@pytest.mark.parametrize("login", ["pavlodar", "national", "trainer", "director"])
def test_no_more_questions_than_a_page_may_ask(login: str, graduate: Callable[..., Graduate], browse: Browse) -> None:
    one = graduate()
    one.send()
    client = browse(login)
    names = ["desk"] + ([] if login == "director" else ["samples", "attendance"])
    for name in names:
        address = reverse(f"training:{name}", args=[one.run.code])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= MOST, (name, [query["sql"][:200] for query in asked])


@pytest.mark.parametrize(
    ("login", "name"),
    [("village", "sample"), ("trainer", "sample"), ("head", "samples_waiting"), ("village", "mine"), ("trainer", "samples_waiting")],
)  # fmt: skip
def test_pages_of_samples_stay_within_the_measure(
    login: str, name: str, graduate: Callable[..., Graduate], browse: Browse
) -> None:
    one = graduate()
    one.send()
    client = browse(login)
    address = reverse(f"training:{name}", args=[one.ask.pk] if name == "sample" else [])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= MOST, [query["sql"][:200] for query in asked]
