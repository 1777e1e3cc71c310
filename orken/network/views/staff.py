"""Staff: the list, a person as her region sees her, appointing and dismissing, giving and taking roles."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.kit.tables.views import respond
from orken.network import forms, invitations, person_sections, persons, policy, services, tables, transfers
from orken.network.models import Appointment, RoleAssignment, Unit
from orken.network.roles import Permission, Role, table
from orken.network.selectors import person_view
from orken.network.views import requests
from orken.network.views.common import (
    FOUND,
    actor,
    done_before,
    remember_found,
    said,
    scope_or_404,
    unit_or_404,
)
from orken.people import duplicates
from orken.people.models import Account, Consent, Person, PreviousName, ProtectedId
from orken.people.services import rights


def staff(request: HttpRequest) -> HttpResponseBase:
    """Who works in her scope today."""
    scope = scope_or_404(request, Permission.STAFF_VIEW)
    account = actor(request)
    context = {
        "may_import": bool(policy.scope(account, Permission.STAFF_EDIT)),
        "may_invite": bool(policy.scope(account, Permission.ACCOUNT_INVITE)),
        "may_merge": bool(policy.scope(account, Permission.PERSON_MERGE)),
        "adds_to": _own_unit(account),
        "waiting": transfers.answerable(policy.scope(account, Permission.STAFF_EDIT)).count(),
    }
    return respond(request, tables.STAFF, tables.staff_rows(scope), "network/staff.html", context)


def _own_unit(account: Account) -> Unit | None:
    """The unit at the top of what she may write: where adding somebody starts from the whole list."""
    scope = policy.scope(account, Permission.STAFF_EDIT)
    return Unit.objects.filter(path__in=scope.paths, exists=True).order_by("path").first() if scope else None


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person with the posts and roles that stand in the reader's scope; the look is noted."""
    scope = scope_or_404(request, Permission.STAFF_VIEW)
    account = actor(request)
    deciding = policy.scope(account, Permission.PERSON_DECIDE)
    hidden = persons.people_in(deciding, blocked=True).filter(pk=pk).first()
    if hidden is not None and (hidden.blocked_at or hidden.erased_at):
        rights.note_look(person=hidden, by=account)
        return render(request, "network/blocked.html", {"person": hidden})
    found = persons.person_in(scope, pk)
    if found.pk != pk:
        return redirect("network:person", pk=found.pk)
    rights.note_look(person=found, by=account)
    view = person_view(found, scope)
    edit, give = policy.scope(account, Permission.STAFF_EDIT), policy.scope(account, Permission.ROLE_ASSIGN)
    number = policy.scope(account, Permission.PERSON_NUMBER)
    paths = [row.unit.path for row in view.appointments]
    context = {
        "view": view,
        "person": view.person,
        "number": ProtectedId.objects.filter(person=found).first(),
        "previous": PreviousName.objects.live().filter(person=found).order_by("-valid_from", "-pk"),
        "consents": Consent.objects.filter(person=found, withdrawn_at=None).order_by("-given_at"),
        "sections": person_sections.of(found, account),
        "may_edit": any(edit.contains(path) for path in paths),
        "may_invite": invitations.people_in(policy.scope(account, Permission.ACCOUNT_INVITE))
        .filter(pk=found.pk)
        .exists(),
        "may_see_number": any(number.contains(path) for path in paths),
        "endable": {row.pk for row in view.today if edit.contains(row.unit.path)},
        "asked": transfers.answerable(edit).filter(person=found),
        "takeable": {row.pk for row in view.roles if give.contains(row.unit.path)},
    }
    return render(request, "network/person.html", context)


