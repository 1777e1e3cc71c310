"""The programme: what closes a release, what a version keeps, whom a change is told, in which zone it is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orken.kit.audit import invariants
from orken.kit.pdf import rendering as pdf
from orken.kit.search.models import SearchRow
from orken.kit.states import WayIsClosed
from orken.meetings import occasions, printed, selectors
from orken.meetings import services as meetings
from orken.meetings.models import Release, Slot, Speaker, Talk
from orken.meetings.selectors.programme import differences
from orken.network.models import Appointment
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.training import services as training
from orken.training.models import Enrolment, Run
from tests.meetings.conftest import Accounts, Country, Meet, invited, session_of, sitting, speaker
from tests.waiting import worked

Ready = Callable[..., Run]
Browse = Callable[[str], Client]


def problems(run: Run) -> list[str]:
    with override("en"):
        return [str(one.text) for one in selectors.draft(selectors.meeting_of(run)).problems]


def test_an_empty_programme_is_not_released(meet: Meet) -> None:
    run = meet()
    with pytest.raises(meetings.NotReady):
        meetings.release(run=run, by=None)
    assert problems(run) == ["Nothing stands in the programme yet."]


def test_what_overlaps_lies_outside_or_lacks_a_moderator_closes_the_release(meet: Meet) -> None:
    run = meet()
    session, who = session_of(run), speaker(run)
    one, other = invited(run, who, title="Бір"), invited(run, who, title="Екі")
    meetings.place(run=run, session=session, starts_at=session.starts_at, minutes=30, talk=one, by=None)
    meetings.place(
        run=run, session=session, starts_at=session.starts_at + timedelta(minutes=20), minutes=200, talk=other, by=None
    )
    found = problems(run)
    assert "It begins at 10:20, while the one before it is over at 10:30." in found
    assert "It stands from 10:20 to 13:40; its session lasts from 10:00 to 12:00." in found
    assert "Nobody moderates this session." in found
    meetings.place(
        run=run, session=session, starts_at=session.starts_at + timedelta(minutes=30), minutes=20, talk=other, by=None
    )
    meetings.put_section(run=run, titles={"title_kk": "Секция"}, moderators=[who], sessions=[session], by=None)
    assert problems(run) == []
    assert Slot.objects.filter(talk=other).count() == 1


def test_nobody_speaks_in_two_sessions_at_once_nor_moderates_while_she_speaks_elsewhere(meet: Meet) -> None:
    run = meet()
    here, there = session_of(run), sitting(run, title="Қатар отырыс")
    who, chair = speaker(run), speaker(run, "Төрағаева")
    one, other = invited(run, who, title="Бір"), invited(run, who, chair, title="Екі")
    meetings.place(run=run, session=here, starts_at=here.starts_at, minutes=30, talk=one, by=None)
    meetings.place(run=run, session=there, starts_at=there.starts_at, minutes=30, talk=other, by=None)
    for n, session in enumerate((here, there)):
        meetings.put_section(
            run=run, titles={"title_kk": f"Секция {n}"}, moderators=[chair], sessions=[session], by=None
        )
    found = problems(run)
    assert f"{who.full_name('en')} stands twice at the same time." in found
    assert f"{chair.full_name('en')} stands twice at the same time." in found
    # Put where she is free it is no trouble any more.
    meetings.place(
        run=run,
        session=here,
        starts_at=here.starts_at,
        minutes=30,
        talk=invited(run, speaker(run), title="Үш"),
        by=None,
    )
    assert not any("Секция" in text for text in found)


def test_a_talk_without_a_title_in_kazakh_is_not_released(ready: Ready) -> None:
    run = ready()
    Talk.objects.filter(meeting=run.pk).update(title_kk="", title_ru="Доклад")
    assert problems(run) == ["The talk has no title in Kazakh."]


def test_a_session_taken_out_leaves_its_places_as_a_problem(ready: Ready, account: Accounts) -> None:
    run = ready()
    training.cancel_session(session=session_of(run), by=account("national"))
    assert "Its session was taken out of the timetable." in problems(run)


def test_a_version_keeps_names_and_times_whatever_changes_later(ready: Ready, account: Accounts) -> None:
    run = ready()
    first = meetings.release(run=run, by=account("pavlodar"))
    who = Speaker.objects.get(meeting=run.pk, talks__isnull=False)
    meetings.change_speaker(
        speaker=who, values={"surname_kk": "Басқаева", "institution_kk": "Жаңа атау"}, by=account("pavlodar")
    )
    shown = [one for block in selectors.blocks(first, "Asia/Almaty", "kk") for one in block.slots]
    assert shown[1].speakers[0]["name"].startswith("Баяндамашы-0")
    second = meetings.release(run=run, by=account("pavlodar"), note="Атауы түзетілді.")
    assert [one["what"] for one in second.changes] == ["changed"]
    assert Release.objects.get(pk=first.pk).slots == first.slots


def test_the_same_programme_is_not_released_twice(ready: Ready) -> None:
    run = ready()
    meetings.release(run=run, by=None)
    with pytest.raises(meetings.NothingChanged):
        meetings.release(run=run, by=None)


def test_a_change_is_told_only_to_those_whose_own_place_it_is(
    ready: Ready, account: Accounts, country: Country
) -> None:
    run = ready(talks=0)
    session, by = session_of(run), account("pavlodar")
    one, other = (meetings.name_person(run=run, person=account(login).person, by=by) for login in ("village", "head"))
    talks = [invited(run, one, title="Бір"), invited(run, other, title="Екі")]
    places = [
        meetings.place(run=run, session=session, starts_at=session.starts_at + timedelta(minutes=20 + 30 * n), minutes=15, talk=talk, by=None)
        for n, talk in enumerate(talks)
    ]  # fmt: skip
    listener = account("mentor").person
    training.apply(run=run, unit=country("NL"), lines=[training.Line(listener, country("NL"))], by=account("national"))
    Notice.objects.all().delete()
    meetings.release(run=run, by=by)
    assert worked("meetings.seats") == 1
    told = Notice.objects.filter(kind__startswith="meetings.").values_list("person", "kind")
    assert (listener.pk, "meetings.programme_released") in told
    assert {who for who, kind in told if kind == "meetings.place_told"} == {one.person_id, other.person_id}
    Notice.objects.all().delete()
    meetings.place(
        run=run,
        session=session,
        starts_at=places[1].starts_at + timedelta(minutes=5),
        minutes=15,
        talk=talks[1],
        by=None,
    )
    meetings.release(run=run, by=by)
    assert worked("meetings.seats") == 0  # the first version alone is told to everybody
    letters = Notice.objects.filter(kind__startswith="meetings.")
    assert [notice.person_id for notice in letters] == [other.person_id]
    assert "«Екі»: енді" in letters[0].body_kk and "«Бір»" not in letters[0].body_kk


def test_only_who_organises_makes_the_programme_and_only_while_the_run_lives(ready: Ready, account: Accounts) -> None:
    run = ready()
    for login in ("village", "head", "trainer"):
        with pytest.raises(OutOfScope):
            meetings.release(run=run, by=account(login))
    Run.objects.filter(pk=run.pk).update(state="closed")
    with pytest.raises(WayIsClosed):
        meetings.release(run=run, by=account("pavlodar"))


def test_nobody_speaks_at_a_course(country: Country) -> None:
    run = training.open_run(
        code="C-1", kind="course", host=country("NL"), capacity=5, title_kk="Курс", form="onsite", languages=["kk"], by=None,
        starts_on=date(2030, 1, 1), ends_on=date(2030, 1, 2), apply_until=date(2030, 1, 1),
    )  # fmt: skip
    with pytest.raises(meetings.NotAMeeting):
        meetings.tell_of(run=run, values={}, by=None)


def test_only_accepted_talks_have_a_place(meet: Meet) -> None:
    run = meet()
    talk = invited(run, speaker(run))
    Talk.objects.filter(pk=talk.pk).update(state="declined", reason="Орын жоқ")
    with pytest.raises(meetings.NotAccepted):
        meetings.place(
            run=run, session=session_of(run), starts_at=session_of(run).starts_at, minutes=10, talk=talk, by=None
        )


def test_a_programme_is_read_in_the_zone_and_the_language_of_the_reader(ready: Ready) -> None:
    run = ready()
    release = meetings.release(run=run, by=None)
    here, there = (selectors.blocks(release, zone, "ru")[0].slots[0] for zone in ("Asia/Almaty", "UTC"))
    assert (f"{here.begins:%H:%M}", f"{there.begins:%H:%M}") == ("10:00", "05:00")
    assert (here.title, here.language) == ("Открытие", "ru")
    talk = selectors.blocks(release, "UTC", "en")[0].slots[1]
    assert (talk.title, talk.language) == ("Баяндама 0", "kk"), "a language that is lacking says which stands in"


def test_the_printed_programme_holds_every_talk_in_both_languages(ready: Ready) -> None:
    run = ready(talks=3)
    release = meetings.release(run=run, by=None)
    meeting = selectors.meeting_of(run)
    data = printed.programme_data(meeting, release)
    assert pdf.text_of(printed.PROGRAMME, data, "<talk>") == [
        "Ашылуы",
        "Баяндама 0",
        "Баяндама 1",
        "Баяндама 2",
    ]
    assert printed.programme(meeting, release) == printed.programme(meeting, release), (
        "the same version, the same bytes"
    )
    cards = {"cards": [printed.card(one) for one in selectors.speakers_of(meeting)], "title": run.title_kk}
    assert len(pdf.text_of(printed.CARDS, cards, "<card>")) == 4


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ({"occasion_kk": "кітапхананың 125 жылдығына"}, {"kk": "Кітапхананың 125 жылдығына арналады", "ru": "Кітапхананың 125 жылдығына арналады"}),
        ({"occasion_ru": "125-летию библиотеки"}, {"ru": "Посвящается 125-летию библиотеки"}),
    ],
)  # fmt: skip
def test_the_occasion_is_said_in_the_words_of_the_organiser(
    meet: Meet, words: dict[str, str], line: dict[str, str]
) -> None:
    run = meet()
    meeting = meetings.tell_of(run=run, values=words, by=None)
    assert {code: occasions.line(meeting, code) for code in line} == line


def test_an_anniversary_without_words_bends_no_name(meet: Meet, country: Country) -> None:
    run = meet()
    meeting = meetings.tell_of(run=run, values={"occasion_unit": country("KZ-55-LIB"), "occasion_years": 130}, by=None)
    assert occasions.line(meeting, "ru") == f"130-летие: {country('KZ-55-LIB').name_ru}"


def test_the_second_of_two_hands_is_told(meet: Meet, account: Accounts) -> None:
    run = meet()
    meetings.tell_of(run=run, values={"occasion_kk": "бірінші"}, by=account("pavlodar"), revision=1)
    with pytest.raises(meetings.EditedMeanwhile):
        meetings.tell_of(run=run, values={"occasion_kk": "екінші"}, by=account("national"), revision=1)


def test_what_is_made_breaks_no_invariant_and_what_is_broken_is_found(ready: Ready) -> None:
    run = ready()
    meetings.release(run=run, by=None)
    ours = {rule: list(rows) for rule, rows in invariants.run() if rule.startswith("meetings.")}
    assert ours and not any(ours.values())
    Talk.objects.filter(meeting=run.pk).update(state="withdrawn", reason="Ауырып қалды")
    assert any(rows for rule, rows in invariants.run() if rule.startswith("meetings.places"))


SAID = st.tuples(st.sampled_from(["2030-01-01T10:00", "2030-01-01T11:00"]), st.integers(5, 6))
ROWS = st.dictionaries(st.sampled_from("abcd"), SAID, max_size=4)


def whole(rows: dict[str, tuple[str, int]]) -> list[dict[str, Any]]:
    rest = {"session": 1, "kind": "talk", "speakers": [], "chairs": [], "section": {}, "moderators": []}
    return [
        {**rest, "uid": uid, "title": {"kk": uid}, "starts_at": at, "minutes": minutes}
        for uid, (at, minutes) in rows.items()
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ROWS, ROWS)
def test_the_change_log_turns_the_old_programme_into_the_new_one(
    old: dict[str, tuple[str, int]], new: dict[str, tuple[str, int]]
) -> None:
    before, after = whole(old), whole(new)
    changes = differences(before, after)
    told = {change["uid"]: change["what"] for change in changes}
    assert len(told) == len(changes), "each place is told once"
    had, have = {row["uid"]: row for row in before}, {row["uid"]: row for row in after}
    for uid in {*had, *have}:
        if uid not in had:
            assert told[uid] == "added"
        elif uid not in have:
            assert told[uid] == "gone"
        elif had[uid] == have[uid]:
            assert uid not in told
        else:
            assert told[uid] in ("moved", "changed")
    assert differences(after, after) == []


def test_the_first_version_costs_the_same_however_many_have_a_seat(ready: Ready, account: Accounts) -> None:
    """A hundred letters are the worker's business, not that of whoever presses."""

    def released(code: str, seats: int) -> int:
        run = ready(code, talks=1)
        people = (
            Appointment.objects.at().filter(employment="main").select_related("person", "unit").order_by("pk")[:seats]
        )
        training.apply_as_known(
            run=Run.objects.get(pk=run.pk),
            unit=run.host,
            lines=[training.Line(one.person, one.unit) for one in people],
            by=account("national"),
        )
        assert Enrolment.objects.filter(run=run).count() == seats
        with CaptureQueriesContext(connection) as asked:
            meetings.release(run=run, by=account("pavlodar"))
        return len(asked)

    assert released("FEW", 3) == released("MANY", 100)
    assert worked("meetings.seats") == 2
    assert Notice.objects.filter(kind="meetings.programme_released").count() >= 103


