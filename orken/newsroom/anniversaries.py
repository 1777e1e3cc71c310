"""The anniversary of an institution as the occasion of a meeting, in the case in which the news tells it."""

from __future__ import annotations

from orken.kit.i18n.content import LANGUAGES
from orken.meetings.models import Meeting
from orken.meetings.selectors.talks import institution_as_of
from orken.newsroom.compose import words_kk, words_ru
from orken.newsroom.compose.english import the


def anniversary(meeting: Meeting) -> dict[str, str]:
    """«кітапхананың 130 жылдығына», «130-летию библиотеки», «the 130th anniversary of the library»; nothing without one.

    The institution as of the day of the meeting; a language in which it has no name is left out.
    """
    unit, years = meeting.occasion_unit, meeting.occasion_years
    if unit is None or not years:
        return {}
    names = institution_as_of(unit, meeting.run.starts_on)
    return {code: _said(code, name, years) for code in LANGUAGES if (name := names[f"institution_{code}"])}


def _said(language: str, name: str, years: int) -> str:
    if language == "kk":
        return f"{words_kk.phrase(name, 'genitive')} {years} жылдығына"
    if language == "ru":
        return f"{years}-летию {words_ru.phrase(name, 'gent')}"
    return f"the {years}{_ending(years)} anniversary of {the(name)}"


def _ending(number: int) -> str:
    """125th, 121st, 122nd, 113th."""
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
