"""A batch: how far it is, signed, issued, handed over by list."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from orken.credentials import background, forms, selectors, services
from orken.credentials.models import Certificate, HandOver
from orken.credentials.paper import journal
from orken.credentials.views.common import batch_or_404, inline
from orken.kit.files import services as files
from orken.kit.jobs.models import Work
from orken.kit.states import WayIsClosed
from orken.network.views.common import actor

ON_A_PAGE = 120


def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody of the batch with the state of her certificate, and the next step of the whole."""
    found = batch_or_404(request, pk)
    sign, hand = (
        forms.DayForm(initial={"on": timezone.localdate()}),
        forms.HandOverForm(initial={"on": timezone.localdate()}),
    )
    problem = ""
    if request.method == "POST":
        sign, hand, problem, answer = _acted(request, pk, sign, hand)
        if answer is not None:
            return answer
    rows = Certificate.objects.filter(batch=found).order_by("sort_kk", "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    people = list(page.object_list)
    handed = {
        line.certificate_id: line
        for line in HandOver.objects.filter(certificate__in=people, copy=None, superseded_at=None)
    }
    work = Work.objects.filter(pk=found.work).first() if found.work else None
    idle = work is None or work.over
    context = {
        "batch": found, "rows": [(one, handed.get(one.pk)) for one in people], "page": page, "counts": selectors.batch_counts(found),
        "work": work, "idle": idle, "left_out": services.left_out(found) if idle else [], "sign": sign, "hand": hand, "problem": problem, "signed_names": found.common["signed"],
    }  # fmt: skip
    bad = bool(problem or sign.errors or hand.errors)
    return render(request, "credentials/batch.html", context, status=422 if bad else 200)


def _acted(
    request: HttpRequest, pk: UUID, sign: forms.DayForm, hand: forms.HandOverForm
) -> tuple[forms.DayForm, forms.HandOverForm, str, HttpResponse | None]:
    found, by, problem = batch_or_404(request, pk), actor(request), ""
    try:
        if "sign" in request.POST:
            sign = forms.DayForm(request.POST)
            if sign.is_valid():
                n = services.sign(batch=found, on=sign.cleaned_data["on"], by=by)
                messages.success(request, ngettext("%(n)s certificate is noted as signed.", "%(n)s certificates are noted as signed.", n) % {"n": n})  # fmt: skip
                return sign, hand, "", redirect(found)
        elif "hand" in request.POST:
            hand = forms.HandOverForm(request.POST)
            if hand.is_valid():
                chosen = [
                    int(one)
                    for one in request.POST.getlist("who")
                    if one.isascii() and one.isdecimal() and len(one) < 18
                ]
                n = services.hand_over(batch=found, certificates=chosen, by=by, **hand.cleaned_data)
                messages.success(request, ngettext("%(n)s certificate is handed over.", "%(n)s certificates are handed over.", n) % {"n": n})  # fmt: skip
                return sign, hand, "", redirect(found)
    except services.Refused as refusal:
        problem = str(refusal.text)
    except WayIsClosed as closed:
        problem = " ".join(map(str, closed.reasons))
    return sign, hand, problem, None


@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue everything that is signed, in the background."""
    found = batch_or_404(request, pk)
    if not found.certificates.filter(state=Certificate.State.SIGNED).exists():
        messages.error(request, _("No certificate of this batch is signed and waits to be issued."))
        return redirect(found)
    return redirect("jobs:work", pk=background.start_issuing(found, actor(request)).pk)


@require_POST
def prepare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Prepare whoever has no certificate yet: after a name was corrected, or after a stop."""
    found = batch_or_404(request, pk)
    return redirect("jobs:work", pk=background.start_preparing(found, actor(request)).pk)


@require_POST
def strike(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    found = batch_or_404(request, pk)
    row = HandOver.objects.filter(certificate__batch=found, pk=line).first()
    if row is not None:
        services.strike_hand_over(line=row, by=actor(request))
        messages.success(request, _("The line is struck out. Write the right one."))
    return redirect(found)


def papers(request: HttpRequest, pk: UUID) -> FileResponse:
    """All papers of the batch that are drawn, in one file to be printed."""
    found = batch_or_404(request, pk)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        rows = Certificate.objects.filter(batch=found, pdf__isnull=False).exclude(state=Certificate.State.SPOILED)
        for one in rows.select_related("pdf").order_by("number").iterator(chunk_size=200):
            assert one.pdf is not None, "asked for above"
            with files.read(one.pdf) as kept:
                archive.writestr(f"{one.number}.pdf", kept.read())
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found.pk}.zip", content_type="application/zip")


def printed_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The hand-over list of a batch, to be signed by whoever gets a document."""
    found, by = batch_or_404(request, pk), actor(request)
    people = found.certificates.filter(state__in=Certificate.PUBLIC, person__isnull=False).values_list(
        "person_id", flat=True
    )
    services.note_printed(people=list(people), prefix=found.prefix, what=str(found), by=by)
    return inline(journal.list_of(found), f"{found.prefix.ascii}-list.pdf")


def printed_register(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """A part of the register of a series, to be signed and filed."""
    by = actor(request)
    found = next((one for one in selectors.registers_of_numbers(by) if one.series.pk == pk and part in one.parts), None)
    if found is None:
        raise Http404
    people = (
        Certificate.objects.filter(taken__series=found.series, person__isnull=False)
        .values_list("person_id", flat=True)
        .distinct()
    )
    services.note_printed(people=list(people), prefix=found.prefix, what=f"{found.prefix} {found.series.year}", by=by)
    return inline(
        journal.register_of(found.series, found.prefix, part), f"{found.prefix.ascii}-{found.series.year}.pdf"
    )
