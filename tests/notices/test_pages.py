"""The pages of letters: her own, the log of those who send, the texts of the centre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.kit.mail.models import Letter
from orken.network.models import Appointment
from orken.notices import selectors
from orken.notices import services as notices
from orken.notices.models import Delivery, LetterText, Notice
from orken.people.models import Account, Person

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]


def told(to: Person, key: str, when: datetime | None = None) -> Notice:
    return notices.send(kind="account.password_changed", to=to, facts={"when": when or timezone.now()}, key=key)


def test_the_head_counts_what_was_not_read_and_opening_is_reading(browse: Browse, account: Accounts) -> None:
    village, client = account("village"), browse("village")
    client.post("/kk/notices/")  # what the demo tells her is read
    first, _second = told(village.person, "a"), told(village.person, "b")
    page = client.get("/kk/desk/").content.decode()
    assert 'Хаттар <span class="count">2</span>' in page
    opened = client.get(f"/kk/notices/{first.pk}/").content.decode()
    assert "Құпиясөзіңіз өзгерді" in opened and "Айгүл" in opened
    assert 'Хаттар <span class="count">1</span>' in client.get("/kk/desk/").content.decode()
    first.refresh_from_db()
    kept = first.read_at
    client.get(f"/kk/notices/{first.pk}/")
    first.refresh_from_db()
    assert first.read_at == kept is not None
    client.post("/kk/notices/")
    assert "count" not in client.get("/kk/desk/").content.decode().split("Хаттар")[1].split("</a>")[0]


def test_a_letter_is_read_in_the_language_of_the_page(browse: Browse, account: Accounts) -> None:
    notice = told(account("village").person, "a")
    client = browse("village")
    assert "Ваш пароль изменён" in client.get(f"/ru/notices/{notice.pk}/").content.decode()
    assert "Your password was changed" in client.get(f"/en/notices/{notice.pk}/").content.decode()


def test_nobody_opens_the_letters_of_another(browse: Browse, account: Accounts) -> None:
    notice = told(account("village").person, "a")
    for login in ("national", "head", "administrator", "mentor"):
        assert browse(login).get(f"/kk/notices/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_inbox_costs_the_same_for_one_letter_and_for_many(browse: Browse, account: Accounts) -> None:
    village, client = account("village"), browse("village")
    counts = []
    for keys in (["a"], ["b", "c", "d"]):
        for key in keys:
            told(village.person, key)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/kk/notices/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


# --- the log ---


def test_the_sender_sees_how_it_stands_inside_her_scope_only(browse: Browse, account: Accounts) -> None:
    ours, theirs = account("village").person, Appointment.objects.at().filter(unit__code="KZ-11-LIB").first()
    assert theirs is not None
    mine, other = told(ours, "a"), told(theirs.person, "b")
    client = browse("pavlodar")
    page = client.get("/kk/notices/sent/").content.decode()
    assert f"/kk/notices/sent/{mine.pk}/" in page and f"/kk/notices/sent/{other.pk}/" not in page
    assert client.get(f"/kk/notices/sent/{mine.pk}/").status_code == 200
    assert client.get(f"/kk/notices/sent/{other.pk}/").status_code == 404
    assert browse("national").get(f"/kk/notices/sent/{other.pk}/").status_code == 200
    for login in ("village", "mentor", "registrar", "director"):
        assert browse(login).get("/kk/notices/sent/").status_code == 404


@pytest.mark.parametrize("word", list(selectors.STANDING))
def test_the_filter_and_the_row_say_the_same_of_a_letter(word: str, account: Accounts) -> None:
    people = [
        row.person for row in Appointment.objects.at().filter(unit__path__startswith="").select_related("person")[:9]
    ]
    rows = {name: told(person, name) for name, person in zip(selectors.STANDING, people, strict=False)}
    Delivery.objects.all().delete()
    for name, notice in rows.items():
        if name == "read":
            Notice.objects.filter(pk=notice.pk).update(read_at=timezone.now())
        elif name == "by_hand":
            Delivery.objects.create(notice=notice, channel="paper", state="done")
        elif name in ("sent", "waiting", "failed"):
            sent_at = timezone.now() if name == "sent" else None
            Letter.objects.create(
                key=name, to="a@example.kz", language="kk", subject="x", text="x", state=name, sent_at=sent_at
            )
            Delivery.objects.create(notice=notice, channel="mail", state="posted", letter_key=name)
        elif name == "held":
            Delivery.objects.create(notice=notice, channel="mail", state="held", due_at=timezone.now())
        else:
            Delivery.objects.create(notice=notice, channel="mail", state=name)
    seen = selectors.sent(account("national"))
    by_row = {notice.pk for notice in seen if selectors.standing(notice) == word}
    assert set(seen.filter(selectors.stands(word)).values_list("pk", flat=True)) == by_row
    assert rows[word].pk in by_row


def test_a_letter_that_the_mail_refused_is_passed_on_by_hand_and_noted(browse: Browse, account: Accounts) -> None:
    village = account("village")
    village.email = "aigul@example.kz"
    village.save()
    notice = told(village.person, "a")
    Letter.objects.update(state="failed", reason="SMTPRecipientsRefused")
    client = browse("pavlodar")
    page = client.get(f"/kk/notices/sent/{notice.pk}/").content.decode()
    assert "ондай мекенжай жоқ" in page and "data-copy" in page and notice.body_kk.split("\n")[0] in page
    client.post(f"/kk/notices/sent/{notice.pk}/")
    client.post(f"/kk/notices/sent/{notice.pk}/")
    assert Delivery.objects.filter(notice=notice, channel="messenger").count() == 1
    assert AuditEvent.objects.filter(verb="notice.handed_over").count() == 1
    sheet = client.post("/kk/notices/sent/paper/", {"pick": [notice.pk]})
    assert sheet["Content-Type"] == "application/pdf" and sheet.content.startswith(b"%PDF")
    assert Delivery.objects.filter(notice=notice, channel="paper").count() == 1


def test_letters_of_another_region_are_not_printed(browse: Browse) -> None:
    theirs = Appointment.objects.at().filter(unit__code="KZ-11-LIB").first()
    assert theirs is not None
    notice = told(theirs.person, "b")
    assert browse("pavlodar").post("/kk/notices/sent/paper/", {"pick": [notice.pk]}).status_code == 302
    assert not Delivery.objects.filter(channel="paper").exists()


def test_the_log_costs_the_same_for_one_letter_and_for_many(browse: Browse, account: Accounts) -> None:
    client, counts = browse("pavlodar"), []
    for keys in (["a"], ["b", "c", "d"]):
        for key in keys:
            told(account("village").person, key)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/kk/notices/sent/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


# --- wishes ---


def test_her_wishes_are_kept_and_shown(browse: Browse, account: Accounts) -> None:
    client = browse("village")
    form = client.get("/kk/notices/how/").context["form"]
    answers = dict.fromkeys(form.asked, "digest") | {
        "quiet_from": "20:00",
        "quiet_to": "09:00",
        "digest_at": "07:00",
    }
    assert client.post("/kk/notices/how/", answers).status_code == 302
    again = client.get("/kk/notices/how/").context["form"]
    assert {again[name].value() for name in again.asked} == {"digest"}
    assert (again["quiet_from"].value(), again["quiet_to"].value()) == ("20:00", "09:00")
    assert client.post("/kk/notices/how/", answers | {"quiet_from": "25:00"}).status_code == 422


# --- texts ---


def answers(**changes: str) -> dict[str, Any]:
    from orken.notices.household import PASSWORD_CHANGED

    found: dict[str, Any] = {}
    for language, text in PASSWORD_CHANGED.texts.items():
        found |= {f"subject_{language}": text.subject, f"body_{language}": text.body}
    return found | changes


TEXT = "/kk/notices/texts/account.password_changed/"


def test_a_text_of_the_centre_goes_out_from_then_on_and_the_past_stays(browse: Browse, account: Accounts) -> None:
    village, client = account("village"), browse("national")
    before = told(village.person, "a")
    changed = answers(subject_kk="Жаңа құпиясөз орнатылды")
    shown = client.post(TEXT, changed | {"look": "1"})
    assert shown.status_code == 200 and "Әзірге ештеңе сақталған жоқ" in shown.content.decode()
    assert not LetterText.objects.exists()
    assert client.post(TEXT, changed | {"keep": "1"}).status_code == 302
    assert [(row.language, row.version) for row in LetterText.objects.all()] == [("kk", 1)]
    after = told(village.person, "b")
    before.refresh_from_db()
    assert (before.subject_kk, after.subject_kk) == ("Құпиясөзіңіз өзгерді", "Жаңа құпиясөз орнатылды")
    assert after.subject_ru == "Ваш пароль изменён" and after.versions == {"kk": 1, "ru": 0, "en": 0}
    assert AuditEvent.objects.filter(verb="notice.text_written").count() == 1
    client.post(f"{TEXT}restore/")
    assert told(village.person, "c").subject_kk == "Құпиясөзіңіз өзгерді"
    assert LetterText.objects.count() == 2, "both versions stay"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("account.password_changed", {"body_kk": "Қайырлы күн, {who}!"}),
        ("account.password_changed", {"body_ru": "Здравствуйте, {name"}),
        ("account.password_changed", {"subject_en": ""}),
        ("account.invitation", {"body_kk": "Қош келдіңіз, {name}!"}),
    ],
)
def test_a_text_that_would_send_nonsense_is_refused_with_the_reason(
    code: str, changes: dict[str, str], browse: Browse
) -> None:
    from orken.notices.kinds import kinds

    found: dict[str, Any] = {}
    for language, text in kinds[code].texts.items():
        found |= {f"subject_{language}": text.subject, f"body_{language}": text.body}
    answer = browse("national").post(f"/kk/notices/texts/{code}/", found | changes | {"keep": "1"})
    assert answer.status_code == 422
    assert not LetterText.objects.exists()


def test_only_the_centre_writes_texts(browse: Browse) -> None:
    for login in ("pavlodar", "head", "village", "director"):
        client = browse(login)
        assert client.post(TEXT, answers(subject_kk="Х") | {"keep": "1"}).status_code == 404
        assert client.post(f"{TEXT}restore/").status_code == 404
    assert not LetterText.objects.exists()
    assert browse("national").get("/kk/notices/texts/nothing/").status_code == 404


def test_the_demo_tells_some_of_its_people_of_their_roles(country: object, account: Accounts) -> None:
    assert selectors.inbox(account("head")).filter(kind__startswith="role.", read_at=None).count() == 1
    assert selectors.inbox(account("pavlodar")).filter(kind__startswith="role.").count() == 1
    assert not selectors.inbox(account("pavlodar")).filter(kind__startswith="role.", read_at=None).exists(), (
        "read long ago"
    )
