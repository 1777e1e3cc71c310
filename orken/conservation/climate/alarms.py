"""Alarms out of a series of readings (conservation.md §1.3).

Mould: over 65 % for 48 hours or more. Brittle: under 30 %. Swings: more than the norm set allows within a day
(5 % of humidity or 2 °C where it says nothing else). Outside: a day's mean outside the norm set. Gap: nobody measured.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from orken.conservation.vocabulary import Words
from orken.conservation.vocabulary.climate import BRITTLE_HUMIDITY, MOULD_HOURS, MOULD_HUMIDITY, NormSet

GAP = timedelta(hours=36)
JOINED = timedelta(hours=26)  # readings nearer than this speak of one spell: two a day are enough


@dataclass(frozen=True)
class Point:
    """One reading: local time, °C, %."""

    at: datetime
    temperature: float
    humidity: float


class Kind(StrEnum):
    """What is wrong. The order is that of gravity."""

    MOULD = "mould"
    BRITTLE = "brittle"
    HUMIDITY_SWING = "humidity_swing"
    TEMPERATURE_SWING = "temperature_swing"
    OUTSIDE = "outside"
    GAP = "gap"

    @property
    def words(self) -> Words:
        return _TEXTS[self.value][0]

    @property
    def advice(self) -> Words:
        return _TEXTS[self.value][1]

    @property
    def grave(self) -> bool:
        return self in (Kind.MOULD, Kind.BRITTLE)


_TEXTS: dict[str, tuple[Words, Words]] = {
    "mould": (
        Words("48 сағаттан ұзақ 65 %-дан жоғары: зең қаупі", "Выше 65 % дольше 48 часов: опасность плесени", "Over 65 % for more than 48 hours: danger of mould"),
        Words("Бүгін ылғал көзін табыңыз, ауаны құрғатыңыз, төменгі сөрелер мен түптерді қараңыз.", "Сегодня найдите источник влаги, осушите воздух, осмотрите нижние полки и корешки.", "Today find the source of damp, dry the air, look at the lowest shelves and the spines."),
    ),
    "brittle": (
        Words("30 %-дан төмен: қағаз морттанады", "Ниже 30 %: бумага становится ломкой", "Under 30 %: paper grows brittle"),
        Words("Жылытуды азайтыңыз, морт құжатты бермеңіз.", "Убавьте отопление, ломкое не выдавайте.", "Turn the heating down, hand nothing brittle out."),
    ),
    "humidity_swing": (
        Words("Ылғалдылықтың тәуліктік ауытқуы үлкен", "Большой суточный скачок влажности", "A large swing of humidity within a day"),
        Words("Есік-терезені, желдетуді тексеріңіз.", "Проверьте двери, окна, вентиляцию.", "Check doors, windows and ventilation."),
    ),
    "temperature_swing": (
        Words("Температураның тәуліктік ауытқуы үлкен", "Большой суточный скачок температуры", "A large swing of temperature within a day"),
        Words("Жылыту мен күн түсуін тексеріңіз.", "Проверьте отопление и солнце.", "Check the heating and the sun."),
    ),
    "outside": (
        Words("Тәуліктік орташа мән таңдалған нормадан тыс", "Среднее за сутки вне выбранной нормы", "The day's mean is outside the chosen norm"),
        Words("Себебін іздеңіз; баяу өзгертіңіз, күрт емес.", "Ищите причину; меняйте медленно, не рывком.", "Look for the cause; change it slowly, not at a jerk."),
    ),
    "gap": (
        Words("36 сағаттан ұзақ өлшем жоқ", "Нет показаний дольше 36 часов", "No reading for more than 36 hours"),
        Words("Аспапты, батареясын, журналды тексеріңіз.", "Проверьте прибор, батарею, журнал.", "Check the instrument, its battery, the log."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Alarm:
    """One spell: from the first reading that shows it to the last; `value` is its extreme."""

    kind: Kind
    since: datetime
    until: datetime
    value: float

    @property
    def hours(self) -> float:
        return (self.until - self.since).total_seconds() / 3600

    @property
    def unit(self) -> str:
        return "°C" if self.kind is Kind.TEMPERATURE_SWING else "h" if self.kind is Kind.GAP else "%"


@dataclass(frozen=True)
class Day:
    """A day as its readings tell it."""

    on: date
    count: int
    temperature: tuple[float, float, float]  # least, mean, most
    humidity: tuple[float, float, float]

    @property
    def temperature_swing(self) -> float:
        return self.temperature[2] - self.temperature[0]

    @property
    def humidity_swing(self) -> float:
        return self.humidity[2] - self.humidity[0]


def days(points: Iterable[Point]) -> list[Day]:
    """Least, mean and most of each day that has a reading."""
    groups: dict[date, list[Point]] = {}
    for point in points:
        groups.setdefault(point.at.date(), []).append(point)
    return [
        Day(on, len(group), _three([one.temperature for one in group]), _three([one.humidity for one in group]))
        for on, group in sorted(groups.items())
    ]  # fmt: skip


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    return min(values), sum(values) / len(values), max(values)


def alarms(points: Sequence[Point], norm: NormSet) -> list[Alarm]:
    """Every alarm of the series, the gravest kinds first, then by time. `points` in order of time."""
    by_day = days(points)
    found = [
        *_spells(points, Kind.MOULD, lambda one: one.humidity > MOULD_HUMIDITY, max, least_hours=MOULD_HOURS),
        *_spells(points, Kind.BRITTLE, lambda one: one.humidity < BRITTLE_HUMIDITY, min),
        *_days(by_day, Kind.HUMIDITY_SWING, lambda day: day.humidity_swing, norm.daily_humidity),
        *_days(by_day, Kind.TEMPERATURE_SWING, lambda day: day.temperature_swing, norm.daily_temperature),
        *_outside(by_day, norm),
        *_gaps(points),
    ]
    order = list(Kind)
    return sorted(found, key=lambda alarm: (order.index(alarm.kind), alarm.since))


def _spells(
    points: Sequence[Point],
    kind: Kind,
    wrong: Callable[[Point], bool],
    extreme: Callable[[Iterable[float]], float],
    least_hours: float = 0,
) -> list[Alarm]:
    """Runs of readings that are all wrong, none further from the next than JOINED."""
    found: list[Alarm] = []
    run: list[Point] = []
    for point in [*points, None]:
        if point is not None and wrong(point) and (not run or point.at - run[-1].at <= JOINED):
            run.append(point)
            continue
        if run and (run[-1].at - run[0].at).total_seconds() / 3600 >= least_hours:
            found.append(Alarm(kind, run[0].at, run[-1].at, extreme(one.humidity for one in run)))
        run = [point] if point is not None and wrong(point) else []
    return found


def _days(by_day: Sequence[Day], kind: Kind, swing: Callable[[Day], float], most: float) -> list[Alarm]:
    """Days in a row whose swing is over `most` make one alarm."""
    return _runs(by_day, kind, lambda day: swing(day) > most + 1e-9, swing)


def _outside(by_day: Sequence[Day], norm: NormSet) -> list[Alarm]:
    if norm.humidity is None:
        return []
    least, most = norm.humidity

    def wrong(day: Day) -> bool:
        return not least <= day.humidity[1] <= most or (
            norm.temperature is not None and not norm.temperature[0] <= day.temperature[1] <= norm.temperature[1]
        )

    return _runs(by_day, Kind.OUTSIDE, wrong, lambda day: day.humidity[1])


def _runs(
    by_day: Sequence[Day], kind: Kind, wrong: Callable[[Day], bool], value: Callable[[Day], float]
) -> list[Alarm]:
    found: list[Alarm] = []
    run: list[Day] = []
    for day in [*by_day, None]:
        if day is not None and wrong(day) and (not run or day.on - run[-1].on == timedelta(days=1)):
            run.append(day)
            continue
        if run:
            start, end = (
                datetime.combine(run[0].on, datetime.min.time()),
                datetime.combine(run[-1].on, datetime.max.time()),
            )
            found.append(Alarm(kind, start, end.replace(microsecond=0), max((value(one) for one in run), key=abs)))
        run = [day] if day is not None and wrong(day) else []
    return found


def _gaps(points: Sequence[Point]) -> list[Alarm]:
    return [
        Alarm(Kind.GAP, one.at, other.at, round((other.at - one.at).total_seconds() / 3600, 1))
        for one, other in itertools.pairwise(points)
        if other.at - one.at > GAP
    ]


def share_within(points: Sequence[Point], norm: NormSet) -> float | None:
    """The share of readings inside the norm set, 0 to 1; None where the set has no figures."""
    if not points or norm.humidity is None:
        return None

    def good(one: Point) -> bool:
        assert norm.humidity is not None
        inside = norm.humidity[0] <= one.humidity <= norm.humidity[1]
        return inside and (norm.temperature is None or norm.temperature[0] <= one.temperature <= norm.temperature[1])

    return sum(good(one) for one in points) / len(points)
