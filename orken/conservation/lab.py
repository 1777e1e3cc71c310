"""The lab as a page part: the viewer, its tools, the form of a region, the words of its script."""

from __future__ import annotations

import json
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.conservation.models import Specimen
from orken.conservation.plain import COLUMNS, PLAIN_ROWS, ROWS
from orken.conservation.regions_grader import MOST_MARKS
from orken.conservation.selectors import pictures as selectors
from orken.conservation.vocabulary import SEVERITIES
from orken.kit.i18n.content import current_language

FIRST_TILE = "0/0/0.jpg"


def lab(specimen: Specimen, *, key: str, marks: list[Any] | None = None, readonly: bool = False) -> dict[str, Any]:
    """Nothing of recipe or reference. `key`: under which a browser keeps marks that are not handed in."""
    shown = selectors.lights(specimen)
    lights = []
    for one in shown:
        first = reverse("conservation:tile", args=[specimen.pk, one.light, 0, 0, 0])
        tiles = first.removesuffix(FIRST_TILE) + "{level}/{x}/{y}.jpg"  # the browser fills the numbers in
        lights.append(
            {
                "light": one.light, "label": str(one.get_light_display()), "tiles": tiles,
                "preview": reverse("conservation:preview", args=[specimen.pk, one.light]),
            }
        )  # fmt: skip
    data = {
        **selectors.tiles(specimen), "lights": lights, "columns": COLUMNS, "rows": ROWS, "most": MOST_MARKS,
        "key": f"orken.lab.{key}", "words": words(), "marks": marks or [], "readonly": readonly,
    }  # fmt: skip
    return {
        "specimen": specimen, "lights": lights, "data": json.dumps(data, ensure_ascii=False),
        "choices": selectors.choices(current_language()), "severities": list(SEVERITIES.values()),
        "plain_rows": range(1, PLAIN_ROWS + 1), "openseadragon": static("vendor/openseadragon.js"), "readonly": readonly,
    }  # fmt: skip


def words() -> dict[str, str]:
    """What the script says."""
    return {
        "untyped": _("type not chosen"), "unrated": _("severity not chosen"), "severity": _("severity"),
        "incomplete": _("incomplete"), "edit": _("Change"), "removed": _("The mark was removed."), "undo": _("Undo"),
        "added": _("A mark was added: %s."), "moved": _("The mark now lies at %s."), "chosen": _("Mark %s is chosen."),
        "hole": _("First choose the area in which the hole is cut."), "most": _("There are 60 marks already; more are not graded."),
        "kept": _("Saved on this device"), "unkept": _("This device cannot save; hand in before you close the page."),
        "restored": _("Your marks of last time are here."), "finish": _("Choose type and severity of every mark first. Incomplete: %s."),
        "cells": _("Write one cell (A6) or two corners (E1–H4)."), "mm": _("mm"), "zoom": _("Zoom %s per cent"),
        "start": _("Corner set. Move the cross to the opposite corner and press Space."),
        "point": _("Point %s set. Enter finishes."), "cross": _("Cross at %s"), "length": _("Length %s mm"),
    }  # fmt: skip
