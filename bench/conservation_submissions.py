"""The submissions of the table of conservation.md §5: what honest, careless and cunning people hand in.

Shared by the tests and by the bench; each takes a reference and random numbers and gives marks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from orken.conservation.annotations import Canvas, Region
from orken.conservation.regions_grader import Reference
from orken.conservation.vocabulary import BY_CODE, DAMAGES, is_critical

CODES = [one.code for one in DAMAGES]
Marks = list[Region]


def _critical(region: Region) -> bool:
    return is_critical(region.code, region.severity, active=region.active)


def copy(reference: Reference, rng: random.Random) -> Marks:
    return list(reference.regions)


def _shaken(geometry: BaseGeometry, rng: random.Random, by: float) -> BaseGeometry:
    """The outline as a second hand draws it: a point every few millimetres, each off by up to `by`."""

    def ring(points: Sequence[tuple[float, ...]], closed: bool) -> list[tuple[float, float]]:
        line = LineString(points)
        n = max(6, min(60, int(line.length / (4 * by))))
        found = [line.interpolate(place / n, normalized=True) for place in range(n if closed else n + 1)]
        return [(point.x + rng.uniform(-by, by), point.y + rng.uniform(-by, by)) for point in found]

    parts: list[BaseGeometry] = []
    for part in getattr(geometry, "geoms", [geometry]):
        if isinstance(part, Polygon):
            holes = [ring(list(one.coords), True) for one in part.interiors if one.length > 20 * by]
            parts.append(shapely.make_valid(Polygon(ring(list(part.exterior.coords), True), holes)))
        elif isinstance(part, LineString):
            parts.append(LineString(ring(list(part.coords), False)))
        else:
            parts.append(part)
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _off_by_one(severity: int, rng: random.Random) -> int:
    return min(4, max(1, severity + rng.choice((-1, 1)))) if severity else 0


def second_expert(reference: Reference, rng: random.Random) -> Marks:
    """Outlines shaken by 0.7 mm (8 px at 300 dpi), one severity in four off by one, one small plain region missed."""
    by = 0.7 / reference.canvas.mm_per_px
    missed = next((one for one in reference.regions if one.code == "M3"), None) or min(
        (one for one in reference.regions if not _critical(one)),
        key=lambda one: (BY_CODE[one.code].weight, one.geometry.area),
    )
    found = []
    for place, region in enumerate(one for one in reference.regions if one is not missed):
        severity = _off_by_one(region.severity, rng) if place % 4 == 3 else region.severity
        found.append(replace(region, geometry=_shaken(region.geometry, rng, by), severity=severity))
    return found


def _along_the_edge(region: Region, canvas: Canvas) -> bool:
    """Whether the region runs round the leaf, so that its box is the leaf itself."""
    x0, y0, x1, y1 = region.geometry.bounds
    return bool((x1 - x0) * (y1 - y0) > 0.4 * canvas.width * canvas.height)


def rectangles(reference: Reference, rng: random.Random) -> Marks:
    """Boxes instead of outlines, rings along the edge left out."""
    return [
        replace(region, geometry=box(*region.geometry.buffer(2).bounds))
        for region in reference.regions
        if not _along_the_edge(region, reference.canvas)
    ]


def half_and_false(reference: Reference, rng: random.Random) -> Marks:
    """Half of the regions (not all critical ones among them) and three false marks on sound paper."""
    critical = [one for one in reference.regions if _critical(one)]
    others = [one for one in reference.regions if one not in critical[:1]]
    rng.shuffle(others)
    heavy = sorted(others, key=lambda one: -BY_CODE[one.code].weight)
    return [*heavy[: (len(reference.regions) + 1) // 2], *_false(reference, rng, 3)]


def _false(reference: Reference, rng: random.Random, n: int) -> Marks:
    canvas, side = reference.canvas, 12 / reference.canvas.mm_per_px
    known = shapely.union_all([one.geometry.buffer(side / 2) for one in (*reference.regions, *reference.dont_care)])
    found: Marks = []
    for _attempt in range(4000):
        x, y = rng.uniform(0, canvas.width - side), rng.uniform(0, canvas.height - side)
        spot = box(x, y, x + side, y + side)
        if not spot.intersects(known):
            found.append(Region(f"false{len(found)}", rng.choice(["W1", "S1", "S2", "C7"]), 2, spot))
            known = known.union(spot)
        if len(found) == n:
            break
    return found


def all_severity_4(reference: Reference, rng: random.Random) -> Marks:
    return [replace(one, severity=4) for one in reference.regions]


def largest_three(reference: Reference, rng: random.Random) -> Marks:
    plain = [one for one in reference.regions if not _along_the_edge(one, reference.canvas)]
    return sorted(plain, key=lambda one: -one.geometry.area)[:3]


def all_foxing(reference: Reference, rng: random.Random) -> Marks:
    return [replace(one, code="C1") for one in reference.regions]


def times_types(n: int) -> Callable[[Reference, random.Random], Marks]:
    def stacked(reference: Reference, rng: random.Random) -> Marks:
        found = []
        for one in reference.regions:
            others = rng.sample([code for code in CODES if code != one.code], n - 1)
            found += [replace(one, code=code) for code in (one.code, *others)]
        return found

    return stacked


def whole_page(n: int) -> Callable[[Reference, random.Random], Marks]:
    def painted(reference: Reference, rng: random.Random) -> Marks:
        codes = sorted({one.code for one in reference.regions})[:n] or ["C1"]
        codes += [code for code in CODES if code not in codes][: n - len(codes)]
        return [Region(code, code, 2, reference.canvas.outline) for code in codes]

    return painted


def _grid(canvas: Canvas, columns: int, rows: int) -> list[BaseGeometry]:
    w, h = canvas.width / columns, canvas.height / rows
    return [
        box(x * w + 1, y * h + 1, (x + 1) * w - 1, (y + 1) * h - 1) for x in range(columns) for y in range(rows)
    ]  # fmt: skip


def grid_of_one(reference: Reference, rng: random.Random) -> Marks:
    code = reference.regions[0].code if reference.regions else "C1"
    return [Region(f"g{n}", code, 2, cell) for n, cell in enumerate(_grid(reference.canvas, 12, 16))]


def grid_of_twelve(reference: Reference, rng: random.Random) -> Marks:
    codes = rng.sample(CODES, 12)
    return [
        Region(f"{code}{n}", code, 2, cell) for n, cell in enumerate(_grid(reference.canvas, 4, 6)) for code in codes
    ]


def shifted(reference: Reference, rng: random.Random) -> Marks:
    by = 150 * (25.4 / 300) / reference.canvas.mm_per_px
    return [replace(one, geometry=affinity.translate(one.geometry, by, by)) for one in reference.regions]


def random_boxes(reference: Reference, rng: random.Random) -> Marks:
    canvas, found = reference.canvas, []
    for n in range(20):
        w, h = rng.uniform(0.03, 0.2) * canvas.width, rng.uniform(0.03, 0.2) * canvas.height
        x, y = rng.uniform(0, canvas.width - w), rng.uniform(0, canvas.height - h)
        found.append(Region(f"b{n}", rng.choice(CODES), rng.randint(1, 4), box(x, y, x + w, y + h)))
    return found


def dots(reference: Reference, rng: random.Random) -> Marks:
    size = 2.5 * (25.4 / 300) / reference.canvas.mm_per_px
    points = [one.geometry.representative_point() for one in reference.regions]
    return [
        replace(one, geometry=box(point.x - size, point.y - size, point.x + size, point.y + size))
        for one, point in zip(reference.regions, points, strict=True)
    ]


def broken(reference: Reference, rng: random.Random) -> Marks:
    """A bow-tie, an empty area, one off the canvas, fifty copies of one box on sound paper."""
    w, h = reference.canvas.width, reference.canvas.height
    bow = Polygon([(w * 0.1, h * 0.1), (w * 0.2, h * 0.2), (w * 0.2, h * 0.1), (w * 0.1, h * 0.2)])
    flat = Polygon([(10, 10), (200, 10), (100, 10)])
    off = box(-500, -500, -100, -100)
    spare = _false(reference, rng, 1)
    again = spare[0].geometry if spare else Point(w / 2, h / 2).buffer(50)
    return [
        Region("bow", "W1", 1, bow),
        Region("flat", "W1", 1, flat),
        Region("off", "W1", 1, off),
        *(Region(f"d{n}", "S1", 1, again) for n in range(50)),
    ]


def empty(reference: Reference, rng: random.Random) -> Marks:
    return []


@dataclass(frozen=True)
class Row:
    """A line of the table: the submission and the bounds its score must keep."""

    name: str
    make: Callable[[Reference, random.Random], Marks]
    least: float
    most: float


ROWS: tuple[Row, ...] = (
    Row("copy of the reference", copy, 100, 100),
    Row("second expert", second_expert, 90, 100),
    Row("rectangles, edge ring omitted", rectangles, 65, 85),
    Row("half found, 3 false, one critical missed", half_and_false, 0, 55),
    Row("right places and types, all severity 4", all_severity_4, 0, 86),
    Row("only the 3 largest regions", largest_three, 0, 35),
    Row("right places, all called foxing", all_foxing, 0, 40),
    Row("every region x 2 types", times_types(2), 0, 50),
    Row("every region x 3 types", times_types(3), 0, 35),
    Row("every region x 12 types", times_types(12), 0, 5),
    Row("whole page as one type", whole_page(1), 0, 5),
    Row("whole page as all types", whole_page(12), 0, 5),
    Row("grid 12 x 16 of one type", grid_of_one, 0, 5),
    Row("grid 4 x 6 of 12 types", grid_of_twelve, 0, 5),
    Row("all shifted by 150 px", shifted, 0, 15),
    Row("20 random boxes", random_boxes, 0, 15),
    Row("a 5-px dot in each region", dots, 0, 20),
    Row("bow-tie, zero area, off canvas, 50 copies", broken, 0, 5),
    Row("empty", empty, 0, 0),
)


# --- a leaf without a picture: regions as the generator of specimens makes them, for tests of the grader alone ---


def _blob(rng: random.Random, x: float, y: float, r: float, points: int = 24) -> Polygon:
    from math import cos, pi, sin

    radii = [r * rng.uniform(0.75, 1.25) for _ in range(points)]
    ring = [
        (x + radius * cos(2 * pi * n / points), y + radius * sin(2 * pi * n / points)) for n, radius in enumerate(radii)
    ]
    # Damage is seldom round: drawn out and turned, as water and mould spread.
    return affinity.rotate(
        affinity.scale(Polygon(ring), 1.3, 0.56), rng.choice((45, 135)) + rng.uniform(-15, 15), origin=(x, y)
    )


def leaf(seed: int) -> Reference:
    """A leaf of 150 × 210 mm at 300 dpi with 15 regions of 12 types, one of them a ring along the edge."""
    rng = random.Random(seed)
    canvas = Canvas(1772, 2480, 25.4 / 300)
    mm = 1 / canvas.mm_per_px
    w, h = canvas.width, canvas.height
    cells = [(x, y) for x in range(3) for y in range(5)]
    rng.shuffle(cells)

    def place() -> tuple[float, float]:
        x, y = cells.pop()
        return (x + 0.5) * w / 3 + rng.uniform(-4, 4) * mm, (y + 0.5) * h / 5 + rng.uniform(-4, 4) * mm

    def area(code: str, r: float, severity: int) -> Region:
        x, y = place()
        return Region(code, code, severity, _blob(rng, x, y, r * mm).intersection(canvas.outline))

    def line(code: str, length: float, severity: int) -> Region:
        x, y = place()
        dx, dy = rng.uniform(-0.3, 0.3), 1.0
        points = [
            (x + dx * t * length * mm + rng.uniform(-1, 1) * mm, y + dy * (t - 0.5) * length * mm)
            for t in (0, 0.2, 0.4, 0.6, 0.8, 1)
        ]
        return Region(code, code, severity, LineString(points).intersection(canvas.outline))

    def scatter(code: str, n: int, severity: int) -> Region:
        x, y = place()
        spots = [
            _blob(rng, x + rng.gauss(0, 7) * mm, y + rng.gauss(0, 7) * mm, rng.uniform(0.6, 1.6) * mm, 10)
            for _ in range(n)
        ]
        return Region(code, code, severity, MultiPolygon(spots).buffer(0))

    edge = Region("C2", "C2", 2, canvas.outline.difference(box(9 * mm, 9 * mm, w - 9 * mm, h - 9 * mm)))
    second = area("M2", 7, 2)
    found = [
        edge,
        area("B1", 12, 4),
        area("C4", 13, 3),
        area("W2", 14, 3),
        area("M2", 9, 3),
        replace(second, id="M2b"),
        line("M1", 38, 3),
        replace(line("M1", 26, 2), id="M1b"),
        line("M3", 45, 1),
        scatter("C1", 18, 2),
        scatter("B3", 14, 3),
        area("R1", 10, 2),
        area("S1", 17, 1),
        area("C6", 16, 2),
        area("S2", 8, 1),
    ]
    return Reference(canvas, tuple(found))
