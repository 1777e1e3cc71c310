"""The list of messages about a file: filters, columns, spreadsheet."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from orken.cataloguing.display import SEVERITIES, TONES
from orken.cataloguing.models import CatalogueFile, Finding
from orken.kit.i18n.content import text_of
from orken.kit.tables.tables import Column, Filter, Table, choice


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
