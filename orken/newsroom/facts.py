"""What happened, as facts: the only thing that the composer knows and the checker believes.

The shape is that of the event file (docs/newsroom.md). A text may lack a language; then the next one stands
in and the article says so. Nothing here is inferred: sex, offices, counts are what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from orken.kit.i18n.content import LANGUAGES, ORDER

FORMS = ("online", "onsite", "mixed")
KINDS = (
    "meeting", "course", "seminar", "webinar", "workshop", "master_class", "travelling", "internship", "conference", "handover",
)  # fmt: skip
SEXES = ("f", "m")


@dataclass(frozen=True)
class Words:
    """One text in up to three languages."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return any(self.known)

    @property
    def known(self) -> list[str]:
        """The languages in which it stands."""
        return [code for code in LANGUAGES if getattr(self, code)]

    def best(self, language: str) -> tuple[str, str]:
        """The text for a reader of `language`, and the language that it is really in."""
        for code in ORDER[language]:
            if value := getattr(self, code):
                return str(value), code
        return "", language

    def of(self, language: str) -> str:
        return self.best(language)[0]


@dataclass(frozen=True)
class Name:
    """The name of a person in one language. The given name may be an initial, a patronymic may be lacking."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""

    def __bool__(self) -> bool:
        return bool(self.surname or self.given)

    @property
    def full(self) -> str:
        """As a newspaper writes it: the given name first. «Б. К. Оспанова», «Шолпан Баяновна Шахметова»."""
        return " ".join(part for part in (self.given, self.patronymic, self.surname) if part)

    @property
    def short(self) -> str:
        """With initials: «Ш. Б. Шахметова»; a name without a surname stays as it is."""
        if not self.surname or not self.given:
            return self.full
        first = [
            f"{part.lstrip()[0]}." if not part.endswith(".") else part for part in (self.given, self.patronymic) if part
        ]
        return " ".join([*first, self.surname])


@dataclass(frozen=True)
class Names:
    """The name of a person in up to three languages."""

    kk: Name = field(default_factory=Name)
    ru: Name = field(default_factory=Name)
    en: Name = field(default_factory=Name)

    def __bool__(self) -> bool:
        return bool(self.kk or self.ru or self.en)

    def best(self, language: str) -> tuple[Name, str]:
        for code in ORDER[language]:
            if name := getattr(self, code):
                return name, code
        return Name(), language


@dataclass(frozen=True)
class Place:
    """An institution and its town."""

    name: Words = field(default_factory=Words)
    city: Words = field(default_factory=Words)

    def __bool__(self) -> bool:
        return bool(self.name or self.city)


@dataclass(frozen=True)
class Participant:
    """An institution that sent people; `people` None when nobody counted them."""

    unit: Words = field(default_factory=Words)
    city: Words = field(default_factory=Words)
    people: int | None = None


@dataclass(frozen=True)
class Talk:
    """A speaker with her talk; without a title she taught, led or handed over."""

    speaker: Names = field(default_factory=Names)
    sex: str | None = None
    position: Words = field(default_factory=Words)
    unit: Words = field(default_factory=Words)
    title: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Figures:
    """What was counted. None is «not counted», never zero."""

    participants: int | None = None
    units: int | None = None
    regions: int | None = None
    hours: int | None = None
    certificates: int | None = None
    # How `participants` was made: people by name, and people counted in rooms; guests are of no institution that is counted
    # above. Each may be told for itself, none has to be.
    named: int | None = None
    counted: int | None = None
    guests: int | None = None


COUNTED = ("participants", "units", "regions", "hours", "certificates")
PARTS = ("named", "counted", "guests")


@dataclass(frozen=True)
class Event:
    """One meeting, course, master-class or hand-over of certificates.

    `planned` stood in the programme and was not held: no fact of what happened, so no text tells it; the writer sees it.
    """

    title: Words
    kind: str = "meeting"
    organiser: Place = field(default_factory=Place)
    place: Place = field(default_factory=Place)
    occasion: Words = field(default_factory=Words)
    on: date | None = None
    until: date | None = None
    form: str | None = None
    participants: tuple[Participant, ...] = ()
    others: Words = field(default_factory=Words)
    talks: tuple[Talk, ...] = ()
    planned: tuple[Talk, ...] = ()
    discussion: Words = field(default_factory=Words)
    figures: Figures = field(default_factory=Figures)

    def paths(self) -> Iterator[tuple[str, object]]:
        """Every fact that was given, by its place in the file: «talks[1].title»."""
        yield "title", self.title
        for owner in ("organiser", "place"):
            place: Place = getattr(self, owner)
            yield f"{owner}.name", place.name
            yield f"{owner}.city", place.city
        yield "occasion", self.occasion
        yield "date", self.on
        yield "end_date", self.until if self.until != self.on else None
        yield "form", self.form
        for n, one in enumerate(self.participants):
            yield f"participants[{n}].unit", one.unit
            yield f"participants[{n}].city", one.city
            yield f"participants[{n}].people", one.people
        yield "others", self.others
        for n, talk in enumerate(self.talks):
            yield f"talks[{n}].speaker", talk.speaker
            yield f"talks[{n}].position", talk.position
            yield f"talks[{n}].unit", talk.unit
            yield f"talks[{n}].title", talk.title
        yield "discussion", self.discussion
        for name in COUNTED:
            yield f"figures.{name}", getattr(self.figures, name)

    def given(self) -> dict[str, object]:
        """The facts that are there; what is empty is no fact."""
        return {path: value for path, value in self.paths() if value is not None and (value or value == 0)}
