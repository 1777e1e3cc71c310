"""One reference out of what several experts drew (conservation.md §5, «Experts»).

A point of the leaf belongs to the reference where experts with two thirds of the weight say so, and is «don't care»
where between one third and two thirds do. A region stays when two experts matched it (u ≥ 0.5), else it is optional.
Severity is the median; a spread of more than one step is put to the experts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median, median_low

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from orken.conservation.annotations import Canvas, Region
from orken.conservation.regions_grader.grading import Reference, Result, grade, value
from orken.conservation.regions_grader.matching import best_pairs
from orken.conservation.regions_grader.severity import quadratic_kappa
from orken.conservation.regions_grader.shapes import Scale, Shape, location, polygons, prepare
from orken.conservation.vocabulary import Geometry

CORE, DISPUTED = 2 / 3, 1 / 3
MATCHED = 0.5
ROUNDS = 2
LEAST_EXPERTS = 3
ADMIT_SCORE = 80.0
ADMIT_KAPPA = 0.6
MOST_EXPERTS = 9


@dataclass(frozen=True)
class Consensus:
    """The reference of several experts and how well they agree.

    `leave_one_out[i]` is expert i's score against the others; `kappa` their severity agreement over all pairs;
    `disputed` are ids of regions whose severities lie more than one step apart; `admitted` says whether the image may
    be used in an examination.
    """

    reference: Reference
    weights: tuple[float, ...]
    leave_one_out: tuple[float, ...]
    kappa: float
    disputed: tuple[str, ...]

    @property
    def median_score(self) -> float:
        return float(median(self.leave_one_out)) if self.leave_one_out else 0.0

    @property
    def admitted(self) -> bool:
        return (
            len(self.weights) >= LEAST_EXPERTS and self.median_score >= ADMIT_SCORE and self.kappa >= ADMIT_KAPPA
        )  # fmt: skip

    def relative(self, result: Result) -> float:
        """S*: the score on the scale that the experts themselves reach."""
        return min(100.0, round(100 * result.score / self.median_score, 2)) if self.median_score > 0 else result.score


def consensus(canvas: Canvas, experts: Sequence[Sequence[Region]], free: Iterable[Region] = ()) -> Consensus:
    """The reference of `experts` (two to nine), weighted by how each agrees with the others, in two rounds."""
    if not 2 <= len(experts) <= MOST_EXPERTS:
        raise ValueError(f"a consensus is of 2 to {MOST_EXPERTS} experts")
    scale = Scale(canvas, lenient=True)
    shapes = [prepare(regions, scale) for regions in experts]
    zones = tuple(free)
    weights = [1.0] * len(experts)
    scores = [100.0] * len(experts)
    for _round in range(ROUNDS):
        scores = [_against_the_others(expert, shapes, weights, canvas, zones) for expert in range(len(experts))]
        weights = [max(score, 1.0) / 100 for score in scores]
    reference, disputed = _reference(shapes, weights, canvas, zones)
    return Consensus(
        reference, tuple(round(weight, 4) for weight in weights), tuple(scores), _kappa(shapes), disputed
    )  # fmt: skip


def _against_the_others(
    expert: int, shapes: Sequence[Sequence[Shape]], weights: Sequence[float], canvas: Canvas, free: tuple[Region, ...]
) -> float:
    others = [one for place, one in enumerate(shapes) if place != expert]
    if len(others) == 1:
        reference = Reference(canvas, tuple(shape.region for shape in others[0]), free)
    else:
        rest = [weight for place, weight in enumerate(weights) if place != expert]
        reference, _disputed = _reference(others, rest, canvas, free)
    return grade(reference, [shape.region for shape in shapes[expert]], lenient=True).score


def _pairs(one: Sequence[Shape], other: Sequence[Shape]) -> list[tuple[int, int]]:
    """Regions of two experts that are the same damage: the best pairing, both ways worth at least MATCHED, one type."""
    worth = numpy.zeros((len(one), len(other)))
    for i, mine in enumerate(one):
        for j, hers in enumerate(other):
            if mine.code == hers.code and mine.plus.intersects(hers.plus):
                worth[i, j] = (value(mine, hers)[4] + value(hers, mine)[4]) / 2
    return [(i, j) for i, j in best_pairs(worth) if worth[i, j] >= MATCHED]


def _clusters(shapes: Sequence[Sequence[Shape]]) -> list[dict[int, Shape]]:
    """The same damage as drawn by each expert who saw it."""
    found: list[dict[int, Shape]] = []
    home: dict[tuple[int, int], int] = {}
    for a, b in combinations(range(len(shapes)), 2):
        for i, j in _pairs(shapes[a], shapes[b]):
            first, second = home.get((a, i)), home.get((b, j))
            if first is None and second is None:
                home[a, i] = home[b, j] = len(found)
                found.append({a: shapes[a][i], b: shapes[b][j]})
            elif first is not None and second is None and b not in found[first]:
                found[first][b] = shapes[b][j]
                home[b, j] = first
            elif second is not None and first is None and a not in found[second]:
                found[second][a] = shapes[a][i]
                home[a, i] = second
    for a, regions in enumerate(shapes):
        found += [{a: shape} for i, shape in enumerate(regions) if (a, i) not in home]
    return found


def _reference(
    shapes: Sequence[Sequence[Shape]], weights: Sequence[float], canvas: Canvas, free: tuple[Region, ...]
) -> tuple[Reference, tuple[str, ...]]:
    whole = sum(weights)
    regions: list[Region] = []
    zones: list[Region] = list(free)
    reliability: dict[str, float] = {}
    disputed: list[str] = []
    for cluster in _clusters(shapes):
        drawn = list(cluster.values())
        if len(drawn) < 2:  # one expert alone: optional
            zones.append(Region("", drawn[0].code, 0, drawn[0].grown))
            continue
        shares = [weights[expert] / whole for expert in cluster]
        core, outer = _voted(drawn, shares)
        severities = [shape.severity for shape in drawn if shape.severity]
        name = f"r{len(regions) + 1}"
        regions.append(
            Region(
                name, drawn[0].code, median_low(severities) if severities else 0, core,
                active=sum(shape.region.active for shape in drawn) * 2 > len(drawn), comment=_comment(drawn),
            )
        )  # fmt: skip
        rim = polygons(outer.difference(core)) if outer is not None else None
        if rim is not None and not rim.is_empty:
            zones.append(Region("", drawn[0].code, 0, rim))
        pairs = [location(one, other) for one, other in combinations(drawn, 2)]
        reliability[name] = round(sum(pairs) / len(pairs), 4)
        if severities and max(severities) - min(severities) > 1:
            disputed.append(name)
    return Reference(canvas, tuple(regions), tuple(zones), reliability), tuple(disputed)


def _voted(drawn: Sequence[Shape], shares: Sequence[float]) -> tuple[BaseGeometry, BaseGeometry | None]:
    """The core and the outer bound of a region; for lines and spots the drawing that agrees best with the others."""
    if drawn[0].kind in (Geometry.LINE, Geometry.SCATTER) or any(shape.linear for shape in drawn):
        return _middle(drawn).region.geometry, None
    core = _where(drawn, shares, CORE)
    if core.is_empty or core.area < 0.3 * median(shape.area for shape in drawn):
        return _middle(drawn).region.geometry, None
    return core, _where(drawn, shares, DISPUTED)


def _where(drawn: Sequence[Shape], shares: Sequence[float], needed: float) -> BaseGeometry:
    """Where experts with at least `needed` of the weight drew: the union over the least groups that reach it."""
    parts: list[BaseGeometry] = []
    enough: list[frozenset[int]] = []
    for size in range(1, len(drawn) + 1):
        for group in combinations(range(len(drawn)), size):
            if any(less <= set(group) for less in enough):
                continue
            # With equal weights two of three are exactly two thirds; unequal ones come a little under.
            if sum(shares[place] for place in group) >= needed - 0.02:
                enough.append(frozenset(group))
                parts.append(shapely.intersection_all([drawn[place].body for place in group]))
    return polygons(shapely.union_all(parts)) if parts else polygons(shapely.union_all([]))


def _middle(drawn: Sequence[Shape]) -> Shape:
    return max(drawn, key=lambda one: sum(location(other, one) for other in drawn if other is not one))


def _comment(drawn: Sequence[Shape]) -> dict[str, str] | None:
    return next((dict(shape.region.comment) for shape in drawn if shape.region.comment), None)


def _kappa(shapes: Sequence[Sequence[Shape]]) -> float:
    pairs = [
        (one[i].severity, other[j].severity)
        for one, other in combinations(shapes, 2)
        for i, j in _pairs(one, other)
    ]  # fmt: skip
    # Both directions, so that the order of the experts does not matter.
    return round(quadratic_kappa([*pairs, *((b, a) for a, b in pairs)]), 4)
