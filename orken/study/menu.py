"""What study puts into the head of every page, and onto the desk and the page of a run."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.people.models import Account
from orken.study.models import Offering
from orken.study.policy import LEARNING, OPEN, has_lessons
from orken.training import run_parts
from orken.training.models import Enrolment, Run


def register() -> None:
    navigation.register(
        "study", label=_("My lessons"), address="study:mine", visible=signed_in, order=17, place="account"
    )
    run_parts.register_tab("course", _("Course"), "study:group", shown=has_lessons, order=20)
    run_parts.register_part("course", "study/on_run.html", on_run, shown=has_lessons, there=offered, order=20)


def signed_in(request: HttpRequest) -> bool:
    return navigation.signed_in(request)


def offered() -> Exists:
    """Whether the run has a course."""
    return Exists(Offering.objects.filter(run=OuterRef("pk")))


def on_run(run: Run, account: Account | None) -> dict[str, Any] | None:
    """The way into her lessons; one query, and none for a run in a room or one that has not begun."""
    if account is None or not has_lessons(run) or run.state not in OPEN or run.starts_on > timezone.localdate():
        return None
    hers = Enrolment.objects.filter(run=run, person=account.person_id, state__in=LEARNING, run__offering__isnull=False)
    return {"run": run} if hers.exists() else None
