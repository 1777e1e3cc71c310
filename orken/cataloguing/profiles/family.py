"""RUSMARC, UNIMARC and KAZMARC from the facts file and our differences.

The facts of RUSMARC (edition 2019-03-24) were gathered from its official XML: 204 fields with names
in Russian, subfields, indicators, coded positions. Reading them mends what is plainly a slip of the
source, the same way for every code: Cyrillic letters that look like the Latin code letters, a blank
written as «#», stray spaces.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from orken.cataloguing.profiles.marc21 import conditions
from orken.cataloguing.profiles.model import (
    FieldDef,
    IndicatorDef,
    Names,
    Position,
    Profile,
    Punctuation,
    SubfieldDef,
)

DATA = Path(__file__).parent / "data"
_LATIN = str.maketrans("асеорхуАСЕОРХУк", "aceopxyACEOPXYk")


def read_toml(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def clean_code(code: str) -> str:
    """A code as it is keyed: Latin letters, blank for «#»."""
    return code.translate(_LATIN).strip().replace("#", " ") or " "


def fields_from_facts(facts: Mapping[str, Any], format_name: str) -> dict[str, FieldDef]:
    """Field definitions from a facts file (the shape of data/rusmarc.json)."""
    fields = {}
    for entry in facts["fields"]:
        tag = entry["tag"]
        subfields: dict[str, SubfieldDef] = {}
        for part in entry.get("subfields", ()):
            code = clean_code(part["code"])
            if code in subfields:
                continue
            subfields[code] = SubfieldDef(
                code,
                Names(ru=(part.get("name") or "").strip()),
                bool(part.get("repeatable", True)),
                bool(part.get("mandatory", False)),
                tuple(_position(found) for found in part.get("positions", ())),
            )
        fields[tag] = FieldDef(
            tag,
            Names(ru=(entry.get("name") or "").strip().rstrip(".").strip()),
            bool(entry.get("repeatable", True)),
            bool(entry.get("mandatory", False)),
            _indicator(entry.get("ind1")),
            _indicator(entry.get("ind2")),
            subfields,
            f"{format_name} {tag}",
        )
    return fields


def _indicator(entry: Mapping[str, Any] | None) -> IndicatorDef | None:
    if entry is None:
        return None
    values = {clean_code(code): Names(ru=name or "") for code, name in entry.get("values", {}).items()}
    name = (entry.get("name") or "").strip()
    return IndicatorDef(Names() if name.startswith("#") else Names(ru=name), values)


def _position(entry: Mapping[str, Any], shift: int = 0) -> Position:
    start, length = entry["start"] + shift, entry["length"]
    codes = {clean_code(code): Names(ru=name or "") for code, name in entry.get("codes", {}).items()}
    widths = {len(code) for code in codes if code.strip()}
    unit = 1
    if widths == {2}:
        unit = 2
    elif len(widths) > 1 or (widths and min(widths) > 2):
        # Codes such as «001-999» describe a number: not a list of codes.
        codes = {} if max(widths) > 2 else codes
        unit = 2 if widths == {1, 2} and length % 2 == 0 else 1
    return Position(
        start,
        length,
        Names(ru=(entry.get("name") or "").strip().lstrip("'")),
        codes,
        unit,
        mandatory=bool(entry.get("mandatory")),
    )


def _leader(facts: Mapping[str, Any]) -> tuple[Position, ...]:
    # The source counts the leader from 1.
    return tuple(_position(entry, shift=-1) for entry in facts["leader"])


def _named(fields: dict[str, FieldDef], lines: str) -> None:
    """Kazakh and English names over the Russian ones; a field with them is a core field."""
    for line in lines.strip().splitlines():
        tag, kk, en = line.split("|")
        if tag in fields:
            fields[tag] = replace(fields[tag], name=Names(kk, fields[tag].name.ru, en), core=True)


def _positions_named(positions: tuple[Position, ...], known: Mapping[str, Names], prefix: str) -> tuple[Position, ...]:
    return tuple(
        replace(found, name=known.get(f"{prefix}/{found.start:02d}", Names()).over(found.name)) for found in positions
    )


