"""The checker: what is wrong with a record, where, why and how to see it.

    findings = checker.check(record, profiles.get("marc21"))
    for finding in findings:
        finding.severity, finding.message("kk")

    checker.check_item(item)    the same for an item of a file, with what its reader saw
    checker.rules.registered()  every rule with its words, source and examples (the help pages)

Rules are data (`texts/*.toml`: severity, words, source, examples) joined to plain functions, one
module per group. Fatal and major findings are errors; minor ones cost little; info costs nothing.
"""

from __future__ import annotations

from orken.cataloguing.checker import rules
from orken.cataloguing.checker.findings import ERRORS, SEVERITIES, Finding
from orken.cataloguing.checker.run import check, check_item

__all__ = ["ERRORS", "SEVERITIES", "Finding", "check", "check_item", "rules"]
