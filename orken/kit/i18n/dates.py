"""Dates in the words of each language.

Kazakh: 2026 жылғы 12 наурыз, short 12 наурыз 2026 ж. Russian: 12 марта 2026 г. English: 12 March
2026. A day never parts from its month at the end of a line (no-break spaces).
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orken.kit.i18n.content import current_language
from orken.kit.i18n.numbers import Case, ending

NBSP = "\xa0"
MONTHS = {
    "kk": ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
# Russian months as they stand without a day; Kazakh and English ones do not change.
ALONE_RU = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")  # fmt: skip
YEAR = {"kk": f"{NBSP}ж.", "ru": f"{NBSP}г.", "en": ""}


def _day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def month_name(month: int, language: str | None = None) -> str:
    """The month as it stands after a day: наурыз, марта, March."""
    return MONTHS[language or current_language()][month - 1]


def long_date(value: date | datetime, language: str | None = None) -> str:
    """As in an order: 2026 жылғы 12 наурыз · 12 марта 2026 г. · 12 March 2026."""
    code, day = language or current_language(), _day(value)
    if code == "kk":
        return f"{day.year} жылғы {day.day}{NBSP}{month_name(day.month, code)}"
    return short_date(day, code)


def short_date(value: date | datetime, language: str | None = None) -> str:
    """As in a list: 12 наурыз 2026 ж. · 12 марта 2026 г. · 12 March 2026."""
    code, day = language or current_language(), _day(value)
    return f"{day.day}{NBSP}{month_name(day.month, code)} {day.year}{YEAR[code]}"


def since(value: date | datetime) -> str:
    """2026 ж. 14 сәуірден бастап · с 14 апреля 2026 г. · since 14 April 2026."""
    return _bent(value, Case.ABLATIVE, "{} бастап", "с {}", "since {}")


def until(value: date | datetime) -> str:
    """2026 ж. 14 сәуірге дейін · до 14 апреля 2026 г. · until 14 April 2026."""
    return _bent(value, Case.DATIVE, "{} дейін", "до {}", "until {}")


def on_day(value: date | datetime) -> str:
    """2026 ж. 14 сәуірде · 14 апреля 2026 г. · on 14 April 2026."""
    return _bent(value, Case.LOCATIVE, "{}", "{}", "on {}")


def _bent(value: date | datetime, case: Case, kk: str, ru: str, en: str) -> str:
    code, day = current_language(), _day(value)
    if code != "kk":
        return (ru if code == "ru" else en).format(short_date(day, code))
    month = month_name(day.month, code)
    return kk.format(f"{day.year}{YEAR[code]} {day.day}{NBSP}{month}{ending(month, case)}")


def day_month(value: date | datetime, language: str | None = None) -> str:
    """A day in a table whose year is known: 7 сәуір · 7 апреля · 7 April."""
    day = _day(value)
    return f"{day.day}{NBSP}{month_name(day.month, language)}"


def month_year(value: date | datetime, language: str | None = None) -> str:
    """A month as a heading: 2026 жылғы наурыз · март 2026 г. · March 2026."""
    code, day = language or current_language(), _day(value)
    if code == "kk":
        return f"{day.year} жылғы {month_name(day.month, code)}"
    name = ALONE_RU[day.month - 1] if code == "ru" else month_name(day.month, code)
    return f"{name} {day.year}{YEAR[code]}"


def date_range(first: date, last: date, language: str | None = None) -> str:
    """From the first to the last day, both included, saying nothing twice: 7–9 сәуір 2026 ж."""
    code = language or current_language()
    if first == last:
        return short_date(first, code)
    if first > last:
        raise ValueError("the range ends before it begins")
    if first.year != last.year:
        return f"{short_date(first, code)} – {short_date(last, code)}"
    if first.month != last.month:
        return f"{first.day}{NBSP}{month_name(first.month, code)} – {short_date(last, code)}"
    return f"{first.day}–{short_date(last, code)}"


def relative(value: date, today: date | None = None) -> str:
    """How far the day is, as one says it: today, tomorrow, in 3 days, 5 days ago."""
    days = (value - (today or timezone.localdate())).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}
