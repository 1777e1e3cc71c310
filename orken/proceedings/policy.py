"""Who records, who watches, who publishes: whoever organises the run makes; whom a recording is for watches."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from orken.meetings.models import Meeting, Speaker, TalkSpeaker
from orken.people.models import Account
from orken.proceedings.models import Recording
from orken.training import policy as training
from orken.training.models import Enrolment, Mark, Run

require_managing = training.require_managing
S, A = Recording.State, Recording.Audience


def has_proceedings(run: Run) -> bool:
    """Recordings and proceedings are kept of runs at which people speak."""
    return run.kind in Meeting.KINDS


def took_part(account: Account, run: Run) -> bool:
    """She has a seat, speaks, teaches or organises."""
    return (
        Enrolment.objects.filter(run=run, person=account.person_id).exclude(state=Enrolment.State.WITHDRAWN).exists()
        or Speaker.objects.filter(meeting=run.pk, person=account.person_id).exists()
        or training.teaches(account, run)
        or training.manages(account, run)
    )


def watched(account: Account | None, run: Run) -> Q:
    """Recordings of the run that the account may watch, as a condition."""
    if account is None:
        return Q(state=S.SHOWN, audience=A.EVERYBODY)
    if training.manages(account, run):
        return Q()
    seen = [A.EVERYBODY, A.SIGNED_IN, *([A.THERE] if took_part(account, run) else [])]
    return Q(state=S.SHOWN, audience__in=seen)


def heard_in(recording: Recording) -> list[Speaker]:
    """Everybody who speaks in it: those who give its talk, or all talks and the moderators of its session."""
    if recording.talk_id is not None:
        rows = Speaker.objects.filter(gives__talk=recording.talk_id)
    else:
        given = TalkSpeaker.objects.filter(talk__slot__session=recording.session_id).values("speaker")
        rows = Speaker.objects.filter(Q(pk__in=given) | Q(moderated__sittings__session=recording.session_id))
    return list(rows.distinct().order_by("pk"))


def without_consent(speakers: Iterable[Speaker]) -> list[Speaker]:
    """Whoever has not said that she may be recorded and shown."""
    return [one for one in speakers if one.consent != Speaker.Consent.YES]


def was_there(account: Account, recording: Recording) -> bool:
    """She was at the session when it was held: its hours are those of the meeting, not of the recording."""
    session = recording.session_id or (recording.talk.slot.session_id if recording.talk and hasattr(recording.talk, "slot") else None)  # fmt: skip
    if session is None:
        return False
    marks = Mark.objects.filter(session=session, enrolment__person=account.person_id, superseded_at=None)
    return any(mark.there for mark in marks)
