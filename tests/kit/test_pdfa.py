"""The judge of PDF/A sees what is wrong: a fault that is planted into a good paper is named."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

import pytest

from orken.credentials.paper import drawing
from orken.kit.pdf import rendering as pdf
from tests import pdfa
from tests.credentials.test_paper import data


@lru_cache(maxsize=1)
def paper() -> bytes:
    return pdf.render(drawing.TEMPLATE, drawing.sheet(data()), made_at=datetime(2026, 8, 14, tzinfo=UTC))


def test_a_good_paper_has_no_fault() -> None:
    assert pdfa.faults(paper()) == []


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        (b"/FontFile2", b"/FontFileX", "not in the file"),
        (b"/ToUnicode", b"/ToUnicodX", "cannot be read out"),
        (b"/GTS_PDFA1", b"/GTS_PDFX1", "intent of output"),
        (b"/Lang(ru)", b"/Lang(xx)", "in ru"),
        (b"/Marked true", b"/Marked fals", "tags: none"),
        (b"pdfaid:part>2<", b"pdfaid:part>1<", "PDF/A-2b"),
        (b"/Suspects", b"/JS/Suspe", "/JS stands in it"),
        (b"/Alt(", b"/Axt(", "has no words"),
    ],
)
def test_a_planted_fault_is_named(good: bytes, bad: bytes, told: str) -> None:
    assert len(good) == len(bad), "the table of references still fits"
    assert good in paper()
    found = pdfa.faults(paper().replace(good, bad))
    assert any(told in one for one in found), found
