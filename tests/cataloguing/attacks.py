"""Ways to get a mark without knowing the work: each makes a false answer out of a right record and of other records.

Shared by the tests and by bench/cataloguing_grade.py, so that the table shows what the tests prove.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from orken.cataloguing.elements import family
from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield, data_field

Attack = Callable[[Record, Sequence[Record], str], Record]
PASSES = "passes"
FAILS = "fails"
FLAGGED = "fails or goes to a human"

TITLE = {"marc21": "245", "unimarc": "200"}
MAIN = {"marc21": ("100", "110", "111"), "unimarc": ("700", "710")}
SUBJECT = {"marc21": ("600", "650", "651", "653", "080", "084"), "unimarc": ("600", "606", "607", "610", "675", "686")}
PUBLICATION = {"marc21": ("260", "264"), "unimarc": ("210",)}
ADDED = {"marc21": ("700", "710", "711", "650", "600", "080", "084", "020"), "unimarc": ("701", "702", "711", "606", "600", "675", "686", "010")}  # fmt: skip
FIXED = {"marc21": "008", "unimarc": "100"}
NOTE = {"marc21": "500", "unimarc": "300"}
VARIANT = {"marc21": "246", "unimarc": "517"}


def _whole_text(record: Record) -> str:
    return " ".join(field.joined for field in record.fields if isinstance(field, DataField))


def identical(record: Record, others: Sequence[Record], kind: str) -> Record:
    return record


def empty(record: Record, others: Sequence[Record], kind: str) -> Record:
    return Record(record.leader, ())


def one_note(record: Record, others: Sequence[Record], kind: str) -> Record:
    """All text of the right record in one general note."""
    control = tuple(field for field in record.fields if isinstance(field, ControlField))
    return Record(record.leader, (*control, data_field(NOTE[kind], "  ", "a" + _whole_text(record))))


def dump(record: Record, others: Sequence[Record], kind: str) -> Record:
    """Thirty other records in one."""
    pile = [field for other in (list(others) * 30)[:30] for field in other.fields]
    return Record(record.leader, tuple(pile))


def template(record: Record, others: Sequence[Record], kind: str) -> Record:
    """Leader and coded fields only."""
    coded = {"marc21": ("001", "005", "008", "040"), "unimarc": ("001", "005", "100", "101", "102", "105", "801")}[kind]
    return Record(record.leader, tuple(field for field in record.fields if field.tag in coded))


def another_book(record: Record, others: Sequence[Record], kind: str) -> Record:
    return others[0]


def _merged(record: Record, others: Sequence[Record], count: int) -> Record:
    more = [field for other in others[:count] for field in other.fields if not isinstance(field, ControlField)]
    return record.with_field(*more)


def merged_1(record: Record, others: Sequence[Record], kind: str) -> Record:
    return _merged(record, others, 1)


def merged_3(record: Record, others: Sequence[Record], kind: str) -> Record:
    return _merged(record, others, 3)


def merged_10(record: Record, others: Sequence[Record], kind: str) -> Record:
    return _merged(record, others, 10)


def no_title(record: Record, others: Sequence[Record], kind: str) -> Record:
    return record.without(TITLE[kind])


def no_main(record: Record, others: Sequence[Record], kind: str) -> Record:
    """The main access point left out, or put in where the experts have none."""
    if any(tag in record for tag in MAIN[kind]):
        return record.without(*MAIN[kind])
    first = record.first("700", "701", "702", "710", "711", "712")
    if first is None:
        return record.without(TITLE[kind])
    person = first.tag in ("700", "701", "702")
    tag = {"marc21": "100" if person else "110", "unimarc": "700" if person else "710"}[kind]
    return record.replacing(first, replace(first, tag=tag))


def no_subjects(record: Record, others: Sequence[Record], kind: str) -> Record:
    return record.without(*SUBJECT[kind])


def other_publication(record: Record, others: Sequence[Record], kind: str) -> Record:
    """The publication statement of another book."""
    other = next((one for one in others if one.first(*PUBLICATION[kind])), None)
    mine = record.first(*PUBLICATION[kind])
    if other is None or mine is None:
        return record.without(TITLE[kind])
    theirs = other.first(*PUBLICATION[kind])
    assert theirs is not None
    return record.replacing(mine, replace(theirs, tag=mine.tag, ind1=mine.ind1, ind2=mine.ind2))


def _foreign(record: Record, others: Sequence[Record], kind: str, count: int) -> Record:
    more = [field for other in others[:count] for field in other.data(*ADDED[kind])]
    return record.with_field(*more)


def foreign_1(record: Record, others: Sequence[Record], kind: str) -> Record:
    """Right, and the added access points, subjects, class marks and ISBN of one other book."""
    return _foreign(record, others, kind, 1)


def foreign_3(record: Record, others: Sequence[Record], kind: str) -> Record:
    return _foreign(record, others, kind, 3)


def copied_codes(record: Record, others: Sequence[Record], kind: str) -> Record:
    """The coded field (008, 100) of another book whose date, country or language differ."""
    tag = FIXED[kind]
    mine = record.all(tag)[0]
    for other in others:
        theirs = other.all(tag)[0]
        if _coded(theirs, kind) != _coded(mine, kind):
            return record.replacing(mine, theirs)
    raise AssertionError("no other record has other codes")


def _coded(field: Field, kind: str) -> str:
    text = field.value if isinstance(field, ControlField) else field.text("a")
    return text[7:11] + text[35:38] if kind == "marc21" else text[9:13]


def typo(record: Record, others: Sequence[Record], kind: str) -> Record:
    """One letter of the title wrong: a slip, not ignorance."""

    def slip(text: str) -> str:
        twin = "q" if text.isascii() else "щ"
        return text[:6] + twin + text[7:]

    return _with_title(record, kind, slip)


def _with_title(record: Record, kind: str, change: Callable[[str], str]) -> Record:
    field = record.data(TITLE[kind])[0]
    parts = tuple(
        Subfield(code, change(text)) if code == "a" else Subfield(code, text) for code, text in field.subfields
    )
    return record.replacing(field, replace(field, subfields=parts))


def dashes(record: Record, others: Sequence[Record], kind: str) -> Record:
    """The publisher's place filled with a dash, so that the field is there."""
    field = record.first(*PUBLICATION[kind]) or record.data(TITLE[kind])[0]
    return record.replacing(
        field, replace(field, subfields=tuple(Subfield(code, "-") for code, _text in field.subfields))
    )


