"""How a person is called in each language."""

from __future__ import annotations

import pytest

from orken.meetings.models import Speaker
from orken.people.models import Person

NAMES = {"surname_ru": "Нургалиева", "given_ru": "Назгуль", "surname_kk": "Нұрғалиева", "given_kk": "Назгүл"}


@pytest.mark.parametrize("kind", [Person, Speaker])
def test_english_is_written_in_latin_letters_given_name_first(kind: type[Person | Speaker]) -> None:
    """Where nobody has written her name in Latin letters yet, it is transcribed; what is written is never touched."""
    assert kind(**NAMES).full_name("en") == "Nazgul Nurgalieva"
    assert kind(**NAMES, surname_en="Nurgaliyeva", given_en="Nazgul").full_name("en") == "Nazgul Nurgaliyeva"
    assert (
        kind(**NAMES).full_name("ru") == "Нургалиева Назгуль" and kind(**NAMES).full_name("kk") == "Нұрғалиева Назгүл"
    )
