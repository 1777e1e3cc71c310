"""What the views share: which run, whether its reader organises it, and what a refusal says."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise

from orken.meetings import policy
from orken.meetings.models import Meeting
from orken.meetings.services import WayIsClosed
from orken.network.views.common import actor
from orken.people.models import Account
from orken.training import policy as training
from orken.training import selectors as runs
from orken.training.models import Run

__all__ = [
    "account_of",
    "actor",
    "found_or_404",
    "looked_or_404",
    "managed_or_404",
    "public_or_404",
    "says_why",
    "told",
]

SPOKEN = {"kind__in": Meeting.KINDS}


def account_of(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def public_or_404(request: HttpRequest, code: str) -> Run:
    """A run at which people speak, with a page for this reader."""
    account = account_of(request)
    rows = runs.visible() if account is None else runs.readable(account)
    return get_object_or_404(rows.filter(**SPOKEN).select_related("host", "place"), code=code)


def managed_or_404(request: HttpRequest, code: str) -> Run:
    """One that the reader organises; for everybody else the page does not exist."""
    rows = Run.objects.filter(training.managed(actor(request)), **SPOKEN).select_related("host", "place").distinct()
    return get_object_or_404(rows, code=code)


def looked_or_404(request: HttpRequest, code: str) -> Run:
    """One whose proposals the reader looks at."""
    rows = Run.objects.filter(policy.looked_at(actor(request)), **SPOKEN).select_related("host", "place").distinct()
    return get_object_or_404(rows, code=code)


def found_or_404(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def says_why(name: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """What is closed meanwhile and pressed all the same leads to the page `name` of the run, with the reason."""

    def around(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except WayIsClosed as refusal:
                messages.error(request, " ".join(map(str, refusal.reasons)))
                return redirect(name, code=kwargs["code"]) if "code" in kwargs else redirect(name)

        return answered

    return around


def told(request: HttpRequest, text: str | Promise, *, wrong: bool = False) -> None:
    messages.add_message(request, messages.ERROR if wrong else messages.SUCCESS, str(text))
