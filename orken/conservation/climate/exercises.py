"""Series for practice: three weeks of a store in which something happened, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, pi
from typing import Any

from orken.conservation.climate.alarms import Alarm, Kind, Point, alarms
from orken.conservation.vocabulary import Words
from orken.conservation.vocabulary.climate import BY_CODE, DEFAULT

DAYS, EVERY = 21, 3  # days of a series, hours between readings
ASKED = (Kind.MOULD, Kind.BRITTLE, Kind.HUMIDITY_SWING, Kind.TEMPERATURE_SWING, Kind.GAP)
W = Words

ACTIONS: dict[str, Words] = {
    "damp": W("ылғал көзін табу, ауаны құрғату, қорды қарау", "найти источник влаги, осушить воздух, осмотреть фонд", "find the source of damp, dry the air, look through the stock"),
    "heating": W("жылытуды азайту, ауаны баяу ылғалдау", "убавить отопление, медленно увлажнить воздух", "turn the heating down, humidify slowly"),
    "doors": W("есік, терезе, желдетуді тексеру", "проверить двери, окна, вентиляцию", "check doors, windows and ventilation"),
    "sun": W("жылыту мен күн түсуін тексеру", "проверить отопление и солнечный свет", "check heating and sunlight"),
    "instrument": W("аспап пен батареясын тексеру", "проверить прибор и батарею", "check the instrument and its battery"),
    "hot": W("жылытқышты барынша қосып кептіру", "включить обогреватели на полную и сушить", "dry with the heaters full on"),
    "clean": W("кітаптарды бірден дымқыл шүберекпен сүрту", "сразу протереть книги влажной тряпкой", "wipe the books with a wet cloth at once"),
    "nothing": W("бақылауды жалғастыру", "продолжать наблюдение", "go on watching"),
}  # fmt: skip
RIGHT: dict[Kind, str] = {
    Kind.MOULD: "damp",
    Kind.BRITTLE: "heating",
    Kind.HUMIDITY_SWING: "doors",
    Kind.TEMPERATURE_SWING: "sun",
    Kind.GAP: "instrument",
}


@dataclass(frozen=True)
class Truth:
    """What the series really shows."""

    points: tuple[Point, ...]
    alarms: tuple[Alarm, ...]
    mean_humidity: float

    @property
    def action(self) -> str:
        """The first thing to do: by the gravest alarm."""
        return RIGHT[self.alarms[0].kind] if self.alarms else "nothing"


def events(seed: int) -> list[dict[str, Any]]:
    """Nothing to three things that happen, never damp and drought in one series."""
    rng = random.Random(seed)
    kinds = rng.sample(
        [kind for kind in ASKED if kind is not rng.choice((Kind.MOULD, Kind.BRITTLE))], rng.choice((0, 1, 1, 2, 2, 3))
    )
    days = rng.sample(range(2, DAYS - 5, 5), len(kinds))
    return [{"kind": kind.value, "day": day} for kind, day in zip(kinds, days, strict=True)]


def series(seed: int, happened: Sequence[Mapping[str, Any]], start: datetime) -> tuple[Point, ...]:
    """A calm store with what `happened` laid over it."""
    rng = random.Random(seed * 7919 + 1)
    temperature, humidity = rng.uniform(17, 19), rng.uniform(53, 57)
    found: list[Point] = []
    for step in range(DAYS * 24 // EVERY):
        at = start + timedelta(hours=step * EVERY)
        day = step * EVERY / 24
        wave = cos((at.hour - 15) / 24 * 2 * pi)
        t = temperature + 0.35 * wave + rng.uniform(-0.15, 0.15)
        h = humidity - 0.9 * wave + rng.uniform(-0.5, 0.5)
        lost = False
        for one in happened:
            inside = one["day"] <= day < one["day"] + 3
            match one["kind"]:
                case "mould" if inside:
                    h += 70 - humidity + rng.uniform(-1, 2)
                case "brittle" if inside:
                    h += 26 - humidity
                case "humidity_swing" if one["day"] <= day < one["day"] + 1:
                    h -= 5 * wave
                case "temperature_swing" if one["day"] <= day < one["day"] + 1:
                    t += 2 * wave
                case "gap" if one["day"] + 0.4 <= day < one["day"] + 2.4:
                    lost = True
        if not lost:
            found.append(Point(at, round(t, 1), round(min(max(h, 5), 95), 1)))
    return tuple(found)


def truth(payload: Mapping[str, Any]) -> Truth:
    """What a drawn payload shows, by the same alarms as the real rooms."""
    start = datetime.fromisoformat(payload.get("start", "2026-02-02"))
    points = series(int(payload["seed"]), payload.get("events", ()), start)
    norm = BY_CODE.get(payload.get("norm", DEFAULT), BY_CODE[DEFAULT])
    found = tuple(alarm for alarm in alarms(points, norm) if alarm.kind in ASKED)
    return Truth(points, found, sum(one.humidity for one in points) / len(points))
