"""Writing questionnaires: the list, one questionnaire with its questions, small forms, publishing."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.network.models import Unit
from orken.surveys import forms, policy, questions, selectors, services
from orken.surveys.content import TEXTS
from orken.surveys.models import Questionnaire, Version
from orken.surveys.views.common import actor, draft_or_404, questionnaire_or_404, writes_draft

REMOVED = "surveys:removed"
ON_A_PAGE = 50


def questionnaires(request: HttpRequest) -> HttpResponse:
    """Surveys and questionnaires of her scope."""
    account = actor(request)
    reading, editing = policy.reading(account), policy.editing(account)
    if not reading and not editing:
        raise Http404
    own = list(selectors.questionnaires(editing)) if editing else []
    known = {one.pk for one in own}
    context = {
        "surveys": Paginator(selectors.surveys(reading), ON_A_PAGE).get_page(request.GET.get("page")),
        "questionnaires": own,
        "of_the_centre": [one for one in selectors.to_ask_with(account) if one.pk not in known],
        "may_edit": bool(editing),
    }
    return render(request, "surveys/list.html", context)


def new(request: HttpRequest) -> HttpResponse:
    scope = policy.editing(actor(request))
    if not scope:
        raise Http404
    form = forms.NewForm(request.POST if request.method == "POST" else None, units=askers(request))
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        made = services.create(
            code=answers.pop("code"),
            unit=answers.pop("unit"),
            purpose=answers.pop("purpose"),
            titles=answers,
            by=actor(request),
        )
        messages.success(request, _("The draft is begun. Add the questions one after the other."))
        return redirect(made)
    return _asked(request, form, _("A new questionnaire"), reverse("surveys:list"))


def askers(request: HttpRequest) -> Any:
    """Units that may ask: everything in her scope but branches with one person."""
    scope = policy.editing(actor(request))
    kinds = (
        Unit.Kind.COUNTRY,
        Unit.Kind.REGION,
        Unit.Kind.REPUBLICAN,
        Unit.Kind.REGIONAL,
        Unit.Kind.SYSTEM,
        Unit.Kind.SCHOOL,
    )
    return Unit.objects.filter(scope.q(), exists=True, kind__in=kinds).order_by("path")


def _asked(request: HttpRequest, form: django_forms.Form, title: str, back: str, status: int = 0) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "meanwhile": status == 409}
    return render(
        request, "surveys/form.html", context, status=status or (422 if form.is_bound and form.errors else 200)
    )


def questionnaire(request: HttpRequest, code: str) -> HttpResponse:
    """The questions as they stand, what stops publishing, and what can be done."""
    found = questionnaire_or_404(request, code)
    version = found.draft or found.published
    assert version is not None, "a questionnaire has a draft or a published version"
    writing = found.draft_id == version.pk
    wrong = services.problems_of(version) if writing else []
    context = {
        "questionnaire": found,
        "version": version,
        "writing": writing,
        "questions": version.questions,
        "wrong": [one for one in wrong if not one.key],
        "wrong_by_key": {one.key: one.text for one in wrong if one.key},
        "ready": writing and not wrong,
        "kinds": questions.Kind.choices,
        "moved": request.GET.get("moved", ""),
        "surveys": selectors.surveys(policy.reading(actor(request))).filter(version__questionnaire=found)[:20],
    }
    return render(request, "surveys/questionnaire.html", context)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    services.start_draft(questionnaire=questionnaire_or_404(request, code), by=actor(request))
    messages.success(
        request, _("The draft is a copy of the published version. Surveys ask with that one until you publish.")
    )
    return redirect("surveys:questionnaire", code)


@writes_draft
def titles(request: HttpRequest, code: str) -> HttpResponse:
    found, draft = draft_or_404(request, code)
    start = {name: getattr(draft, name) for name in TEXTS}
    form = forms.TitlesForm(
        request.POST if request.method == "POST" else None, initial={**start, "revision": draft.revision}
    )
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        revision = answers.pop("revision")
        try:
            services.write(version=draft, fields=answers, by=actor(request), revision=revision)
        except services.EditedMeanwhile as clash:
            return _again(request, form, _("Title and introduction"), found, clash.version)
        messages.success(request, _("Saved in the draft."))
        return redirect(found)
    return _asked(request, form, _("Title and introduction"), found.get_absolute_url())


def _again(request: HttpRequest, form: Any, title: str, found: Questionnaire, standing: Version) -> HttpResponse:
    """Somebody wrote meanwhile: her answers stay in the form, which now knows the revision that stands."""
    data = request.POST.copy()
    data["revision"] = str(standing.revision)
    form.data = data
    return _asked(request, form, title, found.get_absolute_url(), 409)


@writes_draft
def question(request: HttpRequest, code: str, key: str = "") -> HttpResponse:
    """A question: with `key` the one that stands, else a new one of the kind in the address."""
    found, draft = draft_or_404(request, code)
    standing = next((one for one in draft.questions if one.key == key), None)
    if key and standing is None:
        raise Http404
    asked = request.GET.get("kind", "")
    if standing is None and asked not in questions.Kind.values:
        raise Http404
    kind = standing.kind if standing else questions.Kind(asked)
    form = forms.QuestionForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        standing=standing,
        initial={"revision": draft.revision},
    )
    title = f"{_('Question')}: {kind.label}"
    if form.is_bound and form.is_valid():
        try:
            services.put_question(
                version=draft, question=form.question, by=actor(request), revision=form.cleaned_data["revision"]
            )
        except services.EditedMeanwhile as clash:
            return _again(request, form, title, found, clash.version)
        except services.NotReady as refused:
            form.add_error(None, refused.problems[0].text)
        else:
            messages.success(request, _("Saved in the draft."))
            return redirect(f"{found.get_absolute_url()}#questions")
    return _asked(request, form, title, found.get_absolute_url())


@require_POST
@writes_draft
def move(request: HttpRequest, code: str, key: str) -> HttpResponse:
    found, draft = draft_or_404(request, code)
    way = request.POST.get("way", "")
    if way not in (services.UP, services.DOWN):
        raise Http404
    try:
        services.move_question(version=draft, key=key, way=way, by=actor(request), revision=_revision(request))
    except services.EditedMeanwhile:
        _look_again(request)
    return redirect(f"{found.get_absolute_url()}?moved={key}-{way}#questions")


@require_POST
@writes_draft
def remove(request: HttpRequest, code: str, key: str) -> HttpResponse:
    found, draft = draft_or_404(request, code)
    try:
        gone = services.remove_question(version=draft, key=key, by=actor(request), revision=_revision(request))
    except services.EditedMeanwhile:
        _look_again(request)
    else:
        request.session[REMOVED] = {"code": code, "question": gone.kept()}
        back = reverse("surveys:restore", args=[code])
        messages.success(request, _("Taken out: “%(text)s”.") % {"text": gone.text}, extra_tags=back)
    return redirect(f"{found.get_absolute_url()}#questions")


@require_POST
@writes_draft
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Put back what was taken out last, at the end and under a key of its own."""
    found, draft = draft_or_404(request, code)
    removed = request.session.pop(REMOVED, {})
    if removed.get("code") == code:
        again = questions.read([{**removed["question"], "key": ""}])[0]
        try:
            services.put_question(version=draft, question=again, by=actor(request), revision=draft.revision)
        except services.NotReady as refused:
            messages.error(request, refused.problems[0].text)
        except services.EditedMeanwhile:
            request.session[REMOVED] = removed
            _look_again(request)
        else:
            messages.success(request, _("It is back, at the end."))
    return redirect(f"{found.get_absolute_url()}#questions")


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _look_again(request: HttpRequest) -> None:
    messages.warning(request, _("The draft was changed meanwhile. Look at it as it stands now, then press again."))


