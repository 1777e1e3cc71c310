"""The pages of the school: a record read and shown, compared, graded; books, rules, formats, KAZMARC."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from orken.cataloguing import checker, codecs, examples, marking, selectors, services
from orken.cataloguing.models import CatalogueFile, ProfileRow, Publication
from orken.cataloguing.tasks import material
from orken.cataloguing.views import common
from orken.kit.audit.models import AuditEvent
from orken.people.models import Account

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """With Redis the tally outlives a test, and these tests send more in a minute than any person."""
    monkeypatch.setattr(common, "OFTEN", 10_000)


def text(code: str = "kk-novel", format: str = "rusmarc", place: int = 0) -> str:
    return codecs.dumps(material.experts(code, format)[place], "mrk").decode()


def shown(client: Client, name: str, arguments: tuple[object, ...] = (), **query: str) -> str:
    answer = client.get(reverse(f"cataloguing:{name}", args=arguments), query)
    assert answer.status_code == 200
    return answer.content.decode()


# --- one record ---


@pytest.mark.parametrize("kind", codecs.FORMATS)
@pytest.mark.parametrize("format", list(material.FORMATS))
def test_a_record_is_read_from_a_file_of_any_format(kind: str, format: str, browse: Browse) -> None:
    content = codecs.dumps(material.experts("ru-essays", format)[0], kind)
    answer = browse("village").post(reverse("cataloguing:record"), {"file": SimpleUploadedFile("жазба", content)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Чтение в степном крае" in page
    assert ("MARC 21" if format == "marc21" else "RUSMARC") in page
    assert "cardprev" in page


@pytest.mark.parametrize("example", [one.code for one in examples.EXAMPLES])
@pytest.mark.parametrize("view", ["lines", "form", "coded", "nonsense"])
def test_our_own_records_open_in_every_view(example: str, view: str, browse: Browse) -> None:
    page = shown(browse("village"), "record", example=example, view=view)
    assert "cardprev" in page


def test_drafts_have_their_errors_and_clean_records_none(browse: Browse) -> None:
    for one in examples.EXAMPLES:
        said = [found for found in checker.check(one.record, selectors.profile(one.format)) if found.severity != "info"]
        assert len(said) >= 3 if one.code.startswith("draft") else not said, one.code
    page = shown(browse("village"), "record", example="draft-rusmarc")
    assert "<mark>" in page  # the word with letters of two scripts
    assert 'class="stop"' in page
    assert reverse("cataloguing:rule", args=["charset.lookalike"]) in page


def test_a_file_of_several_records_is_turned_over(browse: Browse) -> None:
    client = browse("village")
    both = text("kk-novel") + "\n" + text("ru-revised")
    first = client.post(reverse("cataloguing:record"), {"text": both}).content.decode()
    second = client.post(reverse("cataloguing:record"), {"text": both, "number": "2", "view": "form"}).content.decode()
    assert "ORK-R-kk-novel-1" in first
    assert "<option selected>2" in second and "Сады предгорий" in second


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a letter, not a record",
        b"00714cam a2200205 a 4500",
        b"<collection><record>",
        b"{broken json",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "bbbbbbbbbbbbbbbb">]><collection>&a;</collection>',
        b"\xff\xfe\x00\x00" * 40,
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_or_read_with_messages(content: bytes, browse: Browse) -> None:
    answer = browse("village").post(reverse("cataloguing:record"), {"file": SimpleUploadedFile("x.mrc", content)})
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert 'class="errors"' in answer.content.decode()
    else:
        assert 'class="msg"' in answer.content.decode()


def test_markup_in_a_record_is_shown_not_run(browse: Browse) -> None:
    evil = text().replace("Көктемгі көш", "<script>alert(1)</script><img src=x onerror=y>")
    for view in ("lines", "form", "coded"):
        page = browse("village").post(reverse("cataloguing:record"), {"text": evil, "view": view}).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_invisible_and_bidirectional_signs_are_shown_by_their_code(browse: Browse) -> None:
    sly = text().replace("Көктемгі көш", "Көк\u200bтемгі к\u202eөш")
    page = browse("village").post(reverse("cataloguing:record"), {"text": sly}).content.decode()
    assert "[U+200B]" in page and "[U+202E]" in page


@pytest.mark.usefixtures("still_clock")
def test_so_many_records_a_minute_then_she_waits(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("cataloguing:record")
    assert browse("director").post(address, {"text": text()}).status_code == 200
    monkeypatch.setattr(common, "OFTEN", 3)
    statuses = [browse("registrar").post(address, {"text": text()}).status_code for _time in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


def test_nothing_that_is_tried_is_kept(browse: Browse) -> None:
    before = (AuditEvent.objects.count(), CatalogueFile.objects.count())
    client = browse("village")
    client.post(reverse("cataloguing:record"), {"text": text()})
    client.post(reverse("cataloguing:grade"), {"text": text(), "book": "kk-novel"})
    client.post(reverse("cataloguing:compare"), {"first": text(), "second": text("ru-revised")})
    assert (AuditEvent.objects.count(), CatalogueFile.objects.count()) == before


def test_a_message_about_the_whole_record_says_so(browse: Browse) -> None:
    with translation.override("ru"):
        lacking = "\n".join(
            line for line in text("ru-essays").splitlines() if line[:5] not in ("=606 ", "=675 ", "=686 ")
        )
        page = browse("village").post(reverse("cataloguing:record"), {"text": lacking}).content.decode()
    assert "complete.subjects" in page
    assert '<b></b><span class="muted"></span><span><span class="muted">запись в целом</span>' in page


def test_a_guessed_encoding_is_confirmed_without_sending_the_file_again(browse: Browse) -> None:
    client, address = browse("village"), reverse("cataloguing:record")
    content = codecs.dumps(material.experts("ru-essays", "rusmarc")[0], "iso2709", encoding="koi8-r")
    first = client.post(address, {"file": SimpleUploadedFile("x.iso", content), "encoding": "cp1251"}).content.decode()
    assert "Чтение в степном крае" not in first
    carried = re.search(r'name="again" value="([^"]+)"', first)
    assert carried is not None
    second = client.post(address, {"again": carried[1], "encoding": "koi8-r"}).content.decode()
    assert "Чтение в степном крае" in second
    assert '<option value="koi8-r" selected>' in second
    guessed = client.post(address, {"again": carried[1]}).content.decode()
    assert "Чтение в степном крае" in guessed
    for nonsense in ("@@@", "жж", ""):
        assert client.post(address, {"again": nonsense}).status_code == 422
    pasted = client.post(address, {"text": text()}).content.decode()
    assert 'name="again"' not in pasted


def test_what_the_reader_saw_of_a_damaged_file_is_told_in_every_view(browse: Browse) -> None:
    """A cut end and a wrong length are messages of the page, also of the second record of the file."""
    client, address = browse("village"), reverse("cataloguing:record")
    good = codecs.dumps(material.experts("ru-essays", "rusmarc")[0], "iso2709")
    told = {
        "cut": client.post(address, {"file": SimpleUploadedFile("x.mrc", good[:150])}).content.decode(),
        "long": client.post(address, {"file": SimpleUploadedFile("x.mrc", b"99999" + good[5:])}).content.decode(),
    }
    assert "structure.truncated" in told["cut"] and "structure.length" in told["long"]
    both = client.post(address, {"file": SimpleUploadedFile("x.mrc", good + b"00300" + good[5:])}).content.decode()
    assert "structure.length" not in both
    carried = re.search(r'name="again" value="([^"]+)"', both)
    assert carried is not None
    turned = client.post(address, {"again": carried[1], "encoding": "", "text": "x", "number": "2", "view": "lines"})
    assert "structure.length" in turned.content.decode() and "mrk" not in turned.context["taken"].format


@pytest.mark.parametrize("begins", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 ", b"PK\x03\x04", b"\xff\xd8\xff\xe0"])
def test_a_picture_called_mrc_is_no_file_of_records(begins: bytes, browse: Browse) -> None:
    content = begins + b"\x00\x1e12\x1d" * 300
    page = browse("village").post(reverse("cataloguing:record"), {"file": SimpleUploadedFile("x.mrc", content)})
    assert page.status_code == 422


# --- compared and graded ---


def test_two_records_are_laid_side_by_side_whatever_their_formats(browse: Browse) -> None:
    page = browse("village").post(
        reverse("cataloguing:compare"), {"first": text(), "second": text(format="marc21", place=1)}
    )
    assert page.status_code == 200
    assert "RUSMARC" in page.content.decode() and "MARC 21" in page.content.decode()
    assert browse("village").post(reverse("cataloguing:compare"), {"first": text()}).status_code == 422


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grade_shows_every_reason_in_the_readers_language(language: str, browse: Browse) -> None:
    with translation.override(language):
        address = reverse("cataloguing:grade")
        draft = examples.get("draft-rusmarc")
        assert draft is not None
        answer = browse("village").post(
            address, {"text": codecs.dumps(draft.record, "mrk").decode(), "book": "kk-novel"}
        )
        page = answer.content.decode()
        marked = marking.mark(draft.record, selectors.profile("rusmarc"), marking.experts_of("kk-novel", "rusmarc"))
        assert not marked.passed
        from django.utils.html import escape

        for one in marked.differing:
            if one.state != "same":
                assert escape(str(one.reason)) in page
        for cap in marked.caps:
            assert escape(str(cap.reason)) in page
        for penalty in marked.penalties:
            assert escape(str(penalty.reason)) in page


def test_ones_own_experts_may_judge(browse: Browse) -> None:
    client = browse("village")
    own = text("ru-revised", "marc21")
    experts = text("ru-revised", "marc21", 1) + "\n" + text("ru-revised", "rusmarc", 1)
    page = client.post(reverse("cataloguing:grade"), {"text": own, "experts": experts})
    assert page.status_code == 200 and "big num" in page.content.decode()
    untitled = "\n".join(line for line in own.splitlines() if not line.startswith("=245"))
    for bad in (
        {"text": own},
        {"book": "kk-novel"},
        {"text": own, "experts": untitled},
        {"text": own, "experts": "nothing"},
    ):
        assert client.post(reverse("cataloguing:grade"), bad).status_code == 422


def test_a_file_of_ten_records_is_graded_one_by_one(browse: Browse) -> None:
    """Each record meets the experts who described the same book; one that nobody described says so."""
    client = browse("village")
    codes = ["kk-novel", "ru-essays", "ru-revised"]
    whole = "\n".join(text(code, place=1) for code in codes)
    stranger = "=LDR  00000nam\\a2200000\\i\\4500\n=245  00$aБөтен кітап\n"
    answer = client.post(reverse("cataloguing:grade"), {"text": f"{whole}\n{stranger}", "book": "all"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(f"ORK-R-{code}-2" in page for code in codes)
    assert page.count("<b>100</b>") == len(codes)
    assert "бірде-бір сарапшы" in page
    alone = client.post(reverse("cataloguing:grade"), {"text": text("kk-novel"), "book": "all"}).content.decode()
    assert "big num" in alone
    draft = examples.get("draft-rusmarc")  # its number and its title both have slips
    assert draft is not None
    slips = codecs.dumps(draft.record, "mrk").decode()
    assert "big num" in client.post(reverse("cataloguing:grade"), {"text": slips, "book": "all"}).content.decode()
    # A wrong number is no way out: the title and the year find the experts.
    misprint = text("ru-essays").replace("978-601-7802-11-0", "978-601-7802-11-1")
    assert "big num" in client.post(reverse("cataloguing:grade"), {"text": misprint, "book": "all"}).content.decode()


def test_ones_own_experts_are_told_how_they_agree(browse: Browse) -> None:
    client = browse("village")
    agreeing = text("ru-revised", "marc21") + "\n" + text("ru-revised", "rusmarc", 1)
    quarrelling = text("ru-revised", "marc21") + "\n" + text("kk-novel", "marc21")
    answers = [
        client.post(reverse("cataloguing:grade"), {"text": text("ru-revised"), "experts": experts}).content.decode()
        for experts in (agreeing, quarrelling)
    ]
    assert "85-тен төмен" not in answers[0]
    assert "85-тен төмен" in answers[1]


# --- books ---


def test_every_book_is_shown_with_its_pages(browse: Browse) -> None:
    client = browse("student")
    page = shown(client, "books")
    assert page.count('class="leaf"') == len(material.books())
    assert shown(client, "books", kind="serial").count('class="leaf"') == 2
    assert shown(client, "books", language="eng").count('class="leaf"') == sum(
        book.language == "eng" for book in material.books()
    )
    for book in material.books():
        assert shown(client, "book", (book.code,)).count('class="leaf"') == 3
    assert client.get(reverse("cataloguing:book", args=["no-such"])).status_code == 404


def test_the_page_of_a_book_does_not_give_the_answer_away(browse: Browse) -> None:
    page = shown(browse("student"), "book", ("ru-essays",))
    assert "ORK-R-ru-essays" not in page
    assert "$aБектурова" not in page


def test_an_answer_is_checked_and_graded(browse: Browse) -> None:
    client = browse("student")
    address = reverse("cataloguing:book", args=["ru-essays"])
    checked = client.post(address, {"text": text("ru-essays"), "format": "rusmarc", "do": "check"})
    assert checked.status_code == 200 and "big num" not in checked.content.decode()
    graded = client.post(address, {"text": text("ru-essays"), "format": "rusmarc", "do": "grade"}).content.decode()
    assert "big num" in graded
    other = client.post(address, {"text": text("ru-essays", "marc21"), "format": "rusmarc", "do": "grade"})
    assert other.status_code == 422
    assert client.post(address, {"text": "", "format": "rusmarc", "do": "grade"}).status_code == 422


def test_experts_are_for_those_who_teach_at_this_school(browse: Browse) -> None:
    for login, status in (
        ("national", 200),
        ("administrator", 200),
        ("trainer", 404),
        ("pavlodar", 404),
        ("village", 404),
        ("student", 404),
    ):
        for format in material.FORMATS:
            assert browse(login).get(reverse("cataloguing:experts", args=["kk-novel", format])).status_code == status, (
                login
            )
    assert browse("national").get(reverse("cataloguing:experts", args=["kk-novel", "unimarc"])).status_code == 404


def test_a_task_is_withdrawn_and_published_again(browse: Browse, account: Accounts) -> None:
    client = browse("national")
    address = reverse("cataloguing:publish", args=["kk-novel", "rusmarc"])
    assert Publication.objects.filter(withdrawn_at=None).count() == 2 * len(material.books())  # the demo country
    assert client.post(address, {"do": "withdraw"}).status_code == 302
    assert not Publication.objects.filter(book="kk-novel", format="rusmarc", withdrawn_at=None).exists()
    assert client.post(address, {"do": "withdraw"}).status_code == 404
    assert client.post(address, {"do": "publish"}).status_code == 302
    (live,) = Publication.objects.filter(book="kk-novel", format="rusmarc", withdrawn_at=None)
    assert float(live.agreement) >= 85
    with pytest.raises(services.PublishedAlready):
        services.publish(book="kk-novel", format="rusmarc", by=account("national"))
    with pytest.raises(services.NotAllowed):
        services.publish(book="kk-novel", format="rusmarc", by=account("trainer"))
    assert browse("trainer").post(address, {"do": "withdraw"}).status_code == 404
    verbs = list(AuditEvent.objects.filter(verb__startswith="task.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["task.withdrawn", "task.published"]


def test_the_shelf_costs_a_constant_number_of_queries(browse: Browse) -> None:
    client = browse("student")
    shown(client, "books")
    with CaptureQueriesContext(connection) as all_books:
        shown(client, "books")
    with CaptureQueriesContext(connection) as two_books:
        shown(client, "books", kind="serial")
    assert len(all_books) == len(two_books) <= 6


# --- rules and formats ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_page_in_three_languages(language: str, browse: Browse) -> None:
    client = browse("village")
    rules = list(checker.rules.registered())
    with translation.override(language):
        index = shown(client, "rules")
        for rule in rules:
            address = reverse("cataloguing:rule", args=[rule.code])
            assert address in index
            page = client.get(address)
            assert page.status_code == 200
            from django.utils.html import escape

            content = page.content.decode()
            assert escape(rule.title.text(language)) in content
            assert escape(rule.why.text(language).partition("{")[0].strip()) in content
            assert "{" not in content.split("<main", 1)[1].split("</main>")[0], rule.code
        assert client.get(reverse("cataloguing:rule", args=["no.such"])).status_code == 404


def test_rules_are_found_by_words_and_tags(browse: Browse) -> None:
    client = browse("village")
    with translation.override("ru"):
        assert reverse("cataloguing:rule", args=["charset.lookalike"]) in shown(client, "rules", q="латин")
        assert "rules/" not in shown(client, "rules", q="жжжжж").split("<main", 1)[1].split("<footer")[0].replace(
            'rules/">', ""
        )


@pytest.mark.parametrize("code", ["marc21", "unimarc", "rusmarc", "kazmarc"])
def test_a_format_is_read_field_by_field(code: str, browse: Browse) -> None:
    client = browse("village")
    profile = selectors.profile(code)
    page = shown(client, "formats", (code,))
    assert page.count("<tr") == len(profile.fields) + 1
    for tag in list(profile.fields)[::9]:
        assert shown(client, "field", (code, tag))
    assert client.get(reverse("cataloguing:field", args=[code, "ZZZ"])).status_code == 404
    assert client.get(reverse("cataloguing:formats", args=["nonsense"])).status_code == 404


# --- KAZMARC ---

ROW = {
    "tag": "971", "code": "", "name_kk": "Қазақстандық белгі", "name_ru": "", "name_en": "", "used": "on", "repeatable": "on", "values": "",
    "source": "Сынақ құжаты, 1-бет",
}  # fmt: skip


def test_the_national_library_writes_kazmarc_and_the_checker_follows(browse: Browse) -> None:
    client = browse("national")
    assert "971" not in selectors.profile("kazmarc").fields
    assert client.post(reverse("cataloguing:kazmarc_add"), ROW).status_code == 302
    assert (
        client.post(
            reverse("cataloguing:kazmarc_add"), {**ROW, "code": "a", "mandatory": "on", "name_kk": "Мәні"}
        ).status_code
        == 302
    )
    twice = client.post(reverse("cataloguing:kazmarc_add"), ROW)
    assert twice.status_code == 422 and "Profile row" not in twice.content.decode()
    assert "Profile" not in str(twice.context["form"].errors)
    field = selectors.profile("kazmarc").fields["971"]
    assert field.name.kk == "Қазақстандық белгі"
    assert field.subfields["a"].mandatory
    assert "971" not in selectors.profile("unimarc").fields  # only KAZMARC has it
    record = material.experts("kk-novel", "rusmarc")[0]
    from orken.cataloguing.record import data_field

    unknown = [
        one
        for one in checker.check(record.with_field(data_field("971", "  ", "bне")), selectors.profile("kazmarc"))
        if one.field == "971"
    ]
    assert {one.rule for one in unknown} >= {"complete.subfield"}
    assert "Қазақстандық белгі" in shown(browse("village"), "kazmarc")


def test_a_row_is_changed_once_by_whoever_saw_it_last(browse: Browse, account: Accounts) -> None:
    client = browse("national")
    client.post(reverse("cataloguing:kazmarc_add"), ROW)
    row = ProfileRow.objects.get()
    address = reverse("cataloguing:kazmarc_row", args=[row.pk])
    assert client.post(address, {**ROW, "name_ru": "Казахстанский признак", "revision": "1"}).status_code == 302
    late = client.post(address, {**ROW, "name_ru": "Другое", "revision": "1"})
    assert late.status_code == 422
    row.refresh_from_db()
    assert (row.name_ru, row.revision) == ("Казахстанский признак", 2)
    assert client.post(reverse("cataloguing:kazmarc_add"), ROW).status_code == 422  # there is one already
    (changed,) = AuditEvent.objects.filter(verb="kazmarc.row_changed")
    assert changed.after == {"name_ru": "Казахстанский признак"}
    assert client.post(reverse("cataloguing:kazmarc_remove", args=[row.pk])).status_code == 302
    assert not ProfileRow.objects.exists()
    assert AuditEvent.objects.get(verb="kazmarc.row_removed").before["name_ru"] == "Казахстанский признак"


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ""},
        {"tag": "2"},
        {"tag": "абв"},
        {"code": "xyz"},
        {"code": "ind1"},
        {"code": "ж"},
        {"code": "ind3", "values": "0"},
    ],
)
def test_a_row_without_source_or_with_a_false_place_is_refused(wrong: dict[str, str], browse: Browse) -> None:
    assert browse("national").post(reverse("cataloguing:kazmarc_add"), {**ROW, **wrong}).status_code == 422
    assert not ProfileRow.objects.exists()


def test_nobody_else_writes_kazmarc(browse: Browse, account: Accounts) -> None:
    browse("national").post(reverse("cataloguing:kazmarc_add"), ROW)
    row = ProfileRow.objects.get()
    for login in ("pavlodar", "administrator", "head", "trainer", "village"):
        client = browse(login)
        assert client.get(reverse("cataloguing:kazmarc")).status_code == 200
        assert client.post(reverse("cataloguing:kazmarc_add"), {**ROW, "tag": "972"}).status_code == 404
        assert client.post(reverse("cataloguing:kazmarc_row", args=[row.pk]), ROW).status_code == 404
        assert client.post(reverse("cataloguing:kazmarc_remove", args=[row.pk])).status_code == 404
        with pytest.raises(services.NotAllowed):
            services.remove_row(row=row, by=account(login))
    assert ProfileRow.objects.count() == 1
