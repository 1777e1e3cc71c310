"""The papers of a run: what each says follows from the run's facts of the day, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.utils import timezone

from orken.kit.files import services as files
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person
from orken.records import invariants, kinds
from orken.records import services as records
from orken.records.kinds import Built
from orken.records.models import Paper
from orken.training import services as training
from orken.training.models import Component, Enrolment, Run
from orken.training.papers import agreements, phrases, registering, selectors, services
from orken.training.results import commission as commissions
from orken.training.results import services as results
from tests import pdfa
from tests.records.conftest import scan

Accounts = Callable[[str], Account]
Held = Callable[..., Run]
C = Component


def built(run: Run, kind: str, **answers: Any) -> Built:
    paper = services.prepare(run=run, kind=kind, answers=answers, by=None)
    return kinds.of(kind).build(paper)


def signed(run: Run, kind: str, by: Account | None = None, **answers: Any) -> Paper:
    paper = services.prepare(run=run, kind=kind, answers=answers, by=None)
    paper = records.register(paper=paper, on=timezone.localdate(), by=by)
    return records.sign_by_hand(
        paper=paper, scan=scan(), signatory=("Директор", "Директор"), on=timezone.localdate(), by=by
    )


def said(found: Built) -> str:
    return "\n".join(point["kk"] + "\n" + point["ru"] for block in found.blocks if block["type"] == "points" for point in block["items"])  # fmt: skip


def confirmed(run: Run, by: Account, minutes: dict[int, int]) -> None:
    """The first passes, the others do not."""
    rows = list(Enrolment.objects.filter(run=run).order_by("pk"))
    minutes.update({row.pk: 600 if place == 0 else 100 for place, row in enumerate(rows)})
    results.put(run=run, marks=[results.Put(rows[0].pk, C.FINAL, 90)], by=by, on=timezone.localdate())
    chair, *members = commissions.candidates(run)
    results.confirm(run=run, chair=chair, members=members, on=timezone.localdate(), reason="", by=by)


def test_an_order_to_conduct_says_what_when_where_and_by_whom(held: Held) -> None:
    run = held(2)
    found = built(run, "order.conduct")
    assert found.subject.kk == "«Көшпелі шеберлік сыныбы» көшпелі шеберлік сыныбын өткізу туралы"
    assert found.subject.ru == "О проведении выездного мастер-класса «Көшпелі шеберлік сыныбы»"
    text = said(found)
    assert phrases.days(run.starts_on, run.ends_on).kk in text and "орын саны: 2" in text
    trainer = Person.objects.get(account__login="trainer")
    assert trainer.full_name("kk") in text and trainer.full_name("ru") in text
    assert trainer in found.people


@pytest.mark.parametrize("kind", list(Run.Kind))
def test_every_kind_of_run_has_its_cases_in_both_languages(kind: str, run: Callable[..., Run]) -> None:
    one = run(title_ru="О книге")
    one.kind = kind
    kk = {case: phrases.named(one, kk=case)[0] for case in phrases.ENDINGS}
    assert (
        kk["genitive"].endswith(("ның", "нің"))
        and kk["accusative"].endswith("н")
        and kk["dative"].endswith(("на", "не"))
    )
    assert len({phrases.named(one, ru=case)[1] for case in phrases.RU_CASES}) >= 2


def test_an_order_to_enrol_lists_everybody_who_has_a_seat(held: Held) -> None:
    run = held(3)
    found = built(run, "order.enrol")
    (annex,) = found.annexes
    people = [row.person for row in Enrolment.objects.filter(run=run).select_related("person")]
    assert sorted(row[1]["kk"] for row in annex["rows"]) == sorted(one.full_name("kk") for one in people)
    assert {one.pk for one in found.people} == {one.pk for one in people}


def test_nobody_to_enrol_no_results_or_nobody_chosen_is_refused_with_its_reason(run: Callable[..., Run]) -> None:
    one = run()
    for kind in ("order.enrol", "order.expel", "order.complete", "order.commission", "order.trip", "sheet.attendance",
                 "sheet.result", "report.run", "report.costs", "order.amend", "order.cancel"):  # fmt: skip
        with pytest.raises(records.CannotMake) as refusal:
            services.prepare(run=one, kind=kind, answers={}, by=None)
        assert all(str(problem).endswith(".") for problem in refusal.value.problems)
    assert not Paper.objects.filter(source="training.run:MC-1").exists()


def test_who_is_expelled_stands_with_her_reason(held: Held, account: Accounts) -> None:
    run = held(2)
    one = Enrolment.objects.filter(run=run).order_by("pk")[0]
    Run.objects.filter(pk=run.pk).update(state="running")
    training.excuse(enrolment=one, by=account("national"), reason="Баласы ауырды")
    found = built(run, "order.expel", people=[one.pk])
    ((place, name, _where, reason),) = found.annexes[0]["rows"]
    assert (place, name["kk"], reason) == ("1", one.person.full_name("kk"), "Баласы ауырды")


def test_an_order_to_complete_and_the_result_sheet_follow_the_confirmed_sheet(
    held: Held, account: Accounts, minutes: dict[int, int]
) -> None:
    run = held(3)
    confirmed(run, account("national"), minutes)
    found = built(run, "order.complete")
    assert [len(annex["rows"]) for annex in found.annexes] == [1, 2]
    assert "1 тыңдаушы оқуды аяқтаған" in said(found) and "2 тыңдаушы оқуды аяқтамаған" in said(found)
    sheet = built(run, "sheet.result")
    table = next(block for block in sheet.blocks if block["type"] == "lines")
    assert sorted(row[-1]["kk"] for row in table["rows"]) == ["аяқталды", "аяқталмады", "аяқталмады"]
    assert len(sheet.signatories) >= 2, "the commission signs"
    report = built(run, "report.run")
    facts = {row[0]["ru"]: row[1] for row in report.blocks[0]["rows"]}
    assert facts["Завершили обучение"] == "1" and facts["Зачислены"] == "3"


def test_a_commission_and_a_trip_name_whom_they_send(held: Held, account: Accounts) -> None:
    run = held(2)
    people = commissions.candidates(run)
    found = built(run, "order.commission", chair=people[0].pk, members=[one.pk for one in people])
    assert len(found.annexes[0]["rows"]) == len(people)
    trainer = account("trainer").person_id
    training.set_costs(run=run, lines=[{"kind": "travel", "estimate": 120000, "note": ""}], by=account("national"))
    trip = built(run, "order.trip", people=[trainer])
    assert [one.pk for one in trip.people] == [trainer] and "120" in said(trip)
    assert built(run, "report.costs").blocks[0]["rows"][-1][2].startswith("120")


def test_every_paper_is_drawn_with_the_longest_names(held: Held, account: Accounts, minutes: dict[int, int], country: Callable[[str], Unit]) -> None:  # fmt: skip
    run = held(2)
    Run.objects.filter(pk=run.pk).update(place=country("KZ-55-LIB"), host=country("NL"))
    run = Run.objects.get(pk=run.pk)
    long = "Әлихан Бөкейхан атындағы облыстық әмбебап ғылыми кітапхананың ауылдық кітапханаларға арналған " * 3
    Run.objects.filter(pk=run.pk).update(title_kk=long[:300], title_ru=long[:300])
    Person.objects.filter(enrolments__run=run).update(surname_kk="Ә" * 60, given_kk="Ғ" * 60, patronymic_kk="Қ" * 60)
    training.set_costs(run=run, lines=[{"kind": "room", "estimate": 5, "note": long[:200]}], by=account("national"))
    confirmed(run, account("national"), minutes)
    chair, *members = [one.pk for one in commissions.candidates(run)]
    answers = {
        "chair": chair,
        "members": members,
        "people": [account("trainer").person_id],
        "basis_kk": long,
        "basis_ru": long,
    }
    answers |= {
        "partner": agreements.partners(run)[0].pk,
        "trainer": account("trainer").person_id,
        "learner": Enrolment.objects.filter(run=run)[0].pk,
    }
    for kind in ("order.conduct", "order.enrol", "order.commission", "order.trip", "order.complete", "sheet.result", "report.run", "report.costs", "agreement.host", "agreement.trainer", "agreement.intern"):  # fmt: skip
        paper = services.prepare(run=run, kind=kind, answers=answers, by=None)
        paper = records.register(paper=paper, on=timezone.localdate(), by=None)
        assert paper.file is not None, kind
        with files.read(paper.file) as kept:
            assert pdfa.faults(kept.read()) == [], kind


def test_a_run_cancelled_after_its_order_asks_for_an_order_to_cancel(held: Held, account: Accounts) -> None:
    run = held(2)
    order, waiting = signed(run, "order.conduct"), services.prepare(run=run, kind="order.enrol", answers={}, by=None)
    Run.objects.filter(pk=run.pk).update(state="confirmed")
    training.lead(run=Run.objects.get(pk=run.pk), way="cancel", by=account("national"), reason="Тренер ауырды")
    run = Run.objects.get(pk=run.pk)
    assert selectors.to_cancel(run) == [order]
    remark = registering.remark(order)
    assert remark is not None and "Тренер ауырды" in str(remark.text) and remark.address.endswith("/order.cancel/")
    with pytest.raises(records.CannotMake):
        records.register(paper=waiting, on=timezone.localdate(), by=None)
    draft = services.prepare(run=run, kind="order.cancel", answers={"papers": [str(order.pk)]}, by=None)
    again = registering.remark(order)
    assert again is not None and str(draft.pk) in again.address
    assert selectors.to_cancel(run) == []
    done = records.register(paper=draft, on=timezone.localdate(), by=None)
    assert "Тренер ауырды" in done.data["blocks"][0]["items"][0]["kk"]
    records.sign_by_hand(paper=done, scan=scan(), signatory=("Д", "Д"), on=timezone.localdate(), by=None)
    order.refresh_from_db()
    assert order.state == Paper.State.CANCELLED and registering.remark(order) is None
    assert list(invariants.changed()) == []


def test_an_order_is_amended_by_another_point_by_point_in_both_languages(held: Held) -> None:
    run = held(2)
    order = signed(run, "order.conduct")
    with pytest.raises(records.CannotMake):
        services.prepare(run=run, kind="order.amend", answers={"papers": [str(order.pk)], "text_kk": "Бір\nЕкі", "text_ru": "Один"}, by=None)  # fmt: skip
    other = signed(run, "order.amend", papers=[str(order.pk)], text_kk="Бір\nЕкі", text_ru="Один\nДва")
    order.refresh_from_db()
    assert order.state == Paper.State.AMENDED and order.code in other.subject_ru
    assert [point["ru"] for point in other.data["blocks"][0]["items"]][:2] == ["Один", "Два"]
    assert other.file is not None
    with pypdfium2.PdfDocument(files.read(other.file).read()) as sheets:
        said = sheets[0].get_textpage().get_text_bounded()
    assert "БҰЙЫРАМЫН:" in said and "ПРИКАЗЫВАЮ:" in said, "it has no aim of its own, and orders all the same"


def test_a_paper_of_another_run_cannot_be_changed_here(held: Held, run: Callable[..., Run]) -> None:
    order = signed(held(2), "order.conduct")
    with pytest.raises(records.CannotMake):
        services.prepare(run=run("MC-2"), kind="order.cancel", answers={"papers": [str(order.pk)]}, by=None)


def test_who_organises_prepares_and_nobody_of_another_region(run: Callable[..., Run], account: Accounts, country: Callable[[str], Unit]) -> None:  # fmt: skip
    mine = run("PVL-9", host=country("KZ-55-LIB"))
    paper = services.prepare(run=mine, kind="order.conduct", answers={}, by=account("pavlodar"))
    assert (paper.unit, paper.issuer) == (country("KZ-55-LIB"), country("KZ-55-LIB"))
    other = run("AKM-9", host=country("KZ-11-LIB"))
    for login in ("pavlodar", "head", "trainer"):
        with pytest.raises(OutOfScope):
            services.prepare(run=other, kind="order.conduct", answers={}, by=account(login))


def test_a_library_refers_its_applicant_under_its_own_number(
    run: Callable[..., Run], account: Accounts, people: Callable[[str, int], Any]
) -> None:
    course, head = run(), account("head")
    person, unit = next((one, where) for one, where in people("KZ-55-D02", 3) if one.pk != head.person_id)
    sent = training.apply(run=course, unit=unit, lines=[training.Line(person, unit)], by=head)
    applicant = sent.applicants.get()
    paper = services.refer(applicant=applicant, answers={"pays_kk": "кітапхана", "pays_ru": "библиотека"}, by=head)
    done = records.register(paper=paper, on=timezone.localdate(), by=head)
    assert done.code == f"1-Ж/{timezone.localdate().year}"
    assert [one.person for one in done.named.all()] == [person]
    with pytest.raises(OutOfScope):
        services.refer(applicant=applicant, answers={}, by=account("curator"))
    training.withdraw(applicant=applicant, by=head, reason="Ауырып қалды")
    with pytest.raises(records.CannotMake):
        services.refer(applicant=applicant, answers={}, by=head)


def test_a_sheet_of_attendance_counts_as_the_grid_does(country: Callable[[str], Unit]) -> None:
    run = Run.objects.select_related("host").get(code="PVL-2026-30", host=country("KZ-55-LIB"))
    found = built(run, "sheet.attendance")
    rows = {row[1]["kk"] if isinstance(row[1], dict) else row[1]: row for row in found.blocks[0]["rows"]}
    late = next(row for row in rows.values() if row[2] == "48")
    assert (late[-2], late[-1]) == ("468", "78"), "domain.md §8: the listener with 78 %"
    assert len(found.blocks[0]["head"]) == 2 + 4 + 2
