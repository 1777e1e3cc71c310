"""How much of a recording was watched, by whom it counts, and that nobody can claim more than was played."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from orken.credentials import selectors as credentials
from orken.kit.audit import invariants
from orken.people.models import Account
from orken.proceedings import services, watching
from orken.proceedings.models import Recording, Stretch
from orken.proceedings.services.watching import Line
from orken.training import services as training
from orken.training.models import Mark
from tests.proceedings.conftest import Held, Recorded

Accounts = Callable[[str], Account]
STRETCHES = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 300)).filter(lambda one: one[0] < one[1]), max_size=12
)


@given(STRETCHES)
def test_seconds_are_counted_once_however_often_they_were_watched(stretches: list[tuple[int, int]]) -> None:
    seconds = {second for begins, ends in stretches for second in range(begins, ends)}
    assert watching.covered(stretches) == len(seconds) == watching.covered(reversed(stretches))


@given(STRETCHES, STRETCHES)
def test_more_that_was_watched_never_counts_less(some: list[tuple[int, int]], more: list[tuple[int, int]]) -> None:
    before, after = watching.covered(some), watching.covered(some + more)
    assert before <= after <= before + watching.covered(more)
    assert watching.counted(before, 300) <= watching.counted(after, 300) <= 5


@given(st.integers(1, 40_000), st.integers(0, 40_000))
def test_what_counts_is_nothing_below_seventy_percent_and_never_longer_than_the_recording(
    length: int, seconds: int
) -> None:
    minutes = watching.counted(seconds, length)
    if seconds * 100 // length < watching.COUNTS_FROM:
        assert minutes == 0
    else:
        assert 1 <= minutes <= max(1, length // 60)


def play(recording: Recording, account: Account, begins: int, ends: int, after: float, **more: Any) -> int:
    line = Line(more.get("uid") or uuid4(), begins, ends)
    return services.watch(recording=recording, lines=[line], by=account, at=timezone.now() + timedelta(seconds=after))


def recordings_of(account: Account) -> list[Any]:
    return [row for row in credentials.hours_of(account.person).rows if row.observed and row.observed.source.startswith("proceedings.")]  # fmt: skip


def stands(rule: str) -> bool:
    return all(not rows for _name, rows in invariants.run(rule))


@pytest.fixture
def village(account: Accounts) -> Account:
    found = account("village")
    Stretch.objects.filter(person=found.person_id).delete()
    return found


def test_whoever_watches_alone_has_the_minutes_as_recordings_by_steps(
    held: Held, recorded: Recorded, account: Accounts
) -> None:
    recording, who = recorded(held(), seconds=600), account("head")
    shares = [play(recording, who, n * 60, n * 60 + 60, n * 60) for n in range(10)]
    assert shares == [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    (row,) = recordings_of(who)
    assert (row.activity, row.minutes, row.confirmed) == ("recording", 10, True)
    assert credentials.hours_of(who.person).by_activity["recording"] == 10
    assert stands("proceedings") and stands("credentials.hours")


def test_below_seventy_percent_nothing_is_counted(held: Held, recorded: Recorded, account: Accounts) -> None:
    recording, who = recorded(held(), seconds=600), account("head")
    for n in range(6):
        play(recording, who, n * 60, n * 60 + 60, n * 60)
    assert recordings_of(who) == []


def test_nobody_watches_faster_than_the_player_plays(held: Held, recorded: Recorded, account: Accounts) -> None:
    """A browser that claims an hour in a second gets what could be played since its line before."""
    recording, who = recorded(held(), seconds=6000), account("head")
    assert play(recording, who, 0, 6000, 0) == 2  # the first line: at most two minutes and a little
    assert play(recording, who, 0, 6000, 1) == 2
    assert sum(one.ends - one.begins for one in Stretch.objects.filter(person=who.person_id, recording=recording)) < 150


def test_a_line_that_comes_twice_counts_once(held: Held, recorded: Recorded, account: Accounts) -> None:
    recording, who, uid = recorded(held()), account("head"), uuid4()
    for after in (0, 50):
        play(recording, who, 0, 40, after, uid=uid)
    assert Stretch.objects.filter(recording=recording, person=who.person_id).count() == 1


def test_whoever_was_at_the_meeting_gets_nothing_more_for_its_recording(
    held: Held, recorded: Recorded, account: Accounts, browse: Callable[[str], Any]
) -> None:
    run, who = held(), account("head")
    recording = recorded(run)
    session = run.sessions.get()
    unit = who.person.appointments.filter(superseded_at=None)[0].unit
    run.__class__.objects.filter(pk=run.pk).update(state="confirmed", starts_on=timezone.localdate() + timedelta(5), ends_on=timezone.localdate() + timedelta(5), apply_until=timezone.localdate() + timedelta(4))  # fmt: skip
    fresh = run.__class__.objects.get(pk=run.pk)
    training.apply(run=fresh, unit=unit, lines=[training.Line(who.person, unit)], by=who)
    enrolment = fresh.enrolments.get(person=who.person)
    run.__class__.objects.filter(pk=run.pk).update(state="closed", starts_on=run.starts_on, ends_on=run.ends_on, apply_until=run.apply_until)  # fmt: skip
    Mark.objects.create(session=session, enrolment=enrolment, state="present", minutes=120)
    for n in range(4):
        play(recording, who, n * 25, n * 25 + 25, n * 25)
    assert recordings_of(who) == []
    page = browse("head").get(f"/ru/run/{run.code}/recordings/{recording.pk}/").content.decode()
    assert "Вы были на встрече" in page


def test_when_two_records_are_joined_what_both_watched_counts_once(
    held: Held, recorded: Recorded, account: Accounts
) -> None:
    from orken.people.services import merging

    recording, kept, gone = recorded(held()), account("head"), account("village")
    for who in (kept, gone):
        for n in range(4):
            play(recording, who, n * 25, n * 25 + 25, n * 25)
    answers = {one.key: "kept" for one in merging.collisions(kept.person, gone.person)}
    merging.merge(kept=kept.person, gone=gone.person, answers=answers, by=account("national"), scope_path="")
    assert [row.minutes for row in recordings_of(kept) if row.observed.source == recording.source] == [1]
    assert stands("proceedings.hours")
