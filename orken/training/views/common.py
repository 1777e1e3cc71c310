"""What the views share: which run, and whether this reader leads it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from orken.network.views.common import actor
from orken.people.models import Account
from orken.training import policy, selectors
from orken.training.models import Applicant, Run

__all__ = ["account_of", "actor", "applicant_or_404", "managed_or_404", "run_or_404", "run_where_or_404", "told"]


def account_of(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def run_or_404(code: str) -> Run:
    """A run that has a page for everybody."""
    rows = selectors.visible().select_related("host", "place", "version__programme")
    return get_object_or_404(rows, code=code)


def run_where_or_404(hers: Q, code: str) -> Run:
    """A run within `hers`, a condition of a policy; for everybody else the page does not exist."""
    rows = Run.objects.filter(hers).select_related("host", "place", "version__programme")
    return get_object_or_404(rows.distinct(), code=code)


def managed_or_404(request: HttpRequest, code: str) -> Run:
    """A run that the reader organises."""
    return run_where_or_404(policy.managed(actor(request)), code)


def applicant_or_404(request: HttpRequest, pk: int) -> Applicant:
    found = selectors.applicants_for(actor(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def told(request: HttpRequest, text: str | Promise, *, undo: str = "", wrong: bool = False) -> None:
    """Say what became of it; `undo` is the address that takes it back, `wrong`: nothing became of it."""
    messages.add_message(request, messages.ERROR if wrong else messages.SUCCESS, str(text), extra_tags=undo)