def _adjusted(fields: dict[str, FieldDef], ours: Mapping[str, Any]) -> tuple[dict[str, FieldDef], dict[str, Names]]:
    """Our corrections: conditional subfields made optional, the mixed position of 100 $a set right."""
    optional = {(entry[:3], entry[3:].strip()) for entry in ours["optional_subfields"]}
    optional |= {(entry[:3], entry[3:].strip()) for entry in ours["optional_when_part"]}
    known = {}
    for line in ours["position_names"].strip().splitlines():
        place, kk, en = line.split("|")
        known[place] = Names(kk, "", en)
    for tag, found in list(fields.items()):
        subfields = dict(found.subfields)
        for code, part in found.subfields.items():
            if (tag, code) in optional:
                part = replace(part, mandatory=False)
            positions = part.positions
            if tag == "100" and code == "a":
                # The source gives the type of date and both dates one entry of nine characters.
                positions = tuple(replace(at, length=1) if at.start == 8 else at for at in positions)
            positions = _positions_named(positions, known, f"{tag}{code}")
            subfields[code] = replace(part, positions=positions)
        fields[tag] = replace(found, subfields=subfields)
    return fields, known


@cache
def words() -> Mapping[str, Names]:
    """Names in Kazakh and English by the Russian name of the facts: one name has one translation wherever it stands."""
    found: dict[str, Names] = {}
    for name in ("words-fields.txt", "words-codes.txt"):
        for line in (DATA / name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                ru, kk, en = line.split("|")
                found[_plain(ru)] = Names(kk, "", en)
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).rstrip(".")


def _in_three(name: Names) -> Names:
    known = words().get(_plain(name.ru)) if name.ru else None
    return name.over(known) if known is not None else name


def _place_in_three(position: Position) -> Position:
    codes = {code: _in_three(name) for code, name in position.codes.items()}
    return replace(position, name=_in_three(position.name), codes=codes)


def _indicator_in_three(found: IndicatorDef | None) -> IndicatorDef | None:
    if found is None:
        return None
    return IndicatorDef(_in_three(found.name), {value: _in_three(name) for value, name in found.values.items()})


def _field_in_three(found: FieldDef) -> FieldDef:
    """The field with every name that is known in Kazakh and English."""
    parts = {
        code: replace(part, name=_in_three(part.name), positions=tuple(_place_in_three(at) for at in part.positions))
        for code, part in found.subfields.items()
    }
    first, second = _indicator_in_three(found.ind1), _indicator_in_three(found.ind2)
    return replace(found, name=_in_three(found.name), ind1=first, ind2=second, subfields=parts)


def load_rusmarc() -> Profile:
    facts = json.loads((DATA / "rusmarc.json").read_text("utf-8"))
    ours = read_toml("rusmarc.toml")
    fields, known = _adjusted(fields_from_facts(facts, "RUSMARC"), ours)
    _named(fields, ours["names"])
    fields = {tag: _field_in_three(found) for tag, found in fields.items()}
    return Profile(
        code="rusmarc",
        name=Names("RUSMARC", "RUSMARC", "RUSMARC"),
        family="unimarc",
        fields=fields,
        leader=tuple(_place_in_three(at) for at in _positions_named(_leader(facts), known, "LDR")),
        conditions=tuple(conditions(ours)),
        punctuation=Punctuation("never"),
        source="RUSMARC",
        edition=facts.get("edition", ""),
    )


def load_unimarc() -> Profile:
    base = load_rusmarc()
    ours = read_toml("unimarc.toml")
    fields = {
        tag: replace(found, source=f"UNIMARC {tag}") for tag, found in base.fields.items() if tag not in ours["drop"]
    }
    for tag, codes in ours["drop_subfields"].items():
        if tag in fields:
            kept = {code: part for code, part in fields[tag].subfields.items() if code not in codes}
            fields[tag] = replace(fields[tag], subfields=kept)
    for line in ours["add"].strip().splitlines():
        added = _from_line(line)
        fields[added.tag] = added
    _as_the_manual(fields, ours)
    fields = {tag: _field_in_three(found) for tag, found in fields.items()}
    return replace(
        base,
        code="unimarc",
        name=Names("UNIMARC", "UNIMARC", "UNIMARC"),
        fields=fields,
        leader=_leader_widened(base.leader, ours["leader_codes"]),
        conditions=tuple(conditions(ours)),
        source="UNIMARC",
        edition="",
        links=ours["links"],
    )


