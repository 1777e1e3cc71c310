"""Widening a profile: an operator's file, and the rows that the National Library writes for KAZMARC."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from orken.cataloguing.profiles.family import fields_from_facts
from orken.cataloguing.profiles.model import UNNAMED, FieldDef, IndicatorDef, Names, Profile, SubfieldDef


class ProfileFileRefused(Exception):
    """The file of a profile cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One statement about a format: of a field (`code` empty), of a subfield, or of an indicator.

    `code` is a subfield code, or «ind1» and «ind2», for which `values` lists the allowed characters
    («#» for blank). `used` False takes the field or subfield out of the format.
    """

    tag: str
    code: str = ""
    name: Names = UNNAMED
    repeatable: bool = True
    mandatory: bool = False
    values: str = ""
    used: bool = True
    source: str = ""


def with_rows(profile: Profile, rows: Iterable[Row]) -> Profile:
    """The profile with every row laid over it, fields first."""
    fields = dict(profile.fields)
    for row in sorted(rows, key=lambda row: (row.tag, bool(row.code), row.code)):
        standing = fields.get(row.tag)
        if not row.code:
            if not row.used:
                fields.pop(row.tag, None)
                continue
            control = row.tag.startswith("00")
            base = standing or FieldDef(
                row.tag, ind1=None if control else IndicatorDef(), ind2=None if control else IndicatorDef()
            )
            fields[row.tag] = replace(
                base,
                name=row.name.over(base.name),
                repeatable=row.repeatable,
                mandatory=row.mandatory,
                source=row.source or f"{profile.name.en} {row.tag}",
                core=True,
            )
        elif standing is not None:
            fields[row.tag] = _with_part(standing, row)
    return replace(profile, fields=fields)


def _with_part(found: FieldDef, row: Row) -> FieldDef:
    if row.code in ("ind1", "ind2"):
        values = {code: Names() for code in row.values.replace("#", " ")}
        indicator = IndicatorDef(row.name, values)
        return replace(found, ind1=indicator) if row.code == "ind1" else replace(found, ind2=indicator)
    subfields = dict(found.subfields)
    if not row.used:
        subfields.pop(row.code, None)
    else:
        base = subfields.get(row.code, SubfieldDef(row.code))
        subfields[row.code] = replace(
            base, name=row.name.over(base.name), repeatable=row.repeatable, mandatory=row.mandatory
        )
    return replace(found, subfields=subfields)


def from_file(path: Path, base: Profile) -> Profile:
    """The profile `base` with the fields of an operator's file over it.

    The file is an Avram schema, the language other tools describe formats in, or JSON in the shape of our own facts (`{"format", "edition", "fields": [{"tag", "name",
    "mandatory", "repeatable", "ind1", "ind2", "subfields": […]}]}`), so the full official text of a
    format can be loaded where the licence allows it. Raises ProfileFileRefused with a sentence.
    """
    try:
        facts = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise ProfileFileRefused(f"{path.name} is not a readable JSON file.") from problem
    english = isinstance(facts, dict) and isinstance(facts.get("fields"), dict)
    if english:
        facts = _from_avram(path.name, facts)
    if not isinstance(facts, dict) or not isinstance(facts.get("fields"), list):
        raise ProfileFileRefused(f"{path.name} has no list “fields”.")
    for place, entry in enumerate(facts["fields"], start=1):
        tag = entry.get("tag") if isinstance(entry, dict) else None
        if not (isinstance(tag, str) and len(tag) == 3 and tag.isascii() and tag.isalnum()):
            raise ProfileFileRefused(f"{path.name}: field {place} has no tag of three characters.")
    try:
        added = fields_from_facts(facts, str(facts.get("format", base.name.en)))
    except (KeyError, TypeError, AttributeError) as problem:
        raise ProfileFileRefused(f"{path.name} is not in the shape of a profile: {problem}.") from problem
    if english:
        added = {tag: _in_english(found) for tag, found in added.items()}
    # Names that are known in three languages stay; the file fills what is missing.
    named = {
        tag: replace(found, name=base.fields[tag].name.over(found.name), core=base.fields[tag].core)
        if tag in base.fields
        else found
        for tag, found in added.items()
    }
    return base.with_fields(named, str(facts.get("edition", "")))


def _in_english(found: FieldDef) -> FieldDef:
    """The names of an Avram schema, which are English, in their own place."""

    def moved(name: Names) -> Names:
        return Names(en=name.ru)

    return replace(
        found,
        name=moved(found.name),
        subfields={code: replace(part, name=moved(part.name)) for code, part in found.subfields.items()},
    )


def _from_avram(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """An Avram schema in the shape of our facts. Its names are in the language of the schema."""
    fields = []
    for tag, entry in schema["fields"].items():
        if not isinstance(entry, dict):
            raise ProfileFileRefused(f"{name}: field {tag} is not an object.")
        subfields = entry.get("subfields") or {}
        if not isinstance(subfields, dict):
            raise ProfileFileRefused(f"{name}: the subfields of {tag} are not an object.")
        fields.append(
            {
                "tag": str(entry.get("tag", tag)),
                "name": _label(entry),
                "repeatable": bool(entry.get("repeatable", False)),
                "mandatory": bool(entry.get("required", False)),
                "ind1": _avram_indicator(entry, "indicator1"),
                "ind2": _avram_indicator(entry, "indicator2"),
                "subfields": [
                    {
                        "code": code,
                        "name": _label(part),
                        "repeatable": bool(part.get("repeatable", False)),
                        "mandatory": bool(part.get("required", False)),
                    }
                    for code, part in subfields.items()
                    if isinstance(part, dict)
                ],
            }
        )
    return {"format": schema.get("title", name), "edition": schema.get("version", ""), "fields": fields}


def _label(entry: dict[str, Any]) -> str:
    return str(entry.get("label") or "")


def _avram_indicator(entry: dict[str, Any], which: str) -> dict[str, Any] | None:
    """Avram: no key or null, the indicator is not defined; codes such as «1-9» are ranges."""
    if entry.get("tag", "").startswith("00"):
        return None
    found = entry.get(which)
    if not isinstance(found, dict):
        return {"name": "#", "values": {}}
    values: dict[str, str] = {}
    for code, meaning in (found.get("codes") or {}).items():
        label = _label(meaning) if isinstance(meaning, dict) else str(meaning or "")
        first, dash, last = code.partition("-")
        if dash and first.isdigit() and last.isdigit():
            values.update({str(number): label for number in range(int(first), int(last) + 1)})
        else:
            values[code] = label
    return {"name": _label(found), "values": values}
