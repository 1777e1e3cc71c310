"""Who has a seat and is not there: she excused herself, or she did not come. The seat is used up and goes to nobody."""

from __future__ import annotations

from django.db import transaction

from orken.kit.audit import services as audit
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.training import events, policy, states
from orken.training.models import Enrolment
from orken.training.services import seats
from orken.training.services.deciding import ReasonIsMissing

VERBS = {"excuse": "enrolment.excused", "miss": "enrolment.missed", "restore": "enrolment.restored"}


def excuse(*, enrolment: Enrolment, by: Account, reason: str) -> Enrolment:
    """She, her library, a trainer or the organiser says why she is not there. Before the first day she gives her seat back instead."""
    return _take(enrolment, "excuse", by, reason)


def miss(*, enrolment: Enrolment, by: Account, reason: str) -> Enrolment:
    """A trainer or the organiser notes that she did not come; she is told, and what is known of it."""
    return _take(enrolment, "miss", by, reason)


def restore(*, enrolment: Enrolment, by: Account) -> Enrolment:
    """It was a mistake, or she came later: she is enrolled as before."""
    return _take(enrolment, "restore", by, "")


@transaction.atomic
def _take(enrolment: Enrolment, way: str, by: Account, reason: str) -> Enrolment:
    run = seats.locked(enrolment.run)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person", "unit", "post", "applicant")
        .get(pk=enrolment.pk)
    )
    enrolment.run = run
    if not policy.may_note(by, enrolment, way):
        raise OutOfScope(str(enrolment.pk))
    found = states.ENROLMENT.check(enrolment, way)
    reason = " ".join(reason.split())[:500]
    if found.needs_reason and not reason:
        raise ReasonIsMissing(way)
    assert found.target is not None, "every way of an enrolment has a target"
    before = enrolment.state
    enrolment.state, enrolment.reason = found.target, reason
    enrolment.save(update_fields=["state", "reason"])
    audit.record(
        VERBS[way], enrolment.applicant, by=by, scope_path=enrolment.unit.path, before={"state": before},
        after={"state": enrolment.state, "reason": reason},
    )  # fmt: skip
    events.enrolment_changed.send(Enrolment, enrolment=enrolment, before=before, by=by)
    return enrolment
