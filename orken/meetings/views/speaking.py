"""Certificates of those who spoke: the organiser sees who has one, whoever issues asks for the others; a guest gets hers by her link."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from orken.credentials import services as credentials
from orken.credentials.models import Batch
from orken.credentials.paper import keeping
from orken.meetings import keys, selectors
from orken.meetings import services as meetings
from orken.meetings.models import Meeting
from orken.meetings.views.common import actor, found_or_404, told
from orken.training import policy as office
from orken.training.certifying.forms import CertifyForm
from orken.training.models import Run
from orken.training.results import policy
from orken.training.views.common import run_where_or_404


def speaking(request: HttpRequest, code: str) -> HttpResponse:
    """Every talk with who gave it: whose certificate there is, whose waits, and what stands in the way of the others."""
    account = actor(request)
    run = run_where_or_404(policy.seen(account), code)
    if run.kind not in Meeting.KINDS:
        raise Http404
    found, prefix = selectors.given_at(run), meetings.prefix_of(account, run)
    issues, waiting = prefix is not None, [one for one in found if one.waits]
    batches = list(Batch.objects.filter(source=meetings.source_of_run(run)).select_related("prefix")) if issues else []
    last = batches[0] if batches else Batch.objects.filter(prefix=prefix).first() if issues else None
    form = CertifyForm(
        request.POST or None, signed=last.common["signed"] if last else [],
        initial={"dated_on": max((one.spoken.on for one in waiting if one.spoken), default=timezone.localdate())},
    )  # fmt: skip
    if request.method == "POST" and issues and form.is_valid():
        batch = _asked(request, form, run)
        if batch is not None:
            told(request, _("The certificates are being prepared."))
            return redirect(batch)
    chosen = _chosen(request) if request.method == "POST" else {one.giving.pk for one in waiting if not one.revoked}
    context: dict[str, Any] = {
        "run": run, "tab": "programme", "part": "speakers", "manages": office.manages(account, run), "issues": issues, "found": found,
        "waiting": waiting, "form": form, "batches": batches, "chosen": chosen,
    }  # fmt: skip
    return render(request, "meetings/speaking.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest) -> set[int]:
    return {int(one) for one in request.POST.getlist("who") if one.isascii() and one.isdecimal() and len(one) < 18}


def _asked(request: HttpRequest, form: CertifyForm, run: Run) -> Batch | None:
    answers = {name: form.cleaned_data[name] for name in ("dated_on", "order", "ordered_on", "latin")}
    try:
        return meetings.certify_speakers(
            run=run, given=_chosen(request), signed=form.signed, by=actor(request), **answers
        )
    except credentials.BeingPrepared as standing:
        return standing.batch
    except credentials.Refused as refusal:
        form.add_error(None, str(refusal.text))
        return None


@never_cache
@login_not_required
def paper(request: HttpRequest, word: str, number: str) -> HttpResponse:
    """The paper of her own talk, to whoever holds her link; nothing else is opened by it."""
    speaker = found_or_404(keys.speaker_of(word))
    found = found_or_404(next((one for one in selectors.certificates_of(speaker) if one.number == number), None))
    answer = HttpResponse(keeping.content(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
