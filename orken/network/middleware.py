"""Out of scope is 404 before any other rule; and who sees others sets up a second step of sign-in first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.defaults import page_not_found

from orken.network.policy import OutOfScope, owes_second_step
from orken.people.models import Account


class OutOfScopeIsNotFound:
    """The page does not even say that the thing exists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OutOfScope):
            return page_not_found(request, Http404())
        return None


# Addresses that a person without her second step still reaches: her own sign-in, her own letters.
OWN = ("account_", "mfa_", "usersessions_", "network:own_", "notices:inbox", "notices:letter", "notices:preferences")


class SecondStepFirst:
    """Leads to setting up the second step. That nothing leaks without it is the policy's work, not this one's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        account = getattr(request, "user", None)
        if not isinstance(account, Account) or not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(OWN) or not owes_second_step(account):
            return None
        return redirect("network:own_second_step")