# --- the page of a talk ---


def test_a_talk_is_read_and_found_as_it_was_released(ready: Ready, account: Accounts, browse: Browse) -> None:
    run = ready(talks=1)
    talk = Talk.objects.get(meeting=run.pk)
    who = meetings.name_person(run=run, person=account("head").person, by=account("pavlodar"))
    meetings.change_talk(talk=talk, values={"title_kk": "Бұрынғы тақырып", "abstract_kk": "Бұрынғы мазмұны"}, by=account("pavlodar"), speakers=[who])  # fmt: skip
    meetings.release(run=run, by=None)
    talk.refresh_from_db()
    meetings.change_talk(
        talk=talk, values={"title_kk": "Жаңарған тақырып", "abstract_kk": "Жаңарған мазмұны"}, by=account("head")
    )

    def page(login: str) -> str:
        return browse(login).get(f"/kk/run/{run.code}/talks/{talk.pk}/").content.decode()

    for login in ("", "village"):
        assert "Бұрынғы тақырып" in page(login) and "Бұрынғы мазмұны" in page(login) and "Жаңарған" not in page(login)
    for login in ("pavlodar", "head"):  # who organises and who gives it see both
        assert (
            "Бұрынғы тақырып" in page(login) and "Жаңарған тақырып" in page(login) and "Жаңарған мазмұны" in page(login)
        )
    assert {row.title for row in SearchRow.objects.filter(kind="talk", object_id=str(talk.pk))} == {"Бұрынғы тақырып"}
    made = meetings.release(run=run, by=None)
    assert [change["what"] for change in made.changes] == ["changed"]
    assert "Жаңарған тақырып" in page("village") and "Жаңарған мазмұны" in page("village")
    assert {row.title for row in SearchRow.objects.filter(kind="talk", object_id=str(talk.pk))} == {"Жаңарған тақырып"}


