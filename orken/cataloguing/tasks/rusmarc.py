"""An expert's decisions as a RUSMARC record (edition 2019-03-24). No ISBD marks are typed: the format has subfields for them."""

from __future__ import annotations

from collections.abc import Iterable

from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield, data_field
from orken.cataloguing.tasks.books import Book, Decisions, Name, Subject

ENTERED = "20260901"
AGENCY = "ORKEN"
# MARC 21 relator codes as RUSMARC writes them.
ROLES = {"aut": "070", "edt": "340", "trl": "730", "com": "220", "ill": "440", "pht": "600", "aui": "080"}
_DATES = {"s": "d", "m": "g", "c": "a", "d": "b"}
_FREQUENCY = {"q": "h", "a": "k", "m": "f"}
_SUBJECT_TAGS = {"topic": "606", "place": "607", "person": "600", "body": "601"}
_PARTS = {"x": "x", "f": "j", "g": "y", "t": "z"}
_NOTES = {
    "general": "300", "source": "300", "original": "454", "bibliography": "320", "index": "320", "contents": "327",
    "audience": "333",
}  # fmt: skip


def record(book: Book, place: int) -> Record:
    """The record of expert `place` (0 or 1)."""
    said = book.experts[place]
    leader = f"     n{said.type}{said.level}{said.set if said.level == 'm' else ' '} 22        450 "
    fields: list[Field] = [
        ControlField("001", f"ORK-R-{book.code}-{place + 1}"),
        ControlField("005", f"{ENTERED}120000.0"),
    ]
    fields += [*_numbers(said), *_codes(said, place), *_statements(said), *_links(said), *_access(said)]
    return Record(leader, tuple(sorted(fields, key=lambda one: one.tag)))


def _numbers(said: Decisions) -> list[Field]:
    found: list[Field] = [data_field("010", "  ", f"a{number}") for number in said.isbn]
    if said.issn:
        found.append(data_field("011", "  ", f"a{said.issn}"))
    return found


def general(said: Decisions) -> str:
    """Field 100 $a: 36 characters."""
    script = "ba" if said.languages[0] == "eng" else "ca"
    second = said.date_end or ("9999" if said.date_type == "c" else "    ")
    dates = f"{_DATES[said.date_type]}{said.date}{second}"
    return f"{ENTERED}{dates}{said.audience:<3}{said.government}0{said.catalogued_in}y50      {script}"


def _codes(said: Decisions, place: int) -> list[Field]:
    first = "1" if said.original else "0"
    languages = [f"a{code}" for code in said.languages]
    found: list[Field] = [
        data_field("100", "  ", f"a{general(said)}"),
        data_field("101", f"{first} ", *languages, *([f"c{said.original}"] if said.original else [])),
        data_field("102", "  ", "aKZ"),
        data_field("801", " 0", "aKZ", f"b{AGENCY}", f"c{ENTERED}", "gRCR"),
    ]
    if said.level == "m" and said.type == "a":
        text = f"{said.illus or 'y':<4}{said.form:<4}{int(said.conference)}0{int(said.index)}{said.genre or 'y'}{said.biography or 'y'}"
        found += [data_field("105", "  ", f"a{text}"), data_field("106", "  ", "ar")]
    if said.level == "s":
        found.append(data_field("110", "  ", f"a{said.serial}{_FREQUENCY[said.frequency[0]]}az   0yy0"))
    if said.electronic == "remote":
        found.append(data_field("135", "  ", "adrcn#nnnannun"))
    if said.electronic == "disc":
        found.append(data_field("135", "  ", "aiocgammmmnnun"))
    if place == 0:
        media = "b" if said.electronic else "n"
        found += [data_field("181", " 0", "ai#", "baxxe##"), data_field("182", " 0", f"a{media}")]
    return found


