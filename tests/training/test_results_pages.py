"""The pages of results: the grid without script, the table looked through first, the sheet, the own page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.kit.sheets.reading import read
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.training.models import CompletionRule, Enrolment, Fact, Result, ResultSheet, Run
from orken.training.results import selectors
from tests.training.conftest import MINUTES, Accounts, Held, today
from tests.training.test_results import confirm, mark, seats_of
from tests.training.test_seats import broken

Browse = Callable[[str], Client]
PAGES = ("results", "marks", "marks_table", "result_confirm")


def page(name: str, run: Run) -> str:
    return reverse(f"training:{name}", args=[run.code])


def table(*rows: Sequence[Any]) -> SimpleUploadedFile:
    heads = [Column(one) for one in ("№", "Аты", "Кітапхана", "1", "2", "3", "4")]
    with write_xlsx([Table("t", heads, [list(one) for one in rows])]) as file:
        return SimpleUploadedFile("marks.xlsx", file.read())


def row(one: Enrolment, *marks: Any) -> list[Any]:
    return [one.pk, one.person.full_name("kk"), one.unit.name_kk, *marks]


def test_the_grid_writes_what_changed_and_asks_why_when_something_stands(held: Held, browse: Browse) -> None:
    course = held(2)
    one, two = seats_of(course)
    trainer, address = browse("trainer"), page("marks", course)
    seen = selectors.newest(course)
    given = {"seen": seen, f"final-{one.pk}": "80", f"final-{two.pk}": " 55 ", f"pre_test-{one.pk}": ""}
    assert trainer.post(address, given).status_code == 302
    assert sorted(Fact.objects.filter(enrolment__run=course).values_list("component", "value")) == [
        ("final", 55),
        ("final", 80),
    ]
    shown = trainer.get(address).content.decode()
    assert f'name="final-{one.pk}" value="80"' in shown
    again = {"seen": selectors.newest(course), f"final-{one.pk}": "85", f"final-{two.pk}": "55"}
    refused = trainer.post(address, again)
    assert refused.status_code == 422 and 'value="85"' in refused.content.decode(), "what she wrote is kept"
    assert trainer.post(address, {**again, "reason": "Қайта тексерілді."}).status_code == 302
    assert Fact.objects.get(enrolment=one, superseded_at=None).reason == "Қайта тексерілді."
    assert not broken()


@pytest.mark.parametrize("text", ["101", "-1", "abc", "5.5", "1e99999", "٣٠٠", "NaN", "<b>"])
def test_what_is_no_mark_is_refused_beside_its_cell_and_nothing_is_written(
    text: str, held: Held, browse: Browse
) -> None:
    course = held(2)
    one, two = seats_of(course)
    given = {"seen": "0", f"final-{one.pk}": text, f"final-{two.pk}": "70"}
    answer = browse("trainer").post(page("marks", course), given)
    assert answer.status_code == 422 and f'href="#final-{one.pk}"' in answer.content.decode()
    assert not Fact.objects.filter(enrolment__run=course).exists()


def test_two_hands_at_one_grid_are_both_shown(held: Held, browse: Browse, account: Accounts) -> None:
    course = held(1)
    (one,) = seats_of(course)
    mark(course, account, 40)
    seen = selectors.newest(course)
    mark(course, account, 64, reason="Апелляция.")
    given = {"seen": seen, f"final-{one.pk}": "50", "reason": "Қайта саналды."}
    answer = browse("national").post(page("marks", course), given)
    shown = answer.content.decode()
    assert answer.status_code == 409 and ": 64 (" in shown and 'value="50"' in shown
    given["seen"] = answer.context["seen"]
    assert browse("national").post(page("marks", course), given).status_code == 302
    assert Fact.objects.get(enrolment=one, superseded_at=None).value == 50


def test_the_template_comes_back_and_says_nothing_new(held: Held, browse: Browse, account: Accounts) -> None:
    course = held(2)
    mark(course, account, 80)
    answer = browse("trainer").get(page("marks_template", course))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file is streamed
    rows = read(io.BytesIO(content)).sheets[0].rows
    assert rows[0][-1] == "қорытынды жұмыс" and len(rows) == 3
    sent = browse("trainer").post(page("marks_table", course), {"file": SimpleUploadedFile("m.xlsx", content)})
    assert sent.context["dry"].same == 1 and not sent.context["dry"].changes and not sent.context["dry"].refused


def test_a_table_is_looked_through_then_written_and_bad_rows_say_why(held: Held, browse: Browse) -> None:
    course, other = held(4), held(1, code="MC-X")
    one, two, three, four = seats_of(course)
    (stranger,) = seats_of(other)
    trainer, address = browse("trainer"), page("marks_table", course)
    sent = trainer.post(address, {"file": table(
        row(one, 30, None, "", 80), row(two, "", "", "", "сексен"), row(stranger, 1, 1, 1, 1), [three.pk, four.person.full_name("kk"), "", 50],
        [], ["", "Біреу", "", 9], row(three, "", "", "", "77"), row(three, "", "", "", 78), row(four, 101),
    )})  # fmt: skip
    dry = sent.context["dry"]
    assert [one.row for one in dry.refused] == [3, 4, 5, 7, 9, 10]
    assert all(str(one.reason) for one in dry.refused) and "сексен" in sent.content.decode()
    assert not Fact.objects.filter(enrolment__run=course).exists(), "looked through only"
    assert trainer.post(address, {"sealed": sent.context["sealed"]}).status_code == 302
    found = set(Fact.objects.filter(enrolment__run=course).values_list("enrolment", "component", "value", "source"))
    assert found == {(one.pk, "pre_test", 30, "file"), (one.pk, "final", 80, "file"), (three.pk, "final", 77, "file")}


def test_a_seal_of_another_run_or_a_forged_one_writes_nothing(held: Held, browse: Browse) -> None:
    course, other = held(1), held(1, code="MC-X")
    trainer = browse("trainer")
    sent = trainer.post(page("marks_table", course), {"file": table(row(seats_of(course)[0], "", "", "", 80))})
    sealed = sent.context["sealed"]
    assert trainer.post(page("marks_table", other), {"sealed": sealed}).status_code == 422
    assert trainer.post(page("marks_table", course), {"sealed": sealed[:-1] + "x"}).status_code == 422
    assert trainer.post(page("marks_table", course), {"file": SimpleUploadedFile("a.xlsx", b"no table")}).status_code == 422  # fmt: skip
    assert not Fact.objects.filter(enrolment__run=course).exists()


def test_the_commission_confirms_on_a_page_and_she_reads_why_on_her_own(
    held: Held, browse: Browse, account: Accounts, minutes: dict[int, int]
) -> None:
    course = held(2)
    one, two = seats_of(course)
    minutes.update({one.pk: MINUTES, two.pk: 300})
    mark(course, account, 80, 80)
    national, address = browse("national"), page("result_confirm", course)
    day = {"on_day": str(today().day), "on_month": str(today().month), "on_year": str(today().year)}
    assert national.post(address, day).status_code == 422
    given = {**day, "chair": account("national").person.pk, "members": [account("trainer").person.pk]}
    assert national.post(address, {**given, "members": [account("national").person.pk]}).status_code == 422
    assert national.post(address, given).status_code == 302
    assert {row.enrolment_id: row.outcome for row in Result.objects.filter(sheet__run=course)} == {
        one.pk: "passed",
        two.pk: "failed",
    }
    shown = national.get(page("results", course)).content.decode()
    assert "аяқталмады" in shown and "600 минуттан 300, 50 %; кемінде 80 % керек." in shown
    assert national.post(address, {**given, "reason": "Қате."}).status_code == 422, "nothing new is known"
    own = national.get(reverse("network:person", args=[two.person_id])).content.decode()
    assert "600 минуттан 300, 50 %" in own
    assert "600 минуттан 300" not in national.get(reverse("network:person", args=[one.person_id])).content.decode()
    assert national.get(page("results", course), HTTP_ACCEPT_LANGUAGE="kk").status_code == 200
    assert ResultSheet.objects.filter(run=course).count() == 1


def test_the_rule_is_changed_on_its_page_by_whose_it_is(held: Held, browse: Browse) -> None:
    course = held(1)
    address = page("result_rule", course)
    for login in ("trainer", "pavlodar", "village"):
        assert browse(login).post(address, {"attendance": "10"}).status_code == 404
    assert browse("national").post(address, {"attendance": "101"}).status_code == 422
    assert browse("national").post(address, {"attendance": "60", "final": ""}).status_code == 302
    (written,) = CompletionRule.objects.all()
    assert (written.kind, written.attendance, written.final, written.questionnaire) == ("travelling", 60, None, False)
    assert "60 %" in browse("national").get(page("results", course)).content.decode()


def test_a_run_that_has_not_begun_takes_no_marks(run: Callable[..., Run], browse: Browse) -> None:
    course = run()
    for name in PAGES:
        assert browse("national").get(page(name, course)).status_code == 200
    assert 'name="seen"' not in browse("national").get(page("marks", course)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_more_of_the_database_for_more_people(
    name: str, held: Held, browse: Browse, account: Accounts
) -> None:
    few, many = held(1), held(9, code="MC-9")
    mark(few, account, 80)
    mark(many, account, *range(50, 59))
    if name == "results":
        confirm(few, account)
        confirm(many, account)
    national = browse("national")
    asked = []
    for course in (few, many):
        national.get(page(name, course))
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert national.get(page(name, course)).status_code == 200
        asked.append(len(counted))
    assert asked[0] == asked[1] and asked[1] <= 22


def test_the_page_of_a_person_names_the_runs_that_she_has_a_seat_in(held: Held, browse: Browse) -> None:
    course = held(1)
    (one,) = seats_of(course)
    page_of_her = browse("national").get(reverse("network:person", args=[one.person_id])).content.decode()
    assert reverse("training:applicant", args=[one.applicant_id]) in page_of_her and course.title in page_of_her
