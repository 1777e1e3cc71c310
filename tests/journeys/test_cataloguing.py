"""The jobs of a cataloguer, done in a browser: a record looked at and graded, a book described, a catalogue checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from orken.cataloguing import codecs, examples
from orken.cataloguing.record import data_field
from orken.cataloguing.tasks import material
from tests.journeys.conftest import Site, Visitor, worker

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize(
    "visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True, ids=["kk-wide", "ru-narrow"]
)
TWO = pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "wide")], indirect=True)
KK = pytest.mark.parametrize("visitor", [("kk", "wide")], indirect=True)


def draft() -> bytes:
    found = examples.get("draft-rusmarc")
    assert found is not None
    return codecs.dumps(found.record, "iso2709")


def catalogue(*, faulty: bool) -> bytes:
    """Ten records; the faulty ones lack the source of the record and have a mark typed where the program writes it."""
    records = [material.experts(book.code, "rusmarc")[0] for book in material.books()][:10]
    if faulty:
        records = [record.without("801") for record in records]
    return b"".join(codecs.dumps(record, "iso2709") for record in records)


@contextmanager
def worker_at_work(site: Site) -> Iterator[None]:
    """A worker as `make start` has one."""
    process = worker(site, once=False)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


@BOTH
def test_a_record_is_sent_its_messages_read_and_its_mark_explained(visitor: Visitor, tmp_path: Path) -> None:
    """From the upload to the graded comparison."""
    file = tmp_path / "жазба.mrc"
    file.write_bytes(draft())
    visitor.sign_in("village")
    visitor.open("/cataloguing/")
    page = visitor.page
    visitor.look()
    page.locator("main h2 a[href$='/cataloguing/record/']").click()
    page.locator("input[type=file]").set_input_files(file)
    visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator(".rec mark")).to_have_text(re.compile("Көктeмгі|Көкт.мгі"))
    expect(page.locator(".rec li.stop")).to_have_count(3)
    expect(page.locator(".cardprev").first).to_contain_text("Сарыбаев")
    visitor.look()
    page.locator("button[name=view][value=coded]").click()
    expect(page.locator("main table").first).to_be_visible()
    visitor.look()
    page.locator("button[name=view][value=form]").click()
    expect(page.locator("dl.form")).to_contain_text("роман")
    visitor.look()
    page.locator(".bench button[formaction]").click()
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile("=200"))
    page.locator("select[name=book]").select_option("kk-novel")
    page.locator("main form button.main").click()
    expect(page.locator(".score .big")).to_contain_text("59")
    expect(page.locator(".note.stop").first).to_contain_text("59")
    titles = page.locator("main table.cards").first.locator("tbody tr")
    expect(titles.nth(1)).to_be_attached()
    visitor.look()
    page.locator("main details summary").first.click()
    visitor.look()
    page.locator("main .msg a[href*='/rules/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".rec")).to_have_count(2)
    visitor.look()


@TWO
def test_a_student_describes_a_book_from_its_pages(visitor: Visitor) -> None:
    visitor.sign_in("student")
    visitor.open("/cataloguing/books/")
    page = visitor.page
    expect(page.locator(".leaves .leaf")).to_have_count(len(material.books()))
    visitor.look()
    page.locator("#f-kind").select_option("serial")
    page.locator(".filters button").click()
    expect(page.locator(".leaves .leaf")).to_have_count(2)
    visitor.open("/cataloguing/books/ru-essays/")
    page.locator("summary").nth(1).click()
    visitor.look()
    record = material.experts("ru-essays", "rusmarc")[1].without("701")
    page.locator("textarea[name=text]").fill(codecs.dumps(record, "mrk").decode())
    page.locator("button[name=do][value=check]").click()
    expect(page.locator(".rec")).to_contain_text("Чтение в степном крае")
    page.locator("button[name=do][value=grade]").click()
    expect(page.locator(".score .big")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ланской")
    visitor.look()


@BOTH
def test_hints_lead_step_by_step_and_a_teacher_looks_at_a_held_mark(visitor: Visitor) -> None:
    """A learner takes hints, sends a mark that the grader holds; the teacher gives another; the learner reads why."""
    visitor.sign_in("student")
    visitor.open("/cataloguing/books/ru-essays/")
    page = visitor.page
    expert = material.experts("ru-essays", "rusmarc")[0]
    page.locator("textarea[name=text]").fill(codecs.dumps(expert.without("700", "701", "606"), "mrk").decode())
    page.locator("button[name=do][value=grade]").click()
    expect(page.locator(".score .big")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Бектурова, Алма Кайратовна")
    for number in range(1, 5):
        page.locator("button[name=do][value=hint]").click()
        expect(page.locator("#hints-h + ol > li")).to_have_count(number)
    expect(page.locator("#hints-h + ol > li").last).to_contain_text("Бектурова, Алма Кайратовна")
    visitor.look()
    strange = expert.with_field(data_field("606", "1 ", "aКоневодство", "xИстория", "2nlr_sh"))
    page.locator("textarea[name=text]").fill(codecs.dumps(strange, "mrk").decode())
    page.locator("button[name=do][value=grade]").click()
    page.locator("details:has(textarea[name=words]) summary").last.click()
    page.locator("textarea[name=words]").fill("Бұл тақырып та дұрыс")
    visitor.look()
    page.locator("form[action*='/send/'] button").click()
    expect(page.locator("h1")).to_have_text("Чтение в степном крае")
    mark = page.url
    visitor.look()
    visitor.sign_in("national")
    visitor.open("/cataloguing/held/")
    visitor.look()
    page.locator("main tbody tr", has_text="Чтение в степном крае").first.locator("a").first.click()
    expect(page.locator("main")).to_contain_text("Бұл тақырып та дұрыс")
    page.locator("input[name=way][value=change]").check()
    page.locator("main .panel form button.main").click()
    expect(page.locator(".errors")).to_be_focused()
    page.locator("[name=final]").fill("88,5")
    page.locator("[name=answer]").fill("Артық тақырып зиян емес")
    visitor.look()
    page.locator("main .panel form button.main").click()
    expect(page.locator("dl.facts")).to_contain_text("88,5")
    visitor.sign_in("student")
    page.goto(mark)
    expect(page.locator("main")).to_contain_text("Артық тақырып зиян емес")
    visitor.look()


@TWO
def test_a_catalogue_is_checked_in_the_background_and_two_files_compared(
    visitor: Visitor, site: Site, tmp_path: Path
) -> None:
    visitor.sign_in("mentor")
    page = visitor.page
    for name, faulty in (("бұрын.mrc", True), ("кейін.mrc", False)):
        file = tmp_path / name
        file.write_bytes(catalogue(faulty=faulty))
        visitor.open("/cataloguing/files/")
        page.locator("input[type=file]").set_input_files(file)
        page.locator("main form button.main").click()
        expect(page.locator("progress")).to_be_visible()
        visitor.look()
        with worker_at_work(site):
            # The page asks by itself and shows the report when it is there.
            expect(page.locator("dl.facts")).to_be_visible()
        expect(page.locator("dl.facts dd").first).to_have_text("10")
        visitor.look()
    visitor.open("/cataloguing/files/")
    visitor.look()
    page.locator("main a", has_text="бұрын.mrc").first.click()
    page.locator("a[href*='?rule=']").first.click()
    expect(page.locator("#list tbody tr")).to_have_count(10)
    visitor.look()
    page.locator("#list tbody th a").first.click()
    expect(page.locator(".rec li.stop")).to_have_count(1)
    visitor.open("/cataloguing/files/compare/")
    for place, name in (("first", "бұрын"), ("second", "кейін")):
        value = page.locator(f"#f-{place} option", has_text=name).first.get_attribute("value")
        page.locator(f"#f-{place}").select_option(value)
    page.locator("main form button.main").click()
    expect(page.locator("dl.facts dd.yes")).to_have_text(re.compile("^[-−]"))
    visitor.look()
    visitor.open("/cataloguing/files/")
    page.locator("main a", has_text="бұрын.mrc").first.click()
    page.locator("button.grave").click()
    expect(page.locator("main a", has_text="бұрын.mrc")).to_have_count(0)


@KK
def test_the_national_library_writes_a_row_of_kazmarc(visitor: Visitor) -> None:
    visitor.sign_in("national")
    visitor.open("/cataloguing/kazmarc/")
    page = visitor.page
    visitor.look()
    page.locator("main a.btn.main").click()
    page.locator("[name=tag]").fill("9")
    page.locator("main form button.main").click()
    expect(page.locator(".errors")).to_be_focused()
    visitor.look()
    page.locator("[name=tag]").fill("979")
    page.locator("[name=name_kk]").fill("Сынақ өрісі")
    page.locator("[name=source]").fill("Сынақ бұйрығы, 2-бет")
    page.locator("main form button.main").click()
    expect(page.locator("main tbody")).to_contain_text("Сынақ өрісі")
    visitor.look()
    visitor.open("/cataloguing/formats/kazmarc/979/")
    expect(page.locator("h1")).to_contain_text("Сынақ өрісі")
    visitor.open("/trail/")
    expect(page.locator("main")).to_contain_text("979")
    visitor.open("/cataloguing/kazmarc/")
    page.locator("main tbody th a").first.click()
    page.locator("button.grave").click()
    expect(page.locator("main .empty")).to_be_visible()


@TWO
def test_two_records_are_compared_and_experts_looked_at(visitor: Visitor) -> None:
    visitor.sign_in("national")
    page = visitor.page
    visitor.open("/cataloguing/compare/")
    for name, format in (("first", "rusmarc"), ("second", "marc21")):
        page.locator(f"textarea[name={name}]").fill(
            codecs.dumps(material.experts("ru-revised", format)[0], "mrk").decode()
        )
    visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator("main table").first).to_be_visible()
    visitor.look()
    visitor.open("/cataloguing/books/ru-revised/")
    page.locator(".lab header a.btn").click()
    expect(page.locator(".tabs [aria-current]")).to_have_text("RUSMARC")
    visitor.look()
    visitor.open("/cataloguing/rules/?q=ISBN")
    visitor.look()
    visitor.open("/cataloguing/formats/rusmarc/")
    visitor.look()
    visitor.open("/cataloguing/formats/rusmarc/100/")
    page.locator("main summary").first.click()
    visitor.look()
