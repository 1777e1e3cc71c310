"""Every page says in a header whose it is, by a word that names no account: so the service worker knows when another one came.

It also knows when its making began: what the device sent later may not stand on it yet, and is shown over it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from orken.kit.offline.views import BEGAN, key_of

HEADER = "X-Orken-Reader"


class ReaderOfPage:
    """A browser keeps pages of one account: those of another one leave it before her first page is shown (decision 0061)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META[BEGAN] = timezone.now()
        answer = self.get_response(request)
        # A busy database is not asked once more.
        if answer.status_code < 500 and answer.get("Content-Type", "").startswith("text/html"):
            answer[HEADER] = key_of(request)
        return answer
