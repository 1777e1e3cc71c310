"""Minutes go to the attendance sheet: by themselves when a session is over, and again whenever presence is noted afterwards (decision 0106)."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orken.live_room.models import Interval, Room
from orken.live_room.selectors import evidence
from orken.live_room.services.common import Refused, locked, note
from orken.live_room.services.presence import fold
from orken.meetings import services as meetings
from orken.people.models import Account
from orken.training.attendance import services as attendance
from orken.training.attendance.services import Line, Written
from orken.training.models import Mark, Run, Session

WHOLE = 95  # percent of a session from which it counts as the whole: joining takes a minute
GRACE = timedelta(minutes=15)  # after the end of a session whose room nobody has closed
SETTLE = timedelta(seconds=90)  # after the doors were shut: the last signs of life are on their way


@transaction.atomic
def feed(*, session: Session, by: Account | None = None) -> list[Written]:
    """Write the minutes of everybody with a seat into the attendance sheet, through its own verb; those of guests go to their list.

    The whole session from 95 % of it on, otherwise the minutes there were; who was never there is absent. What a hand
    has written differently stays and the difference is shown on the sheet until somebody decides. Fed again, what the
    room itself had written is corrected; what a hand has decided meanwhile is brought up again by a hand alone. `by` None: the clock. Raises OutOfScope, Refused.
    """
    room = locked(session)
    if session.starts_at > timezone.now() or (session.ends_at > timezone.now() and room.state != Room.State.OVER):
        raise Refused(_("The session still goes on. Minutes go to the attendance sheet when it is over."))
    fold(session=session)
    now = timezone.now()
    with override("kk"):
        again = _("counted again from the presence in the live room")
    # What a hand has decided the clock does not bring up again, until something new is known of her.
    newer = Interval.objects.filter(room=room, person__isnull=False)
    if room.fed_at is not None:
        newer = newer.filter(recorded_at__gt=room.fed_at)
    fresh = set(newer.values_list("person", flat=True))
    lines = []
    for row in evidence.of_session(session):
        mark = row.mark
        own = mark is not None and mark.source == Mark.Source.ROOM
        decided = by is None and mark is not None and not own and row.person.pk not in fresh
        if row.enrolment is None or decided:
            continue
        state, minutes = _state(row.minutes, session.minutes)
        lines.append(
            Line(session.pk, f"e{row.enrolment}", state, minutes, reason=again if own else "", base=str(mark.pk) if own and mark else "")
        )  # fmt: skip
    written = attendance.write(run=room.session.run, lines=lines, by=by, source=Mark.Source.ROOM) if lines else []
    changed = _guests(room)
    Room.objects.filter(pk=room.pk).update(fed_at=now)
    counts: dict[str, int] = defaultdict(int)
    for one in written:
        counts[one.outcome] += 1
    if by is not None or changed or set(counts) - {attendance.SAME}:
        note("live_room.fed", room, room, by, after=dict(counts))
    return written


def _guests(room: Room) -> int:
    """Minutes of the guests over all sessions of the run."""
    found: dict[int, int] = defaultdict(int)
    for session in Session.objects.filter(run=room.session.run_id, live_room__isnull=False, cancelled_at=None):
        for one in evidence.guests(session):
            found[one.guest.pk] += one.minutes
    return meetings.note_minutes(run=room.session.run, minutes=found) if found else 0


def _state(minutes: int, of: int) -> tuple[str, int | None]:
    if minutes * 100 >= of * WHOLE:
        return Mark.State.PRESENT, None
    return (Mark.State.LATE, minutes) if minutes > 0 else (Mark.State.ABSENT, None)


def due() -> list[Session]:
    """Sessions whose minutes wait: held in a room that was opened, over, with presence that no sheet has yet.

    A room that was prepared and never opened says nothing of anybody, and one that was tried out before its hour neither:
    its session was held elsewhere. A run that is closed is left as it is; whatever is noted of it then is decided by hands.
    """
    now = timezone.now()
    within = Interval.objects.filter(room=OuterRef("pk"), ended_at__gt=OuterRef("session__starts_at"), begun_at__lt=OuterRef("session__ends_at"))  # fmt: skip
    rooms = Room.objects.filter(
        Exists(within), opened_at__isnull=False, session__cancelled_at=None, session__starts_at__lte=now,
        session__run__state__in=Run.LIVE,
    )  # fmt: skip
    over = Q(state=Room.State.OVER, ended_at__lt=now - SETTLE) | Q(session__ends_at__lt=now - GRACE)
    waits = Q(fed_at=None, noted_at__isnull=False) | Q(fed_at__lt=F("noted_at"))
    rooms = rooms.filter(over).annotate(noted_at=Max("intervals__recorded_at")).filter(waits)
    return list(Session.objects.filter(pk__in=rooms.values("pk")).order_by("pk"))


def feed_due() -> int:
    """Feed every session that is due; Answers how many."""
    found = due()
    for session in found:
        feed(session=session)
    return len(found)
