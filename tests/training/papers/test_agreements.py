"""Agreements about a run: the sides, what each does, who signs; changed by a further one, ended when the run is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from orken.network.models import Unit
from orken.people.models import Account
from orken.records import invariants, wording
from orken.records import services as records
from orken.records.models import Paper
from orken.training import services as training
from orken.training.models import Enrolment, Run
from orken.training.papers import agreements, registering, selectors
from tests.training.papers.test_orders import built, said, signed

Accounts = Callable[[str], Account]
Country = Callable[[str], Unit]
Held = Callable[..., Run]


@pytest.fixture
def received(held: Held, country: Country) -> Run:
    """A run of the Library that the Pavlodar library receives."""
    run = held(2)
    Run.objects.filter(pk=run.pk).update(place=country("KZ-55-LIB"), host=country("NL"))
    return Run.objects.get(pk=run.pk)


def test_the_receiving_library_is_the_other_side_and_its_director_signs(received: Run, country: Country) -> None:
    partner = country("KZ-55-LIB")
    assert agreements.partners(received) == [partner]
    found = built(received, "agreement.host", partner=partner.pk, costs_kk="жолды қабылдаушы төлейді", costs_ru="дорогу оплачивает принимающая сторона")  # fmt: skip
    opening, points = found.blocks[0], said(found)
    assert (
        partner.name_kk in opening["kk"]
        and "(бұдан әрі — Қабылдаушы тарап)" in opening["kk"]
        and partner.name_ru in opening["ru"]
    )
    assert (
        "бірлесіп өткізеді" in points
        and "дорогу оплачивает принимающая сторона." in points
        and "двух экземплярах" in points
    )
    (signs,) = found.signatories
    first = wording.letterhead(partner).words["signatories"][0]
    assert signs["name"]["ru"] == first["name_ru"] and signs["post"]["ru"].startswith("Принимающая сторона: ")


def test_without_another_side_there_is_no_agreement(held: Held, account: Accounts) -> None:
    run = held(2)
    for kind, answers in (
        ("agreement.host", {}),
        ("agreement.trainer", {"trainer": 0}),
        ("agreement.intern", {"learner": -1}),
    ):
        with pytest.raises(records.CannotMake) as refusal:
            built(run, kind, **answers)
        assert len(refusal.value.problems) == 1, kind


def test_a_trainer_is_paid_or_not_and_signs_herself(received: Run, account: Accounts) -> None:
    trainer = account("trainer").person
    paid = built(received, "agreement.trainer", trainer=trainer.pk, pay=150_000)
    assert "150 000 тенге" in said(paid).replace("\xa0", " ") and [one.pk for one in paid.people] == [trainer.pk]
    assert paid.signatories[0]["name"]["kk"] == trainer.full_name("kk")
    assert "ақысыз" in said(built(received, "agreement.trainer", trainer=trainer.pk))


def test_an_intern_has_three_sides_and_a_student_her_speciality_and_share(received: Run, country: Country) -> None:
    one = Enrolment.objects.filter(run=received).select_related("unit", "person").order_by("pk")[0]
    staff = built(received, "agreement.intern", learner=one.pk)
    assert (
        len(staff.signatories) == 2
        and "сохраняет за Обучающимся место работы" in said(staff)
        and "трёх экземплярах" in said(staff)
    )
    college = Unit.objects.filter(kind__in=agreements.SCHOOLS).order_by("pk")[0]
    Enrolment.objects.filter(pk=one.pk).update(unit=college)
    dual = built(
        received,
        "agreement.intern",
        learner=one.pk,
        speciality_kk="Кітапхана ісі",
        speciality_ru="Библиотечное дело",
        share=60,
    )
    assert "Специальность: Библиотечное дело. Доля обучения на рабочем месте: не менее 60 %." in said(dual)
    assert "(далее — Учебное заведение)" in dual.blocks[0]["ru"]
    Enrolment.objects.filter(pk=one.pk).update(unit=country("NL-CATALOGUER"))
    with pytest.raises(records.CannotMake):
        built(received, "agreement.intern", learner=one.pk)


def test_an_agreement_of_three_sides_is_offered_for_an_internship_only(received: Run) -> None:
    assert "agreement.intern" not in {kind.code for kind in registering.kinds_for(received)}
    received.kind = Run.Kind.INTERNSHIP
    assert "agreement.intern" in {kind.code for kind in registering.kinds_for(received)}


def test_it_is_changed_by_a_further_one_that_the_same_sides_sign(received: Run, country: Country) -> None:
    first = signed(received, "agreement.host", partner=country("KZ-55-LIB").pk)
    assert first.code.split("-")[1].startswith("Ш/")
    order = signed(received, "order.conduct")
    assert list(selectors.changeable(received, "agreement")) == [first] and first not in selectors.changeable(received)
    with pytest.raises(records.CannotMake):
        built(received, "agreement.further", papers=[str(order.pk)], text_kk="Бір", text_ru="Один")
    other = signed(received, "agreement.further", papers=[str(first.pk)], text_kk="Бір", text_ru="Один")
    first.refresh_from_db()
    assert first.state == Paper.State.AMENDED and other.data["signatories"][1:] == first.data["signatories"][1:]
    assert first.code in other.subject_ru


def test_of_a_cancelled_run_it_is_only_ended(received: Run, account: Accounts, country: Country) -> None:
    first, waiting = signed(received, "agreement.host", partner=country("KZ-55-LIB").pk), None
    Run.objects.filter(pk=received.pk).update(state="confirmed")
    training.lead(run=Run.objects.get(pk=received.pk), way="cancel", by=account("national"), reason="Боран")
    run = Run.objects.get(pk=received.pk)
    with pytest.raises(records.CannotMake):
        built(run, "agreement.host", partner=country("KZ-55-LIB").pk)
    assert selectors.to_cancel(run, "agreement") == [first] and waiting is None
    remark = registering.remark(first)
    assert remark is not None and remark.address.endswith("/agreement.end/")
    done = signed(run, "agreement.end", papers=[str(first.pk)])
    assert "Боран." in done.data["blocks"][0]["items"][0]["kk"]
    first.refresh_from_db()
    assert first.state == Paper.State.CANCELLED and list(invariants.changed()) == []


def test_on_the_pages_from_the_question_to_the_draft(
    browse: Callable[[str], Client], received: Run, country: Country
) -> None:
    client, base = browse("national"), f"/kk/training/{received.code}/papers/"
    page = client.get(base).content.decode()
    assert f"{base}new/agreement.host/" in page and f"{base}new/agreement.intern/" not in page
    form = client.get(f"{base}new/agreement.host/")
    assert form.status_code == 200 and country("KZ-55-LIB").name_kk in form.content.decode()
    half: dict[str, Any] = {"partner": country("KZ-55-LIB").pk, "costs_kk": "Тек қазақша"}
    assert client.post(f"{base}new/agreement.host/", half).status_code == 422
    answer = client.post(f"{base}new/agreement.host/", half | {"costs_ru": "Только по-русски"})
    assert answer.status_code == 302
    paper = Paper.objects.get(source__endswith=received.code, kind="agreement.host")
    assert client.get(f"/kk/papers/{paper.pk}/paper.pdf").content.startswith(b"%PDF")
