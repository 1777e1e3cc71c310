"""Which document a training gives: the rules of today, their days, and the registrar's form for another."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from orken.credentials import forms, policy, selectors, services
from orken.credentials.models import DocumentRule
from orken.network.views.common import actor


def rules(request: HttpRequest) -> HttpResponse:
    """Read by whoever reads certificates; «what would it give?» answers by the rules of a day."""
    account = actor(request)
    if not policy.reads(account):
        raise Http404
    form = forms.GivesForm(request.GET or None)
    asked = form.is_bound and form.is_valid()
    context = {
        "rules": selectors.rules_now(), "past": selectors.rules_of_other_days(), "form": form, "asked": asked, "rules_them": policy.rules(account),
        "found": selectors.given(**form.cleaned_data) if asked else None,
    }  # fmt: skip
    return render(request, "credentials/rules.html", context)


def state_rule(request: HttpRequest) -> HttpResponse:
    """State a rule; `?from=12` begins with what rule 12 says."""
    account = actor(request)
    if not policy.rules(account):
        raise Http404
    form = forms.RuleForm(request.POST or None, initial=selectors.rule_as_answers(request.GET.get("from", "")))
    if request.method == "POST" and form.is_valid():
        services.state_rule(by=account, **form.cleaned_data)
        messages.success(request, _("The rule is stated. Documents that were made keep what they say."))
        return redirect("credentials:rules")
    return render(request, "credentials/rule.html", {"form": form}, status=422 if form.errors else 200)


def end_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a rule."""
    account = actor(request)
    if not policy.rules(account):
        raise Http404
    found = get_object_or_404(DocumentRule.objects.live(), pk=pk)
    form = forms.EndRuleForm(request.POST or None, rule=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_rule(rule=found, by=account, **form.cleaned_data)
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        else:
            messages.success(request, _("The rule ends on that day."))
            return redirect("credentials:rules")
    return render(request, "credentials/rule.html", {"form": form, "rule": found}, status=422 if form.errors else 200)
