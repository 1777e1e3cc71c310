"""Elements of a UNIMARC record and of the formats built on it: RUSMARC, KAZMARC."""

from __future__ import annotations

import re

from orken.cataloguing.elements import codes
from orken.cataloguing.elements.folding import fold, years
from orken.cataloguing.elements.marc21 import class_mark
from orken.cataloguing.elements.values import Collector, Value, shorten, standard_number
from orken.cataloguing.record import ControlField, DataField, Record

_NOTES = re.compile(r"3\d\d|230")
_SUBJECTS = {"600": "person", "601": "body", "602": "family", "604": "title", "605": "title", "606": "topic", "607": "place", "608": "form"}  # fmt: skip
_SUBDIVISIONS = {"x": "x", "j": "f", "y": "g", "z": "t"}
_LINKS = ("461", "462", "463")
# UNIMARC relator codes as MARC 21 writes them, so that roles compare across formats.
ROLES = {
    "070": "aut", "340": "edt", "730": "trl", "220": "com", "440": "ill", "600": "pht", "080": "aui", "650": "pbl",
    "100": "ant", "010": "adp", "710": "sec", "570": "oth", "205": "ctb",
}  # fmt: skip
READ = {
    "001", "003", "005", "010", "011", "020", "021", "035", "100", "101", "102", "105", "106", "110", "115", "116", "117", "120", "121",
    "122", "123", "124", "125", "126", "127", "128", "135", "181", "182", "183", "200", "203", "205", "206", "207", "208", "210",
    "214", "215", "225", "461", "462", "463", "464", "500", "501", "503", "510", "512", "513", "514", "515", "516", "517", "518", "520",
    "530", "531", "532", "540", "541", "545", "610", "675", "676", "680", "686", "700", "701", "702", "710", "711", "712", "801", "830",
    "856",
}  # fmt: skip
_VARIANTS = ("510", "512", "513", "514", "515", "516", "517", "518", "520", "531", "532", "540", "541")


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
    general = record.value("100", "a")
    kind = codes.TYPES_UNIMARC.get(record.type, "")
    if kind == "text" and "135" in record:
        kind = "electronic"
    found.add("type", kind, kind, tag="LDR")
    found.add("level", record.level, record.level, tag="LDR")
    date_type = codes.DATES_UNIMARC.get(general[8:9], "")
    found.add("date_type", date_type, date_type, tag="100")
    first, second = general[9:13], general[13:17]
    if first.strip(" #|"):
        span = first if second.strip(" #|9") == "" or date_type == "single" else f"{first}-{second}"
        found.add("coded_date", span, span, tag="100")
    for field in record.data("102"):
        for code in field.all("a"):
            found.add("country", code.upper(), code.strip().upper(), tag="102")
    for field in record.data("101"):
        for code in field.all("a"):
            known = codes.language(code)
            found.add("language", known, known, tag="101")
        for code in field.all("c"):
            known = codes.language(code)
            found.add("language", f"{known} →" if known else "", f"original:{known}", tag="101")
    for tag, own, table in (("181", "336", codes.CONTENT_UNIMARC), ("182", "337", codes.MEDIA_UNIMARC)):
        for field in record.data(tag):
            for code in field.all("a"):
                name = table.get(code[:1], "")
                found.add("content", name, f"{own}:{name}", tag=tag)
    if record.level in ("s", "i"):
        frequency = codes.FREQUENCY_UNIMARC.get(record.value("110", "a")[1:2], "")
        found.add("frequency", frequency, frequency, tag="110")


def _linked(record: Record, *tags: str) -> list[tuple[DataField, dict[str, list[str]]]]:
    """Linking fields with what they hold of the other record: «200a», «210d», «011a»."""
    found = []
    for field in record.data(*tags):
        inner: dict[str, list[str]] = {}
        for part in field.embedded():
            if isinstance(part, ControlField):
                inner.setdefault(part.tag, []).append(part.value)
                continue
            for code, value in part.subfields:
                inner.setdefault(part.tag + code, []).append(value)
        found.append((field, inner))
    return found


def _description(record: Record, found: Collector) -> None:
    links = sorted(_linked(record, *_LINKS), key=lambda link: link[0].tag)  # the whole before its part
    # A lower-level record of a set (leader/8 = 2) has the volume in 200 and the set in 461.
    set_titles = [
        text for _field, inner in links if record.at(8) == "2" and record.level == "m" for text in inner.get("200a", [])
    ]
    for number, field in enumerate(record.data("200"), start=1):
        titles = field.all("a")
        if number == 1 and set_titles:
            found.add("title", set_titles[0], tag="461")
            found.add("part", " ".join(field.all("a", "h", "i", "v")), tag="200")
        else:
            for place, text in enumerate(titles):
                found.add("title" if number == 1 and place == 0 else "variant", text, tag="200", occurrence=number)
            found.add("part", " ".join(field.all("h", "i")), tag="200", occurrence=number)
        for text in field.all("d"):
            found.add("parallel", text, tag="200", occurrence=number)
        for text in field.all("e"):
            found.add("other_title", text, tag="200", occurrence=number)
        found.add("responsibility", " ; ".join(field.all("f", "g")), tag="200", occurrence=number)
    parallels = {value.text for value in found.values.get("parallel", [])}
    for field in record.data(*_VARIANTS):
        if fold(field.text("a")) not in parallels:
            found.add("variant", field.text("a"), tag=field.tag, occurrence=record.occurrence(field))
    for field in record.data("205"):
        found.add("edition", " ".join(field.all("a", "b")), tag="205", occurrence=record.occurrence(field))
    if record.level == "a" or not set_titles:
        title, tag = "", "463"
        where: list[str] = []
        for field, inner in links:
            title = title or next(iter(inner.get("200a", [])), "")
            where += [value for key in ("210d", "200h", "200v", "215a") for value in inner.get(key, [])]
            where += field.all("v") if "1" not in field else []
            tag = field.tag
        found.add("host", title, tag=tag)
        found.add("host_place", " ".join(where), tag=tag)


