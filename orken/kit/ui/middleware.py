"""What no honest address holds is answered before any page sees it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import bad_request, page_not_found

from orken.kit.busy import busy

NULL = "\x00"
RETRY_AFTER = 10  # seconds


class NoNullCharacters:
    """A null character in an address: databases disagree about it, people never type it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NULL in request.path_info:
            return page_not_found(request, Http404())
        if any(NULL in value for values in request.GET.lists() for value in (values[0], *values[1])):
            return bad_request(request, ValueError())
        return self.get_response(request)


class OnlyByAButton:
    """An address that only does what a button asks, opened by hand or once more: a page with the way back, no empty one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and request.method == "GET" and request.accepts("text/html"):
            page = render(request, "405.html", status=answer.status_code)
            page.headers["Allow"] = answer.headers["Allow"]
            return page
        return answer


class BusyIsNotBroken:
    """A database that somebody holds too long is answered with a calm sentence and the time to come again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Django turns what a view raises into a page before it comes here; what the middlewares between
        # raise (a session that cannot be saved) comes as it is.
        try:
            return self.get_response(request)
        except OperationalError as problem:
            if busy(problem):
                return answer_busy(request)
            raise

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_busy(request) if busy(exception) else None


def answer_busy(request: HttpRequest) -> HttpResponse:
    # Without the reader's session and messages: reading them is one more question to a busy database.
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response
