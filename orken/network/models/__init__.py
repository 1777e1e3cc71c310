"""The network of libraries: units with dated names and parents, posts, appointments, roles, requests of transfer."""

from orken.network.models.staff import Appointment, Post, RoleAssignment
from orken.network.models.staff_lists import KnownHeading, StaffImport, StaffRow
from orken.network.models.transfer import Transfer
from orken.network.models.units import Unit, UnitImport, UnitName, UnitPlace, UnitTraits

__all__ = [
    "Appointment",
    "KnownHeading",
    "Post",
    "RoleAssignment",
    "StaffImport",
    "StaffRow",
    "Transfer",
    "Unit",
    "UnitImport",
    "UnitName",
    "UnitPlace",
    "UnitTraits",
]
