"""The author's workshop: the list, one assignment with its rubric, a criterion, publishing by another person."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.assignments import content, forms, policy, rubrics, selectors, services
from orken.assignments.models import Assignment, AssignmentVersion
from orken.assignments.views.common import actor, assignment_or_404, form_page, revision_of, said, scope_or_404


def written(request: HttpRequest) -> HttpResponse:
    rows = list(selectors.editable(scope_or_404(request)))
    return render(request, "assignments/written.html", {"rows": rows})


def new(request: HttpRequest) -> HttpResponse:
    form = forms.NewForm(request.POST if request.method == "POST" else None, units=selectors.issuers(scope_or_404(request)))  # fmt: skip
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = services.create(code=told["code"], unit=told["unit"], fields={"title_kk": told["title_kk"]}, by=actor(request))  # fmt: skip
        except services.CodeTaken:
            form.add_error("code", _("This code is taken. Choose another."))
        else:
            said(request, _("The draft is begun. Say what is to be done, then write the rubric."))
            return redirect(made)
    return form_page(request, form, title=_("A new assignment"), back=reverse("assignments:written"), action=_("Begin the draft"))  # fmt: skip


def one(request: HttpRequest, code: str) -> HttpResponse:
    """The texts, the rules, the rubric, what stops publishing, the versions."""
    found = assignment_or_404(request, code)
    version = found.standing or found.versions.order_by("-number").first()
    assert version is not None, "an assignment begins with a draft"
    account, writing = actor(request), found.draft_id == version.pk
    context = {
        "assignment": found, "version": version, "writing": writing, "criteria": rubrics.read(version.rubric), "problems": services.problems(version) if writing else [],
        "may_publish": policy.may_publish(account, found.unit), "wrote": writing and policy.has_written(account, version),
        "versions": list(found.versions.select_related("published_by__person").order_by("-number")),
    }  # fmt: skip
    return render(request, "assignments/one.html", context)


def _draft(request: HttpRequest, code: str) -> tuple[Assignment, AssignmentVersion]:
    """With its draft; without one the page that was left open does not exist any more."""
    found = assignment_or_404(request, code)
    if found.draft is None:
        raise Http404
    return found, found.draft


def rules(request: HttpRequest, code: str) -> HttpResponse:
    found, draft = _draft(request, code)
    start = {**{name: getattr(draft, name) for name in content.FIELDS}, "revision": draft.revision}
    form = forms.RulesForm(request.POST if request.method == "POST" else None, initial=start)
    status = 0
    if form.is_bound and form.is_valid():
        told = dict(form.cleaned_data)
        revision = told.pop("revision")
        try:
            services.write(version=draft, fields=told, by=actor(request), revision=revision)
        except services.EditedMeanwhile as clash:
            form, status = forms.RulesForm(_with(request, clash.version.revision), initial=start), 409
        else:
            said(request, _("Saved in the draft."))
            return redirect(found)
    return form_page(request, form, title=_("Texts and rules"), back=found.get_absolute_url(), kind=found.code, status=status)  # fmt: skip


def _with(request: HttpRequest, revision: int) -> Any:
    data = request.POST.copy()
    data["revision"] = str(revision)
    return data


def criterion(request: HttpRequest, code: str, key: str = "") -> HttpResponse:
    """One criterion with its levels; another page for each keeps the form short."""
    found, draft = _draft(request, code)
    standing = next((one for one in draft.rubric if one["key"] == key), None)
    if key and standing is None:
        raise Http404
    form = forms.CriterionForm(request.POST if request.method == "POST" else None, initial={**forms.CriterionForm.start(standing or {"weight": 1}), "revision": draft.revision})  # fmt: skip
    status = 0
    if form.is_bound and form.is_valid():
        try:
            services.write_criterion(version=draft, key=key, criterion=form.criterion(), by=actor(request), revision=form.cleaned_data["revision"])  # fmt: skip
        except services.EditedMeanwhile as clash:
            form, status = forms.CriterionForm(_with(request, clash.version.revision)), 409
        except services.NotReady as refused:
            form.add_error(None, " ".join(refused.problems))
        else:
            said(request, _("Saved in the draft."))
            return redirect(f"{found.get_absolute_url()}#rubric")
    context = {"assignment": found, "form": form, "key": key, "meanwhile": status == 409}
    return render(request, "assignments/criterion.html", context, status=status or (422 if form.is_bound and form.errors else 200))  # fmt: skip


@require_POST
def move(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Up, down, or out of the rubric."""
    found, draft = _draft(request, code)
    way = request.POST.get("way", "")
    try:
        if way == "out":
            services.remove_criterion(version=draft, key=key, by=actor(request), revision=revision_of(request))
        elif way in ("up", "down"):
            services.move_criterion(version=draft, key=key, way=way, by=actor(request), revision=revision_of(request))
        else:
            raise Http404
    except services.EditedMeanwhile:
        messages.warning(request, _("The draft was changed meanwhile. Look at it as it stands now, then press again."))
    return redirect(f"{found.get_absolute_url()}#rubric")


