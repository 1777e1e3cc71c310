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
    PERSON_MERGE = "person.merge"
    PERSON_NUMBER = "person.number"
    PERSON_DECIDE = "person.decide"
    ACCOUNT_INVITE = "account.invite"
    NOTICE_VIEW = "notice.view"
    NOTICE_TEXTS = "notice.texts"
    AUDIT_VIEW = "audit.view"
    JOBS_VIEW = "jobs.view"
    RUN_VIEW = "run.view"
    RUN_MANAGE = "run.manage"
    APPLICATION_SEND = "application.send"
    APPLICATION_REVIEW = "application.review"
    COMPETENCY_VIEW = "competency.view"
    COMPETENCY_JUDGE = "competency.judge"
    COMPETENCY_EDIT = "competency.edit"
    PROGRAMME_EDIT = "programme.edit"
    PROGRAMME_PUBLISH = "programme.publish"
    CATALOGUE_CHECK = "catalogue.check"
    CATALOGUE_TEACH = "catalogue.teach"
    PROFILE_EDIT = "profile.edit"
    CONDITION_VIEW = "condition.view"
    CONDITION_EDIT = "condition.edit"
    CONDITION_APPROVE = "condition.approve"
    SPECIMEN_EDIT = "specimen.edit"
    SURVEY_EDIT = "survey.edit"
    SURVEY_VIEW = "survey.view"
    CREDENTIAL_VIEW = "credential.view"
    CREDENTIAL_ISSUE = "credential.issue"
    CREDENTIAL_VOUCH = "credential.vouch"
    RECORD_VIEW = "record.view"
    RECORD_PREPARE = "record.prepare"
    RECORD_REGISTER = "record.register"
    RECORD_REFER = "record.refer"
    COVERAGE_VIEW = "coverage.view"
    NEWS_WRITE = "news.write"
    NEWS_PUBLISH = "news.publish"


