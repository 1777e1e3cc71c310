"""The rows behind a number as lists: people, participations, certificates, hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.credentials.hours import norm_on
from orken.credentials.models import Activity
from orken.insights.coverage import Country
from orken.insights.reckoning import CLASSES, chosen_rows, first_of_certificates
from orken.insights.shown import HEADS, Text
from orken.kit.i18n.dates import short_date
from orken.kit.tables.tables import Column, Filter, Table
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.network.taking_away import traced
from orken.people.models import Person

CLASS_TEXTS: dict[str, Text] = {
    "year": _("in the last year"),
    "three": _("1 to 3 years ago"),
    "five": _("3 to 5 years ago"),
    "earlier": _("more than 5 years ago"),
    "paper": _("by papers of earlier years only"),
    "never": pgettext_lazy("when somebody was trained", "never"),
}
TAKEN = "coverage.list_taken_away"
DAYS = [f"{day}{part}" for day in ("on", "known_at") for part in ("", "_day", "_month", "_year")]
CARRIED = ("own", "years", "kind", "school", *DAYS)


def _person(person: Person) -> str:
    return format_html('<a href="{}">{}</a>', reverse("network:person", args=[person.pk]), person.full_name())


def _name(lead: str) -> Filter:
    def apply(answer: str) -> Q:
        condition = Q()
        for word in answer.split():
            key = sort_key(word)
            condition &= Q(**{f"{lead}sort_kk__contains": key}) | Q(**{f"{lead}sort_ru__contains": key})
        return condition

    return Filter("q", _("Full name"), apply)


def _by_name(lead: str) -> Column:
    def of(row: Any) -> Person:
        for part in lead.split("__")[:-1]:
            row = getattr(row, part)
        person: Person = row
        return person

    return Column(
        "name", _("Full name"), lambda row: _person(of(row)), lambda row: of(row).full_name(), order=(f"{lead}sort_kk",), width=40
    )  # fmt: skip


def people(country: Country) -> Table:
    """Who was counted: where, when she last learned, and what there was in the period."""
    units: dict[int, str] = {}
    counted: dict[str, dict[int, int]] = {}
    norm = norm_on(country.question.on)

    def ready(rows: list[Any]) -> None:
        homes = {int(country.homes[one.pk]) for one in rows}
        units.update({one.pk: one.name for one in Unit.objects.filter(pk__in=homes - set(units))})
        counted.update(_measured(country, np.array([one.pk for one in rows])))

    def last(person: Person) -> date | None:
        day = int(country.standing.last[person.pk])
        return date.fromordinal(day) if day else None

    def of(name: str) -> Callable[[Person], int]:
        return lambda person: counted[name].get(person.pk, 0)

    return Table(
        "coverage-people",
        columns=[
            _by_name(""),
            Column("unit", _("Library"), lambda one: units[int(country.homes[one.pk])], width=50),
            Column("last", _("Last trained"), lambda one: short_date(day) if (day := last(one)) else None, last, width=14),
            Column("class", pgettext_lazy("when somebody was trained", "When"), lambda one: CLASS_TEXTS[CLASSES[country.classes[one.pk]]], width=28),
            Column("participations", HEADS["participations"], of("participations"), number=True, width=12),
            Column("certificates", HEADS["certificates"], of("certificates"), number=True, width=12),
            Column("hours", _("Academic hours"), lambda one: round(counted["minutes"].get(one.pk, 0) / norm), number=True, width=12),
        ],
        filters=[_name("")],
        order="name",
        ready=ready,
        taken_away=traced(TAKEN, Permission.CREDENTIAL_VIEW, "pk"),
        carried=CARRIED,
    )  # fmt: skip


def _measured(country: Country, persons: Any) -> dict[str, dict[int, int]]:
    """What each of these persons has in the period, by measure."""
    found: dict[str, dict[int, int]] = {"participations": {}, "certificates": {}, "minutes": {}}

    def add(name: str, ids: Sequence[int], weights: Sequence[int]) -> None:
        for pk, weight in zip(ids, weights, strict=True):
            found[name][pk] = found[name].get(pk, 0) + weight

    learned = country.question.learned
    for one in country.frames["results"]:
        rows = chosen_rows(one, learned)
        ids = one["person"][rows][np.isin(one["person"][rows], persons)].tolist()
        add("participations", ids, [1] * len(ids))
    for one in country.frames["ledger"]:
        rows = chosen_rows(one, learned)
        rows = rows[np.isin(one["person"][rows], persons)]
        add("minutes", one["person"][rows].tolist(), one["minutes"][rows].tolist())
        ids = one["person"][first_of_certificates(one, rows)].tolist()
        add("certificates", ids, [1] * len(ids))
    return found


def _run(row: Any) -> str:
    run = row.enrolment.run
    return format_html('<a href="{}">{}</a>', run.get_absolute_url(), run.title)


PARTICIPATIONS = Table(
    "coverage-participations",
    columns=[
        _by_name("enrolment__person__"),
        Column("run", _("Training"), _run, lambda row: row.enrolment.run.title, order=("enrolment__run__sort_kk",), width=60),
        Column("kind", _("Kind of training"), lambda row: row.enrolment.run.get_kind_display(), width=24),
        Column("ends", _("Last day"), lambda row: short_date(row.enrolment.run.ends_on), lambda row: row.enrolment.run.ends_on, order=("enrolment__run__ends_on",), width=14),
        Column("unit", _("Library on that day"), lambda row: row.unit, width=50),
        Column("sheet", _("Sheet confirmed"), lambda row: short_date(row.sheet.confirmed_at), lambda row: row.sheet.confirmed_at, width=14),
    ],
    filters=[_name("enrolment__person__")],
    order="name",
    taken_away=traced(TAKEN, Permission.CREDENTIAL_VIEW, "enrolment__person_id"),
    carried=CARRIED,
)  # fmt: skip


def _number(one: Any) -> str:
    return format_html('<a class="num" href="{}">{}</a>', one.get_absolute_url(), one.number_kk)


CERTIFICATES = Table(
    "coverage-certificates",
    columns=[
        _by_name("person__"),
        Column("number", _("Registration number"), _number, lambda one: one.number_kk, order=("number",), width=26),
        Column("kind", _("Document"), lambda one: one.get_kind_display(), order=("kind",), width=34),
        Column("hours", _("Academic hours"), lambda one: one.academic_hours, order=("minutes",), number=True, width=12),
        Column("ends", _("Last day"), lambda one: short_date(one.ends_on), lambda one: one.ends_on, order=("ends_on",), width=14),
        Column("unit", _("Library on that day"), lambda one: one.unit.name, order=("unit__sort_kk",), width=50),
    ],
    filters=[_name("person__")],
    order="name",
    taken_away=traced(TAKEN, Permission.CREDENTIAL_VIEW, "person_id"),
    carried=CARRIED,
)  # fmt: skip


def _source(row: Any) -> str:
    if row.certificate is not None:
        return format_html(
            '<a class="num" href="{}">{}</a>', row.certificate.get_absolute_url(), row.certificate.number_kk
        )
    return str(row.outside.title) if row.outside is not None else "—"


HOURS = Table(
    "coverage-hours",
    columns=[
        _by_name("person__"),
        Column("activity", _("How they were spent"), lambda row: Activity(row.activity).label, order=("activity",), width=24),
        Column("minutes", _("Minutes"), lambda row: row.minutes, order=("minutes",), number=True, width=12),
        Column("on", _("Last day"), lambda row: short_date(row.on), lambda row: row.on, order=("on",), width=14),
        Column("source", _("By what"), _source, lambda row: str(row.certificate or row.outside or ""), width=40),
    ],
    filters=[_name("person__")],
    order="name",
    taken_away=traced(TAKEN, Permission.CREDENTIAL_VIEW, "person_id"),
    carried=CARRIED,
)  # fmt: skip
OF_MEASURES: dict[str, Table] = {"participations": PARTICIPATIONS, "certificates": CERTIFICATES, "hours": HOURS}
