"""Blocked and erased: who is shown nowhere, and what of an erased person remains anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from orken.kit.audit.models import AuditEvent
from orken.kit.mail import services as mail
from orken.kit.mail.models import Letter
from orken.kit.offline.models import Device, Operation
from orken.network import invitations, policy, services, transfers
from orken.network.models import Appointment, Post, StaffImport, StaffRow, Unit
from orken.network.roles import Permission, Role
from orken.notices import services as notices
from orken.notices.models import Notice
from orken.people import iin
from orken.people.models import TRAIT_FIELDS, Account, Consent, DataRequest, Invitation, Merge, Person
from orken.people.services import merging, record, rights
from orken.training.attendance import services as attendance
from orken.training.models import Run, WalkIn

Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]
NUMBER = "780705400006"
# What of a row stays after an erasure, and why; every other column is empty or says only that it was erased.
KEPT = {
    "id": "posts, roles and papers point to it",
    "synthetic": "of the demo country",
    "merged_into": "leads old addresses on",
    "blocked_at": "a day of the system",
    "erased_at": "the day itself",
    "withdrawn_at": "a day of the system",
    "revision": "a count of changes",
    "created_at": "a day of the system",
}
SAYS_SO = {"surname_kk", "surname_ru", "surname_en", "sort_kk", "sort_ru"}
SECRET = "Құпиясы"  # a word that stands in every text of hers and nowhere else


@pytest.fixture
def full(country: Callable[[str], Unit]) -> Person:
    """Somebody of whom every column is known, with a post that a duty keeps."""
    person = Person.objects.create(
        surname_kk=SECRET, given_kk="Айша", patronymic_kk="Бекқызы", surname_ru="Купиясина", given_ru="Айша",
        patronymic_ru="Бековна", surname_en="Qupiasy", given_en="Aisha", sex="f", birth_on=date(1978, 7, 5),
        phone="+77015550022", email="qupiasy@example.kz",
    )  # fmt: skip
    traits: dict[str, Any] = {
        "education": "higher", "library_education": True, "languages": "kk,ru", "library_since": date(2001, 1, 9),
        "category": "first", "category_level": "higher", "category_on": date(2019, 5, 5),
        "attested_on": date(2024, 2, 2), "attestation": "fits",
    }  # fmt: skip
    record.set_traits(person=person, traits=traits, on=date(2024, 3, 1), by=None, scope_path="")
    record.set_number(person=person, number=iin.parse(NUMBER), by=None, scope_path="")
    post = Appointment.objects.live().first()
    assert post is not None
    Appointment.objects.create(person=person, unit=country("KZ-55-D02"), post=post.post, valid_from=date(2020, 1, 1))
    return Person.objects.get(pk=person.pk)


def test_every_column_of_a_person_is_wiped_or_kept_for_a_reason(full: Person) -> None:
    blank = [
        field.name for field in Person._meta.concrete_fields if field.name not in KEPT and not getattr(full, field.name)
    ]
    assert set(blank) <= {"sound_ru", "sound_en"}, "the test has to fill every column"
    assert rights.erase(person=full, by=None, scope_path=""), "her posts are a duty, and yet"
    fresh = Person.objects.get(pk=full.pk)
    left = {
        field.name: value
        for field in Person._meta.concrete_fields
        if field.name not in {*KEPT, *SAYS_SO} and (value := getattr(fresh, field.name)) not in ("", None)
    }
    assert left == {}
    assert set(TRAIT_FIELDS) & set(KEPT) == set()
    said = {"kk": "Деректері өшірілген", "ru": "Данные удалены", "en": "Data erased"}
    for language, words in said.items():
        with translation.override(language):
            assert str(fresh) == fresh.full_name() == words
    assert Appointment.objects.live().filter(person=fresh).exists(), "the post itself is a fact that stays"


def test_no_text_of_the_whole_database_tells_who_she_was(
    full: Person, account: Accounts, country: Callable[[str], Unit]
) -> None:
    by, names = account("pavlodar"), full.names
    record.set_contacts(person=full, contacts={"birth_on": date(1978, 7, 6)}, by=by, scope_path="")
    record.rename(
        person=full, names={**names, "given_kk": "Айшагүл"}, on=date(2022, 1, 1), reason="wish", by=by, scope_path=""
    )
    twin = Person.objects.create(surname_kk=SECRET, given_kk="Айшә", phone="+77015550033", birth_on=date(1978, 7, 5))
    merging.merge(kept=full, gone=twin, answers={}, by=by, scope_path="")
    invitations.invite(person=full, way=Invitation.Way.SLIP, by=None)
    hers = Account.objects.get(person=full)
    rights.give_consent(person=full, by=hers, language="kk")
    asking = Person.objects.create(surname_kk="Сұраушы", given_kk="Гүл")
    akmola = Account(person=asking, login="akmola")
    akmola.set_unusable_password()
    akmola.save()
    services.assign_role(
        person=asking, role=Role.REGION_METHODOLOGIST, unit=country("KZ-11"), on=timezone.localdate(), by=None
    )
    wanted = transfers.ask(
        person=full, unit=country("KZ-11-LIB"), post=Post.objects.get(code="librarian"), kind="move", by=akmola,
        on=timezone.localdate(), reason=f"{SECRET} көшіп келеді",
    )  # fmt: skip
    told = Notice.objects.get(kind="transfer.waits", about_id=str(wanted.pk), person=account("head").person)
    assert SECRET in told.body_kk
    mail.post(
        key="day", to="head@example.kz", language="ru", subject="Письма дня",
        text=f"Просят вашего сотрудника: {full.full_name('ru')}. Айша Купиясина", html=f"<b>{full.short_name('kk')}</b>",
    )  # fmt: skip
    Letter.objects.filter(key="day").update(state="sent", sent_at=timezone.now())
    asked = rights.ask(person=full, kind="erasure", text=f"Мен {SECRET} Айшагүлмін", by=hers)
    table = StaffImport.objects.create(unit=country("KZ-55-D02"), file_name="l", sha256="", on=timezone.localdate())
    StaffRow.objects.create(
        table=table, number=1, state="same", person=full, name=f"{SECRET} Айша", cells=[f"{SECRET} Айша"],
        values={"name": SECRET}, done={"person": full.pk, "begun": [], "names": {"surname_kk": SECRET}},
    )  # fmt: skip
    guest = attendance.add_walk_in(
        run=Run.objects.get(code="NL-2026-38"), name=f"{SECRET} Айша", library="Ақсу", by=None
    )
    phone = Device.objects.create(account_id=by.pk, name="Телефон", sequence=1)
    Operation.objects.create(
        uid=guest.uid, device=phone, sequence=1, kind="attendance.walk_in", payload={"name": f"{SECRET} Айша", "says": f"{SECRET} Айша · Ақсу"},
        outcome="done", made_at=timezone.now(), received_at=timezone.now(),
    )  # fmt: skip
    rights.decide(request=asked, grant=True, answer="Өшірілді", by=by, scope_path="")
    assert DataRequest.objects.get(pk=asked.pk).state == "granted"
    assert WalkIn.objects.get(pk=guest.pk).library == "Ақсу", "that somebody came from there stays"
    told.refresh_from_db()
    assert "Деректері өшірілген" in told.subject_kk and "Данные удалены" in told.body_ru, "the letter itself stays"
    assert Letter.objects.get(key="day").text == "Просят вашего сотрудника: Данные удалены. Данные удалены"
    found = []
    for model in apps.get_models():
        texts = [one.name for one in model._meta.concrete_fields if isinstance(one, (CharField, TextField, JSONField))]
        for row in model._base_manager.values_list("pk", *texts):
            line = str(row)
            if any(word in line for word in (SECRET, "Купиясина", "Qupiasy", "қупиас", "+770155500", "1978-07-0")):
                found.append((model._meta.label, line[:200]))
    assert found == []
    assert AuditEvent.objects.filter(verb="person.renamed", target_id=str(full.pk), by_id=by.pk).exists(), (
        "the act stays"
    )
    with pytest.raises(merging.CannotUndoMerge):
        merging.undo(merge=Merge.objects.get(kept=full), by=by, scope_path="")


def test_a_letter_about_a_namesake_stays_as_it_was_written(full: Person, account: Accounts) -> None:
    namesake = Person.objects.create(surname_kk=full.surname_kk, given_kk=full.given_kk)
    for key in ("about her", "about nobody told"):
        notices.send(
            kind="transfer.accepted", to=account("head").person, key=key, about=full if key == "about her" else None,
            facts={"person": namesake.full_name("kk"), "unit": "Кітапхана", "on": timezone.localdate(), "by": "жүйе"},
        )  # fmt: skip
    rights.erase(person=full, by=None, scope_path="")
    assert SECRET not in Notice.objects.get(key="about her").body_kk
    assert SECRET in Notice.objects.get(key="about nobody told").body_kk


def test_what_an_erased_person_sent_names_her_no_more(account: Accounts, full: Person) -> None:
    invitations.invite(person=full, way=Invitation.Way.SLIP, by=None)
    hers = Account.objects.get(person=full)
    to = account("head").person
    facts = {"person": "Біреу", "unit": "Кітапхана", "on": timezone.localdate(), "by": str(full)}
    sent = notices.send(kind="transfer.accepted", to=to, facts=facts, by=hers, key="sent")
    rights.erase(person=full, by=None, scope_path="")
    sent.refresh_from_db()
    assert SECRET not in f"{sent.by_name}{sent.body_kk}" and "Біреу" in sent.body_kk


def test_who_decided_stays_known_when_she_held_a_role(account: Accounts, full: Person) -> None:
    head = account("head")
    rights.block(person=full, by=head, scope_path="")
    name = str(head)
    rights.erase(person=head.person, by=None, scope_path="")
    assert AuditEvent.objects.get(verb="person.blocked", target_id=str(full.pk)).by_name == name


def test_the_trail_says_erased_in_the_readers_language(full: Person, browse: Browse, country: Any) -> None:
    record.set_contacts(person=full, contacts={"phone": "+77010000001"}, by=None, scope_path=country("KZ-55-D02").path)
    rights.erase(person=full, by=None, scope_path=country("KZ-55-D02").path)
    page = browse("pavlodar").get(reverse("network:trail")).content.decode()
    assert "деректері өшірілген" in page and SECRET not in page


def test_a_blocked_person_is_not_in_the_list_of_accounts(full: Person, account: Accounts, browse: Browse) -> None:
    by, address = account("pavlodar"), reverse("network:accounts")
    scope = policy.scope(by, Permission.ACCOUNT_INVITE)
    assert reverse("network:invite", args=[full.pk]) in browse("pavlodar").get(address, {"q": SECRET}).content.decode()
    rights.block(person=full, by=None, scope_path="")
    assert not invitations.people_in(scope).filter(pk=full.pk).exists()
    listed = browse("pavlodar").get(address, {"q": SECRET}).content.decode()
    assert reverse("network:invite", args=[full.pk]) not in listed
    assert browse("pavlodar").get(reverse("network:invite", args=[full.pk])).status_code == 404
    with pytest.raises(policy.OutOfScope):
        invitations.invite(person=full, way=Invitation.Way.SLIP, by=by)


def test_an_erased_person_is_not_shown_again(full: Person, browse: Browse) -> None:
    """Blocked first, erased then: no button promises her back, and the address of the button answers nothing."""
    rights.block(person=full, by=None, scope_path="")
    rights.give_consent(person=full, by=None, language="kk", way="click")
    rights.erase(person=full, by=None, scope_path="")
    client, address = browse("pavlodar"), reverse("network:unblock", args=[full.pk])
    page = client.get(reverse("network:person", args=[full.pk])).content.decode()
    assert "оларды ештеңе қайтармайды" in page and address not in page
    assert client.post(address).status_code == 404
    with pytest.raises(rights.NotBlocked):
        rights.unblock(person=full, by=None, scope_path="")
    assert not Consent.objects.filter(person=full, withdrawn_at=None).exists()
    assert browse("pavlodar").get(reverse("network:consent_on_paper", args=[full.pk])).status_code == 404


def test_an_erased_person_is_not_edited_any_more(full: Person, browse: Browse) -> None:
    rights.erase(person=full, by=None, scope_path="")
    for name in ("names", "facts", "number"):
        assert browse("pavlodar").get(reverse(f"network:person_{name}", args=[full.pk])).status_code == 404
