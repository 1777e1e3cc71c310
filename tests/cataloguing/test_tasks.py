"""The invented books: whole, clean under the checker, and agreed upon by their experts."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from stdnum import isbn, issn

from orken.cataloguing import checker, marking, profiles
from orken.cataloguing.calibration import AGREED, agreement
from orken.cataloguing.record import Record
from orken.cataloguing.tasks import drawing, material

CODES = [book.code for book in material.books()]
FORMATS = list(material.FORMATS)


def test_there_are_books_of_every_kind_and_language() -> None:
    books = material.books()
    assert len(books) >= 20
    assert {book.kind for book in books} == {"monograph", "serial", "article", "eresource", "set", "volume"}
    assert {book.language for book in books} == {"kaz", "rus", "eng"}
    assert all(set(book.say) == {"kk", "ru", "en"} for book in books)
    assert len({book.code for book in books}) == len(books)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("code", CODES)
def test_experts_records_are_clean(code: str, format: str) -> None:
    profile = profiles.get(format)
    for place, record in enumerate(material.experts(code, format), start=1):
        said = [
            (one.rule, one.place, one.message("ru")) for one in checker.check(record, profile) if one.severity != "info"
        ]
        assert not said, f"expert {place}"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("code", CODES)
def test_experts_agree_well_enough_to_judge(code: str, format: str) -> None:
    found = marking.agreement_of(code, format)
    assert len(found.scores) == 2
    assert found.least >= AGREED
    assert found.publishable


@pytest.mark.parametrize("format", FORMATS)
def test_experts_are_two_people(format: str) -> None:
    """Their records differ: a second copy would be no second opinion."""
    for code in CODES:
        first, second = material.experts(code, format)
        assert first.without("001", "005") != second.without("001", "005"), code


def test_one_expert_alone_agrees_with_nobody() -> None:
    experts = marking.experts_of("kk-novel", "marc21")
    assert not agreement(experts[:1]).publishable
    assert agreement(experts[:1]).least == 0.0


def test_experts_who_disagree_cannot_publish() -> None:
    first, other = marking.experts_of("kk-novel", "marc21")[0], marking.experts_of("ru-revised", "marc21")[0]
    assert not agreement([first, other]).publishable


def test_a_record_declares_its_format() -> None:
    for code in CODES:
        for format in FORMATS:
            for record in material.experts(code, format):
                assert profiles.detect(record) == format, (code, format)


def test_numbers_are_valid_and_stand_on_the_pages() -> None:
    for book in material.books():
        text = " ".join(line for page in drawing.PAGES for _style, line in getattr(book, page))
        for said in book.experts:
            assert all(isbn.is_valid(number) for number in said.isbn)
            assert not said.issn or issn.is_valid(said.issn)
            assert said.date in text, book.code
        for number in (*book.experts[0].isbn, book.experts[0].issn):
            assert number in text, book.code
        for mark in (*book.experts[0].udc,):
            assert mark in text or book.code == "en-ru-album", (book.code, mark)


@pytest.mark.parametrize("seed", [1, 2, 7, 1910])
def test_a_seed_changes_facts_on_pages_and_in_records_alike(seed: int) -> None:
    for book in material.books():
        if book.kind != "monograph":
            continue
        varied = material.varied(book.code, seed)
        assert varied.experts[0].date != book.experts[0].date
        assert material.varied(book.code, seed) == varied
        text = " ".join(line for page in drawing.PAGES for _style, line in getattr(varied, page))
        assert varied.experts[0].date in text
        assert book.experts[0].isbn[0] not in text
        assert all(isbn.is_valid(number) for number in varied.experts[0].isbn)
        for format in FORMATS:
            first, second = (one.description for one in marking.experts_of(book.code, format, seed))
            assert first["number"] == second["number"] or {v.key for v in first["number"]} == {
                v.key for v in second["number"]
            }


def test_the_answer_to_the_book_itself_fails_its_variant() -> None:
    plain: Record = material.experts("ru-essays", "rusmarc")[0]
    marked = marking.mark(plain, profiles.get("rusmarc"), marking.experts_of("ru-essays", "rusmarc", 5))
    assert not marked.passed


def test_pages_are_drawn_without_style_or_script_and_no_line_runs_over_the_edge() -> None:
    for book in material.books():
        for page in drawing.PAGES:
            drawn = drawing.svg(book, page, "Бет")
            root = ElementTree.fromstring(drawn)
            assert not re.search(r"style=|<script|href=|on\w+=", drawn)
            assert root.get("role") == "img" and root.get("aria-label")
            for line in drawing.lines(getattr(book, page), title_page=page == "front"):
                # 0.8 of the size is more than the mean capital of the serif face
                widest = 0.78 if line.text.isupper() else 0.56
                assert len(line.text) * line.size * widest <= drawing.WIDTH - drawing.MARGIN, (book.code, line.text)
