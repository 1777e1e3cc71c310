"""A register of earlier years from the file to people's records: sent, looked through, mended, applied, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from orken.credentials import background, forms, selectors
from orken.credentials.models import PastList, PastRow
from orken.credentials.past import lists, pages, words
from orken.kit.jobs.models import Work
from orken.kit.tables.views import respond
from orken.network.roles import Permission
from orken.network.views.common import actor, scope_or_404

STANDS = gettext_lazy("The register is being applied or was taken back: its rows stand.")


def registers(request: HttpRequest) -> HttpResponse:
    """Send a register: it is looked through, nothing is written yet."""
    scope = scope_or_404(request, Permission.CREDENTIAL_ISSUE)
    form = forms.PastUploadForm(request.POST or None, request.FILES or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = lists.take(file=file, file_name=file.name, unit=form.cleaned_data["unit"], by=actor(request))
        except lists.ListRefused as refusal:
            form.add_error("file", str(refusal.args[0]))
        else:
            return redirect(table)
    recent = selectors.registers_for(actor(request))[:20]
    context = {"form": form, "recent": recent}
    return render(request, "credentials/past/registers.html", context, status=422 if form.is_bound and form.errors else 200)  # fmt: skip


def _table(request: HttpRequest, pk: UUID) -> PastList:
    return get_object_or_404(selectors.registers_for(actor(request)), pk=pk)


def _work(table: PastList) -> Work | None:
    return Work.objects.filter(pk=table.work_id).first() if table.work_id else None


def shown(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What would become of each row, or what became of it."""
    table = _table(request, pk)
    work = _work(table)
    busy = work is not None and not work.over
    context: dict[str, Any] = {
        "table_of": table, "counts": table.counts, "passed": pages.passed_over(table), "columns": pages.columns_of(table), "work": work,
        "busy": busy, "open": not busy and table.state in (PastList.State.JUDGED, PastList.State.APPLIED),
        "entered": table.rows.filter(applied_at__isnull=False).count(),
        "waiting": table.rows.filter(applied_at=None, state=PastRow.State.FOUND).count(),
    }  # fmt: skip
    rows = table.rows.select_related("person").order_by()
    return respond(request, pages.rows_table(table), rows, "credentials/past/register.html", context)


def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what the columns mean, and what holds for the whole register."""
    table = _table(request, pk)
    form = forms.PastDefaultsForm(request.POST or None, said=table.defaults, domain=table.domain)
    chosen = {
        part["sheet"]: [request.POST.get(f"c-{part['sheet']}-{n}", "") for n in range(len(part["columns"]))] for part in table.layout
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            lists.set_columns(
                table=table, columns=chosen, defaults=form.said, domain=form.cleaned_data["domain"], by=actor(request)
            )
        except lists.NotOpen:
            messages.warning(request, str(STANDS))
        else:
            messages.success(
                request, _("It is noted, and the columns are remembered for the next register of this library.")
            )
        return redirect(table)
    context = {
        "table_of": table, "parts": pages.parts_with_samples(table, chosen if form.is_bound else {}), "form": form,
        "choices": [(words.IGNORED, _("pass over")), *((name, words.label_of(name)) for name in words.CHOOSABLE)],
    }  # fmt: skip
    return render(request, "credentials/past/columns.html", context, status=422 if form.errors else 200)


def row(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Mend a row in place, or say whom it means; `?who=` looks for her by name."""
    table = _table(request, pk)
    found = get_object_or_404(PastRow.objects.select_related("person", "record"), table=table, pk=number)
    asked = " ".join(request.GET.get("who", "").split())[:100]
    if request.method == "POST":
        return _mended(request, table, found)
    work = _work(table)
    context = {
        "table_of": table, "row": found, "fields": pages.fields_of(table, found), "reasons": pages.sentences(found), "asked": asked,
        "candidates": pages.candidates_of(table, found, asked), "training": pages.training(found), "numbers": pages.numbers(found),
        "left": table.rows.filter(state__in=PastRow.OPEN, applied_at=None).exclude(decision="skip").count(),
        "open": found.applied_at is None and table.state in (PastList.State.JUDGED, PastList.State.APPLIED) and (work is None or work.over),
    }  # fmt: skip
    return render(request, "credentials/past/row.html", context)


def _mended(request: HttpRequest, table: PastList, found: PastRow) -> HttpResponse:
    fields = pages.fields_of(table, found)
    texts = {name: request.POST.get(f"f-{name}", text) for name, _label, text in fields}
    # What still shows dots is the masked number, left as it was.
    changed = {name: texts[name] for name, _label, text in fields if texts[name] != text and "•" not in texts[name]}
    try:
        fresh = lists.correct(
            row=found, corrections=changed, decision=request.POST.get("decision", ""), by=actor(request)
        )
    except lists.NotOpen:
        messages.warning(request, str(STANDS))
        return redirect(table)
    if fresh.state in PastRow.OPEN and not fresh.decision:
        messages.warning(request, pages.sentences(fresh)[0])
        return redirect("credentials:past_row", pk=table.pk, number=found.pk)
    messages.success(request, _("Row %(row)s: %(state)s.") % {"row": fresh.number, "state": fresh.get_state_display()})
    following = pages.next_open(table, after=fresh)
    return redirect("credentials:past_row", pk=table.pk, number=following.pk) if following else redirect(table)


@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to apply; the work goes on behind the page."""
    table = _table(request, pk)
    work = _work(table)
    if work is None or work.over:  # pressed twice: one worker is enough
        try:
            background.start_applying(lists.begin(table=table, by=actor(request)), actor(request))
        except lists.NotOpen:
            messages.warning(request, str(STANDS))
    return redirect(table)


@require_POST
def back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the whole register back."""
    table = _table(request, pk)
    work = _work(table)
    if work is None or work.over:
        if table.state == PastList.State.APPLIED:
            background.start_taking_back(table, actor(request))
        else:
            messages.warning(request, _("Only an applied register can be taken back."))
    return redirect(table)
