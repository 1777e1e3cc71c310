"""The list of units as a table: sent in with a dry run first, handed out in the same shape."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.jobs import services as jobs
from orken.kit.jobs.registry import Job
from orken.kit.sheets.reading import SheetRefused, read
from orken.kit.sheets.writing import XLSX
from orken.network import forms, policy, services, unit_list
from orken.network.models import UnitImport
from orken.network.roles import Permission
from orken.network.views.common import actor, said, scope_or_404

SHOWN = 300  # lines of the dry run on one page


def upload(request: HttpRequest) -> HttpResponse:
    """Send a table: it is looked through, nothing is written yet."""
    scope_or_404(request, Permission.UNIT_IMPORT)
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = unit_list.rows_of(read(file))
        except (SheetRefused, unit_list.ListRefused) as refusal:
            form.add_error("file", str(refusal.args[0]))
        else:
            table = UnitImport.objects.create(
                by=actor(request), file_name=file.name[:200], rows=rows, on=timezone.localdate()
            )
            return redirect("network:judged", pk=table.pk)
    recent = UnitImport.objects.filter(by=actor(request)).defer("rows").order_by("-created_at")[:10]
    context = {"form": form, "recent": recent}
    return render(request, "network/import.html", context, status=422 if form.is_bound and form.errors else 200)


def judged(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would become of each row; of an applied table, the rows that stayed out."""
    scope = scope_or_404(request, Permission.UNIT_IMPORT)
    table = get_object_or_404(UnitImport, pk=pk, by=actor(request))
    waiting = table.state == UnitImport.State.JUDGED
    lines = unit_list.judge(table.rows, scope, on=table.on) if waiting else unit_list.refused_lines(table)
    order = {"refused": 0, "changed": 1, "new": 2}  # what stands already is only counted
    asked = request.GET.get("state", "")
    shown = sorted(
        (line for line in lines if line.state in order and (not asked or line.state == asked)),
        key=lambda line: (order[line.state], line.row),
    )
    found = unit_list.counts(lines) if waiting else table.counts
    context = {
        "table": table,
        "counts": found,
        "all_refused": found.get("refused") and not any(found.get(key) for key in ("new", "changed", "same")),
        "work": jobs.busy(_of(table.pk)),
        "lines": shown[:SHOWN],
        "more": max(0, len(shown) - SHOWN),
        "asked": asked,
    }
    return render(request, "network/judged.html", context)


@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    scope = scope_or_404(request, Permission.UNIT_IMPORT)
    table = get_object_or_404(UnitImport, pk=pk, by=actor(request))
    if len(table.rows) > unit_list.AT_ONCE:
        return _in_background(request, unit_list.apply_in_background, table.pk, table=str(table.pk))
    try:
        lines = unit_list.apply(table_id=table.pk, by=actor(request), scope=scope)
    except unit_list.AppliedAlready:
        messages.warning(request, _("This table was applied already."))
    except unit_list.NothingToApply:
        messages.warning(request, _("Every row is refused: there is nothing to apply."))
    except services.Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        found = unit_list.counts(lines)
        said(request, _("Applied: %(new)s new, %(changed)s changed.") % found, table.pk)
    return redirect("network:judged", pk=table.pk)


def _of(pk: UUID) -> str:
    """One work at a time on one table, whether it is applied or taken back."""
    return f"network.batch/{pk}"


def _in_background(request: HttpRequest, job: Job, pk: UUID, **payload: str) -> HttpResponse:
    """One work for a table or a batch at a time: pressed twice, it leads to the same page."""
    account = actor(request)
    work = jobs.start(job, payload={**payload, "by": account.pk}, by_id=account.pk, once=_of(pk))
    return redirect("jobs:work", pk=work.pk)


@require_POST
def undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Take the changes of a batch back, if nothing was built on them since; each verb asks for its own right."""
    account = actor(request)
    if not any(
        policy.scope(account, one) for one in (Permission.UNIT_EDIT, Permission.STAFF_EDIT, Permission.ROLE_ASSIGN)
    ):
        raise Http404
    if services.size_of(batch) > unit_list.AT_ONCE:
        return _in_background(request, unit_list.undo_in_background, batch, batch=str(batch))
    try:
        services.undo(batch=batch, by=account)
        messages.success(request, _("Taken back. The history keeps both."))
    except services.CannotUndo:
        messages.error(
            request, _("It was changed again since, so it cannot be taken back by a button. Change it by hand.")
        )
    except services.StillInUse:
        messages.error(request, _("It is in use by now, so it cannot be taken back."))
    except services.Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    return redirect(request.META.get("HTTP_REFERER") or "network:units")


def export(request: HttpRequest) -> HttpResponseBase:
    """The units of her scope in the shape that can be sent in again."""
    scope = scope_or_404(request, Permission.UNIT_VIEW)
    return FileResponse(unit_list.export(scope), as_attachment=True, filename="units.xlsx", content_type=XLSX)
