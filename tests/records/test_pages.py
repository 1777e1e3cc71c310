"""The pages of papers: the register, one paper from draft to hand-over, the words of an issuer."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from orken.kit.pdf import rendering as pdf
from orken.people.models import Account
from orken.records import numbers, register_paper
from orken.records.models import Delivery, Paper, Series, TemplateVersion
from orken.training.models import Applicant, Run
from orken.training.papers import services as run_papers
from tests.records.conftest import Country, scan

Browse = Callable[[str], Client]
RUN, CANCELLED = "NL-2026-38", "NL-2026-40"
MOST = 15


@pytest.fixture
def run(country: Country) -> Run:
    return Run.objects.select_related("host").get(code=RUN, host__path__startswith=country("NL").path)


def parts(day: object) -> dict[str, str]:
    on = timezone.localdate()
    return {"on_day": str(on.day), "on_month": str(on.month), "on_year": str(on.year)}


def test_from_the_run_to_the_journal(browse: Browse, run: Run, account: Callable[[str], Account]) -> None:
    """The organiser prepares, the registrar numbers, enters the signature and hands over."""
    national, registrar = browse("national"), browse("registrar")
    new = reverse("training:new_paper", args=[RUN, "order.enrol"])
    refused = national.post(new, {"basis_kk": "Жоспар"})
    assert refused.status_code == 422 and "Екі тілде де" in refused.content.decode()
    made = national.post(new, {"basis_kk": "Жоспар", "basis_ru": "План"})
    paper = Paper.objects.get(source=f"training.run:{RUN}", state="draft")
    assert made.status_code == 302 and made.headers["Location"] == paper.get_absolute_url()
    assert national.get(reverse("records:file", args=[paper.pk])).content.startswith(b"%PDF")
    edit = reverse("training:edit_paper", args=[RUN, paper.pk])
    assert national.get(edit).status_code == 200
    assert national.post(edit, {"basis_kk": "Басқа жоспар", "basis_ru": "Другой план"}).status_code == 302

    register = reverse("records:register", args=[paper.pk])
    assert registrar.get(register).status_code == 200
    assert registrar.post(register, {**parts(None), "on_year": "2100", "signatory": "0"}).status_code == 422
    assert registrar.post(register, {**parts(None), "signatory": "1"}).status_code == 302
    paper.refresh_from_db()
    assert paper.state == "registered" and paper.data["basis"]["kk"] == "Басқа жоспар"
    assert paper.data["signatories"][0]["post"]["kk"] == "Директордың орынбасары"
    copy = registrar.get(reverse("records:word", args=[paper.pk]))
    assert Document(BytesIO(copy.content)).tables

    sign = reverse("records:sign", args=[paper.pk])
    wrong = {"signatory_kk": "Директор", "signatory_ru": "Директор", **parts(None)}
    assert registrar.post(sign, wrong).status_code == 422
    bad = SimpleUploadedFile("a.pdf", b"<html></html>")
    assert registrar.post(sign, {**wrong, "scan": bad}).status_code == 422
    assert registrar.post(reverse("records:sign_electronically", args=[paper.pk]), {"signature": SimpleUploadedFile("a.p7s", b"0")}).status_code == 422  # fmt: skip
    assert registrar.post(sign, {**wrong, "scan": scan()}).status_code == 302
    assert registrar.get(reverse("records:signed_file", args=[paper.pk])).status_code == 302
    for closed in ("sign", "spoil"):
        assert registrar.get(reverse(f"records:{closed}", args=[paper.pk])).status_code == 302, "it is in force"

    handed = {"to": "Асем Оразбаева", "way": "hand", "note": "", **parts(None)}
    assert registrar.post(reverse("records:hand_over", args=[paper.pk]), handed).status_code == 302
    line = Delivery.objects.get(paper=paper)
    strike = reverse("records:strike", args=[paper.pk, line.pk])
    assert (
        registrar.get(strike).status_code == 200 and registrar.post(strike, {"reason": "Басқа адам"}).status_code == 302
    )
    told = registrar.get(paper.get_absolute_url()).content.decode()
    assert "<s>Асем Оразбаева</s>" in told and "Басқа адам" in told


def test_a_wrong_year_and_a_button_pressed_twice(browse: Browse, run: Run, account: Callable[[str], Account]) -> None:
    registrar = browse("registrar")
    paper = run_papers.prepare(run=run, kind="order.enrol", answers={}, by=account("national"))
    register = reverse("records:register", args=[paper.pk])
    for year in ("1926", "1800", "2016", "2126"):
        answer = registrar.post(register, {**parts(None), "on_year": year, "signatory": "0"})
        assert answer.status_code == 422 and "Paper object" not in answer.content.decode(), year
    pressed = [registrar.post(register, {**parts(None), "signatory": "0"}) for _press in range(2)]
    assert [answer.headers["Location"] for answer in pressed] == [paper.get_absolute_url()] * 2
    assert registrar.get(register).status_code == 302
    paper.refresh_from_db()
    name = registrar.get(reverse("records:file", args=[paper.pk])).headers["Content-Disposition"]
    assert name.startswith("inline; filename*=utf-8''") and unquote(name).endswith(
        f"{paper.code.replace('/', '-')}.pdf"
    )
    saved = registrar.get(reverse("records:word", args=[paper.pk])).headers["Content-Disposition"]
    assert unquote(saved).endswith(f"{paper.code.replace('/', '-')}.docx")
    registrar.post(reverse("records:sign", args=[paper.pk]), {"signatory_kk": "Д", "signatory_ru": "Д", "scan": scan(), **parts(None)})  # fmt: skip
    hand = reverse("records:hand_over", args=[paper.pk])
    handed = {"to": "Асем Оразбаева", "way": "hand", "note": "", **parts(None)}
    assert registrar.post(hand, {**handed, "on_year": "2126"}).status_code == 422
    assert [registrar.post(hand, handed).status_code for _press in range(2)] == [302, 302]
    assert Delivery.objects.filter(paper=paper).count() == 1
    Delivery.objects.filter(paper=paper).update(struck_at=timezone.now(), struck_because="Басқа адам")
    assert registrar.post(hand, handed).status_code == 302 and Delivery.objects.filter(paper=paper).count() == 2


def test_the_register_is_searched_in_small_letters_and_capitals(browse: Browse, run: Run) -> None:
    client = browse("registrar")
    for typed in ("1-б/2026", "О ПРОВЕДЕНИИ", "өткізу", "семинар"):
        assert "1-Б/2026" in client.get("/kk/papers/", {"q": typed}).content.decode(), typed


def test_who_only_prepares_sees_no_button_to_number(browse: Browse, run: Run, country: Country) -> None:
    draft = Paper.objects.get(kind="order.cancel")
    Paper.objects.filter(pk=draft.pk).update(unit=country("NL-CATALOGUER"))
    curator = browse("curator")
    address = reverse("records:register", args=[draft.pk])
    page = curator.get(draft.get_absolute_url()).content.decode()
    assert address not in page and reverse("records:drop", args=[draft.pk]) in page
    assert curator.get(address).status_code == 404


def test_a_registered_paper_is_spoiled_with_its_reason_and_a_draft_is_thrown_away(browse: Browse, run: Run) -> None:
    registrar = browse("registrar")
    paper = Paper.objects.get(source=f"training.run:{RUN}", kind="order.enrol")
    spoil = reverse("records:spoil", args=[paper.pk])
    assert registrar.post(spoil, {"reason": " "}).status_code == 422
    assert registrar.post(spoil, {"reason": "Аты қате"}).status_code == 302
    assert "Аты қате" in registrar.get(paper.get_absolute_url()).content.decode()
    draft = Paper.objects.get(kind="order.cancel")
    assert browse("head").post(reverse("records:drop", args=[draft.pk])).status_code == 404
    assert registrar.post(reverse("records:drop", args=[draft.pk])).status_code == 302
    assert not Paper.objects.filter(pk=draft.pk).exists()


def test_a_cancelled_run_shows_which_orders_still_stand(browse: Browse, run: Run) -> None:
    national = browse("national")
    order = Paper.objects.get(source=f"training.run:{CANCELLED}", kind="order.conduct")
    page = national.get(order.get_absolute_url()).content.decode()
    assert "Тренердің ауыруына" in page
    run_page = reverse("training:run_papers", args=[CANCELLED])
    assert reverse("training:new_paper", args=[CANCELLED, "order.enrol"]) not in national.get(run_page).content.decode()
    Paper.objects.get(kind="order.cancel").delete()
    warned = national.get(run_page).content.decode()
    assert reverse("training:new_paper", args=[CANCELLED, "order.cancel"]) in warned and order.code in warned
    form = national.get(reverse("training:new_paper", args=[CANCELLED, "order.cancel"])).content.decode()
    assert f'value="{order.pk}"' in form and "checked" in form, "the orders that still stand are chosen already"


def test_a_paper_of_another_region_does_not_exist(browse: Browse, run: Run) -> None:
    paper = Paper.objects.get(source=f"training.run:{RUN}", kind="order.trip")
    stranger = browse("pavlodar")
    for name in ("paper", "file", "word", "signed_file", "register", "sign", "sign_electronically", "spoil"):
        assert stranger.get(reverse(f"records:{name}", args=[paper.pk])).status_code == 404, name
    assert browse("").get(paper.get_absolute_url()).status_code == 302


def test_a_head_prints_the_referral_of_her_applicant(
    browse: Browse, account: Callable[[str], Account], run: Run
) -> None:
    head = browse("head")
    post = account("head").person.appointments.live().select_related("unit").first()
    applicant = Applicant.objects.filter(state__in=Applicant.LIVE, person__isnull=False, run__state="tentative").first()
    assert applicant is not None and post is not None
    Applicant.objects.filter(pk=applicant.pk).update(unit=post.unit)
    refer = reverse("training:refer", args=[applicant.pk])
    assert refer in head.get(reverse("training:applicant", args=[applicant.pk])).content.decode()
    assert head.post(refer, {"pays_kk": "кітапхана", "pays_ru": "библиотека"}).status_code == 302
    paper = Paper.objects.get(kind="referral")
    assert head.get(reverse("training:edit_referral", args=[applicant.pk, paper.pk])).status_code == 200
    assert head.post(reverse("records:register", args=[paper.pk]), {**parts(None), "signatory": "0"}).status_code == 302
    assert f"№ 1-Ж/{timezone.localdate().year}" in head.get(refer).content.decode()
    assert browse("curator").get(refer).status_code == 404


def test_the_words_of_an_issuer_are_written_in_versions_and_papers_keep_theirs(
    browse: Browse, run: Run, country: Country
) -> None:
    registrar = browse("registrar")
    assert browse("curator").get(reverse("records:issuers")).status_code == 404
    assert registrar.get(reverse("records:issuers") + "?issuer=NL").status_code == 200
    words = reverse("records:words", args=["NL", "order.conduct"])
    assert registrar.get(words).status_code == 200
    said = {
        "seen": "0",
        "preamble_kk": "Жоспарға сәйкес",
        "preamble_ru": "В соответствии с планом",
        "closing_kk": "",
        "closing_ru": "",
    }
    assert registrar.post(words, {**said, "preamble_ru": ""}).status_code == 422
    shown = registrar.post(words, {**said, "do": "preview"})
    assert shown.headers["Content-Type"] == "application/pdf" and not TemplateVersion.objects.filter(template__kind="order.conduct")  # fmt: skip
    assert registrar.post(words, said).status_code == 302
    assert registrar.post(words, {**said, "preamble_kk": "Кеш"}).status_code == 409, "somebody wrote meanwhile"
    assert registrar.post(words, {**said, "seen": "1", "preamble_kk": "Басқа"}).status_code == 302
    assert registrar.post(reverse("records:restore", args=["NL", "order.conduct", 1])).status_code == 302
    third = TemplateVersion.objects.get(template__kind="order.conduct", number=3)
    assert third.words["preamble_kk"] == "Жоспарға сәйкес"
    paper = run_papers.prepare(run=run, kind="order.conduct", answers={}, by=None)
    assert (
        registrar.post(reverse("records:register", args=[paper.pk]), {**parts(None), "signatory": "0"}).status_code
        == 302
    )
    paper.refresh_from_db()
    assert paper.words == third and paper.data["preamble"]["kk"] == "Жоспарға сәйкес"
    letterhead = registrar.get(reverse("records:words", args=["NL", "letterhead"])).content.decode()
    assert "Қ. Мұратбеков" in letterhead


def test_the_register_on_paper_has_every_number_spoiled_ones_too(browse: Browse, run: Run, country: Country) -> None:
    registrar = browse("registrar")
    series = Series.objects.get(issuer=country("KZ-55-LIB"), code="order")
    numbers.skip(issuer=series.issuer, series="order", year=series.year, reason="Бланк жыртылды", by=None, for_kind="order.enrol")  # fmt: skip
    data = register_paper.data_of(series)
    rows = data["lines"]["rows"]
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert rows[-1][4] == "Бланк жыртылды" and sum("бүлінген" in str(row[4]) for row in rows) >= 1
    assert registrar.get(reverse("records:printed_register", args=[series.pk])).content.startswith(b"%PDF")
    assert browse("curator").get(reverse("records:printed_register", args=[series.pk])).status_code == 404


def test_the_last_row_of_a_register_has_its_head_where_it_goes_over_to_a_new_sheet(country: Country) -> None:
    """It goes along with the signature, so that nobody signs an empty sheet; alone on it, it would be figures without names."""
    data = register_paper.data_of(Series.objects.get(issuer=country("KZ-55-LIB"), code="order"))
    row, heads = ["7", "7-Б/2026", "", "Тақырып", "", ""], set()
    for many in range(15, 32):
        rows = {**data, "lines": {**data["lines"], "rows": [row] * many}}
        sheets = pypdfium2.PdfDocument(
            pdf.render(register_paper.TEMPLATE, rows, made_at=timezone.now().replace(microsecond=0))
        )
        for sheet in sheets:
            text = sheet.get_textpage().get_text_bounded()
            assert text.count("О чём") == (1 if "7-Б/2026" in text else 0), many
        heads.add((len(sheets), "7-Б/2026" in text and text.count("7-Б/2026") == 1))
        sheets.close()
    assert (2, True) in heads, "one of them goes over alone"


def test_a_persons_page_shows_the_papers_that_name_her_to_whoever_may_see_them(browse: Browse, run: Run) -> None:
    order = Paper.objects.get(source="training.run:PVL-2026-30", kind="order.enrol", state="signed")
    named = order.named.select_related("person").first()
    assert named is not None
    page = reverse("network:person", args=[named.person_id])
    assert order.get_absolute_url() in browse("pavlodar").get(page).content.decode()
    Paper.objects.filter(pk=order.pk).update(unit=run.host)
    assert order.get_absolute_url() not in browse("pavlodar").get(page).content.decode()


def test_no_page_asks_more_than_fifteen_times(browse: Browse, run: Run) -> None:
    registrar = browse("registrar")
    registrar.get(reverse("records:papers"))  # signed in, menus read
    one = Paper.objects.get(source=f"training.run:{RUN}", kind="order.conduct")
    waiting = Paper.objects.get(source=f"training.run:{RUN}", kind="order.enrol")
    draft = Paper.objects.get(kind="order.cancel")
    cancelled = Paper.objects.get(source=f"training.run:{CANCELLED}", kind="order.conduct")
    pages = {
        "register": reverse("records:papers"), "paper": one.get_absolute_url(), "draft": draft.get_absolute_url(),
        "cancelled": cancelled.get_absolute_url(), "number": reverse("records:register", args=[draft.pk]),
        "sign": reverse("records:sign", args=[waiting.pk]), "run": reverse("training:run_papers", args=[RUN]),
        "new": reverse("training:new_paper", args=[RUN, "order.commission"]), "issuers": reverse("records:issuers") + "?issuer=NL",
        "words": reverse("records:words", args=["NL", "letterhead"]),
    }  # fmt: skip
    asked = {}
    for name, address in pages.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert registrar.get(address).status_code == 200, name
        asked[name] = len(queries)
    assert max(asked.values()) <= MOST, asked