def wrong_tags(record: Record, others: Sequence[Record], kind: str) -> Record:
    """Every field's text under the tag of its neighbour."""
    data = [field for field in record.fields if isinstance(field, DataField)]
    tags = [field.tag for field in data]
    moved = [replace(field, tag=tag) for field, tag in zip(data, [*tags[1:], tags[0]], strict=True)]
    control = tuple(field for field in record.fields if isinstance(field, ControlField))
    return Record(record.leader, (*control, *sorted(moved, key=lambda field: field.tag)))


_LATIN = str.maketrans("аеосрухіАЕОСРУХІКМТВН", "aeocpyxiAEOCPYXIKMTBH")
_CYRILLIC = str.maketrans("aeocpyxAEOCPXKMTBH", "аеосрухАЕОСРХКМТВН")


def look_alikes(record: Record, others: Sequence[Record], kind: str) -> Record:
    """Letters of the title changed for their twins of the other script: it looks the same."""
    cyrillic = any("а" <= letter.lower() <= "я" for letter in record.data(TITLE[kind])[0].text("a"))
    return _with_title(record, kind, lambda text: text.translate(_LATIN if cyrillic else _CYRILLIC))


def zero_width(record: Record, others: Sequence[Record], kind: str) -> Record:
    return _with_title(record, kind, lambda text: text[:3] + "\u200b" + text[3:])


