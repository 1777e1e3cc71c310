"""Which institutions take part, from which regions, with how many people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.ids import among
from orken.kit.text.sorting import sort_key
from orken.meetings import policy
from orken.meetings.models import Guest, Institution, Meeting, Speaker
from orken.meetings.selectors.programme import over
from orken.network import selectors as network
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import policy as training
from orken.training.models import Enrolment, Mark, Run

THERE = Q(marks__superseded_at=None, marks__aside=False, marks__state__in=Mark.THERE)


def institutions_of(meeting: Meeting) -> list[Institution]:
    rows = Institution.objects.filter(meeting=meeting.pk).select_related("unit", "region")
    return sorted(
        rows, key=lambda one: (one.region.sort_kk if one.region else "", sort_key(text_of(one, "name").value), one.pk)
    )


def guests_of(meeting: Meeting) -> list[Guest]:
    """Those on the list, also with a link that is shut; a speaker without an account stands in the programme, not here."""
    return list(Guest.objects.filter(meeting=meeting.pk, erased_at=None, speaker=None).order_by("pk"))


def asked(account: Account) -> QuerySet[Any]:
    """Invitations to the libraries for which she answers; once the meeting was held those alone that took part: they say how many sat there."""
    rows = Institution.objects.filter(policy.answers_for(account), meeting__run__state__in=Run.LIVE)
    rows = rows.exclude(state=Institution.State.LISTED)
    rows = rows.exclude(
        Q(meeting__run__ends_on__lt=timezone.localdate()) | over("meeting"), state=Institution.State.INVITED
    )
    return rows.select_related("meeting__run__host", "unit").order_by("meeting__run__starts_on", "pk")


@dataclass(frozen=True)
class Unanswered:
    """A coming meeting and how many of those whom it asked have said nothing."""

    run: Run
    libraries: int
    speakers: int


def with_open_answers(account: Account) -> QuerySet[Run]:
    """Runs that she organises and whose invitations wait for answers, with how many of each (`libraries`, `speakers`)."""
    asked_speakers = Q(meeting__speakers__answer=Speaker.Answer.ASKED, meeting__speakers__asked_at__isnull=False)
    rows = Run.objects.filter(training.managed(account), state__in=Run.LIVE, ends_on__gte=timezone.localdate(), meeting__isnull=False).annotate(
        libraries=Count("meeting__institutions", distinct=True, filter=Q(meeting__institutions__state=Institution.State.INVITED)),
        speakers=Count("meeting__speakers", distinct=True, filter=asked_speakers),
    )  # fmt: skip
    return rows.filter(Q(libraries__gt=0) | Q(speakers__gt=0)).order_by("starts_on", "pk")


def unanswered(account: Account) -> list[Unanswered]:
    """Meetings that she organises and that wait for answers, the nearest first. One query."""
    return [Unanswered(run, run.libraries, run.speakers) for run in with_open_answers(account)]  # type: ignore[attr-defined]  # annotated


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
    guests: int  # that said they come
    guests_there: int = 0  # whom a live room counted, speakers without an account among them
    called: dict[int, dict[str, str]] = field(default_factory=dict)  # each of these regions, by the name of the day

    @property
    def institutions(self) -> int:
        return len(self.rows)

    @property
    def named(self) -> int:
        return sum(row.named for row in self.rows)

    @property
    def counted(self) -> int:
        return sum(row.counted for row in self.rows)

    @property
    def people_named(self) -> int:
        """People who took part by name: those of the attendance sheet, and guests whom a live room counted."""
        return self.named + self.guests_there

    @property
    def people(self) -> int:
        """«Took part», wherever it is said: by name, and counted in rooms."""
        return self.people_named + self.counted


def figures(
    meeting: Meeting, *, held: bool | None = None, listed: list[Institution] | None = None, people: Collection[int] = (), guests: Collection[int] = (),
) -> Figures:  # fmt: skip
    """Who takes part, or, of a meeting that was held, who did: institutions, their regions as of the meeting's day, people.

    `held`: None decides by whether anybody is marked. Of a coming meeting a seat counts, of a held one a mark:
    whoever had a seat and did not come did not take part. Institutions that said they come are named
    with those that sent somebody; one that was only invited is not. `listed`: when they are read already.
    `people`, `guests`: who was in a live room and stands in no sheet yet; of `people` those with a seat count.
    """
    run, on = meeting.run, meeting.run.starts_on
    seats = Enrolment.objects.filter(run=run)
    if held is None:
        held = Mark.objects.filter(session__run=run, superseded_at=None).exists()
    if held and people:
        seats = seats.filter(THERE | Q(person__in=list(people)) & ~Q(state=Enrolment.State.WITHDRAWN))
    else:
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
    outside = Guest.objects.filter(meeting=meeting.pk).aggregate(
        come=Count("pk", filter=Q(gone_at=None, comes=True, speaker=None)),
        there=Count("pk", filter=Q(minutes__gt=0) | Q(pk__in=list(guests))),
    )
    called = {row.region: _called(row.region, tree) for row in rows if row.region is not None}
    return Figures(rows, _regions(rows, called), outside["come"], outside["there"] if held else 0, called)


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


def _called(region: int, tree: network.Tree | None) -> dict[str, str]:
    return _texts(tree.nodes[region], "name") if tree is not None and region in tree.nodes else {}


def _regions(rows: list[Attending], called: dict[int, dict[str, str]]) -> list[tuple[dict[str, str], int, int]]:
    """Regions in the order of how many institutions came from them, called as on the day."""
    found: dict[int, list[Attending]] = {}
    for row in rows:
        if row.region is not None:
            found.setdefault(row.region, []).append(row)
    told = [(called[pk], len(some), sum(row.named for row in some)) for pk, some in found.items()]
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
