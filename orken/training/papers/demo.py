"""Papers of the demo (domain.md §8): orders in force, a run cancelled after its order, a series with a spoiled blank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from orken.credentials.demo import keep_as_always
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.kit.files import services as files
from orken.network.models import Unit
from orken.records import services as records
from orken.records.models import Number, Paper, Signature, TemplateVersion
from orken.records.wording import LETTERHEAD, write
from orken.training.models import Run, Trainer
from orken.training.papers import services
from orken.training.papers.orders import source_of

WHOLE, OVER, HELD, CANCELLED = "PVL-2026-01", "PVL-2026-30", "NL-2026-38", "NL-2026-40"
DRAFTED_ON = date(2026, 11, 25)
PLAN = {
    "basis_kk": "2026 жылғы біліктілікті арттыру жоспары", "basis_ru": "план повышения квалификации на 2026 год",
}  # fmt: skip
LETTERHEADS: dict[str, dict[str, object]] = {
    "NL": {
        "details_kk": "050013, Алматы қаласы, Абай даңғылы, 14", "details_ru": "050013, город Алматы, проспект Абая, 14",
        "signatories": [
            {"post_kk": "Директор", "post_ru": "Директор", "name_kk": "Қ. Мұратбеков", "name_ru": "К. Муратбеков"},
            {"post_kk": "Директордың орынбасары", "post_ru": "Заместитель директора", "name_kk": "С. Әбдірахманова", "name_ru": "С. Абдрахманова"},
        ],
    },
    "KZ-55-LIB": {
        "details_kk": "140000, Павлодар қаласы", "details_ru": "140000, город Павлодар",
        "signatories": [{"post_kk": "Директор", "post_ru": "Директор", "name_kk": "Б. Қасымова", "name_ru": "Б. Касымова"}],
    },
}  # fmt: skip


def build(stage: Stage) -> None:
    units: dict[str, Unit] = stage.made["units"]
    for code, words in LETTERHEADS.items():
        write(issuer=units[code], kind=LETTERHEAD, words=words, by=None, seen=0)
    runs = {run.code: run for run in Run.objects.filter(code__in=[WHOLE, OVER, HELD, CANCELLED]).select_related("host")}
    _whole(runs[WHOLE])
    _seminar(runs[OVER])
    _class(runs[HELD])
    _cancelled(runs[CANCELLED])
    _settle(stage)


def _whole(run: Run) -> None:
    """The seminar that the tour follows from its plan to the coverage: every paper of it is in force."""
    _signed(run, "order.conduct", date(2026, 4, 6), PLAN)
    _signed(run, "order.enrol", date(2026, 4, 15), PLAN)
    _signed(run, "sheet.attendance", date(2026, 4, 24), {})
    _signed(run, "sheet.result", date(2026, 4, 24), {})
    _signed(run, "order.complete", date(2026, 4, 24), {})
    _signed(run, "report.run", date(2026, 4, 27), {})


def _seminar(run: Run) -> None:
    """Held to its end: conducted, enrolled (the first blank was spoiled at the printer), its sheet signed."""
    _signed(run, "order.conduct", date(2026, 10, 5), PLAN)
    spoiled = _registered(run, "order.enrol", date(2026, 10, 9), PLAN)
    records.spoil(paper=spoiled, reason="Бланк басып шығарғанда жыртылды.", by=None)
    _signed(run, "order.enrol", date(2026, 10, 9), PLAN)
    _signed(run, "sheet.attendance", date(2026, 10, 16), {})
    _registered(run, "report.run", date(2026, 10, 20), {})


def _class(run: Run) -> None:
    """Being held: conducted, its trainers sent; the order to enrol waits for its signature."""
    people = list(Trainer.objects.filter(run=run, state=Trainer.State.ACCEPTED).values_list("person", flat=True))
    _signed(run, "order.conduct", date(2026, 11, 9), PLAN)
    _signed(run, "order.trip", date(2026, 11, 12), {"people": people})
    _registered(run, "order.enrol", date(2026, 11, 20), PLAN)


def _cancelled(run: Run) -> None:
    """Its order was signed before it was cancelled: the page proposes an order to cancel, which waits as a draft.

    The demo cancels its run before papers are made, so it is led back for the day of the order.
    """
    Run.objects.filter(pk=run.pk).update(state=Run.State.CONFIRMED, reason="")
    order = _signed(run, "order.conduct", date(2026, 11, 20), PLAN)
    Run.objects.filter(pk=run.pk).update(state=run.state, reason=run.reason)
    services.prepare(run=run, kind="order.cancel", answers={"papers": [str(order.pk)]}, by=None, synthetic=True, pk=_id(run, "order.cancel"))  # fmt: skip


def _id(run: Run, kind: str) -> UUID:
    """The same every time: by the run, the kind, and how many of them there are."""
    many = Paper.objects.filter(source=source_of(run), kind=kind).count()
    return uuid5(NAMESPACE_URL, f"{run.code}/{kind}/{many}")


def _registered(run: Run, kind: str, on: date, answers: Mapping[str, object]) -> Paper:
    paper = services.prepare(run=run, kind=kind, answers=answers, by=None, synthetic=True, pk=_id(run, kind))
    return records.register(paper=paper, on=on, by=None, today=on)


def _signed(run: Run, kind: str, on: date, answers: Mapping[str, object]) -> Paper:
    """Signed on its day; the demo's scan is the printed sheet itself."""
    paper = _registered(run, kind, on, answers)
    assert paper.file is not None
    with files.read(paper.file) as kept:
        scan = SimpleUploadedFile(f"{paper.file.name.removesuffix('.pdf')}-scan.pdf", kept.read(), "application/pdf")
    signs = paper.data["signatories"][0]
    said = tuple(", ".join(filter(None, (signs["post"][code], signs["name"][code]))) for code in ("kk", "ru"))
    return records.sign_by_hand(paper=paper, scan=scan, signatory=(said[0], said[1]), on=on, by=None, today=on)


def _settle(stage: Stage) -> None:
    """Every moment becomes the day of its paper, ten in the morning; of a draft the demo's own."""
    TemplateVersion.objects.update(made_at=stage.recorded_at)
    for signature in Signature.objects.select_related("file", "paper"):
        keep_as_always(signature, "file", _morning(signature.on))
    AuditEvent.objects.filter(target_kind="records.template").update(at=stage.recorded_at)
    for paper in Paper.objects.select_related("file").order_by("pk"):
        at = _morning(paper.on or DRAFTED_ON)
        keep_as_always(paper, "file", at)
        Paper.objects.filter(pk=paper.pk).update(prepared_at=at, registered_at=at if paper.number_id else None)
        Signature.objects.filter(paper=paper).update(at=at)
        Number.objects.filter(paper=paper).update(taken_at=at)
        Number.objects.filter(paper=paper).exclude(spoiled_at=None).update(spoiled_at=at)
        told = AuditEvent.objects.filter(target_kind="records.paper", target_id=str(paper.pk)).order_by("pk")
        for place, event in enumerate(told):
            AuditEvent.objects.filter(pk=event.pk).update(at=at + timedelta(minutes=20 * place))
        AuditEvent.objects.filter(target_kind="records.number", target_id=str(paper.number_id)).update(at=at)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
