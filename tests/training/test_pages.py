"""The office through its pages: applying, deciding, sharing out, and what each reader may see."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.i18n.dates import short_date
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.training import selectors, week
from orken.training import services as training
from orken.training.models import Applicant, Run, SeatPool
from tests.training.conftest import Accounts, Country, today

Browse = Callable[[str], Client]
A = Applicant.State


@pytest.fixture
def course(run: Callable[..., Run]) -> Run:
    return run("TRY-1", capacity=5)


def apply_for_village(course: Run, browse: Browse, account: Accounts) -> Applicant:
    browse("village").post(reverse("training:apply", args=[course.code]))
    return Applicant.objects.get(run=course, person=account("village").person)


def test_she_applies_her_library_and_her_region_pass_it_on_and_the_centre_accepts(
    course: Run, browse: Browse, account: Accounts
) -> None:
    page = browse("village").get(course.get_absolute_url()).content.decode()
    assert reverse("training:apply", args=[course.code]) in page
    hers = apply_for_village(course, browse, account)
    assert hers.level == "library"
    for login, level in (("head", "region"), ("pavlodar", "organiser")):
        assert selectors.waiting_for_her_look(account(login)).filter(pk=hers.pk).exists()
        browse(login).post(reverse("training:pass_on"), {"pick": hers.pk})
        assert Applicant.objects.get(pk=hers.pk).level == level
    browse("national").post(reverse("training:decide", args=[course.code]) + "?way=accept", {"pick": hers.pk})
    assert Applicant.objects.get(pk=hers.pk).state == A.ACCEPTED
    page = browse("village").get(course.get_absolute_url()).content.decode()
    assert "Сізге орын берілді" in page
    assert "қабылданды" in browse("village").get(reverse("training:mine")).content.decode()


def test_a_double_click_applies_once(course: Run, browse: Browse, account: Accounts) -> None:
    for _ in range(2):
        browse("village").post(reverse("training:apply", args=[course.code]))
    assert Applicant.objects.filter(run=course).count() == 1


def test_why_she_cannot_apply_is_said_by_the_conditions_that_decide(course: Run, browse: Browse) -> None:
    Run.objects.filter(pk=course.pk).update(state="running")
    page = browse("village").get(course.get_absolute_url()).content.decode()
    assert 'aria-disabled="true"' in page and "Іс-шараның күйі: өтіп жатыр." in page
    answer = browse("village").post(reverse("training:apply", args=[course.code]), follow=True).content.decode()
    assert "Іс-шараның күйі: өтіп жатыр." in answer
    assert not Applicant.objects.filter(run=course).exists()


def test_declining_asks_for_the_reason_first(course: Run, browse: Browse, account: Accounts) -> None:
    hers = apply_for_village(course, browse, account)
    address = reverse("training:decide", args=[course.code]) + "?way=decline"
    assert 'name="reason"' in browse("national").post(address, {"pick": hers.pk}).content.decode()
    assert browse("national").post(address, {"pick": hers.pk, "reason": " "}).status_code == 422
    assert Applicant.objects.get(pk=hers.pk).state == A.SUBMITTED
    browse("national").post(address, {"pick": hers.pk, "reason": "Орын аз."})
    assert Applicant.objects.get(pk=hers.pk).reason == "Орын аз."
    assert "Орын аз." in browse("village").get(course.get_absolute_url()).content.decode()


def test_a_methodologist_sends_ten_of_hers_in_order_and_nobody_elses(
    course: Run, browse: Browse, people: Callable[[str, int], Any]
) -> None:
    from orken.network.models import Appointment

    rows = Appointment.objects.at().filter(person__in=[who for who, _ in people("KZ-55", 3)], employment="main")
    strange = Appointment.objects.at().filter(person__in=[who for who, _ in people("KZ-11", 1)], employment="main")
    picks = [row.pk for row in [*rows, *strange]]
    client = browse("pavlodar")
    page = client.get(reverse("training:send_people", args=[course.code]), {"pick": picks}).content.decode()
    assert page.count('name="priority-') == 3
    client.post(
        reverse("training:send_people", args=[course.code]),
        {"pick": picks, "send": "1", "unnamed": "2", f"priority-{picks[0]}": "9", "note": "Жаңа қызметкерлер"},
    )
    sent = Applicant.objects.filter(run=course).order_by("pk")
    assert [one.priority for one in sent] == [9, 2, 3, 4, 5]
    assert [one.unnamed for one in sent] == [False, False, False, True, True]
    assert sent[0].application.note == "Жаңа қызметкерлер"


def test_one_form_sends_one_application_however_often_it_is_pressed(course: Run, browse: Browse) -> None:
    client, address = browse("pavlodar"), reverse("training:send_people", args=[course.code])
    (press,) = re.findall(r'name="press" value="([^"]+)"', client.get(address).content.decode())
    for _ in range(2):  # a double press, or the back button and once more
        answer = client.post(address, {"send": "1", "unnamed": "3", "press": press})
        assert answer.headers["Location"] == reverse("training:applications")
    assert Applicant.objects.filter(run=course).count() == 3, "seats without a name have nobody to be counted twice"
    client.post(address, {"send": "1", "unnamed": "1", "press": "x"})
    assert Applicant.objects.filter(run=course).count() == 4, "another form sends another"


def test_what_cannot_be_sent_keeps_the_order_she_gave(
    course: Run, browse: Browse, people: Callable[[str, int], Any]
) -> None:
    from orken.network.models import Appointment

    rows = list(Appointment.objects.at().filter(person__in=[who for who, _ in people("KZ-55", 2)], employment="main"))
    client, address = browse("pavlodar"), reverse("training:send_people", args=[course.code])
    given = {"pick": [row.pk for row in rows], f"priority-{rows[0].pk}": "7", "send": "1", "note": "Ескерту"}
    Run.objects.filter(pk=course.pk).update(state="running")
    refused = client.post(address, given)
    page = refused.content.decode()
    assert refused.status_code == 422 and "Іс-шараның күйі: өтіп жатыр." in page
    assert 'value="7"' in page and "Ескерту" in page


def test_a_table_finds_people_by_the_sound_of_their_names(
    course: Run, browse: Browse, people: Callable[[str, int], Any]
) -> None:
    (first, _), (second, _) = people("KZ-55", 2)
    cells: list[list[Any]] = [
        ["№", "Аты-жөні", "Лауазымы"],
        [1, f"{first.surname_ru} {first.given_ru} {first.patronymic_ru}".strip(), "библиотекарь"],
        [2, f"{second.surname_kk.upper()} {second.given_kk}", "кітапханашы"],
        [3, "Жоқбайқызы Ешкімгүл", "кітапханашы"],
    ]
    file = write_xlsx([Table("Тізім", [Column(str(cell)) for cell in cells[0]], cells[1:])]).read()
    answer = browse("pavlodar").post(
        reverse("training:choose_people", args=[course.code]), {"file": SimpleUploadedFile("a.xlsx", file)}
    )
    page = answer.content.decode()
    assert page.count("checked") == 2 and "Жоқбайқызы Ешкімгүл" in page
    bad = browse("pavlodar").post(
        reverse("training:choose_people", args=[course.code]), {"file": SimpleUploadedFile("a.xlsx", io.BytesIO(b"PK\x03\x04x").read())}
    )  # fmt: skip
    assert bad.status_code == 422 and "Кесте оқылмады" in bad.content.decode()


def test_an_applicant_of_another_region_does_not_exist(
    course: Run, browse: Browse, account: Accounts, people: Callable[[str, int], Any]
) -> None:
    person, unit = people("KZ-11", 1)[0]
    application = training.apply(run=course, unit=unit, lines=[training.Line(person, unit)], by=account("national"))
    theirs = application.applicants.get()
    for name, arguments in (("applicant", [theirs.pk]), ("withdraw", [theirs.pk]), ("replace", [theirs.pk])):
        assert browse("pavlodar").get(reverse(f"training:{name}", args=arguments)).status_code == 404
        assert browse("national").get(reverse(f"training:{name}", args=arguments)).status_code == 200
    for way in ("excuse", "miss", "restore"):
        assert browse("pavlodar").get(reverse("training:note", args=[theirs.pk, way])).status_code == 404
    browse("pavlodar").post(reverse("training:verb", args=[theirs.pk, "accept"]))
    browse("pavlodar").post(reverse("training:pass_on"), {"pick": theirs.pk})
    assert Applicant.objects.get(pk=theirs.pk).state == A.SUBMITTED


def test_seats_are_shared_out_by_the_page_and_a_refusal_says_how_many_are_free(
    course: Run, browse: Browse, country: Country
) -> None:
    address = reverse("training:seats", args=[course.code])
    assert browse("national").post(address, {"unit": "KZ-55", "seats": "3"}).status_code == 302
    assert SeatPool.objects.get(run=course, unit=country("KZ-55")).total == 3
    refused = browse("national").post(address, {"unit": "KZ-11", "seats": "9"})
    assert refused.status_code == 422 and "2" in refused.content.decode()
    assert browse("national").post(address, {"unit": "XX", "seats": "1"}).status_code == 422
    region = country("KZ-11")
    assert browse("national").post(address, {"unit": region.name_ru, "seats": "1"}).status_code == 302
    assert SeatPool.objects.get(run=course, unit=region).total == 1, "a region by its name, as people write it"
    which = browse("national").post(address, {"unit": "Ақсу", "seats": "1"})
    assert which.status_code == 422 and which.content.decode().count('name="unit_pick"') > 1
    picked = {"unit": "Ақсу", "unit_pick": "KZ-55-D02", "seats": "1"}
    assert browse("national").post(address, picked).status_code == 302
    assert SeatPool.objects.get(run=course, unit=country("KZ-55-D02")).total == 1
    assert browse("pavlodar").get(address).status_code == 200, "a pool of hers is in it"
    assert browse("head").get(address).status_code == 404
    assert browse("national").post(address, {"seats": "8"}).status_code == 302
    assert Run.objects.get(pk=course.pk).capacity == 8


def test_a_run_is_opened_one_question_a_page(browse: Browse) -> None:
    client = browse("pavlodar")

    def step(name: str, **answers: Any) -> Any:
        return client.post(reverse("training:opening", args=["KZ-55-LIB", name]), answers)

    assert step("what", kind="seminar").status_code == 422
    step("what", kind="seminar", title_kk="Ауыл семинары")
    days = {f"{name}_{part}": value for name, day in (("starts_on", 9), ("ends_on", 10), ("apply_until", 1)) for part, value in (("day", day), ("month", 3), ("year", 2027))}  # fmt: skip
    step("when", **days)
    step("where", form="onsite", languages=["kk", "ru"], place="kz-55-lib")
    step("seats", code="PVL-TRY", capacity=20, minimum=5, deciding="reviewed")
    done = client.post(reverse("training:opening", args=["KZ-55-LIB", "check"]))
    assert done.headers["Location"] == reverse("training:desk", args=["PVL-TRY"])
    opened = Run.objects.get(code="PVL-TRY")
    assert (opened.title, opened.languages, opened.state, opened.place and opened.place.code) == ("Ауыл семинары", ["kk", "ru"], "tentative", "KZ-55-LIB")  # fmt: skip


def test_an_online_meeting_is_proposed_at_a_distance(browse: Browse) -> None:
    client = browse("pavlodar")

    def page(name: str) -> str:
        return reverse("training:opening", args=["KZ-55-LIB", name])

    client.post(page("what"), {"kind": "meeting", "title_kk": "Ауыл кездесуі"})
    client.post(page("when"), {f"{name}_{part}": value for name, day in (("starts_on", 9), ("ends_on", 10), ("apply_until", 1)) for part, value in (("day", day), ("month", 3), ("year", 2027))})  # fmt: skip
    assert '<option value="live" selected>' in client.get(page("where")).content.decode()


def test_the_second_of_two_organisers_is_told_and_keeps_her_answers(course: Run, browse: Browse) -> None:
    address = reverse("training:change", args=[course.code])

    def answers(title: str, revision: int) -> dict[str, Any]:
        found: dict[str, Any] = {
            "title_kk": title,
            "revision": revision,
            "form": "onsite",
            "languages": ["kk"],
            "minimum": 1,
            "moves_by_itself": "on",
        }
        for name in ("starts_on", "ends_on", "apply_until"):
            day = getattr(course, name)
            found |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
        return found

    assert browse("national").post(address, answers("Бірінші", course.revision)).status_code == 302
    second = browse("national").post(address, answers("Екінші", course.revision))
    assert second.status_code == 409
    assert "Бірінші" in second.content.decode() and 'value="Екінші"' in second.content.decode()


def test_the_calendar_filters_by_a_day_in_three_parts_and_says_which_day_there_is_not(
    browse: Browse, run: Callable[..., Run]
) -> None:
    course = run("TRY-2", title_kk="Күнтізбедегі сынып")
    address, after = reverse("training:calendar"), course.ends_on + timedelta(1)

    def page(**answers: Any) -> str:
        return browse("").get(address, {"q": "күнтізбедегі", **answers}).content.decode()

    def since(day: date, name: str = "since") -> dict[str, int]:
        return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}

    assert course.title in page() and course.title in page(**since(course.ends_on))
    assert course.title not in page(**since(after))
    before = course.starts_on - timedelta(1)
    assert course.title in page(**since(before), **since(course.starts_on, "until"))
    assert course.title not in page(**since(before, "until"))
    chosen = page(**since(course.ends_on), kind="seminar", free="on")
    day = short_date(course.ends_on, "kk")
    assert f"сүзгілер: «күнтізбедегі» · семинар · Қай күннен: {day} · Бос орны барлар ғана</summary>" in chosen
    assert "<summary>Іздеу және сүзгілер</summary>" in browse("").get(address).content.decode()
    wrong = page(since_day=31, since_month=2, since_year=2027, region="XX")
    assert '<details class="sift" open>' in wrong and '<details class="sift" open>' not in chosen
    assert course.title in wrong and wrong.count('class="err"') == 2
    assert 'type="date"' not in wrong


def test_the_grid_has_a_column_for_each_day_with_a_session_and_for_no_other(
    run: Callable[..., Run], account: Accounts
) -> None:
    course = run(ends_on=today() + timedelta(41))
    for day in (0, 4):
        at = timezone.make_aware(datetime.combine(course.starts_on + timedelta(day), time(10)))
        training.add_session(
            run=course, by=account("national"), starts_at=at, ends_at=at + timedelta(hours=1), title_kk="Сабақ"
        )
    days = selectors.days_of(selectors.sessions_of(course))
    assert [column.on for column in week.grid(days).columns] == [course.starts_on, course.starts_on + timedelta(4)]


def test_who_stands_in_the_run_is_not_asked_to_apply_and_nobody_is_once_it_is_held(
    course: Run, browse: Browse, account: Accounts
) -> None:
    def told(login: str) -> str:
        return browse(login).get(course.get_absolute_url()).content.decode()

    asked, stands = '<a class="btn main" href="#apply">', "Сіздің өтініміңіз"
    assert asked in told("") and asked in told("village") and stands not in told("village")
    apply_for_village(course, browse, account)
    assert asked not in told("village") and told("village").count(stands) == 2
    Run.objects.filter(pk=course.pk).update(state="running")
    assert asked not in told("")
