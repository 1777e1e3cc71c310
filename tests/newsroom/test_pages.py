"""Pages of the newsroom: what everybody reads, and the desk."""

from __future__ import annotations

import io
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from orken.network.models import Unit
from orken.newsroom import services
from orken.newsroom.models import News, Picture, SitePage
from orken.newsroom.runs import Runs
from orken.newsroom.sources import registered
from orken.people.models import Account
from tests.newsroom.conftest import form_of

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
ATOM = "{http://www.w3.org/2005/Atom}"


def at(language: str, news: News, name: str = "article", *more: object) -> str:
    return f"/{language}" + reverse(f"newsroom:{name}", args=[news.pk, *more])[3:]


def photograph() -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (900, 600), "#164680").save(made, "JPEG")
    return SimpleUploadedFile("фото.jpg", made.getvalue(), content_type="image/jpeg")


def test_everybody_reads_it_in_three_languages(out: News, browse: Browse) -> None:
    assert out.shown is not None
    for language in ("kk", "ru", "en"):
        page = browse("").get(at(language, out))
        assert page.status_code == 200
        html = page.content.decode().replace("\u00a0", " ")
        assert out.shown.part("title", language) in html and out.shown.paragraphs(language)[0] in html
        assert f"/{language}/news/{out.pk}/card.png" in html and 'property="og:title"' in html


def test_a_language_that_is_lacking_says_so(story: News, browse: Browse, account: Callable[[str], Account]) -> None:
    story.refresh_from_db()
    by = account("pavlodar")
    services.write(
        news=story, texts={"title_en": "", "lead_en": "", "body_en": ""}, insisted="", by=by, revision=story.revision
    )
    services.send(news=story, by=by)
    services.approve(news=story, by=account("national"))
    html = browse("").get(at("en", story)).content.decode()
    assert "not written in your language yet. Here it is in Russian." in html and '<h1 lang="ru">' in html


def test_drafts_and_archives_are_not_read(story: News, browse: Browse, account: Callable[[str], Account]) -> None:
    assert browse("").get(at("kk", story)).status_code == 404
    services.send(news=story, by=account("pavlodar"))
    services.approve(news=story, by=account("national"))
    services.archive(news=story, reason="Ескірген", by=account("national"))
    assert browse("").get(at("kk", story)).status_code == 410
    assert at("kk", story) not in browse("").get("/kk/news/").content.decode()


def test_the_feed_of_each_language(out: News, browse: Browse) -> None:
    assert out.shown is not None
    for language in ("kk", "ru", "en"):
        for address in (f"/{language}/news/feed.atom", f"/news/feed.atom?lang={language}"):
            answer = browse("").get(address)
            assert answer["Content-Type"].startswith("application/atom+xml")
            titles = [
                one.findtext(f"{ATOM}title") for one in ElementTree.fromstring(answer.content).iter(f"{ATOM}entry")
            ]
            assert titles[0] == out.shown.part("title", language)


def test_the_card_is_a_picture(out: News, browse: Browse) -> None:
    answer = browse("").get(at("kk", out, "card"))
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630) and answer["Content-Type"] == "image/png"


def test_who_stands_at_whose_desk(story: News, browse: Browse) -> None:
    allowed = {
        "pavlodar": 200,
        "national": 200,
        "director": 200,
        "curator": 404,
        "head": 404,
        "village": 404,
        "registrar": 404,
    }
    assert {login: browse(login).get(at("kk", story, "piece")).status_code for login in allowed} == allowed
    assert browse("").get(at("kk", story, "piece")).status_code == 302
    for name in ("give_back", "approve", "archive", "correct"):
        assert browse("curator").get(at("kk", story, name)).status_code == 404


def test_a_contradiction_is_marked_on_the_page_and_closes_the_way(story: News, browse: Browse) -> None:
    client = browse("pavlodar")
    address = at("ru", story, "piece") + "?lang=ru"
    data = form_of(story)
    data["body_ru"] = data["body_ru"].replace("Шахметова", "Шайахметова")
    assert client.post(address, data).status_code == 302
    html = client.get(address).content.decode()
    assert '<mark class="tag stop">' in html and "Шайахметова</mark>" in html and "Шолпан Баяновна Шахметова" in html
    client.post(at("ru", story, "send"))
    story.refresh_from_db()
    assert story.state == News.State.DRAFT
    client.post(at("ru", story, "compose", "ru"), {"revision": story.revision})
    client.post(at("ru", story, "send"))
    story.refresh_from_db()
    assert story.state == News.State.REVIEW


