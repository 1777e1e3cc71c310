"""24 November 2021 in its live room: what was asked and answered, who was there. Presence agrees with the attendance sheet to the minute.

Written in bulk with the moments of that day, as everything of the past is in the demo.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from orken.kit.demo import Stage
from orken.live_room.demo import words
from orken.live_room.models import (
    Caption,
    ChatLine,
    Hand,
    Interval,
    Opinion,
    Participant,
    Poll,
    PollOption,
    PollTaken,
    Question,
    QuestionVote,
    ReactionCount,
    Room,
    Step,
)
from orken.meetings.models import Slot
from orken.people.models import Account, Person
from orken.training.models import Mark, Session

CODE = "PVL-2021-11"
LANGUAGES = ("kk", "ru", "en")


def build(stage: Stage) -> None:
    session = Session.objects.select_related("run").get(run__code=CODE)
    account: Account = stage.made["accounts"]["pavlodar"]
    room = Room.objects.create(
        session=session, state=Room.State.OVER, provider="text", opened_at=session.starts_at - timedelta(minutes=20),
        ended_at=session.ends_at, created_at=session.starts_at - timedelta(days=7),
    )  # fmt: skip
    marks = list(Mark.objects.filter(session=session, superseded_at=None).select_related("enrolment__person").order_by("pk"))  # fmt: skip
    there = [mark for mark in marks if mark.there and mark.enrolment is not None]
    people = [mark.enrolment.person for mark in there if mark.enrolment is not None]
    _presence(room, there, account.person)
    slots = list(Slot.objects.filter(session=session).order_by("starts_at", "pk"))
    Step.objects.bulk_create(Step(room=room, at=slot.starts_at, slot=slot, by=account) for slot in slots)
    Room.objects.filter(pk=room.pk).update(slot=slots[-1])
    _said(room, people, slots, account.person)
    _poll(room, people, account)
    ReactionCount.objects.bulk_create(ReactionCount(room=room, kind=kind, count=count) for kind, count in (("clap", 143), ("yes", 38), ("slow", 2)))  # fmt: skip


def _after(room: Room, minutes: int, seconds: int = 0) -> datetime:
    return room.session.starts_at + timedelta(minutes=minutes, seconds=seconds)


def _press(*what: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(map(str, (CODE, "live", *what))))


def _presence(room: Room, there: list[Mark], moderator: Person) -> None:
    """Each was there for as long as her mark says; every fifth on two devices, which count once."""
    begins, ends = room.session.starts_at, room.session.ends_at
    intervals = []
    rows = [Participant(room=room, person=moderator, role=Participant.Role.MODERATOR, came_at=begins - timedelta(minutes=20))]  # fmt: skip
    for n, mark in enumerate(there):
        assert mark.enrolment is not None, "chosen so"
        came = ends - timedelta(minutes=mark.minutes)
        person = mark.enrolment.person_id
        rows.append(Participant(room=room, person_id=person, came_at=came))
        shared = {"room": room, "person_id": person, "source": Interval.Source.STREAM, "recorded_at": ends}
        half = came + (ends - came) / 2
        if n % 5 == 0:
            intervals.append(
                Interval(begun_at=came, ended_at=half + timedelta(minutes=10), tab=f"demo-tab-{n}", **shared)
            )
            intervals.append(Interval(begun_at=half, ended_at=ends, tab=f"demo-phone-{n}", **shared))
        else:
            intervals.append(Interval(begun_at=came, ended_at=ends, tab=f"demo-tab-{n}", **shared))
    intervals.append(
        Interval(room=room, person=moderator, begun_at=begins, ended_at=ends, source=Interval.Source.STREAM, tab="demo-desk", recorded_at=ends)
    )  # fmt: skip
    Participant.objects.bulk_create(rows)
    Interval.objects.bulk_create(intervals)


def _said(room: Room, people: list[Person], slots: list[Slot], moderator: Person) -> None:
    for n, (place, who, minute, language, text, anonymous, votes, how, answer) in enumerate(words.QUESTIONS):
        slot = slots[place]
        row = Question.objects.create(
            room=room, number=n + 1, slot=slot, talk_id=slot.talk_id, person=people[who], text=text, language=language, anonymous=anonymous, votes=votes,
            state=Question.State.LIVE if how == "live" else Question.State.WRITING, answer=answer, answer_language=language if answer else "",
            answered_by=moderator if answer else None, asked_at=_after(room, minute), press=_press("question", n),
            answered_at=_after(room, minute + 6) if how == "live" else room.session.ends_at + timedelta(days=1, hours=n),
        )  # fmt: skip
        voters = [one for one in people if one.pk != people[who].pk][n : n + votes]
        QuestionVote.objects.bulk_create(QuestionVote(question=row, person=one) for one in voters)
    opinions, hands, lines, captions = [], [], [], []
    for n, (who, minute, language, text) in enumerate(words.OPINIONS):
        opinions.append(Opinion(room=room, slot=slots[-1], person=people[who], text=text, language=language, at=_after(room, minute), press=_press("opinion", n)))  # fmt: skip
    for who, minute, floor in words.HANDS:
        given = _after(room, minute, 30)
        hands.append(
            Hand(
                room=room, slot=slots[-1], person=people[who], state=Hand.State.DONE, raised_at=_after(room, minute), given_at=given,
                floor_until=given + timedelta(minutes=floor), ended_at=given + timedelta(minutes=floor),
            )
        )  # fmt: skip
    for n, (who, minute, text) in enumerate(words.CHAT):
        lines.append(
            ChatLine(room=room, person=people[who], text=text, at=_after(room, minute), press=_press("chat", n))
        )
    for n, (minute, second, language, speaker, text) in enumerate(words.CAPTIONS):
        begins = _after(room, minute, second)
        captions.append(
            Caption(
                room=room, language=language, speaker=speaker, text=text, starts_at=begins, ends_at=begins + timedelta(seconds=9), by=moderator,
                press=_press("caption", n),
            )
        )  # fmt: skip
    kinds: tuple[tuple[Any, list[Any]], ...] = ((Opinion, opinions), (Hand, hands), (ChatLine, lines), (Caption, captions))  # fmt: skip
    for model, made in kinds:
        model.objects.bulk_create(made)


def _poll(room: Room, people: list[Person], account: Account) -> None:
    texts, options = words.POLL
    counts = [option[3] for option in options]
    poll = Poll.objects.create(
        room=room, anonymous=True, state=Poll.State.CLOSED, shown=True, answered=sum(counts), by=account, created_at=room.created_at,
        opened_at=_after(room, 72), closed_at=_after(room, 76), **{f"text_{code}": text for code, text in zip(LANGUAGES, texts, strict=True)},
    )  # fmt: skip
    PollOption.objects.bulk_create(
        PollOption(poll=poll, place=place, count=option[3], **{f"text_{code}": text for code, text in zip(LANGUAGES, option[:3], strict=True)})
        for place, option in enumerate(options, start=1)
    )  # fmt: skip
    PollTaken.objects.bulk_create(PollTaken(poll=poll, person=one) for one in people[: sum(counts)])
