"""Lists of the school: messages about a file, marks that wait for a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from orken.cataloguing.display import SEVERITIES, TONES
from orken.cataloguing.models import PROFILES, CatalogueFile, Finding, HeldMark
from orken.cataloguing.tasks import material
from orken.kit.i18n.content import text_of
from orken.kit.i18n.dates import short_date
from orken.kit.tables.tables import Column, Filter, Table, choice
from orken.kit.text.sorting import sort_key


def _severity(row: Finding) -> Any:
    return format_html('<span class="tag {}">{}</span>', TONES[row.severity], SEVERITIES[row.severity])


def _record(row: Finding) -> Any:
    address = reverse("cataloguing:file_record", args=[row.file_id, row.record])
    return format_html('<a href="{}">{}</a>', address, row.identifier or row.record)


def _rule(row: Finding) -> Any:
    return format_html('<a href="{}"><code>{}</code></a>', reverse("cataloguing:rule", args=[row.rule]), row.rule)


def _place(row: Finding) -> str:
    return f"{row.field} ${row.subfield}" if row.subfield else row.field


FINDINGS = Table(
    "findings",
    columns=[
        Column(
            "record",
            _("Record"),
            _record,
            plain=lambda row: row.identifier or row.record,
            order=("record", "pk"),
            width=16,
        ),
        Column(
            "severity",
            _("Severity"),
            _severity,
            plain=lambda row: str(SEVERITIES[row.severity]),
            order=("severity",),
            width=14,
        ),
        Column("place", _("Field"), _place, order=("field",), width=10),
        Column("message", _("Message"), lambda row: text_of(row, "message").value, width=80),
        Column("rule", _("Rule"), _rule, plain=lambda row: row.rule, order=("rule",), width=28),
        Column("cataloguer", _("Cataloguer"), lambda row: row.cataloguer, order=("cataloguer",), width=20),
    ],
    filters=[
        choice("severity", _("Severity"), list(SEVERITIES.items())),
        Filter("rule", _("Rule"), lambda answer: Q(rule__icontains=answer)),
        Filter("field", _("Field"), lambda answer: Q(field=answer[:3])),
        Filter("cataloguer", _("Cataloguer"), lambda answer: Q(cataloguer=answer)),
    ],
    order="record",
)


def finding_rows(file: CatalogueFile) -> QuerySet[Finding]:
    return Finding.objects.filter(file=file)


# --- marks that wait ---

STATE_TONES = {"waiting": "wait", "confirmed": "ok", "changed": "info", "withdrawn": ""}


def title_of(row: HeldMark) -> str:
    """The book by the title on its page."""
    try:
        return material.book(row.book).experts[0].title
    except KeyError:  # a book that is no longer there
        return row.book


def _mark_book(row: HeldMark) -> Any:
    return format_html('<a href="{}">{}</a>', row.get_absolute_url(), title_of(row))


def _mark_state(row: HeldMark) -> Any:
    return format_html('<span class="tag {}">{}</span>', STATE_TONES[row.state], row.get_state_display())


def _books() -> list[tuple[str, str]]:
    return sorted(((one.code, one.experts[0].title) for one in material.books()), key=lambda pair: sort_key(pair[1]))


def _held(name: str, *, everybody: bool) -> Table:
    columns = [
        Column("book", _("Book"), _mark_book, title_of, order=("book", "pk"), width=40),
        Column("format", _("Format"), lambda row: row.get_format_display(), order=("format",), width=12),
        Column("state", _("State"), _mark_state, lambda row: row.get_state_display(), order=("state",), width=22),
        Column("cause", _("Why it waits"), lambda row: row.get_cause_display(), order=("cause",), width=30),
        Column("score", _("Mark of the grader"), lambda row: row.score, order=("score",), number=True, width=10),
        Column("final", _("Mark that counts"), lambda row: "—" if row.final is None else row.final, lambda row: row.final, order=("final",), number=True, width=10),
        Column("sent", _("Sent"), lambda row: short_date(row.sent_at), lambda row: row.sent_at, order=("sent_at", "pk"), width=14),
    ]  # fmt: skip
    if everybody:
        columns.insert(
            1, Column("by", _("Learner"), lambda row: str(row.by.person), order=("by__person__sort_kk",), width=30)
        )
    filters = [
        choice("state", _("State"), HeldMark.State.choices),
        Filter("book", _("Book"), lambda code: Q(book=code), _books),
        choice("of", _("Format"), PROFILES[:2], "format"),
    ]
    return Table(name, columns=columns, filters=filters, order="-sent")


HELD = _held("held-marks", everybody=True)
OWN_HELD = _held("own-held-marks", everybody=False)