@require_POST
@writes_draft
def publish(request: HttpRequest, code: str) -> HttpResponse:
    found, draft = draft_or_404(request, code)
    try:
        services.publish(version=draft, by=actor(request), revision=_revision(request))
    except services.EditedMeanwhile:
        _look_again(request)
    except services.NotReady as refused:
        messages.error(request, " ".join(problem.text for problem in refused.problems[:3]))
    else:
        messages.success(request, _("Published. A survey can ask with it from now on."))
    return redirect(found)


@writes_draft
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away: asked once more, for what was written in it does not come back."""
    scope = policy.editing(actor(request))
    if request.method == "POST" and scope and not selectors.questionnaires(scope).filter(code=code).exists():
        # Pressed twice: with its first draft the whole questionnaire has gone.
        messages.warning(request, _("There is no such questionnaire any more."))
        return redirect("surveys:list")
    found, _draft = draft_or_404(request, code)
    if request.method == "POST":
        services.drop_draft(questionnaire=found, by=actor(request))
        messages.success(request, _("The draft is thrown away."))
        return redirect("surveys:questionnaire", code) if found.published_id else redirect("surveys:list")
    return render(request, "surveys/drop.html", {"questionnaire": found})


def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet as whoever answers sees it; nothing is kept."""
    found = questionnaire_or_404(request, code)
    version = found.draft or found.published
    assert version is not None, "a questionnaire has a draft or a published version"
    form = forms.SheetForm(asked=version.questions)
    return render(request, "surveys/sheet.html", {"form": form, "version": version, "preview": found})
