"""One exercise: its rules, its places, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.questions import comparing, content, forms, policy, selectors, services, tables
from orken.questions.models import Exercise, Published, Question
from orken.questions.services.exercises import DOWN, UP
from orken.questions.views.common import (
    actor,
    drop_page,
    exercise_or_404,
    form_page,
    look_again,
    revision_of,
    said,
    scope_or_404,
)


def new(request: HttpRequest) -> HttpResponse:
    units = selectors.issuers(scope_or_404(request))
    form = forms.NewForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        unit, code = answers.pop("unit"), answers.pop("code")
        try:
            made = services.create_exercise(code=code, unit=unit, fields=answers, by=actor(request))
        except services.CodeTaken:
            form.add_error("code", _("This code is taken. Choose another."))
        else:
            said(request, _("The draft is begun. Set the rules, then add questions."))
            return redirect(made)
    return form_page(request, form, title=_("A new exercise"), back=reverse("questions:banks"), action=_("Begin the draft"))  # fmt: skip


def exercise(request: HttpRequest, code: str) -> HttpResponse:
    """The rules, the places, what stops publishing, the versions."""
    found = exercise_or_404(request, code)
    version = found.standing or found.versions.order_by("-number").first()
    assert version is not None, "an exercise begins with a draft"
    version.exercise = found
    writing = found.draft_id == version.pk
    slots = selectors.whole(version)
    context = {
        "exercise": found, "version": version, "writing": writing, "slots": slots, "total": sum(slot.mark * slot.many for slot in slots),
        "problems": services.exercise_problems(version) if writing else [], "versions": list(found.versions.order_by("-number")),
        "story": selectors.story(found), "may_publish": policy.may_publish(actor(request), found.unit), "state": tables.STATES[_state(found)],
        "moved": request.GET.get("moved", ""), "other_kinds": selectors.other_kinds(),
    }  # fmt: skip
    return render(request, "questions/exercise.html", context)


def _state(found: Exercise) -> str:
    if found.published_id:
        return "both" if found.draft_id else "published"
    return "draft" if found.draft_id else "withdrawn"


def _draft(request: HttpRequest, code: str) -> Any:
    """The exercise with its draft; without one the page that was left open does not exist any more."""
    found = exercise_or_404(request, code)
    if found.draft is None:
        raise Http404
    return found, found.draft


def rules(request: HttpRequest, code: str) -> HttpResponse:
    found, draft = _draft(request, code)
    start = {**{name: getattr(draft, name) for name in content.FIELDS}, "revision": draft.revision}
    form = forms.RulesForm(request.POST if request.method == "POST" else None, initial=start)
    status = 0
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        revision = answers.pop("revision")
        try:
            services.write_exercise(version=draft, fields=answers, by=actor(request), revision=revision)
        except services.EditedMeanwhile as clash:
            data = request.POST.copy()
            data["revision"] = str(clash.version.revision)
            form, status = forms.RulesForm(data, initial=start), 409
        else:
            said(request, _("Saved in the draft."))
            return redirect(found)
    return form_page(request, form, title=_("Texts and rules"), back=found.get_absolute_url(), kind=found.code, status=status)  # fmt: skip


def add(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """A place at the end: a question, a pool or another app's exercise."""
    found, draft = _draft(request, code)
    scope, posted = scope_or_404(request), request.POST if request.method == "POST" else None
    start = {"revision": draft.revision}
    form: forms.SlotForm
    if what == "question":
        rows = Question.objects.filter(scope.q("bank__unit__path")).exclude(slots__version=draft).exclude(published=None, draft=None)  # fmt: skip
        form = forms.QuestionSlotForm(posted, initial=start, rows=rows.select_related("bank", "draft", "published").order_by("bank__code", "pk"))  # fmt: skip
        title = _("Add a question")
    elif what == "pool":
        form, title = forms.PoolSlotForm(posted, initial=start, banks=selectors.banks(scope)), _("Add questions drawn by a tag")  # fmt: skip
    elif what == "kind":
        form, title = forms.KindSlotForm(posted, initial=start, labels=dict(selectors.other_kinds()), offers=selectors.offers()), _("Add an exercise of a school")  # fmt: skip
    else:
        raise Http404
    if form.is_bound and form.is_valid():
        try:
            services.add_slot(version=draft, by=actor(request), **form.cleaned_data)
        except services.EditedMeanwhile:
            form.add_error(None, _("The draft was changed meanwhile. Open this page again."))
        except services.NotReady as refused:
            form.add_error(None, " ".join(refused.problems))
        else:
            said(request, _("Added at the end."))
            return redirect(f"{found.get_absolute_url()}#slots")
    return form_page(request, form, title=title, back=found.get_absolute_url(), action=_("Add"), kind=found.code)


