"""Days and numbers: each held against what it counts."""

from __future__ import annotations

import re
from datetime import date

from orken.newsroom.checking import worded
from orken.newsroom.checking.held import CONTRADICTS, UNKNOWN, Held
from orken.newsroom.compose import english, kazakh, russian
from orken.newsroom.dates import dates
from orken.newsroom.facts import COUNTED

WHEN = {"kk": kazakh.when, "ru": russian.when, "en": english.when}
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?![\d])|\d+")
COUNTS = {
    "participants": r"участни|человек|людей|специалист|слушател|библиотекар|адам|қатысушы|маман|тыңдаушы|кітапханашы|people|person|participant|specialist|librarian|listener",
    "units": r"организаци|учрежден|библиотек|ұйым|мекеме|кітапхана|institution|organi[sz]ation|librar",
    "regions": r"регион|област|өңір|облыс|аймақ|region",
    "hours": r"час|академическ|сағат|академиялық|hour|academic",
    "certificates": r"сертификат|certificate",
}
COUNT = {name: re.compile(rf"({stems})", re.IGNORECASE) for name, stems in COUNTS.items()}


class ByNumbers(Held):
    """Looks at days and counted things."""

    def days(self) -> None:
        event = self.event
        known: set[date] = {one for one in (event.on, event.until) if one}
        said: set[date] = set()
        own = {
            (found.days, found.month, found.year)
            for value in (*(v for _p, v in self.values()), *self.others())
            for found in dates(value, self.language)
        }
        wrong = []
        for found in dates(self.text, self.language):
            if found.agrees(known):
                said |= {one for one in known if one.day in found.days and one.month == found.month}
                self.cover_text(found.start, found.end)
            elif (found.days, found.month, found.year) in own:
                self.cover_text(found.start, found.end)
            else:
                wrong.append(found)
        for found in wrong:
            says = WHEN[self.language](event.on, event.until) if event.on else ""
            missing = bool(known - said)
            kind = CONTRADICTS if missing and event.on else UNKNOWN
            self.mark_text(
                found.start,
                found.end,
                "date",
                "date" if kind == CONTRADICTS else "",
                says if kind == CONTRADICTS else "",
                kind,
            )
        if event.on and event.on in said:
            self.told.add("date")
        if event.until and event.until in said:
            self.told.add("end_date")
        self._years(known)

    def _years(self, known: set[date]) -> None:
        """A year alone: «2021 жылы», «в 2021 году»."""
        years = {one.year for one in known}
        for n, token in enumerate(self.tokens):
            if not self.covered[n] and re.fullmatch(r"(19|20)\d\d", token.word) and int(token.word) in years:
                self.covered[n] = True

    def numbers(self) -> None:
        people = {n: one.people for n, one in enumerate(self.event.participants) if one.people}
        figures = {name: value for name in COUNTED if (value := getattr(self.event.figures, name)) is not None}
        for found in NUMBER.finditer(self.text):
            inside = [
                n for n, token in enumerate(self.tokens) if token.start < found.end() and token.end > found.start()
            ]
            if not inside or all(self.covered[n] for n in inside):
                continue
            value = int(re.sub(r"\D", "", found.group()))
            self._number(found.start(), found.end(), value, inside[-1], people, figures)
        self._worded(people, figures)

    def _worded(self, people: dict[int, int], figures: dict[str, int]) -> None:
        """A number in words is asked about only where it counts what the facts count: «один из участников» counts nobody."""
        for one in worded.numbers(self.tokens, self.language):
            counted = self._counted(one.last - 1)
            if one.value < 2 or any(self.covered[one.first : one.last]) or counted is None:
                continue
            if counted in figures or (counted == "participants" and people):
                start, end = self.tokens[one.first].start, self.tokens[one.last - 1].end
                self._number(start, end, one.value, one.last - 1, people, figures)

    def _number(
        self, start: int, end: int, value: int, last: int, people: dict[int, int], figures: dict[str, int]
    ) -> None:
        counted = self._counted(last)
        whose = [n for n, many in people.items() if many == value]
        made_of = self.event.figures
        if counted == "participants" and value in (
            made_of.named,
            made_of.counted,
        ):  # a part of the sum, told for itself
            self.cover_text(start, end)
        if counted in figures and figures[counted] == value:
            self.told.add(f"figures.{counted}")
            self.cover_text(start, end)
        if counted in (None, "participants") and whose:
            self.told.update(f"participants[{n}].people" for n in whose)
            self.cover_text(start, end)
        if self.covered[last]:
            return
        if counted in figures:
            self.mark_text(start, end, "number", f"figures.{counted}", str(figures[counted]))
        elif counted == "participants" and people:
            nearest = min(people, key=lambda n: abs(people[n] - value))
            self.mark_text(start, end, "number", f"participants[{nearest}].people", str(people[nearest]))
        elif counted is None and value in figures.values():
            self.told.update(f"figures.{name}" for name, many in figures.items() if many == value)
            self.cover_text(start, end)
        else:
            self.mark_text(start, end, "number", "", "", UNKNOWN)

    def _counted(self, last: int) -> str | None:
        """What the number counts, by the words behind it up to the next mark or number."""
        for n in range(last + 1, min(last + 4, len(self.tokens))):
            gap = self.text[self.tokens[n - 1].end : self.tokens[n].start]
            if re.search(r"[.;,:()«»]", gap) or self.tokens[n].word.isdigit():
                return None
            for name, pattern in COUNT.items():
                if pattern.match(self.tokens[n].word):
                    return name
        return None
