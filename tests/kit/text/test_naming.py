"""A name goes out of a text as a whole word, whoever else is called nearly so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orken.kit.text.naming import without_names

NAMES = ["Сейітова Асан Әли", "Асан Әли", "Әли А."]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Асан Әли келді", "□ келді"),
        ("«Асан Әли»", "«□»"),
        ("Асан Әлиге хат, Асан Әлиден жауап", "□ хат, □ жауап"),
        ("Сейітова Асан Әлидің өтініші", "□ өтініші"),
        ("Асан Әлиева келді", "Асан Әлиева келді"),
        ("Хасан Әли келді", "Хасан Әли келді"),
        ("Нұр-Асан Әли, Асан Әли-Хан", "Нұр-Асан Әли, Асан Әли-Хан"),
        ("Әли А. мен Әли А.Б.", "□ мен Әли А.Б."),
        ("жол\nАсан Әли\nжол", "жол\n□\nжол"),
    ],
)
def test_only_her_own_name_goes(text: str, left: str) -> None:
    assert without_names(text, NAMES, "□") == left


@given(st.text(alphabet="аәб -.", max_size=12), st.text(alphabet="аәб -.", max_size=12))
def test_between_words_a_name_never_stays(before: str, after: str) -> None:
    said = without_names(f"{before} ⟨Асан Әли⟩ {after}", NAMES, "□")
    assert said == f"{before} ⟨□⟩ {after}"


@given(st.text(max_size=40))
def test_a_text_without_her_name_is_left_alone(text: str) -> None:
    assert without_names(text, ["Сейітова Асан Әли"], "□") == text or "Сейітова" in text
