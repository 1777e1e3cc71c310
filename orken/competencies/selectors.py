"""Reading: the edition that holds, and what is known of people's levels on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from orken.competencies.models import (
    Competency,
    CompetencyText,
    DomainText,
    Evidence,
    EvidencePolicy,
    Framework,
    FrameworkVersion,
    Level,
    Target,
)  # fmt: skip
from orken.competencies.reference.load import CODE
from orken.network.models import Appointment
from orken.people.models import Person


@dataclass(frozen=True)
class Part:
    """A domain of an edition with its competencies and what its levels look like."""

    code: str
    text: DomainText
    competencies: list[CompetencyText]
    anchors: dict[int, Level]


@dataclass(frozen=True)
class Edition:
    """A version of the framework, read whole."""

    version: FrameworkVersion
    parts: list[Part]
    levels: dict[int, Level]
    targets: dict[tuple[str, str], dict[str, int]] = field(repr=False)

    def part(self, code: str) -> Part | None:
        return next((part for part in self.parts if part.code == code), None)

    def text(self, code: str) -> CompetencyText | None:
        """The words of the competency with this code; None when this edition lacks it."""
        return next((row for part in self.parts for row in part.competencies if row.competency.code == code), None)

    def needed(self, group: str, unit_code: str = "") -> dict[str, int]:
        """Target level by domain; what a unit asks of its own people outranks the group's."""
        return self.targets.get((group, ""), {}) | (self.targets.get((group, unit_code), {}) if unit_code else {})


def framework() -> Framework:
    return Framework.objects.select_related("published", "draft").get(code=CODE)


def edition(version: FrameworkVersion | None = None) -> Edition:
    """The published edition (or `version`) in at most six queries, whatever its size."""
    if version is None:
        version = framework().published
        assert version is not None, "set-up publishes the first edition"
    anchors: dict[str, dict[int, Level]] = {}
    for row in version.levels.select_related("domain").order_by("level"):
        anchors.setdefault(row.domain.code if row.domain else "", {})[row.level] = row
    inside: dict[str, list[CompetencyText]] = {}
    for text in version.competencies.select_related("competency__domain").order_by("competency__code"):
        inside.setdefault(text.competency.domain.code, []).append(text)
    targets: dict[tuple[str, str], dict[str, int]] = {}
    for target in version.targets.select_related("domain"):
        targets.setdefault((target.group, target.unit_code), {})[target.domain.code] = target.level
    parts = [
        Part(row.domain.code, row, inside.get(row.domain.code, []), anchors.get(row.domain.code, {}))
        for row in version.domains.select_related("domain").order_by("domain__code")
    ]
    return Edition(version, parts, anchors.get("", {}), targets)


def years_valid(on: date, known_at: datetime | None = None) -> int:
    """For how many years evidence counts on the day (a dated policy row)."""
    row = EvidencePolicy.objects.at(on, known_at).order_by("-valid_from").first()
    return row.years if row is not None else 5


def too_old(on: date, years: int) -> date:
    """Evidence of this day or before no longer counts on `on`: five years to the day."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28)


def weightiest(rows: Iterable[Evidence], on: date, years: int) -> Evidence | None:
    """Which row speaks for the level on `on`: the newest verified one, else the newest of her own; none that aged out."""
    limit = too_old(on, years)
    fresh = [row for row in rows if limit < row.shown_on <= on]
    return max(fresh, key=lambda row: (row.verified, row.shown_on, row.recorded_at, row.pk or 0), default=None)


def standings(
    people: Iterable[Person | int], on: date | None = None, known_at: datetime | None = None
) -> dict[int, dict[str, Evidence]]:
    """For each person the row that speaks for each competency: two queries for any number of people."""
    day = on or timezone.localdate()
    years = years_valid(day, known_at)
    rows = (
        Evidence.objects.known(known_at)
        .filter(person__in=list(people), shown_on__gt=too_old(day, years), shown_on__lte=day)
        .select_related("competency")
    )
    found: dict[int, dict[str, list[Evidence]]] = {}
    for row in rows:
        found.setdefault(row.person_id, {}).setdefault(row.competency.code, []).append(row)
    best: dict[int, dict[str, Evidence]] = {}
    for person_id, by_code in found.items():
        for code, some in by_code.items():
            speaks = weightiest(some, day, years)
            if speaks is not None:
                best.setdefault(person_id, {})[code] = speaks
    return best


@dataclass(frozen=True)
class Line:
    """A competency of a profile: what she has, what her post needs, and what shows it."""

    text: CompetencyText
    need: int
    evidence: Evidence | None

    @property
    def code(self) -> str:
        return self.text.competency.code

    @property
    def have(self) -> int:
        return self.evidence.level if self.evidence else 0

    @property
    def gap(self) -> int:
        return max(0, self.need - self.have)


@dataclass(frozen=True)
class ProfilePart:
    """A domain of a profile."""

    part: Part
    need: int
    lines: list[Line]

    @property
    def have(self) -> float:
        return sum(line.have for line in self.lines) / len(self.lines) if self.lines else 0.0

    @property
    def gap(self) -> int:
        return sum(line.gap for line in self.lines)


@dataclass(frozen=True)
class Profile:
    """A person against the target of her post group on a day, as the register knew it at `known_at`."""

    person: Person
    on: date
    edition: Edition
    appointment: Appointment | None
    parts: list[ProfilePart]

    @property
    def gap(self) -> int:
        return sum(part.gap for part in self.parts)

    @property
    def shown(self) -> int:
        """How many competencies any evidence speaks of."""
        return sum(1 for part in self.parts for line in part.lines if line.evidence)

    @property
    def widest(self) -> list[Line]:
        """The five widest gaps, widest first."""
        lines = [line for part in self.parts for line in part.lines if line.gap]
        return sorted(lines, key=lambda line: (-line.gap, line.code))[:5]


def profile(person: Person, on: date | None = None, known_at: datetime | None = None) -> Profile:
    """Her levels of the day beside the target of her main post; a constant number of queries."""
    day = on or timezone.localdate()
    main = main_appointment(person, day, known_at)
    now = edition()
    need = now.needed(main.post.group, main.unit.code) if main else {}
    have = standings([person], day, known_at).get(person.pk, {})
    parts = [
        ProfilePart(
            part,
            need.get(part.code, 0),
            [Line(text, need.get(part.code, 0), have.get(text.competency.code)) for text in part.competencies],
        )
        for part in now.parts
    ]
    return Profile(person, day, now, main, parts)


def main_appointment(person: Person, on: date, known_at: datetime | None = None) -> Appointment | None:
    """Her main post of the day, else any; a person is counted once, by her main post (form 6-NK)."""
    rows = Appointment.objects.at(on, known_at).filter(person=person).select_related("post", "unit")
    found: Appointment | None = rows.order_by("-employment", "-valid_from").first()
    return found


def evidence_of(person: Person) -> list[Evidence]:
    """Everything ever recorded of her, newest first; struck out rows too."""
    return list(
        Evidence.objects.filter(person=person)
        .select_related("competency", "verified_by__person", "version")
        .order_by("-shown_on", "-recorded_at", "-pk")
    )


def competencies() -> list[tuple[Competency, CompetencyText]]:
    """Competencies of the published edition in order, for choices."""
    return [(row.competency, row) for part in edition().parts for row in part.competencies]


def targets(version: FrameworkVersion) -> list[Target]:
    return list(version.targets.select_related("domain").order_by("group", "unit_code", "domain__code"))
