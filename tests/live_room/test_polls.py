"""Polls: prepared or on the spot, anonymous or by name, and what nobody can read out of them."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from orken.kit.audit import invariants
from orken.kit.live.models import LiveEvent
from orken.live_room import channels, selectors
from orken.live_room import services as rooms
from orken.live_room.models import Poll, PollChoice, PollOption, PollTaken
from orken.live_room.selectors import rooms as reading
from orken.network.policy import OutOfScope
from tests.live_room.conftest import Accounts, Browse, Hall

Halls = Callable[..., Hall]
YES_NO = [{"kk": "Иә", "ru": "Да"}, {"kk": "Жоқ", "ru": "Нет"}]


def put(here: Hall, **values: object) -> Poll:
    asked: dict[str, object] = {
        "texts": {"kk": "Жыл сайын жиналамыз ба?"},
        "options": YES_NO,
        "anonymous": True,
        "many": False,
        "by": None,
    }
    return rooms.put_poll(session=here.session, **{**asked, **values})  # type: ignore[arg-type]  # a test names any of them


def test_an_anonymous_poll_knows_who_answered_and_what_and_nothing_between(hall: Halls, account: Accounts) -> None:
    here = hall()
    poll = put(here)
    yes, no = poll.options.order_by("place")
    with pytest.raises(rooms.Refused):
        rooms.answer_poll(session=here.session, poll=poll.pk, options=[yes.pk], by=account("village"))  # a draft
    rooms.go_poll(session=here.session, poll=poll.pk, way="open", by=account("pavlodar"))
    rooms.answer_poll(session=here.session, poll=poll.pk, options=[yes.pk], by=account("village"))
    rooms.answer_poll(session=here.session, poll=poll.pk, options=[no.pk], by=account("student"))
    with pytest.raises(rooms.Refused, match="жауап беріп қойғансыз"):
        rooms.answer_poll(session=here.session, poll=poll.pk, options=[no.pk], by=account("village"))
    assert not PollChoice.objects.exists() and PollTaken.objects.filter(poll=poll).count() == 2
    assert not {field.name for field in PollTaken._meta.get_fields()} & {"at", "created_at", "option"}
    (seen,) = reading.polls(here.room, Poll.State.values, desk=True)
    assert seen["answered"] == 2 and [one["n"] for one in seen["options"]] == [
        None,
        None,
    ]  # not even the desk before it is over
    assert '"n": 1' not in str(list(LiveEvent.objects.filter(channel=channels.desk(here.room)).values_list("payload", flat=True)))  # fmt: skip


def test_who_presses_twice_opens_one_poll(hall: Halls) -> None:
    here = hall()
    first = put(here, open_now=True)
    assert put(here, open_now=True).pk == first.pk and Poll.objects.filter(room=here.session.pk).count() == 1
    assert put(here, texts={"kk": "Тағы ма?"}, open_now=True).pk != first.pk
    rooms.go_poll(session=here.session, poll=first.pk, way="close", by=None)
    assert put(here, open_now=True).pk != first.pk, "asked anew once the first is closed"


def test_a_result_comes_to_the_stage_when_the_moderator_shows_it(
    hall: Halls, account: Accounts, browse: Browse
) -> None:
    here = hall()
    poll = put(here, open_now=True)
    yes, _no = poll.options.order_by("place")
    rooms.answer_poll(session=here.session, poll=poll.pk, options=[yes.pk], by=account("village"))
    with pytest.raises(rooms.Refused):
        rooms.show_poll(session=here.session, poll=poll.pk, shown=True, by=account("pavlodar"))
    rooms.go_poll(session=here.session, poll=poll.pk, way="close", by=account("pavlodar"))
    assert reading.polls(here.room, Poll.State.values) == [] and selectors.polls(here.run) == []
    rooms.show_poll(session=here.session, poll=poll.pk, shown=True, by=account("pavlodar"))
    ((seen,),) = [reading.polls(here.room, Poll.State.values)]
    assert [(one["n"], one["share"]) for one in seen["options"]] == [(1, 100), (0, 0)]
    page = browse("village").get(here.address()).content.decode()
    stage = page.split('id="stage"')[1].split("</section>")[0]
    assert f'data-stage-result="{poll.pk}">' in stage and "Иә" in stage and '<td class="n">1</td>' in stage
    (result,) = selectors.polls(here.run)
    assert [(one.text["ru"], one.count) for one in result.options] == [("Да", 1), ("Нет", 0)] and result.answered == 1
    assert not [row for rule, rows in invariants.run() if rule.startswith("live_room.") for row in rows]


def test_of_a_poll_by_name_it_is_kept_who_chose_what(hall: Halls, account: Accounts) -> None:
    here = hall()
    poll = put(here, anonymous=False, many=True, open_now=True)
    both = list(poll.options.values_list("pk", flat=True))
    rooms.answer_poll(session=here.session, poll=poll.pk, options=both, by=account("village"))
    assert PollChoice.objects.filter(person=account("village").person_id).count() == 2
    assert list(PollOption.objects.filter(poll=poll).values_list("count", flat=True)) == [1, 1]


def test_what_cannot_be_answered_is_said(hall: Halls, account: Accounts) -> None:
    here = hall()
    poll = put(here, open_now=True)
    both = list(poll.options.values_list("pk", flat=True))
    for wrong in ([], [10**9], both):
        with pytest.raises(rooms.Refused):
            rooms.answer_poll(session=here.session, poll=poll.pk, options=wrong, by=account("village"))
    with pytest.raises(OutOfScope):
        rooms.answer_poll(session=here.session, poll=poll.pk, options=both[:1], by=account("mentor"))
    with pytest.raises(rooms.Refused):
        put(here, options=YES_NO[:1])
    with pytest.raises(rooms.Refused):
        put(here, poll=poll.pk)  # people have answered what they read
    rooms.go_poll(session=here.session, poll=poll.pk, way="close", by=account("pavlodar"))
    with pytest.raises(rooms.Refused, match="сауал жабылып қойды"):
        rooms.answer_poll(session=here.session, poll=poll.pk, options=both[:1], by=account("village"))


@pytest.mark.django_db(transaction=True)
def test_whoever_votes_while_it_is_closed_is_counted_or_told(hall: Halls, account: Accounts) -> None:
    """Two at once: whatever the order, counts and people agree, and whoever came late got a sentence."""
    here = hall()
    poll = put(here, open_now=True)
    yes = poll.options.order_by("place")[0].pk
    voters = [account(login) for login in ("village", "student", "head")]
    closer = account("pavlodar")
    said: list[str] = []
    ready = threading.Barrier(len(voters) + 1)

    def press(do: Callable[[], object]) -> None:
        try:
            ready.wait()
            do()
            said.append("")
        except rooms.Refused as refusal:
            said.append(str(refusal.text))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(lambda one=one: rooms.answer_poll(session=here.session, poll=poll.pk, options=[yes], by=one),)) for one in voters]  # fmt: skip
    threads.append(threading.Thread(target=press, args=(lambda: rooms.go_poll(session=here.session, poll=poll.pk, way="close", by=closer),)))  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    poll.refresh_from_db()
    counted = PollOption.objects.get(pk=yes).count
    assert len(said) == 4 and counted == poll.answered == poll.taken.count() == len(voters) - sum(
        1 for text in said if text
    )


def test_equal_answers_are_refused_in_each_language(hall: Halls) -> None:
    """«Да», «да » and «Нет»: nobody could tell the votes apart; equal words in two languages of one answer are no harm."""
    here = hall()
    with pytest.raises(rooms.Refused, match="«да»"):
        put(here, options=[{"kk": "Иә", "ru": "Да"}, {"kk": "Мүмкін", "ru": "да "}, {"kk": "Жоқ", "ru": "Нет"}])
    assert not Poll.objects.filter(room=here.session.pk).exists()
    assert put(here, options=[{"kk": "Zoom", "ru": "Zoom"}, {"kk": "Teams", "ru": "Teams"}]).options.count() == 2
