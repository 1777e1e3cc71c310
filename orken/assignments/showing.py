"""A work as its pages show it: the text cut at its remarks, photographs with their points, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from orken.assignments import places, selectors
from orken.assignments.models import Part, Remark, Work
from orken.assignments.places import Piece

Numbered = tuple[int, Remark]


@dataclass(frozen=True)
class Pin:
    """A remark on a photograph, in the photograph's own points; texts, so that no language writes them with a comma."""

    number: int
    cx: str
    cy: str
    radius: str
    size: str
    box: tuple[str, str, str, str] | None


@dataclass(frozen=True)
class Shown:
    """A file or a photograph with its remarks."""

    number: int
    part: Part
    address: str
    pins: list[Pin] = field(default_factory=list)

    @property
    def wide(self) -> str:
        return str(self.part.width)

    @property
    def high(self) -> str:
        return str(self.part.height)


@dataclass(frozen=True)
class Body:
    """Everything that was handed in."""

    pieces: list[Piece]
    photos: list[Shown]
    files: list[Shown]


def body(work: Work, parts: Sequence[Part], remarks: Iterable[Numbered]) -> Body:
    known = list(remarks)
    photos = [one for one in parts if one.is_photo]
    files = [one for one in parts if not one.is_photo]
    return Body(
        places.pieces(work.text, selectors.spans(known)) if work.text else [],
        [Shown(n, one, _address(work, one), _pins(one, known)) for n, one in enumerate(photos, start=1)],
        [Shown(n, one, _address(work, one)) for n, one in enumerate(files, start=1)],
    )


def _address(work: Work, part: Part) -> str:
    return reverse("assignments:part", args=[work.uid, part.pk]) if part.file_id else ""


def _pins(part: Part, remarks: Iterable[Numbered]) -> list[Pin]:
    found = []
    for number, one in remarks:
        if one.part_id != part.pk or one.x is None or one.y is None:
            continue
        x, y = one.x * part.width / 1000, one.y * part.height / 1000
        radius = max(part.width, part.height) / 42
        box = None
        if one.wide and one.high:
            wide, high = one.wide * part.width / 1000, one.high * part.height / 1000
            box = (f"{x:.0f}", f"{y:.0f}", f"{wide:.0f}", f"{high:.0f}")
        found.append(Pin(number, f"{x:.0f}", f"{y:.0f}", f"{radius:.0f}", f"{radius * 1.2:.0f}", box))
    return found
