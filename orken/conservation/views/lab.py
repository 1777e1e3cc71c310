"""What every page with the lab hands to its template."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from orken.conservation import lab as part
from orken.conservation.annotations import Region, to_path
from orken.conservation.kinds.regions import Marked
from orken.conservation.models import Specimen
from orken.conservation.plain import cells_of
from orken.conservation.selectors import pictures as selectors
from orken.conservation.vocabulary import BY_CODE, LOOKALIKES


def lab(
    request: HttpRequest, specimen: Specimen, *, marks: list[Any] | None = None, readonly: bool = False
) -> dict[str, Any]:
    """The part of the lab for one account: her marks that are not handed in are kept under her number."""
    return part.lab(specimen, key=f"{specimen.pk}.{getattr(request.user, 'pk', None)}", marks=marks, readonly=readonly)


def shape(region: Region, number: int, kind: str) -> dict[str, Any]:
    """A region for the overlay of the feedback."""
    return {
        "n": number, "kind": kind, "code": region.code, "severity": region.severity, "d": to_path(region.geometry),
        "box": [round(one, 1) for one in region.geometry.bounds], "line": region.geometry.geom_type.endswith("LineString"),
    }  # fmt: skip


def feedback(marked: Marked) -> dict[str, Any]:
    """The layers mine, expert and agreement, and a comment for each region."""
    result, canvas = marked.result, marked.read.canvas
    lines: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    number = 0

    def line(region: Region, state: str, comment: Any, share: float = 0.0, said: Region | None = None) -> None:
        other = said.code if said is not None and said.code != region.code else ""
        lines.append(
            {
                "n": number, "state": state, "code": region.code, "name": selectors.sentence(str(BY_CODE[region.code].name)), "comment": str(comment),
                "share": round(100 * share), "cells": cells_of(region.geometry.bounds, canvas), "severity": region.severity,
                "other": other, "other_name": selectors.sentence(str(BY_CODE[other].name)) if other else "",
                "signs": str(BY_CODE[region.code].signs), "other_signs": str(BY_CODE[other].signs) if other else "",
                "aid": str(BY_CODE[region.code].first_aid) if frozenset({region.code, other}) in LOOKALIKES else "",
            }
        )  # fmt: skip

    for match in result.matched:
        number += 1
        state = "found" if match.u >= 0.75 else "partly"
        line(match.wanted, state, match.comment, match.u, match.said)
        shapes.append(shape(match.wanted, number, state))
        shapes += [shape(one, number, "mine") for one in match.marks]
    for miss in result.missed:
        number += 1
        line(miss.wanted, "missed", miss.comment)
        shapes.append(shape(miss.wanted, number, "missed"))
    for extra in result.extra:
        number += 1
        line(extra.mark, "extra" if extra.cost else "free", extra.comment)
        shapes += [shape(extra.mark, number, "mine"), shape(extra.mark, number, "extra" if extra.cost else "free")]
    pictures = selectors.card_pictures({one["code"] for one in lines} | {one["other"] for one in lines})
    for one in lines:
        one["picture"] = _card(pictures, one["code"], one["severity"]) if one["state"] != "extra" else ""
        one["other_picture"] = _card(pictures, one["other"], one["severity"])
    return {
        "result": result, "score": round(result.score), "lines": lines, "shapes": shapes,
        "kappa": result.severity_kappa, "caps": [str(cap.why) for cap in result.caps],
        "notes": [str(note.words) for note in (*marked.read.notes, *result.notes)],
        "counts": {state: sum(one["state"] == state for one in lines) for state in ("found", "partly", "missed", "extra")},
    }  # fmt: skip


def _card(pictures: dict[str, dict[int, Any]], code: str, severity: int) -> str:
    of_code = pictures.get(code)
    if not of_code:
        return ""
    nearest = min(of_code, key=lambda one: abs(one - (severity or 2)))
    return reverse("conservation:card_picture", args=[code, nearest])
