"""What attempts announce upward. Sent inside the transaction; receivers act after the commit.

Listed in docs/architecture.md.
"""

from django.dispatch import Signal

# attempt: Attempt (closed; state «done», or «waiting» when a person has to mark), by: Account | None (None: the clock)
attempt_closed = Signal()
# attempt: Attempt (its score is another than before: marked by a person, marked anew, a late line came), by: Account | None
attempt_marked = Signal()
