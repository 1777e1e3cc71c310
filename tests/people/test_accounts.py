"""Accounts: invited, entered by a code, protected; what allauth does goes by our rules."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.utils import timezone

from orken.config.cli import call
from orken.kit.audit.models import AuditEvent
from orken.kit.mail.models import Letter
from orken.network import invitations, policy
from orken.network.models import Appointment, RoleAssignment, Unit
from orken.network.policy import OutOfScope
from orken.network.roles import Permission, Role
from orken.people.accounts import codes, second_steps
from orken.people.accounts import services as accounts
from orken.people.accounts.services import Issued
from orken.people.models import Account, Invitation, Person

PASSWORD = "көк тал бұлақ 2026"
WAY = Invitation.Way
SLIPS = "/kk/accounts/slips/"


@pytest.fixture
def somebody(country: Callable[[str], Unit]) -> Person:
    """A specialist of the persona's district who has no account."""
    row = Appointment.objects.at().filter(unit__code="KZ-55-D02", person__account=None).select_related("person").first()
    assert row is not None
    person: Person = row.person
    return person


@pytest.fixture
def issued(somebody: Person, account: Callable[[str], Account]) -> Issued:
    return invitations.invite(person=somebody, way=WAY.SLIP, by=account("pavlodar"))


def enter(client: Client, code: str, password: str = PASSWORD, language: str = "kk") -> Any:
    """Type the code, choose a password and a language."""
    assert client.post("/kk/account/begin/", {"code": codes.grouped(code)}).status_code == 302
    answers = {"password": password, "again": password, "language": language}
    return client.post("/kk/account/begin/password/", answers)


# --- codes ---


def test_a_code_leads_in_once_and_the_password_is_her_own(issued: Issued) -> None:
    client = Client()
    answer = enter(client, issued.code, language="ru")
    assert answer.headers["Location"] == "/ru/account/begin/passkey/"
    assert client.get("/ru/desk/").status_code == 200
    account = Account.objects.get(pk=issued.invitation.account_id)
    assert account.check_password(PASSWORD) and account.language == "ru"
    again = Client().post("/kk/account/begin/", {"code": issued.code})
    assert again.status_code == 422
    assert "жарамсыз" in again.content.decode().split("<main")[1]
    assert Client().post("/kk/account/login/", {"login": account.login, "password": PASSWORD}).status_code == 302


def test_the_code_stands_nowhere_in_the_database(issued: Issued) -> None:
    row = Invitation.objects.filter(pk=issued.invitation.pk).values().get()
    trail = list(AuditEvent.objects.values_list("after", "note", "target_name"))
    for text in (str(row), str(trail), str(list(Letter.objects.values()))):
        assert issued.code not in text and issued.grouped not in text


def test_a_new_code_kills_the_older_one(issued: Issued, somebody: Person, account: Callable[[str], Account]) -> None:
    second = invitations.invite(person=somebody, way=WAY.SLIP, by=account("pavlodar"))
    assert accounts.find(issued.code) is None
    assert accounts.find(second.code) is not None
    assert Invitation.objects.filter(account__person=somebody, used_at=None, withdrawn_at=None).count() == 1


