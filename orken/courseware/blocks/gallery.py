"""Several pictures beside one another, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from orken.courseware.blocks.base import Kind, Lack, Materials, Question, Said, Shown, register


def lines(said: Said, name: str) -> list[str]:
    return [line.strip() for line in str(said.get(name, "")).splitlines() if line.strip()]


@dataclass(frozen=True)
class Pictures(Kind):
    def show(self, block: Shown, said: Said, materials: Materials) -> dict[str, Any]:
        found, alts = self.materials(block, materials), lines(said, "alts")
        return {"pictures": [(one.picture, alts[place] if place < len(alts) else "") for place, one in enumerate(found)], "caption": said.get("caption", "")}  # fmt: skip

    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        yield from super().lacks(block, languages)
        many = len(block.shared.get("assets", []))
        for code in languages:
            if len(lines(block.said.get(code, {}), "alts")) < many:
                yield Lack(_("Not every picture has its line of words."), stops=True, language=code)


GALLERY = register(
    Pictures(
        "gallery", _("Gallery"), _("Up to twelve pictures"), takes="pictures",
        said=(
            Question("alts", _("What each picture shows"), "text", _("A line for each picture, in their order."), 4000, 4, needed=True),
            Question("caption", _("Caption"), "line", "", 300),
        ),
    )
)  # fmt: skip
