"""Answers as a log of steps: nothing twice, nothing lost, nothing written over by an old page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orken.attempts import services
from orken.attempts.algebra import Event, ItemState, Summary, after, penalised, reckon
from orken.attempts.invariants import scores, sums
from orken.attempts.models import Attempt, AttemptItem, Step
from orken.attempts.services import Line
from orken.network.policy import OutOfScope
from orken.questions.models import Exercise
from tests.attempts.conftest import Accounts, item_of, put, right, wrong

Make = Callable[..., Exercise]
Sit = Callable[..., Attempt]
pytestmark = pytest.mark.django_db


def _texts(item: AttemptItem) -> set[str]:
    return {step.payload["answer"]["text"] for step in item.steps.all() if step.payload.get("answer")}


def test_each_change_is_a_step_and_the_last_one_stands(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.short",))), account("village")
    for text in ("а", "аб", "абв"):
        assert put(attempt, by, {"text": text}).outcome == "done"
    item = item_of(attempt)
    assert (item.answer, item.head, item.state) == ({"text": "абв"}, 3, ItemState.ANSWERED)
    assert [step.seq for step in item.steps.all()] == [1, 2, 3]
    assert not list(sums())


def test_the_same_line_sent_again_gets_the_same_answer_and_adds_nothing(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by, op = sit(exercise(kinds=("question.short",))), account("village"), uuid4()
    first = put(attempt, by, {"text": "а"}, op=op, base="0")
    again = put(attempt, by, {"text": "а"}, op=op, base="0")
    assert (first.outcome, first.seq) == (again.outcome, again.seq) == ("done", 1)
    assert item_of(attempt).steps.count() == 1


def test_an_old_tab_does_not_write_over_a_newer_answer_and_she_chooses(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by = sit(exercise(kinds=("question.short",))), account("village")
    put(attempt, by, {"text": "жаңа"}, base="0")
    stale = put(attempt, by, {"text": "ескі"}, base="0")  # the other tab never saw the first
    item = item_of(attempt)
    assert stale.outcome == "differs"
    assert (item.answer, item.branches) == ({"text": "жаңа"}, [2])

    # What the old tab writes on goes on beside: one answer of it stands there, the newest.
    beside = services.write(attempt=attempt, lines=[Line(uuid4(), 1, str(Step.objects.get(seq=2, item=item).client_op_id), {"text": "ескірек"})], by=by)[0]  # fmt: skip
    assert beside.outcome == "differs" and item_of(attempt).branches == [3]

    services.choose(attempt=attempt, position=1, take=3, by=by)
    item = item_of(attempt)
    assert (item.answer, item.branches) == ({"text": "ескірек"}, [])
    assert _texts(item) == {"жаңа", "ескі", "ескірек"}, "what was not chosen stays in the log"
    assert not list(sums())


def test_the_same_answer_from_two_devices_is_no_difference(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.short",))), account("village")
    put(attempt, by, {"text": "ISBN"}, base="0")
    assert put(attempt, by, {"text": " isbn "}, base="0").outcome == "same"
    assert item_of(attempt).branches == []


def test_lines_of_one_device_written_without_a_connection_follow_one_another(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by = sit(exercise(kinds=("question.short",))), account("village")
    ops = [uuid4() for _n in range(4)]
    bases = ["0", *map(str, ops[:-1])]
    lines = [Line(op, 1, base, {"text": str(n)}) for n, (op, base) in enumerate(zip(ops, bases, strict=True))]
    assert [one.outcome for one in services.write(attempt=attempt, lines=lines, by=by)] == ["done"] * 4
    assert item_of(attempt).answer == {"text": "3"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_interleaving_of_two_devices_loses_nothing(data: st.DataObject, exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    """Two devices, each sees its own last line or what the centre showed it; lines come mixed, repeated, in any order of devices."""
    by = account("village")
    if not Exercise.objects.filter(code="MIX").exists():
        exercise("MIX", kinds=("question.short",))
    attempt = sit(Exercise.objects.get(code="MIX"))
    Step.objects.filter(item__attempt=attempt).delete()
    AttemptItem.objects.filter(attempt=attempt).update(state="todo", answer=None, head=0, last=0, branches=[])
    written: dict[str, list[str]] = {"a": [], "b": []}
    base = {"a": "0", "b": "0"}
    sent: list[Line] = []
    for n, device in enumerate(data.draw(st.lists(st.sampled_from("ab"), min_size=1, max_size=12))):
        if data.draw(st.booleans()):  # the page was opened anew and shows what stands
            base[device] = str(item_of(attempt).head)
        text = f"{device}{n}"
        line = Line(uuid4(), 1, base[device], {"text": text})
        base[device] = str(line.op)
        written[device].append(text)
        sent.append(line)
        services.write(attempt=attempt, lines=[line], by=by)
        if data.draw(st.booleans()):  # a replay of anything that was sent
            services.write(attempt=attempt, lines=[data.draw(st.sampled_from(sent))], by=by)
    item = item_of(attempt)
    assert _texts(item) == {*written["a"], *written["b"]}, "every line stands in the log"
    assert item.steps.count() == len(sent), "and none twice"
    newest = {texts[-1] for texts in written.values() if texts}
    assert item.answer is not None
    shown = {item.answer["text"], *(Step.objects.get(item=item, seq=seq).payload["answer"]["text"] for seq in item.branches)}  # fmt: skip
    # What a device wrote last is shown, unless it was written on from by the other, who had seen it.
    last = sent[-1].answer["text"]
    assert last in shown
    assert shown & newest
    assert not list(sums())


@given(st.lists(st.tuples(st.sampled_from(["save", "submit", "grade", "regrade", "comment"]), st.booleans(), st.sampled_from([None, 0.0, 0.5, 1.0])), max_size=20))  # fmt: skip
def test_a_sum_step_by_step_is_the_sum_of_all(told: list[tuple[str, bool, float | None]]) -> None:
    events = [
        Event(n, kind, {"answer": {"text": str(n)}, "share": share, "text": "…", "waits": share is None}, branch and kind == "save")
        for n, (kind, branch, share) in enumerate(told, start=1)
    ]  # fmt: skip
    step_by_step = Summary()
    for event in events:
        step_by_step = after(step_by_step, event)
    assert step_by_step == reckon(events)
    assert step_by_step.last == len(events)
    assert step_by_step.share is None or 0 <= step_by_step.share <= 1


@given(st.floats(0, 1), st.integers(0, 10), st.integers(0, 100))
def test_a_further_try_is_never_worth_more(share: float, tried: int, penalty: int) -> None:
    assert 0 <= penalised(share, tried + 1, penalty) <= penalised(share, tried, penalty) <= share


# --- time ---


def _ago(attempt: Attempt, **delta: int) -> None:
    """The sitting began earlier: its deadline too."""
    by = timedelta(**delta)
    assert attempt.deadline_at is not None
    Attempt.objects.filter(pk=attempt.pk).update(
        opened_at=attempt.opened_at - by, deadline_at=attempt.deadline_at - by, look_at=attempt.deadline_at - by + services.GRACE
    )  # fmt: skip
    attempt.refresh_from_db()


def test_the_clock_closes_what_is_overdue_by_what_was_saved(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.choice", "question.truth"), minutes=10)), account("village")
    put(attempt, by, right(item_of(attempt)))
    assert services.close_overdue() == 0
    _ago(attempt, minutes=11)
    assert services.close_overdue() == 1
    attempt.refresh_from_db()
    assert (attempt.state, attempt.ended, float(attempt.score or 0)) == ("done", "time", 50.0)
    assert attempt.closed_at == attempt.deadline_at, "late clocks take nothing and give nothing"
    assert [item.state for item in attempt.items.all()] == ["right", "gave_up"]
    assert services.close_overdue() == 0
    assert not list(scores())


def test_a_line_written_in_time_counts_though_it_comes_after_the_end(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by = sit(exercise(kinds=("question.choice",), minutes=10)), account("village")
    _ago(attempt, minutes=30)
    services.close_overdue()
    attempt.refresh_from_db()
    assert attempt.score == 0 and attempt.deadline_at is not None
    in_time, too_late = attempt.deadline_at - timedelta(minutes=1), attempt.deadline_at + timedelta(minutes=1)
    assert put(attempt, by, right(item_of(attempt)), made_at=too_late).reason == "late"
    assert put(attempt, by, right(item_of(attempt)), made_at=in_time).outcome == "done"
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (Decimal(100), True)
    assert not list(sums()) and not list(scores())


def test_what_comes_years_later_or_from_the_future_does_not_count(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.choice",), minutes=10)), account("village")
    _ago(attempt, days=9)
    services.close_overdue()
    assert put(attempt, by, right(item_of(attempt)), made_at=attempt.opened_at + timedelta(minutes=1)).reason == "late"
    fresh = sit(exercise("E-2", kinds=("question.choice",), minutes=10))
    assert put(fresh, by, right(item_of(fresh)), made_at=timezone.now() + timedelta(days=900)).outcome == "done"
    step = Step.objects.get(item__attempt=fresh)
    assert step.client_time <= step.server_time


def test_what_another_device_wrote_before_she_handed_in_is_kept_beside_and_does_not_count(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by = sit(exercise(kinds=("question.choice",))), account("village")
    before: datetime = timezone.now()
    put(attempt, by, wrong(item_of(attempt)))
    services.hand_in(attempt=attempt, by=by)
    assert put(attempt, by, right(item_of(attempt)), base="0", made_at=before).outcome == "differs"
    attempt.refresh_from_db()
    assert attempt.score == 0 and item_of(attempt).branches
    assert not list(sums())


def test_more_time_for_one_person_holds_at_once(exercise: Make, sit: Sit, account: Accounts, place: str) -> None:
    made = exercise(kinds=("question.choice",), minutes=10, attempts=1)
    attempt = sit(made)
    _ago(attempt, minutes=8)
    services.allow(exercise=made, person=attempt.person, context=place, minutes=30, attempts=1, reason="Көзі нашар көреді", by=account("national"))  # fmt: skip
    attempt.refresh_from_db()
    assert attempt.deadline_at is not None and attempt.deadline_at > timezone.now() + timedelta(minutes=30)
    with pytest.raises(OutOfScope):
        services.allow(exercise=made, person=attempt.person, context=place, minutes=30, attempts=0, reason="…", by=account("village"))  # fmt: skip


# --- bad input ---


@pytest.mark.parametrize("told", [{"text": "а" * 70_000}, "text", 5, [1]])
def test_what_is_no_answer_is_refused_and_nothing_is_written(told: object, exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt = sit(exercise(kinds=("question.short",)))
    assert put(attempt, account("village"), told).outcome == "refused"
    assert not Step.objects.filter(item__attempt=attempt).exists()


def test_an_answer_that_cannot_be_read_is_kept_and_said(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.numeric",))), account("village")
    written = put(attempt, by, {"text": "он екі"})
    assert written.outcome == "done" and written.says
    assert item_of(attempt).state == ItemState.INVALID
    services.hand_in(attempt=attempt, by=by)
    assert item_of(attempt).state == ItemState.WRONG


def test_nobody_writes_into_the_sheet_of_another(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt = sit(exercise())
    for login in ("head", "national"):
        with pytest.raises(OutOfScope):
            put(attempt, account(login), {"key": "x"})
    with pytest.raises(OutOfScope):
        services.write(attempt=uuid4(), lines=[], by=account("village"))
