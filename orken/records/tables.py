"""The register of papers as a list page."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.dates import short_date
from orken.kit.tables.tables import Column, Filter, Table, choice
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.network.taking_away import traced
from orken.records import kinds
from orken.records.models import Paper, Series

S = Paper.State
COLOURS: dict[str, str] = {
    S.DRAFT: "", S.REGISTERED: "wait", S.SIGNED: "ok", S.AMENDED: "info", S.CANCELLED: "stop", S.SPOILED: "stop",
}  # fmt: skip


def tag(paper: Paper) -> str:
    return format_html('<span class="tag {}">{}</span>', COLOURS[paper.state], S(paper.state).label)


def _number(paper: Paper) -> str:
    return format_html('<a class="num" href="{}">{}</a>', paper.get_absolute_url(), paper.code or S.DRAFT.label)


def _words(answer: str) -> Q:
    """By number, or by words of what it is about in any language; SQLite itself knows only Latin capitals."""
    condition = Q()
    for word in answer.split():
        one = Q()
        for form in {word, word.lower(), word.upper(), word.capitalize()}:
            one |= Q(code__contains=form) | Q(subject_kk__contains=form) | Q(subject_ru__contains=form) | Q(subject_en__contains=form)  # fmt: skip
        condition &= one
    return condition


def _kinds() -> list[tuple[str, str | Promise]]:
    return [(kind.code, kind.label) for kind in kinds.all_kinds()]


def _lines() -> list[tuple[str, str | Promise]]:
    return [(line.code, line.label) for line in kinds.lines().values()]


def _years() -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [(str(year), str(year)) for year in range(this, this - 6, -1)]


def _issuers() -> list[tuple[str, str]]:
    rows = Unit.objects.filter(pk__in=Series.objects.values("issuer")).order_by("sort_kk")
    return [(unit.code, unit.name) for unit in rows]


PAPERS = Table(
    "papers",
    columns=[
        Column("number", _("Number"), _number, lambda paper: paper.code, order=("number__series__year", "number__sequence"), width=14),
        Column("date", _("Date"), lambda paper: short_date(paper.on) if paper.on else "", lambda paper: paper.on, order=("on", "number__sequence"), width=14),
        Column("kind", _("Kind"), lambda paper: kinds.of(paper.kind).label, order=("kind", "on"), width=24),
        Column("subject", _("What it is about"), lambda paper: paper.subject, width=60),
        Column("state", _("State"), tag, lambda paper: S(paper.state).label, order=("state", "on"), width=16),
        Column("issuer", _("Issuer of the paper"), lambda paper: paper.issuer.short or paper.issuer.name, order=("issuer__sort_kk",), width=40),
        Column("reason", _("Reason"), lambda paper: paper.reason, shown=False, width=40),
    ],
    filters=[
        Filter("q", _("Number or words"), _words),
        Filter("series", _("Series"), lambda code: Q(number__series__code=code), _lines),
        Filter("year", _("Year"), lambda year: Q(number__series__year=int(year)), _years),
        choice("state", _("State"), S.choices),
        Filter("kind", _("Kind"), lambda code: Q(kind=code), _kinds, rare=True),
        Filter("issuer", _("Issuer of the paper"), lambda code: Q(issuer__code=code), _issuers, rare=True),
    ],
    order="-date",
    views=[(pgettext_lazy("papers", "Drafts"), "state=draft"), (_("To be signed"), "state=registered"), (_("In force"), "state=signed"), (_("Spoiled"), "state=spoiled")],
    taken_away=traced("papers.taken_away", Permission.RECORD_VIEW),
)  # fmt: skip
