"""What a person may ask: who looked, consent, correction, blocking, erasure against duties."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from orken.kit.audit.models import AuditEvent
from orken.kit.search.models import SearchRow
from orken.network.models import Appointment, Unit
from orken.people import iin, sealing
from orken.people.models import Account, Consent, DataRequest, Look, Person, ProtectedId
from orken.people.services import record, rights

Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]
NUMBER = "780705400006"


def test_she_sees_who_looked_and_her_own_looks_are_not_noted(browse: Browse, account: Accounts) -> None:
    village = account("village").person
    address = reverse("network:person", args=[village.pk])
    for _ in range(3):
        assert browse("pavlodar").get(address).status_code == 200
    assert Look.objects.filter(person=village).count() == 1, "reading on within the hour is one look"
    page = browse("village").get(reverse("network:held")).content.decode()
    assert str(account("pavlodar")) in page
    assert not Look.objects.filter(by_id=account("village").pk).exists()


def test_consent_is_given_by_version_and_taken_back(browse: Browse, account: Accounts) -> None:
    client, address = browse("village"), reverse("network:consent")
    client.post(address, {"do": "give"})
    client.post(address, {"do": "give"})
    [consent] = Consent.objects.filter(person=account("village").person)
    assert (consent.version, consent.language, consent.withdrawn_at) == ("2026-1", "kk", None)
    client.post(address, {"do": "withdraw"})
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    client.post(address, {"do": "give"})
    assert Consent.objects.filter(person=account("village").person).count() == 2


def test_a_request_is_sent_decided_and_answered(browse: Browse, account: Accounts) -> None:
    client = browse("village")
    sent = {"kind": "correction", "text": "Әкемнің аты қате"}
    assert client.post(reverse("network:ask"), sent).status_code == 302
    assert client.post(reverse("network:ask"), sent).status_code == 422, "one waits already"
    request = DataRequest.objects.get()
    methodologist = browse("pavlodar")
    assert "Әкемнің аты қате" in methodologist.get(reverse("network:data_requests")).content.decode()
    answer = {"grant": "yes", "answer": "Түзетілді"}
    assert methodologist.post(reverse("network:data_request", args=[request.pk]), answer).status_code == 302
    assert "Түзетілді" in client.get(reverse("network:held")).content.decode()
    with pytest.raises(rights.DecidedAlready):
        rights.decide(request=request, grant=False, answer="", by=account("national"), scope_path="")


def test_a_blocked_person_is_shown_to_nobody_but_herself(browse: Browse, account: Accounts) -> None:
    village = account("village").person
    rights.block(person=village, by=None, scope_path="")
    assert browse("registrar").get(reverse("network:person", args=[village.pk])).status_code == 404
    decides = browse("pavlodar").get(reverse("network:person", args=[village.pk]))
    assert decides.templates[0].name == "network/blocked.html", "who decides sees a name and a button, no more"
    found = browse("pavlodar").get(reverse("network:staff"), {"q": "Жұмабекова Айгүл"}).content.decode()
    assert reverse("network:person", args=[village.pk]) not in found
    assert not SearchRow.objects.filter(kind="person", object_id=str(village.pk)).exists()
    assert browse("village").get(reverse("network:held")).status_code == 200
    rights.unblock(person=village, by=None, scope_path="")
    assert browse("pavlodar").get(reverse("network:person", args=[village.pk])).status_code == 200


def test_an_erasure_keeps_the_bare_row_that_a_duty_needs_and_says_why(account: Accounts) -> None:
    village = account("village").person
    record.set_number(person=village, number=iin.parse(NUMBER), by=None, scope_path="")
    keeping = rights.erase(person=village, by=None, scope_path="")
    fresh = Person.objects.get(pk=village.pk)
    assert keeping and fresh.full_name("kk") == "Деректері өшірілген"
    assert Appointment.objects.live().filter(person=village).exists()
    assert (fresh.birth_on, fresh.phone, fresh.email, fresh.education, fresh.folded) == (None, "", "", "", "")
    assert not ProtectedId.objects.filter(person=village).exists()
    with pytest.raises(record.Erased):
        record.set_contacts(person=fresh, contacts={"phone": "+77010000000"}, by=None, scope_path="")


def test_without_a_duty_the_name_goes_too(db: None) -> None:
    somebody = Person.objects.create(
        surname_kk="Белгісіз", given_kk="Біреу", birth_on=date(1990, 1, 1), phone="+77010000000"
    )
    assert rights.erase(person=somebody, by=None, scope_path="") == []
    fresh = Person.objects.get(pk=somebody.pk)
    assert fresh.full_name("kk") == "Деректері өшірілген"
    assert (fresh.birth_on, fresh.phone, fresh.sex) == (None, "", "")


def test_the_number_is_shown_in_full_only_with_the_right_and_the_look_is_noted(
    browse: Browse, account: Accounts
) -> None:
    village = account("village").person
    record.set_number(person=village, number=iin.parse(NUMBER), by=None, scope_path="")
    address = reverse("network:person_number_shown", args=[village.pk])
    assert browse("pavlodar").post(address).status_code == 404
    assert browse("registrar").get(address).status_code == 405
    shown = browse("registrar").post(address)
    assert NUMBER in shown.content.decode() and shown["Cache-Control"] == "no-store"
    assert Look.objects.get(person=village, what="number").by_name == str(account("registrar"))
    assert not [event for event in AuditEvent.objects.all() if NUMBER in f"{event.before}{event.after}{event.note}"]
    for login in ("pavlodar", "registrar"):
        assert NUMBER not in browse(login).get(reverse("network:person", args=[village.pk])).content.decode()


def test_a_number_of_somebody_else_is_refused_without_telling_who_she_is(
    browse: Browse, country: Callable[[str], Unit], account: Accounts
) -> None:
    away = Appointment.objects.at().filter(unit=country("KZ-11-LIB"), person__protected_id=None).first()
    away = away or Appointment.objects.at().filter(unit=country("KZ-11-LIB")).first()
    assert away is not None
    record.set_number(person=away.person, number=iin.parse(NUMBER), by=None, scope_path="")
    village = account("village").person
    given = {"number": NUMBER, "revision": village.revision}
    page = browse("pavlodar").post(reverse("network:person_number", args=[village.pk]), given)
    assert page.status_code == 422
    assert away.person.full_name() not in page.content.decode()
    assert (
        browse("pavlodar")
        .post(reverse("network:person_number", args=[village.pk]), {"number": "780705400007"})
        .status_code
        == 422
    )


def test_names_facts_and_moves_through_the_pages(browse: Browse, country: Callable[[str], Unit]) -> None:
    client = browse("pavlodar")
    row = Appointment.objects.at().filter(unit=country("KZ-55-D03-02")).first()
    assert row is not None
    person = row.person
    day = {"on_day": "1", "on_month": "6", "on_year": "2026"}
    names = {**person.names, "surname_kk": "Жаңатегі", "reason": "marriage", "revision": person.revision}
    assert client.post(reverse("network:person_names", args=[person.pk]), {**names, **day}).status_code == 302
    assert (
        client.post(reverse("network:person_names", args=[person.pk]), {**names, **day, "on_year": "2999"}).status_code
        == 422
    )
    facts = {
        "education": "higher",
        "library_education": "yes",
        "languages": ["kk", "ru"],
        "phone": "87010000000",
        "category": "first",
        "revision": Person.objects.get(pk=person.pk).revision,
        **day,
    }
    assert client.post(reverse("network:person_facts", args=[person.pk]), facts).status_code == 302
    assert client.post(reverse("network:person_facts", args=[person.pk]), facts | {"phone": "12"}).status_code == 422
    person.refresh_from_db()
    assert (person.surname_kk, person.languages, person.phone, person.library_education) == (
        "Жаңатегі",
        "kk,ru",
        "+77010000000",
        True,
    )
    page = client.get(reverse("network:person", args=[person.pk])).content.decode()
    assert row.person.full_name("kk") in page or "Жаңатегі" in page
    move = {"unit": "kz-55-d03", "post": "librarian", "rate": "1", "on_day": "1", "on_month": "10", "on_year": "2026"}
    assert client.post(reverse("network:person_move", args=[row.pk]), move | {"unit": "KZ-11-D01"}).status_code == 422
    assert client.post(reverse("network:person_move", args=[row.pk]), move).status_code == 302
    held = Appointment.objects.live().filter(person=person).order_by("valid_from")
    assert [one.unit.code for one in held] == ["KZ-55-D03-02", "KZ-55-D03"]
    assert held[0].valid_to == held[1].valid_from == date(2026, 10, 1)


def test_a_sealed_text_opens_only_with_its_key(settings: object) -> None:
    token = sealing.seal(NUMBER)
    assert NUMBER not in token and sealing.unseal(token) == NUMBER
    assert sealing.seal(NUMBER) != token, "the same number is sealed otherwise every time"
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(token[:-4] + "AAAA")
    settings.SECRET_KEY = "quite another key " * 4  # type: ignore[attr-defined]  # pytest-django's settings
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(token)


def test_any_spelling_finds_her_in_the_list(browse: Browse) -> None:
    for spelling in ("Әбдірахманова", "абдрахманова", "Abdirakhmanova", "АБДРАХМАНОВА Сауле", "сәуле"):
        page = browse("pavlodar").get(reverse("network:staff"), {"q": spelling}).content.decode()
        assert "Әбдірахманова Сәуле" in page, spelling


def test_she_takes_what_is_held_about_her_away_as_a_file(browse: Browse, account: Accounts) -> None:
    village, by = account("village"), account("pavlodar")
    record.set_number(person=village.person, number=iin.parse("780705400006"), by=None, scope_path="")
    rights.note_look(person=village.person, by=by)
    rights.ask(person=village.person, kind="correction", text="Телефоным басқа", by=village)
    answer = browse("village").get(reverse("network:held_file"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    text = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert village.person.full_name("kk") in text and str(by) in text and "Телефоным басқа" in text
    assert "7807••••••06" in text and "780705400006" not in text
