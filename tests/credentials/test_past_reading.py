"""Pure rules of registers of earlier years: days however they are written, headings in any wording, messy rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orken.credentials.models.past import key_of
from orken.credentials.past import days, reading, words
from orken.kit.i18n.dates import MONTHS
from orken.network.staff_list.layout import Part, find
from orken.network.staff_list.reading import Refused

TODAY = date(2026, 11, 26)
KK_GENITIVE = tuple(f"{month}" for month in MONTHS["kk"])
some_day = st.dates(date(1990, 1, 1), date(2026, 6, 30))
length = st.integers(1, 40)


def _forms(first: date, last: date) -> list[str]:
    """How registers write two days."""
    ru, kk = MONTHS["ru"], MONTHS["kk"]
    dotted = "{:%d.%m.%Y}"
    found = [
        f"{dotted.format(first)} – {dotted.format(last)}", f"{dotted.format(first)}-{dotted.format(last)} г.", f"{first:%d.%m.%y}–{last:%d.%m.%y}",
        f"с {dotted.format(first)} по {dotted.format(last)}", f"{first.isoformat()} – {last.isoformat()}", f"{first:%d/%m/%Y} - {last:%d/%m/%Y}",
        f"с {first.day} {ru[first.month - 1]} {first.year} г. по {last.day} {ru[last.month - 1]} {last.year} г.",
        f"{first.year} ж. {first.day} {kk[first.month - 1]} – {last.year} ж. {last.day} {kk[last.month - 1]}",
    ]  # fmt: skip
    if first.year == last.year:
        found += [
            f"{first.day} {ru[first.month - 1]} – {last.day} {ru[last.month - 1]} {last.year} г.",
            f"{last.year} жылғы {first.day} {kk[first.month - 1]} мен {last.day} {kk[last.month - 1]} аралығы",
            f"{first:%d.%m} – {dotted.format(last)}",
        ]
    if (first.year, first.month) == (last.year, last.month):
        found += [
            f"{first:%d}–{dotted.format(last)}", f"с {first.day} по {last.day} {ru[last.month - 1]} {last.year} года",
            f"{first.day}-{last.day} {ru[last.month - 1]} {last.year}", f"{last.year} ж. {first.day}–{last.day} {kk[last.month - 1]}",
        ]  # fmt: skip
    return found


@given(first=some_day, more=length, data=st.data())
def test_two_days_are_read_from_whatever_form(first: date, more: int, data: Any) -> None:
    last = first + timedelta(more)
    text = data.draw(st.sampled_from(_forms(first, last)))
    found = days.read(text, TODAY)
    assert found is not None and (found.first, found.last, found.exact) == (first, last, "days"), text


@given(day=some_day, data=st.data())
def test_one_day_is_first_and_last(day: date, data: Any) -> None:
    forms = [f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y} г.", day.isoformat(), f"{day.day} {MONTHS['ru'][day.month - 1]} {day.year} г.", f"{day.year} ж. {day.day} {MONTHS['kk'][day.month - 1]}"]  # fmt: skip
    found = days.read(data.draw(st.sampled_from(forms)), TODAY)
    assert found == days.Days(day, day, "one_day")


@given(st.text(max_size=60))
def test_any_text_is_days_or_nothing(text: str) -> None:
    found = days.read(text, TODAY)
    assert found is None or isinstance(found.first, date)


@pytest.mark.parametrize(
    "text",
    ["31.04.2019", "30 февраля 2019 г.", "весна", "12, 11, 10 апреля 2019", "15.13.2019", "1.2.3.4", "40-45.04.2019"],
)
def test_a_day_that_is_none_is_not_guessed(text: str) -> None:
    assert days.read(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "first", "last", "exact"),
    [
        ("апрель 2019", (2019, 4, 1), (2019, 4, 30), "month_only"), ("2019 ж. сәуір", (2019, 4, 1), (2019, 4, 30), "month_only"),
        ("04.2019", (2019, 4, 1), (2019, 4, 30), "month_only"), ("2019 год", (2019, 1, 1), (2019, 12, 31), "year_only"),
        ("28.12-03.01.2020", (2019, 12, 28), (2020, 1, 3), "days"), ("12, 13, 14 апреля 2019", (2019, 4, 12), (2019, 4, 14), "days"),
    ],
)  # fmt: skip
def test_rough_days_say_how_rough(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int], exact: str
) -> None:
    assert days.read(text, TODAY) == days.Days(date(*first), date(*last), exact)


HEADINGS = {
    "journal": ["Рег. №", "Регистрационный номер", "№ в журнале", "Тіркеу нөмірі", "Registration No."],
    "paper": [
        "№ сертификата",
        "Номер документа",
        "Сертификат №",
        "Куәлік нөмірі",
        "Certificate number",
        "Серия и номер документа",
    ],
    "name": ["Ф.И.О.", "ФИО слушателя", "Тыңдаушының аты-жөні", "Participant", "Слушатель", "Т.А.Ә."],
    "unit": ["Место работы", "Библиотека", "Жұмыс орны", "Кітапхана", "Workplace"],
    "title": ["Тема", "Наименование курса", "Курс тақырыбы", "Course", "Название программы", "Семинар"],
    "period": ["Сроки обучения", "Оқу мерзімі", "Dates", "Период"],
    "starts_on": ["Дата начала", "Басталған күні", "Start"],
    "ends_on": ["Дата окончания", "Аяқталған күні", "End"],
    "hours": ["Кол-во часов", "Сағат саны", "Hours", "Объём, час."],
    "organiser": ["Организатор", "Курсты ұйымдастырушы", "Organiser"],
    "issued_on": ["Дата выдачи", "Берілген күні", "Дата выдачи сертификата"],
    "kind": ["Вид обучения", "Түрі"],
}


@pytest.mark.parametrize(("field", "heading"), [(field, one) for field, every in HEADINGS.items() for one in every])
def test_headings_are_known_in_three_languages(field: str, heading: str) -> None:
    assert words.field_of(heading) == field


noise = st.sampled_from(["", " ", "ИТОГО", "М.П.", "123", "Директор ________", "—", "Курсы", "«»", "00.00.0000", "36 ч", "Ким И.", "x" * 300, "\u200b", "12–16.04.2019"])  # fmt: skip
cell = noise | st.text("аБ1.–«» №", max_size=8)


@given(st.lists(st.lists(cell, max_size=8), max_size=6), st.booleans())
def test_no_row_of_any_file_breaks_the_reading(rows: list[list[str]], headed: bool) -> None:
    """Whatever stands in a file, each of its rows is read, refused with a reason, or passed over with one."""
    from orken.kit.sheets.reading import Book, Sheet

    head = [["№", "ФИО", "Место работы", "Тема", "Сроки", "Часы", "№ сертификата"]] if headed else []
    found = find(Book([Sheet("s", [list[Any](row) for row in [*head, *rows]], [])]), None, words.field_of)
    seen = {(row.sheet, row.number) for row in found.rows} | {(sheet, number) for sheet, number, _why in found.passed}
    assert len(seen) == len(found.rows) + len(found.passed)
    parts = {part.sheet: part for part in found.parts}
    for row, section in [pair for part in found.parts for pair in reading.sections(part, found.rows)]:
        try:
            values = reading.read(reading.texts_of(parts[row.sheet], row.cells), language="ru", section=section, defaults={}, organiser="Б", today=TODAY)  # fmt: skip
        except Refused as refused:
            assert refused.note[0]
        else:
            assert values.title and values.first <= values.last <= TODAY and 1 <= values.hours <= 1000


@given(st.text(max_size=40), st.sampled_from(["№ ", "", " ", "n° "]))
def test_a_number_is_the_same_with_its_sign_and_spaces(text: str, before: str) -> None:
    assert key_of(f" {text} ") == key_of(text) and key_of(text).isalnum() is bool(key_of(text))
    assert key_of("№ 12-А") == key_of("12 а") == "12а" and key_of("12-A") == "12a"  # a Latin letter alone stays


def test_sections_are_trainings_not_people() -> None:
    part = Part(0, "", ["ФИО"], ["name"], "ru")
    from orken.network.staff_list.layout import Raw

    rows = [Raw(0, 2, ["Курсы «Каталогизация», 12–16.04.2019, 36 часов"]), Raw(0, 3, ["Ким Ирина Сергеевна"])]
    assert [(row.number, section[:5]) for row, section in reading.sections(part, rows)] == [(3, "Курсы")]
