"""Seeded errors: clean records of our own, one error put in, is there a new finding of the right kind?

    python -m bench.cataloguing_seeded [--peers]

A class is found in a record when the broken record has a finding that the clean one had not, from one
of the rules named for the class. Recall is over up to 50 records that the error can be put into.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bench.cataloguing_peers import PEERS, Peer, run
from bench.cataloguing_records import Made, clean, clean_in
from orken.cataloguing import checker, codecs, profiles
from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield

Break = Callable[[Record, random.Random], "Record | None"]
PER_CLASS = 50


@dataclass(frozen=True)
class Class:
    """One kind of error: its group, how it is made, and which rules should see it."""

    group: str
    name: str
    format: str
    rules: tuple[str, ...]
    broken: Break


CLASSES: list[Class] = []


def error(group: str, name: str, *rules: str, format: str = "marc21") -> Callable[[Break], Break]:
    def register(function: Break) -> Break:
        CLASSES.append(Class(group, name, format, rules, function))
        return function

    return register


# --- small tools ---


def _swap(record: Record, found: Field | None, new: Field | None) -> Record | None:
    return None if found is None else record.replacing(found, new)


def _control(record: Record, tag: str, change: Callable[[str], str]) -> Record | None:
    found = next((one for one in record.all(tag) if isinstance(one, ControlField)), None)
    if found is None:
        return None
    new = change(found.value)
    return None if new == found.value else record.replacing(found, ControlField(tag, new))


def _put(text: str, at: int, new: str) -> str:
    return text[:at] + new + text[at + len(new) :]


def _part(record: Record, tag: str, code: str, change: Callable[[str], str]) -> Record | None:
    """The first subfield `code` of the first field `tag` that has one, changed."""
    for found in record.data(tag):
        for place, (own, value) in enumerate(found.subfields):
            if own == code:
                new = change(value)
                if new == value:
                    return None
                parts = list(found.subfields)
                parts[place] = Subfield(code, new)
                return record.replacing(found, replace(found, subfields=tuple(parts)))
    return None


def _before(record: Record, tag: str, code: str, mark: str) -> Record | None:
    """The mark before subfield `code` taken away."""
    for found in record.data(tag):
        for place in range(1, len(found.subfields)):
            if found.subfields[place].code == code and found.subfields[place - 1].value.endswith(mark):
                parts = list(found.subfields)
                before = parts[place - 1]
                parts[place - 1] = Subfield(before.code, before.value[: -len(mark)].rstrip())
                return record.replacing(found, replace(found, subfields=tuple(parts)))
    return None


def _indicator(record: Record, tag: str, number: int, value: str) -> Record | None:
    found = record.first(tag)
    if found is None or (found.ind1 if number == 1 else found.ind2) == value:
        return None
    return record.replacing(found, replace(found, ind1=value) if number == 1 else replace(found, ind2=value))


def _without(record: Record, *tags: str) -> Record | None:
    return record.without(*tags) if any(tag in record for tag in tags) else None


def _add(record: Record, tag: str, indicators: str, *parts: tuple[str, str]) -> Record:
    return record.with_field(DataField(tag, indicators[0], indicators[1], tuple(Subfield(*part) for part in parts)))


def _typed(record: Record) -> bool:
    return record.at(18) in ("i", "a")


# --- structure (13) ---


@error("structure", "undefined field tag", "structure.unknown-field", "structure.tag-shape")
def _(r: Record, rng: random.Random) -> Record | None:
    return _add(r, "548", "  ", ("a", "note"))


@error("structure", "tag with letters", "structure.tag-shape")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("650")
    return _swap(r, found, replace(found, tag="65O") if found else None)


@error("structure", "field that must not repeat", "structure.repeated-field")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("100")
    return r.with_field(replace(found, subfields=(Subfield("a", "Other, Person."),))) if found else None


@error("structure", "two title fields", "structure.two-titles")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("245")
    return r.with_field(replace(found, subfields=(Subfield("a", "Another title."),))) if found else None


@error("structure", "undefined subfield", "structure.unknown-subfield")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("300")
    return _swap(r, found, replace(found, subfields=(*found.subfields, Subfield("z", "more"))) if found else None)


@error("structure", "subfield that must not repeat", "structure.repeated-subfield")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("245")
    return _swap(r, found, replace(found, subfields=(found.subfields[0], *found.subfields)) if found else None)


@error("structure", "indicator value not defined", "structure.indicator")
def _(r: Record, rng: random.Random) -> Record | None:
    return _indicator(r, "245", 1, "7")


@error("structure", "undefined indicator filled", "structure.undefined-indicator", "structure.indicator")
def _(r: Record, rng: random.Random) -> Record | None:
    return _indicator(r, "300", 1, "1")


@error("structure", "empty subfield", "structure.empty-subfield")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "c", lambda text: "")


@error("structure", "Cyrillic subfield code", "structure.subfield-code")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("300")
    return _swap(
        r,
        found,
        replace(found, subfields=(Subfield("а", found.subfields[0].value), *found.subfields[1:])) if found else None,
    )


@error("structure", "text before the first subfield", "structure.no-subfields")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("650")
    return _swap(r, found, replace(found, lead=found.text("a"), subfields=()) if found else None)


@error("structure", "leader not 24 long", "structure.leader-length")
def _(r: Record, rng: random.Random) -> Record | None:
    return Record(r.leader[:-1], r.fields)


@error("structure", "mandatory 008 absent", "complete.field")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "008")


@error("structure", "no title", "complete.title")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "245")


@error("structure", "field repeated word for word", "structure.duplicate-field")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("650")
    return r.with_field(found) if found else None


# --- completeness (5) ---


@error("completeness", "300 absent", "complete.condition")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "300") if r.level in "ms" else None


@error("completeness", "040 absent", "complete.condition")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "040")


@error("completeness", "publication absent", "complete.condition")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "260", "264") if r.level == "m" else None


@error("completeness", "host of an article absent", "complete.condition")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "773") if r.level == "a" else None


@error("completeness", "field filled with a dash", "complete.blank")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "300", "a", lambda text: "-")


# --- fixed fields (13) ---


@error("fixed", "type of record", "fixed.record-type")
def _(r: Record, rng: random.Random) -> Record | None:
    return r.with_leader(6, "q")


@error("fixed", "bibliographic level", "fixed.leader")
def _(r: Record, rng: random.Random) -> Record | None:
    return r.with_leader(7, "x")


@error("fixed", "record status", "fixed.leader")
def _(r: Record, rng: random.Random) -> Record | None:
    return r.with_leader(5, "z")


@error("fixed", "008 too short", "fixed.length")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: text[:-2])


@error("fixed", "008 illustration code", "fixed.code")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 18, "q")) if r.type == "a" and r.level in "ma" else None


@error("fixed", "008 audience code", "fixed.code", "fixed.undefined")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 22, "y"))


@error("fixed", "008 literary form", "fixed.code")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 33, "9")) if r.type == "a" and r.level in "ma" else None


@error("fixed", "008 undefined position", "fixed.undefined")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 32, "x")) if r.type in "ac" else None


@error("fixed", "008 date entered", "fixed.date-entered")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: "251332" + text[6:])


@error("fixed", "008 type of date", "fixed.code")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 6, "z"))


@error("fixed", "two dates with the type s", "fixed.date-type")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 11, "2001") if text[6] == "s" else text)


@error("fixed", "year in the future", "fixed.date-range")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 7, "29" + text[9:11]))


@error("fixed", "005 not a time", "fixed.timestamp")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "005", lambda text: "10.01.2025")


@error("fixed", "007 material", "fixed.code")
def _(r: Record, rng: random.Random) -> Record | None:
    return r.with_field(ControlField("007", "wu"))


# --- cross-field (12) ---


@error("cross-field", "year of 008 and of publication", "cross.date")
def _(r: Record, rng: random.Random) -> Record | None:
    return (
        _control(r, "008", lambda text: _put(text, 7, str(int(text[7:11]) - 7)) if text[6] == "s" else text)
        if r.level == "m"
        else None
    )


@error("cross-field", "language of 008 and of 041", "cross.language")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "041", "a", lambda text: "ger")


@error("cross-field", "language code and script of the title", "cross.language-script")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 35, "eng")) if r.control("008")[35:38] in ("kaz", "rus") else None


@error("cross-field", "country code and place", "cross.country")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 15, "fr ")) if r.level == "m" else None


@error("cross-field", "1XX and the indicator of 245", "cross.main-entry")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("245")
    return _indicator(r, "245", 1, "0" if found and found.ind1 == "1" else "1")


@error("cross-field", "490 traced without 8XX", "cross.series")
def _(r: Record, rng: random.Random) -> Record | None:
    return _indicator(r, "490", 1, "1")


@error("cross-field", "translation without the original's language", "cross.translation")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("041")
    return _swap(r, found, replace(found, subfields=found.subfields[:1]) if found else None)


@error("cross-field", "33X term and code", "cross.content-term")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "336", "b", lambda text: "sti")


@error("cross-field", "type of record and content", "cross.type-content")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("336")
    new = DataField(
        "336", " ", " ", (Subfield("a", "performed music"), Subfield("b", "prm"), Subfield("2", "rdacontent"))
    )
    return _swap(r, found, new if found else None)


@error("cross-field", "media and carrier", "cross.media-carrier")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("337")
    new = DataField("337", " ", " ", (Subfield("a", "audio"), Subfield("b", "s"), Subfield("2", "rdamedia")))
    return _swap(r, found, new if found else None)


@error("cross-field", "frequency in a monograph", "cross.level")
def _(r: Record, rng: random.Random) -> Record | None:
    return _add(r, "310", "  ", ("a", "Monthly")) if r.level == "m" else None


@error("cross-field", "illustrations in code and description", "cross.illustrations")
def _(r: Record, rng: random.Random) -> Record | None:
    return (
        _control(r, "008", lambda text: _put(text, 18, "    ") if text[18] == "a" else text)
        if r.type == "a" and r.level == "m"
        else None
    )


@error("cross-field", "880 without its partner", "cross.linkage")
def _(r: Record, rng: random.Random) -> Record | None:
    return _add(r, "880", "10", ("6", "245-01"), ("a", "Qazaq tili"))


# --- identifiers (4) ---


@error("identifiers", "ISBN check digit", "id.isbn")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "020", "a", lambda text: text[:-1] + str((int(text[-1]) + 3) % 10))


@error("identifiers", "ISBN with two digits exchanged", "id.isbn")
def _(r: Record, rng: random.Random) -> Record | None:
    def exchange(text: str) -> str:
        # Digits that differ by five change places unseen by the check digit: no rule can find those.
        for at in range(6, 11):
            if text[at] != text[at + 1] and abs(int(text[at]) - int(text[at + 1])) != 5:
                return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return text

    return _part(r, "020", "a", exchange)


@error("identifiers", "ISSN check digit", "id.issn")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "022", "a", lambda text: text[:-1] + ("1" if text[-1] != "1" else "2"))


@error("identifiers", "address that does not open", "id.uri")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "856", "u", lambda text: text.replace("https://", "htps//"))


# --- codes and class numbers (9) ---


@error("codes", "language code", "code.language")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 35, "kzk"))


@error("codes", "country code", "code.country")
def _(r: Record, rng: random.Random) -> Record | None:
    return _control(r, "008", lambda text: _put(text, 15, "qq "))


@error("codes", "area code of 043", "code.area")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "043", "a", lambda text: "a-kzz--")


@error("codes", "code of 33X", "code.rda")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "338", "b", lambda text: "nvv")


@error("codes", "relator code", "code.relator")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("700")
    return _swap(r, found, replace(found, subfields=(*found.subfields, Subfield("4", "340"))) if found else None)


@error("codes", "subject without its vocabulary", "code.vocabulary")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("650")
    return _swap(
        r,
        found,
        replace(found, subfields=tuple(part for part in found.subfields if part.code != "2")) if found else None,
    )


@error("codes", "UDC number", "class.udc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "080", "a", lambda text: "8215.1" + text[3:] if text[:3].isdigit() else "9(4")


@error("codes", "BBK number with a Latin letter", "class.bbk")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "084", "a", lambda text: text + "я73".replace("я", "R"))


@error("codes", "scheme of 084 not named", "class.scheme")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("084")
    return _swap(r, found, replace(found, subfields=found.subfields[:1]) if found else None)


# --- ISBD punctuation (12) ---

_MARKS = (
    ("before 245 $b", "245", "b", " :", "punct.other-title"),
    ("before 245 $c", "245", "c", " /", "punct.responsibility"),
    ("before 245 $n", "245", "n", ".", "punct.part"),
    ("before publisher", "264", "b", " :", "punct.publisher"),
    ("before the date", "264", "c", ",", "punct.date"),
    ("before publisher, AACR2", "260", "b", " :", "punct.publisher"),
    ("before 300 $b", "300", "b", " :", "punct.physical"),
    ("before 300 $c", "300", "c", " ;", "punct.size"),
    ("before the volume of a series", "490", "v", " ;", "punct.series"),
    ("before dates of a person", "100", "d", ",", "punct.heading"),
)
for _name, _tag, _code, _mark, _rule in _MARKS:

    @error("punctuation", f"no mark {_name}", _rule)
    def _(r: Record, rng: random.Random, tag: str = _tag, code: str = _code, mark: str = _mark) -> Record | None:
        return _before(r, tag, code, mark) if _typed(r) else None


@error("punctuation", "no full stop after 245", "punct.field-end")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("245")
    if found is None or not _typed(r) or not found.subfields[-1].value.endswith("."):
        return None
    last = found.subfields[-1]
    return r.replacing(found, replace(found, subfields=(*found.subfields[:-1], Subfield(last.code, last.value[:-1]))))


@error("punctuation", "marks typed where they are left out", "punct.omitted")
def _(r: Record, rng: random.Random) -> Record | None:
    return r.with_leader(18, "c") if _typed(r) else None


@error("punctuation", "bracket not closed", "punct.brackets")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "264", "a", lambda text: "[" + text)


@error("punctuation", "double space", "punct.spacing")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "a", lambda text: text.replace(" ", "  ", 1))


# --- non-filing (2) ---


@error("non-filing", "article not skipped", "filing.article")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("245")
    return _indicator(r, "245", 2, "0") if found and found.ind2 != "0" else None


@error("non-filing", "characters skipped without an article", "filing.too-many")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("245")
    return _indicator(r, "245", 2, "4") if found and found.ind2 == "0" else None


# --- access points (4) ---


@error("access", "name not inverted", "access.name-form")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "100", "a", lambda text: " ".join(reversed(text.rstrip(".,").split(", "))))


@error("access", "title in capitals", "access.capitals")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "a", str.upper)


@error("access", "main entry repeated in 700", "access.repeated")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("100")
    return r.with_field(replace(found, tag="700")) if found else None


@error("access", "initials run together", "access.initials")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "100", "a", lambda text: text.split(",")[0] + ", А.Б.")


# --- characters (6) ---


@error("characters", "Latin letters in a Cyrillic word", "charset.lookalike", "charset.kazakh")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "a", lambda text: _mixed(text))


def _mixed(text: str) -> str:
    for cyrillic, latin in (("а", "a"), ("о", "o"), ("е", "e")):
        if re.search(f"[б-я]{cyrillic}[б-я]", text):
            return text.replace(cyrillic, latin)
    return text


@error("characters", "i for і in a Kazakh word", "charset.kazakh")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "a", lambda text: text.replace("і", "i"))


@error("characters", "control character", "charset.control")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "a", lambda text: text[:3] + "\x07" + text[3:])


@error("characters", "lost letter", "charset.replacement")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "a", lambda text: text[:3] + "\ufffd" + text[4:])


@error("characters", "zero-width character", "charset.invisible")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "a", lambda text: text[:3] + "\u200b" + text[3:])


@error("characters", "bidirectional override", "charset.bidi")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "245", "a", lambda text: text[:3] + "\u202e" + text[3:])


@error("characters", "UTF-8 read as cp1251", "charset.mojibake")
def _(r: Record, rng: random.Random) -> Record | None:
    def spoilt(text: str) -> str:
        cyrillic = sum("а" <= letter <= "я" for letter in text)
        return text.encode("utf-8").decode("cp1251", errors="ignore") if cyrillic > 6 else text

    return _part(r, "245", "a", spoilt)


# --- RUSMARC (12) ---


@error("RUSMARC", "ISBD mark typed", "punct.typed", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "200", "a", lambda text: text + " :")


@error("RUSMARC", "700 and 710 both", "complete.condition", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _add(r, "710", "02", ("a", "Кітапхана")) if "700" in r else None


@error("RUSMARC", "link without $1", "link.empty", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("461", "463")
    return _swap(
        r,
        found,
        replace(found, subfields=tuple(part for part in found.subfields if part.code != "1")) if found else None,
    )


@error("RUSMARC", "100 $a not 36 long", "fixed.length", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "100", "a", lambda text: text[:-1])


@error("RUSMARC", "indicator 1 of 101", "cross.translation", "structure.indicator", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("101")
    return _indicator(r, "101", 1, "1" if found and found.ind1 == "0" else "0")


@error("RUSMARC", "105 absent for a book", "complete.condition", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "105")


@error("RUSMARC", "801 absent", "complete.field", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "801")


@error("RUSMARC", "year of 100 and of 210", "cross.date", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return (
        _part(r, "100", "a", lambda text: _put(text, 9, str(int(text[9:13]) - 6)) if text[8] == "d" else text)
        if r.level == "m"
        else None
    )


@error("RUSMARC", "lower record without its set", "link.level", "link.host", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _without(r, "461", "463")


@error("RUSMARC", "code of 105", "fixed.code", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "105", "a", lambda text: _put(text, 8, "7"))


@error("RUSMARC", "country code of 102", "code.country", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "102", "a", lambda text: "KAZ")


@error("RUSMARC", "whole name in 700 $a", "access.name-form", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    return _part(r, "700", "a", lambda text: text + ", Айгүл")


@error("RUSMARC", "mandatory subfield absent", "complete.subfield", format="rusmarc")
def _(r: Record, rng: random.Random) -> Record | None:
    found = r.first("606")
    return _swap(r, found, replace(found, subfields=found.subfields[:1]) if found else None)


# --- measuring ---


@dataclass(frozen=True)
class Recall:
    of: Class
    found: int
    tried: int

    @property
    def share(self) -> float:
        return self.found / self.tried if self.tried else 0.0


def measure(per_class: int = PER_CLASS) -> list[Recall]:
    """Recall of every class over clean records that the error can be put into."""
    ground: dict[str, list[Made]] = {
        "marc21": [*(made for made in clean(900) if made.format == "marc21"), *clean_in("marc21", 600, seed=11)],
        "rusmarc": list(clean_in("rusmarc", 700, seed=12)),
    }
    results = []
    for number, one in enumerate(CLASSES):
        rng = random.Random(number)
        profile = profiles.get(one.format)
        found = tried = 0
        for made in ground[one.format]:
            if tried >= per_class:
                break
            broken = one.broken(made.record, rng)
            if broken is None:
                continue
            tried += 1
            before = {
                (finding.rule, finding.field, finding.occurrence, finding.subfield)
                for finding in checker.check(made.record, profile)
            }
            after = checker.check(broken, profile)
            found += any(
                finding.rule in one.rules
                and (finding.rule, finding.field, finding.occurrence, finding.subfield) not in before
                for finding in after
            )
        results.append(Recall(one, found, tried))
    return results


@dataclass(frozen=True)
class Alarms:
    records: int
    flagged: int
    by_rule: dict[str, int]

    @property
    def share(self) -> float:
        return self.flagged / self.records


def false_alarms(records: Iterable[Made] | None = None) -> Alarms:
    """How many clean records raise an error (fatal or major)."""
    count = flagged = 0
    by_rule: dict[str, int] = {}
    for made in records if records is not None else [*clean(700, seed=31), *clean_in("rusmarc", 300, seed=32)]:
        count += 1
        errors = {finding.rule for finding in checker.check(made.record, profiles.get(made.format)) if finding.error}
        flagged += bool(errors)
        for rule in errors:
            by_rule[rule] = by_rule.get(rule, 0) + 1
    return Alarms(count, flagged, by_rule)


def measure_peer(peer: Peer, per_class: int = 20) -> dict[str, float] | None:
    """Recall of a peer over the MARC 21 classes: a warning on the broken record that the clean one had not."""
    ground = [*(made for made in clean(900) if made.format == "marc21"), *clean_in("marc21", 600, seed=11)]
    recalls = {}
    for number, one in enumerate(CLASSES):
        if one.format != "marc21":
            continue
        rng = random.Random(number)
        pairs: list[tuple[bytes, bytes]] = []
        for made in ground:
            broken = one.broken(made.record, rng) if len(pairs) < per_class else None
            if broken is not None:
                pairs.append((codecs.dumps(made.record, "iso2709"), codecs.dumps(broken, "iso2709")))
        before = run(peer, b"".join(pair[0] for pair in pairs))
        after = run(peer, b"".join(pair[1] for pair in pairs))
        if before is None:
            return None
        if after is None or len(after.warnings) != len(pairs):
            recalls[one.name] = 0.0  # it stopped at the broken record
            continue
        found = sum(bool(Counter(new) - Counter(old)) for old, new in zip(before.warnings, after.warnings, strict=True))
        recalls[one.name] = found / len(pairs)
    return recalls


def compare() -> None:
    """The peers beside us, over the classes of MARC 21."""
    mine = [one for one in measure(20) if one.of.format == "marc21"]
    shares = {"Orken": {one.of.name: one.share for one in mine}}
    for peer in PEERS:
        told = measure_peer(peer)
        if told is None:
            print(f"{peer.name} is absent: {peer.absent}")
        else:
            shares[peer.name] = told
    print(f"\n{'':48}" + "".join(f"{name:>22}" for name in shares))
    for one in mine:
        print(
            f"{one.of.group + ': ' + one.of.name:48.48}"
            + "".join(f"{told.get(one.of.name, 0):22.0%}" for told in shares.values())
        )
    print(
        f"{'classes found at 90 % or more':48}"
        + "".join(f"{sum(share >= 0.9 for share in told.values()):22}" for told in shares.values())
    )


def main() -> int:
    if "--peers" in sys.argv[1:]:
        compare()
        return 0
    results = measure()
    group = ""
    for one in results:
        if one.of.group != group:
            group = one.of.group
            print(f"\n{group}")
        sign = "  " if one.share >= 0.9 else " ✗"
        print(f"{sign} {one.of.name:48} {one.found:3}/{one.tried:<3} {one.share:6.0%}")
    good = sum(one.share >= 0.9 for one in results)
    alarms = false_alarms()
    print(
        f"\n{good} of {len(results)} classes at 90 % recall or more; mean recall {sum(one.share for one in results) / len(results):.1%}"
    )
    print(
        f"errors raised on {alarms.flagged} of {alarms.records} clean records ({alarms.share:.1%}) {alarms.by_rule or ''}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
