"""Public pages, desks, personas, health."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.jobs.models import Work
from orken.network.models import Appointment, Unit
from orken.people.models import Account
from orken.portal import selectors
from orken.portal.chain import CHAIN
from orken.portal.personas import PERSONAS
from orken.training import services as training
from orken.training.models import Applicant

Browse = Callable[[str], Client]


def test_the_home_page_shows_every_region_once_and_its_table(browse: Browse) -> None:
    page = browse("").get("/kk/").content.decode()
    for region in selectors.country_map().tiles:
        assert page.count(f'href="/kk/region/{region.unit.code}/"') == 2, "a tile and its line in the table"
    assert "Каталогтаушы мектебі" in page


def test_the_map_adds_up_to_the_register(country: object) -> None:
    tiles = selectors.country_map().tiles
    assert len(tiles) == 20
    assert len({(tile.row, tile.column) for tile in tiles}) == 20
    republican = 2  # the National and the National Academic Library stand under the country itself
    assert sum(tile.libraries for tile in tiles) + republican == selectors.network_figures().libraries
    assert {tile.shade for tile in tiles} <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize("number", range(1, len(CHAIN) + 1), ids=lambda n: CHAIN[n - 1].address)
def test_each_stop_of_the_chain_opens_to_whoever_does_it(number: int, browse: Browse) -> None:
    stop, client = CHAIN[number - 1], browse("head")
    answer = client.post("/kk/demo/", {"stop": str(number)}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0] == reverse(stop.address, args=stop.arguments)
    assert answer.wsgi_request.user.get_username() == stop.login
    assert client.get("/kk/demo/").content.decode().count('name="stop"') == len(CHAIN)


def test_a_stop_that_is_not_there_is_not_found(browse: Browse) -> None:
    for number in ("0", str(len(CHAIN) + 1), "-1", "one"):
        assert browse("").post("/kk/demo/", {"stop": number}).status_code == 404


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.login)
def test_each_persona_enters_by_one_click_and_every_step_of_her_tour_is_open_to_her(
    persona: object, browse: Browse
) -> None:
    from orken.portal.personas import Persona

    assert isinstance(persona, Persona)
    client = browse("")
    assert client.post("/kk/demo/", {"login": persona.login}).headers["Location"] == "/kk/desk/"
    desk = client.get("/kk/desk/").content.decode()
    assert str(persona.steps[0].text) in desk
    for number in (1, 2, 3):
        answer = client.get(reverse("portal:tour_step", args=[number]), follow=True)
        assert answer.status_code == 200, persona.steps[number - 1]
    assert client.get("/kk/desk/").content.decode().count('<li class="done"') == 3
    assert client.get(reverse("portal:tour_step", args=[4])).status_code == 404
    client.post(reverse("portal:tour_end"))
    assert str(persona.steps[0].text) not in client.get("/kk/desk/").content.decode()


def test_the_village_librarian_sees_who_helps_her(browse: Browse, account: Callable[[str], Account]) -> None:
    desk = browse("village").get("/kk/desk/").content.decode()
    assert "Сәуле Әбдірахманова" in desk
    assert "Ғалия Қасымова" in desk


def test_a_methodologist_counts_only_her_own(browse: Browse) -> None:
    page = browse("pavlodar").get("/kk/desk/")
    figures = {str(figure.name): figure.value for figure in page.context["desk"].figures}
    tile = next(tile for tile in selectors.country_map().tiles if tile.unit.code == "KZ-55")
    assert figures["Кітапханалар"] == tile.libraries


def test_health_tells_of_every_part(db: None) -> None:
    answer = Client().get("/health/")
    assert answer.status_code == 200
    assert {name: part["ok"] for name, part in answer.json().items() if name != "status"} == {
        "database": True,
        "queue": True,
        "storage": True,
    }


def test_health_is_unwell_when_work_waits_too_long(db: None) -> None:
    from datetime import timedelta

    from django.utils import timezone

    Work.objects.create(kind="x", lane="quick", title="x", created_at=timezone.now() - timedelta(hours=1))
    answer = Client().get("/health/")
    assert answer.status_code == 503
    assert answer.json()["queue"]["ok"] is False


def test_health_leaves_no_file_behind(db: None) -> None:
    Client().get("/health/")
    _folders, found = default_storage.listdir("health") if default_storage.exists("health") else ([], [])
    assert not found


@pytest.mark.parametrize("address", ["/kk/nothing/", "/kk/region/KZ-99/", "/kk/school/X/", "/kk/network/unit/%00/"])
def test_what_does_not_exist_is_told_with_a_way_on(address: str, browse: Browse) -> None:
    answer = browse("pavlodar").get(address)
    assert answer.status_code == 404
    assert "Мұнда ондай бет жоқ" in answer.content.decode()


@pytest.mark.parametrize("address", ["/kk/search/?q=%00", "/kk/network/?region=%00&q=x", "/kk/?%00=1"])
def test_a_null_character_in_a_question_is_a_broken_request(address: str, browse: Browse) -> None:
    answer = browse("pavlodar").get(address)
    assert answer.status_code == 400
    assert "Сұрау түсініксіз" in answer.content.decode()


def test_whoever_teaches_and_whoever_learns_finds_her_next_lessons_on_her_desk(
    browse: Browse, account: Callable[[str], Account]
) -> None:
    national, teacher, village = (account(login) for login in ("national", "trainer", "village"))
    day = timezone.localdate() + timedelta(3)
    run = training.open_run(
        code="DESK-1", kind="seminar", host=Unit.objects.get(code="NL"), capacity=3, by=national, title_kk="Семинар", form="onsite",
        languages=["kk"], starts_on=day, ends_on=day, apply_until=day,
    )  # fmt: skip
    begins = timezone.make_aware(datetime.combine(day, time(9)))
    session = training.add_session(
        run=run, by=national, starts_at=begins, ends_at=begins + timedelta(hours=1), title_kk="Менің сабағым",
        trainers=[teacher.person],
    )  # fmt: skip
    unit = Appointment.objects.at().get(person=village.person).unit
    training.apply(run=run, unit=unit, lines=[training.Line(village.person, unit)], by=village)
    assert "Менің сабағым" not in browse("village").get("/kk/desk/").content.decode()  # no seat yet
    training.accept(applicant=Applicant.objects.get(run=run), by=national)
    sheet = reverse("training:sheet", args=[run.code, session.pk])
    for login, teaches in (("trainer", True), ("village", False)):
        page = browse(login).get("/kk/desk/").content.decode()
        assert "Менің сабағым" in page and (sheet in page) is teaches
    training.cancel_session(session=session, by=national)
    assert "Менің сабағым" not in browse("trainer").get("/kk/desk/").content.decode()


def test_a_desk_without_libraries_shows_no_noughts(browse: Browse) -> None:
    page = browse("trainer").get("/kk/desk/").content.decode()
    assert "Бүгінгі желіңіз" not in page
    assert page.count("Тренер · ") == 1  # her role and her post bear one name
    assert "Бүгінгі желіңіз" in browse("pavlodar").get("/kk/desk/").content.decode()


def test_an_address_of_a_button_opened_by_hand_shows_the_way_back(browse: Browse) -> None:
    address = reverse("training:pass_on")
    answer = browse("national").get(address, HTTP_ACCEPT="text/html")
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert "тек батырма арқылы ашылады" in answer.content.decode() and 'href="/kk/"' in answer.content.decode()
    assert browse("national").get(address, HTTP_ACCEPT="application/json").content == b""
