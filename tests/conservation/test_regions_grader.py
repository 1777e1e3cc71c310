"""The grader of regions: the table of conservation.md §5, and what must hold whatever is drawn."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box

from bench.conservation_submissions import ROWS, Row, copy, leaf, second_expert
from orken.conservation import regions_grader
from orken.conservation.annotations import Canvas, Region
from orken.conservation.regions_grader import Reference, grade, quadratic_kappa
from orken.conservation.regions_grader.matching import best_pairs
from orken.conservation.regions_grader.shapes import Scale, Shape, location

CANVAS = Canvas(1772, 2480, 25.4 / 300)
MM = 1 / CANVAS.mm_per_px
SEEDS = st.integers(0, 10_000)
HEAVY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def square(
    x: float, y: float, side: float, code: str = "W2", severity: int = 2, name: str = "", *, active: bool = False
) -> Region:
    """A square in millimetres."""
    shape = box(x * MM, y * MM, (x + side) * MM, (y + side) * MM)
    return Region(name or f"{code}-{x}-{y}", code, severity, shape, active)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_table_holds(row: Row) -> None:
    for seed in (1, 2, 3):
        reference = leaf(seed)
        score = grade(reference, row.make(reference, random.Random(seed))).score
        assert row.least <= score <= row.most, f"seed {seed}: {score}"


def test_all_of_one_severity_fails_the_criterion_of_severity() -> None:
    reference = leaf(4)
    result = grade(reference, [replace(one, severity=4) for one in reference.regions])
    assert result.severity_kappa == 0
    assert grade(reference, reference.regions).severity_kappa == 1


def test_severity_over_fewer_than_twelve_pairs_is_not_judged() -> None:
    reference = leaf(4)
    assert grade(reference, reference.regions[:11]).severity_kappa is None


def test_a_sound_page_gives_a_hundred_to_an_empty_answer_and_takes_25_a_mark() -> None:
    page = Reference(CANVAS, (), dont_care=(square(100, 150, 30),))
    assert grade(page, []).score == 100
    marks = [square(10 + 25 * n, 10, 10, name=str(n)) for n in range(5)]
    assert [grade(page, marks[:n]).score for n in (1, 2, 4, 5)] == [75, 50, 0, 0]
    assert grade(page, [square(105, 155, 10)]).score == 100, "a mark where the experts disagree costs nothing"


@HEAVY
@given(SEEDS)
def test_the_order_of_marks_changes_nothing(seed: int) -> None:
    rng = random.Random(seed)
    reference = leaf(seed % 50)
    marks = rng.choice([row for row in ROWS if row.name != "every region x 12 types"]).make(reference, rng)[:80]
    shuffled = list(marks)
    rng.shuffle(shuffled)
    assert grade(reference, shuffled).score == grade(reference, marks).score
    assert grade(replace(reference, regions=tuple(reversed(reference.regions))), marks).score == pytest.approx(
        grade(reference, marks).score, abs=1e-6
    )


@HEAVY
@given(SEEDS)
def test_the_direction_of_drawing_changes_nothing(seed: int) -> None:
    reference = leaf(seed % 50)
    marks = second_expert(reference, random.Random(seed))
    turned = [replace(one, geometry=shapely.reverse(one.geometry)) for one in marks]
    assert grade(reference, turned).score == pytest.approx(grade(reference, marks).score, abs=0.01)


@HEAVY
@given(SEEDS, st.integers(0, 40), st.integers(0, 40))
def test_image_and_marks_moved_together_score_the_same(seed: int, dx: int, dy: int) -> None:
    reference = leaf(seed % 50)
    room = Canvas(CANVAS.width + 3000, CANVAS.height + 3000, CANVAS.mm_per_px)

    # Far from every edge, so that the tolerance is cut nowhere, and on a canvas of one size, so that it is the same.
    def moved(regions: tuple[Region, ...] | list[Region], x: float, y: float) -> tuple[Region, ...]:
        return tuple(replace(one, geometry=affinity.translate(one.geometry, x, y)) for one in regions)

    marks = second_expert(reference, random.Random(seed))
    here = grade(Reference(room, moved(reference.regions, 500, 500)), moved(marks, 500, 500)).score
    there = grade(Reference(room, moved(reference.regions, 500 + dx * 10, 500 + dy * 10)), moved(marks, 500 + dx * 10, 500 + dy * 10)).score  # fmt: skip
    assert here == pytest.approx(there, abs=0.05)


@HEAVY
@given(SEEDS)
def test_one_more_true_region_never_lowers_the_score(seed: int) -> None:
    rng = random.Random(seed)
    reference = leaf(seed % 50)
    kept = rng.sample(range(len(reference.regions)), rng.randint(0, len(reference.regions) - 1))
    hand = second_expert(reference, rng)
    names = {reference.regions[place].id for place in kept}
    marks = [one for one in hand if one.id in names]
    missing = rng.choice([one for one in reference.regions if one.id not in names])
    before, after = grade(reference, marks).score, grade(reference, [*marks, missing]).score
    assert after >= before - 0.01


@HEAVY
@given(SEEDS)
def test_a_false_mark_on_sound_paper_never_raises_the_score(seed: int) -> None:
    rng = random.Random(seed)
    reference = leaf(seed % 50)
    marks = second_expert(reference, rng)
    false = next(row for row in ROWS if row.name.startswith("half")).make(reference, rng)[-1:]
    assert grade(reference, [*marks, *false]).score <= grade(reference, marks).score


# --- what the prototype lacked ---


@pytest.mark.parametrize("scale", [0.04, 0.0847, 0.2])
def test_the_tolerance_is_in_millimetres_whatever_the_resolution(scale: float) -> None:
    canvas = Canvas(round(150 / scale), round(210 / scale), scale)
    wanted = Region("w", "W2", 2, box(50 / scale, 50 / scale, 80 / scale, 80 / scale))
    rough = Region("m", "W2", 2, box(51.4 / scale, 51.4 / scale, 78.6 / scale, 78.6 / scale))
    far = Region("f", "W2", 2, box(76 / scale, 76 / scale, 106 / scale, 106 / scale))
    reference = Reference(canvas, (wanted,))
    assert grade(reference, [rough]).score == pytest.approx(100, abs=0.5)
    assert grade(reference, [far]).score == 0


def test_a_mark_where_the_experts_disagree_costs_nothing() -> None:
    reference = Reference(CANVAS, (square(10, 10, 20),), dont_care=(square(60, 60, 30, "S1"),))
    plain = Reference(CANVAS, (square(10, 10, 20),))
    marks = [square(10, 10, 20), square(65, 65, 15, "S1")]
    assert grade(reference, marks).score == 100
    assert grade(plain, marks).score < 90
    assert [one.why for one in grade(reference, marks).extra] == ["dont_care"]


def test_copies_of_a_mark_count_once() -> None:
    reference = Reference(CANVAS, (square(10, 10, 20), square(60, 60, 20, "C2")))
    once = grade(reference, reference.regions)
    fifty = grade(reference, [*reference.regions, *(replace(reference.regions[0], id=f"again{n}") for n in range(50))])
    assert fifty.score == once.score == 100
    assert "drawn twice" in fifty.notes[-1].words.en


def test_over_sixty_marks_only_the_largest_are_graded_and_all_are_counted() -> None:
    reference = Reference(CANVAS, tuple(square(10 + 30 * n, 20, 20) for n in range(4)))
    false = [square(3 + 7 * (n % 19), 60 + 7 * (n // 19), 4, "S1", name=str(n)) for n in range(100)]
    result = grade(reference, [*reference.regions, *false])
    assert result.guards["marks"] == 104
    assert len(result.matched) == 4 and len(result.extra) == 56
    assert any("60" in note.words.en for note in result.notes)
    assert result.score < 15


@pytest.mark.parametrize(
    ("code", "severity", "active"),
    [("B1", 2, False), ("C4", 3, False), ("C4", 4, False), ("W5", 3, False), ("B3", 2, True), ("B3", 4, False)],
)
def test_a_missed_critical_damage_caps_the_score(code: str, severity: int, active: bool) -> None:
    critical = square(100, 150, 8, code, severity, active=active)
    rest = tuple(square(10 + 40 * (n % 3), 10 + 40 * (n // 3), 25, "W2", 2) for n in range(9))
    reference = Reference(CANVAS, (critical, *rest))
    missed = grade(reference, rest)
    assert missed.score == 55 and missed.caps[0].limit == 55
    assert "55" in missed.caps[0].why.en
    assert grade(reference, [*rest, critical]).score == 100
    other = grade(reference, [*rest, replace(critical, code="S1", active=False)])
    assert other.score == 55, "the right place with another name is a miss too"


@pytest.mark.parametrize(("code", "severity"), [("C4", 2), ("M1", 4), ("B3", 2), ("B2", 4)])
def test_other_damages_do_not_cap(code: str, severity: int) -> None:
    rest = tuple(square(10 + 40 * (n % 3), 10 + 40 * (n // 3), 25, "W2", 2) for n in range(9))
    reference = Reference(CANVAS, (square(100, 150, 8, code, severity), *rest))
    assert not grade(reference, rest).caps


def test_live_insects_and_old_holes_are_not_each_other() -> None:
    live = square(20, 20, 30, "B3", 3, active=True)
    reference = Reference(CANVAS, (live,))
    old = grade(reference, [replace(live, active=False)])
    assert old.matched[0].t == 0 and old.score <= 15
    assert "first aid" in old.matched[0].comment.en
    assert grade(reference, [live]).score == 100


@pytest.mark.parametrize(
    ("wanted", "said", "credit"),
    [("C1", "B2", 0.5), ("B1", "S1", 0), ("C4", "W4", 0), ("W2", "W1", 0.5), ("M1", "M2", 0.2), ("M1", "W2", 0)],
)
def test_kin_earn_a_part_and_look_alikes_nothing(wanted: str, said: str, credit: float) -> None:
    region = square(20, 20, 30, wanted, 2)
    reference = Reference(CANVAS, (region,))
    result = grade(reference, [replace(region, code=said)])
    assert result.matched[0].t == credit


# --- geometry classes ---


def test_a_tear_is_found_by_a_line_beside_it_and_not_by_a_box_round_it() -> None:
    tear = Region("t", "M1", 2, LineString([(20 * MM, 20 * MM), (50 * MM, 60 * MM), (90 * MM, 80 * MM)]))
    reference = Reference(CANVAS, (tear,))
    beside = replace(tear, geometry=affinity.translate(tear.geometry, 1.5 * MM, -1 * MM))
    assert grade(reference, [beside]).score == 100
    around = replace(tear, geometry=box(*tear.geometry.bounds))
    assert grade(reference, [around]).score < 30
    thin = replace(tear, geometry=tear.geometry.buffer(1 * MM))
    assert grade(reference, [thin]).score == 100


def test_a_tear_in_three_strokes_is_one_tear() -> None:
    tear = Region("t", "M1", 2, LineString([(20 * MM, 20 * MM), (20 * MM, 110 * MM)]))
    strokes = [
        Region(f"s{n}", "M1", 2, LineString([(20 * MM, (20 + 30 * n) * MM), (20 * MM, (50 + 30 * n) * MM)]))
        for n in range(3)
    ]
    result = grade(Reference(CANVAS, (tear,)), strokes)
    assert result.score == 100 and len(result.matched[0].marks) == 3 and not result.extra


def test_foxing_is_found_spot_by_spot_or_as_a_field() -> None:
    rng = random.Random(5)
    places = [Point((40 + rng.gauss(0, 8)) * MM, (60 + rng.gauss(0, 8)) * MM) for _ in range(25)]
    spots = shapely.union_all([place.buffer(1.2 * MM) for place in places])
    reference = Reference(CANVAS, (Region("f", "C1", 2, spots),))
    field = Region("m", "C1", 2, MultiPoint(places).convex_hull)
    assert grade(reference, [field]).score > 90
    each = [Region(f"m{n}", "C1", 2, place.buffer(1.5 * MM)) for n, place in enumerate(places[:22])]
    result = grade(reference, each)
    assert result.score > 90 and len(result.matched[0].marks) > 15
    assert grade(reference, each[:2]).score < 30


def test_a_ring_along_the_edge_is_not_the_whole_page() -> None:
    ring = CANVAS.outline.difference(box(12 * MM, 12 * MM, CANVAS.width - 12 * MM, CANVAS.height - 12 * MM))
    reference = Reference(CANVAS, (Region("e", "C2", 2, ring),))
    assert grade(reference, [Region("m", "C2", 2, ring)]).score == 100
    assert grade(reference, [Region("m", "C2", 2, CANVAS.outline)]).score < 5


def test_an_object_is_hit_inside_its_outline() -> None:
    stamp = Region("s", "S3", 1, box(50 * MM, 50 * MM, 80 * MM, 70 * MM))
    reference = Reference(CANVAS, (stamp,))
    assert grade(reference, [replace(stamp, geometry=Point(65 * MM, 60 * MM))]).score == 100
    assert grade(reference, [replace(stamp, geometry=Point(20 * MM, 60 * MM))]).score == 0


def test_an_area_type_drawn_as_a_line_has_the_width_of_the_tool() -> None:
    strip = Region("r", "R1", 2, box(20 * MM, 20 * MM, 100 * MM, 22 * MM))
    drawn = Region("m", "R1", 2, LineString([(20 * MM, 21 * MM), (100 * MM, 21 * MM)]))
    assert grade(Reference(CANVAS, (strip,)), [drawn]).score == 100


def test_broken_geometry_that_never_passed_the_door_is_settled_all_the_same() -> None:
    bow = Polygon([(10, 10), (500, 500), (500, 10), (10, 500)])
    assert 0 <= grade(leaf(1), [Region("b", "W1", 1, bow), Region("n", "W1", 1, Polygon())]).score < 5


def test_pairs_are_the_best_ones() -> None:
    numpy = pytest.importorskip("numpy")
    rng = numpy.random.default_rng(3)
    from itertools import permutations

    for _ in range(60):
        rows, columns = rng.integers(1, 6, 2)
        worth = numpy.round(rng.random((rows, columns)) * (rng.random((rows, columns)) > 0.3), 3)
        got = sum(worth[i, j] for i, j in best_pairs(worth))
        wide = worth if rows <= columns else worth.T
        best = max(
            sum(wide[i, p[i]] for i in range(wide.shape[0])) for p in permutations(range(wide.shape[1]), wide.shape[0])
        )
        assert got == pytest.approx(best)


def test_kappa_by_hand() -> None:
    assert quadratic_kappa([(1, 1), (2, 2), (3, 3), (4, 4)]) == 1
    assert quadratic_kappa([(n % 4 + 1, 3) for n in range(16)]) == 0
    # Two raters, 3 pairs: O = (0 + 1 + 4)/27; E from margins {1,2,4} and {1,3,2}.
    by_hand = 1 - ((0 + 1 + 4) / 3) / (((0 + 4 + 1) + (1 + 1 + 0) + (9 + 1 + 4)) / 9)
    assert quadratic_kappa([(1, 1), (2, 3), (4, 2)]) == pytest.approx(by_hand)


# --- experts ---


def test_three_experts_make_a_reference_that_each_of_them_passes() -> None:
    truth = leaf(11)
    experts = [second_expert(truth, random.Random(n)) for n in range(3)]
    found = regions_grader.consensus(truth.canvas, experts)
    assert len(found.reference.regions) == len(experts[0])
    assert found.admitted and found.median_score > 85 and found.kappa > 0.6
    assert all(0.7 < one <= 1 for one in found.reference.reliability.values())
    result = grade(found.reference, truth.regions)
    assert result.score > 88
    assert found.relative(result) >= result.score


def test_what_one_expert_of_three_saw_is_optional() -> None:
    base = [square(10, 10, 30), square(60, 60, 30, "C2")]
    lonely = square(100, 150, 25, "S1")
    found = regions_grader.consensus(CANVAS, [base, base, [*base, lonely]])
    assert len(found.reference.regions) == 2
    assert grade(found.reference, base).score == 100
    assert grade(found.reference, [*base, lonely]).score == 100


def test_a_rim_that_only_some_draw_is_dont_care_and_the_core_is_of_two_thirds() -> None:
    narrow, wide = square(40, 40, 20), square(30, 30, 40)
    found = regions_grader.consensus(CANVAS, [[narrow], [square(38, 38, 24)], [square(36, 36, 28)]])
    core = found.reference.regions[0].geometry
    assert core.area == pytest.approx((24 * MM) ** 2, rel=0.01), "what two of three drew"
    assert found.reference.dont_care and wide.geometry.contains(found.reference.dont_care[0].geometry)


def test_severities_far_apart_are_put_to_the_experts_again() -> None:
    experts = [[square(40, 40, 30, "W2", severity)] for severity in (1, 2, 4)]
    found = regions_grader.consensus(CANVAS, experts)
    assert found.disputed == ("r1",) and found.reference.regions[0].severity == 2
    assert not found.admitted


def test_an_expert_who_sees_something_else_weighs_less() -> None:
    truth = leaf(12)
    experts = [*(second_expert(truth, random.Random(n)) for n in range(3)), copy(leaf(13), random.Random(0))]
    found = regions_grader.consensus(truth.canvas, experts)
    assert found.weights[3] < 0.5 * min(found.weights[:3])
    assert grade(found.reference, truth.regions).score > 85


def test_the_order_of_experts_changes_nothing() -> None:
    truth = leaf(14)
    experts = [second_expert(truth, random.Random(n)) for n in range(3)]
    one = regions_grader.consensus(truth.canvas, experts)
    other = regions_grader.consensus(truth.canvas, experts[::-1])
    assert sorted(one.leave_one_out) == pytest.approx(sorted(other.leave_one_out), abs=0.5)
    assert len(one.reference.regions) == len(other.reference.regions)


@pytest.mark.parametrize("n", [0, 1, 10])
def test_one_expert_is_no_consensus(n: int) -> None:
    with pytest.raises(ValueError, match="consensus"):
        regions_grader.consensus(CANVAS, [[]] * n)


def test_location_is_full_for_the_same_and_nothing_for_the_far() -> None:
    scale = Scale(CANVAS)
    near, far = Shape(square(10, 10, 20), scale), Shape(square(90, 150, 20), scale)
    assert location(near, near) == pytest.approx(1)
    assert location(near, far) == 0
