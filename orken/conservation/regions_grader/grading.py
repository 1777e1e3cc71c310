"""The score of a set of marks against a reference (conservation.md §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from orken.conservation.annotations import Canvas, Note, Region
from orken.conservation.regions_grader import comments
from orken.conservation.regions_grader.cleaning import clean
from orken.conservation.regions_grader.matching import best_pairs
from orken.conservation.regions_grader.severity import ENOUGH_PAIRS, quadratic_kappa, severity_credit
from orken.conservation.regions_grader.shapes import Scale, Shape, joined, location, overlap_share, placed, prepare
from orken.conservation.vocabulary import BY_CODE, Geometry, Words, is_critical, kin_share

VERSION = "1.1"
BETA = 1.25
CRITICAL_CAP = 55.0
FRAGMENT = 0.6  # a mark belongs to a region when more than this share of it lies inside
STACKED = 0.5
LARGE_BOX = 0.3  # a damage whose box takes more of the sheet (a browned edge) excuses no painting within
DUD_COST = 25.0
FALSE, OVERSPLIT, IGNORED, STACK = 1.0, 0.25, 0.0, 2.5
LIVE = ("B3", "B5")


@dataclass(frozen=True)
class Reference:
    """What the experts saw: regions, zones that nobody is judged in, reliability of each region (by id, else 1)."""

    canvas: Canvas
    regions: tuple[Region, ...]
    dont_care: tuple[Region, ...] = ()
    reliability: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """A region that the learner found: which marks, how near, how right."""

    wanted: Region
    marks: tuple[Region, ...]
    f: float
    l: float  # noqa: E741 - the letter of conservation.md §5
    t: float
    v: float
    u: float
    comment: Words

    @property
    def said(self) -> Region:
        return self.marks[0]


@dataclass(frozen=True)
class Miss:
    """A region that nobody marked."""

    wanted: Region
    critical: bool
    comment: Words


@dataclass(frozen=True)
class Extra:
    """A mark that found nothing, and what it cost."""

    mark: Region
    cost: float
    why: str
    comment: Words


@dataclass(frozen=True)
class Cap:
    """A limit that held the score down."""

    limit: float
    why: Words
    region: str = ""


@dataclass(frozen=True)
class Result:
    """The score with everything that explains it."""

    score: float
    recall: float
    precision: float
    matched: tuple[Match, ...]
    missed: tuple[Miss, ...]
    extra: tuple[Extra, ...]
    guards: dict[str, float]
    caps: tuple[Cap, ...]
    severity_kappa: float | None
    severity_pairs: int
    by_type: dict[str, dict[str, float]]
    notes: tuple[Note, ...]
    version: str = VERSION


def grade(reference: Reference, marks: Iterable[Region], *, lenient: bool = False) -> Result:
    """What `marks` are worth, 0 to 100. Independent of their order and of the direction they were drawn in.

    `lenient` compares experts with each other: their outlines differ by taste.
    """
    scale = Scale(reference.canvas, lenient)
    wanted = prepare(reference.regions, scale)
    cleaned = clean(marks, scale)
    free = shapely.union_all([shape.body for shape in prepare(reference.dont_care, scale)]) if reference.dont_care else Polygon()  # fmt: skip
    if not wanted:
        return _dud(cleaned.shapes, free, tuple(cleaned.notes))
    weights = numpy.array(
        [BY_CODE[shape.code].weight * reference.reliability.get(shape.region.id, 1.0) for shape in wanted]
    )  # fmt: skip
    groups, values = _merge_fragments(cleaned.shapes, wanted, weights)
    pairs = best_pairs(values.u * weights[None, :])
    matches = tuple(
        Match(
            wanted[g].region, tuple(shape.region for shape in groups[p]), float(values.f[p, g]), float(values.l[p, g]),
            float(values.t[p, g]), float(values.v[p, g]), float(values.u[p, g]),
            comments.of_match(wanted[g].region, values.marks[p].region, float(values.l[p, g])),
        )
        for p, g in sorted(pairs, key=lambda pair: pair[1])
    )  # fmt: skip
    found = {g for _p, g in pairs}
    used = {p for p, _g in pairs}
    recall = float(sum(weights[g] * values.u[p, g] for p, g in pairs) / weights.sum())
    outlines = [(values.marks[p].body, values.marks[p].code) for p in used] + [
        (wanted[g].body, values.marks[p].code) for p, g in pairs
    ]
    extra = tuple(
        _extra(values.marks[p], wanted, outlines, free) for p in range(len(groups)) if p not in used
    )  # fmt: skip
    worth = float(sum(values.u[p, g] for p, g in pairs))
    divisor = len(pairs) + 0.5 * sum(one.cost for one in extra)
    precision = worth / divisor if divisor else 0.0
    boxed = [(groups[p], wanted[g]) for p, g in pairs if values.t[p, g] == 1]
    guards = _guards(cleaned.shapes, wanted, free, boxed, count=len(groups) + cleaned.count - len(cleaned.shapes))
    missed = tuple(
        Miss(
            shape.region,
            is_critical(shape.code, shape.severity, active=shape.region.active),
            comments.of_miss(shape.region),
        )
        for g, shape in enumerate(wanted)
        if g not in found
    )
    score = 100 * _f_measure(recall, precision) * guards["factor"]
    caps = _caps(matches, missed)
    for cap in caps:
        score = min(score, cap.limit)
    severities = [(match.wanted.severity, values.marks[p].severity) for match, (p, _g) in zip(matches, sorted(pairs, key=lambda pair: pair[1]), strict=True)]  # fmt: skip
    severities = [pair for pair in severities if pair[0] and pair[1]]
    return Result(
        score=round(score, 2), recall=recall, precision=precision, matched=matches, missed=missed, extra=extra,
        guards=guards, caps=caps,
        severity_kappa=round(quadratic_kappa(severities), 4) + 0.0 if len(severities) >= ENOUGH_PAIRS else None,
        severity_pairs=len(severities), by_type=_by_type(matches, missed, extra), notes=tuple(cleaned.notes),
    )  # fmt: skip


def _f_measure(recall: float, precision: float) -> float:
    below = BETA**2 * precision + recall
    return (1 + BETA**2) * recall * precision / below if below > 0 else 0.0


# --- the value of a pair ---


class _Values:
    """f, l, t, v and u of every mark against every region; far pairs cost nothing."""

    def __init__(self, marks: Sequence[Shape], wanted: Sequence[Shape]) -> None:
        self.marks = list(marks)
        size = (len(marks), len(wanted))
        self.f, self.l, self.t, self.v, self.u = (numpy.zeros(size) for _ in range(5))
        if not marks:
            return
        grounds = [_ground(shape) for shape in wanted]
        shapely.prepare(grounds)
        tree = shapely.STRtree(grounds)
        for p, mark in enumerate(marks):
            for g in tree.query(mark.body, predicate="intersects"):
                self.f[p, g], self.l[p, g], self.t[p, g], self.v[p, g], self.u[p, g] = value(mark, wanted[int(g)])

    def regroup(self, rows: Sequence[tuple[int, ...]], wanted: Sequence[Shape]) -> _Values:
        """The values of marks put together; what stayed alone keeps its own."""
        found = _Values([], wanted)
        found.marks = [_as_one([self.marks[p] for p in row]) for row in rows]
        merged = _Values([found.marks[n] for n, row in enumerate(rows) if len(row) > 1], wanted)
        for name in "fltvu":
            old, new = getattr(self, name), iter(getattr(merged, name))
            lines = [next(new) if len(row) > 1 else old[row[0]] for row in rows]
            setattr(found, name, numpy.array(lines).reshape(len(rows), len(wanted)))
        return found


def _ground(wanted: Shape) -> BaseGeometry:
    """Where a mark can have to do with a region at all."""
    return wanted.field if wanted.kind is Geometry.SCATTER else wanted.plus


def value(mark: Shape, wanted: Shape) -> tuple[float, float, float, float, float]:
    """f, l, t, v and u = l (0.15 + 0.60 t + 0.25 t v): the right place with a wholly wrong type earns 15 % at most."""
    f = location(mark, wanted)
    found = placed(f, wanted)
    t = _type_credit(wanted.region, mark.region)
    v = severity_credit(wanted.severity, mark.severity)
    return f, found, t, v, found * (0.15 + 0.60 * t + 0.25 * t * v)


def _type_credit(wanted: Region, said: Region) -> float:
    if wanted.code == said.code and wanted.code in LIVE:
        # Live insects and old holes look alike and need different first aid: one for the other earns nothing.
        overlooked = wanted.active and not said.active and said.severity < 4
        invented = said.active and not wanted.active and wanted.severity < 4
        return 0.0 if overlooked or invented else 1.0
    return kin_share(wanted.code, said.code)


# --- fragments of one region act as one mark ---


def _as_one(group: Sequence[Shape]) -> Shape:
    if len(group) == 1:
        return group[0]
    severities = sorted(shape.severity for shape in group for _ in range(max(1, int(shape.area // 1000))))
    region = replace(
        group[0].region, geometry=joined(group), severity=severities[len(severities) // 2],
        active=any(shape.region.active for shape in group),
    )  # fmt: skip
    return Shape(region, group[0].scale)


def _merge_fragments(
    shapes: Sequence[Shape], wanted: Sequence[Shape], weights: numpy.ndarray
) -> tuple[list[tuple[Shape, ...]], _Values]:
    """Put together the marks of one type that lie inside one region, where together they are worth more than apart.

    Answers the groups (most of one mark) and their values.
    """
    alone = _Values(shapes, wanted)
    merged: dict[int, tuple[int, ...]] = {}
    if len(shapes) > 1:
        offers = [offer for g in range(len(wanted)) for offer in _offers(g, shapes, wanted[g], alone, weights)]
        for _gain, _g, parts in sorted(offers, key=lambda offer: (-offer[0], offer[1], offer[2])):
            if not any(p in merged for p in parts):
                merged |= dict.fromkeys(parts, parts)
    rows = [merged.get(p, (p,)) for p in range(len(shapes)) if merged.get(p, (p,))[0] == p]
    return [tuple(shapes[p] for p in row) for row in rows], alone.regroup(rows, wanted)


def _offers(
    g: int, shapes: Sequence[Shape], region: Shape, alone: _Values, weights: numpy.ndarray
) -> list[tuple[float, int, tuple[int, ...]]]:
    """For each type with several marks inside region `g`: the gain of taking them as one."""
    ground = _ground(region)
    inside: dict[str, list[int]] = defaultdict(list)
    for p in numpy.flatnonzero(alone.f[:, g] > 0).tolist():
        if shapes[p].body.intersection(ground).area > FRAGMENT * shapes[p].area:
            inside[shapes[p].code].append(p)
    found: list[tuple[float, int, tuple[int, ...]]] = []
    for members in inside.values():
        if len(members) < 2:
            continue
        together = value(_as_one([shapes[p] for p in members]), region)[4] * weights[g]
        elsewhere = numpy.array(alone.u[members] * weights[None, :])
        here = elsewhere[:, g].copy()
        elsewhere[:, g] = 0
        away = elsewhere.max(axis=1)
        # At best one of them stands for this region and each other for a region of its own.
        apart = max(here[i] + away.sum() - away[i] for i in range(len(members)))
        if together > apart + 1e-9:
            found.append((float(together - apart), g, tuple(members)))
    return found


# --- what found nothing ---


def _extra(
    mark: Shape, wanted: Sequence[Shape], outlines: Sequence[tuple[BaseGeometry, str]], free: BaseGeometry
) -> Extra:
    if not free.is_empty and mark.body.intersection(free).area > 0.5 * mark.area:
        return Extra(mark.region, IGNORED, "dont_care", comments.IN_FREE_ZONE)
    for outline, code in outlines:
        if code != mark.code and overlap_share(mark.body, outline) > STACKED:
            return Extra(mark.region, STACK, "stacked", comments.STACKED)
    for region in wanted:
        if region.code == mark.code and mark.body.intersection(region.plus).area > FRAGMENT * mark.area:
            return Extra(mark.region, OVERSPLIT, "oversplit", comments.OVERSPLIT)
    return Extra(mark.region, FALSE, "false", comments.of_false(mark.region))


def _guards(
    marks: Sequence[Shape], wanted: Sequence[Shape], free: BaseGeometry,
    boxed: Sequence[tuple[tuple[Shape, ...], Shape]], *, count: int,
) -> dict[str, float]:  # fmt: skip
    """What holds carpets and stacks down: sound paper painted, layers of marks, number of marks.

    A loose outline of a damage that was found and named is no carpet: what it paints within the box of that damage
    is paid for in its location already.
    """
    if not marks:
        return {"painted": 0.0, "layers": 0.0, "expert_layers": 0.0, "marks": 0.0, "factor": 1.0}
    painted_all = shapely.union_all([shape.body for shape in marks])
    expert_all = shapely.union_all([shape.body for shape in wanted])
    known = shapely.union_all([*(shape.plus for shape in wanted), *(shape.field for shape in wanted if shape.kind is Geometry.SCATTER), free])  # fmt: skip
    sheet = wanted[0].scale.canvas.outline
    sound = max(sheet.area - known.area, 1.0)
    carpet_all = painted_all.difference(known)
    for group, region in boxed:
        near = region.plus.envelope
        if near.area <= LARGE_BOX * sheet.area:
            carpet_all = carpet_all.difference(shapely.union_all([shape.body for shape in group]).intersection(near))
    painted = carpet_all.area / sound
    layers = sum(shape.area for shape in marks) / max(painted_all.area, 1e-9)
    expert_layers = sum(shape.area for shape in wanted) / max(expert_all.area, 1e-9)
    carpet = max(0.0, 1 - 2.5 * max(0.0, painted - 0.08))
    stack = min(1.0, (expert_layers + 0.35) / max(layers, 1e-9))
    many = min(1.0, (2.5 * len(wanted) + 4) / count)
    return {
        "painted": round(float(painted), 4), "layers": round(float(layers), 4),
        "expert_layers": round(float(expert_layers), 4), "marks": float(count), "carpet": round(carpet, 4),
        "stack": round(stack, 4), "many": round(many, 4), "factor": carpet * stack * many,
    }  # fmt: skip


def _caps(matches: Sequence[Match], missed: Sequence[Miss]) -> tuple[Cap, ...]:
    """A critical damage that was missed or called something else is a gate."""
    found = [
        Cap(CRITICAL_CAP, comments.critical_missed(miss.wanted), miss.wanted.id) for miss in missed if miss.critical
    ]
    for match in matches:
        wanted = match.wanted
        if match.t < 1 and is_critical(wanted.code, wanted.severity, active=wanted.active):
            found.append(Cap(CRITICAL_CAP, comments.critical_misnamed(wanted, match.said), wanted.id))
    return tuple(found)


def _dud(marks: Sequence[Shape], free: BaseGeometry, notes: tuple[Note, ...]) -> Result:
    """A sound page: 25 off for each mark outside the zones that nobody is judged in."""
    extra = [_extra(mark, (), (), free) for mark in marks]
    wrong = sum(one.cost > 0 for one in extra)
    score = max(0.0, 100 - DUD_COST * wrong)
    return Result(
        score, 1.0, 1.0 if not wrong else 0.0, (), (), tuple(extra), {"marks": float(len(marks)), "factor": 1.0}, (),
        None, 0, {}, notes,
    )  # fmt: skip


def _by_type(matches: Sequence[Match], missed: Sequence[Miss], extra: Sequence[Extra]) -> dict[str, dict[str, float]]:
    """Per type, for teachers: found, missed and false, F1 of the type, and panoptic quality over matched outlines."""
    found: dict[str, dict[str, float]] = {}

    def row(code: str) -> dict[str, float]:
        return found.setdefault(code, {"found": 0, "missed": 0, "extra": 0, "misnamed": 0, "overlap": 0.0})

    for match in matches:
        if match.wanted.code == match.said.code:
            row(match.wanted.code)["found"] += 1
            row(match.wanted.code)["overlap"] += match.f
        else:
            row(match.wanted.code)["misnamed"] += 1
            row(match.said.code)["extra"] += 1
    for miss in missed:
        row(miss.wanted.code)["missed"] += 1
    for one in extra:
        if one.cost:
            row(one.mark.code)["extra"] += 1
    for line in found.values():
        whole = line["found"] + 0.5 * (line["missed"] + line["misnamed"] + line["extra"])
        line["f1"] = round(line["found"] / whole, 4) if whole else 0.0
        line["quality"] = round(line.pop("overlap") / whole, 4) if whole else 0.0
    return dict(sorted(found.items()))


def as_dict(result: Result) -> dict[str, Any]:
    """The result as `orken regions grade --json` prints it."""
    return {
        "score": result.score,
        "recall": round(result.recall, 4),
        "precision": round(result.precision, 4),
        "by_type": result.by_type,
        "matched": [
            {
                "reference": match.wanted.id, "marks": [mark.id for mark in match.marks], "code": match.wanted.code,
                "said": match.said.code, "severity": match.wanted.severity, "said_severity": match.said.severity,
                "location": round(match.l, 4), "type": match.t, "value": round(match.u, 4),
                "comment": match.comment.as_dict(),
            }
            for match in result.matched
        ],
        "missed": [
            {"reference": miss.wanted.id, "code": miss.wanted.code, "severity": miss.wanted.severity,
             "critical": miss.critical, "comment": miss.comment.as_dict()}
            for miss in result.missed
        ],
        "extra": [
            {"mark": one.mark.id, "code": one.mark.code, "cost": one.cost, "why": one.why, "comment": one.comment.as_dict()}
            for one in result.extra
        ],
        "guards": result.guards,
        "severity_kappa": result.severity_kappa,
        "severity_pairs": result.severity_pairs,
        "caps": [{"limit": cap.limit, "why": cap.why.as_dict(), "reference": cap.region} for cap in result.caps],
        "notes": [note.as_dict() for note in result.notes],
        "grader": result.version,
    }  # fmt: skip
