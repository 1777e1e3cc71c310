"""What the pages of a course share: which course, which draft, and two people at one piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.courseware import forms, policy, services
from orken.courseware.models import Course, CourseVersion, Published
from orken.network.policy import Scope
from orken.people.models import Account


def actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


def course_or_404(request: HttpRequest, code: str, *, publishing: bool = False) -> Course:
    """The course, when its owner stands in the reader's scope."""
    account = actor(request)
    scope: Scope = policy.publishable(account) if publishing else policy.editable(account)
    rows = Course.objects.filter(policy.in_scope(scope), code=code) if scope else Course.objects.none()
    found = rows.select_related("unit", "programme", "draft", "published").first()
    if found is None:
        raise Http404
    return found


class DraftIsGone(Exception):
    """It was published or thrown away after the page was drawn."""

    def __init__(self, course: Course) -> None:
        super().__init__(course.code)
        self.course = course


def writes_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the draft that was left open while the draft went: she is told so beside what stands now."""

    @wraps(view)
    def answered(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, code, *args, **kwargs)
        except DraftIsGone as gone:
            course = gone.course
        except Published:  # in this very moment
            course = course_or_404(request, code)
        messages.warning(request, _("The draft was published or thrown away meanwhile. Nothing of yours was written; begin a new draft to go on."))  # fmt: skip
        return redirect(course)

    return answered


def draft_or_404(request: HttpRequest, code: str) -> tuple[Course, CourseVersion]:
    """The course with its draft. Raises DraftIsGone without one: there is nothing to write."""
    course = course_or_404(request, code)
    draft = course.draft
    if draft is None:
        raise DraftIsGone(course)
    draft.course = course
    return course, draft


def change(
    request: HttpRequest, course: Course, *, make: Callable[..., forms.Revised], initial: Mapping[str, Any], do: Callable[[Any], object],
    title: str | Promise, back: str, context: Mapping[str, Any] | None = None, template: str = "courseware/change.html",
) -> HttpResponse:  # fmt: skip
    """One page of change: asked, judged, written; what another author wrote meanwhile is said, and her own words stay."""
    form = make(request.POST if request.method == "POST" else None, request.FILES or None, initial=initial)
    meanwhile = False
    if request.method == "POST" and form.is_valid():
        try:
            do(form)
        except services.EditedMeanwhile as clash:
            meanwhile = True
            data = request.POST.copy()
            data["revision"] = str(clash.row.revision)
            form = make(data, initial=initial)
        except services.Refused as refusal:
            form.add_error("files" if "files" in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Saved in the draft."))
            return redirect(back)
    if request.FILES and form.is_bound and (form.errors or meanwhile) and "files" in form.fields:
        form.add_error("files", _("Choose the file again: a browser does not keep it on a page that is shown anew."))
    more = {
        "course": course,
        "form": form,
        "title": title,
        "back": back,
        "meanwhile": meanwhile,
        "standing": initial,
        **(context or {}),
    }
    return render(request, template, more, status=409 if meanwhile else 422 if form.is_bound and form.errors else 200)
