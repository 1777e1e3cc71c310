"""Works of the demo: an assignment of the course of digital safety with two markers, and four learners at different places.

One is marked with remarks on the text and on the drawing, one was returned and handed in again and waits for its second
marker, two wrote nearly the same, and the village librarian has not begun.
"""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Max
from django.utils import timezone
from PIL import Image, ImageDraw, ImageOps

from orken.assignments import content, likeness, places, rubrics
from orken.assignments import demo_texts as told
from orken.assignments.models import (
    Assignment,
    AssignmentVersion,
    Flag,
    FrozenRubric,
    Marking,
    Part,
    Remark,
    Review,
    Work,
)
from orken.assignments.services import likeness as finding
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.network.models import Appointment
from orken.people.models import Person
from orken.training import services as training
from orken.training.demo.build import settle_letters
from orken.training.models import Applicant, Application, Enrolment, Run, SeatMove, Trainer

RUN = "NL-2026-46"
WRITTEN = datetime(2026, 10, 5, 10, 0, tzinfo=timezone.get_fixed_timezone(300))
BEGUN = datetime(2026, 11, 12, 9, 0, tzinfo=timezone.get_fixed_timezone(300))
DUE = datetime(2026, 12, 7, 23, 59, 59, tzinfo=timezone.get_fixed_timezone(300))
SEATED = datetime(2026, 11, 2, 10, 0, tzinfo=timezone.get_fixed_timezone(300))
SIZE = (960, 640)
LEVELS = {
    "first": {"c1": 3, "c2": 3, "c3": 2, "c4": 2}, "second": {"c1": 3, "c2": 2, "c3": 2, "c4": 2},
    "short": {"c1": 1, "c2": 1, "c3": 0, "c4": 0}, "short2": {"c1": 0, "c2": 1, "c3": 0, "c4": 0}, "again": {"c1": 3, "c2": 2, "c3": 3, "c4": 2},
}  # fmt: skip
State, Role = Work.State, Review.Role


def build(stage: Stage) -> None:
    run = Run.objects.filter(code=RUN).select_related("host").first()
    if run is None:
        return
    last = AuditEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    version = _assignment(stage)
    second = stage.made["persons"]["trainer"]
    Trainer.objects.create(run=run, person=second, state=Trainer.State.ACCEPTED, answered_at=WRITTEN)
    first: Person = stage.made["persons"]["national"]
    # As `study` lets them read: the first has come furthest.
    seats = Enrolment.objects.filter(run=run).select_related("person").order_by("person__sort_kk", "pk")
    people = [seat.person for seat in seats if seat.person_id not in (first.pk, second.pk)]
    if len(people) >= 4:
        frozen = FrozenRubric.objects.create(fingerprint=rubrics.fingerprint(told.RUBRIC), criteria=told.RUBRIC, created_at=BEGUN)  # fmt: skip
        _marked(version, people[0], run, frozen, first, second)
        _returned(version, people[1], run, frozen, first, second)
        _alike(version, people[2:4], run)
    _village(stage, run)
    AuditEvent.objects.filter(pk__gt=last).update(at=SEATED)


def _village(stage: Stage, run: Run) -> None:
    """The village librarian of the personas has a seat too: whoever looks around as her finds the assignment not begun."""
    hers = (
        Appointment.objects.at()
        .filter(person=stage.made["persons"]["village"])
        .select_related("person", "unit")
        .first()
    )
    if hers is None:
        return
    paper = training.apply_as_known(
        run=run,
        unit=stage.made["units"]["KZ-55-LIB"],
        by=stage.made["accounts"]["national"],
        lines=[training.Line(hers.person, hers.unit, 1)],
    )
    asked = paper.applicants.get()
    Application.objects.filter(pk=paper.pk).update(created_at=SEATED)
    SeatMove.objects.filter(applicant_id=asked.pk).update(at=SEATED)
    Enrolment.objects.filter(run=run, person=hers.person).update(enrolled_at=SEATED)
    Applicant.objects.filter(pk=asked.pk).update(created_at=SEATED, decided_at=SEATED if asked.decided_at else None)
    settle_letters(SEATED)


