"""What the pages share: which assignment, which work, when it is the reader's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from orken.assignments import policy
from orken.assignments.models import Assignment, Work
from orken.network.policy import Scope
from orken.network.views.common import actor, said

__all__ = ["actor", "assignment_or_404", "form_page", "own_work", "revision_of", "said", "scope_or_404", "work_or_404"]


def scope_or_404(request: HttpRequest, *, publishing: bool = False) -> Scope:
    account = actor(request)
    scope = policy.publishable(account) if publishing else policy.editable(account)
    if not scope:
        raise Http404
    return scope


def assignment_or_404(request: HttpRequest, code: str, *, publishing: bool = False) -> Assignment:
    scope = scope_or_404(request, publishing=publishing)
    found = Assignment.objects.filter(scope.q("unit__path"), code=code).select_related("unit", "draft", "published").first()  # fmt: skip
    if found is None:
        raise Http404
    return found


def work_or_404(uid: UUID) -> Work:
    """The work with what its pages ask; who may see it is asked by the page."""
    found = Work.objects.select_related("version", "assignment__unit", "person").filter(uid=uid).first()
    if found is None or found.state == Work.State.VOID:
        raise Http404
    return found


def own_work(request: HttpRequest, uid: UUID) -> Work:
    found = work_or_404(uid)
    if not policy.is_hers(actor(request), found):
        raise Http404
    return found


def form_page(
    request: HttpRequest, form: django_forms.Form, *, title: Any, back: str, action: Any = "", kind: str = "", text: Any = "", status: int = 0,
    grave: bool = False, leave: Any = "",
) -> HttpResponse:  # fmt: skip
    """A page of one form."""
    context = {"form": form, "title": title, "back": back, "action": action or _("Save"), "kind": kind, "text": text, "meanwhile": status == 409, "grave": grave, "leave": leave}  # fmt: skip
    return render(request, "assignments/form.html", context, status=status or (422 if form.is_bound and form.errors else 200))  # fmt: skip


def revision_of(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0
