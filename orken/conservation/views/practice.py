"""«Try it» pages of treatment and climate: an exercise graded at once, no attempt kept; and the rules to read."""

from __future__ import annotations

import random

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.conservation.forms.papers import RuleForm
from orken.conservation.kinds import treatment
from orken.conservation.kinds.climate import ReadClimate
from orken.conservation.kinds.treatment import PlanTreatment
from orken.conservation.policy import rules as policy
from orken.conservation.selectors import rules as selectors
from orken.conservation.services import rules as services
from orken.conservation.treatment import CASES, RULES, STEPS
from orken.conservation.treatment.rules import Status
from orken.curriculum.kinds import AnswerRefused
from orken.network.views.common import actor

SEEDS = 1000


def cases(request: HttpRequest) -> HttpResponse:
    """Every case of treatment and of the first hour."""
    incident = [one for one in CASES.values() if one.facts.get("incident")]
    objects = [one for one in CASES.values() if not one.facts.get("incident")]
    return render(request, "conservation/cases.html", {"objects": objects, "incidents": incident})


def case(request: HttpRequest, code: str) -> HttpResponse:
    """One case: choose and order the steps, see what the rules say."""
    found = CASES.get(code)
    if found is None:
        raise Http404
    kind = PlanTreatment()
    payload = {"case": code}
    chosen: dict[str, tuple[str, str]] = {}
    problem, verdict = "", None
    if request.method == "POST":
        chosen = treatment.chosen(request.POST)
        try:
            answer = kind.parse({"steps": treatment.plan(chosen)})
            verdict = kind.judge(payload, answer)
        except AnswerRefused as refused:
            problem = str(refused)
    context = {
        "case": found, **kind.page(payload, {"steps": treatment.plan(chosen)}, ""), "stages": treatment.stages(chosen, bool(found.facts.get("incident"))), "verdict": verdict, "problem": problem,
        "plan": [STEPS[one["id"]] for one in treatment.plan(chosen)], "save_url": reverse("conservation:case", args=[code]),
        "template": "conservation/parts/plan.html", "least": [STEPS[step] for step in found.least] if verdict else [],
    }  # fmt: skip
    return render(request, "conservation/case.html", context, status=422 if problem else 200)


def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its reason, source, author and status; drafts first, for they wait for somebody."""
    standing = sorted(selectors.standing(), key=lambda rule: rule.status is not Status.DRAFT)
    context = {"rules": standing, "drafts": sum(rule.status is Status.DRAFT for rule in standing), "may_review": policy.reviews(actor(request))}  # fmt: skip
    return render(request, "conservation/rules.html", context)


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule with every decision on it; a restorer of the School approves it here or sends it back to draft."""
    found = selectors.one(code)
    if found is None:
        raise Http404
    account = actor(request)
    may_review = policy.reviews(account)
    other = Status.DRAFT if found.status is Status.APPROVED else Status.APPROVED
    form = RuleForm(request.POST if request.method == "POST" and may_review else None)
    if request.method == "POST" and not may_review:
        raise Http404
    if form.is_bound and form.is_valid():
        wanted = Status(form.cleaned_data["status"])
        try:
            services.review(rule_id=code, status=wanted, why=form.cleaned_data["why"], by=account)
            messages.success(request, _("The rule is approved: from now on it judges plans.") if wanted is Status.APPROVED else _("The rule is a draft again: it only advises."))  # fmt: skip
        except services.StandsSo:
            messages.warning(request, _("Somebody decided so already."))
        return redirect("conservation:rule", code)
    context = {"rule": found, "other": other.value, "form": form, "may_review": may_review, "reviews": list(selectors.reviews(code)), "first": RULES[code]}  # fmt: skip
    return render(request, "conservation/rule.html", context, status=422 if form.errors else 200)


def read_climate(request: HttpRequest) -> HttpResponse:
    """Read the chart of a store of practice; `?seed=` is the same chart again."""
    asked = request.GET.get("seed", "")
    seed = int(asked) % SEEDS if asked.isascii() and asked.isdecimal() and len(asked) < 9 else random.randrange(SEEDS)
    kind = ReadClimate()
    payload = kind.draw({}, seed)
    grade, problem, answer = None, "", {}
    if request.method == "POST":
        try:
            answer = kind.parse(kind.answer(payload, request.POST, {}) or {})
            grade = kind.grade(payload, answer)
        except AnswerRefused as refused:
            problem = str(refused)
    context = {
        **kind.page(payload, answer, ""), "grade": grade, "problem": problem, "seed": seed,
        "save_url": f"{reverse('conservation:read_climate')}?seed={seed}", "template": "conservation/parts/climate.html",
    }  # fmt: skip
    if grade:
        context["chart"] = kind.chart(payload, marked=True)
    return render(request, "conservation/read_climate.html", context, status=422 if problem else 200)