def _statements(said: Decisions) -> list[Field]:
    title = [Subfield("a", said.title)]
    title += [Subfield("d", text.partition("|")[2]) for text in said.parallel]
    title += [Subfield("e", text) for text in said.rest]
    title += [Subfield(code, text) for code, text in zip("hi", said.part, strict=False)]
    title += [Subfield("f" if place == 0 else "g", text) for place, text in enumerate(said.by)]
    title += [Subfield("z", text.partition("|")[0]) for text in said.parallel]
    found: list[Field] = [DataField("200", "1", " ", tuple(title))]
    if said.edition:
        found.append(data_field("205", "  ", f"a{said.edition}"))
    if said.numbering:
        found.append(data_field("207", " 1", f"a{said.numbering}"))
    if said.publisher:
        dates = [f"d{_span(said)}"]
        found.append(
            data_field(
                "210", "  ", *(f"a{text}" for text in said.place), *(f"c{text}" for text in said.publisher), *dates
            )
        )
    if said.extent or said.size:
        parts = [("a", said.extent), ("c", said.detail), ("d", said.size)]
        found.append(DataField("215", " ", " ", tuple(Subfield(code, text) for code, text in parts if text)))
    if said.series:
        number = [f"v{said.volume}"] if said.volume else []
        found.append(data_field("225", "1 ", f"a{said.series}", *number))
    for text in said.parallel:
        language, _bar, value = text.partition("|")
        found.append(data_field("510", "1 ", f"a{value}", f"z{language}"))
    for text in said.notes:
        kind, _bar, value = text.partition("|")
        if kind == "contents":
            found.append(data_field("327", "1 ", *(f"a{part}" for part in value.split("|"))))
        elif kind == "original":
            found.append(data_field("300", "  ", f"a{value}"))
        else:
            found.append(data_field(_NOTES[kind], "  ", f"a{value}"))
    if said.frequency:
        found.append(data_field("326", "  ", f"a{said.frequency.partition('|')[2]}"))
    if said.system:
        found.append(data_field("337", "  ", f"a{said.system}"))
    if said.url:
        found.append(data_field("856", "4 ", f"u{said.url}"))
    return found


def _span(said: Decisions) -> str:
    if said.date_type == "c":
        return f"{said.date}-"
    return f"{said.date}-{said.date_end}" if said.date_end else said.date


def _links(said: Decisions) -> list[Field]:
    host = said.host
    if host is None:
        return []
    if not host.issn:
        inner = [
            ("1", "2001 "),
            ("a", host.title),
            ("v", host.pages),
            ("1", "210  "),
            ("a", host.place),
            ("c", host.publisher),
            ("d", host.year),
        ]
        return [DataField("463", " ", "0", tuple(Subfield(code, text) for code, text in inner if text))]
    whole = data_field("461", " 0", f"1011  a{host.issn}"[:6], f"a{host.issn}", "12001 ", f"a{host.title}")
    issue = data_field("463", " 0", "12001 ", f"a{host.number}", f"v{host.pages}", "1210  ", f"d{host.year}")
    return [whole, issue]


def _name_parts(name: Name) -> tuple[str, ...]:
    if name.kind == "p":
        whole = [f"a{name.entry}", f"b{name.initials}", f"g{name.full}"]
        return (*whole, f"4{ROLES[name.role]}")
    if name.kind == "c":
        return (f"a{name.entry}", *([f"b{name.full}"] if name.full else []))
    number, town, year = name.full, name.initials, name.role
    return (f"a{name.entry}", f"d{number}", f"f{year}", f"e{town}")


def _access(said: Decisions) -> list[Field]:
    found: list[Field] = []
    main = said.main_name
    if main:
        found.append(
            data_field("700" if main.kind == "p" else "710", " 1" if main.kind == "p" else "02", *_name_parts(main))
        )
    for name in said.added_names:
        if name.kind == "p":
            tag = "701" if name.role == "aut" else "702"
            found.append(data_field(tag, " 1", *_name_parts(name)))
        else:
            found.append(
                data_field("711" if name.kind == "m" else "712", "12" if name.kind == "m" else "02", *_name_parts(name))
            )
    found += [_subject(Subject.parse(text)) for text in said.subjects]
    if said.words:
        found.append(data_field("610", "0 ", *(f"a{word}" for word in said.words)))
    found += [data_field("675", "  ", f"a{mark}", "v4", "zrus") for mark in said.udc]
    found += [data_field("686", "  ", f"a{mark}", "2rubbk") for mark in said.bbk]
    return found


def _subject(subject: Subject) -> DataField:
    if subject.kind == "person":
        head = [f"a{subject.head}", f"b{subject.initials}", f"g{subject.full}"]
    else:
        head = [f"a{subject.head}"]
    parts = [f"{_PARTS[code]}{text}" for code, text in _in_order(subject.parts)]
    first, second = ("0", " ") if subject.kind == "topic" else (" ", "1" if subject.kind == "person" else " ")
    return data_field(_SUBJECT_TAGS[subject.kind], first + second, *head, *parts, "2local")


def _in_order(parts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(parts, key=lambda part: "xgtf".index(part[0]))