@require_POST
def move(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found, draft = _draft(request, code)
    way = request.POST.get("way", "")
    if way not in (UP, DOWN):
        raise Http404
    try:
        services.move_slot(slot=get_object_or_404(draft.slots, pk=pk), way=way, by=actor(request), revision=revision_of(request))  # fmt: skip
    except services.EditedMeanwhile:
        look_again(request)
    return redirect(f"{found.get_absolute_url()}?moved={pk}-{way}#slots")


@require_POST
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found, draft = _draft(request, code)
    try:
        services.remove_slot(slot=get_object_or_404(draft.slots, pk=pk), by=actor(request), revision=revision_of(request))  # fmt: skip
    except services.EditedMeanwhile:
        look_again(request)
    else:
        said(request, _("Taken out of the exercise; the question stays in its bank."))
    return redirect(f"{found.get_absolute_url()}#slots")


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    found = exercise_or_404(request, code)
    services.start_exercise_draft(exercise=found, by=actor(request))
    said(request, _("The draft is a copy of the published version. Nothing changes for learners until you publish."))
    return redirect(found)


def publish(request: HttpRequest, code: str) -> HttpResponse:
    found = exercise_or_404(request, code, publishing=True)
    if found.draft is None:
        return redirect(found)
    form = forms.PublishForm(request.POST if request.method == "POST" else None, initial={"revision": found.draft.revision})  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            services.publish_exercise(exercise=found, by=actor(request), **form.cleaned_data)
        except services.NotReady as refused:
            form.add_error(None, " ".join(refused.problems))
        except services.EditedMeanwhile:
            form.add_error(None, _("Somebody changed the draft meanwhile. Look at it again, then publish."))
        except Published:
            return redirect(found)
        else:
            said(request, _("Published. Whoever began before goes on with the version she began."))
            return redirect(found)
    text = _("Each question is pinned as it stands published now. A published version is never changed again.")
    return form_page(request, form, title=_("Publish the exercise"), back=found.get_absolute_url(), action=_("Publish"), text=text, kind=found.code)  # fmt: skip


def go_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = exercise_or_404(request, code, publishing=True)
    version = get_object_or_404(found.versions.exclude(published_at=None), number=number)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.return_exercise(version=version, reason=form.cleaned_data["reason"], by=actor(request))
        said(request, _("Version %(n)s stands again.") % {"n": number})
        return redirect(found)
    title = _("Return to version %(n)s") % {"n": number}
    return form_page(request, form, title=title, back=found.get_absolute_url(), action=title, kind=found.code)


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    found = exercise_or_404(request, code, publishing=True)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.withdraw_exercise(exercise=found, reason=form.cleaned_data["reason"], by=actor(request))
        said(request, _("It is taken out. Attempts that are open go on."))
        return redirect(found)
    text = _("Nobody begins it any more. You can return to any version later.")
    return form_page(request, form, title=_("Take the exercise out"), back=found.get_absolute_url(), action=_("Take out"), text=text, kind=found.code, grave=True)  # fmt: skip


def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Asked first: nothing of a draft that was thrown away comes back."""
    found = exercise_or_404(request, code)
    if request.method != "POST" and found.draft is not None and found.versions.exclude(pk=found.draft.pk).exists():
        text = _("What was written in the draft cannot be brought back; published versions stay.")
        return drop_page(request, found.draft, back=found.get_absolute_url(), text=text)
    if services.drop_exercise_draft(exercise=found, by=actor(request)):
        said(request, _("The draft is thrown away."))
    else:
        messages.warning(request, _("It is the only version of the exercise: it stays."))
    return redirect(found)


def compare(request: HttpRequest, code: str) -> HttpResponse:
    found = exercise_or_404(request, code)
    versions = list(found.versions.order_by("-number"))
    by_number = {str(one.number): one for one in versions}
    new = by_number.get(request.GET.get("new", "")) or versions[0]
    old = by_number.get(request.GET.get("old", "")) or versions[min(1, len(versions) - 1)]
    context = {"thing": found, "title": new.title, "versions": versions, "old": old, "new": new, "lines": comparing.exercises(old, new)}  # fmt: skip
    return render(request, "questions/compare.html", context)
