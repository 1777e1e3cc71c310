"""What the views share: who acts, and which unit she may act on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.db import models
from django.forms import Field, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from orken.kit.audit import words
from orken.kit.audit.models import AuditEvent
from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.people.iin import Iin
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


def beside(form: Form, standing: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What stands now and what she wrote, field by field where they differ; empty fields as a dash."""
    lines = []
    for name, now in standing.items():
        field = form.fields[name]
        pair = _shown(field, now), _shown(field, form.cleaned_data.get(name))
        if pair[0] != pair[1]:
            lines.append((str(field.label), *pair))
    return lines or [("—", "—", "—")]


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, Unit):
        value = value.code
    if isinstance(value, Iin):
        value = value.masked
    if isinstance(value, bool):
        value = "yes" if value else "no"
    labels = dict(getattr(field, "choices", None) or [])
    if isinstance(value, (list, tuple)):
        return ", ".join(str(labels.get(one, one)) for one in value) or "—"
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return "—" if value in (None, "") else str(labels.get(value, value))


FOUND = "people_found"  # in the session: ids that her searches have shown


def remember_found(request: HttpRequest, shown: list[int]) -> None:
    """Whom she was shown by name she may choose, wherever that person works."""
    request.session[FOUND] = [*(pk for pk in request.session.get(FOUND, []) if pk not in shown), *shown][-200:]


def done_before(
    request: HttpRequest, row: models.Model, place: str, back: str, batch: Any = None, verb: str = ""
) -> HttpResponse:
    """Somebody did it before: who and when, for those who may read the trail of that place; and the way back."""
    trail = AuditEvent.objects.filter(batch=batch) if batch else AuditEvent.objects.filter(
        target_kind=row._meta.label_lower, target_id=str(row.pk)
    )  # fmt: skip
    event = (trail.filter(verb=verb) if verb else trail).order_by("-at", "-pk").first()
    account = actor(request)
    seen = any(
        policy.scope(account, permission).contains(place)
        for permission in (Permission.AUDIT_VIEW, Permission.STAFF_EDIT)
    )
    context = {"event": event, "who": words.who_of(event) if event and seen else "", "back": back}
    return render(request, "network/done_before.html", context, status=409)


def end_of_day(day: date | None) -> datetime | None:
    """The moment of knowledge that a day stands for: its last instant."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


def crumbs(unit: Unit, scope: Scope) -> list[tuple[str, str]]:
    """The way from the top of her scope down to the unit."""
    ids = [int(part) for part in unit.path.strip("/").split("/")]
    found = {one.pk: one for one in Unit.objects.filter(pk__in=ids)}
    line = [found[pk] for pk in ids if pk in found and scope.contains(found[pk].path)]
    return [(one.short or one.name, one.get_absolute_url()) for one in line[:-1]] + [(unit.short or unit.name, "")]
