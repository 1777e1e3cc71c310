"""Papers: a typst template and its data give a PDF/A that reads the same in thirty years.

    pdf.render(Path("…/order.typ"), {"number": "41-О", …}, made_at=order.signed_at)

The data reach the template as one JSON text (`#let data = json(bytes(sys.inputs.data))`): nothing that
a person typed is ever part of the program. Same template, data and moment: same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

FONTS = settings.BASE_DIR / "build" / "fonts"
TEMPLATES = Path(__file__).parent / "templates"
PACKAGE = Path(__file__).parents[2]  # a template of any app may import «/kit/pdf/templates/letterhead.typ»


class PaperProblem(Exception):
    """The template cannot be set; the text is for the developer of the template."""


def render(template: Path, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The paper as PDF/A-2b with tags for screen readers. `made_at` is the moment of the paper itself."""
    try:
        found = typst.compile(
            template,
            root=_root(template),
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards="a-2b",
            timestamp=made_at,
        )
    except typst.TypstError as problem:
        raise PaperProblem(str(problem)) from problem
    assert isinstance(found, bytes), "a PDF comes as one piece"
    return found


def text_of(template: Path, data: Mapping[str, Any], selector: str) -> Any:
    """What the set paper holds at `selector` («<title>»), for tests and for indexing."""
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    return json.loads(
        typst.query(template, selector, root=_root(template), font_paths=_fonts(), sys_inputs=inputs, field="value")
    )


def qr(address: str) -> str:
    """The address as an SVG picture, for a template's `image(bytes(…))`; error correction M."""
    return segno.make(address, error="m").svg_inline(scale=4, border=0)


def _root(template: Path) -> Path:
    return PACKAGE if template.is_relative_to(PACKAGE) else template.parent


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Only our own fonts: a paper never depends on what the server happens to have."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
