"""Writing a draft: small forms, one thing a page; modules and outcomes with moves and undo."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from orken.competencies import selectors as competencies
from orken.competencies.models import Competency
from orken.curriculum import content, forms, selectors, services
from orken.curriculum.models import Module, Outcome, Programme, ProgrammeVersion
from orken.curriculum.views.common import actor, change, draft_or_404, writes_draft

SAVED = gettext_lazy("Saved in the draft.")
PARTS: dict[str, tuple[type[forms.Revised], str | Promise]] = {
    "titles": (forms.TitlesForm, gettext_lazy("Titles and summary")),
    "audience": (forms.AudienceForm, gettext_lazy("For whom, and what one must know")),
    "study": (forms.StudyForm, gettext_lazy("How it is taught")),
    "approval": (forms.ApprovalForm, gettext_lazy("Hours and approval")),
    "after": (forms.AfterForm, gettext_lazy("Some months later")),
}


@writes_draft
def part(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One part of the draft."""
    programme, draft = draft_or_404(request, code)
    if name not in PARTS:
        raise Http404
    form_class, title = PARTS[name]
    initial: dict[str, Any] = {
        field: getattr(draft, field) for field in form_class.base_fields if field not in ("revision", "languages")
    }
    if name == "study":
        initial["languages"] = draft.languages

    def do(form: forms.Revised) -> None:
        answers = dict(form.cleaned_data)
        revision = answers.pop("revision")
        if "languages" in answers:
            taught = answers.pop("languages")
            answers |= {f"in_{language}": language in taught for language in ("kk", "ru", "en")}
        services.write(version=draft, fields=answers, by=actor(request), revision=revision)

    return change(
        request, programme, draft, make=form_class, initial=initial, do=do, title=title, done=SAVED, part=name
    )


