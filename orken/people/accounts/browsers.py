"""Browsers she has signed in from: the first sign-in from another one is told to her.

A browser is known by a signed cookie that holds a keyed hash for each account; nothing of it is
stored here, and nothing in it can be read or followed by another site.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from orken.people import events
from orken.people.accounts.second_steps import came_by_the_demo_door
from orken.people.models import Account

COOKIE = "orken_known"
KEPT = timedelta(days=400)
MOST = 20  # accounts that one browser of a library remembers
# The first that matches: Chrome's word stands in nearly all of them, Safari's in all of Apple's.
_BRANDS = (
    ("YaBrowser/", "Yandex"), ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def named(user_agent: str) -> tuple[str, str]:
    """Brand and system as people know them («Chrome», «Windows»); empty where the browser does not say."""
    return (
        next((brand for sign, brand in _BRANDS if sign in user_agent), ""),
        next((system for sign, system in _SYSTEMS if sign in user_agent), ""),
    )


def on_sign_in(sender: Any, request: HttpRequest | None, user: Any, **more: Any) -> None:
    """Receives Django's `user_logged_in`, before the moment of the last sign-in is overwritten."""
    if request is None or not isinstance(user, Account):
        return
    if came_by_the_demo_door(user):
        if request.META.get("REMOTE_ADDR"):  # allauth notes the session of those who come by its own door
            UserSession.objects.create_from_request(request)
        return
    known = _known(request)
    mark = _mark(user)
    if mark in known:
        return
    request._new_known = [mark, *known][:MOST]  # type: ignore[attr-defined]  # carried to the answer, below
    if user.last_login is not None:  # the very first sign-in is no news to her
        brand, system = named(request.headers.get("user-agent", ""))
        events.signed_in_elsewhere.send(sender=Account, account=user, browser=brand, system=system, at=timezone.now())


class KnownBrowsers:
    """Writes the cookie with the answer to a sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        known = getattr(request, "_new_known", None)
        if known is not None:
            response.set_cookie(
                COOKIE, signing.dumps(known, salt=COOKIE), max_age=KEPT, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return response


def _known(request: HttpRequest) -> list[str]:
    try:
        found: list[str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT)
    except signing.BadSignature:
        return []
    return found


def _mark(account: Account) -> str:
    return salted_hmac(COOKIE, str(account.pk), algorithm="sha256").hexdigest()[:24]
