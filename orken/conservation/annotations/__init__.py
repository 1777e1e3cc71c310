"""Regions on a picture as W3C Web Annotations: read strictly, repaired where honest, refused with a sentence.

    read = annotations.parse_document({"canvas": {…}, "annotations": […]})     # raises AnnotationRefused
    read.regions[0].geometry      # shapely, in pixels of the canvas, inside it, valid
    read.notes                    # what was repaired, a sentence each

Nothing that a client sent is echoed: a region is written anew by `to_w3c`. Creator and time are never read: the
server sets them.
"""

from orken.conservation.annotations.reading import parse_annotations, parse_canvas, parse_document, settle
from orken.conservation.annotations.regions import DEFAULT_MM_PER_PX, Canvas, Note, Read, Region
from orken.conservation.annotations.sentences import AnnotationRefused
from orken.conservation.annotations.writing import from_geojson, to_document, to_path, to_svg, to_w3c

__all__ = [
    "DEFAULT_MM_PER_PX",
    "AnnotationRefused",
    "Canvas",
    "Note",
    "Read",
    "Region",
    "from_geojson",
    "parse_annotations",
    "parse_canvas",
    "parse_document",
    "settle",
    "to_document",
    "to_path",
    "to_svg",
    "to_w3c",
]