def test_an_old_code_is_dead(issued: Issued) -> None:
    Invitation.objects.update(
        created_at=timezone.now() - timedelta(days=31), expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert accounts.find(issued.code) is None
    with pytest.raises(accounts.CodeIsDead):
        accounts.accept(invitation=issued.invitation, password=PASSWORD, language="kk")


def test_a_code_typed_twice_at_once_is_used_once(issued: Issued) -> None:
    """Two browsers stand on the page of the password with the same code."""
    first, second = Client(), Client()
    for client in (first, second):
        client.post("/kk/account/begin/", {"code": issued.code})
    answers = {"password": PASSWORD, "again": PASSWORD, "language": "kk"}
    assert first.post("/kk/account/begin/password/", answers).status_code == 302
    late = second.post(
        "/kk/account/begin/password/", {**answers, "password": "басқа сөз 12345", "again": "басқа сөз 12345"}
    )
    assert late.headers["Location"] == "/kk/account/begin/"
    assert Account.objects.get(pk=issued.invitation.account_id).check_password(PASSWORD)


def test_a_weak_or_mistyped_password_does_not_use_the_code_up(issued: Issued) -> None:
    client = Client()
    client.post("/kk/account/begin/", {"code": issued.code})
    login = issued.invitation.account.login
    for password, again in (
        ("1234567890", "1234567890"),
        (PASSWORD, PASSWORD + "!"),
        ("short", "short"),
        (login + "1", login + "1"),
    ):
        answer = client.post("/kk/account/begin/password/", {"password": password, "again": again, "language": "kk"})
        assert answer.status_code == 422, password
    assert accounts.find(issued.code) is not None


@pytest.mark.usefixtures("still_clock")
def test_guessing_codes_is_slow(issued: Issued) -> None:
    client = Client()
    for _attempt in range(60):
        assert client.post("/kk/account/begin/", {"code": codes.new()}).status_code == 422
    page = client.post("/kk/account/begin/", {"code": issued.code})
    assert page.status_code == 422
    assert "тым көп" in page.content.decode().split("<main")[1]


@pytest.mark.usefixtures("still_clock")
def test_a_code_that_fails_its_check_figure_is_no_guess(issued: Issued) -> None:
    client = Client()
    wrong = issued.code[:-1] + str((int(issued.code[-1]) + 1) % 10)
    for _attempt in range(40):
        client.post("/kk/account/begin/", {"code": wrong})
    assert client.post("/kk/account/begin/", {"code": issued.code}).status_code == 302


def test_the_password_page_is_shut_without_a_code() -> None:
    assert Client().get("/kk/account/begin/password/").headers["Location"] == "/kk/account/begin/"


def test_somebody_elses_session_on_a_shared_computer_is_left(issued: Issued, browse: Callable[[str], Client]) -> None:
    client = browse("village")
    enter(client, issued.code)
    assert str(issued.invitation.account.person) in client.get("/kk/desk/").content.decode()


# --- who may ---


def test_only_whoever_may_more_renews_a_code(account: Callable[[str], Account], country: Callable[[str], Unit]) -> None:
    head, pavlodar, national = account("head"), account("pavlodar"), account("national")
    librarian = Appointment.objects.at().filter(unit__code="KZ-55-D02").exclude(person=head.person).first()
    assert librarian is not None
    invitations.invite(person=librarian.person, way=WAY.SLIP, by=head)
    RoleAssignment.objects.create(
        person=librarian.person, role=Role.REGION_METHODOLOGIST, unit=country("KZ-55"), valid_from=timezone.localdate()
    )
    with pytest.raises(invitations.MayMore):
        invitations.invite(person=librarian.person, way=WAY.SLIP, by=head)
    invitations.invite(person=librarian.person, way=WAY.SLIP, by=pavlodar)
    with pytest.raises(invitations.HerOwn):
        invitations.invite(person=pavlodar.person, way=WAY.SLIP, by=pavlodar)
    invitations.invite(person=pavlodar.person, way=WAY.SLIP, by=national)


def test_nobody_invites_outside_her_scope(account: Callable[[str], Account]) -> None:
    theirs = Appointment.objects.at().filter(unit__code="KZ-11-LIB").first()
    assert theirs is not None
    before = Invitation.objects.count()
    for login in ("pavlodar", "head", "registrar", "village", "administrator"):
        with pytest.raises(OutOfScope):
            invitations.invite(person=theirs.person, way=WAY.SLIP, by=account(login))
    assert Invitation.objects.count() == before


def test_a_second_post_does_not_open_the_account_of_somebody_elses_librarian(
    account: Callable[[str], Account], country: Callable[[str], Any]
) -> None:
    theirs = Appointment.objects.at().filter(unit__code="KZ-11-LIB", employment="main").select_related("post").first()
    assert theirs is not None
    Appointment.objects.create(
        person=theirs.person, unit=country("KZ-55-LIB"), post=theirs.post, employment="combined",
        valid_from=theirs.valid_from,
    )  # fmt: skip
    pavlodar, before = account("pavlodar"), Invitation.objects.count()
    with pytest.raises(invitations.WorksElsewhere):
        invitations.invite(person=theirs.person, way=WAY.SLIP, by=pavlodar)
    made, refused = invitations.slips(people=[theirs.person], by=pavlodar)
    assert not made and [one.person for one in refused] == [theirs.person]
    assert Invitation.objects.count() == before


def test_an_invitation_and_a_renewal_leave_their_rows_in_the_trail(
    issued: Issued, somebody: Person, account: Callable[[str], Account]
) -> None:
    enter(Client(), issued.code)
    invitations.invite(person=somebody, way=WAY.SLIP, by=account("pavlodar"), clears_second_steps=True)
    rows = AuditEvent.objects.filter(
        target_kind="people.account", target_id=str(issued.invitation.account_id)
    ).order_by("pk")
    assert [row.verb for row in rows] == ["account.opened", "account.code_used", "account.code_renewed"]
    assert rows[2].by_id == account("pavlodar").pk and rows[2].scope_path and rows[2].after["clears"]


# --- pages of those who invite ---


def test_one_person_gets_a_slip(somebody: Person, browse: Callable[[str], Client]) -> None:
    client = browse("pavlodar")
    address = f"/kk/accounts/{somebody.pk}/"
    assert client.get(address).status_code == 200
    paper = client.post(address, {"way": "slip", "language": "kk"})
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF-1.7")
    assert "no-store" in paper["Cache-Control"]
    assert Invitation.objects.get(account__person=somebody).way == "slip"


def test_slips_for_many_are_asked_first_and_made_once(
    browse: Callable[[str], Client], country: Callable[[str], Unit]
) -> None:
    client = browse("pavlodar")
    people = list(
        Appointment.objects.at().filter(unit__code="KZ-55-D02").values_list("person_id", flat=True).distinct()
    )
    page = client.post(SLIPS, {"pick": people})
    assert page.status_code == 200 and not Invitation.objects.exists()
    paper = client.post(SLIPS, {"pick": people, "asked": "1"})
    assert paper["Content-Type"] == "application/pdf"
    assert set(Invitation.objects.values_list("account__person_id", flat=True)) == set(people)


def test_people_of_other_regions_are_not_printed(browse: Callable[[str], Client]) -> None:
    theirs = list(Appointment.objects.at().filter(unit__code="KZ-11-LIB").values_list("person_id", flat=True))
    assert browse("pavlodar").post(SLIPS, {"pick": theirs, "asked": "1"}).status_code == 404
    assert not Invitation.objects.exists()


def test_a_text_for_a_messenger_is_shown_this_once_in_her_language(
    somebody: Person, browse: Callable[[str], Client]
) -> None:
    client = browse("pavlodar")
    page = client.post(f"/kk/accounts/{somebody.pk}/", {"way": "messenger", "language": "ru"}).content.decode()
    found = re.search(r"\d{4} \d{4} \d{4} \d{4}", page)
    assert found and accounts.find(codes.read(found[0]) or "") is not None
    assert "Здравствуйте" in page and "Жіберуге дайын" in page


def test_a_letter_needs_an_address_and_an_address_belongs_to_one(
    somebody: Person, browse: Callable[[str], Client], account: Callable[[str], Account]
) -> None:
    taken = account("village")
    taken.email = "aigul@example.kz"
    taken.save()
    client, address = browse("pavlodar"), f"/kk/accounts/{somebody.pk}/"
    assert client.post(address, {"way": "mail", "language": "kk"}).status_code == 422
    assert client.post(address, {"way": "mail", "email": "Aigul@example.kz", "language": "kk"}).status_code == 422
    assert not Invitation.objects.exists() and not Account.objects.filter(person=somebody).exists()
    assert client.post(address, {"way": "mail", "email": "New@Example.kz", "language": "kk"}).status_code == 302
    assert Account.objects.get(person=somebody).email == "new@example.kz", "allauth looks for small letters"


def test_the_list_of_accounts_costs_the_same_for_one_and_for_many(
    browse: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse("pavlodar")
    counts = []
    for query in ("?q=абдрахманова", "", "?state=none"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"/kk/accounts/{query}").status_code == 200
        counts.append(len(seen))
    assert max(counts) - min(counts) <= 1, counts


@pytest.mark.parametrize("state", list(invitations.State))
def test_the_filter_and_the_row_say_the_same_of_an_account(
    state: invitations.State, issued: Issued, account: Callable[[str], Account]
) -> None:
    scope = policy.scope(account("pavlodar"), Permission.ACCOUNT_INVITE)
    closed = account("head")
    closed.is_active = False
    closed.save()
    village = account("village")
    village.set_password(PASSWORD)
    village.save()
    late = (
        Appointment.objects.at().filter(unit__code="KZ-55-D02", person__account=None).select_related("person").first()
    )
    assert late is not None
    invitations.invite(person=late.person, way=WAY.SLIP, by=account("pavlodar"))
    then = timezone.now() - timedelta(days=40)
    Invitation.objects.filter(account__person=late.person).update(created_at=then, expires_at=then + timedelta(days=30))
    people = invitations.people_in(scope)
    expected = {person.pk for person in people if invitations.state_of(person) == state}
    assert {person.pk for person in people.filter(invitations.in_state(state))} == expected
    assert expected, state


# --- sign-in ---


def with_password(account: Account) -> Account:
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.mark.usefixtures("still_clock")
def test_guessing_a_password_is_slow_and_other_names_stay_open(account: Callable[[str], Account]) -> None:
    with_password(account("village"))
    with_password(account("mentor"))
    client = Client()
    for _attempt in range(10):
        assert client.post("/kk/account/login/", {"login": "village", "password": "бір"}).status_code == 200
    shut = client.post("/kk/account/login/", {"login": "village", "password": PASSWORD})
    assert shut.status_code == 200 and "_auth_user_id" not in client.session
    assert client.post("/kk/account/login/", {"login": "mentor", "password": PASSWORD}).status_code == 302


def test_a_new_password_by_mail_goes_through_the_outbox_in_her_language(account: Callable[[str], Account]) -> None:
    village = with_password(account("village"))
    village.email, village.language = "aigul@example.kz", "ru"
    village.save()
    client = Client()
    assert client.post("/kk/account/password/reset/", {"email": "AIGUL@example.kz"}).status_code == 302
    letter = Letter.objects.get()
    assert letter.to == "aigul@example.kz" and letter.language == "ru" and letter.secret
    assert "Новый пароль" in letter.subject and "village" in letter.text
    link = re.search(r"http://\S+", letter.text)
    assert link
    form = client.get(link[0].replace("http://testserver", ""), follow=True)
    answers = {"password1": "жаңа бұлақ көк 77", "password2": "жаңа бұлақ көк 77"}
    assert client.post(form.request["PATH_INFO"], answers).status_code == 302
    village.refresh_from_db()
    assert village.check_password("жаңа бұлақ көк 77")
    assert AuditEvent.objects.filter(verb="account.password_changed", target_id=str(village.pk)).count() == 1


def test_a_strangers_address_gets_no_letter_and_the_same_answer(account: Callable[[str], Account]) -> None:
    account("village")
    answer = Client().post("/kk/account/password/reset/", {"email": "nobody@example.kz"})
    assert answer.status_code == 302
    assert not Letter.objects.exists()


def test_letters_for_a_new_password_are_limited(account: Callable[[str], Account]) -> None:
    village = with_password(account("village"))
    village.email = "aigul@example.kz"
    village.save()
    for _attempt in range(7):
        Client().post("/kk/account/password/reset/", {"email": "aigul@example.kz"})
    assert Letter.objects.count() == 5


# --- second steps ---


def figures(secret: str) -> str:
    shown: str = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    return shown


def test_who_sees_others_is_led_to_a_second_step_and_sees_nothing_before(account: Callable[[str], Account]) -> None:
    with_password(account("pavlodar"))
    client = Client()
    client.post("/kk/account/login/", {"login": "pavlodar", "password": PASSWORD})
    for address in (
        "/kk/desk/",
        "/kk/network/staff/",
        "/kk/roles/",
        "/kk/accounts/",
        "/kk/network/",
        "/kk/trail/",
    ):
        assert client.get(address).headers.get("Location") == "/kk/account/second-step/", address
    found = client.get("/kk/search/?q=Жұмабекова").content.decode()
    assert "/network/person/" not in found
    assert client.get("/kk/account/second-step/").status_code == 200
    secret = generate_totp_secret()
    TOTP.activate(account("pavlodar"), secret)
    assert client.get("/kk/network/staff/").status_code == 200


def test_the_second_step_is_asked_and_its_secret_is_sealed(account: Callable[[str], Account]) -> None:
    hers, secret = with_password(account("pavlodar")), generate_totp_secret()
    TOTP.activate(hers, secret)
    assert secret not in str(Authenticator.objects.values())
    client = Client()
    answer = client.post("/kk/account/login/", {"login": "pavlodar", "password": PASSWORD})
    assert answer.headers["Location"].startswith("/kk/account/steps/authenticate/")
    assert client.get("/kk/desk/").status_code == 302
    for _attempt in range(4):
        assert client.post("/kk/account/steps/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/kk/account/steps/authenticate/", {"code": figures(secret)}).status_code == 302
    assert client.get("/kk/network/staff/").status_code == 200


@pytest.mark.usefixtures("still_clock")
def test_guessing_the_second_step_is_slow(account: Callable[[str], Account]) -> None:
    hers, secret = with_password(account("pavlodar")), generate_totp_secret()
    TOTP.activate(hers, secret)
    client = Client()
    client.post("/kk/account/login/", {"login": "pavlodar", "password": PASSWORD})
    for _attempt in range(5):
        client.post("/kk/account/steps/authenticate/", {"code": "000000"})
    assert client.post("/kk/account/steps/authenticate/", {"code": figures(secret)}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_lost_telephone_is_cleared_by_a_code_only_when_it_was_asked_for(
    issued: Issued, somebody: Person, account: Callable[[str], Account]
) -> None:
    enter(Client(), issued.code)
    hers = Account.objects.get(person=somebody)
    TOTP.activate(hers, generate_totp_secret())
    kept = invitations.invite(person=somebody, way=WAY.SLIP, by=account("pavlodar"))
    client = Client()
    answer = enter(client, kept.code, "екінші сөз 2026")
    assert answer.headers["Location"].startswith("/kk/account/steps/authenticate/"), "the second step is still asked"
    cleared = invitations.invite(person=somebody, way=WAY.SLIP, by=account("pavlodar"), clears_second_steps=True)
    assert Authenticator.objects.filter(user=hers).exists(), "not before she uses the code"
    assert enter(Client(), cleared.code, "үшінші сөз 2026").headers["Location"] == "/kk/account/begin/passkey/"
    assert not Authenticator.objects.filter(user=hers).exists()


def test_personas_of_the_demo_are_not_asked_for_a_second_step_and_nobody_else_is_spared(
    account: Callable[[str], Account], settings: Any
) -> None:
    from orken.network.policy import owes_second_step

    assert not owes_second_step(account("pavlodar"))
    settings.DEMO = False
    assert owes_second_step(account("pavlodar"))
    assert not owes_second_step(account("village")), "she sees nobody but herself"
    assert not owes_second_step(account("trainer")), "he sees libraries, not people"
    settings.DEMO = True
    assert owes_second_step(with_password(account("pavlodar")))


def test_secrets_of_second_steps_follow_a_new_key(account: Callable[[str], Account], settings: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    hers, secret = account("pavlodar"), generate_totp_secret()
    TOTP.activate(hers, secret)
    kept = RecoveryCodes.activate(hers).get_unused_codes()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the server, long enough for anybody to see"
    assert second_steps.reseal() == 2
    assert second_steps.reseal() == 0
    settings.SECRET_KEY_FALLBACKS = []
    steps = {step.type: step.wrap() for step in Authenticator.objects.filter(user=hers)}
    assert steps["totp"].validate_code(figures(secret))
    assert steps["recovery_codes"].get_unused_codes() == kept


# --- the operator ---


def test_the_operator_opens_the_first_account_and_helps_who_is_locked_out(
    country: Callable[[str], Unit], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--surname", "Ким", "--given", "Еркін", "--unit", "KZ", "--json"]
    assert call(["account", "open", *words]) == 0
    first = json.loads(capsys.readouterr().out)
    client = Client()
    assert enter(client, codes.read(first["code"]) or "").status_code == 302
    assert client.get("/kk/roles/").headers["Location"] == "/kk/account/second-step/", "an administrator sees others"
    TOTP.activate(Account.objects.get(login=first["login"]), generate_totp_secret())
    assert call(["account", "code", first["login"], "--clear-second-steps"]) == 0
    code = codes.read(capsys.readouterr().out.split("code ")[1].split(" (")[0])
    assert code and enter(Client(), code, "жаңа сөз 2026 көк").headers["Location"] == "/kk/account/begin/passkey/"
    assert call(["account", "code", "nobody"]) == 1
    assert call(["account", "open", *words[:-2], "NOWHERE"]) == 1


# --- her own pages ---


def test_sessions_are_listed_and_ended_one_by_one_and_only_ones_own(
    issued: Issued, account: Callable[[str], Account]
) -> None:
    from allauth.usersessions.models import UserSession

    here, there = (
        Client(headers={"user-agent": "Firefox/128.0 Windows"}),
        Client(headers={"user-agent": "Chrome/130 Android"}),
    )
    enter(here, issued.code)
    login = issued.invitation.account.login
    there.post("/kk/account/login/", {"login": login, "password": PASSWORD})
    page = here.get("/kk/account/sessions/").content.decode()
    assert "Firefox, Windows" in page and "Chrome, Android" in page
    other = UserSession.objects.get(user_agent__contains="Android")
    stranger = Client()
    stranger.force_login(account("village"), backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.post(f"/kk/account/sessions/{other.pk}/end/").status_code == 404
    assert here.post(f"/kk/account/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/kk/desk/").status_code == 302
    assert here.get("/kk/desk/").status_code == 200


def test_her_language_holds_for_addresses_without_one(issued: Issued) -> None:
    client = Client()
    enter(client, issued.code)
    answer = client.post("/kk/account/language/", {"language": "en"})
    assert answer.headers["Location"] == "/en/account/"
    assert Account.objects.get(pk=issued.invitation.account_id).language == "en"
    assert client.post("/kk/account/language/", {"language": "de"}).status_code == 422


def test_changing_the_address_asks_for_the_password_after_a_while(
    issued: Issued, account: Callable[[str], Account]
) -> None:
    client = Client()
    enter(client, issued.code)
    assert client.post("/kk/account/email/", {"email": "a@example.kz"}).status_code == 302
    hers = Account.objects.get(pk=issued.invitation.account_id)
    assert hers.email == "a@example.kz"
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session["account_authentication_methods"] = session["account_authentication_methods"]
    session.save()
    answer = client.post("/kk/account/email/", {"email": "b@example.kz"})
    assert "/account/reauthenticate/" in answer.headers["Location"]
    hers.refresh_from_db()
    assert hers.email == "a@example.kz"


def test_another_browser_is_told_to_her_and_the_same_one_is_not(
    issued: Issued, django_capture_on_commit_callbacks: Any
) -> None:
    from orken.people import events

    heard: list[tuple[str, str]] = []

    def hear(sender: Any, browser: str, system: str, **more: Any) -> None:
        heard.append((browser, system))

    events.signed_in_elsewhere.connect(hear)
    try:
        first = Client(headers={"user-agent": "Firefox/128.0 Windows"})
        enter(first, issued.code)
        login = issued.invitation.account.login
        first.post("/kk/account/logout/")
        first.post("/kk/account/login/", {"login": login, "password": PASSWORD})
        assert heard == [], "the very first sign-in and the same browser are no news"
        Client(headers={"user-agent": "Chrome/130 Android"}).post(
            "/kk/account/login/", {"login": login, "password": PASSWORD}
        )
        assert heard == [("Chrome", "Android")]
    finally:
        events.signed_in_elsewhere.disconnect(hear)
