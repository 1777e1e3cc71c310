"""Writing regions: W3C Web Annotations and the GeoJSON that the database keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

from orken.conservation.annotations.regions import Read, Region
from orken.conservation.annotations.selectors import valid

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def to_svg(geometry: BaseGeometry) -> str:
    """The geometry as the SVG of a selector: one path, holes by the even-odd rule."""
    return f"<svg xmlns='http://www.w3.org/2000/svg'><path fill-rule='evenodd' d='{to_path(geometry)}'/></svg>"


def to_path(geometry: BaseGeometry) -> str:
    """The `d` of a path: rings closed, lines open, a point as a lonely M."""
    parts: list[str] = []
    for one in getattr(geometry, "geoms", [geometry]):
        if isinstance(one, Polygon):
            parts += [_points(ring.coords[:-1]) + "Z" for ring in (one.exterior, *one.interiors)]
        else:
            parts.append(_points(one.coords))
    return " ".join(parts)


def _points(coordinates: Iterable[tuple[float, ...]]) -> str:
    return "M" + "L".join(f"{_short(point[0])} {_short(point[1])}" for point in coordinates)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def to_w3c(region: Region, source: str, **extra: Any) -> dict[str, Any]:
    """The region as a W3C Web Annotation; `extra` are keys that the server sets (creator, created, …)."""
    body: list[dict[str, str]] = []
    if region.code:
        body.append({"type": "TextualBody", "purpose": "classifying", "value": region.code})
    if region.severity:
        body.append({"type": "TextualBody", "purpose": "assessing", "value": f"severity:{region.severity}"})
    if region.active:
        body.append({"type": "TextualBody", "purpose": "tagging", "value": "active"})
    for language, value in (region.comment or {}).items():
        body.append({"type": "TextualBody", "purpose": "commenting", "language": language, "value": value})
    return {
        "@context": CONTEXT, "type": "Annotation", **({"id": region.id} if region.id else {}),
        "motivation": "classifying", "body": body,
        "target": {"source": source, "selector": {"type": "SvgSelector", "value": to_svg(region.geometry)}},
        **extra,
    }  # fmt: skip


def to_document(read: Read, source: str = "urn:canvas") -> dict[str, Any]:
    """The whole as a document of contracts.md."""
    return {
        "canvas": read.canvas.as_dict(),
        "annotations": [to_w3c(region, source) for region in read.regions],
        "dont_care": [to_w3c(region, source) for region in read.dont_care],
        "vocabulary": read.vocabulary,
    }


def from_geojson(raw: Mapping[str, Any]) -> BaseGeometry:
    """A geometry as it is kept in the database (GeoJSON in pixels of the canvas)."""
    return valid(shape(raw))
