"""Writing a course: pieces, three languages, two authors, two people for each version."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from orken.courseware import blocks, checks, comparing, content, notation, selectors, services
from orken.courseware.blocks.table import cells
from orken.courseware.blocks.video import astray, captions, spoken
from orken.courseware.demo import build
from orken.courseware.models import AssetFile, Block, Course, CourseVersion, Lesson, Module, Published
from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.kit.files import services as files_of_house
from orken.kit.files.models import StoredFile
from orken.kit.text.marking import marks
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account
from tests.kit.files.test_played import mp4, wav

Accounts = Callable[[str], Account]
Country = Callable[[str], Unit]
Begun = Callable[[], tuple[Course, Lesson]]


def unbroken() -> None:
    assert not {rule: rows for rule, rows in invariants.run() if rows}


def fresh(code: str) -> Course:
    return Course.objects.select_related("draft", "published", "unit").get(code=code)


def told(text: str, **more: str) -> dict[str, dict[str, str]]:
    return {"kk": {"text": text}, **{code: {"text": value} for code, value in more.items()}}


@pytest.fixture
def begun(country: Country, account: Accounts) -> Begun:
    """A course of Pavlodar's library with one lesson that holds one text, in Kazakh alone."""

    def made() -> tuple[Course, Lesson]:
        by = account("pavlodar")
        course = services.create(
            code="PVL-READ",
            unit=country("KZ-55-LIB"),
            by=by,
            fields={"title_kk": "Оқырманмен жұмыс", "summary_kk": "Қысқаша"},
        )
        assert course.draft is not None
        module = services.add_module(version=course.draft, fields={"title_kk": "Бірінші бөлім", "week": 1}, by=by)
        lesson = services.add_lesson(module=module, fields={"title_kk": "Танысу", "minutes": 10}, by=by)
        services.add_block(lesson=lesson, kind="text", shared={}, said=told("Сәлем."), by=by)
        return course, lesson

    return made


# --- the demo's courses ---


def test_every_demo_course_is_whole_in_kazakh_and_russian(country: Country) -> None:
    for _name, text in build.texts():
        course = fresh(text["code"])
        assert course.published is not None and sorted(course.published.languages) == ["en", "kk", "ru"]
        whole = selectors.whole(course.published)
        assert not whole.stopping, [(str(one.why), one.language) for one in whole.stopping]
        assert len(whole.modules) >= 2 and sum(len(module.lessons.all()) for module in whole.modules) >= 6
        kinds = {block.kind for _m, _l, block in content.blocks_of(whole.modules)}
        assert {"text", "table", "callout", "timeline", "term", "picture", "exercise"} <= kinds
        assert course.published.title_en
    unbroken()


def test_whoever_published_a_demo_course_did_not_write_it(country: Country) -> None:
    for version in CourseVersion.objects.exclude(published_by=None):
        assert not version.authors.filter(pk=version.published_by_id).exists()


# --- the notation ---


def test_text_is_drawn_with_the_marks_of_the_notation() -> None:
    html = notation.drawn(
        "## Бөлім\n\n**Маңызды** *сөз*\n\n- бір\n- екі\n\n1. а\n\n> үзінді\n\n[сайт](https://nlrk.kz)"
    )
    for part in (
        "<h3>Бөлім</h3>",
        "<strong>Маңызды</strong>",
        "<em>сөз</em>",
        "<li>",
        "<ol>",
        "<blockquote>",
        'href="https://nlrk.kz"',
        'rel="noopener noreferrer"',
    ):
        assert part in html


