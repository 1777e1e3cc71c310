"""A person's record on pages: her names, what is known of her, her number, her way from post to post."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from orken.network import person_forms as forms
from orken.network import persons, policy, services
from orken.network.models import Appointment
from orken.network.roles import Permission
from orken.network.views.common import actor, said, scope_or_404
from orken.people.models import Person
from orken.people.services import record


def _person(request: HttpRequest, pk: int, permission: Permission = Permission.STAFF_EDIT) -> Person:
    return persons.person_in(scope_or_404(request, permission), pk)


def _page(request: HttpRequest, person: Person, form: object, title: str, lead: str = "") -> HttpResponse:
    bad = getattr(form, "is_bound", False) and getattr(form, "errors", None)
    context = {"person": person, "form": form, "title": title, "lead": lead}
    return render(request, "network/person_change.html", context, status=422 if bad else 200)


def names(request: HttpRequest, pk: int) -> HttpResponse:
    """A change of names; the old ones stay findable and stand on papers of their days."""
    person = _person(request, pk)
    form = forms.PersonNamesForm(request.POST or None, initial=person.names)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            persons.rename(
                person=person, names=form.names, on=answers["on"], reason=answers["reason"], by=actor(request)
            )
        except record.BeforeHerBirth:
            form.add_error("on", _("The day must come after her birth."))
        else:
            said(request, _("The names are noted."))
            return redirect("network:person", pk=person.pk)
    return _page(
        request, person, form, _("Change the names"), _("Papers of earlier days keep the names of their days.")
    )


def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Education, category, attestation, contacts."""
    person = _person(request, pk)
    form = forms.RecordForm(request.POST or None, initial=forms.RecordForm.of(person))
    if request.method == "POST" and form.is_valid():
        persons.set_record(
            person=person, traits=form.traits, contacts=form.contacts, on=form.cleaned_data["on"], by=actor(request)
        )
        said(request, _("It is noted."))
        return redirect("network:person", pk=person.pk)
    return _page(request, person, form, _("What is known of her"), _("What you do not know, leave open."))


@sensitive_post_parameters("number")
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """Note or correct an IIN."""
    person = _person(request, pk)
    form = forms.NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["number"]
        try:
            persons.set_number(person=person, number=given, by=actor(request))
        except record.NumberIsTaken as taken:
            scope = policy.scope(actor(request), Permission.STAFF_VIEW)
            here = persons.people_in(scope).filter(pk=taken.person.pk).exists()
            who = str(taken.person) if here else _("somebody outside your scope")
            form.add_error(
                "number", _("This number belongs to %(who)s. Perhaps it is one person twice.") % {"who": who}
            )
        else:
            if given.disagrees_with(person.birth_on):
                messages.warning(
                    request, _("Noted. The digits tell another date of birth; it happens, but please check.")
                )
            else:
                said(request, _("The number is noted."))
            return redirect("network:person", pk=person.pk)
    return _page(request, person, form, _("IIN"))


@require_POST
def number_shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The number in full, this once; the look is noted."""
    person = _person(request, pk, Permission.PERSON_NUMBER)
    if not hasattr(person, "protected_id"):
        raise Http404
    text = persons.show_number(person=person, by=actor(request))
    response = render(request, "network/person_number.html", {"person": person, "number": text})
    response["Cache-Control"] = "no-store"
    return response


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """From one post to another on one day."""
    scope = scope_or_404(request, Permission.STAFF_EDIT)
    row = get_object_or_404(
        Appointment.objects.live().filter(scope.q("unit__path")).select_related("unit", "person", "post"), pk=pk
    )
    form = forms.MovePersonForm(request.POST or None, scope=scope, row=row)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            persons.move(
                appointment=row, unit=answers["unit"], post=answers["post"], rate=answers["rate"], on=answers["on"],
                by=actor(request),
            )  # fmt: skip
        except persons.NotHersNow:
            form.add_error("on", _("She does not hold the post on this day, or it is its first day."))
        except services.PostIsTaken:
            form.add_error("post", _("She holds this post there already."))
        except services.UnitNotOpen:
            form.add_error("on", _("The library does not exist on all these days."))
        else:
            said(request, _("Moved: %(name)s.") % {"name": row.person})
            return redirect("network:person", pk=row.person_id)
    lead = f"{row.post.title} · {row.unit.name}"
    return _page(request, row.person, form, _("Move to another post"), lead)
