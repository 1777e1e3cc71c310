"""What papers announce upward. Sent inside the transaction; receivers act after the commit."""

from django.dispatch import Signal

registered = Signal()  # paper, by
signed = Signal()  # paper, by
changed = Signal()  # paper (the older one), by_paper, effect, by
spoiled = Signal()  # paper, by
