"""Text: what is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.courseware import notation
from orken.courseware.blocks.base import Kind, Lack, Materials, Question, Said, Shown, register

HINT = _(
    "An empty line begins a paragraph. **bold**, *italic*, - list, ## heading, > quotation, [words](https://address)."
)


@dataclass(frozen=True)
class Written(Kind):
    def show(self, block: Shown, said: Said, materials: Materials) -> dict[str, Any]:
        return {"html": notation.drawn(str(said.get("text", "")))}

    def words(self, said: Said) -> str:
        return notation.plain(str(said.get("text", "")))

    def links(self, said: Said) -> list[str]:
        return notation.links(str(said.get("text", "")))

    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        for code in languages:
            text = str(block.said.get(code, {}).get("text", ""))
            found = notation.levels(text)
            if found and found[0] == 2:
                yield Lack(_("The first heading is of the lower kind (###): begin with ##."), language=code)
            if len(text) > 6000:
                yield Lack(_("The text is very long: part it into several blocks."), language=code)


TEXT = register(
    Written(
        "text", pgettext_lazy("kind of block", "Text"), _("Paragraphs, lists, headings inside a lesson"),
        said=(Question("text", _("Text"), "text", HINT, 20000, 12, needed=True),),
    )
)  # fmt: skip
