"""What certificates of the demo stand on: rules of documents, prefixes of numbers. The certificates come with their runs."""

from __future__ import annotations

from orken.credentials import prefixes, rules
from orken.kit.demo import Stage


def build(stage: Stage) -> None:
    rules.load()
    prefixes.load()
