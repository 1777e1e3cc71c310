"""Inflected words find their plain forms, and different words keep apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orken.kit.text.analyser import keys, meets, terms, words
from orken.kit.text.folding import fold_name, initials_of
from tests.kit.text.words import APART, KAZAKH, RUSSIAN, pairs


@pytest.mark.parametrize(("inflected", "plain"), pairs(KAZAKH))
def test_a_kazakh_form_finds_its_word(inflected: str, plain: str) -> None:
    assert meets(inflected, plain), (keys(inflected), keys(plain))


@pytest.mark.parametrize(("inflected", "plain"), pairs(RUSSIAN))
def test_a_russian_form_finds_its_word(inflected: str, plain: str) -> None:
    assert meets(inflected, plain), (keys(inflected), keys(plain))


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_different_words_do_not_meet(one: str, other: str) -> None:
    assert not meets(one, other), (keys(one), keys(other))


@pytest.mark.parametrize("text", ["ҚАЗАҚСТАН", "қазақстан", "Қазақстан"])
def test_cyrillic_is_found_whatever_its_case(text: str) -> None:
    assert terms(text) == terms("қазақстан")


def test_composed_and_taken_apart_letters_are_the_same() -> None:
    assert terms("и\u0306од") == terms("йод")
    assert words("Ёлка") == ["елка"]


@given(st.text(max_size=200))
def test_any_text_gives_keys_without_signs_of_a_query(text: str) -> None:
    for key in terms(text):
        assert not set(key) & set("\"'()*:&|!^ \\\x00")


@pytest.mark.parametrize(
    "spellings",
    [
        ("Әбдірахманова", "Abdirakhmanova"), ("Бауыржан", "Бауржан"), ("Қасымова", "Касымова", "Kassymova"), ("Әділет", "Адилет"),
        ("Джанбулатов", "Жанбулат"), ("Жұмабекова", "Жумабекова"), ("Серікқызы", "Сериковна"), ("Ғалия", "Галия", "Galiya"),
        ("Сәуле", "Сауле", "Saule"), ("Ілияс", "Ильяс"), ("Мәншүк", "Маншук", "Manshuk"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_sound_the_same(spellings: tuple[str, ...]) -> None:
    assert len({fold_name(name) for name in spellings}) == 1, [fold_name(name) for name in spellings]


@pytest.mark.parametrize(
    ("one", "other"), [("Асанова", "Усенова"), ("Ким", "Ли"), ("Айгүл", "Айнұр"), ("Серік", "Берік")]
)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


def test_initials_are_those_of_the_sound() -> None:
    assert initials_of("Әсем Қайратқызы") == initials_of("Асем Кайратовна") == "ак"


@given(st.text(max_size=60))
def test_folding_a_folded_name_changes_no_letters_outside_the_alphabet(text: str) -> None:
    assert fold_name(text) == " ".join(fold_name(text).split())
