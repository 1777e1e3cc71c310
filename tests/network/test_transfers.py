"""Whoever works under another's care is asked for: until her side agrees nothing of hers is opened (decision 0044)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.network import invitations, persons, policy, services, transfers
from orken.network.models import Appointment, Post, StaffImport, Transfer, Unit
from orken.network.roles import Permission, Role
from orken.network.staff_list import lists
from orken.notices.models import Notice
from orken.people.models import Account, Person
from orken.people.services import merging, rights
from tests.network.staff_list.sheets import xlsx

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]
TODAY = timezone.localdate
MINE, THEIRS = "KZ-11-LIB", "KZ-55-D02"  # Akmola asks; the head of the district in Pavlodar answers
KIND = Transfer.Kind


@pytest.fixture
def akmola(country: Country, account: Accounts) -> Account:
    """A methodologist of another region, who comes by the demo door."""
    person = Person.objects.create(surname_kk="Сұраушы", given_kk="Гүл")
    services.assign_role(person=person, role=Role.REGION_METHODOLOGIST, unit=country("KZ-11"), on=TODAY(), by=None)
    made = Account(person=person, login="akmola")
    made.set_unusable_password()
    made.save()
    return made


@pytest.fixture
def hers(country: Country, account: Accounts) -> Appointment:
    """Somebody of the district whose main post is asked for."""
    row: Appointment | None = (
        Appointment.objects.at()
        .filter(unit=country(THEIRS), employment="main", person__account=None)
        .select_related("person", "unit")
        .first()
    )
    assert row is not None
    Person.objects.filter(pk=row.person_id).update(phone="+77015550011")
    row.person.refresh_from_db()
    return row


def post(code: str = "librarian") -> Post:
    return Post.objects.get(code=code)


def ask(by: Account, row: Appointment, unit: Unit, kind: str = KIND.MOVE, **more: Any) -> Transfer:
    given = {"post": post(), "on": TODAY(), "reason": "Қор көшіп келді", **more}
    return transfers.ask(person=row.person, unit=unit, kind=kind, by=by, **given)


def test_nobody_is_appointed_from_another_scope_without_a_word(
    akmola: Account, hers: Appointment, country: Country
) -> None:
    for employment in ("main", "combined"):
        with pytest.raises(services.AsksFirst):
            services.appoint(
                person=hers.person, unit=country(MINE), post=post(), on=TODAY(), by=akmola, employment=employment
            )
    assert Appointment.objects.live().filter(person=hers.person).count() == 1


def test_a_coming_post_elsewhere_asks_first_too_and_who_left_is_appointed_at_once(
    akmola: Account, hers: Appointment, country: Country
) -> None:
    services.dismiss(appointment=hers, on=TODAY(), by=Account.objects.get(login="head"))
    later = services.place(person=hers.person, unit=hers.unit, post=post(), on=TODAY() + timedelta(days=9), by=None)
    with pytest.raises(services.AsksFirst):
        services.appoint(person=hers.person, unit=country(MINE), post=post(), on=TODAY(), by=akmola)
    services.dismiss(appointment=later, on=later.valid_from, by=Account.objects.get(login="head"))
    with pytest.raises(services.NothingToAsk):
        ask(akmola, hers, country(MINE))
    row = services.appoint(person=hers.person, unit=country(MINE), post=post(), on=TODAY(), by=akmola)
    assert row.employment == "main"


def test_until_the_answer_only_name_and_state_are_known(
    akmola: Account, hers: Appointment, country: Country, browse: Browse
) -> None:
    asked = ask(akmola, hers, country(MINE), KIND.COMBINED)
    scope = policy.scope(akmola, Permission.STAFF_VIEW)
    assert not persons.people_in(scope).filter(pk=hers.person_id).exists()
    assert not invitations.people_in(policy.scope(akmola, Permission.ACCOUNT_INVITE)).filter(pk=hers.person_id).exists()
    client = browse("")
    client.force_login(akmola, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("network:transfer", args=[asked.pk])).content.decode()
    assert hers.person.full_name("kk") in page and "жауап күтуде" in page
    assert hers.person.phone not in page and hers.unit.name_kk not in page
    assert reverse("network:person", args=[hers.person_id]) not in page
    assert client.get(reverse("network:person", args=[hers.person_id])).status_code == 404
    assert client.get(reverse("network:invite", args=[hers.person_id])).status_code == 404


def test_an_accepted_move_ends_the_old_post_and_makes_the_new_one(
    akmola: Account, hers: Appointment, country: Country, account: Accounts
) -> None:
    asked = ask(akmola, hers, country(MINE))
    head = account("head")
    done = transfers.accept(transfer=asked, by=head)
    held = list(Appointment.objects.live().filter(person=hers.person).order_by("valid_from"))
    assert [(row.unit.code, row.employment, row.valid_to) for row in held] == [
        (THEIRS, "main", TODAY()),
        (MINE, "main", None),
    ]
    assert (done.state, done.appointment_id, done.answered_by) == ("accepted", held[1].pk, head)
    rows = AuditEvent.objects.filter(verb="transfer.accepted", target_id=str(asked.pk))
    assert {row.scope_path for row in rows} == {country(MINE).path, country(THEIRS).path}
    assert AuditEvent.objects.filter(verb="staff.dismissed", by_id=head.pk).exists()
    told = set(Notice.objects.filter(about_kind="network.transfer").values_list("kind", "person_id"))
    assert {("transfer.accepted", akmola.person_id), ("transfer.agreed", hers.person_id)} <= told
    assert {("transfer.asked", hers.person_id), ("transfer.waits", head.person_id)} <= told
    assert persons.people_in(policy.scope(akmola, Permission.STAFF_VIEW)).filter(pk=hers.person_id).exists()


def test_an_accepted_second_post_leaves_the_main_one(
    akmola: Account, hers: Appointment, country: Country, account: Accounts
) -> None:
    transfers.accept(transfer=ask(akmola, hers, country(MINE), KIND.COMBINED), by=account("pavlodar"))
    held = Appointment.objects.at().filter(person=hers.person)
    assert {(row.unit.code, row.employment) for row in held} == {(THEIRS, "main"), (MINE, "combined")}
    assert not invitations.people_in(policy.scope(akmola, Permission.ACCOUNT_INVITE)).filter(pk=hers.person_id).exists()


def test_what_cannot_be_written_leaves_everything_as_it_was(
    akmola: Account, hers: Appointment, country: Country, account: Accounts
) -> None:
    asked = ask(akmola, hers, country(MINE), on=hers.valid_from - timedelta(days=1))
    with pytest.raises(services.EndsBeforeItBegan):
        transfers.accept(transfer=asked, by=account("head"))
    asked.refresh_from_db()
    assert asked.state == "asked" and Appointment.objects.live().get(person=hers.person).pk == hers.pk


def test_a_refusal_says_why_and_makes_no_post(
    akmola: Account, hers: Appointment, country: Country, browse: Browse
) -> None:
    asked = ask(akmola, hers, country(MINE))
    address, client = reverse("network:transfer", args=[asked.pk]), browse("head")
    assert client.post(address, {"way": "refuse", "answer": " "}).status_code == 422
    assert client.post(address, {"way": "refuse", "answer": "Орнына адам жоқ"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.appointment_id) == ("refused", "Орнына адам жоқ", None)
    letter = Notice.objects.get(kind="transfer.refused")
    assert letter.person_id == akmola.person_id and "Орнына адам жоқ" in letter.body_kk
    assert Appointment.objects.live().filter(person=hers.person).count() == 1
    assert client.post(address, {"way": "accept"}).status_code == 404, "it waits no more"


def test_only_her_side_answers_and_only_the_asking_side_takes_back(
    akmola: Account, hers: Appointment, country: Country, account: Accounts, browse: Browse
) -> None:
    asked = ask(akmola, hers, country(MINE))
    for who in (akmola, account("village"), account("registrar")):
        with pytest.raises(policy.OutOfScope):
            transfers.accept(transfer=asked, by=who)
    with pytest.raises(policy.OutOfScope):
        transfers.withdraw(transfer=asked, by=account("head"))
    assert browse("head").post(reverse("network:transfer_withdraw", args=[asked.pk])).status_code == 404
    assert browse("registrar").get(reverse("network:transfer", args=[asked.pk])).status_code == 404
    transfers.withdraw(transfer=asked, by=akmola)
    with pytest.raises(transfers.WayIsClosed):
        transfers.withdraw(transfer=asked, by=akmola)
    with pytest.raises(transfers.WayIsClosed):
        transfers.accept(transfer=asked, by=account("head"))


def test_one_request_waits_for_a_person_and_a_library(akmola: Account, hers: Appointment, country: Country) -> None:
    first = ask(akmola, hers, country(MINE))
    with pytest.raises(services.AskedAlready):
        ask(akmola, hers, country(MINE))
    twin = {name: getattr(first, name) for name in ("person", "unit", "post", "kind", "on", "asked_by")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(**twin)
    transfers.withdraw(transfer=first, by=akmola)
    assert ask(akmola, hers, country(MINE)).pk != first.pk


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "refused"},
        {"state": "accepted", "answered_at": timezone.now()},
        {"until": TODAY() - timedelta(days=1)},
        {"rate": 2},
    ],
)
def test_the_database_holds_the_shape_of_a_request(
    wrong: dict[str, Any], akmola: Account, hers: Appointment, country: Country
) -> None:
    asked = ask(akmola, hers, country(MINE))
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=asked.pk).update(**wrong)


def test_the_whole_way_through_the_pages(akmola: Account, hers: Appointment, country: Country, browse: Browse) -> None:
    client, person, day = browse(""), hers.person, TODAY()
    client.force_login(akmola, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("network:appoint_whom", args=[MINE]), {"q": f"{person.surname_kk} {person.given_kk}"})
    address = reverse("network:appoint", args=[MINE, person.pk])
    page = client.get(address).content.decode()
    assert "Ауыстыруды сұрау" in page and hers.unit.name_kk not in page and person.phone not in page
    answers = {"kind": "move", "post": "librarian", "rate": "1", "on_day": day.day, "on_month": day.month, "on_year": day.year}  # fmt: skip
    assert client.post(address, answers).status_code == 422, "without a reason"
    assert client.post(address, {**answers, "reason": "Қор көшіп келді"}).status_code == 302
    asked = Transfer.objects.get()
    assert reverse("network:transfer", args=[asked.pk]) in client.get(address).content.decode()
    assert client.post(address, {**answers, "reason": "тағы"}).status_code in (200, 422)
    assert Transfer.objects.count() == 1
    head = browse("head")
    for name in ("portal:desk", "network:staff"):
        assert reverse("network:transfers") in head.get(reverse(name)).content.decode(), name
    shown = head.get(reverse("network:transfer", args=[asked.pk])).content.decode()
    assert "Қор көшіп келді" in shown and country(MINE).name_kk in shown
    assert country(MINE).name_kk in head.get(reverse("network:person", args=[person.pk])).content.decode()
    assert head.post(reverse("network:transfer", args=[asked.pk]), {"way": "accept"}).status_code == 302
    assert Appointment.objects.at().get(person=person).unit.code == MINE


def test_she_reads_on_her_own_page_who_asks(
    akmola: Account, country: Country, account: Accounts, browse: Browse
) -> None:
    village = account("village").person
    row = Appointment.objects.at().filter(person=village).select_related("person").first()
    assert row is not None
    ask(akmola, row, country(MINE))
    page = browse("village").get(reverse("network:held")).content.decode()
    assert f"{country(MINE).name_kk} сізді жұмысқа алғысы келеді" in page


def test_the_lists_ask_as_often_for_one_request_as_for_three(
    akmola: Account, hers: Appointment, country: Country, browse: Browse
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert head.get(reverse("network:transfers")).status_code == 200
        return len(queries)

    head = browse("head")
    ask(akmola, hers, country(MINE))
    head.get(reverse("network:transfers"))
    one = asked()
    for code in ("KZ-11", "KZ-11-D01"):
        ask(akmola, hers, country(code), KIND.COMBINED)
    assert asked() == one


def test_joined_rows_bring_their_requests_and_an_erasure_takes_them_back(
    akmola: Account, hers: Appointment, country: Country, account: Accounts
) -> None:
    twin = Person.objects.create(surname_kk="Егіз", given_kk="Жазба")
    services.place(person=twin, unit=hers.unit, post=post("bibliographer"), on=TODAY(), by=None, employment="combined")
    mine, theirs = ask(akmola, hers, country(MINE)), transfers.ask(
        person=twin, unit=country(MINE), post=post(), kind=KIND.MOVE, on=TODAY(), reason="х", by=akmola
    )  # fmt: skip
    merging.merge(kept=hers.person, gone=twin, answers={}, by=None, scope_path="")
    theirs.refresh_from_db()
    assert (theirs.person_id, theirs.state) == (hers.person_id, "withdrawn")
    rights.erase(person=hers.person, by=None, scope_path="")
    mine.refresh_from_db()
    assert (mine.state, mine.reason) == ("withdrawn", "")


def test_a_staff_list_does_not_take_somebody_elses_librarian(
    akmola: Account, hers: Appointment, country: Country
) -> None:
    """Nor does it change what is known of her: the row is refused whole, with the way out."""
    Person.objects.filter(pk=hers.person_id).update(birth_on=date(1985, 3, 12), surname_kk="Асанова", given_kk="Гүлнар")
    Person.objects.get(pk=hers.person_id).save()
    file = xlsx([["Асанова Гүлнар", "", "12.03.1985", country(MINE).name_kk, "кітапханашы"]])
    table = lists.take(file=file, file_name="l.xlsx", unit=country(MINE), by=akmola)
    row = table.rows.get()
    assert (row.state, row.notes[0][0]) == ("doubtful", "elsewhere")
    lists.correct(row=row, corrections={}, decision=f"same:{hers.person_id}", by=akmola)
    row.refresh_from_db()
    assert (row.state, row.notes[0][0]) == ("refused", "asks_first")
    lists.apply(table=StaffImport.objects.get(pk=table.pk), by=akmola)
    assert Appointment.objects.live().filter(person=hers.person).count() == 1
    mine = lists.take(file=file, file_name="m.xlsx", unit=country(MINE), by=None)
    lists.correct(row=mine.rows.get(), corrections={}, decision=f"same:{hers.person_id}", by=None)
    assert mine.rows.get().state != "refused", "the operator keeps the whole country"


def test_in_a_new_sign_in_she_is_found_again_by_name(
    akmola: Account, hers: Appointment, country: Country, browse: Browse
) -> None:
    """The address of the form alone opens nothing, and does not tell whether the person exists."""
    client = browse("")
    client.force_login(akmola, backend="django.contrib.auth.backends.ModelBackend")
    pages = set()
    for pk in (hers.person_id, 10**9):
        answer = client.get(reverse("network:appoint", args=[MINE, pk]))
        page = answer.content.decode()
        assert answer.status_code == 404 and reverse("network:appoint_whom", args=[MINE]) in page
        assert hers.person.surname_kk not in page
        pages.add(re.sub(r'name="csrf\w+" value="\w+"|nonce-[\w-]+', "", page.replace(str(pk), "")))
    assert len(pages) == 1, "whether the person exists is not told"
    client.get(reverse("network:appoint_whom", args=[MINE]), {"q": hers.person.full_name("kk")})
    assert client.get(reverse("network:appoint", args=[MINE, hers.person_id])).status_code == 200


def test_a_role_is_not_given_by_an_address_alone_either(hers: Appointment, browse: Browse, country: Country) -> None:
    person = Person.objects.create(surname_kk="Ешкім", given_kk="Жоқ")
    answer = browse("pavlodar").get(reverse("network:give_role", args=["KZ-55-D02", person.pk]))
    assert answer.status_code == 404 and reverse("network:role_whom", args=["KZ-55-D02"]) in answer.content.decode()
