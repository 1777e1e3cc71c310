"""What the pages share: which row, and in whose scope."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from orken.people.models import Account
from orken.surveys import policy, selectors
from orken.surveys.models import Questionnaire, Survey, Version


def actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


def questionnaire_or_404(request: HttpRequest, code: str) -> Questionnaire:
    scope = policy.editing(actor(request))
    if not scope:
        raise Http404
    return get_object_or_404(selectors.questionnaires(scope), code=code)


class DraftIsGone(Exception):
    """It was published or thrown away after the page was drawn."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__(questionnaire.code)
        self.questionnaire = questionnaire


def writes_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the draft that was left open, or pressed twice, when the draft is gone: she reads so beside what stands."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DraftIsGone as gone:
            messages.warning(
                request, _("The draft was published or thrown away meanwhile: nothing is changed by this press.")
            )
            return redirect(gone.questionnaire)

    return answered


def draft_or_404(request: HttpRequest, code: str) -> tuple[Questionnaire, Version]:
    """The questionnaire with its draft. Raises DraftIsGone without one: there is nothing to write."""
    found = questionnaire_or_404(request, code)
    if found.draft is None:
        raise DraftIsGone(found)
    found.draft.questionnaire = found
    return found, found.draft


def survey_or_404(request: HttpRequest, pk: UUID) -> Survey:
    scope = policy.reading(actor(request))
    if not scope:
        raise Http404
    return get_object_or_404(selectors.surveys(scope), pk=pk)
