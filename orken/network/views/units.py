"""The list of units and the page of one."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orken.kit.audit import words
from orken.kit.tables.views import respond
from orken.network import policy, region_sections, selectors, services, tables
from orken.network.forms import LineForm, OnDayForm
from orken.network.models import Appointment, Unit
from orken.network.roles import Permission
from orken.network.views.common import actor, crumbs, end_of_day, said, scope_or_404, unit_or_404


def units(request: HttpRequest) -> HttpResponseBase:
    """Every unit of her scope."""
    scope = scope_or_404(request, Permission.UNIT_VIEW)
    account = actor(request)
    table = tables.for_scope(tables.UNITS, scope)
    if policy.scope(account, Permission.UNIT_EDIT):
        table = tables.with_line(table)
    may = {
        "may_import": bool(policy.scope(account, Permission.UNIT_IMPORT)),
        "open_under": _top(policy.scope(account, Permission.UNIT_EDIT)),
    }
    return respond(request, table, tables.unit_rows(scope), "network/units.html", may)


def _top(scope: policy.Scope) -> Unit | None:
    return Unit.objects.filter(path=scope.paths[0]).first() if scope else None


def _hers_or_404(request: HttpRequest, code: str) -> Unit:
    """A unit of her scope, or the library where she works: everybody may read her own library's page."""
    account = actor(request)
    works_there = Appointment.objects.at().filter(person=account.person_id, unit__code=code)
    if works_there.exists():
        return Unit.objects.select_related("parent").get(code=code)
    return unit_or_404(request, code, Permission.UNIT_VIEW)


def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit as of a day: its names, place, traits, what is below it, its staff, its history."""
    account = actor(request)
    found = _hers_or_404(request, code)
    form = OnDayForm.of_address(request.GET) if request.GET else OnDayForm()
    form.is_valid()
    cleaned = getattr(form, "cleaned_data", {})
    on: date = cleaned.get("on") or timezone.localdate()
    known_at = end_of_day(cleaned.get("known_at"))
    may_see_staff = policy.allows(account, Permission.STAFF_VIEW, found)
    today = on == timezone.localdate() and known_at is None  # a past day is read, not changed
    may_edit = today and policy.allows(account, Permission.UNIT_EDIT, found)
    last = services.last_change(found) if may_edit else None
    context = {
        "unit": found,
        "form": form,
        "then": selectors.unit_on_day(found, on, known_at, with_staff=may_see_staff),
        "another_day": not today,
        "story": selectors.story(found),
        "crumbs": crumbs(found, policy.scope(account, Permission.UNIT_VIEW)),
        "may_edit": may_edit,
        "last": {"change": last, "what": words.verb_of(last), "who": words.who_of(last)} if last else None,
        "may_move": today and policy.allows(account, Permission.UNIT_MOVE, found),
        "may_see_staff": may_see_staff,
        "may_appoint": today and policy.allows(account, Permission.STAFF_EDIT, found),
        "may_give_roles": today and policy.allows(account, Permission.ROLE_ASSIGN, found),
        "may_audit": policy.allows(account, Permission.AUDIT_VIEW, found),
    }
    return render(request, "network/unit.html", context)


@login_not_required
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region as anybody sees it: its library, its districts, how many libraries there are and on what line."""
    found = get_object_or_404(Unit, code=code, kind=Unit.Kind.REGION, exists=True)
    context = {"region": found, "view": selectors.region_view(found), "sections": region_sections.of(found)}
    return render(request, "network/region.html", context)


def line(request: HttpRequest) -> HttpResponse:
    """Note the line of the chosen libraries."""
    scope = scope_or_404(request, Permission.UNIT_EDIT)
    if request.method != "POST":
        return redirect("network:units")
    picked = [int(value) for value in request.POST.getlist("pick")[:500] if value.isdecimal() and len(value) < 18]
    chosen = list(Unit.objects.filter(scope.q(), pk__in=picked, exists=True).order_by("sort_kk"))
    if not chosen:
        messages.warning(request, _("Choose libraries in the list first."))
        return redirect("network:units")
    form = LineForm(request.POST if "asked" in request.POST else None)
    if form.is_bound and form.is_valid():
        batch = uuid4()
        changed = services.note_line(
            units=chosen,
            internet=form.cleaned_data["internet"],
            on=form.cleaned_data["on"],
            by=actor(request),
            batch=batch,
        )
        text = ngettext("The line of %(n)s library is noted.", "The line of %(n)s libraries is noted.", changed)
        said(request, text % {"n": changed}, batch if changed else None)
        return redirect("network:units")
    return render(request, "network/line.html", {"form": form, "chosen": chosen}, status=422 if form.errors else 200)


def semey(request: HttpRequest) -> HttpResponse:
    """The step of the tour: Semey's library on a day when it stood under East Kazakhstan."""
    found = Unit.objects.filter(code="KZ-10-LIB").first()
    if found is None:
        raise Http404
    return redirect(f"{found.get_absolute_url()}?on=2021-11-24")
