"""What the views share: which run, and whether this reader leads it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise

from orken.kit.states import WayIsClosed
from orken.network.views.common import actor
from orken.people.models import Account
from orken.training import policy, selectors, states
from orken.training.models import Applicant, Run

__all__ = [
    "account_of",
    "actor",
    "address_on_paper",
    "applicant_or_404",
    "changed_while_live",
    "managed_or_404",
    "run_or_404",
    "run_where_or_404",
    "says_why",
    "told",
]


def address_on_paper(request: HttpRequest, name: str, *arguments: object) -> str:
    """An address as a QR code carries it: without a language, so that whoever scans it reads her own."""
    return request.build_absolute_uri("/" + reverse(name, args=arguments).split("/", 2)[2])


def account_of(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def run_or_404(code: str, reader: Account | None = None) -> Run:
    """A run that has a page for everybody, or one in the archive that the reader applied to, taught or organises."""
    rows = selectors.visible() if reader is None else selectors.readable(reader)
    rows = rows.select_related("host", "place", "version__programme").annotate(travels=selectors.has_route())
    return get_object_or_404(rows, code=code)


def run_where_or_404(hers: Q, code: str, **more: Any) -> Run:
    """A run within `hers`, a condition of a policy; for everybody else the page does not exist. `more`: what is read along."""
    rows = Run.objects.filter(hers).annotate(**more).select_related("host", "place", "version__programme")
    return get_object_or_404(rows.distinct(), code=code)


def managed_or_404(request: HttpRequest, code: str) -> Run:
    """A run that the reader organises."""
    return run_where_or_404(policy.managed(actor(request)), code)


def applicant_or_404(request: HttpRequest, pk: int) -> Applicant:
    found = selectors.applicants_for(actor(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def says_why(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a run that is over meanwhile, and pressed all the same: the page again, with the reason."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except WayIsClosed as refusal:
            messages.error(request, " ".join(map(str, refusal.reasons)))
            return redirect(request.path)

    return answered


def changed_while_live(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that changes a run: of one that is over meanwhile no form is offered, but its desk, with the reason."""

    @wraps(view)
    def answered(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        run = managed_or_404(request, code)
        if request.method == "POST" or run.is_live:
            return view(request, code, *args, **kwargs)
        if not len(messages.get_messages(request)):  # pressed before, it was told already
            messages.warning(request, str(states.as_it_stands(run)))
        return redirect("training:desk", code=code)

    return answered


def told(request: HttpRequest, text: str | Promise, *, undo: str = "", wrong: bool = False) -> None:
    """Say what became of it; `undo` is the address that takes it back, `wrong`: nothing became of it."""
    messages.add_message(request, messages.ERROR if wrong else messages.SUCCESS, str(text), extra_tags=undo)
