"""Who may do what: the whole table on one page, for a director to read (shown at /roles/).

A permission is a verb over units; a role is a name for a list of permissions. Where a role holds
is a row in the database (RoleAssignment), never a line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What can be allowed. The value is kept in the audit trail, so it never changes."""

    UNIT_VIEW = "unit.view"
    UNIT_EDIT = "unit.edit"
    UNIT_MOVE = "unit.move"
    UNIT_IMPORT = "unit.import"
    STAFF_VIEW = "staff.view"
    STAFF_EDIT = "staff.edit"
    ROLE_VIEW = "role.view"
    ROLE_ASSIGN = "role.assign"
    AUDIT_VIEW = "audit.view"
    JOBS_VIEW = "jobs.view"
    CONDITION_VIEW = "condition.view"
    CONDITION_EDIT = "condition.edit"
    CONDITION_APPROVE = "condition.approve"
    SPECIMEN_EDIT = "specimen.edit"


PERMISSION_TEXTS: dict[Permission, Promise | str] = {
    Permission.UNIT_VIEW: _("see the units in the workspace"),
    Permission.UNIT_EDIT: _("add units, change their names and traits, close them"),
    Permission.UNIT_MOVE: _("move a unit under another parent"),
    Permission.UNIT_IMPORT: _("import the list of units from a table"),
    Permission.STAFF_VIEW: _("see the staff"),
    Permission.STAFF_EDIT: _("appoint, change and dismiss staff"),
    Permission.ROLE_VIEW: _("see who holds which role"),
    Permission.ROLE_ASSIGN: _("give and take roles"),
    Permission.AUDIT_VIEW: _("read the trail of changes"),
    Permission.JOBS_VIEW: _("see background work and outgoing letters"),
    Permission.CONDITION_VIEW: _("see passports of condition and the climate of stores"),
    Permission.CONDITION_EDIT: _("write and issue passports, record readings of climate"),
    Permission.CONDITION_APPROVE: _("approve steps of treatment that only a restorer does"),
    Permission.SPECIMEN_EDIT: _("add pictures of damage, ask experts, publish"),
}


class Role(models.TextChoices):
    """The roles of domain.md §1.3."""

    HEAD = "head", _("Head of a library")
    DISTRICT_METHODOLOGIST = "district_methodologist", _("Methodologist of a district or city")
    REGION_METHODOLOGIST = "region_methodologist", _("Methodologist of a region")
    NATIONAL_METHODOLOGIST = "national_methodologist", _("Methodologist of the National Library")
    CURATOR = "curator", _("Curator of a school")
    TRAINER = "trainer", _("Trainer")
    REGISTRAR = "registrar", _("Registrar")
    DIRECTOR = "director", _("Director")
    ANALYST = "analyst", _("Analyst")
    MENTOR = "mentor", _("Mentor")
    COORDINATOR = "coordinator", _("College coordinator")
    STUDENT = "student", _("Student")
    VIEWER = "viewer", _("Ministry viewer")
    ADMINISTRATOR = "administrator", _("System administrator")


P = Permission
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.HEAD: frozenset({P.UNIT_VIEW, P.STAFF_VIEW, P.STAFF_EDIT, P.ROLE_VIEW, P.CONDITION_VIEW, P.CONDITION_EDIT}),
    Role.DISTRICT_METHODOLOGIST: frozenset(
        {
            P.UNIT_VIEW, P.UNIT_EDIT, P.STAFF_VIEW, P.STAFF_EDIT, P.ROLE_VIEW,
            P.CONDITION_VIEW, P.CONDITION_EDIT,
        }
    ),
    Role.REGION_METHODOLOGIST: frozenset(
        {
            P.UNIT_VIEW, P.UNIT_EDIT, P.UNIT_MOVE, P.UNIT_IMPORT, P.STAFF_VIEW, P.STAFF_EDIT,
            P.ROLE_VIEW, P.ROLE_ASSIGN, P.AUDIT_VIEW, P.CONDITION_VIEW, P.CONDITION_EDIT,
        }
    ),
    Role.NATIONAL_METHODOLOGIST: frozenset(
        {
            P.UNIT_VIEW, P.UNIT_EDIT, P.UNIT_MOVE, P.UNIT_IMPORT, P.STAFF_VIEW, P.STAFF_EDIT,
            P.ROLE_VIEW, P.ROLE_ASSIGN, P.AUDIT_VIEW, P.CONDITION_VIEW, P.CONDITION_EDIT, P.CONDITION_APPROVE, P.SPECIMEN_EDIT,
        }
    ),
    Role.CURATOR: frozenset(
        {P.UNIT_VIEW, P.STAFF_VIEW, P.SPECIMEN_EDIT, P.CONDITION_VIEW, P.CONDITION_EDIT, P.CONDITION_APPROVE}
    ),
    Role.TRAINER: frozenset({P.UNIT_VIEW, P.CONDITION_VIEW, P.CONDITION_EDIT}),
    Role.REGISTRAR: frozenset({P.UNIT_VIEW, P.STAFF_VIEW, P.AUDIT_VIEW}),
    Role.DIRECTOR: frozenset({P.UNIT_VIEW, P.STAFF_VIEW, P.ROLE_VIEW, P.AUDIT_VIEW, P.CONDITION_VIEW}),
    Role.ANALYST: frozenset({P.UNIT_VIEW}),
    Role.MENTOR: frozenset(),
    Role.COORDINATOR: frozenset({P.UNIT_VIEW}),
    Role.STUDENT: frozenset(),
    Role.VIEWER: frozenset({P.UNIT_VIEW}),
    Role.ADMINISTRATOR: frozenset({P.UNIT_VIEW, P.ROLE_VIEW, P.ROLE_ASSIGN, P.AUDIT_VIEW, P.JOBS_VIEW}),
}  # fmt: skip

ROLE_TEXTS: dict[Role, Promise | str] = {
    Role.HEAD: _("Sends her people to study, replaces them, sees who is due."),
    Role.DISTRICT_METHODOLOGIST: _("Keeps the list of branches of a district or city and helps them."),
    Role.REGION_METHODOLOGIST: _("Gathers applications of the region, shares out its seats, vouches for evidence."),
    Role.NATIONAL_METHODOLOGIST: _("Plans the year, opens runs, forms groups, reports for the country."),
    Role.CURATOR: _("Leads one school of the Library: programmes, groups, results."),
    Role.TRAINER: _("Teaches, marks and keeps attendance."),
    Role.REGISTRAR: _("Numbers orders and certificates, hands them over, revokes them."),
    Role.DIRECTOR: _("Signs, and sees the whole on one page."),
    Role.ANALYST: _("Counts: sees figures, not persons."),
    Role.MENTOR: _("Guides a student at the workplace."),
    Role.COORDINATOR: _("Sends students of her college into practice."),
    Role.STUDENT: _("Learns at the college and at the library."),
    Role.VIEWER: _("Sees the country's figures, changes nothing."),
    Role.ADMINISTRATOR: _("Keeps the system running: roles, jobs, trail of changes; sees no staff lists."),
}


@dataclass(frozen=True)
class RoleLine:
    """One line of the page /roles/."""

    role: Role
    text: Promise | str
    permissions: frozenset[Permission]


def table() -> list[RoleLine]:
    return [RoleLine(role, ROLE_TEXTS[role], PERMISSIONS[role]) for role in Role]
