"""A call-out: a rule, a warning, an example, what to do at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.courseware import notation
from orken.courseware.blocks.base import Kind, Materials, Question, Said, Shown, register
from orken.courseware.blocks.text import HINT

TONES = (
    ("info", pgettext_lazy("call-out", "Worth knowing")),
    ("ok", pgettext_lazy("call-out", "Do it at your desk")),
    ("wait", pgettext_lazy("call-out", "A common mistake")),
    ("stop", pgettext_lazy("call-out", "Never")),
)
ICONS = {"info": "info", "ok": "yes", "wait": "warn", "stop": "stop"}


@dataclass(frozen=True)
class CallOut(Kind):
    def show(self, block: Shown, said: Said, materials: Materials) -> dict[str, Any]:
        tone = str(block.shared.get("tone") or "info")
        return {
            "tone": tone, "icon_name": ICONS.get(tone, "info"), "head": said.get("title") or dict(TONES).get(tone, ""),
            "html": notation.drawn(str(said.get("text", ""))),
        }  # fmt: skip

    def words(self, said: Said) -> str:
        return f"{said.get('title', '')} {notation.plain(str(said.get('text', '')))}".strip()

    def links(self, said: Said) -> list[str]:
        return notation.links(str(said.get("text", "")))


CALLOUT = register(
    CallOut(
        "callout", _("Highlighted note"), _("A rule, a warning, something to do at once"),
        shared=(Question("tone", _("What it is"), "choice", choices=TONES, needed=True),),
        said=(Question("title", _("Heading"), "line", _("Empty: the name of its kind."), 120), Question("text", _("Text"), "text", HINT, 3000, 5, needed=True)),
    )
)  # fmt: skip
