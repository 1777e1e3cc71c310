"""For librarians at work: files of one's own catalogue checked in the background, reported, compared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.cataloguing import checking, forms, profiles, selectors, services, tables
from orken.cataloguing.models import CatalogueFile
from orken.cataloguing.policy import may_check_files
from orken.cataloguing.views.common import actor, crumbs, known_profile, laid_out, text_of
from orken.kit.files.services import FileRefused
from orken.kit.sheets.writing import XLSX
from orken.kit.tables.views import respond
from orken.people.models import Account

SHOWN = 20


def _allowed(request: HttpRequest) -> Account:
    account = actor(request)
    if not may_check_files(account):
        raise Http404
    return account


def _own(request: HttpRequest, pk: UUID) -> CatalogueFile:
    return get_object_or_404(selectors.files_of(_allowed(request)), pk=pk)


def files(request: HttpRequest) -> HttpResponse:
    """Her files, and the place to send another."""
    account = _allowed(request)
    form = (
        forms.CatalogueFileForm(request.POST, request.FILES) if request.method == "POST" else forms.CatalogueFileForm()
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            made = services.start_check(
                upload=answers["file"], profile=answers["profile"], encoding=answers["encoding"], by=account
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal.args[0]))
        else:
            return redirect(made)
    own = list(selectors.files_of(account)[:SHOWN])
    works = selectors.works(own)
    context = {
        "form": form,
        "files": [(one, works.get(one.work_id) if one.work_id else None) for one in own],
        "comparable": sum(one.checked_at is not None for one in own) > 1,
        "crumbs": crumbs((_("Check of catalogues"), "")),
    }
    return render(request, "cataloguing/files.html", context, status=422 if form.is_bound and form.errors else 200)


def file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """How far the check is; then its report and the list of messages."""
    found = _own(request, pk)
    work = selectors.work_of(found)
    context: dict[str, Any] = {
        "file": found,
        "work": work,
        "report": checking.Report(found.counts) if found.checked_at else None,
        "crumbs": crumbs((_("Check of catalogues"), _address()), (found.name, "")),
    }
    return respond(request, tables.FINDINGS, tables.finding_rows(found), "cataloguing/file.html", context)


def _address() -> str:
    from django.urls import reverse

    return reverse("cataloguing:files")


def progress(request: HttpRequest, pk: UUID) -> JsonResponse:
    """How far the work is, for the page that waits."""
    found = _own(request, pk)
    work = selectors.work_of(found)
    return JsonResponse(work.as_json() if work else {"over": True, "done": 0, "total": None, "state": "done"})


def report(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The report as a spreadsheet: figures, by rule, by cataloguer."""
    found = _own(request, pk)
    if not found.checked_at:
        raise Http404
    name = f"report-{found.created_at:%Y-%m-%d}.xlsx"
    return FileResponse(checking.report_sheet(found), as_attachment=True, filename=name, content_type=XLSX)


def file_record(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One record of the file with its messages, as the record page shows it."""
    found = _own(request, pk)
    item = checking.item_of(found, number)
    if item is None or item.record is None:
        raise Http404
    record = item.record
    profile = known_profile(found.profile or profiles.detect(record))
    form = forms.RecordForm(initial={"text": text_of(record), "profile": profile.code})
    context = {
        **laid_out(record, profile, item), "form": form, "view": "lines", "views": [], "carried": text_of(record),
        "crumbs": crumbs((_("Check of catalogues"), _address()), (found.name, found.get_absolute_url()), (str(number), "")),
    }  # fmt: skip
    return render(request, "cataloguing/record.html", context)


def compare(request: HttpRequest) -> HttpResponse:
    """The error rate of two files: ten records before and after training, or two branches."""
    account = _allowed(request)
    checked = selectors.files_of(account).filter(checked_at__isnull=False)[:50]
    done = [one for one in checked if not one.counts.get("refused")]  # what could not be read has no rate
    by_id = {str(one.pk): one for one in done}
    first, second = by_id.get(request.GET.get("first", "")), by_id.get(request.GET.get("second", ""))
    context: dict[str, Any] = {
        "done": done, "first": first, "second": second,
        "crumbs": crumbs((_("Check of catalogues"), _address()), (_("Two files"), "")),
    }  # fmt: skip
    if first and second:
        context["rates"] = checking.rates(first, second)
    return render(request, "cataloguing/files_compare.html", context)


@require_POST
def forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _own(request, pk)
    services.forget_file(file=found, by=actor(request))
    messages.success(request, _("Forgotten: %(name)s with all its messages.") % {"name": found.name})
    return redirect("cataloguing:files")
