"""The workshop: the list of programmes, one programme with its draft, beginning a new one, the norm of an hour."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.curriculum import forms, policy, selectors, services
from orken.curriculum.tables import STATES, state_of, with_titles, workshop
from orken.curriculum.views.common import actor, programme_or_404
from orken.kit.i18n.templatetags.words import IN_LANGUAGE
from orken.kit.tables.views import respond
from orken.network.models import Unit


def programmes(request: HttpRequest) -> HttpResponseBase:
    """The programmes that she writes, with what their drafts still lack."""
    scope = policy.editable(actor(request))
    if not scope:
        raise Http404
    rows = with_titles(selectors.drafts_with_parts(selectors.workshop(scope)))
    return respond(request, workshop(selectors.norm()), rows, "curriculum/programmes.html", {"may_set_norm": _country(request)})  # fmt: skip


def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: its draft piece by piece, its versions, the story of its publications."""
    found = programme_or_404(request, code)
    version = found.draft or found.published or found.versions.order_by("-number").first()
    assert version is not None, "a programme begins with a draft"
    version.programme = found
    context = {
        "programme": found,
        "version": version,
        "whole": selectors.whole(version, moved=request.GET.get("moved", "")),
        "versions": selectors.versions(found),
        "story": selectors.story(found),
        "state": STATES[state_of(with_titles(selectors.workshop(policy.editable(actor(request)))).get(pk=found.pk))],
        "writing": found.draft_id == version.pk,
        "may_publish": policy.may_publish(actor(request), found),
        "languages_of": [IN_LANGUAGE[one] for one in version.languages],
    }
    return render(request, "curriculum/programme.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Begin a programme: whose, its code, its title."""
    scope = policy.editable(actor(request))
    if not scope:
        raise Http404
    units = selectors.issuers(scope).order_by("kind", "sort_kk")
    form = forms.NewForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        unit, code = answers.pop("unit"), answers.pop("code")
        try:
            made = services.create(code=code, unit=unit, fields=answers, by=actor(request))
        except services.CodeTaken:
            form.add_error("code", _("This code is taken. Choose another."))
        else:
            messages.success(request, _("The draft is begun. Fill in its parts one after the other."))
            return redirect(made)
    return render(request, "curriculum/new.html", {"form": form}, status=422 if form.is_bound and form.errors else 200)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft of the next version."""
    found = programme_or_404(request, code)
    services.start_draft(programme=found, by=actor(request))
    messages.success(request, _("The draft is a copy of the published version. The catalogue does not change until you publish."))  # fmt: skip
    return redirect(found)


def norm(request: HttpRequest) -> HttpResponse:
    """The norm of an academic hour and its rows; stated by those who publish for the whole country."""
    if not _country(request):
        raise Http404
    now = selectors.norm()
    start = {"minutes": now.minutes, "hours_a_day": now.hours_a_day, "hours_a_week": now.hours_a_week}
    form = forms.NormForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        services.set_norm(by=actor(request), **form.cleaned_data)
        messages.success(request, _("The norm is stated. Minutes stay as they are; hours are shown by the norm of the day."))  # fmt: skip
        return redirect("curriculum:norm")
    context = {"form": form, "now": now, "rows": selectors.norms()}
    return render(request, "curriculum/norm.html", context, status=422 if form.is_bound and form.errors else 200)


def _country(request: HttpRequest) -> bool:
    scope = policy.publishable(actor(request))
    return bool(scope) and Unit.objects.filter(scope.q(), kind=Unit.Kind.COUNTRY).exists()
