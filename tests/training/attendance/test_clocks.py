"""Clocks that are years off, a timetable that moved meanwhile, whose pages they are, and how the queue counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orken.kit.offline import sealing
from orken.kit.offline.middleware import HEADER
from orken.kit.offline.models import Operation
from orken.kit.offline.registry import Sent
from orken.kit.offline.views import words
from orken.training import services as training
from orken.training.attendance import selectors
from orken.training.attendance.refusals import MARK, REASONS
from orken.training.models import Mark
from tests.training.attendance.conftest import Held
from tests.training.attendance.phones import Outcome, Phone, as_json, proved, undone
from tests.training.conftest import Accounts

STATES = st.sampled_from(["present", "late", "absent", "excused"])


def test_a_clock_years_off_is_put_right(phones: tuple[Held, Phone, Phone]) -> None:
    _made, phone, _other = phones
    line = phone.note("present")
    wrong = Sent(line.uid, 1, MARK, "", line.payload, datetime(2019, 1, 1, 9, tzinfo=UTC))
    phone.send([wrong], clock=datetime(2019, 1, 1, 11, tzinfo=UTC))
    found = Operation.objects.get(uid=line.uid)
    assert abs(found.received_at - found.made_at - timedelta(hours=2)) < timedelta(minutes=1)
    second = phone.note("present", place=1)
    ahead = Sent(second.uid, 2, MARK, "", second.payload, datetime(9998, 1, 1, tzinfo=UTC))
    phone.send([ahead])
    found = Operation.objects.get(uid=second.uid)
    assert found.made_at <= found.received_at


CLOCKS = st.datetimes(min_value=datetime(1901, 1, 2), max_value=datetime(2999, 12, 30), timezones=st.just(UTC)) | st.sampled_from(
    [datetime(1999, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC), datetime(1, 1, 1, 12, tzinfo=UTC), datetime(9999, 12, 31, 12, tzinfo=UTC)]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(st.tuples(st.integers(0, 1), STATES, CLOCKS), min_size=1, max_size=8), cut=st.integers(0, 8),
    clocks=st.tuples(CLOCKS, CLOCKS),
)  # fmt: skip
def test_whatever_the_clock_says_nothing_is_refused_and_the_order_of_the_lines_decides(
    phones: tuple[Held, Phone, Phone], written: list[tuple[int, str, datetime]], cut: int, clocks: tuple[datetime, datetime]
) -> None:  # fmt: skip
    """The clock jumps between any two lines and between two sendings: what stands is what she wrote last."""
    made, owner, _other = phones
    with undone():
        phone, before = Phone(made, owner.by), timezone.now()
        for place, state, clock in written:
            phone.note(state, place=place)
            told = sealing.lines_of([{**as_json(phone.lines[-1]), "made_at": clock.isoformat()}])
            phone.lines[-1] = told[0]
        for lines, clock in ((phone.lines[:cut], clocks[0]), (phone.lines, clocks[1])):
            phone.send(lines, clock=clock)
        log = list(Operation.objects.filter(device=phone.id).order_by("sequence"))
        assert [one.uid for one in log] == [line.uid for line in phone.lines]
        assert not [one.reason for one in log if one.outcome == Outcome.REFUSED or one.outcome == Outcome.DIFFERS]
        moments = [one.made_at for one in log]
        assert moments == sorted(moments) and all(one.made_at <= one.received_at for one in log)
        assert all(before <= one.received_at <= timezone.now() for one in log)
        for one, (_place, _state, clock) in zip(log, written, strict=True):
            assert one.claimed_at == (clock if 1900 <= clock.year < 3000 else None)
        for place in {place for place, _state, _clock in written}:
            last = [state for where, state, _clock in written if where == place][-1]
            standing = made.standing(place)
            assert standing is not None and standing.state == last and standing.recorded_at >= before
        proved()


def test_the_centres_time_is_shown_and_what_the_device_said_beside_it(
    phones: tuple[Held, Phone, Phone], browse: Callable[[str], Client], account: Accounts
) -> None:
    made, phone, other = phones
    line = phone.note("present")
    phone.send([replace(line, claimed_at=datetime(1999, 3, 4, 5, 6, tzinfo=UTC))])
    other.note("absent")
    other.send([replace(other.lines[0], claimed_at=datetime(2040, 7, 8, 9, 10, tzinfo=UTC))])
    today = timezone.localdate()
    address = reverse("training:mark_history", args=[made.run.code, made.sessions[0].pk, made.who()])
    shown = browse("trainer").get(address).content.decode()
    assert "1999" in shown and "2040" in shown and f'<time datetime="{today:%Y-%m-%d}' in shown
    aside = Mark.objects.get(aside=True, session__run=made.run)
    shown = browse("national").get(reverse("training:settle", args=[made.run.code, aside.pk])).content.decode()
    assert "1999" in shown and "2040" in shown and str(today.year) in shown
    # A device whose clock is right has no second time.
    third = phone.note("present", place=1)
    phone.send([replace(third, claimed_at=timezone.now())])
    address = reverse("training:mark_history", args=[made.run.code, made.sessions[0].pk, made.who(1)])
    with translation.override("kk"):
        beside = str(_("by the clock of the device: %(day)s, %(time)s")).split("%")[0]
    assert beside not in browse("trainer").get(address).content.decode()


def test_a_session_that_was_moved_while_she_had_no_connection(
    phones: tuple[Held, Phone, Phone], account: Accounts
) -> None:
    """To a day that has not come: the line is refused with its reason. Shorter: «present» is all of what it is now,
    and minutes that it no longer has are refused."""
    made, phone, _other = phones
    national = account("national")
    phone.note("present", minutes=90)
    phone.note("late", place=1, minutes=80)
    phone.note("present", place=2, session=1, minutes=90)
    first, second = made.sessions[:2]
    training.change_session(session=first, by=national, values={"ends_at": first.starts_at + timedelta(minutes=60)})
    later = {"starts_at": second.starts_at + timedelta(days=3), "ends_at": second.ends_at + timedelta(days=3)}
    training.change_session(session=second, by=national, values=later)
    receipt = phone.send()
    assert [(one.state, one.reason) for one in receipt.answers] == [("done", ""), ("refused", "minutes"), ("refused", "coming")]  # fmt: skip
    standing = made.standing()
    assert standing is not None and standing.minutes == 60
    assert {one.why for one in selectors.refused(made.run)} == {str(REASONS["coming"]), str(REASONS["minutes"])}
    assert Operation.objects.filter(device=phone.id).count() == 3
    proved()


def test_what_comes_after_a_line_whose_number_does_not_fit_waits_with_it(phones: tuple[Held, Phone, Phone]) -> None:
    """A browser that could not note an answer numbers anew: no later hand comes before an earlier one."""
    _made, phone, _other = phones
    for place in (0, 1, 2):
        phone.note("present", place=place)
    phone.send()
    stale = [Sent(uuid4(), number, MARK, "", phone._line(MARK, dict(phone.lines[0].payload), "").payload, timezone.now()) for number in (3, 4)]  # fmt: skip
    assert [one.state for one in phone.send(stale).answers] == ["renumber", "renumber"]
    assert Operation.objects.filter(device=phone.id).count() == 3
    again = [replace(line, sequence=number) for line, number in zip(stale, (4, 5), strict=True)]
    assert [one.state for one in phone.send(again).answers] == ["same", "same"]
    proved()


def test_the_key_of_an_outbox_stands_on_pages_of_its_owner_alone_and_outlives_a_new_secret(
    browse: Callable[[str], Client], settings: Any
) -> None:
    mine, hers = (browse(login).get(reverse("offline:own")).context["offline"] for login in ("trainer", "village"))
    assert mine["account"] != hers["account"] and mine["keys"] != hers["keys"] and len(mine["keys"]) == 1
    for path in (reverse("offline:away"), reverse("worker")):
        shown = browse("trainer").get(path).content.decode()
        assert mine["keys"][0] not in shown and mine["account"] not in shown
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    assert browse("trainer").get(reverse("offline:own")).context["offline"]["keys"][1:] == mine["keys"]


def test_every_page_says_whose_it_is_by_a_word_that_names_nobody(browse: Callable[[str], Client]) -> None:
    """The service worker reads it: pages of another account leave the browser before hers is shown."""
    home = reverse("portal:home")
    trainer = browse("trainer").get(reverse("portal:desk"))[HEADER]
    assert trainer == browse("trainer").get(home)[HEADER] != browse("village").get(home)[HEADER]
    assert len(trainer) == 16 and browse("").get(home)[HEADER] == ""
    assert HEADER not in browse("trainer").get(reverse("offline:hello"))


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("kk", {1: "1 жазба жіберілуін күтіп тұр.", 14: "14 жазба жіберілуін күтіп тұр."}),
        ("ru", {1: "1 запись ждёт отправки.", 2: "2 записи ждут отправки.", 14: "14 записей ждут отправки.", 21: "21 запись ждёт отправки."}),
        ("en", {1: "1 line waits to be sent.", 14: "14 lines wait to be sent."}),
    ],
)  # fmt: skip
def test_the_queue_counts_as_the_language_does(language: str, forms: dict[int, str]) -> None:
    """Browsers choose by the names one, few, many, other: CLDR for kk, ru and en."""
    with translation.override(language):
        told = words()["waiting"]
    for number, text in forms.items():
        few = language == "ru" and number % 10 in (2, 3, 4) and number not in (12, 13, 14)
        one = number == 1 or (language == "ru" and number % 10 == 1 and number != 11)
        form = "one" if one else "few" if few else "many" if language == "ru" else "other"
        assert told[form].replace("%(n)s", str(number)) == text
