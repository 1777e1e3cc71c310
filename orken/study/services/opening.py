"""A run gets its course: the version that is published at that moment, pinned for as long as the run is remembered."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from orken.courseware.models import Course
from orken.kit.audit import services as audit
from orken.people.models import Account
from orken.study import policy
from orken.study.models import Offering, Seen
from orken.training.models import Run
from orken.training.results import services as results
from orken.training.results.rule import Rule


class Refused(Exception):
    """Nothing was written; the text is a sentence for the organiser."""


# What a result of a course at a distance is made of: its lessons, and its exercises where it has some.
LESSONS, EXERCISES = "lessons", "exercises"


@transaction.atomic
def open_course(*, run: Run, course: Course, pace: str, by: Account, rules: bool = False) -> Offering:
    """Give the run a course. Until somebody has read a block another may be chosen.

    `rules`: the result of this run is made of the course from now on (lessons and exercises instead of attendance);
    other runs of the programme keep the rule that they have.
    Raises OutOfScope, Refused.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("host", "version__programme").get(pk=run.pk)
    policy.require_opening(by, run)
    version = Course.objects.select_related("published").get(pk=course.pk).published
    if version is None:
        raise Refused(_("The course is not published: a run gets only what a second person has read."))
    if course.programme_id and run.version and course.programme_id != run.version.programme_id:
        raise Refused(_("The course teaches another programme than the run."))
    if not run.is_live:
        raise Refused(_("The run is over: it keeps what it had."))
    standing = Offering.objects.filter(run=run).first()
    if standing is not None and Seen.objects.filter(enrolment__run=run).exists():
        raise Refused(_("Somebody has begun to read: the course of this run is not changed any more."))
    if standing is not None:
        standing.delete()
    try:
        with transaction.atomic():
            made = Offering.objects.create(run=run, version=version, pace=pace, opened_by=by)
    except IntegrityError as twin:
        raise Refused(_("Another organiser gave this run a course at the same moment. Look at it.")) from twin
    audit.record(
        "study.opened",
        run,
        by=by,
        scope_path=run.host.path,
        after={"course": course.code, "number": version.number, "pace": pace},
    )
    if rules:
        asked = {LESSONS: version.lessons_needed} | ({EXERCISES: 100} if version.exercises_needed else {})
        try:
            results.set_rule(
                run=run,
                rule=Rule(attendance=0, practical=None, final=None, questionnaire=False, others=asked),
                by=by,
                own=True,
            )
        except results.Refused as refusal:
            raise Refused(str(refusal.text)) from refusal
    return made
