"""A browser tells which seconds of a recording were played; the ledger takes the minutes of whoever watched alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from orken.credentials import services as credentials
from orken.credentials.models import Activity
from orken.credentials.services import Sight
from orken.kit.i18n.content import LANGUAGES
from orken.people.models import Account, Person
from orken.proceedings import policy, watching
from orken.proceedings.models import Recording, Stretch

LONGEST_GAP = timedelta(minutes=10)  # what a browser without a line may have kept
FIRST = timedelta(seconds=60)  # what the first line of a sitting may hold: the browser tells each half minute


@dataclass(frozen=True)
class Line:
    """From one second to another, as the browser tells it."""

    uid: UUID
    begins: int
    ends: int


@transaction.atomic
def watch(*, recording: Recording, lines: Sequence[Line], by: Account, at: datetime | None = None) -> int:
    """Take in what was played; whole percent of the recording that she has watched by now.

    Nobody watches faster than the player plays: what is claimed beyond the time since her line before is left out.
    Sent twice a line counts once. Whoever was at the meeting has its hours; the recording adds none.
    """
    at = at or timezone.now()
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.person_id)  # her lines one after another
    rows = Stretch.objects.filter(recording=recording, person=by.person_id)
    last = rows.aggregate(last=Max("at"))["last"]
    left = watching.SLACK + watching.FASTEST * (min(at - last, LONGEST_GAP) if last else FIRST).total_seconds()
    known = set(Stretch.objects.filter(uid__in=[one.uid for one in lines]).values_list("uid", flat=True))
    before = watching.covered(rows.values_list("begins", "ends"))
    fresh = []
    for one in lines:
        ends = min(one.ends, recording.seconds, one.begins + int(left))
        if one.uid in known or one.begins < 0 or ends <= one.begins:
            continue
        known.add(one.uid)
        left -= ends - one.begins
        fresh.append(
            Stretch(recording=recording, person_id=by.person_id, uid=one.uid, begins=one.begins, ends=ends, at=at)
        )
    Stretch.objects.bulk_create(fresh)
    after = watching.covered([*rows.values_list("begins", "ends")])
    if fresh and watching.counted(after, recording.seconds) != watching.counted(before, recording.seconds):
        _count(recording, by, watching.counted(after, recording.seconds), at)
    return watching.share(after, recording.seconds)


def _count(recording: Recording, by: Account, minutes: int, at: datetime) -> None:
    if policy.was_there(by, recording):
        return
    run = recording.run
    seen = Sight(
        person=by.person_id, activity=str(Activity.RECORDING), source=recording.source, minutes=minutes, on=timezone.localdate(at),
        title={code: text for code in LANGUAGES if (text := getattr(recording, f"title_{code}"))},
        organiser={code: text for code in LANGUAGES if (text := getattr(run.host, f"name_{code}"))},
    )  # fmt: skip
    credentials.observe(seen=[seen], at=at)
