"""What meetings put into the head of every page, and into the desk and page of a run."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.meetings import policy, selectors
from orken.meetings.models import Meeting, Slot
from orken.people.models import Account
from orken.training import run_parts
from orken.training.models import Run


def register() -> None:
    navigation.register(
        "my-talks", label=_("My talks"), address="meetings:mine", visible=navigation.signed_in, order=22, place="account"
    )  # fmt: skip
    run_parts.register_tab("programme", _("Programme"), "meetings:desk", shown=policy.has_programme, order=10)
    run_parts.register_papers("speaking", _("Speakers' certificates"), "meetings:speaking", shown=policy.has_programme)
    run_parts.register_part(
        "programme", "meetings/on_run.html", on_run, shown=policy.has_programme, there=told, order=10
    )


def told() -> Exists:
    """Whether anything was said about the run as a meeting."""
    return Exists(Meeting.objects.filter(run=OuterRef("pk")))


def on_run(run: Run, account: Account | None) -> dict[str, Any] | None:
    """The occasion, the call, and the talks as they were released; nothing of a run at which nobody speaks. One query, and one for the name of the jubilee."""
    if not policy.has_programme(run):
        return None
    meeting, release = selectors.with_latest(run)
    found = [slot for block in selectors.blocks(release, selectors.ZONES[0][0]) for slot in block.slots] if release else []  # fmt: skip
    return {
        "run": run, "meeting": meeting, "call_open": meeting.call_is_open(timezone.localdate()), "released": release,
        "talks": [slot for slot in found if slot.kind == Slot.Kind.TALK],
    }  # fmt: skip
