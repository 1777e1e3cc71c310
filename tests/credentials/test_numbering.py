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


KNOWN = {"ҰК": "NL", "ҰК-КШ": "NL-CAT", "ҰК-СШ": "NL-CON", "ҰК-ВШ": "NL-VIR", "ПВЛ": "PVL", "ШЫМ": "SHM"}
BACK = {ascii_: kazakh for kazakh, ascii_ in KNOWN.items()}


@given(NUMBERS)
def test_both_alphabets_have_the_same_check(number: Numbered) -> None:
    kazakh = numbering.written(BACK[number.prefix], number.year, number.sequence, number.check)
    assert numbering.read(kazakh, KNOWN) == number == numbering.read(str(number), KNOWN)


def test_the_longest_kazakh_prefix_is_the_one_that_is_meant() -> None:
    assert str(numbering.read("ұк-кш-2026-000123-3", KNOWN)) == "NL-CAT-2026-000123-3"
    assert numbering.read(f"ҰК-2026-000123-{numbering.check_of('NL', 2026, 123)}", KNOWN).prefix == "NL"


@pytest.mark.parametrize(
    "typed",
    [
        "УК-КШ-2026-000123-3",  # a Russian keyboard has no Ұ
        "YK-КШ-2026-000123-3",  # Latin letters that look so
        "NL-САТ-2026-000123-3",  # three Cyrillic letters
        "nl-cаt-2026-000123-3",  # one
        "ҮК-КШ-2026-000123-3",  # the other Kazakh letter
        "NL-CAT-2O26-ОOО123-З",  # letters for figures, Latin and Cyrillic
        "ҰК КШ 2026 000123 3",
        "№ ҰК-КШ-2026-000123-3",
        "NL – CAT – 2026 – 000 123 – 3",
    ],
)
def test_another_keyboard_and_letters_that_look_alike_are_understood(typed: str) -> None:
    assert str(numbering.read(typed, KNOWN)) == "NL-CAT-2026-000123-3"


@pytest.mark.parametrize("typed", ["ЖҚ-КШ-2026-000123-3", "NL-CAT-2026-00012З", "NL-CAT-26-000123-3", "----", "№"])
def test_what_looks_like_no_number_of_ours_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        numbering.read(typed, KNOWN)


@given(NUMBERS, st.data())
def test_a_wrong_figure_is_seen_on_any_keyboard(number: Numbered, data: st.DataObject) -> None:
    text = numbering.written(BACK[number.prefix].replace("Ұ", "У"), number.year, number.sequence, number.check)
    place = data.draw(st.sampled_from([at for at, sign in enumerate(text) if sign.isdecimal() and at < len(text) - 1]))
    wrong = data.draw(st.sampled_from([one for one in "0123456789" if one != text[place]]))
    with pytest.raises((WrongCheck, NotANumber)):
        numbering.read(text[:place] + wrong + text[place + 1 :], KNOWN)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    for reading in (numbering.parse, lambda typed: numbering.read(typed, KNOWN)):
        try:
            found = reading(text)
        except (NotANumber, WrongCheck):
            continue
        assert numbering.parse(str(found)) == found


def test_the_example_of_the_contract() -> None:
    assert str(Numbered("NL-CAT", 2026, 123)) == "NL-CAT-2026-000123-3"
