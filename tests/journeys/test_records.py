"""A paper in a browser: the organiser drafts an order, the registrar numbers it, enters the signature, hands it over."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
TWO = pytest.mark.parametrize(
    "visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True, ids=lambda value: "-".join(value)
)
SCAN = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@TWO
def test_an_order_goes_from_its_draft_to_the_hand_over_journal(visitor: Visitor) -> None:
    visitor.sign_in("national")
    page = visitor.page
    visitor.open("/training/NL-2026-42/papers/")
    visitor.look()
    page.locator("a[href$='/papers/new/order.conduct/']").click()
    page.locator("textarea[name=basis_kk]").fill("Жылдық жоспар")
    visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator("#id_basis_ru_error")).to_be_visible()  # both languages, or neither
    visitor.look()
    page.locator("textarea[name=basis_ru]").fill("Годовой план")
    page.locator("main form button.main").click()
    draft = page.url
    assert "/papers/" in draft
    visitor.look()

    visitor.sign_in("registrar")
    visitor.open("/papers/?state=draft")
    visitor.look()
    page.goto(draft)
    page.locator("a[href$='/register/']").click()
    visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator("a[href$='/sign/']")).to_be_visible()
    number = page.locator("main ol.crumbs [aria-current]").inner_text()
    assert number.startswith("№ ") and "-Б/" in number
    visitor.look()
    paper = page.request.get(draft + "paper.pdf")
    assert paper.body().startswith(b"%PDF") and page.request.get(draft + "paper.docx").ok

    page.locator("a[href$='/sign/']").click()
    page.locator("input[name=scan]").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": SCAN}
    )
    visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator("a[href$='/signed/']")).to_be_visible()
    page.locator("main details summary.btn").click()
    page.locator("input[name=to]").fill("Асем Оразбаева")
    visitor.look()
    page.locator("main details form button.main").click()
    expect(page.locator("main table.data tbody th")).to_have_text("Асем Оразбаева")
    visitor.look()


@TWO
def test_a_run_cancelled_after_its_order_and_the_words_of_an_issuer(visitor: Visitor) -> None:
    visitor.sign_in("registrar")
    page = visitor.page
    visitor.open("/training/NL-2026-40/papers/")
    visitor.look()
    page.locator("main ul.todo a", has_text="4-Б/2026").click()
    expect(page.locator("main .note.stop a")).to_be_visible()  # it leads to the order that cancels it
    visitor.look()
    page.locator("main .note.stop a").click()
    visitor.look()
    visitor.open("/papers/words/?issuer=KZ-55-LIB")
    visitor.look()
    visitor.open("/papers/words/KZ-55-LIB/letterhead/")
    page.locator("input[name=s1_name_ru]").fill("")
    page.locator("main form button.main").first.click()
    expect(page.locator("#id_s1_name_ru_error")).to_be_visible()
    visitor.look()
    page.locator("input[name=s1_name_ru]").fill("Б. Касымова-Оразбаева")
    page.locator("main form button.main").first.click()
    expect(page.locator("main aside details")).not_to_have_count(1)
    visitor.look()
