"""The papers of a run, and the referral of an applicant: chosen, answered, seen as PDF; the register is elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from orken.records import kinds
from orken.records import services as records
from orken.records.models import Paper
from orken.training import policy as office
from orken.training.models import Run
from orken.training.papers import policy, registering, selectors, services, sheets
from orken.training.papers.forms import PaperForm, ReferralForm
from orken.training.views.common import actor, applicant_or_404, run_where_or_404, told


def _seen_or_404(request: HttpRequest, code: str) -> Run:
    return run_where_or_404(policy.seen(actor(request)), code)


def _prepared_or_404(request: HttpRequest, code: str) -> Run:
    run = _seen_or_404(request, code)
    if not policy.prepares(actor(request), run):
        raise Http404
    return run


def papers(request: HttpRequest, code: str) -> HttpResponse:
    """What has been written about the run, and what can be; of a cancelled run, which orders still stand."""
    run = _seen_or_404(request, code)
    rows = list(selectors.papers_of(run))
    for row in rows:
        row.label = kinds.of(row.kind).label  # type: ignore[attr-defined]  # the kind's words, for this page
    context = {
        "run": run, "tab": "papers", "papers": rows, "prepares": policy.prepares(actor(request), run),
        "manages": office.manages(actor(request), run), "kinds": registering.kinds_for(run), "to_cancel": selectors.to_cancel(run), "to_end": selectors.to_cancel(run, "agreement"),
    }  # fmt: skip
    return render(request, "training/papers/papers.html", context)


def new(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A new paper of the run: its few questions, then the draft."""
    run = _prepared_or_404(request, code)
    if kind not in registering.OF_A_RUN:
        raise Http404
    start = {"papers": [str(one.pk) for one in selectors.to_cancel(run, kind.partition(".")[0])]}
    form = PaperForm(request.POST or None, run=run, kind=kind, start=start)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = services.prepare(run=run, kind=kind, answers=form.cleaned_data, by=actor(request))
        except records.CannotMake as refusal:
            problems = refusal.problems
        else:
            told(request, _("The draft is ready. Look at it before it gets its number."))
            return redirect(made)
    return _form(request, run, kind, form, problems)


def edit(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Other answers for a draft."""
    run = _prepared_or_404(request, code)
    paper = get_object_or_404(selectors.papers_of(run), pk=pk, state=Paper.State.DRAFT)
    form = PaperForm(request.POST or None, run=run, kind=paper.kind, start=paper.answers)
    form.fields.pop("papers", None)  # which papers it changes was said when it was begun
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            records.rewrite(paper=paper, answers=form.cleaned_data, by=actor(request))
        except records.CannotMake as refusal:
            problems = refusal.problems
        else:
            told(request, _("Saved."))
            return redirect(paper)
    return _form(request, run, paper.kind, form, problems)


def _form(request: HttpRequest, run: Run, kind: str, form: PaperForm, problems: list[Any]) -> HttpResponse:
    manages = office.manages(actor(request), run)
    context = {
        "run": run,
        "tab": "papers",
        "kind": kinds.of(kind),
        "form": form,
        "problems": problems,
        "manages": manages,
    }
    status = 422 if problems or form.errors else 200
    return render(request, "training/papers/form.html", context, status=status)


def refer(request: HttpRequest, pk: int) -> HttpResponse:
    """A referral of a library for its applicant: drafted, numbered by the library itself, printed, signed."""
    applicant = applicant_or_404(request, pk)
    if not policy.refers(actor(request), applicant.unit.path):
        raise Http404
    form = ReferralForm(request.POST or None)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = services.refer(applicant=applicant, answers=form.cleaned_data, by=actor(request))
        except records.CannotMake as refusal:
            problems = refusal.problems
        else:
            return redirect(made)
    context = {"applicant": applicant, "form": form, "problems": problems, "papers": selectors.referrals_of(applicant)}
    status = 422 if problems or form.errors else 200
    return render(request, "training/papers/referral.html", context, status=status)


def edit_referral(request: HttpRequest, pk: int, paper: UUID) -> HttpResponse:
    """Other answers for the draft of a referral."""
    applicant = applicant_or_404(request, pk)
    if not policy.refers(actor(request), applicant.unit.path):
        raise Http404
    found = get_object_or_404(Paper, pk=paper, source=f"{sheets.APPLICANT}{applicant.pk}", state=Paper.State.DRAFT)
    form = ReferralForm(request.POST or None, initial=found.answers)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            records.rewrite(paper=found, answers=form.cleaned_data, by=actor(request))
        except records.CannotMake as refusal:
            problems = refusal.problems
        else:
            return redirect(found)
    context = {"applicant": applicant, "form": form, "problems": problems, "papers": []}
    status = 422 if problems or form.errors else 200
    return render(request, "training/papers/referral.html", context, status=status)
