"""The place of an annotation: a W3C FragmentSelector or SvgSelector as a geometry.

SVG is read by a whitelist (`path` with M, L, H, V, Z, `polygon`, `polyline`, `line`, `rect`, `circle`), holes by
the even-odd rule; nothing of it is ever echoed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import shapely
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from shapely.geometry import LineString, MultiLineString, MultiPoint, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from orken.conservation.annotations.regions import Canvas
from orken.conservation.annotations.sentences import NO_SELECTOR, NOT_FINITE, TOO_LONG, UNREADABLE, AnnotationRefused

MOST_VERTICES = 4000  # of one region after reading; a hand draws some hundreds
MOST_READ = 20_000  # points of one selector that are read at all
MOST_LETTERS = 400_000  # of one SVG selector

FRAGMENT = re.compile(r"(?:xywh=)(?:(pixel|percent):)?([^,&]+),([^,&]+),([^,&]+),([^,&]+)")
TOKEN = re.compile(r"([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)")


@dataclass
class Pen:
    """Which annotation is being read, and whether one of its rings crossed itself."""

    where: str
    crossed: bool = False


def geometry_of(target: Any, canvas: Canvas, pen: Pen) -> BaseGeometry:
    selector = target.get("selector") if isinstance(target, Mapping) else target
    if isinstance(selector, list):
        selector = next((one for one in selector if isinstance(one, Mapping)), None)
    if isinstance(selector, str):  # «http://…/canvas#xywh=1,2,3,4»
        return _fragment(selector, canvas, pen)
    if not isinstance(selector, Mapping) or not isinstance(selector.get("value"), str):
        raise AnnotationRefused(NO_SELECTOR % {"where": pen.where})
    match selector.get("type"):
        case "FragmentSelector":
            return _fragment(selector["value"], canvas, pen)
        case "SvgSelector":
            return _svg(selector["value"], pen)
    raise AnnotationRefused(NO_SELECTOR % {"where": pen.where})


def _fragment(value: str, canvas: Canvas, pen: Pen) -> BaseGeometry:
    found = FRAGMENT.search(value[:400])
    if not found:
        raise AnnotationRefused(UNREADABLE % {"where": pen.where})
    x, y, width, height = (_number(text, pen) for text in found.groups()[1:])
    if found[1] == "percent":
        x, width = x * canvas.width / 100, width * canvas.width / 100
        y, height = y * canvas.height / 100, height * canvas.height / 100
    if width < 0 or height < 0:
        raise AnnotationRefused(UNREADABLE % {"where": pen.where})
    if width == 0 and height == 0:
        return Point(x, y)
    if width == 0 or height == 0:
        return LineString([(x, y), (x + width, y + height)])
    return box(x, y, x + width, y + height)


def _number(text: str, pen: Pen) -> float:
    try:
        found = float(text)
    except (ValueError, TypeError):
        raise AnnotationRefused(UNREADABLE % {"where": pen.where}) from None
    if not math.isfinite(found) or abs(found) > 1e9:
        raise AnnotationRefused(NOT_FINITE % {"where": pen.where})
    return found


def _svg(value: str, pen: Pen) -> BaseGeometry:
    if len(value) > MOST_LETTERS:
        raise AnnotationRefused(TOO_LONG % {"where": pen.where, "n": len(value) // 8, "most": MOST_READ})
    try:
        root = ElementTree.fromstring(value, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as broken:
        raise AnnotationRefused(UNREADABLE % {"where": pen.where}) from broken
    shapes = [shape for element in root.iter() if (shape := _element(element, pen)) is not None]
    if not shapes:
        raise AnnotationRefused(UNREADABLE % {"where": pen.where})
    return shapes[0] if len(shapes) == 1 else shapely.union_all([valid(one) for one in shapes])


def _element(element: Element, pen: Pen) -> BaseGeometry | None:
    if element.get("transform"):
        raise AnnotationRefused(UNREADABLE % {"where": pen.where})
    tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
    match tag:
        case "path":
            return _path(element.get("d", ""), pen)
        case "polygon" | "polyline":
            pairs = _pairs(_numbers(element.get("points", ""), pen), pen)
            return _even_odd([pairs], pen) if tag == "polygon" else _line([pairs])
        case "line":
            ends = [_number(element.get(name, "0"), pen) for name in ("x1", "y1", "x2", "y2")]
            return _line([[(ends[0], ends[1]), (ends[2], ends[3])]])
        case "rect":
            x, y, w, h = (_number(element.get(name, "0"), pen) for name in ("x", "y", "width", "height"))
            if w < 0 or h < 0:
                raise AnnotationRefused(UNREADABLE % {"where": pen.where})
            return box(x, y, x + w, y + h)
        case "circle":
            x, y, r = (_number(element.get(name, "0"), pen) for name in ("cx", "cy", "r"))
            return Point(x, y).buffer(r) if r > 0 else Point(x, y)
        case "svg" | "g" | "title" | "desc":
            return None
    raise AnnotationRefused(UNREADABLE % {"where": pen.where})


def _numbers(text: str, pen: Pen) -> list[float]:
    found = [_number(one, pen) for one in text.replace(",", " ").split()]
    if len(found) > 2 * MOST_READ:
        raise AnnotationRefused(TOO_LONG % {"where": pen.where, "n": len(found) // 2, "most": MOST_READ})
    return found


def _pairs(numbers: list[float], pen: Pen) -> list[tuple[float, float]]:
    if len(numbers) % 2 or not numbers:
        raise AnnotationRefused(UNREADABLE % {"where": pen.where})
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _path(d: str, pen: Pen) -> BaseGeometry:
    """M, L, H, V, Z and their small forms; a curve is refused, since we never draw one."""
    if re.search(r"nan|inf", d, re.IGNORECASE):
        raise AnnotationRefused(NOT_FINITE % {"where": pen.where})
    rings: list[list[tuple[float, float]]] = []
    closed: list[bool] = []
    for command, numbers in _commands(d, pen):
        upper, relative = command.upper(), command.islower()
        x, y = rings[-1][-1] if rings else (0.0, 0.0)
        if upper == "Z":
            if rings:
                closed[-1] = True
            continue
        points: list[tuple[float | None, float | None]] = []
        if upper in "HV":
            points += [(one, None) if upper == "H" else (None, one) for one in numbers]
        else:
            points += _pairs(numbers, pen)
        if upper != "M" and not rings:
            raise AnnotationRefused(UNREADABLE % {"where": pen.where})
        if upper != "M" and closed[-1]:  # drawing on after Z begins at the start of the closed ring
            x, y = rings[-1][0]
            rings.append([(x, y)])
            closed.append(False)
        for place, (px, py) in enumerate(points):
            x = x if px is None else px + (x if relative else 0)
            y = y if py is None else py + (y if relative else 0)
            if upper == "M" and place == 0:
                rings.append([(x, y)])
                closed.append(False)
            else:
                rings[-1].append((x, y))
    if not rings:
        raise AnnotationRefused(UNREADABLE % {"where": pen.where})
    return _even_odd(rings, pen) if any(closed) else _line(rings)


def _commands(d: str, pen: Pen) -> Iterable[tuple[str, list[float]]]:
    command, at, count = "", 0, 0
    numbers: list[float] = []
    found: list[tuple[str, list[float]]] = []
    while at < len(d):
        token = TOKEN.match(d, at)
        if not token:
            raise AnnotationRefused(UNREADABLE % {"where": pen.where})
        at = token.end()
        if token[1]:
            if token[1].upper() not in "MLHVZ":
                raise AnnotationRefused(UNREADABLE % {"where": pen.where})
            if command:
                found.append((command, numbers))
            command, numbers = token[1], []
        elif token[2]:
            count += 1
            if count > 2 * MOST_READ:
                raise AnnotationRefused(TOO_LONG % {"where": pen.where, "n": len(d) // 8, "most": MOST_READ})
            numbers.append(_number(token[2], pen))
    if command:
        found.append((command, numbers))
    return found


def _even_odd(rings: Sequence[Sequence[tuple[float, float]]], pen: Pen) -> BaseGeometry:
    """The area that an odd number of rings covers; direction of the rings does not matter."""
    whole: BaseGeometry | None = None
    for ring in rings:
        one = _ring(ring, pen)
        if one is not None:
            whole = one if whole is None else whole.symmetric_difference(one)
    if whole is None or whole.is_empty:
        return _line(rings)
    return whole


def _ring(points: Sequence[tuple[float, float]], pen: Pen) -> BaseGeometry | None:
    if len(set(points)) < 3:
        return None
    if len(rings := list(points)) > MOST_VERTICES:
        simple = LineString(rings).simplify(0.5)
        rings = list(simple.coords)
        if len(set(rings)) < 3:
            return None
    area = Polygon(rings)
    pen.crossed = pen.crossed or not area.is_valid
    return valid(area)


def _line(rings: Sequence[Sequence[tuple[float, float]]]) -> BaseGeometry:
    parts = [list(dict.fromkeys(ring)) for ring in rings]
    lines = [LineString(part) for part in parts if len(part) > 1]
    if lines:
        return lines[0] if len(lines) == 1 else MultiLineString(lines)
    points = [part[0] for part in parts if part]
    return Point(points[0]) if len(points) == 1 else MultiPoint(points)


def valid(geometry: BaseGeometry) -> BaseGeometry:
    return geometry if geometry.is_valid else shapely.make_valid(geometry)
