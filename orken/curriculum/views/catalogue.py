"""The public catalogue, and the page of a programme as anybody sees it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from orken.curriculum import parts, policy, schema, selectors
from orken.curriculum.models import Programme
from orken.curriculum.tables import CATALOGUE
from orken.kit.i18n.templatetags.words import IN_LANGUAGE
from orken.people.models import Account


@login_not_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every published programme, by school, region, language, form and hours."""
    page = CATALOGUE.page(request, selectors.catalogue())
    account = request.user if isinstance(request.user, Account) else None
    return render(
        request,
        "curriculum/catalogue.html",
        {"table": page, "may_write": account is not None and bool(policy.editable(account))},
    )


@login_not_required
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """A programme with its outcomes, modules and hours; readable by people, by print and by search engines."""
    programme = Programme.objects.filter(code=code).select_related("unit", "published__programme__unit").first()
    if programme is None or programme.published is None:
        raise Http404
    whole = selectors.whole(programme.published)
    account = request.user if isinstance(request.user, Account) else None
    context = {
        "programme": programme,
        "whole": whole,
        "version": programme.published,
        "languages_of": [IN_LANGUAGE[one] for one in programme.published.languages],
        "parts": parts.drawn(request, programme.published),
        "course": schema.course(whole, request.build_absolute_uri()),
        "may_edit": account is not None and policy.may_edit(account, programme),
    }
    return render(request, "curriculum/offer.html", context)
