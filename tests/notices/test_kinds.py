"""Kinds of letters: three languages, placeholders that fit, nothing in a fact read as a placeholder."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from orken.kit.i18n.content import LANGUAGES
from orken.notices import household, kinds
from orken.notices.kinds import BadText, Kind, Placeholder, Text, said


def three(subject: str = "Т", body: str = "Қайырлы күн, {name}!") -> dict[str, Text]:
    return {language: Text(subject, body) for language in LANGUAGES}


@pytest.mark.parametrize("kind", household.ALL, ids=lambda kind: kind.code)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_the_household_reads_well_in_each_language(kind: Kind, language: str) -> None:
    with translation.override(language):
        words = {name: said(fact.sample, language) for name, fact in kind.placeholders.items()}
        text = kind.texts[language].filled({"name": "Айгүл", **words})
    assert "{" not in text.subject + text.body and "}" not in text.subject + text.body
    assert len(text.subject) < 80 and "Айгүл" in text.body
    assert all(words[name] in text.subject + text.body for name in kind.placeholders)
    # A date of Kazakhstan's languages ends with a dot of its own.
    assert ".." not in text.body


@pytest.mark.parametrize("kind", household.ALL, ids=lambda kind: kind.code)
def test_the_languages_of_a_letter_tell_the_same_facts(kind: Kind) -> None:
    told = {language: text.placeholders() for language, text in kind.texts.items()}
    assert told["kk"] == told["ru"] == told["en"] == {"name", *kind.placeholders}


@pytest.mark.parametrize(
    ("texts", "placeholders", "more"),
    [
        ({"kk": Text("Т", "М"), "ru": Text("Т", "М")}, {}, {}),
        (three(body="{unit}"), {}, {}),
        (three(body="{ name }"), {}, {}),
        (three(body="a } b"), {}, {}),
        (three(subject=" "), {}, {}),
        (three(), {"code": Placeholder("код", "1")}, {"secret": frozenset({"code"}), "urgent": True}),
        (three(body="{code}"), {"code": Placeholder("код", "1")}, {"secret": frozenset({"code"})}),
    ],
)  # fmt: skip
def test_a_kind_that_would_send_nonsense_stops_the_start(
    texts: dict[str, Text], placeholders: dict[str, Placeholder], more: dict[str, object]
) -> None:
    with pytest.raises((ValueError, BadText)):
        kinds.register(Kind("test.bad", texts, placeholders, **more))  # type: ignore[arg-type]  # wrong on purpose
    assert "test.bad" not in kinds.kinds


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_people_typed_is_never_read_as_a_placeholder(first: str, second: str) -> None:
    text = Text("{a}", "{a}|{b}").filled({"a": first, "b": second})
    assert text.body == f"{first}|{second}"


@pytest.mark.parametrize(
    ("value", "kk", "ru", "en"),
    [
        (date(2026, 3, 12), "12\xa0наурыз 2026\xa0ж.", "12\xa0марта 2026\xa0г.", "12\xa0March 2026"),
        (datetime(2026, 3, 12, 19, 30, tzinfo=UTC), "13\xa0наурыз 2026\xa0ж., 00:30", "13\xa0марта 2026\xa0г., 00:30", "13\xa0March 2026, 00:30"),
        ({"kk": "Абай", "ru": "Абайская", "en": ""}, "Абай", "Абайская", "Абайская"),
        (0, "0", "0", "0"),
        ("x", "x", "x", "x"),
    ],
)  # fmt: skip
def test_facts_are_said_in_each_language(value: object, kk: str, ru: str, en: str) -> None:
    for language, expected in (("kk", kk), ("ru", ru), ("en", en)):
        with translation.override(language):
            assert said(value, language) == expected
