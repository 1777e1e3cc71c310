"""Chapters of a recording: written as lines «12:30 Title», or taken from the programme of its session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

LINE = re.compile(r"^\s*(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\s+[-–—]?\s*(\S.*?)\s*$")
MOST, LONGEST_TITLE = 60, 200


class Misread(Exception):
    """A line is no chapter; the text is a sentence with its number."""


@dataclass(frozen=True)
class Chapter:
    """Where a part of the recording begins, in seconds, and what it is called."""

    at: int
    title: Mapping[str, str]
    talk: int | None = None

    def data(self) -> dict[str, Any]:
        return {"at": self.at, "title": dict(self.title), "talk": self.talk}


def clock(seconds: int) -> str:
    """«1:02:03» or «12:30»."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def seconds_of(text: str) -> int | None:
    """«12:30» or «1:02:03» in seconds; None when it is neither."""
    found = re.fullmatch(r"\s*(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\s*", text)
    if not found or int(found[3]) > 59 or (found[1] and int(found[2]) > 59):
        return None
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])


def read(text: str, *, length: int, known: Iterable[Mapping[str, Any]] = ()) -> list[Chapter]:
    """Lines as somebody typed them. A title that stood before keeps its other languages and its talk. Raises Misread."""
    before = {one["title"].get(code, ""): one for one in known for code in ("kk", "ru", "en")}
    found: list[Chapter] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = LINE.match(line)
        at = seconds_of(f"{parts[1] or 0}:{parts[2]}:{parts[3]}" if parts and parts[1] else f"{parts[2]}:{parts[3]}") if parts else None  # fmt: skip
        if parts is None or at is None:
            raise Misread(_("Line %(n)s: write the time and the title, like “12:30 Opening”.") % {"n": number})
        if at >= length:
            raise Misread(_("Line %(n)s: the recording is over by then.") % {"n": number})
        title = parts[4][:LONGEST_TITLE]
        stood = before.get(title)
        found.append(Chapter(at, stood["title"] if stood else {"kk": title}, stood["talk"] if stood else None))
    if len(found) > MOST:
        raise Misread(_("At most %(n)s chapters.") % {"n": MOST})
    return sorted(found, key=lambda one: one.at)


def written(chapters: Iterable[Mapping[str, Any]], language: str) -> str:
    """The lines as they are edited."""
    return "\n".join(f"{clock(one['at'])} {one['title'].get(language) or one['title']['kk']}" for one in chapters)


def of_programme(
    slots: Iterable[Mapping[str, Any]], *, session: int, begins_at: datetime, length: int
) -> list[Chapter]:
    """The places of a released programme that lie in the recording of their session."""
    found = []
    for row in slots:
        at = int((datetime.fromisoformat(row["starts_at"]) - begins_at).total_seconds())
        if row["session"] == session and -60 <= at < length:  # begun a little late, the first place is its beginning
            found.append(Chapter(max(0, at), row["title"], row["talk"]))
    return sorted(found, key=lambda one: one.at)
