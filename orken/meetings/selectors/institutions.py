"""Which institutions take part, from which regions, with how many people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from orken.kit.i18n.content import LANGUAGES
from orken.kit.ids import among
from orken.meetings import policy
from orken.meetings.models import Guest, Institution, Meeting
from orken.network import selectors as network
from orken.network.models import Unit
from orken.people.models import Account
from orken.training.models import Enrolment, Mark, Run

THERE = Q(marks__superseded_at=None, marks__aside=False, marks__state__in=Mark.THERE)


def institutions_of(meeting: Meeting) -> list[Institution]:
    rows = Institution.objects.filter(meeting=meeting.pk).select_related("unit", "region")
    return sorted(rows, key=lambda one: (one.region.sort_kk if one.region else "", one.name_kk))


def guests_of(meeting: Meeting) -> list[Guest]:
    return list(Guest.objects.filter(meeting=meeting.pk, gone_at=None).order_by("pk"))


def asked(account: Account) -> QuerySet[Any]:
    """Invitations to the libraries for which she answers, of meetings that are still to be held."""
    rows = Institution.objects.filter(policy.answers_for(account), meeting__run__state__in=Run.LIVE)
    rows = rows.exclude(state=Institution.State.LISTED)
    return rows.select_related("meeting__run__host", "unit").order_by("meeting__run__starts_on", "pk")


@dataclass(frozen=True)
class Attending:
    """A unit that took part: as the day named it, where it stood, and how many came from it."""

    unit: int | None
    name: dict[str, str]
    city: dict[str, str]
    region: int | None
    named: int  # people with a name in the attendance sheet
    counted: int  # people whom its contact counted in its room


@dataclass(frozen=True)
class Figures:
    """«Forty libraries of twelve regions», down to the rows."""

    rows: list[Attending]
    regions: list[tuple[dict[str, str], int, int]]  # name of the day, institutions, people by name
    guests: int

    @property
    def institutions(self) -> int:
        return len(self.rows)

    @property
    def named(self) -> int:
        return sum(row.named for row in self.rows)

    @property
    def counted(self) -> int:
        return sum(row.counted for row in self.rows)


def figures(meeting: Meeting, *, held: bool | None = None, listed: list[Institution] | None = None) -> Figures:
    """Who takes part, or, of a meeting that was held, who did: institutions, their regions as of the meeting's day, people.

    `held`: None decides by whether anybody is marked. Of a coming meeting a seat counts, of a held one a mark:
    whoever had a seat and did not come did not take part. Institutions that said they come are named
    with those that sent somebody; one that was only invited is not. `listed`: when they are read already.
    """
    run, on = meeting.run, meeting.run.starts_on
    seats = Enrolment.objects.filter(run=run)
    if held is None:
        held = Mark.objects.filter(session__run=run, superseded_at=None).exists()
    seats = seats.filter(THERE) if held else seats.filter(state__in=Enrolment.LIVE)
    came = dict(seats.order_by().values_list("unit").annotate(n=Count("person", distinct=True)))
    listed = list(Institution.objects.filter(meeting=meeting.pk)) if listed is None else listed
    tree = network.tree(on) if came or listed else None
    stood = _told(set(came) - {one.unit_id for one in listed}, tree)
    rows: list[Attending] = []
    for one in listed:
        named, counted = came.pop(one.unit_id, 0) if one.unit_id else 0, one.headcount or 0
        takes_part = named or counted or (not held and one.state == Institution.State.COMES)
        if takes_part:
            rows.append(Attending(one.unit_id, _texts(one, "name"), _texts(one, "city"), one.region_id, named, counted))
    rows += [Attending(pk, *stood[pk], named, 0) for pk, named in came.items() if pk in stood]
    guests = Guest.objects.filter(meeting=meeting.pk, gone_at=None, comes=True).count()
    return Figures(rows, _regions(rows, tree), guests)


def _texts(row: Any, name: str) -> dict[str, str]:
    return {code: text for code in LANGUAGES if (text := getattr(row, f"{name}_{code}", ""))}


def _told(units: set[int | None], tree: network.Tree | None) -> dict[int, tuple[dict[str, str], dict[str, str], int | None]]:  # fmt: skip
    """Name and region of units on the day of the tree, and their towns; one query."""
    wanted = [pk for pk in units if tree is not None and pk in tree.nodes]
    if tree is None or not wanted:
        return {}
    cities = {unit.pk: _texts(unit, "city") for unit in Unit.objects.filter(pk__in=among(wanted))}
    return {pk: (_texts(tree.nodes[pk], "name"), cities.get(pk, {}), region_of(tree, pk)) for pk in wanted}


def region_of(tree: network.Tree, unit: int) -> int | None:
    """Under which region the unit stood in that tree; None above all regions."""
    return next((node.id for node in tree.chain(unit) if node.kind == Unit.Kind.REGION), None)


def _regions(rows: list[Attending], tree: network.Tree | None) -> list[tuple[dict[str, str], int, int]]:
    """Regions in the order of how many institutions came from them, called as on the day."""
    found: dict[int, list[Attending]] = {}
    for row in rows:
        if row.region is not None:
            found.setdefault(row.region, []).append(row)
    told = [
        (
            _texts(tree.nodes[pk], "name") if tree is not None and pk in tree.nodes else {},
            len(some),
            sum(row.named for row in some),
        )
        for pk, some in found.items()
    ]
    return sorted(told, key=lambda line: (-line[1], line[0].get("kk", "")))


def below(unit: Unit, which: str) -> QuerySet[Unit]:
    """The units that «which» means: the unit itself, or libraries of a kind that stand under it."""
    if which == "itself":
        return Unit.objects.filter(pk=unit.pk, exists=True)
    rows = Unit.objects.filter(path__within=unit.path, exists=True)
    return rows.filter(kind__in=KINDS[which]).order_by("sort_kk", "pk")


KINDS: dict[str, tuple[str, ...]] = {
    "regional": (Unit.Kind.REPUBLICAN, Unit.Kind.REGIONAL),
    "systems": (Unit.Kind.REPUBLICAN, Unit.Kind.REGIONAL, Unit.Kind.SYSTEM),
    "branches": (Unit.Kind.REPUBLICAN, Unit.Kind.REGIONAL, Unit.Kind.SYSTEM, Unit.Kind.BRANCH),
}
