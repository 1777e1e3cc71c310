"""Marks, what their owners push, the sheet of a commission and its corrections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from orken.kit.audit.models import AuditEvent
from orken.kit.states import WayIsClosed
from orken.network.models import Appointment, Unit
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people.models import Person
from orken.training import services as training
from orken.training.models import Enrolment, Fact, Outcome, Result, Run
from orken.training.results import commission, paper, selectors
from orken.training.results import services as results
from orken.training.results.rule import Rule
from tests.training.conftest import MINUTES, Accounts, Held, today
from tests.training.test_seats import broken


def seats_of(run: Run) -> list[Enrolment]:
    return list(Enrolment.objects.filter(run=run).order_by("pk"))


def mark(run: Run, account: Accounts, *points: int, component: str = "final", **more: Any) -> list[Fact]:
    marks = [results.Put(one.pk, component, n) for one, n in zip(seats_of(run), points, strict=False)]
    return results.put(run=run, marks=marks, by=account("trainer"), on=today(), **more)


def confirm(run: Run, account: Accounts, **more: Any) -> Any:
    given = {"chair": account("national").person, "members": [account("trainer").person], "on": today(), "by": account("national")}  # fmt: skip
    return results.confirm(run=run, **{**given, **more})


def test_a_mark_is_put_once_and_corrected_only_with_a_reason_the_old_row_stays(held: Held, account: Accounts) -> None:
    course = held(2)
    mark(course, account, 40, 90)
    assert not mark(course, account, 40, 90), "the same twice writes nothing"
    with pytest.raises(training.ReasonIsMissing):
        mark(course, account, 60, 90, reason="  ")
    mark(course, account, 60, 90, reason="Ұпай қате қосылған.")
    first = seats_of(course)[0]
    rows = list(Fact.objects.filter(enrolment=first).order_by("pk"))
    assert [(row.value, row.superseded_at is None, row.reason) for row in rows] == [(40, False, ""), (60, True, "Ұпай қате қосылған.")]  # fmt: skip
    of_these = [str(seat.applicant_id) for seat in seats_of(course)]
    trail = AuditEvent.objects.filter(
        target_kind="training.applicant", target_id__in=of_these, verb__startswith="result."
    )
    assert list(trail.order_by("pk").values_list("verb", flat=True)) == [
        "result.marked", "result.marked", "result.mark_corrected",
    ]  # fmt: skip
    known = selectors.facts_of(course, known_at=rows[0].recorded_at)
    assert known[first.pk]["final"].value == 40, "as it was known then"
    assert not broken()


def test_what_another_hand_wrote_since_is_not_overwritten_unseen(held: Held, account: Accounts) -> None:
    course = held(2)
    seen = mark(course, account, 40)[-1].pk
    mark(course, account, 70, reason="Қайта тексерілді.")
    with pytest.raises(results.WrittenMeanwhile) as clash:
        mark(course, account, 50, reason="Қайта саналды.", seen=seen)
    assert [fact.value for fact in clash.value.facts] == [70]
    assert Fact.objects.get(enrolment=seats_of(course)[0], superseded_at=None).value == 70
    assert mark(course, account, 70, 80, seen=seen), "what is the same and what is new goes through"


def test_the_base_holds_what_no_verb_may_break(held: Held, account: Accounts) -> None:
    course = held(1)
    (fact,) = mark(course, account, 40)
    same = {"enrolment": fact.enrolment, "component": "final", "of": 100, "on": today(), "source": "page"}
    for wrong in ({"value": 101, "component": "practical"}, {"value": 40}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Fact.objects.create(**{**same, **wrong})


def test_who_may_put_marks_and_when(held: Held, account: Accounts) -> None:
    course = held(1)
    marks = [results.Put(seats_of(course)[0].pk, "final", 70)]
    for login in ("village", "head", "pavlodar"):
        with pytest.raises(OutOfScope):
            results.put(run=course, marks=marks, by=account(login), on=today())
    for bad in (results.Put(marks[0].enrolment, "attendance", 70), results.Put(0, "final", 70), results.Put(marks[0].enrolment, "final", 101)):  # fmt: skip
        with pytest.raises(results.Refused):
            results.put(run=course, marks=[bad], by=account("trainer"), on=today())
    Run.objects.filter(pk=course.pk).update(state="archived")
    with pytest.raises(WayIsClosed):
        results.put(run=course, marks=marks, by=account("trainer"), on=today())
    assert not Fact.objects.filter(enrolment__run=course).exists()


def test_an_owner_pushes_only_what_changed(held: Held, minutes: dict[int, int]) -> None:
    course = held(2)
    one, two = seats_of(course)
    minutes.update({one.pk: 500, two.pk: 100, 0: 600})
    assert results.collect(course) == 2, "who is not of this run has nothing to be counted"
    assert results.collect(course) == 0
    minutes[two.pk] = 480
    assert results.collect(course) == 1
    assert list(Fact.objects.filter(enrolment=two).order_by("pk").values_list("value", flat=True)) == [100, 480]
    assert not broken()


def test_a_commission_confirms_and_everybody_is_told_with_the_lines_that_are_lacking(
    held: Held, account: Accounts, minutes: dict[int, int]
) -> None:
    course = held(3)
    one, two, three = seats_of(course)
    minutes.update({one.pk: MINUTES, two.pk: 470})
    mark(course, account, 80, 80)
    sheet = confirm(course, account)
    found = {row.enrolment_id: row for row in sheet.results.all()}
    assert [found[seat.pk].outcome for seat in (one, two, three)] == [Outcome.PASSED, Outcome.FAILED, Outcome.ABSENT]
    assert [seat.state for seat in seats_of(course)] == ["completed", "failed", "failed"]
    assert [(row.chair, row.person.account.login) for row in sheet.members.all()] == [(True, "national"), (False, "trainer")]  # fmt: skip
    hers = Notice.objects.filter(
        person__in=[seat.person for seat in (one, two, three)], about_kind="training.run", about_id=str(course.pk)
    )
    assert hers.get(kind="training.result_passed").person == one.person
    told = hers.get(kind="training.result_not_passed", person=two.person)
    assert "470 из 600 минут, 78 %" in told.body_ru and "78 %" in told.body_kk, "cut, not rounded up"
    assert not broken()
    with pytest.raises(results.Refused):
        confirm(course, account, reason="Тағы бір рет.")


def test_a_result_keeps_name_unit_and_post_as_they_were(held: Held, account: Accounts) -> None:
    course = held(1)
    (seat,) = seats_of(course)
    name, unit = seat.person.full_name("kk"), seat.unit.name_kk
    confirm(course, account)
    Person.objects.filter(pk=seat.person_id).update(surname_kk="Басқаева")
    Unit.objects.filter(pk=seat.unit_id).update(name_kk="Жаңа атау")
    results.set_rule(run=course, rule=Rule(0, None, None, False), by=account("national"))
    row = Result.objects.select_related("sheet").get(sheet__run=course)
    assert (row.name_kk, row.unit_kk, row.post_kk) == (name, unit, seat.post.title_kk if seat.post else "")
    assert row.sheet.rule["attendance"] == 80
    assert not broken(), "judged by the rule of its own sheet"


def test_a_correction_is_a_further_sheet_with_a_reason_and_only_those_whom_it_concerns(
    held: Held, account: Accounts, minutes: dict[int, int]
) -> None:
    course = held(2)
    one, two = seats_of(course)
    minutes.update({one.pk: 600, two.pk: 600})
    mark(course, account, 80, 40)
    first = confirm(course, account)
    mark(course, account, 80, 55, reason="Апелляция.")
    with pytest.raises(training.ReasonIsMissing):
        confirm(course, account)
    second = confirm(course, account, reason="Апелляция бойынша.")
    assert (second.number, [row.enrolment_id for row in second.results.all()]) == (2, [two.pk])
    assert {row.outcome for row in first.results.filter(superseded_at__isnull=False)} == {Outcome.FAILED}
    assert first.results.get(superseded_at=None).enrolment == one
    assert [seat.state for seat in seats_of(course)] == ["completed", "completed"]
    assert Notice.objects.filter(kind="training.result_passed", person=two.person).count() == 1
    assert (
        AuditEvent.objects.get(verb="result.corrected", target_id=str(course.pk)).after["reason"]
        == "Апелляция бойынша."
    )
    assert not broken()


def test_nobody_sits_over_her_own_result(held: Held, account: Accounts) -> None:
    course = held(1)
    Enrolment.objects.filter(run=course).update(person=account("trainer").person)
    with pytest.raises(results.Refused):
        confirm(course, account)
    assert not Result.objects.filter(sheet__run=course).exists()


def test_a_sheet_is_refused_with_its_reason(held: Held, account: Accounts) -> None:
    course = held(1)
    national, trainer, village = (account(login) for login in ("national", "trainer", "village"))
    refused: tuple[dict[str, Any], ...] = (
        {"members": []},
        {"members": [national.person]},
        {"members": [trainer.person, trainer.person]},
        {"members": [village.person]},
        {"on": today() + timedelta(1)},
        {"on": today() - timedelta(2)},
    )
    for wrong in refused:
        with pytest.raises(results.Refused):
            confirm(course, account, **wrong)
    for login in ("trainer", "pavlodar", "village"):
        with pytest.raises(OutOfScope):
            confirm(course, account, by=account(login))
    Run.objects.filter(pk=course.pk).update(state="running")
    with pytest.raises(WayIsClosed):
        confirm(course, account)
    assert not Result.objects.filter(sheet__run=course).exists()


def test_the_rule_of_a_kind_is_data_and_holds_for_the_next_sheet(
    held: Held, account: Accounts, minutes: dict[int, int]
) -> None:
    course = held(1)
    (seat,) = seats_of(course)
    minutes[seat.pk] = 300
    for login in ("trainer", "pavlodar"):
        with pytest.raises(OutOfScope):
            results.set_rule(run=course, rule=Rule(50, None, None, False), by=account(login))
    results.set_rule(run=course, rule=Rule(50, None, None, False), by=account("national"))
    assert selectors.rule_of(course) == Rule(50, None, None, False)
    assert confirm(course, account).results.get().outcome == Outcome.PASSED


def test_no_questionnaire_was_asked_then_none_is_missed(held: Held) -> None:
    assert selectors.rule_of(held(1)).questionnaire is False


def test_who_answered_is_pushed_and_asked_for(held: Held, account: Accounts) -> None:
    from orken.surveys.models import Invitation
    from orken.training import questionnaires

    course = held(2)
    questionnaires.ask()
    assert selectors.rule_of(course).questionnaire is True
    one, two = seats_of(course)
    Invitation.objects.filter(person=one.person).update(used=1)
    results.collect(course)
    facts = selectors.facts_of(course)
    assert [facts[seat.pk]["questionnaire"].value for seat in (one, two)] == [1, 0]


def test_who_was_never_asked_the_questionnaire_does_not_miss_it(
    held: Held, account: Accounts, minutes: dict[int, int]
) -> None:
    from orken.surveys.models import Invitation
    from orken.training import questionnaires

    course = held(3)
    minutes.update({seat.pk: MINUTES for seat in seats_of(course)})
    mark(course, account, 80, 80, 80)
    questionnaires.ask()
    answered, silent, late = seats_of(course)
    Invitation.objects.filter(person=answered.person).update(used=1)
    Invitation.objects.filter(person=late.person).delete()  # she got her seat when it was over
    sheet = confirm(course, account)
    assert dict(sheet.results.values_list("enrolment", "outcome")) == {
        answered.pk: "passed", silent.pk: "failed", late.pk: "passed",
    }  # fmt: skip
    assert not any(row.stale for row in selectors.rows_of(course)) and not broken()


def test_a_specialist_of_the_host_sits_with_the_post_of_that_day(
    held: Held, account: Accounts, people: Any, country: Any
) -> None:
    course = held(1)
    day = today()
    seat = Appointment.objects.at().filter(unit=country("NL"), person__account=None).select_related("person", "post").order_by("pk").first()  # fmt: skip
    assert seat is not None
    asked = seat.person.surname_kk[:4]
    assert seat in commission.found(course, asked, day) and not commission.found(course, "а", day)
    stranger = people("KZ-11", 1)[0][0]
    with pytest.raises(results.Refused):
        confirm(course, account, members=[stranger])
    Appointment.objects.filter(pk=seat.pk).update(valid_from=day)
    with pytest.raises(results.Refused):  # yesterday she did not work there yet
        confirm(course, account, members=[seat.person], on=day - timedelta(1))
    sheet = confirm(course, account, members=[seat.person])
    row = sheet.members.get(chair=False)
    assert (row.person, row.post_kk) == (seat.person, f"{seat.post.title_kk}, {seat.unit.name_kk}")
    Appointment.objects.filter(pk=seat.pk).update(valid_from=day - timedelta(900), valid_to=day - timedelta(1))
    assert sheet.members.get(chair=False).post_kk == row.post_kk, "frozen"
    assert row.post_kk in str(paper.data_of(sheet, "https://x/")["commission"])


def test_what_the_commission_did_not_see_is_not_confirmed(
    held: Held, account: Accounts, minutes: dict[int, int]
) -> None:
    course = held(1)
    minutes[seats_of(course)[0].pk] = MINUTES
    mark(course, account, 80)
    seen = commission.fingerprint(selectors.rows_of(course))
    mark(course, account, 40, reason="Қате қосылған.")
    with pytest.raises(results.Refused):
        confirm(course, account, seen=seen)
    assert not Result.objects.filter(sheet__run=course).exists()
    assert confirm(course, account, seen=commission.fingerprint(selectors.rows_of(course))).results.get().outcome == Outcome.FAILED  # fmt: skip


def test_an_invariant_finds_a_line_that_its_own_marks_do_not_give(held: Held, account: Accounts) -> None:
    course = held(1)
    confirm(course, account)
    Result.objects.update(outcome="passed")
    found = broken()
    assert any("its own marks give absent" in line for line in found) and any("the sheets say passed" in line for line in found)  # fmt: skip
