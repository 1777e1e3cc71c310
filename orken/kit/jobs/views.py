"""How far a piece of background work is: for the one who started it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from orken.kit.jobs import services
from orken.kit.jobs.models import Work

SHOWN = 50


def mine(request: HttpRequest) -> HttpResponse:
    """Her own background work, newest first."""
    found = Work.objects.filter(by_id=request.user.pk).defer("payload").order_by("-created_at")[:SHOWN]
    return render(request, "jobs/mine.html", {"works": found})


def work(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The progress as a page, or as JSON for the page that is open already."""
    found = get_object_or_404(Work, pk=pk, by_id=request.user.pk)
    if "json" in request.headers.get("Accept", ""):
        return JsonResponse({**found.as_json(), "says": str(found.get_state_display())})
    return render(request, "jobs/work.html", {"work": found, "again": not found.over})


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.cancel(work=get_object_or_404(Work, pk=pk, by_id=request.user.pk))
    return redirect("jobs:work", pk=pk)
