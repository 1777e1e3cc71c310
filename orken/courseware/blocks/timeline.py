"""A timeline: when, and what happened or is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from orken.courseware.blocks.base import Kind, Lack, Materials, Question, Said, Shown, register


def events(text: str) -> list[tuple[str, str]]:
    parted = (line.partition("|") for line in text.splitlines() if line.strip())
    return [(when.strip(), what.strip()) if bar else ("", when.strip()) for when, bar, what in parted]


@dataclass(frozen=True)
class Times(Kind):
    def show(self, block: Shown, said: Said, materials: Materials) -> dict[str, Any]:
        return {"title": said.get("title", ""), "events": events(str(said.get("events", "")))}

    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        for code in languages:
            rows = events(str(block.said.get(code, {}).get("events", "")))
            if place := next((place for place, (when, what) in enumerate(rows, start=1) if not when or not what), 0):
                yield Lack(_("Line %(n)s does not say when: part it from what happened by |.") % {"n": place}, language=code)  # fmt: skip


TIMELINE = register(
    Times(
        "timeline", _("Timeline"), _("Dates or steps in their order"),
        said=(
            Question("title", _("Heading"), "line", "", 200),
            Question("events", _("Lines"), "text", _("A line for each: when | what."), 6000, 6, needed=True),
        ),
    )
)  # fmt: skip
