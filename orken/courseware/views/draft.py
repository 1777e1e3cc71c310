"""Writing a draft: titles, modules, lessons and blocks; moves by buttons, undo of what was taken out."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from orken.courseware import blocks, checks, comparing, content, forms, policy, selectors, services
from orken.courseware.models import Block, CourseVersion, Lesson, Module
from orken.courseware.views.common import actor, change, course_or_404, draft_or_404, writes_draft

REMOVED = "courseware:removed"


def lesson_of(version: CourseVersion, pk: int) -> Lesson:
    rows = Lesson.objects.filter(module__version=version).select_related("module__version__course__unit")
    return get_object_or_404(rows, pk=pk)


def block_of(version: CourseVersion, pk: int) -> Block:
    rows = Block.objects.filter(lesson__module__version=version).select_related("lesson__module__version__course__unit")
    return get_object_or_404(rows, pk=pk)


def piece_of(version: CourseVersion, piece: str, pk: int) -> Module | Lesson | Block:
    if piece == "module":
        return get_object_or_404(Module.objects.filter(version=version).select_related("version__course__unit"), pk=pk)
    return lesson_of(version, pk) if piece == "lesson" else block_of(version, pk)


@writes_draft
def part(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Titles and summary, or languages and the rule."""
    course, draft = draft_or_404(request, code)
    parts: dict[str, tuple[type[forms.Revised], Any]] = {
        "titles": (forms.TitlesForm, gettext_lazy("Titles and summary")), "rule": (forms.RuleForm, gettext_lazy("Languages and the rule"))
    }  # fmt: skip
    if name not in parts:
        raise Http404
    make, title = parts[name]
    initial: dict[str, Any] = {field: getattr(draft, field) for field in make.base_fields if field != "languages"}
    initial["languages"] = draft.languages

    def do(form: forms.Revised) -> None:
        services.write(version=draft, fields=form.values, by=actor(request), revision=form.cleaned_data["revision"])

    return change(request, course, make=make, initial=initial, do=do, title=title, back=course.get_absolute_url())


