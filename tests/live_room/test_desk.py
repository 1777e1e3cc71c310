"""The desk: who speaks, who came, what is asked before something grave, what is still offered when the meeting is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from orken.kit.live.models import LiveEvent
from orken.live_room import channels, policy
from orken.live_room import services as rooms
from orken.live_room.models import Interval, Participant, Poll
from orken.live_room.selectors import rooms as reading
from orken.meetings import services as meetings
from orken.meetings.models import Talk
from orken.training.models import Run, Session
from tests.live_room.conftest import Accounts, Browse, Hall
from tests.live_room.test_pages import page, press
from tests.meetings.conftest import call

Halls = Callable[..., Hall]
Role = Participant.Role


def test_a_proposal_gives_no_stage_a_talk_that_was_taken_does(hall: Halls, account: Accounts) -> None:
    here = hall(seats=("student",))
    village = account("village")
    Run.objects.filter(pk=here.run.pk).update(state=Run.State.CONFIRMED)  # talks are proposed before the day
    call(here.run)
    talk = meetings.propose(run=here.run, values={"title_kk": "Ауыл кітапханасы", "spoken": "kk", "minutes": 15}, by=village)  # fmt: skip
    assert policy.role_of(village, here.session) == ""
    assert rooms.come(session=here.session, by=village) is None
    Talk.objects.filter(pk=talk.pk).update(state=Talk.State.ACCEPTED)
    assert policy.role_of(village, here.session) == Role.SPEAKER
    # Taken back after the release: who still stands in the version that everybody reads is not sent off the stage.
    Talk.objects.filter(pk__in=[talk.pk, here.talk.pk]).update(state=Talk.State.WITHDRAWN, reason="Ауырып қалды")
    assert policy.role_of(village, here.session) == ""
    assert policy.role_of(account("head"), here.session) == Role.SPEAKER


def test_the_desk_hears_of_whoever_comes_in(hall: Halls, account: Accounts) -> None:
    here = hall(seats=("village",))
    desk = LiveEvent.objects.filter(channel=channels.desk(here.room), kind="person")
    heard = {row.payload["person"]: row.payload for row in desk}
    village = here.place(account("village"))
    assert heard[village.key]["state"] == "inside" and heard[village.key]["free"]
    assert not heard[here.place(account("pavlodar")).key]["free"]
    rooms.come(session=here.session, by=account("village"))
    assert desk.filter(payload__person=village.key).count() == 1  # a page loaded again is nobody new


def test_the_end_asks_first_and_leaves_nothing_that_does_nothing(
    hall: Halls, browse: Browse, account: Accounts
) -> None:
    here, chair = hall(), browse("pavlodar")
    text = page(chair, here, "desk")
    asked = text.index('<details class="apart">')
    assert asked < text.index('value="end"') < text.index("</details>", asked)
    poll = rooms.put_poll(session=here.session, texts={"kk": "Иә ме?"}, options=[{"kk": "Иә"}, {"kk": "Жоқ"}], anonymous=True, many=False, by=None, open_now=True)  # fmt: skip
    rooms.prompt(session=here.session, by=account("pavlodar"))
    assert "data-prompt hidden" not in page(browse("village"), here)
    rooms.go(session=here.session, way="end", by=account("pavlodar"))
    assert Poll.objects.get(pk=poll.pk).state == Poll.State.CLOSED
    over = page(chair, here, "desk")
    for verb in ("do/prompt/", "do/put-on/", "do/quick-poll/", "do/slides/", "do/say/"):
        assert verb not in over, verb
    assert 'value="reopen"' in over
    assert "data-prompt hidden" in page(browse("village"), here)


def test_doors_far_from_the_session_ask_and_say_which_minutes_count(
    hall: Halls, browse: Browse, account: Accounts
) -> None:
    near, now = hall("LIVE-NEAR", open_now=False), timezone.now()
    Session.objects.filter(pk=near.session.pk).update(starts_at=now + timedelta(minutes=50), ends_at=now + timedelta(hours=2))  # fmt: skip
    assert '<details class="apart">' not in page(browse("pavlodar"), near, "desk")
    here, chair = hall(open_now=False), browse("pavlodar")
    Session.objects.filter(pk=here.session.pk).update(starts_at=here.session.starts_at + timedelta(days=30), ends_at=here.session.ends_at + timedelta(days=30))  # fmt: skip
    text = page(chair, here, "desk")
    asked = text.index('<details class="apart">')
    assert asked < text.index('value="open"') < text.index("</details>", asked)
    rooms.go(session=here.session, way="open", by=account("pavlodar"))
    assert "note wait" in page(chair, here, "desk")
    assert "note wait" not in page(chair, here, "presence")
    rooms.come(session=here.session, by=account("village"))
    Interval.objects.create(room=here.room, person=account("village").person, begun_at=now - timedelta(minutes=3), ended_at=now, source=Interval.Source.STREAM)  # fmt: skip
    assert "note wait" in page(chair, here, "presence")


def test_the_stage_is_seen_from_the_desk_when_it_is_asked_for(hall: Halls, browse: Browse, account: Accounts) -> None:
    """Browser to browser: a press on the desk shows the stage there, without a camera of its own; by a link: the link."""
    here = hall()
    rooms.arrange(session=here.session, values={"provider": "peer"}, by=account("pavlodar"))
    page = browse("pavlodar").get(here.address("desk")).content.decode()
    assert "data-peer-ask" in page and 'data-may-send=""' in page and "live_room/js/peer" in page
    assert "data-peer-ask" not in browse("pavlodar").get(here.address("room")).content.decode()
    rooms.arrange(session=here.session, values={"provider": "external-link", "address": "https://meet.example.kz/x"}, by=account("pavlodar"))  # fmt: skip
    page = browse("pavlodar").get(here.address("desk")).content.decode()
    assert 'href="https://meet.example.kz/x"' in page and "live_room/js/peer" not in page


def test_slides_are_promised_only_where_there_is_a_pdf(hall: Halls, browse: Browse) -> None:
    told = press(browse("pavlodar"), hall(), "slides")
    assert "PDF" in str(told["error"])


def test_what_takes_the_desk_away_opens_in_a_tab_of_its_own(hall: Halls, browse: Browse) -> None:
    here = hall()
    text = page(browse("pavlodar"), here, "desk")
    for name in ("room", "captions"):
        assert f'href="{here.address(name)}" target="_blank" rel="noopener"' in text


def test_captions_are_typed_in_the_language_that_is_spoken_and_a_listener_hears_of_another(
    hall: Halls, browse: Browse, account: Accounts
) -> None:
    here, chair = hall(), browse("pavlodar")
    by = account("pavlodar")
    assert 'name="language" value="ru"' in chair.get(here.address("captions") + "?language=ru").content.decode()
    places = reading.programme(here.session)
    assert reading.spoken_now(places, None, here.run) == "kk"
    assert reading.spoken_now([], None, here.run) == ""
    rooms.caption(session=here.session, language="kk", text="Қайырлы күн", speaker="", by=by)
    assert 'data-goes="ru" hidden' in page(browse("village"), here)
    rooms.caption(session=here.session, language="ru", text="Добрый день", speaker="", by=by)
    listener = page(browse("village"), here)
    assert 'data-goes="ru">' in listener and 'data-goes="kk" hidden' in listener
    asked = browse("village").get(here.address() + "?captions=ru").content.decode()
    assert '<option value="ru" selected' in asked and 'data-goes="ru" hidden' in asked
    russian = chair.get(here.address("captions").replace("/kk/", "/ru/", 1)).content.decode()
    assert 'name="language" value="kk"' in russian  # the talks of this meeting are spoken in Kazakh
