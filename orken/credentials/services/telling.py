"""Training that nobody of us certified: what sending, vouching and taking back have in common (decision 0067)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.competencies.models import Domain
from orken.credentials import events, hours
from orken.credentials.models import OutsideTraining, PastRecord, Told
from orken.credentials.services import ledger
from orken.credentials.services.refusals import Refused
from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.kit.states import States
from orken.network.models import Appointment, Unit
from orken.people.models import Account

EVIDENCE = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
LARGEST = 10 * files.MB
Row = TypeVar("Row", OutsideTraining, PastRecord)


def library_of(person_id: int | None) -> Unit:
    """Where somebody can vouch for her: the library of her main post. Raises Refused."""
    rows = Appointment.objects.at().filter(person=person_id).select_related("unit").order_by("-employment", "pk")
    post: Appointment | None = rows.first()
    if post is None:
        raise Refused(_("You hold no post in a library today, so nobody can vouch for it."))
    unit: Unit = post.unit
    return unit


def days_in_order(starts_on: date, ends_on: date) -> None:
    if not starts_on <= ends_on <= timezone.localdate():
        raise Refused(_("The training ended on its first day or later, and not after today."))


def keep(upload: UploadedFile[Any], *, purpose: str, by: Account, unit: Unit) -> StoredFile:
    """The paper as she sent it. Raises FileRefused."""
    return files.store(upload=upload, purpose=purpose, by_id=by.pk, scope_path=unit.path, allowed=EVIDENCE, most=LARGEST)  # fmt: skip


def said(*, title: str, organiser: str, hours_stated: int, starts_on: date, ends_on: date, paper: str, domain: Domain | None) -> dict[str, Any]:  # fmt: skip
    """What its paper says, as the columns keep it."""
    return {
        "title": " ".join(title.split())[:300], "organiser": " ".join(organiser.split())[:300], "hours": hours_stated,
        "minutes": hours_stated * hours.norm_on(ends_on), "starts_on": starts_on, "ends_on": ends_on,
        "paper": " ".join(paper.split())[:100], "domain": domain,
    }  # fmt: skip


def sent(row: Told, verb: str, *, by: Account, after: Mapping[str, Any]) -> None:
    """It stands, counts as provisional, and whoever may vouch is told."""
    row.save()
    ledger.of_told([row], at=timezone.now())
    audit.record(verb, row, by=by, scope_path=row.unit.path, after=after)
    events.claimed.send(type(row), claim=row, by=by)


def lead(row: Row, table: States, way: str, *, subject: str, by: Account, reason: str = "") -> Row:
    """Lead it one way of its states: the hours follow, the trail tells, she hears of what others decided."""
    target = table.check(row, way).target
    assert target is not None, "every way of these states has its end"
    before, row.state, row.reason = row.state, target, reason
    if way != "withdraw":
        row.decided_by, row.decided_at = by, timezone.now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    ledger.of_told([row], at=timezone.now())
    audit.record(
        f"{subject}.{row.state}", row, by=by, scope_path=row.unit.path, before={"state": before},
        after={"state": row.state} | ({"reason": reason} if reason else {}),
    )  # fmt: skip
    if way != "withdraw":
        events.decided.send(type(row), claim=row, by=by)
    return row


def why(reason: str) -> str:
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Refused(_("Say why: she will read it."))
    return reason
