"""Numbers of certificates: what is written is read again, and what was misread is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orken.credentials import numbering
from orken.credentials.numbering import NotANumber, Numbered, WrongCheck

PREFIXES = st.sampled_from(["NL-CAT", "NL-CON", "NL", "PVL", "SHM", "NL-VIR"])
NUMBERS = st.builds(Numbered, prefix=PREFIXES, year=st.integers(2000, 2099), sequence=st.integers(1, 999_999))
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(NUMBERS)
def test_what_is_written_is_read_again(number: Numbered) -> None:
    assert numbering.parse(str(number)) == number
    assert numbering.parse(f" {str(number).lower().replace('-', '–')} ") == number


@given(NUMBERS, st.data())
def test_one_wrong_sign_is_always_seen(number: Numbered, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.sampled_from([at for at, sign in enumerate(text) if sign != "-"]))
    wrong = data.draw(st.sampled_from([one for one in LETTERS if one != text[place]]))
    with pytest.raises((WrongCheck, NotANumber)):
        numbering.parse(text[:place] + wrong + text[place + 1 :])


@given(NUMBERS, st.data())
def test_two_neighbours_that_changed_places_are_always_seen(number: Numbered, data: st.DataObject) -> None:
    text = str(number)
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and "-" not in text[at : at + 2]]
    at = data.draw(st.sampled_from(places))
    with pytest.raises((WrongCheck, NotANumber)):
        numbering.parse(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


@given(NUMBERS)
def test_both_alphabets_have_the_same_check(number: Numbered) -> None:
    kazakh = numbering.written("ҰК-КШ", number.year, number.sequence, number.check)
    ascii_ = numbering.to_ascii(kazakh, {"ҰК-КШ": number.prefix, "ҰК": "NL"})
    assert numbering.parse(ascii_) == number


def test_the_longest_kazakh_prefix_is_the_one_that_is_meant() -> None:
    known = {"ҰК": "NL", "ҰК-КШ": "NL-CAT"}
    assert numbering.to_ascii("ұк-кш-2026-000123-3", known) == "NL-CAT-2026-000123-3"
    assert numbering.to_ascii("ҰК-2026-000123-3", known) == "NL-2026-000123-3"


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        found = numbering.parse(text)
    except (NotANumber, WrongCheck):
        return
    assert numbering.parse(str(found)) == found


def test_the_example_of_the_contract() -> None:
    assert str(Numbered("NL-CAT", 2026, 123)) == "NL-CAT-2026-000123-3"
