"""A mark that the grader holds, or that a learner does not accept, waits for a person who teaches."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.cataloguing import codecs, holding, services
from orken.cataloguing.models import HeldMark
from orken.cataloguing.record import Record, data_field
from orken.cataloguing.states import HELD_MARK
from orken.cataloguing.tasks import material
from orken.cataloguing.views import common
from orken.curriculum.kinds import AnswerRefused
from orken.kit.audit.models import AuditEvent
from orken.notices.models import Notice
from orken.people.models import Account
from orken.people.services import rights

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]
BOOK = "ru-essays"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "OFTEN", 10_000)


def text(record: Record) -> str:
    return codecs.dumps(record, "mrk").decode()


def expert() -> Record:
    return material.experts(BOOK, "rusmarc")[0]


def strange() -> str:
    """Right, and one heading more that no expert has: the grader asks for a person."""
    return text(expert().with_field(data_field("606", "1 ", "aКоневодство", "xИстория", "2nlr_sh")))


def weak() -> str:
    return text(expert().without("675", "686", "606", "700", "701"))


def sent(account: Account, record: str = "", words: str = "") -> HeldMark:
    return holding.send(book=BOOK, format="rusmarc", text=record or strange(), words=words, by=account)


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(verb__startswith="held_mark.").order_by("pk").values_list("verb", flat=True))


def test_the_open_attack_is_held_and_a_teacher_decides(browse: Browse, account: Accounts) -> None:
    """The whole way: graded, sent, seen by the teacher, another mark given, the learner told."""
    client = browse("student")
    book = reverse("cataloguing:book", args=[BOOK])
    page = client.post(book, {"text": strange(), "format": "rusmarc", "do": "grade"}).content.decode()
    address = reverse("cataloguing:held_send", args=[BOOK])
    assert address in page
    answer = client.post(address, {"text": strange(), "format": "rusmarc", "words": "Бұл да дұрыс қой"})
    held = HeldMark.objects.get()
    assert answer.status_code == 302 and answer["Location"].endswith(held.get_absolute_url())
    assert (held.state, held.cause, held.final) == ("waiting", "review", None)
    assert address not in client.post(book, {"text": strange(), "format": "rusmarc", "do": "grade"}).content.decode()

    teacher = browse("national")
    home = teacher.get(reverse("cataloguing:home")).content.decode()
    assert '<span class="tag wait">1</span>' in home
    assert held.get_absolute_url() in teacher.get(reverse("cataloguing:held")).content.decode()
    seen = teacher.get(held.get_absolute_url()).content.decode()
    assert "Бұл да дұрыс қой" in seen and "Коневодство" in seen
    without_reason = teacher.post(held.get_absolute_url(), {"way": "change", "final": "61.5", "answer": " "})
    assert without_reason.status_code == 422
    assert teacher.post(held.get_absolute_url(), {"way": "change", "final": "101", "answer": "x"}).status_code == 422
    assert (
        teacher.post(held.get_absolute_url(), {"way": "change", "final": "61,5", "answer": "Артық тақырып"}).status_code
        == 302
    )
    held.refresh_from_db()
    assert (held.state, held.final, held.answer) == ("changed", Decimal("61.5"), "Артық тақырып")
    assert held.decided_by == account("national")
    assert verbs() == ["held_mark.sent", "held_mark.changed"]
    notice = Notice.objects.get(kind="cataloguing.mark_decided")
    assert notice.person_id == account("student").person_id
    assert "Артық тақырып" in notice.body_kk and "61,5" in notice.body_kk
    assert "Артық тақырып" in client.get(held.get_absolute_url()).content.decode()
    # What is decided is decided.
    teacher.post(held.get_absolute_url(), {"way": "confirm"})
    held.refresh_from_db()
    assert held.state == "changed"
    with pytest.raises(holding.WayIsClosed):
        holding.confirm(held=held, by=account("national"))


def test_a_mark_is_confirmed_as_it_stands(account: Accounts) -> None:
    held = sent(account("student"), weak())
    assert held.cause == "appeal"
    done = holding.confirm(held=held, by=account("national"))
    assert (done.state, done.final) == ("confirmed", done.score)


def test_only_who_teaches_decides_and_nobody_on_her_own(browse: Browse, account: Accounts) -> None:
    held = sent(account("student"))
    for login in ("student", "village", "pavlodar", "trainer"):
        with pytest.raises(services.NotAllowed):
            holding.confirm(held=held, by=account(login))
        status = browse(login).post(held.get_absolute_url(), {"way": "confirm"}).status_code
        assert status == 404, login
        seen = browse(login).get(held.get_absolute_url()).status_code
        assert seen == (200 if login == "student" else 404), login
        rows = browse(login).get(reverse("cataloguing:held")).content.decode()
        assert (held.get_absolute_url() in rows) is (login == "student")
    own = sent(account("national"), weak())
    with pytest.raises(services.NotAllowed):
        holding.confirm(held=own, by=account("national"))
    assert browse("national").post(own.get_absolute_url(), {"way": "confirm"}).status_code == 404


def test_what_the_experts_have_is_not_shown_while_a_failed_mark_waits(browse: Browse, account: Accounts) -> None:
    held = sent(account("student"), weak())
    secret = "Ланской, Илья Петрович"
    assert secret not in browse("student").get(held.get_absolute_url()).content.decode()
    assert secret in browse("national").get(held.get_absolute_url()).content.decode()
    holding.confirm(held=held, by=account("national"))
    assert secret in browse("student").get(held.get_absolute_url()).content.decode()


def test_one_record_of_a_book_waits_at_a_time_and_is_taken_back(browse: Browse, account: Accounts) -> None:
    by = account("student")
    held = sent(by)
    with pytest.raises(holding.WaitsAlready):
        sent(by, weak())
    sent(account("village"))  # another learner's is another matter
    assert browse("village").post(reverse("cataloguing:held_withdraw", args=[held.pk])).status_code == 404
    with pytest.raises(services.NotAllowed):
        holding.withdraw(held=held, by=account("national"))
    assert browse("student").post(reverse("cataloguing:held_withdraw", args=[held.pk])).status_code == 302
    held.refresh_from_db()
    assert held.state == "withdrawn"
    with pytest.raises(holding.WayIsClosed):
        holding.give(held=held, final=Decimal(90), answer="кеш", by=account("national"))
    sent(by, weak())


def test_good_work_without_a_doubt_is_nothing_to_decide(browse: Browse, account: Accounts) -> None:
    with pytest.raises(holding.NothingToHold):
        sent(account("student"), text(expert()))
    for bad in ("", "no record", text(material.experts(BOOK, "marc21")[0])):
        with pytest.raises(AnswerRefused):
            holding.send(book=BOOK, format="rusmarc", text=bad, by=account("student"))
    address = reverse("cataloguing:held_send", args=[BOOK])
    client = browse("student")
    for data in ({"text": ""}, {"text": text(expert())}, {"text": "x" * 70_000}):
        assert client.post(address, {**data, "format": "rusmarc"}).status_code == 302
    for data in (
        {"format": "unimarc"},
        {"text": strange() + "\0"},
        {"words": "жа\0бық"},
        {"words": "ж" * 1001},
        {"format": ""},
    ):
        assert client.post(address, {"text": strange(), "format": "rusmarc", **data}).status_code == 302
    assert (
        client.post(
            reverse("cataloguing:held_send", args=["none"]), {"text": strange(), "format": "rusmarc"}
        ).status_code
        == 404
    )
    assert client.get(address).status_code == 405
    assert not HeldMark.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 101},
        {"score": -1},
        {"state": "confirmed"},
        {"final": 80},
        {"state": "changed", "final": 80, "answer": ""},
    ],
)
def test_the_database_keeps_a_mark_whole(wrong: dict[str, object], account: Accounts) -> None:
    decided = (
        {"decided_by": account("national"), "decided_at": timezone.now()} if wrong.get("state") == "changed" else {}
    )
    fields = {"by": account("student"), "book": BOOK, "format": "rusmarc", "text": "x", "cause": "appeal", "score": 60}
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldMark.objects.create(**{**fields, **wrong, **decided})


def test_the_words_of_an_erased_person_go_and_the_mark_stays(account: Accounts) -> None:
    by = account("student")
    held = sent(by, weak(), words="Мен Айгүлмін, көмектесіңіз")
    rights.erase(person=by.person, by=None, scope_path="")
    held.refresh_from_db()
    assert held.words == ""
    assert held.score > 0


def test_every_way_of_the_table_has_its_test() -> None:
    assert {way.name for way in HELD_MARK.ways} == {"confirm", "change", "withdraw"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_trail_says_it_in_words(language: str, browse: Browse, account: Accounts) -> None:
    held = sent(account("student"), weak())
    holding.give(held=held, final=Decimal("72.5"), answer="Дұрыс", by=account("national"))
    page = browse("administrator").get(f"/{language}/trail/").content.decode()
    assert "held_mark" not in page.split("<main", 1)[1].split("<tbody")[-1]
