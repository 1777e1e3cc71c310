"""Runs of the demo country: what is on between December 2026 and April 2027, with applications in every state."""

from orken.training.demo.build import build

__all__ = ["build"]
