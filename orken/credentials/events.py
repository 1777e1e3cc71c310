"""What certificates announce to the rows above."""

from django.dispatch import Signal

issued = Signal()  # certificates, by: they were issued just now
revoked = Signal()  # certificate, by: it was revoked just now
