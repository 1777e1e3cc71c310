"""Somebody new, added by hand: asked one thing a page, shown who she may be already, written at the end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from orken.kit.ui.steps import CHECK, Step, Walk
from orken.network import new_person_forms as forms
from orken.network import persons, policy, services
from orken.network.persons import Alike
from orken.network.roles import Permission
from orken.network.views.common import actor, remember_found, said, unit_or_404
from orken.people.services import record

STEPS = [
    Step("names", gettext_lazy("What is her name?"), forms.NamesForm),
    Step("birth", gettext_lazy("When was she born?"), forms.BirthForm),
    Step("number", gettext_lazy("What is her IIN?"), forms.NumberForm),
    Step("contacts", gettext_lazy("How is she reached?"), forms.ContactsForm),
    Step("post", gettext_lazy("Which post does she hold?"), forms.PostForm),
]
ALIKE = Step("alike", gettext_lazy("Is she here already?"), forms.AlikeForm)


@sensitive_post_parameters("number")
def adding(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Add one person to the staff of a unit."""
    unit = unit_or_404(request, code, Permission.STAFF_EDIT)
    account = actor(request)
    arguments: dict[str, Any] = {"unit": unit, "scope": policy.scope(account, Permission.STAFF_EDIT)}
    walk = Walk(
        f"new-person-{code}", STEPS, template="network/new_person.html", title=_("A new person on the staff"),
        arguments=arguments,
    )  # fmt: skip
    found: list[Alike] = []
    if step in (ALIKE.name, CHECK):
        found = persons.alike(policy.scope(account, Permission.STAFF_VIEW), forms.new_person(walk.known(request)))
        remember_found(request, [one.candidate.person.pk for one in found])
    if found or step == ALIKE.name:
        walk.steps, walk.arguments = [*STEPS, ALIKE], {**arguments, "found": found}
    if step == ALIKE.name and not found:
        return redirect("network:add_person", code, CHECK)

    def finish(answers: dict[str, Any]) -> HttpResponse | str:
        try:
            person = persons.add(
                new=forms.new_person(answers), unit=answers["unit_code"], post=answers["post"], on=answers["on"],
                employment=answers["employment"], rate=answers["rate"], by=account,
            )  # fmt: skip
        except record.NumberIsTaken as taken:
            here = persons.people_in(arguments["scope"]).filter(pk=taken.person.pk).exists()
            who = str(taken.person) if here else _("somebody outside your scope")
            return _("This number belongs to %(who)s. Perhaps it is one person twice.") % {"who": who}
        except services.Refusal as refusal:
            return str(refusal.sentence)
        said(request, _("Added and appointed: %(name)s.") % {"name": person})
        return redirect("network:person", pk=person.pk)

    return walk.page(
        request, step, address=lambda name: reverse("network:add_person", args=[code, name]), finish=finish,
        leave=unit.get_absolute_url(), context={"unit": unit, "alike": found},
    )  # fmt: skip
