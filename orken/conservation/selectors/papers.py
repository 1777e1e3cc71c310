"""Passports and rooms as their pages need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from orken.conservation.climate.alarms import Alarm, Day, Point, alarms, days, share_within
from orken.conservation.models import Passport, Reading, Room
from orken.conservation.vocabulary import climate as norms
from orken.conservation.vocabulary.climate import NormSet
from orken.network.policy import Scope

PERIODS = {"7": 7, "30": 30, "90": 90, "365": 365}


def passports_in(scope: Scope) -> QuerySet[Passport]:
    """The passports that stand today: drafts and issued ones, each item's newest; superseded ones live on its page."""
    return (
        Passport.objects.filter(scope.q("item__unit__path"))
        .exclude(state=Passport.State.SUPERSEDED)
        .select_related("item__unit", "examiner")
        .annotate(damage_count=Count("damages", distinct=True), worst=Max("damages__severity"))
    )


def passport(scope: Scope, pk: int) -> Passport | None:
    return (
        Passport.objects.filter(scope.q("item__unit__path"), pk=pk)
        .select_related("item__unit", "examiner", "mentor", "approved_by", "issued_by", "overview")
        .first()
    )


def by_number(scope: Scope, number: str) -> Passport | None:
    """The passport that a printed number leads to: the issued version, else the draft."""
    found = Passport.objects.filter(scope.q("item__unit__path"), item__number=number)
    return found.filter(state=Passport.State.ISSUED).first() or found.order_by("-version").first()


def counts(scope: Scope) -> dict[str, int]:
    """How many items of the scope stand in each class, and how many wait for an inspection."""
    standing = Passport.objects.filter(scope.q("item__unit__path")).exclude(state=Passport.State.SUPERSEDED)
    row = standing.aggregate(
        all=Count("item", distinct=True),
        I=Count("pk", filter=Q(object_class="I")),
        II=Count("pk", filter=Q(object_class="II")),
        III=Count("pk", filter=Q(object_class="III")),
        IV=Count("pk", filter=Q(object_class="IV")),
        due=Count("pk", filter=Q(next_on__lte=timezone.localdate())),
    )
    return {key: value or 0 for key, value in row.items()}


# --- climate ---


@dataclass(frozen=True)
class RoomNow:
    """A room in the list: its last reading and the alarms of the last thirty days."""

    room: Room
    norm: NormSet
    last: Point | None
    alarms: tuple[Alarm, ...]

    @property
    def grave(self) -> bool:
        return any(alarm.kind.grave for alarm in self.alarms)


@dataclass(frozen=True)
class RoomPeriod:
    """A room over a period: readings, days, alarms, and how much lies within the norm."""

    points: list[Point]
    days: list[Day]
    alarms: list[Alarm]
    within: float | None
    since: datetime
    until: datetime


def rooms_in(scope: Scope) -> QuerySet[Room]:
    return (
        Room.objects.filter(scope.q("unit__path"), closed_on=None)
        .select_related("unit")
        .order_by("unit__sort_kk", "name_kk")
    )


def closed_rooms(scope: Scope) -> QuerySet[Room]:
    """The rooms that are watched no more."""
    return Room.objects.filter(scope.q("unit__path"), closed_on__isnull=False).select_related("unit").order_by("-closed_on", "name_kk")  # fmt: skip


def room(scope: Scope, pk: int) -> Room | None:
    return Room.objects.filter(scope.q("unit__path"), pk=pk).select_related("unit").first()


def norm_of(found: Room) -> NormSet:
    return norms.BY_CODE.get(found.norm_set, norms.BY_CODE[norms.DEFAULT])


def rooms_now(scope: Scope) -> list[RoomNow]:
    """Every room of the scope with the alarms of its last thirty days of readings, in two queries."""
    rooms = list(rooms_in(scope).annotate(last_at=Max("readings__at", filter=Q(readings__superseded_at=None))))
    found: dict[int, list[Point]] = {one.pk: [] for one in rooms}
    recent = Q(pk__in=[])
    for one in rooms:
        if one.last_at is not None:
            recent |= Q(room_id=one.pk, at__gt=one.last_at - timedelta(days=30))
    if any(one.last_at for one in rooms):
        rows = Reading.objects.filter(recent, superseded_at=None).order_by("at")
        for room_id, at, temperature, humidity in rows.values_list("room_id", "at", "temperature", "humidity"):
            found[room_id].append(_point(at, temperature, humidity))
    return [
        RoomNow(one, norm_of(one), points[-1] if (points := found[one.pk]) else None, tuple(alarms(points, norm_of(one))))
        for one in rooms
    ]  # fmt: skip


def period(found: Room, length: int) -> RoomPeriod:
    """The last `length` days of a room, counted back from its last reading."""
    last = Reading.objects.filter(room=found, superseded_at=None).aggregate(last=Max("at"))["last"]
    until = last or timezone.now()
    since = until - timedelta(days=length)
    rows = Reading.objects.filter(room=found, superseded_at=None, at__gt=since, at__lte=until).order_by("at")
    points = [_point(*row) for row in rows.values_list("at", "temperature", "humidity")]
    norm = norm_of(found)
    return RoomPeriod(
        points, days(points), alarms(points, norm), share_within(points, norm),
        timezone.localtime(since).replace(tzinfo=None), timezone.localtime(until).replace(tzinfo=None),
    )  # fmt: skip


def _point(at: datetime, temperature: object, humidity: object) -> Point:
    return Point(timezone.localtime(at).replace(tzinfo=None), float(str(temperature)), float(str(humidity)))
