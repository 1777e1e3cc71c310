"""Exercises of lessons are sat in the house's sittings: how each learner stands, who may begin, and what follows when one is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.attempts import owners
from orken.attempts import selectors as sittings
from orken.attempts.models import Allowance, Attempt
from orken.attempts.owners import Seat, Text
from orken.courseware import embeds
from orken.courseware.embeds import Standing
from orken.kit.i18n.content import text_of
from orken.people.models import Account, Person
from orken.questions.models import Exercise
from orken.study import outline as outlines
from orken.study import policy, services
from orken.study.models import Offering
from orken.training import policy as training
from orken.training.models import Enrolment, Run, Trainer

KIND = "study.run"  # as `selectors.learner.context_of` names it
State = Attempt.State


def register() -> None:
    embeds.register(Exercises())
    owners.register(KIND, Place())


class Exercises:
    """What lessons ask of exercises (`courseware.embeds`)."""

    def stands(self, codes: Collection[str]) -> Mapping[str, embeds.Exercise]:
        """Of these codes those that are published; one query."""
        return {row.code: _embedded(row) for row in _published().filter(code__in=codes)}

    def offered(self) -> list[embeds.Exercise]:
        return [_embedded(row) for row in _published()]

    def standings(
        self, people: Collection[Person], codes: Collection[str], contexts: Collection[str]
    ) -> Mapping[tuple[int, str, str], Standing]:
        """Everybody at once: three queries for one learner and for three hundred, for one course and for ten."""
        known = {
            row.pk: row
            for row in Exercise.objects.filter(code__in=codes).exclude(published=None).select_related("published")
        }
        sat: dict[tuple[int, int, str], list[Attempt]] = defaultdict(list)
        rows = Attempt.objects.filter(person__in=people, exercise__in=known, context__in=contexts).exclude(
            state=State.VOID
        )
        for row in rows.order_by("number"):
            sat[row.person_id, row.exercise_id, row.context].append(row)
        allowed = Allowance.objects.filter(person__in=people, exercise__in=known, context__in=contexts)
        summed = allowed.values("person", "exercise", "context").annotate(many=Sum("attempts"))
        more = {(one["person"], one["exercise"], one["context"]): one["many"] for one in summed}
        return {
            (person.pk, exercise.code, context): _standing(
                exercise, context, sat.get((person.pk, pk, context), []), more.get((person.pk, pk, context), 0)
            )
            for person in people
            for pk, exercise in known.items()
            for context in contexts
        }


def _published() -> QuerySet[Exercise]:
    return Exercise.objects.exclude(published=None).select_related("published")


def _embedded(row: Exercise) -> embeds.Exercise:
    titles = {code: text_of(row.published, "title", code).value for code in ("kk", "ru", "en")}
    return embeds.Exercise(row.code, titles["kk"], titles["ru"], titles["en"])


def _standing(exercise: Exercise, context: str, sat: list[Attempt], more: int) -> Standing:
    """By the rule of the exercise which of her sittings counts; a mark of an earlier version counts as it was given."""
    version = exercise.published
    assert version is not None, "asked for by whoever calls"
    done = [one for one in sat if one.state == State.DONE]
    chosen = sittings.counting(done, version.counts)
    scores = [one.score for one in done if one.score is not None]
    begun = next((one for one in sat if one.state == State.OPEN), None)
    limit = None if version.attempts is None else version.attempts + more
    address = (
        begun.get_absolute_url()
        if begun is not None
        else f"{reverse('attempts:start', args=[exercise.code])}?context={context}"
    )
    return Standing(
        exercise.code, passed=bool(chosen and chosen.passed), best=int(max(scores)) if scores else None, left=None if limit is None else max(0, limit - len(sat)),
        open=begun is not None, waiting=any(one.state == State.WAITING for one in sat), address=address,
    )  # fmt: skip


class Place:
    """What sittings ask of a course (`attempts.owners`): the key is the run."""

    def seat(self, key: str, exercise: Exercise, person: Person) -> Seat:
        """Whoever learns in the run, once the lesson that holds the exercise is open, as long as the run goes on."""
        why, _offering, _day = seat_of(key, exercise.code, person)
        return Seat(not why, why)

    def marks(self, account: Account, keys: Iterable[str]) -> set[str]:
        return marked_by(account, keys)

    def titles(self, keys: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        return titles_of(keys)

    def closed(self, attempt: Attempt) -> None:
        """Done or marked: perhaps it was the last that her course asked for."""
        settle(attempt.context, attempt.person_id)


def seat_of(key: str, code: str, person: Person) -> tuple[Text, Offering | None, date | None]:
    """Why she may not do this exercise or assignment in the run now, empty when she may; since when its lesson is open."""
    offering = Offering.objects.select_related("run", "version").filter(run=_number(key)).first()
    hers = offering and Enrolment.objects.filter(run=offering.run, person=person, state__in=policy.LEARNING).exists()
    if offering is None or not hers or offering.run.state not in policy.OPEN:
        return _("Whoever has a seat in this course sits here. Apply on its page."), None, None
    outline = outlines.of(offering.version)
    lesson = next((one for one, block in outline.exercises if block.shared.get("code") == code), None)
    if lesson is None:
        return _("This exercise is not in your course."), offering, None
    opened = outlines.opens_on(offering, offering.run, outline.module_of[lesson.key])
    if opened > timezone.localdate():
        return (
            _("The lesson of this exercise is not open yet: its day stands on the page of the course."),
            offering,
            opened,
        )
    if not offering.run.is_live:
        return _("The run is over: it keeps what it had."), offering, opened
    return "", offering, opened


def marked_by(account: Account, keys: Iterable[str]) -> set[str]:
    """Where she organises or teaches; two queries."""
    runs = {_number(key) for key in keys}
    taught = Trainer.objects.filter(run__in=runs, person=account.person_id).exclude(state=Trainer.State.DECLINED)
    managed = Run.objects.filter(training.managed(account), pk__in=runs).distinct()
    return {str(pk) for pk in (*taught.values_list("run", flat=True), *managed.values_list("pk", flat=True))}


def titles_of(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """How each run is called, and the page of its course."""
    rows = Run.objects.filter(pk__in=[_number(key) for key in keys])
    return {str(row.pk): (row.title, f"/study/{row.code}/") for row in rows}


def settle(context: str, person: int) -> None:
    """Something was done or marked: perhaps it was the last that her course asked for."""
    run = _number(context.partition(":")[2])
    offering = Offering.objects.select_related("run__host", "run__version", "version").filter(run=run).first()
    seat = (
        Enrolment.objects.filter(run=run, person=person, state__in=policy.LEARNING)
        .select_related("person")
        .order_by("-pk")
        .first()
    )
    if offering is not None and seat is not None:
        services.settle(enrolment=seat, offering=offering, by=None)


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
