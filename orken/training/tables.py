"""The lists of the training office as its pages show them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import current_language
from orken.kit.i18n.dates import date_range, short_date
from orken.kit.tables.tables import Action, Column, Filter, Table, choice
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.network.taking_away import traced
from orken.training.models import Applicant, Enrolment, Run
from orken.training.selectors.runs import titled

Text = str | Promise
A, E = Applicant.State, Enrolment.State
COLOURS: dict[str, str] = {
    A.SUBMITTED: "info", A.ACCEPTED: "ok", A.WAITING: "wait", A.DECLINED: "stop", A.WITHDRAWN: "", A.REPLACED: "",
    Run.State.TENTATIVE: "wait", Run.State.CONFIRMED: "ok", Run.State.RUNNING: "info", Run.State.ASSESSMENT: "info",
    Run.State.CLOSED: "", Run.State.ARCHIVED: "", Run.State.CANCELLED: "stop", E.EXCUSED: "wait", E.NO_SHOW: "stop",
    E.COMPLETED: "ok", E.FAILED: "stop",
}  # fmt: skip


def tag(state: str, label: object) -> str:
    return format_html('<span class="tag {}">{}</span>', COLOURS.get(state, ""), label)


def _contains(label: Text, *fields: str) -> Filter:
    def apply(answer: str) -> Q:
        condition = Q()
        for word in answer.split():
            one = Q()
            for field in fields:
                one |= Q(**{f"{field}__contains": sort_key(word)})
            condition &= one
        return condition

    return Filter("q", label, apply)


def _day(on: date) -> str:
    """A date on one line of its narrow column."""
    return format_html('<span class="num">{}</span>', short_date(on))


# --- runs ---


def _run_cell(run: Run) -> str:
    return format_html('<a href="{}">{}</a>', reverse("training:desk", args=[run.code]), run.title)


def _days(run: Run) -> str:
    return date_range(run.starts_on, run.ends_on, current_language())


RUNS = Table(
    "runs",
    columns=[
        Column("title", _("Title"), _run_cell, lambda run: run.title, order=("sort_kk",), width=60),
        Column("kind", _("Kind"), lambda run: Run.Kind(run.kind).label, order=("kind", "starts_on")),
        Column("days", _("Days"), _days, order=("starts_on",), width=24),
        Column("host", _("Host"), lambda run: run.host.short or run.host.name, order=("host__sort_kk",), width=40),
        Column("state", _("State"), lambda run: tag(run.state, Run.State(run.state).label), lambda run: run.get_state_display(), order=("state", "starts_on")),
        Column("capacity", _("Seats"), lambda run: run.capacity, order=("capacity",), number=True, width=8),
        Column("free", _("Free"), lambda run: run.free, order=("free",), number=True, width=8),
        Column("code", _("Code"), lambda run: run.code, order=("code",), shown=False),
        Column("until", _("Applications until"), lambda run: _day(run.apply_until), lambda run: run.apply_until, order=("apply_until",), shown=False, width=14),
    ],
    filters=[
        Filter("q", _("Words of the title"), titled),
        choice("kind", _("Kind"), Run.Kind.choices),
        choice("state", _("State"), Run.State.choices),
        Filter("host", _("Host"), lambda code: Q(host__code=code), lambda: [(unit.code, unit.name) for unit in Unit.objects.filter(runs__isnull=False).distinct().order_by("sort_kk")]),
    ],
    order="-days",
    views=[(_("Tentative"), "state=tentative"), (_("Confirmed"), "state=confirmed"), (_("Running"), "state=running")],
)  # fmt: skip


# --- applicants ---


def _person_cell(applicant: Applicant) -> str:
    return format_html('<a href="{}">{}</a>', reverse("training:applicant", args=[applicant.pk]), applicant)


def _run_of(applicant: Applicant) -> str:
    return format_html('<a href="{}">{}</a>', applicant.run.get_absolute_url(), applicant.run.title)


def what_became(applicant: Applicant) -> Enrolment | None:
    """Her enrolment, when she had a seat and it is known what came of it: she was not there, or the commission has said."""
    enrolment: Enrolment | None = getattr(applicant, "enrolment", None)
    known = (E.EXCUSED, E.NO_SHOW, E.COMPLETED, E.FAILED)
    return enrolment if enrolment is not None and applicant.state == A.ACCEPTED and enrolment.state in known else None


def _state(applicant: Applicant) -> str:
    shown = tag(applicant.state, A(applicant.state).label)
    if applicant.state == A.SUBMITTED:
        return format_html("{} <small>{}</small>", shown, Applicant.Level(applicant.level).label)
    if (seat := what_became(applicant)) is not None:
        return format_html("{} <small>{}</small>", tag(seat.state, seat.get_state_display()), seat.reason)
    return format_html("{} <small>{}</small>", shown, applicant.why) if applicant.reason else shown


def applicants(*, with_run: bool, run: Run | None = None) -> Table:
    """Applicants over all runs, or those of one run with the verbs of its organiser."""
    columns = [
        Column("name", _("Full name"), _person_cell, str, order=("person__sort_kk",), width=40),
        Column("unit", _("Library"), lambda one: one.unit.name, order=("unit__sort_kk",), width=50),
        Column("post", _("Post"), lambda one: one.post.title if one.post else "", order=("post__code",), shown=False, width=30),
        Column("priority", _("Priority"), lambda one: one.priority, order=("priority", "created_at"), number=True, width=8),
        Column("state", _("State"), _state, lambda one: (what_became(one) or one).get_state_display(), order=("state",), width=24),
        Column("pool", _("Seat from"), lambda one: (one.pool.unit.name if one.pool.unit else _("open seats")) if one.pool else "", shown=not with_run, width=30),
        Column("sent", _("Sent"), lambda one: _day(one.created_at), lambda one: one.created_at, order=("created_at",), width=14),
        Column("reason", _("Reason"), lambda one: one.why, shown=False, width=50),
    ]  # fmt: skip
    if with_run:
        columns.insert(
            1, Column("run", _("Run"), _run_of, lambda one: one.run.title, order=("run__starts_on",), width=50)
        )
    actions: list[Action] = []
    if run is not None:
        address = reverse("training:decide", args=[run.code])
        actions = [
            Action(way, label, f"{address}?way={way}", grave=way == "decline")
            for way, label in (
                ("accept", _("Accept")),
                ("wait", _("Put on the waiting list")),
                ("decline", _("Decline")),
            )
        ]
    else:
        actions = [Action("pass_on", _("Pass on"), reverse("training:pass_on"))]
    return Table(
        "applicants" if with_run else "applicants-of-run",
        columns=columns,
        filters=[
            _contains(_("Name or library"), "person__sort_kk", "person__sort_ru", "unit__sort_kk"),
            choice("state", _("State"), A.choices),
            choice("level", _("Who looks at it"), Applicant.Level.choices),
        ],
        order="-sent" if with_run else "priority",
        actions=actions,
        views=[
            (_("Under review"), "state=submitted"),
            (_("Accepted"), "state=accepted"),
            (_("In the queue"), "state=waiting"),
        ],
        taken_away=traced("applicant.list_taken_away", Permission.RUN_VIEW, "person_id"),
    )
