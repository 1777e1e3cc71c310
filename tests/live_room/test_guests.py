"""Somebody from outside comes into the room by her own link: heard, seen, counted once, and let in nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.kit.live import services as live
from orken.kit.live.models import LiveBeat, LiveEvent
from orken.live_room import channels, policy, who
from orken.live_room import selectors as reading
from orken.live_room import services as rooms
from orken.live_room.models import ChatLine, Hand, Interval, LineCheck, Participant, Peer, Question, QuestionVote
from orken.live_room.selectors import evidence
from orken.live_room.selectors import rooms as shown
from orken.live_room.views.guests import VERBS
from orken.meetings import keys
from orken.meetings import selectors as meetings_reading
from orken.meetings import services as meetings
from orken.meetings.models import Guest, Speaker
from orken.network.policy import OutOfScope
from orken.training.models import Mark, Run
from tests.live_room.conftest import Accounts, Browse, Hall

Halls = Callable[..., Hall]
NAME, BODY = "Бейшеналиева Гүлназ", "Ыстықкөл облыстық кітапханасы"


@pytest.fixture
def here(hall: Halls) -> Hall:
    return hall("LIVE-GUEST")


@pytest.fixture
def guest(here: Hall, account: Accounts) -> Guest:
    return meetings.add_guest(run=here.run, name=NAME, institution=BODY, email="", by=account("pavlodar"))


def way(guest: Guest, here: Hall, more: str = "", language: str = "kk") -> str:
    return f"/{language}/guest/{keys.of_guest(guest)}/room/{here.session.pk}/{more}"


def press(client: Client, address: str, **data: object) -> dict[str, object]:
    answer = client.post(address, data, headers={"accept": "application/json"})
    told: dict[str, object] = json.loads(answer.content)
    return told


def heard(text: str) -> set[str]:
    found = re.search(r'data-token="([^"]+)"', text)
    assert found
    return {one.partition(":")[2].partition(":")[2] for one in live.hearer_of(found.group(1)).channels}


def test_by_her_link_she_comes_in_asks_votes_speaks_and_stands_as_the_list_names_her(
    here: Hall, guest: Guest, browse: Browse, account: Accounts
) -> None:
    client = browse("")
    own = client.get(f"/kk/guest/{keys.of_guest(guest)}/").content.decode()
    assert f"room/{here.session.pk}/" in own
    page = client.get(way(guest, here))
    text = page.content.decode()
    assert page.status_code == 200 and page["Referrer-Policy"] == "same-origin" and 'content="noindex"' in text
    assert heard(text) == {"door", "all", "chat", "captions:kk", "captions:ru", f"person:g{guest.pk}"}
    assert press(client, way(guest, here, "do/ask/"), text="Ауыстыратын адам бар ма?")["ok"]
    asked = Question.objects.get(guest=guest)
    assert asked.person is None and shown.desk(here.room)["questions"][0]["asker"]["kk"] == f"{NAME} ({BODY})"
    rooms.moderate(session=here.session, question=asked.pk, way="show", by=account("pavlodar"))
    for _ in range(2):
        assert press(client, way(guest, here, "do/vote/"), id=asked.pk)["ok"]
    rooms.vote(session=here.session, question=asked.pk, wants=True, by=account("village"))
    assert Question.objects.get(pk=asked.pk).votes == 2
    assert press(client, way(guest, here, "do/say/"), text="Қайырлы күн!")["ok"]
    assert press(client, way(guest, here, "do/opine/"), text="Хаттамаға жазыңыз")["ok"]
    poll = rooms.put_poll(session=here.session, texts={"kk": "Иә ма?"}, options=[{"kk": "Иә"}, {"kk": "Жоқ"}], anonymous=False, many=False, by=None, open_now=True)  # fmt: skip
    option = poll.options.order_by("place")[0]
    assert press(client, way(guest, here, "do/answer-poll/"), id=poll.pk, option=option.pk)["ok"]
    assert "error" in press(client, way(guest, here, "do/answer-poll/"), id=poll.pk, option=option.pk)
    assert press(client, way(guest, here, "do/raise/"))["ok"]
    hand = Hand.objects.get(guest=guest)
    rooms.give_floor(session=here.session, hand=hand.pk, minutes=3, by=account("pavlodar"))
    told = press(client, way(guest, here, "do/peer-join/"), tab="tab-of-a-guest", sends="1")
    assert told.get("as") == "send" or "бейне жоқ" in str(told)  # the room of these tests has no picture
    assert [one.author for one in reading.spoken(here.run)] == [f"{NAME} ({BODY})"] * 2
    assert not [row for rule, rows in invariants.run() if rule.startswith("live_room.") for row in rows]
    again = client.get(way(guest, here)).content.decode()
    assert f"{NAME} ({BODY})" in again and "Менің қатысуым" not in again


def test_her_link_opens_this_room_and_nothing_else(here: Hall, guest: Guest, hall: Halls, browse: Browse) -> None:
    other = hall("LIVE-OTHER")
    client = browse("")
    assert client.get(way(guest, here)).status_code == 200
    assert client.get(way(guest, other)).status_code == 404
    assert client.post(way(guest, other, "do/ask/"), {"text": "?"}).status_code == 404
    for page in ("room", "mine", "transcript", "check", "speed", "captions", "desk", "set_up", "presence"):
        answer = client.get(here.address(page))
        assert answer.status_code == 302 and "/login" in answer["Location"], page
    for address in (
        "/kk/desk/",
        "/kk/talks/",
        f"/kk/training/{here.run.code}/",
        f"/kk/run/{here.run.code}/discussion/",
    ):
        assert client.get(address).status_code in (302, 404), address
    for word in ("x", keys.of_guest(guest)[:-1], keys.of_guest(guest).swapcase()):
        assert client.get(f"/kk/guest/{word}/room/{here.session.pk}/").status_code == 404
        assert client.get(f"/kk/speaker/{word}/room/{here.session.pk}/").status_code == 404


def test_she_moderates_nothing_whatever_she_sends(here: Hall, guest: Guest, browse: Browse, account: Accounts) -> None:
    from orken.live_room.views.acting import VERBS as ALL

    client = browse("")
    client.get(way(guest, here))
    for verb in sorted(set(ALL) - VERBS):
        assert client.post(way(guest, here, f"do/{verb}/"), {"way": "end", "id": "1"}).status_code == 404, verb
    for verb in sorted(VERBS):
        for data in ({}, {"id": "x" * 50, "text": "\x00", "option": ["9" * 30]}, {"id": "999999", "to": "-1"}):
            answer = client.post(way(guest, here, f"do/{verb}/"), data, headers={"accept": "application/json"})
            assert answer.status_code in (200, 404, 422), (verb, data)
    assert policy.role_of(guest, here.session) == "audience" and not policy.moderates(guest, here.session)
    with pytest.raises(rooms.Refused):
        rooms.let_caption(session=here.session, participant=Participant.objects.get(guest=guest).pk, writes=True, by=account("pavlodar"))  # fmt: skip


def test_she_waits_in_the_lobby_and_before_the_doors(hall: Halls, browse: Browse, account: Accounts) -> None:
    here = hall("LIVE-LOBBY", open_now=False)
    guest = meetings.add_guest(run=here.run, name=NAME, institution="", email="", by=account("pavlodar"))
    client = browse("")
    before = client.get(way(guest, here)).content.decode()
    assert "Есік әлі ашылған жоқ" in before and heard(before) == {"door", f"person:g{guest.pk}"}
    rooms.arrange(session=here.session, values={"lobby": True}, by=None)
    other = meetings.add_guest(run=here.run, name="Осмонова Айжан", institution="", email="", by=account("pavlodar"))
    rooms.go(session=here.session, way="open", by=None)
    waiting = client.get(way(other, here)).content.decode()
    assert heard(waiting) == {"door", f"person:g{other.pk}"}
    assert "error" in press(client, way(other, here, "do/say/"), text="Мен келдім")
    row = Participant.objects.get(guest=other)
    assert (row.state, shown.desk(here.room)["waiting"][0]["name"]["ru"]) == ("waiting", "Осмонова Айжан")
    rooms.admit(session=here.session, participant=row.pk, by=account("pavlodar"))
    assert "all" in heard(client.get(way(other, here)).content.decode())


def test_two_devices_of_a_guest_are_one_presence_and_no_line_of_the_sheet(hall: Halls, account: Accounts) -> None:
    here = hall("LIVE-GUEST-OVER", begun=timedelta(hours=3))
    guest = meetings.add_guest(run=here.run, name=NAME, institution=BODY, email="", by=account("pavlodar"))
    assert rooms.come(session=here.session, by=guest) is not None
    for tab, minutes in (("tab-aaaaaaaa", (0, 40)), ("tab-bbbbbbbb", (20, 60))):
        subject = channels.subject(here.room, who.key(guest))
        rows = [(subject, tab, LiveBeat.Mark.OPENED, here.session.starts_at + timedelta(minutes=minutes[0]))]
        rows += [(subject, tab, LiveBeat.Mark.BEAT, here.session.starts_at + timedelta(seconds=s)) for s in range(minutes[0] * 60, minutes[1] * 60 + 1, 30)]  # fmt: skip
        live.note_beats(rows)
    rooms.feed(session=here.session)
    (row,) = evidence.guests(here.session)
    assert (row.minutes, row.guest, len(row.rows)) == (60, guest, 2)
    assert (
        Guest.objects.get(pk=guest.pk).minutes == 60 and Interval.objects.filter(guest=guest, person=None).count() == 2
    )
    assert all(one.person for one in evidence.of_session(here.session))
    assert Mark.objects.filter(session=here.session, superseded_at=None).count() == 2  # the two with seats
    assert meetings_reading.figures(meetings_reading.meeting_of(here.run)).guests_there == 1


def test_a_shut_link_ends_everything_at_once(here: Hall, guest: Guest, browse: Browse, account: Accounts) -> None:
    client = browse("")
    client.get(way(guest, here))
    rooms.arrange(session=here.session, values={"provider": "peer"}, by=None)
    rooms.raise_hand(session=here.session, by=guest)
    rooms.join_peer(session=here.session, tab="tab-of-a-guest", sends=False, by=guest)
    word = way(guest, here)
    meetings.drop_guest(guest=guest, by=account("pavlodar"))
    assert client.get(word).headers["Location"] == word.partition("room/")[0]  # a link signed a second later is another
    assert client.post(f"{word}do/say/", {"text": "x"}).status_code == 404
    assert not Peer.objects.filter(guest=guest).exists() and Hand.objects.get(guest=guest).state == "lowered"
    assert LiveEvent.objects.filter(channel=channels.person(here.room, who.key(guest)), kind=live.SHUT).exists()
    guest.refresh_from_db()
    with pytest.raises(OutOfScope):
        rooms.say(session=here.session, text="x", by=guest)
    # Another link lets her in again; the old one goes on saying that it is shut.
    meetings.reopen_guest(guest=guest, by=account("pavlodar"))
    guest.refresh_from_db()
    assert client.get(way(guest, here)).status_code == 200 and client.get(word).status_code == 302


def test_who_asks_to_be_erased_leaves_counts_and_no_name(here: Hall, guest: Guest, browse: Browse, account: Accounts) -> None:  # fmt: skip
    rooms.come(session=here.session, by=guest)
    asked = rooms.ask(session=here.session, text=f"Мен, {NAME}, сұраймын", anonymous=False, by=guest)
    other = rooms.say(session=here.session, text=f"{NAME}, рахмет!", by=account("head"))
    rooms.remove(session=here.session, participant=Participant.objects.get(guest=guest).pk, reason="Шу", by=account("pavlodar"))  # fmt: skip
    organiser, stranger = browse("pavlodar"), browse("head")
    address = f"/kk/training/{here.run.code}/guests/{guest.pk}/forget/"
    assert stranger.post(address).status_code == 404 and browse("").post(address).status_code == 302
    assert Guest.objects.get(pk=guest.pk).name == NAME
    assert organiser.post(address).status_code == 302
    guest.refresh_from_db()
    asked.refresh_from_db()
    other.refresh_from_db()
    kept = f"{guest.name} {guest.institution} {guest.email} {asked.text} {other.text}"
    assert "Гүлназ" not in kept and "Ыстықкөл" not in kept and "рахмет" in kept
    assert guest.erased_at is not None and Question.objects.get(guest=guest).pk == asked.pk
    row = Participant.objects.select_related("guest").get(guest=guest)
    assert who.name_of(row) == {"kk": "Деректері өшірілген", "ru": "Данные удалены", "en": "Data erased"}
    trail = " ".join(f"{row.target_name}{row.note}{row.before}{row.after}" for row in AuditEvent.objects.filter(target_kind__in=("meetings.guest", "live_room.room")))  # fmt: skip
    assert "Гүлназ" not in trail and "Ыстықкөл" not in trail
    assert ChatLine.objects.filter(pk=other.pk, person=account("head").person_id).exists()


def test_a_speaker_without_an_account_comes_as_a_speaker_by_her_own_link(here: Hall, browse: Browse, account: Accounts) -> None:  # fmt: skip
    speaker = Speaker.objects.get(meeting=here.run.pk, surname_kk="Жумабаева")
    client, word = browse(""), keys.of_speaker(speaker)
    address = f"/kk/speaker/{word}/room/{here.session.pk}/"
    assert f"room/{here.session.pk}/" in client.get(f"/kk/speaker/{word}/").content.decode()
    text = client.get(address).content.decode()
    assert {"stage", "all"} <= heard(text) and "desk" not in heard(text)
    guest = Guest.objects.get(speaker=speaker)
    row = Participant.objects.get(guest=guest)
    assert guest.name == speaker.short_name("kk"), "as those with an account: given name and surname"
    assert row.role == "speaker" and guest not in meetings_reading.guests_of(meetings_reading.meeting_of(here.run))
    rooms.arrange(session=here.session, values={"provider": "peer"}, by=None)
    assert press(client, f"{address}do/peer-join/", tab="tab-of-speaker", sends="1")["as"] == "send"
    assert client.get(f"/kk/guest/{word}/room/{here.session.pk}/").status_code == 404
    meetings.ask_speaker(speaker=speaker, by=account("pavlodar"), anew=True)
    assert client.get(address).status_code == 404 and not Peer.objects.filter(guest=guest).exists()
    speaker.refresh_from_db()
    fresh = f"/kk/speaker/{keys.of_speaker(speaker)}/room/{here.session.pk}/"
    assert client.get(fresh).status_code == 200
    meetings.claim(speaker=speaker, by=account("mentor"))
    assert client.get(fresh).status_code == 404  # from now on she comes with her account
    assert policy.role_of(account("mentor"), here.session) == "speaker"


def test_a_row_is_of_a_person_or_of_a_guest_never_of_both(here: Hall, guest: Guest, account: Accounts) -> None:
    question = rooms.ask(session=here.session, text="?!", anonymous=False, by=account("village"))
    for values in ({}, {"person": account("village").person, "guest": guest}):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuestionVote.objects.create(question=question, **values)
    QuestionVote.objects.create(question=question, guest=guest)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVote.objects.create(question=question, guest=guest)


def test_a_run_in_the_archive_and_a_room_that_is_over(here: Hall, guest: Guest, browse: Browse) -> None:
    client = browse("")
    client.get(way(guest, here))
    rooms.go(session=here.session, way="end", by=None)
    assert "Кездесу аяқталды" in client.get(way(guest, here)).content.decode()
    late = Guest.objects.create(meeting_id=here.run.pk, name="Кешіккен Қонақ")
    assert "data-token" not in client.get(way(late, here)).content.decode()
    assert not Participant.objects.filter(guest=late).exists()
    Run.objects.filter(pk=here.run.pk).update(state=Run.State.ARCHIVED)
    assert client.get(way(guest, here)).status_code == 404


def test_a_key_of_nobody_finds_nobody() -> None:
    for word in ("", "g", "gg1", "1" * 40, "-1", "g-1", "٣", "1 OR 1"):
        assert set(who.columns(word).values()) == {0}
    assert who.columns("g12") == {"guest_id": 12} and who.columns(7) == {"person_id": 7}


def test_minutes_of_a_guest_are_mended_by_hand_with_a_reason(here: Hall, guest: Guest, browse: Browse, account: Accounts) -> None:  # fmt: skip
    """A guest watched on a neighbour's device: she has no page to appeal on, the organiser notes it."""
    organiser, address = browse("pavlodar"), here.address("by_hand")
    assert f'value="g{guest.pk}"' in organiser.get(address).content.decode()
    begins, ends = here.session.starts_at, here.session.starts_at + timedelta(minutes=20)
    said = {"person": f"g{guest.pk}", "begins": f"{timezone.localtime(begins):%H:%M}", "ends": f"{timezone.localtime(ends):%H:%M}"}  # fmt: skip
    assert organiser.post(address, {**said, "text": ""}).status_code == 422
    assert organiser.post(address, {**said, "text": "Көршісінің құрылғысынан көрді"}).status_code == 302
    (found,) = evidence.guests(here.session)
    assert (found.guest, found.minutes, found.by_hand) == (guest, 20, True)
    assert "Көршісінің" not in browse("village").get(here.address("mine")).content.decode()
    row = Interval.objects.get(guest=guest)
    assert (row.source, row.by, row.reason) == ("hand", account("pavlodar"), "Көршісінің құрылғысынан көрді")
    assert AuditEvent.objects.get(verb="live_room.presence_added").after["guest"] == guest.pk
    rooms.go(session=here.session, way="end", by=account("pavlodar"))
    rooms.feed(session=here.session, by=account("pavlodar"))
    guest.refresh_from_db()
    assert guest.minutes == 20


