"""What the pages of a draft share: which programme, which draft, and two people at one draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.curriculum import forms, policy, services
from orken.curriculum.models import Programme, ProgrammeVersion, Published
from orken.network.policy import Scope
from orken.people.models import Account


def actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


def programme_or_404(request: HttpRequest, code: str, *, publishing: bool = False) -> Programme:
    """The programme, when its owner stands in the reader's scope."""
    account = actor(request)
    scope: Scope = policy.publishable(account) if publishing else policy.editable(account)
    found = (
        Programme.objects.filter(policy.in_scope(scope), code=code).select_related("unit", "draft", "published").first()
        if scope
        else None
    )
    if found is None:
        raise Http404
    return found


class DraftIsGone(Exception):
    """It was published or thrown away after the page was drawn."""

    def __init__(self, programme: Programme) -> None:
        super().__init__(programme.code)
        self.programme = programme


def writes_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the draft that was left open while the draft went: she is told so beside what stands now."""

    @wraps(view)
    def answered(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, code, *args, **kwargs)
        except DraftIsGone as gone:
            programme = gone.programme
        except Published:  # in this very moment
            programme = programme_or_404(request, code)
        messages.warning(request, _("The draft was published or thrown away meanwhile. Nothing of yours was written; begin a new draft to go on."))  # fmt: skip
        return redirect(programme)

    return answered


def draft_or_404(request: HttpRequest, code: str) -> tuple[Programme, ProgrammeVersion]:
    """The programme with its draft. Raises DraftIsGone without one: there is nothing to write."""
    programme = programme_or_404(request, code)
    draft = programme.draft
    if draft is None:
        raise DraftIsGone(programme)
    draft.programme = programme
    return programme, draft


def change(
    request: HttpRequest,
    programme: Programme,
    draft: ProgrammeVersion,
    *,
    make: Callable[..., forms.Revised],
    initial: Mapping[str, Any],
    do: Callable[[Any], object],
    title: str | Promise,
    done: str | Promise,
    part: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """One page of change: asked, judged, written; what another wrote meanwhile is shown beside hers."""
    start = {**initial, "revision": draft.revision}
    form = make(request.POST if request.method == "POST" else None, initial=start)
    theirs: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            do(form)
        except services.EditedMeanwhile as clash:
            theirs = _beside(form, initial)
            data = request.POST.copy()
            data["revision"] = str(clash.version.revision)
            form = make(data, initial=start)
        else:
            messages.success(request, str(done))
            return redirect(f"{programme.get_absolute_url()}#{part}")
    more = {"programme": programme, "version": draft, "form": form, "title": title, "theirs": theirs, **(context or {})}
    status = 409 if theirs else 422 if form.is_bound and form.errors else 200
    return render(request, "curriculum/change.html", more, status=status)


def _beside(form: django_forms.Form, standing: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What stands now and what she wrote, field by field where they differ."""
    lines = []
    for name, now in standing.items():
        if name not in form.fields:
            continue
        mine = form.cleaned_data.get(name)
        if (mine or "") != (now or ""):
            labels = dict(getattr(form.fields[name], "choices", None) or [])
            lines.append((str(form.fields[name].label), _said(now, labels), _said(mine, labels)))
    return lines or [(_("Other parts of the draft"), "—", "—")]


def _said(value: Any, labels: Mapping[Any, Any]) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(labels.get(one, one)) for one in value) or "—"
    try:
        return str(labels.get(value, value) or "—")
    except TypeError:
        return str(value)
