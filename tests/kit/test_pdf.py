"""Papers: PDF/A with Kazakh letters, the same bytes for the same paper, nothing of the data ever run."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from orken.kit.pdf.rendering import TEMPLATES, PaperProblem, qr, render, text_of

PAPER = TEMPLATES / "paper.typ"
MADE = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def order(**changes: Any) -> dict[str, Any]:
    return {
        "title": {"kk": "Бұйрық", "ru": "Приказ"},
        "issuer": {"kk": "Ұлттық кітапхана", "ru": "Национальная библиотека"},
        "number": "41-О",
        "date": "2026 жылғы 12 наурыз",
        "check_at": "orken.example/verify/41/",
        "qr": qr("https://orken.example/verify/41/"),
        "signed": [{"post": {"kk": "Директор", "ru": "Директор"}, "name": "Қ. Мұратбеков"}],
        "text": {"kk": ["Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі ₸"], "ru": ["Текст"]},
    } | changes


def test_a_paper_is_pdf_a_and_its_fonts_are_inside() -> None:
    paper = render(PAPER, order(), made_at=MADE)
    assert paper.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in paper
    assert set(re.findall(rb"/FontName ?/([A-Z]{6}\+[\w-]+)", paper)) or b"/FontFile" in paper


def test_the_same_paper_is_the_same_bytes() -> None:
    assert render(PAPER, order(), made_at=MADE) == render(PAPER, order(), made_at=MADE)
    assert render(PAPER, order(number="42-О"), made_at=MADE) != render(PAPER, order(), made_at=MADE)


def test_what_people_typed_is_text_and_never_a_program() -> None:
    title = '#panic("x") $ * _ ` \\ @a <b> [c] "'
    assert text_of(PAPER, order(title={"kk": title, "ru": title}), "<title>") == [title]
    render(PAPER, order(title={"kk": title, "ru": title}), made_at=MADE)


def test_a_missing_fact_is_a_problem_of_the_template() -> None:
    with pytest.raises(PaperProblem):
        render(PAPER, {"title": {"kk": "Х"}}, made_at=MADE)
