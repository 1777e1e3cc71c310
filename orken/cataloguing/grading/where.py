"""Which element a field belongs to, so that a broken rule and a wrong value of one field cost once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from orken.cataloguing.elements import Description, family

_MARC21: dict[str, tuple[str, ...]] = {
    "LDR": ("type",), "008": ("coded_date",), "020": ("number",), "022": ("number",), "041": ("language",), "044": ("country",),
    "080": ("class",), "082": ("class",), "084": ("class",), "100": ("main",), "110": ("main",), "111": ("main",), "130": ("main",),
    "245": ("title",), "250": ("edition",), "260": ("publisher",), "264": ("publisher",), "300": ("extent",), "310": ("frequency",),
    "336": ("content",), "337": ("content",), "338": ("content",), "362": ("numbering",), "490": ("series",), "653": ("keyword",),
    "700": ("added",), "710": ("added",), "711": ("added",), "773": ("host",), "856": ("address",),
}  # fmt: skip
_UNIMARC: dict[str, tuple[str, ...]] = {
    "LDR": ("type",), "010": ("number",), "011": ("number",), "100": ("coded_date",), "101": ("language",), "102": ("country",),
    "110": ("frequency",), "181": ("content",), "182": ("content",), "200": ("title",), "205": ("edition",), "207": ("numbering",),
    "210": ("publisher",), "214": ("publisher",), "215": ("extent",), "225": ("series",), "461": ("host", "title"),
    "463": ("host",), "610": ("keyword",), "675": ("class",), "676": ("class",), "686": ("class",), "700": ("main",), "710": ("main",),
    "701": ("added",), "702": ("added",), "711": ("added",), "712": ("added",), "856": ("address",),
}  # fmt: skip
_TABLES = {"marc21": _MARC21, "unimarc": _UNIMARC}


def element_of(kind: str, tag: str, graded: Collection[str]) -> str:
    """The graded element that field `tag` belongs to in this family of formats, or empty."""
    for name in _TABLES[kind].get(tag, ()):
        if name in graded:
            return name
    if tag[:1] == "6" and "subject" in graded and tag not in ("653",):
        return "subject"
    note = "5" if kind == "marc21" else "3"
    return "note" if tag[:1] == note and "note" in graded else ""


# Rules between fields: the cause is rarely the field that the message stands at. The first is blamed when nothing
# else is wrong; a part that lost already takes the blame.
CAUSES: dict[str, tuple[str, ...]] = {
    "cross.date": ("coded_date", "date", "host_place"),
    "cross.language": ("language",),
    "cross.language-script": ("language", "title"),
    "cross.translation": ("language",),
    "cross.country": ("country", "place"),
    "cross.main-entry": ("main",),
    "cross.type-content": ("content", "type"),
    "cross.content-term": ("content",),
    "cross.media-carrier": ("content",),
    "cross.level": ("level",),
}


def blamed(rule: str, kind: str, tag: str, scores: Mapping[str, float]) -> str:
    """The element that pays for a broken rule: one cause, one price. `scores` are the graded elements' shares."""
    causes = [name for name in CAUSES.get(rule, ()) if name in scores]
    if causes:
        return min(causes, key=lambda name: scores[name])
    return element_of(kind, tag, scores)


def titles(description: Description) -> int:
    """How many title fields the record has that say something."""
    tag = "245" if family(description.profile) == "marc21" else "200"
    found = 0
    for field in description.record.data(tag):
        if any(letter.isalnum() for letter in field.text("a")) or (
            tag == "200" and any(letter.isalnum() for letter in field.joined)
        ):
            found += 1
    return found