PERMISSION_TEXTS: dict[Permission, Promise | str] = {
    Permission.UNIT_VIEW: _("see the units in the workspace"),
    Permission.UNIT_EDIT: _("add units, change their names and traits, close them"),
    Permission.UNIT_MOVE: _("move a unit under another parent"),
    Permission.UNIT_IMPORT: _("import the list of units from a table"),
    Permission.STAFF_VIEW: _("see the staff"),
    Permission.STAFF_EDIT: _("appoint, change and dismiss staff"),
    Permission.ROLE_VIEW: _("see who holds which role"),
    Permission.ROLE_ASSIGN: _("give and take roles"),
    Permission.PERSON_MERGE: _("join two records of one person and take them apart"),
    Permission.PERSON_NUMBER: _("see the IIN of a person in full; every look is noted"),
    Permission.PERSON_DECIDE: _("answer what people ask about their data"),
    Permission.ACCOUNT_INVITE: _("invite people to sign in and renew their codes"),
    Permission.NOTICE_VIEW: _("see which letters were sent and whether they arrived"),
    Permission.NOTICE_TEXTS: _("change the texts of letters"),
    Permission.AUDIT_VIEW: _("read the trail of changes"),
    Permission.JOBS_VIEW: _("see background work and outgoing letters"),
    Permission.RUN_VIEW: _("see who takes part in courses and other runs"),
    Permission.RUN_MANAGE: _("open courses and other runs, give seats, keep the timetable"),
    Permission.APPLICATION_SEND: _("apply for the people of a library"),
    Permission.APPLICATION_REVIEW: _("look at applications, share out the seats of the region"),
    Permission.COMPETENCY_VIEW: _("see the competencies of the staff"),
    Permission.COMPETENCY_JUDGE: _("judge the competencies of the staff"),
    Permission.COMPETENCY_EDIT: _("edit the framework of competencies"),
    Permission.PROGRAMME_EDIT: _("write programmes"),
    Permission.PROGRAMME_PUBLISH: _("publish programmes and take them out of the catalogue"),
    Permission.CATALOGUE_CHECK: _("check files of a catalogue and compare their errors"),
    Permission.CATALOGUE_TEACH: _("see experts' records and publish tasks of the School of the Cataloguer"),
    Permission.PROFILE_EDIT: _("write the rows of the KAZMARC profile"),
    Permission.CONDITION_VIEW: _("see passports of condition and the climate of stores"),
    Permission.CONDITION_EDIT: _("write and issue passports, record readings of climate"),
    Permission.CONDITION_APPROVE: _("approve steps of treatment that only a restorer does"),
    Permission.SPECIMEN_EDIT: _("add pictures of damage, ask experts, publish"),
    Permission.SURVEY_EDIT: _("write questionnaires, open surveys and close them"),
    Permission.SURVEY_VIEW: _("read the results of surveys"),
    Permission.CREDENTIAL_VIEW: _("see the certificates and hours of the staff"),
    Permission.CREDENTIAL_ISSUE: _("issue certificates, hand them over, replace and revoke them"),
    Permission.CREDENTIAL_VOUCH: _("vouch for training that was held elsewhere"),
    Permission.RECORD_VIEW: _("see official papers and their registers"),
    Permission.RECORD_PREPARE: _("prepare orders, sheets and reports"),
    Permission.RECORD_REGISTER: _("number papers, enter signatures, spoil numbers, write the words of papers"),
    Permission.RECORD_REFER: _("write referrals of the people of a library"),
    Permission.COVERAGE_VIEW: _("see the figures of coverage down to single libraries"),
    Permission.NEWS_WRITE: _("write news and send them to be looked at"),
    Permission.NEWS_PUBLISH: _("let news of others out, correct and archive them, write the pages of the site"),
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
    Role.HEAD: frozenset(
        {
            P.UNIT_VIEW,
            P.STAFF_VIEW, P.STAFF_EDIT,
            P.ROLE_VIEW,
            P.ACCOUNT_INVITE,
            P.NOTICE_VIEW,
            P.APPLICATION_SEND,
            P.COMPETENCY_VIEW, P.COMPETENCY_JUDGE,
            P.CATALOGUE_CHECK,
            P.CONDITION_VIEW, P.CONDITION_EDIT,
            P.CREDENTIAL_VIEW,
            P.RECORD_VIEW, P.RECORD_REFER,
            P.COVERAGE_VIEW,
        }
    ),
    Role.DISTRICT_METHODOLOGIST: frozenset(
        {
            P.UNIT_VIEW, P.UNIT_EDIT,
            P.STAFF_VIEW, P.STAFF_EDIT,
            P.ROLE_VIEW,
            P.PERSON_MERGE,
            P.ACCOUNT_INVITE,
            P.NOTICE_VIEW,
            P.APPLICATION_SEND,
            P.COMPETENCY_VIEW, P.COMPETENCY_JUDGE,
            P.CATALOGUE_CHECK,
            P.CONDITION_VIEW, P.CONDITION_EDIT,
            P.CREDENTIAL_VIEW,
            P.RECORD_VIEW, P.RECORD_REFER,
            P.COVERAGE_VIEW,
            P.NEWS_WRITE,
        }
    ),
    Role.REGION_METHODOLOGIST: frozenset(
        {
            P.UNIT_VIEW, P.UNIT_EDIT, P.UNIT_MOVE, P.UNIT_IMPORT,
            P.STAFF_VIEW, P.STAFF_EDIT,
            P.ROLE_VIEW, P.ROLE_ASSIGN,
            P.PERSON_MERGE, P.PERSON_DECIDE,
            P.ACCOUNT_INVITE,
            P.NOTICE_VIEW,
            P.AUDIT_VIEW,
            P.RUN_VIEW, P.RUN_MANAGE,
            P.APPLICATION_SEND, P.APPLICATION_REVIEW,
            P.COMPETENCY_VIEW, P.COMPETENCY_JUDGE,
            P.PROGRAMME_EDIT, P.PROGRAMME_PUBLISH,
            P.CATALOGUE_CHECK, P.CATALOGUE_TEACH,
            P.CONDITION_VIEW, P.CONDITION_EDIT,
            P.SURVEY_EDIT, P.SURVEY_VIEW,
            P.CREDENTIAL_VIEW, P.CREDENTIAL_ISSUE, P.CREDENTIAL_VOUCH,
            P.RECORD_VIEW, P.RECORD_PREPARE, P.RECORD_REGISTER, P.RECORD_REFER,
            P.COVERAGE_VIEW,
            P.NEWS_WRITE, P.NEWS_PUBLISH,
        }
    ),
    Role.NATIONAL_METHODOLOGIST: frozenset(
        {
            P.UNIT_VIEW, P.UNIT_EDIT, P.UNIT_MOVE, P.UNIT_IMPORT,
            P.STAFF_VIEW, P.STAFF_EDIT,
            P.ROLE_VIEW, P.ROLE_ASSIGN,
            P.PERSON_MERGE, P.PERSON_NUMBER, P.PERSON_DECIDE,
            P.ACCOUNT_INVITE,
            P.NOTICE_VIEW, P.NOTICE_TEXTS,
            P.AUDIT_VIEW,
            P.RUN_VIEW, P.RUN_MANAGE,
            P.APPLICATION_SEND, P.APPLICATION_REVIEW,
            P.COMPETENCY_VIEW, P.COMPETENCY_JUDGE, P.COMPETENCY_EDIT,
            P.PROGRAMME_EDIT, P.PROGRAMME_PUBLISH,
            P.CATALOGUE_CHECK, P.CATALOGUE_TEACH,
            P.PROFILE_EDIT,
            P.CONDITION_VIEW, P.CONDITION_EDIT, P.CONDITION_APPROVE,
            P.SPECIMEN_EDIT,
            P.SURVEY_EDIT, P.SURVEY_VIEW,
            P.CREDENTIAL_VIEW, P.CREDENTIAL_ISSUE, P.CREDENTIAL_VOUCH,
            P.RECORD_VIEW, P.RECORD_PREPARE, P.RECORD_REGISTER, P.RECORD_REFER,
            P.COVERAGE_VIEW,
            P.NEWS_WRITE, P.NEWS_PUBLISH,
        }
    ),
    Role.CURATOR: frozenset(
        {
            P.UNIT_VIEW,
            P.STAFF_VIEW,
            P.RUN_VIEW, P.RUN_MANAGE,
            P.PROGRAMME_EDIT, P.PROGRAMME_PUBLISH,
            P.CATALOGUE_CHECK, P.CATALOGUE_TEACH,
            P.CONDITION_VIEW, P.CONDITION_EDIT, P.CONDITION_APPROVE,
            P.SPECIMEN_EDIT,
            P.SURVEY_EDIT, P.SURVEY_VIEW,
            P.CREDENTIAL_VIEW,
            P.RECORD_VIEW, P.RECORD_PREPARE,
            P.NEWS_WRITE,
        }
    ),
    Role.TRAINER: frozenset(
        {
            P.UNIT_VIEW,
            P.CATALOGUE_CHECK, P.CATALOGUE_TEACH,
            P.CONDITION_VIEW, P.CONDITION_EDIT,
        }
    ),
    Role.REGISTRAR: frozenset(
        {
            P.UNIT_VIEW,
            P.STAFF_VIEW,
            P.PERSON_NUMBER,
            P.AUDIT_VIEW,
            P.RUN_VIEW,
            P.CREDENTIAL_VIEW, P.CREDENTIAL_ISSUE,
            P.RECORD_VIEW, P.RECORD_PREPARE, P.RECORD_REGISTER,
            P.COVERAGE_VIEW,
        }
    ),
    Role.DIRECTOR: frozenset(
        {
            P.UNIT_VIEW,
            P.STAFF_VIEW,
            P.ROLE_VIEW,
            P.AUDIT_VIEW,
            P.RUN_VIEW,
            P.CONDITION_VIEW,
            P.SURVEY_VIEW,
            P.CREDENTIAL_VIEW,
            P.RECORD_VIEW,
            P.COVERAGE_VIEW,
            P.NEWS_PUBLISH,
        }
    ),
    Role.ANALYST: frozenset(
        {
            P.UNIT_VIEW,
            P.SURVEY_VIEW,
            P.COVERAGE_VIEW,
        }
    ),
    Role.MENTOR: frozenset(
        {
            P.CATALOGUE_CHECK,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            P.UNIT_VIEW,
        }
    ),
    Role.STUDENT: frozenset(),
    Role.VIEWER: frozenset(
        {
            P.UNIT_VIEW,
            P.COVERAGE_VIEW,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            P.UNIT_VIEW,
            P.ROLE_VIEW, P.ROLE_ASSIGN,
            P.NOTICE_TEXTS,
            P.AUDIT_VIEW,
            P.JOBS_VIEW,
            P.CATALOGUE_CHECK, P.CATALOGUE_TEACH,
            P.COVERAGE_VIEW,  # she gives the roles that have it, and nobody gives more than she has
        }
    ),
}  # fmt: skip

