"""What a version says, as plain data: for its fingerprint and for comparing two."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from orken.questions.models import ExerciseVersion, QuestionVersion

TEXTS = tuple(f"{field}_{language}" for field in ("title", "intro") for language in ("kk", "ru", "en"))
RULES = ("behaviour", "tries", "penalty", "minutes", "attempts", "pass_mark", "shuffle", "counts", "reveal")
FIELDS = (*TEXTS, *RULES)


def of_question(version: QuestionVersion) -> dict[str, Any]:
    return {"kind": version.question.kind, "payload": version.payload}


def of_exercise(version: ExerciseVersion) -> dict[str, Any]:
    """The rules and the slots in their order (one query)."""
    slots = [
        {
            "mark": f"{slot.mark:.2f}", "question": slot.question_id, "pinned": slot.pinned_id, "pool": slot.pool_id, "tag": slot.tag,
            "many": slot.many, "kind": slot.kind, "payload": slot.payload,
        }
        for slot in version.slots.all()
    ]  # fmt: skip
    return {**{name: getattr(version, name) for name in FIELDS}, "slots": slots}


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256: equal exactly when the text is equal, so a change after publishing shows."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