def test_somebody_wrote_meanwhile(story: News, browse: Browse) -> None:
    client = browse("pavlodar")
    data = form_of(story)
    address = at("ru", story, "piece") + "?lang=ru"
    assert client.post(address, data | {"title_ru": "Первый"}).status_code == 302
    clash = client.post(address, data | {"title_ru": "Второй"})
    assert clash.status_code == 409 and "Второй" in clash.content.decode()
    story.refresh_from_db()
    assert story.current is not None and story.current.title_ru == "Первый"


def test_markup_in_news_is_harmless(story: News, browse: Browse, account: Callable[[str], Account]) -> None:
    data = form_of(story)
    data["title_ru"] = "<script>alert(1)</script>"
    browse("pavlodar").post(at("ru", story, "piece") + "?lang=ru", data)
    services.send(news=story, by=account("pavlodar"))
    services.approve(news=story, by=account("national"))
    for address in (at("ru", story), "/ru/news/", "/ru/", "/ru/news/feed.atom"):
        assert "<script>alert(1)" not in browse("").get(address).content.decode()


def test_pictures_are_told_in_words_and_seen_when_the_news_are_out(
    story: News, browse: Browse, account: Callable[[str], Account]
) -> None:
    client = browse("pavlodar")
    address = at("kk", story, "picture_add")
    assert client.post(address, {"picture": photograph()}).status_code == 422  # without words
    words = {"alt_kk": "Кездесуге қатысушылар", "caption_ru": "Участники"}
    assert client.post(address, {"picture": SimpleUploadedFile("x.jpg", b"<svg>"), **words}).status_code == 422
    assert client.post(address, {"picture": photograph(), **words}).status_code == 302
    picture = Picture.objects.get(news=story)
    seen = reverse("newsroom:picture", args=[picture.pk, "small"])
    assert browse("").get(seen).status_code == 404 and client.get(seen).status_code == 200
    assert client.post(at("kk", story, "picture_describe", picture.pk), {"alt_kk": "Залда"}).status_code == 302
    services.send(news=story, by=account("pavlodar"))
    services.approve(news=story, by=account("national"))
    answer = browse("").get(seen)
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).width == 640  # type: ignore[attr-defined]  # a file answer streams
    assert 'alt="Залда"' in browse("").get(at("kk", story)).content.decode()
    assert client.post(at("kk", story, "picture_remove", picture.pk)).status_code == 302
    assert browse("").get(seen).status_code == 404


def test_news_are_begun_from_a_run_and_only_from_ones_own(browse: Browse) -> None:
    client = browse("pavlodar")
    assert "run:PVL-2026-24" not in client.get("/kk/newsroom/new/?q=PVL-2026-24").content.decode()  # it has its news
    source = Runs().rows().filter(host__code="KZ-55-LIB").exclude(code="PVL-2026-24").first()
    assert source is not None
    made = client.post("/kk/newsroom/begin/", {"source": f"run:{source.code}"})
    news = News.objects.get(source=f"run:{source.code}")
    assert made.status_code == 302 and news.current is not None and news.current.title_kk
    assert client.post("/kk/newsroom/begin/", {"source": "run:NL-2026-10"}).status_code == 404
    for nonsense in ("", "run:", "run:none", "x:1"):
        assert client.post("/kk/newsroom/begin/", {"source": nonsense}).status_code == 404
    assert client.post(at("kk", news, "facts"), {"revision": news.revision}).status_code == 302
    assert client.get(at("kk", news, "drop")).status_code == 200
    assert client.post(at("kk", news, "drop")).status_code == 302 and not News.objects.filter(pk=news.pk).exists()


def test_a_day_that_is_over_is_no_day_to_appear(story: News, browse: Browse, account: Callable[[str], Account]) -> None:
    services.send(news=story, by=account("pavlodar"))
    client = browse("national")
    address = at("kk", story, "approve")
    assert client.post(address, {"day_day": "1", "day_month": "3", "day_year": "2021"}).status_code == 422
    assert client.post(address, {"hour": "9:00"}).status_code == 422
    assert client.post(address, {}).status_code == 302
    story.refresh_from_db()
    assert story.is_public


