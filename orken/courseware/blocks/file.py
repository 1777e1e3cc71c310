"""A file to take along: a form, a sample, a table to fill in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.courseware.blocks.base import Kind, Question, register

FILE = register(
    Kind(
        "file", _("File"), _("PDF, document or spreadsheet to be kept"), takes="paper",
        said=(Question("title", _("Name"), "line", "", 200, needed=True), Question("about", pgettext_lazy("a file", "What it is for"), "line", "", 300)),
    )
)  # fmt: skip
