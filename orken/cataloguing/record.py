"""A record as it was read: leader, control fields, data fields, subfields. Nothing is ever repaired.

Every part is immutable, so a record can be shared between a reader, the checker and the grader, and
a file that is written again is the file that was read. What is malformed stays malformed and visible:
indicators may be empty strings, a subfield may lack its code, text may stand before the first
delimiter (`DataField.lead`). The checker says so; nobody mends it in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

LEADER_LENGTH = 24
DELIMITER = "\x1f"
FIELD_END = "\x1e"
RECORD_END = "\x1d"


class Subfield(NamedTuple):
    """One subfield: a code of one character (empty when the file lacks it) and its text."""

    code: str
    value: str


@dataclass(frozen=True, slots=True)
class ControlField:
    """A field without indicators and subfields: its tag begins with 00."""

    tag: str
    value: str


@dataclass(frozen=True, slots=True)
class DataField:
    """A field with two indicators and subfields, in the order of the file."""

    tag: str
    ind1: str = " "
    ind2: str = " "
    subfields: tuple[Subfield, ...] = ()
    lead: str = ""
    """Text between the indicators and the first delimiter; empty in a sane field."""

    def get(self, code: str, default: str | None = None) -> str | None:
        """The first subfield `code`, or `default`."""
        for found in self.subfields:
            if found[0] == code:
                return found[1]
        return default

    def text(self, code: str) -> str:
        """The first subfield `code`, or an empty text."""
        return self.get(code) or ""

    def all(self, *codes: str) -> list[str]:
        """Every value under any of `codes`, in the order of the field."""
        return [value for code, value in self.subfields if code in codes]

    def __contains__(self, code: str) -> bool:
        return any(found[0] == code for found in self.subfields)

    @property
    def codes(self) -> str:
        """The subfield codes in order: "abc"."""
        return "".join(code for code, _ in self.subfields)

    @property
    def joined(self) -> str:
        """The whole text with one space between the subfields, for showing and searching."""
        return " ".join(value for _, value in self.subfields)

    def embedded(self) -> tuple[Field, ...]:
        """The fields inside a linking field of UNIMARC and RUSMARC (4XX, 604), one per $1.

        $1 holds tag, indicators and nothing else («2001 »), the subfields up to the next $1 are that
        field's; of a control field $1 holds tag and value («001RU\\NLR\\1»).
        """
        return tuple(_embedded(self.subfields))


Field = ControlField | DataField


def _embedded(subfields: Iterable[Subfield]) -> Iterator[Field]:
    head: str | None = None
    inner: list[Subfield] = []

    def made() -> Field:
        assert head is not None
        tag, rest = head[:3], head[3:]
        if tag.startswith("00"):
            return ControlField(tag, rest)
        return DataField(tag, rest[:1], rest[1:2], tuple(inner), rest[2:])

    for found in subfields:
        if found.code == "1":
            if head is not None:
                yield made()
            head, inner = found.value, []
        elif head is not None:
            inner.append(found)
    if head is not None:
        yield made()


@dataclass(frozen=True, slots=True)
class Record:
    """A bibliographic record: the leader's 24 characters as they stand, and the fields in order."""

    leader: str
    fields: tuple[Field, ...] = ()
    _by_tag: dict[str, list[Field]] = field(default_factory=dict, init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        for found in self.fields:
            standing = self._by_tag.get(found.tag)
            if standing is None:
                self._by_tag[found.tag] = [found]
            else:
                standing.append(found)

    @property
    def tags(self) -> Iterable[str]:
        """Every tag of the record once, in the order of its first field."""
        return self._by_tag.keys()

    @property
    def by_tag(self) -> dict[str, list[Field]]:
        """Tag → its fields, both in the order of the record. Not to be changed."""
        return self._by_tag

    def __contains__(self, tag: str) -> bool:
        return tag in self._by_tag

    def at(self, position: int, length: int = 1) -> str:
        """Characters of the leader, shorter when the leader is."""
        return self.leader[position : position + length]

    @property
    def type(self) -> str:
        """Leader position 6, type of record."""
        return self.leader[6:7]

    @property
    def level(self) -> str:
        """Leader position 7, bibliographic level."""
        return self.leader[7:8]

    @property
    def identifier(self) -> str:
        """Field 001, or an empty text."""
        return self.control("001")

    def all(self, *tags: str) -> list[Field]:
        """Every field with one of `tags`, in the order of the record."""
        if len(tags) == 1:
            return self._by_tag.get(tags[0], [])
        return [found for found in self.fields if found.tag in tags]

    def data(self, *tags: str) -> list[DataField]:
        """Every data field with one of `tags`."""
        if len(tags) == 1 and tags[0] not in self._by_tag:
            return []
        return [found for found in self.all(*tags) if isinstance(found, DataField)]

    def first(self, *tags: str) -> DataField | None:
        """The first data field with one of `tags`."""
        found = self.data(*tags)
        return found[0] if found else None

    def control(self, tag: str) -> str:
        """The value of the first control field `tag`, or an empty text."""
        for found in self._by_tag.get(tag, ()):
            if isinstance(found, ControlField):
                return found.value
        return ""

    def value(self, tag: str, code: str) -> str:
        """The first subfield `code` of the first field `tag` that has one, or an empty text."""
        for found in self._by_tag.get(tag, ()):
            if isinstance(found, DataField):
                text = found.get(code)
                if text is not None:
                    return text
        return ""

    def values(self, tag: str, *codes: str) -> list[str]:
        """Every subfield `codes` of every field `tag`."""
        return [value for found in self.data(tag) for value in found.all(*codes)]

    def occurrence(self, wanted: Field) -> int:
        """Which field of its tag it is, counted from 1."""
        for number, found in enumerate(self._by_tag.get(wanted.tag, ()), start=1):
            if found is wanted:
                return number
        return self._by_tag.get(wanted.tag, []).index(wanted) + 1

    # Every change is a new record: for templates, seeded errors and the editor.

    def without(self, *tags: str) -> Record:
        return Record(self.leader, tuple(found for found in self.fields if found.tag not in tags))

    def with_field(self, *added: Field) -> Record:
        """The fields put where their tag belongs: after the last field whose tag is not greater."""
        fields = list(self.fields)
        for new in added:
            place = len(fields)
            while place and fields[place - 1].tag > new.tag:
                place -= 1
            fields.insert(place, new)
        return Record(self.leader, tuple(fields))

    def replacing(self, old: Field, new: Field | None) -> Record:
        """The record with the field `old` (that very object) changed to `new`, or taken out."""
        kept = (new if found is old else found for found in self.fields)
        return Record(self.leader, tuple(found for found in kept if found is not None))

    def with_leader(self, position: int, text: str) -> Record:
        return Record(self.leader[:position] + text + self.leader[position + len(text) :], self.fields)


def data_field(tag: str, indicators: str, *parts: str) -> DataField:
    """A field from short notation: `data_field("245", "10", "aTitle /", "cAuthor.")`."""
    return DataField(tag, indicators[:1], indicators[1:2], tuple(Subfield(part[:1], part[1:]) for part in parts))


def with_value(found: DataField, index: int, value: str) -> DataField:
    """The field with the text of its subfield number `index` (from 0) changed."""
    parts = list(found.subfields)
    parts[index] = Subfield(parts[index].code, value)
    return replace(found, subfields=tuple(parts))
