"""The whole text of a version as plain data: for its fingerprint, for comparing two versions."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from orken.curriculum.models import Module, ProgrammeVersion

# What an author writes, in the order of the pages; everything else of the row is kept by the services.
THREE = ("title", "summary", "audience", "entry")
PLAIN = (
    "kind", "form", "release", "final", "in_kk", "in_ru", "in_en", "days", "stated_hours", "approval_number", "approved_on",
)  # fmt: skip
TEXT_FIELDS = tuple(f"{field}_{language}" for field in THREE for language in ("kk", "ru", "en"))
SAMPLE = ("work_sample", "sample_kk", "sample_ru", "sample_en")
FIELDS = (*TEXT_FIELDS, *PLAIN, *SAMPLE)
MINUTES = ("lecture", "practice", "independent", "assessment")
MODULE_FIELDS = (
    tuple(f"{field}_{language}" for field in ("title", "content") for language in ("kk", "ru", "en")) + MINUTES
)
OUTCOME_FIELDS = ("text_kk", "text_ru", "text_en", "level")


def content(version: ProgrammeVersion) -> dict[str, Any]:
    """Everything that a version says, in one order for ever (two queries).

    Where no work sample is asked nothing is said of one, so that versions from before it was known keep their fingerprint.
    """
    silent = SAMPLE if version.work_sample == ProgrammeVersion.WorkSample.NONE else ()
    return {
        **{field: getattr(version, field) for field in FIELDS if field not in silent},
        "approved_on": version.approved_on.isoformat() if version.approved_on else None,
        "modules": [{"key": str(module.key), **piece(module)} for module in version.modules.all()],
        "outcomes": [
            {"competency": outcome.competency.code, **{field: getattr(outcome, field) for field in OUTCOME_FIELDS}}
            for outcome in version.outcomes.select_related("competency")
        ],
    }


def piece(module: Module) -> dict[str, Any]:
    """What a module says, as JSON values: minutes to the hundredth, as a text."""
    texts = {field: getattr(module, field) for field in MODULE_FIELDS if field not in MINUTES}
    return texts | {kind: f"{Decimal(getattr(module, kind)):.2f}" for kind in MINUTES}


def fingerprint(version: ProgrammeVersion) -> str:
    """SHA-256 of the content: equal exactly when the text is equal, so a change after publishing shows."""
    text = json.dumps(content(version), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
