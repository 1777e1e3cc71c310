"""What papers say of the reader herself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orken.network.views.common import actor
from orken.records import held, kinds


def mine(request: HttpRequest) -> HttpResponse:
    """Every registered paper that names her: number, day, what it is about; the paper itself where it is kept."""
    lines = [(one, kinds.of(one.paper.kind).label) for one in held.lines(actor(request).person)]
    return render(request, "records/mine.html", {"lines": lines})
