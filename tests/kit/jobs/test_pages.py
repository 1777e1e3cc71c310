"""The progress of background work as the one who started it sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from orken.kit.jobs import registry, services
from orken.kit.jobs.models import Work
from orken.kit.jobs.running import Refused, Run
from orken.people.models import Account
from tests.kit.jobs.test_jobs import count, do

pytestmark = pytest.mark.django_db(transaction=True)  # the worker is another transaction
Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]


@registry.job("test.refuse")
def refuse(run: Run) -> dict[str, Any]:
    raise Refused(_("This unit is not in your scope."))


def page(work: Work) -> str:
    return reverse("jobs:work", args=[work.pk])


def test_she_sees_how_far_it_is_and_nobody_else_does(browse: Browse, account: Accounts) -> None:
    work = services.start(count, payload={"to": 3}, by_id=account("pavlodar").pk)
    client = browse("pavlodar")
    waiting = client.get(page(work)).content.decode()
    assert "<progress" in waiting and 'http-equiv="refresh"' in waiting
    assert client.get(page(work), headers={"accept": "application/json"}).json()["over"] is False
    assert browse("national").get(page(work)).status_code == 404
    assert browse("national").post(reverse("jobs:cancel", args=[work.pk])).status_code == 404
    do()
    over = client.get(page(work)).content.decode()
    assert "<progress" not in over and "even" in over, "what failed on the way is told"
    assert client.get(page(work), headers={"accept": "application/json"}).json() == {
        **Work.objects.get(pk=work.pk).as_json(),
        "says": "орындалды",
    }
    assert work.title in client.get(reverse("jobs:mine")).content.decode()


def test_she_stops_what_she_started(browse: Browse, account: Accounts) -> None:
    work = services.start(count, payload={"to": 3}, by_id=account("pavlodar").pk)
    client = browse("pavlodar")
    assert client.get(reverse("jobs:cancel", args=[work.pk])).status_code == 405
    assert client.post(reverse("jobs:cancel", args=[work.pk])).headers["Location"] == page(work)
    assert Work.objects.get(pk=work.pk).state == "cancelled"
    assert "Тоқтатылды" in client.get(page(work)).content.decode()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_refusal_is_final_and_speaks_the_language_of_the_starter(
    language: str, browse: Browse, account: Accounts
) -> None:
    with translation.override(language):
        work = services.start(refuse, by_id=account("pavlodar").pk)
    do()
    work = Work.objects.get(pk=work.pk)
    assert (work.state, work.attempts) == ("failed", 1)
    with translation.override(language):
        assert work.result["refused"] == str(_("This unit is not in your scope."))
    assert work.result["refused"] in browse("pavlodar").get(page(work)).content.decode()
