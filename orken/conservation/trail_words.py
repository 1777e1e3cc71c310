"""How the trail calls what the School of Conservation writes into it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words

VERBS = {
    "passport.opened": _("began a passport of condition"),
    "passport.item": _("corrected the item of a passport"),
    "passport.description": _("wrote the description in a passport"),
    "passport.examination": _("wrote the examination in a passport"),
    "passport.tests": _("wrote the tests in a passport"),
    "passport.decision": _("wrote class and access in a passport"),
    "passport.proposal": _("wrote the proposal in a passport"),
    "passport.storage": _("wrote the storage in a passport"),
    "passport.damage": _("wrote a damage down in a passport"),
    "passport.damage_dropped": _("took a damage out of a passport"),
    "passport.overview": _("sent the overview of a passport"),
    "passport.approved": _("approved the proposal of a passport"),
    "passport.issued": _("issued a passport"),
    "passport.renewed": _("began the next version of a passport"),
    "climate.room_opened": _("began to watch a room"),
    "climate.room_set": _("changed a room"),
    "climate.recorded": _("recorded readings of climate"),
    "climate.taken_back": _("took readings of climate back"),
}


def register() -> None:
    words.register(verbs=VERBS)