# What may be done before a second step of sign-in is set up: libraries, records of books and the
# condition of documents, not lists of people (decision 0011).
WITHOUT_SECOND_STEP: frozenset[Permission] = frozenset(
    {
        P.UNIT_VIEW,
        P.CATALOGUE_CHECK,
        P.CATALOGUE_TEACH,
        P.CONDITION_VIEW,
        P.CONDITION_EDIT,
        P.SURVEY_VIEW,
        P.COVERAGE_VIEW,
    }
)

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


# Under which heading a right is read; the part of its value before the dot decides.
GROUP_TEXTS: dict[str, Promise | str] = {
    "unit": _("Libraries"),
    "staff": _("Staff"),
    "role": _("Roles"),
    "person": _("People and their data"),
    "account": _("Sign-in"),
    "notice": _("Letters"),
    "run": _("Courses and other runs"),
    "application": _("Applications"),
    "competency": _("Competencies"),
    "programme": _("Programmes"),
    "catalogue": _("School of the Cataloguer"),
    "profile": _("KAZMARC profile"),
    "condition": _("Condition of documents"),
    "specimen": _("Pictures of damage"),
    "survey": _("Questionnaires and surveys"),
    "credential": _("Certificates and hours"),
    "record": _("Official papers"),
    "coverage": _("Coverage"),
    "news": _("News"),
    "audit": _("Trail of changes"),
    "jobs": _("The system"),
}


@dataclass(frozen=True)
class RoleLine:
    """One line of the page /roles/."""

    role: Role
    text: Promise | str
    permissions: frozenset[Permission]

    @property
    def groups(self) -> list[tuple[Promise | str, list[Promise | str]]]:
        """Her rights under their headings, in the order of the headings."""
        return [
            (heading, rights)
            for group, heading in GROUP_TEXTS.items()
            if (rights := [PERMISSION_TEXTS[one] for one in Permission if one in self.permissions and one.partition(".")[0] == group])
        ]  # fmt: skip


def table() -> list[RoleLine]:
    return [RoleLine(role, ROLE_TEXTS[role], PERMISSIONS[role]) for role in Role]
