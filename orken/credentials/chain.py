"""The chain of a certificate: each step carries the digest of the step before, so that none can be changed or left out."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any


def digest_of(data: Any) -> str:
    """SHA-256 over the data as JSON with sorted keys."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def link(*, number: str, place: int, verb: str, at: datetime, facts: dict[str, Any], before: str) -> str:
    """The digest of one step; `before` is that of the step before it, empty for the first."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest_of([number, place, verb, moment, facts, before])
