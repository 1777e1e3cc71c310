"""What is told of a live meeting is what its stage saw and who was in its room; a programme alone is no news (decision 0122)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from orken.kit.i18n.content import LANGUAGES
from orken.live_room import services as rooms
from orken.live_room.models import Interval, Room, Step
from orken.meetings import services as meetings
from orken.meetings.models import Guest, Meeting, Release, Speaker
from orken.meetings.selectors import speaking
from orken.network.models import Unit
from orken.newsroom.checking import check
from orken.newsroom.compose import compose
from orken.newsroom.held_meetings import Meetings
from orken.newsroom.reading import read, written
from orken.people.models import Account
from orken.proceedings import gathering, happened
from orken.proceedings import services as proceedings
from orken.proceedings.models import Volume
from orken.training.models import Session
from tests.live_room.conftest import Hall, hall, noon, nothing_remembered

__all__ = ["hall", "noon", "nothing_remembered"]

pytestmark = pytest.mark.django_db
Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]


def close(live: Hall, by: Account, *, shown: tuple[int, ...] = ()) -> None:
    """These places of the programme come on stage, then the moderator ends the meeting."""
    for n in shown:
        rooms.put_on(session=live.session, uid=live.uids[n], by=by)
    rooms.go(session=live.session, way="end", by=by)


def is_there(live: Hall, account: Account, minutes: int = 20) -> None:
    now = timezone.now()
    Interval.objects.create(
        room=live.room, person=account.person, begun_at=now - timedelta(minutes=minutes), ended_at=now, source=Interval.Source.STREAM, tab=account.login
    )  # fmt: skip


def test_only_talks_that_were_on_stage_are_told(hall: Callable[..., Hall], account: Accounts) -> None:
    """Of two talks and an exchange of opinions one talk was on stage: the others are planned, and no text says that they were held."""
    live = hall()
    close(live, account("pavlodar"), shown=(1,))
    event = Meetings().facts(live.run.code)
    assert [one.title.kk for one in event.talks] == ["Оқырман мен кітапхана"]
    assert event.planned[0].title.kk == "Білікті кадрлар" and len(event.planned) == 2
    assert not event.discussion
    for language in LANGUAGES:
        article = compose(event, language)
        assert "Білікті кадрлар" not in article.text and "Жумабаева" not in article.text
        assert not any(words in article.text for words in ("обмен мнениями", "пікір алмас", "exchange of"))
        assert check(article.text, event, language).contradictions == []
    assert read(written(event))[0] == event


def test_only_talks_that_were_on_stage_are_certified(hall: Callable[..., Hall], account: Accounts) -> None:
    """Its time is over and its speaker is named: without the stage, or the organiser's word, there is no certificate of speaking."""
    live = hall()
    close(live, account("pavlodar"), shown=(1,))
    Session.objects.filter(pk=live.session.pk).update(
        starts_at=live.session.starts_at - timedelta(days=2), ends_at=live.session.ends_at - timedelta(days=2)
    )
    release = Release.objects.filter(meeting=live.run.pk).latest("number")
    for row in release.slots:
        row["starts_at"] = (datetime.fromisoformat(row["starts_at"]) - timedelta(days=2)).isoformat()
    release.save()
    Step.objects.filter(room=live.room).update(at=F("at") - timedelta(days=2))
    Room.objects.filter(pk=live.room.pk).update(
        opened_at=F("opened_at") - timedelta(days=2), ended_at=F("ended_at") - timedelta(days=2)
    )

    def waits() -> list[str]:
        return [one.giving.talk.title_kk for one in speaking.given_at(live.run) if one.waits]

    assert waits() == ["Оқырман мен кітапхана"]
    other = next(one for one in speaking.given_at(live.run) if not one.waits)
    Speaker.objects.filter(pk=other.giving.speaker_id).update(surname_ru="Жумабаева", given_ru="Салтанат")
    assert "сахнаға" in str(other.lacks)
    proceedings.say_held(
        run=live.run, held=[one.uid for one in happened.of_run(live.run).places], by=account("pavlodar")
    )
    assert sorted(waits()) == ["Білікті кадрлар", "Оқырман мен кітапхана"]


def test_nothing_on_stage_is_nothing_told(hall: Callable[..., Hall], account: Accounts, browse: Browse) -> None:
    """The doors were open and no talk came on stage: nobody spoke, and the writer reads what stood in the programme."""
    live = hall()
    close(live, account("pavlodar"))
    event = Meetings().facts(live.run.code)
    assert event.talks == () and len(event.planned) == 3
    assert all("Жумабаева" not in compose(event, code).text for code in LANGUAGES)
    desk = browse("pavlodar")
    page = desk.post("/ru/newsroom/begin/", {"source": f"meeting:{live.run.code}"}, follow=True).content.decode()
    assert "Білікті кадрлар" in page and "не состоялось" in page


def test_a_meeting_that_goes_on_is_not_offered(hall: Callable[..., Hall], account: Accounts, browse: Browse) -> None:
    """Neither by its room, nor by the timetable of a second session."""
    live = hall()
    assert Meetings().offer(live.run.code) is None
    assert live.run.code not in browse("pavlodar").get("/kk/newsroom/new/").content.decode()
    close(live, account("pavlodar"), shown=(1, 2, 3))
    assert Meetings().offer(live.run.code) is not None
    Session.objects.create(
        run=live.run, starts_at=live.session.ends_at, ends_at=live.session.ends_at + timedelta(hours=1), title_kk="Екінші отырыс"
    )  # fmt: skip
    assert Meetings().offer(live.run.code) is None