@writes_draft
def module(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """A module: what it is about and its hours; without `pk` a new one."""
    programme, draft = draft_or_404(request, code)
    standing = get_object_or_404(draft.modules, pk=pk) if pk else None
    norm = selectors.norm()

    def do(form: forms.ModuleForm) -> object:
        given: dict[str, Any] = {"fields": form.values, "by": actor(request), "revision": form.cleaned_data["revision"]}
        return services.change_module(module=standing, **given) if standing else services.add_module(version=draft, **given)  # fmt: skip

    return change(
        request, programme, draft, make=partial(forms.ModuleForm, norm=norm), initial=forms.ModuleForm.start(standing, norm), do=do,
        title=gettext_lazy("Module") if standing else gettext_lazy("A new module"), done=SAVED, part="modules",
    )  # fmt: skip


@writes_draft
def outcome(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """An outcome with its competency and level; without `pk` a new one."""
    programme, draft = draft_or_404(request, code)
    standing = get_object_or_404(draft.outcomes.select_related("competency"), pk=pk) if pk else None
    initial: dict[str, Any] = {}
    if standing:
        initial = {field: getattr(standing, field) for field in content.OUTCOME_FIELDS}
        initial["competency"] = standing.competency.code

    def do(form: forms.OutcomeForm) -> object:
        given: dict[str, Any] = {
            "fields": form.values, "competency": form.cleaned_data["competency"], "by": actor(request),
            "revision": form.cleaned_data["revision"],
        }  # fmt: skip
        return services.change_outcome(outcome=standing, **given) if standing else services.add_outcome(version=draft, **given)  # fmt: skip

    return change(
        request, programme, draft, make=partial(forms.OutcomeForm, edition=competencies.edition()), initial=initial, do=do,
        title=gettext_lazy("Outcome") if standing else gettext_lazy("A new outcome"), done=SAVED, part="outcomes",
    )  # fmt: skip


@require_POST
@writes_draft
def move(request: HttpRequest, code: str, piece: str, pk: int) -> HttpResponse:
    """One place up or down; the pressed button keeps the focus, so that it can be pressed again."""
    programme, draft = draft_or_404(request, code)
    way = request.POST.get("way", "")
    if way not in (services.UP, services.DOWN):
        raise Http404
    given: dict[str, Any] = {"way": way, "by": actor(request), "revision": _revision(request, draft)}
    try:
        if piece == "module":
            services.move_module(module=draft.modules.get(pk=pk), **given)
        else:
            services.move_outcome(outcome=draft.outcomes.get(pk=pk), **given)
    except (services.EditedMeanwhile, Module.DoesNotExist, Outcome.DoesNotExist):
        return _again(request, programme)
    return redirect(f"{programme.get_absolute_url()}?moved={piece}-{pk}-{way}")


@require_POST
@writes_draft
def remove(request: HttpRequest, code: str, piece: str, pk: int) -> HttpResponse:
    """Take a module or an outcome out of the draft; undo puts it back at the end."""
    programme, draft = draft_or_404(request, code)
    given: dict[str, Any] = {"by": actor(request), "revision": _revision(request, draft)}
    try:
        if piece == "module":
            module = draft.modules.get(pk=pk)
            gone: Module | Outcome = module
            kept = content.piece(module) | {"key": str(module.key)}
            services.remove_module(module=module, **given)
        else:
            outcome = draft.outcomes.select_related("competency").get(pk=pk)
            gone = outcome
            kept = {field: getattr(outcome, field) for field in content.OUTCOME_FIELDS}
            kept |= {"competency": outcome.competency.code}
            services.remove_outcome(outcome=outcome, **given)
    except (Module.DoesNotExist, Outcome.DoesNotExist):
        return _pressed_twice(request, programme, code, piece)
    except services.EditedMeanwhile:
        return _again(request, programme)
    request.session["curriculum:removed"] = {"code": code, "piece": piece, "kept": kept}
    messages.success(
        request, _("Taken out of the draft: %(name)s.") % {"name": gone}, extra_tags=reverse("curriculum:restore", args=[code])
    )  # fmt: skip
    return redirect(f"{programme.get_absolute_url()}#{piece}s")


def _pressed_twice(request: HttpRequest, programme: Programme, code: str, piece: str) -> HttpResponse:
    """It is out already: whoever pressed twice, or from two windows, keeps the way to put it back."""
    undo = reverse("curriculum:restore", args=[code]) if "curriculum:removed" in request.session else ""
    messages.warning(request, _("It is taken out of the draft already."), extra_tags=undo)
    return redirect(f"{programme.get_absolute_url()}#{piece}s")


def _again(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The page was drawn before somebody changed the draft: nothing is done, she looks again."""
    messages.warning(request, _("The draft was changed meanwhile. Look at it as it stands now, then press again."))
    return redirect(programme)


@require_POST
@writes_draft
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Put back what was taken out last."""
    programme, draft = draft_or_404(request, code)
    removed: Mapping[str, Any] = request.session.pop("curriculum:removed", {})
    if removed.get("code") == code:
        _put_back(programme, draft, dict(removed["kept"]), str(removed["piece"]), request)
        messages.success(request, _("It is back, at the end."))
    return redirect(programme)


def _put_back(
    programme: Programme, draft: ProgrammeVersion, kept: dict[str, Any], piece: str, request: HttpRequest
) -> None:
    common: dict[str, Any] = {"version": draft, "by": actor(request), "revision": draft.revision}
    if piece == "module":
        key = UUID(kept.pop("key"))
        kept |= {kind: Decimal(kept[kind]) for kind in content.MINUTES}
        services.add_module(fields=kept, key=key, **common)
    else:
        competency = get_object_or_404(Competency, code=kept.pop("competency"))
        services.add_outcome(fields=kept, competency=competency, **common)


def _revision(request: HttpRequest, draft: ProgrammeVersion) -> int:
    """The revision that the page was drawn from; a page of long ago is refused by the service."""
    asked = request.POST.get("revision", "")
    return int(asked) if asked.isascii() and asked.isdecimal() else draft.revision
