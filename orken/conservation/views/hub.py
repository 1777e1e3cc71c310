"""The door of the School: what its instruments are for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orken.conservation.selectors import papers as selectors
from orken.network import policy
from orken.network.roles import Permission
from orken.network.views.common import actor


def hub(request: HttpRequest) -> HttpResponse:
    """The rooms of the School, each with a line; for keepers of collections also what waits for them."""
    scope = policy.scope(actor(request), Permission.CONDITION_VIEW)
    counts = selectors.counts(scope) if scope else None
    endangered = sum(one.grave for one in selectors.rooms_now(scope)) if scope else 0
    return render(request, "conservation/hub.html", {"counts": counts, "endangered": endangered})
