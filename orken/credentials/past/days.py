"""Days as registers write them: «12–16.04.2019», «с 12 по 16 апреля 2019 г.», «2019 ж. 12–16 сәуір», «апрель 2019»."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from orken.network.staff_list.reading import day_of

MONTHS = (
    r"янв\w*|қаң\w*|кантар\w*|jan\w*", r"фев\w*|ақпан\w*|акпан\w*|feb\w*", r"мар\w*|наурыз\w*|mar\w*", r"апр\w*|сәуір\w*|сауир\w*|apr\w*",
    r"ма[йя]\b|мамыр\w*|may\b", r"июн\w*|маусым\w*|jun\w*", r"июл\w*|шілде\w*|шилде\w*|jul\w*", r"авг\w*|тамыз\w*|aug\w*",
    r"сен\w*|қыркүйек\w*|кыркуйек\w*|sep\w*", r"окт\w*|қазан\w*|казан\w*|oct\w*", r"ноя\w*|қараша\w*|караша\w*|nov\w*", r"дек\w*|желтоқсан\w*|желтоксан\w*|dec\w*",
)  # fmt: skip
_MONTH = re.compile("|".join(f"(?P<m{n}>\\b(?:{words}))" for n, words in enumerate(MONTHS, 1)), re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(19\d{2}|20\d{2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<!\d)(?P<d1>\d{1,2})(?:\.(?P<m1>\d{1,2})(?:\.(?P<y1>\d{4}|\d{2})(?!\d))?)?\.?\s*(?:г\.?|ж\.?)?\s*[-–—]\s*(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}|\d{2})(?!\d)"
)
_NUMERIC_TWO = re.compile(r"(?<!\d)(\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}))(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4}-\d{1,2}-\d{1,2})(?!\d)")
_DAYS = re.compile(r"(?<![\d.])(\d{1,2})(?![\d.]*\d)")
_MONTH_YEAR = re.compile(r"^\D{0,4}(0?[1-9]|1[0-2])\.(19\d{2}|20\d{2})\D*$")


@dataclass(frozen=True)
class Days:
    """First and last day; `exact` is «days», «one_day», «month_only» or «year_only»."""

    first: date
    last: date
    exact: str = "days"


def read(text: str, today: date) -> Days | None:
    """The days that a cell tells; None when it tells none that are clear. The order is kept as written."""
    text = re.sub(r"(?<=\d)/(?=\d)", ".", " ".join(re.sub(r"[\u2010-\u2015\u2212]", "–", text).split()))
    if not text:
        return None
    return _iso(text) or _numeric(text, today) or _worded(text) or _one(text, today) or _rough(text)


def _iso(text: str) -> Days | None:
    found = [_day(one, "-", False) for one in _ISO.findall(text)]
    return _pair(found) if found and len(found) <= 2 else None


def _numeric(text: str, today: date) -> Days | None:
    whole = _NUMERIC_TWO.findall(text)
    if len(whole) == 2:
        return _pair([_day(one, ".", True, today) for one in whole])
    if len(whole) > 2:
        return None
    match = _NUMERIC.search(text)
    if match is None:
        return None
    year = _year(match["y2"], today)
    month = int(match["m2"])
    first_month = int(match["m1"] or month)
    first_year = _year(match["y1"], today) if match["y1"] else year - (first_month > month)  # 28.12–03.01.2020
    return _pair([_safe(first_year, first_month, int(match["d1"])), _safe(year, month, int(match["d2"]))])


def _worded(text: str) -> Days | None:
    """Days with a month in words; a month that stands after two days is of both."""
    months = [(match.start(), int(str(match.lastgroup)[1:])) for match in _MONTH.finditer(text)]
    years = [(match.start(), int(match[1])) for match in _YEAR.finditer(text)]
    days = [(match.start(), int(match[1])) for match in _DAYS.finditer(text)]
    if len(days) > 2 and len(months) == 1 and sorted({day for _at, day in days}) == [day for _at, day in days]:
        days = [days[0], days[-1]]  # «12, 13, 14 апреля 2019 г.»
    if not months or not years or not days or len(days) > 2 or len(months) > 2 or len(years) > 2:
        return None
    if len(days) < len(months):
        return None
    found = []
    for place, (_at, day) in enumerate(days):
        month = months[min(place, len(months) - 1)][1]
        year = years[min(place, len(years) - 1)][1]
        if len(years) == 1 and len(months) == 2 and place == 0 and months[0][1] > months[1][1]:
            year -= 1
        found.append(_safe(year, month, day))
    return _pair(found)


def _one(text: str, today: date) -> Days | None:
    whole = _NUMERIC_TWO.findall(text)
    day = _day(whole[0], ".", True, today) if len(whole) == 1 else None
    if day is None and not _MONTH.search(text) and len(re.findall(r"\d+", text)) in (1, 3):
        day = day_of(text, today) if not _YEAR.fullmatch(text.strip()) else None
    return Days(day, day, "one_day") if day else None


def _rough(text: str) -> Days | None:
    years = _YEAR.findall(text)
    months = [int(str(match.lastgroup)[1:]) for match in _MONTH.finditer(text)]
    if match := _MONTH_YEAR.match(text):
        months, years = [int(match[1])], [match[2]]
    elif len(re.findall(r"\d+", text)) != 1 or len(years) != 1 or len(months) > 2:
        return None
    year = int(years[0])
    if not months:
        return Days(date(year, 1, 1), date(year, 12, 31), "year_only")
    last = calendar.monthrange(year, months[-1])[1]
    return Days(date(year - (months[0] > months[-1]), months[0], 1), date(year, months[-1], last), "month_only")


def _pair(found: list[date | None]) -> Days | None:
    if not found or any(one is None for one in found):
        return None
    days = [one for one in found if one is not None]
    return Days(days[0], days[-1], "days" if len(days) > 1 else "one_day")


def _day(text: str, sign: str, day_first: bool, today: date | None = None) -> date | None:
    parts = text.split(sign)
    if day_first:
        return _safe(_year(parts[2], today or date.today()), int(parts[1]), int(parts[0]))
    return _safe(int(parts[0]), int(parts[1]), int(parts[2]))


def _year(text: str, today: date) -> int:
    year = int(text)
    return year if year > 99 else year + (2000 if year <= today.year % 100 else 1900)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
