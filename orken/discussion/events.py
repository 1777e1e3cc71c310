"""What a discussion announces. Sent inside the transaction; receivers act after the commit."""

from django.dispatch import Signal

post_written = Signal()  # post, by
post_hidden = Signal()  # post, by
post_reported = Signal()  # report, by
