"""The list of passports: a survey of a collection, with filters, saved views and its spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from orken.conservation.models import Item, Passport, PassportDamage
from orken.conservation.vocabulary import DAMAGES, SEVERITIES
from orken.kit.tables.tables import Column, Filter, Table, choice
from orken.kit.text.sorting import sort_key


def _number(row: Passport) -> str:
    return format_html('<a href="{}">{}</a>', reverse("conservation:passport", args=[row.pk]), row.item.number)


def _state(row: Passport) -> str:
    kind = {"draft": "wait", "issued": "ok"}.get(row.state, "")
    return format_html('<span class="tag {}">{}</span>', kind, row.get_state_display())


def _class(row: Passport) -> str:
    kind = {"I": "ok", "II": "info", "III": "wait", "IV": "stop"}[row.object_class]
    return format_html('<span class="tag {}">{}</span>', kind, row.get_object_class_display())


def _next(row: Passport) -> str:
    if row.next_on is None:
        return ""
    day = date_format(row.next_on, "SHORT_DATE_FORMAT")
    if row.next_on <= timezone.localdate():
        return format_html("<b>{}</b>", day)
    return day


def _worst(row: Passport) -> str:
    worst = getattr(row, "worst", None)
    return f"{worst} · {SEVERITIES[worst].name}" if worst else "—"


def _damages() -> Sequence[tuple[str, str | Promise]]:
    return [(one.code, str(one)) for one in DAMAGES]


def _has_damage(code: str) -> Q:
    return Q(Exists(PassportDamage.objects.filter(passport=OuterRef("pk"), code=code)))


def _title(answer: str) -> Q:
    condition = Q()
    for word in answer.split():
        condition &= Q(item__sort_title__contains=sort_key(word)) | Q(item__shelfmark__icontains=word) | Q(item__number__iexact=word)  # fmt: skip
    return condition


def _due(answer: str) -> Q:
    today = timezone.localdate()
    return Q(next_on__lte=today) if answer == "due" else Q(next_on__gt=today) if answer == "later" else Q(next_on=None)


PASSPORTS = Table(
    "passports",
    columns=[
        Column("number", _("Number"), _number, lambda row: row.item.number, order=("item__unit__sort_kk", "item__serial"), width=22),
        Column("title", _("Title"), lambda row: row.item.title, order=("item__sort_title",), width=50),
        Column("class", _("Class"), _class, lambda row: row.object_class, order=("object_class", "item__sort_title"), width=10),
        Column("worst", _("Worst damage"), _worst, lambda row: getattr(row, "worst", None), order=("worst",), width=16),
        Column("access", _("Access"), lambda row: row.get_access_display(), order=("access",), width=26),
        Column("next", _("Next inspection"), _next, lambda row: row.next_on, order=("next_on",), width=14),
        Column("state", _("State"), _state, lambda row: str(row.get_state_display()), order=("state",), width=12),
        Column("library", _("Library"), lambda row: row.item.unit.short or row.item.unit.name, lambda row: row.item.unit.name, order=("item__unit__sort_kk",), shown=False, width=50),
        Column("shelfmark", _("Shelfmark"), lambda row: row.item.shelfmark, order=("item__shelfmark",), shown=False),
        Column("inventory", _("Inventory number"), lambda row: row.item.inventory, shown=False),
        Column("dated", _("Date of the document"), lambda row: row.item.dated, shown=False),
        Column("kind", _("Kind of document"), lambda row: row.item.get_kind_display(), shown=False),
        Column("support", _("Support"), lambda row: row.get_support_display(), shown=False),
        Column("damages", _("Damages"), lambda row: getattr(row, "damage_count", 0), order=("damage_count",), number=True, shown=False, width=8),
        Column("ph", "pH", lambda row: "" if row.ph is None else f"{row.ph:.1f}".replace(".", ","), lambda row: None if row.ph is None else float(row.ph), order=("ph",), number=True, shown=False, width=8),
        Column("examined", _("Examined on"), lambda row: date_format(row.examined_on, "SHORT_DATE_FORMAT"), lambda row: row.examined_on, order=("examined_on",), shown=False, width=14),
        Column("examiner", _("Examiner"), lambda row: row.examiner.full_name(), shown=False, width=30),
        Column("version", _("Version"), lambda row: row.version, number=True, shown=False, width=8),
    ],
    filters=[
        Filter("q", _("Title, shelfmark or number"), _title),
        choice("class", _("Class"), Passport.Class.choices, "object_class"),
        Filter("damage", _("Damage"), _has_damage, _damages),
        choice("access", _("Access"), Passport.Access.choices),
        choice("kind", _("Kind of document"), Item.Kind.choices, "item__kind"),
        Filter("next", _("Next inspection"), _due, lambda: [("due", _("due")), ("later", _("later")), ("none", _("not set"))]),
        choice("state", _("State"), Passport.State.choices[:2]),
    ],
    order="number",
    views=[(_("Emergency"), "class=IV"), (_("Inspection due"), "next=due"), (_("Active mould"), "damage=B1"), (_("Drafts"), "state=draft")],
)  # fmt: skip
