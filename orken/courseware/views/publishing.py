"""Two people for each version; comparing, going back, taking out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from orken.courseware import comparing, content, forms, policy, selectors, services
from orken.courseware.models import Course, CourseVersion
from orken.courseware.views.common import actor, course_or_404, draft_or_404, writes_draft
from orken.kit.states import WayIsClosed

S = CourseVersion.State


def version_of(course: Course, number: int) -> CourseVersion:
    found = get_object_or_404(course.versions, number=number)
    found.course = course
    return found


@writes_draft
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The author asks a second person to read the draft."""
    course, draft = draft_or_404(request, code)
    form = forms.AskForm(request.POST if request.method == "POST" else None, initial={"note": draft.note})
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(course=course, note=form.cleaned_data["note"], by=actor(request))
        except services.NotReady:
            messages.warning(request, _("Something still stops it: it stands in the list below."))
        except WayIsClosed as closed:
            messages.warning(request, " ".join(map(str, closed.reasons)))
        else:
            messages.success(
                request, _("A second person is asked to read it. Whoever may publish finds it on this page.")
            )
        return redirect(course)
    return render(request, "courseware/ask.html", {"course": course, "version": draft, "form": form, "behind": selectors.whole(draft).behind})  # fmt: skip


@writes_draft
def review(request: HttpRequest, code: str) -> HttpResponse:
    """The second person reads it: what is new against the published version, then sends back or publishes."""
    course_or_404(request, code, publishing=True)
    course, draft = draft_or_404(request, code)
    form = forms.RemarkForm(request.POST if "send_back" in request.POST else None)
    if request.method == "POST":
        try:
            if "publish" in request.POST:
                services.publish(course=course, by=actor(request), behind_is_known="behind" in request.POST)
                messages.success(request, _("Published. Runs that open from now on get this version."))
                return redirect(course)
            if form.is_valid():
                services.send_back(course=course, remark=form.cleaned_data["remark"], by=actor(request))
                messages.success(request, _("Sent back with your words."))
                return redirect(course)
        except services.NotTheSecond:
            messages.warning(request, _("You have written in this version: another person publishes it."))
            return redirect(course)
        except services.NotCompared:
            messages.warning(request, _("Translations stand here that are older than their original. Say that you know it, or send the course back."))  # fmt: skip
            return redirect("courseware:review", code=code)
        except services.NotReady:
            messages.warning(request, _("Something still stops it: it stands in the list below."))
            return redirect(course)
        except WayIsClosed as closed:
            messages.warning(request, " ".join(map(str, closed.reasons)))
            return redirect(course)
    whole = selectors.whole(draft)
    old = course.published
    found = comparing.differences(old, content.modules_of(old), draft, whole.modules) if old else []
    context = {"course": course, "version": draft, "whole": whole, "form": form, "differences": found, "old": old, "second": not policy.has_written(actor(request), draft)}  # fmt: skip
    return render(request, "courseware/review.html", context, status=422 if form.is_bound and form.errors else 200)


def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Any two versions beside one another; by default the last two."""
    course = course_or_404(request, code)
    rows = selectors.versions(course)
    if len(rows) < 2:
        raise Http404
    numbers = {str(row.number): row for row in rows}
    new = numbers.get(request.GET.get("new", ""), rows[0])
    old = numbers.get(request.GET.get("old", ""), next(row for row in rows if row.pk != new.pk))
    found = comparing.differences(old, content.modules_of(old), new, content.modules_of(new))
    return render(request, "courseware/compare.html", {"course": course, "versions": rows, "old": old, "new": new, "differences": found})  # fmt: skip


def go_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """New runs get an earlier version again."""
    course = course_or_404(request, code, publishing=True)
    version = version_of(course, number)
    if version.state != S.PUBLISHED or course.published_id == version.pk:
        raise Http404
    return _with_reason(request, course, _("Return to version %(n)s") % {"n": number}, lambda reason: services.return_to(version=version, reason=reason, by=actor(request)))  # fmt: skip


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """No new run gets the course."""
    course = course_or_404(request, code, publishing=True)
    if course.published is None:
        raise Http404
    return _with_reason(request, course, _("Take the course out"), lambda reason: services.withdraw(course=course, reason=reason, by=actor(request)))  # fmt: skip


def _with_reason(request: HttpRequest, course: Course, title: str, do: Any) -> HttpResponse:
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        do(form.cleaned_data["reason"])
        messages.success(request, _("Done. Runs keep the version that they were opened with."))
        return redirect(course)
    context = {"course": course, "form": form, "title": title, "back": course.get_absolute_url()}
    return render(request, "courseware/change.html", context, status=422 if form.is_bound and form.errors else 200)


def take_over(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The draft begins anew from an older version; what a draft that stands would lose is shown first."""
    course = course_or_404(request, code)
    version = version_of(course, number)
    if not version.is_published:
        raise Http404
    title = _("Begin the draft anew from version %(n)s") % {"n": number}
    if course.draft is not None and not _knows(request, course.draft):
        return _lost(request, course, course.draft, title, version.number)
    if request.method != "POST":
        return redirect("courseware:version", code, number)
    services.take_over(version=version, by=actor(request))
    messages.success(request, _("The draft begins anew from version %(n)s.") % {"n": number})
    return redirect(course)


@writes_draft
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away: what is lost is shown first, since nothing of it comes back."""
    course, draft = draft_or_404(request, code)
    if not course.versions.exclude(pk=draft.pk).exists():
        messages.warning(request, _("It is the only version of the course: it stays."))
    elif not _knows(request, draft):
        return _lost(request, course, draft, _("Throw the draft away"))
    elif services.drop_draft(course=course, by=actor(request)):
        messages.success(request, _("The draft is thrown away; the published version stands."))
    return redirect(course)


def _knows(request: HttpRequest, draft: CourseVersion) -> bool:
    """She has pressed below the list of what this very draft loses."""
    return request.method == "POST" and request.POST.get("draft") == str(draft.number)


def _lost(request: HttpRequest, course: Course, draft: CourseVersion, title: str, anew: int = 0) -> HttpResponse:
    modules = content.modules_of(draft)
    base = draft.based_on
    context = {
        "course": course, "draft": draft, "title": title, "anew": anew, "base": base,
        "lessons": sum(len(module.lessons.all()) for module in modules), "blocks": sum(1 for _block in content.blocks_of(modules)),
        "authors": list(draft.authors.select_related("person").order_by("pk")),
        "differences": comparing.differences(base, content.modules_of(base), draft, modules) if base else [],
    }  # fmt: skip
    return render(request, "courseware/drop.html", context)
