"""The columns of the demo country, when everything that they are made of is there."""

from __future__ import annotations

from orken.insights import services
from orken.kit.demo import Stage


def build(stage: Stage) -> None:
    services.rebuild()
