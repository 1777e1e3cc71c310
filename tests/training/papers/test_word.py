"""The copies for Word of every kind that has one, opened again: what the paper says stands in them in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from orken.network.models import Unit
from orken.people.models import Account
from orken.records import kinds
from orken.records import services as records
from orken.records.models import Paper
from orken.training import services as training
from orken.training.models import Enrolment, Run
from orken.training.papers import agreements, services
from orken.training.results import commission as commissions
from tests.training.papers.test_orders import confirmed, signed

Accounts = Callable[[str], Account]
Held = Callable[..., Run]
NAMED_APART = {"date", "title", "place", "issuer", "details", "command"}  # asserted by themselves


def texts(content: bytes) -> str:
    """Every text of the file, tables within it and the foot of its pages."""
    made = Document(BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    foot = [one.text for section in made.sections for one in section.footer.paragraphs]
    return "\n".join([*cells, *(one.text for one in made.paragraphs), *foot])


def words(part: Any) -> Iterator[str]:
    """Every text that a part of the frozen data holds, in both languages."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, one in part.items():
            if key not in ("type", "widths", "align"):
                yield from words(one)
    elif isinstance(part, (list, tuple)):
        for one in part:
            yield from words(one)


@pytest.fixture
def written(held: Held, account: Accounts, minutes: dict[int, int], country: Callable[[str], Unit]) -> dict[str, Paper]:
    """One paper of every kind that has a copy for Word, each with a basis, one more point and whoever signs."""
    run, by = held(3), account("national")
    Run.objects.filter(pk=run.pk).update(place=country("KZ-55-LIB"), host=country("NL"), kind="internship")
    run = Run.objects.get(pk=run.pk)
    gone, *_others = Enrolment.objects.filter(run=run).order_by("-pk")
    training.set_costs(run=run, lines=[{"kind": "travel", "estimate": 120_000, "note": "пойыз"}], by=by)
    confirmed(run, by, minutes)
    Enrolment.objects.filter(pk=gone.pk).update(state="excused", reason="Баласы ауырды")
    chair, *members = [one.pk for one in commissions.candidates(run)]
    learner = Enrolment.objects.filter(run=run, state__in=Enrolment.LIVE).order_by("pk")
    person = (learner.first() or Enrolment.objects.filter(run=run).order_by("pk")[0]).pk
    Enrolment.objects.filter(pk=person).update(state="enrolled")
    said = {
        "basis_kk": "Жылдық жоспар, 3-тармақ", "basis_ru": "Годовой план, пункт 3", "extra_kk": "Тыңдаушыларға хабарлансын.",
        "extra_ru": "Известить слушателей.", "went_kk": "Жақсы өтті", "went_ru": "Прошло хорошо",
    }  # fmt: skip
    answers: dict[str, dict[str, Any]] = {
        "order.conduct": {"responsible": by.person_id}, "order.enrol": {}, "order.complete": {},
        "order.commission": {"chair": chair, "members": members}, "order.trip": {"people": [account("trainer").person_id]},
        "order.expel": {"people": [gone.pk]}, "agreement.host": {"partner": agreements.partners(run)[0].pk},
        "agreement.trainer": {"trainer": account("trainer").person_id, "pay": 150_000},
        "agreement.intern": {"learner": person, "mentor": chair}, "report.run": {}, "report.costs": {},
    }  # fmt: skip
    made = {}
    for kind, mine in answers.items():
        paper = services.prepare(run=run, kind=kind, answers={**said, **mine}, by=None)
        made[kind] = records.register(paper=paper, on=timezone.localdate() - timedelta(1), by=None, signatory=1)
    first, second = signed(run, "order.enrol"), signed(run, "agreement.trainer", trainer=account("trainer").person_id)
    lines: dict[str, Any] = {"text_kk": "Бірінші\nЕкінші", "text_ru": "Первое\nВторое"}
    changes: list[tuple[str, Paper, dict[str, Any]]] = [
        ("order.amend", first, lines), ("agreement.further", second, lines), ("order.cancel", first, {}), ("agreement.end", second, {}),
    ]  # fmt: skip
    for kind, older, more in changes:
        told: dict[str, Any] = {"papers": [str(older.pk)], **said, **more}
        made[kind] = signed(run, kind, None, **told)
    return made


def test_every_copy_opens_again_with_every_word_number_and_signatory(
    written: dict[str, Paper], browse: Callable[[str], Client]
) -> None:
    client = browse("registrar")
    assert set(written) == {kind.code for kind in kinds.all_kinds() if kind.docx and not kind.code.startswith("trial")}
    for kind, paper in written.items():
        answer = client.get(reverse("records:word", args=[paper.pk]))
        found, data = texts(answer.content), paper.data
        lacking = [
            one for one in words({key: one for key, one in data.items() if key not in NAMED_APART}) if one not in found
        ]
        assert lacking == [], (kind, lacking[:3])
        for code in ("kk", "ru"):
            assert data["title"][code].upper() in found and data["date"][code] in found, (kind, code)
            assert data["issuer"][code] in found and data["command"][code] in found, (kind, code)
            assert data["place"][code] in found and data["details"][code] in found, (kind, code)
            for signs in data["signatories"]:
                assert signs["post"][code] in found and signs["name"][code] in found, (kind, code)
        assert f"№ {paper.code}" in found and f"Копия документа № {paper.code}" in found, kind


def test_who_signs_beside_the_issuer_stands_below_it(written: dict[str, Paper]) -> None:
    sides = {kind: [signs["name"]["ru"] for signs in paper.data["signatories"]] for kind, paper in written.items()}
    assert {kind: len(names) for kind, names in sides.items() if len(names) > 1} == {
        "agreement.host": 2, "agreement.trainer": 2, "agreement.intern": 3, "agreement.further": 2, "agreement.end": 2,
    }  # fmt: skip
