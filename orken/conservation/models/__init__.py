"""Rows of the school: papers (passports, climate) and pictures (images, specimens, experts' annotations)."""

from orken.conservation.models.climate import Reading, Room
from orken.conservation.models.passports import Item, Passport, PassportDamage
from orken.conservation.models.pictures import (
    CardPicture,
    ExpertMarking,
    Light,
    Reference,
    Specimen,
    SpecimenLight,
)
from orken.conservation.models.rules import RuleReview

__all__ = [
    "CardPicture",
    "ExpertMarking",
    "Item",
    "Light",
    "Passport",
    "PassportDamage",
    "Reading",
    "Reference",
    "Room",
    "RuleReview",
    "Specimen",
    "SpecimenLight",
]
