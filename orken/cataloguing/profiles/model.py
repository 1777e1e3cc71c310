"""What a format says: fields, indicators, subfields, coded positions, conditions, punctuation.

A profile is data. The checker, the grader, the pages and the cards ask it and never a tag list of
their own, so a format can be widened by a file or by rows without a change of code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as _field
from typing import NamedTuple

from orken.cataloguing.record import ControlField, DataField, Record

LANGUAGES = ("kk", "ru", "en")


class Names(NamedTuple):
    """A name in the three languages; an empty text where no name is known yet."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def get(self, language: str) -> tuple[str, str]:
        """The text and the language it is in: the wanted one, or the next that exists."""
        for code in (language, *(other for other in ("ru", "en", "kk") if other != language)):
            text: str = getattr(self, code)
            if text:
                return text, code
        return "", language

    def text(self, language: str) -> str:
        return self.get(language)[0]

    def over(self, other: Names) -> Names:
        """These names, with the gaps filled by `other`."""
        return Names(self.kk or other.kk, self.ru or other.ru, self.en or other.en)


UNNAMED = Names()


@dataclass(frozen=True, slots=True)
class Position:
    """A coded position: where it is, what it is called, which codes it may hold.

    `unit` is the length of one code when several stand side by side (008/18-21 holds four codes of
    one character). Empty `codes` and `pattern`: anything may stand there. `list_name` names a code
    list («language», «country») instead.
    """

    start: int
    length: int
    name: Names
    codes: Mapping[str, Names] = _field(default_factory=dict)
    unit: int = 1
    pattern: re.Pattern[str] | None = None
    list_name: str = ""
    mandatory: bool = False

    @property
    def label(self) -> str:
        """«18» or «18-21», as the formats write it."""
        last = self.start + self.length - 1
        return f"{self.start:02d}" if self.length == 1 else f"{self.start:02d}-{last:02d}"

    def of(self, text: str) -> str:
        return text[self.start : self.start + self.length]

    def wrong(self, value: str) -> str:
        """The first code of `value` that the format does not know, or an empty text."""
        if self.pattern is not None:
            return "" if self.pattern.fullmatch(value) else value
        if not self.codes:
            return ""
        for at in range(0, len(value), self.unit):
            code = value[at : at + self.unit]
            if code not in self.codes and code.strip(" |#") and code.rstrip(" ") not in self.codes:
                return code
        if not value.strip(" ") and self.mandatory and " " * self.unit not in self.codes and " " not in self.codes:
            return value
        return ""


@dataclass(frozen=True, slots=True)
class IndicatorDef:
    """An indicator: its name and values. No values: it is not defined and stays blank."""

    name: Names = UNNAMED
    values: Mapping[str, Names] = _field(default_factory=dict)

    @property
    def allowed(self) -> str:
        return "".join(self.values) or " "


@dataclass(frozen=True, slots=True)
class SubfieldDef:
    code: str
    name: Names = UNNAMED
    repeatable: bool = True
    mandatory: bool = False
    positions: tuple[Position, ...] = ()

    @property
    def length(self) -> int:
        """How long a coded subfield must be; 0 when it is free text."""
        return max((position.start + position.length for position in self.positions), default=0)


@dataclass(frozen=True, slots=True)
class FieldDef:
    tag: str
    name: Names = UNNAMED
    repeatable: bool = True
    mandatory: bool = False
    ind1: IndicatorDef | None = None
    """None: the format says nothing of indicators (control and linking fields)."""
    ind2: IndicatorDef | None = None
    subfields: Mapping[str, SubfieldDef] = _field(default_factory=dict)
    source: str = ""
    core: bool = False

    @property
    def control(self) -> bool:
        return self.tag.startswith("00")


