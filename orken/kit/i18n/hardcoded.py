"""Human text that stands in a template outside the translation tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

WORD = re.compile(r"[^\W\d_]{2,}")
TAGS = re.compile(r"{%\s*(blocktranslate|blocktrans)\b.*?{%\s*end\1\s*%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)
ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description"}
# Names that are the same in all three languages, and their own names of the languages.
SAME = {
    "Өркен",
    "Қаз",
    "Рус",
    "Eng",
    "Қазақша",
    "Русский",
    "English",
    "Тіл",
    "Язык",
    "Language",
    "ҰК",
    "КШ",
    "csv",
    "xlsx",
    "ods",
    "KZ",
}


def check() -> list[str]:
    """Every hard-coded text of our templates, with its file and line."""
    root = Path(__file__).resolve().parents[2]
    faults = []
    for path in sorted(root.rglob("templates/**/*.html")):
        for line, text in _texts(path.read_text(encoding="utf-8")):
            faults.append(f"{path.relative_to(root).as_posix()}:{line}: not for translation: {text!r}")
    return faults


def _texts(source: str) -> Iterator[tuple[int, str]]:
    """Text nodes and spoken attributes that still hold words once the tags are taken out."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match.group(0).count("\n") + " "

    reader = _Reader()
    reader.feed(TAGS.sub(blank, COMMENT.sub(blank, source)))
    for line, text in reader.found:
        words = [word for word in WORD.findall(text) if word not in SAME]
        if words:
            yield line, " ".join(text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "code", "pre", "kbd"):
            self._silent += 1
        for name, value in attrs:
            if name in ATTRIBUTES and value:
                self.found.append((self.getpos()[0], value))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "code", "pre", "kbd"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append((self.getpos()[0], data))
