"""The pages by forms alone, the door that saves while she writes, works that are alike, and persons who join or are erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from orken.assignments import selectors, services
from orken.assignments.erasing import erasing as forget
from orken.assignments.models import Assignment, Flag, Part, Remark, Review, Work
from orken.kit.files.models import StoredFile
from orken.network import held_file
from orken.people.models import Account
from orken.people.services import merging
from tests.assignments.conftest import BEST, CODE, LEAST, Class, Set, photo

pytestmark = pytest.mark.django_db
Course = Callable[..., Class]
Browse = Callable[[str], Client]
LONG = (
    "Компьютер для читателей стоит у стены справа от кафедры, экран повёрнут к окну, и проходящие его не видят. "
    "После каждого читателя мы закрываем сеанс гостя, и система сама удаляет загруженные файлы и историю браузера."
)  # fmt: skip


def test_from_the_brief_to_the_mark_by_forms_alone(course: Course, rules: Set, browse: Browse) -> None:
    rules(marking="one")
    room, client, trainer = course(), browse("village"), browse("national")
    start = f"/ru/assignments/start/{CODE}/?context={room.context}"
    page = client.get(start).content.decode()
    assert "Расположение экрана" in page and "экран видит только читатель" in page, "the rubric is shown before"
    begun = client.post(start)["Location"]
    work = Work.objects.get(context=room.context)
    told: dict[str, Any] = {"revision": "1", "text": "Экран виден с улицы.", "photos": [photo()], "do": "hand_in"}
    assert client.post(begun, told)["Location"].endswith("/hand-in/")
    confirm = client.get(f"{begun}hand-in/").content.decode()
    assert "20" in confirm
    assert client.post(f"{begun}hand-in/").status_code == 302
    part = Part.objects.get(work=work)
    for who, status in ((client, 200), (trainer, 200), (browse("head"), 404), (browse("mentor"), 404)):
        assert who.get(f"{begun}part/{part.pk}/").status_code == status

    queue = trainer.get("/ru/assignments/marking/").content.decode()
    assert str(work.uid) in queue and work.person.short_name() not in queue
    here = f"/ru/assignments/marking/{work.uid}/"
    looked = trainer.get(here).content.decode()
    assert work.person.short_name() not in looked and "Экран виден с улицы." in looked
    remark = {"place": "text", "quote": "виден с улицы", "remark": "Поверните экран.", "level-c1": "1", "do": "remark"}
    assert trainer.post(here, remark).status_code == 302
    spot = {"place": f"part-{part.pk}", "left": "12,5", "top": "40", "wide": "", "high": "", "remark": "Здесь окно.", "do": "remark"}  # fmt: skip
    assert trainer.post(here, spot).status_code == 302
    assert trainer.post(here, {**spot, "left": ""}).status_code == 422
    kept = trainer.get(here).content.decode()
    assert "<mark>виден с улицы</mark>" in kept and 'class="spot"' in kept
    assert trainer.post(here, {"level-c1": "1", "do": "give"}).status_code == 422, "every criterion needs its level"
    levels = {f"level-{key}": str(level) for key, level in LEAST.items()}
    assert trainer.post(here, {**levels, "words": "Доработайте", "do": "give"}).status_code == 302
    said = client.get(begun).content.decode()
    assert "Доработайте" in said and "Поверните экран." in said and "Здесь окно." in said and "возвращена" in said
    again = client.post(f"/ru/assignments/start/{CODE}/?context={room.context}")["Location"]
    assert again != begun and "Экран виден с улицы." in client.get(again).content.decode()


def test_an_old_page_writes_over_nothing_and_both_texts_are_shown(course: Course, browse: Browse) -> None:
    room, client = course(), browse("village")
    work = room.begin()
    door = f"{work.get_absolute_url()}save/"
    sent = client.post(door, json.dumps({"text": "телефоннан", "revision": "1"}), content_type="application/json")
    assert sent.status_code == 200 and sent.json() == {"revision": 2}
    assert client.post(door, json.dumps({"text": "ескі", "revision": "1"}), content_type="application/json").status_code == 409  # fmt: skip
    assert client.post(door, "[", content_type="application/json").status_code == 400
    clash = client.post(work.get_absolute_url(), {"revision": "1", "text": "ескі беттен", "do": "save"})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "телефоннан" in page and "ескі беттен" in page and 'name="revision" value="2"' in page


def test_ten_megabytes_are_refused_with_a_sentence(course: Course, browse: Browse) -> None:
    room, client = course(), browse("village")
    work = room.begin()
    huge = json.dumps({"text": "x" * 10_000_000, "revision": "1"})
    answer = client.post(f"{work.get_absolute_url()}save/", huge, content_type="application/json")
    assert answer.status_code == 413 and len(answer.json()["says"]) > 30
    whole = client.post(work.get_absolute_url(), {"revision": "1", "text": "x" * 10_000_000, "do": "save"})
    assert whole.status_code == 400 and "тым ұзын" in whole.content.decode()
    form = client.post(work.get_absolute_url(), {"revision": "1", "text": "қ" * 6000, "do": "save"})
    assert form.status_code == 422 and "қ" * 6000 in form.content.decode(), "what she wrote still stands in the field"
    script = SimpleUploadedFile("бет.svg", b"<svg onload='alert(1)'></svg>")
    assert client.post(work.get_absolute_url(), {"revision": "1", "text": "", "files": script, "do": "save"}).status_code == 422  # fmt: skip


def test_a_text_with_a_script_in_it_is_text(course: Course, rules: Set, browse: Browse) -> None:
    rules(marking="one")
    room = course()
    work = room.hand_in(0, "<script>alert('x')</script> & <b>қалың</b>")
    page = browse("national").get(f"/kk/assignments/marking/{work.uid}/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_works_that_are_alike_are_a_question_to_the_trainer(course: Course, browse: Browse) -> None:
    room = course(3)
    first, second = room.begin(0), room.begin(1)
    for n, work in enumerate((first, second)):
        services.save(work=work, text=LONG + " " * n + "Правила висят.", revision=1, by=room.learners[n])
    services.add_parts(work=first, kind=Part.Kind.PHOTO, uploads=[photo()], by=room.learners[0])
    services.add_parts(work=second, kind=Part.Kind.PHOTO, uploads=[photo("басқа.jpg")], by=room.learners[1])
    services.hand_in(work=first, by=room.learners[0])
    services.hand_in(work=second, by=room.learners[1])
    other = room.begin(2)
    services.add_parts(work=other, kind=Part.Kind.PHOTO, uploads=[photo(shade=44)], by=room.learners[2])
    services.hand_in(work=other, by=room.learners[2])
    found = Flag.objects.filter(one__context=room.context)
    assert sorted(found.values_list("one", "other", "kind")) == sorted(
        [(first.pk, second.pk, "text"), (first.pk, second.pk, "file"), (first.pk, other.pk, "photo"), (second.pk, other.pk, "photo")]
    )  # fmt: skip
    flag = found.get(kind="text")
    assert flag.share == 100
    trainer, learner = browse("national"), browse("village")
    assert learner.get(f"/kk/assignments/alike/{flag.pk}/").status_code == 404
    assert "like" not in learner.get(first.get_absolute_url()).content.decode().split("<main")[1].split("</main")[0]
    for address in ("/kk/assignments/alike/", f"/kk/assignments/alike/{flag.pk}/"):
        page = trainer.get(address).content.decode()
        assert first.person.short_name() not in page and second.person.short_name() not in page, "nobody has marked yet"
        assert "1-жұмыс" in page and "2-жұмыс" in page
    page = trainer.get(f"/ru/assignments/marking/{first.uid}/").content.decode()
    pairs = Flag.objects.filter(Q(one=first) | Q(other=first)).values_list("one", "other")
    works = {pk for pair in pairs for pk in pair} - {first.pk}
    assert f"похожа на {len(works)} друг" in page and len(works) < len(pairs), "works are counted, not reasons"
    Work.objects.filter(pk=first.pk).update(
        state="done", score=90, passed=True, decided="one", closed_at=timezone.now()
    )
    page = trainer.get(f"/kk/assignments/alike/{flag.pk}/").content.decode()
    assert first.person.short_name() in page and second.person.short_name() not in page
    assert trainer.post(f"/kk/assignments/alike/{flag.pk}/", {"reason": ""}).status_code == 422
    assert trainer.post(f"/kk/assignments/alike/{flag.pk}/", {"reason": "Бірге жасаған, рұқсат берілген"}).status_code == 302  # fmt: skip
    flag.refresh_from_db()
    assert flag.settled_by is not None and flag.settled_by.login == "national"
    assert flag not in selectors.flags(room.markers[0]).filter(settled_at=None)


def test_a_work_that_waits_for_its_mark_is_no_empty_cell_and_stands_on_the_desk(course: Course, rules: Set, browse: Browse) -> None:  # fmt: skip
    rules(marking="one")
    room, trainer = course(), browse("trainer")
    address = f"/ru/training/{room.offering.run.code}/course/"
    assert "ждёт оценки" not in trainer.get(address).content.decode()
    room.hand_in()
    assert "ждёт оценки" in trainer.get(address).content.decode()
    desk = trainer.get("/ru/desk/").content.decode()
    assert "Работы ждут вашей оценки" in desk and "/ru/assignments/marking/" in desk
    assert "ждут вашей оценки" not in browse("village").get("/ru/desk/").content.decode()


def test_pages_ask_the_same_for_one_work_and_for_many(course: Course, rules: Set, browse: Browse) -> None:
    rules(marking="one")
    room, trainer = course(6), browse("national")

    def asked(address: str, client: Client) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as heard:
            assert client.get(address).status_code == 200
        return len(heard)

    work = room.hand_in(0)
    few = asked("/kk/assignments/marking/", trainer), asked(f"/kk/training/{room.offering.run.code}/course/", trainer), asked("/kk/assignments/written/", trainer)  # fmt: skip
    for n in range(1, 6):
        room.hand_in(n, f"Өзге мәтін № {n}")
    many = asked("/kk/assignments/marking/", trainer), asked(f"/kk/training/{room.offering.run.code}/course/", trainer), asked("/kk/assignments/written/", trainer)  # fmt: skip
    assert few == many
    here = f"/kk/assignments/marking/{work.uid}/"
    one = asked(here, trainer)
    for n in range(5):
        services.remark(work=work, place=services.Place(), words=f"№ {n}", by=room.markers[0])
    assert asked(here, trainer) <= one + 3, "remarks come together"


def test_she_takes_her_works_along_and_is_erased_from_them(course: Course, rules: Set) -> None:
    rules(marking="one")
    room = course()
    by, work = room.learners[0], room.begin()
    services.save(work=work, text="Менің сөзім осы", revision=1, by=by)
    part = services.add_parts(work=work, kind=Part.Kind.PHOTO, uploads=[photo()], by=by)[0]
    services.hand_in(work=work, by=by)
    services.remark(work=work, place=services.Place(kind="text", quote="сөзім"), words="Айгүл, толықтырыңыз", by=room.markers[0])  # fmt: skip
    room.give(work, BEST)
    sheets = CalamineWorkbook.from_filelike(held_file.of(by.person))
    held = json.dumps([sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names], default=str, ensure_ascii=False)  # fmt: skip
    assert "Менің сөзім осы" in held and "толықтырыңыз" in held
    forget(None, person=by.person, names=["Айгүл"])
    work.refresh_from_db()
    assert work.text == "•••" and work.score == 100 and not work.prints
    assert not StoredFile.objects.filter(purpose="assignment", by_id=by.pk).exists() and part.name
    words = [*Remark.objects.filter(review__work=work).values_list("words", "quote"), *Review.objects.filter(work=work).values_list("words", flat=True)]  # fmt: skip
    assert "сөзім" not in str(words) and "Айгүл" not in str(words)


def test_two_records_of_one_person_are_joined_with_their_works(course: Course, rules: Set) -> None:
    rules(marking="one")
    room = course(2)
    kept, gone = room.learners[0], room.learners[1]
    room.give(room.hand_in(0), LEAST)
    room.begin(0)
    done = room.hand_in(1)
    draft = Work.objects.create(
        person=gone.person, assignment=done.assignment, version=done.version, context="study.run:1", number=1
    )
    Account.objects.filter(pk=gone.pk).update(is_active=False)
    answers = {one.key: "kept" for one in merging.collisions(kept.person, gone.person)}
    merging.merge(kept=kept.person, gone=gone.person, answers=answers, by=None, scope_path="")
    hers = list(Work.objects.filter(person=kept.person, context=room.context).order_by("number").values_list("number", "state"))  # fmt: skip
    assert hers == [(1, "returned"), (2, "draft"), (3, "handed_in")]
    draft.refresh_from_db()
    assert draft.person_id == kept.person_id and Assignment.objects.filter(code=CODE).exists()
