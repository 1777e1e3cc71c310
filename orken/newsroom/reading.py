"""An event file read with care: whatever is wrong is named by its place, and nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from orken.kit.i18n.content import LANGUAGES
from orken.kit.text.plain import visible
from orken.newsroom.facts import (
    COUNTED,
    FORMS,
    KINDS,
    PARTS,
    SEXES,
    Event,
    Figures,
    Name,
    Names,
    Participant,
    Place,
    Talk,
    Words,
)

LONGEST = 2000  # letters of one text: more is an article, not a fact
MOST = 500  # rows of a list
GREATEST = 10_000_000


class BadFacts(Exception):
    """The file cannot be read as facts; the text says where and why."""


@dataclass
class Reader:
    """Walks the document; `unknown` gathers keys that no fact answers to."""

    unknown: list[tuple[str, Any]] = field(default_factory=list)

    def object(self, value: Any, where: str, known: Sequence[str]) -> Mapping[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise BadFacts(f"{where}: an object in braces is expected, not {_kind(value)}.")
        here = "" if where == "the file" else f"{where}."
        self.unknown += [(f"{here}{key}", value[key]) for key in value if key not in known]
        return value

    def text(self, value: Any, where: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise BadFacts(f"{where}: a text in quotation marks is expected, not {_kind(value)}.")
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise BadFacts(f"{where}: the text holds half of a letter (a lone surrogate); write the letter itself.")
        if len(value) > LONGEST:
            raise BadFacts(f"{where}: the text has {len(value)} letters; {LONGEST} at most.")
        return visible(value)

    def words(self, value: Any, where: str) -> Words:
        if isinstance(value, str):
            raise BadFacts(f'{where}: say in which language, as {{"kk": "…", "ru": "…", "en": "…"}}.')
        row = self.object(value, where, LANGUAGES)
        return Words(**{code: self.text(row.get(code), f"{where}.{code}") for code in LANGUAGES})

    def names(self, value: Any, where: str) -> Names:
        if isinstance(value, str):
            raise BadFacts(f'{where}: say in which language, as {{"kk": {{"surname": "…", "given": "…"}}}}.')
        row = self.object(value, where, LANGUAGES)
        return Names(**{code: self.name(row.get(code), f"{where}.{code}") for code in LANGUAGES})

    def name(self, value: Any, where: str) -> Name:
        parts = ("surname", "given", "patronymic")
        row = self.object(value, where, parts)
        return Name(**{part: self.text(row.get(part), f"{where}.{part}") for part in parts})

    def day(self, value: Any, where: str) -> date | None:
        if value is None:
            return None
        try:
            if not isinstance(value, str):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError as problem:
            raise BadFacts(f"{where}: «{value}» is not a day like 2021-11-24.") from problem

    def count(self, value: Any, where: str) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= GREATEST:
            raise BadFacts(f"{where}: a whole number from 0 is expected, not «{value}».")
        return value

    def one_of(self, value: Any, where: str, allowed: Sequence[str]) -> str | None:
        if value is None:
            return None
        if value not in allowed:
            raise BadFacts(f"{where}: «{value}» is none of {', '.join(allowed)}.")
        return str(value)

    def rows(self, value: Any, where: str, read: Callable[[Any, str], Any]) -> tuple[Any, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            raise BadFacts(f"{where}: a list in square brackets is expected, not {_kind(value)}.")
        if len(value) > MOST:
            raise BadFacts(f"{where}: {len(value)} rows; {MOST} at most.")
        return tuple(read(one, f"{where}[{n}]") for n, one in enumerate(value))

    def place(self, value: Any, where: str) -> Place:
        row = self.object(value, where, ("name", "city"))
        return Place(self.words(row.get("name"), f"{where}.name"), self.words(row.get("city"), f"{where}.city"))

    def participant(self, value: Any, where: str) -> Participant:
        row = self.object(value, where, ("unit", "city", "people"))
        found = Participant(
            self.words(row.get("unit"), f"{where}.unit"), self.words(row.get("city"), f"{where}.city"),
            self.count(row.get("people"), f"{where}.people"),
        )  # fmt: skip
        if not found.unit:
            raise BadFacts(f"{where}.unit: name the institution in at least one language.")
        return found

    def talk(self, value: Any, where: str) -> Talk:
        row = self.object(value, where, ("speaker", "sex", "position", "unit", "title"))
        found = Talk(
            self.names(row.get("speaker"), f"{where}.speaker"), self.one_of(row.get("sex"), f"{where}.sex", SEXES),
            self.words(row.get("position"), f"{where}.position"), self.words(row.get("unit"), f"{where}.unit"),
            self.words(row.get("title"), f"{where}.title"),
        )  # fmt: skip
        if not found.speaker and not (found.title and where.startswith("planned")):
            raise BadFacts(f"{where}.speaker: name the speaker in at least one language.")
        return found


KEYS = (
    "kind", "organiser", "place", "title", "occasion", "date", "end_date", "form", "participants", "others", "talks", "planned",
    "discussion", "figures",
)  # fmt: skip


def read(document: Any) -> tuple[Event, list[tuple[str, Any]]]:
    """The event of a parsed file, and the keys in it that are no facts of ours. Raises BadFacts."""
    if not isinstance(document, Mapping):
        raise BadFacts(f"The file holds {_kind(document)}; an event is an object in braces.")
    reader = Reader()
    row = reader.object(document, "the file", KEYS)
    counted = reader.object(row.get("figures"), "figures", (*COUNTED, *PARTS))
    event = Event(
        title=reader.words(row.get("title"), "title"),
        kind=reader.one_of(row.get("kind"), "kind", KINDS) or "meeting",
        organiser=reader.place(row.get("organiser"), "organiser"),
        place=reader.place(row.get("place"), "place"),
        occasion=reader.words(row.get("occasion"), "occasion"),
        on=reader.day(row.get("date"), "date"),
        until=reader.day(row.get("end_date"), "end_date"),
        form=reader.one_of(row.get("form"), "form", FORMS),
        participants=reader.rows(row.get("participants"), "participants", reader.participant),
        others=reader.words(row.get("others"), "others"),
        talks=reader.rows(row.get("talks"), "talks", reader.talk),
        planned=reader.rows(row.get("planned"), "planned", reader.talk),
        discussion=reader.words(row.get("discussion"), "discussion"),
        figures=Figures(**{name: reader.count(counted.get(name), f"figures.{name}") for name in (*COUNTED, *PARTS)}),
    )
    if not event.title:
        raise BadFacts("title: say in at least one language what the event was called.")
    if event.until and not event.on:
        raise BadFacts("end_date: the last day is given without the first (date).")
    if event.on and event.until and event.until < event.on:
        raise BadFacts(f"end_date: {event.until} is before the first day, {event.on}.")
    return event, reader.unknown


def written(event: Event) -> dict[str, Any]:
    """The event as a document again: what is frozen beside a text, and read back by `read`."""

    def words(one: Words) -> dict[str, str]:
        return {code: getattr(one, code) for code in one.known}

    def name(one: Name) -> dict[str, str]:
        return {part: value for part in ("surname", "given", "patronymic") if (value := getattr(one, part))}

    def place(one: Place) -> dict[str, Any]:
        return {"name": words(one.name), "city": words(one.city)}

    def talk(one: Talk) -> dict[str, Any]:
        return {
            "speaker": {code: name(found) for code in LANGUAGES if (found := getattr(one.speaker, code))},
            "sex": one.sex, "position": words(one.position), "unit": words(one.unit), "title": words(one.title),
        }  # fmt: skip

    document: dict[str, Any] = {
        "kind": event.kind, "title": words(event.title), "organiser": place(event.organiser), "place": place(event.place),
        "occasion": words(event.occasion), "date": event.on.isoformat() if event.on else None,
        "end_date": event.until.isoformat() if event.until else None, "form": event.form,
        "participants": [{"unit": words(one.unit), "city": words(one.city), "people": one.people} for one in event.participants],
        "others": words(event.others),
        "talks": [talk(one) for one in event.talks],
        **({"planned": [talk(one) for one in event.planned]} if event.planned else {}),
        "discussion": words(event.discussion),
        "figures": {key: value for key in (*COUNTED, *PARTS) if (value := getattr(event.figures, key)) is not None},
    }  # fmt: skip
    return document


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "an object"
