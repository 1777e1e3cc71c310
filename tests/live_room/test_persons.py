"""What becomes of votes, words and minutes when two records are one woman, and when she is erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.live_room import held
from orken.live_room import services as rooms
from orken.live_room.models import Interval, LineCheck, Opinion, Participant, PollTaken, Question, QuestionVote
from orken.people import events
from orken.people.models import Person
from orken.people.services import merging
from tests.live_room.conftest import Accounts, Hall

Halls = Callable[..., Hall]


def test_two_records_of_one_woman_keep_one_place_one_vote_and_all_minutes(hall: Halls, account: Accounts) -> None:
    here = hall()
    kept, gone = account("village").person, Person.objects.create(surname_kk="Егізова", given_kk="Айгүл")
    Participant.objects.create(room=here.room, person=gone)
    asked = rooms.ask(session=here.session, text="Қашан?", anonymous=False, by=account("student"))
    rooms.moderate(session=here.session, question=asked.pk, way="show", by=account("pavlodar"))
    rooms.vote(session=here.session, question=asked.pk, wants=True, by=account("village"))
    QuestionVote.objects.create(question=asked, person=gone)
    Question.objects.filter(pk=asked.pk).update(votes=2)
    poll = rooms.put_poll(session=here.session, texts={"kk": "Иә ма?"}, options=[{"kk": "Иә"}, {"kk": "Жоқ"}], anonymous=True, many=False, by=None)  # fmt: skip
    PollTaken.objects.create(poll=poll, person=gone)
    begins = here.session.starts_at
    for n, person in enumerate((kept, gone)):
        Interval.objects.create(room=here.room, person=person, begun_at=begins + timedelta(minutes=n), ended_at=begins + timedelta(minutes=n + 10), source="stream")  # fmt: skip
    opinion = Opinion.objects.create(room=here.room, person=gone, text="Пікір")
    merging.merge(kept=kept, gone=gone, answers={}, by=None, scope_path="")
    assert Interval.objects.filter(room=here.room, person=kept).count() == 2
    assert Opinion.objects.get(pk=opinion.pk).person == kept and PollTaken.objects.get(poll=poll).person == kept
    assert QuestionVote.objects.filter(question=asked, person=kept).count() == 1
    assert not [row for rule, rows in invariants.run() if rule.startswith("live_room.votes") for row in rows]


def test_of_one_who_is_erased_words_stay_without_her_name_and_minutes_stay(hall: Halls, account: Accounts) -> None:
    here = hall()
    person = account("village").person
    person.surname_kk = "Бірегейқызы"  # nobody else is called so
    person.save()
    name = person.full_name("kk")
    asked = rooms.ask(session=here.session, text=f"Мен, {name}, сұраймын", anonymous=False, by=account("village"))
    other = rooms.say(session=here.session, text=f"{name}, рахмет!", by=account("head"))
    LineCheck.objects.create(room=here.room, person=person, camera="yes")
    begins = here.session.starts_at
    Interval.objects.create(room=here.room, person=person, begun_at=begins, ended_at=begins + timedelta(minutes=5), source="stream")  # fmt: skip
    assert len(list(held.said(person).rows)) == 1 and len(list(held.presence(person).rows)) == 1
    events.erasing.send(Person, person=person, names=[name])
    asked.refresh_from_db()
    other.refresh_from_db()
    assert "Бірегейқызы" not in asked.text + other.text and "рахмет" in other.text
    assert not LineCheck.objects.filter(person=person).exists()
    assert Interval.objects.filter(person=person).exists()


def test_the_trail_keeps_no_word_that_somebody_said(hall: Halls, account: Accounts) -> None:
    here = hall()
    asked = rooms.ask(session=here.session, text="Құпия-777", anonymous=True, by=account("village"))
    rooms.moderate(session=here.session, question=asked.pk, way="show", by=account("pavlodar"))
    rooms.answer(session=here.session, question=asked.pk, text="Жауап-777", by=account("head"))
    rooms.opine(session=here.session, text="Пікір-777", by=account("village"))
    rows = AuditEvent.objects.filter(target_kind__startswith="live_room.")
    assert rows.exists() and not any("777" in f"{row.target_name}{row.note}{row.before}{row.after}" for row in rows)
