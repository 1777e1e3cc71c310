"""What the views share: who looks, and how a record is laid out for the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.cataloguing import checker, codecs, display, selectors
from orken.cataloguing.codecs import Item
from orken.cataloguing.profiles import Profile
from orken.cataloguing.record import Record
from orken.kit.limits import services as limits
from orken.people.models import Account

View = Callable[..., HttpResponse]
OFTEN = 60  # records or pairs of records in a minute
Crumb = tuple[str | Promise, str]
STYLES = ("gost71", "isbd")


def actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


def not_too_often(view: View) -> View:
    """Reading and grading cost the server work: so many records a minute for one person, then she waits a little."""

    @wraps(view)
    def measured(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method == "POST" and not limits.allow(
            f"cataloguing:{actor(request).pk}", times=OFTEN, per=timedelta(minutes=1)
        ):
            return render(request, "cataloguing/wait.html", {"crumbs": crumbs((_("A record"), ""))}, status=429)
        return view(request, *arguments, **named)

    return measured


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way from the school's tools down to the page; the last one is the page itself."""
    return [(_("Cataloguer's tools"), reverse("cataloguing:home")), *more]


def known_profile(code: str) -> Profile:
    try:
        return selectors.profile(code)
    except KeyError:
        raise Http404 from None


def text_of(record: Record) -> str:
    """The record as people type it, for a form that carries it on."""
    return codecs.dumps(record, "mrk").decode("utf-8", errors="replace")


def laid_out(record: Record, profile: Profile, item: Item | None = None) -> dict[str, Any]:
    """Everything the record's panes show; of an `item` of a file also what its reader saw: a wrong length, a cut end."""
    from orken.cataloguing import cards

    issues = list(checker.check(record, profile) if item is None else checker.check_item(item, profile))
    return {
        "record": record,
        "profile": profile,
        "lines": display.lines(record, profile, issues),
        "counts": [
            (display.SEVERITIES[severity], display.TONES[severity], number)
            for severity, number in display.counts(issues).items()
        ],
        "issues": issues,
        "cards": [
            (style, display.card_lines(cards.card(record, profile, style=style, width=0), style)) for style in STYLES
        ],
        "text": text_of(record),
    }
