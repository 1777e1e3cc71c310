"""Widening a profile: an operator's file, and the rows that the National Library writes for KAZMARC."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

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

    The file is JSON in the shape of our own facts (`{"format", "edition", "fields": [{"tag", "name",
    "mandatory", "repeatable", "ind1", "ind2", "subfields": […]}]}`), so the full official text of a
    format can be loaded where the licence allows it. Raises ProfileFileRefused with a sentence.
    """
    try:
        facts = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise ProfileFileRefused(f"{path.name} is not a readable JSON file.") from problem
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
    named = {
        tag: replace(
            found,
            name=Names(base.fields[tag].name.kk, found.name.ru, base.fields[tag].name.en),
            core=base.fields[tag].core,
        )
        if tag in base.fields
        else found
        for tag, found in added.items()
    }
    return base.with_fields(named, str(facts.get("edition", "")))
