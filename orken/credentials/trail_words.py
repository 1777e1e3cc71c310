"""How the trail calls what is written about certificates, badges and training outside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.credentials.models import Certificate, HandOver, Kind, OutsideTraining, PastRecord, PastRow
from orken.kit.audit import words

VERBS = {
    "certificate.batch_asked": _("asked for certificates"),
    "certificate.prepared": _("prepared a certificate"),
    "certificate.batch_signed": _("noted certificates as signed"),
    "certificate.issued": _("issued a certificate"),
    "certificate.spoiled": _("spoiled a certificate"),
    "certificate.replacing": _("prepared a certificate in place of another"),
    "certificate.replaced": _("replaced a certificate"),
    "certificate.revoked": _("revoked a certificate"),
    "certificate.claimed_by_speaker": _("took a certificate of her talk into her account"),
    "certificate.duplicated": _("made a duplicate of a certificate"),
    "certificate.handed_over": _("handed a certificate over"),
    "certificate.hand_over_struck": _("struck out a line of the hand-over journal"),
    "certificate.list_taken_away": _("took a list of certificates away"),
    "certificate.prefix_set": _("set a prefix of certificate numbers"),
    "certificate.rule_stated": _("stated which document a training gives"),
    "certificate.rule_ended": _("ended a rule of documents"),
    "badge.key_rotated": _("changed the key that signs badges"),
    "outside.sent": _("sent training held elsewhere"),
    "outside.recognised": _("recognised training held elsewhere"),
    "outside.declined": _("declined training held elsewhere"),
    "outside.withdrawn": _("took back training held elsewhere"),
    "past.list_sent": _("sent a register of earlier years"),
    "past.list_applied": _("applied a register of earlier years"),
    "past.list_taken_back": _("took back a register of earlier years"),
    "past.list_taken_away": _("took a list of past records away"),
    "past.entered": _("entered a past record from a register"),
    "past.undone": _("took back a past record with its register"),
    "past.claimed": _("claimed a certificate of earlier years"),
    "past.confirmed": _("confirmed a past record"),
    "past.refused": _("refused a past record"),
    "past.withdrawn": _("took back a claim"),
    "past.struck": _("struck out a past record"),
}
ABOUT = {
    "certificate": _("Certificates"),
    "badge": _("Badges"),
    "outside": _("Training held elsewhere"),
    "past": _("Past records"),
}
FIELDS = {
    "source": None,
    "successor": _("Successor"),
    "copy": _("Copy"),
    "signed": _("signed for"),
    "hours": _("Hours"),
    "way": _("Way of delivery"),
    "journal": _("Number in the journal"),
    **{f"past.{state}": label for state, label in PastRow.State.choices},
    "public": None,
    "training": _("Kind of training"),
    "hours_from": _("Academic hours, from"),
    "final": _("With a passed final"),
    "kk": _("In Kazakh letters"),
    "ascii": _("In Latin letters"),
    "by": pgettext_lazy("in the trail", "by"),
}
VALUES = {
    "certificate.prepared.kind": Kind,
    "certificate.issued.kind": Kind,
    "certificate.rule_stated.kind": Kind,
    "certificate.rule_ended.kind": Kind,
    "certificate.handed_over.way": HandOver.Way,
    "certificate.hand_over_struck.way": HandOver.Way,
    **{f"certificate.{verb}.state": Certificate.State for verb in ("spoiled", "revoked", "replaced")},
    **{f"outside.{verb}.state": OutsideTraining.State for verb in ("recognised", "declined", "withdrawn")},
    **{f"past.{verb}.state": PastRecord.State for verb in ("confirmed", "refused", "withdrawn", "struck")},
}
THINGS = {
    "credentials.certificate": words.rows_of("credentials.Certificate"),
    "credentials.batch": words.rows_of("credentials.Batch"),
    "credentials.outsidetraining": words.rows_of("credentials.OutsideTraining"),
    "credentials.pastlist": words.rows_of("credentials.PastList"),
    "credentials.pastrecord": words.rows_of("credentials.PastRecord"),
    "credentials.signingkey": words.rows_of("credentials.SigningKey"),
    "credentials.documentrule": words.rows_of("credentials.DocumentRule"),
    "credentials.prefix": words.rows_of("credentials.Prefix"),
}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES, named={}, things=THINGS)
