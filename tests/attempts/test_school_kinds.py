"""Exercises of the schools inside a sitting: each is answered on a page of its own, and what was answered stands there again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, transaction

from orken.attempts import services
from orken.cataloguing import codecs
from orken.cataloguing.tasks import material
from orken.conservation.models import Specimen
from orken.conservation.treatment import CASES
from orken.curriculum import kinds
from orken.network.models import Unit
from orken.questions import kinds as own
from orken.questions import services as questions
from orken.questions.models import Exercise
from tests.attempts.conftest import Accounts, item_of
from tests.conservation.conftest import drawn  # noqa: F401 - a fixture

Browse = Callable[[str], Any]
PLAN = {"n_T01": "1", "n_T02": "2"}


@pytest.fixture
def slot(country: Callable[[str], Unit]) -> Callable[[str, dict[str, Any]], Exercise]:
    """`slot("conservation.climate", {})`: a published exercise of one place."""

    def made(kind: str, payload: dict[str, Any]) -> Exercise:
        found = questions.create_exercise(
            code="SCHOOL-1", unit=country("NL-VIRTUAL"), fields={"title_kk": "Мектеп", "pass_mark": 0}, by=None
        )
        assert found.draft is not None
        questions.add_slot(version=found.draft, by=None, revision=1, kind=kind, payload=payload)
        found = Exercise.objects.get(pk=found.pk)
        assert found.draft is not None
        questions.publish_exercise(exercise=found, by=None, revision=found.draft.revision)
        return Exercise.objects.get(pk=found.pk)

    return made


def asked(kind: str, specimen: Specimen) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Payload, a form that answers, and what must stand on the page when it is opened again."""
    if kind == "cataloguing.describe":
        text = codecs.dumps(material.experts("kk-novel", "rusmarc")[0], "mrk").decode()
        return {"book": "kk-novel", "format": "rusmarc"}, {"text": text}, [text.splitlines()[1][:12]]
    if kind == "cataloguing.errors":
        return {"book": "kk-novel", "format": "rusmarc", "count": 2}, {"tags": ["200"]}, ['value="200" checked']
    if kind == "conservation.treatment":
        return {"case": next(code for code, case in CASES.items() if not case.facts.get("incident"))}, PLAN, ['name="n_T01" value="1"']  # fmt: skip
    if kind == "conservation.climate":
        return {}, {"mean": "55,5", "action": "damp"}, ['value="55,5"', 'value="damp" checked']
    assert kind == "conservation.regions", f"{kind} has no story here yet"
    return {"specimen": str(specimen.pk)}, {"cells_1": "A1–B2", "code_1": "W2", "severity_1": "2"}, ["data-lab-form", "W2"]  # fmt: skip


OTHERS = ("cataloguing.describe", "cataloguing.errors", "conservation.climate", "conservation.regions", "conservation.treatment")  # fmt: skip


def test_every_kind_of_the_schools_has_its_story_here() -> None:
    others = {one.code for one in kinds.registered() if one.code not in own.BY_CODE}
    assert others == set(OTHERS)
    assert all(isinstance(kinds.get(code), kinds.OnPage) for code in others)


