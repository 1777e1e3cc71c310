"""A staff list from the file to the register: sent, looked through, mended, applied, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.i18n.content import current_language
from orken.kit.jobs import services as jobs
from orken.kit.jobs.models import Work
from orken.kit.sheets.writing import XLSX
from orken.kit.tables.views import respond
from orken.network import background, person_forms, policy, tables, taking_away
from orken.network.models import StaffImport, StaffRow, Unit
from orken.network.roles import Permission
from orken.network.staff_list import handing, lists, pages, words
from orken.network.views.common import actor, scope_or_404


def upload(request: HttpRequest) -> HttpResponse:
    """Send a list: it is looked through, nothing is written yet."""
    scope = scope_or_404(request, Permission.STAFF_EDIT)
    form = person_forms.StaffUploadForm(request.POST or None, request.FILES or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        unit = get_object_or_404(Unit.objects.filter(scope.q()), code=form.cleaned_data["unit"])
        try:
            table = lists.take(file=file, file_name=file.name, unit=unit, by=actor(request))
        except lists.ListRefused as refusal:
            form.add_error("file", str(refusal.args[0]))
        else:
            return redirect("network:staff_list", pk=table.pk)
    recent = StaffImport.objects.filter(scope.q("unit__path")).select_related("unit").order_by("-created_at")[:10]
    context = {"form": form, "recent": recent}
    return render(request, "network/staff_upload.html", context, status=422 if form.is_bound and form.errors else 200)


def _table(request: HttpRequest, pk: UUID) -> StaffImport:
    scope = scope_or_404(request, Permission.STAFF_EDIT)
    table = StaffImport.objects.filter(scope.q("unit__path"), pk=pk).select_related("unit").first()
    if table is None:
        raise Http404
    return table


def shown(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What would become of each row, or what became of it."""
    table = _table(request, pk)
    work = Work.objects.filter(pk=table.work_id).first() if table.work_id else None
    context: dict[str, Any] = {
        "staff_list": table,
        "counts": table.counts,
        "passed": pages.passed_over(table),
        "columns": pages.columns_of(table),
        "work": work,
        "busy": work is not None and not work.over,
        "open": table.state == StaffImport.State.JUDGED,
    }
    rows = table.rows.select_related("person").order_by()
    return respond(request, pages.rows_table(table), rows, "network/staff_list.html", context)


def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what the columns mean when the list was not understood."""
    table = _table(request, pk)
    form = person_forms.ListDefaultsForm(request.POST or None, unit=table.unit, initial=table.defaults)
    chosen = {
        part["sheet"]: [request.POST.get(f"c-{part['sheet']}-{n}", "") for n in range(len(part["columns"]))]
        for part in table.layout
    }
    if request.method == "POST" and form.is_valid():
        try:
            lists.set_columns(table=table, columns=chosen, defaults=form.codes, by=actor(request))
        except lists.NotWaiting:
            messages.warning(request, _("The list is applied already: its rows stand."))
        else:
            messages.success(request, _("The columns are noted and remembered for the next list of this library."))
        return redirect("network:staff_list", pk=table.pk)
    context = {
        "staff_list": table,
        "parts": pages.parts_with_samples(table, chosen if form.is_bound else {}),
        "form": form,
        "choices": [(words.IGNORED, _("pass over")), *((name, words.label_of(name)) for name in words.CHOOSABLE)],
    }
    return render(request, "network/staff_columns.html", context, status=422 if form.errors else 200)


def row(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Mend a row in place, or say who she is."""
    table = _table(request, pk)
    found = get_object_or_404(StaffRow.objects.select_related("person"), table=table, pk=number)
    if request.method == "POST":
        fields = pages.fields_of(table, found)
        texts = {name: request.POST.get(f"f-{name}", text) for name, _label, text in fields}
        # What still shows dots is the masked number, left as it was.
        changed = {name: texts[name] for name, _label, text in fields if texts[name] != text and "•" not in texts[name]}
        library = request.POST.get("library", "")[:40]
        if any(one.chosen and one.code == library for one in pages.libraries_of(table, found)):
            library = ""  # as it stands: what she wrote into the field counts
        if library:
            changed.pop("unit", None)  # the choice is about the text that stood there
        try:
            fresh = lists.correct(
                row=found, corrections=changed, decision=pages.decision(request.POST.get("decision", "")),
                library=library, by=actor(request),
            )  # fmt: skip
        except lists.NotWaiting:
            messages.warning(request, _("The list is applied already: its rows stand."))
            return redirect("network:staff_list", pk=table.pk)
        if fresh.state in (StaffRow.State.REFUSED, StaffRow.State.DOUBTFUL) and not fresh.decision:
            messages.warning(request, pages.reason_of(fresh))
            return redirect("network:staff_row", pk=table.pk, number=found.pk)
        messages.success(
            request, _("Row %(row)s: %(state)s.") % {"row": fresh.number, "state": fresh.get_state_display()}
        )
        following = pages.next_open(table, after=fresh)
        return redirect("network:staff_row", pk=table.pk, number=following.pk) if following else redirect("network:staff_list", pk=table.pk)  # fmt: skip
    context = {
        "staff_list": table,
        "row": found,
        "fields": pages.fields_of(table, found),
        "reasons": pages.sentences(found),
        "libraries": pages.libraries_of(table, found),
        "candidates": pages.candidates_of(found, policy.scope(actor(request), Permission.STAFF_EDIT)),
        "left": table.rows.filter(state__in=["refused", "doubtful"]).exclude(decision="skip").count(),
        "open": table.state == StaffImport.State.JUDGED,
    }
    return render(request, "network/staff_row.html", context)


