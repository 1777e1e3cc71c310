"""The look: contrast proved, weight bounded, forms that help."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.urls import get_resolver

from orken.kit.ui import assets
from orken.kit.ui.forms import DateField

TOKENS = (Path(assets.__file__).parent / "css" / "tokens.css").read_text()


def palette(dark: bool) -> dict[str, str]:
    light, night = TOKENS.split("@media (prefers-color-scheme:dark)")
    found = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", light))
    return found | dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", night)) if dark else found


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


READ = [
    ("ink", "paper"), ("ink", "wash"), ("ink", "tint"), ("ink-2", "paper"), ("ink-2", "wash"), ("blue", "paper"), ("blue", "tint"), ("blue", "wash"),
    ("blue-2", "paper"), ("on-blue", "blue"), ("warm", "paper"), ("warm", "wash"), ("ok", "ok-t"), ("wait", "wait-t"), ("stop", "stop-t"), ("stop", "paper"),
    ("on-band", "band"), ("band-2", "band"), ("on-warm", "warm-2"), ("q-lo", "q1"), ("q-lo", "q2"), ("q-lo", "q3"), ("q-hi", "q4"), ("q-hi", "q5"), ("paper", "ink"),
]  # fmt: skip
SEEN = [("edge", "paper"), ("focus", "paper"), ("band-focus", "band"), ("focus", "wash")]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), READ)
def test_what_is_read_stands_out(front: str, ground: str, dark: bool) -> None:
    colours = palette(dark)
    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), SEEN)
def test_edges_and_focus_are_seen(front: str, ground: str, dark: bool) -> None:
    colours = palette(dark)
    assert contrast(colours[front], colours[ground]) >= 3


def test_the_style_sheet_and_the_fonts_stay_light() -> None:
    built = settings.BASE_DIR / "build" / "assets" / "ui"
    assert len(assets.stylesheet().encode()) < 28_000
    fonts = {path.name: path.stat().st_size for path in (built / "fonts").glob("*.woff2")}
    assert len(fonts) == 5
    assert sum(fonts.values()) < 120_000


def test_the_fonts_hold_every_kazakh_letter_and_the_tenge() -> None:
    from fontTools.ttLib import TTFont

    for path in (settings.BASE_DIR / "build" / "assets" / "ui" / "fonts").glob("*.woff2"):
        letters = TTFont(path).getBestCmap()
        missing = [
            letter for letter in assets.KAZAKH + "₸№«»—абвгдеёжзийклмнопрстуфхцчшщъыьэюя" if ord(letter) not in letters
        ]
        assert not missing, (path.name, missing)


def test_squeezing_keeps_quoted_text() -> None:
    assert assets.squeeze('a { content : "x ; y" ; } /* no */ b > c { d : 1 }') == 'a{content : "x ; y"}b>c{d : 1}'


class When(forms.Form):
    on = DateField(label="Қашан")
    until = DateField(label="Дейін", required=False)


def filled(day: str, month: str, year: str) -> When:
    return When({"on_day": day, "on_month": month, "on_year": year})


def test_a_date_is_asked_in_three_parts() -> None:
    form = filled("12", "3", "2026")
    assert form.is_valid()
    assert form.cleaned_data == {"on": date(2026, 3, 12), "until": None}


@pytest.mark.parametrize(
    "parts", [("", "", ""), ("12", "", "2026"), ("31", "2", "2026"), ("x", "3", "2026"), ("12", "3", "26"), ("12", "3", "99999"), ("12", "3", "9999"), ("12", "3", "2201"), ("12", "3", "0001"), ("٣", "13", "2026"), ("-1", "3", "2026"), ("9" * 30, "3", "2026"), ("1", "9" * 30, "2026")]
)  # fmt: skip
def test_a_date_that_is_none_is_told_beside_the_question(parts: tuple[str, str, str]) -> None:
    form = filled(*parts)
    page = str(form)
    assert form.errors["on"]
    assert 'href="#id_on"' in page and 'id="id_on"' in page
    assert page.index('class="errors"') < page.index('id="id_on_0"')


class Choice(forms.Form):
    kind = forms.ChoiceField(
        label="Түрі", choices=[("a", "А"), ("b", "Б")], widget=forms.RadioSelect, help_text="Біреуі"
    )
    agreed = forms.BooleanField(label="Келісемін")
    name = forms.CharField(label="Аты", help_text="Толық")


def test_every_input_is_described_by_its_hint_and_its_error() -> None:
    page = str(Choice({"name": ""}))
    assert 'aria-describedby="id_kind_helptext id_kind_error"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page.replace(
        "id_name_error id_name_helptext", "id_name_helptext id_name_error"
    )
    assert "<legend>Түрі" in page
    assert page.count('class="err"') == 3
    assert all(f'href="#id_{name}"' in page and f'id="id_{name}"' in page for name in ("kind", "agreed", "name"))


def test_no_list_begins_with_a_row_of_hyphens() -> None:
    assert get_resolver().reverse_dict, "all addresses, with them all forms, are read in"
    waiting, bare = list(forms.Form.__subclasses__()), []
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("orken."):
            bare += [
                f"{form.__qualname__}.{name}"
                for name, field in form.base_fields.items()
                if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------"
            ]
    assert bare == []
