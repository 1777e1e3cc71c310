"""Looking at what is written: a lesson as its learner sees it, the whole course as it is printed; pictures and files."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from orken.courseware import content, policy, selectors
from orken.courseware.blocks import print_of
from orken.courseware.blocks.video import captions
from orken.courseware.models import Block, Lesson
from orken.courseware.views.common import actor, course_or_404
from orken.courseware.views.publishing import version_of
from orken.kit.files import services as files
from orken.kit.files import streaming

FOR_EVER = "private, max-age=31536000, immutable"


def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version as it stands or stood: its outline, each lesson a way to its preview."""
    course = course_or_404(request, code)
    found = version_of(course, number)
    context = {"course": course, "version": found, "modules": content.modules_of(found), "may_publish": policy.may_publish(actor(request), course)}  # fmt: skip
    return render(request, "courseware/version.html", context)


def preview(request: HttpRequest, code: str, number: int, key: UUID) -> HttpResponse:
    """A lesson as the learner reads it."""
    course = course_or_404(request, code)
    found = version_of(course, number)
    rows = Lesson.objects.filter(module__version=found).select_related("module").prefetch_related("blocks")
    lesson = get_object_or_404(rows, key=key)
    context = {"course": course, "version": found, "lesson": lesson, "shown": selectors.shown(lesson.blocks.all())}
    return render(request, "courseware/preview.html", context)


def printed(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The whole course on paper: every lesson one after the other, then the glossary."""
    course = course_or_404(request, code)
    found = version_of(course, number)
    modules = content.modules_of(found)
    known = selectors.materials(content.asset_keys(block for _m, _l, block in content.blocks_of(modules)))
    parts = [(module, [(lesson, selectors.shown(lesson.blocks.all(), known=known)) for lesson in module.lessons.all()]) for module in modules]  # fmt: skip
    context = {"course": course, "version": found, "parts": parts, "glossary": selectors.glossary(modules)}
    return render(request, "courseware/printed.html", context)


@require_GET
def picture(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """A picture by the print of its content: whoever was shown the lesson knows it, nobody else can guess it."""
    found = selectors.picture_by(sha256)
    if found is None:
        raise Http404
    answer = FileResponse(files.read(found.stored), content_type="image/webp")
    answer["Cache-Control"] = FOR_EVER
    answer["Content-Disposition"] = "inline"
    return answer


@require_GET
def played(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """A film or a sound, in the parts that a player asks for; `?whole` hands it to a browser that takes it along."""
    found = selectors.played_by(sha256)
    if found is None:
        raise Http404
    if "whole" not in request.GET:
        return streaming.respond(request, found.stored)
    answer = FileResponse(files.read(found.stored), content_type=found.stored.media_type)
    answer["Cache-Control"] = "private, no-store"  # the browser keeps it where she can see how much it weighs
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


@require_GET
def asset(request: HttpRequest, key: UUID) -> HttpResponse:
    """A paper of a lesson; its key stands on the lesson alone."""
    found = selectors.file_of_asset(key)
    if found is None:
        raise Http404
    return redirect(files.address(found.stored))


@require_GET
def vtt(request: HttpRequest, key: UUID, language: str, words: str) -> HttpResponse:
    """The captions of a film as one version says them: `words` is the print of what stands there in this language."""
    for block in Block.objects.filter(kind="video", key=key).order_by("-pk"):
        said = block.said.get(language, {})
        if print_of(said) == words and (text := captions(said)):
            answer = HttpResponse(text, content_type="text/vtt; charset=utf-8")
            answer["Cache-Control"] = FOR_EVER
            return answer
    raise Http404