def test_presence_of_a_guest_of_another_meeting_is_not_noted_here(here: Hall, hall: Halls, account: Accounts) -> None:
    other = hall("LIVE-OTHER")
    stranger = meetings.add_guest(run=other.run, name=NAME, institution=BODY, email="", by=account("pavlodar"))
    with pytest.raises(OutOfScope):
        rooms.add_presence(session=here.session, of=stranger, begins=here.session.starts_at, ends=here.session.starts_at + timedelta(minutes=5), reason="Қате", by=account("pavlodar"))  # fmt: skip
    assert browse_choices(here, account) and f'value="g{stranger.pk}"' not in browse_choices(here, account)


def browse_choices(here: Hall, account: Accounts) -> str:
    client = Client()
    client.force_login(account("pavlodar"))
    return client.get(here.address("by_hand")).content.decode()


def test_whose_link_is_shut_is_not_offered_to_be_let_in(here: Hall, guest: Guest, browse: Browse, account: Accounts) -> None:  # fmt: skip
    browse("").get(way(guest, here))
    meetings.drop_guest(guest=guest, by=account("pavlodar"))
    row = Participant.objects.get(guest=guest)
    told = next(one for one in shown.desk(here.room)["removed"] if one["id"] == row.pk)
    assert told["shut"] and not told["admits"]
    with pytest.raises(rooms.Refused):
        rooms.admit(session=here.session, participant=row.pk, by=account("pavlodar"))
    guest.refresh_from_db()
    meetings.reopen_guest(guest=guest, by=account("pavlodar"))
    row.refresh_from_db()
    assert row.state == "inside"  # by the new link she comes in by herself


