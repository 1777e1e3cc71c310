"""The desk: what is in hand, and what news can be written of."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.newsroom import forms, policy, selectors, services, sources
from orken.newsroom.models import News
from orken.newsroom.views.common import actor, at_the_desk, piece_address

MOST = 100
OFFERED = 4  # of what was held and has no news yet; the whole list is a page of its own


def desk(request: HttpRequest) -> HttpResponse:
    account = at_the_desk(request)
    rows = list(selectors.at_the_desk(account)[:MOST])
    hers = [
        {
            "news": row,
            "waits": row.state == News.State.REVIEW
            and row.sent_by_id != account.pk
            and policy.may_publish(account, row),
        }
        for row in rows
    ]
    writes = bool(policy.writing(account))
    offered = [(owner, row) for owner, found in selectors.offers(account, "") for row in found] if writes else []
    offered.sort(key=lambda one: one[1].on, reverse=True)
    context = {"rows": hers, "writes": writes, "pages": policy.writes_pages(account), "offered": offered[:OFFERED]}
    return render(request, "newsroom/desk.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """What was held in her units and has no news yet."""
    account = at_the_desk(request)
    if not policy.writing(account):
        raise Http404
    form = forms.SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    return render(
        request, "newsroom/new.html", {"form": form, "query": query, "owners": selectors.offers(account, query)}
    )


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Compose the news of what was chosen."""
    account = actor(request)
    found = sources.find(request.POST.get("source", ""))
    offer = found[0].offer(found[1]) if found is not None else None
    if found is None or offer is None or not policy.writing(account).contains(offer.unit.path):
        raise Http404
    news = services.begin(source=f"{found[0].name}:{found[1]}", unit=offer.unit, by=account)
    messages.success(request, _("The draft is composed from the facts in three languages. Read it and make it yours."))
    return redirect(piece_address(news))
