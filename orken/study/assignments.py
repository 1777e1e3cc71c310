"""Assignments of lessons: how each learner stands, who may hand in and until when, and what follows when a work is marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from orken.assignments import owners, selectors
from orken.assignments.models import Assignment, Work
from orken.assignments.owners import Seat
from orken.courseware import embeds
from orken.courseware.embeds import Standing
from orken.kit.i18n.content import LANGUAGES, text_of
from orken.people.models import Account, Person
from orken.study import exercises
from orken.study.exercises import KIND
from orken.study.policy import OPEN
from orken.training import policy as training
from orken.training.models import Run, Trainer


def register() -> None:
    embeds.register(Assignments())
    owners.register(KIND, Place())


class Assignments:
    """What lessons ask of assignments (`courseware.embeds`)."""

    def stands(self, codes: Collection[str]) -> Mapping[str, embeds.Exercise]:
        """Of these codes those that are published; one query."""
        return {row.code: _embedded(row) for row in _published().filter(code__in=codes)}

    def offered(self) -> list[embeds.Exercise]:
        return [_embedded(row) for row in _published()]

    def standings(
        self, people: Collection[Person], codes: Collection[str], contexts: Collection[str]
    ) -> Mapping[tuple[int, str, str], Standing]:
        """Everybody at once: two queries for one learner and for three hundred; one where none of the codes is ours."""
        known = list(Assignment.objects.filter(code__in=codes).exclude(published=None).select_related("published"))
        if not known:
            return {}
        by_pk = {row.pk: row for row in known}
        found = selectors.standings(people, known, contexts)
        return {
            (person, by_pk[pk].code, context): _standing(by_pk[pk], context, one)
            for (person, pk, context), one in found.items()
        }


def _published() -> QuerySet[Assignment]:
    return Assignment.objects.exclude(published=None).select_related("published")


def _embedded(row: Assignment) -> embeds.Exercise:
    titles = {code: text_of(row.published, "title", code).value for code in LANGUAGES}
    return embeds.Exercise(row.code, titles["kk"], titles["ru"], titles["en"])


def _standing(assignment: Assignment, context: str, found: selectors.Standing) -> Standing:
    """Her newest try is where she goes on; without one, what is asked."""
    address = (
        found.last.get_absolute_url()
        if found.last is not None
        else f"{reverse('assignments:start', args=[assignment.code])}?context={context}"
    )
    return Standing(
        assignment.code, passed=found.passed, best=int(found.best) if found.best is not None else None, left=found.left if not found.waiting else None,
        open=found.draft, waiting=found.waiting, address=address, along=found.draft,
    )  # fmt: skip


class Place:
    """What works ask of a course (`assignments.owners`): the key is the run."""

    def seat(self, key: str, assignment: Assignment, person: Person) -> Seat:
        """Whoever learns in the run, once the lesson that holds the assignment is open, as long as the run goes on."""
        why, offering, opened = exercises.seat_of(key, assignment.code, person)
        return Seat(not why, why, opened, offering.run.ends_on if offering is not None else None)

    def marks(self, account: Account, keys: Iterable[str]) -> set[str]:
        """Where she organises or teaches."""
        return exercises.marked_by(account, keys)

    def markers(self, keys: Iterable[str]) -> Mapping[str, Iterable[Person]]:
        """Who teaches each run; where nobody does yet, its organisers."""
        found: dict[str, list[Person]] = {}
        runs = Run.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()], state__in=OPEN).select_related(
            "host"
        )
        for run in runs.prefetch_related(
            Prefetch("trainers", Trainer.objects.exclude(state=Trainer.State.DECLINED).select_related("person"))
        ):
            teaching = [trainer.person for trainer in run.trainers.all()]
            found[str(run.pk)] = teaching or [account.person for account in training.organisers(run)]
        return found

    def titles(self, keys: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        return exercises.titles_of(keys)

    def closed(self, work: Work) -> None:
        """Marked: perhaps it was the last that her course asked for."""
        exercises.settle(work.context, work.person_id)
