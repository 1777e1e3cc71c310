"""One look at one record: what every group of rules is given, and where it says what it sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from orken.cataloguing.checker import rules
from orken.cataloguing.checker.findings import Finding
from orken.cataloguing.profiles.model import Profile
from orken.cataloguing.record import Record


@dataclass(slots=True)
class Look:
    record: Record
    profile: Profile
    encoding: str = "utf-8"
    found: list[Finding] = field(default_factory=list)

    def say(
        self,
        rule: str,
        tag: str = "",
        occurrence: int = 0,
        subfield: str = "",
        /,
        *,
        severity: str = "",
        **values: Any,
    ) -> None:
        """Keep a finding of `rule`. `severity` is given only where the rule itself knows two."""
        source = rules.sources()[rule]
        if "@" in source:
            source = source.replace("@", self.profile.reference(tag) if tag else self.profile.name.en)
        self.found.append(
            Finding(rule, severity or rules.severities()[rule], tag, occurrence, subfield, values, source)
        )

    @property
    def marc21(self) -> bool:
        return self.profile.family == "marc21"
