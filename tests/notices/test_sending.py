"""Sending: once for its key, with the change it tells of, by the way and at the hour that she wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from orken.kit.mail.models import Letter
from orken.network import invitations
from orken.network import services as network
from orken.network.models import Appointment, RoleAssignment, Unit
from orken.network.roles import Role
from orken.notices import kinds
from orken.notices import services as notices
from orken.notices.kinds import Kind, Placeholder, Text
from orken.notices.models import Delivery, Hours, Notice, Preference
from orken.people.accounts import codes
from orken.people.accounts import services as accounts
from orken.people.models import Account, Invitation, Person

Accounts = Callable[[str], Account]
NOON = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)  # 12:00 in Astana and Almaty
NIGHT = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)  # 23:00


@pytest.fixture
def calm() -> Iterator[Kind]:
    """A kind that can be switched off and waits for the morning."""
    kind = notices.register(
        Kind(
            "test.calm",
            {
                "kk": Text("Жаңалық: {what}", "Қайырлы күн, {name}! {what}"),
                "ru": Text("Новость: {what}", "Здравствуйте, {name}! {what}"),
                "en": Text("News: {what}", "Good day, {name}! {what}"),
            },
            {"what": Placeholder("не болды", "x")},
            title="Жаңалық",
        )
    )
    yield kind
    kinds.kinds.pop(kind.code)


@pytest.fixture
def village(account: Accounts) -> Account:
    found = account("village")
    found.email = "aigul@example.kz"
    found.save()
    return found


def tell(to: Person, key: str = "k1", now: datetime = NOON, **more: Any) -> Notice:
    return notices.send(kind="test.calm", to=to, facts={"what": "топ ашылды"}, key=key, now=now, **more)


def test_a_notice_is_told_once_for_its_key(calm: Kind, village: Account) -> None:
    first, second = tell(village.person), tell(village.person)
    assert first.pk == second.pk
    assert Notice.objects.filter(kind="test.calm").count() == Letter.objects.count() == 1


def test_what_is_rolled_back_was_never_told(calm: Kind, village: Account) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(village.person)
        raise RuntimeError
    assert not Notice.objects.filter(kind="test.calm").exists() and not Letter.objects.exists()


def test_it_is_kept_in_three_languages_and_sent_in_hers(calm: Kind, village: Account) -> None:
    village.language = "ru"
    village.save()
    notice = tell(village.person)
    assert (notice.subject_kk, notice.subject_ru, notice.subject_en) == (
        "Жаңалық: топ ашылды", "Новость: топ ашылды", "News: топ ашылды",
    )  # fmt: skip
    assert "Айгүл Жұмабекова" in notice.body_kk and "Айгуль Жумабекова" in notice.body_ru
    letter = Letter.objects.get()
    assert letter.language == "ru" and letter.subject == notice.subject_ru and letter.to == "aigul@example.kz"
    assert letter.text.startswith(notice.body_ru) and "Өркен, повышение" in letter.text


@pytest.mark.parametrize("facts", [{}, {"what": "x", "more": "y"}, {"other": "x"}])
def test_facts_that_do_not_fit_are_the_callers_mistake(facts: dict[str, str], calm: Kind, village: Account) -> None:
    with pytest.raises(notices.WrongFacts):
        notices.send(kind="test.calm", to=village.person, facts=facts, key="x")
    with pytest.raises(notices.WrongFacts):
        notices.send(kind="test.calm", to=village.person, facts={"what": "x"})
    with pytest.raises(KeyError):
        notices.send(kind="test.unknown", to=village.person, facts={}, key="x")


# --- her wishes ---


def mail_of(notice: Notice) -> Delivery:
    return notice.deliveries.get(channel="mail")


def test_without_an_address_it_stands_on_the_page_only(calm: Kind, account: Accounts) -> None:
    notice = tell(account("mentor").person)
    assert mail_of(notice).state == "no_address" and not Letter.objects.exists()


def test_the_address_her_library_gave_serves_until_she_has_her_own(calm: Kind, account: Accounts) -> None:
    person = account("mentor").person
    person.email = "library@example.kz"
    person.save()
    tell(person)
    assert Letter.objects.get().to == "library@example.kz"


def test_a_kind_can_be_switched_off_and_a_compulsory_one_cannot(
    calm: Kind, village: Account, country: Callable[[str], Unit]
) -> None:
    hours = {"quiet_from": time(21), "quiet_to": time(8), "digest_at": time(8)}
    notices.prefer(
        by=village, mail_by_kind={"test.calm": "off", "role.given": "off", "account.password_changed": "off"}, **hours
    )
    assert mail_of(tell(village.person)).state == "unwanted"
    assert set(Preference.objects.values_list("kind", flat=True)) == {"test.calm"}
    Preference.objects.create(person=village.person, kind="role.given", mail="off")
    assignment = RoleAssignment.objects.create(
        person=village.person, role=Role.MENTOR, unit=country("KZ-55"), valid_from=timezone.localdate()
    )
    facts = {"role": "x", "unit": "y", "since": timezone.localdate(), "by": "z"}
    told = notices.send(kind="role.given", to=village.person, facts=facts, about=assignment, now=NOON)
    assert mail_of(told).state == "posted"


@pytest.mark.parametrize(
    ("clock", "hours", "expected"),
    [
        ((22, 0), (21, 8), True), ((7, 59), (21, 8), True), ((8, 0), (21, 8), False), ((12, 0), (21, 8), False),
        ((13, 0), (12, 14), True), ((14, 0), (12, 14), False), ((3, 0), (5, 5), False),
    ],
)  # fmt: skip
def test_quiet_hours_may_pass_midnight(clock: tuple[int, int], hours: tuple[int, int], expected: bool) -> None:
    moment = timezone.make_aware(datetime(2026, 11, 25, *clock))
    assert notices.quiet(moment, Hours(quiet_from=time(hours[0]), quiet_to=time(hours[1]))) is expected


def test_at_night_a_letter_waits_for_the_morning_and_an_urgent_one_does_not(calm: Kind, village: Account) -> None:
    held = mail_of(tell(village.person, now=NIGHT))
    assert held.state == "held" and held.due_at is not None
    assert timezone.localtime(held.due_at).strftime("%d %H:%M") == "26 08:00"
    notices.send(kind="account.password_changed", to=village.person, facts={"when": NIGHT}, key="p", now=NIGHT)
    assert [letter.key for letter in Letter.objects.all()] == [f"notice:{Notice.objects.get(key='p').pk}"]
    Delivery.objects.filter(pk=held.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    notices.release()
    notices.release()
    assert mail_of(held.notice).state == "posted"
    assert Letter.objects.count() == 2


def test_the_letter_of_the_day_holds_everything_of_the_day_once(calm: Kind, village: Account) -> None:
    Preference.objects.create(person=village.person, kind="test.calm", mail="digest")
    made = [tell(village.person, key=f"k{number}") for number in range(3)]
    assert not Letter.objects.exists()
    due = mail_of(made[0]).due_at
    assert due is not None and timezone.localtime(due).strftime("%d %H:%M") == "26 08:00"
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    notices.release()
    notices.release()
    letter = Letter.objects.get()
    assert letter.text.count("Қайырлы күн, Айгүл Жұмабекова! топ ашылды") == 3
    assert {mail_of(notice).letter_key for notice in made} == {letter.key}


def test_whoever_lost_her_address_meanwhile_gets_no_letter(calm: Kind, village: Account) -> None:
    held = mail_of(tell(village.person, now=NIGHT))
    village.email = ""
    village.save()
    Delivery.objects.filter(pk=held.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    notices.release()
    held.refresh_from_db()
    assert held.state == "no_address" and not Letter.objects.exists()


def test_what_was_told_to_an_erased_person_is_wiped_and_her_account_is_closed(
    calm: Kind, village: Account, account: Accounts
) -> None:
    from django.test import Client

    from orken.people.services import rights

    village.set_password("көк тал бұлақ 2026")
    village.save()
    client = Client()
    client.post("/kk/account/login/", {"login": "village", "password": "көк тал бұлақ 2026"})
    tell(village.person)
    notices.prefer(by=village, mail_by_kind={}, quiet_from=time(20), quiet_to=time(7), digest_at=time(8))
    rights.erase(person=village.person, by=account("national"), scope_path="/")
    village.refresh_from_db()
    assert (village.email, village.is_active, village.has_usable_password()) == ("", False, False)
    assert "village" not in village.login
    assert client.get("/kk/desk/").status_code == 302, "she is signed out"
    assert not Notice.objects.filter(person=village.person).exists() and not Hours.objects.exists()
    assert "aigul@example.kz" not in str(list(Letter.objects.values()))


def test_an_erased_person_gets_no_letter(calm: Kind, village: Account) -> None:
    Person.objects.filter(pk=village.person_id).update(erased_at=timezone.now())
    village.person.refresh_from_db()
    assert mail_of(tell(village.person)).state == "no_address"


def test_the_clock_releases_letters_and_forgets_secrets() -> None:
    from orken.kit.jobs.registry import habits

    assert habits["notices.release"].every == timedelta(minutes=5)
    assert habits["kit.mail.forget"].every == timedelta(hours=1)


# --- the household ---


def somebody() -> Person:
    row = Appointment.objects.at().filter(unit__code="KZ-55-D02", person__account=None).select_related("person").first()
    assert row is not None
    person: Person = row.person
    return person


def test_an_invitation_by_mail_holds_the_code_and_the_page_does_not(account: Accounts) -> None:
    person = somebody()
    issued = invitations.invite(
        person=person, way=Invitation.Way.MAIL, email="new@example.kz", language="ru", by=account("pavlodar")
    )
    letter, notice = Letter.objects.get(), Notice.objects.get(person=person)
    assert issued.grouped in letter.text and letter.secret and letter.language == "ru"
    assert issued.invitation.account.login in letter.text
    everything = notice.body_kk + notice.body_ru + notice.body_en
    assert issued.code not in everything.replace(" ", "") and "••••" in notice.body_kk


def test_a_secret_letter_is_wiped_once_it_is_sent_and_when_it_never_left(
    account: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orken.kit.mail import services as mail

    invitations.invite(person=somebody(), way=Invitation.Way.MAIL, email="new@example.kz", by=account("pavlodar"))
    assert Letter.objects.get().text
    mail.forget()
    assert Letter.objects.get().text, "it may still leave"
    Letter.objects.update(created_at=timezone.now() - timedelta(days=8))
    mail.forget()
    assert Letter.objects.get().text == ""


def test_a_renewal_on_paper_is_told_to_her_with_who_did_it(account: Accounts) -> None:
    person, by = somebody(), account("pavlodar")
    first = invitations.invite(person=person, way=Invitation.Way.SLIP, by=by)
    assert not Notice.objects.filter(person=person).exists(), "she has no way to read it yet"
    accounts.accept(invitation=first.invitation, password="көк тал бұлақ 2026", language="kk")
    invitations.invite(person=person, way=Invitation.Way.SLIP, by=by)
    notice = Notice.objects.get(person=person)
    assert notice.kind == "account.code_renewed" and "Сәуле Әбдірахманова" in notice.body_kk
    assert codes.grouped(first.code) not in notice.body_kk


def test_a_used_renewal_tells_that_the_password_changed(account: Accounts) -> None:
    person, by = somebody(), account("pavlodar")
    for _turn in range(2):
        issued = invitations.invite(person=person, way=Invitation.Way.SLIP, by=by)
        accounts.accept(invitation=issued.invitation, password="көк тал бұлақ 2026", language="kk")
    assert (
        Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True).last()
        == "account.password_changed"
    )


def test_a_role_is_told_when_it_is_given_and_when_it_ends(account: Accounts, country: Callable[[str], Unit]) -> None:
    village, by = account("village"), account("pavlodar")
    assignment = network.assign_role(
        person=village.person, role=Role.HEAD, unit=country("KZ-55-D02"), on=timezone.localdate(), by=by
    )
    given = Notice.objects.get(person=village.person, kind="role.given", by_id=by.pk)
    assert "Кітапхана басшысы" in given.subject_kk and "Head of a library" in given.subject_en
    network.end_role(assignment=assignment, on=timezone.localdate() + timedelta(days=1), by=by)
    assert Notice.objects.filter(person=village.person, kind="role.ended").count() == 1


def test_two_rows_of_one_woman_are_joined_with_their_letters_and_she_is_told(
    account: Accounts, village: Account
) -> None:
    from orken.people.services import merging

    other = Person.objects.create(surname_kk="Жұмабекова", given_kk="Айгул", birth_on=village.person.birth_on)
    notices.send(kind="account.password_changed", to=other, facts={"when": NOON}, key="before", now=NOON)
    Preference.objects.create(person=other, kind="staff.list_applied", mail="off")
    Preference.objects.create(person=village.person, kind="role.given", mail="digest")
    Preference.objects.create(person=other, kind="role.given", mail="now")
    Hours.objects.create(person=other, quiet_from=time(20))
    merge = merging.merge(kept=village.person, gone=other, by=account("pavlodar"), answers={}, scope_path="/")
    told = Notice.objects.filter(person=village.person)
    assert {"account.password_changed", "person.merged"} <= set(told.values_list("kind", flat=True))
    wishes = dict(Preference.objects.filter(person=village.person).values_list("kind", "mail"))
    assert wishes == {"role.given": "digest", "staff.list_applied": "off"}
    assert Hours.objects.get(person=village.person).quiet_from == time(20)
    merging.undo(merge=merge, by=account("pavlodar"), scope_path="/")
    assert Notice.objects.get(key="before").person_id == other.pk
    assert Hours.objects.get().person_id == other.pk
    assert Notice.objects.filter(kind="person.parted").count() == 1
