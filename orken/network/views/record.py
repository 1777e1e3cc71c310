"""A person's record on pages: her names, what is known of her, her number, her way from post to post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from orken.network import person_forms as forms
from orken.network import persons, policy, services
from orken.network.models import Appointment
from orken.network.roles import Permission
from orken.network.views.common import actor, beside, done_before, said, scope_or_404
from orken.people.models import Person, ProtectedId
from orken.people.services import record

NOTHING: list[tuple[str, str, str]] = []


def _person(request: HttpRequest, pk: int, permission: Permission = Permission.STAFF_EDIT) -> Person:
    found = persons.person_in(scope_or_404(request, permission), pk)
    if found.erased_at is not None:
        raise Http404  # nothing is written to this row any more
    return found


def _page(
    request: HttpRequest, person: Person, form: object, title: str, lead: str = "", **more: object
) -> HttpResponse:
    bad = getattr(form, "is_bound", False) and getattr(form, "errors", None)
    context = {"person": person, "form": form, "title": title, "lead": lead, **more}
    status = 409 if more.get("theirs") else 422 if bad else 200
    return render(request, "network/person_change.html", context, status=status)


def _clash(
    request: HttpRequest,
    form: forms.OfPerson,
    standing: Callable[[Person], dict[str, Any]],
    clash: record.EditedMeanwhile,
) -> tuple[forms.OfPerson, list[tuple[str, str, str]]]:
    """Her answers once more, ready to be saved over the other's, and both side by side."""
    data = request.POST.copy()
    data["revision"] = str(clash.person.revision)
    return type(form)(data), beside(form, standing(clash.person))


def names(request: HttpRequest, pk: int) -> HttpResponse:
    """A change of names; the old ones stay findable and stand on papers of their days."""
    person, theirs = _person(request, pk), NOTHING
    form: forms.OfPerson = forms.PersonNamesForm(
        request.POST or None, initial={**person.names, "revision": person.revision}
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            persons.rename(
                person=person, names=forms.names_of(answers), on=answers["on"], reason=answers["reason"],
                by=actor(request), revision=answers["revision"],
            )  # fmt: skip
        except record.BeforeHerBirth:
            form.add_error("on", _("The day must come after her birth."))
        except record.EditedMeanwhile as clash:
            form, theirs = _clash(request, form, lambda now: now.names, clash)
        else:
            said(request, _("The names are noted."))
            return redirect("network:person", pk=person.pk)
    lead = _("Papers of earlier days keep the names of their days.")
    return _page(request, person, form, _("Change the names"), lead, theirs=theirs)


def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Education, category, attestation, contacts."""
    person, theirs = _person(request, pk), NOTHING
    start = {**forms.RecordForm.of(person), "revision": person.revision}
    form: Any = forms.RecordForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            persons.set_record(
                person=person, traits=form.traits, contacts=form.contacts, on=form.cleaned_data["on"],
                by=actor(request), revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except services.BornLater as refusal:
            form.add_error("birth_on", str(refusal.sentence))
        except record.EditedMeanwhile as clash:
            form, theirs = _clash(request, form, forms.RecordForm.of, clash)
        else:
            said(request, _("It is noted."))
            return redirect("network:person", pk=person.pk)
    return _page(
        request, person, form, _("What is known of her"), _("What you do not know, leave open."), theirs=theirs
    )


@sensitive_post_parameters("number")
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """Note or correct an IIN."""
    person, theirs = _person(request, pk), NOTHING
    form: forms.OfPerson = forms.NumberForm(request.POST or None, initial={"revision": person.revision})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["number"]
        try:
            persons.set_number(person=person, number=given, by=actor(request), revision=form.cleaned_data["revision"])
        except record.NumberIsTaken as taken:
            form.add_error("number", _taken(request, taken.person))
        except record.EditedMeanwhile as clash:
            form, theirs = _clash(request, form, _masked, clash)
        else:
            if given.disagrees_with(person.birth_on):
                messages.warning(
                    request, _("Noted. The digits tell another date of birth; it happens, but please check.")
                )
            else:
                said(request, _("The number is noted."))
            return redirect("network:person", pk=person.pk)
    return _page(request, person, form, _("IIN"), theirs=theirs)


def _taken(request: HttpRequest, other: Person) -> str:
    here = persons.people_in(policy.scope(actor(request), Permission.STAFF_VIEW)).filter(pk=other.pk).exists()
    who = str(other) if here else _("somebody outside your scope")
    return _("This number belongs to %(who)s. Perhaps it is one person twice.") % {"who": who}


def _masked(person: Person) -> dict[str, Any]:
    kept = ProtectedId.objects.filter(person=person).first()
    return {"number": kept.masked if kept else ""}


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
        Appointment.objects.filter(scope.q("unit__path")).select_related("unit", "person", "post"), pk=pk
    )
    back = reverse("network:person", args=[row.person_id])
    if row.superseded_at is not None:
        return done_before(request, row, row.unit.path, back)
    form = forms.MovePersonForm(request.POST or None, scope=scope, row=row)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            persons.move(
                appointment=row, unit=answers["unit"], post=answers["post"], rate=answers["rate"], on=answers["on"],
                by=actor(request),
            )  # fmt: skip
        except services.GoneMeanwhile:
            return done_before(request, row, row.unit.path, back)
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
