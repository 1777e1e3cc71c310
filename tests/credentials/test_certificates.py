"""The life of a certificate: numbered with its row, drawn, signed, issued, replaced, revoked, spoiled, copied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orken.credentials import names, numbering, rules, selectors, services
from orken.credentials.models import Batch, Certificate, LedgerRow
from orken.kit.states import WayIsClosed
from orken.network.policy import OutOfScope
from orken.records.models import Number
from tests.credentials.conftest import DATED, Accounts, Country, broken, common, lead, renamed, row, some, whose

S = Certificate.State


def test_a_batch_goes_its_way_and_everything_agrees(asked: Callable[..., Batch], account: Accounts) -> None:
    registrar = account("registrar")
    found = lead(asked(3, by=registrar), by=registrar)
    assert [one.state for one in found] == [S.ISSUED] * 3
    assert [one.number for one in found] == [str(numbering.Numbered("NL-CAT", 2026, place)) for place in (found[0].taken.sequence, found[0].taken.sequence + 1, found[0].taken.sequence + 2)]  # fmt: skip
    assert all(one.number_kk.startswith("ҰК-КШ-2026-") and one.pdf for one in found)
    assert {one.kind for one in found} == {"development"}
    assert found[0].data["hours"] == "72" and found[0].data["number"] == found[0].number_kk
    assert LedgerRow.objects.filter(certificate__in=found, confirmed=True).count() == 3
    assert broken() == set()


@pytest.mark.parametrize(
    ("training", "hours", "final", "kind"),
    [
        ("webinar", "2", False, "note"), ("seminar", "7.9", True, "note"), ("seminar", "8", False, "participant"),
        ("course", "35.9", True, "participant"), ("course", "36", True, "development"), ("course", "72", False, "participant"),
        ("internship", "4", False, "internship"), ("internship", "72", True, "internship"),
    ],
)  # fmt: skip
def test_the_volume_and_the_final_give_the_document(
    db: None, country: Country, training: str, hours: str, final: bool, kind: str
) -> None:
    country("KZ")
    found = rules.choose(rules.standing(DATED), training=training, hours=Decimal(hours), final=final)
    assert found is not None and found.kind == kind


def test_a_region_issues_under_its_own_prefix(asked: Callable[..., Batch]) -> None:
    one = lead(asked(1, unit="KZ-55-D02"))[0]
    assert one.number.startswith("PVL-2026-") and one.number_kk.startswith("ПВЛ-2026-")
    assert one.prefix.issuer.code == "KZ-55-LIB"


def test_preparing_again_takes_no_second_number(asked: Callable[..., Batch]) -> None:
    batch = asked(3)
    services.prepare(batch=batch)
    before = list(batch.certificates.order_by("pk").values_list("number", flat=True))
    services.prepare(batch=batch)
    assert list(batch.certificates.order_by("pk").values_list("number", flat=True)) == before


def test_who_has_a_certificate_gets_no_other_one_for_the_same(asked: Callable[..., Batch]) -> None:
    mine = row(some(1)[0])
    lead(asked([mine]))
    with pytest.raises(services.Refused, match="1"):
        asked([mine])


def test_a_name_that_cannot_stand_on_a_paper_is_told_and_takes_no_number(asked: Callable[..., Batch]) -> None:
    first, second = some(2)
    renamed(first.person, surname_ru="")
    batch = asked([row(first), row(second)])
    numbers = Number.objects.count()
    unfit = services.prepare(batch=batch)
    assert [(one.name, one.reason) for one in unfit] == [(first.person.full_name(), "Орысша тегі немесе аты жоқ.")]
    assert batch.certificates.count() == 1 and Number.objects.count() == numbers + 1
    renamed(first.person, surname_ru="Иванова")
    assert services.prepare(batch=batch) == []
    assert batch.certificates.count() == 2


@pytest.mark.parametrize(
    ("surname", "good"),
    [("Әбдірахманова", True), ("Ким-Ли", True), ("О'Нил", True), ("Aбаева", False), ("Абаева2", False), ("Абаева (Ли)", False), ("", False)],
)  # fmt: skip
def test_names_are_checked(surname: str, good: bool) -> None:
    parts = {"surname": surname, "given": "Сәуле", "patronymic": ""}
    assert (list(names.problems({"kk": parts, "ru": parts, "en": parts})) == []) is good


def test_a_registrar_of_elsewhere_asks_for_nothing(asked: Callable[..., Batch], account: Accounts) -> None:
    for login in ("pavlodar", "village", "curator"):
        with pytest.raises(OutOfScope):
            asked(1, by=account(login))
    assert asked(1, unit="KZ-55-LIB", by=account("pavlodar")).size == 1


def test_a_date_before_the_last_day_and_no_signatory_are_refused(asked: Callable[..., Batch]) -> None:
    with pytest.raises(services.Refused):
        asked(1, dated_on=DATED - timedelta(1))
    with pytest.raises(services.Refused):
        asked(1, signed=[])
    with pytest.raises(services.Refused):
        asked(1, programme={"kk": "Атау", "ru": ""})
    with pytest.raises(services.NothingToIssue):
        asked([])


def test_a_surname_that_changed_since_is_the_one_of_the_paper_and_the_sheet_is_remembered(
    asked: Callable[..., Batch],
) -> None:
    post = some(1)[0]
    renamed(post.person, surname_kk="Жаңаева", surname_ru="Жанаева")
    one = lead(asked([row(post, sheet_name={"kk": "Ескіева А.", "ru": "Ескиева А."})]))[0]
    assert one.data["name"]["kk"]["surname"] == "Жаңаева" and one.data["sheet_name"]["kk"] == "Ескіева А."
    renamed(post.person, surname_kk="Басқаева", surname_ru="Баскаева")
    one.refresh_from_db()
    assert one.surname_kk == "Жаңаева" and broken() == set()


def test_replaced_by_a_new_number_and_both_point_to_each_other(
    issued: Callable[..., list[Certificate]], account: Accounts
) -> None:
    registrar = account("registrar")
    old = issued(1)[0]
    renamed(whose(old), surname_kk="Түзетілген", surname_ru="Исправленная")
    new = services.replace(certificate=old, reason="Тегінде қате", by=registrar, dated_on=date(2026, 9, 1))
    old.refresh_from_db()
    assert old.state == S.ISSUED  # it holds until the successor does
    with pytest.raises(services.Refused):
        services.replace(certificate=old, reason="Тағы", by=registrar, dated_on=date(2026, 9, 1))
    services.draw(batch=new.batch)
    services.sign(batch=new.batch, on=date(2026, 9, 1), by=registrar)
    services.issue(batch=new.batch, by=registrar)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state, old.reason) == (S.REPLACED, S.ISSUED, "Тегінде қате")
    assert old.replaced_by == new and new.replaces == old and new.number != old.number
    assert new.data["replacing"]["number"] == old.number_kk and new.surname_kk == "Түзетілген"
    assert LedgerRow.objects.filter(certificate=old, superseded_at=None).count() == 0
    assert LedgerRow.objects.filter(certificate=new, superseded_at=None).count() == 1
    assert broken() == set()


def test_revoked_with_a_reason_and_counted_no_more(issued: Callable[..., list[Certificate]], account: Accounts) -> None:
    one = issued(1)[0]
    with pytest.raises(services.Refused):
        services.revoke(certificate=one, reason="  ", by=account("registrar"))
    services.revoke(certificate=one, reason="Нәтиже ведомосі түзетілді", by=account("registrar"))
    one.refresh_from_db()
    assert one.state == S.REVOKED and one.badge.ends
    assert selectors.hours_of(whose(one)).confirmed == 0
    with pytest.raises(WayIsClosed):
        services.revoke(certificate=one, reason="Тағы", by=account("registrar"))
    with pytest.raises(services.Refused):
        services.duplicate(certificate=one, reason="Жоғалды", by=account("registrar"))
    assert broken() == set()


def test_a_spoiled_number_stays_and_is_never_given_again(asked: Callable[..., Batch], account: Accounts) -> None:
    mine = row(some(1)[0])
    batch = asked([mine])
    services.prepare(batch=batch)
    one = batch.certificates.get()
    services.spoil(certificate=one, reason="Бланк жыртылды", by=account("registrar"))
    one.taken.refresh_from_db()
    assert one.taken.state == Number.State.SPOILED
    other = lead(asked([mine]))[0]
    assert other.taken.sequence == one.taken.sequence + 1
    assert broken() == set()


def test_a_duplicate_has_the_same_number_and_says_that_it_is_one(
    issued: Callable[..., list[Certificate]], account: Accounts
) -> None:
    one = issued(1)[0]
    first = services.duplicate(certificate=one, reason="Су тасқынында жоғалды", by=account("registrar"))
    second = services.duplicate(certificate=one, reason="Тағы жоғалды", by=account("registrar"))
    assert (first.number, second.number) == (1, 2) and Certificate.objects.filter(number=one.number).count() == 1
    assert broken() == set()


def test_signing_waits_for_the_papers_and_has_its_days(asked: Callable[..., Batch], account: Accounts) -> None:
    batch, registrar = asked(1), account("registrar")
    with pytest.raises(services.Refused):
        services.sign(batch=batch, on=DATED, by=registrar)
    services.prepare(batch=batch)
    with pytest.raises(WayIsClosed):
        services.sign(batch=batch, on=DATED, by=registrar)
    services.draw(batch=batch)
    for day in (DATED - timedelta(1), timezone.localdate() + timedelta(1)):
        with pytest.raises(services.Refused):
            services.sign(batch=batch, on=day, by=registrar)
    assert services.sign(batch=batch, on=DATED, by=registrar) == 1


def test_handed_over_once_and_struck_out_when_it_was_a_mistake(
    issued: Callable[..., list[Certificate]], account: Accounts
) -> None:
    registrar, (one, other) = account("registrar"), issued(2)
    keys = [one.pk, other.pk]
    assert (
        services.hand_over(
            batch=one.batch, certificates=keys, way="library", on=timezone.localdate(), signed=True, by=registrar
        )
        == 2
    )
    with pytest.raises(services.Refused):
        services.hand_over(
            batch=one.batch, certificates=keys, way="hands", on=timezone.localdate(), signed=True, by=registrar
        )
    services.strike_hand_over(line=one.hand_overs.get(), by=registrar)
    assert (
        services.hand_over(
            batch=one.batch, certificates=keys, way="hands", on=timezone.localdate(), signed=False, by=registrar
        )
        == 1
    )
    assert [line.way for line in one.hand_overs.order_by("pk")] == ["library", "hands"]


def test_the_chain_shows_what_was_changed_behind_the_register(issued: Callable[..., list[Certificate]]) -> None:
    one, other = issued(2)
    Certificate.objects.filter(pk=one.pk).update(data={**one.data, "hours": "720"})
    step = other.steps.get(verb="issue")
    type(step).objects.filter(pk=step.pk).update(facts={"changed": True})
    found = broken()
    assert ("credentials.seals", one.number) in found and ("credentials.chains", other.number) in found


def test_a_batch_asks_the_same_whatever_its_size(asked: Callable[..., Batch]) -> None:
    lead(asked(1))  # the key and the list of the issuer are made
    counted = []
    for size in (1, 25):
        batch = asked(size)
        with CaptureQueriesContext(connection) as asked_for:
            lead(batch)
        counted.append(len(asked_for))
    assert counted[0] == counted[1]


def test_a_date_of_another_century_takes_no_number(asked: Callable[..., Batch]) -> None:
    taken = Certificate.objects.count()
    for day in (date(2126, 8, 14), timezone.localdate() + timedelta(60)):
        with pytest.raises(services.Refused) as refusal:
            asked(1, dated_on=day)
        assert "Жылын тексеріңіз" in str(refusal.value.text)
    assert asked(1, dated_on=timezone.localdate() + timedelta(10)).size == 1  # the day on which they are handed over
    assert Certificate.objects.count() == taken


def test_no_prefix_is_said_with_the_way_out(asked: Callable[..., Batch]) -> None:
    with pytest.raises(services.NoPrefix):
        asked(1, unit="KZ")  # the country itself issues nothing


def test_minutes_become_hours_half_up() -> None:
    from orken.credentials.services.preparing import hours_of

    assert [hours_of(minutes, 45) for minutes in (45, 90, 3240, 100, 22, 2, 3)] == [
        "1",
        "2",
        "72",
        "2,2",
        "0,5",
        "0",
        "0,1",
    ]


def test_common_is_plain_data(asked: Callable[..., Batch]) -> None:
    batch = asked(1)
    batch.refresh_from_db()
    assert batch.common["dated_on"] == "2026-08-14" and common().dated_on == DATED
