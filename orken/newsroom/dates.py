"""Days that stand in a text, as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from orken.kit.i18n.dates import ALONE_RU, MONTHS


@dataclass(frozen=True)
class Found:
    """A day or two of one month in a text; the year may be lacking."""

    start: int
    end: int
    days: tuple[int, ...]
    month: int
    year: int | None

    def agrees(self, known: set[date]) -> bool:
        return all(
            any(one.day == day and one.month == self.month and self.year in (None, one.year) for one in known)
            for day in self.days
        )


def _months(language: str) -> str:
    names = [*MONTHS[language], *(ALONE_RU if language == "ru" else ())]
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


DAYS = r"(?P<one>\d{1,2})(?:\s*(?:[–—-]|по|to|and|и|және|мен)\s*(?P<two>\d{1,2}))?"
PATTERNS = {
    "kk": re.compile(
        rf"(?:(?P<year>\d{{4}})\s*(?:жылғы|жылдың|жылы|ж\.)\s*)?{DAYS}\s+(?P<month>{_months('kk')})(?:\w*)(?:\s+(?P<after>\d{{4}})(?=\s*(?:ж\.|жыл)))?",
        re.IGNORECASE,
    ),
    "ru": re.compile(rf"{DAYS}\s+(?P<month>{_months('ru')})(?:\s+(?P<after>\d{{4}}))?(?P<year>(?!))?", re.IGNORECASE),
    "en": re.compile(rf"{DAYS}\s+(?P<month>{_months('en')})(?:,?\s+(?P<after>\d{{4}}))?(?P<year>(?!))?", re.IGNORECASE),
}  # fmt: skip
AMERICAN = re.compile(
    rf"(?P<month>{_months('en')})\s+(?P<one>\d{{1,2}})(?:,\s*(?P<after>\d{{4}}))?(?!\d)", re.IGNORECASE
)
FIGURES = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)|(?<!\d)(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})(?!\d)"
)


def dates(text: str, language: str) -> Iterator[Found]:
    """Every day that is named with its month."""
    for found in PATTERNS[language].finditer(text):
        days = tuple(int(found[name]) for name in ("one", "two") if found[name])
        year = found["year"] or found["after"]
        yield Found(found.start(), found.end(), days, _number(found["month"], language), int(year) if year else None)
    if language == "en":
        for found in AMERICAN.finditer(text):
            year = found["after"]
            yield Found(
                found.start(),
                found.end(),
                (int(found["one"]),),
                _number(found["month"], "en"),
                int(year) if year else None,
            )
    for found in FIGURES.finditer(text):
        day, month, year = found["d"] or found["d2"], found["m"] or found["m2"], found["y"] or found["y2"]
        yield Found(found.start(), found.end(), (int(day),), int(month), int(year))


def _number(name: str, language: str) -> int:
    low = name.lower()
    for names in (MONTHS[language], ALONE_RU):
        for n, one in enumerate(names, 1):
            if one.lower() == low:
                return n
    raise AssertionError(name)
