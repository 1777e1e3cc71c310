"""`{% load credentials %}`: states and hours as the pages of certificates say them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from orken.credentials import hours, rules
from orken.credentials.checking import whole_name
from orken.credentials.models import Activity, Certificate, OutsideTraining, PastRecord, Step
from orken.credentials.services.preparing import hours_of
from orken.kit.i18n.content import current_language

register = template.Library()
STEPS = {
    "prepare": _("Its number was taken, its words were frozen"), "sign": _("Signed by hand"), "issue": _("Issued"), "replace": _("Replaced"),
    "revoke": _("Revoked"), "spoil": _("Spoiled"), "duplicate": _("A duplicate was made"),
}  # fmt: skip
S, T, P = Certificate.State, OutsideTraining.State, PastRecord.State
COLOURS: dict[str, str] = {
    S.PREPARED: "wait", S.SIGNED: "info", S.ISSUED: "ok", S.REPLACED: "", S.REVOKED: "stop", S.SPOILED: "stop",
    T.SENT: "wait", T.RECOGNISED: "ok", T.DECLINED: "stop", T.WITHDRAWN: "",
    P.CONFIRMED: "ok", P.REFUSED: "stop", P.STRUCK: "stop", P.UNDONE: "",
}  # fmt: skip


def tag(row: Any) -> SafeString:
    return format_html('<span class="tag {}">{}</span>', COLOURS.get(row.state, ""), row.get_state_display())


register.simple_tag(tag, name="credential_tag")


@register.filter
def said(texts: dict[str, str]) -> str:
    """A frozen text in the reader's language, the Kazakh one where it lacks."""
    return texts.get(current_language()) or texts.get("kk") or texts.get("ru") or ""


@register.filter
def about(certificate: Certificate) -> str:
    """What it is of: the title of the talk, or the programme."""
    return said(certificate.data.get("talk") or certificate.data["programme"])


@register.filter
def named(certificate: Certificate) -> str:
    """Her name as it stands on the paper, in the reader's language."""
    return whole_name(certificate, current_language())


@register.filter
def academic(minutes: int) -> str:
    """Minutes as academic hours by the usual norm: what a ledger of many years is read in."""
    return hours_shown(hours_of(minutes, hours.USUAL))


@register.filter
def hours_shown(written: str) -> str:
    """Hours as a paper writes them («7,5») with the separator of the reader's language."""
    return written.replace(",", ".") if current_language() == "en" else written


@register.filter
def activity(code: str) -> str:
    return str(Activity(code).label)


@register.filter
def training_kind(code: str) -> str:
    """A kind of training as a rule of documents names it; the empty one is any."""
    return dict(rules.trainings()).get(code, code) if code else str(_("any training"))


@register.simple_tag
def step_words(step: Step) -> str:
    """What happened, as the journal of one certificate tells it."""
    return str(STEPS.get(step.verb, step.verb))
