"""Who was there: signs of life become minutes, by any tab and device, once; and what she says against it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from orken.kit.live import services as live
from orken.kit.live.models import LiveBeat
from orken.live_room import channels, presence
from orken.live_room import services as rooms
from orken.live_room.models import Appeal, Interval, Participant
from orken.live_room.presence import Sign
from orken.live_room.selectors import evidence
from orken.network.policy import OutOfScope
from orken.training.attendance import services as attendance
from orken.training.models import Enrolment, Mark, Session
from tests.live_room.conftest import Accounts, Browse, Hall

Halls = Callable[..., Hall]
START = datetime(2026, 11, 24, 9, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


# --- pure rules ---

spans = st.lists(
    st.tuples(st.integers(0, 7200), st.integers(1, 3600)).map(lambda one: (at(one[0]), at(one[0] + one[1]))),
    max_size=12,
)


@given(spans)
def test_the_union_covers_the_same_seconds_in_any_order(found: list[presence.Span]) -> None:
    joined = presence.union(found)
    assert joined == presence.union(list(reversed(found))) == presence.union(joined)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(joined))
    covered = {second for begin, end in found for second in range(int((begin - START).total_seconds()), int((end - START).total_seconds()))}  # fmt: skip
    assert sum((end - begin).total_seconds() for begin, end in joined) == len(covered)


@given(spans, spans)
def test_more_presence_never_counts_less_and_two_devices_never_twice(one: list[presence.Span], two: list[presence.Span]) -> None:  # fmt: skip
    begins, ends = at(600), at(6600)
    alone, both = presence.minutes(one, begins, ends), presence.minutes([*one, *two], begins, ends)
    assert 0 <= alone <= both <= 100
    assert presence.minutes([*one, *one], begins, ends) == alone


@given(st.lists(st.tuples(st.integers(0, 3600), st.sampled_from("bbbboc")), max_size=40), st.integers(1, 4))
@example([(0, "o"), (3450, "b"), (3450, "o"), (3525, "b")], 1)  # a page that came back in the middle of a piece
@example([(0, "o"), *((second, "b") for second in range(3000, 3590, 60)), (3590, "o")], 1)  # and had said nothing since
def test_signs_that_are_folded_piece_by_piece_come_to_the_same(found: list[tuple[int, str]], pieces: int) -> None:
    """Whenever the folding comes by, in the end the same time is covered: nothing is lost or added between two of its visits."""
    signs = [Sign(at(second), mark, key) for key, (second, mark) in enumerate(sorted(found), start=1)]
    end = at(10_000)
    whole = presence.union(presence.fold(signs, end).spans)
    written: list[presence.Span] = []
    waiting: list[Sign] = []
    last = 0.0
    for n in range(1, pieces + 1):
        now = 3600 * n / pieces
        waiting += (
            [one for one in signs if at(last) <= one.at < at(now)]
            if n > 1
            else [one for one in signs if one.at < at(now)]
        )
        folded = presence.fold(waiting, at(now))
        written += folded.spans
        waiting = [one for one in waiting if one.key in folded.kept]
        last = now
    waiting += [one for one in signs if one.at >= at(3600)]
    written += presence.fold(waiting, end).spans
    assert presence.union(written) == whole


def test_a_break_of_the_line_is_no_absence_and_a_page_without_a_stream_no_presence() -> None:
    signs = [Sign(at(0), "o"), *(Sign(at(second), "b") for second in (0, 30, 60, 130, 300, 330))]
    assert presence.fold(signs, at(9999)).spans == [(at(0), at(130)), (at(300), at(330))]
    assert presence.fold(signs[1:], at(9999)).spans == []
    left = [*signs[:4], Sign(at(75), "c"), Sign(at(90), "b")]
    assert presence.fold(left, at(9999)).spans == [(at(0), at(75))]


# --- in a room ---


def watch(here: Hall, person: int, start: float, end: float, tab: str = "tab-aaaaaaaa", plain: bool = False) -> None:
    """She watched from the minute `start` to the minute `end` of the session."""
    room, subject = here.room, channels.subject(here.room, person)
    rows = [(subject, tab, LiveBeat.Mark.OPENED, here.session.starts_at + timedelta(minutes=start))]
    second = start * 60
    while second <= end * 60:
        rows.append((subject, tab, LiveBeat.Mark.BEAT, room.session.starts_at + timedelta(seconds=second)))
        second += 30
    live.note_beats(rows)


@pytest.fixture
def over(hall: Halls) -> Hall:
    """A session of two hours that is over."""
    return hall("LIVE-OVER", begun=timedelta(hours=3))


def minutes(here: Hall, account: Accounts, login: str) -> int:
    row = evidence.own(here.session, account(login))
    assert row is not None
    return row.minutes


def test_two_tabs_and_a_telephone_are_counted_once(over: Hall, account: Accounts) -> None:
    hers = account("village").person_id
    watch(over, hers, 0, 60)
    watch(over, hers, 30, 80, "tab-bbbbbbbb")
    watch(over, hers, 10, 20, "page-telephone")
    assert rooms.fold(session=over.session) == 3 and rooms.fold(session=over.session) == 0
    assert minutes(over, account, "village") == 80
    left = LiveBeat.objects.filter(subject__startswith=channels.subjects(over.room))
    assert {one.mark for one in left} == {"o"}  # streams that were never closed; they go with the room
    sources = set(Interval.objects.filter(person=hers).values_list("source", flat=True))
    assert sources == {"stream", "page"}
    rooms.go(session=over.session, way="end", by=None)
    assert rooms.fold(session=over.session) == 0 and not left.all().exists()
    row = evidence.own(over.session, account("village"))
    assert row is not None and (row.share, row.need, row.enough) == (66, 70, False)


def test_presence_that_goes_on_is_written_down_in_pieces_and_survives_the_process(hall: Halls, account: Accounts) -> None:  # fmt: skip
    here = hall()
    hers = account("village").person_id
    now = (timezone.now() - here.session.starts_at).total_seconds() / 60
    watch(here, hers, now - 12, now)
    assert rooms.fold_all() >= 1
    kept = LiveBeat.objects.filter(subject=channels.subject(here.room, hers)).count()
    assert kept == 2  # the open stream and the last sign: what comes goes on from there
    live.note_beats([(channels.subject(here.room, hers), "tab-aaaaaaaa", "b", timezone.now() + timedelta(seconds=20))])
    assert 11 <= minutes(here, account, "village") <= 12


def test_minutes_go_to_the_attendance_sheet_and_a_hand_stays(over: Hall, account: Accounts) -> None:
    watch(over, account("village").person_id, 0, 90)
    watch(over, account("student").person_id, 0, 119.5)
    seats = {login: Enrolment.objects.get(run=over.run, person=account(login).person_id) for login in ("village", "student")}  # fmt: skip
    with pytest.raises(OutOfScope):
        rooms.feed(session=over.session, by=account("village"))
    rooms.feed(session=over.session, by=account("pavlodar"))
    marks = {mark.enrolment_id: mark for mark in Mark.objects.filter(session=over.session, superseded_at=None)}
    assert (marks[seats["village"].pk].state, marks[seats["village"].pk].minutes) == ("late", 90)
    assert (marks[seats["student"].pk].state, marks[seats["student"].pk].minutes) == ("present", 120)
    assert all(mark.source == Mark.Source.ROOM for mark in marks.values())
    rooms.add_presence(session=over.session, of=account("village").person, begins=over.session.starts_at + timedelta(minutes=90), ends=over.session.ends_at, reason="Әріптесінің құрылғысында", by=account("pavlodar"))  # fmt: skip
    rooms.feed(session=over.session, by=account("pavlodar"))
    mark = Mark.objects.get(enrolment=seats["village"], superseded_at=None, aside=False)
    assert (mark.state, mark.minutes) == ("present", 120) and mark.reason
    line = attendance.Line(over.session.pk, f"e{seats['student'].pk}", Mark.State.LATE, 40, "Ерте кетті", base=str(Mark.objects.get(enrolment=seats["student"], superseded_at=None).pk))  # fmt: skip
    attendance.write(run=over.run, lines=[line], by=account("pavlodar"))
    written = rooms.feed(session=over.session, by=account("pavlodar"))
    assert {one.outcome for one in written} == {"same", "differs"}
    assert Mark.objects.get(enrolment=seats["student"], superseded_at=None, aside=False).minutes == 40


def test_minutes_are_not_fed_while_the_session_goes_on(hall: Halls, account: Accounts) -> None:
    with pytest.raises(rooms.Refused, match="жүріп жатыр"):
        rooms.feed(session=hall().session, by=account("pavlodar"))


def test_i_was_there_is_answered_and_granted_by_an_interval_of_its_own(over: Hall, account: Accounts) -> None:
    begins, ends = over.session.starts_at, over.session.starts_at + timedelta(minutes=50)
    row = rooms.appeal(session=over.session, begins=begins, ends=ends, text="Директормен бір экраннан қарадым.", by=account("village"))  # fmt: skip
    for wrong in ((ends, begins), (begins - timedelta(minutes=1), ends), (begins, over.session.ends_at + timedelta(minutes=1))):  # fmt: skip
        with pytest.raises(rooms.Refused):
            rooms.appeal(session=over.session, begins=wrong[0], ends=wrong[1], text="x", by=account("student"))
    with pytest.raises(rooms.Refused, match="жауабын күтіп"):
        rooms.appeal(session=over.session, begins=begins, ends=ends, text="Тағы", by=account("village"))
    with pytest.raises(OutOfScope):
        rooms.appeal(session=over.session, begins=begins, ends=ends, text="Мен де", by=account("mentor"))
    for login in ("village", "student", "mentor"):
        with pytest.raises(OutOfScope):
            rooms.decide_appeal(appeal=row, grants=True, answer="Иә", by=account(login))
    with pytest.raises(rooms.Refused):
        rooms.decide_appeal(appeal=row, grants=True, answer="", by=account("pavlodar"))
    rooms.decide_appeal(appeal=row, grants=True, answer="Директор растады.", by=account("pavlodar"))
    assert minutes(over, account, "village") == 50
    added = Interval.objects.get(person=account("village").person_id)
    assert (added.source, added.reason, added.by) == ("hand", "Директор растады.", account("pavlodar"))
    with pytest.raises(rooms.Refused):
        rooms.decide_appeal(appeal=row, grants=False, answer="Жоқ", by=account("pavlodar"))
    assert Appeal.objects.get(pk=row.pk).state == "granted"


def test_a_prompt_is_answered_within_three_minutes(hall: Halls, account: Accounts) -> None:
    here = hall()
    asked = rooms.prompt(session=here.session, by=account("pavlodar"))
    with pytest.raises(rooms.Refused):
        rooms.prompt(session=here.session, by=account("pavlodar"))
    for _ in range(2):
        rooms.confirm(session=here.session, prompt=asked.pk, by=account("village"))
    rows = {one.person.pk: one for one in evidence.of_session(here.session)}
    assert rows[account("village").person_id].confirmed == 1 and rows[account("student").person_id].confirmed == 0
    type(asked).objects.filter(pk=asked.pk).update(at=timezone.now() - timedelta(minutes=5), until=timezone.now() - timedelta(minutes=2))  # fmt: skip
    with pytest.raises(rooms.Refused, match="Үш минут"):
        rooms.confirm(session=here.session, prompt=asked.pk, by=account("student"))


def test_the_pages_of_evidence(over: Hall, browse: Browse, account: Accounts) -> None:
    watch(over, account("village").person_id, 0, 30)
    rooms.fold(session=over.session)
    organiser, her = browse("pavlodar"), browse("village")
    shown = organiser.get(over.address("presence")).content.decode()
    assert account("village").person.short_name("kk") in shown and "70" in shown
    workbook: Any = organiser.get(over.address("presence_file"))
    assert workbook.status_code == 200 and b"".join(workbook.streaming_content)[:2] == b"PK"
    assert her.get(over.address("presence")).status_code == her.get(over.address("presence_file")).status_code == 404
    mine = her.get(over.address("mine")).content.decode()
    assert "25" in mine and "«Мен болдым»" in mine
    local = timezone.localtime(over.session.starts_at)
    asked = {"begins": f"{local:%H:%M}", "ends": f"{local + timedelta(minutes=90):%H:%M}", "text": "Телефоннан"}
    assert her.post(over.address("mine"), {**asked, "ends": "x"}).status_code == 422
    assert her.post(over.address("mine"), asked).status_code == 302
    appeal = Appeal.objects.get()
    assert organiser.get(over.address("decide", appeal.pk)).status_code == 200
    assert organiser.post(over.address("decide", appeal.pk), {"grants": "yes", "answer": "Жарайды"}).status_code == 302
    by_hand = {"person": account("student").person_id, "begins": asked["begins"], "ends": asked["ends"], "text": "Парақ бойынша"}  # fmt: skip
    assert organiser.get(over.address("by_hand")).status_code == 200
    assert organiser.post(over.address("by_hand"), by_hand).status_code == 302
    assert organiser.post(over.address("by_hand"), {**by_hand, "text": ""}).status_code == 422
    assert organiser.post(over.address("feed")).status_code == 302
    assert Mark.objects.filter(session=over.session, superseded_at=None, minutes=90).count() == 2


def test_a_page_without_script_counts_by_being_loaded_again(hall: Halls, browse: Browse, account: Accounts) -> None:
    here = hall()
    client = browse("village")
    for _ in range(2):
        assert client.get(f"{here.address()}?plain=1").status_code == 200
    beats = LiveBeat.objects.filter(subject=channels.subject(here.room, account("village").person_id))
    assert [one.mark for one in beats.order_by("at", "pk")] == ["o", "b", "o", "b"] and beats[0].tab.startswith("page-")


def test_a_stranger_who_was_let_in_is_seen_and_gets_no_mark(over: Hall, account: Accounts) -> None:
    rooms.knock(session=over.session, by=account("mentor"))
    rooms.admit(session=over.session, participant=Participant.objects.get(person=account("mentor").person_id).pk, by=None)  # fmt: skip
    watch(over, account("mentor").person_id, 0, 20)
    rooms.feed(session=over.session, by=account("pavlodar"))
    row = next(one for one in evidence.of_session(Session.objects.get(pk=over.session.pk)) if one.person.pk == account("mentor").person_id)  # fmt: skip
    assert (row.minutes, row.enrolment, row.mark) == (20, None, None)
