"""The generator: the same page for the same recipe, masks that are the damage, geometry that the grader takes."""

from __future__ import annotations

import hashlib

import cv2
import numpy as np
import pytest
import shapely
from shapely.geometry import box

from orken.conservation import regions_grader
from orken.conservation.annotations import Region
from orken.conservation.specimens import drawing, writing
from orken.conservation.specimens.damages import DRAWN, ON
from orken.conservation.specimens.drawing import Drawn, Recipe
from orken.conservation.specimens.leaves import Leaf
from orken.conservation.specimens.sheet import SCATTERED
from orken.conservation.vocabulary import BY_CODE, Geometry

LEAF = Leaf(120, 160, "cyrl", "kk", "book", "wove")
HAND = Leaf(120, 160, "arab", "kk", "manuscript", "rag")
COARSE = 0.25


def leaf_for(code: str) -> Leaf:
    """A leaf, a cover, a skin or a print: what this damage comes upon."""
    stock, layout = ON.get(code, ("wove", "book"))
    return Leaf(120, 160, "arab" if layout == "manuscript" else "cyrl", "kk", layout, stock)


def drawn(*damages: tuple[str, int], seed: int = 5, leaf: Leaf = LEAF, mm_per_px: float = COARSE) -> Drawn:
    return drawing.draw(Recipe(leaf, seed, damages), mm_per_px)


def fingerprint(page: Drawn) -> str:
    return hashlib.sha256(b"".join(picture.tobytes() for _light, picture in page.pictures())).hexdigest()


def test_the_same_recipe_draws_the_same_page_and_the_same_reference() -> None:
    wanted = (("W2", 3), ("C1", 2), ("M1", 3), ("M2", 2))
    one, other = drawn(*wanted), drawn(*wanted)
    assert one.manifest() == other.manifest()
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(drawn(*wanted, seed=6)) != fingerprint(drawn(*wanted))


def test_the_order_in_a_recipe_does_not_matter_since_water_comes_before_tears() -> None:
    assert drawn(("M1", 2), ("W2", 3)).manifest() == drawn(("W2", 3), ("M1", 2)).manifest()


@pytest.mark.parametrize("code", list(DRAWN))
def test_each_damage_is_drawn_where_its_mask_says(code: str) -> None:
    leaf = leaf_for(code)
    clean = next(drawing.draw(Recipe(leaf, 5, ()), COARSE).pictures())[1].astype(int)
    page = drawn((code, 3), leaf=leaf)
    assert [one.code for one in page.regions] == [code]
    marked = next(page.pictures())[1].astype(int)
    found = page.sheet.found[0]
    mask = np.zeros(page.sheet.shape, bool)
    mask[found.window.at] = found.mask > 0
    changed = np.abs(marked - clean).sum(axis=2)
    far = cv2.dilate(mask.astype(np.uint8), np.ones((121, 121), np.uint8)) == 0
    assert changed[mask].mean() > 3 * changed[far].mean(), "the damage must be seen inside its mask, not elsewhere"
    # Codes are of the vocabulary, and the geometry is of the class that the vocabulary gives them.
    classes = BY_CODE[code].geometry
    geometry = page.regions[0].geometry
    assert geometry.is_valid and not geometry.is_empty
    assert ("Line" in geometry.geom_type) == (classes == (Geometry.LINE,))


@pytest.mark.parametrize("code", [code for code in DRAWN if BY_CODE[code].geometry != (Geometry.LINE,)])
def test_the_polygon_is_the_outline_of_the_mask(code: str) -> None:
    page = drawn((code, 3), leaf=leaf_for(code))
    found = page.sheet.found[0]
    filled = np.zeros(page.sheet.shape, np.uint8)
    for part in getattr(found.geometry, "geoms", [found.geometry]):
        rings = [np.array(ring.coords).round().astype(np.int32) for ring in (part.exterior, *part.interiors)]
        layer = np.zeros_like(filled)
        cv2.fillPoly(layer, rings, 1)
        filled |= layer
    mask = np.zeros(page.sheet.shape, np.uint8)
    mask[found.window.at] = found.mask
    overlap = (filled & mask).sum() / max(1, (filled | mask).sum())
    # Scattered spots are small against a pixel of this coarse page; areas have their bays closed.
    assert overlap > (0.45 if code in SCATTERED else 0.6), overlap


def test_browning_is_a_ring_with_a_hole_and_lines_run_on_the_leaf() -> None:
    page = drawn(("C2", 3), ("M1", 3), ("M3", 2))
    by_code = {one.code: one.geometry for one in page.regions}
    ring = max(getattr(by_code["C2"], "geoms", [by_code["C2"]]), key=lambda one: one.area)
    assert len(ring.interiors) == 1
    leaf = page.sheet.leaf
    paper = box(leaf.x0, leaf.y0, leaf.x1, leaf.y1).buffer(2)
    assert by_code["M1"].within(paper) and by_code["M3"].within(paper)


def test_a_sound_leaf_has_an_empty_reference_that_grades_to_a_hundred() -> None:
    page = drawn()
    assert page.regions == ()
    reference = regions_grader.Reference(page.canvas, page.regions)
    assert regions_grader.grade(reference, ()).score == 100
    assert regions_grader.grade(reference, (Region("x", "C1", 2, box(100, 100, 200, 200)),)).score == 75


@pytest.mark.parametrize("seed", range(4))
def test_a_copy_of_the_reference_is_worth_a_hundred(seed: int) -> None:
    page = drawn(("C2", 2), ("W2", 3), ("C1", 3), ("B2", 2), ("M1", 3), ("M2", 2), ("B3", 2), ("R1", 2), seed=seed)
    assert len(page.regions) >= 6
    assert regions_grader.grade(regions_grader.Reference(page.canvas, page.regions), page.regions).score == 100


