"""Questions, opinions, hands, chat, captions, reactions: a meeting as it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from orken.kit.live.models import LiveEvent
from orken.live_room import channels, selectors
from orken.live_room import services as rooms
from orken.live_room.models import Caption, ChatLine, Hand, Opinion, Participant, Question, ReactionCount, Step
from orken.live_room.selectors import rooms as reading
from orken.network.policy import OutOfScope
from orken.people.models import Account
from tests.live_room.conftest import Accounts, Browse, Hall

Halls = Callable[..., Hall]
S = Question.State


@pytest.fixture
def here(hall: Halls) -> Hall:
    return hall()


@pytest.fixture
def people(account: Accounts) -> dict[str, Account]:
    return {login: account(login) for login in ("pavlodar", "head", "village", "student", "mentor", "national")}


def told(here: Hall, channel: str, kind: str) -> list[dict[str, object]]:
    """What a channel was told, in order."""
    rows = LiveEvent.objects.filter(channel=channel, kind=kind).order_by("pk")
    return list(rows.values_list("payload", flat=True))


def test_a_question_goes_from_her_hand_to_the_stage_and_is_answered(here: Hall, people: dict[str, Account]) -> None:
    asked = rooms.ask(session=here.session, text="  Кім\u200b ауыстырады? ", anonymous=True, by=people["village"])
    assert (asked.text, asked.state) == ("Кім ауыстырады?", S.SUBMITTED)
    everybody, desk = channels.everybody(here.room), channels.desk(here.room)
    assert told(here, everybody, "question") == [{"id": asked.pk, "state": "archived"}]  # nothing of it
    assert told(here, desk, "question")[-1]["asker"]["kk"] == people["village"].person.short_name("kk")  # type: ignore[index]  # plain JSON
    rooms.moderate(session=here.session, question=asked.pk, way="show", by=people["pavlodar"])
    seen = told(here, everybody, "question")[-1]
    assert seen["text"] == "Кім ауыстырады?" and seen["author"] == {} and "asker" not in seen
    assert people["village"].person.surname_kk not in str(seen)
    assert rooms.vote(session=here.session, question=asked.pk, wants=True, by=people["student"]) == 1
    assert (
        rooms.vote(session=here.session, question=asked.pk, wants=True, by=people["student"]) == 1
    )  # one row a person
    other = rooms.ask(session=here.session, text="Тағы бір сұрақ?", anonymous=False, by=people["student"])
    rooms.moderate(session=here.session, question=other.pk, way="stage", by=people["pavlodar"])
    rooms.moderate(session=here.session, question=asked.pk, way="stage", by=people["pavlodar"])
    assert Question.objects.get(pk=other.pk).state == S.VISIBLE  # one stands on stage
    rooms.moderate(session=here.session, question=asked.pk, way="live", by=people["pavlodar"])
    with pytest.raises(rooms.WayIsClosed):
        rooms.moderate(session=here.session, question=asked.pk, way="show", by=people["pavlodar"])
    with pytest.raises(OutOfScope):
        rooms.moderate(session=here.session, question=other.pk, way="live", by=people["village"])
    found = selectors.spoken(here.run)
    assert [(one.text, one.author, one.answered) for one in found] == [("Кім ауыстырады?", "", "live"), ("Тағы бір сұрақ?", people["student"].person.short_name(), "")]  # fmt: skip


def test_the_speaker_answers_in_writing_after_the_meeting_and_nobody_else(
    here: Hall, people: dict[str, Account]
) -> None:
    rooms.put_on(session=here.session, uid=here.uids[1], by=people["pavlodar"])
    asked = rooms.ask(session=here.session, text="Слайдтар қайда?", anonymous=False, by=people["village"])
    rooms.moderate(session=here.session, question=asked.pk, way="stage", by=people["pavlodar"])
    rooms.go(session=here.session, way="end", by=people["pavlodar"])
    assert Question.objects.get(pk=asked.pk).state == S.VISIBLE  # what stood on stage was not answered
    for login in ("village", "student", "mentor"):
        with pytest.raises(OutOfScope):
            rooms.answer(session=here.session, question=asked.pk, text="Мен білмеймін", by=people[login])
    with pytest.raises(rooms.Refused):
        rooms.answer(session=here.session, question=asked.pk, text=" \n ", by=people["head"])
    rooms.answer(session=here.session, question=asked.pk, text="Баяндама бетінде.", by=people["head"])
    (found,) = selectors.spoken(here.run)
    assert (found.answer, found.answered, found.talk) == ("Баяндама бетінде.", "writing", here.talk.pk)
    assert found.answered_by == people["head"].person.short_name()
    with pytest.raises(rooms.Refused):
        rooms.ask(session=here.session, text="Кеш қалдым", anonymous=False, by=people["village"])


def test_joined_questions_count_everybody_once(here: Hall, people: dict[str, Account]) -> None:
    one = rooms.ask(session=here.session, text="Қашан?", anonymous=False, by=people["village"])
    two = rooms.ask(session=here.session, text="Келесі топ қашан?", anonymous=False, by=people["student"])
    for row in (one, two):
        rooms.moderate(session=here.session, question=row.pk, way="show", by=people["pavlodar"])
        rooms.vote(session=here.session, question=row.pk, wants=True, by=people["head"])
    kept = rooms.merge(session=here.session, question=one.pk, into=two.pk, by=people["pavlodar"])
    assert (
        kept.votes == kept.voters.count() == 2
    )  # the head once, whoever asked the first, never the one who asked the second
    one.refresh_from_db()
    assert (one.state, one.merged_into_id) == (S.ARCHIVED, two.pk)
    for pair in ((two.pk, two.pk), (one.pk, two.pk), (two.pk, 10**8)):
        with pytest.raises(rooms.Refused):
            rooms.merge(session=here.session, question=pair[0], into=pair[1], by=people["pavlodar"])
    with pytest.raises(rooms.WayIsClosed):
        rooms.moderate(session=here.session, question=one.pk, way="reopen", by=people["pavlodar"])


def test_questions_are_numbered_in_each_room_from_one(hall: Halls, here: Hall, people: dict[str, Account], browse: Browse) -> None:  # fmt: skip
    """«№ 2» on the desk is the second of this room; joined by that number, and never given again."""
    other = hall("LIVE-NEXT")
    first, second = (
        rooms.ask(session=here.session, text=text, anonymous=False, by=people["village"])
        for text in ("Қашан?", "Қайда?")
    )
    elsewhere = rooms.ask(session=other.session, text="Кім?", anonymous=False, by=people["village"])
    assert [first.number, second.number, elsewhere.number] == [1, 2, 1]
    assert 'data-f="number">2<' in browse("pavlodar").get(here.address("desk")).content.decode()
    answer = browse("pavlodar").post(here.address("do", "merge"), {"id": first.pk, "into": 2})
    first.refresh_from_db()
    assert answer.status_code == 302 and first.merged_into == second
    assert rooms.ask(session=here.session, text="Неге?", anonymous=False, by=people["village"]).number == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=second.pk).update(number=1)


def test_pressed_twice_it_is_one(here: Hall, people: dict[str, Account]) -> None:
    press = uuid4()
    for _ in range(2):
        rooms.ask(session=here.session, text="Бір рет", anonymous=False, by=people["village"], press=press)
        rooms.opine(session=here.session, text="Бір пікір", by=people["village"], press=press)
        rooms.say(session=here.session, text="Бір хабар", by=people["village"], press=press)
        rooms.caption(
            session=here.session, language="kk", text="Бір сөз", speaker="", by=people["pavlodar"], press=press
        )
    assert (Question.objects.filter(room=here.room).count(), Opinion.objects.filter(room=here.room).count()) == (1, 1)
    assert (ChatLine.objects.filter(room=here.room).count(), Caption.objects.filter(room=here.room).count()) == (1, 1)


def test_the_floor_goes_through_a_queue_that_everybody_sees(here: Hall, people: dict[str, Account]) -> None:
    first = rooms.raise_hand(session=here.session, by=people["village"])
    second = rooms.raise_hand(session=here.session, by=people["student"])
    assert rooms.raise_hand(session=here.session, by=people["village"]).pk == first.pk
    assert [row["id"] for row in reading.hands(here.room)] == [first.pk, second.pk]
    with pytest.raises(OutOfScope):
        rooms.give_floor(session=here.session, hand=first.pk, minutes=3, by=people["village"])
    for wrong in (0, 31, -1):
        with pytest.raises(rooms.Refused):
            rooms.give_floor(session=here.session, hand=first.pk, minutes=wrong, by=people["pavlodar"])
    given = rooms.give_floor(session=here.session, hand=second.pk, minutes=3, by=people["pavlodar"])
    assert given.floor_until is not None and given.given_at is not None
    assert given.floor_until - given.given_at == timedelta(minutes=3)
    assert [row["id"] for row in reading.hands(here.room)] == [second.pk, first.pk]  # whoever speaks stands first
    rooms.give_floor(session=here.session, hand=first.pk, minutes=1, by=people["pavlodar"])
    assert Hand.objects.get(pk=second.pk).state == Hand.State.DONE
    Hand.objects.filter(pk=first.pk).update(given_at=timezone.now() - timedelta(minutes=5), floor_until=timezone.now() - timedelta(minutes=2))  # fmt: skip
    assert rooms.end_overdue() == 1 and not reading.hands(here.room)
    assert reading.stage(here.room)["floor"] is None
    with pytest.raises(rooms.Refused):
        rooms.give_floor(session=here.session, hand=first.pk, minutes=3, by=people["pavlodar"])


def test_two_moderators_do_not_give_the_floor_over_each_other(here: Hall, people: dict[str, Account]) -> None:
    """Both desks showed nobody at the floor: who presses second is told, and whoever speaks goes on."""
    first = rooms.raise_hand(session=here.session, by=people["village"])
    second = rooms.raise_hand(session=here.session, by=people["student"])
    rooms.give_floor(session=here.session, hand=first.pk, minutes=3, over=0, by=people["pavlodar"])
    with pytest.raises(rooms.Refused, match="сөз басқаға берілді"):
        rooms.give_floor(session=here.session, hand=second.pk, minutes=3, over=0, by=people["pavlodar"])
    assert Hand.objects.get(pk=first.pk).state == Hand.State.FLOOR
    rooms.give_floor(session=here.session, hand=second.pk, minutes=3, over=first.pk, by=people["pavlodar"])
    assert Hand.objects.get(pk=second.pk).state == Hand.State.FLOOR


def test_slow_mode_silence_and_a_hidden_line(here: Hall, people: dict[str, Account]) -> None:
    line = rooms.say(session=here.session, text="Сәлем!\nЕкінші жол", by=people["village"])
    assert line.text == "Сәлем! Екінші жол"
    with pytest.raises(rooms.Refused, match="баяу режимде"):
        rooms.say(session=here.session, text="Тағы", by=people["village"])
    rooms.say(session=here.session, text="Мен баяндамашымын", by=people["head"])
    rooms.say(session=here.session, text="Бірден екінші", by=people["head"])  # speakers do not wait
    rooms.hide_line(session=here.session, line=line.pk, by=people["pavlodar"])
    assert "Сәлем" not in str(told(here, channels.chat(here.room), "chat"))
    assert ChatLine.objects.get(pk=line.pk).text  # kept for whoever asks later
    rooms.silence(session=here.session, person=people["student"].person_id, minutes=10, by=people["pavlodar"])
    with pytest.raises(rooms.Refused, match="жазбауыңызды"):
        rooms.say(session=here.session, text="Мен ғой", by=people["student"])
    rooms.silence(session=here.session, person=people["student"].person_id, minutes=0, by=people["pavlodar"])
    rooms.say(session=here.session, text="Рахмет", by=people["student"])
    with pytest.raises(rooms.Refused):
        rooms.silence(session=here.session, person=people["pavlodar"].person_id, minutes=10, by=people["pavlodar"])
    rooms.arrange(session=here.session, values={"chat_open": False}, by=people["pavlodar"])
    with pytest.raises(rooms.Refused, match="жапты"):
        rooms.say(session=here.session, text="Жабық па?", by=people["village"])
    assert rooms.ask(session=here.session, text="Сұрақ бола ма?", anonymous=False, by=people["village"])


def test_captions_become_a_transcript_and_a_file_that_players_read(here: Hall, people: dict[str, Account]) -> None:
    with pytest.raises(OutOfScope):
        rooms.caption(session=here.session, language="kk", text="Мен емес", speaker="", by=people["student"])
    rooms.let_caption(session=here.session, participant=here.place(people["student"]).pk, writes=True, by=people["pavlodar"])  # fmt: skip
    rooms.caption(session=here.session, language="kk", text="Қайырлы күн, әріптестер!", speaker="Б. Оспанова", by=people["student"])  # fmt: skip
    rooms.caption(session=here.session, language="kk", text="a --> b <c> & d", speaker="", by=people["student"])
    rooms.caption(session=here.session, language="ru", text="Добрый день", speaker="", by=people["pavlodar"])
    with pytest.raises(rooms.Refused):
        rooms.caption(session=here.session, language="en", text="x", speaker="", by=people["pavlodar"])
    lines = selectors.transcript(here.session, "kk")
    assert [(one.speaker, one.text) for one in lines] == [("Б. Оспанова", "Қайырлы күн, әріптестер!"), ("", "a --> b <c> & d")]  # fmt: skip
    assert all(one.start < one.end for one in lines)
    file = selectors.webvtt(here.session, "kk")
    assert file.startswith("WEBVTT\nLanguage: kk\n\n1\n") and "<v Б. Оспанова>Қайырлы күн, әріптестер!" in file
    assert "a --&gt; b &lt;c&gt; &amp; d" in file and file.count("-->") == 2
    assert selectors.languages(here.session) == ["kk", "ru"]
    assert told(here, channels.captions(here.room, "ru"), "caption")[0]["text"] == "Добрый день"


def test_reactions_are_counted_and_nobody_is_kept(here: Hall, people: dict[str, Account]) -> None:
    for login in ("village", "student", "village"):
        rooms.react(session=here.session, kind="clap", by=people[login])
    assert ReactionCount.objects.get(room=here.room).count == 3
    assert told(here, channels.everybody(here.room), "reactions") == [
        {"clap": 3, "yes": 0, "slow": 0, "deaf": 0}
    ]  # the newest word alone
    with pytest.raises(rooms.Refused):
        rooms.react(session=here.session, kind="boo", by=people["village"])
    with pytest.raises(rooms.Refused):
        for _ in range(20):
            rooms.react(session=here.session, kind="yes", by=people["student"])


def test_an_opinion_stands_in_the_minutes_until_a_reason_takes_it_out(here: Hall, people: dict[str, Account]) -> None:
    rooms.put_on(session=here.session, uid=here.uids[-1], by=people["pavlodar"])
    row = rooms.opine(session=here.session, text="Жарты жылда бір рет жиналайық.\n\n\n\nРахмет.", by=people["village"])
    assert row.text == "Жарты жылда бір рет жиналайық.\n\nРахмет." and row.slot_id and row.talk_id is None
    (found,) = selectors.spoken(here.run)
    assert (found.kind, found.author) == ("opinion", people["village"].person.short_name())
    with pytest.raises(rooms.Refused):
        rooms.hide_opinion(session=here.session, opinion=row.pk, reason=" ", by=people["pavlodar"])
    rooms.hide_opinion(session=here.session, opinion=row.pk, reason="Өзі сұрады", by=people["pavlodar"])
    assert selectors.spoken(here.run) == [] and Opinion.objects.get(pk=row.pk).text


def test_the_stage_knows_the_talk_and_the_next_in_every_language(here: Hall, people: dict[str, Account]) -> None:
    rooms.put_on(session=here.session, uid=here.uids[1], by=people["pavlodar"])
    stage = reading.stage(here.room)
    assert stage["now"]["title"] == {"kk": "Оқырман мен кітапхана", "ru": "Читатель и библиотека"}
    assert stage["next"]["title"] == {"kk": "Білікті кадрлар"}
    assert stage["now"]["speakers"][0]["name"]["kk"]
    with pytest.raises(rooms.Refused):
        rooms.put_on(session=here.session, uid=str(uuid4()), by=people["pavlodar"])
    with pytest.raises(OutOfScope):
        rooms.put_on(session=here.session, uid=here.uids[0], by=people["head"])
    assert [step.slot_id is not None for step in Step.objects.filter(room=here.room)] == [False, True]


def test_whoever_is_shown_out_hears_and_says_nothing_until_let_in(here: Hall, people: dict[str, Account]) -> None:
    row = here.place(people["student"])
    rooms.raise_hand(session=here.session, by=people["student"])
    with pytest.raises(rooms.Refused):
        rooms.remove(session=here.session, participant=row.pk, reason="", by=people["pavlodar"])
    with pytest.raises(rooms.Refused):
        rooms.remove(session=here.session, participant=here.place(people["pavlodar"]).pk, reason="x", by=people["pavlodar"])  # fmt: skip
    rooms.remove(session=here.session, participant=row.pk, reason="Жарнама", by=people["pavlodar"])
    assert not reading.hands(here.room)
    assert LiveEvent.objects.filter(channel=channels.person(here.room, row.key), key="shut").exists()
    with pytest.raises(OutOfScope):
        rooms.say(session=here.session, text="Мен қайттым", by=people["student"])
    again = rooms.come(session=here.session, by=people["student"])
    assert again is not None and again.state == Participant.State.REMOVED and len(channels.of(again, here.room)) == 2
    rooms.admit(session=here.session, participant=row.pk, by=people["pavlodar"])
    assert rooms.say(session=here.session, text="Кешіріңіз", by=people["student"])


def test_with_a_lobby_listeners_wait_and_speakers_do_not(hall: Halls, people: dict[str, Account]) -> None:
    here = hall("LIVE-2", open_now=False)
    rooms.arrange(session=here.session, values={"lobby": True}, by=people["pavlodar"])
    rooms.go(session=here.session, way="green", by=people["pavlodar"])
    states = {login: rooms.come(session=here.session, by=people[login]) for login in ("village", "student", "head")}
    assert [row.state for row in states.values() if row] == ["waiting", "waiting", "inside"]
    with pytest.raises(OutOfScope):
        rooms.say(session=here.session, text="Мен осындамын", by=people["village"])
    assert rooms.say(session=here.session, text="Дыбыс бар ма?", by=people["head"])
    rooms.go(session=here.session, way="open", by=people["pavlodar"])
    assert rooms.admit(session=here.session, participant=None, by=people["pavlodar"]) == 2
    assert rooms.say(session=here.session, text="Сәлем", by=people["village"])


def test_of_a_closed_run_the_room_is_not_opened_any_more(hall: Halls, people: dict[str, Account]) -> None:
    from orken.training.models import Run

    here = hall("LIVE-3", open_now=False)
    Run.objects.filter(pk=here.run.pk).update(state=Run.State.CLOSED)
    with pytest.raises(rooms.WayIsClosed):
        rooms.go(session=here.session, way="open", by=people["pavlodar"])


def test_the_stage_says_the_question_that_is_on_it_and_after_the_end_nothing_comes_next(
    here: Hall, people: dict[str, Account], browse: Callable[[str], Client]
) -> None:
    """A question without any talk: the stage is not called empty, and once the meeting is over nothing is «next»."""
    everybody = channels.everybody(here.room)
    asked = rooms.ask(session=here.session, text="Кім ауыстырады?", anonymous=True, by=people["village"])
    rooms.moderate(session=here.session, question=asked.pk, way="stage", by=people["pavlodar"])
    assert told(here, everybody, "stage")[-1]["question"] == {"text": "Кім ауыстырады?", "language": asked.language}
    page = browse("student").get(here.address()).content.decode()
    assert "<p data-stage-question>" in page and '<p class="muted" data-stage-nothing hidden>' in page
    assert "<p data-stage-next>" in page
    rooms.moderate(session=here.session, question=asked.pk, way="live", by=people["pavlodar"])
    assert told(here, everybody, "stage")[-1]["question"] is None
    rooms.go(session=here.session, way="end", by=people["pavlodar"])
    assert told(here, everybody, "stage")[-1]["next"] is None
    page = browse("student").get(here.address()).content.decode()
    assert "<p data-stage-next hidden>" in page and "Сахнада әлі ештеңе жоқ" not in page
