"""Work samples of the demo: a seminar that ended three months ago; one sample is accepted, one returned, one waits, the others are asked for.

The village librarian of the personas was there and has not sent hers yet.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from orken.competencies.models import Evidence
from orken.curriculum import selectors as curriculum
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.kit.files.models import StoredFile
from orken.kit.files.services import store
from orken.kit.pdf.rendering import FONTS
from orken.network.models import Appointment, Unit
from orken.people.models import Account, Person
from orken.training import services as training
from orken.training.attendance import services as attendance
from orken.training.demo import asking
from orken.training.demo.build import settle_letters
from orken.training.models import (
    Applicant,
    Application,
    Enrolment,
    Mark,
    Run,
    Sample,
    SampleAsk,
    SampleFile,
    SampleLook,
    SeatMove,
    Session,
    Trainer,
)
from orken.training.samples import selectors, services

CODE, STARTS, ENDS = "PVL-2026-24", date(2026, 8, 20), date(2026, 8, 21)
ASKED_ON = date(2026, 11, 19)
PEOPLE = 7
WORDS = ("Ауыл тарихы туралы кітап. Авторлық белгіні кестеден өзім таптым.", "Жаңа түскен кітаптың карточкасы.", "Бірінші карточкам.")  # fmt: skip
CARDS = (
    ("63.3(5Қаз)", "Қ 28", "Қасымбаев Ж.", "Ертіс өңірінің тарихы", "Павлодар: ЭКО, 2019. – 212 б."),
    ("84(5Қаз)", "М 90", "Мұратбеков С.", "Жусан иісі", "Алматы: Жазушы, 2014. – 176 б."),
    ("26.89(5Қаз)", "", "Ақтоғай ауданы", "Энциклопедия", "Павлодар, 2011. – 340 б."),
)


def build(stage: Stage) -> None:
    national, units = stage.made["accounts"]["national"], stage.made["units"]
    last = AuditEvent.objects.aggregate(last=Max("pk"))["last"]
    run = _held(stage, national, units["KZ-55-LIB"])
    asking.reaction_of(run)
    asked = list(Enrolment.objects.filter(run=run).select_related("person", "unit", "run__version").order_by("pk"))
    asks = [SampleAsk.objects.create(enrolment=one, asked_on=ASKED_ON, due_on=ASKED_ON + services.EXPECTED_IN, synthetic=True) for one in asked]  # fmt: skip
    sent = [
        _sent(ask, place, stage.recorded_at) for place, ask in enumerate(asks[1:4])
    ]  # the first is the village librarian
    by: Account = stage.made["accounts"]["pavlodar"]  # whoever organises it looked first
    first, second = selectors.criteria(asks[1])[:2]
    services.look(sample=sent[0], verdict="accepted", marks={first.pk: 3, second.pk: 2}, words="Сипаттама толық, таңбалар дұрыс. Жарайсыз!", by=by)  # fmt: skip
    services.look(sample=sent[1], verdict="returned", marks={first.pk: 1}, words="Авторлық белгіні Хавкина кестесімен тексеріп, қайта жіберіңізші.", by=by)  # fmt: skip
    _settle(run, stage.recorded_at, last)
    settle_letters(stage.recorded_at)


def _held(stage: Stage, national: Account, host: Unit) -> Run:
    run = training.open_run(
        code=CODE, kind="travelling", host=host, capacity=PEOPLE + 1, by=None, synthetic=True, version=curriculum.published("PVL-01"),
        title_kk="Кәсіби шеберлік мектебі: Ақсу", title_ru="Школа профессионального мастерства: Аксу", title_en="School of Professional Excellence: Aksu",
        form="onsite", languages=["kk"], place=host, starts_on=STARTS, ends_on=ENDS, apply_until=STARTS - timedelta(10),
    )  # fmt: skip
    asked = training.invite_trainer(run=run, person=stage.made["persons"]["trainer"], by=None)
    training.answer_invitation(trainer=asked, state=Trainer.State.ACCEPTED, by=national)
    for day, topic in ((STARTS, ("Сипаттау", "Описание", "Description")), (ENDS, ("Есепке алу", "Учёт", "Accounts"))):
        begins, ends = (timezone.make_aware(datetime.combine(day, time(hour))) for hour in (9, 13))
        session = training.add_session(
            run=run, by=None, starts_at=begins, ends_at=ends, title_kk=topic[0], title_ru=topic[1], title_en=topic[2]
        )
        Session.objects.filter(pk=session.pk).update(uid=uuid5(NAMESPACE_URL, f"{CODE}/{day}"))
    village: Person = stage.made["persons"]["village"]
    rows = Appointment.objects.at().filter(unit__path__within=stage.made["units"]["KZ-55"].path, employment="main")
    others = rows.filter(person__account=None).select_related("person", "unit").order_by("-pk")[: PEOPLE - 1]
    hers = rows.select_related("person", "unit").get(person=village)
    lines = [training.Line(row.person, row.unit) for row in (hers, *others)]
    paper = training.apply_as_known(run=run, unit=host, by=national, lines=lines)
    for applicant in paper.applicants.order_by("pk"):
        training.accept(applicant=applicant, by=national)
    for way in ("confirm", "begin", "close"):
        training.lead(run=Run.objects.get(pk=run.pk), way=way, by=national)
    marks = [
        attendance.Line(session.pk, f"e{seat.pk}", Mark.State.PRESENT, uid=uuid5(NAMESPACE_URL, f"{session.uid}/{seat.pk}"))
        for session in Session.objects.filter(run=run)
        for seat in Enrolment.objects.filter(run=run)
    ]  # fmt: skip
    attendance.write(run=run, lines=marks, by=None)
    return Run.objects.get(pk=run.pk)


def _sent(ask: SampleAsk, place: int, at: datetime) -> Sample:
    """As she would send it; she has no account of her own."""
    sample = Sample.objects.create(ask=ask, number=1, words=WORDS[place], sent_at=at)
    kept = store(
        upload=SimpleUploadedFile(f"card-{place + 1}.png", _card(CARDS[place])), purpose="training.sample", by_id=None,
        scope_path=ask.enrolment.unit.path, allowed=services.TAKEN["photograph"], most=services.LARGEST,
    )  # fmt: skip
    StoredFile.objects.filter(pk=kept.pk).update(
        id=(fixed := uuid5(NAMESPACE_URL, f"{CODE}/card/{place}")), created_at=at
    )
    SampleFile.objects.create(sample=sample, position=1, file_id=fixed)
    return sample


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _card(lines: tuple[str, ...]) -> bytes:
    """A catalogue card with its hole, as a picture: paper, a line of red, the description."""
    font = ImageFont.truetype(str(FONTS / "golos-400.ttf"), 30)
    paper = Image.new("RGB", (1000, 600), (250, 246, 232))
    draw = ImageDraw.Draw(paper)
    draw.line((190, 0, 190, 600), fill=(190, 90, 80), width=2)
    draw.ellipse((480, 530, 520, 570), fill=(120, 116, 108))
    shelf, sign, heading, title, rest = lines
    for at, text in (
        ((30, 60), shelf),
        ((30, 110), sign),
        ((220, 60), heading),
        ((260, 130), title),
        ((260, 200), rest),
    ):
        draw.text(at, text, fill=(40, 44, 60), font=font)
    out = io.BytesIO()
    paper.save(out, "PNG", optimize=True)
    return out.getvalue()


def _settle(run: Run, at: datetime, last: int) -> None:
    """Every moment becomes the demo's own and stands in order, so that the same seed gives the same rows.

    `last`: the newest line of the trail before them.
    """
    opened, asked, seated, kept = (_morning(day) for day in (STARTS - timedelta(40), STARTS - timedelta(30), STARTS - timedelta(25), ENDS + timedelta(1)))  # fmt: skip
    Run.objects.filter(pk=run.pk).update(created_at=opened)
    SeatMove.objects.filter(run=run, applicant_id=None).update(at=opened)
    SeatMove.objects.filter(run=run).exclude(applicant_id=None).update(at=seated)
    Session.objects.filter(run=run).update(changed_at=opened)
    Trainer.objects.filter(run=run).update(answered_at=asked)
    for model in (Application, Applicant):
        model.objects.filter(run=run).update(created_at=asked)
    Applicant.objects.filter(run=run).update(decided_at=seated)
    Enrolment.objects.filter(run=run).update(enrolled_at=seated)
    Mark.objects.filter(session__run=run).update(noted_at=kept, recorded_at=kept)
    SampleLook.objects.filter(sample__ask__enrolment__run=run).update(looked_at=at)
    Evidence.objects.filter(source_address__startswith="/work-samples/").update(recorded_at=at, shown_on=at.date())
    AuditEvent.objects.filter(target_kind__startswith="training.", pk__gt=last).update(at=at)
    AuditEvent.objects.filter(verb="competency.shown", at__gt=at).update(at=at)
