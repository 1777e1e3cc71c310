"""The verbs of a recording: added, put right, given captions and chapters, shown, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.search import services as search
from orken.kit.states import WayIsClosed
from orken.live_room import selectors as room
from orken.meetings import selectors as meetings
from orken.meetings.services.common import EditedMeanwhile, trail_of, write
from orken.people.models import Account
from orken.proceedings import chapters as parts
from orken.proceedings import policy, states, vtt
from orken.proceedings.chapters import Chapter
from orken.proceedings.models import Captions, Recording
from orken.proceedings.vtt import Cue
from orken.training.models import Run

__all__ = [
    "EditedMeanwhile", "ReasonIsMissing", "add_recording", "change_recording", "lead", "set_captions", "take_captions", "take_chapters",
]  # fmt: skip
FIELDS = (
    "title_kk",
    "title_ru",
    "title_en",
    "session",
    "talk",
    "address",
    "seconds",
    "begins_at",
    "spoken",
    "audience",
)
PLAYED = frozenset(
    {
        "video/mp4", "video/webm", "video/x-m4v", "video/quicktime", "audio/mpeg", "audio/mp4", "audio/ogg", "video/ogg", "audio/webm",
        "audio/wav", "audio/wave", "audio/x-wav", "audio/vnd.wave", "application/ogg", "audio/x-m4a",
    }
)  # fmt: skip
LARGEST = 1024 * files.MB


class ReasonIsMissing(Exception):
    """What is taken back says why."""


@transaction.atomic
def add_recording(*, run: Run, values: Mapping[str, Any], by: Account | None, upload: UploadedFile[Any] | None = None) -> Recording:  # fmt: skip
    """A file of ours, or an address of another service; nobody outside sees it yet.

    Chapters of a session come from its programme when it is known when the recording was begun.
    Raises OutOfScope, FileRefused (then nothing is kept).
    """
    if by is not None:
        policy.require_managing(by, run)
    row = Recording(run=run, by=by)
    write(row, values, FIELDS)
    if upload is not None:
        row.address = ""
        row.file = files.store(
            upload=upload, purpose="recording", by_id=by.pk if by else None, scope_path=run.host.path, allowed=PLAYED, most=LARGEST
        )  # fmt: skip
    row.chapters = [one.data() for one in _by_programme(row)]
    row.save(force_insert=True)
    audit.record("recording.added", row, by=by, scope_path=run.host.path, after=_told(row))
    return row


def _told(row: Recording) -> dict[str, Any]:
    title = {code: getattr(row, f"title_{code}") for code in ("kk", "ru", "en") if getattr(row, f"title_{code}")}
    return {"title": title, "seconds": row.seconds, "audience": row.audience}


def _by_programme(row: Recording) -> list[Chapter]:
    release = meetings.latest(row.run)
    if row.session_id is None or row.begins_at is None or release is None:
        return []
    return parts.of_programme(release.slots, session=row.session_id, begins_at=row.begins_at, length=row.seconds)


def _locked(recording: Recording, by: Account | None) -> Recording:
    """The row until the end of the transaction, for whoever organises its run. Raises OutOfScope."""
    row = Recording.objects.select_for_update(of=("self",)).select_related("run__host", "talk", "session", "file").get(pk=recording.pk)  # fmt: skip
    if by is not None:
        policy.require_managing(by, row.run)
    return row


@transaction.atomic
def change_recording(
    *, recording: Recording, values: Mapping[str, Any], by: Account, revision: int, chapters: Sequence[Chapter] | None = None
) -> Recording:  # fmt: skip
    """Put right what is said about it. One that is shown stays shown only while everybody in it agrees.

    Raises EditedMeanwhile, OutOfScope, WayIsClosed.
    """
    row = _locked(recording, by)
    if row.revision != revision:
        raise EditedMeanwhile(str(row.pk))
    fields = tuple(name for name in FIELDS if name != "address" or row.file_id is None)
    changed = write(row, values, fields)
    if chapters is not None:
        row.chapters = [one.data() for one in chapters]
    if row.state == Recording.State.SHOWN and not {"session", "talk"}.isdisjoint(changed):
        refusal = states.everybody_agrees(row)
        if refusal is not None:
            raise WayIsClosed("show", [refusal])
    row.revision += 1
    row.save()
    search.index("recording", [row.pk])
    told = trail_of(changed)
    audit.record(
        "recording.changed", row, by=by, scope_path=row.run.host.path, before=told["before"], after=told["after"]
    )
    return row


@transaction.atomic
def take_chapters(*, recording: Recording, by: Account) -> Recording:
    """Chapters from the released programme of its session, in place of those that stand."""
    row = _locked(recording, by)
    row.chapters = [one.data() for one in _by_programme(row)]
    row.revision += 1
    row.save(update_fields=["chapters", "revision"])
    audit.record("recording.chapters", row, by=by, scope_path=row.run.host.path, after={"chapters": len(row.chapters)})
    return row


@transaction.atomic
def set_captions(*, recording: Recording, language: str, cues: Sequence[Cue], by: Account | None) -> Captions | None:
    """What is said in it, in one language; without cues the captions of that language go. Raises OutOfScope."""
    row = _locked(recording, by)
    Captions.objects.filter(recording=row, language=language).delete()
    found = None
    if cues:
        found = Captions.objects.create(recording=row, language=language, text=vtt.written(cues), by=by)
    search.index("recording", [row.pk])
    audit.record(
        "recording.captions", row, by=by, scope_path=row.run.host.path, after={"language": language, "lines": len(cues)}
    )
    return found


@transaction.atomic
def lead(*, recording: Recording, way: str, by: Account | None, reason: str = "") -> Recording:
    """Show it or take it back. Raises WayIsClosed with the names of whoever has not agreed, ReasonIsMissing, OutOfScope."""
    row = _locked(recording, by)
    found = states.RECORDING.check(row, way)
    reason = " ".join(reason.split())[:500]
    if found.needs_reason and not reason:
        raise ReasonIsMissing(way)
    before = row.state
    assert found.target is not None, "every way of a recording has a target"
    row.state, row.reason = found.target, reason
    if row.state == Recording.State.SHOWN:
        row.shown_at = timezone.now()
    row.revision += 1
    row.save(update_fields=["state", "reason", "shown_at", "revision"])
    search.index("recording", [row.pk])
    audit.record(
        f"recording.{way}", row, by=by, scope_path=row.run.host.path, before={"state": before}, after={"state": row.state, "reason": reason}
    )  # fmt: skip
    return row


@transaction.atomic
def take_captions(*, recording: Recording, by: Account | None) -> int:
    """Captions that were typed in the live room while the session was recorded, moved to the beginning of the recording.

    For a recording of a session whose beginning is known; how many languages were taken. Raises OutOfScope.
    """
    row = _locked(recording, by)
    if row.session is None or row.begins_at is None:
        return 0
    taken = 0
    for language in room.languages(row.session):
        cues = _moved(room.transcript(row.session, language), row.begins_at, row.seconds)
        if cues:
            set_captions(recording=row, language=language, cues=cues, by=by)
            taken += 1
    return taken


def _moved(lines: Sequence[room.Line], begins_at: datetime, seconds: int) -> list[Cue]:
    found = []
    for one in lines:
        begins = int((one.start - begins_at).total_seconds() * 1000)
        ends = min(int((one.end - begins_at).total_seconds() * 1000), seconds * 1000)
        if ends > max(begins, 0):
            found.append(Cue(max(begins, 0), ends, one.text, one.speaker))
    return found
