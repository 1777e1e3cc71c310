"""Reading programmes: the catalogue, the workshop of a school, the norm of an academic hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from orken.competencies import selectors as competencies
from orken.competencies.models import CompetencyText
from orken.curriculum import checks, hours, policy
from orken.curriculum.hours import Norm
from orken.curriculum.models import HourNorm, Module, Outcome, Programme, ProgrammeVersion, Publication
from orken.network.models import Unit
from orken.network.policy import Scope


def norm(on: date | None = None, known_at: datetime | None = None) -> Norm:
    """The norm of the day (today by default), as the register knew it at `known_at`."""
    row = HourNorm.objects.at(on, known_at).order_by("-valid_from").first()
    return Norm(row.minutes, row.hours_a_day, row.hours_a_week, row.basis) if row else hours.DEFAULT


def academic_hours(minutes: int | Decimal, on: date | None = None) -> Decimal:
    """Academic hours of so many minutes by the norm of the day; a list asks `norm` once and `hours.academic` each time."""
    return hours.academic(minutes, norm(on))


def published(code: str) -> ProgrammeVersion | None:
    """The version by which a run of programme `code` is opened today; None when it is not in the catalogue."""
    row = Programme.objects.filter(code=code).select_related("published__programme__unit").first()
    return row.published if row else None


def catalogue() -> QuerySet[Programme]:
    """Programmes in the catalogue with their version and unit."""
    return Programme.objects.exclude(published=None).select_related("published", "unit")


def workshop(scope: Scope) -> QuerySet[Programme]:
    """Programmes of a scope with both versions: drafts, published, and those taken out."""
    return Programme.objects.filter(policy.in_scope(scope)).select_related("unit", "draft", "published")


def issuers(scope: Scope) -> QuerySet[Unit]:
    """Units of the scope that may own a programme."""
    return Unit.objects.filter(scope.q(), exists=True, kind__in=policy.ISSUERS)


@dataclass(frozen=True)
class OutcomeLine:
    """An outcome with the words of its competency in the framework that holds."""

    outcome: Outcome
    text: CompetencyText | None
    moved: str = ""


@dataclass(frozen=True)
class Hours:
    """Academic hours by kind of work."""

    lecture: Decimal
    practice: Decimal
    independent: Decimal
    assessment: Decimal
    total: Decimal


@dataclass(frozen=True)
class ModuleLine:
    module: Module
    hours: Hours
    moved: str = ""


@dataclass(frozen=True)
class Whole:
    """A version read whole: four queries and those of the framework."""

    version: ProgrammeVersion
    norm: Norm
    modules: list[ModuleLine]
    outcomes: list[OutcomeLine]
    hours: Hours
    problems: list[checks.Problem]

    @property
    def stopping(self) -> list[checks.Problem]:
        return checks.stopping(self.problems)

    @property
    def advice(self) -> list[checks.Problem]:
        return [problem for problem in self.problems if not problem.stops]

    def of(self, part: str) -> list[checks.Problem]:
        return [problem for problem in self.problems if problem.part == part]


def whole(version: ProgrammeVersion, on: date | None = None, moved: str = "") -> Whole:
    """A version with its modules in hours, its outcomes with the words of the framework, and its problems.

    Hours are those of the day `on`; by default of the day it was published, for a draft of today.
    `moved` («module-12-up») marks the line whose button was pressed last, so that it keeps the focus.
    """
    what, _, way = moved.rpartition("-")

    modules = list(version.modules.all())
    outcomes = list(version.outcomes.select_related("competency"))
    now, framework = norm(on) if on else norm_of(version), competencies.edition()
    known = {row.competency.code for part in framework.parts for row in part.competencies}
    return Whole(
        version,
        now,
        [ModuleLine(module, _hours([module], now), way if what == f"module-{module.pk}" else "") for module in modules],
        [
            OutcomeLine(row, framework.text(row.competency.code), way if what == f"outcome-{row.pk}" else "")
            for row in outcomes
        ],
        _hours(modules, now),
        checks.problems(version, modules, outcomes, now, known),
    )


def _hours(modules: list[Module], now: Norm) -> Hours:
    def of(kind: str) -> Decimal:
        return hours.academic(sum((getattr(module, kind) for module in modules), Decimal(0)), now)

    return Hours(of("lecture"), of("practice"), of("independent"), of("assessment"), of("minutes"))


def versions(programme: Programme) -> list[ProgrammeVersion]:
    """All versions, newest first."""
    return list(programme.versions.select_related("published_by__person").order_by("-number"))


def story(programme: Programme) -> list[Publication]:
    """How the published pointer moved, newest first."""
    return list(programme.publications.select_related("version", "previous", "by__person").order_by("-at", "-pk"))


def on_day(programme: Programme, at: datetime) -> ProgrammeVersion | None:
    """The version that stood in the catalogue at that moment."""
    last = programme.publications.filter(at__lte=at).select_related("version").order_by("-at", "-pk").first()
    return last.version if last else None


def drafts_with_parts(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """The rows with the parts of their drafts, so that a list can say what each draft lacks: four more queries."""
    return rows.prefetch_related(
        Prefetch("draft__modules", queryset=Module.objects.all()),
        Prefetch("draft__outcomes", queryset=Outcome.objects.select_related("competency")),
    )


def norms() -> list[HourNorm]:
    """The live rows of the norm, newest first."""
    return list(HourNorm.objects.live().order_by("-valid_from"))


def norm_of(version: ProgrammeVersion) -> Norm:
    """The norm by which a published version is read: that of the day it was published, else today's."""
    return norm(timezone.localdate(version.published_at) if version.published_at else None)
