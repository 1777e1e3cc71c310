"""The whole text of a version as plain data: for its fingerprint, for a copy, for comparing."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from orken.competencies.models import FrameworkVersion


def content(version: FrameworkVersion) -> dict[str, Any]:
    """Everything that a version says, in one order for ever (four queries)."""
    return {
        "domains": [_row(row, "name", code=row.domain.code) for row in version.domains.select_related("domain").order_by("domain__code")],
        "competencies": [
            _row(row, "name", "covers", code=row.competency.code)
            for row in version.competencies.select_related("competency").order_by("competency__code")
        ],
        "levels": sorted(
            (
                _row(row, "name", "anchor", domain=row.domain.code if row.domain else "", level=row.level)
                for row in version.levels.select_related("domain")
            ),
            key=lambda row: (row["domain"], row["level"]),
        ),
        "targets": sorted(
            [row.group, row.unit_code, row.domain.code, row.level] for row in version.targets.select_related("domain")
        ),
    }  # fmt: skip


def fingerprint(version: FrameworkVersion) -> str:
    """SHA-256 of the content: equal exactly when the text is equal, so a change after publishing shows."""
    text = json.dumps(content(version), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _row(row: Any, *fields: str, **more: Any) -> dict[str, Any]:
    return more | {
        f"{field}_{language}": getattr(row, f"{field}_{language}")
        for field in fields
        for language in ("kk", "ru", "en")
    }