WRONG: dict[str, list[dict[str, Any]]] = {
    "cataloguing.describe": [{"book": "B-01", "format": "rusmarc"}, {"book": "kk-novel", "format": "mods"}, {}],
    "cataloguing.errors": [{"book": "B-01", "format": "marc21"}, {"format": "rusmarc"}],
    "conservation.climate": [{"norm": "of-nobody"}],
    "conservation.treatment": [{"case": "of-nobody"}, {}, {"cases": ["of-nobody"]}, {"facts": {"incident": "comet"}}],
    "conservation.regions": [{"specimen": "B-01"}, {"specimen": "00000000-0000-0000-0000-000000000000"}, {}],
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_task_that_cannot_be_shown_is_neither_added_nor_published(kind: str, slot: Any) -> None:
    for payload in WRONG[kind]:
        with pytest.raises(questions.NotReady) as refused, transaction.atomic():
            slot(kind, payload)
        assert refused.value.problems and all(one.endswith(".") for one in refused.value.problems), payload
    changed = slot("conservation.climate", {})
    questions.start_exercise_draft(exercise=changed, by=None)
    changed = Exercise.objects.get(pk=changed.pk)
    assert changed.draft is not None
    changed.draft.slots.update(kind=kind, payload=WRONG[kind][0])
    with pytest.raises(questions.NotReady):
        questions.publish_exercise(exercise=changed, by=None, revision=changed.draft.revision)


@pytest.mark.parametrize("kind", OTHERS)
def test_every_task_that_is_offered_can_be_set_shown_and_graded(
    kind: str,
    place: str,
    drawn: Callable[..., Specimen],  # noqa: F811 - the fixture
) -> None:
    if kind == "conservation.regions":
        Specimen.objects.filter(pk=drawn().pk).update(state=Specimen.State.PUBLISHED)
    found = kinds.get(kind)
    assert isinstance(found, kinds.Offered) and isinstance(found, kinds.OnPage)
    offers = found.offers()
    assert offers and len({one.key for one in offers}) == len(offers)
    for one in offers:
        assert one.label and "kk=" not in one.label and not found.problems(one.payload), one
        task = found.draw(one.payload, 5)
        assert found.public_payload(task) and found.page(task, None, "place") is not None, one


def test_a_task_that_its_school_took_away_holds_up_nobody(
    slot: Any, place: str, account: Accounts, browse: Browse
) -> None:
    village, client = account("village"), browse("village")
    exercise = slot("conservation.climate", {})
    attempt = services.open_attempt(exercise=exercise, person=village.person, context=place, by=village, seed=7)
    exercise.published.slots.update(payload={"norm": "of-nobody"})
    attempt.items.update(payload={"norm": "of-nobody"})
    for page in ("", "item/1/", "finish/"):
        answer = client.get(f"/kk/attempts/{attempt.uid}/{page}")
        assert answer.status_code == 200, page
    assert "мектебі алып тастаған" in client.get(f"/kk/attempts/{attempt.uid}/item/1/").content.decode()
    regions = {"payload": {"specimen": "00000000-0000-0000-0000-000000000000"}, "kind": "conservation.regions"}
    attempt.items.update(**regions)
    sent = client.post(f"/kk/attempts/{attempt.uid}/item/1/", {"cells_1": "A1–B2", "code_1": "W2", "severity_1": "2"})
    assert sent.status_code == 422, "sent from a page that was open before"
    services.hand_in(attempt=attempt, by=village)
    assert client.get(f"/kk/attempts/{attempt.uid}/review/").status_code == 200
    assert item_of(attempt).state == "waiting", "a person decides"


def test_a_busy_database_is_no_task_taken_away() -> None:
    """It is asked again; a work that waits for a person for ever because of one moment would be a loss."""
    with pytest.raises(OperationalError), kinds.guarded("conservation.climate"):
        raise OperationalError("database is locked")
    with pytest.raises(kinds.Away), kinds.guarded("conservation.climate"):
        raise ValueError


def test_a_curator_chooses_a_task_by_its_name(browse: Browse, country: Callable[[str], Unit]) -> None:
    found = questions.create_exercise(
        code="SCHOOL-2", unit=country("NL-VIRTUAL"), fields={"title_kk": "Мектеп"}, by=None
    )
    client, page = browse("national"), "/ru/exercises/SCHOOL-2/add/kind/"
    seen = client.get(page).content.decode()
    assert "<optgroup" in seen and 'value="cataloguing.describe/kk-novel.rusmarc"' in seen
    told = {"revision": "1", "mark": "2", "task": "cataloguing.describe/B-01.rusmarc"}
    assert client.post(page, told).status_code == 422
    assert client.post(page, told | {"task": ""}).status_code == 422
    assert client.post(page, told | {"task": "cataloguing.describe/kk-novel.rusmarc"}).status_code == 302
    found.refresh_from_db()
    assert found.draft is not None
    assert [(one.kind, one.payload) for one in found.draft.slots.all()] == [
        ("cataloguing.describe", {"book": "kk-novel", "format": "rusmarc"})
    ]


def test_a_record_that_cannot_be_read_stays_in_its_field_with_what_a_line_is(slot: Any, place: str, account: Accounts, browse: Browse) -> None:  # fmt: skip
    village, client = account("village"), browse("village")
    exercise = slot("cataloguing.describe", {"book": "kk-novel", "format": "rusmarc"})
    attempt = services.open_attempt(exercise=exercise, person=village.person, context=place, by=village, seed=7)
    answer = client.post(f"/kk/attempts/{attempt.uid}/item/1/", {"text": "Абай жолы, роман-эпопея"})
    words = answer.content.decode()
    assert answer.status_code == 422 and "Абай жолы, роман-эпопея" in words, "what she wrote is not lost"
    assert "Әр жол өрістің белгісінен басталады" in words and "MARCXML" not in words


@pytest.mark.parametrize("kind", OTHERS)
def test_a_school_exercise_is_sat_on_its_own_page(
    kind: str, slot: Any, place: str, account: Accounts, browse: Browse, drawn: Callable[..., Specimen]  # noqa: F811 - the fixture
) -> None:  # fmt: skip
    payload, form, standing = asked(kind, drawn() if kind == "conservation.regions" else Specimen())
    village, client = account("village"), browse("village")
    attempt = services.open_attempt(exercise=slot(kind, payload), person=village.person, context=place, by=village, seed=7)  # fmt: skip
    page = f"/kk/attempts/{attempt.uid}/item/1/"
    sheet = client.get(attempt.get_absolute_url(), follow=True).content.decode()
    assert page in sheet, "the sheet leads to its page"
    empty = client.get(page)
    assert empty.status_code == 200 and ">Сақтау<" in empty.content.decode()
    assert "kk=" not in empty.content.decode(), "words, not how they are kept"
    assert client.post(page, {}).status_code in (302, 422)
    assert item_of(attempt).answer is None and item_of(attempt).state == "todo", "nothing said is no answer"
    answer = client.post(page, form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    item = item_of(attempt)
    assert item.answer is not None and item.state == "answered"
    again = client.get(page).content.decode()
    assert all(part in again for part in standing), standing
    assert client.post(page, form).status_code == 302, "the same once more"
    services.hand_in(attempt=attempt, by=village)
    review = client.get(f"/kk/attempts/{attempt.uid}/review/")
    assert review.status_code == 200
    item = item_of(attempt)
    assert item.share is not None or item.state == "waiting", "judged, or kept for a person"
    found = kinds.get(kind)
    assert isinstance(found, kinds.OnPage)
    lines = found.lines(item.answer)
    assert lines and all(isinstance(one, str) and "{" not in one for one in lines), "words, not the form of an answer"
