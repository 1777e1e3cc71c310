"""As whom somebody stands in a room: by her place in the run, never by a list of the room itself."""

from __future__ import annotations

from django.db.models import Q

from orken.live_room import who
from orken.live_room.models import Participant, Room
from orken.meetings import selectors as meetings
from orken.meetings.models import Guest, Section, Speaker, Talk
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.training import policy as training
from orken.training.models import Enrolment, Run, Session

Role = Participant.Role
require_managing = training.require_managing


def role_of(account: who.Comer, session: Session) -> str:
    """Moderator: whoever organises or teaches the run, or moderates the section. Speaker: whoever gives a talk that was taken, or stands in the released programme.
    A talk that is only proposed gives nothing: anybody may propose one.

    Audience: whoever has a seat, and a guest of the meeting while her link is open. Empty: somebody else, who may knock.
    """
    if isinstance(account, Guest):
        if account.meeting_id != session.run_id or account.gone_at is not None:
            return ""
        return Role.SPEAKER if account.speaker_id and _speaks(Q(pk=account.speaker_id), session) else Role.AUDIENCE
    run, person = session.run, account.person_id
    if training.manages(account, run) or training.teaches(account, run):
        return Role.MODERATOR
    if Section.objects.filter(sittings__session=session, moderators__person=person).exists():
        return Role.MODERATOR
    if _speaks(Q(person=person), session):
        return Role.SPEAKER
    if Enrolment.objects.filter(run=run, person=person).exclude(state=Enrolment.State.WITHDRAWN).exists():
        return Role.AUDIENCE
    return ""


def _speaks(whose: Q, session: Session) -> bool:
    """Whether one of these speakers gives a talk that was taken, or one that stands in the version that everybody reads."""
    hers = Speaker.objects.filter(whose, meeting=session.run_id, gives__isnull=False).exclude(answer=Speaker.Answer.DECLINES)  # fmt: skip
    found = list(hers.values_list("pk", "gives__talk__state"))
    if not found:
        return False
    if any(state == Talk.State.ACCEPTED for _pk, state in found):
        return True
    release = meetings.latest(session.run)
    stands = {one["id"] for row in (release.slots if release is not None else ()) for one in row["speakers"]}
    return not stands.isdisjoint(pk for pk, _state in found)


def moderates(account: who.Comer, session: Session) -> bool:
    return role_of(account, session) == Role.MODERATOR


def require_moderating(account: Account, room: Room) -> None:
    """Raises OutOfScope unless she moderates the room."""
    if not moderates(account, room.session):
        raise OutOfScope(str(room.pk))


def inside(account: who.Comer, room: Room) -> Participant:
    """Her row in the room, when she was let in. Raises OutOfScope."""
    rows = Participant.objects.filter(room=room, **who.own(account), state=Participant.State.INSIDE)
    found = rows.first()
    if found is None or (room.state == Room.State.GREEN and found.role == Role.AUDIENCE):
        raise OutOfScope(str(room.pk))
    return found


def gives(account: who.Comer, session: Session) -> Q:
    """Talks of the session's meeting that she gives, as a condition on talks."""
    if isinstance(account, Guest):
        own = Speaker.objects.filter(as_guest=account).exclude(answer=Speaker.Answer.DECLINES)
        return Q(meeting=session.run_id, given_by__speaker__in=own)
    return Q(meeting=session.run_id, given_by__speaker__person=account.person_id)


def seen(account: Account, run: Run) -> bool:
    """Who reads presence and its appeals: whoever organises or teaches."""
    return training.manages(account, run) or training.teaches(account, run)
