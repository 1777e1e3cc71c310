"""The occasion of a meeting as a line: whose anniversary, or the words that the organiser wrote."""

from __future__ import annotations

from orken.kit.i18n.content import ORDER
from orken.meetings.models import Meeting
from orken.meetings.selectors.talks import institution_as_of

# The organiser's words stand in the dative (kk, ru) or as a noun phrase (en), as the news needs them too.
SAID = {"kk": "{} арналады", "ru": "Посвящается {}", "en": "On the occasion of {}"}
ALONE = {"kk": "{years} жылдық мерейтой: {name}", "ru": "{years}-летие: {name}", "en": "{years} years: {name}"}


def line(meeting: Meeting, language: str) -> str:
    """In the organiser's words of that language; else the anniversary in words that bend no name; else another language's words."""
    own = getattr(meeting, f"occasion_{language}", "")
    if own:
        return _begun(SAID[language].format(own))
    if meeting.occasion_unit is not None:
        names = institution_as_of(meeting.occasion_unit, meeting.run.starts_on)
        name = next((names[f"institution_{code}"] for code in ORDER[language] if names[f"institution_{code}"]), "")
        return ALONE[language].format(years=meeting.occasion_years, name=name)
    for code in ORDER[language]:
        if words := getattr(meeting, f"occasion_{code}", ""):
            return _begun(SAID[code].format(words))
    return ""


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
