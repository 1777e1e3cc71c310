"""What the network does when the row below announces something."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from orken.kit.audit import services as audit
from orken.network.models import RoleAssignment, StaffRow, Transfer
from orken.people import events
from orken.people.models import Account, Person

# Of what a list wrote about her only numbers of rows stay: the way back of the list itself.
_WAY_BACK = ("person", "registered", "begun", "ended")


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="network.erasing")
    events.erased.connect(erased, dispatch_uid="network.erased")


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    """Rows of lists that nobody decided about and that call her by her name stand for her too."""
    for row in StaffRow.objects.filter(person=None, name__in=names):
        if str(person.pk) in row.candidates:
            _wipe_row(row)


def erased(sender: Any, person: Person, **more: Any) -> None:
    """Wipe her cells of staff lists and what was written about her in requests; her name as an actor when she held no role."""
    for row in StaffRow.objects.filter(person=person):
        _wipe_row(row)
    requests = Transfer.objects.filter(person=person)
    requests.filter(state=Transfer.State.ASKED).update(state=Transfer.State.WITHDRAWN, answered_at=timezone.now())
    requests.update(reason="", answer="")
    account = Account.objects.filter(person=person).first()
    if account is not None and not RoleAssignment.objects.filter(person=person).exists():
        audit.mask_actor(account.pk)


def _wipe_row(row: StaffRow) -> None:
    row.cells, row.corrections, row.values, row.notes, row.name = [], {}, {}, [], ""
    row.done = {key: row.done[key] for key in _WAY_BACK if key in row.done}
    row.save()
