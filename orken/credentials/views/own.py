"""Her own record: certificates, hours, training held elsewhere; and the methodologist who vouches for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.credentials import forms, selectors, services
from orken.credentials.models import OutsideTraining
from orken.credentials.paper import extract
from orken.credentials.tables import OUTSIDE
from orken.credentials.views.common import file
from orken.kit.files import services as files
from orken.kit.states import WayIsClosed
from orken.kit.tables.views import respond
from orken.network import policy as network
from orken.network.roles import Permission
from orken.network.views.common import actor


def mine(request: HttpRequest) -> HttpResponse:
    """My hours and certificates, and what I have sent."""
    person = actor(request).person
    assert person is not None, "an account is of a person"
    context = {
        "person": person, "certificates": list(selectors.certificates_of(person)), "hours": selectors.hours_of(person),
        "sent": list(OutsideTraining.objects.filter(person=person).select_related("evidence")),
        "past": list(selectors.past_of(person)), "year": timezone.localdate().year,
    }  # fmt: skip
    return render(request, "credentials/mine.html", context)


def my_paper(request: HttpRequest) -> HttpResponse:
    """My record on paper, in both languages; `?years=5` for an attestation."""
    person = actor(request).person
    assert person is not None, "an account is of a person"
    asked = request.GET.get("years", "")
    years = int(asked) if asked in ("1", "3", "5") else 0
    return file(extract.record(person, years=years), f"record-{timezone.localdate()}.pdf", "application/pdf")


def send(request: HttpRequest) -> HttpResponse:
    """Training that somebody else held."""
    form = forms.OutsideForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.send_outside(by=actor(request), **form.cleaned_data)
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        except files.FileRefused as refused:
            form.add_error("evidence", str(refused.args[0]))
        else:
            messages.success(
                request,
                _("It is sent. Until the methodologist of your region has looked at it, its hours are provisional."),
            )
            return redirect("credentials:mine")
    return render(request, "credentials/send.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(OutsideTraining, pk=pk, person=actor(request).person)
    try:
        services.withdraw(training=found, by=actor(request))
    except WayIsClosed:
        messages.error(request, _("It was decided already and stays."))
    else:
        messages.success(request, _("It is taken back."))
    return redirect("credentials:mine")


def outside(request: HttpRequest) -> HttpResponseBase:
    """What waits for her word, and what she decided."""
    account = actor(request)
    if not network.scope(account, Permission.CREDENTIAL_VOUCH):
        raise Http404
    return respond(request, OUTSIDE, selectors.outside_for(account), "credentials/outside.html")


def outside_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One training with its paper: recognise or decline."""
    account = actor(request)
    found = get_object_or_404(selectors.outside_for(account), pk=pk)
    form = forms.RefusalForm(request.POST if "decline" in request.POST else None)
    try:
        if request.method == "POST" and "recognise" in request.POST:
            services.recognise(training=found, by=account)
            messages.success(request, _("It is recognised; its hours count as confirmed."))
            return redirect("credentials:outside")
        if request.method == "POST" and form.is_valid():
            services.decline(training=found, by=account, **form.cleaned_data)
            messages.success(request, _("It is declined; she reads the reason."))
            return redirect("credentials:outside")
    except WayIsClosed:
        messages.error(request, _("It was decided already and stays."))
        return redirect("credentials:outside_one", pk=pk)
    context = {"training": found, "form": form, "evidence": files.address(found.evidence) if found.evidence else ""}
    return render(request, "credentials/outside_one.html", context, status=422 if form.errors else 200)
