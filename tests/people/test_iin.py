"""The check digit is a hard rule, the birth date in the digits a hint."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orken.people import iin


@pytest.mark.parametrize("number", ["850312400009", "780705400006", "010220600007", "990101400003"])
def test_numbers_of_the_reference_are_right(number: str) -> None:
    assert iin.parse(number).digits == number


def test_a_number_that_is_never_issued_has_no_check_digit() -> None:
    assert iin.check_digit("90010130080") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [("85031240000", "length"), ("8503124000091", "length"), ("85031240000a", "digits"), ("850312400008", "check"), ("", "length"), ("８５０３１２４００００９", "digits")],
)  # fmt: skip
def test_a_wrong_number_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(iin.NotAnIin) as caught:
        iin.parse(text)
    assert caught.value.reason == reason


def test_people_write_it_with_spaces_and_hyphens() -> None:
    assert iin.parse(" 850312 4000 09 ").digits == iin.parse("850312-400009").digits


def test_it_never_prints_itself() -> None:
    number = iin.parse("850312400009")
    assert "850312400009" not in f"{number} {number!r} {[number]}"
    assert number.masked == "8503••••••09"


def test_the_digits_hint_at_birth_and_sex() -> None:
    number = iin.parse("850312400009")
    assert number.birth_on == date(1985, 3, 12)
    assert number.sex == "f"
    assert number.disagrees_with(date(1985, 3, 13))
    assert not number.disagrees_with(None)


@given(st.from_regex(r"[0-9]{11}", fullmatch=True), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_nearly_always_found(first: str, place: int, shift: int) -> None:
    """The sum modulo 11 finds a wrong digit while both numbers use the first weights; the eleventh weighs 11, so not there."""
    digit = iin.check_digit(first)
    if digit is None:
        return
    wrong = first[:place] + str((int(first[place]) + shift) % 10) + first[place + 1 :]
    total = [sum(int(d) * w for d, w in zip(n, iin.FIRST_WEIGHTS, strict=True)) % 11 for n in (first, wrong)]
    if 10 not in total:
        assert iin.check_digit(wrong) != digit
