"""The register of certificates, and training held elsewhere, as lists."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from orken.credentials import checking
from orken.credentials.models import Certificate, Kind, OutsideTraining, PastRecord, Prefix
from orken.credentials.models.past import key_of
from orken.credentials.templatetags.credentials import about, named, said, tag
from orken.kit.i18n.dates import short_date
from orken.kit.tables.tables import Column, Filter, Table, choice
from orken.kit.text.sorting import sort_key
from orken.network.roles import Permission
from orken.network.taking_away import traced


def _number(one: Certificate) -> str:
    return format_html('<a class="num" href="{}">{}</a>', one.get_absolute_url(), one.number_kk)


def _who(answer: str) -> Q:
    """By words of a name or of a number; a whole number on whatever keyboard."""
    number, problem = checking.read(answer)
    if not problem:
        return Q(number=number)
    condition = Q()
    for word in answer.split():
        condition &= Q(sort_kk__contains=sort_key(word)) | Q(sort_ru__contains=sort_key(word)) | Q(number__contains=word.upper()) | Q(number_kk__contains=word.upper())  # fmt: skip
    return condition


def _year(answer: str) -> Q:
    return Q(dated_on__year=int(answer)) if answer.isascii() and answer.isdecimal() and len(answer) == 4 else Q()


def _years() -> list[tuple[str, str]]:
    first = Certificate.objects.order_by("dated_on").values_list("dated_on", flat=True).first()
    last = Certificate.objects.order_by("-dated_on").values_list("dated_on", flat=True).first()
    if first is None or last is None:
        return []
    return [(str(year), str(year)) for year in range(last.year, first.year - 1, -1)]


REGISTER = Table(
    "certificates",
    columns=[
        Column("number", _("Registration number"), _number, lambda one: one.number_kk, order=("number",), width=26),
        Column("name", _("Full name"), named, order=("sort_kk",), width=40),
        Column("programme", _("Programme or talk"), about, width=60),
        Column("kind", _("Document"), lambda one: Kind(one.kind).label, order=("kind", "number"), width=34),
        Column("hours", _("Academic hours"), lambda one: one.academic_hours, order=("minutes",), number=True, width=10),
        Column("dated", _("Date"), lambda one: short_date(one.dated_on), lambda one: one.dated_on, order=("dated_on", "number"), width=14),
        Column("state", _("State"), tag, lambda one: one.get_state_display(), order=("state",), width=16),
        Column("unit", _("Library"), lambda one: one.unit.name if one.unit else said(one.data["unit"]), order=("unit__sort_kk",), shown=False, width=50),
        Column("reason", _("Reason"), lambda one: one.reason, shown=False, width=50),
    ],
    filters=[
        Filter("q", _("Name or number"), _who),
        choice("state", _("State"), Certificate.State.choices),
        choice("kind", _("Document"), Kind.choices),
        Filter("prefix", _("Series"), lambda answer: Q(prefix__ascii=answer), lambda: list(Prefix.objects.filter(certificates__isnull=False).distinct().order_by("kk").values_list("ascii", "kk"))),
        Filter("year", _("Year"), _year, _years, rare=True),
    ],
    order="-dated",
    views=[(_("Waiting for signatures"), "state=prepared"), (_("To be issued"), "state=signed"), (_("Revoked"), "state=revoked")],
    taken_away=traced("certificate.list_taken_away", Permission.CREDENTIAL_VIEW, "person_id"),
)  # fmt: skip


def _training(one: OutsideTraining) -> str:
    return format_html('<a href="{}">{}</a>', reverse("credentials:outside_one", args=[one.pk]), one.title)


def _days(one: OutsideTraining) -> date:
    return one.ends_on


OUTSIDE = Table(
    "outside-training",
    columns=[
        Column("title", _("Training"), _training, lambda one: one.title, width=50),
        Column("person", _("Full name"), lambda one: one.person.full_name(), order=("person__sort_kk",), width=40),
        Column("unit", _("Library"), lambda one: one.unit.name, order=("unit__sort_kk",), width=50),
        Column("hours", _("Academic hours"), lambda one: one.hours, order=("hours",), number=True, width=10),
        Column("ends", _("Last day"), lambda one: short_date(one.ends_on), _days, order=("ends_on",), width=14),
        Column("sent", _("Sent"), lambda one: short_date(one.sent_at), lambda one: one.sent_at, order=("sent_at",), width=14),
        Column("state", _("State"), tag, lambda one: one.get_state_display(), order=("state",), width=16),
    ],
    filters=[
        Filter("q", _("Full name"), lambda answer: Q(person__sort_kk__contains=sort_key(answer)) | Q(person__sort_ru__contains=sort_key(answer))),
        choice("state", _("State"), OutsideTraining.State.choices),
    ],
    order="-sent",
    views=[(_("Waiting for a decision"), "state=sent")],
    taken_away=traced("certificate.list_taken_away", Permission.CREDENTIAL_VOUCH, "person_id"),
)  # fmt: skip


def _past(one: PastRecord) -> str:
    return format_html('<a href="{}">{}</a>', one.get_absolute_url(), one.title)


def _past_number(answer: str) -> Q:
    key = key_of(answer)[:100]
    return Q(paper_key=key) | Q(journal__icontains=answer.strip()) if key else Q()


PAST = Table(
    "past-records",
    columns=[
        Column("title", _("Training"), _past, lambda one: one.title, width=50),
        Column("person", _("Full name"), lambda one: one.person.full_name(), order=("person__sort_kk",), width=40),
        Column("unit", _("Library"), lambda one: one.unit.name, order=("unit__sort_kk",), width=50),
        Column("hours", _("Academic hours"), lambda one: one.hours, order=("hours",), number=True, width=10),
        Column("ends", _("Last day"), lambda one: short_date(one.ends_on), lambda one: one.ends_on, order=("ends_on",), width=14),
        Column("origin", _("Source"), lambda one: one.get_origin_display(), order=("origin",), width=22),
        Column("journal", _("Number in the journal"), lambda one: one.journal, shown=False, width=20),
        Column("paper", _("Number of the paper"), lambda one: one.paper, shown=False, width=20),
        Column("organiser", _("Who held it"), lambda one: one.organiser, shown=False, width=50),
        Column("state", _("State"), tag, lambda one: one.get_state_display(), order=("state",), width=16),
    ],
    filters=[
        Filter("q", _("Full name"), lambda answer: Q(person__sort_kk__contains=sort_key(answer)) | Q(person__sort_ru__contains=sort_key(answer))),
        choice("state", _("State"), PastRecord.State.choices),
        choice("origin", _("Source"), PastRecord.Origin.choices),
        Filter("number", _("Number on paper"), _past_number, rare=True),
    ],
    order="-ends",
    views=[(_("Waiting for a decision"), "state=sent"), (_("Out of registers"), "origin=register"), (_("Claims"), "origin=claim")],
    taken_away=traced("past.list_taken_away", Permission.CREDENTIAL_VIEW, "person_id"),
)  # fmt: skip
