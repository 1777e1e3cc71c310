"""A questionnaire in a browser: a slip by the door, a methodologist who opens a survey and reads what came."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize(
    "visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True, ids=["kk-wide", "ru-narrow"]
)


@BOTH
def test_a_survey_is_opened_answered_at_the_door_and_its_results_stay_hidden_while_it_runs(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    page = visitor.page
    visitor.open("/surveys/")
    visitor.look()
    page.locator("a[href*='/surveys/new/?with=NL-REACTION']").click()
    page.locator("select[name=unit]").select_option("KZ-55")
    page.locator("input[name=about_kk]").fill("Шеберлік сағаты")
    page.locator("input[name=about_ru]").fill("Мастер-класс")
    visitor.look()
    page.locator("main form button.main").click()
    survey = page.url
    expect(page.locator("main dl.facts dd").first).to_have_text("0")
    visitor.look()
    page.locator("form[action$='/kiosk/'] button").click()
    code = page.locator("main dl.facts dd.num").inner_text()
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", code)
    visitor.look()
    visitor.open("/survey/")
    visitor.look()
    page.locator("input[name=code]").fill(code)
    page.locator("main form button.main").click()
    for name in ("q1", "q2.a1", "q2.a2", "q2.a3"):
        page.locator(f"input[name='{name}'][value='4']").check()
    page.locator("input[name=q3][value=a2]").check()
    page.locator("textarea[name=q5]").fill("Рахмет")
    visitor.look()
    page.locator("main form button.main").click()  # one line of the matrix is empty
    expect(page.locator("main [role=alert], main .errors").first).to_be_visible()
    expect(page.locator("textarea[name=q5]")).to_have_value("Рахмет")
    visitor.look()
    page.locator("input[name='q2.a4'][value='5']").check()
    page.locator("main form button.main").click()
    expect(page.locator("main a.main")).to_be_visible()
    visitor.look()
    page.locator("main a.main").click()  # the next person finds a clean sheet
    expect(page.locator("textarea[name=q5]")).to_have_value("")
    page.goto(survey)
    expect(page.locator("main dl.facts dd").first).to_have_text("1")
    assert "Рахмет" not in page.locator("main").inner_text()
    page.locator("form[action$='/close/'] button").click()
    visitor.look()
    assert "Рахмет" not in page.locator("main").inner_text(), "one sheet tells who said it"


@BOTH
def test_results_of_many_are_read_and_her_own_questionnaire_is_answered(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    page = visitor.page
    visitor.open("/surveys/")
    page.locator("main ul.todo a", has_text=re.compile("практикум", re.IGNORECASE)).first.click()
    expect(page.locator("main table")).to_have_count(4)
    visitor.look()
    visitor.sign_in("village")
    visitor.open("/survey/mine/")
    visitor.look()
    page.locator("main a.main").last.click()
    visitor.look()


@pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)
def test_a_questionnaire_is_written_and_published(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    page, code = visitor.page, f"PVL-{visitor.language.upper()}"
    visitor.open("/questionnaires/new/")
    page.locator("select[name=unit]").select_option(index=1)
    page.locator("input[name=purpose][value=other]").check()
    page.locator("input[name=code]").fill(code)
    page.locator("input[name=title_kk]").fill("Пікір")
    page.locator("input[name=title_ru]").fill("Мнение")
    visitor.look()
    page.locator("main form button.main").click()
    for kind in ("scale", "matrix", "ranking", "text"):
        page.locator("#kind").select_option(kind)
        page.locator("form[action$='/question/'] button").click()
        page.locator("input[name=text_kk]").fill(f"Сұрақ {kind}")
        page.locator("input[name=text_ru]").fill(f"Вопрос {kind}")
        if kind in ("matrix", "ranking"):
            page.locator("textarea[name=options_kk]").fill("бір\nекі")
            page.locator("textarea[name=options_ru]").fill("раз\nдва")
        if kind in ("scale", "matrix"):
            for name in ("low_kk", "high_kk", "low_ru", "high_ru"):
                page.locator(f"input[name={name}]").fill("…")
        visitor.look()
        page.locator("main form button.main").click()
    expect(page.locator("#questions ol > li")).to_have_count(4)
    page.locator("#questions ol > li").nth(3).locator("button[value=up]").click()
    expect(page.locator("#questions ol > li").nth(2)).to_contain_text("text")
    visitor.look()
    page.locator("form[action$='/publish/'] button").click()
    expect(page.locator("main .tag.ok").first).to_be_visible()
    visitor.look()
