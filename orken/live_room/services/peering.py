"""The verbs of the picture from browser to browser: a page joins, goes, turns its microphone off, says a word to another page; a moderator mutes."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.live import services as live
from orken.live_room import channels, providers, who
from orken.live_room.models import Participant, Peer
from orken.live_room.providers import peer
from orken.live_room.services.common import Refused, entered, locked, moderated, note, often
from orken.people.models import Account
from orken.training.models import Session

TAB = re.compile(r"[A-Za-z0-9-]{8,40}")
GONE = timedelta(seconds=75)
LONGEST = 60_000  # letters of a description of a session: what browsers write is a tenth of it


@transaction.atomic
def join(*, session: Session, tab: str, sends: bool, by: who.Comer) -> dict[str, Any]:
    """A page takes part: it sends, when she may and the stage has a place, or it watches, when one of twelve places is free.

    Called again every half a minute. Answers as what it was taken: «send», «watch», or «full». Raises OutOfScope, Refused.
    """
    entered(session, by)
    room = locked(session)
    participant = Participant.objects.get(room=room, **who.own(by))
    if room.provider != peer.PeerToPeer.name or not TAB.fullmatch(tab):
        raise Refused(_("There is no picture in this room. Load the page again."))
    now = timezone.now()
    gone = Peer.objects.filter(room=room, seen_at__lt=now - GONE).delete()[0]
    row = Peer.objects.filter(room=room, tab=tab).first()
    if row is not None and row.key != who.key(by):
        raise Refused(_("Load the page again."))
    if sends and not peer.may_send(room, participant):
        raise Refused(_("Raise your hand: whoever has the floor turns camera and microphone on."))
    others = Peer.objects.filter(room=room).exclude(tab=tab)
    if sends and others.filter(sends=True).count() >= peer.STAGE:
        raise Refused(_("Six people are on stage already. Somebody has to turn the camera off first."))
    if not sends and row is None and others.filter(sends=False).count() >= peer.WATCHING:
        if gone:
            peer.tell(room)
        return {"as": "full", **peer.roster(room)}
    changed = gone or row is None or row.sends != sends or (sends and row.muted)
    Peer.objects.update_or_create(
        room=room, tab=tab, defaults={**who.own(by), "sends": sends, "muted": False if sends and changed else bool(row and row.muted), "seen_at": now}
    )  # fmt: skip
    if changed:
        peer.tell(room)
    return {"as": "send" if sends else "watch", **peer.roster(room)}


@transaction.atomic
def stay(*, session: Session, tab: str, by: who.Comer) -> dict[str, Any]:
    """The page is still there."""
    room, _participant = entered(session, by)
    known = Peer.objects.filter(room=room, tab=tab, **who.own(by)).update(seen_at=timezone.now())
    return {"known": bool(known), **peer.roster(room)}


@transaction.atomic
def leave(*, session: Session, tab: str, by: who.Comer) -> None:
    """The page goes."""
    room, _participant = entered(session, by, open_only=False)
    if Peer.objects.filter(room=room, tab=tab, **who.own(by)).delete()[0]:
        peer.tell(room)


@transaction.atomic
def voice(*, session: Session, tab: str, muted: bool, by: who.Comer) -> dict[str, Any]:
    """She turns her own microphone off or on; every page shows it. What a moderator turned off she may turn on again."""
    room, _participant = entered(session, by)
    if Peer.objects.filter(room=room, tab=tab, sends=True, **who.own(by)).exclude(muted=muted).update(muted=muted):
        peer.tell(room)
    return peer.roster(room)


@transaction.atomic
def signal(*, session: Session, tab: str, to: str, text: str, by: who.Comer) -> None:
    """A word from page to page, read by nobody between: an offer of whoever sees, an answer of whoever sends. Raises OutOfScope, Refused."""
    room, _participant = entered(session, by)
    often(f"signal:{room.pk}:{who.key(by)}", 300, 60, _("Load the page again in a minute."))
    pages = {one.tab: one for one in Peer.objects.filter(room=room, tab__in=(tab, to))}
    hers, other = pages.get(tab), pages.get(to)
    if hers is None or other is None or hers.key != who.key(by) or not (hers.sends or other.sends):
        raise Refused(_("This page has gone. Load the page again."))
    if len(text) > LONGEST:
        raise Refused(_("Load the page again."))
    try:
        data = json.loads(text)
    except ValueError:
        raise Refused(_("Load the page again.")) from None
    told = {"from": tab, "to": to, "data": data}
    live.publish(channels.person(room, other.key), "signal", told)


@transaction.atomic
def mute(*, session: Session, person: str | int, by: Account) -> None:
    """Silence somebody on stage. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    try:
        providers.of(room).mute(room, str(person))
    except providers.NotOffered:
        raise Refused(_("The service that brings the picture is not muted from here.")) from None
    row = Participant.objects.filter(room=room, **who.columns(person)).select_related("person", "guest").first()
    note("live_room.muted", room, room, by, after=who.trail(row) if row else {})
