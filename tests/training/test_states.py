"""The tables of states: every way is told, drawn and has its verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from orken.config import state_diagrams
from orken.kit.states import States, WayIsClosed
from orken.training import services as training
from orken.training import states
from orken.training.models import Run
from tests.training.conftest import Accounts, today


def test_the_diagrams_in_docs_are_those_of_the_tables() -> None:
    folder = settings.BASE_DIR / state_diagrams.FOLDER
    assert {path.name: path.read_text() for path in folder.glob("*.md")} == state_diagrams.pages()


@pytest.mark.parametrize("table", states.ALL, ids=lambda table: table.name)
def test_every_state_is_reached_and_every_way_leads_somewhere(table: States) -> None:
    reached = {table.first, *(way.target for way in table.ways if way.target)}
    assert reached == set(table.choices.values)
    assert all(set(way.sources) <= set(table.choices.values) for way in table.ways)


def test_a_run_is_led_from_state_to_state_and_each_closed_way_says_why(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts
) -> None:
    national = account("national")
    course = run(starts_on=today(), ends_on=today(), apply_until=today(), minimum=1)
    closed = {found.way.name: [str(reason) for reason in found.reasons] for found in states.RUN.from_here(course)}
    assert closed["confirm"] == ["Сабақ кестесі бос.", "Қабылданғаны: 0, кемінде 1 адам керек."]
    with pytest.raises(WayIsClosed):
        training.lead(run=course, way="confirm", by=national)
    from tests.training.test_timetable import at

    training.add_session(run=course, by=national, starts_at=at(0, 9), ends_at=at(0, 10), title_kk="Кіріспе")
    person, unit = people("KZ-55", 1)[0]
    application = training.apply(run=course, unit=unit, lines=[training.Line(person, unit)], by=national)
    training.accept(applicant=application.applicants.get(), by=national)
    for way, state in (("confirm", "confirmed"), ("begin", "running"), ("assess", "assessment"), ("close", "closed"), ("archive", "archived")):  # fmt: skip
        assert training.lead(run=course, way=way, by=national).state == state
    with pytest.raises(WayIsClosed):
        training.lead(run=course, way="cancel", by=national, reason="Кеш.")


def test_a_run_does_not_begin_before_its_day_nor_with_open_questions(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts
) -> None:
    course, national = run(), account("national")
    Run.objects.filter(pk=course.pk).update(state="confirmed")
    person, unit = people("KZ-55", 1)[0]
    training.apply(run=course, unit=unit, lines=[training.Line(person, unit)], by=national)
    with pytest.raises(WayIsClosed) as refusal:
        training.lead(run=course, way="begin", by=national)
    assert len(refusal.value.reasons) == 2
    Run.objects.filter(pk=course.pk).update(starts_on=today(), apply_until=today() - timedelta(1))
    with pytest.raises(WayIsClosed) as refusal:
        training.lead(run=course, way="begin", by=national)
    assert [str(reason) for reason in refusal.value.reasons] == ["Жауапсыз өтінімдер: 1."]
