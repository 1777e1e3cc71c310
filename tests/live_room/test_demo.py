"""The rooms of the demo agree with everything else that the demo says of the same day."""

from __future__ import annotations

import pytest

from orken.kit.audit import invariants
from orken.live_room import selectors
from orken.live_room.models import Interval, Poll, Question, Room
from orken.live_room.selectors import evidence
from orken.training.models import Run, Session

pytestmark = pytest.mark.django_db
STORY, COMING = "PVL-2021-11", "PVL-MEETING"


def test_presence_in_the_story_agrees_with_its_attendance_sheet_to_the_minute() -> None:
    session = Session.objects.select_related("run").get(run__code=STORY)
    rows = [row for row in evidence.of_session(session) if row.enrolment is not None]
    assert len(rows) == 52
    assert [row.minutes for row in rows] == [row.mark.minutes if row.mark else None for row in rows]
    assert Interval.objects.filter(room=session.pk).count() > 52  # some watched on two devices


def test_the_story_was_asked_answered_and_voted() -> None:
    run = Run.objects.get(code=STORY)
    spoken = selectors.spoken(run)
    assert {(one.kind, one.answered) for one in spoken} == {
        ("question", "live"),
        ("question", "writing"),
        ("opinion", ""),
    }
    assert [one for one in spoken if one.author == ""] and all(
        one.answer for one in spoken if one.answered == "writing"
    )
    assert len({one.talk for one in spoken if one.talk}) == 4
    (poll,) = selectors.polls(run)
    assert poll.answered == sum(option.count for option in poll.options) == 48
    session = Session.objects.get(run=run)
    assert selectors.languages(session) == ["kk", "ru"]
    assert "<v Оспанова Б. К.>Национальная библиотека" in selectors.webvtt(session, "ru")
    assert Question.objects.filter(room=session.pk).count() == 6


def test_the_room_of_the_coming_meeting_is_prepared() -> None:
    room = Room.objects.get(session__run__code=COMING)
    assert room.state == Room.State.PLANNED and Poll.objects.get(room=room).state == Poll.State.DRAFT


def test_rooms_of_the_demo_break_no_rule() -> None:
    assert not [row for rule, rows in invariants.run() if rule.startswith("live_room.") for row in rows]
