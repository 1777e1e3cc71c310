"""Her courses: what comes next, the outline, one lesson, notes, glossary, search."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from orken.courseware import embeds
from orken.discussion import selectors as discussions
from orken.discussion.writing import PostForm
from orken.kit.i18n.content import current_language, text_of
from orken.kit.offline.views import context_of
from orken.study import selectors, services, threads
from orken.study.forms import NoteForm
from orken.study.models import Note
from orken.study.views.common import Reader, actor, block_or_404, reader_or_404


def mine(request: HttpRequest) -> HttpResponse:
    """Every course that she learns in, with the one step that comes next."""
    return render(request, "study/mine.html", {"courses": selectors.learning(actor(request))})


def pages_of(reader: Reader) -> list[str]:
    """What is taken along: the course, every lesson that is open with what was asked in it, drafts of works, the glossary,

    her notes, the search, and her queue.
    """
    code = reader.run.code
    pages = [
        reverse("study:course", args=[code]),
        reverse("study:glossary", args=[code]),
        reverse("study:notes", args=[code]),
        reverse("study:search", args=[code]),
        reverse("offline:own"),
    ]
    opened = [place.lesson for place in reader.progress.places if place.open]
    sources = {threads.source(reader.run.pk, block.key): (lesson, block) for lesson in opened for block in lesson.blocks.all()}  # fmt: skip
    talked = [sources[source] for source, many in discussions.counts(list(sources)).items() if many]
    return [
        *pages,
        *(reverse("study:lesson", args=[code, lesson.key]) for lesson in opened),
        *(reverse("study:ask", args=[code, lesson.key, block.key]) for lesson, block in talked),
        *(one.address for one in reader.progress.exercises if one.along),
    ]


def _offline(request: HttpRequest, reader: Reader) -> dict[str, Any]:
    """What the islands of a lesson need; nothing of it for a trainer who reads along."""
    if reader.enrolment is None:
        return {}
    words = {
        "run": reader.run.code, "read": _("Read: %(name)s"), "noted": _("Note: %(name)s"), "kept": _("Kept."), "full": _("There is no room to keep it: do not close this page."),
        "lesson_read": _("This lesson is read."), "marked": _("bookmark"), "asked": _("Question: %(name)s"), "ask_kept": _("The question is kept on this device and is sent by itself."),
        "ask_sent": _("The question is sent to the trainer."), "answered": _("Answer: %(name)s"), "answer_kept": _("The answer is kept on this device and is sent by itself."), "answer_sent": _("The answer is sent."),
    }  # fmt: skip
    return {"words": words, **context_of(request)}


@never_cache
def course(request: HttpRequest, code: str) -> HttpResponse:
    """The outline of a course with one button: what comes next."""
    reader = reader_or_404(request, code)
    places: dict[int, list[Any]] = {}
    for place in reader.progress.places:
        places.setdefault(place.module.pk, []).append(place)
    parts = [(module, places.get(module.pk, [])) for module in reader.outline.modules]
    context = {"reader": reader, "run": reader.run, "version": reader.offering.version, "parts": parts, "pages": json.dumps(pages_of(reader)), "exercises": _exercises(reader), "heavy": reader.outline.heavy}  # fmt: skip
    return render(request, "study/course.html", {**context, **_offline(request, reader)})


def _exercises(reader: Reader) -> list[dict[str, Any]]:
    """The exercises with their titles and how she stands to each."""
    owner = embeds.owner()
    known = owner.stands(reader.outline.codes) if owner and reader.outline.codes else {}
    stand = {one.code: one for one in reader.progress.exercises}
    return [
        {"code": code, "title": text_of(known[code], "title").value, "standing": stand.get(code), "lesson": lesson}
        for (lesson, _block), code in zip(reader.outline.exercises, reader.outline.codes, strict=True)
        if code in known
    ]


@never_cache
def lesson(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """One lesson: what is read, what she noted, what was asked under each block; it works without script and without a line."""
    reader = reader_or_404(request, code)
    found = reader.outline.by_key.get(key)
    if found is None:
        raise Http404
    place = next(one for one in reader.progress.places if one.lesson.key == key)
    before, after = reader.outline.beside(found)
    context: dict[str, Any] = {
        "reader": reader, "run": reader.run, "lesson": found, "place": place, "before": before, "after": after,
        "number": reader.progress.places.index(place) + 1,
    }  # fmt: skip
    if not place.open:
        return render(request, "study/closed.html", context)
    shown = reader.outline.shown(found, current_language())
    notes = (
        {note.block: note for note in Note.objects.filter(enrolment=reader.enrolment, lesson=key)}
        if reader.enrolment
        else {}
    )
    sources = {one.block.key: threads.source(reader.run.pk, one.block.key) for one in shown}
    asked = discussions.counts(list(sources.values()))
    exercises = {one["code"]: one for one in _exercises(reader)}
    context["lines"] = [
        (one, one.block.key in reader.seen, notes.get(one.block.key), asked.get(sources[one.block.key], 0), exercises.get(one.block.shared.get("code", "")))
        for one in shown
    ]  # fmt: skip
    return render(request, "study/lesson.html", {**context, **_offline(request, reader)})


@require_POST
def read(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """She has read the lesson: by its button, which needs no script; then the next one opens."""
    reader = reader_or_404(request, code)
    place = next((one for one in reader.progress.places if one.lesson.key == key), None)
    if reader.enrolment is None or place is None or not place.open:
        raise Http404
    services.see_all(enrolment=reader.enrolment, lesson=key, offering=reader.offering, by=actor(request))
    _before, after = reader.outline.beside(place.lesson)
    messages.success(request, _("This lesson is read."))
    if after is None:
        return redirect("study:course", code=code)
    return redirect("study:lesson", code=code, key=after.key)


def note(request: HttpRequest, code: str, key: UUID, block: UUID) -> HttpResponse:
    """Her note beside a block, on a page of its own for whoever reads without script."""
    reader = reader_or_404(request, code)
    if reader.enrolment is None:
        raise Http404
    found, row = block_or_404(reader, key, block)
    standing = Note.objects.filter(enrolment=reader.enrolment, block=block).first()
    start = {"text": standing.text, "marked": standing.marked} if standing else {"marked": True}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        services.note(
            enrolment=reader.enrolment, offering=reader.offering, block=block, by=actor(request), **form.cleaned_data
        )
        messages.success(request, _("Kept."))
        return redirect(f"{reverse('study:lesson', args=[code, key])}#b-{block}")
    context = {"reader": reader, "run": reader.run, "lesson": found, "block": row, "form": form}
    return render(request, "study/note.html", context, status=422 if form.is_bound and form.errors else 200)


@never_cache
def ask(request: HttpRequest, code: str, key: UUID, block: UUID) -> HttpResponse:
    """Questions of the group under a block, and the form that asks."""
    reader = reader_or_404(request, code)
    found, row = block_or_404(reader, key, block)
    thread = threads.open_thread(reader.offering, found, row)
    shown = [one for one in reader.outline.shown(found, current_language()) if one.block.key == block]
    context = {"reader": reader, "run": reader.run, "lesson": found, "shown": shown, "view": discussions.view(thread, actor(request)), "form": PostForm(told=threads.Owner.told), "piece": row}  # fmt: skip
    return render(request, "study/ask.html", {**context, **_offline(request, reader)})


@never_cache
def notes(request: HttpRequest, code: str) -> HttpResponse:
    """All her notes and bookmarks of a course, each with the way to its place."""
    reader = reader_or_404(request, code)
    rows = selectors.notes_of(reader.enrolment) if reader.enrolment else []
    lines = [(row, reader.outline.by_key[row.lesson]) for row in rows if row.lesson in reader.outline.by_key]
    return render(request, "study/notes.html", {"reader": reader, "run": reader.run, "lines": lines})


def glossary(request: HttpRequest, code: str) -> HttpResponse:
    """The terms of a course in the order of the alphabet."""
    reader = reader_or_404(request, code)
    return render(
        request,
        "study/glossary.html",
        {"reader": reader, "run": reader.run, "terms": selectors.glossary(reader.offering)},
    )


@never_cache
def search(request: HttpRequest, code: str) -> HttpResponse:
    """Where words stand in the lessons that are open to her, in transcripts and slides too.

    Taken along it opens without a line, and looks through the lessons that were taken along with it (`finding.js`).
    """
    reader = reader_or_404(request, code)
    words = request.GET.get("q", "").strip()[:100]
    hits = selectors.found_in(reader.outline, words, reader.progress.places) if words else []
    return render(request, "study/search.html", {"reader": reader, "run": reader.run, "words": words, "hits": hits})
