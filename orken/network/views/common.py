"""What the views share: who acts, and which unit she may act on."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.people.models import Account


def actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


def scope_or_404(request: HttpRequest, permission: Permission) -> Scope:
    """The reader's scope; without one the page does not exist for her."""
    scope = policy.scope(actor(request), permission)
    if not scope:
        raise Http404
    return scope


def unit_or_404(request: HttpRequest, code: str, permission: Permission) -> Unit:
    """The unit, when it stands in the reader's scope for `permission`."""
    scope = scope_or_404(request, permission)
    unit = Unit.objects.filter(scope.q(), code=code).select_related("parent").first()
    if unit is None:
        raise Http404
    return unit


def said(request: HttpRequest, text: Any, batch: Any = None) -> None:
    """Tell that it is done, with the way to undo it."""
    messages.success(request, text, extra_tags=reverse("network:undo", args=[batch]) if batch else "")


def end_of_day(day: date | None) -> datetime | None:
    """The moment of knowledge that a day stands for: its last instant."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


def crumbs(unit: Unit, scope: Scope) -> list[tuple[str, str]]:
    """The way from the top of her scope down to the unit."""
    ids = [int(part) for part in unit.path.strip("/").split("/")]
    found = {one.pk: one for one in Unit.objects.filter(pk__in=ids)}
    line = [found[pk] for pk in ids if pk in found and scope.contains(found[pk].path)]
    return [(one.short or one.name, one.get_absolute_url()) for one in line[:-1]] + [(unit.short or unit.name, "")]
