"""What a learner does: reads, notes, finishes. Every line comes the same way from a page and from a device without a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orken.competencies import services as competencies
from orken.competencies.models import Evidence
from orken.competencies.services.evidence import Shown
from orken.kit.audit import services as audit
from orken.notices import services as notices
from orken.people.models import Account
from orken.study import outline as outlines
from orken.study import policy, selectors
from orken.study.models import Finish, Note, Offering, Seen
from orken.study.selectors.learner import asked
from orken.training.models import Enrolment

LANGUAGES = ("kk", "ru", "en")
LONGEST = 4000


class BadPlace(Exception):
    """No such block in the course of this run."""


@dataclass(frozen=True)
class Kept:
    """A note of a device: `base` is the revision that she saw when she wrote it, 0 where there was none."""

    block: UUID
    text: str
    marked: bool
    base: int
    at: datetime


@transaction.atomic
def see(*, enrolment: Enrolment, blocks: Mapping[UUID, datetime], offering: Offering, by: Account) -> int:
    """She has read these blocks, at these moments; what stood read already stays as it was. Answers how many are new.

    No row of the trail for each: the rows themselves are only added and tell when. Raises OutOfScope, BadPlace.
    """
    policy.require_hers(by, enrolment)
    outline = outlines.of(offering.version)
    known = selectors.seen_of([enrolment.pk])[enrolment.pk]
    if any(key not in outline.lesson_of for key in blocks):
        raise BadPlace(str(enrolment.pk))
    fresh = [
        Seen(enrolment=enrolment, lesson=outline.lesson_of[key], block=key, at=at)
        for key, at in blocks.items()
        if key not in known
    ]
    Seen.objects.bulk_create(fresh, ignore_conflicts=True)  # another device may bring the same in this very moment
    if fresh:
        settle(enrolment=enrolment, offering=offering, by=by)
    return len(fresh)


def see_all(*, enrolment: Enrolment, lesson: UUID, offering: Offering, by: Account) -> int:
    """The whole lesson, by its button. Raises OutOfScope, BadPlace."""
    now = timezone.now()
    keys = outlines.of(offering.version).blocks_of.get(lesson)
    if keys is None:
        raise BadPlace(str(lesson))
    return see(enrolment=enrolment, blocks=dict.fromkeys(keys, now), offering=offering, by=by)


@transaction.atomic
def settle(*, enrolment: Enrolment, offering: Offering, by: Account | None) -> Finish | None:
    """When the rule of the course holds she has finished it: kept as it was counted, told, and shown of her competencies.

    Called after a step and after an exercise. A finish is never taken back: a later regrade changes results, not that day.
    """
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if Finish.objects.filter(enrolment=enrolment).exists():
        return None
    run, outline = offering.run, outlines.of(offering.version)
    codes = asked(outline)
    stand = selectors.standings([enrolment.person], outline, run.pk) if codes else {}
    hers = {code: stand[enrolment.person_id, code] for code in codes if (enrolment.person_id, code) in stand}
    found = selectors.progress_of(offering, run, selectors.seen_of([enrolment.pk])[enrolment.pk], hers, codes)
    if not found.holds:
        return None
    made = Finish.objects.create(
        enrolment=enrolment, version=offering.version, lessons=found.done, of_lessons=found.of,
        exercises={one.code: one.best for one in found.exercises if one.best is not None},
    )  # fmt: skip
    if found.exercises and all(one.passed for one in found.exercises):
        _testify(enrolment, offering, made)
    notices.send(
        kind="study.finished", to=enrolment.person, facts={"run": {code: getattr(run, f"title_{code}") for code in LANGUAGES}}, about=run,
        by=None, page=f"/study/{run.code}/", key=f"study.finished:{made.pk}",
    )  # fmt: skip
    audit.record(
        "study.finished",
        run,
        by=by,
        scope_path=run.host.path,
        after={"lessons": made.lessons, "exercises": made.exercises},
    )
    return made


def _testify(enrolment: Enrolment, offering: Offering, finish: Finish) -> None:
    """What the programme promises is shown by exercises that were passed; reading alone shows nothing."""
    version = offering.run.version
    if version is None:
        return
    on = timezone.localtime(finish.at).date()
    shown = [
        Shown(
            enrolment.person,
            outcome.competency,
            outcome.level,
            on,
            offering.run.title[:300],
            f"/run/{offering.run.code}/",
        )
        for outcome in version.outcomes.select_related("competency")
    ]
    competencies.testify_all(kind=Evidence.Kind.TEST, shown=shown, by=None)


@transaction.atomic
def note(*, enrolment: Enrolment, offering: Offering, block: UUID, text: str, marked: bool, by: Account) -> Note | None:
    """Write or change her note beside a block, mark it or take the mark away. Without words and mark it goes. Raises OutOfScope, BadPlace."""
    policy.require_hers(by, enrolment)
    outline = outlines.of(offering.version)
    if block not in outline.lesson_of:
        raise BadPlace(str(block))
    text = text.strip()[:LONGEST]
    row = Note.objects.select_for_update(of=("self",)).filter(enrolment=enrolment, block=block).first()
    if not text and not marked:
        if row is not None:
            row.delete()
        return None
    if row is None:
        return Note.objects.create(
            enrolment=enrolment, lesson=outline.lesson_of[block], block=block, text=text, marked=marked
        )
    row.text, row.marked, row.revision, row.changed_at = text, marked, row.revision + 1, timezone.now()
    row.save()
    return row


@transaction.atomic
def keep_notes(*, enrolment: Enrolment, offering: Offering, notes: Sequence[Kept], by: Account) -> list[Note | None]:
    """Notes of a device, in its order. Where another device has written since, both texts stay, one under the other."""
    made: list[Note | None] = []
    for one in notes:
        row = Note.objects.filter(enrolment=enrolment, block=one.block).first()
        text = one.text.strip()
        if row is not None and row.revision != one.base and row.text and row.text != text and text:
            text = row.text if text in row.text else f"{row.text}\n\n{text}"
        elif row is not None and row.revision != one.base and not text:
            text = row.text  # taken away here, written on there: what was written stays
        made.append(note(enrolment=enrolment, offering=offering, block=one.block, text=text, marked=one.marked, by=by))
    return made


def settle_all(offering: Offering, people: Collection[int]) -> int:
    """After a regrade or a change of the rule: whoever holds it now has finished."""
    rows = Enrolment.objects.filter(run=offering.run, person__in=people, state__in=policy.LEARNING).select_related(
        "person"
    )
    return sum(settle(enrolment=row, offering=offering, by=None) is not None for row in rows)