def _assignment(stage: Stage) -> AssignmentVersion:
    """Written by the National Library, published by another person."""
    made = Assignment.objects.create(code=told.CODE, unit=stage.made["units"]["NL-VIRTUAL"], synthetic=True, created_at=WRITTEN)  # fmt: skip
    version = AssignmentVersion(
        assignment=made, number=1, created_at=WRITTEN, created_by=stage.made["accounts"]["national"], text_most=5000, photos_most=2, files_most=1, due_days=28,
        resubmissions=2, marking=Marking.TWO, difference=20, pass_mark=60, rubric=told.RUBRIC, **told.TITLES, **told.BRIEFS,
    )  # fmt: skip
    version.published_at, version.published_by = WRITTEN + timedelta(days=3), stage.made["accounts"]["curator"]
    version.fingerprint = content.fingerprint(content.of_version(version))
    version.save()
    version.authors.add(stage.made["accounts"]["national"])
    made.published = version
    made.save(update_fields=["published"])
    return version


def _work(version: AssignmentVersion, person: Person, run: Run, text: str, at: datetime, number: int = 1, **more: Any) -> Work:  # fmt: skip
    return Work.objects.create(
        uid=_uid(f"{person.pk}:{number}"), person=person, assignment=version.assignment, version=version, context=f"study.run:{run.pk}", number=number,
        text=text, prints=likeness.prints(text), revision=2, opened_at=at - timedelta(hours=2), changed_at=at, handed_at=at,
        due_at=DUE if number == 1 else None, **{"state": State.HANDED_IN, **more},
    )  # fmt: skip


def _review(work: Work, person: Person, role: str, frozen: FrozenRubric, chosen: dict[str, int], words: str, at: datetime) -> Review:  # fmt: skip
    return Review.objects.create(
        work=work, reviewer=person, role=role, state=Review.State.GIVEN, asked_at=at - timedelta(minutes=20), rubric=frozen, levels=chosen,
        score=rubrics.score(rubrics.read(frozen.criteria), chosen), words=words, given_at=at,
    )  # fmt: skip


def _close(work: Work, state: str, at: datetime) -> None:
    """As two marks come to, which agree."""
    scores = [one.score for one in work.reviews.all() if one.score is not None]
    work.score = (sum(scores) / len(scores)).quantize(rubrics.CENT)  # type: ignore[union-attr]  # two decimals
    work.state, work.decided, work.closed_at = state, Work.Decided.TWO, at
    work.passed = work.score >= work.version.pass_mark
    work.save()


def _marked(version: AssignmentVersion, person: Person, run: Run, frozen: FrozenRubric, first: Person, second: Person) -> None:  # fmt: skip
    work = _work(version, person, run, told.GOOD, BEGUN)
    photo = _photo(work, wall=True)
    one = _review(work, first, Role.FIRST, frozen, LEVELS["first"], told.WORDS_GOOD, BEGUN + timedelta(days=1))
    _review(work, second, Role.SECOND, frozen, LEVELS["second"], told.WORDS_SECOND, BEGUN + timedelta(days=2))
    quote, words = told.TEXT_REMARK
    begins, ends = places.locate(work.text, quote) or (0, 1)
    Remark.objects.create(review=one, number=1, kind="text", begins=begins, ends=ends, quote=work.text[begins:ends], words=words)  # fmt: skip
    Remark.objects.create(review=one, number=2, kind="photo", part=photo, x=640, y=330, wide=190, high=240, words=told.PHOTO_REMARK)  # fmt: skip
    _close(work, State.DONE, BEGUN + timedelta(days=2))


