"""Every page says in a header whose it is, by a word that names no account: so the service worker knows when another one came."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from orken.kit.offline.views import key_of

HEADER = "X-Orken-Reader"


class ReaderOfPage:
    """A browser keeps pages of one account: those of another one leave it before her first page is shown (decision 0061)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        # A busy database is not asked once more.
        if answer.status_code < 500 and answer.get("Content-Type", "").startswith("text/html"):
            answer[HEADER] = key_of(request)
        return answer
