"""The pages of the site that stay: read by everybody, written at the centre."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.newsroom import forms, policy, services
from orken.newsroom import site as pages
from orken.newsroom.views.common import actor, asked
from orken.people.models import Account


@login_not_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    found = pages.page(slug)
    if found is None:
        raise Http404
    account = request.user if isinstance(request.user, Account) else None
    return render(
        request, "newsroom/page.html", {"page": found, "may_edit": account is not None and policy.writes_pages(account)}
    )


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    account = actor(request)
    found = pages.page(slug)
    if found is None or not policy.writes_pages(account):
        raise Http404
    start = {name: getattr(found, name) for name in pages.FIELDS} | {"revision": found.revision}
    form = forms.PageForm(request.POST if request.method == "POST" else None, initial=start)
    back = reverse("newsroom:page", args=[slug])
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        try:
            services.write_page(
                slug=slug,
                texts={name: answers[name] for name in pages.FIELDS},
                by=account,
                revision=answers["revision"],
            )
        except services.EditedMeanwhile:
            data = request.POST.copy()
            data["revision"] = str(found.revision)
            form.data = data
            return asked(request, form, found.title, back, button=_("Save"), status=409)
        messages.success(request, _("The page is changed."))
        return redirect(back)
    return asked(request, form, found.title, back, button=_("Save"))
