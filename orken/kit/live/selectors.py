"""What happened on channels since a moment."""

from __future__ import annotations

from orken.kit.live.models import LiveEvent

MOST = 200


def since(channels: list[str], last_id: int) -> list[LiveEvent]:
    """Events after `last_id`, oldest first, at most 200 at once."""
    return list(LiveEvent.objects.filter(channel__in=channels, pk__gt=last_id).order_by("pk")[:MOST])


def newest_id(channels: list[str]) -> int:
    """Where a page that was just loaded begins to listen."""
    return LiveEvent.objects.filter(channel__in=channels).order_by("-pk").values_list("pk", flat=True).first() or 0
