"""The verbs of a talk: proposed or invited, looked at, decided, its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.kit.audit import services as audit
from orken.kit.audit import words
from orken.kit.files import services as files
from orken.kit.search import services as search
from orken.meetings import events, policy, states
from orken.meetings.models import Look, Slot, Speaker, Talk, TalkFile, TalkSpeaker
from orken.meetings.services import speakers as speaking
from orken.meetings.services.common import EditedMeanwhile, WayIsClosed, locked, managed, trail_of, write
from orken.people.models import Account
from orken.training.models import Run

FIELDS = (
    "title_kk", "title_ru", "title_en", "abstract_kk", "abstract_ru", "abstract_en", "spoken", "minutes",
)  # fmt: skip
PAPERS = frozenset(
    {
        "application/pdf", "image/jpeg", "image/png", "image/webp",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.text",
    }
)  # fmt: skip
LARGEST = 30 * files.MB
MOST_FILES = 12  # of one talk: whoever has its link sends no more
MOST_OF_HERS = 5  # proposals of one person to one meeting


class CallIsClosed(Exception):
    """The meeting takes no proposals now."""


class TooMany(Exception):
    """She has proposed as many talks to this meeting as one person may."""


class ReasonIsMissing(Exception):
    """What is declined or withdrawn ends with a reason."""


@transaction.atomic
def propose(*, run: Run, values: Mapping[str, Any], by: Account, press: UUID | None = None) -> Talk:
    """She answers the call with a talk of her own; pressed twice it is one.

    Her post and library are taken from the register as of the meeting's day. Raises CallIsClosed, TooMany.
    """
    meeting = locked(run)
    if press is not None and (standing := Talk.objects.filter(press=press).first()) is not None:
        return standing
    if not meeting.call_is_open(timezone.localdate()):
        raise CallIsClosed(run.code)
    if Talk.objects.filter(meeting=meeting, by=by, invited=False, state__in=(*Talk.OPEN, Talk.State.ACCEPTED)).count() >= MOST_OF_HERS:  # fmt: skip
        raise TooMany(run.code)
    talk = Talk(meeting=meeting, by=by, press=press)
    write(talk, values, FIELDS)
    talk.save(force_insert=True)
    speaker = speaking.known(meeting, by.person, answer=Speaker.Answer.COMES, by=by)
    TalkSpeaker.objects.create(talk=talk, speaker=speaker)
    audit.record("talk.proposed", talk, by=by, scope_path=meeting.run.host.path, after=_told(talk))
    events.talk_proposed.send(Talk, talk=talk, by=by)
    return talk


@transaction.atomic
def invite_talk(*, run: Run, values: Mapping[str, Any], speakers: Sequence[Speaker], by: Account | None) -> Talk:
    """The organiser asks for a talk: it is accepted at once, nobody looks at it first. Raises OutOfScope, WayIsClosed."""
    meeting = managed(run, by, "invite_talk")
    talk = Talk(meeting=meeting, by=by, invited=True, state=Talk.State.ACCEPTED, decided_at=timezone.now())
    write(talk, values, FIELDS)
    talk.save(force_insert=True)
    _give(talk, speakers)
    audit.record("talk.invited", talk, by=by, scope_path=meeting.run.host.path, after=_told(talk))
    return talk


def _give(talk: Talk, speakers: Sequence[Speaker]) -> None:
    own = [one for one in speakers if one.meeting_id == talk.meeting_id]
    TalkSpeaker.objects.filter(talk=talk).exclude(speaker__in=own).delete()
    for place, speaker in enumerate(own, start=1):
        TalkSpeaker.objects.update_or_create(talk=talk, speaker=speaker, defaults={"place": place})


def _locked(talk: Talk) -> Talk:
    return Talk.objects.select_for_update(of=("self",)).select_related("meeting__run__host").get(pk=talk.pk)


@transaction.atomic
def change_talk(
    *, talk: Talk, values: Mapping[str, Any], by: Account, revision: int | None = None, speakers: Sequence[Speaker] | None = None
) -> Talk:  # fmt: skip
    """Put title, abstract or language right, by whoever gives it or the organiser; `speakers` only by the organiser.

    A released programme says the old words until the next release. Raises EditedMeanwhile, WayIsClosed, OutOfScope.
    """
    talk = _locked(talk)
    policy.require_own_or_managing(by, talk)
    states.check_live(talk.meeting, "change_talk")
    if talk.state in (Talk.State.DECLINED, Talk.State.WITHDRAWN):
        raise WayIsClosed("change_talk", [talk.get_state_display()])
    if revision is not None and revision != talk.revision:
        raise EditedMeanwhile(str(talk.pk))
    changed = write(talk, values, FIELDS)
    talk.revision += 1
    talk.save()
    if speakers is not None:
        policy.require_managing(by, talk.meeting.run)
        _give(talk, speakers)
    told = trail_of(changed)
    audit.record(
        "talk.changed", talk, by=by, scope_path=talk.meeting.run.host.path,
        before=told["before"], after=told["after"],
    )  # fmt: skip
    return talk


@transaction.atomic
def look_at(*, talk: Talk, verdict: str, by: Account, remark: str = "", inner: str = "") -> Look:
    """One of those who look at proposals says what she thinks; said again it takes the place of what she said before.

    Raises OutOfScope for her own talk, WayIsClosed once it is decided.
    """
    talk = _locked(talk)
    policy.require_looking(by, talk)
    way = states.TALK.check(talk, "look")
    assert way.target is not None, "looking leads under review"
    look, _new = Look.objects.update_or_create(
        talk=talk, by=by,
        defaults={"verdict": Look.Verdict(verdict), "remark": remark.strip(), "inner": inner.strip(), "at": timezone.now()},
    )  # fmt: skip
    if talk.state != way.target:
        talk.state = way.target
        talk.save(update_fields=["state"])
    audit.record("talk.looked_at", talk, by=by, scope_path=talk.meeting.run.host.path, after={"verdict": look.verdict})
    return look


@transaction.atomic
def decide(*, talk: Talk, way: str, by: Account, reason: str = "") -> Talk:
    """Take one of the ways of the table: accept, decline, reopen by the organiser; withdraw by whoever gives it too.

    A talk that is withdrawn leaves the programme. Raises WayIsClosed, ReasonIsMissing, OutOfScope.
    """
    talk = _locked(talk)
    if way == "withdraw":
        policy.require_own_or_managing(by, talk)
    else:
        policy.require_managing(by, talk.meeting.run)
    found = states.TALK.check(talk, way)
    reason = " ".join(reason.split())[:500]
    if found.needs_reason and not reason:
        raise ReasonIsMissing(way)
    assert found.target is not None, "every way of a talk has a target"
    before, talk.state, talk.reason = talk.state, found.target, reason
    talk.decided_at = timezone.now()
    talk.revision += 1
    talk.save(update_fields=["state", "reason", "decided_at", "revision"])
    if talk.state != Talk.State.ACCEPTED:
        Slot.objects.filter(talk=talk).delete()
    search.index("talk", [talk.pk])
    audit.record(
        f"talk.{way}", talk, by=by, scope_path=talk.meeting.run.host.path, before={"state": before},
        after={"state": talk.state, "reason": reason},
    )  # fmt: skip
    events.talk_decided.send(Talk, talk=talk, before=before, by=by)
    return talk


# --- files ---


@transaction.atomic
def add_file(
    *, talk: Talk, upload: UploadedFile[Any], kind: str, by: Account | None, speaker: Speaker | None = None
) -> TalkFile:  # fmt: skip
    """Slides or a text of the talk, from whoever gives it (`speaker`: by her link), or the organiser on her behalf.

    Nobody else sees it before it is shown. Raises FileRefused, OutOfScope, WayIsClosed.
    """
    talk = _locked(talk)
    if by is not None:
        policy.require_own_or_managing(by, talk)
    else:
        assert speaker is not None and talk.given_by.filter(speaker=speaker).exists(), "her link is of her own talk"
    states.check_live(talk.meeting, "add_file")
    if talk.files.filter(gone_at=None).count() >= MOST_FILES:
        raise files.FileRefused(_("A talk holds at most %(n)s files. Take one back first.") % {"n": MOST_FILES})
    path = talk.meeting.run.host.path
    kept = files.store(upload=upload, purpose="talk.file", by_id=by.pk if by else None, scope_path=path, allowed=PAPERS, most=LARGEST)  # fmt: skip
    row = TalkFile.objects.create(talk=talk, file=kept, kind=TalkFile.Kind(kind), by=by)
    audit.record("talk.file_added", talk, by=by, scope_path=path, after={"kind": row.kind, "sha256": kept.sha256})
    return row


@transaction.atomic
def show_file(*, row: TalkFile, shown: bool, by: Account) -> TalkFile:
    """Let everybody read it with the talk, or no longer: the organiser's word, also after the meeting."""
    talk = _locked(row.talk)
    policy.require_managing(by, talk.meeting.run)
    row.shown = shown
    row.save(update_fields=["shown"])
    verb = "talk.file_shown" if shown else "talk.file_hidden"
    audit.record(verb, talk, by=by, scope_path=talk.meeting.run.host.path, after={"kind": row.kind})
    return row


@transaction.atomic
def drop_file(*, row: TalkFile, by: Account | None, speaker: Speaker | None = None) -> None:
    """Take a file back (`speaker`: by her link); it stays in the store until the talk is forgotten. Raises OutOfScope, WayIsClosed."""
    talk = _locked(row.talk)
    if by is not None:
        policy.require_own_or_managing(by, talk)
    else:
        assert speaker is not None and talk.given_by.filter(speaker=speaker).exists(), "her link is of her own talk"
    states.check_live(talk.meeting, "drop_file")
    row.gone_at = timezone.now()
    row.save(update_fields=["gone_at"])
    audit.record("talk.file_dropped", talk, by=by, scope_path=talk.meeting.run.host.path, before={"kind": row.kind})


def _told(talk: Talk) -> dict[str, Any]:
    return {"title": words.in_languages(talk, "title"), "minutes": talk.minutes, "spoken": talk.spoken}
