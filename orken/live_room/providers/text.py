"""No picture: slides, captions, questions, chat. What every other provider stands upon."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.live_room.models import Participant, Room
from orken.live_room.providers import Capabilities, Joining, Plain


class Text(Plain):
    name = "text"
    label = _("No picture: slides, captions and text")
    hint = _("Works on any line.")

    def capabilities(self) -> Capabilities:
        return Capabilities()

    def join(self, room: Room, participant: Participant) -> Joining:
        return Joining("live_room/providers/text.html")
