"""From the rules to the score: who sits, how often, what is checked when, who marks, what is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orken.attempts import selectors, services, statistics
from orken.attempts.events import attempt_closed, attempt_marked
from orken.attempts.invariants import scores, sums
from orken.attempts.models import Attempt, Step
from orken.kit.audit.models import AuditEvent
from orken.network.policy import OutOfScope
from orken.people.models import Person
from orken.people.services import merging
from orken.questions import services as questions
from orken.questions.models import Exercise, Question
from orken.training.models import Enrolment, Run
from tests.attempts.conftest import Accounts, item_of, put, right, wrong

Make = Callable[..., Exercise]
Sit = Callable[..., Attempt]
pytestmark = pytest.mark.django_db
ALL = (
    "question.choice", "question.several", "question.truth", "question.short", "question.numeric", "question.matching", "question.ordering",
    "question.gaps", "question.sorting", "question.hotspot",
)  # fmt: skip


def test_all_at_the_end_every_kind_right_is_a_hundred(exercise: Make, sit: Sit, account: Accounts, place: str) -> None:
    made, by = exercise(kinds=ALL), account("village")
    attempt = sit(made)
    for item in attempt.items.select_related("question"):
        assert put(attempt, by, right(item), position=item.position).state == "answered"
    services.hand_in(attempt=attempt, by=by)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed, attempt.state) == (Decimal(100), True, "done")
    standing = selectors.standing(by.person, made, place)
    assert (standing.best, standing.passed, standing.used, standing.left, standing.open) == (
        Decimal(100),
        True,
        1,
        None,
        None,
    )
    assert not list(sums()) and not list(scores())


def test_every_kind_wrong_passes_nobody(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=ALL)), account("village")
    for item in attempt.items.select_related("question"):
        put(attempt, by, wrong(item), position=item.position)
    services.hand_in(attempt=attempt, by=by)
    attempt.refresh_from_db()
    assert attempt.passed is False and attempt.score is not None and attempt.score < 40


def test_pressed_twice_one_attempt_begins_and_one_ends(exercise: Make, sit: Sit, account: Accounts) -> None:
    made, by = exercise(), account("village")
    assert sit(made).pk == sit(made).pk
    heard: list[int] = []
    attempt_closed.connect(lambda attempt, **more: heard.append(attempt.pk), weak=False, dispatch_uid="test.closed")
    try:
        for _twice in range(2):
            services.hand_in(attempt=sit(made) if not heard else Attempt.objects.get(pk=heard[0]), by=by)
    finally:
        attempt_closed.disconnect(dispatch_uid="test.closed")
    assert len(heard) == 1
    assert AuditEvent.objects.filter(verb="attempt.closed", target_id=str(heard[0])).count() == 1


def test_who_has_no_seat_does_not_sit_and_who_used_all_does_not_sit_again(exercise: Make, sit: Sit, account: Accounts, place: str) -> None:  # fmt: skip
    made = exercise(attempts=1)
    with pytest.raises(services.CannotSit):
        sit(made, "student")
    services.hand_in(attempt=sit(made), by=account("village"))
    with pytest.raises(services.NoAttemptLeft):
        sit(made)
    with pytest.raises(OutOfScope):  # nobody begins for another
        services.open_attempt(exercise=made, person=account("head").person, context=place, by=account("village"))
    with pytest.raises(OutOfScope):
        services.open_attempt(exercise=made, person=account("village").person, context="nowhere:1", by=account("village"))  # fmt: skip
    services.allow(exercise=made, person=account("village").person, context=place, minutes=0, attempts=1, reason="Жарық өшті", by=account("national"))  # fmt: skip
    assert sit(made).number == 2


@pytest.mark.parametrize(("counts", "score"), [("best", 100), ("first", 0), ("last", 50)])
def test_the_attempt_that_counts_is_the_one_of_the_rule(counts: str, score: int, exercise: Make, sit: Sit, account: Accounts, place: str) -> None:  # fmt: skip
    made, by = exercise(kinds=("question.choice", "question.truth"), counts=counts), account("village")
    for told in ([wrong, wrong], [right, right], [right, wrong]):
        attempt = sit(made)
        for item, make in zip(attempt.items.select_related("question"), told, strict=True):
            put(attempt, by, make(item), position=item.position)
        services.hand_in(attempt=attempt, by=by)
    standing = selectors.standing(by.person, made.code, place)
    assert (standing.score, standing.best, standing.used) == (Decimal(score), Decimal(100), 3)


def test_at_once_a_checked_answer_stands(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.choice",), behaviour="immediate")), account("village")
    assert put(attempt, by, wrong(item_of(attempt)), check=True).state == "wrong"
    assert put(attempt, by, right(item_of(attempt)), check=True).outcome == "differs"
    services.hand_in(attempt=attempt, by=by)
    attempt.refresh_from_db()
    assert attempt.score == 0


def test_a_further_try_costs_its_penalty(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.choice",), behaviour="retry", tries=3, penalty=25)), account("village")
    assert put(attempt, by, wrong(item_of(attempt)), check=True).state == "again"
    assert put(attempt, by, wrong(item_of(attempt)), check=True).state == "again"
    put(attempt, by, right(item_of(attempt)))  # changed, not checked any more: handing in checks it
    services.hand_in(attempt=attempt, by=by)
    attempt.refresh_from_db()
    assert attempt.score == 50
    assert not list(sums())


def test_an_essay_waits_and_the_last_mark_settles_the_attempt(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.essay", "question.choice"), pass_mark=70)), account("village")
    put(attempt, by, right(item_of(attempt, 1)), position=1)
    put(attempt, by, right(item_of(attempt, 2)), position=2)
    services.hand_in(attempt=attempt, by=by)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.passed, attempt.unmarked) == ("waiting", None, 1)
    item = item_of(attempt)
    assert [one.pk for one in selectors.to_mark(account("national"))][-1] == item.pk
    assert item.pk not in {one.pk for one in selectors.to_mark(account("pavlodar"))}, "another's run"
    with pytest.raises(OutOfScope):
        services.mark(item=item, share=1, comment="", by=by)
    heard: list[Decimal] = []
    attempt_marked.connect(lambda attempt, **more: heard.append(attempt.score), weak=False, dispatch_uid="test.marked")
    try:
        services.mark(item=item, share=0.5, comment="Мысал жетпейді.", by=account("national"))
    finally:
        attempt_marked.disconnect(dispatch_uid="test.marked")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score, attempt.passed, heard) == ("done", Decimal(75), True, [Decimal(75)])
    assert item_of(attempt).comment == "Мысал жетпейді."
    services.mark(item=item, share=0.1, comment="", by=account("national"))  # a second look
    attempt.refresh_from_db()
    assert attempt.passed is False and item_of(attempt).steps.filter(kind="grade").count() == 3
    assert not list(sums()) and not list(scores())


def test_where_a_person_marks_everything_every_answer_waits_and_an_open_one_does_not(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by = sit(exercise(kinds=("question.choice", "question.truth"), behaviour="manual")), account("village")
    put(attempt, by, right(item_of(attempt)))
    services.hand_in(attempt=attempt, by=by)
    assert [item.state for item in attempt.items.all()] == ["waiting", "gave_up"]


def test_a_wrong_key_is_mended_and_everybody_is_marked_anew(exercise: Make, sit: Sit, account: Accounts, place: str) -> None:  # fmt: skip
    made, by, national = exercise(kinds=("question.choice",)), account("village"), account("national")
    attempt = sit(made)
    put(attempt, by, wrong(item_of(attempt)))
    services.hand_in(attempt=attempt, by=by)
    question = Question.objects.get(slots__version=made.published)
    draft = questions.start_draft(question=question, by=national)
    turned = {**draft.payload, "options": [{**row, "fraction": 100.0 if row["key"] == wrong(item_of(attempt))["key"] else 0.0} for row in draft.payload["options"]]}  # fmt: skip
    questions.write_question(version=draft, payload=turned, by=national, revision=draft.revision)
    questions.publish_question(question=question, by=national, revision=draft.revision + 1)
    assert services.regrade(exercise=made, contexts=[place], reason="Кілт қате", by=national) == (1, 1)
    assert services.regrade(exercise=made, contexts=[place], reason="Тағы", by=national) == (1, 0)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (Decimal(100), True)
    assert Step.objects.filter(item__attempt=attempt, kind="regrade").count() == 1
    with pytest.raises(OutOfScope):
        services.regrade(exercise=made, contexts=[place], reason="…", by=account("pavlodar"))
    assert not list(sums()) and not list(scores())


def test_a_sitting_keeps_the_version_it_began_with(exercise: Make, sit: Sit, account: Accounts) -> None:
    made, national = exercise(kinds=("question.choice",)), account("national")
    attempt = sit(made)
    draft = questions.start_exercise_draft(exercise=made, by=national)
    questions.add_slot(version=draft, by=national, revision=draft.revision, question=Question.objects.filter(kind="question.truth").first())  # fmt: skip
    questions.publish_exercise(exercise=made, by=national, revision=draft.revision + 1)
    attempt.refresh_from_db()
    assert attempt.version.number == 1 and attempt.items.count() == 1
    assert sit(made, "head").items.count() == 2


def test_each_learner_draws_her_own_questions_and_the_same_seed_draws_the_same(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    national = account("national")
    made = exercise(kinds=("question.choice",), shuffle=True)
    draft = questions.start_exercise_draft(exercise=made, by=national)
    bank = Question.objects.filter(kind="question.choice").first().bank  # type: ignore[union-attr]  # the demo has some
    questions.add_slot(version=draft, by=national, revision=draft.revision, pool=bank, tag="safe", many=5)
    questions.publish_exercise(exercise=made, by=national, revision=draft.revision + 1)

    def drawn(login: str, seed: int) -> list[int | None]:
        return [item.question_id for item in sit(made, login, seed).items.all()]

    first, same, other = drawn("village", 5), drawn("head", 5), drawn("mentor", 6)
    assert len(first) == len(set(first)) == 6
    assert first == same != other


def test_standings_of_many_pairs_cost_the_same_as_of_one(exercise: Make, sit: Sit, account: Accounts, place: str) -> None:  # fmt: skip
    made = [exercise(f"E-{n}", kinds=("question.choice",)) for n in range(3)]
    for one in made:
        sit(one)
    person = account("village").person
    with CaptureQueriesContext(connection) as one_pair:
        selectors.standings(person, [(made[0], place)])
    with CaptureQueriesContext(connection) as many:
        found = selectors.standings(person, [(one, place) for one in made] + [("NO-SUCH", place)])
    assert len(one_pair) == len(many) == 3
    assert [one.used for one in found] == [1, 1, 1, 0]


def test_saving_one_answer_costs_a_handful_of_queries_whatever_the_sheet(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    by, counts = account("village"), []
    for code, kinds in (("E-1", ("question.choice",)), ("E-10", ALL)):
        attempt = sit(exercise(code, kinds=kinds))
        item = item_of(attempt)
        told = right(item)
        with CaptureQueriesContext(connection) as asked:
            put(attempt, by, told, base="0")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_figures_appear_with_ten_answers_and_tell_a_reversed_question(exercise: Make, account: Accounts) -> None:
    assert statistics.correlation([0, 0, 1, 1], [1, 0.9, 0.1, 0]) == pytest.approx(-0.99, abs=0.01)
    assert statistics.correlation([1, 1, 1], [0, 1, 0.5]) is None
    found = statistics.of_exercise(Exercise.objects.get(code="SAFE-TEST"))  # thirteen people of the demo sat it
    assert found and all(one.enough and one.answers >= 10 for one in found)
    assert all(0 <= (one.facility or 0) <= 1 for one in found)
    seen = statistics.of_exercise(Exercise.objects.get(code="ECAT-TEST"))  # one did
    assert seen and not any(one.enough for one in seen)


def test_two_records_of_one_person_are_joined_with_their_sittings(exercise: Make, sit: Sit, account: Accounts, place: str) -> None:  # fmt: skip
    made = exercise()
    kept, gone = account("village").person, account("head").person
    services.hand_in(attempt=sit(made, "head"), by=account("head"))
    mine, hers = sit(made), sit(made, "head")
    Enrolment.objects.filter(run__code="SAT-1", person=gone).delete()
    merging.merge(kept=kept, gone=gone, by=account("national"), answers=_answers(kept, gone), scope_path="")
    assert set(Attempt.objects.filter(person=kept, exercise=made).values_list("number", flat=True)) == {1, 2, 3}
    mine.refresh_from_db()
    hers.refresh_from_db()
    assert (mine.state, hers.state) == ("open", "void")


def _answers(kept: Person, gone: Person) -> dict[str, str]:
    return {one.key: "kept" for one in merging.collisions(kept, gone)}


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_begin_one_attempt(exercise: Make, place: str, account: Accounts) -> None:
    made, who = exercise(), account("village")
    found: list[int] = []

    def press() -> None:
        try:
            found.append(services.open_attempt(exercise=made, person=who.person, context=place, by=who).pk)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _n in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert len(found) == 4 and len(set(found)) == 1


def test_a_run_that_is_over_lets_nobody_begin(exercise: Make, sit: Sit, account: Accounts) -> None:
    made = exercise()
    sit(made)
    Run.objects.filter(code="SAT-1").update(state="closed")
    with pytest.raises(services.CannotSit):
        sit(made, "head")
