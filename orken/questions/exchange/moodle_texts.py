"""Texts of Moodle: several languages in one («multilang»), HTML that is none, pictures beside the text."""

from __future__ import annotations

import hashlib
import re
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from orken.kit.i18n.content import LANGUAGES
from orken.questions import texts

_SPAN = re.compile(
    r"<(?:span|lang)\b[^>]*?\blang=[\"']?([a-z]{2})[\"']?[^>]*>(.*?)</(?:span|lang)>", re.DOTALL | re.IGNORECASE
)
_MULTI = re.compile(r"class=[\"']?[^\"'>]*\bmultilang\b", re.IGNORECASE)
_PLUGIN = re.compile(r"@@PLUGINFILE@@/([^\"'\s<>?]+)(?:\?[^\"'\s<>]*)?")
_BREAK = re.compile(r"<br\s*/?>\s*|</p>\s*<p[^>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!]")
_FAR_PICTURE = re.compile(r"<img\b(?![^>]*\bsrc\s*=\s*[\"']?picture:)", re.IGNORECASE)
_PROGRAM = re.compile(r"<(?:script|iframe|object|embed|svg|video|audio|form)\b", re.IGNORECASE)


def languages(text: str, language: str) -> dict[str, str]:
    """The text by languages: as its multilang spans say, else all of it in the language of the file."""
    if _MULTI.search(text) or "<lang " in text.lower():
        found = {code.lower(): part.strip() for code, part in _SPAN.findall(text) if code.lower() in LANGUAGES}
        if found:
            return found
    return {language: text.strip()} if text.strip() else {}


def together(words: dict[str, str], html: bool) -> tuple[str, str]:
    """Words as one text of Moodle, with its format."""
    known = {code: words[code] for code in LANGUAGES if words.get(code)}
    if len(known) == 1:
        text = next(iter(known.values()))
        return (text, "html") if html else (text, "plain_text")
    parts = [f'<span lang="{code}" class="multilang">{text if html else _as_html(text)}</span>' for code, text in known.items()]  # fmt: skip
    return "".join(parts), "html"


def _as_html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def bare(text: str) -> str | None:
    """HTML that holds nothing but lines of text, as these; None where it holds more."""
    lines = _PARAGRAPH.sub("", _BREAK.sub("\n", text.strip()))
    return None if _TAG.search(lines) else unescape(lines).replace("\u00a0", " ").strip()


def tidy(payload: dict[str, Any], html: bool) -> dict[str, Any]:
    """A payload whose texts came as HTML: plain where none of them needs more, else cleaned and said to be HTML."""
    if not html:
        return payload
    found = list(_texts(payload))
    if all(bare(text) is not None for text in found):
        return dict(_each(payload, lambda text: bare(text) or ""))
    return {**dict(_each(payload, texts.clean)), "html": True}


def dropped(payload: dict[str, Any]) -> list[str]:
    """What cleaning takes out of these texts that a reader would miss, in sentences for whoever takes them in."""
    whole = " ".join(_texts(payload))
    found = []
    if _FAR_PICTURE.search(whole):
        found.append(_("a picture from another site is left out: open the question and put it in from a file."))
    if _PROGRAM.search(whole):
        found.append(_("a script or a frame is left out: questions hold texts and pictures only."))
    return found


def mixed(payload: dict[str, Any], plain: bool) -> dict[str, Any]:
    """The same for a payload of which some texts are plain: these become HTML first."""
    return tidy(dict(_each(payload, lambda text: linebreaks(text, autoescape=True))) if plain else payload, True)


def _is_words(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= set(LANGUAGES)


def _texts(value: Any) -> list[str]:
    if _is_words(value):
        return list(value.values())
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []


def _each(value: Any, change: Any) -> Any:
    if _is_words(value):
        return {code: change(text) for code, text in value.items()}
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    return [_each(one, change) for one in value] if isinstance(value, list) else value


def with_pictures(text: str, named: dict[str, str]) -> str:
    """Addresses of Moodle's own files as names of pictures; `named` gets how each is called in the file."""

    def put(found: re.Match[str]) -> str:
        name = unquote(unescape(found.group(1)))
        named[slug(name)] = name
        return f"{texts.PICTURE}{slug(name)}"

    return _PLUGIN.sub(put, text)


def slug(name: str) -> str:
    """A name that no cleaning of addresses changes."""
    return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
