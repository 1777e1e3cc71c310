"""A film with captions and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from orken.courseware.blocks.audio import SAID, Heard
from orken.courseware.blocks.base import Lack, Materials, Question, Said, Shown, print_of, register

COMMA = re.compile(r"(\d\d:\d\d),(\d{3})")  # as in a file of the older kind (SRT)
TIMES = re.compile(r"(?:\d+:)?\d\d:\d\d\.\d{3} --> (?:\d+:)?\d\d:\d\d\.\d{3}")


def captions(said: Said) -> str:
    """The captions as a WebVTT file; empty when there are none or no line of them has its times."""
    text = _pointed(said)
    if not TIMES.search(text):
        return ""
    return text if text.startswith("WEBVTT") else f"WEBVTT\n\n{text}"


def _pointed(said: Said) -> str:
    return COMMA.sub(r"\1.\2", str(said.get("captions", "")).strip())


def astray(said: Said) -> int:
    """The first line of the captions that has no times where they belong, counted from 1; 0 where all is well."""
    lines = [line.strip() for line in _pointed(said).splitlines()]
    for place, line in enumerate(lines):
        if "-->" in line and not TIMES.match(line):
            return place + 1
        begins = bool(line) and (place == 0 or not lines[place - 1]) and not line.startswith(("WEBVTT", "NOTE"))
        if begins and not any(
            TIMES.match(one) for one in lines[place : place + 2]
        ):  # a cue may have a name above its times
            return place + 1
    return 0


def spoken(said: Said) -> str:
    """The words of the captions alone; nothing where the transcript says them already."""
    lines = [line.strip() for line in captions(said).splitlines()]
    words = [line for line in lines if line and line != "WEBVTT" and not TIMES.search(line) and not line.isdecimal()]
    known = str(said.get("transcript", ""))
    return " ".join(line for line in words if line not in known)


@dataclass(frozen=True)
class Seen(Heard):
    def show(self, block: Shown, said: Said, materials: Materials) -> dict[str, Any]:
        return {**super().show(block, said, materials), "captions": captions(said), "print": print_of(said)}

    def words(self, said: Said) -> str:
        """Captions without their times: what is read there is found like any other word."""
        return " ".join(text for text in (said.get("title", ""), said.get("transcript", ""), spoken(said)) if text)

    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        yield from super().lacks(block, languages)
        for code in languages:
            if not captions(block.said.get(code, {})):
                yield Lack(_("The film has no captions."), stops=True, language=code)
            elif place := astray(block.said.get(code, {})):
                yield Lack(_("Captions, line %(n)s: the times are not written as 00:01.000 --> 00:04.000.") % {"n": place}, stops=True, language=code)  # fmt: skip


VIDEO = register(
    Seen(
        "video", _("Video"), _("MP4 or WebM with captions and its words"), takes="film",
        said=(*SAID, Question("captions", _("Captions"), "text", _("WebVTT: 00:01.000 --> 00:04.000, then the words in the next line."), 20000, 6)),
    )
)  # fmt: skip
