"""How the trail calls what the network and people write into it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import words
from orken.kit.audit.services import ERASED
from orken.network.models import Appointment, RoleAssignment, Unit
from orken.network.roles import Role
from orken.network.taking_away import Numbers
from orken.people.models import Account, DataRequest, PreviousName


class Languages(models.TextChoices):
    """Languages as a reader calls them."""

    KK = "kk", _("Kazakh")
    RU = "ru", _("Russian")
    EN = "en", _("English")


VERBS = {
    "unit.opened": _("opened a unit"),
    "unit.renamed": _("changed the names of a unit"),
    "unit.traits_set": _("changed the traits of a unit"),
    "unit.moved": _("moved a unit"),
    "unit.closed": _("closed a unit"),
    "unit.reopened": _("opened a unit again"),
    "unit.took_effect": _("a dated change took effect"),
    "staff.appointed": _("appointed a person"),
    "staff.dismissed": _("ended an appointment"),
    "staff.report_taken_away": _("took the report of a staff list away as a file"),
    "staff.taken_away": _("took the staff away as a file"),
    "account.taken_away": _("took the list of accounts away as a file"),
    "trail.taken_away": _("took the trail away as a file"),
    "transfer.asked": _("asked for a transfer"),
    "transfer.accepted": _("agreed to a transfer"),
    "transfer.refused": _("did not agree to a transfer"),
    "transfer.withdrawn": _("took a request of transfer back"),
    "staff.listed": _("wrote a row of a staff list"),
    "staff.list_applied": _("applied a staff list"),
    "staff.list_taken_back": _("took a staff list back"),
    "person.registered": _("registered a person"),
    "person.renamed": _("changed the names of a person"),
    "person.traits_set": _("noted facts about a person"),
    "person.contacts_set": _("changed contacts of a person"),
    "person.number_set": _("noted the number of a person"),
    "person.number_shown": _("looked at a number in full"),
    "person.consented": _("gave a consent"),
    "person.consent_withdrawn": _("took a consent back"),
    "person.asked": _("asked about her data"),
    "person.request_decided": _("decided about a request"),
    "person.blocked": _("blocked the data of a person"),
    "person.unblocked": _("showed a person again"),
    "person.erased": _("erased the data of a person"),
    "person.merged": _("joined two records of a person"),
    "person.merge_undone": _("took two records apart"),
    "person.kept_apart": _("told two people apart"),
    "role.assigned": _("gave a role"),
    "role.ended": _("took a role back"),
    "account.opened": _("invited a person for the first time"),
    "account.invited": _("invited a person again"),
    "account.code_renewed": _("renewed the code of a person"),
    "account.erased": _("closed the account of an erased person"),
    "account.code_used": _("signed in with a code"),
    "account.language_set": _("chose a language"),
    "account.email_set": _("changed the address of an account"),
    "account.password_changed": _("changed a password"),
    "account.second_step_changed": _("changed the second step of sign-in"),
}
FIELDS: dict[str, words.Text | None] = {
    "name_kk": _("Name in Kazakh"),
    "name_ru": _("Name in Russian"),
    "name_en": _("Name in English"),
    "short_kk": _("Short name in Kazakh"),
    "short_ru": _("Short name in Russian"),
    "short_en": _("Short name in English"),
    "locality": _("Locality"),
    "internet": _("Line"),
    "city_kk": _("Place in Kazakh"),
    "city_ru": _("Place in Russian"),
    "city_en": _("Place in English"),
    "address": _("Address"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "parent": _("Belongs to"),
    "on": pgettext_lazy("in the trail", "since"),
    "person": _("Person"),
    "other": pgettext_lazy("in the trail", "other person"),
    "gone": pgettext_lazy("in the trail", "record that went"),
    "kept": pgettext_lazy("in the trail", "record that stayed"),
    "name": _("Name"),
    **{
        f"{part}_{script}": label
        for script, labels in {
            "kk": (_("Surname in Kazakh"), _("Given name in Kazakh"), _("Patronymic in Kazakh")),
            "ru": (_("Surname in Russian"), _("Given name in Russian"), _("Patronymic in Russian")),
            "en": (_("Surname in Latin letters"), _("Given name in Latin letters")),
        }.items()
        for part, label in zip(("surname", "given", "patronymic"), labels, strict=False)
    },
    "unit": _("Unit"),
    "post": _("Post"),
    "role": _("Role"),
    "employment": _("Employment"),
    "basis": _("Basis"),
    "reason": pgettext_lazy("in the trail", "reason"),
    "rows": pgettext_lazy("in the trail", "rows"),
    "row": pgettext_lazy("in the trail", "row"),
    "posts": pgettext_lazy("in the trail", "posts"),
    "fields": pgettext_lazy("in the trail", "what the row changed"),
    "kind": _("Kind"),
    "state": pgettext_lazy("in the trail", "state"),
    "number": pgettext_lazy("in the trail", "number"),
    "version": pgettext_lazy("in the trail", "version"),
    "language": pgettext_lazy("in the trail", "language"),
    "way": pgettext_lazy("in the trail", "way"),
    "kept_at": _("Where the paper is kept"),
    "until": pgettext_lazy("in the trail", "until"),
    "clears": None,
    "what": pgettext_lazy("in the trail", "what"),
    "step": pgettext_lazy("in the trail", "step"),
    "new": pgettext_lazy("in the trail", "new rows"),
    "changed": pgettext_lazy("in the trail", "changed rows"),
    "same": pgettext_lazy("in the trail", "rows as they were"),
    "doubtful": pgettext_lazy("in the trail", "doubtful rows"),
    "refused": pgettext_lazy("in the trail", "refused rows"),
    "purpose": pgettext_lazy("in the trail", "purpose"),
    "people": pgettext_lazy("in the trail", "people"),
    "iin": pgettext_lazy("in the trail", "numbers of persons"),
    "filters": pgettext_lazy("in the trail", "filters"),
}
ABOUT = {
    "unit": _("Libraries"),
    "staff": _("Posts and staff lists"),
    "person": _("People and their data"),
    "role": _("Roles"),
    "account": _("Sign-in"),
    "transfer": _("Requests of transfer"),
    "trail": _("Trail of changes"),
}
VALUES = {
    "locality": Unit.Locality,
    "internet": Unit.Internet,
    "role": Role,
    "employment": Appointment.Employment,
    "person.asked.kind": DataRequest.Kind,
    "person.request_decided.kind": DataRequest.Kind,
    "person.request_decided.state": DataRequest.State,
    "person.renamed.reason": PreviousName.Reason,
    "iin": Numbers,
    "language": Languages,
    "languages": Languages,
}


def _appointment(row: Appointment) -> str:
    return f"{row.person}: {row.post.title}, {row.unit.name}"


def _assignment(row: RoleAssignment) -> str:
    return f"{row.person}: {row.get_role_display()}, {row.unit.name}"


def _unless_erased(row: Account) -> str:
    """Of an erased person the trail keeps what it kept: her name while a duty asks for it, else none."""
    return "" if row.person.erased_at else str(row)


PEOPLE, UNITS = words.rows_of("people.Person"), words.rows_of("network.Unit", field="code")
NAMED = {
    words.BY: words.rows_of("people.Account", "person", text=_unless_erased),
    "person": PEOPLE,
    "other": PEOPLE,
    "person.gone": PEOPLE,
    "person.kept": PEOPLE,
    "unit": UNITS,
    "parent": UNITS,
    "post": words.rows_of("network.Post", field="code"),
}
THINGS = {
    "network.appointment": words.rows_of("network.Appointment", "person", "post", "unit", text=_appointment),
    "network.roleassignment": words.rows_of("network.RoleAssignment", "person", "unit", text=_assignment),
    "network.transfer": words.rows_of(
        "network.Transfer", "person", "unit", text=lambda row: f"{row.person}: {row.unit}"
    ),
    "people.account": words.rows_of("people.Account", "person", text=_unless_erased),
    "people.person": words.rows_of("people.Person", text=lambda row: ERASED if row.erased_at else row),
}
ALSO = {
    "unit": ("network.UnitTraits",),
    "person": ("people.Consent", "people.PersonTraits"),
    "account": ("people.Invitation",),
}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES, named=NAMED, things=THINGS, also=ALSO)
