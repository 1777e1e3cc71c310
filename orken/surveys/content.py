"""A version as one text, so that a change after publishing shows."""

from __future__ import annotations

import hashlib
import json

from orken.surveys.models import Version

TEXTS = tuple(f"{field}_{language}" for field in ("title", "intro") for language in ("kk", "ru", "en"))


def fingerprint(version: Version) -> str:
    """SHA-256 of everything that a reader of the sheet sees."""
    facts = {name: getattr(version, name) for name in TEXTS} | {"questions": version.document}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
