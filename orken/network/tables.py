"""The lists of the network as its pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit.models import AuditEvent
from orken.kit.i18n.content import current_language
from orken.kit.tables.tables import Action, Column, Filter, Table, choice
from orken.kit.text.sorting import sort_key
from orken.network.models import Appointment, Post, Unit
from orken.network.policy import Scope
from orken.network.selectors import staff_today, units_in

UNKNOWN = ("unknown", pgettext_lazy("the line or locality of a library", "not known"))


def _name_order() -> tuple[str, ...]:
    return ("sort_ru",) if current_language() == "ru" else ("sort_kk",)


def name_contains(*fields: str) -> Any:
    """A condition on stored sort keys: case-blind in every alphabet, the same on every database."""

    def apply(answer: str) -> Q:
        condition = Q()
        for word in answer.split():
            one = Q()
            for field in fields:
                one |= Q(**{f"{field}__contains": sort_key(word)})
            condition &= one
        return condition

    return apply


def _regions() -> Sequence[tuple[str, str | Promise]]:
    return [(unit.code, unit.name) for unit in Unit.objects.filter(kind=Unit.Kind.REGION).order_by("sort_kk")]


def _in_region(code: str) -> Q:
    region = Unit.objects.filter(code=code).only("path").first()
    return Q(path__within=region.path) if region else Q(pk__in=[])


def _staff(answer: str) -> Q:
    nobody = ~Exists(staff_today().filter(unit=OuterRef("pk")))
    return Q(nobody) if answer == "none" else ~Q(nobody)


# --- units ---


def unit_rows(scope: Scope) -> QuerySet[Unit]:
    """Units of today in `scope`, each with its parent and the number of its staff."""
    staff = (
        staff_today()
        .filter(unit=OuterRef("pk"))
        .order_by()
        .values("unit")
        .annotate(n=Count("person", distinct=True))
        .values("n")
    )
    return units_in(scope).select_related("parent").annotate(staff=Coalesce(Subquery(staff), Value(0)))


def _unit_cell(unit: Unit) -> str:
    return format_html('<a href="{}">{}</a>', unit.get_absolute_url(), unit.name)


UNITS = Table(
    "units",
    columns=[
        Column("name", _("Name"), _unit_cell, lambda unit: unit.name, order=("sort_kk",), width=60),
        Column("kind", _("Kind"), lambda unit: unit.get_kind_display(), order=("kind", "sort_kk")),
        Column("parent", _("Belongs to"), lambda unit: unit.parent.name if unit.parent else "", order=("parent__sort_kk",), width=50),
        Column("city", _("Town or village"), lambda unit: unit.city, order=("city_kk",)),
        Column("locality", _("Locality"), lambda unit: unit.get_locality_display(), order=("locality",), shown=False),
        Column("internet", _("Line"), lambda unit: unit.get_internet_display() or UNKNOWN[1], order=("internet",)),
        Column("staff", _("Staff"), lambda unit: unit.staff, order=("staff",), number=True, width=8),
        Column("department", _("Department"), lambda unit: unit.get_department_display(), order=("department",), shown=False),
        Column("code", _("Code"), lambda unit: unit.code, order=("code",), shown=False),
    ],
    filters=[
        Filter("q", _("Name"), name_contains("sort_kk", "sort_ru")),
        Filter("region", _("Region"), _in_region, _regions),
        choice("kind", _("Kind"), Unit.Kind.choices),
        choice("locality", _("Locality"), [*Unit.Locality.choices, UNKNOWN]),
        choice("internet", _("Line"), [*Unit.Internet.choices, UNKNOWN]),
        Filter("staff", _("Staff"), _staff, lambda: [("some", _("somebody")), ("none", _("nobody"))]),
    ],
    order="name",
    views=[
        (_("In villages"), "locality=rural"),
        (_("Without a line"), "internet=none"),
        (_("Without staff"), "staff=none"),
    ],
)  # fmt: skip


def with_line(table: Table) -> Table:
    """The list with its bulk action, for those who may edit."""
    return replace(table, actions=[Action("line", _("Note the line"), reverse("network:line"))])


# --- staff ---


def staff_rows(scope: Scope) -> QuerySet[Appointment]:
    """Appointments of today in `scope`: a person who combines stands in several lines."""
    return staff_today().filter(scope.q("unit__path")).select_related("person", "post", "unit")


def _person_cell(row: Appointment) -> str:
    return format_html('<a href="{}">{}</a>', reverse("network:person", args=[row.person_id]), row.person.full_name())


def _posts() -> Sequence[tuple[str, str | Promise]]:
    return [(post.code, post.title) for post in Post.objects.order_by("code")]


STAFF = Table(
    "staff",
    columns=[
        Column("name", _("Name"), _person_cell, lambda row: row.person.full_name(), order=("person__sort_kk",), width=40),
        Column("post", _("Post"), lambda row: row.post.title, order=("post__code",), width=30),
        Column("unit", _("Library"), lambda row: row.unit.name, order=("unit__sort_kk",), width=60),
        Column("employment", _("Employment"), lambda row: row.get_employment_display(), order=("employment",), shown=False),
        Column("rate", _("Rate"), lambda row: row.rate, lambda row: float(row.rate), order=("rate",), number=True, width=8),
        Column("since", _("Since"), lambda row: date_format(row.valid_from, "SHORT_DATE_FORMAT"), lambda row: row.valid_from, order=("valid_from",), width=14),
    ],
    filters=[
        Filter("q", _("Name"), name_contains("person__sort_kk", "person__sort_ru")),
        Filter("library", _("Library"), name_contains("unit__sort_kk", "unit__sort_ru")),
        Filter("post", _("Post"), lambda code: Q(post__code=code), _posts),
        choice("employment", _("Employment"), Appointment.Employment.choices),
    ],
    order="name",
    views=[(_("Combined posts"), "employment=combined")],
)  # fmt: skip


# --- trail ---

VERBS: Mapping[str, str | Promise] = {
    "unit.opened": _("opened a unit"),
    "unit.renamed": _("changed the names of a unit"),
    "unit.traits_set": _("changed the traits of a unit"),
    "unit.moved": _("moved a unit"),
    "unit.closed": _("closed a unit"),
    "unit.reopened": _("opened a unit again"),
    "staff.appointed": _("appointed a person"),
    "staff.dismissed": _("ended an appointment"),
    "role.assigned": _("gave a role"),
    "role.ended": _("took a role back"),
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


def trail_rows(scope: Scope) -> QuerySet[AuditEvent]:
    """The trail of changes in `scope`."""
    condition = Q(pk__in=[])
    for path in scope.paths:
        condition |= Q(scope_path__gte=path, scope_path__lt=path[:-1] + "0")
    return AuditEvent.objects.filter(condition)


def _changes(event: AuditEvent) -> str:
    lines = [
        f"{key}: {event.before.get(key) or '—'} → {value or '—'}" if key in event.before else f"{key}: {value or '—'}"
        for key, value in event.after.items()
        if value or event.before.get(key)
    ]
    return "; ".join(lines)[:400]


TRAIL = Table(
    "trail",
    columns=[
        Column("at", _("When"), lambda event: date_format(event.at, "SHORT_DATETIME_FORMAT"), lambda event: event.at.replace(tzinfo=None), order=("at",), width=18),
        Column("by", _("Who"), lambda event: event.by_name or _("the system"), order=("by_name",), width=30),
        Column("verb", _("What"), lambda event: VERBS.get(event.verb, event.verb), order=("verb",), width=30),
        Column("target", _("Of what"), lambda event: event.target_name, order=("target_name",), width=50),
        Column("changes", _("Changes"), _changes, width=80),
    ],
    filters=[
        choice("verb", _("What"), list(VERBS.items())),
        Filter("who", _("Who"), lambda answer: Q(by_name__icontains=answer)),
        Filter("code", _("Code of the unit"), lambda code: Q(target_kind="network.unit", target_id__in=Unit.objects.filter(code=code).values("pk"))),
    ],
    order="-at",
)  # fmt: skip
