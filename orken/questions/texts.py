"""Texts of questions: three languages side by side, plain or as cleaned HTML.

What an author types is plain text. What comes out of another system's file is HTML: it is cleaned when it is taken in,
and once more when it is shown, so that no text of anybody ever runs in a reader's browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from typing import Any

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from orken.kit.i18n.content import LANGUAGES, ORDER, current_language

Words = Mapping[str, str]
TAGS = {
    "p", "br", "b", "strong", "i", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "code", "pre", "blockquote", "span", "div", "hr",
    "h3", "h4", "h5", "table", "thead", "tbody", "tr", "th", "td", "caption", "img",
}  # fmt: skip
ATTRIBUTES = {"img": {"src", "alt", "width", "height"}, "th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}, "*": {"lang"}}  # fmt: skip
PICTURE = "picture:"  # how a text names a picture of the bank
_PICTURE = re.compile(r"picture:([0-9a-f-]{36})")
_GAP = re.compile(r"\[\[\d{1,2}\]\]")  # of a text with gaps
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)[^>]*>", re.IGNORECASE)


def clean(text: str) -> str:
    """HTML of which only what shows text and pictures of ours is left."""
    return nh3.clean(
        text, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"picture"}, link_rel=None, clean_content_tags={"script", "style", "svg", "math", "iframe", "object", "template"},
    )  # fmt: skip


def said(words: Words, language: str | None = None) -> str:
    """In the reader's language or the next that is there."""
    return next((text for one in ORDER[language or current_language()] if (text := words.get(one, ""))), "")


def language_of(words: Words) -> str:
    """The language of what `said` says: another than the reader's where hers is wanting."""
    return next((one for one in ORDER[current_language()] if words.get(one)), current_language())


def public(words: Words, html: bool = False) -> dict[str, Any]:
    """A text as the learner's page gets it."""
    return {"text": said(words), "lang": language_of(words), "html": html}


def plain(text: str) -> str:
    """HTML as a line of text, for lists and for formats that know none."""
    return " ".join(unescape(_TAG.sub("", _BLOCK.sub(" ", text))).split())


def label(words: Words, html: bool, language: str, length: int = 300) -> str:
    """The beginning of a text in one language, for lists; empty where it is wanting."""
    text = words.get(language, "")
    text = _GAP.sub("…", plain(text) if html else " ".join(text.split()))
    return text if len(text) <= length else f"{text[: length - 1]}…"


@lru_cache(maxsize=4000)
def shown(text: str, html: bool, address: str) -> SafeString:
    """A text in a page; `address` is where pictures are read, with «{}» for the picture."""
    if not html:
        return mark_safe(linebreaks(text, autoescape=True))
    return mark_safe(_PICTURE.sub(lambda found: address.format(found.group(1)), clean(text)))


@lru_cache(maxsize=4000)
def line(text: str, html: bool) -> str:
    """The same within a line: an answer to choose has no paragraphs. Escaped by the template."""
    return plain(text) if html else text


def three(**texts: str) -> dict[str, str]:
    """Only the languages that are there."""
    return {code: texts[code] for code in LANGUAGES if texts.get(code)}


def pictures_in(text: str) -> set[str]:
    return set(_PICTURE.findall(text))
