"""The pages of results: the grid without script, the table looked through first, the sheet, the own page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from orken.curriculum.models import Programme
from orken.kit.pdf import rendering as pdf
from orken.kit.sheets.reading import read
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network.models import Appointment, Unit
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people.models import Person
from orken.training.models import Applicant, CompletionRule, Enrolment, Fact, Result, ResultSheet, Run
from orken.training.results import paper, selectors, services
from orken.training.results.rule import Rule
from orken.training.views.common import address_on_paper
from orken.training.views.results import ON_A_PAGE
from tests.training.conftest import MINUTES, Accounts, Held, today
from tests.training.test_results import confirm, mark, seats_of
from tests.training.test_seats import broken

Browse = Callable[[str], Client]
PAGES = ("results", "marks", "marks_table", "result_confirm", "result_rule")


def page(name: str, run: Run) -> str:
    return reverse(f"training:{name}", args=[run.code])


HEADS = ("№", "Аты", "Кітапхана", "алғашқы тест", "соңғы тест", "практикалық жұмыс", "қорытынды жұмыс")


def table(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> SimpleUploadedFile:
    with write_xlsx([Table("t", [Column(one) for one in heads], [list(one) for one in rows])]) as file:
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


@pytest.mark.parametrize("text", ["101", "101 %", "87,5", "-1", "abc", "5.5", "1e99999", "٣٠٠", "NaN", "<b>"])
def test_what_is_no_mark_is_refused_beside_its_cell_and_nothing_is_written(
    text: str, held: Held, browse: Browse
) -> None:
    course = held(2)
    one, two = seats_of(course)
    given = {"seen": "0", f"final-{one.pk}": text, f"final-{two.pk}": "70"}
    answer = browse("trainer").post(page("marks", course), given)
    shown = answer.content.decode()
    assert answer.status_code == 422 and f'href="#final-{one.pk}"' in shown
    assert f'aria-invalid="true" aria-describedby="final-{one.pk}-why"' in shown
    beside = f'<small id="final-{one.pk}-why">«{escape(text)}»'
    assert beside in shown and f'name="final-{two.pk}" value="70"' in shown, "beside its cell, and nothing is lost"
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


def test_columns_are_known_by_their_headings_in_any_order_and_language(held: Held, browse: Browse) -> None:
    course = held(1)
    (one,) = seats_of(course)
    heads = ("№", "ФИО", "Библиотека", "Заметки", "Итоговая работа", "test before")
    sent = browse("trainer").post(page("marks_table", course), {"file": table(row(one, "тез", 80, 30), heads=heads)})
    assert [(change.component, change.value) for change in sent.context["dry"].changes] == [
        ("final", 80),
        ("pre_test", 30),
    ]
    assert sent.context["dry"].unread == ["Заметки"] and "Заметки" in sent.content.decode()
    for wrong in (("№", "Аты", "Кітапхана", "1", "2"), (*HEADS[:4], HEADS[3])):
        refused = browse("trainer").post(page("marks_table", course), {"file": table(row(one, 80, 80), heads=wrong)})
        assert refused.status_code == 422 and not refused.context["dry"]
    nothing = browse("trainer").post(page("marks_table", course), {"file": table()})
    assert nothing.status_code == 200 and not nothing.context["dry"].changes
    assert browse("trainer").post(page("marks_table", course), {"file": SimpleUploadedFile("a.xlsx", b"")}).status_code == 422  # fmt: skip
    assert not Fact.objects.filter(enrolment__run=course).exists()


def test_a_formula_counts_by_its_result_and_a_broken_one_is_no_mark(held: Held, browse: Browse) -> None:
    course = held(2)
    one, two = seats_of(course)
    text = "\n".join([";".join(HEADS), f"{one.pk};{one.person.full_name('kk')};;;;;=40+45", f"{two.pk};;;;;;#DIV/0!"])
    sent = browse("trainer").post(page("marks_table", course), {"file": SimpleUploadedFile("m.csv", text.encode())})
    assert [one.row for one in sent.context["dry"].refused] == [2, 3], (
        "text that looks like a formula is never reckoned"
    )
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADS)
    sheet.write_row(1, 0, [one.pk, one.person.full_name("kk"), one.unit.name_kk])
    sheet.write_formula(1, 6, "=40+45", None, 85)
    sheet.write_row(2, 0, [two.pk, two.person.full_name("kk"), two.unit.name_kk])
    sheet.write_formula(2, 6, "=1/0", None, "#DIV/0!")
    book.close()
    sent = browse("trainer").post(page("marks_table", course), {"file": SimpleUploadedFile("m.xlsx", file.getvalue())})
    assert [change.value for change in sent.context["dry"].changes] == [85], "a formula without a result says nothing"


def test_of_two_with_one_name_the_library_decides_whose_row_it_is(held: Held, browse: Browse) -> None:
    course = held(2)
    one, two = seats_of(course)
    parts = [
        field.name for field in Person._meta.fields if field.name.startswith(("surname_", "given_", "patronymic_"))
    ]
    names = {part: getattr(one.person, part) for part in parts}
    Person.objects.filter(pk=two.person_id).update(**names)
    Enrolment.objects.filter(pk=two.pk).update(unit=Unit.objects.get(code="KZ-11-LIB"))
    one, two = seats_of(course)
    mixed = [[one.pk, one.person.full_name("kk"), two.unit.name_kk, "", "", "", 80], row(two, "", "", "", 60)]
    dry = browse("trainer").post(page("marks_table", course), {"file": table(*mixed)}).context["dry"]
    assert [one.row for one in dry.refused] == [2] and [change.put.enrolment for change in dry.changes] == [two.pk]


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
    assert "аяқталмады" in shown and "600 минуттан 300, 50\u00a0%; кемінде 80\u00a0% керек." in shown
    assert national.post(address, {**given, "reason": "Қате."}).status_code == 422, "nothing new is known"
    own = national.get(reverse("network:person", args=[two.person_id])).content.decode()
    assert "600 минуттан 300, 50\u00a0%" in own
    assert "600 минуттан 300" not in national.get(reverse("network:person", args=[one.person_id])).content.decode()
    assert national.get(page("results", course), HTTP_ACCEPT_LANGUAGE="kk").status_code == 200
    assert ResultSheet.objects.filter(run=course).count() == 1
    Run.objects.filter(pk=course.pk).update(ends_on=today() + timedelta(1))
    tomorrow = {f"on_{part}": str(getattr(today() + timedelta(1), part)) for part in ("day", "month", "year")}
    added = national.post(page("session_add", course), {**tomorrow, "from_time": "09:00", "to_time": "10:00", "title_kk": "Тағы бір сабақ", "kind": "lecture"}, follow=True)  # fmt: skip
    assert "Қорытынды ведомость бекітіліп қойған" in added.content.decode(), "what is held now counts in no sheet"


def test_a_specialist_is_found_by_name_and_what_was_answered_stays(
    held: Held, browse: Browse, account: Accounts, country: Callable[[str], Unit]
) -> None:
    course = held(1)
    national, address = browse("national"), page("result_confirm", course)
    seat = Appointment.objects.at().filter(unit=country("NL"), person__account=None).select_related("person").order_by("pk").first()  # fmt: skip
    assert seat is not None and f'value="{seat.person_id}"' not in national.get(address).content.decode()
    chair = account("national").person.pk
    day = {"on_day": str(today().day), "on_month": str(today().month), "on_year": str(today().year)}
    asked = {**day, "chair": chair, "members": [account("trainer").person.pk], "q": seat.person.surname_kk, "find": "1"}
    found = national.post(address, asked)
    shown = found.content.decode()
    assert found.status_code == 200 and f'value="{seat.person_id}"' in shown and not ResultSheet.objects.filter(run=course).exists()  # fmt: skip
    assert f'<option value="{chair}" selected>' in shown and shown.count(" checked") == 1
    assert "ешкім істемейді" in national.post(address, {**asked, "q": "Жоқадам"}).content.decode()
    given = {**day, "chair": chair, "members": [seat.person_id], "seen": found.context["seen"]}
    assert national.post(address, {**given, "seen": "0" * 20}).status_code == 422
    answer = national.post(address, given)
    assert answer.status_code == 302
    assert seat.person.full_name("kk") in national.get(answer["Location"]).content.decode()


def test_the_code_on_a_sheet_leads_to_no_language(held: Held, browse: Browse, account: Accounts) -> None:
    course = held(1)
    confirm(course, account)
    request = RequestFactory().get("/ru/anywhere/")
    assert address_on_paper(request, "training:result_sheet", course.code, 1) == f"http://testserver/training/{course.code}/results/sheets/1/"  # fmt: skip
    led = browse("national").get(f"/training/{course.code}/results/sheets/1/")
    assert led.status_code == 302 and led["Location"].endswith(f"/kk/training/{course.code}/results/sheets/1/")


def test_the_rule_is_changed_on_its_page_by_whose_it_is(held: Held, browse: Browse, account: Accounts) -> None:
    course = held(1)
    address = page("result_rule", course)
    for login in ("trainer", "pavlodar", "village"):
        assert browse(login).post(address, {"attendance": "10"}).status_code == 404
    assert browse("national").post(address, {"attendance": "101", "whose": "all"}).status_code == 422
    assert browse("national").post(address, {"attendance": "60", "final": "", "whose": "all"}).status_code == 302
    (written,) = CompletionRule.objects.filter(version=None, kind="travelling")
    assert (written.kind, written.attendance, written.final, written.questionnaire) == ("travelling", 60, None, False)
    assert "60 %" in browse("national").get(page("results", course)).content.decode()
    assert browse("national").post(address, {"attendance": "60", "final": "", "whose": "all"}).status_code == 302
    assert CompletionRule.objects.filter(version=None, kind="travelling").count() == 1, (
        "what holds already is not written again"
    )
    assert (
        browse("national")
        .post(address, {"attendance": "60", "final": "", "whose": "all", "other-post_test": "70"})
        .status_code
        == 302
    )
    old, new = CompletionRule.objects.filter(version=None, kind="travelling").order_by("pk")
    assert old.superseded_at == new.recorded_at and new.others == {"post_test": 70} and new.by == account("national")
    shown = browse("national").get(address).content.decode()
    assert "соңғы тест: кемінде 70 %" in shown and shown.count("қатысу: минуттардың кемінде 60 %") == 2, (
        "with what was before"
    )


def test_a_run_has_a_rule_of_its_own_that_goes_before_and_can_be_given_up(held: Held, browse: Browse, account: Accounts) -> None:  # fmt: skip
    course, other = held(1), held(1, code="OTHER-RUN")
    address, national = page("result_rule", course), browse("national")
    assert national.post(address, {"attendance": "60", "final": "", "whose": "run"}).status_code == 302
    (own,) = CompletionRule.objects.filter(run=course)
    assert (own.kind, own.version, own.attendance) == ("", None, 60)
    assert not CompletionRule.objects.filter(kind=course.kind).exists(), "the others are asked as before"
    assert "60 %" in national.get(page("results", course)).content.decode()
    assert "60 %" not in national.get(page("results", other)).content.decode()
    # The rule of the others changes: the run keeps its own.
    assert national.post(page("result_rule", other), {"attendance": "90", "final": "", "whose": "all"}).status_code == 302  # fmt: skip
    rule = selectors.written_rule(course)
    assert (rule.attendance, rule.own, selectors.written_rule(other).attendance) == (60, True, 90)
    shown = national.get(address).content.decode()
    assert "тек осы іс-шара үшін" in shown.lower() and "90 %" in shown
    assert national.post(address, {"drop": "1"}).status_code == 302
    assert selectors.written_rule(course).attendance == 90 and not selectors.written_rule(course).own
    own.refresh_from_db()
    assert own.superseded_at is not None, "what it asked for stays known"
    assert national.post(address, {"drop": "1"}).status_code == 302, "pressed twice"


def test_a_sheet_keeps_the_rule_of_its_run(held: Held, account: Accounts) -> None:
    course = held(1)
    services.set_rule(run=course, rule=Rule(0, None, None, False), by=account("national"), own=True)
    confirm(course, account)
    assert ResultSheet.objects.get(run=course).rule["attendance"] == 0
    assert services.drop_own_rule(run=course, by=account("national"))
    assert ResultSheet.objects.get(run=course).rule["attendance"] == 0


def test_nobody_makes_a_programme_of_another_easier_for_her_own_run(run: Callable[..., Run], account: Accounts, country: Callable[[str], Unit]) -> None:  # fmt: skip
    version = Programme.objects.get(code="CAT-72").published
    hers = run("EASY-1", host=country("KZ-55-LIB"), version=version)
    for own in (True, False):
        with pytest.raises(OutOfScope):
            services.set_rule(run=hers, rule=Rule(1, None, None, False), by=account("pavlodar"), own=own)
    free = run("FREE-1", host=country("KZ-55-LIB"))
    with pytest.raises(OutOfScope):
        services.set_rule(run=free, rule=Rule(1, None, None, False), by=account("pavlodar"))
    assert services.set_rule(run=free, rule=Rule(1, None, None, False), by=account("pavlodar"), own=True)


def test_a_run_that_has_not_begun_takes_no_marks(run: Callable[..., Run], browse: Browse) -> None:
    course = run()
    for name in PAGES:
        assert browse("national").get(page(name, course)).status_code == 200
    assert 'name="seen"' not in browse("national").get(page("marks", course)).content.decode()


@pytest.mark.parametrize("name", [*PAGES, "result_sheet", "my_results"])
def test_no_page_asks_more_of_the_database_for_more_people(
    name: str, held: Held, browse: Browse, account: Accounts
) -> None:
    few, many = held(1), held(9, code="MC-9")
    mark(few, account, 80)
    mark(many, account, *range(50, 59))
    if name in ("results", "result_sheet", "my_results"):
        confirm(few, account)
        confirm(many, account)
    national = browse("national")
    asked = []
    for course in (few, many):
        more = {"result_sheet": [course.code, 1], "my_results": []}
        address = reverse(f"training:{name}", args=more.get(name, [course.code]))
        national.get(address)
        with CaptureQueriesContext(connection) as counted:
            assert national.get(address).status_code == 200
        asked.append(len(counted))
    assert asked[0] == asked[1] and asked[1] <= 15


def test_the_page_of_a_person_names_the_runs_that_she_has_a_seat_in(held: Held, browse: Browse) -> None:
    course = held(1)
    (one,) = seats_of(course)
    page_of_her = browse("national").get(reverse("network:person", args=[one.person_id])).content.decode()
    assert reverse("training:applicant", args=[one.applicant_id]) in page_of_her and course.title in page_of_her


# --- sheets, own page, scope ---


def test_a_sheet_has_its_page_and_its_paper_with_everything_as_it_was(
    held: Held, browse: Browse, account: Accounts, minutes: dict[int, int]
) -> None:
    course = held(3)
    one, two, _three = seats_of(course)
    minutes.update({one.pk: MINUTES, two.pk: 470})
    mark(course, account, 40, 30, component="pre_test")
    mark(course, account, 80, 80)
    confirm(course, account)
    name, unit = one.person.full_name("kk"), two.unit.name_kk
    Person.objects.filter(pk=one.person_id).update(surname_kk="Басқаева")
    Unit.objects.filter(pk=two.unit_id).update(name_kk="Жаңа атау")
    shown = browse("national").get(reverse("training:result_sheet", args=[course.code, 1])).content.decode()
    assert name in shown and unit in shown and "Басқаева" not in shown and "Жаңа атау" not in shown
    sheet = ResultSheet.objects.get(run=course)
    data = paper.data_of(sheet, "http://localhost/x")
    assert [row["values"] for row in data["rows"] if row["outcome"]["ru"] == "пройдено"] == [
        ["100 %", "40", "—", "—", "80", "—"]
    ]
    rows = pdf.text_of(paper.TEMPLATE, data, "<row>")
    assert len(rows) == 3 and f"{name} | пройдено" in rows and not any("Басқаева" in row for row in rows)
    assert pdf.text_of(paper.TEMPLATE, data, "<number>") == [f"{course.code}/1"]
    members = [account("national").person.full_name("kk"), account("trainer").person.full_name("kk")]
    assert pdf.text_of(paper.TEMPLATE, data, "<member>") == members, "the chair first"
    assert "80 %" in data["rule"]["kk"] and "80 %" in data["rule"]["ru"] and data["rule"]["kk"] != data["rule"]["ru"]
    mark(course, account, 80, 90, reason="Апелляция.")
    minutes[two.pk] = 500
    confirm(course, account, reason="Апелляция бойынша.")
    later = ResultSheet.objects.get(run=course, number=2)
    assert pdf.text_of(paper.TEMPLATE, paper.data_of(later, "x"), "<reason>") == ["Апелляция бойынша."]
    assert paper.data_of(sheet, "http://localhost/x") == data, "the first paper stays as it was"
    answer = browse("national").get(reverse("training:result_sheet_file", args=[course.code, 1]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_she_who_has_no_office_reads_on_her_own_page_why_she_did_not_pass(
    held: Held, browse: Browse, account: Accounts, minutes: dict[int, int]
) -> None:
    course, hers = held(2), account("student")
    one, two = seats_of(course)
    Applicant.objects.filter(pk=one.applicant_id).update(person=hers.person)
    Enrolment.objects.filter(pk=one.pk).update(person=hers.person)
    minutes.update({one.pk: 470, two.pk: MINUTES})
    mark(course, account, 80, 80)
    own = reverse("training:my_results")
    assert "Сізде әзірге нәтиже жоқ" in browse("student").get(own).content.decode()
    confirm(course, account)
    told = Notice.objects.get(kind="training.result_not_passed", person=hers.person)
    assert told.page == "/results/"
    shown = browse("student").get(own).content.decode()
    assert (
        "600 минуттан 470, 78\u00a0%; кемінде 80\u00a0% керек." in shown and "Қорытынды жұмыс: 100 ұпайдан 80" in shown
    )
    assert two.person.full_name() not in shown
    for login in ("head", "pavlodar", "trainer"):
        assert "600 минуттан 470" not in browse(login).get(own).content.decode(), "only her own stand there"


@pytest.mark.parametrize("login", ["village", "head", "student", "mentor"])
def test_whoever_is_not_of_it_finds_no_page_of_the_results(login: str, held: Held, browse: Browse, account: Accounts) -> None:  # fmt: skip
    course = held(1)
    confirm(course, account)
    names = [*PAGES, "marks_template"]
    pages = [page(name, course) for name in names] + [reverse(f"training:{name}", args=[course.code, 1]) for name in ("result_sheet", "result_sheet_file")]  # fmt: skip
    assert {address: browse(login).get(address).status_code for address in pages} == dict.fromkeys(pages, 404)
    assert browse("national").get(reverse("training:result_sheet", args=[course.code, 9])).status_code == 404


def test_before_it_begins_nobody_has_failed_and_while_it_goes_on_nobody_yet(held: Held, browse: Browse) -> None:
    course = held(2)
    national, address = browse("national"), page("results", course)
    Run.objects.filter(pk=course.pk).update(state="confirmed")
    ahead = national.get(address).content.decode()
    assert "Әзірге ештеңе есептелген жоқ" in ahead and "келмеді" not in ahead
    Run.objects.filter(pk=course.pk).update(state="running")
    for name in ("results", "result_confirm"):
        meanwhile = national.get(page(name, course)).content.decode()
        assert "келмеді" not in meanwhile and "аяқталмады" not in meanwhile
    assert national.get(address).content.decode().count("әзірге жоқ") == 2
    Run.objects.filter(pk=course.pk).update(state="assessment")
    assert national.get(address).content.decode().count("келмеді") == 2


def test_of_more_people_than_a_page_holds_it_says_whose_marks_are_taken_along(held: Held, browse: Browse) -> None:
    course = held(2)
    trainer, address = browse("trainer"), page("marks", course)
    assert "қалғандарының" not in trainer.get(address).content.decode()
    one = seats_of(course)[0]
    for n in range(ON_A_PAGE):
        person = Person.objects.create(surname_kk=f"Көп{n}", given_kk="Адам")
        asked = Applicant.objects.create(
            application=one.applicant.application, run=course, person=person, unit=one.unit
        )
        Enrolment.objects.create(run=course, person=person, applicant=asked, unit=one.unit)
    shown = trainer.get(address).content.decode()
    assert f"Барлығы {ON_A_PAGE + 2} адам: алғашқы {ON_A_PAGE}" in shown
