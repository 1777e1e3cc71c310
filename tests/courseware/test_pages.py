"""Pages of authors: for whoever does not write the course none of them exists; files of lessons are named by what nobody guesses."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from orken.courseware.blocks import print_of
from orken.courseware.models import Asset, AssetFile, Block, Course, CourseVersion, Lesson, Module

Browse = Callable[[str], Any]
POSTED = ("draft/", "draft/drop/", "draft/restore/", "version/1/take/")


@pytest.fixture
def draft(country: Callable[[str], Any]) -> CourseVersion:
    found = Course.objects.select_related("draft").get(code="SRDGOB").draft
    assert found is not None
    return found


def pieces(draft: CourseVersion) -> tuple[Module, Lesson, Block]:
    module = Module.objects.filter(version=draft).first()
    lesson = Lesson.objects.filter(module=module).first()
    block = Block.objects.filter(lesson=lesson).first()
    assert module and lesson and block
    return module, lesson, block


def read(draft: CourseVersion) -> list[str]:
    module, lesson, block = pieces(draft)
    return [
        f"draft/module/{module.pk}/", f"draft/module/{module.pk}/lesson/", f"draft/module/{module.pk}/copy/", f"draft/lesson/{lesson.pk}/",
        f"draft/lesson/{lesson.pk}/name/", f"draft/lesson/{lesson.pk}/add/text/", f"draft/block/{block.pk}/", f"version/2/lesson/{lesson.key}/",
    ]  # fmt: skip


def written(draft: CourseVersion) -> list[str]:
    module, lesson, block = pieces(draft)
    return [
        *POSTED, f"draft/lesson/{lesson.pk}/order/",
        *(f"draft/{name}/{row.pk}/{verb}/" for name, row in (("module", module), ("lesson", lesson), ("block", block)) for verb in ("move", "remove")),
    ]  # fmt: skip


def test_the_list_to_copy_from_leaves_the_course_itself_out(browse: Browse, draft: CourseVersion) -> None:
    module, _lesson, _block = pieces(draft)
    page = browse("national").get(f"/ru/courses/SRDGOB/draft/module/{module.pk}/copy/").content.decode()
    assert 'value="SRDGOB"' not in page and 'value="SAFE"' in page


def test_a_language_is_said_in_words_and_a_programme_by_its_title(browse: Browse, draft: CourseVersion) -> None:
    _module, lesson, block = pieces(draft)
    client = browse("national")
    page = client.get("/ru/courses/new/").content.decode()
    assert "VL-01 · " in page and "Заглавные латинские буквы" in page
    Block.objects.filter(pk=block.pk).update(said={"kk": block.said["kk"]})
    page = client.get(f"/ru/courses/SRDGOB/draft/lesson/{lesson.pk}/").content.decode()
    assert "Показано по-казахски" in page and "(kk)" not in page


@pytest.mark.parametrize("login", ["village", "pavlodar", "curator", "director"])
def test_a_stranger_finds_no_piece_of_a_course(browse: Browse, draft: CourseVersion, login: str) -> None:
    client, blocks = browse(login), Block.objects.filter(lesson__module__version=draft).count()
    assert {path: client.get(f"/kk/courses/SRDGOB/{path}").status_code for path in read(draft)} == dict.fromkeys(
        read(draft), 404
    )
    assert {
        path: client.post(f"/kk/courses/SRDGOB/{path}", {"way": "up"}).status_code for path in written(draft)
    } == dict.fromkeys(written(draft), 404)
    assert Block.objects.filter(lesson__module__version=draft).count() == blocks


def test_its_author_opens_every_page_in_three_languages(browse: Browse, draft: CourseVersion) -> None:
    client = browse("national")
    for language in ("kk", "ru", "en"):
        for path in read(draft):
            assert client.get(f"/{language}/courses/SRDGOB/{path}").status_code == 200, path
    assert client.get(f"/kk/courses/SRDGOB/draft/lesson/{pieces(draft)[1].pk}/add/nothing/").status_code == 404


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "picture",
        "gallery",
        "callout",
        "table",
        "term",
        "timeline",
        "exercise",
        "discussion",
        "audio",
        "video",
        "slides",
        "file",
    ],
)
def test_every_kind_of_block_has_its_form_and_refuses_an_empty_one(
    browse: Browse, draft: CourseVersion, kind: str
) -> None:
    lesson = pieces(draft)[1]
    path = f"/ru/courses/SRDGOB/draft/lesson/{lesson.pk}/add/{kind}/"
    assert browse("national").get(path).status_code == 200
    assert browse("national").post(path, {"revision": 0}).status_code == 422


def test_a_picture_goes_from_the_form_to_the_lesson_and_to_nobody_without_its_name(
    browse: Browse, draft: CourseVersion
) -> None:
    lesson, out = pieces(draft)[1], io.BytesIO()
    Image.new("RGB", (1200, 600), "green").save(out, "PNG")
    client = browse("national")
    sent = SimpleUploadedFile("a.png", out.getvalue())
    answer = client.post(
        f"/kk/courses/SRDGOB/draft/lesson/{lesson.pk}/add/picture/",
        {"revision": 0, "kk_alt": "Жасыл өріс", "ru_alt": "Зелёное поле", "files": sent},
    )
    assert answer.status_code == 302
    file = AssetFile.objects.select_related("stored").order_by("-pk")[0]
    assert f"/parts/{file.stored.sha256}.webp" in client.get(answer["Location"]).content.decode()
    shown = client.get(f"/parts/{file.stored.sha256}.webp")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp") and "immutable" in shown["Cache-Control"]
    assert client.get(f"/parts/{'0' * 64}.webp").status_code == 404
    assert browse("").get(f"/parts/{file.stored.sha256}.webp").status_code == 302


def test_a_file_and_captions_are_given_by_their_keys_alone(browse: Browse, draft: CourseVersion) -> None:
    client, lesson = browse("national"), pieces(draft)[1]
    paper = SimpleUploadedFile("нысан.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
    assert (
        client.post(
            f"/kk/courses/SRDGOB/draft/lesson/{lesson.pk}/add/file/",
            {"revision": 0, "kk_title": "Нысан", "files": paper},
        ).status_code
        == 302
    )
    asset = Asset.objects.get(kind="paper", by__isnull=False)
    assert client.get(f"/kk/courses/asset/{asset.key}/").status_code == 302
    assert client.get(f"/kk/courses/asset/{uuid4()}/").status_code == 404
    said = {"captions": "00:01.000 --> 00:02.000\nСәлем"}
    film = Block.objects.create(lesson=lesson, position=99, kind="video", said={"kk": said})
    words = f"/parts/captions/{film.key}/kk/{print_of(said)}.vtt"
    given = client.get(words)
    assert given.content.startswith(b"WEBVTT") and "immutable" in given["Cache-Control"]
    assert client.get(words.replace("/kk/", "/ru/")).status_code == 404
    assert browse("").get(words).status_code == 302
    # Another version says something else; whoever reads the old one has the old captions.
    newer = {"captions": "00:01.000 --> 00:02.000\nҚайырлы күн"}
    Block.objects.create(lesson=pieces(draft)[1], key=uuid4(), position=98, kind="video", said={"kk": newer})
    assert client.get(f"/parts/captions/{film.key}/kk/{print_of(newer)}.vtt").status_code == 404


def test_a_film_is_played_in_parts_and_taken_along_whole(browse: Browse, draft: CourseVersion) -> None:
    client = browse("village")
    kept = AssetFile.objects.select_related("stored").get(asset__kind="film").stored
    address = f"/parts/{kept.sha256}.webm"
    part = client.get(address, headers={"Range": "bytes=0-99"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 0-99/{kept.size}")
    assert b"".join(part)[:4] == b"\x1a\x45\xdf\xa3", "a container of a film begins so"
    assert client.get(address, headers={"Range": f"bytes={kept.size}-"}).status_code == 416
    whole = client.get(f"{address}?whole")
    assert (whole.status_code, whole["Content-Type"]) == (200, "video/webm") and len(b"".join(whole)) == kept.size
    assert kept.size < 700_000, "it is for a weak line"
    assert browse("").get(address).status_code == 302
    assert client.get(f"/parts/{'0' * 64}.webm").status_code == 404


def test_a_draft_that_went_meanwhile_is_said(browse: Browse, draft: CourseVersion) -> None:
    client, path = browse("national"), f"/kk/courses/SRDGOB/{read(draft)[0]}"
    client.post("/kk/courses/SRDGOB/draft/drop/", {"draft": draft.number})
    answer = client.get(path, follow=True)
    assert answer.redirect_chain and "Осы арада жоба" in answer.content.decode()


def test_an_exercise_is_chosen_by_its_name_and_small_letters_do_not_matter(
    browse: Browse, draft: CourseVersion
) -> None:
    client, lesson = browse("national"), pieces(draft)[1]
    path = f"/ru/courses/SRDGOB/draft/lesson/{lesson.pk}/add/exercise/"
    page = client.get(path).content.decode()
    codes = dict(re.findall(r'<option value="([A-Z0-9-]+)" label="[A-Z0-9-]+ · ([^"]+)"', page))
    assert "SRDGOB-TEST" in codes and len(codes) > 3
    for typed in ("srdgob-test", codes["SRDGOB-TEST"], f"SRDGOB-TEST · {codes['SRDGOB-TEST']}"):
        client.post(path, {"revision": 0, "shared_code": typed})
        made = Block.objects.filter(lesson=lesson, kind="exercise").order_by("-pk").first()
        assert made is not None and made.shared["code"] == "SRDGOB-TEST"
        made.delete()


def test_a_file_that_has_to_be_chosen_again_is_said(browse: Browse, draft: CourseVersion) -> None:
    out, path = io.BytesIO(), f"/ru/courses/SRDGOB/draft/lesson/{pieces(draft)[1].pk}/add/picture/"
    Image.new("RGB", (600, 300), "green").save(out, "PNG")
    page = browse("national").post(path, {"revision": 0, "files": SimpleUploadedFile("a.png", out.getvalue())})
    assert page.status_code == 422 and "Выберите файл ещё раз" in page.content.decode()


def test_a_whole_module_is_copied_by_one_tick(browse: Browse, draft: CourseVersion) -> None:
    source = Course.objects.get(code="SAFE").published
    assert source is not None
    taken, into = source.modules.first(), pieces(draft)[0]
    assert taken is not None
    before = into.lessons.count()
    browse("national").post(f"/ru/courses/SRDGOB/draft/module/{into.pk}/copy/", {"from": "SAFE", "module": taken.pk})
    assert into.lessons.count() == before + taken.lessons.count()


def test_on_paper_a_module_begins_with_its_first_lesson_and_a_file_keeps_its_name(browse: Browse, draft: CourseVersion) -> None:  # fmt: skip
    lesson = pieces(draft)[1]
    Block.objects.create(lesson=lesson, position=99, kind="exercise", shared={"code": "SRDGOB-TEST"})
    page = browse("national").get(f"/ru/courses/SRDGOB/version/{draft.number}/print/").content.decode()
    modules = draft.modules.count()
    assert len(re.findall(r'<section class="flow gap(?: sheet)?"><h2>\d\.', page)) == modules, "no heading stands alone"
    assert len(re.findall(r'class="flow gap sheet"', page)) == Lesson.objects.filter(module__version=draft).count() - 1
    assert 'class="muted noprint"' in page


@pytest.mark.parametrize("path", ["draft/drop/", "version/1/take/"])
def test_a_draft_is_thrown_away_only_below_the_list_of_what_is_lost(
    browse: Browse, draft: CourseVersion, account: Callable[[str], Any], path: str
) -> None:
    client, address = browse("national"), f"/ru/courses/SRDGOB/{path}"
    draft.authors.add(account("pavlodar"))
    client.post(f"/ru/courses/SRDGOB/draft/block/{pieces(draft)[2].pk}/remove/")
    for page in (client.get(address), client.post(address), client.post(address, {"draft": draft.number - 1})):
        words = page.content.decode()
        assert page.status_code == 200 and CourseVersion.objects.filter(pk=draft.pk).exists()
        assert str(account("pavlodar")) in words and "не вернуть" in words
        assert f'name="draft" value="{draft.number}"' in words and "Что отличается от версии" in words
    assert client.post(address, {"draft": draft.number}).status_code == 302
    assert not CourseVersion.objects.filter(pk=draft.pk).exists()


def test_a_draft_begins_from_an_older_version_at_once_where_none_stands(browse: Browse, draft: CourseVersion) -> None:
    client = browse("national")
    assert client.post(f"/ru/courses/SRDGOB/version/{draft.number}/take/").status_code == 404, (
        "a draft is no older version"
    )
    client.post("/ru/courses/SRDGOB/draft/drop/", {"draft": draft.number})
    assert client.get("/ru/courses/SRDGOB/version/1/take/")["Location"] == "/ru/courses/SRDGOB/version/1/"
    client.post("/ru/courses/SRDGOB/version/1/take/")
    assert Course.objects.get(code="SRDGOB").draft_id is not None


def test_undo_puts_a_block_back(browse: Browse, draft: CourseVersion) -> None:
    client, block = browse("national"), pieces(draft)[2]
    client.post(f"/kk/courses/SRDGOB/draft/block/{block.pk}/remove/")
    assert not Block.objects.filter(pk=block.pk).exists()
    client.post("/kk/courses/SRDGOB/draft/restore/")
    assert Block.objects.get(lesson=block.lesson, key=block.key).said == block.said
    assert client.post("/kk/courses/SRDGOB/draft/restore/").status_code == 302  # pressed twice


def test_another_authors_words_are_never_overwritten_by_the_page(browse: Browse, draft: CourseVersion) -> None:
    block = pieces(draft)[2]
    answers = {"revision": block.revision, "kk_text": "Менің сөзім"}
    assert (
        browse("national")
        .post(f"/kk/courses/SRDGOB/draft/block/{block.pk}/", {**answers, "kk_text": "Басқа"})
        .status_code
        == 302
    )
    clash = browse("national").post(f"/kk/courses/SRDGOB/draft/block/{block.pk}/", answers)
    assert clash.status_code == 409 and "Менің сөзім" in clash.content.decode()
    assert Block.objects.get(pk=block.pk).said["kk"]["text"] == "Басқа"
