"""What the administrator watches: background work and outgoing letters, as lists."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from orken.kit.jobs.models import Work
from orken.kit.mail.models import Letter
from orken.kit.tables.tables import Column, Filter, Table, choice


def _seconds(work: Work) -> int | None:
    if work.started_at is None:
        return None
    return round(((work.finished_at or timezone.now()) - work.started_at).total_seconds())


def masked(address: str) -> str:
    """An address of which only enough is shown to recognise it: a•••@mail.kz."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}•••@{host}"


WORKS = Table(
    "works",
    columns=[
        Column("created", _("When"), lambda work: date_format(timezone.localtime(work.created_at), "SHORT_DATETIME_FORMAT"), lambda work: work.created_at, order=("created_at",), width=18),
        Column("title", _("What"), lambda work: work.title, order=("title",), width=50),
        Column("state", _("State"), lambda work: Work.State(work.state).label, order=("state",)),
        Column("done", _("Done"), lambda work: work.done, order=("done",), number=True, width=10),
        Column("total", _("Of"), lambda work: work.total, number=True, width=10),
        Column("failures", _("Failures"), lambda work: work.failures_count, order=("failures_count",), number=True, width=10),
        Column("seconds", _("Seconds"), _seconds, number=True, width=10),
        Column("attempts", _("Attempts"), lambda work: work.attempts, number=True, shown=False, width=10),
        Column("lane", _("Lane"), lambda work: work.lane, order=("lane",), shown=False, width=10),
        Column("reason", _("Why it failed"), lambda work: work.reason, shown=False, width=60),
    ],
    filters=[
        choice("state", _("State"), Work.State.choices),
        Filter("title", _("What"), lambda answer: Q(title__contains=answer)),
    ],
    order="-created",
    views=[(_("Failed"), "state=failed"), (_("Running"), "state=running")],
)  # fmt: skip

LETTERS = Table(
    "letters",
    columns=[
        Column("created", _("When"), lambda letter: date_format(timezone.localtime(letter.created_at), "SHORT_DATETIME_FORMAT"), lambda letter: letter.created_at, order=("created_at",), width=18),
        Column("to", _("To whom"), lambda letter: masked(letter.to), width=30),
        Column("subject", _("Subject"), lambda letter: letter.subject, order=("subject",), width=60),
        Column("state", _("State"), lambda letter: Letter.State(letter.state).label, order=("state",)),
        Column("attempts", _("Attempts"), lambda letter: letter.attempts, order=("attempts",), number=True, width=10),
        Column("reason", _("Why it failed"), lambda letter: letter.reason, width=60),
    ],
    filters=[choice("state", _("State"), Letter.State.choices)],
    order="-created",
    views=[(_("Failed"), "state=failed"), (_("Waiting"), "state=waiting")],
)  # fmt: skip
