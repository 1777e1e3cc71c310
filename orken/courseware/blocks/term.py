"""A term of the glossary: it is read in its place and gathered into the glossary of the course."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.courseware.blocks.base import Kind, Question, register

TERM = register(
    Kind(
        "term", _("Glossary term"), _("A word with its meaning; all of them make the glossary of the course"),
        said=(
            Question("term", _("Term"), "line", "", 150, needed=True),
            Question("meaning", _("Meaning"), "text", _("Two or three sentences."), 1000, 3, needed=True),
        ),
    )
)  # fmt: skip
