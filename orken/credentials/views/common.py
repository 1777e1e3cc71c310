"""What the pages share: whose certificate, whether she may act on it, how a file leaves."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from orken.credentials import policy
from orken.credentials.models import Batch, Certificate
from orken.network.views.common import actor


def certificate_or_404(request: HttpRequest, number: str) -> Certificate:
    rows = Certificate.objects.filter(policy.seen(actor(request)))
    rows = rows.select_related("person", "unit", "prefix__issuer", "prefix__unit", "batch", "badge__status_list", "pdf", "replaces", "replaced_by")  # fmt: skip
    return get_object_or_404(rows, number=number)


def issued_or_404(request: HttpRequest, number: str) -> Certificate:
    """One that she issues herself."""
    rows = Certificate.objects.filter(policy.issued_by_her(actor(request))).select_related(
        "person", "prefix__issuer", "batch"
    )
    return get_object_or_404(rows, number=number)


def batch_or_404(request: HttpRequest, pk: object) -> Batch:
    return get_object_or_404(
        Batch.objects.filter(policy.batches(actor(request))).select_related("prefix__issuer"), pk=pk
    )


def seen_from(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def inline(content: bytes, name: str) -> HttpResponse:
    """A PDF that the browser shows, to be printed from there."""
    response = file(content, name, "application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
