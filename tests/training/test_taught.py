"""Whoever teaches has hours too: the lessons of a run stand in her ledger from the day it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.credentials import selectors as credentials
from orken.credentials import services as hours
from orken.credentials.models import Activity, LedgerRow, Observed
from orken.credentials.paper import extract
from orken.credentials.services import Sight
from orken.insights.sources import LEDGER
from orken.kit.audit import invariants
from orken.people.models import Person
from orken.people.services import merging
from orken.training import services as training
from orken.training.certifying.rows import source_of
from orken.training.models import Run, Session
from tests.training.conftest import Accounts, today

Browse = Callable[[str], Client]
PAIR = 90  # minutes


def at(days: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(today() + timedelta(days), time(hour, minute)))


@pytest.fixture
def teacher(account: Accounts) -> Person:
    return account("trainer").person


@pytest.fixture
def held(run: Callable[..., Run], teacher: Person, account: Accounts) -> Callable[..., Run]:
    """`held(3)` is a run that goes on whose teacher has three lessons of ninety minutes."""

    def made(lessons: int = 2, code: str = "TEACH-1") -> Run:
        course, national = run(code), account("national")
        for place in range(lessons):
            training.add_session(
                run=course, by=national, starts_at=at(30, 10 + 2 * place), ends_at=at(30, 11 + 2 * place, 30), title_kk="Сабақ", trainers=[teacher]
            )  # fmt: skip
        Session.objects.filter(run=course).update(starts_at=at(-2, 10), ends_at=at(-2, 11, 30))
        Run.objects.filter(pk=course.pk).update(
            state="running", starts_on=today() - timedelta(3), ends_on=today() - timedelta(1), apply_until=today() - timedelta(4),
        )  # fmt: skip
        return Run.objects.get(pk=course.pk)

    return made


def broken(rule: str) -> list[invariants.Broken]:
    ((_name, rows),) = invariants.run(rule)
    return rows


def of(person: Person) -> list[LedgerRow]:
    return [row for row in credentials.hours_of(person).rows if row.activity == Activity.TEACHING and row.observed and row.observed.source.endswith("TEACH-1")]  # fmt: skip


def test_lessons_are_counted_for_whoever_taught_them_when_the_run_is_closed(
    held: Callable[..., Run], teacher: Person, account: Accounts
) -> None:
    course = held(3)
    assert of(teacher) == []
    training.lead(run=course, way="close", by=account("national"))
    (row,) = of(teacher)
    assert (row.minutes, row.on, row.confirmed, row.verifier) == (
        3 * PAIR,
        today() - timedelta(2),
        True,
        account("national"),
    )
    assert row.observed is not None and row.observed.title["kk"] == course.title_kk
    assert row.observed.organiser["ru"] == course.host.name_ru
    assert broken("training.taught") == [] and broken("credentials.hours") == []


def test_what_nobody_taught_counts_for_nobody(held: Callable[..., Run], teacher: Person, account: Accounts) -> None:
    """A lesson that fell out, and work that everybody does alone."""
    course = held(3)
    first, second, _third = Session.objects.filter(run=course).order_by("pk")
    Session.objects.filter(pk=first.pk).update(cancelled_at=timezone.now())
    Session.objects.filter(pk=second.pk).update(kind=Session.Kind.INDEPENDENT)
    training.lead(run=course, way="close", by=account("national"))
    assert [row.minutes for row in of(teacher)] == [PAIR]


def test_her_record_says_what_she_taught_on_page_and_paper(
    held: Callable[..., Run], account: Accounts, browse: Browse
) -> None:
    course = held(2)
    training.lead(run=course, way="close", by=account("national"))
    page = browse("trainer").get("/ru" + reverse("credentials:mine")[3:]).content.decode()
    assert (course.title_ru or course.title_kk) in page and "обучение других" in page
    sheet: dict[str, Any] = extract.sheet(account("trainer").person, years=0, today=today())
    line = next(row for row in sheet["rows"] if row["title"]["kk"] == course.title_kk)
    assert line["hours"] == "4" and line["who"] == course.host.name_kk
    assert extract.record(account("trainer").person).startswith(b"%PDF")


def test_coverage_counts_learning_not_teaching(held: Callable[..., Run], teacher: Person, account: Accounts) -> None:
    before = LEDGER.rows().filter(person=teacher).count()
    training.lead(run=held(2), way="close", by=account("national"))
    assert of(teacher) and LEDGER.rows().filter(person=teacher).count() == before


def test_a_later_look_that_counts_otherwise_supersedes_and_nothing_is_lost(teacher: Person) -> None:
    def look(minutes: int) -> int:
        one = Sight(teacher.pk, "recording", "x:TEACH-1", minutes, today(), {"kk": "Баяндама"})
        return hours.observe(seen=[one])

    assert [look(30), look(30), look(45), look(0)] == [1, 0, 1, 0]
    rows = LedgerRow.objects.filter(observed__source="x:TEACH-1").order_by("pk")
    assert [(row.minutes, row.superseded_at is None) for row in rows] == [(30, False), (45, False)]
    assert Observed.objects.filter(source="x:TEACH-1").count() == 1
    assert look(50) == 1 and broken("credentials.hours") == []


def test_lessons_that_the_ledger_lacks_are_found(held: Callable[..., Run], account: Accounts) -> None:
    course = held(2)
    training.lead(run=course, way="close", by=account("national"))
    LedgerRow.objects.filter(observed__source=source_of(course)).update(minutes=1)
    (row,) = broken("training.taught")
    assert row.row.endswith("TEACH-1")


def test_two_records_of_one_teacher_are_joined_and_a_lesson_counts_once(
    teacher: Person, account: Accounts, people: Callable[[str, int], Any]
) -> None:
    twin = people("KZ-55", 1)[0][0]
    for person, source in ((teacher, "x:both"), (twin, "x:both"), (twin, "x:hers")):
        hours.observe(seen=[Sight(person.pk, "teaching", source, PAIR, today(), {"kk": "Сабақ"})])
    before = sum(
        row.minutes for row in credentials.hours_of(teacher).rows if row.observed and row.observed.source[:2] == "x:"
    )
    assert before == PAIR
    answers = {one.key: "kept" for one in merging.collisions(teacher, twin)}
    merging.merge(kept=teacher, gone=twin, answers=answers, by=account("national"), scope_path="")
    after = [
        row.minutes for row in credentials.hours_of(teacher).rows if row.observed and row.observed.source[:2] == "x:"
    ]
    assert after == [PAIR, PAIR] and broken("credentials.hours") == []
