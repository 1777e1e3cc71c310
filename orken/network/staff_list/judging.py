"""What becomes of each row: new, changed, same, doubtful or refused; nothing is written.

The register is mutated in memory row by row, so that a second row of the same person sees what the
first will have done: every row is counted once, and a list imported twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from orken.network.models import Appointment, StaffRow
from orken.network.staff_list import reading
from orken.network.staff_list.layout import Part
from orken.network.staff_list.libraries import kind_of
from orken.network.staff_list.matching import FIELDS_OF, Leader, Matching, Who, scripts_of
from orken.network.staff_list.reading import Refused, Values
from orken.network.staff_list.reasons import Note, note
from orken.network.staff_list.register import Held, Known, Register
from orken.network.staff_list.words import IGNORED, names_a_place, not_posts_of, plain
from orken.people import sealing
from orken.people.models import NAME_FIELDS, TRAIT_FIELDS
from orken.people.models.person import sound_of

S = StaffRow.State
MAIN, COMBINED = Appointment.Employment.MAIN, Appointment.Employment.COMBINED
LONGEST_TEXT = 300  # letters of a library's name
_NUMBER = re.compile(r"\d(?:[\s\-–]?\d){9,}")
LIBRARY_KINDS = (
    "regional",
    "republican",
    "system",
    "branch",
    "college",
    "university",
    "school",
    "other",
    "archive",
    "museum",
)


@dataclass(slots=True)
class Asked:
    """A row to be judged: its cells, what a person wrote over them, what she decided."""

    sheet: int
    number: int
    cells: Sequence[str]
    section: str = ""
    corrections: Mapping[str, str] = field(default_factory=dict)
    decision: str = ""


@dataclass(slots=True)
class Begin:
    """A post to be given."""

    unit_id: int
    post: str
    employment: str
    rate: Decimal
    since: date


@dataclass(slots=True)
class Changes:
    """What a row writes about somebody of the register; `shown` are [field, before, after] for the page."""

    names: dict[str, str] = field(default_factory=dict)
    spelling: dict[str, str] = field(default_factory=dict)
    contacts: dict[str, Any] = field(default_factory=dict)
    traits: dict[str, Any] = field(default_factory=dict)
    number: bool = False
    begin: list[Begin] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    shown: list[list[str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(
            self.names or self.spelling or self.contacts or self.traits or self.number or self.begin or self.end
        )


@dataclass(slots=True)
class Line:
    """A judged row."""

    sheet: int
    number: int
    name: str = ""
    state: str = S.SAME
    notes: list[Note] = field(default_factory=list)
    values: Values | None = None
    unit_id: int | None = None
    known: Known | None = None
    leader: Leader | None = None
    candidates: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    column: str = ""
    skipped: bool = False
    meant: str = ""  # a library's name for which a person has to say, or said, which one it is
    offered: list[int] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Leader:
        return (self.sheet, self.number)


@dataclass
class Judging:
    """Judges the rows of one list against one register; `said` are the libraries that a person named for texts of it."""

    register: Register
    parts: Mapping[int, Part]
    defaults: Mapping[str, str]
    today: date
    said: Mapping[str, str] = field(default_factory=dict)

    def run(self, rows: Iterable[Asked]) -> list[Line]:
        lines = self._read(list(rows))
        ready = [line for line in lines if line.values is not None and line.state not in (S.REFUSED, S.DOUBTFUL)]
        self.register.look_up(
            (line.values.number for line in ready if line.values and line.values.number),
            (sound for line in ready if line.values for sound in line.values.sounds),
        )
        matching = Matching(self.register)
        for line in ready:
            if not line.skipped:
                self._who(line, matching)
        self._write(ready)
        return lines

    # --- reading ---

    def _read(self, rows: Sequence[Asked]) -> list[Line]:
        lines = []
        above: dict[tuple[int, str], str] = {}
        for row in rows:
            part = self.parts[row.sheet]
            line = Line(row.sheet, row.number)
            texts = texts_of(part, row.cells) | dict(row.corrections)
            line.texts = texts
            try:
                line.values = reading.read(texts, part.language, self.today)
                line.name = line.values.shown
                self._library(line, row, part, above)
                self._posts(line)
            except Refused as refused:
                line.name = line.name or _name_in(texts)
                self._refuse(line, refused.note)
            if row.decision == "skip":
                line.state, line.skipped, line.notes = S.REFUSED, True, [note("skipped")]
            if row.decision.startswith("same:") or row.decision == "new":
                line.candidates = [row.decision]  # taken up by _who
            lines.append(line)
        return lines

    def _refuse(self, line: Line, why: Note) -> None:
        line.state, line.column = S.REFUSED, why[1]
        line.notes = [why, *(line.values.notes if line.values else [])]

    def _library(self, line: Line, row: Asked, part: Part, above: dict[tuple[int, str], str]) -> None:
        values = line.values
        assert values is not None, "read just before"
        text, key = values.unit, (row.sheet, row.section)
        if not text and "unit" in part.columns and above.get(key):
            text = above[key]
            values.notes.append(note("unit_above", "unit"))
        elif text:
            above[key] = text
        if not text and row.section:
            unit, _how = self.register.libraries.find(row.section)
            if unit is not None or kind_of(row.section) or names_a_place(row.section):
                text = row.section
        if not text and self.defaults.get("unit"):
            text = self.defaults["unit"]
            values.notes.append(note("unit_default", "unit"))
        if not text:
            if self.register.unit.kind not in LIBRARY_KINDS:
                raise Refused("unit_missing", "unit")
            line.unit_id = self.register.unit.pk
            return
        said = self.said.get(plain(text))
        unit, how = self.register.libraries.find(said) if said else (None, "")
        if unit is not None:
            values.notes.append(note("unit_said", "unit", {"text": _told(text), "name": unit.name}))
            self._offer(line, text)
            line.unit_id = unit.pk
            return
        unit, how = self.register.libraries.find(text)
        if unit is None:
            if not self._offer(line, text):
                raise Refused(f"unit_{how}", "unit", text=_told(text))
            line.state, line.column = S.DOUBTFUL, "unit"
            line.notes = [note("unit_perhaps", "unit", {"text": _told(text)})]
            return
        if how == "near":
            values.notes.append(note("unit_near", "unit", {"text": _told(text), "name": unit.name}))
        line.unit_id = unit.pk

    def _offer(self, line: Line, text: str) -> bool:
        """A library is never guessed: the nearest are offered, and a person says which (decision 0017)."""
        if len(text) > LONGEST_TEXT or _NUMBER.search(text):
            return False  # no name of a library; a number of a person would stand in clear
        line.meant, line.offered = text, [unit.pk for unit in self.register.libraries.offered(text)]
        return bool(line.offered)

    def _posts(self, line: Line) -> None:
        values = line.values
        assert values is not None, "read just before"
        if not values.posts and self.defaults.get("post"):
            values.posts = [self.defaults["post"]]
            values.notes.append(note("post_default", "post"))
        if not values.posts:
            if values.post_text:
                raise Refused("post_none", "post", text=_told(values.post_text))
            raise Refused("post_missing", "post")
        values.posts = [post for post in values.posts if post in self.register.posts]
        if not values.posts:
            raise Refused("post_none", "post", text=_told(values.post_text))
        for part in not_posts_of(values.post_text):
            values.notes.append(note("post_part", "post", {"text": _told(part)}))

    # --- who ---

    def _who(self, line: Line, matching: Matching) -> None:
        values, unit_id = line.values, line.unit_id
        assert values is not None and unit_id is not None, "refused rows do not come here"
        decision, line.candidates = (line.candidates or [""])[0], []
        try:
            who = self._decided(decision, values) or matching.who(values, unit_id)
        except Refused as refused:
            self._refuse(line, refused.note)
            return
        line.notes = [*who.notes, *values.notes]
        if who.doubt is not None and decision != "new":
            line.state, line.candidates, line.column = S.DOUBTFUL, who.candidates, "name"
            line.notes = [who.doubt, *line.notes]
            return
        line.known, line.leader = who.known, who.leader if decision != "new" else None
        line.candidates = who.candidates
        if line.known is None and line.leader is None:
            matching.remember(line.place, values, unit_id)

    def _decided(self, decision: str, values: Values) -> Who | None:
        if decision.startswith("same:row:"):
            sheet, number = decision.split(":")[2:4]
            return Who(leader=(int(sheet), int(number)))
        if decision.startswith("same:"):
            known = self.register.fetch(int(decision.split(":")[1]))
            return Who(known=known) if known is not None else None
        return None

    # --- what is written ---

    def _write(self, lines: Sequence[Line]) -> None:
        listed: dict[int, set[tuple[int, str]]] = {}
        leaders = {line.place: line for line in lines if line.state not in (S.REFUSED, S.DOUBTFUL)}
        given: dict[Leader, list[Begin]] = {}
        for line in lines:
            if line.known is not None and line.values is not None and line.unit_id is not None:
                listed.setdefault(line.known.pk, set()).update((line.unit_id, post) for post in line.values.posts)
        for line in lines:
            if line.state in (S.REFUSED, S.DOUBTFUL):
                continue
            if line.leader is not None:
                first = leaders.get(line.leader)
                if first is None or first is line:  # the row above fell out: this one cannot stand on it
                    line.state, line.leader = S.DOUBTFUL, None
                    line.notes = [note("in_file", "name", {"row": line.number}), *line.notes]
                elif first.known is not None:
                    line.known, line.leader = first.known, None
                    self._known(line, listed.get(first.known.pk, set()))
                else:
                    self._follows(line, first, given.setdefault(first.place, []))
            elif line.known is not None:
                self._known(line, listed[line.known.pk])
            else:
                line.state = S.NEW
                line.changes.begin = self._fresh(line, [])
                given.setdefault(line.place, []).extend(line.changes.begin)

    def _fresh(self, line: Line, standing: Sequence[Begin]) -> list[Begin]:
        """The posts of somebody who holds `standing` so far: the first is the main one unless the row says otherwise."""
        values, unit_id = line.values, line.unit_id
        assert values is not None and unit_id is not None, "judged rows have both"
        found: list[Begin] = []
        for place, post in enumerate(values.posts):
            if any((one.unit_id, one.post) == (unit_id, post) for one in [*standing, *found]):
                continue
            has_main = any(one.employment == MAIN for one in [*standing, *found])
            employment = COMBINED if has_main or (values.combined and place == 0 and len(values.posts) == 1) else MAIN
            found.append(Begin(unit_id, post, employment, self._rate(values, place), self._since(values, unit_id)))
        return found

    def _rate(self, values: Values, place: int) -> Decimal:
        if values.rate is not None and (len(values.posts) == 1 or place == len(values.posts) - 1):
            return values.rate
        return Decimal("1.00") if place == 0 else Decimal("0.50")

    def _since(self, values: Values, unit_id: int) -> date:
        on = self.register.on
        since = values.since if values.since is not None and values.since <= on else on
        return max(since, self.register.opened.get(unit_id, since))

    def _follows(self, line: Line, first: Line, given: list[Begin]) -> None:
        line.changes.begin = self._fresh(line, given)
        given.extend(line.changes.begin)
        if line.changes.begin:
            line.state = S.NEW
            line.notes = [note("follows", "name", {"row": first.number}), *line.notes]
        else:
            line.state = S.SAME
            line.notes = [note("repeats", "name", {"row": first.number}), *line.notes]

    def _known(self, line: Line, listed: set[tuple[int, str]]) -> None:
        values, known = line.values, line.known
        assert values is not None and known is not None, "asked for a known person"
        if known.pk in self.register.asks_first:
            line.state, line.notes = S.REFUSED, [note("asks_first", "unit"), *line.notes]
            return
        changes = line.changes
        _names(line, known, values, self.register)
        _facts(changes, known, values, self.today)
        if values.number is not None and not known.blind:
            changes.number = True
            changes.shown.append(["iin", "", values.number.masked])
            known.blind = sealing.blind(values.number.digits)
        self._held(line, known, listed)
        line.state = S.CHANGED if changes else S.SAME

    def _held(self, line: Line, known: Known, listed: set[tuple[int, str]]) -> None:
        """Posts she does not hold yet: a second post, a move from the post that the list no longer has, a return."""
        values, unit_id, changes = line.values, line.unit_id, line.changes
        assert values is not None and unit_id is not None, "judged rows have both"
        for place, post in enumerate(values.posts):
            held = next((one for one in known.held if (one.unit_id, one.post) == (unit_id, post)), None)
            if held is not None:
                told = values.rate if len(values.posts) == 1 else None
                if told is not None and told != held.rate:
                    changes.shown.append(["rate", str(held.rate), str(told)])
                    changes.end.append(held.pk)
                    changes.begin.append(Begin(unit_id, post, held.employment, told, self.register.on))
                    held.rate = told
                continue
            main = next((one for one in known.held if one.employment == MAIN), None)
            moved = None
            if main is None:
                outside = known.pk in self.register.main_outside
                single = values.combined and len(values.posts) == 1
                employment = COMBINED if outside or single else MAIN
                if not known.held and known.units and not outside:
                    line.notes.append(note("returns", "unit"))
            elif values.combined or (main.unit_id, main.post) in listed or place > 0:
                employment = COMBINED
            else:
                employment, moved = MAIN, main
            since = self._since(values, unit_id) if moved is None else self.register.on
            name = self.register.libraries.by_id[unit_id].name if unit_id in self.register.libraries.by_id else ""
            before = ""
            if moved is not None:
                changes.end.append(moved.pk)
                known.held.remove(moved)
                before = moved.post
                if moved.unit_id != unit_id:
                    left = self.register.libraries.by_id.get(moved.unit_id)
                    line.notes.append(note("moves", "unit", {"name": left.name if left else ""}))
                    changes.shown.append(["unit", left.name if left else "", name])
            changes.begin.append(Begin(unit_id, post, employment, self._rate(values, place), since))
            changes.shown.append(["post", before, post])
            known.held.append(Held(0, unit_id, post, employment, self._rate(values, place), since))


def _told(text: str) -> str:
    """A text of the list as a reason repeats it: short, the digits of a person's number as dots."""
    return _NUMBER.sub(lambda found: "•" * len(found[0]), text)[:80]


