"""The notation of text blocks: a few marks that can be typed on any keyboard, drawn as clean HTML.

    **bold**  *italic*  - list  1. list  ## heading  > quotation  [words](https://address)

Plain text is what authors translate side by side, what versions are compared by and what a search reads
(decision 0096). Drawing is pure and remembered, so a page of a lesson costs a look-up.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "hr", "a", "code"}
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)

_reader = MarkdownIt("zero", {"html": False, "linkify": False}).enable(
    ["heading", "list", "blockquote", "hr", "emphasis", "link", "newline", "escape", "entity", "backticks"]
)


@lru_cache(maxsize=4096)
def drawn(text: str) -> SafeString:
    """The text as HTML: nothing that a browser would run, links with no power over our page."""
    tokens = _reader.parse(text)
    for token in tokens:
        _lower(token)
    html = _reader.renderer.render(tokens, _reader.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer")  # fmt: skip
    return mark_safe(clean)  # cleaned in the line above


def _lower(token: Token) -> None:
    """Headings stand under the title of the page and of the lesson: the first level is h3, none is deeper than h4."""
    if token.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        token.tag = "h3" if token.tag in ("h1", "h2") else "h4"


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words alone: for the search, for counting, for the first line of a list."""
    without = nh3.clean(drawn(text), tags=set())
    return " ".join(without.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").split())


def links(text: str) -> list[str]:
    """Where the text leads to."""
    return LINK.findall(text)


def levels(text: str) -> list[int]:
    """The levels of its headings in their order: 1 for the first kind, 2 for those below."""
    return [1 if len(marks) <= 2 else 2 for marks in HEADING.findall(text)]
