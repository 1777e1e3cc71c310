"""No page of the office asks the database more than fifteen times, however large the run and whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orken.network.models import Unit
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Applicant, Run
from tests.training.conftest import Accounts, Country

MOST = 15
OF_RUN = ("run", "desk", "applicants", "seats", "timetable", "trainers", "costs", "choose_people")
OF_RESULTS = ("results", "marks", "marks_table", "result_confirm")
LISTS = ("calendar", "runs", "applications", "mine", "my_results")


@pytest.fixture
def methodologist(account: Accounts) -> Account:
    """Pavlodar's, as in life: with a password of her own and a second step of sign-in, which is a question more."""
    hers = account("pavlodar")
    hers.set_password("Ертіс бойы, көктем 27")
    hers.save()
    Authenticator.objects.create(user=hers, type=Authenticator.Type.TOTP, data={})
    return hers


@pytest.fixture
def grown(
    run: Callable[..., Run], account: Accounts, country: Country, people: Callable[[str, int], Any], methodologist: Account
) -> Callable[[str, int], Run]:  # fmt: skip
    """`grown("ONE", 1)`: a run that she holds together with its host, with so much of everything, and she waits for a seat in it."""

    def made(code: str, size: int) -> Run:
        national, trainers = account("national"), [account(login).person for login in ("trainer", "curator")]
        course = run(code, capacity=size + 1, confirm_by=timezone.localdate() + timedelta(20))
        places = [country(name) for name in ("KZ-55-LIB", "KZ-55-D01", "KZ-11-LIB", "KZ-55-D02")]
        training.set_co_hosts(run=course, by=national, units=places[:size])
        first = course.starts_on
        training.set_route(run=course, by=national, stops=[(unit, first, first) for unit in places[:size]])
        for unit in ("KZ-55", "KZ-11", "KZ-55-D02")[:size]:
            training.share_seats(run=course, unit=country(unit), seats=1, by=national)
        for trainer in trainers[:size]:
            training.invite_trainer(run=course, person=trainer, by=national)
        at = timezone.make_aware(datetime.combine(first, time(8)))
        for hour in range(size):
            training.add_session(
                run=course, by=national, starts_at=at + timedelta(hours=hour), ends_at=at + timedelta(hours=hour + 1),
                title_kk=f"{hour}", trainers=trainers[:size],
            )  # fmt: skip
        rows = people("KZ-55", size + 3)
        sent = training.apply(run=course, unit=rows[0][1], lines=[training.Line(*row) for row in rows], by=national)
        Run.objects.filter(pk=course.pk).update(moves_by_itself=False)
        hers = training.apply(run=course, unit=places[0], lines=[training.Line(methodologist.person, places[0])], by=methodologist)  # fmt: skip
        training.let_wait(applicant=hers.applicants.get(), by=national)
        first_of_them, *_others, last_of_them = sent.applicants.order_by("pk")
        training.let_wait(applicant=last_of_them, by=national)
        training.accept(applicant=first_of_them, by=national)
        return course

    return made


def addresses(course: Run, methodologist: Account) -> dict[str, str]:
    found = {name: reverse(f"training:{name}", args=[course.code]) for name in OF_RUN + OF_RESULTS}
    found |= {name: reverse(f"training:{name}") for name in LISTS}
    found["month"] = reverse("training:month", args=[course.starts_on.year, course.starts_on.month])
    hers = Applicant.objects.get(run=course, person=methodologist.person)
    return found | {"applicant": reverse("training:applicant", args=[hers.pk])}


def asked(client: Client, address: str) -> int:
    client.get(address)  # what a process learns once is not the page's
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(queries)


def test_a_methodologist_opens_every_page_in_at_most_fifteen_queries_at_any_size(
    grown: Callable[[str, int], Run], methodologist: Account, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(methodologist, backend="django.contrib.auth.backends.ModelBackend")
    small = grown("SMALL", 1)
    one = {name: asked(client, address) for name, address in addresses(small, methodologist).items()}
    large = grown("LARGE", 4)
    many = {name: asked(client, address) for name, address in addresses(large, methodologist).items()}
    assert {name: (one[name], number) for name, number in many.items() if number > one[name]} == {}
    assert {name: number for name, number in many.items() if number > MOST} == {}


@pytest.mark.parametrize("login", ["", "village", "head", "national", "trainer"])
def test_the_page_of_a_run_costs_nobody_more(login: str, grown: Callable[[str, int], Run], browse: Callable[[str], Client]) -> None:  # fmt: skip
    assert asked(browse(login), grown("LARGE", 4).get_absolute_url()) <= MOST


def test_a_trainer_is_shown_by_her_main_post(
    grown: Callable[[str, int], Run], account: Accounts, browse: Callable[[str], Client], country: Country
) -> None:
    from orken.network import services as network
    from orken.network.models import Post

    person, other = account("trainer").person, Unit.objects.get(code="KZ-11-LIB")
    network.appoint(
        person=person, unit=other, post=Post.objects.get(code="librarian"), on=timezone.localdate(), by=account("national"),
        employment="combined",
    )  # fmt: skip
    page = browse("").get(grown("LARGE", 4).get_absolute_url()).content.decode()
    main = person.appointments.at().get(employment="main")
    assert f"{main.post.title}, {main.unit.name}" in page and f", {other.name}</p>" not in page
