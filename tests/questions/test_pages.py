"""The workshop of questions by its pages: written, looked at, published, mended, returned to, put together, taken in and out."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.kit.jobs.models import Work
from orken.questions import content, kinds, selectors, services
from orken.questions.models import Bank, Exercise, Published, Question, QuestionTag, QuestionVersion, Slot
from orken.questions.services.writing import NotReady
from tests.attempts.conftest import Accounts
from tests.questions.test_exchange import GIFT

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def _choice(**more: str) -> dict[str, str]:
    """The form of a choice as a browser sends it."""
    return {
        "revision": "0", "text_kk": "Қор дегеніміз не?", "text_ru": "Что такое фонд?", "options-n": "4",
        "options-0-text_kk": "құжаттар жиыны", "options-0-text_ru": "собрание документов", "options-0-fraction": "100",
        "options-1-text_kk": "оқырмандар", "options-1-text_ru": "читатели", "options-1-fraction": "", **more,
    }  # fmt: skip


def _written(client: Client, **more: str) -> Question:
    answer = client.post("/kk/questions/bank/NL-BANK/new/?kind=question.choice", _choice(**more))
    assert answer.status_code == 302
    return Question.objects.latest("pk")


def test_a_question_from_its_kind_to_its_second_version_and_back(browse: Browse) -> None:
    client = browse("national")
    kinds = client.get("/ru/questions/bank/NL-BANK/new/").content.decode()
    assert kinds.count("?kind=question.") == 12
    # More rows is a press that saves nothing and keeps what was written.
    more = client.post("/kk/questions/bank/NL-BANK/new/?kind=question.choice", _choice(more="options"))
    assert more.status_code == 200 and 'name="options-5-text_kk"' in more.content.decode() and "құжаттар жиыны" in more.content.decode()  # fmt: skip
    found = _written(client, **{"options-0-fraction": ""})
    page = f"/kk/questions/one/{found.uid}/"
    assert "100 пайыз" in client.get(page).content.decode(), "what stops publishing is said"
    assert client.post(f"{page}publish/", {"revision": "1", "note": ""}).status_code == 422
    assert client.post(f"{page}edit/", _choice(revision="1")).status_code == 302
    stale = client.post(f"{page}edit/", _choice(revision="1", text_kk="Ескі беттен"))
    assert stale.status_code == 409 and "Ескі беттен" in stale.content.decode()
    assert client.post(f"{page}publish/", {"revision": "2", "note": "Бірінші"}).status_code == 302
    client.post(f"{page}start/")
    client.post(f"{page}edit/", _choice(revision="1", text_kk="Кітапхана қоры дегеніміз не?"))
    client.post(f"{page}publish/", {"revision": "2", "note": ""})
    compare = client.get(f"{page}compare/").content.decode()
    words = re.sub(r'<span class="vh">[^<]*</span>', "", compare)
    assert "<del>Қор </del>дегеніміз не?" in words and "<ins>Кітапхана қоры </ins>дегеніміз не?" in words, (
        "word by word"
    )
    assert client.post(f"{page}return/1/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}return/1/", {"reason": "Қате"}).status_code == 302
    found.refresh_from_db()
    assert found.published is not None and found.published.number == 1
    assert [row.kind for row in selectors.story(found)] == ["reverted", "published", "published"]
    assert not [rows for _rule, rows in invariants.run("questions.") if rows]


def test_a_published_version_is_never_changed(account: Accounts) -> None:
    version = QuestionVersion.objects.exclude(published_at=None).first()
    assert version is not None
    with pytest.raises(Published):
        version.save()
    with pytest.raises(Published):
        version.delete()
    slot = Slot.objects.exclude(version__published_at=None).first()
    assert slot is not None
    with pytest.raises(Published):
        slot.delete()
    QuestionVersion.objects.filter(pk=version.pk).update(payload={"text": {"kk": "бүлінген"}})  # past the models
    broken = dict(invariants.run("questions.versions"))
    assert any(rows for rows in broken.values())


def test_trying_a_question_tells_and_keeps_nothing(browse: Browse) -> None:
    client, found = browse("national"), Question.objects.filter(kind="question.choice").first()
    assert found is not None and found.published is not None
    page = f"/kk/questions/one/{found.uid}/try/"
    right, wrong = (row["key"] for row in sorted(found.published.payload["options"], key=lambda row: -row["fraction"])[:2])  # fmt: skip
    before = AuditEvent.objects.count()
    assert 'class="note ok"' in client.post(page, {"seed": "5", "try": right}).content.decode()
    assert 'class="note stop"' in client.post(page, {"seed": "5", "try": wrong}).content.decode()
    numeric = Question.objects.filter(kind="question.numeric").first()
    assert numeric is not None
    assert client.post(f"/kk/questions/one/{numeric.uid}/try/", {"seed": "5", "try": "көп"}).status_code == 422
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_question_of_the_demo_opens_with_its_form_and_its_trial(language: str, browse: Browse) -> None:
    client = browse("national")
    for found in Question.objects.order_by("kind", "pk").distinct("kind") if connection.vendor == "postgresql" else _one_of_each():  # fmt: skip
        for page in ("", "try/", "place/", "copy/"):
            assert client.get(f"/{language}/questions/one/{found.uid}/{page}").status_code == 200, (found.kind, page)
        client.post(f"/{language}/questions/one/{found.uid}/start/")
        assert client.get(f"/{language}/questions/one/{found.uid}/edit/").status_code == 200
        assert client.post(f"/{language}/questions/one/{found.uid}/drop/").status_code == 302


def _one_of_each() -> list[Question]:
    return list({row.kind: row for row in Question.objects.order_by("-pk")}.values())


def test_a_question_is_copied_to_another_bank_and_goes_its_own_way(browse: Browse, account: Accounts, country: Any) -> None:  # fmt: skip
    client, national = browse("national"), account("national")
    client.post("/kk/questions/new/", {"unit": "NL", "code": "NL-OWN", "title_kk": "Екінші банк"})
    assert client.post("/kk/questions/new/", {"unit": "NL", "code": "NL-OWN", "title_kk": "Тағы"}).status_code == 422
    found = Question.objects.filter(tags__name="safe").first()
    assert found is not None
    client.post(f"/kk/questions/one/{found.uid}/place/", {"tags": "Қауіпсіздік, safe ", "category": "Жаңа бөлім", "competencies": ["H1"]})  # fmt: skip
    assert set(found.tags.values_list("name", flat=True)) == {"қауіпсіздік", "safe"}
    client.post(f"/kk/questions/one/{found.uid}/copy/", {"bank": "NL-OWN"})
    made = Question.objects.get(bank__code="NL-OWN")
    assert made.copied_from == found and made.draft is not None and set(made.tags.values_list("name", flat=True)) == {"қауіпсіздік", "safe"}  # fmt: skip
    assert found.published is not None and made.draft.payload == found.published.payload
    assert client.post(f"/kk/questions/one/{made.uid}/drop/").status_code == 302
    assert not Question.objects.filter(pk=made.pk).exists() and national is not None


def test_the_picture_of_a_hot_spot_is_recoded_and_its_regions_are_judged(browse: Browse) -> None:
    client = browse("national")
    client.post("/kk/questions/bank/NL-BANK/new/?kind=question.hotspot", {"revision": "0", "text_kk": "Қайда?", "alt_kk": "Парақ", "regions-n": "2", "regions-0-text_kk": "жоғары", "regions-0-corners": "0, 0, 40, 20", "regions-0-right": "on", "regions-1-text_kk": "төмен", "regions-1-corners": "0,90,40,20"})  # fmt: skip
    found = Question.objects.latest("pk")
    out = io.BytesIO()
    Image.new("RGB", (120, 100), "white").save(out, "PNG")
    page = f"/kk/questions/one/{found.uid}/picture/"
    assert client.post(page, {"picture": SimpleUploadedFile("x.svg", b"<svg onload='x'/>")}).status_code == 422
    assert client.post(page, {"picture": SimpleUploadedFile("x.png", out.getvalue())}).status_code == 302
    found.refresh_from_db()
    assert found.draft is not None and (found.draft.payload["width"], found.draft.payload["height"]) == (120, 100)
    found.draft.question = found
    assert len(services.question_problems(found.draft)) == 1, "one region lies outside"
    picture = client.get(f"/kk/questions/picture/{found.draft.payload['picture']}/")
    assert picture["Content-Type"] == "image/webp"


def test_an_exercise_is_put_together_published_and_drawn_from_a_pool(browse: Browse, account: Accounts) -> None:
    client = browse("national")
    client.post("/kk/exercises/new/", {"unit": "NL-VIRTUAL", "code": "MIXED", "title_kk": "Аралас"})
    page = "/kk/exercises/MIXED/"
    question = Question.objects.filter(kind="question.truth").exclude(published=None).first()
    assert question is not None
    assert client.post(f"{page}publish/", {"revision": "1", "note": ""}).status_code == 422
    client.post(f"{page}add/question/", {"revision": "1", "mark": "2", "question": str(question.uid)})
    client.post(f"{page}add/pool/", {"revision": "2", "mark": "1", "pool": "NL-BANK", "tag": "ECAT", "many": "4"})
    client.post(f"{page}add/pool/", {"revision": "3", "mark": "1", "pool": "NL-BANK", "tag": "no-such", "many": "1"})
    assert client.post(f"{page}add/pool/", {"revision": "1", "mark": "1", "pool": "NL-BANK", "tag": "x", "many": "1"}).status_code == 422  # fmt: skip
    found = Exercise.objects.get(code="MIXED")
    assert found.draft is not None
    assert client.post(f"{page}publish/", {"revision": "4", "note": ""}).status_code == 422, "a pool is too small"
    slots = list(found.draft.slots.all())
    client.post(f"{page}slot/{slots[2].pk}/remove/", {"revision": "4"})
    client.post(f"{page}slot/{slots[1].pk}/move/", {"revision": "5", "way": "up"})
    rules = {"revision": "6", "title_kk": "Аралас", "behaviour": "deferred", "tries": "3", "penalty": "25", "minutes": "30", "attempts": "2", "pass_mark": "60", "counts": "best", "reveal": "at_last"}  # fmt: skip
    assert client.post(f"{page}rules/", rules).status_code == 302
    assert client.post(f"{page}rules/", rules).status_code == 409
    assert client.post(f"{page}publish/", {"revision": "7", "note": ""}).status_code == 302
    version = selectors.published_exercise("MIXED")
    assert version is not None
    drawn = selectors.drawn(version, 3)
    assert len(drawn) == 5 and float(selectors.total(drawn)) == 6
    assert ("MIXED", "MIXED · Аралас") in selectors.exercise_choices(found.unit)
    assert found.unit is not None and client.get(page).status_code == 200
    assert any(one.exercise.code == "MIXED" for one in selectors.used_in(question))
    client.post(f"{page}withdraw/", {"reason": "Ескірді"})
    assert selectors.published_exercise("MIXED") is None
    client.post(f"{page}return/1/", {"reason": "Керек"})
    assert selectors.published_exercise("MIXED") is not None
    client.post(f"{page}start/")
    assert client.get(f"{page}compare/").status_code == 200 and client.post(f"{page}drop/").status_code == 302
    assert content.fingerprint(content.of_exercise(version)) == version.fingerprint


def test_a_slot_holds_the_instruments_of_the_schools(browse: Browse) -> None:
    others = {code for code, _label in selectors.other_kinds()}
    assert {"cataloguing.describe", "cataloguing.errors"} <= others
    exercise = services.create_exercise(code="CRAFT", unit=Exercise.objects.get(code="SAFE-TEST").unit, fields={"title_kk": "Шеберлік"}, by=None)  # fmt: skip
    assert exercise.draft is not None
    services.add_slot(version=exercise.draft, by=None, revision=1, kind="cataloguing.errors", payload={"book": "kk-novel", "format": "rusmarc"})  # fmt: skip
    services.publish_exercise(exercise=exercise, by=None, revision=2)
    drawn = selectors.drawn(Exercise.objects.get(code="CRAFT").published, 1)  # type: ignore[arg-type]  # published above
    assert [one.kind for one in drawn] == ["cataloguing.errors"]


def test_a_question_without_its_words_is_not_published(account: Accounts) -> None:
    found = services.create_question(bank=Bank.objects.get(code="NL-BANK"), kind="question.essay", payload={"text": {"ru": "Почему?"}}, by=None)  # fmt: skip
    with pytest.raises(NotReady) as refused:
        services.publish_question(question=found, by=account("national"), revision=1)
    assert refused.value.problems


def test_a_file_is_judged_first_and_written_at_a_press(browse: Browse) -> None:
    client, before = browse("national"), Question.objects.count()
    page = "/ru/questions/bank/NL-BANK/import/"
    assert client.post(page, {"file": SimpleUploadedFile("a.xml", b"<html/>"), "format": "", "language": "ru"}).status_code == 422  # fmt: skip
    judged = client.post(page, {"file": SimpleUploadedFile("a.gift", GIFT.encode()), "format": "", "language": "kk"})
    report = client.get(judged["Location"]).content.decode()
    assert Question.objects.count() == before and "22" in report and "24" in report
    assert browse("pavlodar").get(judged["Location"]).status_code == 404
    assert client.post(judged["Location"]).status_code == 302
    assert Question.objects.count() == before + 7
    assert client.post(judged["Location"])["Location"].endswith("/bank/NL-BANK/?state=draft")
    assert Question.objects.count() == before + 7, "taken in once"


def test_a_long_file_goes_on_behind_the_page(browse: Browse) -> None:
    client, before = browse("national"), Question.objects.count()
    many = "\n\n".join(f"Кітапхана сұрағы {n}? {{=иә ~жоқ}}" for n in range(70))
    judged = client.post("/kk/questions/bank/NL-BANK/import/", {"file": SimpleUploadedFile("a.gift", many.encode()), "format": "gift", "language": "kk"})  # fmt: skip
    assert "/progress/" in client.post(judged["Location"])["Location"]
    assert Question.objects.count() == before
    work = Work.objects.latest("created_at")
    _work(work)
    assert Question.objects.count() == before + 70


def _work(work: Work) -> None:
    from orken.kit.jobs.running import run

    run.func(str(work.pk))


def test_a_bank_leaves_as_a_file_and_what_a_format_cannot_say_is_named(browse: Browse) -> None:
    client = browse("national")
    asked = client.get("/ru/questions/bank/NL-BANK/export/moodlexml/").content.decode()
    assert "anyway=yes" in asked
    file = client.get("/ru/questions/bank/NL-BANK/export/moodlexml/?anyway=yes")
    assert (file["Content-Disposition"].endswith('NL-BANK.xml"') and b'class="multilang"' in file.content) or b"multilang" in file.content  # fmt: skip
    assert client.get("/ru/questions/bank/NL-BANK/export/docx/").status_code == 404


def test_lists_cost_the_same_with_three_times_as_many(browse: Browse) -> None:
    client, bank = browse("national"), Bank.objects.get(code="NL-BANK")
    counts = []
    for many in (0, 30):
        for n in range(many):
            made = services.create_question(
                bank=bank, kind="question.truth", payload={"text": {"kk": f"{n}"}, "truth": True}, by=None
            )
            QuestionTag.objects.create(question=made, name="көп")
        client.get("/kk/questions/bank/NL-BANK/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/kk/questions/bank/NL-BANK/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", [one.code for one in kinds.ALL])
def test_a_form_in_which_nothing_is_written_begins_no_draft(kind: str, browse: Browse) -> None:
    client, before = browse("national"), Question.objects.count()
    address = f"/kk/questions/bank/NL-BANK/new/?kind={kind}"
    form = client.get(address).context["form"]
    empty = {
        field.html_name: value for field in form if (value := field.value()) not in (None, "") and value is not False
    }
    empty |= {"truth": "true"} if kind == "question.truth" else {}  # the choice alone is no question either
    answer = client.post(address, {**empty, "text_kk": "  "})
    assert answer.status_code == 422 and Question.objects.count() == before
    assert client.post(address, {**empty, "text_ru": "Что это?"}).status_code == 302, (
        "a text in one language is a draft"
    )


def test_several_drafts_of_a_bank_go_once_they_were_named_and_published_ones_stay(browse: Browse) -> None:
    client = browse("national")
    drafts = [_written(client) for _n in range(3)]
    published = Question.objects.filter(bank__code="NL-BANK", draft=None).exclude(published=None).first()
    assert published is not None
    bank = Bank.objects.get(code="NL-BANK")
    assert client.post("/kk/questions/bank/NL-BANK/drop/", {"pick": [published.pk]}).status_code == 302
    picked = [drafts[0].pk, drafts[1].pk, published.pk, 10**9]
    named = client.post("/kk/questions/bank/NL-BANK/drop/", {"pick": picked})
    assert named.status_code == 200 and named.content.decode().count('name="pick"') == 2
    assert Question.objects.filter(pk__in=picked).count() == 3, "they are only named so far"
    assert (
        client.post("/kk/questions/bank/NL-BANK/drop/", {"pick": picked, "sure": "1"})["Location"]
        == bank.get_absolute_url()
    )
    assert set(Question.objects.filter(pk__in=[*picked, drafts[2].pk])) == {drafts[2], published}
    assert browse("village").post("/kk/questions/bank/NL-BANK/drop/", {"pick": [drafts[2].pk]}).status_code == 404


def test_a_draft_of_a_question_is_thrown_away_only_after_it_was_asked(browse: Browse) -> None:
    client = browse("national")
    found = _written(client)
    page = client.get(f"/ru/questions/one/{found.uid}/drop/")
    assert page.status_code == 200 and "удалится вместе с черновиком" in page.content.decode()
    assert Question.objects.filter(pk=found.pk).exists()
    client.post(f"/ru/questions/one/{found.uid}/drop/")
    assert not Question.objects.filter(pk=found.pk).exists()


def test_the_page_of_a_file_that_was_taken_in_leads_to_what_came(browse: Browse) -> None:
    client = browse("national")
    page = client.post("/kk/questions/bank/NL-BANK/import/", {"file": SimpleUploadedFile("сұрақ.gift", GIFT.encode()), "format": "", "language": "kk"})["Location"]  # fmt: skip
    assert client.post(page).status_code == 302
    assert client.get(page)["Location"] == "/kk/questions/bank/NL-BANK/?state=draft"
    assert client.post(page)["Location"] == "/kk/questions/bank/NL-BANK/?state=draft", "pressed again it comes once"
