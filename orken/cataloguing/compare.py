"""Two records side by side, element by element: same, another form, different, only here, only there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orken.cataloguing.elements import AREAS, ELEMENTS, Area, Description, Element, Value
from orken.cataloguing.elements.words import said
from orken.cataloguing.grading.matching import match


@dataclass(frozen=True)
class Line:
    """One element of both records. `state`: same, variant, wrong, missing (only in the second), extra (only in the first)."""

    element: Element
    first: tuple[Value, ...]
    second: tuple[Value, ...]
    likeness: float
    state: str

    @property
    def first_words(self) -> list[str]:
        return [said(self.element.name, value) for value in self.first]

    @property
    def second_words(self) -> list[str]:
        return [said(self.element.name, value) for value in self.second]


def lines(first: Description, second: Description) -> list[Line]:
    """Every element that either record has. Nobody is right here: it is a comparison, not a grade."""
    found = []
    for element in ELEMENTS:
        own, other = first[element.name], second[element.name]
        if not own and not other:
            continue
        if not own or not other:
            found.append(Line(element, own, other, 0.0, "extra" if own else "missing"))
            continue
        matched = match(element, own, other, ())
        state = "same" if matched.exact else "variant" if matched.score >= 0.85 else "wrong"
        found.append(Line(element, own, other, matched.score, state))
    return found


def by_area(lines: list[Line]) -> Iterator[tuple[object, list[Line]]]:
    """The lines under the names of their areas."""
    for area in Area:
        within = [line for line in lines if line.element.area is area]
        if within:
            yield AREAS[area], within
