"""The marking page and the second tab: what was written goes in, is named, or is shown to be copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from orken.assignments import services
from orken.assignments.models import Part, Remark, Review
from tests.assignments.conftest import BEST, LEAST, Class, Set, photo

pytestmark = pytest.mark.django_db
Course = Callable[..., Class]
Browse = Callable[[str], Client]


def levels(chosen: dict[str, int]) -> dict[str, Any]:
    return {f"level-{key}": str(level) for key, level in chosen.items()}


def test_a_remark_that_is_written_and_not_added_goes_in_with_the_mark(course: Course, rules: Set, browse: Browse) -> None:  # fmt: skip
    rules(marking="one")
    room, trainer = course(), browse("national")
    work = room.hand_in(0)
    here = f"/ru/assignments/marking/{work.uid}/"
    page = trainer.get(here).content.decode()
    assert "вес 2" in page and page.split('id="remarks"')[1].split("h-mark")[0].count("необязательно") == 0
    told = {"place": "text", "quote": "оқырман", "remark": "Кто ещё?", "do": "give", **levels(BEST)}
    assert trainer.post(here, told).status_code == 302
    assert [(one.quote, one.words) for one in Remark.objects.filter(review__work=work, review__state="given")] == [("оқырман", "Кто ещё?")]  # fmt: skip
    assert "Кто ещё?" in browse("village").get(work.get_absolute_url()).content.decode()


def test_a_remark_that_is_refused_is_named_and_the_mark_waits_for_it(course: Course, rules: Set, browse: Browse) -> None:  # fmt: skip
    rules(marking="one")
    room, trainer = course(), browse("national")
    work = room.begin()
    services.save(work=work, text="Экран", revision=1, by=room.learners[0])
    paper = services.add_parts(work=work, kind=Part.Kind.FILE, uploads=[SimpleUploadedFile("а.txt", b"rules")], by=room.learners[0])[0]  # fmt: skip
    services.hand_in(work=work, by=room.learners[0])
    here = f"/ru/assignments/marking/{work.uid}/"
    for told, field in (({"place": f"part-{paper.pk}", "page": "99999"}, "page"), ({"place": "text", "quote": "окно"}, "quote")):  # fmt: skip
        answer = trainer.post(here, {**told, "remark": "Где это?", "do": "give", **levels(BEST)})
        page = answer.content.decode()
        assert answer.status_code == 422 and f'href="#id_{field}"' in page and "ещё не добавлено" in page
        assert "Где это?" in page.split("<textarea")[1], "what she wrote still stands in the field"
        assert not Review.objects.filter(work=work, state="given").exists()
    alone = trainer.post(here, {"place": "whole", "remark": "", "do": "remark"})
    assert alone.status_code == 422 and 'href="#id_remark"' in alone.content.decode()
    assert trainer.post(here, {"place": "whole", "remark": "Начало", "do": "keep"}).status_code == 302
    assert Remark.objects.get(review__work=work).words == "Начало", "kept with what is kept"


def test_who_has_marked_is_told_which_marks_stand_and_whose_is_awaited(course: Course, rules: Set, browse: Browse) -> None:  # fmt: skip
    rules(marking="two", difference=20)
    room, trainer = course(), browse("national")
    work = room.hand_in(0)
    here = f"/ru/assignments/marking/{work.uid}/"
    room.give(work, BEST, 0)
    assert "Ожидается оценка другого" in trainer.get(here).content.decode()
    room.give(work, LEAST, 1)
    page = trainer.get(here).content.decode()
    assert "100\xa0% и 0\xa0%" in page and "решает третий" in page and "Ожидается оценка другого" not in page


def test_a_second_tab_of_a_work_that_is_handed_in_shows_what_was_typed(course: Course, browse: Browse) -> None:
    room, client = course(), browse("village")
    work = room.hand_in(0, "Бірінші бет")
    sent = {"revision": "2", "text": "кеш жазылған", "photos": [photo()], "do": "save"}
    answer = client.post(work.get_absolute_url(), sent)
    page = answer.content.decode()
    assert answer.status_code == 409 and "кеш жазылған" in page.split('id="typed"')[1].split("</textarea>")[0]
    assert "Бұл жұмыс тапсырылған" in page and "орын.jpg" in page
    work.refresh_from_db()
    assert work.text == "Бірінші бет" and not work.parts.exists()
    assert "readonly" not in client.get(work.get_absolute_url()).content.decode()


def test_before_handing_in_she_sees_what_is_in_it_and_a_wrong_file_is_told_what_is_taken(course: Course, browse: Browse) -> None:  # fmt: skip
    room, client = course(), browse("village")
    work = room.begin()
    here = work.get_absolute_url()
    wrong = client.post(here, {"revision": "1", "text": "", "files": SimpleUploadedFile("есеп.docx", b"MZ\x90\x00" + b"\0" * 90), "do": "save"})  # fmt: skip
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "Word (DOCX)" in page and "PDF" in page and "application/" not in page.split('role="alert"')[1].split("</div>")[0]  # fmt: skip
    client.post(here, {"revision": "1", "text": "Экран қабырғаға қарайды", "photos": [photo()], "do": "save"})
    draft = client.get(here).content.decode()
    assert 'data-left="' in draft and "міндетті емес" not in draft.split("data-draft")[1].split("</form>")[0]
    check = client.get(f"{here}hand-in/").content.decode()
    assert "Экран қабырғаға қарайды" in check and "орын.webp" in check and "Кейінірек" in check
