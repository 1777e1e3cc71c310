"""A meeting in a month that calls for talks: proposals, a first look, invitations; its days are counted from the day the demo is made."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.meetings import services as meetings
from orken.meetings.demo import words
from orken.meetings.models import Guest, Institution, Look, Meeting, Slot, Speaker, Talk
from orken.network.models import Unit
from orken.notices.models import Delivery, Notice
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Run, SeatMove, Session, Trainer

INVITED_AT = re.compile(r":\d{4}-\d\d-\d\dT[^+]+\+00:00:")
CODE, HOST = "PVL-MEETING", "KZ-55-LIB"
FRIDAY = 4


def build(stage: Stage) -> None:
    accounts: dict[str, Account] = stage.made["accounts"]
    units: dict[str, Unit] = stage.made["units"]
    before = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    told = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    run, session = _open(stage, units, accounts["pavlodar"])
    meetings.tell_of(
        run=run, values={"call_until": run.starts_on - timedelta(16), **words.texts("call", words.CALL)}, by=accounts["pavlodar"]
    )  # fmt: skip
    moderator = meetings.name_person(run=run, person=accounts["national"].person, by=accounts["pavlodar"])
    meetings.put_section(
        run=run, titles=words.texts("title", words.PLENARY), moderators=[moderator], sessions=[session], by=accounts["pavlodar"]
    )  # fmt: skip
    proposals = [_propose(run, accounts[login], title, abstract) for login, title, abstract in words.PROPOSED]
    meetings.look_at(talk=proposals[1], verdict=Look.Verdict.TAKE, by=accounts["national"], remark="Кестенің үлгісін көрсетсеңіз.")  # fmt: skip
    own = meetings.name_person(run=run, person=accounts[words.ASKED_FOR[0]].person, by=accounts["pavlodar"])
    meetings.answer_as_speaker(speaker=own, comes=True, consent=Speaker.Consent.YES, by=accounts["pavlodar"])
    talk = meetings.invite_talk(
        run=run, values={**words.texts("title", words.ASKED_FOR[1]), "spoken": "kk", "minutes": 20}, speakers=[own], by=accounts["pavlodar"]
    )  # fmt: skip
    opening = meetings.place(
        run=run, session=session, starts_at=session.starts_at, minutes=10, kind=Slot.Kind.OPENING, titles=words.texts("title", words.OPENING),
        by=accounts["pavlodar"],
    )  # fmt: skip
    meetings.place(run=run, session=session, starts_at=opening.ends_at, minutes=20, talk=talk, by=accounts["pavlodar"])
    libraries = [units[code] for code in (HOST, "KZ-55-D01", "KZ-55-D02", "KZ-11-LIB", "KZ-63-LIB")]
    listed = meetings.list_units(run=run, units=libraries, by=accounts["pavlodar"])
    for row in listed:
        if row.unit is not None and row.unit.code in ("KZ-55-D02", "KZ-11-LIB"):
            meetings.invite_institution(institution=row, by=accounts["pavlodar"])
    meetings.add_guest(run=run, name="Ержанова Салтанат", institution="Бішкек қалалық кітапханасы", email="", by=accounts["pavlodar"])  # fmt: skip
    _settle(stage, run, before, told)


def _open(stage: Stage, units: dict[str, Unit], account: Account) -> tuple[Run, Session]:
    first = timezone.localdate() + timedelta(30)
    first += timedelta(max(0, 7 - first.weekday()) if first.weekday() > FRIDAY else 0)
    title = words.COMING
    run = training.open_run(
        code=CODE, kind="meeting", host=units[HOST], capacity=150, by=None, synthetic=True, title_kk=title[0], title_ru=title[1],
        title_en=title[2], form="live", languages=["kk", "ru"], starts_on=first, ends_on=first, apply_until=first - timedelta(1),
        minimum=10, deciding=Run.Deciding.AT_ONCE,
    )  # fmt: skip
    begins = timezone.make_aware(datetime.combine(first, time(15)))
    session = training.add_session(
        run=run,
        by=None,
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        title_kk=words.SESSION[0],
        title_ru=words.SESSION[1],
        title_en=words.SESSION[2],
    )
    Session.objects.filter(pk=session.pk).update(uid=uuid5(NAMESPACE_URL, f"{CODE}/0"))
    trainer = training.invite_trainer(run=run, person=stage.made["persons"]["national"], by=None)
    training.answer_invitation(trainer=trainer, state=Trainer.State.ACCEPTED, by=account)
    return run, session


def _propose(run: Run, account: Account, title: words.Text, abstract: words.Text) -> Talk:
    values = {**words.texts("title", title), **words.texts("abstract", abstract), "spoken": "kk", "minutes": 15}
    return meetings.propose(run=run, values=values, by=account, press=uuid5(NAMESPACE_URL, f"{CODE}/{account.login}"))


def _settle(stage: Stage, run: Run, before: int, told: int) -> None:
    """Every moment of what the verbs made becomes the demo's own; its letters are not told again."""
    at = stage.recorded_at
    Run.objects.filter(pk=run.pk).update(created_at=at)
    Session.objects.filter(run=run).update(changed_at=at)
    SeatMove.objects.filter(run=run).update(at=at)
    Trainer.objects.filter(run=run).update(answered_at=at)
    Meeting.objects.filter(run=run).update(created_at=at)
    Talk.objects.filter(meeting=run.pk).update(created_at=at)
    Talk.objects.filter(meeting=run.pk, decided_at__isnull=False).update(decided_at=at)
    Look.objects.filter(talk__meeting=run.pk).update(at=at)
    Speaker.objects.filter(meeting=run.pk, answered_at__isnull=False).update(answered_at=at)
    Speaker.objects.filter(meeting=run.pk, consented_at__isnull=False).update(consented_at=at)
    Institution.objects.filter(meeting=run.pk).update(created_at=at)
    Institution.objects.filter(meeting=run.pk, invited_at__isnull=False).update(invited_at=at)
    Guest.objects.filter(meeting=run.pk).update(created_at=at)
    for n, slot in enumerate(Slot.objects.filter(meeting=run.pk).order_by("starts_at")):
        Slot.objects.filter(pk=slot.pk).update(uid=uuid5(NAMESPACE_URL, f"{CODE}/place/{n}"))
    AuditEvent.objects.filter(pk__gt=before).update(at=at)
    for notice in Notice.objects.filter(pk__gt=told):  # the key of an invitation tells when it was sent
        key = INVITED_AT.sub(f":{at.isoformat()}:", notice.key)
        Notice.objects.filter(pk=notice.pk).update(created_at=at, key=key)
        Delivery.objects.filter(notice=notice).update(at=at)
