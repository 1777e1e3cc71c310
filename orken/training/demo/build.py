"""Building the runs of the demo by the verbs themselves, then setting every moment to the demo's own."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Max
from django.utils import timezone

from orken.credentials import services as credentials
from orken.credentials.models import LedgerRow
from orken.curriculum import selectors as curriculum
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.network.models import Appointment, Unit
from orken.notices.models import Delivery, Notice
from orken.people.models import Account
from orken.training import services as training
from orken.training.attendance import demo as attendance
from orken.training.certifying import taught
from orken.training.certifying.rows import source_of
from orken.training.demo import asking, history, written
from orken.training.demo.sample import CANCELLED_BECAUSE, SAMPLES, Sample
from orken.training.models import Applicant, Application, Enrolment, Room, Run, SeatMove, Session, Trainer
from orken.training.papers import demo as papers
from orken.training.results import demo as results

A = Applicant.State
APPLICANT = "training.applicant"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?\+\d\d:\d\d")


def build(stage: Stage) -> None:
    national: Account = stage.made["accounts"]["national"]
    units: dict[str, Unit] = stage.made["units"]
    hall = Room.objects.create(
        unit=units["NL"], name_kk="Үлкен зал", name_ru="Большой зал", name_en="Great hall", seats=80
    )
    Room.objects.create(
        unit=units["KZ-55-LIB"], name_kk="Оқу залы", name_ru="Читальный зал", name_en="Reading room", seats=30
    )
    results.rules(stage)
    _past(stage, units)
    last = AuditEvent.objects.aggregate(last=Max("pk"))["last"]
    # The verbs judge by today's date; the demo is the same on whatever day it is made.
    for sample in SAMPLES:
        run = _open(stage, sample, national, units)
        for place in range(len(sample.sittings)):
            _sit(stage, run, sample, place, hall if run.place_id == units["NL"].pk else None)
        _apply(stage, run, sample, national)
        for way in sample.ways:
            _lead(run, way, national)
    attendance.build(stage)
    asking.reaction_of(Run.objects.select_related("host").get(code=attendance.OVER))
    results.build(stage)
    _settle(stage, last)
    papers.build(stage)


def _past(stage: Stage, units: dict[str, Unit]) -> None:
    """Three years that are over: written first, so that on every page what came later stands before it."""
    runs = history.past_runs(stage)
    written.write(runs, units)
    trail = list(written.trail(runs))
    attendance.history(stage, runs, trail)
    asking.reactions(stage, runs)
    results.history(runs, trail)
    for held in runs:
        if held.over:
            credentials.observe(seen=taught.seen([held.run]), by=held.by, at=history.moment(held.sat_on, "17:00"))
    asking.follow_ups(stage, runs)
    audit.record_all(sorted(trail, key=lambda event: event.at))


def _open(stage: Stage, sample: Sample, national: Account, units: dict[str, Unit]) -> Run:
    last = sample.starts + timedelta(sample.days - 1)
    run = training.open_run(
        code=sample.code, kind=sample.kind, host=units[sample.host], capacity=sample.capacity, by=None, synthetic=True,
        version=curriculum.published(sample.programme) if sample.programme else None,
        title_kk=sample.title[0], title_ru=sample.title[1], title_en=sample.title[2], form=sample.form,
        languages=list(sample.languages), place=units[sample.place] if sample.place else None, minimum=sample.minimum,
        starts_on=sample.starts, ends_on=last, apply_until=sample.starts - timedelta(sample.until), deciding=sample.deciding,
        confirm_by=sample.starts - timedelta(max(sample.until - 2, 1)),
    )  # fmt: skip
    stops = [
        (units[code], sample.starts + timedelta(first), sample.starts + timedelta(end))
        for code, first, end in sample.stops
    ]
    if stops:
        training.set_route(run=run, stops=stops, by=national)
    for login in sample.trainers:
        trainer = training.invite_trainer(run=run, person=stage.made["persons"][login], by=None)
        training.answer_invitation(trainer=trainer, state=Trainer.State.ACCEPTED, by=national)
    for code, seats in sample.pools:
        training.share_seats(
            run=run, unit=units[code], seats=seats, by=national, release_on=run.apply_until - timedelta(2)
        )
    if sample.costs:
        training.set_costs(
            run=run,
            lines=[{"kind": kind, "estimate": amount, "note": ""} for kind, amount in sample.costs],
            by=national,
        )
    return run


def _sit(stage: Stage, run: Run, sample: Sample, place: int, room: Room | None) -> None:
    sitting = sample.sittings[place]
    on = sample.starts + timedelta(sitting.day)
    begins, ends = (
        timezone.make_aware(datetime.combine(on, time.fromisoformat(text))) for text in (sitting.begins, sitting.ends)
    )
    session = training.add_session(
        run=run, by=None, starts_at=begins, ends_at=ends, kind=sitting.kind, room=room,
        title_kk=sitting.topic[0], title_ru=sitting.topic[1], title_en=sitting.topic[2],
        trainers=[stage.made["persons"][login] for login in sample.trainers],
    )  # fmt: skip
    Session.objects.filter(pk=session.pk).update(uid=uuid5(NAMESPACE_URL, f"{run.code}/{place}"))


def _apply(stage: Stage, run: Run, sample: Sample, national: Account) -> None:
    """People of each region apply; then seven of ten are accepted, one waits, one is declined, the rest are under review."""
    for region, people, priority in sample.asks:
        rows = _people(stage, region, people, run)
        if not rows:
            continue
        application = training.apply_as_known(
            run=run, unit=stage.made["units"][f"{region}-LIB"], by=national,
            lines=[training.Line(row.person, row.unit, priority) for row in rows],
        )  # fmt: skip
        if run.deciding == Run.Deciding.AT_ONCE:
            continue
        for place, applicant in enumerate(application.applicants.order_by("pk")):
            if place % 10 == 8:
                training.decline(applicant=applicant, by=national, reason="Бұл тақырыпта былтыр оқыған.")
            elif place % 3 != 2:
                try:
                    training.accept(applicant=applicant, by=national)
                except training.SeatsAreOut:
                    training.let_wait(applicant=applicant, by=national)


def _people(stage: Stage, region: str, number: int, run: Run) -> list[Appointment]:
    unit: Unit = stage.made["units"][region]
    taken = set(Applicant.objects.filter(run=run, person__isnull=False).values_list("person", flat=True))
    rows = (
        Appointment.objects.filter(unit__path__within=unit.path, superseded_at=None, valid_to=None, employment="main")
        .exclude(person__account__isnull=False)
        .exclude(person__in=taken)
        .select_related("person", "unit")
        .order_by("pk")
    )
    found = list(rows)
    start = sum(map(ord, run.code)) % max(1, len(found))
    return (found[start:] + found[:start])[:number]


def _lead(run: Run, way: str, national: Account) -> None:
    fresh = Run.objects.get(pk=run.pk)
    reason = CANCELLED_BECAUSE if way == "cancel" else ""
    with suppress(training.WayIsClosed):  # too few came: it stays tentative, as in life
        training.lead(run=fresh, way=way, by=national, reason=reason)


def _settle(stage: Stage, last: int) -> None:
    """Every moment of what the verbs made becomes the demo's own, so that the same seed gives the same rows.

    `last`: the newest line of the trail before them.
    """
    at = stage.recorded_at
    runs = Run.objects.filter(code__in=[sample.code for sample in SAMPLES])
    Application.objects.filter(run__in=runs).update(created_at=at)
    SeatMove.objects.filter(run__in=runs).update(at=at)
    Session.objects.filter(run__in=runs).update(changed_at=at)
    Trainer.objects.filter(run__in=runs).exclude(answered_at=None).update(answered_at=at)
    Enrolment.objects.filter(run__in=runs).update(enrolled_at=at)
    for place, applicant in enumerate(Applicant.objects.filter(run__in=runs).order_by("pk")):
        moment = at + timedelta(minutes=place)
        Applicant.objects.filter(pk=applicant.pk).update(
            created_at=moment,
            decided_at=moment if applicant.decided_at else None,
            waiting_since=moment if applicant.waiting_since else None,
        )
    runs.update(created_at=at)
    LedgerRow.objects.filter(observed__source__in=[source_of(run) for run in runs]).update(recorded_at=at)
    attendance.settle()
    results.settle()
    AuditEvent.objects.filter(target_kind__startswith="training.", pk__gt=last).update(at=at)
    settle_letters(at)


def settle_letters(at: datetime) -> None:
    """Letters that the verbs told bear the moment of what they tell; so do their keys, by which nobody is told twice."""
    told = Notice.objects.filter(kind__startswith="training.")
    about = told.filter(about_kind=APPLICANT).values_list("about_id", flat=True)
    applicants = {str(one.pk): one for one in Applicant.objects.filter(pk__in=list(map(int, about)))}
    for notice in told.order_by("pk"):
        of = applicants.get(notice.about_id) if notice.about_kind == APPLICANT else None
        told_at = at if of is None else of.decided_at or of.created_at
        key = MOMENT.sub(told_at.isoformat(), notice.key)
        Notice.objects.filter(pk=notice.pk).update(created_at=told_at, key=key)
        Delivery.objects.filter(notice=notice).update(at=told_at)
