"""Which course, and how this reader stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from orken.courseware.models import Block, Lesson
from orken.people.models import Account
from orken.study import outline as outlines
from orken.study import policy, selectors
from orken.study.models import Offering
from orken.study.outline import Outline
from orken.study.selectors import Progress
from orken.study.selectors.learner import asked
from orken.training.models import Enrolment, Run


def actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


@dataclass(frozen=True)
class Reader:
    """A reader of a course: a learner with her progress, or a trainer who reads along without any."""

    offering: Offering
    outline: Outline
    enrolment: Enrolment | None
    teaches: bool
    progress: Progress
    seen: set[UUID]

    @property
    def run(self) -> Run:
        return self.offering.run


def reader_or_404(request: HttpRequest, code: str) -> Reader:
    """For whoever has no seat and does not teach the run the page does not exist."""
    account = actor(request)
    offering = selectors.offering_of(code)
    if offering is None:
        raise Http404
    rows = Enrolment.objects.filter(
        run=offering.run, person=account.person_id, state__in=policy.LEARNING
    ).select_related("person", "finish")
    enrolment = rows.order_by("-pk").first() if offering.run.state in policy.OPEN else None
    teaches = enrolment is None and policy.teaches(account, offering.run)
    if enrolment is None and not teaches:
        raise Http404
    outline = outlines.of(offering.version)
    seen = selectors.seen_of([enrolment.pk])[enrolment.pk] if enrolment else set()
    codes = asked(outline)
    stand = selectors.standings([enrolment.person], outline, offering.run_id) if enrolment and codes else {}
    hers = {
        code: stand[enrolment.person_id, code] for code in codes if enrolment and (enrolment.person_id, code) in stand
    }
    finish = getattr(enrolment, "finish", None) if enrolment else None
    progress = selectors.progress_of(offering, offering.run, seen, hers, codes, finish=finish, all_open=teaches)
    return Reader(offering, outline, enrolment, teaches, progress, seen)


def taught_or_404(request: HttpRequest, code: str) -> Run:
    run = Run.objects.filter(code=code).select_related("host", "version__programme").first()
    if run is None or not policy.teaches(actor(request), run):
        raise Http404
    return run


def block_or_404(reader: Reader, lesson: UUID, block: UUID) -> tuple[Lesson, Block]:
    found = reader.outline.by_key.get(lesson)
    row = next((one for one in found.blocks.all() if one.key == block), None) if found else None
    place = next((one for one in reader.progress.places if one.lesson.key == lesson), None)
    if found is None or row is None or place is None or not place.open:
        raise Http404
    return found, row
