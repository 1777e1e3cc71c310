"""The rules of the checker as help pages: by group, with examples laid out as records are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orken.cataloguing import checker, profiles
from orken.cataloguing.checker.rules import GROUPS, Rule
from orken.cataloguing.codecs.mrk import parse_field
from orken.cataloguing.display import Line, Piece, Weighed, pieces
from orken.cataloguing.record import ControlField
from orken.kit.i18n.content import current_language

FORMATS = {
    "marc21": ("MARC 21",),
    "unimarc": ("UNIMARC", "RUSMARC", "KAZMARC"),
    "": ("MARC 21", "UNIMARC", "RUSMARC", "KAZMARC"),
}


@dataclass(frozen=True)
class Entry(Weighed):
    """A rule in the index."""

    code: str
    title: str
    severity: str


@dataclass(frozen=True)
class Example:
    good: bool
    lines: tuple[Line, ...]
    text: str = ""


@dataclass(frozen=True)
class Page(Weighed):
    code: str
    group: str
    title: str
    severity: str
    texts: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]
    formats: tuple[str, ...]
    source: str


def groups(asked: str = "") -> list[tuple[str, list[Entry]]]:
    """Groups in order with their rules; those whose title, code or words hold every asked word."""
    language = current_language()
    words = asked.casefold().split()
    found: dict[str, list[Entry]] = {}
    for rule in checker.rules.registered():
        text = " ".join((rule.code, *rule.title, *rule.what, rule.bad, rule.good)).casefold()
        if all(word in text for word in words):
            found.setdefault(rule.group, []).append(Entry(rule.code, rule.title.text(language), rule.severity))
    return [(GROUPS[group].text(language), entries) for group, entries in found.items()]


def page(code: str) -> Page | None:
    try:
        rule = checker.rules.get(code)
    except KeyError:
        return None
    language = current_language()
    texts = (
        (_("What it says"), _plain(rule.what.text(language))),
        (_("Why it matters"), _plain(rule.why.text(language))),
        (_("How to see it"), _plain(rule.how.text(language))),
    )
    examples = [
        Example(good, tuple(_lines(text, rule)), text)
        for good, text in ((False, rule.bad), (True, rule.good))
        if text and not text.startswith("@")
    ]
    source = rule.source.replace("@", _("the description of the field in the format"))
    return Page(
        code, GROUPS[rule.group].text(language), rule.title.text(language), rule.severity, texts, tuple(examples),
        FORMATS.get(rule.family, FORMATS[""]), source,
    )  # fmt: skip


def _plain(text: str) -> str:
    """A sentence without a record at hand: what the record would fill in is left as a gap."""
    return re.sub(r"\{[a-z_]+\}", "…", text)


def _lines(text: str, rule: Rule) -> list[Line]:
    """The example's lines; «-500» is a field taken out."""
    profile = profiles.get("rusmarc" if rule.family == "unimarc" else "marc21")
    language = current_language()
    found = []
    for raw in text.splitlines():
        raw = raw.strip().lstrip("*")
        if raw.startswith("-") and len(raw) >= 4:
            tag = raw[1:4]
            label = profile.fields[tag].name.text(language) if tag in profile.fields else ""
            found.append(Line(tag, "", (), ghost=True, label=label))
        elif raw.startswith("=LDR"):
            found.append(Line("LDR", "", (("", (Piece(raw[6:].replace("\\", "#")),)),)))
        elif raw.startswith("="):
            field = parse_field(raw[1:4], raw[6:])
            if isinstance(field, ControlField):
                found.append(Line(field.tag, "", (("", (Piece(field.value.replace(" ", "#")),)),)))
            else:
                parts = tuple((part, pieces(value)) for part, value in field.subfields)
                found.append(Line(field.tag, (field.ind1 + field.ind2).replace(" ", "#"), parts))
    return found
