"""The page of a run's certificates: who passed, who has one, asking for the others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.credentials import services as credentials
from orken.credentials.models import Batch
from orken.training import policy as office
from orken.training import run_parts
from orken.training.certifying import rows, services
from orken.training.certifying.forms import CertifyForm
from orken.training.results import policy
from orken.training.views.common import actor, run_where_or_404, told


def certificates(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who passed with her certificate; whoever issues chooses the others and asks for theirs."""
    account = actor(request)
    run = run_where_or_404(policy.seen(account), code)
    found, prefix = rows.candidates(run), services.prefix_of(account, run)
    issues = prefix is not None
    waiting = [one for one in found if one.certificate is None]
    batches = list(Batch.objects.filter(source=rows.source_of(run)).select_related("prefix")) if issues else []
    last = batches[0] if batches else Batch.objects.filter(prefix=prefix).first() if issues else None
    confirmed = rows.confirmed_on(run)
    order = rows.order_of(run) if issues else None
    form = CertifyForm(
        request.POST or None, signed=last.common["signed"] if last else [],
        initial={"dated_on": confirmed or timezone.localdate(), "order": order.code if order else "", "ordered_on": order.on if order else None},
    )  # fmt: skip
    if request.method == "POST" and issues and form.is_valid():
        batch = _asked(request, form, run)
        if batch is not None:
            told(request, _("The certificates are being prepared."))
            return redirect(batch)
    context: dict[str, Any] = {
        "run": run, "tab": "certificates", "manages": office.manages(account, run), "issues": issues, "found": found, "waiting": waiting,
        "renamed": [one for one in waiting if one.renamed], "wrong": rows.no_longer_passed(run) if issues else [], "form": form, "batches": batches,
        "confirmed": confirmed, "others": run_parts.papers_of(run), "chosen": _chosen(request) if request.method == "POST" else {one.result.enrolment_id for one in waiting if not one.revoked},
    }  # fmt: skip
    return render(request, "training/certificates.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest) -> set[int]:
    return {int(one) for one in request.POST.getlist("who") if one.isascii() and one.isdecimal() and len(one) < 18}


def _asked(request: HttpRequest, form: CertifyForm, run: Any) -> Batch | None:
    answers = {name: form.cleaned_data[name] for name in ("dated_on", "order", "ordered_on", "latin")}
    try:
        return services.certify(run=run, enrolments=_chosen(request), signed=form.signed, by=actor(request), **answers)
    except credentials.BeingPrepared as standing:
        return standing.batch
    except credentials.Refused as refusal:
        form.add_error(None, str(refusal.text))
        return None
