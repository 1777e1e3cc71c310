"""The copy for Word: it says what the paper says."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils import timezone
from docx import Document

from orken.records import word
from orken.records.kinds import Head, Lines, Words, point
from tests.records.conftest import Made


def texts(content: bytes) -> list[str]:
    made = Document(BytesIO(content))
    return [cell.text for table in made.tables for row in table.rows for cell in row.cells] + [one.text for one in made.paragraphs]  # fmt: skip


def test_every_word_of_the_paper_stands_in_the_copy(registered: Made) -> None:
    paper = registered(
        text="Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі <b> & ₸", extra_kk="Тағы", extra_ru="Ещё", basis_kk="Жоспар", basis_ru="План"
    )
    lines = Lines([Head("№", "№", 9, "right"), Head("Аты", "Имя")], [["1", {"kk": "Асем", "ru": "Асем"}]], Words("Тізім", "Список"))  # fmt: skip
    data: dict[str, Any] = paper.data | {
        "annexes": [lines.block()],
        "blocks": [*paper.data["blocks"], {"type": "facts", "rows": [[point("Күні", "День"), "5"]]}, {"type": "text", **point("Мәтін", "Текст")}],
    }  # fmt: skip
    found = texts(word.document(data, timezone.now()))
    for wanted in ("1. Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі <b> & ₸", "2. Тағы", "2. Ещё", "Негіз: Жоспар", "Основание: План", f"№ {paper.code}", "Асем", "Аты\nИмя", "Күні\nДень", "Мәтін"):  # fmt: skip
        assert wanted in found, wanted
    assert any("1-қосымша" in text for text in found)
    wide = word.document(data | {"wide": True}, timezone.now())
    section = Document(BytesIO(wide)).sections[0]
    assert (
        section.page_width is not None and section.page_height is not None and section.page_width > section.page_height
    )
