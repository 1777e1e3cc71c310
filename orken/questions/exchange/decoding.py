"""Bytes of a file as text, whatever they were saved with; what is doubtful is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from orken.questions import exchange

# UTF-8 that was once read as a Western or a Cyrillic code page and saved again: «Ð Ð°Ð·» and «Р°Р±Рё».
_WESTERN = re.compile(r"(?:[ÐÑÒÓ][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]){2}")
_CYRILLIC = re.compile(r"(?:[РСТУ][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u2013-\u2122°±µ¶·»јЅѕї]){3}")


@dataclass(frozen=True)
class Decoded:
    text: str
    remark: str = ""


def decoded(content: bytes) -> Decoded:
    """UTF-8, UTF-16 with its mark, or the Kazakh code page of Windows. Raises exchange.Unreadable."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return Decoded(content.decode("utf-16"))
        except UnicodeDecodeError:
            raise exchange.Unreadable(_("The file says that it is UTF-16, but it is not. Save it as UTF-8.")) from None
    try:
        return Decoded(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        place = content[: fault.start].count(b"\n") + 1
    if b"\0" in content:
        raise exchange.Unreadable(_("This is no text: it cannot be read from line %(n)s on. Save it as UTF-8.") % {"n": place})  # fmt: skip
    try:
        text = content.decode("kz1048")
    except UnicodeDecodeError:
        raise exchange.Unreadable(_("Line %(n)s is neither UTF-8 nor a Kazakh or Russian text of Windows. Save the file as UTF-8.") % {"n": place}) from None  # fmt: skip
    return Decoded(text, _("The file is not UTF-8 (line %(n)s). It was read as a Kazakh or Russian text of Windows: look whether the letters are right.") % {"n": place})  # fmt: skip


def broken(value: Any) -> bool:
    """Whether a text in it lost its letters."""
    if isinstance(value, str):
        return "\ufffd" in value or bool(_WESTERN.search(value) or _CYRILLIC.search(value))
    if isinstance(value, dict):
        return any(broken(one) for one in value.values())
    return any(broken(one) for one in value) if isinstance(value, list) else False
