"""What people announce upward. Sent inside the transaction of the change; whoever listens writes rows, nothing leaves before the commit.

Listed in docs/architecture.md; received by `notices`.
"""

from __future__ import annotations

from django.dispatch import Signal

# invitation: Invitation, code: str (in clear, this once), by: Account | None
invited = Signal()
# account: Account, browser: str (a brand), system: str, at: datetime
signed_in_elsewhere = Signal()
# account: Account, what: str ("changed", "reset" or "code"), at: datetime
password_changed = Signal()
# account: Account, what: str ("added" or "removed"), step: str ("totp", "webauthn" or "recovery_codes"), at: datetime
second_step_changed = Signal()
# merge: people.Merge, by: Account | None
merged = Signal()
# merge: people.Merge (undone_at is set), by: Account | None
parted = Signal()
# request: people.DataRequest (decided), by: Account | None
request_decided = Signal()
# person: people.Person (nothing is wiped yet), names: list[str] (every way in which she was called in full, the longest first)
erasing = Signal()
# person: people.Person, keeping: list[str] (the duties for which something was kept)
erased = Signal()
