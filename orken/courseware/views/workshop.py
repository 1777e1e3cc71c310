"""The workshop: the list of courses, one course with its draft, beginning a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.courseware import checks, forms, policy, selectors, services
from orken.courseware.models import CourseVersion
from orken.courseware.views.common import actor, course_or_404
from orken.curriculum.models import Programme


def courses(request: HttpRequest) -> HttpResponse:
    """The courses that she writes."""
    scope = policy.editable(actor(request))
    if not scope:
        raise Http404
    rows = selectors.workshop(scope)
    return render(request, "courseware/courses.html", {"rows": rows, "states": dict(CourseVersion.State.choices)})


def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: its draft lesson by lesson with what is to be mended, its versions, the story of its publications."""
    found = course_or_404(request, code)
    version = found.draft or found.published or found.versions.order_by("-number").first()
    assert version is not None, "a course begins with a draft"
    version.course = found
    whole = selectors.whole(version)
    account = actor(request)
    context = {
        "course": found, "version": version, "whole": whole, "versions": selectors.versions(found), "story": selectors.story(found),
        "writing": found.draft_id == version.pk, "may_publish": policy.may_publish(account, found),
        "second": not policy.has_written(account, version), "moved": request.GET.get("moved", ""),
        "lines": [(module, [(lesson, whole.of_lesson(lesson)) for lesson in module.lessons.all()]) for module in whole.modules],
        "whole_in": [checks.LANGUAGE[one] for one in version.languages],
    }  # fmt: skip
    return render(request, "courseware/course.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Begin a course: whose, of which programme, its code, its title."""
    scope = policy.editable(actor(request))
    if not scope:
        raise Http404
    units = selectors.issuers(scope).order_by("kind", "sort_kk")
    programmes = (
        Programme.objects.filter(scope.q("unit__path"))
        .exclude(published=None)
        .select_related("published")
        .order_by("code")
    )
    form = forms.NewForm(request.POST if request.method == "POST" else None, units=units, programmes=programmes)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        unit, code, programme = answers.pop("unit"), answers.pop("code"), answers.pop("programme")
        try:
            made = services.create(code=code, unit=unit, programme=programme, fields=answers, by=actor(request))
        except services.CodeTaken:
            form.add_error("code", _("This code is taken. Choose another."))
        else:
            messages.success(request, _("The course is begun. Add its first module."))
            return redirect(made)
    return render(request, "courseware/new.html", {"form": form}, status=422 if form.is_bound and form.errors else 200)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft of the next version."""
    found = course_or_404(request, code)
    services.start_draft(course=found, by=actor(request))
    messages.success(request, _("The draft is a copy of the published version. Runs keep the version that they were opened with."))  # fmt: skip
    return redirect(found)
