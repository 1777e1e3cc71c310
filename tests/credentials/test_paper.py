"""The paper of a certificate: one page whatever its words, both languages, the same bytes from the same data."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import typst

from orken.credentials.models.rules import Kind
from orken.credentials.paper import drawing, words
from orken.kit.pdf import rendering as pdf
from tests import pdfa

SIGNER = {"name": {"kk": "Қ. Мұратбеков", "ru": "К. Муратбеков"}, "post": {"kk": "Директор", "ru": "Директор"}}
LONG_SIGNER = {
    "name": {"kk": "Мұхаммедәлиев Қайрат Сейітжанұлы", "ru": "Мухаммедалиев Кайрат Сейтжанович"},
    "post": {
        "kk": "Ұлттық кітапхана директорының ғылыми жұмыс жөніндегі орынбасары",
        "ru": "Заместитель директора Национальной библиотеки по научной работе",
    },
}


def data(**more: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "number": "ҰК-КШ-2026-000123-3", "ascii": "NL-CAT-2026-000123-3", "lead": words.LEADS[Kind.DEVELOPMENT], "hours": "72",
        "title": {"kk": "Біліктілікті арттыру сертификаты", "ru": "Сертификат о повышении квалификации"},
        "issuer": {"kk": "Ұлттық кітапхана", "ru": "Национальная библиотека"}, "school": {}, "latin": False,
        "name": {"kk": {"surname": "Жұмабекова", "given": "Айгүл", "patronymic": ""}, "ru": {"surname": "Жумабекова", "given": "Айгуль", "patronymic": ""}, "en": {"surname": "Zhumabekova", "given": "Aigul", "patronymic": ""}},
        "programme": {"kk": "Каталогтау", "ru": "Каталогизация"}, "form": {"kk": "аралас", "ru": "смешанная"}, "starts_on": "2026-08-03",
        "ends_on": "2026-08-14", "dated_on": "2026-08-14", "order": "", "ordered_on": None, "place": {"kk": "Алматы", "ru": "г. Алматы"}, "signed": [SIGNER],
    }  # fmt: skip
    return said | more


LONGEST = data(
    issuer={"kk": "Шығыс Қазақстан облысы әкімдігі мәдениет басқармасының " * 2 + "кітапханасы", "ru": "Коммунальное государственное учреждение управления культуры " * 2 + "библиотека"},
    school={"kk": "Каталогтаушы мектебі", "ru": "Школа каталогизатора"}, latin=True, order="412-ПК/2026", ordered_on="2026-08-14",
    name={
        "kk": {"surname": "Абдрахманова-Сейітмұхамедова-Қожахметова", "given": "Гүлнәр-Айсұлу", "patronymic": "Нұрмұхаммедқызы"},
        "ru": {"surname": "Абдрахманова-Сеитмухамедова-Кожахметова", "given": "Гульнара-Айсулу", "patronymic": "Нурмухаммедовна"},
        "en": {"surname": "Abdrakhmanova-Seitmukhamedova-Kozhakhmetova", "given": "Gulnara-Aisulu", "patronymic": ""},
    },
    programme={"kk": ("сирек кездесетін және құнды басылымдарды сақтау " * 7)[:300], "ru": ("обеспечение сохранности редких и ценных изданий " * 7)[:300]},
    form={"kk": "қашықтан, белгіленген сағаттарда бірге", "ru": "дистанционная, вместе в назначенные часы"}, signed=[LONG_SIGNER] * 3,
    replacing={"number": "ҰК-КШ-2026-000101-5", "reason": "Қате"},
)  # fmt: skip


LONGEST_TALK = LONGEST | {
    "lead": words.LEADS[Kind.SPEAKING], "hours": "", "talk": {"kk": ("кітапханашылардың үздіксіз білім алу стратегиясы " * 9)[:400], "ru": ("стратегия непрерывного образования библиотекарей " * 9)[:400]},
    "organiser": LONGEST["issuer"],
}  # fmt: skip


def pages(said: dict[str, Any], copy: int = 0) -> int:
    sheet = drawing.sheet(said, copy=copy, copied_on=date(2026, 9, 1) if copy else None)
    found: Any = typst.compile(
        drawing.TEMPLATE, root=drawing.TEMPLATE.parent, font_paths=pdf._fonts(), format="svg",
        sys_inputs={"data": json.dumps(sheet, ensure_ascii=False)},
    )  # fmt: skip
    return len(found) if isinstance(found, list) else 1


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_fits_on_one_page(kind: str) -> None:
    assert pages(data(lead=words.LEADS[kind])) == 1


@pytest.mark.parametrize("copy", [0, 12])
def test_the_longest_words_fit_too(copy: int) -> None:
    assert pages(LONGEST, copy) == 1
    assert pages(LONGEST_TALK, copy) == 1


@pytest.mark.parametrize("kind", [*Kind.values, "longest", "copy"])
def test_every_kind_is_a_pdf_for_thirty_years(kind: str) -> None:
    """PDF/A-2b with tags: what it needs is in the file, and both languages are told apart."""
    said = data(lead=words.LEADS[kind]) if kind in Kind.values else LONGEST
    sheet = drawing.sheet(said, copy=2, copied_on=date(2026, 9, 1)) if kind == "copy" else drawing.sheet(said)
    made = pdf.render(drawing.TEMPLATE, sheet, made_at=datetime(2026, 8, 14, tzinfo=UTC))
    assert pdfa.faults(made) == []


def test_the_same_data_give_the_same_bytes() -> None:
    made_at = datetime(2026, 8, 14, tzinfo=UTC)
    first, second = (pdf.render(drawing.TEMPLATE, drawing.sheet(LONGEST), made_at=made_at) for _n in range(2))
    assert first == second and first.startswith(b"%PDF") and len(first) < 100_000
    assert pdf.text_of(drawing.TEMPLATE, drawing.sheet(LONGEST), "<number>") == [LONGEST["number"]]


@pytest.mark.parametrize(
    ("hours", "russian"),
    [
        ("1", "1 академический час"), ("2", "2 академических часа"), ("5", "5 академических часов"), ("11", "11 академических часов"),
        ("21", "21 академический час"), ("72", "72 академических часа"), ("112", "112 академических часов"), ("2,2", "2,2 академического часа"),
    ],
)  # fmt: skip
def test_hours_are_written_as_one_says_them(hours: str, russian: str) -> None:
    assert words.hours(hours) == {"kk": f"{hours} академиялық сағат", "ru": russian}


def test_what_somebody_typed_is_text_and_no_program() -> None:
    assert pages(data(programme={"kk": "#panic() $x$ \\ *а* <script>", "ru": '#include "/etc/passwd"'})) == 1
