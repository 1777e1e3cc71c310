"""A run that several libraries hold together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from orken.kit.audit.models import AuditEvent
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.training import selectors
from orken.training import services as training
from orken.training.models import Applicant, Run, Trainer

Runs = Callable[..., Run]
Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]


def answers(*names: str) -> dict[str, str]:
    management = {"form-TOTAL_FORMS": str(len(names)), "form-INITIAL_FORMS": "0"}
    return management | {f"form-{n}-unit": name for n, name in enumerate(names)}


def test_a_co_host_organises_with_the_host_and_does_not_say_who_else_does(
    run: Runs, country: Country, account: Accounts, browse: Browse
) -> None:
    held = run(host=country("NL"))
    hers, address = browse("pavlodar"), reverse("training:desk", args=[held.code])
    seats = reverse("training:seats", args=[held.code])
    assert hers.get(seats).status_code == 404
    training.set_co_hosts(run=held, units=[country("KZ-55-LIB"), country("NL")], by=account("national"))
    assert [unit.code for unit in Run.objects.get(pk=held.pk).together] == ["KZ-55-LIB"], "the host is no co-host"
    assert hers.get(seats).status_code == 200 and hers.get(address).status_code == 200
    assert held in selectors.runs_for(account("pavlodar"))
    assert hers.get(reverse("training:co_hosts", args=[held.code])).status_code == 404
    with pytest.raises(OutOfScope):
        training.set_co_hosts(run=held, units=[], by=account("pavlodar"))
    training.set_co_hosts(run=held, units=[], by=account("national"))
    assert hers.get(seats).status_code == 404
    assert AuditEvent.objects.filter(verb="run.co_hosts_set").count() == 2


def test_a_co_host_sees_decides_and_notes_answers_as_the_host_does(
    run: Runs, country: Country, account: Accounts, browse: Browse, people: Callable[[str, int], list[Any]]
) -> None:
    held, national, hers = run(host=country("NL")), account("national"), browse("pavlodar")
    training.set_co_hosts(run=held, units=[country("KZ-55-LIB")], by=national)
    person, unit = people("KZ-11", 1)[0]
    one = training.apply(run=held, unit=unit, lines=[training.Line(person, unit)], by=national).applicants.get()
    listed = hers.get(reverse("training:applicants", args=[held.code])).content.decode()
    assert str(one) in listed, "an applicant of another region, who applied to her run"
    assert selectors.waiting_for_her_look(account("pavlodar")).filter(pk=one.pk).exists()
    hers.post(reverse("training:verb", args=[one.pk, "decline"]), {"reason": "Орын аз."})
    assert Applicant.objects.get(pk=one.pk).state == "declined"
    trainer = training.invite_trainer(run=held, person=account("trainer").person, by=account("pavlodar"))
    hers.post(reverse("training:answer", args=[trainer.pk, "accepted"]))
    assert Trainer.objects.get(pk=trainer.pk).state == "accepted"


def test_co_hosts_are_named_on_the_page_and_shown_to_everybody(run: Runs, country: Country, browse: Browse) -> None:
    held = run(host=country("NL"))
    national, address = browse("national"), reverse("training:co_hosts", args=[held.code])
    library = country("KZ-55-LIB")
    assert national.get(address).status_code == 200
    unclear = national.post(address, answers("Теректі", ""))
    assert unclear.status_code == 422 and "_pick" in unclear.content.decode()
    assert national.post(address, answers(library.name_kk, "")).status_code == 302
    assert library.name_kk in Client().get(f"/kk/run/{held.code}/").content.decode()
    again = national.get(address).content.decode()
    assert library.name_kk in again
    assert national.post(address, answers(library.name_kk, "Жоқ кітапхана мүлде")).status_code == 422
