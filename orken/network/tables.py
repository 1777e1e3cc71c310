"""The lists of the network as its pages show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

from orken.kit.audit import words
from orken.kit.audit.models import AuditEvent
from orken.kit.audit.services import ERASED
from orken.kit.i18n.content import current_language
from orken.kit.i18n.numbers import short_number
from orken.kit.tables.tables import Action, Column, Filter, Table, choice
from orken.kit.text.sorting import sort_key
from orken.network.kinds import LIBRARIES
from orken.network.models import Appointment, Post, Unit
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.network.selectors import staff_today, units_in
from orken.network.taking_away import traced
from orken.people.models import Account, Traits
from orken.people.models.person import sound_words

K, L, N = Unit.Kind, Unit.Locality, Unit.Internet  # their own labels: get_…_display costs ten times as much
UNKNOWN_FACT = ("unknown", pgettext_lazy("a fact about a person", "not known"))
UNKNOWN = ("unknown", pgettext_lazy("the line or locality of a library", "not known"))


def by_name(prefix: str = "") -> Callable[[], tuple[str, ...]]:
    """The alphabetical order of the reader: Russian for a Russian page, Kazakh for the others."""
    return lambda: (f"{prefix}sort_{'ru' if current_language() == 'ru' else 'kk'}",)


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
    return [(unit.code, unit.name) for unit in Unit.objects.filter(kind=Unit.Kind.REGION).order_by(*by_name()())]


def _in_region(code: str) -> Q:
    region = Unit.objects.filter(code=code).only("path").first()
    return Q(path__within=region.path) if region else Q(pk__in=[])


def _staff(answer: str) -> Q:
    nobody = ~Exists(staff_today().filter(unit=OuterRef("pk")))
    return Q(nobody) if answer == "none" else ~Q(nobody)


# --- units ---

ANY_LIBRARY = "libraries"


def _kind(answer: str) -> Q:
    return Q(kind__in=LIBRARIES) if answer == ANY_LIBRARY else Q(kind=answer)


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
        Column("name", _("Name"), _unit_cell, lambda unit: unit.name, order=by_name(), width=60),
        Column("kind", _("Kind"), lambda unit: K(unit.kind).label, order=("kind", "sort_kk")),
        Column("parent", _("Belongs to"), lambda unit: unit.parent.name if unit.parent else "", order=by_name("parent__"), width=50),
        Column("city", _("Town or village"), lambda unit: unit.city, order=("city_kk",)),
        Column("locality", _("Locality"), lambda unit: L(unit.locality).label if unit.locality else "", order=("locality",), shown=False),
        Column("internet", _("Line"), lambda unit: N(unit.internet).label if unit.internet else UNKNOWN[1], order=("internet",)),
        Column("staff", _("Staff"), lambda unit: unit.staff, order=("staff",), number=True, width=8),
        Column("department", _("Department"), lambda unit: Unit.Department(unit.department).label, order=("department",), shown=False),
        Column("code", _("Code"), lambda unit: unit.code, order=("code",), shown=False),
    ],
    filters=[
        Filter("q", _("Name"), name_contains("sort_kk", "sort_ru")),
        Filter("region", _("Region"), _in_region, _regions),
        Filter("kind", _("Kind"), _kind, lambda: [(ANY_LIBRARY, _("all libraries")), *Unit.Kind.choices]),
        choice("locality", _("Locality"), [*Unit.Locality.choices, UNKNOWN]),
        choice("internet", _("Line"), [*Unit.Internet.choices, UNKNOWN]),
        Filter("staff", _("Staff"), _staff, lambda: [("some", _("somebody")), ("none", _("nobody"))]),
    ],
    order="name",
    views=[
        (_("In villages"), f"kind={ANY_LIBRARY}&locality=rural"),
        (_("Without a line"), f"kind={ANY_LIBRARY}&internet=none"),
        (_("Without staff"), f"kind={ANY_LIBRARY}&staff=none"),
    ],
)  # fmt: skip


def for_scope(table: Table, scope: Scope) -> Table:
    """The list with the regions of `scope` to choose among; where there is only one, nobody is asked."""
    regions = Unit.objects.filter(scope.q("path"), kind=Unit.Kind.REGION)
    found = [(unit.code, unit.name) for unit in regions.order_by(*by_name()())]
    filters = [
        replace(one, choices=lambda: found) if one.name == "region" else one
        for one in table.filters
        if one.name != "region" or len(found) > 1
    ]
    return replace(table, filters=filters)


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
    return sorted(((post.code, post.title) for post in Post.objects.all()), key=lambda pair: sort_key(pair[1]))


STAFF = Table(
    "staff",
    columns=[
        Column("name", _("Full name"), _person_cell, lambda row: row.person.full_name(), order=by_name("person__"), width=40),
        Column("post", _("Post"), lambda row: row.post.title, order=("post__code",), width=30),
        Column("unit", _("Library"), lambda row: row.unit.name, order=by_name("unit__"), width=60),
        Column("education", _("Education"), lambda row: row.person.get_education_display(), order=("person__education",), shown=False),
        Column("category", _("Category"), lambda row: row.person.get_category_display(), order=("person__category",), shown=False),
        Column("attested", _("Attested on"), lambda row: date_format(row.person.attested_on, "SHORT_DATE_FORMAT") if row.person.attested_on else "", lambda row: row.person.attested_on, order=("person__attested_on",), shown=False, width=14),
        Column("employment", _("Employment"), lambda row: Appointment.Employment(row.employment).label, order=("employment",), shown=False),
        Column("rate", _("Rate"), lambda row: short_number(row.rate), lambda row: float(row.rate), order=("rate",), number=True, width=8),
        Column("since", _("Since"), lambda row: date_format(row.valid_from, "SHORT_DATE_FORMAT"), lambda row: row.valid_from, order=("valid_from",), width=14),
    ],
    filters=[
        Filter("q", _("Name in any spelling"), spelt("person__folded")),
        Filter("library", _("Library"), name_contains("unit__sort_kk", "unit__sort_ru")),
        Filter("post", _("Post"), lambda code: Q(post__code=code), _posts),
        Filter("within", _("Code of a library, district or region"), _within, rare=True),
        choice("education", _("Education"), [*Traits.Education.choices, UNKNOWN_FACT], "person__education", rare=True),
        choice("category", _("Category"), [*Traits.Category.choices, UNKNOWN_FACT], "person__category", rare=True),
        Filter("seniority", _("Years in libraries"), _seniority, lambda: [("0-3", "0–3"), ("3-10", "3–10"), ("10-20", "10–20"), ("20", "20+"), UNKNOWN_FACT], rare=True),
        choice("employment", _("Employment"), Appointment.Employment.choices, rare=True),
    ],
    order="name",
    views=[
        (_("Combined posts"), "employment=combined"),
        (_("Without category"), "category=none"),
        (_("Newcomers"), "seniority=0-3"),
    ],
    taken_away=traced("staff.taken_away", Permission.STAFF_VIEW, "person_id"),
)  # fmt: skip


# --- trail ---


def trail_rows(scope: Scope) -> QuerySet[AuditEvent]:
    """The trail of changes in `scope`."""
    condition = Q(pk__in=[])
    for path in scope.paths:
        condition |= Q(scope_path__gte=path, scope_path__lt=path[:-1] + "0")
    return AuditEvent.objects.filter(condition)


def _by(answer: str) -> Q:
    """Who acted, by the sort keys of her name: SQLite's own comparison is blind to the case of Cyrillic."""
    condition = name_contains("person__sort_kk", "person__sort_ru")(answer)
    return Q(by_id__in=Account.objects.filter(condition).values("pk"))


