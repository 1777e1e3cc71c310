"""The reader's language: from the address; without one there, from her account, her last choice, her browser, else Kazakh."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from orken.kit.i18n.content import LANGUAGES


class LanguageOfReader(LocaleMiddleware):
    """Django's middleware, which knows the address, the cookie and the browser, with the account before them.

    It stands after authentication. A page with a language in its address remembers that choice in
    the cookie, so that the next address without one (a QR code, a letter) opens in it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if translation.get_language_from_path(request.path_info):
            return
        account = getattr(request, "user", None)
        chosen = getattr(account, "language", "") if account is not None else ""
        if chosen in LANGUAGES and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # type: ignore[override]  # narrower than the stubs' base
        answered: HttpResponse = super().process_response(request, response)  # type: ignore[assignment]  # as above
        here = translation.get_language_from_path(request.path_info)
        if here and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != here:
            answered.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                here,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        elif not here:
            patch_vary_headers(answered, ("Cookie",))
        return answered
