"""Reading the network: today from the units themselves, any other day from the dated facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from orken.kit.i18n.content import Translated
from orken.network.kinds import LIBRARIES
from orken.network.models import Appointment, RoleAssignment, Unit, UnitName, UnitPlace, UnitTraits
from orken.network.policy import Scope
from orken.people.models import Person


def units_in(scope: Scope) -> QuerySet[Unit]:
    """Units that exist today inside `scope`, in no particular order."""
    return Unit.objects.filter(scope.q(), exists=True)


def staff_today() -> QuerySet[Appointment]:
    """Appointments that hold today."""
    return cast("QuerySet[Appointment]", Appointment.objects.at())


@dataclass(frozen=True)
class Node:
    """A unit as it stood on a day: its name and parent of that day."""

    id: int
    code: str
    kind: str
    name_kk: str
    name_ru: str
    name_en: str
    parent_id: int | None

    name = Translated("name")


@dataclass(frozen=True)
class Tree:
    """The tree of a day, `on`, as the register knew it at `known_at`."""

    on: date
    known_at: datetime | None
    nodes: dict[int, Node]
    children: dict[int | None, list[int]] = field(repr=False)

    def below(self, unit_id: int) -> Iterator[Node]:
        """The unit and all below it, parents first."""
        waiting = [unit_id] if unit_id in self.nodes else []
        while waiting:
            node = self.nodes[waiting.pop()]
            yield node
            waiting.extend(reversed(self.children.get(node.id, [])))

    def chain(self, unit_id: int) -> list[Node]:
        """From the root down to the unit."""
        line: list[Node] = []
        node = self.nodes.get(unit_id)
        while node is not None:
            line.append(node)
            node = self.nodes.get(node.parent_id) if node.parent_id else None
        return line[::-1]


def tree(on: date, known_at: datetime | None = None) -> Tree:
    """The whole tree of a day in two queries (4,000 units: one page's worth of time)."""
    names = {
        unit_id: texts
        for unit_id, *texts in UnitName.objects.at(on, known_at).values_list("unit_id", "name_kk", "name_ru", "name_en")
    }
    nodes: dict[int, Node] = {}
    children: dict[int | None, list[int]] = {}
    for unit_id, code, kind, parent_id in (
        UnitPlace.objects.at(on, known_at)
        .order_by("unit__sort_kk")
        .values_list("unit_id", "unit__code", "unit__kind", "parent_id")
    ):
        name_kk, name_ru, name_en = names.get(unit_id, (code, "", ""))
        nodes[unit_id] = Node(unit_id, code, kind, name_kk, name_ru, name_en, parent_id)
        children.setdefault(parent_id, []).append(unit_id)
    return Tree(on, known_at, nodes, children)


@dataclass(frozen=True)
class UnitOnDay:
    """A unit as it was on the day `on`, as the register knew it at `known_at` (None: as it knows today)."""

    unit: Unit
    on: date
    known_at: datetime | None
    name: UnitName | None
    traits: UnitTraits | None
    above: list[Node]
    below: list[Node]
    staff: list[Appointment]

    @property
    def existed(self) -> bool:
        return bool(self.above)


def unit_on_day(unit: Unit, on: date, known_at: datetime | None = None, *, with_staff: bool = False) -> UnitOnDay:
    """Everything that the page of a unit tells of one day: a constant number of queries, whatever is below it."""
    name = UnitName.objects.at(on, known_at).filter(unit=unit).first()
    traits = UnitTraits.objects.at(on, known_at).filter(unit=unit).first()
    below = list(
        UnitPlace.objects.at(on, known_at)
        .filter(parent=unit)
        .select_related("unit")
        .order_by("unit__kind", "unit__sort_kk")
    )
    names = {
        row.unit_id: row for row in UnitName.objects.at(on, known_at).filter(unit__in=[row.unit_id for row in below])
    }
    staff: list[Appointment] = []
    if with_staff:
        staff = list(
            Appointment.objects.at(on, known_at)
            .filter(unit=unit, person__blocked_at=None)
            .select_related("person", "post")
            .order_by("person__sort_kk", "employment")
        )
    return UnitOnDay(
        unit, on, known_at, name, traits, _above(unit, on, known_at),
        [_node(row.unit, names.get(row.unit_id), unit.pk) for row in below], staff,
    )  # fmt: skip


def _node(unit: Unit, name: UnitName | None, parent_id: int | None) -> Node:
    held = name or unit
    return Node(unit.pk, unit.code, unit.kind, held.name_kk, held.name_ru, held.name_en, parent_id)


def _above(unit: Unit, on: date, known_at: datetime | None) -> list[Node]:
    """From the root down to the unit itself on that day; empty when it did not exist."""
    # Those above it today are asked for at once; on another day it may have stood elsewhere.
    today = [int(part) for part in unit.path.strip("/").split("/")]
    places = {
        row.unit_id: row for row in UnitPlace.objects.at(on, known_at).filter(unit__in=today).select_related("unit")
    }
    line: list[Unit] = []
    parents: dict[int, int | None] = {}
    seek: int | None = unit.pk
    while seek is not None and len(line) < 12:
        place = places.get(seek) or UnitPlace.objects.at(on, known_at).filter(unit=seek).select_related("unit").first()
        if place is None:
            break
        line.append(place.unit)
        parents[place.unit_id] = place.parent_id
        seek = place.parent_id
    names = {row.unit_id: row for row in UnitName.objects.at(on, known_at).filter(unit__in=line)}
    return [_node(found, names.get(found.pk), parents[found.pk]) for found in reversed(line)]


@dataclass(frozen=True)
class Chapter:
    """A line of a unit's history: since when, what it was called and where it stood."""

    since: date
    names: list[UnitName]
    places: list[UnitPlace]
    closed: bool


def story(unit: Unit) -> list[Chapter]:
    """The unit's history, newest first: its names, its places, its closing."""
    names = list(UnitName.objects.live().filter(unit=unit))
    places = list(UnitPlace.objects.live().filter(unit=unit).select_related("parent").order_by("valid_from"))
    closings = {
        place.valid_to
        for place in places
        if place.valid_to and not any(row.valid_from == place.valid_to for row in places)
    }
    days = sorted({row.valid_from for row in [*names, *places]} | closings, reverse=True)
    return [
        Chapter(
            day,
            [row for row in names if row.valid_from == day],
            [row for row in places if row.valid_from == day],
            day in closings,
        )
        for day in days
    ]


def known_names(unit: Unit) -> list[tuple[date, object]]:
    """Every name that the register knows of the unit, by its first day."""
    return [(row.valid_from, row.name) for row in UnitName.objects.live().filter(unit=unit).order_by("valid_from")]


def known_traits(unit: Unit) -> list[tuple[date, object]]:
    """The same of its traits, told by what is most often looked for."""
    rows = UnitTraits.objects.live().filter(unit=unit).order_by("valid_from")
    return [
        (
            row.valid_from,
            ", ".join(str(one) for one in (row.get_locality_display(), row.get_internet_display(), row.address) if one)
            or "—",
        )
        for row in rows
    ]


def known_places(unit: Unit) -> list[tuple[date, object]]:
    """The same of the units under which it stands."""
    rows = UnitPlace.objects.live().filter(unit=unit).select_related("parent").order_by("valid_from")
    return [(row.valid_from, row.parent.name if row.parent else "—") for row in rows]


@dataclass(frozen=True)
class PersonView:
    """A person as one reader may see her: only what stands in the reader's scope."""

    person: Person
    appointments: list[Appointment]
    roles: list[RoleAssignment]

    @property
    def today(self) -> list[Appointment]:
        day = timezone.localdate()
        return [row for row in self.appointments if row.holds(day)]

    @property
    def past(self) -> list[Appointment]:
        day = timezone.localdate()
        return [row for row in self.appointments if not row.holds(day)]


def person_view(person: Person, scope: Scope) -> PersonView:
    """Her live appointments, newest first, and today's roles, inside `scope`."""
    appointments = (
        Appointment.objects.live()
        .filter(scope.q("unit__path"), person=person)
        .select_related("unit", "post")
        .order_by("-valid_from")
    )
    roles = RoleAssignment.objects.at().filter(scope.q("unit__path"), person=person).select_related("unit")
    return PersonView(person, list(appointments), list(roles))


@dataclass(frozen=True)
class RegionView:
    """What anybody may know of a region."""

    library: Unit | None
    districts: list[Any]
    others: list[Unit]
    libraries: int
    rural: int
    lines: dict[str, int]


def region_view(region: Unit) -> RegionView:
    """The region's library, its district systems with the number of branches, and its figures."""
    inside = Unit.objects.filter(path__within=region.path, exists=True, kind__in=LIBRARIES)
    figures = inside.aggregate(
        libraries=Count("pk"),
        rural=Count("pk", filter=Q(locality=Unit.Locality.RURAL)),
        good=Count("pk", filter=Q(internet=Unit.Internet.GOOD)),
        weak=Count("pk", filter=Q(internet=Unit.Internet.WEAK)),
        none=Count("pk", filter=Q(internet=Unit.Internet.NONE)),
    )
    direct = list(
        Unit.objects.filter(parent=region, exists=True)
        .annotate(branches=Count("children", filter=Q(children__exists=True)))
        .order_by("sort_kk")
    )
    return RegionView(
        library=next((unit for unit in direct if unit.code == f"{region.code}-LIB"), None),
        districts=[unit for unit in direct if unit.kind == Unit.Kind.SYSTEM],
        others=[unit for unit in direct if unit.kind not in (Unit.Kind.SYSTEM, Unit.Kind.REGIONAL)],
        libraries=figures["libraries"],
        rural=figures["rural"],
        lines={line: figures[line] for line in ("good", "weak", "none")},
    )


# --- codes ---


def next_code(under: Unit) -> str:
    """The first free number under a system of branches («KZ-55-D02-07»); empty where codes are no numbers."""
    taken = Unit.objects.filter(code__startswith=f"{under.code}-").values_list("code", flat=True)
    numbers = [int(tail) for code in taken if (tail := code.removeprefix(f"{under.code}-")).isdecimal()]
    return f"{under.code}-{max(numbers) + 1:02d}" if numbers else ""


def region_of_code(code: str, units: Mapping[str, Unit] | None = None) -> Unit | None:
    """The region whose units have codes that begin so: KZ-39-D01 → KZ-39. `units` by code, when they are read already."""
    begins = "-".join(code.split("-")[:2])
    found = units.get(begins) if units is not None else Unit.objects.filter(code=begins).first()
    return found if found is not None and found.kind == Unit.Kind.REGION and begins != code else None
