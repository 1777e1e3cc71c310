"""The pages of programmes: catalogue, schema.org, search, writing without a script, constant queries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.competencies.models import Competency
from orken.curriculum import parts, services
from orken.curriculum.demo import schools
from orken.curriculum.demo.build import publish as publish_sample
from orken.curriculum.models import Module, Programme, ProgrammeVersion
from orken.network.models import Unit
from orken.people.models import Account

Browse = Callable[[str], Client]
Country = Callable[[str], Unit]


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def codes(html: str) -> list[str]:
    return re.findall(r'<p class="kind">([A-Z]+-\d+) ·', html)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("school=NL-CATALOGUER", ["CAT-72"]),
        ("region=KZ-55", ["PVL-01"]),
        ("language=en", []),
        ("form=blended", ["CAT-72", "VL-11"]),
        ("hours=day", ["VL-01", "VL-05", "VL-10"]),
        ("hours=week&form=onsite", ["PVL-01"]),
        ("hours=long", ["CAT-72", "CON-240", "CON-80", "VL-11"]),
        ("competency=G2", ["CON-240", "CON-80"]),
        ("q=КОНСЕРВАЦИЯЛАУ", ["CON-80"]),
        ("q=реставратор", ["CON-240"]),
    ],
)
def test_the_catalogue_is_filtered(query: str, expected: list[str], browse: Browse, country: Country) -> None:
    assert codes(page(browse(""), f"/kk/catalogue/?{query}")) == expected


def test_a_draft_is_in_nobody_s_catalogue(browse: Browse, country: Country) -> None:
    assert "VL-12" not in page(browse("national"), "/kk/catalogue/")
    page(browse("national"), "/kk/catalogue/VL-12/", 404)


def test_the_page_of_a_programme_speaks_schema_org(browse: Browse, country: Country) -> None:
    html = page(browse(""), "/ru/catalogue/CAT-72/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found
    data = json.loads(found[1])
    assert (data["@type"], data["courseCode"], data["timeRequired"]) == ("Course", "CAT-72", "PT3240M")
    assert data["name"] == "Библиотекарь-каталогизатор"
    assert [term["termCode"] for term in data["teaches"]] == ["C1", "C2", "C3", "C4", "C5"]
    assert data["provider"]["name"] == "Школа каталогизатора"


def test_a_title_cannot_break_out_of_the_data(
    country: Country, browse: Browse, account: Callable[[str], Account]
) -> None:
    programme = Programme.objects.get(code="PVL-01")
    draft = services.start_draft(programme=programme, by=account("pavlodar"))
    services.write(version=draft, fields={"title_kk": "</script><b>&"}, by=account("pavlodar"), revision=1)
    services.publish(programme=programme, note="", by=account("pavlodar"), revision=2)
    html = page(browse(""), "/kk/catalogue/PVL-01/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found and json.loads(found[1])["name"] == "</script><b>&"
    assert "</script><b>" not in html


def test_a_programme_is_found_in_three_languages_by_anybody(browse: Browse, country: Country) -> None:
    for language, word in (("kk", "каталогтаушы"), ("ru", "каталогизатора"), ("en", "cataloguer")):
        assert f"/{language}/catalogue/CAT-72/" in page(browse(""), f"/{language}/search/?q={word}")


def test_what_is_taken_out_is_not_found_any_more(
    browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    services.withdraw(programme=Programme.objects.get(code="CAT-72"), reason="x", by=account("curator"))
    assert "/catalogue/CAT-72/" not in page(browse(""), "/kk/search/?q=каталогтаушы")
    assert "CAT-72" not in page(browse(""), "/kk/catalogue/")


def test_upper_apps_draw_their_part_on_the_page(
    browse: Browse, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils.html import format_html
    from django.utils.safestring import SafeString

    monkeypatch.setattr(parts, "_parts", {})
    parts.register("runs", lambda request, version: format_html("<section>runs of {}</section>", version.pk), order=1)
    parts.register("nothing", lambda request, version: SafeString(), order=2)
    version = Programme.objects.get(code="CAT-72").published
    assert version is not None
    assert f"<section>runs of {version.pk}</section>" in page(browse(""), "/kk/catalogue/CAT-72/")


# --- queries ---


def queries(client: Client, address: str) -> int:
    client.get(address)  # caches of translations and sessions are warm afterwards
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page(client, address)
    return len(seen)


@pytest.mark.parametrize(
    ("login", "address", "most"),
    [("", "/kk/catalogue/", 10), ("", "/kk/catalogue/CAT-72/", 14), ("national", "/kk/programmes/", 15), ("curator", "/kk/programmes/CAT-72/", 25)],
)  # fmt: skip
def test_pages_ask_the_same_number_of_queries_at_any_size(
    login: str, address: str, most: int, browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    client = browse(login)
    before = queries(client, address)
    by = {row.code: row for row in Competency.objects.all()}
    for number in range(12):
        programme = Programme.objects.create(code=f"XX-{number:02}", unit=country("NL-CATALOGUER"))
        sample = schools.CATALOGUER
        publish_sample(programme, sample, by, number=1, at=programme.created_at, by=None, note="")
        services.start_draft(programme=programme, by=account("national"))
    draft = services.start_draft(programme=Programme.objects.get(code="CAT-72"), by=account("national"))
    for _ in range(9):
        fresh = ProgrammeVersion.objects.get(pk=draft.pk)
        services.add_module(version=fresh, fields={"title_kk": "Х", "lecture": 45}, by=account("national"), revision=fresh.revision)  # fmt: skip
    after = queries(client, address)
    assert after <= before + (1 if login == "national" else 0), (before, after)
    assert after <= most


# --- writing ---


def post(client: Client, address: str, answers: dict[str, Any], status: int = 302) -> str:
    response = client.post(address, answers)
    assert response.status_code == status, (response.status_code, response.content.decode()[-3000:])
    return response.content.decode()


def test_a_programme_is_written_from_nothing_to_the_catalogue(browse: Browse, country: Country) -> None:
    client = browse("pavlodar")
    post(
        client, "/kk/programmes/new/", {"unit": "KZ-55-LIB", "code": "PVL-07", "title_kk": "Жаңа", "title_ru": "Новая"}
    )
    home = "/kk/programmes/PVL-07/"
    assert "Модуль жоқ" in page(client, home)

    def revision() -> int:
        return ProgrammeVersion.objects.get(programme__code="PVL-07").revision

    part = f"{home}draft/part"
    post(
        client, f"{part}/titles/", {"title_kk": "Жаңа", "title_ru": "Новая", "summary_kk": "Х", "revision": revision()}
    )
    post(client, f"{part}/audience/", {"audience_kk": "Ауыл", "entry_kk": "Жоқ", "revision": revision()})
    post(client, f"{part}/study/", {"kind": "seminar", "form": "onsite", "release": "full", "languages": ["kk", "ru"], "days": 1, "final": "test", "revision": revision()})  # fmt: skip
    post(client, f"{part}/approval/", {"stated_hours": 8, "approval_number": "№ 5", "approved_on_day": "3", "approved_on_month": "2", "approved_on_year": "2026", "revision": revision()})  # fmt: skip
    post(
        client, f"{home}draft/module/", {"title_kk": "Бір", "lecture": "3,5", "practice": "2.5", "revision": revision()}
    )
    post(client, f"{home}draft/module/", {"title_kk": "Екі", "assessment": "1", "revision": revision()})
    post(
        client,
        f"{home}draft/outcome/",
        {"text_kk": "Жасайды", "competency": "D4", "level": "2", "revision": revision()},
    )
    html = post(client, f"{home}publish/", {"note": "", "revision": revision()}, 409)
    assert "Сағаттар сәйкес келмейді: модульдерде 7, бекітілген құжатта 8." in html
    module = Module.objects.get(version__programme__code="PVL-07", position=2)
    post(client, f"{home}draft/module/{module.pk}/", {"title_kk": "Екі", "assessment": "2", "revision": revision()})
    post(client, f"{home}publish/", {"note": "Бірінші", "revision": revision()})
    assert "Жаңа" in page(browse(""), "/kk/catalogue/PVL-07/")
    assert Module.objects.get(pk=module.pk).assessment == 90


def test_versions_are_compared_with_the_one_before_when_nobody_chose(browse: Browse, country: Country) -> None:
    def compared(query: str = "") -> list[str]:
        html = page(browse("national"), f"/kk/programmes/CAT-72/compare/{query}")
        return re.findall(r'<option value="(\d+)" selected>', html)

    assert compared() == ["1", "2"], "no draft is written: the two newest"
    assert compared("?old=2&new=1") == ["2", "1"]
    browse("national").post("/kk/programmes/CAT-72/draft/")
    assert compared() == ["2", "3"], "what is in the catalogue and the draft"


def test_two_at_one_draft_see_each_other_s_words(
    browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    draft = services.start_draft(programme=Programme.objects.get(code="CAT-72"), by=account("curator"))
    services.write(version=draft, fields={"title_en": "Hers"}, by=account("national"), revision=1)
    address = "/kk/programmes/CAT-72/draft/part/titles/"
    html = post(browse("curator"), address, {"title_kk": "Менікі", "title_en": "Mine", "revision": 1}, 409)
    assert "Hers" in html and "Mine" in html and 'value="2"' in html
    assert ProgrammeVersion.objects.get(pk=draft.pk).title_en == "Hers"
    post(browse("curator"), address, {"title_kk": "Менікі", "title_en": "Mine", "revision": 2})


def test_a_double_click_on_a_move_moves_once(
    browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    draft = services.start_draft(programme=Programme.objects.get(code="CAT-72"), by=account("curator"))
    modules = list(draft.modules.all())
    address = f"/kk/programmes/CAT-72/draft/module/{modules[0].pk}/move/"
    client = browse("curator")
    post(client, address, {"way": "down", "revision": 1})
    post(client, address, {"way": "down", "revision": 1})
    assert [module.pk for module in draft.modules.all()][:3] == [modules[1].pk, modules[0].pk, modules[2].pk]
    post(client, address, {"way": "sideways", "revision": 2}, 404)
    html = page(client, f"/kk/programmes/CAT-72/?moved=module-{modules[0].pk}-down")
    assert html.count("autofocus") == 1


@pytest.mark.parametrize("piece", ["module", "outcome"])
def test_taken_out_twice_says_that_it_is_out_and_keeps_the_way_back(
    piece: str, browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    draft = services.start_draft(programme=Programme.objects.get(code="CAT-72"), by=account("curator"))
    rows: Any = draft.modules if piece == "module" else draft.outcomes
    gone, client, many = rows.first(), browse("curator"), rows.count()
    address = f"/kk/programmes/CAT-72/draft/{piece}/{gone.pk}/remove/"
    post(client, address, {"revision": 1})
    post(client, address, {"revision": 1})
    html = page(client, "/kk/programmes/CAT-72/")
    assert "Бағдарлама жобасынан алынып қойған" in html and "/draft/restore/" in html
    post(client, f"/kk/programmes/CAT-72/draft/{piece}/{gone.pk}/move/", {"way": "up", "revision": 2})
    post(client, "/kk/programmes/CAT-72/draft/restore/", {})
    assert rows.count() == many


def test_what_was_taken_out_comes_back_with_undo(
    browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    draft = services.start_draft(programme=Programme.objects.get(code="CAT-72"), by=account("curator"))
    gone = draft.modules.get(position=7)
    client = browse("curator")
    post(client, f"/kk/programmes/CAT-72/draft/module/{gone.pk}/remove/", {"revision": 1})
    assert draft.modules.count() == 7
    post(client, "/kk/programmes/CAT-72/draft/restore/", {})
    back = draft.modules.get(key=gone.key)
    assert (back.title_kk, back.minutes, draft.modules.last()) == (gone.title_kk, gone.minutes, back)
    post(client, "/kk/programmes/CAT-72/draft/restore/", {})
    assert draft.modules.count() == 8


@pytest.mark.parametrize("tail", ["publish/", "draft/part/titles/", "draft/module/", "draft/outcome/", "draft/drop/"])
def test_whoever_comes_to_a_draft_that_went_meanwhile_is_told_so_on_the_page_of_the_programme(
    tail: str, browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    services.start_draft(programme=Programme.objects.get(code="CAT-72"), by=account("curator"))
    services.drop_draft(programme=Programme.objects.get(code="CAT-72"), by=account("national"))
    client, address = browse("curator"), f"/kk/programmes/CAT-72/{tail}"
    for answer in (client.get(address, follow=True), client.post(address, {"revision": 1, "note": "x"}, follow=True)):
        assert answer.status_code == 200 and answer.redirect_chain == [("/kk/programmes/CAT-72/", 302)]
        assert "жоба жарияланып немесе жойылып кеткен" in answer.content.decode()
    assert browse("village").get(address).status_code == 404  # to others it says nothing


def test_a_draft_that_stands_is_not_thrown_away_for_an_older_version_unasked(
    browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    programme = Programme.objects.get(code="CAT-72")
    draft, client = services.start_draft(programme=programme, by=account("national")), browse("curator")
    address = f"/ru/programmes/CAT-72/version/{draft.number - 1}/take/"
    for page in (client.get(address), client.post(address)):
        words = page.content.decode()
        assert page.status_code == 200 and "не вернуть" in words and str(account("national")) in words
    assert programme.versions.filter(pk=draft.pk).exists()
    client.post(address, {"draft": draft.number})
    assert not programme.versions.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("login", ["pavlodar", "trainer", "registrar", "village", ""])
def test_nobody_else_writes_by_a_forged_post(
    login: str, browse: Browse, country: Country, account: Callable[[str], Account]
) -> None:
    draft = services.start_draft(programme=Programme.objects.get(code="CAT-72"), by=account("curator"))
    module, outcome = draft.modules.first(), draft.outcomes.first()
    assert module is not None and outcome is not None
    client = browse(login)
    for name, arguments in {
        "start": ("CAT-72",), "drop": ("CAT-72",), "part": ("CAT-72", "titles"), "module_new": ("CAT-72",),
        "module": ("CAT-72", module.pk), "module_move": ("CAT-72", module.pk), "module_remove": ("CAT-72", module.pk),
        "outcome_new": ("CAT-72",), "outcome": ("CAT-72", outcome.pk), "outcome_move": ("CAT-72", outcome.pk),
        "outcome_remove": ("CAT-72", outcome.pk), "restore": ("CAT-72",), "publish": ("CAT-72",),
        "withdraw": ("CAT-72",), "return": ("CAT-72", 1), "take": ("CAT-72", 1),
    }.items():  # fmt: skip
        address = reverse(f"curriculum:{name}", args=arguments)
        answers = {"revision": draft.revision, "way": "down", "reason": "x", "title_kk": "Х", "note": ""}
        response = client.post(address, answers)
        assert response.status_code in ((302,) if login == "" else (404,)), (name, response.status_code)
        if login == "":
            assert "/account/" in response["location"]
    fresh = Programme.objects.get(code="CAT-72")
    assert fresh.draft_id == draft.pk and ProgrammeVersion.objects.get(pk=draft.pk).revision == 1


def test_a_programme_is_found_by_its_english_title_in_both_lists(browse: Browse) -> None:
    for name in ("catalogue", "programmes"):
        page = browse("national").get(reverse(f"curriculum:{name}"), {"q": "librarian-CATALOGUER"}).content.decode()
        assert "CAT-72" in page and "CON-80" not in page, name
