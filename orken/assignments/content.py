"""What a version says, as plain data: for its fingerprint and for whoever writes it."""

from __future__ import annotations

from typing import Any

from orken.assignments.models import AssignmentVersion
from orken.questions.content import fingerprint

__all__ = ["FIELDS", "fingerprint", "of_version"]

TEXTS = tuple(f"{field}_{language}" for field in ("title", "brief") for language in ("kk", "ru", "en"))
RULES = ("text_most", "files_most", "photos_most", "due_days", "resubmissions", "marking", "difference", "peers", "review_days", "pass_mark")  # fmt: skip
FIELDS = (*TEXTS, *RULES)


def of_version(version: AssignmentVersion) -> dict[str, Any]:
    return {**{name: getattr(version, name) for name in FIELDS}, "rubric": version.rubric}
