"""What nobody sees is no part of a name."""

from __future__ import annotations

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from orken.kit.text.plain import has_letter, one_alphabet, visible
from orken.kit.ui.forms import NameField


class Asked(forms.Form):
    name = NameField(max_length=100)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("Абай\u200b", "Абай"), ("\u202eйабА", "йабА"), (" Шал\u00adқар \n ауылы ", "Шалқар ауылы"), ("й", "й")],
)
def test_invisible_and_turning_characters_go(typed: str, shown: str) -> None:
    assert visible(typed) == shown


@pytest.mark.parametrize("typed", ["\u200b", "\u202e\u200f", "—", "12", " "])
def test_a_name_without_a_letter_is_no_name(typed: str) -> None:
    form = Asked({"name": typed})
    assert not form.is_valid() and "name" in form.errors


@given(st.text(max_size=60))
def test_what_is_visible_stays_so(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert has_letter(visible(text)) == any(
        letter.isalpha() for letter in text if letter.isprintable() or letter.isalpha()
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Шiлiктi ауылдык кiтапханасы", "Шілікті ауылдык кітапханасы"), ("KZ-55 Pavlodar", "KZ-55 Pavlodar"), ("Cәуле", "Сәуле"),
        ("WEBИРБИС жүйесі", "WEBИРБИС жүйесі"), ("MARC 21-ге сай", "MARC 21-ге сай"), ("RUSMARC және ВИЧ", "RUSMARC және ВИЧ"),
    ],
)  # fmt: skip
def test_a_latin_letter_in_a_word_of_ours_is_ours(typed: str, meant: str) -> None:
    assert one_alphabet(typed) == meant
