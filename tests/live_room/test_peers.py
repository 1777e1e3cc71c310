"""The picture from browser to browser: who may send, how many, and whom a word between two pages reaches."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from orken.config import env
from orken.kit.live.models import LiveEvent
from orken.live_room import channels, providers
from orken.live_room import services as rooms
from orken.live_room.models import Participant, Peer
from orken.live_room.providers import peer
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person
from tests.live_room.conftest import Accounts, Browse, Hall

Halls = Callable[..., Hall]


@pytest.fixture
def here(hall: Halls) -> Hall:
    found = hall()
    rooms.arrange(session=found.session, values={"provider": "peer"}, by=None)
    return found


def tab(name: str) -> str:
    return f"tab-{name}-00000000"


def join(here: Hall, account: Account, *, sends: bool = False, of: str = "") -> str:
    return str(rooms.join_peer(session=here.session, tab=tab(of or account.login), sends=sends, by=account)["as"])


def test_speakers_and_moderators_send_and_a_listener_with_the_floor(here: Hall, account: Accounts) -> None:
    assert join(here, account("head"), sends=True) == join(here, account("pavlodar"), sends=True) == "send"
    with pytest.raises(rooms.Refused, match="Қол көтеріңіз"):
        join(here, account("village"), sends=True)
    assert join(here, account("village")) == "watch"
    hand = rooms.raise_hand(session=here.session, by=account("village"))
    rooms.give_floor(session=here.session, hand=hand.pk, minutes=3, by=account("pavlodar"))
    assert join(here, account("village"), sends=True) == "send"
    rooms.lower_hand(session=here.session, by=account("village"))
    assert not Peer.objects.get(person=account("village").person_id).sends  # the floor went, and the camera with it
    assert Peer.objects.get(person=account("head").person_id).sends
    told = LiveEvent.objects.get(channel=channels.everybody(here.room), key="peers").payload
    assert {one["tab"] for one in told["senders"]} == {tab("head"), tab("pavlodar")} and told["watching"] == 1
    assert tab("village") not in json.dumps(told)  # nobody learns the pages of listeners
    with pytest.raises(OutOfScope):
        join(here, account("mentor"))


def crowd(here: Hall, many: int, role: str) -> list[Account]:
    found = []
    known = Participant.objects.filter(room=here.room).values("person")
    for n, person in enumerate(Person.objects.exclude(pk__in=known).filter(account=None).order_by("pk")[:many]):
        found.append(Account.objects.create(login=f"crowd-{role}-{n}", person=person))
        Participant.objects.create(room=here.room, person=person, role=role)
    return found


def test_six_send_twelve_watch_and_the_rest_is_told_so(here: Hall) -> None:
    speakers, listeners = crowd(here, 7, "speaker"), crowd(here, 13, "audience")
    assert [join(here, one, sends=True) for one in speakers[:6]] == ["send"] * 6
    with pytest.raises(rooms.Refused, match="алты адам"):
        join(here, speakers[6], sends=True)
    assert [join(here, one) for one in listeners] == ["watch"] * 12 + ["full"]
    assert join(here, listeners[0]) == "watch"  # again, as each half a minute
    Peer.objects.filter(person=listeners[3].person_id).update(seen_at=timezone.now() - timedelta(minutes=2))
    assert join(here, listeners[12]) == "watch"  # whoever is silent has gone
    rooms.leave_peer(session=here.session, tab=tab(listeners[1].login), by=listeners[0])  # not her page
    assert Peer.objects.filter(room=here.room, sends=False).count() == 12
    rooms.leave_peer(session=here.session, tab=tab(listeners[1].login), by=listeners[1])
    assert Peer.objects.filter(room=here.room, sends=False).count() == 11
    assert rooms.stay_peer(session=here.session, tab=tab(listeners[1].login), by=listeners[1])["known"] is False


def test_a_word_reaches_the_one_page_it_is_meant_for(here: Hall, account: Accounts) -> None:
    join(here, account("head"), sends=True)
    join(here, account("village"))
    join(here, account("student"))
    offer = json.dumps({"kind": "offer", "sdp": "v=0"})
    rooms.signal(session=here.session, tab=tab("village"), to=tab("head"), text=offer, by=account("village"))
    (told,) = LiveEvent.objects.filter(kind="signal")
    assert told.channel == channels.person(here.room, account("head").person_id)
    assert told.payload == {"from": tab("village"), "to": tab("head"), "data": {"kind": "offer", "sdp": "v=0"}}
    for wrong in (
        {"tab": tab("head"), "to": tab("village"), "text": offer},  # in another's name
        {"tab": tab("village"), "to": tab("student"), "text": offer},  # two who only watch
        {"tab": tab("village"), "to": "tab-nobody-000", "text": offer},
        {"tab": tab("village"), "to": tab("head"), "text": "{"},
        {"tab": tab("village"), "to": tab("head"), "text": '"' + "x" * 70_000 + '"'},
    ):
        with pytest.raises(rooms.Refused):
            rooms.signal(session=here.session, by=account("village"), **wrong)
    assert LiveEvent.objects.filter(kind="signal").count() == 1


def test_she_turns_her_own_microphone_off_and_on_whoever_turned_it_off(here: Hall, account: Accounts) -> None:
    join(here, account("head"), sends=True)
    join(here, account("village"))

    def turned(login: str, muted: bool, whose: str = "head") -> bool:
        told = rooms.voice_peer(session=here.session, tab=tab(whose), muted=muted, by=account(login))
        return bool(told["senders"][0]["muted"])

    def said() -> LiveEvent:
        return LiveEvent.objects.filter(kind="peers").latest("pk")

    before = said()
    assert turned("head", True) and said().payload["senders"][0]["muted"] is True
    after = said()
    assert after.pk > before.pk
    assert turned("head", True) and said().pk == after.pk, "nothing new, nothing told"
    assert turned("village", False)  # not her page
    assert not turned("head", False)
    rooms.mute(session=here.session, person=account("head").person_id, by=account("pavlodar"))
    assert not turned("head", False)
    assert turned("head", True)
    assert join(here, account("head"), sends=True) == "send"
    assert peer.roster(here.room)["senders"][0]["muted"] is False, "whoever turns the camera on anew is heard"


def test_a_moderator_mutes_and_whoever_is_shown_out_is_seen_no_more(here: Hall, account: Accounts) -> None:
    join(here, account("head"), sends=True)
    with pytest.raises(OutOfScope):
        rooms.mute(session=here.session, person=account("head").person_id, by=account("village"))
    rooms.mute(session=here.session, person=account("head").person_id, by=account("pavlodar"))
    assert peer.roster(here.room)["senders"][0]["muted"] is True
    rooms.remove(session=here.session, participant=here.place(account("head")).pk, reason="Шу", by=account("pavlodar"))
    assert peer.roster(here.room)["senders"] == []
    join(here, account("pavlodar"), sends=True)
    rooms.go(session=here.session, way="end", by=account("pavlodar"))
    assert not Peer.objects.filter(room=here.room).exists()


def test_without_a_relay_the_organiser_is_told_and_with_one_each_gets_a_word_of_her_own(
    here: Hall, account: Accounts, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "TURN" in browse("pavlodar").get(here.address("set_up")).content.decode()
    known = replace(settings.ENVIRONMENT, room_turn="turn:relay.example.kz:3478", room_turn_secret="secret")
    monkeypatch.setattr(settings, "ENVIRONMENT", known)
    place = here.place(account("village"))
    (server,) = providers.of(here.room).join(here.room, place).data["ice"]
    user = server["username"]
    assert user.endswith(f":{here.room.pk}-{place.person_id}") and int(user.split(":")[0]) > timezone.now().timestamp()
    expected = base64.b64encode(hmac.new(b"secret", user.encode(), hashlib.sha1).digest()).decode()
    assert server["credential"] == expected and server["urls"] == ["turn:relay.example.kz:3478"]
    assert providers.of(here.room).health().says == ()
    assert "relay.example.kz" in browse("village").get(here.address()).content.decode()
    assert "secret" not in browse("village").get(here.address()).content.decode().partition("<main")[2]


@pytest.mark.parametrize(
    "variables",
    [
        {"ORKEN_ROOM_TURN": "turn:relay.kz:3478"},
        {"ORKEN_ROOM_TURN": "https://relay.kz", "ORKEN_ROOM_TURN_SECRET": "x"},
        {"ORKEN_ROOM_TURN_ONLY": "1"},
        {"ORKEN_ROOM_VIDEO": "1"},
    ],
)
def test_a_relay_that_cannot_be_used_stops_with_a_sentence(variables: dict[str, str], tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(env.EnvironmentProblem, match="ORKEN_ROOM"):
        env.read({"ORKEN_DATA": str(tmp_path), **variables}, Path(str(tmp_path)))
