"""Study in the demo: a run that goes on week by week, two at one's own pace, one that opens in March; people in different places."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Max
from django.utils import timezone

from orken.attempts import demo as sittings
from orken.attempts.models import Step
from orken.courseware.models import Course
from orken.curriculum import selectors as curriculum
from orken.discussion.models import Post, Subscription, Thread
from orken.kit import bulk
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import SEED, Stage
from orken.network.models import Appointment, Unit
from orken.people.models import Account, Person
from orken.questions.models import Exercise
from orken.study import outline as outlines
from orken.study import threads
from orken.study.models import Finish, Message, Note, Offering, Seen
from orken.study.selectors.learner import context_of
from orken.study.services.opening import EXERCISES, LESSONS
from orken.training import services as training
from orken.training.demo.build import settle_letters
from orken.training.models import Applicant, Application, CompletionRule, Enrolment, Run, SeatMove, Session, Trainer

WEEKLY, OWN, CATALOGUE, LATER = "NL-2026-45", "NL-2026-46", "NL-2026-47", "NL-2027-04"
OPENED = datetime(2026, 11, 2, 10, 0, tzinfo=timezone.get_fixed_timezone(300))
# How many lessons each of the weekly run has read, by the order of names: some wait, some are stuck, two have finished.
READ = (6, 6, 3, 3, 2, 1, 1, 0, 0)
READ_AT_HER_PACE = (4, 2, 1, 0)
READ_OF_CATALOGUES = (3, 2, 1, 0)
NOTE = "12 және 19 тамыз бос: демалыста болдым. Себебін жазып қойдым."


def build(stage: Stage) -> None:
    courses = {row.code: row for row in Course.objects.exclude(published=None).select_related("published")}
    if "SRDGOB" not in courses:
        return
    national: Account = stage.made["accounts"]["national"]
    last = AuditEvent.objects.aggregate(last=Max("pk"))["last"]
    weekly = _run(
        stage,
        WEEKLY,
        "VL-01",
        national,
        date(2026, 11, 9),
        date(2026, 12, 4),
        "own_pace",
        60,
        ("KZ-55", "KZ-11", "KZ-43"),
        3,
    )
    own = _run(
        stage, OWN, "VL-10", national, date(2026, 11, 9), date(2027, 5, 31), "own_pace", 500, ("KZ-61", "KZ-31"), 2
    )
    # The village librarian has a seat here and has read nothing yet: whoever visits the demo begins the course as she would.
    catalogue = _run(
        stage, CATALOGUE, "VL-06", national, date(2026, 11, 9), date(2027, 4, 30), "own_pace", 200, ("KZ-55", "KZ-59"), 2
    )  # fmt: skip
    with suppress(training.WayIsClosed):  # made before its first day it has not begun
        training.lead(run=Run.objects.get(pk=weekly.pk), way="begin", by=national)
    _offer(weekly, courses["SRDGOB"], Offering.Pace.WEEKLY, national)
    if "SAFE" in courses:
        _offer(own, courses["SAFE"], Offering.Pace.OWN, national)
    if "ECAT" in courses:
        _offer(catalogue, courses["ECAT"], Offering.Pace.OWN, national)
    later = Run.objects.filter(code=LATER).first()
    if later is not None and "ECAT" in courses:
        _offer(later, courses["ECAT"], Offering.Pace.OWN, national)
    _read(
        Offering.objects.select_related("run", "version").get(run=weekly), READ, stage.made["persons"]["village"], NOTE
    )
    if "SAFE" in courses:
        _read(Offering.objects.select_related("run", "version").get(run=own), READ_AT_HER_PACE)
    if "ECAT" in courses:
        _read(Offering.objects.select_related("run", "version").get(run=catalogue), READ_OF_CATALOGUES, stage.made["persons"]["village"])  # fmt: skip
    _ask(Offering.objects.select_related("run__host", "version").get(run=weekly), stage)
    _settle((weekly, own, catalogue), last)


def _run(
    stage: Stage, code: str, programme: str, national: Account, first: date, last: date, form: str, seats: int, regions: tuple[str, ...], many: int
) -> Run:  # fmt: skip
    version = curriculum.published(programme)
    assert version is not None, "the programmes of the demo are published"
    run = training.open_run(
        code=code, kind=Run.Kind.COURSE, host=stage.made["units"]["NL-VIRTUAL"], capacity=seats, by=None, synthetic=True, version=version,
        title_kk=version.title_kk, title_ru=version.title_ru, title_en=version.title_en, form=form, languages=["kk", "ru"], place=None,
        minimum=1, starts_on=first, ends_on=last, apply_until=last - timedelta(14), deciding=Run.Deciding.AT_ONCE, confirm_by=None,
    )  # fmt: skip
    trainer = training.invite_trainer(run=run, person=stage.made["persons"]["national"], by=None)
    training.answer_invitation(trainer=trainer, state=Trainer.State.ACCEPTED, by=national)
    for region in regions:
        _apply(stage, run, region, many, national)
    _welcome(run, stage.made["persons"]["national"])
    training.lead(run=Run.objects.get(pk=run.pk), way="confirm", by=national)
    return run


def _welcome(run: Run, trainer: Person) -> None:
    """An hour together on the first day: what the course asks, and how it goes without a line."""
    begins = timezone.make_aware(datetime.combine(run.starts_on, time(11)))
    session = training.add_session(
        run=run, by=None, starts_at=begins, ends_at=begins + timedelta(hours=1), kind="lecture", room=None, trainers=[trainer],
        title_kk="Танысу: курс қалай өтеді, байланыссыз қалай оқуға болады", title_ru="Знакомство: как идёт курс и как учиться без связи",
        title_en="Getting to know the course, also without a line",
    )  # fmt: skip
    Session.objects.filter(pk=session.pk).update(uid=uuid5(NAMESPACE_URL, f"{run.code}/0"))


def _apply(stage: Stage, run: Run, region: str, many: int, national: Account) -> None:
    """People of a region whose names nobody's sign-in bears, and from Pavlodar the village librarian."""
    unit: Unit = stage.made["units"][region]
    rows = Appointment.objects.filter(
        unit__path__within=unit.path, superseded_at=None, valid_to=None, employment="main"
    )
    others = rows.exclude(person__account__isnull=False).select_related("person", "unit").order_by("pk")
    start = sum(map(ord, run.code)) % max(1, others.count() - many)
    chosen = list(others[start : start + many])
    if region == "KZ-55":
        chosen += list(rows.filter(person=stage.made["persons"]["village"]).select_related("person", "unit")[:1])
    training.apply_as_known(
        run=run, unit=stage.made["units"][f"{region}-LIB"], by=national, lines=[training.Line(one.person, one.unit, 1) for one in chosen]
    )  # fmt: skip


