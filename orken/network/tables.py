"""The lists of the network as its pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
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
from orken.people.models import Traits
from orken.people.models.person import sound_words

UNKNOWN_FACT = ("unknown", pgettext_lazy("a fact about a person", "not known"))
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
    return (
        staff_today()
        .filter(scope.q("unit__path"), person__blocked_at=None, person__erased_at=None)
        .select_related("person", "post", "unit")
    )


def spelt(field: str) -> Any:
    """A condition on the sound of names: any spelling in any alphabet finds her (domain.md §2.3)."""

    def apply(answer: str) -> Q:
        condition = Q()
        for word in sound_words(answer).split():
            condition &= Q(**{f"{field}__contains": word})
        return condition

    return apply


def _within(code: str) -> Q:
    """Appointments in the unit with this code and below it; a code that is none finds nobody."""
    unit = Unit.objects.filter(code=code.strip().upper()).only("path").first()
    return Q(unit__path__within=unit.path) if unit else Q(pk__in=[])


def _seniority(answer: str) -> Q:
    """Years in libraries by the bands of the yearly statistics (domain.md §1.6)."""
    first, _dash, last = answer.partition("-")
    today = timezone.localdate()
    if answer == "unknown":
        return Q(person__library_since=None)
    condition = Q(person__library_since__lte=today.replace(year=today.year - int(first), day=1))
    if last:
        condition &= Q(person__library_since__gt=today.replace(year=today.year - int(last), day=1))
    return condition


def _person_cell(row: Appointment) -> str:
    return format_html('<a href="{}">{}</a>', reverse("network:person", args=[row.person_id]), row.person.full_name())


def _posts() -> Sequence[tuple[str, str | Promise]]:
    return [(post.code, post.title) for post in Post.objects.order_by("code")]


STAFF = Table(
    "staff",
    columns=[
        Column("name", _("Full name"), _person_cell, lambda row: row.person.full_name(), order=("person__sort_kk",), width=40),
        Column("post", _("Post"), lambda row: row.post.title, order=("post__code",), width=30),
        Column("unit", _("Library"), lambda row: row.unit.name, order=("unit__sort_kk",), width=60),
        Column("education", _("Education"), lambda row: row.person.get_education_display(), order=("person__education",), shown=False),
        Column("category", _("Category"), lambda row: row.person.get_category_display(), order=("person__category",), shown=False),
        Column("attested", _("Attested on"), lambda row: date_format(row.person.attested_on, "SHORT_DATE_FORMAT") if row.person.attested_on else "", lambda row: row.person.attested_on, order=("person__attested_on",), shown=False, width=14),
        Column("employment", _("Employment"), lambda row: row.get_employment_display(), order=("employment",), shown=False),
        Column("rate", _("Rate"), lambda row: row.rate, lambda row: float(row.rate), order=("rate",), number=True, width=8),
        Column("since", _("Since"), lambda row: date_format(row.valid_from, "SHORT_DATE_FORMAT"), lambda row: row.valid_from, order=("valid_from",), width=14),
    ],
    filters=[
        Filter("q", _("Name in any spelling"), spelt("person__folded")),
        Filter("library", _("Library"), name_contains("unit__sort_kk", "unit__sort_ru")),
        Filter("within", _("Code of a library, district or region"), _within),
        Filter("post", _("Post"), lambda code: Q(post__code=code), _posts),
        choice("education", _("Education"), [*Traits.Education.choices, UNKNOWN_FACT], "person__education"),
        choice("category", _("Category"), [*Traits.Category.choices, UNKNOWN_FACT], "person__category"),
        Filter("seniority", _("Years in libraries"), _seniority, lambda: [("0-3", "0–3"), ("3-10", "3–10"), ("10-20", "10–20"), ("20", "20+"), UNKNOWN_FACT]),
        choice("employment", _("Employment"), Appointment.Employment.choices),
    ],
    order="name",
    views=[
        (_("Combined posts"), "employment=combined"),
        (_("Without category"), "category=none"),
        (_("Newcomers"), "seniority=0-3"),
    ],
)  # fmt: skip


# --- trail ---

VERBS: dict[str, str | Promise] = {  # apps above add theirs
    "unit.opened": _("opened a unit"),
    "unit.renamed": _("changed the names of a unit"),
    "unit.traits_set": _("changed the traits of a unit"),
    "unit.moved": _("moved a unit"),
    "unit.closed": _("closed a unit"),
    "unit.reopened": _("opened a unit again"),
    "staff.appointed": _("appointed a person"),
    "staff.dismissed": _("ended an appointment"),
    "staff.listed": _("wrote a row of a staff list"),
    "staff.list_applied": _("applied a staff list"),
    "staff.list_taken_back": _("took a staff list back"),
    "person.registered": _("registered a person"),
    "person.renamed": _("changed the names of a person"),
    "person.traits_set": _("noted facts about a person"),
    "person.contacts_set": _("changed contacts of a person"),
    "person.number_set": _("noted the number of a person"),
    "person.number_shown": _("looked at a number in full"),
    "person.consented": _("gave a consent"),
    "person.consent_withdrawn": _("took a consent back"),
    "person.asked": _("asked about her data"),
    "person.request_decided": _("decided about a request"),
    "person.blocked": _("blocked the data of a person"),
    "person.unblocked": _("showed a person again"),
    "person.erased": _("erased the data of a person"),
    "person.merged": _("joined two records of a person"),
    "person.merge_undone": _("took two records apart"),
    "person.kept_apart": _("told two people apart"),
    "role.assigned": _("gave a role"),
    "role.ended": _("took a role back"),
    "account.opened": _("invited a person for the first time"),
    "account.invited": _("invited a person again"),
    "account.code_renewed": _("renewed the code of a person"),
    "account.erased": _("closed the account of an erased person"),
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
