"""The states of a version of a course (drawn in docs/states/)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.courseware.models import CourseVersion
from orken.kit.states import States, Way

S = CourseVersion.State
VERSION = States(
    "course",
    S,
    [
        Way("ask", _("Ask a second person to read it"), (S.DRAFT,), S.REVIEW, actor="author"),
        Way("write", _("Write on"), (S.REVIEW,), S.DRAFT, actor="author"),
        Way("send_back", _("Send back"), (S.REVIEW,), S.DRAFT, actor="second person", needs_reason=True),
        Way("publish", _("Publish"), (S.REVIEW,), S.PUBLISHED, actor="second person"),
    ],
    first=S.DRAFT,
)  # fmt: skip
