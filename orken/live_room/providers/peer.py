"""Browser to browser, through our own signalling: nothing to install, for small stages (decision 0089).

Whoever sees pulls from whoever sends: one connection for each pair, offered by the one who sees. Six send, twelve
watch; everybody else follows slides, captions and text, and is told so. What is sent up goes as an ordinary POST,
what comes down by the addressed channel of the person. Without a relay (TURN) some networks let nothing through.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orken.kit.live import services as live
from orken.live_room import channels, who
from orken.live_room.models import Hand, Participant, Peer, Room
from orken.live_room.providers import Capabilities, Health, Joining, Plain

STAGE, WATCHING = 6, 12
RELAYED_FOR = 4 * 3600  # seconds that the name and word for the relay are good for


class PeerToPeer(Plain):
    name = "peer"
    label = _("Browser to browser: nothing to install, six on stage and twelve watching")
    hint = _("Everybody else follows slides, captions and text.")

    def capabilities(self) -> Capabilities:
        return Capabilities(picture=True, stage=STAGE, watching=WATCHING, floor=True, mute=True, remove=True)

    def join(self, room: Room, participant: Participant) -> Joining:
        data = {
            "ice": ice_servers(room, participant),
            "relayed": settings.ENVIRONMENT.room_turn_only,
            "may_send": may_send(room, participant),
        }
        return Joining("live_room/providers/peer.html", data)

    def grant_floor(self, room: Room, person: str) -> None:
        """Her page reads that she has the floor, and offers camera and microphone; `may_send` is asked when it joins."""

    def revoke_floor(self, room: Room, person: str) -> None:
        """A listener's camera leaves the stage with the floor; speakers and moderators keep theirs."""
        listens = (
            not Participant.objects.filter(room=room, **who.columns(person))
            .exclude(role=Participant.Role.AUDIENCE)
            .exists()
        )
        if listens and Peer.objects.filter(room=room, **who.columns(person), sends=True).update(sends=False):
            tell(room)

    def mute(self, room: Room, person: str) -> None:
        """Every page silences her from now on, her own too; she may turn her microphone on again."""
        if Peer.objects.filter(room=room, **who.columns(person), sends=True).update(muted=True):
            tell(room)

    def remove(self, room: Room, person: str) -> None:
        if Peer.objects.filter(room=room, **who.columns(person)).delete()[0]:
            tell(room)

    def end(self, room: Room) -> None:
        if Peer.objects.filter(room=room).delete()[0]:
            tell(room)

    def health(self) -> Health:
        if settings.ENVIRONMENT.room_turn:
            return Health(good=True)
        return Health(good=True, says=(_("No relay (TURN) is set: behind some office networks and with some mobile operators the picture will not come. Slides, captions and text do. Whoever keeps the server can set one."),))  # fmt: skip


def may_send(room: Room, participant: Participant) -> bool:
    """Speakers, moderators, and whoever has the floor."""
    if participant.role != Participant.Role.AUDIENCE:
        return True
    return Hand.objects.filter(room=room, **who.columns(participant.key), state=Hand.State.FLOOR).exists()


def ice_servers(room: Room, participant: Participant) -> list[dict[str, Any]]:
    """The relay, with a name and a word of its own for this person, good for four hours; nothing when none is set."""
    address, secret = settings.ENVIRONMENT.room_turn, settings.ENVIRONMENT.room_turn_secret
    if not address:
        return []
    user = f"{int(time.time()) + RELAYED_FOR}:{room.pk}-{participant.key}"
    word = base64.b64encode(hmac.new(secret.encode(), user.encode(), hashlib.sha1).digest()).decode()
    return [{"urls": address.split(), "username": user, "credential": word}]


def roster(room: Room) -> dict[str, Any]:
    """Who sends, and how many watch."""
    found = list(Peer.objects.filter(room=room).select_related("person", "guest").order_by("joined_at", "pk"))
    return {
        "senders": [{"tab": one.tab, "person": one.key, "name": who.name_of(one), "muted": one.muted} for one in found if one.sends],
        "watching": sum(not one.sends for one in found),
    }  # fmt: skip


def tell(room: Room) -> None:
    live.publish(channels.everybody(room), "peers", roster(room), key="peers")
