"""Paper sheets, and the code at the door."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from orken.kit.files import services as files
from orken.training.attendance import cells, door, paper, selectors
from orken.training.attendance.forms import PhotographForm, PrintForm, WalkInForm
from orken.training.attendance.refusals import REASONS
from orken.training.models import Mark, PaperSheet, Session
from orken.training.views.attendance import context, kept_or_404, keyed_in, session_or_404
from orken.training.views.common import actor, address_on_paper, told

TEMPLATES = "training/attendance"


def papers(request: HttpRequest, code: str) -> HttpResponse:
    """The sheets of a run, and printing another."""
    run = kept_or_404(request, code)
    form = PrintForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        made = paper.print_sheet(run=run, by=actor(request), **form.cleaned_data)
        told(request, _("The sheet %(number)s is ready: print it, let it be signed, key it in.") % {"number": made})
        return redirect("training:paper", code=run.code, number=made.number)
    more = {"form": form, "sheets": selectors.sheets(run)}
    status = 422 if form.errors else 200
    return render(request, f"{TEMPLATES}/papers.html", context(request, run, **more), status=status)


def sheet_or_404(request: HttpRequest, code: str, number: int) -> PaperSheet:
    run = kept_or_404(request, code)
    return get_object_or_404(selectors.sheets(run).select_related("session__run", "run__host"), number=number)


@never_cache
def one_paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A sheet keyed in by its row numbers, beside its photograph."""
    sheet = sheet_or_404(request, code, number)
    run, session = sheet.run, sheet.session
    found = selectors.grid(run, session=session, everybody=True)
    order = {who: place for place, who in enumerate(sheet.rows)}
    found.rows[:] = sorted((row for row in found.rows if row.who in order), key=lambda row: order[row.who])
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        problems = keyed_in(request, found, session, paper=sheet)
        if not problems:
            return redirect("training:paper", code=run.code, number=number)
    photograph = files.address(sheet.photograph) if sheet.photograph else ""
    blank = Mark.objects.filter(sheet=sheet, walk_in__isnull=False, superseded_at=None).select_related("walk_in")
    more: dict[str, Any] = {
        "blank": blank.order_by("pk"), "walk_in": WalkInForm(), "sheet": sheet, "session": session, "rows": cells.sheet_rows(found, session, request.POST), "problems": problems,
        "photograph": photograph, "picture": photograph.startswith("/") and sheet.photograph is not None and sheet.photograph.media_type != "application/pdf", "form": PhotographForm(),
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    status = 422 if problems else 200
    return render(request, f"{TEMPLATES}/paper.html", context(request, run, **more), status=status)


def keep_photograph(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The photograph of the signed sheet."""
    sheet = sheet_or_404(request, code, number)
    form = PhotographForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper.keep_photograph(sheet=sheet, upload=form.cleaned_data["photograph"], by=actor(request))
        except files.FileRefused as refused:
            form.add_error("photograph", str(refused))
        else:
            told(request, _("The photograph is kept."))
            return redirect("training:paper", code=sheet.run.code, number=number)
    more = {"sheet": sheet, "form": form}
    status = 422 if form.errors else 200
    return render(request, f"{TEMPLATES}/photograph.html", context(request, sheet.run, **more), status=status)


@require_GET
def paper_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sheet to be printed."""
    sheet = sheet_or_404(request, code, number)
    address = address_on_paper(request, "training:paper", code, number)
    answer = HttpResponse(paper.drawn(sheet, address), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{sheet.run.code}-{number}.pdf"'
    return answer


# --- the door ---


@never_cache
@require_GET
def at_the_door(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The picture that the trainer shows; as a part of the page it is asked for again every half minute."""
    run = kept_or_404(request, code)
    session = session_or_404(run, pk)
    address = address_on_paper(request, "training:come_in", door.code(session))
    came = Mark.objects.filter(session=session, superseded_at=None, aside=False, state__in=Mark.THERE).count()
    more = {
        "session": session, "open": door.shows(session, timezone.now()), "picture": door.picture(address), "came": came,
        "every": door.SHOWN_FOR, "good": door.GOOD_FOR - door.SHOWN_FOR, "address": address,
    }  # fmt: skip
    part = "door_part" if "part" in request.GET else "door"
    return render(request, f"{TEMPLATES}/{part}.html", context(request, run, **more))


@never_cache
@login_not_required
def come_in(request: HttpRequest, word: str) -> HttpResponse:
    """She has scanned the code: sign in if need be, then one press. The code itself leaves the address at once."""
    now, here = timezone.now(), reverse("training:come_in", args=[door.HERE])
    if word != door.HERE and (pk := door.scanned(word)) is not None:
        door.hold(request.session, pk, now)
        if request.method != "POST":
            return redirect(here) if request.user.is_authenticated else redirect_to_login(here)
    else:
        pk = door.held(request.session, now) if word == door.HERE else None
    if pk is None:
        return render(request, f"{TEMPLATES}/come_in.html", {"old": True}, status=410)
    if not request.user.is_authenticated:
        return redirect_to_login(here)
    session = Session.objects.select_related("run__host", "room").filter(pk=pk).first()
    if session is None:
        raise Http404
    outcome = door.come_in(session=session, by=actor(request)) if request.method == "POST" else None
    more: dict[str, Any] = {"session": session, "run": session.run, "outcome": outcome, "here": here}
    if outcome is not None and outcome.reason:
        more["why"] = REASONS["door"] if outcome.reason == "door" else ""
    return render(request, f"{TEMPLATES}/come_in.html", more)
