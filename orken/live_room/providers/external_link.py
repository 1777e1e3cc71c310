"""Any service's address: the picture opens beside, our text layer stands here. Nothing is installed, nothing is asked of the service."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.live_room.models import Participant, Room
from orken.live_room.providers import Capabilities, Joining, Plain


class ExternalLink(Plain):
    name = "external-link"
    label = _("A meeting of another service, by its address")
    hint = _("The picture opens in a window of its own; questions, polls, slides and presence stay here.")

    def capabilities(self) -> Capabilities:
        return Capabilities(picture=True, stage=None, watching=None)

    def lacks(self, room: Room) -> str | Promise | None:
        return None if safe(room.address) else _("The address of the meeting elsewhere is lacking.")

    def join(self, room: Room, participant: Participant) -> Joining:
        return Joining("live_room/providers/external_link.html", {"address": room.address, "host": urlsplit(room.address).hostname})  # fmt: skip


def safe(address: str) -> bool:
    """Only https, with a host, without a name and password inside."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not parts.username and " " not in address
