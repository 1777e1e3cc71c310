"""The day by which a run is confirmed: whoever gets a seat knows it, whoever organises is reminded of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.i18n.dates import short_date
from orken.notices.models import Notice
from orken.training import clock
from orken.training import services as training
from orken.training.models import Applicant, Run, SeatPool
from orken.training.receivers import remind_to_confirm
from tests.training.conftest import Accounts, Country, today


def test_a_seat_in_a_run_that_is_not_yet_confirmed_is_told_with_its_day(
    run: Callable[..., Run], account: Accounts, people: Callable[[str, int], Any]
) -> None:
    by, national = today() + timedelta(20), account("national")
    course = run(confirm_by=by)
    rows = people("KZ-55", 2)
    sent = training.apply(run=course, unit=rows[0][1], lines=[training.Line(*row) for row in rows], by=national)
    first, second = sent.applicants.order_by("pk")
    training.accept(applicant=first, by=national)
    offered = Notice.objects.get(kind="training.offered", about_id=str(first.pk))
    assert short_date(by, "kk") in offered.body_kk and short_date(by, "ru") in offered.body_ru
    assert not Notice.objects.filter(kind="training.accepted", about_id=str(first.pk)).exists()
    Run.objects.filter(pk=course.pk).update(state="confirmed")
    training.accept(applicant=second, by=national)
    assert Notice.objects.filter(kind="training.accepted", about_id=str(second.pk)).exists()


def reminded() -> list[tuple[str | None, str]]:
    rows = Notice.objects.filter(kind="training.to_confirm", about_kind="training.run").order_by("pk")
    return [(row.person.account.login, row.key.split(":")[3]) for row in rows]


def test_the_organiser_is_reminded_three_days_ahead_and_on_the_day_once_each(
    run: Callable[..., Run], country: Country
) -> None:
    Run.objects.update(confirm_by=None)
    course = run("PVL-1", host=country("KZ-55-LIB"), confirm_by=today() + timedelta(9))
    for days in (0, 5):
        assert remind_to_confirm(today() + timedelta(days)) == 0
    for days in (6, 7, 8):
        assert remind_to_confirm(today() + timedelta(days)) == 1
    assert reminded() == [("pavlodar", "ahead")], "nearest to the host, not everybody above it"
    for _ in range(2):
        remind_to_confirm(today() + timedelta(9))
    assert reminded() == [("pavlodar", "ahead"), ("pavlodar", "day")]
    Run.objects.filter(pk=course.pk).update(state="confirmed")
    assert remind_to_confirm(today() + timedelta(9)) == 0


def test_the_clock_knows_it(run: Callable[..., Run]) -> None:
    Run.objects.update(confirm_by=None)
    run(confirm_by=timezone.localdate())
    clock.remind_to_confirm()
    assert {login for login, _ in reminded()} == {"national"}


def test_on_the_day_the_desk_says_how_many_are_wanting(
    run: Callable[..., Run], account: Accounts, people: Callable[[str, int], Any], browse: Callable[[str], Client]
) -> None:
    course, national = run(minimum=2, confirm_by=today() + timedelta(1)), account("national")
    rows = people("KZ-55", 1)
    sent = training.apply(run=course, unit=rows[0][1], lines=[training.Line(*row) for row in rows], by=national)
    training.accept(applicant=sent.applicants.get(), by=national)
    desk = reverse("training:desk", args=[course.code])
    assert "Шешім қабылдайтын уақыт келді" not in browse("national").get(desk).content.decode()
    Run.objects.filter(pk=course.pk).update(confirm_by=today())
    page = browse("national").get(desk).content.decode()
    assert (
        "Шешім қабылдайтын уақыт келді" in page and "Қабылданғаны: 1, кемінде 2 адам керек. Іс-шараны растаңыз" in page
    )


def test_seats_that_are_due_go_up_by_the_clock_and_whoever_waits_is_told(
    run: Callable[..., Run], account: Accounts, people: Callable[[str, int], Any], country: Country
) -> None:
    course, national = run(capacity=1), account("national")
    training.share_seats(run=course, unit=country("KZ-55"), seats=1, by=national, release_on=today() + timedelta(1))
    rows = people("KZ-11", 1)
    sent = training.apply(run=course, unit=rows[0][1], lines=[training.Line(*row) for row in rows], by=national)
    waiting = training.let_wait(applicant=sent.applicants.get(), by=national)
    clock.release_pools()
    assert Applicant.objects.get(pk=waiting.pk).state == "waiting", "its day has not come"
    SeatPool.objects.filter(run=course, unit=country("KZ-55")).update(release_on=today())
    clock.release_pools()
    assert Applicant.objects.get(pk=waiting.pk).state == "accepted"
    assert Notice.objects.filter(kind="training.accepted", about_id=str(waiting.pk)).exists()
