"""The pages of the sheet, without script: what they show, what their forms write, who gets them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from orken.kit.pdf import rendering as pdf
from orken.training.attendance import door, paper, selectors
from orken.training.models import Enrolment, Mark, PaperSheet, Run, Session, WalkIn
from tests.training.attendance.conftest import Held
from tests.training.conftest import Accounts

Making = Callable[..., Held]
Browse = Callable[[str], Client]


def address(name: str, made: Held, *more: object) -> str:
    return reverse(f"training:{name}", args=[made.run.code, *more])


@pytest.fixture
def trainer(browse: Browse) -> Client:
    return browse("trainer")


def test_the_grid_shows_people_by_sessions_and_what_each_has(held: Making, trainer: Client) -> None:
    made = held()
    made.write("present")
    made.write("late", minutes=45, place=1)
    page = trainer.get(address("attendance", made)).content.decode()
    assert 'data-s="present"' in page and ">+45</td>" in page
    assert made.seats[0].person.full_name() in page
    assert page.count("<td aria-label=") == 7  # three people, three sessions, two marks


def test_a_name_cannot_become_a_tag(held: Making, trainer: Client) -> None:
    made = held()
    WalkIn.objects.create(run=made.run, name="<script>x</script>", library='"><b>')
    for page in (address("attendance", made), address("sheet", made, made.sessions[0].pk)):
        assert "<script>x" not in trainer.get(page).content.decode()


def test_the_pages_ask_no_more_for_more_people(
    held: Making, trainer: Client, django_assert_max_num_queries: Any
) -> None:
    one, three = held("HELD-1", 1), held("HELD-3", 3)
    counted = []
    for made in (one, three):
        trainer.get(address("attendance", made))
        with django_assert_max_num_queries(30) as found:
            trainer.get(address("attendance", made))
        counted.append(len(found))
    assert counted[0] == counted[1]


def form_of(made: Held, **answers: str) -> dict[str, str]:
    """What the page sends for a sheet on which nothing stood."""
    return {f"{prefix}-{seat}": value for seat, given in answers.items() for prefix, value in zip("sn", given.split(":"), strict=False)}  # fmt: skip


def test_the_form_without_script_writes_every_answered_row(held: Making, trainer: Client) -> None:
    made = held()
    where = address("sheet", made, made.sessions[0].pk)
    answers = form_of(made, **{made.who(0): "present", made.who(1): "late:30"})
    assert trainer.post(where, answers).status_code == 302
    assert [made.standing(n) and made.standing(n).state for n in range(3)] == ["present", "late", None]  # type: ignore[union-attr]
    assert trainer.post(where, {"rest": "1"}).status_code == 302
    standing = made.standing(2)
    assert standing is not None and standing.state == "present"


def test_a_change_without_its_reason_comes_back_with_the_answer_kept(held: Making, trainer: Client) -> None:
    made = held()
    first = made.write("absent").mark
    assert first is not None
    where, who = address("sheet", made, made.sessions[0].pk), made.who()
    answers = {f"s-{who}": "late", f"n-{who}": "20", f"b-{who}": str(first.pk), f"w-{who}": "absent"}
    answer = trainer.post(where, answers)
    assert answer.status_code == 422 and re.search(rf'name="s-{who}" value="late" checked', answer.content.decode())
    assert trainer.post(where, {**answers, "reason": "Кейін келді"}).status_code == 302
    standing = made.standing()
    assert standing is not None and (standing.state, standing.minutes) == ("late", 20)


def test_a_form_that_has_not_seen_what_stands_overwrites_nothing(
    held: Making, trainer: Client, account: Accounts
) -> None:
    made = held()
    where, who = address("sheet", made, made.sessions[0].pk), made.who()
    made.write("absent", by=account("national"))  # after the trainer opened her page
    page = trainer.post(where, {f"s-{who}": "present", f"b-{who}": "", f"w-{who}": ""}, follow=True).content.decode()
    standing = made.standing()
    assert standing is not None and standing.state == "absent"
    (found,) = selectors.differences(made.run)
    assert found.aside.state == "present" and page
    decide = address("settle", made, found.aside.pk)
    assert trainer.post(decide, {"take": "1", "reason": ""}).status_code == 422
    assert trainer.post(decide, {"take": "1", "reason": "Өзім көрдім"}).status_code == 302
    assert trainer.get(decide).status_code == 302  # decided already


def test_who_walks_in_is_put_on_the_sheet_present(held: Making, trainer: Client) -> None:
    made = held()
    where = address("walk_in", made, made.sessions[0].pk)
    assert trainer.post(where, {"name": ""}).status_code == 422
    assert trainer.post(where, {"name": "Сейтқали Гүлнәр", "library": "Ақсу"}).status_code == 302
    guest = WalkIn.objects.get(run=made.run)
    assert Mark.objects.get(walk_in=guest).state == "present"
    history = trainer.get(address("mark_history", made, made.sessions[0].pk, f"w{guest.uid}")).content.decode()
    assert "Сейтқали Гүлнәр" in history


@pytest.mark.parametrize("login", ["village", "pavlodar", "curator"])
def test_for_others_the_sheet_does_not_exist(held: Making, browse: Browse, login: str) -> None:
    made, client = held(), browse(login)
    pk = made.sessions[0].pk
    for where in (
        address("attendance", made), address("sheet", made, pk), address("at_the_door", made, pk), address("papers", made),
        address("mark_history", made, pk, made.who()),
    ):  # fmt: skip
        assert client.get(where).status_code == 404, where
    assert client.post(address("sheet", made, pk), {"rest": "1"}).status_code == 404
    assert client.post(address("walk_in", made, pk), {"name": "х"}).status_code == 404
    assert not Mark.objects.filter(session__run=made.run).exists()


@pytest.mark.parametrize("who", ["e0", "e999999999999999999999", "wx", "x", "w00000000-0000-0000-0000-000000000000"])
def test_nobodys_history_is_not_found(held: Making, trainer: Client, who: str) -> None:
    made = held()
    assert trainer.get(address("mark_history", made, made.sessions[0].pk, who)).status_code == 404


def test_a_session_to_come_says_so_and_takes_nothing(held: Making, trainer: Client) -> None:
    made = held()
    where = address("sheet", made, made.sessions[2].pk)
    assert "data-sheet" not in trainer.get(where).content.decode()
    assert trainer.post(where, {"rest": "1"}).status_code == 422


# --- paper ---


def test_a_printed_sheet_keeps_its_number_and_rows_and_is_keyed_in_by_row(held: Making, trainer: Client) -> None:
    made = held()
    answer = trainer.post(address("papers", made), {"session": made.sessions[0].pk, "blank": 2})
    assert answer.status_code == 302
    sheet = PaperSheet.objects.get(run=made.run)
    assert (sheet.number, str(sheet), len(sheet.rows)) == (1, f"{made.run.code}/1", 3)
    data = paper.data_of(sheet, "http://localhost/")
    assert pdf.text_of(paper.TEMPLATE, data, "<number>") == [str(sheet)]
    names = pdf.text_of(paper.TEMPLATE, data, "<row>")
    assert names[3:] == ["", ""] and set(names[:3]) == {seat.person.full_name() for seat in made.seats}
    with translation.override("ru"):
        assert paper.drawn(sheet, "http://localhost/").startswith(b"%PDF")
    assert trainer.get(address("paper_file", made, 1))["Content-Type"] == "application/pdf"
    where = address("paper", made, 1)
    assert trainer.post(where, {f"s-{made.who(1)}": "absent"}).status_code == 302
    standing = made.standing(1)
    assert standing is not None and (standing.source, standing.sheet) == ("paper", sheet)
    trainer.post(where, {"rest": "1"})
    others = [made.standing(place) for place in (0, 2)]
    assert [(one.state, one.sheet) for one in others if one] == [("present", sheet)] * 2, "all who signed, by one press"
    trainer.post(address("papers", made), {"session": made.sessions[1].pk, "blank": 0})
    assert PaperSheet.objects.filter(run=made.run).count() == 2


def test_a_session_is_chosen_by_its_day_and_the_next_one_stands_first(held: Making, trainer: Client) -> None:
    made = held()
    Session.objects.filter(run=made.run).update(title_kk="Сабақ")
    form = trainer.get(address("papers", made)).context["form"]
    labels = [str(label) for _value, label in form["session"].field.choices]
    assert len(set(labels)) == len(labels) == 3 and all(
        ", 09:00 · Сабақ" in one or ", 11:00 · Сабақ" in one for one in labels
    )
    assert form["session"].value() == made.sessions[2].pk


def test_who_wrote_herself_into_an_empty_row_is_keyed_in_from_the_paper(held: Making, trainer: Client) -> None:
    made = held()
    trainer.post(address("papers", made), {"session": made.sessions[0].pk, "blank": 2})
    where = address("paper", made, 1)
    given = {"name": "Сейтқали Гүлнәр", "library": "Ақсу", "paper": "1"}
    answer = trainer.post(address("walk_in", made, made.sessions[0].pk), given)
    assert answer.status_code == 302 and answer["Location"] == where
    mark = Mark.objects.get(session=made.sessions[0], walk_in__isnull=False)
    assert (mark.source, mark.sheet, mark.state) == ("paper", PaperSheet.objects.get(run=made.run), "present")
    assert "Сейтқали Гүлнәр" in trainer.get(where).content.decode()
    # A number of another session, or none: she is on the sheet all the same.
    for number in ("7", "x", "9" * 30):
        trainer.post(address("walk_in", made, made.sessions[1].pk), {**given, "paper": number})
    assert Mark.objects.filter(session=made.sessions[1], source="page").count() == 3


def test_the_photograph_of_the_sheet_is_kept_and_a_page_is_no_photograph(held: Making, trainer: Client) -> None:
    made = held()
    trainer.post(address("papers", made), {"session": made.sessions[0].pk, "blank": 0})
    where = address("photograph", made, 1)
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    page = SimpleUploadedFile("x.png", b"<html><script>1</script></html>", "image/png")
    assert trainer.post(where, {"photograph": page}).status_code == 422
    assert trainer.post(where, {"photograph": SimpleUploadedFile("x.png", picture.getvalue())}).status_code == 302
    sheet = PaperSheet.objects.get(run=made.run)
    assert sheet.photograph is not None and sheet.photograph.media_type == "image/png"
    assert '<img src="/files/' in trainer.get(address("paper", made, 1)).content.decode(), "beside the rows"


# --- the door ---


@pytest.fixture
def now_at(held: Making, country: Callable[[str], Any], account: Accounts) -> Held:
    """The first session is being held now; the village librarian has a seat."""
    made = held()
    now = timezone.now()
    Session.objects.filter(pk=made.sessions[0].pk).update(
        starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(minutes=85)
    )
    Enrolment.objects.filter(pk=made.seats[0].pk).update(person=account("village").person)
    made.sessions[0].refresh_from_db()
    return made


def test_she_scans_the_code_and_marks_herself_once(now_at: Held, browse: Browse, trainer: Client) -> None:
    session = now_at.sessions[0]
    shown = trainer.get(address("at_the_door", now_at, session.pk)).content.decode()
    assert "<svg" in shown
    where = reverse("training:come_in", args=[door.code(session)])
    led = browse("").get(where)
    assert led.status_code == 302 and "/door/" in led["Location"]  # to the sign-in page and back
    client, here = browse("village"), reverse("training:come_in", args=[door.HERE])
    assert client.get(where)["Location"] == here, "the code does not stay in the address"
    assert client.get(here).status_code == 200
    for _ in range(2):
        assert client.post(here).status_code == 200
    mark = Mark.objects.get(session=session)
    assert (mark.state, mark.minutes, mark.source) == ("present", 90, "door")


def test_late_she_gets_the_minutes_that_are_left_and_a_mark_that_stands_is_not_hers_to_change(
    now_at: Held, account: Accounts
) -> None:
    session, village = now_at.sessions[0], account("village")
    now = timezone.now()
    Session.objects.filter(pk=session.pk).update(
        starts_at=now - timedelta(minutes=30), ends_at=now + timedelta(minutes=60)
    )
    session.refresh_from_db()
    written = door.come_in(session=session, by=village)
    assert written.mark is not None and written.mark.state == "late" and 59 <= written.mark.minutes <= 60
    now_at.write("absent", base=str(written.mark.pk), reason="Кетіп қалды")
    again = door.come_in(session=session, by=village)
    assert again.mark is not None and again.mark.state == "absent"


def test_the_door_lets_nobody_in_by_an_old_or_made_up_code_or_without_a_seat(
    now_at: Held, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = now_at.sessions[0]
    where = reverse("training:come_in", args=[door.code(session)])
    assert browse("head").post(where).status_code == 200
    assert browse("village").post(reverse("training:come_in", args=["made:up:code"])).status_code == 410
    monkeypatch.setattr(door, "GOOD_FOR", -1)
    assert browse("village").post(where).status_code == 410
    assert not Mark.objects.exclude(session__run__synthetic=True).exists()


def test_what_was_scanned_stays_in_the_browser_that_scanned_it_and_not_for_long(
    now_at: Held, browse: Browse, account: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, here = now_at.sessions[0], reverse("training:come_in", args=[door.HERE])
    stranger = Client()
    assert stranger.get(reverse("training:come_in", args=[door.code(session)])).status_code == 302
    stranger.force_login(account("village"))
    assert stranger.get(here).status_code == 200, "she signs in first, and the scan is not forgotten"
    assert browse("village").post(here).status_code == 410, "at home, with the address alone"
    monkeypatch.setattr(door, "HELD_FOR", -1)
    assert stranger.post(here).status_code == 410, "looking at the page again does not make it longer"
    assert not Mark.objects.filter(session=session).exists()


@pytest.mark.parametrize(("begins", "open_"), [(40, True), (50, False), (-80, True), (-100, False)])
def test_the_door_is_open_around_the_session(now_at: Held, begins: int, open_: bool) -> None:
    session = now_at.sessions[0]
    now = timezone.now()
    session.starts_at = now + timedelta(minutes=begins)
    session.ends_at = session.starts_at + timedelta(minutes=90)
    assert door.shows(session, now) is open_


# --- the demo ---


def test_the_demo_has_a_listener_with_78_percent_and_a_correction(country: Callable[[str], Any]) -> None:
    run = Run.objects.get(code="PVL-2026-30")
    assert run.state == Run.State.CLOSED
    shares = sorted(one.share for one in selectors.minutes_of(run).values())
    assert shares[0] == 0 and 78 in shares and 100 in shares
    assert Mark.objects.filter(session__run=run).exclude(superseded_at=None).exists()
    assert WalkIn.objects.filter(run=run).count() == 1
    assert Run.objects.get(code="NL-2026-38").state == Run.State.RUNNING
