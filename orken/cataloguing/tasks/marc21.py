"""An expert's decisions as a MARC 21 record: the first expert by AACR2 with ISBD marks (260), the second by RDA (264, 33X).

The second expert leaves the marks out (LDR/18 = c) in every third book: all three policies are right.
"""

from __future__ import annotations

from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield, data_field
from orken.cataloguing.tasks.books import Book, Decisions, Name, Subject, books
from orken.cataloguing.tasks.rusmarc import AGENCY

ENTERED = "260901"
_AUDIENCE = {"a": "j", "b": "a", "c": "b", "d": "c", "e": "d", "k": "f", "m": " "}
_GENRE = {"a": "1", "f": "j", "g": "p", "z": "m", "": "0"}
_SUBJECT_TAGS = {"topic": "650", "place": "651", "person": "600", "body": "610"}
_PARTS = {"x": "x", "f": "v", "g": "z", "t": "y"}
_NOTES = {"general": "500", "source": "500", "original": "500", "bibliography": "504", "index": "500", "contents": "505", "audience": "521"}  # fmt: skip


def record(book: Book, place: int) -> Record:
    """The record of expert `place` (0 or 1)."""
    said = book.experts[place]
    marks = place == 0 or [one.code for one in books()].index(book.code) % 3 != 2 or bool(said.parallel)
    form = "a" if place == 0 else "i" if marks else "c"
    kind = "m" if said.electronic else said.type
    leader = f"00000n{kind}{said.level} a2200000 {form} 4500"
    fields: list[Field] = [
        ControlField("001", f"ORK-M-{book.code}-{place + 1}"),
        ControlField("003", AGENCY),
        ControlField("005", "20260901120000.0"),
        ControlField("008", _fixed(said)),
    ]
    if said.electronic:
        fields.append(ControlField("007", "cr cga||||||||" if said.electronic == "remote" else "co cga||||||||"))
    fields += [*_numbers(said, place), *_statements(said, marks, rda=place == 1), *_access(said, marks)]
    fields += _content(said) if place == 1 else []
    return Record(leader, tuple(sorted(fields, key=lambda one: one.tag)))


def _fixed(said: Decisions) -> str:
    """Field 008: 40 characters."""
    second = said.date_end or ("9999" if said.date_type == "c" else "    ")
    kind = "s" if said.date_type == "s" else said.date_type
    head = f"{ENTERED}{kind}{said.date}{second}kz "
    tail = f"{said.languages[0]} d"
    return head + _material(said) + tail


def _material(said: Decisions) -> str:
    """Positions 18-34."""
    audience = _AUDIENCE[said.audience]
    government = {"y": " ", "c": "s"}.get(said.government, " ")
    if said.electronic:
        form = "o" if said.electronic == "remote" else "q"
        matter = "d" if said.electronic == "remote" else "i"
        return f"    {audience}{form}  {matter} {government}      "
    if said.level == "s":
        return f"{said.frequency[0]}r p      {government}0   c0"  # a periodical in Cyrillic, successive entry
    pictures = "".join({"a": "a", "b": "b", "c": "c", "f": "f"}.get(letter, "") for letter in said.illus)
    contents = "".join({"a": "b", "e": "d", "g": "f", "j": ""}.get(letter, "") for letter in said.form)
    if any(note.startswith("bibliography|") for note in said.notes) and "b" not in contents:
        contents = "b" + contents
    return (
        f"{pictures:<4}{audience} {contents:<4}{government}{int(said.conference)}0{int(said.index)} "
        f"{_GENRE[said.genre]}{ {'b': 'b', '': ' '}[said.biography] }"
    )


def _numbers(said: Decisions, place: int) -> list[Field]:
    found: list[Field] = [
        data_field("020", "  ", f"a{number.replace('-', '') if place else number}") for number in said.isbn
    ]
    if said.issn:
        found.append(data_field("022", "  ", f"a{said.issn}"))
    rules = ["erda"] if place else []
    found.append(data_field("040", "  ", f"a{AGENCY}", f"b{said.catalogued_in}", *rules, f"c{AGENCY}"))
    if said.original:
        found.append(data_field("041", "1 ", *(f"a{code}" for code in said.languages), f"h{said.original}"))
    elif len(said.languages) > 1:
        found.append(data_field("041", "0 ", *(f"a{code}" for code in said.languages)))
    found += [data_field("080", "  ", f"a{mark}") for mark in said.udc]
    found += [data_field("084", "  ", f"a{mark}", "2rubbk") for mark in said.bbk]
    return found


def _marked(parts: list[tuple[str, str, str]], marks: bool, end: str = "") -> tuple[Subfield, ...]:
    """Subfields (code, text, mark before it): the mark stands at the end of the subfield before."""
    found: list[Subfield] = []
    for code, text, before in parts:
        if not text:
            continue
        if marks and found and before:
            last = found[-1]
            kept = last.value.rstrip(".") if before == "." else last.value
            glue = "" if before in (",", ".") else " "
            found[-1] = Subfield(last.code, f"{kept}{glue}{before}")
        found.append(Subfield(code, text))
    if marks and end and found and not found[-1].value.endswith((".", ")", "]", "-", "!", "?")):
        found[-1] = Subfield(found[-1].code, found[-1].value + end)
    return tuple(found)


