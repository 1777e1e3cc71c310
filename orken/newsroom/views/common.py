"""What the pages share: which row, and in whose scope."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.kit.i18n.content import LANGUAGES, current_language
from orken.kit.states import WayIsClosed
from orken.newsroom import policy, selectors
from orken.newsroom.models import News
from orken.people.models import Account


def actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


def at_the_desk(request: HttpRequest) -> Account:
    account = actor(request)
    if not policy.stands_at_the_desk(account):
        raise Http404
    return account


def news_or_404(request: HttpRequest, pk: int, *, writes: bool = False, publishes: bool = False) -> News:
    """A piece at her desk; where it must be hers to write or to let out, another does not exist."""
    account = at_the_desk(request)
    news = get_object_or_404(selectors.at_the_desk(account), pk=pk)
    if (writes and not policy.may_write(account, news)) or (publishes and not policy.may_publish(account, news)):
        raise Http404
    return news


def language_of(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else current_language()


def piece_address(news: News, language: str = "") -> str:
    return reverse("newsroom:piece", args=[news.pk]) + (f"?lang={language}" if language else "")


def asked(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    back: str,
    *,
    button: str,
    lead: str = "",
    grave: bool = False,
    status: int = 0,
) -> HttpResponse:
    """One small form on a page of its own."""
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "back": back,
        "button": button,
        "lead": lead,
        "grave": grave,
        "meanwhile": status == 409,
    }
    return render(
        request, "newsroom/form.html", context, status=status or (422 if form.is_bound and form.errors else 200)
    )


def closed(request: HttpRequest, news: News, way: WayIsClosed) -> HttpResponse:
    """Why it cannot be done now, beside the piece."""
    stands = News.objects.get(pk=news.pk).get_state_display()
    if [str(reason) for reason in way.reasons] == [stands]:
        messages.warning(request, _("This cannot be done now. How the news stands: %(state)s.") % {"state": stands})
        return redirect(piece_address(news))
    why = " ".join(str(reason) for reason in way.reasons)
    messages.warning(request, " ".join(part for part in (_("This cannot be done now."), why) if part))
    return redirect(piece_address(news))


def edited(request: HttpRequest, news: News) -> HttpResponse:
    messages.warning(
        request, _("Somebody changed this news meanwhile: nothing is changed by this press. Look at it once more.")
    )
    return redirect(piece_address(news))
