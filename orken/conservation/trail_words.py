"""How the trail calls what the School of Conservation writes into it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.conservation.models import RuleReview, Specimen
from orken.conservation.vocabulary.damages import DAMAGES
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
    "passport.dropped": _("threw the draft of a passport away"),
    "rule.approved": _("approved a rule of treatment"),
    "rule.sent_back": _("sent a rule of treatment back to draft"),
    "climate.room_opened": _("began to watch a room"),
    "climate.room_set": _("changed a room"),
    "climate.room_closed": _("closed a room"),
    "climate.room_reopened": _("began to watch a closed room again"),
    "climate.recorded": _("recorded readings of climate"),
    "climate.taken_back": _("took readings of climate back"),
}

VERBS |= {
    "specimen.added": _("added a picture of damage"),
    "specimen.prepared": _("prepared a picture of damage"),
    "specimen.failed": _("a picture of damage could not be prepared"),
    "specimen.expert_asked": _("asked an expert to mark a picture"),
    "specimen.marking_handed_in": _("handed in the marks of a picture"),
    "specimen.agreed": _("agreed the marks of a picture"),
    "specimen.published": _("published a picture of damage"),
    "specimen.withdrawn": _("took a picture of damage back"),
}
ABOUT = {
    "passport": _("Passports of condition"),
    "climate": _("Climate of stores"),
    "specimen": _("Pictures of damage"),
    "rule": _("Rules of treatment"),
}
FIELDS = {
    "origin": _("Origin"),
    "expert": _("Expert"),
    "experts": _("Experts"),
    "regions": _("Marked places"),
    "score": _("Agreement"),
    "kappa": _("Kappa"),
    "rights": _("Rights"),
    "why": _("Why"),
    "readings": _("Readings"),
    "corrected": _("Corrected readings"),
    "since": pgettext_lazy("in the trail", "from"),
    "norm_set": _("Norm"),
    "device": _("Instrument"),
    "calibrated_on": _("Calibrated on"),
    "closed_on": _("Closed on"),
    "status": _("Status"),
    "version": _("Version"),
    "damages": _("Damages"),
    "severity": _("Severity"),
    "object_class": _("Class of condition"),
    "access": _("Access"),
    "approved_by": _("Approved by"),
    "passport.damage.code": _("Damage"),
    "passport.damage_dropped.code": _("Damage"),
    "digest": None,
    "overview": None,
}
VALUES = {
    "specimen.published.rights": Specimen.Basis,
    "rule.approved.status": RuleReview.Status,
    "rule.sent_back.status": RuleReview.Status,
}


def _damages(codes: Sequence[str]) -> dict[str, str]:
    return {one.code: str(one.name) for one in DAMAGES if one.code in codes}


NAMED = {
    "passport.damage.code": _damages,
    "passport.damage_dropped.code": _damages,
    "specimen.expert_asked.expert": words.rows_of("people.Account", "person"),
}
THINGS = {
    "conservation.passport": words.rows_of(
        "conservation.Passport", "item", text=lambda row: f"{row.item.number} {row.item.title}"
    ),
}
ALSO = {"passport": ("conservation.Item", "conservation.PassportDamage")}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES, named=NAMED, things=THINGS, also=ALSO)
