"""The demo country: real regions and their libraries, synthetic districts, branches and people."""

from orken.network.demo.build import COUNTRY, DEMO, Recipe, build

__all__ = ["COUNTRY", "DEMO", "Recipe", "build"]
