"""What the pages share: which row, and in whose scope."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

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


def draft_or_404(request: HttpRequest, code: str) -> tuple[Questionnaire, Version]:
    found = questionnaire_or_404(request, code)
    if found.draft is None:
        raise Http404
    found.draft.questionnaire = found
    return found, found.draft


def survey_or_404(request: HttpRequest, pk: UUID) -> Survey:
    scope = policy.reading(actor(request))
    if not scope:
        raise Http404
    return get_object_or_404(selectors.surveys(scope), pk=pk)
