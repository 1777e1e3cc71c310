"""Grading a record against experts' records. The model is told in README.md of the app and in docs/decisions."""

from orken.cataloguing.grading.results import Cap, ElementScore, Marked, Penalty, Reason
from orken.cataloguing.grading.scoring import PASS, Expert, ExpertUnusable, Terms, grade

__all__ = ["PASS", "Cap", "ElementScore", "Expert", "ExpertUnusable", "Marked", "Penalty", "Reason", "Terms", "grade"]
