"""A record as pages show it: lines with messages in the gutter, a form to read, coded fields position by position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.cataloguing.checker import Finding
from orken.cataloguing.elements.folding import INVISIBLE, cannot_be_found
from orken.cataloguing.profiles import Profile
from orken.cataloguing.record import ControlField, DataField, Record
from orken.kit.i18n.content import current_language

ORDER = ("fatal", "major", "minor", "info")
SEVERITIES: dict[str, Promise | str] = {
    "fatal": _("Fatal"), "major": _("Serious"), "minor": _("Minor"), "info": _("For information"),
}  # fmt: skip
TONES = {"fatal": "stop", "major": "stop", "minor": "wait", "info": "info"}
ICONS = {"fatal": "stop", "major": "stop", "minor": "warn", "info": "info"}


class Weighed:
    """What has a severity: its word and the tone of its badge."""

    severity: str

    @property
    def word(self) -> Promise | str:
        return SEVERITIES[self.severity]

    @property
    def tone(self) -> str:
        return TONES[self.severity]


@dataclass(frozen=True)
class Said(Weighed):
    """A message as the page shows it."""

    rule: str
    severity: str
    text: str
    source: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a subfield; `marked` when it cannot be found by any search."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """One field on the page. `ghost`: the field is not there and should be."""

    tag: str
    indicators: str
    parts: tuple[tuple[str, tuple[Piece, ...]], ...]
    messages: tuple[Said, ...] = ()
    ghost: bool = False
    label: str = ""

    @property
    def severity(self) -> str:
        return min((message.severity for message in self.messages), key=ORDER.index, default="")

    @property
    def tone(self) -> str:
        return TONES.get(self.severity, "")

    @property
    def icon(self) -> str:
        return ICONS.get(self.severity, "")

    @property
    def anchor(self) -> str:
        return f"f{self.tag}"


_WORDS = re.compile(r"(\S+)")


def pieces(text: str) -> tuple[Piece, ...]:
    """The text with words that no search finds apart; invisible signs shown as their code."""
    if text.isascii() or not cannot_be_found(text):
        return (Piece(text),)
    found = []
    for part in _WORDS.split(text):
        lost = bool(part) and bool(cannot_be_found(part))
        if part:
            found.append(Piece(INVISIBLE.sub(lambda sign: f"[U+{ord(sign.group()):04X}]", part), lost))
    return tuple(found)


def _blank(text: str) -> str:
    return text.replace(" ", "#")


def lines(record: Record, profile: Profile, issues: Sequence[Finding]) -> list[Line]:
    """Every field in order with its messages; fields that lack stand where they belong."""
    language = current_language()
    by_place: dict[tuple[str, int], list[Said]] = {}
    for issue in issues:
        by_place.setdefault((issue.field, issue.occurrence), []).append(said(issue))
    found = [
        Line(
            "LDR",
            "",
            (("", (Piece(_blank(record.leader)),)),),
            tuple(by_place.pop(("LDR", 1), ()) or by_place.pop(("LDR", 0), ())),
        )
    ]
    seen: dict[str, int] = {}
    for field in record.fields:
        seen[field.tag] = number = seen.get(field.tag, 0) + 1
        messages = by_place.pop((field.tag, number), [])
        if number == 1:
            messages += by_place.pop((field.tag, 0), [])
        label = profile.fields[field.tag].name.text(language) if field.tag in profile.fields else ""
        if isinstance(field, ControlField):
            found.append(Line(field.tag, "", (("", (Piece(_blank(field.value)),)),), tuple(messages), label=label))
        else:
            known = profile.fields.get(field.tag)
            parts = []
            for code, value in field.subfields:
                part = known.subfields.get(code) if known else None
                # In a coded subfield a blank is a code like any other, so it is shown.
                parts.append((code, (Piece(_blank(value)),) if part and part.positions else pieces(value)))
            if field.lead:
                parts.insert(0, ("", pieces(field.lead)))
            found.append(Line(field.tag, _blank(field.ind1 + field.ind2), tuple(parts), tuple(messages), label=label))
    for (tag, _number), messages in by_place.items():
        label = profile.fields[tag].name.text(language) if tag in profile.fields else ""
        ghost = Line(tag, "", (), tuple(messages), ghost=True, label=label)
        place = next((i for i, line in enumerate(found) if line.tag not in ("LDR",) and line.tag > tag), len(found))
        found.insert(place if tag else 0, ghost)
    return found


def said(issue: Finding) -> Said:
    language = current_language()
    text = " ".join((issue.what(language), issue.why(language), issue.how(language)))
    return Said(issue.rule, issue.severity, text, issue.source)


def counts(issues: Iterable[Finding]) -> dict[str, int]:
    """How many messages of each severity, worst first; only those that occur."""
    numbers = dict.fromkeys(ORDER, 0)
    for issue in issues:
        numbers[str(issue.severity)] += 1
    return {severity: number for severity, number in numbers.items() if number}


# --- the form view ---


@dataclass(frozen=True)
class FormPart:
    code: str
    label: str
    value: tuple[Piece, ...]


@dataclass(frozen=True)
class FormField:
    """One field with its name, indicators in words and named subfields."""

    tag: str
    label: str
    indicators: tuple[tuple[str, str], ...]
    parts: tuple[FormPart, ...]


def form(record: Record, profile: Profile) -> list[FormField]:
    language = current_language()
    found = []
    for field in record.fields:
        known = profile.fields.get(field.tag)
        label = known.name.text(language) if known else ""
        if isinstance(field, ControlField):
            found.append(FormField(field.tag, label, (), (FormPart("", label, (Piece(_blank(field.value)),)),)))
            continue
        indicators = []
        if known:
            for defined, value in ((known.ind1, field.ind1), (known.ind2, field.ind2)):
                if defined and defined.values and value in defined.values:
                    meaning = defined.values[value].text(language)
                    if meaning:
                        indicators.append((_blank(value), meaning))
        parts = []
        for code, value in field.subfields:
            part = known.subfields.get(code) if known else None
            parts.append(FormPart(code, part.name.text(language) if part else "", pieces(value)))
        found.append(FormField(field.tag, label, tuple(indicators), tuple(parts)))
    return found


# --- coded fields, position by position ---


@dataclass(frozen=True)
class Position:
    """One position of a coded field: where, what it is, the code and what it means; `wrong` when the format has no such code."""

    place: str
    name: str
    value: str
    meaning: str
    wrong: bool


@dataclass(frozen=True)
class Coded:
    tag: str
    code: str
    label: str
    value: str
    positions: tuple[Position, ...]


def coded(record: Record, profile: Profile) -> list[Coded]:
    """The leader and every coded field, read position by position."""
    language = current_language()
    found = []
    texts: list[tuple[str, str, str]] = [("LDR", "", record.leader)]
    for field in record.fields:
        if isinstance(field, ControlField):
            texts.append((field.tag, "", field.value))
        elif isinstance(field, DataField):
            texts += [(field.tag, code, value) for code, value in field.subfields]
    for tag, code, text in texts:
        positions = profile.coded_positions(record, tag, code, text)
        if not positions:
            continue
        known = profile.fields.get(tag)
        rows = []
        for position in positions:
            value = position.of(text)
            units = [value[at : at + position.unit] for at in range(0, len(value), position.unit)] or [""]
            meanings = [_meaning(position, unit, language) for unit in units]
            meaning = ", ".join(dict.fromkeys(filter(None, meanings)))
            rows.append(
                Position(
                    position.label, position.name.text(language), _blank(value), meaning, bool(position.wrong(value))
                )
            )
        label = known.name.text(language) if known else ""
        found.append(Coded(tag, code, label, _blank(text), tuple(rows)))
    return found


def _meaning(position: object, unit: str, language: str) -> str:
    codes = getattr(position, "codes", {})
    names = codes.get(unit) or codes.get(unit.rstrip()) or codes.get(unit.replace(" ", "#"))
    return names.text(language) if names is not None else ""


# --- the card ---


@dataclass(frozen=True)
class CardLine:
    """A line of a card; `strong` is the heading, `area` the number of an ISBD area."""

    text: str
    strong: bool = False
    area: str = ""


def card_lines(text: str, style: str) -> list[CardLine]:
    """A card as text cut into its lines for the page; empty lines only part its blocks."""
    found = []
    for place, line in enumerate(text.splitlines()):
        if not line.strip():
            continue
        if style == "isbd" and line[:1].isdigit() and line[1:3] == "  ":
            found.append(CardLine(line[3:], area=line[0]))
        else:
            found.append(CardLine(line.strip(), strong=place == 0 and not line.startswith("   ")))
    return found
