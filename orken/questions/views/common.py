"""What the pages share: which bank, question or exercise, when its owner stands in the reader's scope."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from orken.kit.i18n.dates import long_date
from orken.network.policy import Scope
from orken.network.views.common import actor, said
from orken.questions import policy
from orken.questions.models import Bank, Exercise, ExerciseVersion, Question, QuestionVersion

__all__ = ["actor", "bank_or_404", "drop_page", "exercise_or_404", "form_page", "look_again", "question_or_404", "revision_of", "said", "scope_or_404"]  # fmt: skip


def scope_or_404(request: HttpRequest, *, publishing: bool = False) -> Scope:
    account = actor(request)
    scope = policy.publishable(account) if publishing else policy.editable(account)
    if not scope:
        raise Http404
    return scope


def bank_or_404(request: HttpRequest, code: str) -> Bank:
    found = Bank.objects.filter(scope_or_404(request).q("unit__path"), code=code).select_related("unit").first()
    if found is None:
        raise Http404
    return found


def question_or_404(request: HttpRequest, uid: UUID, *, publishing: bool = False) -> Question:
    scope = scope_or_404(request, publishing=publishing)
    rows = Question.objects.filter(scope.q("bank__unit__path"), uid=uid)
    found = rows.select_related("bank__unit", "draft", "published", "category").first()
    if found is None:
        raise Http404
    for version in (found.draft, found.published):
        if version is not None:
            version.question = found
    return found


def exercise_or_404(request: HttpRequest, code: str, *, publishing: bool = False) -> Exercise:
    scope = scope_or_404(request, publishing=publishing)
    found = Exercise.objects.filter(scope.q("unit__path"), code=code).select_related("unit", "draft", "published").first()  # fmt: skip
    if found is None:
        raise Http404
    for version in (found.draft, found.published):
        if version is not None:
            version.exercise = found
    return found


def form_page(
    request: HttpRequest, form: django_forms.Form, *, title: Any, back: str, action: Any = "", kind: str = "", text: Any = "", status: int = 0,
    grave: bool = False, multipart: bool = False, leave: Any = "",
) -> HttpResponse:  # fmt: skip
    """A page of one form."""
    context = {
        "form": form, "title": title, "back": back, "action": action or _("Save"), "kind": kind, "text": text, "meanwhile": status == 409,
        "grave": grave, "multipart": multipart, "leave": leave,
    }  # fmt: skip
    return render(request, "questions/form.html", context, status=status or (422 if form.is_bound and form.errors else 200))  # fmt: skip


def drop_page(request: HttpRequest, draft: QuestionVersion | ExerciseVersion, *, back: str, text: Any) -> HttpResponse:
    """Asked before a draft is thrown away: whose it is, since when, and what cannot be brought back."""
    parts = [
        _("Version %(n)s") % {"n": draft.number},
        str(draft),
        str(draft.created_by or ""),
        long_date(draft.created_at),
    ]
    return form_page(
        request, django_forms.Form(), title=_("Throw the draft away"), back=back, action=_("Throw the draft away"), kind=" · ".join(filter(None, parts)),
        text=text, grave=True, leave=_("Keep the draft"),
    )  # fmt: skip


def revision_of(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def look_again(request: HttpRequest) -> None:
    messages.warning(request, _("The draft was changed meanwhile. Look at it as it stands now, then press again."))
