"""Rows of the school: papers (passports, climate) and pictures (images, specimens, experts' annotations)."""

from orken.conservation.models.pictures import (
    CardPicture,
    ExpertMarking,
    Light,
    Reference,
    Specimen,
    SpecimenLight,
)

__all__ = [
    "CardPicture",
    "ExpertMarking",
    "Light",
    "Reference",
    "Specimen",
    "SpecimenLight",
]
