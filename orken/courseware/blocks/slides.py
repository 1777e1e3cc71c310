"""Slides of a PDF: its pages as pictures, each with the words that stand on it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.courseware.blocks.base import Question, register
from orken.courseware.blocks.gallery import Pictures

SLIDES = register(
    Pictures(
        "slides", _("Slides"), _("A PDF of up to forty pages; its pages become pictures"), takes="slides",
        said=(
            Question("caption", _("Heading"), "line", "", 200, needed=True),
            Question("alts", _("What each page says"), "text", _("A line for each page. Empty: the words of the PDF itself are taken."), 12000, 6),
        ),
    )
)  # fmt: skip
