"""Reading recordings and proceedings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from orken.people.models import Account
from orken.proceedings import policy, vtt, watching
from orken.proceedings.models import Captions, Proceedings, Recording, Stretch, Volume
from orken.training.models import Run


def recordings_for(account: Account | None, run: Run) -> QuerySet[Recording]:
    """What the account may watch of the run, in the order of its programme."""
    rows = Recording.objects.filter(policy.watched(account, run), run=run)
    return rows.select_related("file", "session", "talk__slot").prefetch_related("captions")


def recording_for(account: Account | None, run: Run, pk: int) -> Recording | None:
    found = recordings_for(account, run).filter(pk=pk).first()
    if found is not None:
        found.run = run
    return found


@dataclass(frozen=True)
class Watched:
    """How much of a recording she has watched, and what the ledger takes of it."""

    percent: int = 0
    minutes: int = 0
    there: bool = False  # she was at the meeting itself


def watched(account: Account | None, recording: Recording) -> Watched:
    if account is None:
        return Watched()
    rows = Stretch.objects.filter(recording=recording, person=account.person_id).values_list("begins", "ends")
    seconds = watching.covered(rows)
    there = policy.was_there(account, recording)
    minutes = 0 if there else watching.counted(seconds, recording.seconds)
    return Watched(watching.share(seconds, recording.seconds), minutes, there)


@dataclass(frozen=True)
class Transcript:
    """What is said in a recording, in one language, as lines to be read; `own` when it is the reader's language."""

    language: str
    lines: Sequence[vtt.Cue] = field(default_factory=list)


def transcript(recording: Recording) -> Transcript | None:
    """In the reader's language, else in the one that is spoken, else in any."""
    kept = {one.language: one for one in recording.captions.all()}
    for code in (get_language() or "kk", recording.spoken, *kept):
        if code in kept:
            return Transcript(code, vtt.read(kept[code].text))
    return None


def proceedings_of(run: Run) -> Proceedings:
    """What is prepared; an empty one, not written yet, when nobody has said anything."""
    found = Proceedings.objects.filter(run=run).first() or Proceedings(run=run)
    found.run = run
    return found


def latest(run: Run) -> Volume | None:
    return Volume.objects.filter(run=run).select_related("file").order_by("-number").first()


def volumes(run: Run) -> list[Volume]:
    return list(Volume.objects.filter(run=run).select_related("by__person", "file").order_by("-number"))


def shown_of(run: Run) -> list[Recording]:
    """Recordings that stand in the proceedings: shown, and not for participants alone."""
    rows = Recording.objects.filter(run=run, state=Recording.State.SHOWN).exclude(audience=Recording.Audience.THERE)
    return list(rows.select_related("talk", "session").prefetch_related(Prefetch("captions", Captions.objects.only("recording", "language"))))  # fmt: skip
