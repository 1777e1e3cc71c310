"""What assignments announce upward. Sent inside the transaction; listed in docs/architecture.md."""

from django.dispatch import Signal

# work: Work (its score stands: marked, returned, or marked anew), by: Account | None (None: the clock)
work_decided = Signal()
