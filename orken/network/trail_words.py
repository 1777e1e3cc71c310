"""How the trail calls what the network and people write into it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import words
from orken.network.models import Appointment, Unit
from orken.network.roles import Role

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
}
FIELDS = {
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
    "person": pgettext_lazy("in the trail", "person No."),
    "other": pgettext_lazy("in the trail", "other person No."),
    "unit": _("Unit"),
    "post": _("Post"),
    "role": _("Role"),
    "employment": _("Employment"),
    "basis": _("Basis"),
    "reason": pgettext_lazy("in the trail", "reason"),
    "rows": pgettext_lazy("in the trail", "rows"),
    "kind": _("Kind"),
    "state": pgettext_lazy("in the trail", "state"),
    "number": pgettext_lazy("in the trail", "number"),
    "version": pgettext_lazy("in the trail", "version"),
    "language": pgettext_lazy("in the trail", "language"),
    "way": pgettext_lazy("in the trail", "way"),
    "kept": pgettext_lazy("in the trail", "kept"),
    "purpose": pgettext_lazy("in the trail", "purpose"),
}
VALUES = {
    "locality": Unit.Locality,
    "internet": Unit.Internet,
    "role": Role,
    "employment": Appointment.Employment,
}


def register() -> None:
    words.register(verbs=VERBS, fields=FIELDS, values=VALUES)
