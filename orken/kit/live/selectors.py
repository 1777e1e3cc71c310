"""What happened on channels since a moment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from orken.kit.live.models import LiveBeat, LiveEvent
from orken.kit.live.services import SHUT

MOST = 500  # of one answer; whoever missed more asks for the page anew


def since(channels: list[str], last_id: int, most: int = MOST) -> list[LiveEvent]:
    """Events after `last_id`, oldest first, at most `most` at once."""
    return list(LiveEvent.objects.filter(channel__in=channels, pk__gt=last_id).order_by("pk")[:most])


def all_since(last_id: int) -> list[LiveEvent]:
    """Events of every channel after `last_id`, oldest first, at most 500 at once: what one look of a process brings."""
    return list(LiveEvent.objects.filter(pk__gt=last_id).order_by("pk")[:MOST])


def newest_id(channels: list[str] | None = None) -> int:
    """Where a page that is being made begins to listen: asked before anything that it shows is read."""
    rows = LiveEvent.objects.all() if channels is None else LiveEvent.objects.filter(channel__in=channels)
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def is_shut(channels: list[str], issued_at: datetime) -> bool:
    """Whether one of the channels was shut after a token was given."""
    return LiveEvent.objects.filter(channel__in=channels, key=SHUT, at__gte=issued_at).exists()


def beats(prefix: str, until: datetime | None = None) -> QuerySet[LiveBeat]:
    """Signs of life of the subjects that begin with `prefix`, by subject and time."""
    rows = LiveBeat.objects.filter(subject__startswith=prefix).order_by("subject", "at", "pk")
    return rows if until is None else rows.filter(at__lte=until)
