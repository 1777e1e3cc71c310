"""What the cells of a register of earlier years mean: a person, a training, its days and hours; a row is read or refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from orken.credentials.past import days, words
from orken.credentials.past.reasons import Note, note
from orken.kit.text.plain import visible
from orken.network.staff_list import reading as staff
from orken.network.staff_list.layout import Part, Raw
from orken.network.staff_list.reading import Refused

EARLIEST = date(1950, 1, 1)
MOST_HOURS = 1000
_NOTHING = re.compile(r"^(нет|жоқ|жок|no|none|б ?/ ?н|без номера|—|-+|\.+|0)$", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"^\s*(№|#|n[o°]\.?|рег\.?\s*№)\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[«“\"]([^»”\"]{5,})[»”\"]")
_HOURS_SAID = re.compile(r"(\d{1,4})(?:[.,](\d))?\s*(?:ак\w*\.?\s*|акад\w*\.?\s*|академ\w*\s*)?(?:ч\b|час|сағ|саг|hour|h\b)", re.IGNORECASE)  # fmt: skip
_TAIL = re.compile(
    r"\s*[(,;–-]?\s*((с|со|от)\s+)?\d{1,2}[\s.–-].*(19|20)\d{2}.*$|\s*[(,;–-]?\s*(19|20)\d{2}\s*(ж|г|year).*$"
)


@dataclass(slots=True)
class Values:
    """What a row says: `who` as a staff list reads it, the training as the register tells it."""

    who: staff.Values
    title: str
    first: date
    last: date
    hours: int
    organiser: str = ""
    kind: str = ""
    paper: str = ""
    journal: str = ""
    unit: str = ""
    notes: list[Note] = field(default_factory=list)


def texts_of(part: Part, cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by field."""
    return {
        name: cell
        for name, cell in zip(part.columns, cells, strict=False)
        if name and name != words.IGNORED and cell
    }  # fmt: skip


def read(
    texts: Mapping[str, str], *, language: str, section: str, defaults: Mapping[str, str], organiser: str, today: date
) -> Values:  # fmt: skip
    """The values of a row whose cells are `texts` by field. Raises Refused."""
    of_person = {name: text for name, text in texts.items() if name.split("_")[0] in (*words.NAMES, "iin", "birth")}
    who = staff.read(of_person, language, today)
    told = {name: text for name, text in texts.items() if not _NOTHING.match(text.strip())}
    above = _of_section(section, today)
    notes: list[Note] = []
    used: list[str] = []

    def given(name: str) -> str:
        """The cell, else what the line above says, else what was said for the whole register."""
        if told.get(name):
            return told[name]
        if name in above:
            return above[name]
        if defaults.get(name):
            used.append(name)
            return defaults[name]
        return ""

    title = _tidy(given("title"), 300)
    if not title:
        raise Refused("title_missing", "title")
    first, last = _days(told, above, defaults, used, notes, today)
    hours = _hours(given("hours"))
    held = _tidy(given("organiser"), 300) or organiser
    if used:
        notes.append(note("default", "", {"fields": used}))
    if above and not told.get("title"):
        notes.append(note("above", "title", {"text": section[:120]}))
    return Values(
        who, title, first, last, hours, held, _tidy(told.get("kind", ""), 100), _number(told.get("paper", "")),
        _number(told.get("journal", "")), _tidy(told.get("unit", ""), 300), [*who.notes, *notes],
    )  # fmt: skip


def _days(
    told: Mapping[str, str], above: Mapping[str, str], defaults: Mapping[str, str], used: list[str], notes: list[Note], today: date
) -> tuple[date, date]:  # fmt: skip
    """First and last day: of their own columns, of one cell, of the line above, of the register; the day of issue stands in for none."""
    first, last = told.get("starts_on", ""), told.get("ends_on", "")
    if first or last:
        one, two = (_one(text, name, today) if text else None for text, name in ((first, "starts_on"), (last, "ends_on")))  # fmt: skip
        begin, end = one or two, two or one
        assert begin is not None and end is not None, "one of them is told"
        found = days.Days(begin.first, end.last, "days" if one and two else "one_day")
        text = f"{first} – {last}".strip(" –")
    else:
        text = told.get("period") or above.get("period") or ""
        if not text and (defaults.get("starts_on") or defaults.get("ends_on")):
            used.append("period")
            first = defaults.get("starts_on") or defaults["ends_on"]
            text = f"{first} – {defaults.get('ends_on') or first}"
        if not text:
            text = told.get("issued_on", "")
        if not text:
            raise Refused("days_missing", "period")
        found = _one(text, "period", today)
    if found.last < found.first:
        raise Refused("days_order", "period", text=text[:60])
    if found.first < EARLIEST:
        raise Refused("days_early", "period", text=text[:60])
    if found.last > today:
        raise Refused("days_later", "period", text=text[:60])
    if found.exact != "days":
        notes.append(note(found.exact, "period"))
    return found.first, found.last


def _one(text: str, name: str, today: date) -> days.Days:
    found = days.read(text, today)
    if found is None:
        raise Refused("days_unread", name, text=text[:60])
    return found


def _hours(text: str) -> int:
    """«36», «36 ч.», «72 академических часа»; halves are no hours of a certificate."""
    if not text:
        raise Refused("hours_missing", "hours")
    plain = re.sub(r"[.,]0+$", "", text.strip())
    said = _HOURS_SAID.search(text)
    figures = said[1] if said and not said[2] else plain if re.fullmatch(r"\d{1,4}", plain) else ""
    if not figures or not 1 <= int(figures) <= MOST_HOURS:
        raise Refused("hours_unread", "hours", text=text[:60])
    return int(figures)


def _of_section(section: str, today: date) -> dict[str, str]:
    """What a line above a part of the register says of the training: its name, its days, its hours."""
    if not section or not (words.names_a_training(section) or _QUOTED.search(section)):
        return {}
    found = {}
    quoted = _QUOTED.search(section)
    hours = _HOURS_SAID.search(section)
    rest = section.replace(hours[0], " ") if hours else section
    rest = rest.replace(quoted[0], " ") if quoted else rest
    tail = _TAIL.search(rest)
    if tail and days.read(tail[0].strip(" (),;–-"), today):
        found["period"] = tail[0].strip(" (),;–-")
    name = quoted[1] if quoted else rest[: tail.start()] if tail else rest
    found["title"] = name.strip(" .,;:–-()")
    if hours:
        found["hours"] = hours[0]
    return {key: text for key, text in found.items() if text}


def _tidy(text: str, most: int) -> str:
    return visible(text.replace("\n", " "))[:most].strip()


def _number(text: str) -> str:
    return _NUMBER_SIGN.sub("", re.sub(r"\.0+$", "", _tidy(text, 100)))


def sections(part: Part, rows: Sequence[Raw]) -> list[tuple[Raw, str]]:
    """The rows with the training that a line above names: a line that says one thing, and that a training, is no person."""
    found, section = [], ""
    for row in rows:
        distinct = {cell for cell in row.cells if cell}
        if len(distinct) == 1 and words.names_a_training(next(iter(distinct))):
            section = next(iter(distinct))
            continue
        found.append((row, section if not _training_above(row.section) else row.section))
    return found


def _training_above(text: str) -> bool:
    return words.names_a_training(text) or bool(_QUOTED.search(text))
