"""Records to open and try the tools on: clean ones, and drafts with errors that travel between catalogues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.cataloguing.record import ControlField, DataField, Record, Subfield
from orken.cataloguing.tasks import material


@dataclass(frozen=True)
class Example:
    """A record to open: where it comes from and what is done to it."""

    code: str
    label: Promise | str
    format: str
    book: str
    change: Callable[[Record], Record]

    @cached_property
    def record(self) -> Record:
        return self.change(material.experts(self.book, self.format)[0])


def _as_it_is(record: Record) -> Record:
    return record


def _changed(record: Record, tag: str, code: str, change: Callable[[str], str]) -> Record:
    field = record.first(tag)
    assert field is not None, f"the example needs field {tag}"
    parts = tuple(Subfield(one, change(text) if one == code else text) for one, text in field.subfields)
    return record.replacing(field, DataField(field.tag, field.ind1, field.ind2, parts))


def _rusmarc_draft(record: Record) -> Record:
    """A Latin letter in the title, a typed mark, a wrong digit, no source of the record."""
    record = _changed(record, "200", "a", lambda text: text.replace("е", "e", 1))
    record = _changed(record, "210", "a", lambda text: text + " :")
    record = _changed(record, "010", "a", lambda text: text[:-1] + str((int(text[-1]) + 3) % 10))
    return record.without("801")


def _marc21_draft(record: Record) -> Record:
    """008 of another year, an indicator that denies the author, a mark forgotten."""
    fixed = record.all("008")[0]
    assert isinstance(fixed, ControlField)
    record = record.replacing(fixed, ControlField("008", fixed.value[:7] + "2009" + fixed.value[11:]))
    title = record.data("245")[0]
    parts = tuple(Subfield(code, text.removesuffix(" /")) for code, text in title.subfields)
    return record.replacing(title, DataField("245", "0", title.ind2, parts))


EXAMPLES: tuple[Example, ...] = (
    Example("draft-rusmarc", _("A draft in RUSMARC: four errors"), "rusmarc", "kk-novel", _rusmarc_draft),
    Example("draft-marc21", _("A draft in MARC 21: three errors"), "marc21", "ru-essays", _marc21_draft),
    Example("book-rusmarc", _("A book in RUSMARC, clean"), "rusmarc", "ru-revised", _as_it_is),
    Example("serial-marc21", _("A journal in MARC 21, clean"), "marc21", "kk-journal", _as_it_is),
    Example("article-rusmarc", _("An article in RUSMARC, clean"), "rusmarc", "ru-article", _as_it_is),
)


def get(code: str) -> Example | None:
    return next((one for one in EXAMPLES if one.code == code), None)