def test_a_stain_on_a_piece_that_is_missing_is_no_longer_there() -> None:
    for seed in range(6):
        page = drawn(("S1", 3), ("C2", 2), ("M2", 4), seed=seed)
        losses = [one.geometry for one in page.regions if one.code == "M2"]
        for one in page.regions:
            if one.code in ("S1", "C2") and losses:
                assert one.geometry.intersection(shapely.union_all(losses)).area < 1


def test_graver_damage_is_larger() -> None:
    for code in ("W2", "M2", "B1", "C4"):
        areas = [
            sum(one["area_mm2"] for one in drawn((code, severity), leaf=HAND, seed=8).manifest())
            for severity in (1, 2, 3)
        ]
        assert areas == sorted(areas) and areas[0] < areas[-1], (code, areas)


def test_live_mould_is_active_and_dead_mould_is_not() -> None:
    active = {one.code: one.active for one in drawn(("B1", 2), ("B2", 2)).regions}
    assert active == {"B1": True, "B2": False}


def test_holes_are_bright_in_transmitted_light_and_dark_against_the_board_in_normal_light() -> None:
    page = drawn(("B3", 4))
    pictures = dict(page.pictures())
    found = page.sheet.found[0]
    holes = np.zeros(page.sheet.shape, bool)
    holes[found.window.at] = (found.mask > 0) & (page.sheet.paper[found.window.at] == 0)
    assert holes.sum() > 30
    assert pictures["transmitted"][holes].mean() > 225
    assert pictures["normal"][holes].mean() < 110


@pytest.mark.parametrize("script", ["arab", "latn", "cyrl"])
def test_pages_carry_text_in_the_letters_asked_for(script: str) -> None:
    page = drawing.draw(Recipe(Leaf(120, 160, script, "kk", "book", "wove"), 3), COARSE)
    box_of_text = page.sheet.ink[page.sheet.leaf.at]
    assert 0.02 < (box_of_text > 128).mean() < 0.3


def test_kazakh_is_written_by_the_rules_of_each_alphabet() -> None:
    # The hard hamza tells soft vowels, unless к, г or е already do; ә, і, ү, ө are written as their hard fellows.
    assert writing.arabic("әдіс") == "\u0674ادىس"
    assert writing.arabic("кітап") == "كىتاپ"
    assert writing.arabic("Қазақ, 12") == "قازاق، ١٢"
    assert writing.latin("Қазақ жұрты, оқу") == "Qazaq çurtь, oqv"
    assert writing.latin("Біздің") == "Bizdiꞑ"


def test_damage_composed_on_a_scan_stays_on_its_page_and_changes_nothing_else() -> None:
    scan = next(drawing.draw(Recipe(LEAF, 11), COARSE).pictures())[1]
    composed = drawing.compose(scan, COARSE, 4, (("W2", 3), ("C1", 2), ("M1", 2)))
    assert {one.code for one in composed.regions} == {"W2", "C1", "M1"}
    leaf = composed.sheet.leaf
    paper = box(leaf.x0, leaf.y0, leaf.x1, leaf.y1).buffer(3)
    assert all(one.geometry.within(paper) for one in composed.regions)
    board = composed.sheet.colour[:10, :10]
    assert np.array_equal(board, scan[:10, :10])
    again = drawing.compose(scan, COARSE, 4, (("W2", 3), ("C1", 2), ("M1", 2)))
    assert composed.manifest() == again.manifest()


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="no drawing of X9"):
        drawn(("X9", 1))
    with pytest.raises(ValueError, match="pixels"):
        drawing.draw(Recipe(Leaf(300, 400, "cyrl", "kk", "book", "wove"), 1), 0.02)


def test_every_kind_of_the_vocabulary_has_a_drawing() -> None:
    assert set(DRAWN) == set(BY_CODE)


@pytest.mark.parametrize("code", list(DRAWN))
@pytest.mark.parametrize("severity", [1, 4])
def test_every_kind_is_found_at_its_least_and_its_worst(code: str, severity: int) -> None:
    page = drawn((code, severity), leaf=leaf_for(code), seed=41, mm_per_px=0.3)
    assert [(one.code, one.severity) for one in page.regions] == [(code, severity)]
    assert regions_grader.grade(regions_grader.Reference(page.canvas, page.regions), page.regions).score == 100


@pytest.mark.parametrize("code", ["W3", "M3"])
def test_what_only_bends_the_paper_shows_in_raking_light(code: str) -> None:
    sound, page = dict(drawn().pictures())["raking"].astype(int), drawn((code, 3))
    raking = dict(page.pictures())["raking"].astype(int)
    found = page.sheet.found[0]
    mask = np.zeros(page.sheet.shape, bool)
    mask[found.window.at] = found.mask > 0
    assert np.abs(raking - sound).sum(axis=2)[mask].mean() > 25


@pytest.mark.parametrize("code", ["K1", "K4", "P1", "P2"])
def test_a_leaf_of_paper_has_neither_a_joint_nor_gelatine(code: str) -> None:
    with pytest.raises(ValueError, match=f"{code} does not come upon"):
        drawn((code, 2))
    scan = next(drawing.draw(Recipe(LEAF, 11), COARSE).pictures())[1]
    with pytest.raises(ValueError, match="paper"):
        drawing.compose(scan, COARSE, 4, ((code, 2),))