def _returned(version: AssignmentVersion, person: Person, run: Run, frozen: FrozenRubric, first: Person, second: Person) -> None:  # fmt: skip
    at = BEGUN + timedelta(days=3)
    work = _work(version, person, run, told.SHORT, at)
    one = _review(work, second, Role.FIRST, frozen, LEVELS["short"], told.WORDS_SHORT, at + timedelta(days=1))
    _review(work, first, Role.SECOND, frozen, LEVELS["short2"], told.WORDS_SHORT, at + timedelta(days=1, hours=3))
    quote, words = told.SHORT_REMARK
    begins, ends = places.locate(work.text, quote) or (0, 1)
    Remark.objects.create(review=one, number=1, kind="text", begins=begins, ends=ends, quote=work.text[begins:ends], words=words)  # fmt: skip
    _close(work, State.RETURNED, at + timedelta(days=1, hours=3))
    again = _work(version, person, run, told.LONGER, at + timedelta(days=4), 2, state=State.MARKING)
    _photo(again, wall=False)
    _review(again, second, Role.FIRST, frozen, LEVELS["again"], "", at + timedelta(days=5))


def _alike(version: AssignmentVersion, people: list[Person], run: Run) -> None:
    """Two who wrote nearly the same and sent the same drawing: a question to the trainer."""
    at = BEGUN + timedelta(days=8)
    for place, (person, text) in enumerate(zip(people, (told.SAME, told.ALMOST), strict=True)):
        work = _work(version, person, run, text, at + timedelta(hours=5 * place))
        _photo(work, wall=True, name="place-2.webp", mirrored=True)
        finding.compare(work)
    Flag.objects.update(found_at=at + timedelta(hours=5))


def _photo(work: Work, *, wall: bool, name: str = "place.webp", mirrored: bool = False) -> Part:
    made = ImageOps.mirror(_drawing(wall=wall)) if mirrored else _drawing(wall=wall)
    out = io.BytesIO()
    made.save(out, "WEBP", quality=80, method=0)
    kept = files.store_made([(name, out.getvalue())], media_type="image/webp", purpose="assignment", by_id=None, scope_path=work.assignment.unit.path)[0]  # fmt: skip
    fixed = _uid(f"photo:{work.uid}")
    StoredFile.objects.filter(pk=kept.pk).update(id=fixed, created_at=work.changed_at)
    return Part.objects.create(
        work=work, position=1, kind=Part.Kind.PHOTO, name=name, file_id=fixed, width=SIZE[0], height=SIZE[1],
        sha256=hashlib.sha256(f"drawing:{wall}:{mirrored}".encode()).hexdigest(), look=likeness.look_of(made), added_at=work.changed_at,
    )  # fmt: skip


def _drawing(*, wall: bool) -> Image.Image:
    """A plan from above: walls, the desk of the librarian, the table with the screen, a window."""
    paper = Image.new("RGB", SIZE, (250, 246, 236))
    draw = ImageDraw.Draw(paper)
    line = (44, 60, 96)
    draw.rectangle((60, 60, 900, 580), outline=line, width=8)
    draw.line((320, 60, 640, 60), fill=(120, 170, 214), width=14)
    draw.line((60, 430, 60, 540), fill=(250, 246, 236), width=12)
    draw.rectangle((110, 110, 300, 200), fill=(214, 200, 170), outline=line, width=4)
    table = (640, 220, 820, 430) if wall else (380, 120, 600, 230)
    draw.rectangle(table, fill=(226, 214, 190), outline=line, width=4)
    left, top = table[0] + 30, table[1] + 30
    draw.rectangle((left, top, left + 90, top + 22), fill=(22, 70, 128))
    draw.ellipse((left + 20, top + 50, left + 80, top + 110), fill=(168, 76, 22))
    for shelf in range(3):
        draw.rectangle((120 + shelf * 170, 480, 260 + shelf * 170, 540), fill=(196, 180, 150), outline=line, width=3)
    return paper


def _uid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"orken-demo:assignment:{name}")