def test_a_correction_is_read_under_the_text(out: News, browse: Browse) -> None:
    client = browse("national")
    address = at("kk", out, "correct")
    assert client.get(address).status_code == 200
    assert out.shown is not None
    out.refresh_from_db()
    data = {
        name: getattr(out.shown, name)
        for name in (f"{part}_{code}" for part in ("title", "lead", "body") for code in ("kk", "ru", "en"))
    }
    assert client.post(address, data | {"revision": out.revision}).status_code == 422  # without a note
    assert (
        client.post(
            address, data | {"revision": out.revision, "lead_kk": "Жаңа абзац.", "note_kk": "Күні түзетілді"}
        ).status_code
        == 302
    )
    html = browse("").get(at("kk", out)).content.decode()
    assert "Күні түзетілді" in html and "Жаңа абзац." in html


def test_a_correction_is_held_against_the_facts_as_a_draft_is(out: News, browse: Browse) -> None:
    """A surname misprinted in a hurry does not go to readers; who knows better says why, and it stays with the news."""
    client, address = browse("national"), at("ru", out, "correct")
    out.refresh_from_db()
    assert out.shown is not None
    data = {f"{part}_{code}": out.shown.part(part, code) for part in ("title", "lead", "body") for code in ("kk", "ru", "en")}  # fmt: skip
    data |= {"body_ru": data["body_ru"].replace("Шагиева", "Шагимова"), "note_kk": "Тегі түзетілді", "revision": str(out.revision)}  # fmt: skip
    refused = client.post(address, data)
    html = refused.content.decode()
    assert refused.status_code == 422 and "Шагимова" in html and "Шагиева" in html
    out.refresh_from_db()
    assert out.shown.number == 1
    assert client.post(address, data | {"insisted": "Так в паспорте"}).status_code == 302
    out.refresh_from_db()
    assert out.shown is not None and out.shown.number == 2 and out.shown.insisted == "Так в паспорте"


def test_news_lead_to_what_they_tell_of(
    account: Callable[[str], Account], browse: Browse, country: Callable[[str], Unit]
) -> None:
    """From the news of a meeting its programme, people and recordings are one press away."""
    news = services.begin(source="meeting:PVL-2021-11", unit=country("KZ-55-LIB"), by=account("pavlodar"))
    if news.state == News.State.DRAFT:
        news = services.send(news=news, by=account("pavlodar"))
        news = services.approve(news=news, by=account("national"))
    assert 'href="/kk/run/PVL-2021-11/"' in browse("").get(at("kk", news)).content.decode()


def test_what_was_done_by_another_meanwhile_is_said_in_a_sentence(out: News, browse: Browse) -> None:
    said = browse("national").post(at("ru", out, "approve"), {}, follow=True).content.decode()
    assert "Сейчас это сделать нельзя. Состояние новости: опубликована." in said


def test_pages_of_the_site_are_changed_at_the_centre(browse: Browse) -> None:
    client = browse("national")
    address = "/kk/site/contacts/edit/"
    start = client.get(address).context["form"].initial
    assert client.post(address, start | {"body_kk": ""}).status_code == 422
    assert client.post(address, start | {"body_kk": "Жаңа мекенжай"}).status_code == 302
    assert SitePage.objects.get(slug="contacts").revision == 1
    assert "Жаңа мекенжай" in browse("").get("/kk/site/contacts/").content.decode()
    assert client.post(address, start).status_code == 409
    assert browse("").get("/kk/site/none/").status_code == 404


@pytest.mark.parametrize(
    ("login", "address"),
    [("", "list"), ("", "article"), ("pavlodar", "piece"), ("pavlodar", "desk"), ("national", "new")],
)
def test_pages_ask_the_database_fifteen_times_at_most(
    login: str, address: str, out: News, browse: Browse, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browse(login)
    where = reverse(f"newsroom:{address}", args=[out.pk] if address in ("article", "piece") else [])
    client.get(where)
    with django_assert_max_num_queries(15):
        assert client.get(where).status_code == 200


def test_facts_of_a_run_are_read_in_ten_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    run = Runs().rows().first()
    assert run is not None and {one.name for one in registered()} >= {"run", "handover"}
    with django_assert_max_num_queries(14):
        assert Runs().facts(run.code).title
