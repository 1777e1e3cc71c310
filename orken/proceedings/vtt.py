"""Captions as WebVTT: read leniently from a file or from typed lines, kept as plain cues."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

TIMES = re.compile(
    r"^\s*(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)
VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
TAG = re.compile(r"<[^>]*>")
MOST, LONGEST_CUE = 5000, 500


class Misread(Exception):
    """No captions can be read from it; the text is a sentence."""


@dataclass(frozen=True)
class Cue:
    """From a moment to another, in milliseconds, these words are said, by somebody where it is known."""

    begins: int
    ends: int
    words: str
    speaker: str = ""

    @property
    def second(self) -> int:
        return self.begins // 1000


def read(text: str) -> list[Cue]:
    """Cues of a WebVTT or SubRip file, in order; styles, notes and markup are left out. Raises Misread."""
    found: list[Cue] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")):
        lines = [line for line in block.split("\n") if line.strip()]
        place = next((n for n, line in enumerate(lines) if "-->" in line), None)
        if place is None:
            continue
        times = TIMES.match(lines[place])
        if times is None:
            raise Misread(_("These times cannot be read: “%(line)s”.") % {"line": lines[place][:60]})
        begins, ends = _moment(times.groups()[:4]), _moment(times.groups()[4:])
        said = " ".join(lines[place + 1 :])
        voice = VOICE.search(said)
        words = " ".join(html.unescape(TAG.sub("", said)).split())[:LONGEST_CUE]
        if ends <= begins:
            raise Misread(_("A caption ends before it begins: “%(line)s”.") % {"line": lines[place][:60]})
        if words:
            found.append(Cue(begins, ends, words, " ".join(html.unescape(voice[1]).split())[:100] if voice else ""))
    if not found:
        raise Misread(_("There are no captions in it. A WebVTT or SubRip file has times like “00:00:05.000 --> 00:00:09.000”."))  # fmt: skip
    if len(found) > MOST:
        raise Misread(_("At most %(n)s captions.") % {"n": MOST})
    return sorted(found, key=lambda one: (one.begins, one.ends))


def _moment(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = parts
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + int(
        (rest or "0").ljust(3, "0")
    )


def written(cues: Sequence[Cue]) -> str:
    """The WebVTT that browsers get: no markup but the voice, every sign that could be one escaped."""
    parts = ["WEBVTT"]
    for cue in cues:
        voice = f"<v {_safe(cue.speaker)}>" if cue.speaker else ""
        parts.append(f"{_time(cue.begins)} --> {_time(cue.ends)}\n{voice}{_safe(cue.words)}")
    return "\n\n".join(parts) + "\n"


def _time(moment: int) -> str:
    rest, thousandth = divmod(moment, 1000)
    return f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}.{thousandth:03d}"


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
