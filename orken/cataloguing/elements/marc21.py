"""Elements of a MARC 21 bibliographic record."""

from __future__ import annotations

import re

from orken.cataloguing.elements import codes
from orken.cataloguing.elements.folding import fold, years
from orken.cataloguing.elements.values import Collector, Value, shorten, standard_number
from orken.cataloguing.record import DataField, Record

_NOTES = re.compile(r"5\d\d")
_SUBJECTS = {"600": "person", "610": "body", "611": "body", "630": "title", "648": "time", "650": "topic", "651": "place", "655": "form"}  # fmt: skip
_SUBDIVISIONS = {"x": "x", "v": "f", "y": "t", "z": "g"}
_VOCABULARIES = {"0": "lcsh", "1": "lcshac", "2": "mesh", "3": "nal", "5": "cash", "6": "rvm"}
READ = {
    "001", "003", "005", "006", "007", "008", "010", "015", "016", "017", "020", "022", "024", "028", "035", "040", "041", "043", "044",
    "080", "082", "084", "100", "110", "111", "130", "240", "245", "246", "247", "250", "255", "256", "260", "264", "300",
    "310", "321", "336", "337", "338", "347", "362", "490", "653", "700", "710", "711", "730", "740", "773", "800", "810",
    "811", "830", "856", "880",
}  # fmt: skip


def read(record: Record) -> tuple[dict[str, tuple[Value, ...]], tuple[Value, ...]]:
    """Values by element, and the fields that no element reads."""
    found = Collector()
    _coded(record, found)
    _description(record, found)
    _publication(record, found)
    _access(record, found)
    _subjects(record, found)
    elsewhere = []
    for field in record.fields:
        if (
            isinstance(field, DataField)
            and field.tag not in READ
            and field.tag not in _SUBJECTS
            and not _NOTES.match(field.tag)
        ):
            text = field.joined
            if fold(text):
                elsewhere.append(Value(shorten(text), (fold(text),), field.tag, record.occurrence(field)))
    return found.taken(), tuple(elsewhere)


def _coded(record: Record, found: Collector) -> None:
    fixed = record.control("008")
    kind = codes.TYPES_MARC21.get(record.type, "")
    if kind == "text" and fixed[23:24] in ("o", "q", "s"):
        kind = "electronic"  # text online is type «a» with its form in 008/23; RUSMARC has the type «l» for it
    found.add("type", kind, kind, tag="LDR")
    found.add("level", record.level, record.level, tag="LDR")
    date_type = codes.DATES_MARC21.get(fixed[6:7], "")
    found.add("date_type", date_type, date_type, tag="008")
    first, second = fixed[7:11], fixed[11:15]
    if first.strip(" #|"):
        span = first if second.strip(" #|u9") == "" or date_type in ("single", "uncertain") else f"{first}-{second}"
        found.add("coded_date", span, span, tag="008")
    country = codes.country_of_marc21(fixed[15:18])
    found.add("country", country, country, tag="008")
    for field in record.data("044"):
        for code in field.all("a", "c"):
            more = codes.country_of_marc21(code) if len(code.strip()) <= 3 and code.islower() else code.upper()
            found.add("country", more, more, tag="044")
    main = codes.language(fixed[35:38])
    listed = [codes.language(code) for field in record.data("041") for code in field.all("a")]
    for code in dict.fromkeys([main, *listed]):
        if code and code not in ("mul", "und", "zxx"):
            found.add("language", code, code, tag="041" if code in listed else "008")
    for field in record.data("041"):
        for code in field.all("h"):
            known = codes.language(code)
            found.add("language", f"{known} →" if known else "", f"original:{known}", tag="041")
    for tag, table in (("336", codes.CONTENT_MARC21), ("337", codes.MEDIA_MARC21)):
        for field in record.data(tag):
            for code in field.all("b"):
                name = table.get(code.strip(), "")
                found.add("content", name, f"{tag}:{name}", tag=tag)
    if record.level in ("s", "b", "i"):
        frequency = codes.FREQUENCY_MARC21.get(fixed[18:19], "")
        found.add("frequency", frequency, frequency, tag="008")


def pieces(field: DataField) -> list[tuple[str, str]]:
    """Field 245 $a $b in parts: («title», …), («rest», …), («parallel», …). $a is never cut: marks typed into it are data."""
    found = [("title", re.sub(r"\s*[:=;/.]\s*$", "", field.text("a")))]
    text, before = "", field.text("a")
    for value in field.all("b"):
        text += (" = " if re.search(r"=\s*$", before) else " : ") + re.sub(r"\s*/\s*$", "", value)
        before = value
    parts = re.split(r"\s+([:=])\s+", text)
    for mark, part in zip(parts[1::2], parts[2::2], strict=False):
        found.append(("parallel" if mark == "=" else "rest", re.sub(r"\s*[:=;]\s*$", "", part)))
    return found