def _publication(record: Record, found: Collector) -> None:
    for field in record.data("210", "214"):
        if field.tag == "214" and field.ind2 not in (" ", "0", "#"):
            continue
        number = record.occurrence(field)
        for name, code in (("place", "a"), ("publisher", "c")):
            for value in field.all(code):
                found.add(name, value.strip(" :;,[]"), tag=field.tag, occurrence=number)
        for value in field.all("d"):
            said = years(value)
            found.add("date", value, *(("-".join(map(str, said)),) if said else ()), tag=field.tag, occurrence=number)
    for field in record.data("215"):
        number = record.occurrence(field)
        found.add("extent", " ".join(field.all("a")), tag="215", occurrence=number)
        found.add("size", " ".join(field.all("d")), tag="215", occurrence=number)
    for field in record.data("225"):
        number = record.occurrence(field)
        found.add("series", " ".join(field.all("a")), tag="225", occurrence=number)
        found.add("volume", " ".join(field.all("v")), tag="225", occurrence=number)
    for tag, kind in (("010", "isbn"), ("011", "issn")):
        for field in record.data(tag):
            for value in field.all("a"):
                found.add("number", value, standard_number(kind, value), tag=tag, occurrence=record.occurrence(field))
    for field in record.data("207"):
        found.add("numbering", " ".join(field.all("a")), tag="207", occurrence=record.occurrence(field))
    for field in record.data("856"):
        for value in field.all("u"):
            found.add(
                "address", value, value.strip().rstrip("/").lower(), tag="856", occurrence=record.occurrence(field)
            )
    for other in record.fields:
        if isinstance(other, DataField) and _NOTES.match(other.tag):
            found.add("note", other.joined, tag=other.tag, occurrence=record.occurrence(other))


def _name(field: DataField) -> tuple[str, tuple[str, ...]]:
    """The shown form and the key of a name: kind, entry word, rest, role."""
    roles = ",".join(sorted(ROLES.get(role.strip(), role.strip().lower()) for role in field.all("4")))
    entry = field.text("a").rstrip(" ,")
    if field.tag in ("700", "701", "702", "600"):
        rest = field.text("g") or field.text("b")
        shown = ", ".join(part for part in (entry, rest) if part)
        return shown, ("person", fold(entry), fold(" ".join([rest, *field.all("d")])), roles)
    if field.tag in ("710", "711", "712", "601") and field.ind1 == "1":
        return entry, ("meeting", fold(entry), fold(" ".join([*field.all("f"), *field.all("e")])), roles)
    return entry, ("body", fold(entry), fold(" ".join(field.all("b"))), roles)


def _access(record: Record, found: Collector) -> None:
    mains = record.data("700", "710")
    for place, field in enumerate([*mains, *record.data("701", "702", "711", "712")]):
        shown, key = _name(field)
        element = "main" if place == 0 and mains else "added"
        found.add(element, shown, *key, tag=field.tag, occurrence=record.occurrence(field))
    if not mains and record.value("200", "a").strip():
        found.add("main", record.value("200", "a"), "under title", "", "", "", tag="200")


def _subjects(record: Record, found: Collector) -> None:
    for field in record.data(*_SUBJECTS):
        if field.tag == "600":
            shown, (_kind, entry, rest, _roles) = _name(field)
            head = f"{entry} {rest}".strip()
        else:
            shown = " ".join(field.all("a", "b", "t"))
            head = fold(shown)
        parts = [(_SUBDIVISIONS[code], value) for code, value in field.subfields if code in _SUBDIVISIONS]
        key = (_SUBJECTS[field.tag], field.text("2").strip(), head, *(f"{code}={fold(value)}" for code, value in parts))
        shown = " — ".join([shown, *(value for _code, value in parts)])
        found.add("subject", shown, *key, tag=field.tag, occurrence=record.occurrence(field))
    for field in record.data("610"):
        for value in field.all("a"):
            found.add("keyword", value, tag="610", occurrence=record.occurrence(field))
    for tag, scheme in (("675", "udc"), ("676", "ddc"), ("680", "lcc"), ("686", "")):
        for field in record.data(tag):
            used = scheme or field.text("2").strip() or "other"
            for value in field.all("a"):
                found.add("class", value, used, class_mark(value), tag=tag, occurrence=record.occurrence(field))