def preview(request: HttpRequest, code: str) -> HttpResponse:
    """As a learner sees it before she begins."""
    found = assignment_or_404(request, code)
    version = found.standing
    if version is None:
        raise Http404
    context = {"assignment": found, "version": version, "criteria": rubrics.read(version.rubric), "preview": True}
    return render(request, "assignments/start.html", context)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    found = assignment_or_404(request, code)
    services.start_draft(assignment=found, by=actor(request))
    said(
        request, _("The draft is a copy of the published version. Nothing changes for learners until it is published.")
    )
    return redirect(found)


def publish(request: HttpRequest, code: str) -> HttpResponse:
    """By a person who did not write in it."""
    found = assignment_or_404(request, code, publishing=True)
    if found.draft is None:
        return redirect(found)
    form = forms.PublishForm(request.POST if request.method == "POST" else None, initial={"revision": found.draft.revision})  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            services.publish(assignment=found, by=actor(request), **form.cleaned_data)
        except services.NotReady as refused:
            form.add_error(None, " ".join(refused.problems))
        except services.EditedMeanwhile:
            form.add_error(None, _("Somebody changed the draft meanwhile. Look at it again, then publish."))
        else:
            said(request, _("Published. Whoever began before goes on with the version she began."))
            return redirect(found)
    text = _("Somebody who did not write it reads it and publishes it. A published version is never changed again.")
    return form_page(request, form, title=_("Publish the assignment"), back=found.get_absolute_url(), action=_("Publish"), kind=found.code, text=text)  # fmt: skip


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    found = assignment_or_404(request, code, publishing=True)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.withdraw(assignment=found, reason=form.cleaned_data["reason"], by=actor(request))
        said(request, _("It is taken out. Works that are begun go on."))
        return redirect(found)
    text = _("Nobody begins it any more. A new draft can be published later.")
    return form_page(request, form, title=_("Take the assignment out"), back=found.get_absolute_url(), action=_("Take out"), kind=found.code, text=text, grave=True)  # fmt: skip


def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Asked first: nothing of a draft that was thrown away comes back."""
    found = assignment_or_404(request, code)
    draft = found.draft
    if request.method != "POST" and draft is not None and found.versions.exclude(pk=draft.pk).exists():
        authors = ", ".join(map(str, draft.authors.select_related("person").order_by("pk")))
        kind = " · ".join(filter(None, [found.code, _("Version %(n)s") % {"n": draft.number}, draft.title, authors]))
        text = _("What was written in the draft cannot be brought back; published versions stay.")
        return form_page(request, django_forms.Form(), title=_("Throw the draft away"), back=found.get_absolute_url(), action=_("Throw the draft away"), kind=kind, text=text, grave=True, leave=_("Keep the draft"))  # fmt: skip
    if services.drop_draft(assignment=found, by=actor(request)):
        said(request, _("The draft is thrown away."))
    else:
        messages.warning(request, _("It is the only version of the assignment: it stays."))
    return redirect(found)