@writes_draft
def module(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """A module; without `pk` a new one."""
    course, draft = draft_or_404(request, code)
    standing = get_object_or_404(draft.modules, pk=pk) if pk else None

    def do(form: forms.Revised) -> object:
        if standing is None:
            return services.add_module(version=draft, fields=form.values, by=actor(request))
        return services.change_module(module=standing, fields=form.values, by=actor(request), revision=form.cleaned_data["revision"])  # fmt: skip

    return change(
        request, course, make=forms.ModuleForm, initial=forms.start_of(standing, forms.ModuleForm), do=do,
        title=_("Module") if standing else _("A new module"), back=course.get_absolute_url(),
    )  # fmt: skip


@writes_draft
def lesson_name(request: HttpRequest, code: str, pk: int | None = None, module: int | None = None) -> HttpResponse:
    """Title and minutes of a lesson; without `pk` a new one in a module."""
    course, draft = draft_or_404(request, code)
    standing = lesson_of(draft, pk) if pk else None
    into = None if standing else get_object_or_404(draft.modules, pk=module)
    back = reverse("courseware:lesson", args=[code, standing.pk]) if standing else course.get_absolute_url()

    def do(form: forms.Revised) -> object:
        if standing is None:
            assert into is not None, "a new lesson is asked for in a module"
            return services.add_lesson(module=into, fields=form.values, by=actor(request))
        return services.change_lesson(lesson=standing, fields=form.values, by=actor(request), revision=form.cleaned_data["revision"])  # fmt: skip

    return change(
        request, course, make=forms.LessonForm, initial=forms.start_of(standing, forms.LessonForm), do=do,
        title=_("Lesson") if standing else _("A new lesson"), back=back,
    )  # fmt: skip


@writes_draft
def lesson(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The desk of a lesson: its blocks as the learner reads them, each with what is to be mended and where it goes."""
    course, draft = draft_or_404(request, code)
    found = lesson_of(draft, pk)
    rows = list(found.blocks.all())
    known = selectors.materials(content.asset_keys(rows))
    problems = checks.of_lesson(draft, found, known)
    shown = {one.block.pk: one for one in selectors.shown(rows, known=known)}
    lines = [
        (row, shown.get(row.pk), [one for one in problems if one.block and one.block.pk == row.pk]) for row in rows
    ]
    context = {
        "course": course, "version": draft, "lesson": found, "lines": lines, "kinds": blocks.registered(),
        "general": [one for one in problems if one.block is None], "moved": request.GET.get("moved", ""),
    }  # fmt: skip
    return render(request, "courseware/lesson.html", context)


@writes_draft
def block(request: HttpRequest, code: str, pk: int, kind: str = "") -> HttpResponse:
    """What one block says, three languages side by side. With `kind` a new one in the lesson `pk`."""
    course, draft = draft_or_404(request, code)
    standing = None if kind else block_of(draft, pk)
    found = standing.lesson if standing else lesson_of(draft, pk)
    try:
        known = blocks.get(kind or (standing.kind if standing else ""))
    except KeyError as unknown:
        raise Http404 from unknown
    after = (
        found.blocks.filter(pk=int(request.GET["after"])).first() if request.GET.get("after", "").isdecimal() else None
    )

    def do(form: forms.BlockForm) -> object:
        shared, said = form.shared, form.said
        if uploads := form.cleaned_data.get("files"):
            taken = services.take(uploads=uploads, takes=known.takes, unit=course.unit, by=actor(request))
            shared["assets"] = [str(one.key) for one in taken.assets]
            said[draft.source]["alts"] = said[draft.source].get("alts") or "\n".join(filter(None, taken.words))
        if standing is None:
            return services.add_block(
                lesson=found, kind=known.code, shared=shared, said=said, by=actor(request), after=after
            )
        return services.change_block(
            block=standing,
            shared=shared,
            said=said,
            by=actor(request),
            revision=form.cleaned_data["revision"],
            follows=form.follows,
        )

    return change(
        request, course, make=partial(forms.BlockForm, kind=known, standing=standing, source=draft.source),
        initial=forms.start_of_block(standing), do=do, title=known.label, back=reverse("courseware:lesson", args=[code, found.pk]),
        template="courseware/block.html", context={"lesson": found, "kind": known, "block": standing, "changes": comparing.of_original(standing, draft.source) if standing else [], "shown": selectors.shown([standing]) if standing else []},
    )  # fmt: skip


@require_POST
@writes_draft
def move(request: HttpRequest, code: str, piece: str, pk: int) -> HttpResponse:
    """One place up or down; the pressed button keeps the focus, so that it can be pressed again."""
    course, draft = draft_or_404(request, code)
    way = request.POST.get("way", "")
    if way not in (services.UP, services.DOWN):
        raise Http404
    row = piece_of(draft, piece, pk)
    services.move(row=row, way=way, by=actor(request))
    back = (
        reverse("courseware:lesson", args=[code, row.lesson_id])
        if isinstance(row, Block)
        else course.get_absolute_url()
    )
    return redirect(f"{back}?moved={piece}-{pk}-{way}")


@require_POST
@writes_draft
def order(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The order that was drawn with the pointer."""
    _course, draft = draft_or_404(request, code)
    services.put_in_order(lesson=lesson_of(draft, pk), blocks_in_order=_ticked(request, "block"), by=actor(request))
    return HttpResponse(status=204)


def _ticked(request: HttpRequest, name: str) -> list[int]:
    return [int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdecimal() and len(one) < 19]


@require_POST
@writes_draft
def remove(request: HttpRequest, code: str, piece: str, pk: int) -> HttpResponse:
    """Take a piece out of the draft; undo puts it back at the end of where it stood."""
    course, draft = draft_or_404(request, code)
    row = piece_of(draft, piece, pk)
    gone, name = services.kept(row), blocks.get(row.kind).label if isinstance(row, Block) else row.title
    back = (
        reverse("courseware:lesson", args=[code, row.lesson_id])
        if isinstance(row, Block)
        else course.get_absolute_url()
    )
    services.remove(row=row, by=actor(request))
    request.session[REMOVED] = {"code": code, "gone": gone, "back": back}
    messages.success(request, _("Taken out of the draft: %(name)s.") % {"name": name}, extra_tags=reverse("courseware:restore", args=[code]))  # fmt: skip
    return redirect(back)


@require_POST
@writes_draft
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Put back what was taken out last."""
    course, draft = draft_or_404(request, code)
    removed = request.session.pop(REMOVED, {})
    if removed.get("code") != code:
        return redirect(course)
    if services.put_back(version=draft, gone=removed["gone"], by=actor(request)) is None:
        messages.warning(request, _("The place where it stood is gone too."))
    else:
        messages.success(request, _("It is back, at the end."))
    return redirect(removed["back"])


@writes_draft
def copy(request: HttpRequest, code: str, module: int) -> HttpResponse:
    """Take lessons from another course: which course, then which of its lessons."""
    course, draft = draft_or_404(request, code)
    into = get_object_or_404(draft.modules, pk=module)
    others = selectors.workshop(policy.editable(actor(request))).exclude(pk=course.pk)
    chosen = request.POST.get("from") or request.GET.get("from", "")
    source = course_or_404(request, chosen) if chosen else None
    version = (source.published or source.draft) if source else None
    if request.method == "POST" and version is not None:
        lessons, whole = _ticked(request, "lesson"), _ticked(request, "module")
        rows = Lesson.objects.filter(Q(pk__in=lessons) | Q(module__in=whole), module__version=version).order_by(
            "module__position", "position"
        )
        made = services.copy_lessons(into=into, lessons=list(rows.select_related("module__version__course__unit").prefetch_related("blocks")), by=actor(request))  # fmt: skip
        messages.success(request, _("Lessons copied: %(n)s.") % {"n": len(made)})
        return redirect(course)
    context = {
        "course": course,
        "into": into,
        "others": others,
        "source": source,
        "modules": content.modules_of(version) if version else [],
    }
    return render(request, "courseware/copy.html", context)