def _statements(said: Decisions, marks: bool, *, rda: bool) -> list[Field]:
    found: list[Field] = [_title(said, marks)]
    found += [data_field("246", "11", f"a{text.partition('|')[2]}") for text in said.parallel]
    if said.edition:
        found.append(DataField("250", " ", " ", _marked([("a", said.edition, "")], marks, ".")))
    if said.publisher:
        parts = [("a", text, ";" if n else "") for n, text in enumerate(said.place)]
        parts += [("b", text, ":") for text in said.publisher]
        date = (
            f"{said.date}-{said.date_end}" if said.date_end else f"{said.date}-" if said.date_type == "c" else said.date
        )
        parts.append(("c", date, ","))
        ending = "." if said.date_type != "c" else ""
        found.append(DataField("264" if rda else "260", " ", "1" if rda else " ", _marked(parts, marks, ending)))
    if said.extent or said.size:
        extent = said.extent or ("volumes" if said.level == "s" else "")
        if said.level == "s" and not said.extent:
            extent = "томдар" if said.catalogued_in == "kaz" else "выпуски"
        found.append(
            DataField(
                "300", " ", " ", _marked([("a", extent, ""), ("b", said.detail, ":"), ("c", said.size, ";")], marks)
            )
        )
    elif said.electronic == "remote":
        found.append(data_field("300", "  ", "a1 электронный ресурс"))
    if said.frequency:
        found.append(data_field("310", "  ", f"a{said.frequency.partition('|')[2]}"))
    if said.numbering:
        found.append(data_field("362", "1 ", f"a{said.numbering}"))
    if said.series:
        found.append(DataField("490", "0", " ", _marked([("a", said.series, ""), ("v", said.volume, ";")], marks)))
    found += _notes(said, marks)
    if said.url:
        found.append(data_field("856", "40", f"u{said.url}"))
    host = said.host
    if host:
        where = ". ".join(part for part in (host.year if host.issn else "", host.number, host.pages) if part)
        inner = [
            ("t", host.title),
            ("d", f"{host.place} : {host.publisher}, {host.year}" if host.place else ""),
            ("g", where),
            ("x", host.issn),
            ("z", host.isbn),
        ]
        found.append(DataField("773", "0", " ", tuple(Subfield(code, text) for code, text in inner if text)))
    return found


def _title(said: Decisions, marks: bool) -> DataField:
    parts = [("a", said.title, "")]
    if said.part:
        parts += [("n", said.part[0], "."), ("p", said.part[1], ",")]
    parallel = [text.partition("|")[2] for text in said.parallel]
    if said.rest:
        parts.append(("b", " : ".join(said.rest), ":"))
    elif parallel:
        parts.append(("b", " = ".join(parallel), "="))
    parts.append(("c", " ; ".join(said.by), "/"))
    first = "1" if said.main else "0"
    return DataField("245", first, str(said.nonfiling), _marked(parts, marks, "."))


def _notes(said: Decisions, marks: bool) -> list[Field]:
    found: list[Field] = []
    for text in said.notes:
        kind, _bar, value = text.partition("|")
        tag = _NOTES[kind]
        if kind == "contents":
            value = " -- ".join(value.split("|"))
        indicators = {"505": "0 ", "521": "8 "}.get(tag, "  ")
        found.append(DataField(tag, indicators[0], indicators[1], _marked([("a", value, "")], marks, ".")))
    if said.system:
        found.append(DataField("538", " ", " ", _marked([("a", said.system, "")], marks, ".")))
    return found


def _content(said: Decisions) -> list[Field]:
    words = {"kaz": ("мәтін", "тікелей", "том"), "rus": ("текст", "непосредственный", "том")}[said.catalogued_in]
    content = data_field("336", "  ", f"a{words[0]}", "btxt", "2rdacontent")
    if said.electronic:
        computer = "компьютерлік" if said.catalogued_in == "kaz" else "компьютерный"
        carrier = ("онлайн-ресурс", "cr") if said.electronic == "remote" else ("компьютерлік диск", "cd")
        return [
            content,
            data_field("337", "  ", f"a{computer}", "bc", "2rdamedia"),
            data_field("338", "  ", f"a{carrier[0]}", f"b{carrier[1]}", "2rdacarrier"),
        ]
    return [
        content,
        data_field("337", "  ", f"a{words[1]}", "bn", "2rdamedia"),
        data_field("338", "  ", f"a{words[2]}", "bnc", "2rdacarrier"),
    ]


def _name(name: Name, marks: bool) -> tuple[Subfield, ...]:
    if name.kind == "p":
        return _marked([("a", f"{name.entry}, {name.full}", ""), ("e", "", ""), ("4", name.role, "")], marks)
    if name.kind == "c":
        return _marked([("a", name.entry, ""), ("b", name.full, ".")], marks, ".")
    number, town, year = name.full, name.initials, name.role
    if marks:
        return (
            Subfield("a", name.entry),
            Subfield("n", f"({number} :"),
            Subfield("d", f"{year} :"),
            Subfield("c", f"{town})"),
        )
    return (Subfield("a", name.entry), Subfield("n", number), Subfield("d", year), Subfield("c", town))


def _access(said: Decisions, marks: bool) -> list[Field]:
    found: list[Field] = []
    main = said.main_name
    if main:
        tag, first = ("100", "1") if main.kind == "p" else ("110", "2")
        found.append(DataField(tag, first, " ", _name(main, marks)))
    for name in said.added_names:
        tag, first = {"p": ("700", "1"), "c": ("710", "2"), "m": ("711", "2")}[name.kind]
        found.append(DataField(tag, first, " ", _name(name, marks)))
    for text in said.subjects:
        subject = Subject.parse(text)
        head = f"{subject.head}, {subject.full}" if subject.kind == "person" else subject.head
        first = "1" if subject.kind == "person" else " "
        parts = [
            f"{_PARTS[code]}{value}" for code, value in sorted(subject.parts, key=lambda part: "xgtf".index(part[0]))
        ]
        found.append(data_field(_SUBJECT_TAGS[subject.kind], f"{first}7", f"a{head}", *parts, "2local"))
    if said.words:
        found.append(data_field("653", "  ", *(f"a{word}" for word in said.words)))
    return found