def test_a_talk_placed_since_the_version_has_no_public_page_yet(
    ready: Ready, account: Accounts, browse: Browse
) -> None:
    run = ready(talks=1)
    meetings.release(run=run, by=None)
    late = invited(run, speaker(run, "Кешіккенова"), title="Кейін қосылған")
    session = session_of(run)
    meetings.place(
        run=run, session=session, starts_at=session.starts_at + timedelta(minutes=90), minutes=10, talk=late, by=None
    )
    address = f"/kk/run/{run.code}/talks/{late.pk}/"
    assert browse("").get(address).status_code == browse("village").get(address).status_code == 404
    assert browse("pavlodar").get(address).status_code == 200
    meetings.release(run=run, by=None)
    assert browse("").get(address).status_code == 200


def test_a_version_of_earlier_days_froze_no_abstract(ready: Ready, browse: Browse) -> None:
    run = ready(talks=1)
    talk = Talk.objects.get(meeting=run.pk)
    Talk.objects.filter(pk=talk.pk).update(abstract_kk="Мазмұны бар")
    made = meetings.release(run=run, by=None)
    Release.objects.filter(pk=made.pk).update(
        slots=[{k: v for k, v in row.items() if k != "abstract"} for row in made.slots]
    )
    assert "Мазмұны бар" in browse("").get(f"/kk/run/{run.code}/talks/{talk.pk}/").content.decode()
    with pytest.raises(meetings.NothingChanged):
        meetings.release(run=run, by=None)


