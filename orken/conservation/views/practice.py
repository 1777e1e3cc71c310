"""«Try it» pages of treatment and climate: an exercise graded at once, no attempt kept; and the rules to read."""

from __future__ import annotations

import random
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from orken.conservation.climate import chart
from orken.conservation.climate.alarms import Point, alarms, days
from orken.conservation.climate.exercises import ACTIONS, ASKED
from orken.conservation.forms.papers import RuleForm
from orken.conservation.kinds.climate import ReadClimate
from orken.conservation.kinds.treatment import PlanTreatment
from orken.conservation.policy import rules as policy
from orken.conservation.selectors import rules as selectors
from orken.conservation.services import rules as services
from orken.conservation.treatment import CASES, FACTS, MATERIALS, RULES, STEPS
from orken.conservation.treatment.facts import value_of
from orken.conservation.treatment.rules import Status
from orken.conservation.treatment.steps import Stage
from orken.conservation.vocabulary.climate import BY_CODE, DEFAULT
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
        chosen = _chosen(request)
        try:
            answer = kind.parse({"steps": _plan(chosen)})
            verdict = kind.judge(payload, answer)
        except AnswerRefused as refused:
            problem = str(refused)
    facts = kind.facts(payload)
    known = [(fact.name, [fact.values[one] for one in _values(value_of(facts, key))]) for key, fact in FACTS.items() if value_of(facts, key) != fact.default]  # fmt: skip
    incident = bool(found.facts.get("incident"))
    steps = [step for step in STEPS.values() if incident or step.id[0] == "T"]
    steps.sort(key=lambda step: list(Stage).index(step.stage))
    stages = [
        (stage.words, [(step, *chosen.get(step.id, ("", "")), _materials(step.id)) for step in group])
        for stage, group in groupby(steps, key=lambda step: step.stage)
    ]
    context = {
        "case": found, "known": known, "stages": stages, "verdict": verdict, "problem": problem,
        "plan": [STEPS[one["id"]] for one in _plan(chosen)], "save_url": reverse("conservation:case", args=[code]),
        "template": kind.template, "least": [STEPS[step] for step in found.least] if verdict else [],
    }  # fmt: skip
    return render(request, "conservation/case.html", context, status=422 if problem else 200)


def _values(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _materials(step: str) -> list[Any]:
    return [one for one in MATERIALS.values() if step in one.steps]


def _chosen(request: HttpRequest) -> dict[str, tuple[str, str]]:
    """Step → (its number in the plan as typed, its material)."""
    return {
        step: (request.POST.get(f"n_{step}", "").strip()[:4], request.POST.get(f"m_{step}", "")[:60])
        for step in STEPS
        if request.POST.get(f"n_{step}", "").strip()
    }


def _plan(chosen: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """The steps by their numbers; two with one number stand as in the catalogue."""

    def place(step: str) -> float:
        text = chosen[step][0]
        return float(text) if text.isascii() and text.isdecimal() else 9999.0

    order = list(STEPS)
    ids = sorted(chosen, key=lambda step: (place(step), order.index(step)))
    return [{"id": step, "material": chosen[step][1]} for step in ids]


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
    public = kind.public_payload(payload)
    grade, problem, answer = None, "", {}
    if request.method == "POST":
        try:
            answer = kind.parse(_reading(request))
            grade = kind.grade(payload, answer)
        except AnswerRefused as refused:
            problem = str(refused)
    points = [Point(datetime.fromisoformat(at), t, h) for at, t, h in public["points"]]
    norm = BY_CODE[DEFAULT]
    labels = chart.Labels(_("Temperature and humidity of a store"), _("Relative humidity, %"), _("Temperature, °C"), _("norm"), _("danger"))  # fmt: skip
    shown = alarms(points, norm) if grade else []
    context = {
        "chart": mark_safe(chart.svg(points, norm, shown, labels)),
        "kinds": [(kind_, (answer or {}).get("alarms", {}).get(kind_.value, "")) for kind_ in ASKED],
        "actions": list(ACTIONS.items()), "days": days(points), "norm": norm, "grade": grade, "problem": problem, "answer": answer,
        "seed": seed, "save_url": f"{reverse('conservation:read_climate')}?seed={seed}", "template": kind.template,
    }  # fmt: skip
    return render(request, "conservation/read_climate.html", context, status=422 if problem else 200)


def _reading(request: HttpRequest) -> dict[str, Any]:
    alarms_ = {key[2:]: value for key, value in request.POST.items() if key.startswith("a_") and value}
    mean = str(request.POST.get("mean", "")).strip().replace(",", ".")
    try:
        number: Any = float(mean) if mean else None
    except ValueError:
        number = -1
    return {"alarms": alarms_, "action": request.POST.get("action", ""), "mean": number}