def find(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    """Whom to appoint, or whom to give a role: found by name."""
    permission = {"appoint": Permission.STAFF_EDIT, "role": Permission.ROLE_ASSIGN}[purpose]
    unit = unit_or_404(request, code, permission)
    form = forms.FindPersonForm(request.GET or None)
    found = None
    if form.is_valid():
        scope = policy.scope(actor(request), Permission.STAFF_VIEW)
        found = persons.whom(scope, form.cleaned_data["q"])
        remember_found(request, [one.person.pk for one in found])
    return render(request, "network/find.html", {"unit": unit, "form": form, "found": found, "purpose": purpose})


def _chosen(request: HttpRequest, pk: int) -> Person | None:
    """Somebody of her own people, or of those that her search by the whole name has shown since she signed in."""
    if pk in request.session.get(FOUND, []):
        return duplicates.living().filter(pk=pk).first()
    try:
        return persons.person_in(policy.scope(actor(request), Permission.STAFF_VIEW), pk)
    except policy.OutOfScope:
        return None


def _find_again(request: HttpRequest, unit: Unit, purpose: str) -> HttpResponse:
    """Nobody is chosen by an address alone: whether the person exists is not told, only the way to find her."""
    again = reverse(f"network:{purpose}_whom", args=[unit.code])
    return render(request, "network/find_again.html", {"unit": unit, "again": again}, status=404)


def appoint(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    unit = unit_or_404(request, code, Permission.STAFF_EDIT)
    who = _chosen(request, pk)
    if who is None:
        return _find_again(request, unit, "appoint")
    if services.works_elsewhere(who, policy.scope(actor(request), Permission.STAFF_EDIT)):
        return requests.asking(request, unit, who)
    form = forms.AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.appoint(person=who, unit=unit, by=actor(request), batch=(batch := uuid4()), **form.cleaned_data)
        except services.PostIsTaken as refusal:
            form.add_error(None, str(refusal.sentence))
        except (services.UnitNotOpen, services.BornLater) as refusal:
            form.add_error("on", str(refusal.sentence))
        except services.AsksFirst:
            return redirect(request.path)  # somebody appointed her meanwhile: this page asks for a transfer now
        else:
            said(request, _("Appointed: %(name)s.") % {"name": who}, batch)
            return redirect("network:person", pk=who.pk)
    context = {"unit": unit, "person": who, "form": form, "title": _("Appoint")}
    return render(request, "network/about_person.html", context, status=422 if form.is_bound and form.errors else 200)


def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment."""
    scope = scope_or_404(request, Permission.STAFF_EDIT)
    row = get_object_or_404(
        Appointment.objects.filter(scope.q("unit__path")).select_related("unit", "person", "post"), pk=pk
    )
    back = reverse("network:person", args=[row.person_id])
    if row.superseded_at is not None:
        return done_before(request, row, row.unit.path, back)
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        batch = uuid4()
        try:
            services.dismiss(appointment=row, on=form.cleaned_data["on"], by=actor(request), batch=batch)
        except services.GoneMeanwhile:
            return done_before(request, row, row.unit.path, back)
        except services.Refusal as refusal:
            form.add_error("on", str(refusal.sentence))
        else:
            said(request, _("The appointment of %(name)s ends.") % {"name": row.person}, batch)
            return redirect("network:unit", code=row.unit.code)
    context = {
        "unit": row.unit,
        "person": row.person,
        "form": form,
        "title": _("End the appointment"),
        "what": row.post.title,
    }
    return render(request, "network/about_person.html", context, status=422 if form.is_bound and form.errors else 200)


# --- roles ---


def roles(request: HttpRequest) -> HttpResponse:
    """The whole table of roles, and who holds them where the reader may see it."""
    scope = policy.scope(actor(request), Permission.ROLE_VIEW)
    holders = (
        RoleAssignment.objects.at()
        .filter(scope.q("unit__path"))
        .select_related("person", "unit")
        .order_by("unit__path", "role")
    )
    context = {
        "table": table(),
        "holders": holders[:200] if scope else None,
    }
    return render(request, "network/roles.html", context)


def give_role(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    unit = unit_or_404(request, code, Permission.ROLE_ASSIGN)
    who = _chosen(request, pk)
    if who is None:
        return _find_again(request, unit, "role")
    form = forms.RoleForm(request.POST or None)
    account = actor(request)
    mine = [(role.value, role.label) for role in services.may_give(account, unit)]
    form.fields["role"].choices = mine  # type: ignore[attr-defined]  # a ChoiceField
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            services.assign_role(
                person=who, role=Role(answers["role"]), unit=unit, on=answers["on"], basis=answers["basis"], by=account,
                batch=(batch := uuid4()),
            )  # fmt: skip
        except (services.RoleIsHeld, services.RoleNotHere) as refusal:
            form.add_error("role", str(refusal.sentence))
        else:
            said(request, _("The role is given: %(name)s.") % {"name": who}, batch)
            return redirect("network:roles")
    context = {"unit": unit, "person": who, "form": form, "title": _("Give a role")}
    return render(request, "network/about_person.html", context, status=422 if form.is_bound and form.errors else 200)


def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_or_404(request, Permission.ROLE_ASSIGN)
    row = get_object_or_404(
        RoleAssignment.objects.filter(scope.q("unit__path")).select_related("unit", "person"), pk=pk
    )
    if row.superseded_at is not None:
        return done_before(request, row, row.unit.path, reverse("network:roles"))
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        batch = uuid4()
        try:
            services.end_role(assignment=row, on=form.cleaned_data["on"], by=actor(request), batch=batch)
        except services.GoneMeanwhile:
            return done_before(request, row, row.unit.path, reverse("network:roles"))
        except services.Refusal as refusal:
            form.add_error("on", str(refusal.sentence))
        else:
            said(request, _("The role of %(name)s ends.") % {"name": row.person}, batch)
            return redirect("network:roles")
    context = {
        "unit": row.unit,
        "person": row.person,
        "form": form,
        "title": _("Take the role back"),
        "what": row.get_role_display(),
    }
    return render(request, "network/about_person.html", context, status=422 if form.is_bound and form.errors else 200)


def trail(request: HttpRequest) -> HttpResponseBase:
    """Who changed what in her scope."""
    scope = scope_or_404(request, Permission.AUDIT_VIEW)
    return respond(request, tables.TRAIL, tables.trail_rows(scope), "network/trail.html")