def test_what_was_shown_before_the_hours_of_the_session_is_a_trial(
    hall: Callable[..., Hall], account: Accounts
) -> None:
    """The day before, the organiser tried the room with every talk on its stage; the meeting itself was held elsewhere."""
    live = hall(open_now=False)
    before = live.session.starts_at - timedelta(days=1)
    Room.objects.filter(pk=live.session.pk).update(state="over", opened_at=before, ended_at=before + timedelta(hours=1))
    rooms.put_on(session=live.session, uid=live.uids[1], by=account("pavlodar"))
    Step.objects.filter(room=live.session.pk).update(at=before + timedelta(minutes=5))
    was = happened.of_run(live.run)
    assert [one.seen for one in was.places] == [None, None, None] and not was.not_held


def test_took_part_is_one_number_everywhere(hall: Callable[..., Hall], account: Accounts) -> None:
    """Two have a seat, one of them came: one took part, before the minutes went to the sheet and after, in the news and in the proceedings."""
    live = hall()
    is_there(live, account("village"))
    close(live, account("pavlodar"), shown=(1,))
    told = [(Meetings().facts(live.run.code).figures.participants, gathering.gather(live.run).data["figures"]["named"])]
    rooms.feed(session=live.session, by=account("pavlodar"))
    told.append(
        (Meetings().facts(live.run.code).figures.participants, gathering.gather(live.run).data["figures"]["named"])
    )
    assert told == [(1, 1), (1, 1)]


def test_the_proceedings_wait_for_the_end_and_say_what_was_not_held(
    hall: Callable[..., Hall], account: Accounts, browse: Browse
) -> None:
    live, desk = hall(), browse("pavlodar")
    root = f"/ru/training/{live.run.code}/proceedings/"
    with pytest.raises(proceedings.NothingToPublish) as refusal:
        proceedings.publish(run=live.run, by=account("pavlodar"))
    assert refusal.value.lacks == ["goes_on"]
    page = desk.get(root).content.decode()
    assert "ещё идёт" in page and f"{root}publish/" not in page
    close(live, account("pavlodar"), shown=(1, 3))
    page = desk.get(root).content.decode()
    assert "1 место программы не состоялось" in page and f"{root}publish/" in page
    desk.post(f"{root}publish/")
    volume = Volume.objects.get(run=live.run)
    assert [part["held"] for part in volume.data["parts"]] == [True, True, False, True]
    read_by_all = browse("").get(f"/ru/run/{live.run.code}/proceedings/").content.decode()
    assert "В программе, не состоялось" in read_by_all and "<h3><a" in read_by_all
    assert read_by_all.index("Білікті кадрлар") > read_by_all.index("В программе, не состоялось")


def test_the_organisers_word_outweighs_the_stage(hall: Callable[..., Hall], account: Accounts, browse: Browse) -> None:
    """She forgot to bring the second talk on stage: once she says that it was held, the volume and the news tell it; and it can be taken back."""
    live, desk = hall(), browse("pavlodar")
    close(live, account("pavlodar"), shown=(1,))
    address = f"/kk/training/{live.run.code}/proceedings/held/"
    desk.post(address, {"held": live.uids[1:3], "revision": ""})
    assert [one.title.kk for one in Meetings().facts(live.run.code).talks] == [
        "Оқырман мен кітапхана",
        "Білікті кадрлар",
    ]
    assert live.run.proceedings.said_held == {live.uids[2]: True}
    desk.post(address, {"held": [], "revision": "2"})
    assert Meetings().facts(live.run.code).talks == ()
    live.run.proceedings.refresh_from_db()
    desk.post(address, {"held": live.uids[1:3], "revision": "2"})  # somebody else changed it meanwhile
    assert Meetings().facts(live.run.code).talks == ()
    assert browse("village").post(address, {"held": live.uids[1:3]}).status_code == 404


def test_guests_are_of_no_institution_that_is_counted(hall: Callable[..., Hall], account: Accounts) -> None:
    """Two with seats of one library and a guest by link: three people took part, and not «three of one library»."""
    live = hall()
    by = account("pavlodar")
    is_there(live, account("village"))
    guest = meetings.add_guest(run=live.run, name="Соколова Анна", institution="Омская библиотека", email="", by=by)
    Guest.objects.filter(pk=guest.pk).update(minutes=20)
    close(live, by, shown=(1,))
    event = Meetings().facts(live.run.code)
    assert (event.figures.participants, event.figures.guests, event.figures.units) == (2, 1, 1)
    said = {code: compose(event, code).text for code in LANGUAGES}
    assert "участвовали 2 человека, среди них представители 1 организации 1 региона" in said["ru"]
    assert "Барлығы 2 адам қатысты, олардың арасында 1 өңірдің 1 ұйымының өкілдері бар" in said["kk"]
    assert "2 people took part, among them representatives of 1 institution in 1 region" in said["en"]
    for code, text in said.items():
        assert not check(text, event, code).contradictions


def test_the_anniversary_of_an_institution_is_the_occasion_of_the_news(hall: Callable[..., Hall], account: Accounts) -> None:  # fmt: skip
    live = hall()
    close(live, account("pavlodar"), shown=(1,))
    Meeting.objects.filter(run=live.run).update(occasion_unit=Unit.objects.get(code="NL"), occasion_years=121)
    event = Meetings().facts(live.run.code)
    assert event.occasion.kk.endswith("кітапханасының 121 жылдығына")
    assert event.occasion.ru == "121-летию Национальной библиотеки Республики Казахстан"
    assert event.occasion.en == "the 121st anniversary of the National Library of the Republic of Kazakhstan"
    for code in LANGUAGES:
        text = compose(event, code).text
        assert "121" in text and not check(text, event, code).contradictions
    Meeting.objects.filter(run=live.run).update(occasion_ru="юбилею книги")  # the organiser's own words go before
    assert Meetings().facts(live.run.code).occasion.ru == "юбилею книги"