def variants_10(record: Record, others: Sequence[Record], kind: str) -> Record:
    """Ten guessed titles as variant titles."""
    guesses = [f"Басқа атау {number} {others[number % len(others)].identifier}" for number in range(10)]
    return record.with_field(*(data_field(VARIANT[kind], "1 ", f"a{text}") for text in guesses))


def marks_as_data(record: Record, others: Sequence[Record], kind: str) -> Record:
    """The whole description with its ISBD marks typed into one subfield of the title."""
    field = record.data(TITLE[kind])[0]
    publication = record.first(*PUBLICATION[kind])
    text = f"{' : '.join(value for _code, value in field.subfields)} / – {publication.joined if publication else ''}. –"
    return record.replacing(field, replace(field, subfields=(Subfield("a", text),))).without(*PUBLICATION[kind])


def another_edition(record: Record, others: Sequence[Record], kind: str) -> Record:
    """The record of another edition: same author and title, other year, extent and ISBN."""
    import re

    shifted: list[Field] = []
    for field in record.fields:
        if isinstance(field, ControlField):
            value = field.value
            if field.tag == "008":
                value = value[:7] + "1999" + value[11:]
            shifted.append(replace(field, value=value))
            continue
        change = field.tag in (*PUBLICATION[kind], "300", "215", "020", "010", "773", "463", "362", "207")
        parts = tuple(
            Subfield(
                code,
                re.sub(
                    r"\d{2,}",
                    lambda found: str(int(found.group()[-9:]) + 7) if len(found.group()) != 4 else "1999",
                    text,
                ),
            )
            if change
            else Subfield(
                code,
                text[:9] + "1999" + text[13:] if field.tag == "100" and kind == "unimarc" and code == "a" else text,
            )
            for code, text in field.subfields
        )
        shifted.append(replace(field, subfields=parts))
    return Record(record.leader, tuple(shifted))


def long_field(record: Record, others: Sequence[Record], kind: str) -> Record:
    """9,999 characters of other records in a note, and the publisher gone with them."""
    text = " ".join(_whole_text(other) for other in others) * 20
    return record.without(*PUBLICATION[kind], TITLE[kind]).with_field(data_field(NOTE[kind], "  ", "a" + text[:9998]))


# Name, how it is made, what must become of it.
ATTACKS: tuple[tuple[str, Attack, str], ...] = (
    ("identical record", identical, "100"),
    ("empty record", empty, FAILS),
    ("all text in one note", one_note, FAILS),
    ("30 other records dumped", dump, FAILS),
    ("template and fixed fields only", template, FAILS),
    ("another book's record", another_book, FAILS),
    ("right + 1 other record merged", merged_1, FAILS),
    ("right + 3 others merged", merged_3, FAILS),
    ("right + 10 others merged", merged_10, FAILS),
    ("title missing", no_title, FAILS),
    ("main access point missing or false", no_main, FAILS),
    ("subjects and class missing", no_subjects, FAILS),
    ("publication data of another book", other_publication, FAILS),
    ("right + access points and ISBN of 1 other", foreign_1, FLAGGED),
    ("right + access points and ISBN of 3 others", foreign_3, FAILS),
    ("coded field copied from another record", copied_codes, FAILS),
    ("mandatory field filled with dashes", dashes, FAILS),
    ("expert text under wrong tags", wrong_tags, FAILS),
    ("look-alike letters in the title", look_alikes, FAILS),
    ("zero-width character in the title", zero_width, FAILS),
    ("ten guessed variant titles", variants_10, FAILS),
    ("ISBD marks as data in one subfield", marks_as_data, FAILS),
    ("another edition of the book", another_edition, FAILS),
    ("a field of 9,999 characters", long_field, FAILS),
    ("one typo in the title", typo, PASSES),
)


def answers(record: Record, others: Sequence[Record], profile: str) -> list[tuple[str, Record, str]]:
    """Every attack on one record."""
    kind = family(profile)
    return [(name, attack(record, others, kind), fate) for name, attack, fate in ATTACKS]