@pytest.mark.parametrize(
    "bad",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", '<a href="/x" onclick="y()">z</a>', "[x](data:text/html;base64,PHNjcmlwdD4=)", "<svg onload=alert(1)>", "![x](https://evil.kz/x.png)"],
)  # fmt: skip
def test_nothing_that_runs_is_ever_drawn(bad: str) -> None:
    html = notation.drawn(bad).lower()
    assert "<script" not in html and "<img" not in html and "<svg" not in html
    assert 'href="javascript' not in html and 'href="data' not in html and '<a href="/x" onclick' not in html


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_drawn_with_known_marks_alone(text: str) -> None:
    tags = {tag.lower() for tag in re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", notation.drawn(text))}
    assert tags <= notation.TAGS


# --- languages ---


def test_a_changed_original_marks_its_translation_until_somebody_has_compared_them(
    begun: Begun, account: Accounts
) -> None:
    by = account("pavlodar")
    _course, lesson = begun()
    block = lesson.blocks.get()
    block = services.change_block(
        block=block, shared={}, said=told("Сәлем.", ru="Привет."), by=by, revision=block.revision
    )
    assert blocks.stale(block, "kk") == []
    block = services.change_block(
        block=block, shared={}, said=told("Сәлем, әріптес.", ru="Привет."), by=by, revision=block.revision
    )
    assert blocks.stale(block, "kk") == ["ru"]
    compared = services.change_block(
        block=block, shared={}, said=block.said, by=by, revision=block.revision, follows={"ru": True}
    )
    assert blocks.stale(compared, "kk") == []
    again = services.change_block(
        block=compared, shared={}, said=told("Қайырлы күн.", ru="Привет."), by=by, revision=compared.revision
    )
    mended = services.change_block(
        block=again, shared={}, said=told("Қайырлы күн.", ru="Добрый день."), by=by, revision=again.revision
    )
    assert blocks.stale(mended, "kk") == []


@given(st.lists(st.tuples(st.sampled_from(["kk", "ru", "en"]), st.sampled_from(["", "а", "б"])), max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mark_stands_exactly_when_the_original_differs_from_what_was_translated(
    changes: list[tuple[str, str]],
) -> None:
    """The rule by itself: a translation remembers the original of the moment at which it was written last."""
    block = Block(kind="text", said={"kk": {"text": "а"}})
    made_from: dict[str, str] = {}
    for code, text in changes:
        block.said = {**block.said, code: {"text": text}}
        if code != "kk":
            block.seen = {**block.seen, code: blocks.print_of(block.said["kk"])}
            made_from[code] = block.said["kk"]["text"]
    expected = [
        code
        for code in ("ru", "en")
        if block.said.get(code, {}).get("text") and made_from[code] != block.said["kk"]["text"]
    ]
    assert blocks.stale(block, "kk") == expected


def test_a_reader_gets_the_next_language_where_hers_is_empty(begun: Begun) -> None:
    _course, lesson = begun()
    one = selectors.shown(lesson.blocks.all(), "en")[0]
    assert (one.language, one.missing) == ("kk", True)
    assert "Сәлем" in one.variables["html"]


# --- two authors ---


def test_two_authors_at_one_block_lose_nothing(begun: Begun, account: Accounts) -> None:
    _course, lesson = begun()
    block = lesson.blocks.get()
    services.change_block(
        block=block, shared={}, said=told("Бірінші."), by=account("pavlodar"), revision=block.revision
    )
    with pytest.raises(services.EditedMeanwhile) as clash:
        services.change_block(
            block=block, shared={}, said=told("Екінші."), by=account("national"), revision=block.revision
        )
    assert clash.value.row.said["kk"]["text"] == "Бірінші."
    assert Block.objects.get(pk=block.pk).said["kk"]["text"] == "Бірінші."


def test_two_authors_at_two_lessons_do_not_meet(begun: Begun, account: Accounts) -> None:
    _course, lesson = begun()
    other = services.add_lesson(
        module=lesson.module, fields={"title_kk": "Екінші", "minutes": 5}, by=account("national")
    )
    services.change_lesson(lesson=lesson, fields={"title_kk": "А"}, by=account("pavlodar"), revision=lesson.revision)
    services.change_lesson(lesson=other, fields={"title_kk": "Б"}, by=account("national"), revision=other.revision)
    assert set(Lesson.objects.filter(module=lesson.module).values_list("title_kk", flat=True)) == {"А", "Б"}


def test_nobody_writes_a_course_of_another_region(begun: Begun, account: Accounts) -> None:
    course, lesson = begun()
    assert course.draft is not None
    with pytest.raises(OutOfScope):
        services.add_block(lesson=lesson, kind="text", shared={}, said=told("х"), by=account("curator"))
    with pytest.raises(OutOfScope):
        services.write(version=course.draft, fields={"title_kk": "х"}, by=account("village"), revision=1)


# --- pieces ---


def test_blocks_move_one_by_one_and_by_a_drawn_order(begun: Begun, account: Accounts) -> None:
    by = account("pavlodar")
    _course, lesson = begun()
    rows = [
        lesson.blocks.get(),
        *(services.add_block(lesson=lesson, kind="text", shared={}, said=told(text), by=by) for text in ("2", "3")),
    ]
    assert services.move(row=rows[0], way="down", by=by)
    order = [block.pk for block in lesson.blocks.all()]
    assert order == [rows[1].pk, rows[0].pk, rows[2].pk]
    assert not services.move(row=Block.objects.get(pk=rows[1].pk), way="up", by=by)
    services.put_in_order(lesson=lesson, blocks_in_order=[rows[2].pk, 999999, rows[2].pk], by=by)
    assert next(block.pk for block in lesson.blocks.all()) == rows[2].pk
    assert lesson.blocks.count() == 3


def test_a_block_is_added_behind_another(begun: Begun, account: Accounts) -> None:
    by = account("pavlodar")
    _course, lesson = begun()
    first = lesson.blocks.get()
    last = services.add_block(lesson=lesson, kind="text", shared={}, said=told("соңғы"), by=by)
    between = services.add_block(lesson=lesson, kind="text", shared={}, said=told("арасы"), by=by, after=first)
    assert [block.pk for block in lesson.blocks.all()] == [first.pk, between.pk, last.pk]


def test_a_lesson_goes_over_into_the_next_module(begun: Begun, account: Accounts) -> None:
    by = account("pavlodar")
    course, lesson = begun()
    assert course.draft is not None
    second = services.add_module(version=course.draft, fields={"title_kk": "Екінші бөлім"}, by=by)
    assert services.move(row=lesson, way="down", by=by)
    assert Lesson.objects.get(pk=lesson.pk).module_id == second.pk
    assert not services.move(row=Lesson.objects.get(pk=lesson.pk), way="down", by=by)


def test_what_was_taken_out_comes_back_with_everything_in_it(begun: Begun, account: Accounts) -> None:
    by = account("pavlodar")
    course, lesson = begun()
    assert course.draft is not None
    gone = services.kept(lesson.module)
    services.remove(row=lesson.module, by=by)
    assert not course.draft.modules.exists()
    services.put_back(version=course.draft, gone=gone, by=by)
    back = Lesson.objects.get(module__version=course.draft)
    assert (back.key, back.blocks.get().said) == (lesson.key, {"kk": {"text": "Сәлем."}})
    assert (
        services.put_back(
            version=course.draft, gone={**services.kept(back.blocks.get()), "into": str(back.module.key)}, by=by
        )
        is None
    )


def test_lessons_copied_from_another_course_live_a_life_of_their_own(begun: Begun, account: Accounts) -> None:
    by = account("national")
    _course, lesson = begun()
    source = Lesson.objects.filter(module__version=fresh("SRDGOB").published).first()
    assert source is not None
    made = services.copy_lessons(into=lesson.module, lessons=[source], by=by)[0]
    assert made.key != source.key
    assert made.blocks.count() == source.blocks.count()
    assert {block.key for block in made.blocks.all()}.isdisjoint({block.key for block in source.blocks.all()})
    with pytest.raises(OutOfScope):
        services.copy_lessons(into=lesson.module, lessons=[source], by=account("pavlodar"))


# --- two people ---


def test_a_version_is_published_by_a_second_person_and_never_changes_again(begun: Begun, account: Accounts) -> None:
    course, lesson = begun()
    services.ask(course=course, note="Бірінші нұсқа", by=account("pavlodar"))
    with pytest.raises(services.NotTheSecond):
        services.publish(course=course, by=account("pavlodar"))
    version = services.publish(course=course, by=account("national"))
    assert fresh("PVL-READ").published == version and fresh("PVL-READ").draft is None
    with pytest.raises(Published):
        services.add_block(lesson=lesson, kind="text", shared={}, said=told("х"), by=account("pavlodar"))
    row = lesson.blocks.get()
    row.said = told("басқа")
    with pytest.raises(Published):
        row.save()
    with pytest.raises(Published):
        row.delete()
    unbroken()
    Block.objects.filter(pk=row.pk).update(said=told("жасырын өзгеріс"))
    assert any(
        "was changed" in one.why
        for rule, rows in invariants.run()
        if rule.startswith("courseware.versions")
        for one in rows
    )


def test_a_draft_that_lacks_something_is_not_given_to_a_second_person(begun: Begun, account: Accounts) -> None:
    course, lesson = begun()
    services.add_block(lesson=lesson, kind="picture", shared={}, said={}, by=account("pavlodar"))
    with pytest.raises(services.NotReady) as refusal:
        services.ask(course=course, note="", by=account("pavlodar"))
    assert len(refusal.value.problems) >= 2  # neither file nor words
    assert all(one.stops and one.lesson == lesson for one in refusal.value.problems)


def test_what_is_written_on_after_asking_is_asked_again(begun: Begun, account: Accounts) -> None:
    course, lesson = begun()
    services.ask(course=course, note="", by=account("pavlodar"))
    services.add_block(lesson=lesson, kind="text", shared={}, said=told("тағы"), by=account("pavlodar"))
    draft = fresh("PVL-READ").draft
    assert draft is not None and draft.state == CourseVersion.State.DRAFT


def test_the_second_person_sends_back_with_words(begun: Begun, account: Accounts) -> None:
    course, _lesson = begun()
    services.ask(course=course, note="", by=account("pavlodar"))
    with pytest.raises(services.Refused):
        services.send_back(course=course, remark="  ", by=account("national"))
    draft = services.send_back(course=course, remark="Екінші абзацты қысқартыңыз.", by=account("national"))
    assert (draft.state, draft.remark) == ("draft", "Екінші абзацты қысқартыңыз.")
    event = AuditEvent.objects.filter(verb="course.sent_back").latest("pk")
    assert event.note == "Екінші абзацты қысқартыңыз."


def test_a_block_without_words_is_a_difference_too(begun: Begun, account: Accounts) -> None:
    """An exercise that came in: whoever reads as the second is told of it."""
    course, lesson = begun()
    services.ask(course=course, note="", by=account("pavlodar"))
    first = services.publish(course=course, by=account("national"))
    draft = services.start_draft(course=course, by=account("pavlodar"))
    where = Lesson.objects.get(module__version=draft, key=lesson.key)
    services.add_block(lesson=where, kind="exercise", shared={"code": "SAFE-QUICK"}, said={}, by=account("pavlodar"))
    for was, now in ((first, draft), (draft, first)):
        [found] = comparing.differences(was, content.modules_of(was), now, content.modules_of(now))
        assert "SAFE-QUICK" in (found.after or found.before or "") and None in (found.before, found.after)


def test_a_new_version_is_compared_and_the_old_one_comes_back(begun: Begun, account: Accounts) -> None:
    course, _lesson = begun()
    services.ask(course=course, note="", by=account("pavlodar"))
    first = services.publish(course=course, by=account("national"))
    draft = services.start_draft(course=course, by=account("pavlodar"))
    block = Block.objects.get(lesson__module__version=draft)
    services.change_block(
        block=block, shared={}, said=told("Қайырлы күн."), by=account("pavlodar"), revision=block.revision
    )
    found = comparing.differences(first, content.modules_of(first), draft, content.modules_of(draft))
    assert [(one.before, one.after) for one in found] == [("Сәлем.", "Қайырлы күн.")]
    with override("kk"):
        assert "қазақша" in found[0].where and "kk" not in found[0].where
    services.ask(course=course, note="", by=account("pavlodar"))
    second = services.publish(course=course, by=account("national"))
    assert fresh("PVL-READ").published == second
    services.return_to(version=first, reason="Қате кетті", by=account("national"))
    assert fresh("PVL-READ").published == first
    taken = services.take_over(version=first, by=account("pavlodar"))
    assert comparing.differences(first, content.modules_of(first), taken, content.modules_of(taken)) == []
    services.drop_draft(course=course, by=account("pavlodar"))
    services.withdraw(course=course, reason="Ескірді", by=account("national"))
    assert fresh("PVL-READ").published is None and selectors.published("PVL-READ") is None
    unbroken()


def test_the_only_version_of_a_course_is_not_thrown_away(begun: Begun, account: Accounts) -> None:
    course, _lesson = begun()
    assert not services.drop_draft(course=course, by=account("pavlodar")) and fresh("PVL-READ").draft is not None


def test_two_unpublished_versions_of_one_course_cannot_stand(begun: Begun) -> None:
    course, _lesson = begun()
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseVersion.objects.create(course=course, number=2, title_kk="х")


# --- what is shown ---


def sent(colour: str = "red", size: tuple[int, int] = (3000, 1200), kind: str = "JPEG") -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[271] = "Camera of Aigul"
    Image.new("RGB", size, colour).save(out, kind, exif=exif)
    return SimpleUploadedFile("дала.jpg", out.getvalue(), content_type="image/jpeg")


def test_a_picture_is_written_anew_in_three_widths_without_what_the_camera_told(
    begun: Begun, account: Accounts
) -> None:
    course, _lesson = begun()
    taken = services.take(uploads=[sent()], takes="picture", unit=course.unit, by=account("pavlodar"))
    files = AssetFile.objects.filter(asset=taken.assets[0]).select_related("stored")
    assert [file.width for file in files] == [480, 960, 1440]
    for file in files:
        assert file.stored.media_type == "image/webp"
        assert b"Camera of Aigul" not in files_of_house.read(file.stored).read()


def test_slides_become_pictures_with_their_words(begun: Begun, account: Accounts, tmp_path: Path) -> None:
    course, _lesson = begun()
    source = tmp_path / "slides.typ"
    source.write_text("#set page(width: 16cm, height: 9cm)\nБірінші бет\n#pagebreak()\nЕкінші бет", encoding="utf-8")
    paper = typst.compile(str(source))
    taken = services.take(
        uploads=[SimpleUploadedFile("a.pdf", paper)], takes="slides", unit=course.unit, by=account("pavlodar")
    )
    assert len(taken.assets) == 2
    assert [words.split()[0] for words in taken.words] == ["Бірінші", "Екінші"]


@pytest.mark.parametrize(
    ("takes", "name", "data"),
    [("slides", "a.pdf", b"%PDF-1.4 broken"), ("picture", "a.jpg", b"not a picture"), ("picture", "a.svg", b"<svg onload='x()'/>"), ("paper", "a.pdf", b"<html><script>x</script>"), ("sound", "a.mp3", b"text")],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_a_sentence_and_leaves_nothing(
    begun: Begun, account: Accounts, takes: str, name: str, data: bytes
) -> None:
    course, _lesson = begun()
    before = StoredFile.objects.count()
    with pytest.raises(services.Refused) as refusal:
        services.take(uploads=[SimpleUploadedFile(name, data)], takes=takes, unit=course.unit, by=account("pavlodar"))
    assert len(str(refusal.value)) > 10
    assert StoredFile.objects.count() == before


def test_what_a_recorder_writes_is_taken_in_and_played_by_its_ending(begun: Begun, account: Accounts) -> None:
    course, _lesson = begun()
    for name, data, ends in (("dars.wav", wav(), ".wav"), ("001.m4a", mp4(b"isom", b"soun"), ".m4a")):
        taken = services.take(uploads=[SimpleUploadedFile(name, data)], takes="sound", unit=course.unit, by=account("pavlodar"))  # fmt: skip
        (shown,) = selectors.materials([str(taken.assets[0].key)]).values()
        assert shown.address.endswith(ends)
    with pytest.raises(services.Refused):
        services.take(uploads=[SimpleUploadedFile("002.m4a", mp4(b"isom", b"soun", b"vide"))], takes="sound", unit=course.unit, by=account("pavlodar"))  # fmt: skip


@pytest.mark.parametrize(
    ("link", "gone"),
    [("https://nlrk.kz/kk", False), ("/catalogue/", False), ("/kk/catalogue/?q=1#a", False), ("/ru/catalogue/", False), ("/no-such-page/", True), ("http://nowhere", True), ("mailto:a@b.kz", False), ("mailto:x", True), ("ftp://a.kz", True)],
)  # fmt: skip
def test_dead_links_are_named_alike_to_readers_of_any_language(link: str, gone: bool) -> None:
    for language in ("kk", "ru", "en"):
        with override(language):
            assert checks.dead(link) is gone


def test_the_check_list_names_what_an_author_forgets(begun: Begun, account: Accounts) -> None:
    by = account("pavlodar")
    course, lesson = begun()
    assert course.draft is not None
    services.write(version=course.draft, fields={"in_ru": True}, by=by, revision=course.draft.revision)
    services.add_block(lesson=lesson, kind="text", shared={}, said=told("### Кіші\n\n[сілтеме](/жоқ/)"), by=by)
    services.add_block(lesson=lesson, kind="table", shared={}, said={"kk": {"rows": "а | б"}}, by=by)
    draft = fresh("PVL-READ").draft
    assert draft is not None
    found = [(problem.stops, problem.language) for problem in selectors.whole(draft).problems]
    assert (True, "ru") in found and (False, "kk") in found and (True, "kk") in found


def test_rows_of_a_table_come_from_a_spreadsheet_or_are_typed() -> None:
    assert cells("а\tб\n1\t2") == [["а", "б"], ["1", "2"]]
    assert cells("| а | б |\n| 1 |\n\n") == [["а", "б"], ["1", ""]]


@given(st.text(max_size=200))
def test_every_row_of_a_table_is_as_wide_as_the_widest(text: str) -> None:
    assert len({len(row) for row in cells(text)}) <= 1


def test_every_kind_of_block_stands_in_a_demo_course_in_three_languages(country: Country) -> None:
    found = Block.objects.filter(lesson__module__version__in=[fresh(code).published for code in ("SRDGOB", "ECAT", "SAFE")])  # fmt: skip
    assert set(found.values_list("kind", flat=True)) == {kind.code for kind in blocks.registered()}
    assert all(set(row.said) == {"kk", "ru", "en"} and not blocks.stale(row, "kk") for row in found.filter(kind="video"))  # fmt: skip


def test_captions_cover_the_whole_film_and_say_what_the_transcript_says(country: Country) -> None:
    film = Block.objects.filter(kind="video").first()
    assert film is not None
    for said in film.said.values():
        ends = [begin_end.split(" --> ") for begin_end in captions(said).splitlines() if " --> " in begin_end]
        assert ends[0][0] == "00:00.000" and ends[-1][1] == "00:48.000", "as long as the film"
        assert [end for _begin, end in ends[:-1]] == [begin for begin, _end in ends[1:]]
    assert spoken({"captions": "1\n00:01.000 --> 00:02.000\nсирек сөз", "transcript": "басқа"}) == "сирек сөз"
    assert spoken({"captions": "00:01.000 --> 00:02.000\nсирек сөз", "transcript": "Бұл сирек сөз еді"}) == ""


def test_addresses_elsewhere_are_listed_to_be_opened_by_a_person(begun: Begun, account: Accounts) -> None:
    course, lesson = begun()
    link = "[заң](https://adilet.zan.kz/kaz) және [бет](/kk/calendar/)"
    services.add_block(lesson=lesson, kind="text", shared={}, said=told(link), by=account("pavlodar"))
    draft = fresh(course.code).draft
    assert draft is not None and selectors.whole(draft).elsewhere == ["https://adilet.zan.kz/kaz"]


def test_captions_are_given_only_when_they_have_their_times() -> None:
    assert captions({"captions": "00:01.000 --> 00:02.000\nСәлем"}).startswith("WEBVTT\n\n00:01")
    assert captions({"captions": "жай мәтін"}) == "" == captions({})


def test_a_list_of_courses_costs_the_same_for_one_and_for_three(begun: Begun, browse: Any, django_assert_num_queries: Any, account: Accounts, country: Country) -> None:  # fmt: skip
    client = browse("pavlodar")
    begun()
    client.get("/kk/courses/")
    with CaptureQueriesContext(connection) as one:
        assert client.get("/kk/courses/").status_code == 200
    for code in ("PVL-B", "PVL-C"):
        services.create(code=code, unit=country("KZ-55-LIB"), by=account("pavlodar"), fields={"title_kk": code})
    with CaptureQueriesContext(connection) as three:
        client.get("/kk/courses/")
    assert len(one) == len(three)


def test_the_page_of_a_course_costs_the_same_for_one_lesson_and_for_many(
    begun: Begun, browse: Any, account: Accounts
) -> None:
    client = browse("pavlodar")
    _course, lesson = begun()
    client.get("/kk/courses/PVL-READ/")
    with CaptureQueriesContext(connection) as one:
        client.get("/kk/courses/PVL-READ/")
    for number in range(3):
        more = services.add_lesson(module=lesson.module, fields={"title_kk": f"С{number}"}, by=account("pavlodar"))
        services.add_block(lesson=more, kind="text", shared={}, said=told("х"), by=account("pavlodar"))
    with CaptureQueriesContext(connection) as many:
        client.get("/kk/courses/PVL-READ/")
    assert len(one) == len(many)


def test_modules_are_read_with_three_queries(country: Country, django_assert_num_queries: Any) -> None:
    version = fresh("SRDGOB").published
    assert version is not None
    with django_assert_num_queries(3):
        list(content.blocks_of(content.modules_of(version)))
    assert Module.objects.filter(version=version).count() == 2


# --- translations that are behind, and what changed ---


def _behind(begun: Begun, account: Accounts) -> tuple[Course, Block]:
    """A course whose Kazakh changed after its Russian was made."""
    course, lesson = begun()
    block = services.add_block(
        lesson=lesson,
        kind="text",
        shared={},
        said=told("Есіктен бір кіру.", ru="Один вход через дверь."),
        by=account("pavlodar"),
    )
    for text in ("Есіктен екі рет кіру.", "Есіктен үш рет кіру."):
        block = services.change_block(
            block=block,
            shared={},
            said=told(text, ru="Один вход через дверь."),
            by=account("pavlodar"),
            revision=block.revision,
        )
    return course, block


def test_a_course_with_a_translation_that_is_behind_is_published_only_by_whoever_says_so(
    begun: Begun, account: Accounts, client: Any
) -> None:
    course, block = _behind(begun, account)
    services.ask(course=course, note="", by=account("pavlodar"))
    with pytest.raises(services.NotCompared) as refusal:
        services.publish(course=course, by=account("national"))
    [problem] = refusal.value.problems
    assert (problem.block, problem.language, problem.place) == (block, "ru", 2)
    with override("kk"):
        assert problem.piece == "2. Мәтін"
    client.force_login(account("pavlodar"))
    asked = client.get("/kk/courses/PVL-READ/ask/").content.decode()
    assert f"/courses/PVL-READ/draft/block/{block.pk}/" in asked, "the author goes to the block"
    client.force_login(account("national"))
    address = "/kk/courses/PVL-READ/review/"
    assert f"#b-{block.key}" in client.get(address).content.decode(), (
        "the second person goes to the place as it is read"
    )
    assert client.post(address, {"publish": "1"})["Location"] == address
    assert fresh("PVL-READ").published is None
    client.post(address, {"publish": "1", "behind": "on"})
    assert fresh("PVL-READ").published is not None
    unbroken()


def test_a_translator_sees_what_changed_in_the_original_since(begun: Begun, account: Accounts) -> None:
    _course, block = _behind(begun, account)
    [found] = comparing.of_original(block, "kk")
    assert (found.before, found.after) == ("Есіктен бір кіру.", "Есіктен үш рет кіру."), (
        "as it was when it was translated"
    )
    assert [piece.text.strip() for piece in found.marked[0] if piece.changed] == ["бір"]
    assert [piece.text.strip() for piece in found.marked[1] if piece.changed] == ["үш рет"]
    block = services.change_block(
        block=block, shared={}, said=block.said, by=account("pavlodar"), revision=block.revision, follows={"ru": True}
    )
    assert comparing.of_original(block, "kk") == [] and block.former == {}


def test_blocks_in_another_order_or_another_lesson_are_differences(begun: Begun, account: Accounts) -> None:
    course, lesson = begun()
    by = account("pavlodar")
    services.add_block(lesson=lesson, kind="text", shared={}, said=told("Екінші мәтін."), by=by)
    other = services.add_lesson(module=lesson.module, fields={"title_kk": "Жалғасы", "minutes": 5}, by=by)
    services.add_block(lesson=other, kind="text", shared={}, said=told("Үшінші мәтін."), by=by)
    services.ask(course=course, note="", by=by)
    first = services.publish(course=course, by=account("national"))
    draft = services.start_draft(course=course, by=by)
    here, there = Lesson.objects.filter(module__version=draft).order_by("position")
    services.move(row=here.blocks.get(position=2), way="up", by=by)
    Block.objects.filter(pk=there.blocks.get().pk).update(lesson=here, position=9)
    with override("kk"):
        found = comparing.differences(first, content.modules_of(first), draft, content.modules_of(draft))
        assert [(one.where, one.before, one.after) for one in found] == [
            ("Мәтін «Үшінші мәтін.…»", "Жалғасы", "Танысу"),
            ("Танысу", "Мәтін «Сәлем.…» → Мәтін «Екінші мәтін.…»", "Мәтін «Екінші мәтін.…» → Мәтін «Сәлем.…»"),
        ]


@given(st.lists(st.sampled_from(["бір", "екі", "үш", "төрт"]), max_size=60), st.lists(st.sampled_from(["бір", "екі", "үш"]), max_size=60))  # fmt: skip
def test_pieces_of_a_comparison_leave_out_only_what_is_the_same(one: list[str], two: list[str]) -> None:
    for told_words, pieces in zip((one, two), marks(" ".join(one), " ".join(two)), strict=True):
        assert sum(len(piece.text.split()) + piece.left_out for piece in pieces) == len(told_words)
    was, now = marks(" ".join(one), " ".join(two))
    assert (one == two) == (not any(piece.changed for piece in [*was, *now]))


def test_a_course_waits_on_the_desk_of_whoever_may_be_the_second_and_of_nobody_else(begun: Begun, account: Accounts, client: Any) -> None:  # fmt: skip
    course, _lesson = begun()
    services.ask(course=course, note="Бірінші нұсқа", by=account("pavlodar"))
    client.force_login(account("national"))
    page = client.get("/kk/desk/").content.decode()
    assert "/kk/courses/PVL-READ/review/" in page and "Бірінші нұсқа" in page
    for login in ("pavlodar", "village"):
        client.force_login(account(login))
        assert "/courses/PVL-READ/review/" not in client.get("/kk/desk/").content.decode()
    services.send_back(course=course, remark="Екінші абзацты тексеріңіз", by=account("national"))
    client.force_login(account("pavlodar"))
    page = client.get("/kk/desk/").content.decode()
    assert "Екінші абзацты тексеріңіз" in page and 'href="/kk/courses/PVL-READ/"' in page, (
        "she learns that it came back"
    )
    client.force_login(account("national"))
    assert "Екінші абзацты" not in client.get("/kk/desk/").content.decode()


@pytest.mark.parametrize(
    ("kind", "said", "why"),
    [
        ("video", {"captions": "00:01.000 --> 00:04.000\nСәлем\n\nнонсенс --> x\nСөз"}, "4-жол"),
        ("video", {"captions": "00:01.000 --> 00:04.000\nСәлем\n\nуақыты жоқ сөз"}, "4-жол"),
        ("timeline", {"events": "2021 | ашылды\nқайта ашылды"}, "2-жол"),
        ("table", {"caption": "Кесте", "rows": "Жыл | Саны\n2021 | 4\n2022 | 5 | артық"}, "2-жол"),
    ],
)
def test_a_line_that_is_not_as_its_kind_asks_is_named_to_the_author(kind: str, said: dict[str, str], why: str) -> None:
    with override("kk"):
        found = [str(one.why) for one in blocks.get(kind).lacks(Block(kind=kind, said={"kk": said}), ["kk"])]
        assert any(why in one for one in found), found


def test_captions_of_the_older_kind_and_with_names_are_captions() -> None:
    said = {"captions": "WEBVTT\n\nNOTE бір\n\n1\n00:00:01,000 --> 00:00:04,000\nСәлем\nбәріне"}
    assert astray(said) == 0 and "00:00:01.000 --> 00:00:04.000" in captions(said)


def test_the_order_of_blocks_is_told_in_the_language_of_the_reader(begun: Begun, account: Accounts) -> None:
    course, lesson = begun()
    by = account("pavlodar")
    for one, two in (("Бір", "Раз"), ("Екі", "Два")):
        services.add_block(lesson=lesson, kind="text", shared={}, said=told(one, ru=two), by=by)
    services.ask(course=course, note="", by=by)
    first = services.publish(course=course, by=account("national"))
    draft = services.start_draft(course=course, by=by)
    services.move(row=Block.objects.filter(lesson__module__version=draft).order_by("position").last(), way="up", by=by)  # type: ignore[arg-type]  # it stands
    new = Lesson.objects.get(module__version=draft)
    services.change_lesson(lesson=new, fields={"minutes": 15}, by=by, revision=new.revision)
    with override("ru"):
        found = comparing.differences(first, content.modules_of(first), draft, content.modules_of(draft))
        order = next(one for one in found if "Раз" in (one.before or ""))
        assert "Два" in (order.after or "") and "Екі" not in (order.after or "")
        assert any("15 минут" in (one.after or "") for one in found)


def test_a_table_of_one_column_gets_a_remark(begun: Begun, account: Accounts) -> None:
    course, lesson = begun()
    said = {"kk": {"caption": "Сандар", "rows": "Жыл Саны\n2024 10\n2025 12"}}
    services.add_block(lesson=lesson, kind="table", shared={}, said=said, by=account("pavlodar"))
    assert course.draft is not None
    with override("en"):
        assert any("one column" in str(one.why) for one in selectors.whole(course.draft).advice)
