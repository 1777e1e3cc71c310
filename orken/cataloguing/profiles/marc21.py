"""MARC 21 bibliographic: tags, indicators, subfields and code lists from the installed package
marc-lint (MIT), coded positions, obligations and names in Kazakh and Russian from our data.

The package's tables are read from the text they are kept in, because its own reader keeps only the
first word of every name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from marc_lint import code_data
from marc_lint.field_rules import RULES_DATA

from orken.cataloguing.profiles.model import (
    Condition,
    FieldDef,
    IndicatorDef,
    Names,
    Position,
    Profile,
    Punctuation,
    SubfieldDef,
)

DATA = Path(__file__).parent / "data"


def load() -> Profile:
    """The whole profile."""
    with (DATA / "marc21.toml").open("rb") as file:
        ours = tomllib.load(file)
    with (DATA / "marc21-coded.toml").open("rb") as file:
        coded = tomllib.load(file)
    names = {}
    for line in ours["names"]["lines"].strip().splitlines():
        tag, kk, ru = line.split("|")
        names[tag] = Names(kk, ru)
    fields = {}
    for text in (RULES_DATA, (DATA / "marc21-added.txt").read_text("utf-8")):
        for found in _blocks(text):
            fields[found.tag] = found
    for tag, more in ours["more_subfields"].items():
        if tag in fields:
            added = {code: SubfieldDef(code, Names(), repeatable) for code, repeatable in more.items()}
            kept = {code: part for code, part in fields[tag].subfields.items() if code not in added}
            named = {
                code: replace(part, name=fields[tag].subfields[code].name) if code in fields[tag].subfields else part
                for code, part in added.items()
            }
            fields[tag] = replace(fields[tag], subfields={**kept, **named})
    later = ours["later"]
    for tag in later["repeatable"]:
        fields[tag] = replace(fields[tag], repeatable=True)
    for tag in later["any_subfields"]:
        fields[tag] = replace(fields[tag], subfields={})
    for tag, (first, second) in later["indicators"].items():
        fields[tag] = replace(
            fields[tag], ind1=_widened(fields[tag].ind1, first), ind2=_widened(fields[tag].ind2, second)
        )
    for tag in ours["mandatory"]:
        fields[tag] = replace(fields[tag], mandatory=True)
    for tag, codes in ours["mandatory_subfields"].items():
        subfields = dict(fields[tag].subfields)
        for code in codes:
            subfields[code] = replace(subfields[code], mandatory=True)
        fields[tag] = replace(fields[tag], subfields=subfields)
    for tag, known in names.items():
        if tag in fields:
            fields[tag] = replace(fields[tag], name=known.over(fields[tag].name), core=True)
    words = _words()
    fields = {tag: _in_three(found, words) for tag, found in fields.items()}
    _valued(fields)
    return Profile(
        code="marc21",
        name=Names("MARC 21", "MARC 21", "MARC 21"),
        family="marc21",
        fields=fields,
        leader=tuple(_position(entry, {}, coded["words"]) for entry in coded["leader"]),
        control=_control(coded),
        conditions=tuple(conditions(ours)),
        punctuation=Punctuation("leader"),
        source="https://www.loc.gov/marc/bibliographic/",
    )


# Codes of later updates, which the package's table does not name.
LATER = {
    "0": "Authority record control number or standard number", "1": "Real World Object URI", "3": "Materials specified",
    "5": "Institution to which field applies", "6": "Linkage", "7": "Data provenance", "8": "Field link and sequence number",
}  # fmt: skip


def _words() -> dict[str, Names]:
    """Names in Kazakh and Russian by the English name of the package's tables."""
    found = {}
    for line in (DATA / "words-marc21.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            en, kk, ru = line.split("|")
            found[en] = Names(kk, ru)
    return found


def _in_three(found: FieldDef, words: Mapping[str, Names]) -> FieldDef:
    """The field with its names, those of its subfields and of its indicators in three languages where known."""

    def named(name: Names) -> Names:
        return name.over(words.get(name.en, Names()))

    parts = {}
    for code, part in found.subfields.items():
        name = part.name if any(part.name) else Names(en=LATER.get(code, ""))
        parts[code] = replace(part, name=named(name))
    first, second = (
        None if one is None else IndicatorDef(named(one.name), _skipped(one)) for one in (found.ind1, found.ind2)
    )
    return replace(found, name=named(found.name), ind1=first, ind2=second, subfields=parts)


def _skipped(indicator: IndicatorDef) -> Mapping[str, Names]:
    """What the digits of «nonfiling characters» mean: how many signs a list passes over."""
    if indicator.name.en != "Nonfiling characters":
        return indicator.values
    none = Names("Ешбір таңба өткізілмейді", "Ни один знак не пропускается", "No character is skipped")
    return {
        value: none
        if value in " 0"
        else Names(f"Өткізілетін таңба: {value}", f"Пропускается знаков: {value}", f"Characters skipped: {value}")
        for value in indicator.values
    }


def _valued(fields: dict[str, FieldDef]) -> None:
    """What the values of indicators mean, for the fields in daily use."""
    for line in (DATA / "marc21-values.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        tags, number, value, *names = line.split("|")
        for tag in tags.split():
            which = f"ind{number}"
            indicator = getattr(fields[tag], which)
            code = value.replace("#", " ")
            if indicator is not None and code in indicator.values:
                held = replace(indicator, values={**indicator.values, code: Names(*names)})
                fields[tag] = replace(fields[tag], **{which: held})


def _widened(indicator: IndicatorDef | None, values: str) -> IndicatorDef:
    return IndicatorDef(indicator.name if indicator is not None else Names(), {code: Names() for code in values})


_LINE = re.compile(r"(\S+)\s+(\S+)(?:\s+(.*))?")


def _blocks(text: str) -> Iterator[FieldDef]:
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.splitlines() if line.strip()]
        head = _LINE.match(lines[0]) if lines else None
        if head is None or not re.fullmatch(r"[0-9]{3}", head[1]):
            continue
        tag = head[1]
        indicators: dict[str, IndicatorDef] = {}
        subfields: dict[str, SubfieldDef] = {}
        for line in lines[1:]:
            found = _LINE.match(line)
            if found is None:
                continue
            key, value, name = found[1], found[2], (found[3] or "").strip()
            if key in ("ind1", "ind2"):
                indicators[key] = IndicatorDef(Names(en=name), {code: Names() for code in _values(tag, key, value)})
            elif len(key) == 1:
                subfields[key] = SubfieldDef(key, Names(en=name), value == "R")
        title = (head[3] or "").strip()
        yield FieldDef(
            tag,
            Names(en=title.capitalize() if title.isupper() else title),
            repeatable=head[2] == "R",
            ind1=None if tag < "010" else indicators.get("ind1", IndicatorDef()),
            ind2=None if tag < "010" else indicators.get("ind2", IndicatorDef()),
            subfields=subfields if tag >= "010" else {},
            source=f"MARC 21 {tag}",
        )


def _values(tag: str, key: str, value: str) -> str:
    """The allowed characters: «b0-4» is blank and 0 to 4; «Same» (880) is anything."""
    if value == "blank":
        return " "
    if value.startswith("Same") or tag == "880":
        return " 0123456789"
    if value.startswith("b"):
        value = " " + value[1:]
    return re.sub(r"(\d)-(\d)", lambda span: "".join(map(str, range(int(span[1]), int(span[2]) + 1))), value)


def names_of(text: str) -> Names:
    """Names from «English|Русский|Қазақша»."""
    en, ru, kk = (*text.split("|"), "", "")[:3]
    return Names(kk.strip(), ru.strip(), en.strip())


def _position(
    entry: Mapping[str, Any], shared: Mapping[str, str], words: Mapping[str, str], offset: int = 0
) -> Position:
    codes: dict[str, Names] = {}
    if "list" in entry:
        codes = {code: Names(en=name) for code, name in getattr(code_data, entry["list"]).items()}
        for line in words.get(entry["list"], "").strip("\n").splitlines():
            code, _, name = line.partition("=")
            ru, _, kk = name.partition("|")
            if code in codes:
                codes[code] = Names(kk, ru, codes[code].en)
        for line in entry.get("more", "").strip().splitlines():
            code, _, name = line.partition("=")
            codes[code] = names_of(name)
    text = entry.get("codes", "")
    if text.startswith("@"):
        text = shared[text[1:]]
    for line in text.strip("\n").splitlines():
        code, _, name = line.partition("=")
        codes[code] = names_of(name)
    length = entry.get("len", 1)
    pattern = entry.get("pattern")
    return Position(
        entry["at"] + offset,
        length,
        names_of(entry["name"]),
        codes,
        entry.get("unit", 1),
        re.compile(pattern) if pattern else None,
        entry.get("code_list", ""),
        mandatory=bool(entry.get("list")) and " " not in codes,
    )


def _control(coded: Mapping[str, Any]) -> dict[str, dict[str, tuple[Position, ...]]]:
    shared, words = coded["shared"], coded["words"]
    eight: dict[str, tuple[Position, ...]] = {
        "*": tuple(_position(entry, shared, words) for entry in coded["008"]["*"])
    }
    six: dict[str, tuple[Position, ...]] = {
        "*": (
            Position(
                0,
                1,
                names_of("Form of material|Форма материала|Материал нысаны"),
                {code: Names() for code in "acdefgijkmoprst"},
                mandatory=True,
            ),
        )
    }
    for material, entries in coded["material"].items():
        eight[material] = tuple(_position(entry, shared, words) for entry in entries)
        six[material] = tuple(_position(entry, shared, words, offset=-17) for entry in entries)
    seven: dict[str, tuple[Position, ...]] = {}
    categories = {code: names_of(entry["name"]) for code, entry in coded["007"].items()}
    for code, entry in coded["007"].items():
        seven[code] = (
            Position(
                0, 1, names_of("Category of material|Категория материала|Материал санаты"), categories, mandatory=True
            ),
            Position(
                1,
                1,
                names_of(
                    "Specific material designation|Специальное обозначение материала|Материалдың арнайы белгіленімі"
                ),
                {smd: Names() for smd in entry["smd"]},
                mandatory=True,
            ),
        )
    return {"006": six, "007": seven, "008": eight}


def lengths_of_007() -> dict[str, tuple[int, ...]]:
    """Category of 007 → the lengths it may have."""
    with (DATA / "marc21-coded.toml").open("rb") as file:
        coded = tomllib.load(file)["007"]
    return {code: (entry["length"], *([entry["short"]] if "short" in entry else [])) for code, entry in coded.items()}


def conditions(ours: Mapping[str, Any]) -> Iterator[Condition]:
    """The conditional obligations of a data file."""
    for entry in ours.get("condition", ()):
        texts = entry["texts"]
        yield Condition(
            entry["code"],
            entry["field"],
            {int(position): allowed for position, allowed in entry.get("leader", {}).items()},
            tuple((tag, code, position, allowed) for tag, code, position, allowed in entry.get("when", ())),
            tuple(entry.get("needs", ())),
            tuple(entry.get("exclusive", ())),
            Names(texts["kk"], texts["ru"], texts["en"]),
            entry.get("severity", ""),
        )
