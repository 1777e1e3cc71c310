"""What would become of each row of a register: whom it means, and whether her record has it already; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from orken.credentials.models import PastRecord, PastRow
from orken.credentials.models.past import key_of
from orken.credentials.past import reading
from orken.credentials.past.matching import Matching
from orken.credentials.past.reading import Values
from orken.credentials.past.reasons import Note, note
from orken.network.models import Unit
from orken.network.staff_list.judging import Asked
from orken.network.staff_list.layout import Part
from orken.network.staff_list.reading import Refused
from orken.network.staff_list.register import Known, Register

S = PastRow.State
Place = tuple[int, int]
SOME = 500


@dataclass(slots=True)
class Line:
    """A judged row."""

    place: Place
    state: str = S.REFUSED
    name: str = ""
    values: Values | None = None
    unit: Unit | None = None
    known: Known | None = None
    candidates: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    claim: int | None = None  # her own claim of the same training, which waits


class Judging:
    """Judges the rows of one register: `within` is where people are looked for, `herself` may not be entered by herself."""

    def __init__(
        self, *, within: Unit, organiser: str, parts: Mapping[int, Part], defaults: Mapping[str, str], today: date, herself: int | None
    ) -> None:  # fmt: skip
        self.register = Register(within, today)
        self.matching = Matching(self.register)
        self.organiser, self.parts, self.defaults, self.today, self.herself = organiser, parts, defaults, today, herself

    def run(self, asked: Iterable[Asked]) -> list[Line]:
        rows = list(asked)
        lines = [self._read(row) for row in rows]
        self.register.look_up(
            [line.values.who.number for line in lines if line.values and line.values.who.number is not None], ()
        )
        for row, line in zip(rows, lines, strict=True):
            if line.values is not None and line.state != S.REFUSED:
                self._who(row, line)
        self._standing([line for line in lines if line.known is not None])
        return lines

    def _read(self, row: Asked) -> Line:
        part = self.parts[row.sheet]
        texts = {**reading.texts_of(part, row.cells), **row.corrections}
        line = Line((row.sheet, row.number), name=_name_in(texts))
        if row.decision == "skip":
            line.notes = [note("skipped", "name")]
            return line
        try:
            values = reading.read(
                texts, language=part.language, section=row.section, defaults=self.defaults, organiser=self.organiser, today=self.today
            )  # fmt: skip
        except Refused as refused:
            line.notes = [refused.note]
            return line
        line.values, line.state, line.notes = values, S.UNKNOWN, list(values.notes)
        line.name = values.who.shown or line.name
        if values.unit:
            line.unit = self.register.libraries.find(values.unit)[0]
            if line.unit is None:
                line.notes.append(note("unit_unread", "unit", {"text": values.unit[:80]}))
        return line

    def _who(self, row: Asked, line: Line) -> None:
        assert line.values is not None, "asked of rows that were read"
        if row.decision.startswith("same:"):
            line.known = self.register.fetch(int(row.decision.split(":")[1]))
            if line.known is not None:
                line.notes.insert(0, note("chosen", "name"))
        if line.known is None:
            who = self.matching.who(line.values.who, line.unit)
            line.known, line.candidates = who.known, who.candidates
            if who.why is not None:
                line.notes.insert(0, who.why)
        if line.known is not None and line.known.pk == self.herself:
            line.state, line.known, line.candidates = S.REFUSED, None, []
            line.notes.insert(0, note("herself", "name"))
        elif line.known is not None:
            line.state = S.FOUND
        else:
            line.state = S.DOUBTFUL if line.candidates else S.UNKNOWN

    def _standing(self, lines: Sequence[Line]) -> None:
        """What her record has already, and what stands twice in the file; her own claim that waits is no obstacle."""
        standing = Standing([line.known.pk for line in lines if line.known])
        above: dict[tuple[Any, ...], int] = {}
        for line in lines:
            assert line.known is not None and line.values is not None, "chosen by that"
            keys = keys_of(line.known.pk, line.values.title, line.values.paper, line.values.last)
            if twin := next((above[key] for key in keys if key in above), None):
                line.state = S.SAME
                line.notes.insert(0, note("repeats", "name", {"row": twin}))
                continue
            above |= dict.fromkeys(keys, line.place[1])
            found = standing.of(keys)
            if found is None:
                continue
            if found.state == PastRecord.State.SENT:
                line.claim = found.pk
                line.notes.insert(0, note("claimed", "name"))
            else:
                line.state = S.SAME
                line.notes.insert(0, note("stands", "name"))


@dataclass(frozen=True, slots=True)
class Held:
    """A past record that counts, by id."""

    pk: int
    state: str


class Standing:
    """The past records that count of some people, by what tells two trainings apart."""

    def __init__(self, people: Sequence[int]) -> None:
        self._by: dict[tuple[Any, ...], Held] = {}
        ids = sorted(set(people))
        for start in range(0, len(ids), SOME):
            rows = PastRecord.objects.filter(person__in=ids[start : start + SOME], state__in=PastRecord.COUNTED)
            for pk, person, title, paper, last, state in rows.values_list(
                "pk", "person_id", "title", "paper", "ends_on", "state"
            ):
                self._by |= dict.fromkeys(keys_of(person, title, paper, last), Held(pk, state))

    def of(self, keys: Iterable[tuple[Any, ...]]) -> Held | None:
        return next((self._by[key] for key in keys if key in self._by), None)


def keys_of(person: int, title: str, paper: str, last: date) -> list[tuple[Any, ...]]:
    """One training of one person: the same title, or the same document, with the same last day."""
    number = key_of(paper)[:100]
    return [("title", person, key_of(title), last), *([("paper", person, number, last)] if number else [])]


def _name_in(texts: Mapping[str, str]) -> str:
    parts = [text for name, text in texts.items() if name.split("_")[0] in ("name", "surname", "given", "patronymic")]
    return " ".join(parts)[:300]


def counts(lines: Iterable[Line]) -> dict[str, int]:
    found = {state.value: 0 for state in S}
    for line in lines:
        found[line.state] += 1
    return found
