"""The room of the meeting that is coming: prepared, a poll in draft, one speaker has checked her line."""

from __future__ import annotations

from orken.kit.demo import Stage
from orken.live_room.demo import words
from orken.live_room.models import LineCheck, Poll, PollOption, Room
from orken.people.models import Account
from orken.training.models import Session

CODE = "PVL-MEETING"
LANGUAGES = ("kk", "ru", "en")


def build(stage: Stage) -> None:
    account: Account = stage.made["accounts"]["pavlodar"]
    session = Session.objects.get(run__code=CODE)
    room = Room.objects.create(session=session, created_at=stage.recorded_at)
    texts, options = words.COMING_POLL
    poll = Poll.objects.create(room=room, by=account, created_at=stage.recorded_at, **{f"text_{code}": text for code, text in zip(LANGUAGES, texts, strict=True)})  # fmt: skip
    PollOption.objects.bulk_create(
        PollOption(poll=poll, place=place, **{f"text_{code}": text for code, text in zip(LANGUAGES, option, strict=True)})
        for place, option in enumerate(options, start=1)
    )  # fmt: skip
    LineCheck.objects.create(room=room, person=account.person, kbits=2400, camera="yes", microphone="yes", sound="yes", at=stage.recorded_at)  # fmt: skip
