"""Consent on paper for who has no account; a blocked person is shown again by whoever decides; done before is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.network import persons, services
from orken.network.models import Appointment, Unit
from orken.people.models import Account, Consent, Merge, Person
from orken.people.services import merging, rights

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]
Country = Callable[[str], Unit]
SIGNED = {
    "version": "2026-1", "language": "ru", "kept_at": "4-іс, 2-сөре", "signed_on_day": "2", "signed_on_month": "9",
    "signed_on_year": "2026",
}  # fmt: skip


@pytest.fixture
def nobody(country: Country) -> Person:
    """A person of the region who has no account."""
    row = Appointment.objects.at().filter(unit__path__within=country("KZ-55").path, person__account=None).first()
    assert row is not None
    person: Person = row.person
    return person


def test_a_consent_on_paper_is_noted_with_its_version_day_and_place(browse: Browse, nobody: Person) -> None:
    client, address = browse("pavlodar"), reverse("network:consent_on_paper", args=[nobody.pk])
    assert client.post(address, {**SIGNED, "kept_at": " "}).status_code == 422
    assert client.post(address, {**SIGNED, "signed_on_year": "2031"}).status_code == 422
    assert client.post(address, SIGNED).status_code == 302
    [consent] = Consent.objects.filter(person=nobody)
    assert (consent.version, consent.way, consent.language, consent.kept_at) == (
        "2026-1",
        "paper",
        "ru",
        "4-іс, 2-сөре",
    )
    assert str(timezone.localdate(consent.given_at)) == "2026-09-02"
    assert AuditEvent.objects.get(verb="person.consented", target_id=str(nobody.pk)).after["kept_at"] == "4-іс, 2-сөре"
    again = client.post(address, SIGNED)
    assert again.status_code == 422 and "version" in again.context["form"].errors
    assert "4-іс, 2-сөре" in client.get(reverse("network:person", args=[nobody.pk])).content.decode()


def test_a_consent_on_paper_without_a_place_is_no_consent(nobody: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=nobody, version="2026-1", language="kk", way="paper")


def test_the_form_to_be_signed_is_one_paper_with_her_name(browse: Browse, nobody: Person) -> None:
    answer = browse("head").get(reverse("network:consent_paper", args=[nobody.pk]))
    wide = browse("pavlodar").get(reverse("network:consent_paper", args=[nobody.pk]))
    assert wide["Content-Type"] == "application/pdf" and wide.content.startswith(b"%PDF")
    assert wide.content.count(b"/Type /Page\n") + wide.content.count(b"/Type/Page ") <= 1
    assert answer.status_code in (200, 404), "the head prints it for her own people only"


def test_who_decides_shows_a_blocked_person_again(browse: Browse, nobody: Person) -> None:
    rights.block(person=nobody, by=None, scope_path="")
    page, unblock = reverse("network:person", args=[nobody.pk]), reverse("network:unblock", args=[nobody.pk])
    assert browse("head").get(page).status_code == 404
    assert browse("head").post(unblock).status_code == 404
    client = browse("pavlodar")
    shown = client.get(page).content.decode()
    assert (unblock in shown and nobody.phone not in shown.replace(nobody.full_name(), "")) or not nobody.phone
    assert client.get(unblock).status_code == 405
    assert client.post(unblock).status_code == 302
    nobody.refresh_from_db()
    assert nobody.blocked_at is None
    assert AuditEvent.objects.filter(verb="person.unblocked", target_id=str(nobody.pk)).count() == 1
    late = client.post(unblock)
    assert late.status_code == 409, "somebody did it before"
    assert AuditEvent.objects.filter(verb="person.unblocked", target_id=str(nobody.pk)).count() == 1
    with pytest.raises(rights.NotBlocked):
        rights.unblock(person=nobody, by=None, scope_path="")


def test_a_stale_end_says_who_did_it_and_leads_back(browse: Browse, account: Accounts, nobody: Person) -> None:
    row = Appointment.objects.at().filter(person=nobody)[0]
    services.dismiss(appointment=row, on=timezone.localdate(), by=account("national"))
    for name in ("network:dismiss", "network:person_move"):
        answer = browse("pavlodar").get(reverse(name, args=[row.pk]))
        text = answer.content.decode()
        assert answer.status_code == 409 and account("national").person.full_name("kk") in text
        assert reverse("network:person", args=[nobody.pk]) in text
    with pytest.raises(services.GoneMeanwhile):
        services.dismiss(appointment=row, on=timezone.localdate() + timedelta(days=3), by=account("pavlodar"))
    elsewhere = Appointment.objects.at().exclude(unit__path__startswith=account_path(account)).first()
    assert elsewhere is not None
    services.dismiss(appointment=elsewhere, on=timezone.localdate(), by=account("national"))
    assert browse("pavlodar").get(reverse("network:dismiss", args=[elsewhere.pk])).status_code == 404


def account_path(account: Accounts) -> str:
    from orken.network import policy
    from orken.network.roles import Permission

    return policy.scope(account("pavlodar"), Permission.STAFF_EDIT).paths[0]


def test_a_second_undo_of_a_joining_says_that_it_was_done(browse: Browse, account: Accounts, country: Country) -> None:
    rows = Appointment.objects.at().filter(unit__path__within=country("KZ-55").path, person__account=None)
    kept, gone = (row.person for row in rows.exclude(employment="combined").order_by("pk")[:2])
    merge: Merge = persons.merge(kept=kept, gone=gone, answers=answers(kept, gone), by=account("pavlodar"))
    client, address = browse("pavlodar"), reverse("network:unmerge", args=[merge.pk])
    persons.unmerge(merge=merge, by=account("national"))
    answer = client.post(address)
    text = answer.content.decode()
    assert answer.status_code == 409 and account("national").person.full_name("kk") in text
    assert reverse("network:twins") in text


def answers(kept: Person, gone: Person) -> dict[str, str]:
    keys = [one.key for one in merging.collisions(kept, gone)] + [one.key for one in merging.differences(kept, gone)]
    return dict.fromkeys(keys, "kept")