def test_a_place_that_stands_badly_is_said_when_it_is_saved_and_beside_its_row(meet: Meet, browse: Browse) -> None:
    """Saved it is all the same: an arrangement passes through such states."""
    run, desk = meet(), browse("pavlodar")
    session = session_of(run)
    answers = {
        "session": session.pk,
        "from_time": "11:30",
        "minutes": 60,
        "kind": "discussion",
        "title_kk": "Пікір алмасу",
    }
    page = desk.post(f"/ru/training/{run.code}/programme/place/", answers, follow=True).content.decode()
    words = "Стоит с 11:30 до 12:30, а заседание длится с 10:00 до 12:00."
    assert Slot.objects.get(meeting=run.pk).minutes == 60
    assert page.count(words) == 3  # the word on saving, the row, the list of what is to be settled
    row = page[page.index("<tbody") : page.index("</tbody")]
    assert words in row


def test_each_obstacle_of_a_release_leads_to_where_it_is_mended(meet: Meet, browse: Callable[[str], Client]) -> None:
    run = meet("M-LEADS")
    session = session_of(run)
    page = browse("pavlodar").get(f"/kk/training/{run.code}/programme/").content.decode()
    assert f"/training/{run.code}/programme/place/" in page
    talk = meetings.invite_talk(run=run, values={"title_ru": "Только по-русски", "minutes": 15}, speakers=[speaker(run)], by=None)  # fmt: skip
    slot = meetings.place(run=run, session=session, starts_at=session.starts_at, minutes=600, talk=talk, by=None)
    page = browse("pavlodar").get(f"/kk/training/{run.code}/programme/").content.decode().split("<aside")[1]
    assert f"/training/{run.code}/talks/{talk.pk}/change/" in page
    assert f"/training/{run.code}/programme/place/{slot.pk}/" in page
    assert f"/training/{run.code}/programme/section/" in page and "10:00" in page
