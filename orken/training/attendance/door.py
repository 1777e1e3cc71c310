"""The code at the door: it changes every half minute, and a picture of it sent to somebody at home is soon worth nothing."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import Any

import segno
from django.core import signing
from django.db import transaction
from django.utils import timezone

from orken.people.models import Account
from orken.training.attendance import policy, services
from orken.training.attendance.services import SAME, Line, Written
from orken.training.models import Enrolment, Mark, Session
from orken.training.services import seats

SHOWN_FOR = 30  # seconds until the picture changes
GOOD_FOR = 120  # seconds in which it can be scanned
HELD_FOR = 900  # seconds that whoever has scanned it has to sign in and press
EARLY = timedelta(minutes=45)  # before the session begins
GRACE = timedelta(minutes=10)  # after its begin she is still in time
DOOR, HELD = "orken.attendance.door", "attendance:door"
HERE = "here"  # instead of a code: the one that this browser has scanned


def code(session: Session) -> str:
    """What the picture at the door holds now."""
    return signing.dumps(session.pk, salt=DOOR)


def picture(address: str) -> str:
    """The code as large as the page lets it, dark on light also where the page is dark."""
    return segno.make(address, error="m").svg_inline(border=4, omitsize=True, light="#fff", svgclass="leaf")


def scanned(word: str) -> int | None:
    """The session of a code that is still good."""
    try:
        pk = signing.loads(word, salt=DOOR, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return pk if isinstance(pk, int) else None


def hold(browser: MutableMapping[str, Any], pk: int, now: datetime) -> None:
    """She has scanned it: this browser alone may sign in and press, for a quarter of an hour from the scan."""
    browser[HELD] = {"session": pk, "at": now.timestamp()}


def held(browser: Mapping[str, Any], now: datetime) -> int | None:
    """The session that this browser has scanned not long ago. An address would let whoever got it in; a browser cannot be sent."""
    found = browser.get(HELD)
    if not isinstance(found, dict) or not 0 <= now.timestamp() - found["at"] <= HELD_FOR:
        return None
    return int(found["session"])


def shows(session: Session, now: datetime) -> bool:
    """Whether the door of the session stands open."""
    return session.cancelled_at is None and session.starts_at - EARLY <= now <= session.ends_at


@transaction.atomic
def come_in(*, session: Session, by: Account) -> Written:
    """She marks herself: present, or late with the minutes that are left. A mark that stands is not changed by her.

    Answers «refused» with «person» when she has no seat in the run, with «door» when the door is closed.
    """
    run = seats.locked(session.run)
    now = timezone.now()
    seat = Enrolment.objects.filter(run=run, person=by.person_id, state__in=Enrolment.LIVE).first()
    if seat is None:
        return Written(services.REFUSED, "person")
    standing = Mark.objects.filter(session=session, enrolment=seat, superseded_at=None, aside=False).first()
    if standing is not None:
        return Written(SAME, mark=standing)
    if not shows(session, now) or run.state not in policy.OPEN:
        return Written(services.REFUSED, "door")
    late = now > session.starts_at + GRACE
    minutes = max(1, int((session.ends_at - now).total_seconds() // 60)) if late else session.minutes
    state = Mark.State.LATE if late else Mark.State.PRESENT
    line = Line(session.pk, f"e{seat.pk}", state, min(minutes, session.minutes))
    return services.write_as_herself(run=run, line=line, by=by)
