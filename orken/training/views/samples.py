"""Work samples: hers to send, others' to look at."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from orken.kit.files import services as files
from orken.training import policy as office
from orken.training.models import Sample, SampleFile, SampleLook
from orken.training.samples import policy, selectors, services
from orken.training.samples.forms import BackForm, LookForm, SendForm
from orken.training.samples.selectors import Standing
from orken.training.views.common import actor, run_where_or_404, told

TEMPLATES = "training/samples"


def ask_or_404(request: HttpRequest, pk: int) -> Any:
    found = selectors.one(actor(request), pk)
    if found is None:
        raise Http404
    return found


@require_GET
def of_run(request: HttpRequest, code: str) -> HttpResponse:
    """Who of a run was asked, what came and what was said of it."""
    account = actor(request)
    run = run_where_or_404(policy.listed(account), code)
    context = {
        "run": run, "manages": office.manages(account, run), "tab": "desk", "rows": selectors.of_run(run, account),
        "counts": selectors.counts(run),
    }  # fmt: skip
    return render(request, f"{TEMPLATES}/of_run.html", context)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for her look, and what she is asked for herself."""
    account = actor(request)
    context = {
        "waiting": selectors.waiting_for_her_look(account), "rest": selectors.looked_at_before(account),
        "mine": selectors.asked_of(account.person_id),
    }  # fmt: skip
    return render(request, f"{TEMPLATES}/waiting.html", context)


def _page(request: HttpRequest, ask: Any, **more: Any) -> HttpResponse:
    """The page of one ask, with the form that its reader may fill in."""
    account, stands = actor(request), selectors.standing(ask)
    hers = ask.enrolment.person_id == account.person_id
    sendings = selectors.sendings(ask)
    outcomes = selectors.criteria(ask)
    context = {
        "ask": ask, "run": ask.enrolment.run, "standing": stands, "shade": selectors.SHADES[stands], "hers": hers, "sendings": sendings,
        "late": selectors.is_late(ask), "outcomes": outcomes, "account": account,
        "send": SendForm() if hers and stands in (Standing.ASKED, Standing.RETURNED) else None,
        "look": LookForm(outcomes=outcomes) if not hers and stands == Standing.SENT else None,
        **more,
    }  # fmt: skip
    wrong = any(getattr(form, "errors", None) for form in (context["send"], context["look"]))
    return render(request, f"{TEMPLATES}/one.html", {**context, "wrong": wrong}, status=422 if wrong else 200)


@never_cache
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, what was sent, what was said of it."""
    return _page(request, ask_or_404(request, pk))


@never_cache
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """She sends her work."""
    ask = ask_or_404(request, pk)
    if ask.enrolment.person_id != actor(request).person_id:
        raise Http404
    form = SendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.send(ask=ask, uploads=said["work"], words=said["words"], by=actor(request))
        except services.Refused as refused:
            form.add_error("work", services.REFUSALS[str(refused)])
        except files.FileRefused as refused:
            form.add_error("work", str(refused))
        else:
            told(request, _("It is sent. You get a letter when somebody has looked at it."))
            return redirect("training:sample", pk=pk)
    return _page(request, ask_or_404(request, pk), send=form) if request.method == "POST" else redirect("training:sample", pk=pk)  # fmt: skip


@never_cache
def look(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Somebody who may look at it says what it is worth."""
    ask = ask_or_404(request, pk)
    if ask.enrolment.person_id == actor(request).person_id:
        raise Http404
    sample = get_object_or_404(Sample.objects.filter(ask=ask), number=number)
    if request.method != "POST":
        return redirect("training:sample", pk=pk)
    form = LookForm(request.POST, outcomes=selectors.criteria(ask))
    if form.is_valid():
        given: dict[str, Any] = {"marks": form.marks(), "words": form.cleaned_data["words"]}
        try:
            services.look(sample=sample, verdict=form.verdict(), by=actor(request), **given)
        except services.Refused as refused:
            form.add_error("words" if str(refused) == "words" else None, services.REFUSALS[str(refused)])
        else:
            told(request, _("Said, and she is told."))
            return redirect("training:sample", pk=pk)
    return _page(request, ask_or_404(request, pk), look=form)


def take_back(request: HttpRequest, pk: int, look: int) -> HttpResponse:
    """Whoever said it takes it back with a reason."""
    ask = ask_or_404(request, pk)
    account = actor(request)
    rows = SampleLook.objects.filter(sample__ask=ask, by=account, superseded_at=None).select_related("sample")
    found = get_object_or_404(rows, pk=look)
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.take_back(look=found, because=form.cleaned_data["because"], by=account)
        except services.Refused as refused:
            form.add_error(None, services.REFUSALS[str(refused)])
        else:
            told(request, _("Taken back: the work waits for a look again."))
            return redirect("training:sample", pk=pk)
    context = {"ask": ask, "run": ask.enrolment.run, "look": found, "form": form}
    return render(request, f"{TEMPLATES}/take_back.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of a sample, for whoever may see it."""
    ask = ask_or_404(request, pk)
    rows = SampleFile.objects.filter(sample__ask=ask).select_related("file")
    return redirect(files.address(get_object_or_404(rows, pk=file).file))
