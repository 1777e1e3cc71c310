"""The lists of programmes: the workshop of those who write, and the public catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from orken.curriculum import checks, hours
from orken.curriculum.hours import Norm
from orken.curriculum.models import Form, Kind, Programme, ProgrammeVersion
from orken.kit.i18n.content import current_language, text_of
from orken.kit.i18n.dates import short_date
from orken.kit.i18n.numbers import number
from orken.kit.i18n.templatetags.words import IN_LANGUAGE
from orken.kit.tables.tables import Column, Filter, Table
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.network.tables import name_contains

Text = str | Promise
STATES: dict[str, str | Promise] = {
    "draft": _("draft"),
    "published": _("in the catalogue"),
    "both": _("in the catalogue, a new draft is being written"),
    "withdrawn": _("taken out of the catalogue"),
}
LANGUAGE_NAMES: dict[str, str | Promise] = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}


def state_of(programme: Programme) -> str:
    if programme.published_id:
        return "both" if programme.draft_id else "published"
    return "draft" if programme.draft_id and not getattr(programme, "was_published", False) else "withdrawn"


def with_titles(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """The rows with the title of their latest version, so that a programme that was taken out has a name too."""
    latest = ProgrammeVersion.objects.filter(programme=OuterRef("pk")).order_by("-number")
    once = ProgrammeVersion.objects.filter(programme=OuterRef("pk")).exclude(published_at=None)
    fields = ("title_kk", "title_ru", "title_en", "sort_kk", "sort_ru")
    return rows.annotate(
        **{field: Subquery(latest.values(field)[:1]) for field in fields},
        was_published=Subquery(once.values("pk")[:1]),
    )


def _state(answer: str) -> Q:
    return {
        "draft": Q(published=None, draft__isnull=False),
        "published": Q(published__isnull=False),
        "both": Q(published__isnull=False, draft__isnull=False),
        "withdrawn": Q(published=None, was_published__isnull=False),
    }.get(answer, Q())


def _version(programme: Programme) -> ProgrammeVersion | None:
    return programme.draft or programme.published


def _title(programme: Programme) -> str:
    return text_of(programme, "title").value or programme.code


def _kind(programme: Programme) -> Text | None:
    version = _version(programme)
    return Kind(version.kind).label if version else None


def _by_title() -> tuple[str, ...]:
    return ("sort_ru",) if current_language() == "ru" else ("sort_kk",)


def _lacks(norm: Norm) -> Column:
    def count(programme: Programme) -> int | None:
        draft = programme.draft
        if draft is None:
            return None
        return len(checks.stopping(checks.problems(draft, list(draft.modules.all()), list(draft.outcomes.all()), norm)))

    return Column("lacks", _("Still lacking"), count, number=True, width=12)


def _hours(norm: Norm) -> Column:
    def shown(programme: Programme) -> str | None:
        version = _version(programme)
        return number(hours.academic(version.total_minutes, norm)) if version else None

    return Column("hours", _("Hours"), shown, order=("draft__total_minutes",), number=True, width=8)


def workshop(norm: Norm) -> Table:
    """The list of those who write programmes."""
    return Table(
        "programmes",
        columns=[
            Column("title", _("Programme"), lambda row: format_html('<a href="{}">{}</a>', row.get_absolute_url(), _title(row)), _title, order=_by_title(), width=60),
            Column("code", _("Code"), lambda row: format_html('<span class="num">{}</span>', row.code), lambda row: row.code, order=("code",), width=12),
            Column("unit", _("Owned by"), lambda row: row.unit.short or row.unit.name, order=("unit__sort_kk",), width=40),
            Column("state", _("State"), lambda row: STATES[state_of(row)], width=30),
            _hours(norm),
            Column("kind", _("Kind"), _kind, shown=False),
            Column("number", _("Version"), lambda row: row.published.number if row.published else None, number=True, width=8),
            Column("published", _("Published on"), lambda row: short_date(row.published.published_at) if row.published else None, order=("published__published_at",), width=16),
            _lacks(norm),
        ],
        filters=[
            Filter("q", _("Title or code"), _written),
            Filter("state", _("State"), _state, lambda: list(STATES.items())),
            Filter("unit", _("Owned by"), lambda code: Q(unit__code=code), _owners),
        ],
        order="title",
        views=[(_("Drafts"), "state=draft"), (_("In the catalogue"), "state=published")],
        label=_title,
    )  # fmt: skip


def _written(answer: str) -> Q:
    """By code or title in whichever language, of what is published and of what is being written."""
    english = Q()
    for word in answer.split():
        english &= Q(published__title_en__icontains=word) | Q(draft__title_en__icontains=word)
    titles: Q = name_contains("sort_kk", "sort_ru")(answer)
    return titles | Q(code__icontains=answer) | english


def _owners() -> Sequence[tuple[str, str | Promise]]:
    units = Unit.objects.filter(programmes__isnull=False).distinct().order_by("sort_kk")
    return [(unit.code, unit.short or unit.name) for unit in units]


# --- the public catalogue ---


def _public_owners() -> Sequence[tuple[str, str | Promise]]:
    units = Unit.objects.filter(programmes__published__isnull=False).distinct().order_by("kind", "sort_kk")
    return [(unit.code, unit.name) for unit in units]


def _regions() -> Sequence[tuple[str, str | Promise]]:
    return [(unit.code, unit.name) for unit in Unit.objects.filter(kind=Unit.Kind.REGION).order_by("sort_kk")]


def _in_region(code: str) -> Q:
    region = Unit.objects.filter(code=code).only("path").first()
    return Q(unit__path__within=region.path) if region else Q(pk__in=[])


def _words(answer: str) -> Q:
    condition = Q()
    for word in answer.split():
        key = sort_key(word)
        condition &= (
            Q(published__sort_kk__contains=key)
            | Q(published__sort_ru__contains=key)
            | Q(published__title_en__icontains=word)
            | Q(code__icontains=word)
        )
    return condition


LENGTHS: dict[str, tuple[str | Promise, Q]] = {
    "day": (_("up to 8 hours"), Q(published__stated_hours__lte=8)),
    "week": (_("9 to 35 hours"), Q(published__stated_hours__gt=8, published__stated_hours__lt=36)),
    "course": (_("36 to 71 hours"), Q(published__stated_hours__gte=36, published__stated_hours__lt=72)),
    "long": (_("72 hours and more"), Q(published__stated_hours__gte=72)),
}

CATALOGUE = Table(
    "catalogue",
    columns=[
        Column("title", _("Programme"), lambda row: row.published.title, order=("published__sort_kk",), width=60),
        Column("code", _("Code"), lambda row: row.code, order=("code",)),
        Column("hours", _("Hours"), lambda row: row.published.stated_hours, order=("published__stated_hours",), number=True),
        Column("unit", _("School or library"), lambda row: row.unit.name, order=("unit__sort_kk",), width=50),
        Column("kind", _("Kind"), lambda row: Kind(row.published.kind).label),
        Column("form", _("Form of learning"), lambda row: Form(row.published.form).label),
        Column("languages", _("Languages"), lambda row: ", ".join(str(IN_LANGUAGE[code]) for code in row.published.languages)),
    ],
    filters=[
        Filter("q", _("Word of the title"), _words),
        Filter("school", _("School or library"), lambda code: Q(unit__code=code), _public_owners),
        Filter("region", _("Region"), _in_region, _regions),
        Filter("language", _("Language"), lambda code: Q(**{f"published__in_{code}": True}), lambda: list(LANGUAGE_NAMES.items())),
        Filter("form", _("Form of learning"), lambda answer: Q(published__form=answer), lambda: Form.choices),
        Filter("hours", _("Hours"), lambda answer: LENGTHS[answer][1], lambda: [(key, label) for key, (label, _q) in LENGTHS.items()]),
        Filter("competency", _("Competency"), lambda code: Q(published__outcomes__competency__code=code), lambda: _competencies()),
    ],
    order="code",
    empty=_("No programme matches. Take a filter away."),
)  # fmt: skip


def _competencies() -> Sequence[tuple[str, str | Promise]]:
    from orken.competencies import selectors

    return [(row.code, f"{row.code} {text.name}") for row, text in selectors.competencies()]
