"""The pages of a sitting without script, the door for single answers, lines of devices, and the pages of whoever marks."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from orken.attempts import operations, services
from orken.attempts.models import Attempt, Step
from orken.kit.files.models import StoredFile
from orken.kit.offline import services as offline
from orken.kit.offline.registry import Sent
from orken.network import held_file
from orken.notices.models import Notice
from orken.people.models import Look
from orken.people.services import erasing
from orken.questions.models import Exercise, Question
from tests.attempts.conftest import Accounts, item_of, put, right

Make = Callable[..., Exercise]
Sit = Callable[..., Attempt]
Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db
KINDS = ("question.choice", "question.short", "question.matching")


def _fields(attempt: Attempt) -> dict[str, Any]:
    """A form as a browser without script sends it: each field under its name."""
    data: dict[str, Any] = {}
    for item in attempt.items.select_related("question"):
        data[f"base-q{item.position}"] = str(item.head)
        told = right(item)
        for value in told.values():
            if isinstance(value, dict):
                data |= {f"q{item.position}-{key}": one for key, one in value.items()}
            else:
                data[f"q{item.position}"] = value
    return data


def test_from_the_rules_to_the_score_by_forms_alone(exercise: Make, place: str, browse: Browse) -> None:
    made, client = exercise(kinds=KINDS, minutes=30, attempts=2), browse("village")
    start = f"/ru/attempts/start/{made.code}/?context={place}"
    page = client.get(start)
    assert page.status_code == 200 and "30 минут" in page.content.decode()
    begun = client.post(start)
    attempt = Attempt.objects.get(exercise=made)
    assert begun.status_code == 302 and str(attempt.uid) in begun["Location"]
    sheet = client.get(begun["Location"]).content.decode()
    for item in attempt.items.select_related("question"):
        assert f'name="base-q{item.position}" value="0"' in sheet
    assert client.post(begun["Location"], {**_fields(attempt), "save": "all"}).status_code == 302
    assert client.post(begun["Location"], {**_fields(attempt), "finish": "yes"})["Location"].endswith("/finish/")
    assert Step.objects.filter(item__attempt=attempt).count() == 3, "what did not change is not saved again"
    assert client.post(f"{begun['Location']}finish/")["Location"].endswith("/review/")
    review = client.get(f"{begun['Location']}review/").content.decode()
    assert "100 %" in review.replace("\xa0", " ") and "Тест сдан." in review
    assert client.get(begun["Location"]).status_code == 302, "a closed sheet is not written any more"
    assert "100 %" in client.get("/ru/attempts/").content.decode().replace("\xa0", " ")


def test_an_old_form_writes_beside_and_the_page_lets_her_choose(exercise: Make, sit: Sit, account: Accounts, browse: Browse) -> None:  # fmt: skip
    attempt, client = sit(exercise(kinds=("question.short",))), browse("village")
    put(attempt, account("village"), {"text": "телефоннан"})
    client.post(attempt.get_absolute_url(), {"base-q1": "0", "q1": "ескі беттен", "save": "all"})
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "телефоннан" in page and "ескі беттен" in page
    client.post(f"/kk/attempts/{attempt.uid}/choose/1/", {"take": "2"})
    assert item_of(attempt).answer == {"text": "ескі беттен"}
    assert client.post(f"/kk/attempts/{attempt.uid}/choose/1/", {"take": "77"}).status_code == 404


def test_a_question_checked_at_once_tells_and_shuts(exercise: Make, sit: Sit, browse: Browse) -> None:
    attempt, client = sit(exercise(kinds=("question.truth",), behaviour="immediate")), browse("village")
    data = {"base-q1": "0", "q1": "true" if right(item_of(attempt))["truth"] else "false", "check": "1"}
    page = client.post(attempt.get_absolute_url(), data, follow=True).content.decode()
    assert "disabled" in page and 'class="note ok"' in page


def test_one_answer_goes_through_its_door_and_comes_back_with_a_word(exercise: Make, sit: Sit, browse: Browse) -> None:
    attempt, client = sit(exercise(kinds=("question.short",))), browse("village")
    op = str(uuid4())

    def save(**told: Any) -> Any:
        return client.post(
            f"/kk/attempts/{attempt.uid}/save/", json.dumps(told, ensure_ascii=False), content_type="application/json"
        )

    first = save(op=op, item=1, base="0", answer={"text": "ISBN"})
    assert (first.status_code, first.json()["state"], first.json()["seq"]) == (200, "done", 1)
    assert save(op=op, item=1, base="0", answer={"text": "ISBN"}).json()["seq"] == 1
    assert save(op=str(uuid4()), item=1, base="0", answer={"text": "басқа"}).json()["state"] == "differs"
    large = save(op=str(uuid4()), item=1, base="1", answer={"text": "а" * 10_000_000})
    assert large.status_code == 413 and "40 000" in large.json()["says"]
    assert save(op=str(uuid4()), item=1, base="1", answer={"text": "а" * 61_000}).status_code == 409
    for broken in ({}, {"op": "x"}, {"op": str(uuid4())}):
        assert save(**broken).status_code == 400
    assert client.post(f"/kk/attempts/{attempt.uid}/save/", "[" * 90_000, content_type="application/json").status_code == 400  # fmt: skip
    assert item_of(attempt).steps.count() == 2
    assert browse("head").post(f"/kk/attempts/{attempt.uid}/save/", json.dumps({"op": op, "item": 1}), content_type="application/json").status_code == 404  # fmt: skip


def test_ten_megabytes_in_a_form_are_refused_with_a_sentence(exercise: Make, sit: Sit, browse: Browse) -> None:
    attempt, client = sit(exercise(kinds=("question.essay",))), browse("village")
    answer = client.post(attempt.get_absolute_url(), {"base-q1": "0", "q1": "а" * 5_000_000, "save": "all"})
    assert answer.status_code == 400 and "<h1" in answer.content.decode()
    long = client.post(attempt.get_absolute_url(), {"base-q1": "0", "q1": "а" * 45_000, "save": "all"})
    assert long.status_code == 422 and "40000" in long.content.decode()
    assert item_of(attempt).answer == {"text": "а" * 45_000}, "kept, and said"


def test_scripts_in_answers_and_pictures_stay_text(exercise: Make, sit: Sit, account: Accounts, browse: Browse) -> None:
    attempt = sit(exercise(kinds=("question.essay",)))
    evil = '<script>alert(1)</script><svg onload="alert(2)"><img src=x onerror=alert(3)>'
    put(attempt, account("village"), {"text": evil})
    sheet = browse("village").get(attempt.get_absolute_url()).content.decode()
    services.hand_in(attempt=attempt, by=account("village"))
    mark = browse("national").get(f"/kk/attempts/marking/{item_of(attempt).pk}/").content.decode()
    for page in (sheet, mark):
        assert "<script>alert" not in page and "<svg onload" not in page and "<img src=x" not in page
        assert "&lt;script&gt;" in page


def test_the_sheet_costs_the_same_queries_for_one_question_and_for_ten(exercise: Make, sit: Sit, browse: Browse) -> None:  # fmt: skip
    few, many = sit(exercise(kinds=KINDS[:1])), sit(exercise("E-2", kinds=(*KINDS, "question.several", "question.gaps", "question.sorting", "question.truth", "question.numeric", "question.ordering", "question.hotspot")))  # fmt: skip
    client = browse("village")
    counts = []
    for attempt in (few, few, many):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(attempt.get_absolute_url()).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]


# --- lines of devices ---


Told = tuple[int, UUID, str, str, dict[str, Any], int]


def _send(by: Any, device: UUID, lines: list[Told]) -> list[str]:
    """(sequence, uid, kind, base, payload, minutes ago)"""
    now = timezone.now()
    sent = [Sent(uid, n, kind, base, payload, now - timedelta(minutes=ago)) for n, uid, kind, base, payload, ago in lines]  # fmt: skip
    receipt = offline.receive(device=device, name="телефон", lines=sent, clock=now, by=by)
    return [one.state for one in receipt.answers]


def test_lines_that_waited_are_written_in_their_order_and_handed_in(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by, device = sit(exercise(kinds=("question.short", "question.truth"))), account("village"), uuid4()
    one, two, three, four = (uuid4() for _n in range(4))
    told: dict[str, Any] = {"attempt": str(attempt.uid), "item": 1}
    lines: list[Told] = [
        (1, one, operations.SAVE, "0", {**told, "answer": {"text": "а"}}, 9),
        (2, two, operations.SAVE, str(one), {**told, "answer": {"text": "аб"}}, 8),
        (3, three, operations.SAVE, "0", {"attempt": str(attempt.uid), "item": 2, "answer": {"truth": True}}, 7),
        (4, four, operations.SUBMIT, "", {"attempt": str(attempt.uid)}, 6),
    ]
    assert _send(by, device, lines) == ["done"] * 4
    assert _send(by, device, lines) == ["done"] * 4, "sent again, answered again"
    attempt.refresh_from_db()
    assert (attempt.state, item_of(attempt).answer, Step.objects.filter(item__attempt=attempt, kind="save").count()) == ("done", {"text": "аб"}, 3)  # fmt: skip


def test_lines_that_lead_nowhere_are_refused_with_their_reason(exercise: Make, sit: Sit, account: Accounts) -> None:
    attempt, by = sit(exercise(kinds=("question.short",))), account("head")
    bad: list[dict[str, Any]] = [{"attempt": str(attempt.uid), "item": 1, "answer": {"text": "а"}}, {"attempt": "нет"}, {}, {"attempt": str(uuid4()), "item": True}]  # fmt: skip
    lines: list[Told] = [(n, uuid4(), kind, "", told, 1) for n, (told, kind) in enumerate(((told, kind) for told in bad for kind in (operations.SAVE, operations.SUBMIT)), start=1)]  # fmt: skip
    assert _send(by, uuid4(), lines) == ["refused"] * 8
    assert not Step.objects.filter(item__attempt=attempt).exists()


def test_five_hundred_queued_lines_are_taken_in_within_bounds(exercise: Make, sit: Sit, account: Accounts) -> None:
    """Each with its place in the log; the number of queries grows with attempts, not with lines."""
    attempt, by, device = sit(exercise(kinds=("question.short",))), account("village"), uuid4()
    ops = [uuid4() for _n in range(500)]
    lines: list[Told] = [(n, op, operations.SAVE, str(ops[n - 2]) if n > 1 else "0", {"attempt": str(attempt.uid), "item": 1, "answer": {"text": f"{n}"}}, 1) for n, op in enumerate(ops, start=1)]  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        assert set(_send(by, device, lines)) == {"done"}
    assert len(asked) < 40
    assert item_of(attempt).steps.count() == 500 and item_of(attempt).answer == {"text": "500"}


# --- files, marking, results ---


def test_a_file_is_handed_in_marked_and_read_by_whoever_marks_alone(exercise: Make, sit: Sit, account: Accounts, browse: Browse) -> None:  # fmt: skip
    attempt, client = sit(exercise(kinds=("question.file",))), browse("village")
    page = f"/kk/attempts/{attempt.uid}/item/1/"
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"q1": SimpleUploadedFile("evil.svg", b"<svg onload='alert(1)'/>")}).status_code == 422
    assert client.post(page, {"q1": SimpleUploadedFile("есеп.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF")}).status_code == 302  # fmt: skip
    item = item_of(attempt)
    kept = StoredFile.objects.get(purpose="attempt")
    assert item.answer == {"files": [{"id": str(kept.pk), "name": "есеп.pdf"}]}
    services.hand_in(attempt=attempt, by=account("village"))
    address = f"/kk/attempts/marking/{item.pk}/file/{kept.pk}/"
    assert browse("village").get(address).status_code == 404 and browse("pavlodar").get(address).status_code == 404
    assert browse("national").get(address).status_code == 302
    assert browse("national").get(f"/kk/attempts/marking/{item.pk}/file/{uuid4()}/").status_code == 404


def test_marking_by_pages_with_the_queue_and_the_table(exercise: Make, sit: Sit, account: Accounts, place: str, browse: Browse) -> None:  # fmt: skip
    made = exercise(kinds=("question.essay",))
    attempt, national = sit(made), browse("national")
    put(attempt, account("village"), right(item_of(attempt)))
    services.hand_in(attempt=attempt, by=account("village"))
    item = item_of(attempt)
    assert f"/marking/{item.pk}/" in national.get("/kk/attempts/marking/").content.decode()
    page = national.get(f"/kk/attempts/marking/{item.pk}/").content.decode()
    assert attempt.person.short_name() not in page.partition("<main")[2], "blind until it is marked"
    assert national.get(f"/kk/attempts/results/{made.code}/sat/{attempt.uid}/").status_code == 404, (
        "nor is it opened by its learner"
    )
    assert national.post(f"/kk/attempts/marking/{item.pk}/", {"marks": "9", "comment": ""}).status_code == 422
    assert national.post(f"/kk/attempts/marking/{item.pk}/", {"marks": "0,5", "comment": "Жақсы"}).status_code == 302  # fmt: skip
    national.post(f"/kk/attempts/marking/{item.pk}/", {"marks": "1", "comment": "Жақсы"})
    attempt.refresh_from_db()
    assert attempt.passed and "Жақсы" in browse("village").get(f"/kk/attempts/{attempt.uid}/review/").content.decode()
    here = f"/kk/attempts/results/{made.code}/sat/{attempt.uid}/"
    assert here in national.get(f"/kk/attempts/results/{made.code}/").content.decode()
    answered = national.get(here).content.decode()
    assert attempt.person.short_name() in answered and "Жақсы" in answered
    assert browse("pavlodar").get(here).status_code == 404 and browse("village").get(here).status_code == 404
    looks = Look.objects.filter(person=attempt.person).count()
    book = b"".join(national.get(f"/kk/attempts/results/{made.code}/export/").streaming_content)  # type: ignore[attr-defined]  # a file answer
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == attempt.person.full_name() and rows[1][6] == 100
    assert Look.objects.filter(person=attempt.person).count() == looks + 1
    allow = f"/kk/attempts/results/{made.code}/allow/{attempt.person_id}/?context={place}"
    assert national.post(allow, {"minutes": "0", "attempts": "0", "reason": "…"}).status_code == 422
    assert national.post(allow, {"minutes": "15", "attempts": "1", "reason": "Жарық өшті"}).status_code == 302
    assert browse("pavlodar").get(allow).status_code == 404
    assert national.post(f"/kk/attempts/results/{made.code}/regrade/", {"reason": "Кілт"}).status_code == 302


def test_whoever_marks_over_a_mark_given_meanwhile_is_told_first_and_may_insist(exercise: Make, sit: Sit, account: Accounts, browse: Browse) -> None:  # fmt: skip
    """Two pages are open on one answer: the second does not write over the first without a word."""
    attempt, first, second = sit(exercise(kinds=("question.essay",))), browse("national"), browse("national")
    put(attempt, account("village"), right(item_of(attempt)))
    services.hand_in(attempt=attempt, by=account("village"))
    address = f"/kk/attempts/marking/{item_of(attempt).pk}/"
    seen = [client.get(address).context["seen"] for client in (first, second)]
    given = {"marks": "0,5", "comment": "Мысал жетпейді.", "seen": seen[0]}
    assert first.post(address, given).status_code == first.post(address, given).status_code == 302, (
        "pressed twice is once"
    )
    assert item_of(attempt).steps.filter(kind="grade", payload__person=True).count() == 1
    other = {"marks": "0", "comment": "Басқаша ойлаймын.", "seen": seen[1]}
    assert second.post(address, {**other, "marks": "9"}).context["seen"] == seen[1], "a slip is no consent"
    answer = second.post(address, other)
    page = answer.content.decode().partition("<main")[2]
    assert answer.status_code == 409 and item_of(attempt).share == 0.5
    assert "Мысал жетпейді." in page and "Басқаша ойлаймын." in page and "0,5" in page
    assert account("national").person.short_name() in page
    assert second.post(address, {**other, "seen": answer.context["seen"]}).status_code == 302
    stands = item_of(attempt)
    assert (stands.share, stands.comment) == (0, "Басқаша ойлаймын.")
    assert stands.steps.filter(kind="grade", payload__person=True).count() == 2, "both stay in the log"


def test_she_is_told_once_when_everything_is_marked_and_again_when_her_score_changes(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by, national = sit(exercise(kinds=("question.essay", "question.file"))), account("village"), account("national")  # fmt: skip
    put(attempt, by, right(item_of(attempt)))
    services.hand_in(attempt=attempt, by=by)
    attempt.refresh_from_db()
    letters = Notice.objects.filter(kind="attempts.marked", person=by.person)
    assert not letters.exists(), "handing in is no news"
    services.mark(item=item_of(attempt), share=0.5, comment="", by=national)
    (letter,) = letters.all()
    assert letter.page == f"/attempts/{attempt.uid}/review/" and "Сынақ" in letter.subject_kk and letter.subject_en
    services.mark(item=item_of(attempt), share=0.5, comment="Толығырақ жазыңыз", by=national)
    assert letters.all().count() == 1, "the same score is no news"
    services.mark(item=item_of(attempt), share=1, comment="", by=national)
    assert letters.all().count() == 2


def test_the_queue_of_one_place_holds_its_answers_alone_and_leads_on_within_it(exercise: Make, sit: Sit, account: Accounts, place: str, browse: Browse) -> None:  # fmt: skip
    made, national = exercise(kinds=("question.essay",), attempts=5), browse("national")
    waiting = []
    for login in ("village", "head"):
        attempt = sit(made, login)
        put(attempt, account(login), right(item_of(attempt)))
        services.hand_in(attempt=attempt, by=account(login))
        waiting.append(item_of(attempt).pk)
    address = f"/kk/attempts/marking/?at={place}"
    page = national.get(address).content.decode()
    assert all(f"/marking/{pk}/?at=training.run%3ASAT-1" in page for pk in waiting)
    assert not national.get("/kk/attempts/marking/?at=training.run:OTHER").context["waiting"]
    answer = national.post(f"/kk/attempts/marking/{waiting[0]}/?at={place}", {"marks": "1", "comment": ""})
    assert answer["Location"] == f"/kk/attempts/marking/{waiting[1]}/?at=training.run%3ASAT-1"
    answer = national.post(answer["Location"], {"marks": "1", "comment": ""})
    assert answer["Location"] == "/kk/attempts/marking/?at=training.run%3ASAT-1"
    assert browse("pavlodar").get(address).context["place"] is None, "a stranger is not told how the place is called"


def test_what_she_answered_stands_in_her_file_and_goes_when_she_is_erased(exercise: Make, sit: Sit, account: Accounts) -> None:  # fmt: skip
    attempt, by = sit(exercise(kinds=("question.essay", "question.choice"))), account("village")
    put(attempt, by, {"text": "Менің сөзім"})
    put(attempt, by, right(item_of(attempt, 2)), position=2)
    services.hand_in(attempt=attempt, by=by)
    services.mark(item=item_of(attempt), share=1, comment="Айгүл, жарайсыз", by=account("national"))
    sheets = CalamineWorkbook.from_filelike(held_file.of(by.person))
    words = json.dumps([sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names], default=str, ensure_ascii=False)  # fmt: skip
    assert "Менің сөзім" in words
    from orken.attempts.erasing import erasing as forget

    forget(None, person=by.person, names=["Айгүл"])
    assert erasing.ERASED_NAMES
    item = item_of(attempt)
    told = json.dumps([step.payload for step in item.steps.all()], ensure_ascii=False) + item.comment + json.dumps(item.answer, ensure_ascii=False)  # fmt: skip
    assert "сөзім" not in told and "Айгүл" not in told
    assert item_of(attempt, 2).answer is not None, "what was chosen of a list says nothing of her"
    attempt.refresh_from_db()
    assert attempt.score == 100


def test_a_sheet_names_no_key_in_any_language(exercise: Make, sit: Sit, browse: Browse) -> None:
    attempt = sit(exercise(kinds=("question.numeric", "question.short")))
    expected = Question.objects.filter(kind="question.numeric").order_by("pk").first()
    assert expected is not None and expected.published is not None
    for language in ("kk", "ru", "en"):
        page = browse("village").get(f"/{language}/attempts/{attempt.uid}/").content.decode()
        assert str(expected.published.payload["answers"][0]["answer"]) not in page.partition("<main")[2]


def test_the_log_says_what_each_step_gave_and_the_writer_is_named_when_it_is_marked(
    exercise: Make, sit: Sit, account: Accounts, browse: Browse
) -> None:
    attempt = sit(exercise(kinds=("question.essay",)))
    put(attempt, account("village"), right(item_of(attempt)))
    services.hand_in(attempt=attempt, by=account("village"))
    item, national = item_of(attempt), browse("national")
    name = attempt.person.short_name()
    address = f"/kk/attempts/marking/{item.pk}/"
    assert name not in national.get("/kk/attempts/marking/").content.decode().partition("<main")[2]
    answer = national.post(address, {"marks": "0,5", "comment": ""}, follow=True)
    assert name in "".join(str(one) for one in answer.context["messages"]), (
        "named at once, also where the next one opens"
    )
    queue = national.get("/kk/attempts/marking/").content.decode().partition("<main")[2]
    assert name in queue and address in queue
    log = [(step.kind, given) for step, given in national.get(address).context["steps"]]
    assert (Step.Kind.GRADE, Decimal("0.50")) in log
    assert browse("pavlodar").get("/kk/attempts/marking/").context["marked"] == []
