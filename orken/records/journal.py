"""The hand-over journal: lines are added, a mistaken one is struck out with its reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import services as audit
from orken.people.models import Account
from orken.records import policy
from orken.records.models import Delivery, Paper
from orken.records.services import CannotMake, ReasonIsMissing, locked


@transaction.atomic
def hand_over(*, paper: Paper, to: str, way: str, on: date, note: str, by: Account | None) -> Delivery:
    """Note to whom, how and when a paper in force was handed over; the same line twice is one. Raises CannotMake, OutOfScope."""
    paper = locked(paper)
    policy.require_registering(by, paper)
    if paper.state not in Paper.IN_FORCE:
        raise CannotMake([_("Only a paper in force is handed over.")])
    if paper.on is not None and on < paper.on:
        raise CannotMake([_("It cannot be handed over before its own date.")])
    if on > timezone.localdate():
        raise CannotMake([_("The day of handing over lies in the future.")])
    said = {"to": " ".join(to.split())[:300], "way": way, "on": on, "note": note[:300]}
    twin = paper.deliveries.filter(struck_at=None, **said).first()
    if twin is not None:  # the button was pressed twice
        return twin
    line = Delivery.objects.create(paper=paper, by=by, **said)
    audit.record("paper.handed_over", paper, by=by, scope_path=paper.unit.path, after={"to": line.to, "way": way, "on": str(on)})  # fmt: skip
    return line


@transaction.atomic
def strike(*, line: Delivery, reason: str, by: Account | None) -> Delivery:
    """A mistaken line stays to be read, struck out. Raises ReasonIsMissing, OutOfScope."""
    line = (
        Delivery.objects.select_for_update(of=("self",)).select_related("paper__unit", "paper__issuer").get(pk=line.pk)
    )
    policy.require_registering(by, line.paper)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise ReasonIsMissing
    if line.struck_at is None:
        line.struck_at, line.struck_because = timezone.now(), reason
        line.save(update_fields=["struck_at", "struck_because"])
        audit.record("paper.handing_over_struck", line.paper, by=by, scope_path=line.paper.unit.path, after={"to": line.to, "reason": reason})  # fmt: skip
    return line
