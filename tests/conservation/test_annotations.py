"""Annotations: read strictly, repaired where honest, refused with a sentence in three languages."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box

from orken.conservation import annotations
from orken.conservation.annotations import AnnotationRefused, Canvas, Region

CANVAS = {"width": 1000, "height": 1400, "mm_per_px": 0.1}


def one(selector: Any, code: str = "W2", severity: str = "severity:3", **more: Any) -> dict[str, Any]:
    return {
        "type": "Annotation",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": code},
            {"type": "TextualBody", "purpose": "assessing", "value": severity},
        ],
        "target": {"source": "urn:canvas:x", "selector": selector},
        **more,
    }


def rectangle(value: str) -> dict[str, str]:
    return {"type": "FragmentSelector", "value": value}


def svg(inside: str) -> dict[str, str]:
    return {"type": "SvgSelector", "value": f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>"}


def read(*selectors: Any, canvas: dict[str, Any] = CANVAS) -> annotations.Read:
    return annotations.parse_document({"canvas": canvas, "annotations": [one(selector) for selector in selectors]})


def refusal(*selectors: Any, canvas: dict[str, Any] = CANVAS) -> str:
    with pytest.raises(AnnotationRefused) as refused:
        read(*selectors, canvas=canvas)
    words = refused.value.words
    assert words.kk and words.ru and words.en
    return words.en


def test_rectangle_polygon_path_line_and_point_are_read() -> None:
    found = read(
        rectangle("xywh=10,20,300,400"),
        rectangle("xywh=percent:10,10,50,50"),
        svg("<polygon points='0,0 100,0 100,100'/>"),
        svg("<path d='M10 10 h80 v40 l-80 0 z'/>"),
        svg("<polyline points='0,0 50,80 100,90'/>"),
        rectangle("xywh=5,5,0,0"),
    )
    kinds = [region.geometry.geom_type for region in found.regions]
    assert kinds == ["Polygon", "Polygon", "Polygon", "Polygon", "LineString", "Point"]
    areas = [region.geometry.area for region in found.regions[:4]]
    assert areas == pytest.approx([120_000, 350_000, 5_000, 3_200])
    assert not found.notes


@pytest.mark.parametrize("inner", ["M20 20L20 80L80 80L80 20Z", "M20 20L80 20L80 80L20 80Z"])
def test_a_hole_is_a_hole_whichever_way_its_ring_runs(inner: str) -> None:
    found = read(svg(f"<path fill-rule='evenodd' d='M0 0L100 0L100 100L0 100Z {inner}'/>"))
    assert found.regions[0].geometry.area == pytest.approx(10_000 - 3_600)


def test_a_region_survives_writing_and_reading() -> None:
    ring = box(0, 0, 900, 900).difference(box(100, 100, 500, 500))
    region = Region("r1", "B3", 4, ring, active=True, comment={"kk": "жаңа ұнтақ"})
    again = annotations.parse_annotations([annotations.to_w3c(region, "urn:x")], Canvas(1000, 1400, 0.1))[0][0]
    assert again.geometry.equals(ring)
    assert (again.id, again.code, again.severity, again.active, again.comment) == (
        "r1",
        "B3",
        4,
        True,
        {"kk": "жаңа ұнтақ"},
    )


def test_a_bow_tie_is_repaired_and_said() -> None:
    found = read(svg("<polygon points='0,0 100,100 100,0 0,100'/>"))
    assert found.regions[0].geometry.is_valid
    assert found.regions[0].geometry.area == pytest.approx(5_000)
    assert "crossed itself" in found.notes[0].words.en


def test_what_runs_over_the_edge_is_cut_and_what_lies_outside_is_left_out() -> None:
    found = read(rectangle("xywh=-227,20,300,400"), rectangle("xywh=-500,-500,100,100"))
    assert len(found.regions) == 1
    assert found.regions[0].geometry.bounds == (0, 20, 73, 420)
    assert ["cut" in note.words.en or "outside" in note.words.en for note in found.notes] == [True, True]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e308", "1e999"])
def test_numbers_that_are_none_are_refused(value: str) -> None:
    assert "finite" in refusal(rectangle(f"xywh={value},0,10,10"))
    assert "finite" in refusal(svg(f"<path d='M{value} 0L10 0L10 10Z'/>"))


def test_a_hundred_thousand_vertices_are_refused_before_they_cost_anything() -> None:
    points = " ".join(f"{n % 1000},{n % 1400}" for n in range(100_000))
    assert "too many points" in refusal(svg(f"<polygon points='{points}'/>"))


def test_needless_points_of_a_long_outline_are_thinned() -> None:
    ring = [(500 + 400 * math.cos(n / 9000 * math.tau), 700 + 400 * math.sin(n / 9000 * math.tau)) for n in range(9000)]
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in ring)
    found = read(svg(f"<polygon points='{points}'/>"))
    assert found.regions[0].geometry.area == pytest.approx(math.pi * 400**2, rel=0.01)


def test_swapped_axes_are_refused_by_name() -> None:
    assert "swapped" in refusal(
        rectangle("xywh=1100,100,250,300"), rectangle("xywh=300,200,200,100")
    )  # fmt: skip


def test_one_careless_box_over_the_edge_is_cut_and_not_called_swapped() -> None:
    found = read(rectangle("xywh=800,100,300,300"))
    assert found.regions[0].geometry.bounds[2] == 1000


def test_marks_in_pixels_of_a_scaled_view_are_refused_with_both_sizes() -> None:
    document = {
        "canvas": {"width": 500, "height": 700, "mm_per_px": 0.1},
        "annotations": [one(rectangle("xywh=1,1,9,9"))],
    }
    with pytest.raises(AnnotationRefused) as refused:
        annotations.parse_document(document, Canvas(1000, 1400, 0.1))
    assert "500 × 700" in refused.value.words.en and "1000 × 1400" in refused.value.words.en


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<image href='http://elsewhere/'/>",
        "<path d='M0 0C10 10 20 20 30 30Z'/>",
        "<path d='M0 0L10'/>",
        "<path d='L10 10Z'/>",
        "<path d=''/>",
        "<polygon points='0,0 1'/>",
        "<polygon transform='scale(9)' points='0,0 9,0 9,9'/>",
        "<text>x</text>",
        "",
    ],
)
def test_anything_but_the_few_shapes_is_refused(inside: str) -> None:
    assert refusal(svg(inside))


def test_entities_are_refused() -> None:
    bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>]><svg><path d='M0 0L9 0L9 9Z'/>&a;</svg>"
    assert refusal({"type": "SvgSelector", "value": bomb})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"body": []}, "no damage"),
        ({"body": {"purpose": "classifying", "value": "Q9"}}, "Q9"),
        (
            {"body": [{"purpose": "classifying", "value": "W2"}, {"purpose": "assessing", "value": "severity:5"}]},
            "severity:5",
        ),
        ({"target": {"source": "x"}}, "no place"),
        ({"target": None}, "no place"),
        ({"target": {"selector": {"type": "DataPositionSelector", "value": "1"}}}, "no place"),
    ],
)
def test_a_bad_annotation_is_refused_by_name(changed: dict[str, Any], said: str) -> None:
    raw = {**one(rectangle("xywh=1,1,9,9")), **changed}
    with pytest.raises(AnnotationRefused) as refused:
        annotations.parse_document({"canvas": CANVAS, "annotations": [raw]})
    assert said in refused.value.words.en


@pytest.mark.parametrize(
    "canvas",
    [None, {}, {"width": 0, "height": 5}, {"width": 10, "height": True}, {"width": 10.5, "height": 5}, {"width": 10, "height": 5, "mm_per_px": float("nan")}, {"width": 10**9, "height": 5}],
)  # fmt: skip
def test_a_bad_canvas_is_refused(canvas: Any) -> None:
    with pytest.raises(AnnotationRefused):
        annotations.parse_document({"canvas": canvas, "annotations": []})


@pytest.mark.parametrize("raw", [None, [], 5, {"annotations": {}}, {"canvas": CANVAS}])
def test_a_bad_document_is_refused(raw: Any) -> None:
    with pytest.raises(AnnotationRefused):
        annotations.parse_document(raw)


def test_creator_and_time_of_a_client_go_nowhere() -> None:
    raw = one(rectangle("xywh=1,1,90,90"), creator="somebody", created="1999-01-01")
    found = annotations.parse_document({"canvas": CANVAS, "annotations": [raw]})
    assert "somebody" not in json.dumps(annotations.to_document(found))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["body", "target", "selector", "type", "value", "purpose", "id"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(json_values, max_size=4))
def test_whatever_json_comes_it_is_read_or_refused(raw: list[Any]) -> None:
    try:
        regions, _notes = annotations.parse_annotations(raw, Canvas(1000, 1400, 0.1))
    except AnnotationRefused:
        return
    assert all(region.geometry.is_valid for region in regions)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(-300, 1300), st.integers(-300, 1700)), min_size=1, max_size=12))
def test_whatever_is_drawn_lies_on_the_canvas_and_is_valid(points: list[tuple[int, int]]) -> None:
    text = " ".join(f"{x},{y}" for x, y in points)
    raw = [one(svg(f"<polygon points='{text}'/>")), one(rectangle("xywh=-9,-9,40,40"))]
    regions, _notes = annotations.parse_annotations(raw, Canvas(1000, 1400, 0.1))
    for region in regions:
        assert region.geometry.is_valid and not region.geometry.is_empty
        assert box(0, 0, 1000, 1400).buffer(1e-6).contains(region.geometry)


@pytest.mark.parametrize("shape", [Polygon([(0, 0), (9, 0), (9, 9)]), LineString([(0, 0), (5, 5)]), Point(3, 4)])
def test_every_kind_of_geometry_is_written_as_svg_that_is_read_again(shape: Any) -> None:
    again, _ = annotations.parse_annotations(
        [one(svg(annotations.to_svg(shape)[len("<svg xmlns='http://www.w3.org/2000/svg'>") : -6]))], Canvas(10, 10, 1)
    )
    assert again[0].geometry.equals(shape)
