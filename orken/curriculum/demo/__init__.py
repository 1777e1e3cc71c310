"""The programmes of the demo: those of domain.md §4, in Kazakh and Russian."""

from orken.curriculum.demo.build import build

__all__ = ["build"]
