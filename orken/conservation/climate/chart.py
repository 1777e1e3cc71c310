"""The chart of a room, drawn on the server: two bands, the norm behind, alarms marked; readable without colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from orken.conservation.climate.alarms import Alarm, Kind, Point, days
from orken.conservation.vocabulary.climate import MOULD_HUMIDITY, NormSet

WIDTH, LEFT, RIGHT = 900, 46, 12
PANEL, GAP, TOP = 170, 34, 18
DENSE = 400  # over so many readings the line is the daily mean and the day's range a band round it


@dataclass(frozen=True)
class Labels:
    """The words of the chart in the reader's language."""

    title: str
    humidity: str
    temperature: str
    norm: str
    alarm: str


@dataclass(frozen=True)
class _Panel:
    top: float
    least: float
    most: float
    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        whole = max((self.end - self.start).total_seconds(), 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * (at - self.start).total_seconds() / whole

    def y(self, value: float) -> float:
        inside = min(max(value, self.least), self.most)
        return self.top + PANEL * (self.most - inside) / (self.most - self.least)


def svg(points: Sequence[Point], norm: NormSet, alarms: Sequence[Alarm], labels: Labels) -> str:
    """SVG text; an empty series gives an empty frame."""
    height = TOP + 2 * PANEL + GAP + 28
    start = points[0].at if points else datetime(2026, 1, 1)
    end = max(points[-1].at if points else start, start + timedelta(hours=1))
    humid = _panel(TOP, [one.humidity for one in points] + list(norm.humidity or ()) + [MOULD_HUMIDITY], start, end, 5)
    warm = _panel(TOP + PANEL + GAP, [one.temperature for one in points] + list(norm.temperature or ()), start, end, 2)
    parts = [f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label={quoteattr(labels.title)}>']
    for alarm in alarms:
        if alarm.kind in (Kind.MOULD, Kind.BRITTLE):
            x0, x1 = humid.x(max(alarm.since, start)), humid.x(min(alarm.until, end))
            parts.append(
                f'<rect class="alarm" x="{x0:.1f}" y="{humid.top}" width="{max(x1 - x0, 2):.1f}" height="{PANEL}"/>'
                f'<text class="alarm" x="{(x0 + x1) / 2:.1f}" y="{humid.top + 13}" text-anchor="middle">{escape(labels.alarm)}</text>'
            )
    parts += _frame(humid, norm.humidity, labels.humidity, labels.norm, "%")
    parts += _frame(warm, norm.temperature, labels.temperature, labels.norm, "°C")
    y65 = humid.y(MOULD_HUMIDITY)
    parts.append(f'<path class="limit" d="M{LEFT} {y65:.1f}H{WIDTH - RIGHT}"/>')
    parts += _line(points, humid, lambda one: one.humidity, 1)
    parts += _line(points, warm, lambda one: one.temperature, 0)
    parts += _dates(warm, start, end)
    return "".join([*parts, "</svg>"])


def _panel(top: float, values: Sequence[float], start: datetime, end: datetime, step: int) -> _Panel:
    least, most = (min(values), max(values)) if values else (0, 10)
    low, high = step * int(least // step), step * int(-(-most // step))
    return _Panel(top, low, max(high, low + 2 * step), start, end)


def _frame(panel: _Panel, band: tuple[float, float] | None, title: str, norm: str, unit: str) -> list[str]:
    parts = []
    if band is not None:
        y0, y1 = panel.y(band[1]), panel.y(band[0])
        parts.append(
            f'<rect class="norm" x="{LEFT}" y="{y0:.1f}" width="{WIDTH - LEFT - RIGHT}" height="{max(y1 - y0, 1):.1f}"/>'
        )
    span = panel.most - panel.least
    step = next((one for one in (1, 2, 5, 10, 20) if span / one <= 6), 50)
    value = step * -(-panel.least // step)
    while value <= panel.most:
        y = panel.y(value)
        parts.append(
            f'<path class="gridline" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/><text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
        )
        value += step
    figures = f" · {escape(norm)} {band[0]:g}–{band[1]:g} {unit}" if band is not None else ""
    parts.append(f'<text class="axis" x="{LEFT}" y="{panel.top - 6}">{escape(title)}{figures}</text>')
    return parts  # fmt: skip


def _line(points: Sequence[Point], panel: _Panel, value: Callable[[Point], float], which: int) -> list[str]:
    if not points:
        return []
    if len(points) <= DENSE:
        pieces = []
        for place, one in enumerate(points):
            broken = place == 0 or one.at - points[place - 1].at > timedelta(hours=36)
            pieces.append(f"{'M' if broken else 'L'}{panel.x(one.at):.1f} {panel.y(value(one)):.1f}")
        return [f'<path class="{"rh" if which else "t"}line" d="{"".join(pieces)}"/>']
    by_day = days(points)
    noon = [datetime.combine(day.on, datetime.min.time()) + timedelta(hours=12) for day in by_day]
    three = [day.humidity if which else day.temperature for day in by_day]
    xs = [panel.x(min(max(at, panel.start), panel.end)) for at in noon]
    upper = " ".join(f"{x:.1f},{panel.y(v[2]):.1f}" for x, v in zip(xs, three, strict=True))
    lower = " ".join(f"{x:.1f},{panel.y(v[0]):.1f}" for x, v in reversed(list(zip(xs, three, strict=True))))
    mean = "".join(
        f"{'L' if n else 'M'}{x:.1f} {panel.y(v[1]):.1f}" for n, (x, v) in enumerate(zip(xs, three, strict=True))
    )
    return [
        f'<polygon class="range" points="{upper} {lower}"/>',
        f'<path class="{"rh" if which else "t"}line" d="{mean}"/>',
    ]


def _dates(panel: _Panel, start: datetime, end: datetime) -> list[str]:
    whole = (end.date() - start.date()).days + 1
    step = max(1, -(-whole // 7))
    parts = []
    day = start.date()
    while day <= end.date():
        at = datetime.combine(day, datetime.min.time())
        x = panel.x(max(at, start))
        if day == start.date() or x > LEFT + 45:  # the first day begins where the readings do, the next may be too near
            anchor = "start" if x < LEFT + 30 else "end" if x > WIDTH - RIGHT - 30 else "middle"
            parts.append(
                f'<path class="tick" d="M{x:.1f} {panel.top + PANEL}v5"/><text x="{x:.1f}" y="{panel.top + PANEL + 20}" text-anchor="{anchor}">{day:%d.%m}</text>'
            )
        day += timedelta(days=step)
    return parts  # fmt: skip
