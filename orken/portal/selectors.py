"""What the public pages and the desk show: figures of the network, each with its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Length, Substr
from django.urls import reverse

from orken.curriculum import selectors as curriculum
from orken.curriculum.models import Programme
from orken.network.country_map import PLACES, letters
from orken.network.kinds import LIBRARIES
from orken.network.models import Appointment, Unit
from orken.network.policy import Scope
from orken.training import selectors as training


@dataclass(frozen=True)
class NetworkFigures:
    """How many libraries there are today, how many of them in villages, without a line, with nobody on the staff."""

    libraries: int
    rural: int
    no_line: int
    line_unknown: int
    unstaffed: int

    @property
    def rural_share(self) -> int:
        return round(100 * self.rural / self.libraries) if self.libraries else 0


def _within_outer() -> Q:
    """Units at or below the unit of the outer query, as one range of the path index."""
    path = OuterRef("path")
    after = Concat(Substr(path, 1, Length(path) - 1), Value("0"))
    return Q(path__gte=path, path__lt=after)


@dataclass(frozen=True)
class RegionTile:
    """A region on the map: how many libraries, and its shade among five."""

    unit: Unit
    libraries: int
    shade: int
    row: int
    column: int

    @property
    def name(self) -> str:
        return self.unit.short or self.unit.name

    @property
    def short(self) -> str:
        return letters(self.name)

    @property
    def full(self) -> str:
        return self.unit.name

    @property
    def value(self) -> int:
        return self.libraries

    @property
    def address(self) -> str:
        return reverse("network:region", args=[self.unit.code])


@dataclass(frozen=True)
class CountryMap:
    """The tiles and what their shades mean."""

    tiles: list[RegionTile]
    legend: list[tuple[int, str]]


def coming(today: date, most: int = 6) -> list[Any]:
    """What is on or comes next, for the home page: runs that still take applications first of all."""
    rows = training.with_seats(training.announced(today)).order_by("starts_on", "pk")
    return list(rows[:most])


def taught_at(school: Unit) -> list[Programme]:
    """Programmes of a school that stand in the catalogue, shortest first: where a newcomer begins."""
    rows = curriculum.catalogue().filter(unit=school)
    return sorted(rows, key=lambda one: (one.published.stated_hours if one.published else 0, one.code))


def coming_at(school: Unit, today: date) -> list[Any]:
    """What the school holds now or next, whoever the host is."""
    rows = training.with_seats(training.announced(today).filter(Q(host=school) | Q(version__programme__unit=school)))
    return list(rows.order_by("starts_on", "pk"))


def country_map() -> CountryMap:
    """The regions in Kazakh order; five shades of equal width from nothing to the largest region."""
    rows = [(unit, int(unit.libraries)) for unit in regions_with_libraries()]
    most = max((count for _, count in rows), default=0)
    step = max(1, -(-(most + 1) // 5))
    tiles = [
        RegionTile(unit, count, count // step + 1, *PLACES[unit.code]) for unit, count in rows if unit.code in PLACES
    ]
    return CountryMap(tiles, [(n + 1, f"{n * step}–{(n + 1) * step - 1}") for n in range(5)])


def regions_with_libraries() -> QuerySet[Any]:
    """The 20 regions in Kazakh order, each with the number of its libraries today (`libraries`)."""
    inside = (
        Unit.objects.filter(_within_outer(), kind__in=LIBRARIES, exists=True)
        .order_by()
        .values(one=Value(1))
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        Unit.objects.filter(kind=Unit.Kind.REGION, exists=True)
        .annotate(libraries=Coalesce(Subquery(inside), Value(0)))
        .order_by("sort_kk", "pk")
    )


def network_figures(scope: Scope | None = None) -> NetworkFigures:
    """Figures of the libraries in `scope`; of the whole country without one."""
    units = Unit.objects.filter(kind__in=LIBRARIES, exists=True)
    if scope is not None:
        units = units.filter(scope.q())
    return NetworkFigures(
        **units.aggregate(
            libraries=Count("pk"),
            rural=Count("pk", filter=Q(locality=Unit.Locality.RURAL)),
            no_line=Count("pk", filter=Q(internet=Unit.Internet.NONE)),
            line_unknown=Count("pk", filter=Q(internet="")),
            unstaffed=Count("pk", filter=~Exists(Appointment.objects.at().filter(unit=OuterRef("pk")))),
        )
    )


def staff_count(scope: Scope) -> int:
    """People (not posts) with an appointment in `scope` today."""
    found = Appointment.objects.at().filter(scope.q("unit__path")).aggregate(n=Count(F("person"), distinct=True))
    return int(found["n"])