@dataclass(frozen=True, slots=True)
class Condition:
    """A conditional obligation: when the record is such, it needs one of these, or at most one of those."""

    code: str
    field: str
    """The field whose description states it: the source."""
    leader: Mapping[int, str] = _field(default_factory=dict)
    """Leader position → the characters that fulfil the condition."""
    when: tuple[tuple[str, str, int, str], ...] = ()
    """(tag, subfield, position, characters): the coded value at that position is one of these."""
    needs: tuple[str, ...] = ()
    """At least one of these tags; «245» or «856$u»."""
    exclusive: tuple[str, ...] = ()
    """At most one of these tags."""
    texts: Names = UNNAMED
    severity: str = ""
    """Given where the obligation weighs less than a missing field does."""

    def applies(self, record: Record) -> bool:
        for position, allowed in self.leader.items():
            if record.at(position) not in allowed or not record.at(position):
                return False
        for tag, code, position, allowed in self.when:
            values = record.values(tag, code) if code else [record.control(tag)]
            if not any(value[position : position + 1] in allowed for value in values if len(value) > position):
                return False
        return True

    def broken(self, record: Record) -> str:
        """What is wrong: the tags that lack or the tags that clash; empty when all is well."""
        if not self.applies(record):
            return ""
        if self.needs and not any(_present(record, wanted) for wanted in self.needs):
            return " / ".join(self.needs)
        if self.exclusive:
            found = [tag for tag in self.exclusive if tag in record]
            if len(found) > 1:
                return " + ".join(found)
        return ""


def _present(record: Record, wanted: str) -> bool:
    tag, _, code = wanted.partition("$")
    return any(
        (isinstance(found, ControlField) or not code or code in found)
        for found in record.all(tag)
        if isinstance(found, (ControlField, DataField))
    )


@dataclass(frozen=True, slots=True)
class Punctuation:
    """How the description fields are punctuated: who writes the ISBD marks.

    «leader»: LDR/18 decides (MARC 21: i and a typed, c left out). «never»: the programme adds them, a
    typed mark is an error (UNIMARC family).
    """

    policy: str = "leader"


@dataclass(frozen=True, slots=True)
class Profile:
    code: str
    name: Names
    family: str
    """«marc21» or «unimarc»: which cross-field rules and which card map hold."""
    fields: Mapping[str, FieldDef]
    leader: tuple[Position, ...] = ()
    control: Mapping[str, Mapping[str, tuple[Position, ...]]] = _field(default_factory=dict)
    """Tag (006, 007, 008) → material → positions. «*» is what all materials share."""
    conditions: tuple[Condition, ...] = ()
    punctuation: Punctuation = Punctuation()
    source: str = ""
    edition: str = ""
    links: str = "embedded"
    """How the fields of links (4XX of the UNIMARC family) are written: «embedded» fields only, or «either» way."""
    mandatory: tuple[str, ...] = _field(default=(), init=False)
    """Tags that every record must have, worked out from the fields."""

    def __post_init__(self) -> None:
        tags = tuple(tag for tag, found in self.fields.items() if found.mandatory)
        object.__setattr__(self, "mandatory", tags)

    def with_fields(self, changed: Mapping[str, FieldDef], edition: str = "") -> Profile:
        """The profile with fields added or replaced."""
        return replace(self, fields={**self.fields, **changed}, edition=edition or self.edition)

    def without_fields(self, tags: frozenset[str]) -> Profile:
        return replace(self, fields={tag: found for tag, found in self.fields.items() if tag not in tags})

    def reference(self, tag: str) -> str:
        """Where the field is described, as a reader would cite it."""
        name = self.name.en
        found = self.fields.get(tag)
        return found.source if found is not None and found.source else f"{name} {tag}"

    def coded_positions(self, record: Record, tag: str, code: str = "", value: str = "") -> tuple[Position, ...]:
        """The positions of a coded field or subfield of this record, in order.

        `tag` is «LDR», a control field, or a data field with its subfield `code`. For 006 and 007 the
        material is in `value` itself.
        """
        if tag == "LDR":
            return self.leader
        by_material = self.control.get(tag)
        if by_material is not None:
            return (*by_material.get("*", ()), *by_material.get(material_of(record, tag, value), ()))
        found = self.fields.get(tag)
        if found is None or code not in found.subfields:
            return ()
        return found.subfields[code].positions


def material_of(record: Record, tag: str, value: str = "") -> str:
    """Which part of 006, 007 or 008 of MARC 21 is meant: books, serials, music …"""
    if tag == "007":
        return value[:1]
    kind = value[:1] if tag == "006" else record.type
    level = "m" if tag == "006" else record.level
    if tag == "006" and kind == "s":
        return "serials"
    if kind in "at" and kind:
        return "serials" if level in "bis" and level else "books"
    return {
        "c": "music", "d": "music", "i": "music", "j": "music", "e": "maps", "f": "maps", "m": "files",
        "g": "visual", "k": "visual", "o": "visual", "r": "visual", "p": "mixed",
    }.get(kind, "")  # fmt: skip
