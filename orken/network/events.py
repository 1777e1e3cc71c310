"""What the network announces upward, inside the transaction of the change; received by `notices`."""

from __future__ import annotations

from django.dispatch import Signal

# appointment: Appointment, by: Account | None
appointed = Signal()
# appointment: Appointment (as it stood), on: date (the first day without it), by: Account
dismissed = Signal()
# assignment: RoleAssignment, by: Account | None
role_given = Signal()
# assignment: RoleAssignment (as it stood), on: date (the first day without it), by: Account
role_ended = Signal()
# staff_list: the row of the list that somebody sent, by: Account (who sent it), name: str (the file),
# counts: dict[str, int] with the keys new, changed, same, doubtful, refused, address: str (its page, without a language)
staff_list_applied = Signal()
# transfer: Transfer, answering: list[Account] (the nearest who keep the staff where she works), by: Account
transfer_asked = Signal()
# transfer: Transfer (accepted, refused or withdrawn), by: Account
transfer_closed = Signal()
