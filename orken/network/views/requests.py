"""Requests of transfer: asking, the two sides' list, one request with its answer (decision 0044)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.network import forms, policy, services, transfers
from orken.network.models import Transfer, Unit
from orken.network.roles import Permission
from orken.network.views.common import actor, said, scope_or_404
from orken.people.models import Person

OVER = 50


def asking(request: HttpRequest, unit: Unit, who: Person) -> HttpResponse:
    """The page of appointing when she works outside the reader's care: ask her side, or see how the request stands."""
    standing = Transfer.objects.filter(person=who, unit=unit, state=Transfer.State.ASKED).first()
    form = forms.TransferForm(request.POST or None)
    if request.method == "POST" and standing is None and form.is_valid():
        try:
            asked = transfers.ask(person=who, unit=unit, by=actor(request), **form.cleaned_data)
        except services.UnitNotOpen as refusal:
            form.add_error("on", str(refusal.sentence))
        except services.Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            said(request, _("Asked. The answer comes as a letter and stands on this page."))
            return redirect("network:transfer", pk=asked.pk)
    context = {"unit": unit, "person": who, "form": form, "standing": standing}
    return render(request, "network/transfer_ask.html", context, status=422 if form.is_bound and form.errors else 200)


def requests(request: HttpRequest) -> HttpResponse:
    """What waits for her answer, and what her libraries asked for."""
    scope = scope_or_404(request, Permission.STAFF_EDIT)
    context = {"waiting": transfers.answerable(scope), "asked": transfers.asked_from(scope)[:OVER]}
    return render(request, "network/transfers.html", context)


def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: her side answers, the side that asked sees how it stands and may take it back."""
    scope = scope_or_404(request, Permission.STAFF_EDIT)
    found = transfers.answerable(scope).filter(pk=pk).first()
    if found is None:  # not hers to answer: only the state, for the side that asked
        found = get_object_or_404(transfers.asked_from(scope), pk=pk)
        return render(request, "network/transfer.html", {"asked": found, "waits": found.state == Transfer.State.ASKED})
    ways = [one.way for one in transfers.TRANSITIONS.from_here(found) if one.way.actor == transfers.HER_SIDE]
    form = forms.AnswerForm(request.POST or None, ways=ways)
    if request.method == "POST" and form.is_valid():
        verb = transfers.accept if form.cleaned_data["way"] == "accept" else transfers.refuse
        try:
            verb(transfer=found, by=actor(request), answer=form.cleaned_data["answer"].strip())
        except services.Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        except (transfers.WayIsClosed, policy.OutOfScope):
            messages.warning(request, _("Somebody answered it before you, or it was taken back."))
            return redirect("network:transfers")
        else:
            said(request, _("The answer is sent."))
            return redirect("network:transfers")
    context = {"asked": found, "form": form}
    return render(request, "network/transfer.html", context, status=422 if form.is_bound and form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The library that asked takes its request back."""
    found = transfers.asked_from(scope_or_404(request, Permission.STAFF_EDIT)).filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        transfers.withdraw(transfer=found, by=actor(request))
    except transfers.WayIsClosed:
        messages.warning(request, _("It is answered already."))
    else:
        said(request, _("The request is taken back."))
    return redirect("network:transfers")
