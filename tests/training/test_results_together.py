"""Commissions and marks at one moment, each in a transaction of her own: nothing is doubled, and one is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from orken.notices.models import Notice
from orken.training import services as training
from orken.training.models import CompletionRule, Enrolment, Fact, Result, ResultSheet, Run
from orken.training.results import selectors
from orken.training.results import services as results
from orken.training.results.rule import Rule
from tests.training import test_together as office
from tests.training.conftest import today

committed, course, account = office.committed, office.course, office.account
Opening = Callable[..., Run]


@pytest.fixture
def assessed(course: Opening) -> Callable[..., Run]:
    """`assessed("R-1")`: three people of Pavlodar in a run that ended yesterday, with its trainer; two have a final mark."""

    def made(code: str = "TOGETHER", many: int = 3) -> Run:
        run, national = course(code=code, capacity=many), account("national")
        for applicant in office.send(run, office.staff("KZ-55", many)):
            training.accept(applicant=applicant, by=national)
        asked = training.invite_trainer(run=run, person=account("trainer").person, by=national)
        training.answer_invitation(trainer=asked, state="accepted", by=national)
        last = today() - timedelta(1)
        Run.objects.filter(pk=run.pk).update(
            state="assessment", starts_on=last, ends_on=last, apply_until=last - timedelta(1)
        )
        run.refresh_from_db()
        put(run, 60, 70)
        return run

    return made


def seats_of(run: Run) -> list[Enrolment]:
    return list(Enrolment.objects.filter(run=run).order_by("pk"))


def put(run: Run, *points: int, login: str = "trainer", seen: int | None = None, reason: str = "") -> list[Fact]:
    marks = [results.Put(seat.pk, "final", n) for seat, n in zip(seats_of(run), points, strict=False)]
    return results.put(run=run, marks=marks, by=account(login), on=today(), seen=seen, reason=reason)


def confirm(run: Run, reason: str = "") -> ResultSheet:
    chair, member = account("national").person, account("trainer").person
    return results.confirm(run=run, chair=chair, members=[member], on=today(), by=account("national"), reason=reason)


def test_two_commissions_that_confirm_at_once_make_one_sheet_and_one_is_told(assessed: Opening) -> None:
    run = assessed()
    outcomes = office.at_once(partial(confirm, run), partial(confirm, run))
    assert office.refusals(outcomes) == [results.Refused]
    assert ResultSheet.objects.count() == 1 and Result.objects.count() == 3
    assert Notice.objects.filter(kind__startswith="training.result_").count() == 3, "everybody is told once"
    assert not office.broken()


def test_two_corrections_at_once_make_one_further_sheet(assessed: Opening) -> None:
    run = assessed()
    confirm(run)
    put(run, 61, reason="Апелляция.")
    outcomes = office.at_once(*[partial(confirm, run, "Апелляция бойынша.")] * 3)
    assert office.refusals(outcomes) == [results.Refused] * 2
    assert sorted(ResultSheet.objects.values_list("number", flat=True)) == [1, 2]
    assert Result.objects.filter(superseded_at=None).count() == 3 and Result.objects.count() == 4
    assert not office.broken()


def test_a_mark_written_while_a_sheet_is_confirmed_is_in_it_or_waits_for_the_next_and_is_never_lost(
    assessed: Opening,
) -> None:
    run = assessed()
    outcomes = office.at_once(partial(confirm, run), partial(put, run, 90, reason="Қайта тексерілді."))
    assert not office.refusals(outcomes), outcomes
    first = seats_of(run)[0]
    frozen = Result.objects.get(enrolment=first).facts["final"]
    assert frozen in ([60, 100], [90, 100])
    assert Fact.objects.get(enrolment=first, component="final", superseded_at=None).value == 90
    stale = [row.enrolment.pk for row in selectors.rows_of(run) if row.stale]
    assert stale == ([first.pk] if frozen == [60, 100] else []), "what the sheet does not hold is told"
    assert not office.broken()


def test_two_hands_at_one_cell_leave_one_mark_and_the_second_is_told(assessed: Opening) -> None:
    run = assessed()
    seen = selectors.newest(run)
    outcomes = office.at_once(
        partial(put, run, 80, seen=seen, reason="Бірінші."),
        partial(put, run, 81, login="national", seen=seen, reason="Екінші."),
    )
    assert office.refusals(outcomes) == [results.WrittenMeanwhile]
    assert Fact.objects.filter(enrolment=seats_of(run)[0], superseded_at=None).count() == 1
    assert Fact.objects.filter(enrolment=seats_of(run)[0]).count() == 2
    assert not office.broken()


def test_the_page_is_pressed_twice_and_the_second_press_reads_why_nothing_happened(assessed: Opening) -> None:
    run = assessed()
    given = {
        "chair": account("national").person.pk, "members": [account("trainer").person.pk], "on_day": str(today().day),
        "on_month": str(today().month), "on_year": str(today().year),
    }  # fmt: skip

    def press() -> int:
        client = Client()
        client.force_login(account("national"), backend="django.contrib.auth.backends.ModelBackend")
        return client.post(reverse("training:result_confirm", args=[run.code]), given).status_code

    assert sorted(str(one) for one in office.at_once(press, press)) == ["302", "422"]
    assert ResultSheet.objects.count() == 1


def test_the_rule_of_a_kind_is_set_from_two_runs_at_once_and_stands_once(assessed: Opening) -> None:
    one, other = assessed("R-1"), assessed("R-2")
    outcomes = office.at_once(
        partial(results.set_rule, run=one, rule=Rule(attendance=60), by=account("national")),
        partial(results.set_rule, run=other, rule=Rule(attendance=90), by=account("national")),
    )
    assert set(office.refusals(outcomes)) <= {results.Refused}
    assert CompletionRule.objects.filter(superseded_at=None).count() == 1
    assert CompletionRule.objects.count() + len(office.refusals(outcomes)) == 2
