"""Dates and numbers as each language says them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, number_format
from hypothesis import given
from hypothesis import strategies as st

from orken.kit.i18n import dates, numbers
from orken.kit.i18n.numbers import Case, suffix

S = "\xa0"
DAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("kk", f"2026 жылғы 12{S}наурыз", f"12{S}наурыз 2026{S}ж."),
        ("ru", f"12{S}марта 2026{S}г.", f"12{S}марта 2026{S}г."),
        ("en", f"12{S}March 2026", f"12{S}March 2026"),
    ],
)
def test_a_date_in_words(language: str, long: str, short: str) -> None:
    with translation.override(language):
        assert (dates.long_date(DAY), dates.short_date(DAY)) == (long, short)
        assert Template("{% load words %}{{ d|date_long }}").render(Context({"d": DAY})) == long
        assert date_format(DAY, "DATE_FORMAT").replace(S, " ") == long.replace(S, " ")


@pytest.mark.parametrize(
    ("first", "last", "kk", "ru"),
    [
        (date(2026, 4, 7), date(2026, 4, 9), f"7–9{S}сәуір 2026{S}ж.", f"7–9{S}апреля 2026{S}г."),
        (
            date(2026, 3, 30),
            date(2026, 4, 2),
            f"30{S}наурыз – 2{S}сәуір 2026{S}ж.",
            f"30{S}марта – 2{S}апреля 2026{S}г.",
        ),
        (
            date(2025, 12, 30),
            date(2026, 1, 2),
            f"30{S}желтоқсан 2025{S}ж. – 2{S}қаңтар 2026{S}ж.",
            f"30{S}декабря 2025{S}г. – 2{S}января 2026{S}г.",
        ),
        (DAY, DAY, f"12{S}наурыз 2026{S}ж.", f"12{S}марта 2026{S}г."),
    ],
)
def test_a_range_says_nothing_twice(first: date, last: date, kk: str, ru: str) -> None:
    assert (dates.date_range(first, last, "kk"), dates.date_range(first, last, "ru")) == (kk, ru)


def test_a_range_that_ends_before_it_begins_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="before"):
        dates.date_range(DAY, DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "kk", "ru", "en"),
    [
        (0, "бүгін", "сегодня", "today"), (1, "ертең", "завтра", "tomorrow"), (-1, "кеше", "вчера", "yesterday"),
        (3, "3 күннен кейін", "через 3 дня", "in 3 days"), (-5, "5 күн бұрын", "5 дней назад", "5 days ago"), (21, "21 күннен кейін", "через 21 день", "in 21 days"),
    ],
)  # fmt: skip
def test_how_far_a_day_is(days: int, kk: str, ru: str, en: str) -> None:
    for language, expected in (("kk", kk), ("ru", ru), ("en", en)):
        with translation.override(language):
            assert dates.relative(DAY + timedelta(days=days), DAY) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("kk", f"1{S}234{S}567,5"), ("ru", f"1{S}234{S}567,5"), ("en", "1,234,567.5")]
)
def test_numbers_have_the_separators_of_the_language(language: str, expected: str) -> None:
    with translation.override(language):
        assert numbers.number(Decimal("1234567.5")) == expected
        assert number_format(1234567.5, decimal_pos=1, force_grouping=True) == expected


def test_shares_and_hours() -> None:
    with translation.override("kk"):
        assert (numbers.percent(72), numbers.hours(72)) == (f"72{S}%", "72 сағат")
    with translation.override("ru"):
        assert [numbers.hours(n) for n in (1, 2, 5, 21, 111)] == ["1 час", "2 часа", "5 часов", "21 час", "111 часов"]
    with translation.override("en"):
        assert (numbers.percent(72), numbers.hours(1)) == ("72%", "1 hour")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (
            Case.ORDINAL,
            "1-ші 2-ші 3-ші 4-ші 5-ші 6-шы 7-ші 8-ші 9-шы 10-шы 20-шы 30-шы 40-шы 50-ші 60-шы 70-ші 80-ші 90-шы 100-ші 1000-шы",
        ),
        (
            Case.POSSESSIVE,
            "1-і 2-сі 3-і 4-і 5-і 6-сы 7-сі 8-і 9-ы 10-ы 20-сы 30-ы 40-ы 50-сі 60-ы 70-і 80-і 90-ы 100-і 1000-ы",
        ),
        (
            Case.DATIVE,
            "1-ге 2-ге 3-ке 4-ке 5-ке 6-ға 7-ге 8-ге 9-ға 10-ға 20-ға 30-ға 40-қа 50-ге 60-қа 70-ке 80-ге 90-ға 100-ге 1000-ға",
        ),
        (
            Case.ABLATIVE,
            "1-ден 2-ден 3-тен 4-тен 5-тен 6-дан 7-ден 8-ден 9-дан 10-нан 20-дан 30-дан 40-тан 50-ден 60-тан 70-тен 80-нен 90-нан 100-ден 1000-нан",
        ),
        (
            Case.LOCATIVE,
            "1-де 2-де 3-те 4-те 5-те 6-да 7-де 8-де 9-да 10-да 20-да 30-да 40-та 50-де 60-та 70-те 80-де 90-да 100-де 1000-да",
        ),
    ],
)
def test_kazakh_endings_after_a_number(case: Case, expected: str) -> None:
    asked = [*range(1, 11), *range(20, 101, 10), 1000]
    assert [suffix(number, case) for number in asked] == expected.split()


def test_hours_of_the_obligation_as_the_ring_says_them() -> None:
    assert suffix(54, Case.POSSESSIVE) == "54-і"


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(list(Case)))
def test_an_ending_hangs_on_the_last_word_alone(number: int, case: Case) -> None:
    found = suffix(number, case)
    assert found.startswith(f"{number}-")
    if number % 10:
        assert found.split("-")[1] == suffix(number % 10, case).split("-")[1]


@pytest.mark.parametrize(
    ("month", "ablative", "dative", "locative"),
    [
        (1, "қаңтардан", "қаңтарға", "қаңтарда"), (2, "ақпаннан", "ақпанға", "ақпанда"), (3, "наурыздан", "наурызға", "наурызда"),
        (4, "сәуірден", "сәуірге", "сәуірде"), (5, "мамырдан", "мамырға", "мамырда"), (6, "маусымнан", "маусымға", "маусымда"),
        (7, "шілдеден", "шілдеге", "шілдеде"), (8, "тамыздан", "тамызға", "тамызда"), (9, "қыркүйектен", "қыркүйекке", "қыркүйекте"),
        (10, "қазаннан", "қазанға", "қазанда"), (11, "қарашадан", "қарашаға", "қарашада"), (12, "желтоқсаннан", "желтоқсанға", "желтоқсанда"),
    ],
)  # fmt: skip
def test_a_kazakh_month_takes_its_endings(month: int, ablative: str, dative: str, locative: str) -> None:
    day = date(2026, month, 14)
    with translation.override("kk"):
        assert dates.since(day).replace("\xa0", " ") == f"2026 ж. 14 {ablative} бастап"
        assert dates.until(day).replace("\xa0", " ") == f"2026 ж. 14 {dative} дейін"
        assert dates.on_day(day).replace("\xa0", " ") == f"2026 ж. 14 {locative}"
    with translation.override("ru"):
        assert dates.since(date(2026, 4, 14)).replace("\xa0", " ") == "с 14 апреля 2026 г."


@pytest.mark.parametrize(
    ("language", "heading", "day"),
    [("kk", "2026 жылғы наурыз", "7 наурыз"), ("ru", "март 2026\xa0г.", "7 марта"), ("en", "March 2026", "7 March")],
)
def test_a_month_stands_alone_and_after_a_day(language: str, heading: str, day: str) -> None:
    assert dates.month_year(date(2026, 3, 7), language) == heading
    assert dates.day_month(date(2026, 3, 7), language) == day.replace(" ", "\xa0")


def test_a_title_stands_in_the_quotation_marks_of_the_reader() -> None:
    page = Template("{% load words %}{{ title|quoted }}")
    for language, said in (("kk", "«Абай „жолы“»"), ("ru", "«Абай „жолы“»"), ("en", "“Абай ‘жолы’”")):
        with translation.override(language):
            assert page.render(Context({"title": 'Абай "жолы"'})) == said
