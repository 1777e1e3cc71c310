"""The list of questions of a bank."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import current_language, text_of
from orken.kit.tables.tables import Action, Column, Filter, Table
from orken.network.tables import name_contains
from orken.questions import kinds
from orken.questions.models import Bank, Question, QuestionTag

STATES: dict[str, str | Promise] = {
    "draft": pgettext_lazy("state of a question", "draft"),
    "published": pgettext_lazy("state of a question", "published"),
    "both": pgettext_lazy("state of a question", "published, a new draft is being written"),
    "withdrawn": pgettext_lazy("state of a question", "taken out"),
}


def state_of(question: Question) -> str:
    if question.published_id:
        return "both" if question.draft_id else "published"
    return "draft" if question.draft_id else "withdrawn"


def _state(answer: str) -> Q:
    return {
        "draft": Q(published=None, draft__isnull=False),
        "published": Q(published__isnull=False),
        "both": Q(published__isnull=False, draft__isnull=False),
        "withdrawn": Q(published=None, draft=None),
    }.get(answer, Q())


def _label(row: Question) -> str:
    return text_of(row, "label").value or str(_("A question without a text"))


def _order() -> tuple[str, ...]:
    return ("sort_ru",) if current_language() == "ru" else ("sort_kk",)


def _tagged(answer: str) -> Q:
    return Q(Exists(QuestionTag.objects.filter(question=OuterRef("pk"), name=answer)))


def _written(answer: str) -> Q:
    """By a part of its text in any language, or by a tag."""
    return Q(name_contains("sort_kk", "sort_ru")(answer)) | _tagged(answer.casefold())


def questions(bank: Bank) -> Table:
    tags = sorted(QuestionTag.objects.filter(question__bank=bank).values_list("name", flat=True).distinct())
    shelves = list(bank.categories.values_list("pk", "name"))
    known = dict(kinds.choices())
    return Table(
        "questions",
        columns=[
            Column("label", _("Question"), lambda row: format_html('<a href="{}">{}</a>', row.get_absolute_url(), _label(row)), _label, order=_order, width=70),
            Column("kind", _("Kind"), lambda row: known.get(row.kind, row.kind), order=("kind",), width=26),
            Column("state", _("State"), lambda row: STATES[state_of(row)], width=22),
            Column("tags", _("Tags"), lambda row: ", ".join(one.name for one in row.tags.all()) or None, width=26),
            Column("category", _("Category"), lambda row: row.category.name if row.category else None, shown=False),
            Column("number", _("Version"), lambda row: row.newest, number=True, width=8),
        ],
        filters=[
            Filter("q", _("Text or tag"), _written),
            Filter("kind", _("Kind"), lambda code: Q(kind=code), kinds.choices),
            Filter("state", _("State"), _state, lambda: list(STATES.items())),
            Filter("tag", pgettext_lazy("of a question", "Tag"), _tagged, lambda: [(one, one) for one in tags]),
            Filter("category", _("Category"), lambda pk: Q(category=pk), lambda: [(str(pk), name) for pk, name in shelves], rare=True),
        ],
        order="label",
        views=[(_("Drafts"), "state=draft"), (_("Published"), "state=published")],
        label=_label,
        actions=[Action("drop", _("Throw the drafts away"), reverse("questions:drop_many", args=[bank.code]), grave=True)],
    )  # fmt: skip
