"""Tags, indicators, subfields, repeatability, order: what the format's tables say of every field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from orken.cataloguing.checker.look import Look
from orken.cataloguing.profiles.model import FieldDef, Profile
from orken.cataloguing.record import ControlField, DataField

_TAG = re.compile(r"[0-9]{3}\Z")
_BLANKS = frozenset(
    {*"-–—…?/*._", "--", "---", "..", "...", "__", "___", "??", "???", "нет", "нет данных", "жоқ", "n/a", "none"}
)
_TITLES = {"marc21": "245", "unimarc": "200"}
_LONGEST = 9998

Issue = tuple[str, str, dict[str, Any]]


@dataclass(slots=True)
class _Known:
    """What one profile says, and the answers already worked out for it."""

    profile: Profile
    patterns: dict[tuple[str, str, str, str], tuple[Issue, ...]] = field(default_factory=dict)


_known: dict[int, _Known] = {}


def _of(profile: Profile) -> _Known:
    standing = _known.get(id(profile))
    if standing is None or standing.profile is not profile:
        if len(_known) > 50:
            _known.clear()
        standing = _known[id(profile)] = _Known(profile)
    return standing


def check(look: Look) -> None:
    record, profile = look.record, look.profile
    known = _of(profile)
    if len(record.leader) != 24 and record.leader:
        look.say("structure.leader-length", "LDR", found=len(record.leader))
    elif not record.leader:
        look.say("structure.no-leader", "LDR")
    if not record.fields:
        look.say("structure.no-fields")
        return
    title = _TITLES[profile.family]
    patterns = known.patterns
    fields = profile.fields
    highest = ""
    for tag, found in record.by_tag.items():
        if tag[:1] < highest[:1]:
            look.say("structure.order", tag, 1, tag=tag, before=highest)
        elif tag[:1] > highest[:1]:
            highest = tag
        if len(found) > 1:
            _repeated(look, tag, found, title)
        definition = fields.get(tag)
        if definition is None and not _unknown(look, tag):
            continue
        for occurrence, one in enumerate(found, start=1):
            if isinstance(one, ControlField):
                if "\x1f" in one.value:
                    look.say("structure.control-subfields", tag, occurrence, tag=tag)
                continue
            values = [value for _, value in one.subfields]
            key = (tag, one.ind1, one.ind2, "".join([code for code, _ in one.subfields]))
            issues = patterns.get(key)
            if issues is None:
                if len(patterns) > 20_000:
                    patterns.clear()
                issues = patterns[key] = tuple(_issues(one, definition))
            for rule, code, words in issues:
                look.say(rule, tag, occurrence, code, **words)
            if one.lead or not one.subfields:
                text = (one.lead or one.ind1 + one.ind2)[:40]
                look.say("structure.no-subfields", tag, occurrence, tag=tag, text=text)
            size = 0
            for value in values:
                length = len(value)
                size += length
                if length < 11 and (not value or value.strip().lower() in _BLANKS or value.isspace()):
                    _blank(look, one, occurrence, value)
            if size > 2400 and size + len(values) * 2 > 2400:
                taken = len("".join(values).encode("utf-8", errors="replace")) + 2 * len(values) + 3
                if taken > _LONGEST + 1:
                    look.say("structure.long-field", tag, occurrence, tag=tag, found=taken)


def _blank(look: Look, one: DataField, occurrence: int, value: str) -> None:
    code = next(code for code, found in one.subfields if found == value)
    if not value:
        look.say("structure.empty-subfield", one.tag, occurrence, code, tag=one.tag, code=code)
    elif one.tag >= "100" or not look.marc21:
        if one.tag == "886" or (not look.marc21 and one.tag.startswith("1")):
            return  # coded data, where a dash is a code, and fields of a foreign format
        shown = value if value.strip() else "␠" * len(value)
        look.say("complete.blank", one.tag, occurrence, code, tag=one.tag, code=code, value=shown)


def _repeated(look: Look, tag: str, found: list[ControlField | DataField], title: str) -> None:
    definition = look.profile.fields.get(tag)
    if tag == title:
        look.say("structure.two-titles", tag, 2, tag=tag, count=len(found))
    elif definition is not None and not definition.repeatable:
        look.say("structure.repeated-field", tag, 2, tag=tag, count=len(found))
    seen: list[ControlField | DataField] = []
    for occurrence, one in enumerate(found, start=1):
        if one in seen and tag >= "010":
            look.say("structure.duplicate-field", tag, occurrence, tag=tag)
            break
        seen.append(one)


def _unknown(look: Look, tag: str) -> bool:
    """Say that a tag is foreign; whether its fields can still be checked for their shape."""
    if not _TAG.match(tag):
        look.say("structure.tag-shape", tag, 1, tag=tag)
    elif "9" in tag:
        look.say("structure.local-field", tag, 1, tag=tag)
    else:
        look.say("structure.unknown-field", tag, 1, tag=tag, format=look.profile.name.en)
    return True


def _shown(allowed: str) -> str:
    return ", ".join("#" if value == " " else value for value in allowed)


def _issues(one: DataField, definition: FieldDef | None) -> list[Issue]:
    """What is wrong with a field of this tag, these indicators and these codes, whatever its text."""
    issues: list[Issue] = []
    tag = one.tag
    if definition is not None:
        for number, value, allowed in ((1, one.ind1, definition.ind1), (2, one.ind2, definition.ind2)):
            if allowed is None:
                continue
            if value == " " and (not allowed.values or " " in allowed.values):
                continue
            if not allowed.values or (len(allowed.values) == 1 and " " in allowed.values):
                issues.append(("structure.undefined-indicator", "", {"number": number, "value": value}))
            elif value not in allowed.values:
                words = {"number": number, "value": value if value != " " else "#", "allowed": _shown(allowed.allowed)}
                issues.append(("structure.indicator", "", dict(words)))
    elif one.ind1 not in " 0123456789|" or one.ind2 not in " 0123456789|" or not one.ind1 or not one.ind2:
        issues.append(("structure.indicator", "", {"number": 1, "value": one.ind1 + one.ind2, "allowed": "#, 0–9"}))
    seen: set[str] = set()
    for code, _ in one.subfields:
        shaped = len(code) == 1 and code.isascii() and (code.islower() or code.isdigit())
        if not shaped:
            name = ", ".join(unicodedata.name(sign, "?") for sign in code) or "∅"
            issues.append(("structure.subfield-code", code, {"code": code, "name": name}))
        elif definition is not None and definition.subfields:
            part = definition.subfields.get(code)
            if part is None:
                if code not in seen:
                    issues.append(("structure.unknown-subfield", code, {"tag": tag, "code": code}))
            elif code in seen and not part.repeatable:
                issues.append(("structure.repeated-subfield", code, {"tag": tag, "code": code}))
        seen.add(code)
    if definition is not None:
        for code, part in definition.subfields.items():
            if part.mandatory and code not in seen and one.subfields:
                issues.append(("complete.subfield", code, {"tag": tag, "code": code, "name": part.name}))
    return issues
