"""Institutions that take part, and guests from outside, as the organiser sees them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from orken.kit.i18n.content import LANGUAGES, current_language
from orken.meetings import forms, keys, letters, selectors
from orken.meetings import services as meetings
from orken.meetings.models import Guest, Institution
from orken.meetings.views.common import actor, managed_or_404, says_why, told


@says_why("meetings:institutions")
def institutions(request: HttpRequest, code: str) -> HttpResponse:
    """Who is listed, invited, comes; how many institutions of how many regions; putting libraries on the list."""
    run = managed_or_404(request, code)
    meeting = selectors.meeting_of(run)
    rows = selectors.institutions_of(meeting)
    form = forms.ListForm(request.POST if "unit" in request.POST or "unit_pick" in request.POST else None)
    if request.method == "POST" and form.is_bound and form.is_valid():
        units = list(selectors.below(form.cleaned_data["unit"], form.cleaned_data["which"]))
        try:
            made = meetings.list_units(run=run, units=units, by=actor(request))
        except meetings.TooManyAtOnce as refusal:
            form.add_error("unit", _("%(n)s libraries are too many for one list. Choose a part of them.") % {"n": refusal.many})  # fmt: skip
        else:
            text = ngettext("%(n)s library is put on the list.", "%(n)s libraries are put on the list.", len(made))
            told(request, text % {"n": len(made)})
            return redirect("meetings:institutions", code=code)
    context = {
        "run": run, "rows": rows, "guests": selectors.guests_of(meeting), "form": form,
        "figures": selectors.figures(meeting, listed=rows), "tab": "programme", "part": "institutions",
    }  # fmt: skip
    return render(request, "meetings/institutions.html", context, status=422 if form.errors else 200)


@require_POST
@says_why("meetings:institutions")
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Write to the chosen ones, or to all that are listed and not yet invited."""
    run, by = managed_or_404(request, code), actor(request)
    picked = [int(one) for one in request.POST.getlist("pick")[:300] if one.isdecimal() and len(one) < 18]
    rows = Institution.objects.filter(meeting=run.pk, pk__in=picked).select_related("meeting__run__host", "unit")
    done = 0
    for row in rows.filter(state__in=(Institution.State.LISTED, Institution.State.INVITED)).order_by("pk"):
        meetings.invite_institution(institution=row, by=by)
        done += 1
    if done:
        told(request, ngettext("%(n)s institution is invited.", "%(n)s institutions are invited.", done) % {"n": done})
    else:
        told(request, _("Choose institutions in the list first."), wrong=True)
    return redirect("meetings:institutions", code=code)


@says_why("meetings:institutions")
def outsider(request: HttpRequest, code: str) -> HttpResponse:
    """Put a body on the list that the network does not know."""
    run = managed_or_404(request, code)
    form = forms.OutsiderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meetings.list_outsider(run=run, values=form.cleaned_data, by=actor(request))
        told(request, _("Saved."))
        return redirect("meetings:institutions", code=code)
    return _form(request, run, form, _("An institution from outside the network"))


def _form(request: HttpRequest, run: Any, form: Any, title: str, **more: Any) -> HttpResponse:
    context = {"run": run, "form": form, "title": title, "tab": "programme", "part": "institutions", "back": reverse("meetings:institutions", args=[run.code]), **more}  # fmt: skip
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


@says_why("meetings:institutions")
def institution(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What is kept of one institution; striking it off while it was not asked."""
    run = managed_or_404(request, code)
    found = get_object_or_404(Institution, pk=pk, meeting=run.pk)
    own = forms.InstitutionForm
    start = {name: getattr(found, name) for name in own.base_fields}
    form = own(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        meetings.change_institution(institution=found, values=form.cleaned_data, by=actor(request))
        told(request, _("Saved."))
        return redirect("meetings:institutions", code=code)
    drop = reverse("meetings:institution_verb", args=[code, pk, "strike"]) if found.state == Institution.State.LISTED else ""  # fmt: skip
    return _form(request, run, form, found.name, drop=drop, drop_label=_("Take it off the list"))


@require_POST
@says_why("meetings:institutions")
def institution_verb(request: HttpRequest, code: str, pk: int, verb: str) -> HttpResponse:
    """Note what was said by telephone, or strike it off."""
    run, by = managed_or_404(request, code), actor(request)
    found = get_object_or_404(Institution, pk=pk, meeting=run.pk)
    if verb == "come":
        meetings.answer_for_institution(institution=found, comes=True, delegation=found.delegation, by=by)
        told(request, _("Noted."))
    elif verb == "strike":
        meetings.strike_institution(institution=found, by=by)
        told(request, _("Taken off the list."))
    else:
        raise Http404
    return redirect("meetings:institutions", code=code)


@says_why("meetings:institutions")
def stay_away(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Note that it does not take part, with its reason."""
    run = managed_or_404(request, code)
    found = get_object_or_404(Institution, pk=pk, meeting=run.pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meetings.answer_for_institution(institution=found, comes=False, reason=form.cleaned_data["reason"], by=actor(request))  # fmt: skip
        told(request, _("Noted."))
        return redirect("meetings:institutions", code=code)
    return _form(request, run, form, _("Does not take part"), about=found.name)


# --- guests ---


@says_why("meetings:institutions")
def guest_add(request: HttpRequest, code: str) -> HttpResponse:
    run = managed_or_404(request, code)
    form = forms.GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = meetings.add_guest(run=run, by=actor(request), **form.cleaned_data)
        told(request, _("The link is sent.") if made.email else _("The link is made: hand it over."))
        return redirect("meetings:guest", code=code, pk=made.pk)
    return _form(request, run, form, _("A guest from outside"))


def guest(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A guest with her link, to be handed over."""
    run = managed_or_404(request, code)
    found = get_object_or_404(Guest, pk=pk, meeting=run.pk, erased_at=None)
    link = f"{settings.SITE_ADDRESS}/{current_language()}/guest/{keys.of_guest(found)}/"
    text = letters.to_outsider("guest", run, dict.fromkeys(LANGUAGES, found.name), link)[1]
    context = {"run": run, "guest": found, "link": link, "text": text, "tab": "programme", "part": "institutions"}
    return render(request, "meetings/guest.html", context)


@require_POST
@says_why("meetings:institutions")
def guest_drop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run = managed_or_404(request, code)
    meetings.drop_guest(guest=get_object_or_404(Guest, pk=pk, meeting=run.pk, gone_at=None), by=actor(request))
    told(request, _("The link is shut."))
    return redirect("meetings:institutions", code=code)


@require_POST
@says_why("meetings:institutions")
def guest_reopen(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run = managed_or_404(request, code)
    found = meetings.reopen_guest(guest=get_object_or_404(Guest, pk=pk, meeting=run.pk, erased_at=None), by=actor(request))  # fmt: skip
    told(request, _("The new link is sent.") if found.email else _("The new link is made: hand it over."))
    return redirect("meetings:guest", code=code, pk=pk)


@require_POST
def guest_forget(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """She asks to be erased."""
    run = managed_or_404(request, code)
    meetings.forget_guest(guest=get_object_or_404(Guest, pk=pk, meeting=run.pk, erased_at=None), by=actor(request))
    told(request, _("The data are erased."))
    return redirect("meetings:institutions", code=code)
