"""What certificates announce to the rows above."""

from django.dispatch import Signal

issued = Signal()  # certificates, by: they were issued just now
revoked = Signal()  # certificate, by: it was revoked just now
claimed = Signal()  # claim (training held elsewhere or a past record), by: she sent it, somebody may vouch
decided = Signal()  # claim, by: somebody vouched for it, refused it, or struck it out
