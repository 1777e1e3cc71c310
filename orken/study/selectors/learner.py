"""What a learner sees: where she is, what comes next, her notes, what the search finds in her lessons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from orken.courseware import blocks as kinds
from orken.courseware import embeds
from orken.courseware.embeds import Standing
from orken.courseware.models import Lesson, Module
from orken.kit.i18n.content import current_language
from orken.kit.text import analyser
from orken.people.models import Account, Person
from orken.study import outline as outlines
from orken.study.models import Finish, Note, Offering, Seen
from orken.study.outline import Outline
from orken.study.policy import LEARNING, OPEN
from orken.training.models import Enrolment, Run


def context_of(run_pk: int) -> str:
    """How attempts name the place where an exercise is done."""
    return f"study.run:{run_pk}"


def offering_of(code: str) -> Offering | None:
    """The course of a run with everything that its pages ask of both; one query."""
    rows = Offering.objects.select_related("run__host", "run__version__programme", "version__course__unit")
    return rows.filter(run__code=code).first()


def enrolments_of(account: Account) -> QuerySet[Enrolment]:
    """Her seats in runs that have a course, the newest first."""
    rows = Enrolment.objects.filter(
        person=account.person_id, state__in=LEARNING, run__offering__isnull=False, run__state__in=OPEN
    )
    return rows.select_related("run__offering__version__course", "run__host", "finish", "person").order_by(
        "-run__starts_on", "-pk"
    )


def seen_of(enrolments: Collection[int]) -> dict[int, set[UUID]]:
    """Keys of the blocks that each has read; one query."""
    found: dict[int, set[UUID]] = defaultdict(set)
    for enrolment, block in Seen.objects.filter(enrolment__in=enrolments).values_list("enrolment", "block"):
        found[enrolment].add(block)
    return found


def standings(people: Collection[Person], outline: Outline, run_pk: int) -> dict[tuple[int, str], Standing]:
    """How people stand to the exercises of one course; nothing as long as nobody owns exercises."""
    owner, context = embeds.owner(), context_of(run_pk)
    if owner is None or not outline.codes or not people:
        return {}
    found = owner.standings(people, outline.codes, [context])
    return {(person, code): one for (person, code, _context), one in found.items()}


def asked(outline: Outline) -> list[str]:
    """Codes of the exercises that the rule can ask for: those that are published today."""
    return asked_of([outline])[0]


def asked_of(several: Collection[Outline]) -> list[list[str]]:
    """The same for several courses, in one query."""
    owner, codes = embeds.owner(), {code for outline in several for code in outline.codes}
    known = owner.stands(codes) if owner is not None and codes else {}
    return [[code for code in outline.codes if code in known] for outline in several]


@dataclass(frozen=True)
class Place:
    """One lesson on her way: read or not, how far, open or from which day."""

    lesson: Lesson
    module: Module
    read: int
    of: int
    opens_on: date
    open: bool

    @property
    def done(self) -> bool:
        return self.of > 0 and self.read == self.of


@dataclass(frozen=True)
class Progress:
    """How far she is in a course."""

    places: list[Place]
    exercises: list[Standing]
    needed: int  # lessons, in percent
    exercises_needed: bool
    finish: Finish | None = None

    @property
    def done(self) -> int:
        return sum(place.done for place in self.places)

    @property
    def of(self) -> int:
        return len(self.places)

    @property
    def percent(self) -> int:
        """Whole percent of the blocks that she has read, cut and never rounded up."""
        of = sum(place.of for place in self.places)
        return sum(place.read for place in self.places) * 100 // of if of else 0

    @property
    def next(self) -> Place | None:
        """The first lesson that is open and not read to its end; None when there is none."""
        return next((place for place in self.places if place.open and not place.done), None)

    @property
    def waits(self) -> Place | None:
        """The lesson that opens next, when everything that is open is read."""
        return next((place for place in self.places if not place.open), None) if self.next is None else None

    @property
    def undone(self) -> Standing | None:
        """The exercise that she has not passed, when all lessons are read."""
        if not self.exercises_needed or self.next is not None:
            return None
        return next((one for one in self.exercises if not one.passed), None)

    @property
    def holds(self) -> bool:
        """The rule of the course, without rounding: 99 of 100 lessons are not all."""
        lessons = self.of > 0 and self.done * 100 >= self.of * self.needed
        return lessons and (not self.exercises_needed or all(one.passed for one in self.exercises))


def progress_of(
    offering: Offering, run: Run, seen: set[UUID], stand: Mapping[str, Standing], codes: Collection[str], *, today: date | None = None,
    finish: Finish | None = None, all_open: bool = False,
) -> Progress:  # fmt: skip
    """Pure: the outline is remembered, everything else is at hand."""
    day = today or timezone.localdate()
    outline = outlines.of(offering.version)
    places = []
    for lesson in outline:
        module, parts = outline.module_of[lesson.key], outline.blocks_of[lesson.key]
        first = outlines.opens_on(offering, run, module)
        places.append(Place(lesson, module, len(parts & seen), len(parts), first, all_open or first <= day))
    version = offering.version
    return Progress(
        places,
        [stand.get(code, Standing(code)) for code in codes],
        version.lessons_needed,
        version.exercises_needed and bool(codes),
        finish,
    )


@dataclass(frozen=True)
class Learning:
    """One of her courses: the run, and how far she is."""

    run: Run
    enrolment: Enrolment
    progress: Progress


def learning(account: Account) -> list[Learning]:
    """Her courses; those that she has not finished first. The same number of queries for one course and for ten."""
    rows = list(enrolments_of(account))
    if not rows:
        return []
    seen, owner = seen_of([row.pk for row in rows]), embeds.owner()
    several = [outlines.of(row.run.offering.version) for row in rows]
    codes = asked_of(several)
    every = {code for some in codes for code in some}
    stand = (
        owner.standings([rows[0].person], every, [context_of(row.run_id) for row in rows]) if owner and every else {}
    )
    found = []
    for row, some in zip(rows, codes, strict=True):
        hers = {code: stand[row.person_id, code, context_of(row.run_id)] for code in some}
        finish = getattr(row, "finish", None)
        found.append(
            Learning(row.run, row, progress_of(row.run.offering, row.run, seen[row.pk], hers, some, finish=finish))
        )
    return sorted(found, key=lambda one: one.progress.finish is not None)


@dataclass(frozen=True)
class Step:
    """What comes next in one of her courses: a lesson that is open, or, when all are read, its exercises (no lesson)."""

    run: Run
    place: Place | None


def unfinished(account: Account) -> QuerySet[Enrolment]:
    """Her seats in courses that go on and that she has not finished."""
    return enrolments_of(account).filter(finish__isnull=True, run__state__in=Run.LIVE)


def next_steps(account: Account, most: int = 3) -> list[Step]:
    """For her desk: one step of each course that she has not finished, in two queries for any number of them.

    Where everything that is open is read and the next lesson waits for its day, nothing is asked of her.
    """
    rows = list(unfinished(account))
    if not rows:
        return []
    seen, found = seen_of([row.pk for row in rows]), []
    for row in rows:
        offering = row.run.offering
        progress = progress_of(offering, row.run, seen[row.pk], {}, ())
        if progress.next is not None:
            found.append(Step(row.run, progress.next))
        elif progress.waits is None and offering.version.exercises_needed and outlines.of(offering.version).codes:
            found.append(Step(row.run, None))
    return found[:most]


def notes_of(enrolment: Enrolment) -> list[Note]:
    return list(Note.objects.filter(enrolment=enrolment).order_by("-changed_at", "-pk"))


def glossary(offering: Offering) -> list[tuple[str, str]]:
    from orken.courseware import selectors as courseware

    return courseware.glossary(outlines.of(offering.version).modules)


@dataclass(frozen=True)
class Hit:
    """A place of a lesson in which the words stand."""

    lesson: Lesson
    block: UUID
    label: str | Promise
    text: str


def found_in(outline: Outline, words: str, places: Iterable[Place], most: int = 30) -> list[Hit]:
    """Where all the words stand, in any of their forms: in lessons that are open, in transcripts too."""
    language = current_language()
    wanted = [set(analyser.keys(word)[1:] or analyser.keys(word)) for word in analyser.words(words)]
    if not wanted:
        return []
    open_now = {place.lesson.key for place in places if place.open}
    hits = []
    for lesson in outline:
        if lesson.key not in open_now:
            continue
        for block in lesson.blocks.all():
            said, _really = kinds.in_language(block, language)
            try:
                text = kinds.get(block.kind).words(said)
            except KeyError:
                continue
            known = set(analyser.terms(text))
            if all(one & known for one in wanted):
                hits.append(Hit(lesson, block.key, kinds.get(block.kind).label, _around(text, words)))
            if len(hits) >= most:
                return hits
    return hits


def _around(text: str, words: str, size: int = 220) -> str:
    """The part of a text in which the first of the words stands."""
    first = words.split()[0][:5].casefold() if words.split() else ""
    at = max(text.casefold().find(first) - size // 3, 0)
    return ("…" if at else "") + text[at : at + size] + ("…" if at + size < len(text) else "")
