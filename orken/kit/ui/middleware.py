"""What no honest address holds is answered before any page sees it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import bad_request, page_not_found

NULL = "\x00"


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
