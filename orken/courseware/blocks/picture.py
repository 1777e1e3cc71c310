"""A picture with what it shows said in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.courseware.blocks.base import Kind, Lack, Materials, Question, Said, Shown, register


@dataclass(frozen=True)
class OnePicture(Kind):
    def show(self, block: Shown, said: Said, materials: Materials) -> dict[str, Any]:
        found = self.materials(block, materials)
        return {"picture": found[0].picture if found else None, "alt": said.get("alt", ""), "caption": said.get("caption", "")}  # fmt: skip

    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        yield from super().lacks(block, languages)
        for code in languages:
            if not block.said.get(code, {}).get("alt"):
                yield Lack(_("It is not said in words what the picture shows."), stops=True, language=code)


PICTURE = register(
    OnePicture(
        "picture", pgettext_lazy("kind of block", "Picture"), _("One picture with its text for those who do not see it"), takes="picture",
        said=(
            Question("alt", _("What the picture shows"), "line", _("One sentence for whoever does not see it or has no line to load it."), 300, needed=True),
            Question("caption", _("Caption"), "line", "", 300),
        ),
    )
)  # fmt: skip