def _leader_widened(leader: tuple[Position, ...], lines: str) -> tuple[Position, ...]:
    """Codes of the leader that the national version leaves out."""
    more: dict[int, dict[str, Names]] = {}
    for line in lines.strip().splitlines():
        place, code, *names = line.split("|")
        more.setdefault(int(place), {})[code] = Names(*names)
    return tuple(replace(at, codes={**at.codes, **more.get(at.start, {})}) for at in leader)


def _as_the_manual(fields: dict[str, FieldDef], ours: Mapping[str, Any]) -> None:
    """Repeatability, obligation, control subfields, links and the form of item as the international manual has them."""
    for tag in ours["repeatable"]:
        fields[tag] = replace(fields[tag], repeatable=True)
    for place in ours["optional_subfields"]:
        tag, code = place[:3], place[3:].strip()
        found = fields.get(tag)
        if found is not None and code in found.subfields:
            part = replace(found.subfields[code], mandatory=False)
            fields[tag] = replace(found, subfields={**found.subfields, code: part})
    for line in ours["parts"].strip().splitlines():
        place, name = line.split("|")
        found = fields[place[:3]]
        standing = found.subfields.get(place[3:], SubfieldDef(place[3:]))
        named = replace(standing, name=Names(ru=name))
        fields[found.tag] = replace(found, subfields={**found.subfields, named.code: named})
    for line in ours["indicators"].strip().splitlines():
        place, value, *names = line.split("|")
        tag, which = place[:3], "ind1" if place[3] == "1" else "ind2"
        indicator = getattr(fields[tag], which)
        values = {**indicator.values, value.replace("#", " "): Names(*names)}
        fields[tag] = replace(fields[tag], **{which: replace(indicator, values=values)})
    control = {
        code: SubfieldDef(code, Names(ru=name), repeatable=False)
        for code, name in (one.split("|") for one in ours["control_subfields"]["codes"])
    }
    first, second = (_short(text) for text in ours["link_indicators"])
    notes = dict(zip("01", (Names(ru=name) for name in ours["link_notes"]), strict=True))
    assert second is not None
    second = replace(second, values={**second.values, **notes})
    for tag, found in list(fields.items()):
        if tag[0] == "4":
            fields[tag] = replace(found, ind1=first, ind2=second, subfields={})
        elif tag[0] in ours["control_subfields"]["blocks"] and found.subfields:
            fields[tag] = replace(found, subfields={**control, **found.subfields})
    codes = {}
    for line in ours["form_of_item"].strip().splitlines():
        code, *names = line.split("|")
        codes[code] = Names(*names)
    form = fields["106"].subfields["a"]
    at = Position(0, 1, form.name, codes)
    fields["106"] = replace(fields["106"], subfields={**fields["106"].subfields, "a": replace(form, positions=(at,))})


def _from_line(line: str) -> FieldDef:
    tag, repeat, first, second, codes, kk, ru, en = line.split("|")
    subfields = {part[0]: SubfieldDef(part[0], Names(), part.endswith("+")) for part in codes.split()}
    return FieldDef(
        tag,
        Names(kk, ru, en),
        repeat == "R",
        False,
        _short(first),
        _short(second),
        subfields if first != "-" else {},
        f"UNIMARC {tag}",
    )


def _short(text: str) -> IndicatorDef | None:
    if text == "-":
        return None
    values = text.replace("#", " ")
    return IndicatorDef(Names(), {} if values == " " else {code: Names() for code in values})


def load_kazmarc() -> Profile:
    base = load_unimarc()
    names = read_toml("kazmarc.toml")["names"]
    return replace(base, code="kazmarc", name=Names(**names), source="KAZMARC")