def _ids_of(code: str) -> list[str]:
    return [str(pk) for pk in Unit.objects.filter(code=code.strip().upper()).values_list("pk", flat=True)]


def _about(kind: str) -> Q:
    return Q(verb__startswith=f"{kind}.")


def _what(answer: str) -> Q:
    """What was done, by words of the reader's language, or by the code of a verb in a kept address."""
    return Q(verb__in=words.verbs_by_words(answer))


def _name(name: str) -> str | Promise:
    """A name of the trail; of a person whose data were erased only that."""
    return _("data erased") if name == ERASED else name


TRAIL = Table(
    "trail",
    columns=[
        Column("at", _("When"), lambda event: date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT"), lambda event: event.at, order=("at",), width=18),
        Column("by", _("Who"), lambda event: _name(words.who_of(event)) or _("the system"), order=("by_name",), width=30),
        Column("verb", _("What"), words.verb_of, order=("verb",), width=30),
        Column("target", _("Of what"), lambda event: _name(words.thing_of(event)), order=("target_name",), width=50),
        Column("changes", _("Changes"), words.changes_of, width=80),
    ],
    filters=[
        Filter("about", _("About"), _about, words.abouts),
        Filter("verb", _("What was done, in a word"), _what),
        Filter("who", _("Who"), _by),
        Filter("code", _("Code of the unit"), lambda code: Q(target_kind="network.unit", target_id__in=_ids_of(code)), rare=True),
    ],
    order="-at",
    ready=words.read,
    taken_away=traced("trail.taken_away", Permission.AUDIT_VIEW),
)  # fmt: skip