def texts_of(part: Part, cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by field."""
    return {name: cell for name, cell in zip(part.columns, cells, strict=False) if name and name != IGNORED and cell}


def _name_in(texts: Mapping[str, str]) -> str:
    parts = [text for name, text in texts.items() if name.split("_")[0] in ("name", "surname", "given", "patronymic")]
    return " ".join(parts)[:300]


def _names(line: Line, known: Known, values: Values, register: Register) -> None:
    """Fill an empty script, note another spelling; a surname that sounds otherwise has changed."""
    if values.initials:
        return
    changes = line.changes
    spelt = [known.names, *register.spelt.get(known.pk, [])]
    for script in scripts_of(values):
        given = {name: values.names[name] for name in FIELDS_OF[script] if values.names.get(name)}
        start = {"kk": 0, "ru": 3, "en": 6}[script]
        pair = (given[f"surname_{script}"].casefold(), given[f"given_{script}"].casefold())
        written = any(
            (names[place].casefold(), names[place + 1].casefold()) == pair for names in spelt for place in (0, 3, 6)
        )
        empty = not known.names[start] and not known.names[start + 1]
        if written:
            father = given.get(f"patronymic_{script}", "")
            if father and not known.names[2] and not known.names[5] and not empty:
                _fill(changes, known, {f"patronymic_{script}": father})
        elif empty:
            _fill(changes, known, given)
        elif sound_of(given[f"surname_{script}"], given[f"given_{script}"]) in known.sounds:
            changes.spelling |= given
            changes.shown.append(["name", "", " ".join(given.values())])
            line.notes.append(note("spelling", "name"))
            register.spelt[known.pk].append([given.get(name, "") for name in NAME_FIELDS])
        else:
            line.notes.append(note("surname_changed", "surname", {"text": known.names[start]}))
            _fill(changes, known, given)


def _fill(changes: Changes, known: Known, given: Mapping[str, str]) -> None:
    for name, text in given.items():
        place = NAME_FIELDS.index(name)
        if known.names[place] != text:
            changes.names[name] = text
            changes.shown.append([name, known.names[place], text])
            known.names[place] = text


def _facts(changes: Changes, known: Known, values: Values, today: date) -> None:
    told: dict[str, Any] = {"birth_on": values.birth_on, "phone": values.phone, "email": values.mail}
    if not known.sex:
        told["sex"] = values.sex
    for name, value in told.items():
        before = getattr(known, name)
        if value and value != before:
            changes.contacts[name] = value
            changes.shown.append([name, str(before or ""), str(value)])
            setattr(known, name, value)
    for name, value in values.traits.items():
        place = TRAIT_FIELDS.index(name)
        before = known.traits[place]
        if before == value or (name == "library_since" and before and _as_many_years(before, values, today)):
            continue
        changes.traits[name] = value
        changes.shown.append([name, "" if before is None else str(before), str(value)])
        known.traits[place] = value


def _as_many_years(before: date, values: Values, today: date) -> bool:
    """A list tells whole years: a year more or less is the same day seen from another month."""
    return values.years is not None and abs((today - before).days // 365 - values.years) <= 1


def counts(lines: Iterable[Line]) -> dict[str, int]:
    found = {state.value: 0 for state in S}
    for line in lines:
        found[line.state] += 1
    return found
