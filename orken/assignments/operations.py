"""Lines of devices: «assignments.save» writes the text of a draft that was typed without a line."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from orken.assignments import services
from orken.assignments.models import Work
from orken.assignments.services import EditedMeanwhile, Refused
from orken.kit.offline import registry
from orken.kit.offline.registry import DIFFERS, DONE, REFUSED, Outcome, Sent
from orken.network.policy import OutOfScope
from orken.people.models import Account

SAVE = "assignments.save"
REASONS = {
    "work": _("This work is not yours, or is not there any more."),
    "closed": _("The work was handed in already. These words did not come into it; they stay in this list."),
    "long": _("The text is longer than this assignment allows. It is not in the work; its words stay in this list."),
}  # fmt: skip


def register() -> None:
    registry.register(SAVE, saves, reasons=REASONS)


def saves(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    return [_saved(sent, by) for sent in batch]


def _saved(sent: Sent, by: Account) -> Outcome:
    try:
        uid = UUID(str(sent.payload.get("work")))
    except ValueError:
        return Outcome(REFUSED, "work")
    work = Work.objects.filter(uid=uid).first()
    if work is None:
        return Outcome(REFUSED, "work", str(uid))
    text = str(sent.payload.get("text") or "")
    revision = int(sent.base) if sent.base.isdecimal() and len(sent.base) < 10 else 0
    try:
        row = services.save(work=work, text=text, revision=revision, by=by)
    except EditedMeanwhile:
        services.keep_beside(work=work, text=text, by=by)
        return Outcome(DIFFERS, "", str(uid))
    except OutOfScope:
        return Outcome(REFUSED, "work", str(uid))
    except Refused as why:
        return Outcome(REFUSED, why.why if why.why in REASONS else "closed", str(uid))
    return Outcome(DONE, "", str(uid), {"revision": row.revision})
