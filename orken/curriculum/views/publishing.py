"""Versions: reading, comparing, publishing, going back, taking out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from orken.curriculum import comparing, forms, policy, selectors, services
from orken.curriculum.models import Programme, ProgrammeVersion
from orken.curriculum.views.common import actor, draft_or_404, programme_or_404, writes_draft
from orken.kit.i18n.templatetags.words import IN_LANGUAGE


def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as it was written, with what can be done with it."""
    programme = programme_or_404(request, code)
    found = _version(programme, number)
    context = {
        "programme": programme,
        "version": found,
        "whole": selectors.whole(found),
        "holds": programme.published_id == found.pk,
        "may_publish": policy.may_publish(actor(request), programme),
        "languages_of": [IN_LANGUAGE[one] for one in found.languages],
    }
    return render(request, "curriculum/version.html", context)


def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions side by side; by default the published one and the draft, or the two newest without a draft."""
    programme = programme_or_404(request, code)
    all_versions = selectors.versions(programme)
    by_number = {str(one.number): one for one in all_versions}
    new = by_number.get(request.GET.get("new", "")) or all_versions[0]
    before = programme.published if programme.published_id != new.pk else None
    old = by_number.get(request.GET.get("old", "")) or before or all_versions[min(1, len(all_versions) - 1)]
    context = {
        "programme": programme,
        "versions": all_versions,
        "old": old,
        "new": new,
        "lines": comparing.differences(old, new, selectors.norm()),
    }
    return render(request, "curriculum/compare.html", context)


@writes_draft
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What still stops the draft, what changes in the catalogue, and the button."""
    programme, draft = draft_or_404(request, code)
    programme_or_404(request, code, publishing=True)
    whole = selectors.whole(draft)
    form = forms.PublishForm(request.POST if request.method == "POST" else None, initial={"revision": draft.revision})
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(
                programme=programme, note=form.cleaned_data["note"], by=actor(request), revision=form.cleaned_data["revision"]
            )  # fmt: skip
        except services.NotReady:
            refused = True
        except services.EditedMeanwhile:
            form.add_error(None, _("Somebody changed the draft meanwhile. Look at it again, then publish."))
        else:
            messages.success(request, _("Published: it stands in the catalogue."))
            return redirect(programme)
    lines = comparing.differences(programme.published, draft, whole.norm) if programme.published else []
    context = {"programme": programme, "version": draft, "whole": whole, "form": form, "lines": lines, "refused": refused}  # fmt: skip
    status = 409 if refused else 422 if form.is_bound and form.errors else 200
    return render(request, "curriculum/publish.html", context, status=status)


def go_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let an earlier version stand in the catalogue again, with a reason."""
    programme = programme_or_404(request, code, publishing=True)
    found = get_object_or_404(programme.versions.exclude(published_at=None), number=number)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.return_to(version=found, reason=form.cleaned_data["reason"], by=actor(request))
        messages.success(request, _("Version %(n)s stands in the catalogue again.") % {"n": number})
        return redirect(programme)
    title = _("Return to version %(n)s") % {"n": number}
    text = _("Runs that were opened with another version keep theirs.")
    return _reason(request, programme, form, title, text)


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the programme out of the catalogue, with a reason."""
    programme = programme_or_404(request, code, publishing=True)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(programme=programme, reason=form.cleaned_data["reason"], by=actor(request))
        messages.success(request, _("It is out of the catalogue. Its versions and its runs stay."))
        return redirect(programme)
    text = _("Nobody finds it in the catalogue and no new run is opened by it. You can return to any version later.")
    return _reason(request, programme, form, _("Take out of the catalogue"), text)


def take_over(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Begin the draft anew from this version; asked first where one stands, since it cannot be brought back."""
    programme = programme_or_404(request, code)
    version, draft = _version(programme, number), programme.draft
    if version.published_at is None:
        raise Http404
    if draft is not None and request.POST.get("draft") != str(draft.number):
        return render(request, "curriculum/drop.html", {"programme": programme, "version": draft, "anew": version})
    if request.method != "POST":
        return redirect("curriculum:version", code, number)
    services.take_over(version=version, by=actor(request))
    messages.success(request, _("The draft is now a copy of version %(n)s.") % {"n": number})
    return redirect(programme)


@writes_draft
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away: asked first, since it cannot be brought back."""
    programme, draft = draft_or_404(request, code)
    if request.method == "POST":
        services.drop_draft(programme=programme, by=actor(request))
        messages.success(request, _("The draft is thrown away."))
        return redirect(programme)
    return render(request, "curriculum/drop.html", {"programme": programme, "version": draft, "only": not programme.published_id})  # fmt: skip


def _version(programme: Programme, number: int) -> ProgrammeVersion:
    found = get_object_or_404(programme.versions, number=number)
    found.programme = programme
    return found


def _reason(request: HttpRequest, programme: Programme, form: forms.ReasonForm, title: str, text: str) -> HttpResponse:
    context = {"programme": programme, "form": form, "title": title, "text": text}
    return render(request, "curriculum/reason.html", context, status=422 if form.is_bound and form.errors else 200)
