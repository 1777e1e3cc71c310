"""Past records: what she claims, who vouches for it, what a registrar strikes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.credentials import forms, policy, selectors, services
from orken.credentials.models import PastRecord
from orken.credentials.tables import PAST
from orken.kit.files import services as files
from orken.kit.states import WayIsClosed
from orken.kit.tables.views import respond
from orken.network import policy as network
from orken.network.roles import Permission
from orken.network.views.common import actor

READ_BY = (Permission.CREDENTIAL_VIEW, Permission.CREDENTIAL_ISSUE, Permission.CREDENTIAL_VOUCH)


def claim(request: HttpRequest) -> HttpResponse:
    """A certificate of earlier years that she holds on paper."""
    form = forms.ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.claim(by=actor(request), **form.cleaned_data)
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        except files.FileRefused as refused:
            form.add_error("evidence", str(refused.args[0]))
        else:
            messages.success(request, _("It is sent. Until the methodologist of your region has looked at it, its hours are provisional."))  # fmt: skip
            return redirect("credentials:mine")
    return render(request, "credentials/past/claim.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PastRecord, pk=pk, person=actor(request).person, origin=PastRecord.Origin.CLAIM)
    try:
        services.withdraw_claim(record=found, by=actor(request))
    except WayIsClosed:
        messages.error(request, _("It was decided already and stays."))
    else:
        messages.success(request, _("It is taken back."))
    return redirect("credentials:mine")


def records(request: HttpRequest) -> HttpResponseBase:
    """The past records of her people, and the claims that wait for her word."""
    account = actor(request)
    if not any(network.scope(account, one) for one in READ_BY):
        raise Http404
    context = {"keeps": bool(network.scope(account, Permission.CREDENTIAL_ISSUE))}
    return respond(request, PAST, selectors.past_for(account), "credentials/past/records.html", context)


VERBS: dict[str, Callable[..., PastRecord]] = {"vouch": services.vouch, "refuse": services.refuse, "strike": services.strike}  # fmt: skip


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One past record: where it comes from, and what its reader may decide."""
    account = actor(request)
    rows = selectors.past_for(account).select_related("person", "unit", "keeper", "domain", "evidence", "source", "decided_by__person")  # fmt: skip
    found = get_object_or_404(rows, pk=pk)
    sent = next((verb for verb in VERBS if verb in request.POST), "")
    form = forms.RefusalForm(request.POST if sent in ("refuse", "strike") else None)
    try:
        if request.method == "POST" and sent == "vouch":
            services.vouch(record=found, by=account)
            messages.success(request, _("You have vouched for it; its hours count as confirmed, from paper."))
            return redirect(found)
        if request.method == "POST" and sent and form.is_valid():
            VERBS[sent](record=found, by=account, **form.cleaned_data)
            messages.success(request, _("It is written down; she reads the reason."))
            return redirect(found)
    except WayIsClosed:
        messages.error(request, _("It was decided already and stays."))
        return redirect(found)
    return render(request, "credentials/past/record.html", _context(found, account, form), status=422 if form.errors else 200)  # fmt: skip


def _context(found: PastRecord, account: Any, form: forms.RefusalForm) -> dict[str, Any]:
    mine = PastRecord.objects.filter(pk=found.pk)
    waits = found.state == PastRecord.State.SENT
    return {
        "record": found, "form": form, "evidence": files.address(found.evidence) if found.evidence else "",
        "decides": waits and mine.filter(policy.decided(account)).exists(),
        "strikes": found.state == PastRecord.State.CONFIRMED and mine.filter(policy.struck(account)).exists(),
        "kept": found.source is not None and selectors.registers_for(account).filter(pk=found.source.pk).exists(),
    }  # fmt: skip
