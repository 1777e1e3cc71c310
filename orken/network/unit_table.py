"""The list of units as a table: its headings in three languages, its rows read, and the list handed out in the same shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES, current_language
from orken.kit.sheets.reading import Book
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.kit.text.plain import visible
from orken.network.models import Unit, UnitTraits
from orken.network.policy import Scope

# Headings as libraries write them; the first three are ours, in Kazakh, Russian, English.
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("Коды", "Код", "Code", "Бірлік коды", "Код единицы"),
    "kind": ("Түрі", "Вид", "Kind", "Тип", "Кітапхана түрі"),
    "parent": ("Бағынысты коды", "Код вышестоящей", "Parent code", "Подчинение", "Код родителя"),
    "name_kk": ("Атауы қазақша", "Название на казахском", "Name in Kazakh", "Атауы", "Кітапхана атауы"),
    "name_ru": ("Атауы орысша", "Название на русском", "Name in Russian", "Название", "Наименование", "Наименование библиотеки"),
    "name_en": ("Атауы ағылшынша", "Название на английском", "Name in English"),
    "locality": ("Қала немесе ауыл", "Город или село", "Town or village", "Местность", "Жер түрі"),
    "internet": ("Желі", "Интернет", "Line", "Связь", "Internet"),
    "city_kk": ("Елді мекен қазақша", "Населённый пункт на казахском", "Place in Kazakh", "Елді мекен"),
    "city_ru": ("Елді мекен орысша", "Населённый пункт на русском", "Place in Russian", "Населённый пункт", "Населенный пункт"),
    "address": ("Мекенжайы", "Адрес", "Address"),
    "phone": ("Телефоны", "Телефон", "Telephone", "Phone"),
    "email": ("Электрондық поштасы", "Электронная почта", "E-mail", "Email", "Эл. почта"),
}  # fmt: skip
NAMES = ("name_kk", "name_ru", "name_en")
TRAITS = ("locality", "internet", "city_kk", "city_ru", "address", "phone", "email")
CHOICES: dict[str, Sequence[tuple[str, Any]]] = {
    "kind": Unit.Kind.choices,
    "locality": Unit.Locality.choices,
    "internet": Unit.Internet.choices,
}


class ListRefused(Exception):
    """The table is not a list of units; the text is a sentence for the person who sent it."""


@dataclass
class Line:
    """What will become of one row: `state` is new, changed, same or refused."""

    row: int
    code: str
    name: str
    state: str = "same"
    column: str = ""
    reason: str | Promise = ""
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Heading, what stands, what comes."""
        place = LANGUAGES.index(language_of_reader())
        return [(HEADINGS[key][place], old, new) for key, (old, new) in self.changes.items()]

    @property
    def heading(self) -> str:
        return HEADINGS[self.column][LANGUAGES.index(language_of_reader())] if self.column else ""


def language_of_reader() -> str:
    return current_language()


def key_of(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


_FIELDS = {key_of(heading): name for name, headings in HEADINGS.items() for heading in headings}


def rows_of(book: Book) -> list[dict[str, Any]]:
    """The rows of the first sheet that has a heading line with a code in it; titles above it are passed over."""
    for sheet in book.sheets:
        for place, row in enumerate(sheet.rows[:30]):
            fields = [_FIELDS.get(key_of(str(cell))) for cell in row]
            if "code" in fields and len(set(fields) - {None}) >= 2:
                return list(_rows_below(sheet.rows[place + 1 :], fields, place + 2))
    raise ListRefused(
        _(
            "No line of headings with “%(code)s” was found. Take the table that the list of units hands out and fill it in."
        )
        % {"code": HEADINGS["code"][LANGUAGES.index(language_of_reader())]}
    )


def _rows_below(rows: Iterable[Sequence[Any]], fields: list[str | None], first: int) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows, start=first):
        values = {name: _plain(cell) for name, cell in zip(fields, row, strict=False) if name}
        if any(values.values()):
            yield {"row": number, **values}


def _plain(cell: Any) -> str:
    return visible(str(cell).replace("\x00", ""))


# --- handing out ---


def export(scope: Scope) -> IO[bytes]:
    """The units of `scope` as a table that `judge` finds unchanged; headings in the reader's language."""
    place = LANGUAGES.index(language_of_reader())
    traits = {row.unit_id: row for row in UnitTraits.objects.at().filter(scope.q("unit__path"))}
    units = Unit.objects.filter(scope.q(), exists=True).exclude(parent=None).select_related("parent").order_by("code")

    def row(unit: Unit) -> list[str]:
        standing = traits.get(unit.pk)
        found = {name: str(getattr(standing, name, "") or "") for name in TRAITS} | {
            name: getattr(unit, name) for name in NAMES
        }
        found |= {
            "code": unit.code,
            "parent": unit.parent.code if unit.parent else "",
            "kind": str(unit.get_kind_display()),
        }
        for name in ("locality", "internet"):
            found[name] = str(dict(CHOICES[name]).get(found[name], ""))
        return [found[name] for name in HEADINGS]

    columns = [Column(headings[place], 60 if name in NAMES else 24) for name, headings in HEADINGS.items()]
    return write_xlsx([Table(str(_("Units")), columns, (row(unit) for unit in units.iterator(chunk_size=500)))])