def _busy(table: StaffImport) -> bool:
    return table.work_id is not None and Work.objects.filter(pk=table.work_id, finished_at=None).exists()


@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to apply; the work goes on behind the page."""
    table = _table(request, pk)
    account = actor(request)
    if _busy(table):
        return redirect("network:staff_list", pk=table.pk)  # pressed twice: one worker is enough
    try:
        table = lists.begin(table=table, by=account)
    except lists.NotWaiting:
        messages.warning(request, _("The list is applied already: its rows stand."))
        return redirect("network:staff_list", pk=table.pk)
    _start(background.apply_staff_list, table, account.pk)
    return redirect("network:staff_list", pk=table.pk)


@require_POST
def back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the whole list back."""
    table = _table(request, pk)
    if _busy(table):
        return redirect("network:staff_list", pk=table.pk)
    if table.state != StaffImport.State.APPLIED:
        messages.warning(request, _("Only an applied list can be taken back."))
    else:
        _start(background.take_back_staff_list, table, actor(request).pk)
    return redirect("network:staff_list", pk=table.pk)


def _start(job: Any, table: StaffImport, by: int) -> None:
    work = jobs.start(
        job, payload={"table": str(table.pk), "by": by, "language": current_language()}, by_id=by,
        scope_path=table.unit.path, title=f"{job.title}: {table.file_name}"[:300],
    )  # fmt: skip
    StaffImport.objects.filter(pk=table.pk).update(work_id=work.pk)


def export(request: HttpRequest) -> HttpResponseBase:
    """The staff of her scope in the shape that can be sent in again, by the filters and the order of the list she came from."""
    scope, account = scope_or_404(request, Permission.STAFF_VIEW), actor(request)
    numbers = policy.scope(account, Permission.PERSON_NUMBER)
    full = bool(numbers) and all(numbers.contains(path) for path in scope.paths)
    page = tables.STAFF.page(request, tables.staff_rows(scope))
    with transaction.atomic():
        taking_away.record(
            verb="staff.taken_away", by=account, permission=Permission.STAFF_VIEW, page=page, person="person_id",
            numbers=taking_away.Numbers.FULL if full else taking_away.Numbers.MASKED,
        )  # fmt: skip
        file = handing.export(page.matching, numbers=full)
    return FileResponse(file, as_attachment=True, filename="staff.xlsx", content_type=XLSX)
