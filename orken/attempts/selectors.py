"""Reading sittings. Stable for upper apps: `standing`, `standings`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from orken.attempts import owners
from orken.attempts.algebra import ItemState
from orken.attempts.models import Allowance, Attempt, AttemptItem, Step
from orken.people.models import Account, Person
from orken.questions.models import Counts, Exercise, ExerciseVersion, Question

State = Attempt.State
Pair = tuple[Exercise | ExerciseVersion | str, str]


@dataclass(frozen=True)
class Standing:
    """How a person stands to an exercise at a place. `score` is that of the attempt that counts; `left` None: any number."""

    best: Decimal | None = None
    score: Decimal | None = None
    passed: bool = False
    used: int = 0
    left: int | None = None
    open: Attempt | None = None
    waiting: bool = False  # an attempt waits to be marked
    last_at: object = None


def standing(person: Person, exercise: Exercise | ExerciseVersion | str, context: str) -> Standing:
    """Three queries at most."""
    return standings(person, [(exercise, context)])[0]


def standings(person: Person, pairs: Sequence[Pair]) -> list[Standing]:
    """One for each pair of an exercise (a row, its version or its code) and a place, in three queries."""
    codes = {one for one, _context in pairs if isinstance(one, str)}
    ids = {_exercise_id(one) for one, _context in pairs if not isinstance(one, str)}
    known = {row.pk: row for row in Exercise.objects.filter(Q(code__in=codes) | Q(pk__in=ids)).select_related("published")}  # fmt: skip
    by_code = {row.code: row.pk for row in known.values()}
    keys = [(by_code.get(one) if isinstance(one, str) else _exercise_id(one), context) for one, context in pairs]
    asked = {key for key in keys if key[0] is not None}
    exercises, contexts = [pk for pk, _context in asked], {context for _pk, context in asked}
    sat: dict[tuple[int | None, str], list[Attempt]] = {}
    rows = Attempt.objects.filter(person=person, exercise__in=exercises, context__in=contexts).exclude(state=State.VOID)
    for row in rows.order_by("number"):
        sat.setdefault((row.exercise_id, row.context), []).append(row)
    more: dict[tuple[int, str], int] = {}
    allowed = Allowance.objects.filter(person=person, exercise__in=exercises, context__in=contexts)
    for pk, context, many in allowed.values_list("exercise", "context").annotate(many=Sum("attempts")):
        more[pk, context] = many
    return [
        _standing(sat.get(key, []), known[key[0]].published if key[0] in known else None, more.get((key[0], key[1]), 0) if key[0] else 0)
        for key in keys
    ]  # fmt: skip


def _exercise_id(one: Exercise | ExerciseVersion | str) -> int | None:
    if isinstance(one, str):
        return None
    return one.exercise_id if isinstance(one, ExerciseVersion) else one.pk


def _standing(sat: list[Attempt], version: ExerciseVersion | None, more: int) -> Standing:
    closed = [one for one in sat if one.state in Attempt.COUNTING]
    done = [one for one in closed if one.state == State.DONE]
    best = max((one.score for one in done if one.score is not None), default=None)
    chosen = counting(done, version.counts if version else Counts.BEST)
    limit = version.attempts + more if version is not None and version.attempts is not None else None
    return Standing(
        best=best, score=chosen.score if chosen else None, passed=bool(chosen and chosen.passed), used=len(sat),
        left=None if limit is None else max(0, limit - len(sat)), open=next((one for one in sat if one.state == State.OPEN), None),
        waiting=any(one.state == State.WAITING for one in closed), last_at=max((one.closed_at for one in closed if one.closed_at), default=None),
    )  # fmt: skip


def counting(done: Sequence[Attempt], counts: str) -> Attempt | None:
    """The attempt that counts, of those that are done, in the order of their numbers."""
    if not done:
        return None
    if counts == Counts.FIRST:
        return done[0]
    if counts == Counts.LAST:
        return done[-1]
    return max(done, key=lambda one: (bool(one.passed), one.score or 0, -one.number))


def allowance(person: Person, exercise: Exercise, context: str) -> tuple[int, int]:
    """Minutes and attempts that she has more."""
    found = Allowance.objects.filter(person=person, exercise=exercise, context=context).aggregate(
        minutes=Sum("minutes"), attempts=Sum("attempts")
    )
    return found["minutes"] or 0, found["attempts"] or 0


def own(person: Person) -> QuerySet[Attempt]:
    return Attempt.objects.filter(person=person).exclude(state=State.VOID).select_related("version", "exercise").order_by("-opened_at", "-pk")  # fmt: skip


def items(attempt: Attempt) -> list[AttemptItem]:
    """Its questions with what they ask, in one query."""
    return list(attempt.items.select_related("question").order_by("position"))


def branches(found: Iterable[AttemptItem]) -> dict[int, list[Step]]:
    """What is kept beside the answers, by item; no query where nothing is."""
    wanted = [(item.pk, seq) for item in found for seq in item.branches]
    if not wanted:
        return {}
    condition = Q(pk__in=[])
    for pk, seq in wanted:
        condition |= Q(item=pk, seq=seq)
    kept: dict[int, list[Step]] = {}
    for step in Step.objects.filter(condition).order_by("item", "seq"):
        kept.setdefault(step.item_id, []).append(step)
    return kept


def overdue() -> QuerySet[Attempt]:
    """Those that the clock has to close."""
    return Attempt.objects.filter(state=State.OPEN, look_at__lte=timezone.now()).order_by("look_at")


# --- whoever marks ---


def marked_places(account: Account) -> list[str]:
    """Places with sittings where she marks."""
    contexts = Attempt.objects.exclude(state=State.VOID).values_list("context", flat=True).distinct()
    return sorted(owners.marked_by(account, contexts))


def waiting_at(context: str) -> int:
    """How many answers of one place wait to be marked."""
    return AttemptItem.objects.filter(state=ItemState.WAITING, attempt__state=State.WAITING, attempt__context=context).count()  # fmt: skip


def to_mark(account: Account) -> QuerySet[AttemptItem]:
    """Answers that wait for her, the oldest first. Who wrote them is not said before she has marked."""
    waiting = Attempt.objects.filter(state=State.WAITING).values_list("context", flat=True).distinct()
    places = owners.marked_by(account, waiting)
    rows = AttemptItem.objects.filter(state=ItemState.WAITING, attempt__state=State.WAITING, attempt__context__in=places)  # fmt: skip
    return rows.select_related("question", "attempt__version", "attempt__exercise").order_by("attempt__closed_at", "pk")


def waiting_in(places: QuerySet[Any]) -> QuerySet[AttemptItem]:
    """Answers at these places (a query of contexts) that wait to be marked."""
    return AttemptItem.objects.filter(state=ItemState.WAITING, attempt__state=State.WAITING, attempt__context__in=places)  # fmt: skip


def marked_by(account: Account, at: str = "", most: int = 10) -> list[AttemptItem]:
    """Answers that she marked last, the newest first: their writers may be named to her now, where she still marks."""
    steps = Step.objects.filter(actor=account, kind=Step.Kind.GRADE).order_by("-pk").values_list("item", flat=True)
    pks = list(dict.fromkeys(steps[: most * 5]))[: most * 2]
    rows = AttemptItem.objects.filter(pk__in=pks).exclude(state=ItemState.WAITING)
    rows = rows.select_related("question", "attempt__version", "attempt__person")
    found = sorted(rows, key=lambda row: pks.index(row.pk))
    places = owners.marked_by(account, {row.attempt.context for row in found})
    return [row for row in found if row.attempt.context in places and at in ("", row.attempt.context)][:most]


def last_mark(steps: Iterable[Step]) -> Step | None:
    """The step with which an answer got the mark or the word that stands."""
    marking = (Step.Kind.GRADE, Step.Kind.REGRADE, Step.Kind.COMMENT)
    return max((step for step in steps if step.kind in marking), key=lambda step: step.seq, default=None)


def sittings(exercise: Exercise, contexts: Iterable[str]) -> QuerySet[Attempt]:
    """Attempts at these places with who sat."""
    rows = Attempt.objects.filter(exercise=exercise, context__in=list(contexts)).exclude(state=State.VOID)
    return rows.select_related("person", "version").order_by("-opened_at", "-pk")


@dataclass(frozen=True)
class Exercised:
    """An exercise that somebody sat: how many times, how many passed."""

    exercise: Exercise
    attempts: int
    passed: int
    last: object


def exercised(account: Account) -> list[Exercised]:
    """Exercises with sittings of which she may see figures, or where she marks."""
    from orken.questions import policy as questions

    scope = questions.editable(account)
    places = marked_places(account)
    condition = Q(context__in=places)
    if scope:
        condition |= scope.q("exercise__unit__path")
    counted = (
        Attempt.objects.filter(condition).exclude(state=State.VOID).values("exercise")
        .annotate(n=Count("pk"), good=Count("pk", filter=Q(passed=True)), last=Max("opened_at")).order_by("-last")
    )  # fmt: skip
    rows = {row.pk: row for row in Exercise.objects.filter(pk__in=[one["exercise"] for one in counted]).select_related("unit", "published", "draft")}  # fmt: skip
    return [Exercised(rows[one["exercise"]], one["n"], one["good"], one["last"]) for one in counted]


def of_question(question: Question) -> QuerySet[AttemptItem]:
    """Closed answers to a question in any version."""
    return AttemptItem.objects.filter(question__question=question, attempt__state__in=Attempt.COUNTING)
