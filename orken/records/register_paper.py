"""The register and hand-over journal of a series on paper: signed and filed at the end of a year, or asked for by a check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from orken.kit.i18n.dates import long_date
from orken.kit.pdf import rendering as pdf
from orken.records import kinds, selectors, wording
from orken.records.kinds import Head, Lines
from orken.records.models import Delivery, Number, Paper, Series

TEMPLATE = Path(__file__).parent / "papers" / "register.typ"
HEADS = [
    Head("№", "№", 10, "right"), Head("Нөмірі", "Номер", 24), Head("Күні", "Дата", 24), Head("Не туралы", "О чём", share=5),
    Head("Қол қойған, күйі", "Подписал, состояние", share=3), Head("Кімге, қалай, қашан берілді", "Кому, как, когда выдан", share=3),
]  # fmt: skip


def drawn(series: Series) -> bytes:
    return pdf.render(TEMPLATE, data_of(series), made_at=timezone.now().replace(microsecond=0))


def data_of(series: Series) -> dict[str, Any]:
    """Every number of the series in its order; of a number that no paper bears the reason alone."""
    head = wording.letterhead(series.issuer).words
    line = kinds.lines()[series.code]
    rows = [_row(number) for number in selectors.numbers_of(series)]
    today = timezone.localdate()
    return {
        "issuer": {"kk": head["heading_kk"], "ru": head["heading_ru"]},
        "details": {"kk": head["details_kk"], "ru": head["details_ru"]},
        "title": {"kk": "Тіркеу және беру журналы", "ru": "Журнал регистрации и выдачи"},
        "series": _both(line.label), "year": str(series.year), "on": {"kk": long_date(today, "kk"), "ru": long_date(today, "ru")},
        "lines": Lines(HEADS, rows).block(),
    }  # fmt: skip


def _both(text: object) -> dict[str, str]:
    found = {}
    for code in ("kk", "ru"):
        with override(code):
            found[code] = str(text)
    return found


def _row(number: Number) -> list[Any]:
    paper: Paper | None = getattr(number, "paper", None)
    if paper is None:
        return [str(number.sequence), str(number.sequence), "", "", number.reason, ""]
    signature = getattr(paper, "signature", None)
    state = _both(Paper.State(paper.state).label)
    if paper.state == Paper.State.SPOILED:
        said: Any = {code: f"{state[code]}: {paper.reason}" for code in ("kk", "ru")}
    elif signature is not None:
        said = {code: f"{getattr(signature, f'signatory_{code}')} ({state[code]})" for code in ("kk", "ru")}
    else:
        said = state
    handed = "\n".join(f"{one.to}, {_both(Delivery.Way(one.way).label)['kk']}, {_short(one.on)}" for one in paper.deliveries.all() if one.struck_at is None)  # fmt: skip
    return [str(number.sequence), paper.code, _short(paper.on), {"kk": paper.subject_kk, "ru": paper.subject_ru}, said, handed]  # fmt: skip


def _short(on: date | None) -> str:
    return f"{on:%d.%m.%Y}" if on else ""
