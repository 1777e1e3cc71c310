"""A sound with its words: whoever does not hear it reads it, and the search finds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from orken.courseware.blocks.base import Kind, Lack, Question, Shown, register


@dataclass(frozen=True)
class Heard(Kind):
    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        yield from super().lacks(block, languages)
        for code in languages:
            if not block.said.get(code, {}).get("transcript"):
                yield Lack(_("What is said there does not stand in words."), stops=True, language=code)


SAID = (
    Question("title", _("Heading"), "line", "", 200, needed=True),
    Question("transcript", _("What is said, in words"), "text", _("It is read without a line and found by the search."), 20000, 8, needed=True),
)  # fmt: skip
AUDIO = register(Heard("audio", _("Audio"), _("MP3, M4A, OGG, WAV or WebM with its words"), said=SAID, takes="sound"))