def _offer(run: Run, course: Course, pace: str, by: Account) -> None:
    assert course.published is not None, "only published courses are asked for"
    Offering.objects.create(run=run, version=course.published, pace=pace, opened_at=OPENED, opened_by=by)
    CompletionRule.objects.create(
        run=run, attendance=0, practical=None, final=None, questionnaire=False, others={LESSONS: 100, EXERCISES: 100}, by=by, recorded_at=OPENED
    )  # fmt: skip


def _read(offering: Offering, read: tuple[int, ...], village: Person | None = None, note: str = "") -> None:
    """Everybody has come to a place of her own, an evening after the other; where the village librarian has written a note
    she is in the second lesson, elsewhere before the first.
    """
    rows = list(Enrolment.objects.filter(run=offering.run).order_by("person__sort_kk", "pk").select_related("person"))
    others = [row for row in rows if village is None or row.person_id != village.pk]
    outline = outlines.of(offering.version)
    made = []
    for row, many in zip(others, read, strict=False):
        made += [(row, place, 1.0) for place in range(many)]
    hers = next((row for row in rows if village is not None and row.person_id == village.pk), None)
    if hers is not None and note:
        made += [(hers, 0, 1.0), (hers, 1, 0.5)]
    seen = []
    for row, place, part in made:
        lesson = outline.lessons[place]
        blocks = list(lesson.blocks.all())
        evening = OPENED + timedelta(days=8 + 2 * place + (row.pk % 3), hours=8 + row.pk % 5)
        for n, block in enumerate(blocks[: max(1, round(len(blocks) * part))]):
            seen.append(Seen(enrolment=row, lesson=lesson.key, block=block.key, at=evening + timedelta(minutes=3 * n)))
    Seen.objects.bulk_create(seen)
    finished = [row for row, many in zip(others, read, strict=False) if many == len(outline.lessons)]
    last = {row.pk: max(one.at for one in seen if one.enrolment.pk == row.pk) for row in finished}
    scores = _sat(offering, [(row, last[row.pk] + timedelta(hours=1)) for row in finished])
    for row in finished:
        Finish.objects.create(
            enrolment=row, version=offering.version, at=last[row.pk] + timedelta(hours=2), lessons=len(outline.lessons), of_lessons=len(outline.lessons),
            exercises={code: best for (pk, code), best in scores.items() if pk == row.pk},
        )  # fmt: skip
    if hers is None or not note:
        return
    first = outline.lessons[0]
    block = list(first.blocks.all())[2]
    Note.objects.create(
        enrolment=hers, lesson=first.key, block=block.key, text=note, marked=True,
        created_at=OPENED + timedelta(days=12), changed_at=OPENED + timedelta(days=12),
    )  # fmt: skip