def _description(record: Record, found: Collector) -> None:
    variants = [(field, field.text("a")) for field in record.data("246", "247", "740")]
    parallels = {fold(text) for field, text in variants if field.tag == "246" and field.ind2 == "1"}
    for number, field in enumerate(record.data("245"), start=1):
        for kind, text in pieces(field):
            if kind == "title" and number == 1:
                found.add("title", text, tag="245")
            elif kind == "parallel" or fold(text) in parallels:
                found.add("parallel", text, tag="245", occurrence=number)
            else:
                found.add("other_title" if number == 1 else "variant", text, tag="245", occurrence=number)
        part = " ".join(field.all("n", "p"))
        found.add("part", part, tag="245", occurrence=number)
        statement = " ; ".join(field.all("c"))
        found.add("responsibility", statement, tag="245", occurrence=number)
    for field, text in variants:
        if fold(text) not in parallels or field.ind2 != "1":
            found.add("variant", text, tag=field.tag, occurrence=record.occurrence(field))
    for field in record.data("250"):
        found.add("edition", " ".join(field.all("a", "b")), tag="250", occurrence=record.occurrence(field))
    for field in record.data("773"):
        number = record.occurrence(field)
        found.add("host", field.text("t") or field.text("a"), tag="773", occurrence=number)
        found.add("host_place", " ".join(field.all("d", "g", "q")), tag="773", occurrence=number)


def _publication(record: Record, found: Collector) -> None:
    statements = [field for field in record.data("260", "264") if field.tag == "260" or field.ind2 == "1"]
    for field in statements:
        number = record.occurrence(field)
        for name, code in (("place", "a"), ("publisher", "b")):
            for value in field.all(code):
                found.add(name, value.strip(" :;,[]"), tag=field.tag, occurrence=number)
        for value in field.all("c"):
            said = years(value)
            found.add("date", value, *(("-".join(map(str, said)),) if said else ()), tag=field.tag, occurrence=number)
    for field in record.data("300"):
        number = record.occurrence(field)
        found.add("extent", " ".join(field.all("a")), tag="300", occurrence=number)
        found.add("size", " ".join(field.all("c")), tag="300", occurrence=number)
    for field in record.data("490"):
        number = record.occurrence(field)
        found.add("series", " ".join(field.all("a")), tag="490", occurrence=number)
        found.add("volume", " ".join(field.all("v")), tag="490", occurrence=number)
    for tag, kind in (("020", "isbn"), ("022", "issn")):
        for field in record.data(tag):
            for value in field.all("a"):
                found.add("number", value, standard_number(kind, value), tag=tag, occurrence=record.occurrence(field))
    for field in record.data("362"):
        found.add("numbering", " ".join(field.all("a")), tag="362", occurrence=record.occurrence(field))
    for field in record.data("856"):
        for value in field.all("u"):
            found.add(
                "address", value, value.strip().rstrip("/").lower(), tag="856", occurrence=record.occurrence(field)
            )
    for other in record.fields:
        if isinstance(other, DataField) and (_NOTES.match(other.tag) or other.tag in ("310", "321", "256")):
            found.add("note", other.joined, tag=other.tag, occurrence=record.occurrence(other))


def _name(field: DataField) -> tuple[str, tuple[str, ...]]:
    """The shown form and the key of a name: kind, entry word, rest, role."""
    roles = ",".join(sorted(role.strip().lower() for role in field.all("4")))
    if field.tag.endswith("00"):
        whole = field.text("a").rstrip(" ,.")
        entry, _comma, rest = whole.partition(",")
        rest = " ".join([rest.strip(), *field.all("b", "c")]).strip(" ,")
        fuller = field.text("q").strip(" ()")
        return whole, ("person", fold(entry), fold(fuller if len(fuller) > len(rest) else rest), roles)
    if field.tag.endswith("11"):
        shown = field.text("a").rstrip(" .(")
        return shown, ("meeting", fold(shown), fold(" ".join([*field.all("d"), *field.all("c")])), roles)
    if field.tag.endswith("10"):
        shown = field.text("a").rstrip(" .")
        return shown, ("body", fold(shown), fold(" ".join(field.all("b"))), roles)
    return field.text("a"), ("title", fold(field.text("a")), "", "")


def _access(record: Record, found: Collector) -> None:
    mains = record.data("100", "110", "111", "130")
    for place, field in enumerate([*mains, *record.data("700", "710", "711", "730")]):
        shown, key = _name(field)
        element = "main" if place == 0 and mains else "added"
        found.add(element, shown, *key, tag=field.tag, occurrence=record.occurrence(field))
    if not mains and record.value("245", "a").strip():
        found.add("main", record.value("245", "a"), "under title", "", "", "", tag="245")


def _subjects(record: Record, found: Collector) -> None:
    for field in record.data(*_SUBJECTS):
        if field.tag == "600":
            shown, (_kind, entry, rest, _roles) = _name(field)
            head = f"{entry} {rest}".strip()
        else:
            shown = " ".join(field.all("a", "b", "t"))
            head = fold(shown)
        parts = [(_SUBDIVISIONS[code], value.rstrip(" .")) for code, value in field.subfields if code in _SUBDIVISIONS]
        vocabulary = field.text("2").strip() or _VOCABULARIES.get(field.ind2, "")
        key = (_SUBJECTS[field.tag], vocabulary, head, *(f"{code}={fold(value)}" for code, value in parts))
        shown = " — ".join([shown.rstrip(" ."), *(value for _code, value in parts)])
        found.add("subject", shown, *key, tag=field.tag, occurrence=record.occurrence(field))
    for field in record.data("653"):
        for value in field.all("a"):
            found.add("keyword", value, tag="653", occurrence=record.occurrence(field))
    for tag, scheme in (("080", "udc"), ("082", "ddc"), ("084", "")):
        for field in record.data(tag):
            used = scheme or field.text("2").strip() or "other"
            for value in field.all("a"):
                found.add("class", value, used, class_mark(value), tag=tag, occurrence=record.occurrence(field))


def class_mark(value: str) -> str:
    """A class mark without spaces and capitals; its signs belong to it and stay."""
    return re.sub(r"\s+", "", value).casefold().rstrip(".,;")