def test_a_guest_checks_line_and_sound_by_her_link(here: Hall, guest: Guest, browse: Browse) -> None:
    client = browse("")
    page = client.get(way(guest, here, "check/"))
    text = page.content.decode()
    assert page.status_code == 200 and page["Referrer-Policy"] == "same-origin" and 'content="noindex"' in text
    assert (
        f'data-speed="{way(guest, here, "speed/")}"' in text
        and "/run/" not in text.split("<main")[1].split("</main>")[0]
    )
    assert len(client.get(way(guest, here, "speed/")).content) == 200_000
    assert f"room/{here.session.pk}/check/" in client.get(f"/kk/guest/{keys.of_guest(guest)}/").content.decode()
    assert client.get(f"/kk/guest/false/room/{here.session.pk}/check/").status_code == 404
    named = Speaker.objects.create(meeting=here.run.meeting, surname_kk="Сырттанова")
    assert client.get(f"/kk/speaker/{keys.of_speaker(named)}/room/{here.session.pk}/check/").status_code == 200
    client.post(way(guest, here, "check/"), {"kbits": "900", "camera": "yes"})
    assert not LineCheck.objects.filter(room=here.session.pk).exists(), "of a guest nothing is kept"


def test_the_organiser_sees_what_a_speaker_without_an_account_found(here: Hall, browse: Browse, account: Accounts) -> None:  # fmt: skip
    named = meetings.name_speaker(run=here.run, values={"surname_kk": "Сырттанова", "given_kk": "Мағжан"}, by=account("pavlodar"))  # fmt: skip
    talk = meetings.invite_talk(run=here.run, values={"title_kk": "Сырттан", "spoken": "kk", "minutes": 10}, speakers=[named], by=account("pavlodar"))  # fmt: skip
    assert talk.state == "accepted"
    client, address = browse(""), f"/kk/speaker/{keys.of_speaker(named)}/room/{here.session.pk}/check/"
    for speed in ("900", "12000"):
        told = client.post(address, {"kbits": speed, "camera": "yes", "microphone": "no"}, headers={"accept": "application/json"})  # fmt: skip
        assert told.json() == {"ok": True}
    row = LineCheck.objects.get(room=here.session.pk)
    assert (row.person, row.guest and row.guest.speaker_id, row.kbits, row.camera, row.sound) == (None, named.pk, 12000, "yes", "")  # fmt: skip
    page = browse("pavlodar").get(here.address("set_up")).content.decode()
    assert "Сырттанова" in page.split("<main")[1] and "12\xa0000" in page
    assert row.guest is not None
    meetings.forget_guest(guest=row.guest, by=account("pavlodar"))
    assert not LineCheck.objects.filter(room=here.session.pk).exists()
