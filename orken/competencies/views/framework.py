"""The framework as anybody reads it, and as the centre edits it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.competencies import checks, forms, policy, selectors, services
from orken.competencies.models import FrameworkVersion, Level
from orken.network.models import Post, Unit
from orken.people.models import Account

GROUPS = [(value, label) for value, label in Post.Group.choices if value != Post.Group.OTHER]


@login_not_required
def framework(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """An edition whole: domains, competencies, levels with anchors, target profiles."""
    holds = selectors.framework()
    version = holds.published
    if number is not None:
        version = holds.versions.exclude(published_at=None).filter(number=number).first()
    if version is None:
        raise Http404
    edition = selectors.edition(version)
    account = request.user if isinstance(request.user, Account) else None
    context = {
        "edition": edition,
        "holds": version.pk == holds.published_id,
        "groups": _grid(edition),
        "special": _special(edition),
        "may_edit": policy.may_edit(account),
        "drafted": holds.draft_id is not None,
        "editions": holds.versions.exclude(published_at=None).order_by("-number"),
    }
    return render(request, "competencies/framework.html", context)


def _grid(edition: selectors.Edition) -> list[tuple[str, Any, list[int | None]]]:
    return [
        (group, label, [edition.targets.get((group, ""), {}).get(part.code) for part in edition.parts])
        for group, label in GROUPS
    ]


def _special(edition: selectors.Edition) -> list[tuple[Any, Unit, dict[str, int]]]:
    """What single units ask of their own people."""
    wanted = {unit: (group, levels) for (group, unit), levels in edition.targets.items() if unit}
    labels = dict(GROUPS)
    return [
        (labels.get(wanted[unit.code][0], wanted[unit.code][0]), unit, wanted[unit.code][1])
        for unit in Unit.objects.filter(code__in=wanted).order_by("sort_kk")
    ]


def _editor(request: HttpRequest) -> Account:
    account = request.user
    if not isinstance(account, Account) or not policy.may_edit(account):
        raise Http404
    return account


class DraftIsGone(Exception):
    """It was published or thrown away after the page was drawn."""


def _writes_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the draft that was left open while the draft went: she is told so beside what stands now."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DraftIsGone:
            messages.warning(request, _("The draft was published or thrown away meanwhile. Nothing of yours was written; begin a new draft to go on."))  # fmt: skip
            return redirect("competencies:framework")

    return answered


def _draft(request: HttpRequest) -> FrameworkVersion:
    """The draft. Raises DraftIsGone without one."""
    _editor(request)
    draft = selectors.framework().draft
    if draft is None:
        raise DraftIsGone
    return draft


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    services.start_draft(by=_editor(request))
    messages.success(request, _("The draft is a copy of the edition that holds. Nobody is judged by it until it is published."))  # fmt: skip
    return redirect("competencies:draft")


def drop(request: HttpRequest) -> HttpResponse:
    """Asked first: nothing of a draft that was thrown away comes back."""
    editor, version = _editor(request), selectors.framework().draft
    if request.method != "POST" and version is not None:
        return render(request, "competencies/drop.html", {"version": version})
    services.drop_draft(by=editor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("competencies:framework")


def draft(request: HttpRequest) -> HttpResponse:
    """The draft with every piece that can be changed, what is lacking, and publishing."""
    account, version = _editor(request), selectors.framework().draft
    if version is None:
        return redirect("competencies:framework")
    form = forms.PublishForm(request.POST if request.method == "POST" else None, initial={"revision": version.revision})
    problems = checks.problems(version)
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(version=version, by=account, **form.cleaned_data)
        except services.NotReady as refusal:
            problems = refusal.problems
            form.add_error(None, _("It was not published: the reasons stand above."))
        except services.EditedMeanwhile:
            form.add_error(None, _("Somebody changed the draft meanwhile. Look at it again, then publish."))
        else:
            messages.success(request, _("Published: from now on people are judged by this edition."))
            return redirect("competencies:framework")
    edition = selectors.edition(version)
    context = {
        "edition": edition, "form": form, "problems": problems, "groups": _grid(edition),
        "levels": sorted(edition.levels.items()),
    }  # fmt: skip
    return render(request, "competencies/draft.html", context, status=422 if form.is_bound and form.errors else 200)


@_writes_draft
def domain(request: HttpRequest, code: str) -> HttpResponse:
    """The names of a domain."""
    version = _draft(request)
    row = get_object_or_404(version.domains, domain__code=code)
    return _texts(
        request, version, "domain", row, code,
        lambda texts, revision: services.set_domain(version=version, code=code, texts=texts, by=_editor(request), revision=revision),
    )  # fmt: skip


@_writes_draft
def competency(request: HttpRequest, code: str) -> HttpResponse:
    """The names of a competency and what it covers."""
    version = _draft(request)
    row = get_object_or_404(version.competencies, competency__code=code)
    return _texts(
        request, version, "competency", row, code,
        lambda texts, revision: services.set_competency(version=version, code=code, texts=texts, by=_editor(request), revision=revision),
    )  # fmt: skip


@_writes_draft
def anchor(request: HttpRequest, level: int, code: str = "") -> HttpResponse:
    """The anchor of a level; with `code`, what it looks like in that domain."""
    version = _draft(request)
    rows = version.levels.filter(domain__code=code) if code else version.levels.filter(domain=None)
    row: Level = get_object_or_404(rows, level=level)
    return _texts(
        request, version, "anchor" if code else "level", row, f"{code} {level}".strip(),
        lambda texts, revision: services.set_anchor(version=version, level=level, domain=code, texts=texts, by=_editor(request), revision=revision),
    )  # fmt: skip


def _texts(
    request: HttpRequest, version: FrameworkVersion, piece: str, row: Any, name: str, do: Callable[[dict[str, str], int], None]
) -> HttpResponse:  # fmt: skip
    start = {
        f"{field}_{language}": getattr(row, f"{field}_{language}")
        for field in forms.FIELDS[piece]
        for language in ("kk", "ru", "en")
    }
    form = forms.TextsForm(request.POST if request.method == "POST" else None, piece=piece, initial={**start, "revision": version.revision})  # fmt: skip
    return _write(request, form, name, lambda: do(form.texts, form.cleaned_data["revision"]))


@_writes_draft
def target(request: HttpRequest, group: str, unit_code: str = "") -> HttpResponse:
    """What a post group needs; with the code of a unit, what that unit asks of its own people."""
    version = _draft(request)
    if group not in dict(GROUPS) or (unit_code and not Unit.objects.filter(code=unit_code).exists()):
        raise Http404
    edition = selectors.edition(version)
    form = forms.TargetForm(
        request.POST if request.method == "POST" else None, edition=edition, whole=not unit_code,
        initial={**edition.targets.get((group, unit_code), {}), "revision": version.revision},
    )  # fmt: skip
    name = str(dict(GROUPS)[group]) + (f" · {unit_code}" if unit_code else "")
    return _write(
        request, form, name,
        lambda: services.set_target(
            version=version, group=group, unit_code=unit_code, levels=form.levels, by=_editor(request), revision=form.cleaned_data["revision"]
        ),
    )  # fmt: skip


def _write(request: HttpRequest, form: django_forms.Form, name: str, do: Callable[[], None]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except services.EditedMeanwhile as clash:
            data = request.POST.copy()
            data["revision"] = str(clash.version.revision)
            form.data = data
            form.add_error(None, _("Somebody changed the draft meanwhile. Check that nothing of theirs is lost, then save again."))  # fmt: skip
        else:
            messages.success(request, _("Saved in the draft."))
            return redirect("competencies:draft")
    context = {"form": form, "title": name, "back": reverse("competencies:draft")}
    return render(request, "competencies/change.html", context, status=422 if form.is_bound and form.errors else 200)


def go_back(request: HttpRequest, number: int) -> HttpResponse:
    """Let an earlier edition hold again, with a reason."""
    account = _editor(request)
    version = get_object_or_404(selectors.framework().versions.exclude(published_at=None), number=number)
    form = forms.ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.return_to(version=version, by=account, **form.cleaned_data)
        messages.success(request, _("Edition %(n)s holds again.") % {"n": number})
        return redirect("competencies:framework")
    context = {
        "form": form, "title": _("Return to edition %(n)s") % {"n": number}, "back": reverse("competencies:framework"),
        "text": _("Evidence keeps the edition by which it was judged."),
    }  # fmt: skip
    return render(request, "competencies/change.html", context, status=422 if form.is_bound and form.errors else 200)
