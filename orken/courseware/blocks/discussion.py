"""A discussion that the author plans: a question to which everybody in the run answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.courseware.blocks.base import Kind, Question, register

DISCUSSION = register(
    Kind(
        "discussion", _("Discussion"), _("A question to which the group answers"), outward=True,
        said=(Question("question", _("Question to the group"), "text", "", 600, 3, needed=True),),
    )
)  # fmt: skip
