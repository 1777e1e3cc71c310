"""Background work and outgoing letters, for the administrator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from orken.kit.jobs.models import Work
from orken.kit.mail.models import Letter
from orken.kit.tables.views import respond
from orken.network import operations
from orken.network.roles import Permission
from orken.network.views.common import scope_or_404


def works(request: HttpRequest) -> HttpResponseBase:
    scope_or_404(request, Permission.JOBS_VIEW)
    rows = Work.objects.defer("payload", "result", "failures")
    return respond(request, operations.WORKS, rows, "network/works.html", {"here": "works"})


def letters(request: HttpRequest) -> HttpResponseBase:
    """Outgoing letters without their text: the address is masked, for the administrator mends the post, not reads it."""
    scope_or_404(request, Permission.JOBS_VIEW)
    rows = Letter.objects.defer("text", "html")
    return respond(request, operations.LETTERS, rows, "network/works.html", {"here": "letters"})
