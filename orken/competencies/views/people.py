"""A person's own pages, and what her head and her methodologists see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.competencies import forms, policy, selectors, services
from orken.competencies.models import Evidence
from orken.kit.ui.steps import Step, Walk
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person


def _actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


def _day(request: HttpRequest) -> date:
    """The day that is asked about (`?on=2025-10-31`), today by default."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


def mine(request: HttpRequest) -> HttpResponse:
    """Her own levels against what her post needs, with the way to assess herself."""
    return _profile(request, _actor(request).person)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The profile of somebody who works in the reader's scope."""
    who = get_object_or_404(Person, pk=pk)
    if not policy.may_view(_actor(request), who):
        raise Http404
    return _profile(request, who)


def _profile(request: HttpRequest, who: Person) -> HttpResponse:
    account = _actor(request)
    profile = selectors.profile(who, _day(request))
    context = {
        "profile": profile,
        "person": who,
        "own": account.person_id == who.pk,
        "may_judge": policy.may_judge(account, who),
        "evidence": selectors.evidence_of(who)[:200],
        "years": selectors.years_valid(profile.on),
    }
    return render(request, "competencies/profile.html", context)


def assess(request: HttpRequest, step: str = "A") -> HttpResponse:
    """Self-assessment: a domain a page, check your answers, nothing written before the end."""
    account = _actor(request)
    edition = selectors.edition()
    steps = [
        Step(part.code, f"{part.code}. {part.text.name}", forms.assessment(edition, part)) for part in edition.parts
    ]
    walk = Walk("competencies", steps, title=_("Self-assessment"), initial=_standing(account))

    def finish(answers: dict[str, Any]) -> HttpResponse | str:
        levels = {code: level for code, level in answers.items() if level is not None}
        try:
            services.assess_self(person=account.person, levels=levels, by=account)
        except services.NothingGiven:
            return _("You have not chosen any level yet.")
        messages.success(request, _("Written down. What your head or a test shows outranks your own opinion."))
        return redirect("competencies:mine")

    return walk.page(
        request,
        step,
        address=lambda name: reverse("competencies:assess", args=[name]),
        finish=finish,
        leave=reverse("competencies:mine"),
    )


def _standing(account: Account) -> dict[str, Any]:
    """What she answered last time, so that she only changes what changed."""
    rows = (
        Evidence.objects.live().filter(person=account.person_id, kind=Evidence.Kind.SELF).select_related("competency")
    )
    return {row.competency.code: row.level for row in rows.order_by("shown_on", "recorded_at")}


def judge(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The head's or the methodologist's judgement of one competency."""
    account = _actor(request)
    who = get_object_or_404(Person, pk=pk)
    if not policy.may_judge(account, who):
        raise Http404
    edition = selectors.edition()
    text = edition.text(code)
    part = edition.part(text.competency.domain.code) if text else None
    if text is None or part is None:
        raise Http404
    form = forms.JudgeForm(request.POST if request.method == "POST" else None, edition=edition, part=part)
    if request.method == "POST" and form.is_valid():
        services.judge(person=who, competency=text.competency, by=account, **form.cleaned_data)
        messages.success(request, _("Written down: %(name)s.") % {"name": text.name})
        return redirect("competencies:person", pk=who.pk)
    context = {
        "person": who, "form": form, "title": f"{code}. {text.name}", "text": text.covers,
        "back": reverse("competencies:person", args=[who.pk]),
    }  # fmt: skip
    return render(request, "competencies/change.html", context, status=422 if form.is_bound and form.errors else 200)


def strike_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike out a row that was a mistake, with a reason; it stays readable."""
    row = get_object_or_404(Evidence.objects.select_related("person", "competency"), pk=pk)
    account = _actor(request)
    if not policy.may_view(account, row.person):
        raise Http404
    form = forms.StrikeForm(request.POST if request.method == "POST" else None)
    own = account.person_id == row.person_id
    back = reverse("competencies:mine") if own else reverse("competencies:person", args=[row.person_id])
    if request.method == "POST" and form.is_valid():
        try:
            services.strike_out(evidence=row, because=form.cleaned_data["because"], by=account)
        except OutOfScope:
            form.add_error(None, _("Only whoever wrote it down, her head or her methodologist may strike it out."))
        else:
            messages.success(request, _("Struck out; it stays readable with its reason."))
            return redirect(back)
    context = {
        "person": row.person, "form": form, "title": _("Strike out"), "back": back,
        "text": f"{row.competency.code} · {row.level} · {row.get_kind_display()}",
    }  # fmt: skip
    return render(request, "competencies/change.html", context, status=422 if form.is_bound and form.errors else 200)
