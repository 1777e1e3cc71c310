"""The pages of the room: what each reader sees, in constant questions to the database, harmless whatever was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.kit.live import services as live
from orken.live_room import services as rooms
from orken.live_room.models import Participant, Question
from tests.live_room.conftest import Accounts, Browse, Hall

Halls = Callable[..., Hall]
EVIL = "<script>alert(1)</script> https://evil.example/ <img src=x onerror=alert(1)>"


def page(client: Client, hall: Hall, name: str = "room", *more: object, status: int = 200) -> str:
    answer = client.get(hall.address(name, *more))
    assert answer.status_code == status, name
    return answer.content.decode()


def press(client: Client, hall: Hall, verb: str, **data: object) -> dict[str, object]:
    answer = client.post(hall.address("do", verb), data, headers={"accept": "application/json"})
    told: dict[str, object] = json.loads(answer.content)
    assert answer.status_code == (200 if "ok" in told else 422)
    return told


def heard(text: str) -> list[str]:
    """The channels that the token of a page lets it hear."""
    found = re.search(r'data-token="([^"]+)"', text)
    assert found
    return [one.partition(":")[2].partition(":")[2] for one in live.hearer_of(found.group(1)).channels]


def test_each_role_hears_its_channels_and_no_other(hall: Halls, browse: Browse, account: Accounts) -> None:
    here = hall()
    listener, speaker, moderator = (page(browse(login), here) for login in ("village", "head", "pavlodar"))
    own = {login: f"person:{account(login).person_id}" for login in ("village", "head", "pavlodar")}
    room = {"door", "all", "chat", "captions:kk", "captions:ru"}
    assert set(heard(listener)) == room | {own["village"]}
    assert set(heard(speaker)) == room | {own["head"], "stage"}
    assert set(heard(moderator)) == room | {own["pavlodar"], "stage", "desk"}
    light = browse("village").get(f"{here.address()}?light=1").content.decode()
    assert "chat" not in heard(light)


def test_a_stranger_stands_before_the_door_and_knocks(hall: Halls, browse: Browse) -> None:
    here = hall()
    stranger = browse("mentor")
    before = page(stranger, here)
    assert "data-token" not in before and "орныңыз жоқ" in before
    assert stranger.post(here.address("do", "knock")).status_code == 302
    waiting = page(stranger, here)
    assert heard(waiting) == ["door", *[one for one in heard(waiting) if one.startswith("person:")]]
    row = Participant.objects.get(state="waiting")
    press(browse("pavlodar"), here, "admit", id=row.pk)
    assert "all" in heard(page(stranger, here))


def test_nobody_but_moderators_opens_the_desk(hall: Halls, browse: Browse) -> None:
    here = hall()
    page(browse("pavlodar"), here, "desk")
    for login in ("village", "head", "mentor"):
        page(browse(login), here, "desk", status=404)
        page(browse(login), here, "set_up", status=404)
        page(browse(login), here, "presence", status=404)
    page(browse("village"), here, "captions", status=404)


@pytest.mark.parametrize("verb", ["ask", "say", "opine"])
def test_markup_links_and_scripts_are_letters(hall: Halls, browse: Browse, verb: str) -> None:
    here = hall()
    rooms.arrange(session=here.session, values={"holds_questions": False}, by=None)
    assert press(browse("village"), here, verb, text=EVIL)["ok"]
    for login, name in (("student", "room"), ("pavlodar", "desk")):
        shown = page(browse(login), here, name)
        assert "<script>alert" not in shown and "onerror=alert(1)>" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown and 'href="https://evil' not in shown


def test_every_press_answers_a_sentence_whatever_was_sent(hall: Halls, browse: Browse) -> None:
    from orken.live_room.views.acting import VERBS

    here = hall()
    for login in ("village", "pavlodar", "mentor"):
        client = browse(login)
        for verb in VERBS:
            for data in (
                {},
                {"id": "x" * 50, "way": "open", "text": "\x00", "option": ["9" * 30], "press": "?"},
                {"id": "999999", "into": "-1", "way": "show", "minutes": "9999999"},
            ):
                answer = client.post(here.address("do", verb), data, headers={"accept": "application/json"})
                assert answer.status_code in (200, 404, 422), (login, verb, data)
    assert browse("village").post(here.address("do", "no-such")).status_code == 404


def test_without_script_the_same_button_brings_the_page_again(hall: Halls, browse: Browse) -> None:
    here = hall()
    answer = browse("village").post(here.address("do", "ask"), {"text": "Кім ауыстырады?", "place": "questions"})
    assert answer.status_code == 302 and answer["Location"] == f"{here.address()}#questions"
    assert "Кім ауыстырады?" in page(browse("village"), here)
    refused = browse("village").post(here.address("do", "ask"), {"text": " "}, follow=True)
    assert "Алдымен бірдеңе жазыңыз" in refused.content.decode()


def test_the_page_costs_the_same_however_much_was_said(hall: Halls, browse: Browse, account: Accounts) -> None:
    here = hall()
    rooms.arrange(session=here.session, values={"holds_questions": False, "slow_seconds": 0}, by=None)

    def fill(n: int) -> None:
        rooms.ask(session=here.session, text=f"Сұрақ {n}?", anonymous=False, by=account("student"))
        rooms.say(session=here.session, text=f"Сәлем {n}", by=account("student"))
        rooms.opine(session=here.session, text=f"Пікір {n}", by=account("student"))
        rooms.caption(session=here.session, language="kk", text=f"Сөз {n}", speaker="", by=account("pavlodar"))
        rooms.put_poll(
            session=here.session,
            texts={"kk": f"Сауал {n}"},
            options=[{"kk": "Иә"}, {"kk": "Жоқ"}],
            anonymous=True,
            many=False,
            by=None,
            open_now=True,
        )

    def queries(login: str, name: str) -> int:
        client = browse(login)
        page(client, here, name)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, here, name)
        return len(asked)

    def cold(login: str, name: str) -> int:
        rooms.react(session=here.session, kind="clap", by=account("student"))  # the copy that is shared is of before
        client = browse(login)
        with CaptureQueriesContext(connection) as asked:
            page(client, here, name)
        return len(asked)

    fill(0)
    one = cold("village", "room"), queries("village", "room"), cold("pavlodar", "desk")
    for n in (1, 2):
        fill(n)
    three = cold("village", "room"), queries("village", "room"), cold("pavlodar", "desk")
    assert one == three
    assert three[0] <= 40 and three[1] <= 28, three  # who joins while nothing happens asks only for what is hers


def test_a_room_that_nobody_prepared_says_so(hall: Halls, browse: Browse) -> None:
    here = hall(open_now=False)
    assert "ашылған жоқ" in page(browse("village"), here)
    assert browse("").get(here.address()).status_code == 302
    assert browse("village").get(reverse("live_room:door", args=[here.run.code])).status_code == 302
    assert Question.objects.filter(room=here.session.pk).count() == 0


def test_captions_stand_in_the_language_in_which_somebody_types_them(hall: Halls, browse: Browse, account: Accounts) -> None:  # fmt: skip
    here = hall()

    def chosen(text: str) -> str:
        found = re.search(r'<option value="(kk|ru)" selected', text)
        assert found
        return found.group(1)

    russian = here.address().replace("/kk/", "/ru/", 1)
    assert chosen(browse("village").get(russian).content.decode()) == "ru"
    rooms.caption(session=here.session, language="kk", text="Қайырлы күн", speaker="", by=account("pavlodar"))
    shown = browse("village").get(russian).content.decode()
    assert chosen(shown) == "kk" and "data-cc-colours" in shown
    rooms.caption(session=here.session, language="ru", text="Добрый день", speaker="", by=account("pavlodar"))
    assert chosen(browse("village").get(russian).content.decode()) == "ru"
