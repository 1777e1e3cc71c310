"""What stays of the meeting of November 2021 in the demo: two recordings, somebody who watched, the proceedings."""

from __future__ import annotations

import io
import math
import wave
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile

from orken.credentials.demo import keep_as_always
from orken.credentials.models import LedgerRow
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.meetings.models import Talk
from orken.people.models import Account
from orken.proceedings import services, vtt
from orken.proceedings.demo import words
from orken.proceedings.models import Captions, Recording, Volume
from orken.proceedings.services.watching import Line
from orken.training.demo.history import moment
from orken.training.models import Run

CODE = "PVL-2021-11"
RATE, SECONDS = 8000, 75


def build(stage: Stage) -> None:
    run = Run.objects.select_related("host").filter(code=CODE).first()
    talk = Talk.objects.filter(meeting__run__code=CODE).order_by("pk").first()
    if run is None or talk is None:
        return
    pavlodar: Account = stage.made["accounts"]["pavlodar"]
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    kept_at, published_at = moment(run.ends_on + timedelta(2), "11:00"), moment(run.ends_on + timedelta(7), "15:00")
    session = run.sessions.get()
    first = services.add_recording(
        run=run, by=None, upload=SimpleUploadedFile("bayandama-1.wav", tones()),
        values={**words.texts(words.SAMPLE), "talk": talk, "seconds": SECONDS, "spoken": "ru", "audience": "everybody"},
    )  # fmt: skip
    whole = services.add_recording(
        run=run, by=None,
        values={
            **words.texts(words.WHOLE), "session": session, "seconds": session.minutes * 60, "begins_at": session.starts_at, "spoken": "ru",
            "audience": "signed_in", "address": "https://video.example.kz/pvl-2021-11",
        },
    )  # fmt: skip
    for language, lines in words.CAPTIONS.items():
        cues = [vtt.Cue(begins * 1000, ends * 1000, text) for begins, ends, text in lines]
        services.set_captions(recording=first, language=language, cues=cues, by=None)
    services.take_captions(recording=whole, by=None)
    for one in (first, whole):
        services.lead(recording=one, way="show", by=None)
    services.change_summary(run=run, values=words.summary(), left_out=[], by=None)
    services.publish(run=run, by=None, at=published_at)
    _settle(run, [first, whole], kept_at)
    _watched(first, stage.made["accounts"]["village"], stage.recorded_at)
    AuditEvent.objects.filter(pk__gt=last, target_kind="proceedings.recording").update(at=kept_at, by_id=pavlodar.pk)
    AuditEvent.objects.filter(pk__gt=last, target_kind="proceedings.proceedings").update(at=published_at, by_id=pavlodar.pk)  # fmt: skip


def tones() -> bytes:
    """A minute and a quarter of soft tones as a WAV file: a sample that any browser plays, made here."""
    notes = (262, 330, 392, 330, 294)
    part = bytearray()
    for note in notes:
        for n in range(RATE):
            fades = min(1.0, n / 400, (RATE - n) / 4000)
            part.append(128 + int(36 * fades * math.sin(math.tau * note * n / RATE)))
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(bytes(part) * (SECONDS // len(notes)))
    return made.getvalue()


def _settle(run: Run, recordings: list[Recording], at: datetime) -> None:
    """Moments and keys of the demo, so that it is the same whenever it is made."""
    for n, one in enumerate(recordings):
        Recording.objects.filter(pk=one.pk).update(
            uid=uuid5(NAMESPACE_URL, f"{CODE}/recording/{n}"), created_at=at, shown_at=at
        )
        one.refresh_from_db()
        Captions.objects.filter(recording=one).update(at=at)
        keep_as_always(one, "file", at)
    for volume in Volume.objects.filter(run=run).select_related("file"):
        keep_as_always(volume, "file", volume.at)


def _watched(recording: Recording, account: Account, at: datetime) -> None:
    """A village librarian who was not at the meeting watched it to the end."""
    for n in range(0, SECONDS, 25):
        line = Line(uuid5(NAMESPACE_URL, f"{CODE}/watched/{n}"), n, n + 25)
        services.watch(recording=recording, lines=[line], by=account, at=at + timedelta(seconds=n))
    LedgerRow.objects.filter(observed__source=recording.source).update(recorded_at=at)