def _sat(offering: Offering, rows: list[tuple[Enrolment, datetime]]) -> dict[tuple[int, str], int]:
    """Whoever has finished has passed the final test too: sittings of the demo's own exercises, question by question."""
    dice, made, scores = random.Random(SEED + 33), [], {}
    for code in outlines.of(offering.version).codes:
        if not Exercise.objects.filter(code=code).exclude(published=None).exists():
            continue
        for row, began in rows:
            items, steps = sittings.sitting(code, row.person, context_of(offering.run_id), began, dice, skill=1.0)
            made += steps
            score = items[0].attempt.score
            scores[row.pk, code] = int(score) if score is not None else 0
    bulk.insert(Step, made)
    return scores


def _ask(offering: Offering, stage: Stage) -> None:
    """A question under a block, answered by the trainer."""
    lesson = outlines.of(offering.version).lessons[1]
    block = next(one for one in lesson.blocks.all() if one.kind == "table")
    thread = threads.open_thread(offering, lesson, block)
    asked = OPENED + timedelta(days=21, hours=3)
    Thread.objects.filter(pk=thread.pk).update(created_at=asked)
    village, trainer = stage.made["persons"]["village"], stage.made["persons"]["national"]
    question = Post.objects.create(
        thread=thread, author=village, text="Оқырман кітапты терезеден қайтарып, ішке кірмей кетсе, бұл келу ме?", language="kk", press=_uid("ask"), created_at=asked
    )  # fmt: skip
    Post.objects.create(
        thread=thread, parent=question, author=trainer, role=threads.TRAINER, language="kk", press=_uid("answer"), created_at=asked + timedelta(hours=2),
        text="Жоқ: келу – ғимаратқа кіру. Терезеден қайтарылған кітапты тек қайтару деп белгілеңіз.",
    )  # fmt: skip
    for person in (village, trainer):
        Subscription.objects.create(thread=thread, person=person, created_at=asked)
    told = Message.objects.create(
        run=offering.run, by=stage.made["accounts"]["national"], at=asked + timedelta(days=1), press=_uid("told"),
        text="Бірінші аптаның сабақтары жұмаға дейін ашық тұрады, сұрақтарыңызды сабақтың астына жазыңыз.",
    )  # fmt: skip
    told.to.set(Enrolment.objects.filter(run=offering.run))


def _uid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"orken:study:{name}")


def _settle(runs: tuple[Run, ...], last: int | None) -> None:
    """Every moment of what the verbs made becomes the demo's own, so that the same seed gives the same rows."""
    Application.objects.filter(run__in=runs).update(created_at=OPENED)
    SeatMove.objects.filter(run__in=runs).update(at=OPENED)
    Trainer.objects.filter(run__in=runs).update(answered_at=OPENED)
    Session.objects.filter(run__in=runs).update(changed_at=OPENED)
    Enrolment.objects.filter(run__in=runs).update(enrolled_at=OPENED)
    for place, applicant in enumerate(Applicant.objects.filter(run__in=runs).order_by("pk")):
        moment = OPENED + timedelta(minutes=place)
        Applicant.objects.filter(pk=applicant.pk).update(
            created_at=moment, decided_at=moment if applicant.decided_at else None
        )
    Run.objects.filter(pk__in=[run.pk for run in runs]).update(created_at=OPENED)
    AuditEvent.objects.filter(pk__gt=last or 0).update(at=OPENED)
    settle_letters(OPENED)
