"""Where a page finds the streams."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def address(request: HttpRequest) -> str:
    """The streams of this site: their own address by setting, else the same host and the next port."""
    if settings.ENVIRONMENT.live_url:
        return f"{settings.ENVIRONMENT.live_url.rstrip('/')}/live/"
    parts = urlsplit(f"{request.scheme}://{request.get_host()}")
    port = (parts.port or (443 if request.is_secure() else 80)) + 1
    return f"{request.scheme}://{parts.hostname}:{port}/live/"


def let_hear(response: HttpResponse, request: HttpRequest, **more: list[str]) -> HttpResponse:
    """Let this page alone listen to the streams; `more`: further directives of its policy («img_src» and so on)."""
    place: Any = urlsplit(address(request))
    policy = {"connect-src": [f"{place.scheme}://{place.netloc}"]}
    for name, values in more.items():
        policy.setdefault(name.replace("_", "-"), []).extend(values)
    response._csp_update = policy  # type: ignore[attr-defined]  # read by the middleware of django-csp
    return response
