"""The pages of the sheet: the grid, one session, the history of a cell, walk-ins, differences."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from orken.kit.offline import services as offline
from orken.kit.offline.views import context_of
from orken.training import policy as office
from orken.training.attendance import cells, policy, selectors, services, taking_back
from orken.training.attendance.forms import ReasonForm, WalkInForm
from orken.training.attendance.refusals import POINTS, REASONS
from orken.training.models import Mark, PaperSheet, Run, Session
from orken.training.results import policy as results
from orken.training.views.common import actor, run_where_or_404, told


def seen_or_404(request: HttpRequest, code: str) -> Run:
    """A run whose attendance the reader may look at."""
    return run_where_or_404(policy.seen(actor(request)), code)


def kept_or_404(request: HttpRequest, code: str) -> Run:
    """A run whose attendance the reader keeps."""
    return run_where_or_404(policy.kept(actor(request)), code)


def session_or_404(run: Run, pk: int) -> Session:
    return get_object_or_404(
        Session.objects.filter(run=run, cancelled_at=None).select_related("room", "run__host"), pk=pk
    )


def context(request: HttpRequest, run: Run, **more: Any) -> dict[str, Any]:
    """What every page of the sheet needs. `writes`: the reader may write now."""
    account = actor(request)
    return {
        "run": run, "manages": office.manages(account, run), "tab": "attendance",
        "writes": policy.keeps(account, run) and policy.takes_marks(account, run), **more,
    }  # fmt: skip


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """The runs whose sheet she keeps, with the sessions of the day."""
    today = timezone.localdate()
    runs = []
    for run in selectors.kept_by(actor(request))[:50]:
        sessions = [one for one in selectors.sessions_of(run) if timezone.localdate(one.starts_at) == today]
        runs.append((run, sessions))
    return render(request, "training/attendance/kept.html", {"runs": runs})


@never_cache
@require_GET
def grid(request: HttpRequest, code: str) -> HttpResponse:
    """Sessions × people. With script a cell is written by a key; without it each session has its page."""
    run = seen_or_404(request, code)
    found = selectors.grid(run)
    pages = pages_of(run, found.sessions)
    more = {
        "grid": found, "body": cells.body(found), "head": cells.head(found), "words": cells.words(run.code), "pages": json.dumps(pages),
        "differences": selectors.differences(run), "refused": selectors.refused(run), "absent": _absent(found),
    }  # fmt: skip
    return render(request, "training/attendance/grid.html", {**context(request, run, **more), **context_of(request)})


def pages_of(run: Run, sessions: Iterable[Session] | None = None) -> list[str]:
    """What a trainer takes along of a run: its sheets, its marks as far as they are put now, and her queue."""
    held = selectors.sessions_of(run) if sessions is None else sessions
    pages = [reverse("training:attendance", args=[run.code]), reverse("offline:own")]
    pages += [reverse("training:sheet", args=[run.code, one.pk]) for one in held]
    return pages + ([reverse("training:marks", args=[run.code])] if run.state in results.ENTERED else [])


def _absent(found: selectors.Grid) -> int:
    """How many have a seat and not a minute, once the last session is over; read from the rows at hand."""
    if not found.sessions or found.sessions[-1].ends_at > timezone.now() or found.run.state not in Run.LIVE:
        return 0
    excused = Mark.State.EXCUSED
    silent = [row for row in found.rows if not row.walk_in and row.waits and not row.minutes]
    return sum(not any(mark.state == excused for mark in row.marks.values()) for row in silent)


@never_cache
def sheet(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One session, person under person: for a telephone, and for a browser without script."""
    run = kept_or_404(request, code)
    session = session_or_404(run, pk)
    found = selectors.grid(run, session=session)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        problems = keyed_in(request, found, session)
        if not problems:
            return redirect("training:sheet", code=run.code, pk=pk)
    more = {
        "session": session, "rows": cells.sheet_rows(found, session, request.POST), "problems": problems,
        "words": cells.words(run.code), "walk_in": WalkInForm(), "today": timezone.localdate(session.starts_at) <= timezone.localdate(),
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    page = {**context(request, run, **more), **context_of(request)}
    return render(request, "training/attendance/sheet.html", page, status=422 if problems else 200)


def keyed_in(
    request: HttpRequest, found: selectors.Grid, session: Session, *, paper: PaperSheet | None = None
) -> list[tuple[str, str]]:
    """Write what the page says of a session; answers the names of those of whom it could not be written, each with the reason."""
    lines = cells.lines_of(request.POST, found, session)
    source = Mark.Source.PAPER if paper else Mark.Source.PAGE
    written = services.write(run=session.run, lines=lines, by=actor(request), source=source, sheet=paper)
    names = {row.who: row.name for row in found.rows}
    problems = [
        (names[line.who], str(REASONS[one.reason]))
        for line, one in zip(lines, written, strict=True)
        if one.outcome == services.REFUSED
    ]
    if not problems:
        told(request, _outcome_of(written), undo=_undo(request, session, written))
    return problems


def _undo(request: HttpRequest, session: Session, written: list[services.Written]) -> str:
    """Where «everybody else was here» is taken back: the press is known by the moment of its writing."""
    new = [one.mark for one in written if one.outcome == services.DONE and one.mark is not None]
    if "rest" not in request.POST or not new:
        return ""
    return reverse("training:rest_back", args=[session.run.code, session.pk, microseconds(new[0].recorded_at)])


def _outcome_of(written: list[services.Written]) -> str:
    done = sum(one.outcome == services.DONE for one in written)
    aside = sum(one.outcome == services.DIFFERS for one in written)
    text = _("Written: %(n)s.") % {"n": done}
    if aside:
        text += " " + _("Kept beside what somebody else wrote meanwhile: %(n)s.") % {"n": aside}
    return text


EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


@require_POST
def rest_back(request: HttpRequest, code: str, pk: int, moment: int) -> HttpResponse:
    """«Everybody else was here» was a press too many."""
    run = kept_or_404(request, code)
    session = session_or_404(run, pk)
    if moment > microseconds(timezone.now()):
        raise Http404
    backs = taking_back.pressed(run, session.pk, EPOCH + timedelta(microseconds=moment), actor(request))
    written = taking_back.take_back(run=run, backs=backs, by=actor(request))
    refused = [one.reason for one in written if one.outcome == services.REFUSED]
    if refused:
        told(request, str(REASONS[refused[0]]), wrong=True)
    else:
        told(request, _("Taken back: %(n)s.") % {"n": len(written)})
    return redirect("training:sheet", code=run.code, pk=pk)


@require_POST
def walk_in(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Somebody came without an application: she is put on the sheet, present at this session."""
    run = kept_or_404(request, code)
    session = session_or_404(run, pk)
    number = request.POST.get("paper", "")
    rows = selectors.sheets(run).filter(session=session)
    paper = rows.filter(number=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    form = WalkInForm(request.POST)
    if form.is_valid():
        try:
            guest = services.welcome(session=session, by=actor(request), paper=paper, **form.cleaned_data)
        except services.Refused as refused:
            form.add_error(None, str(REASONS[str(refused)]))
        else:
            told(request, _("On the sheet: %(name)s.") % {"name": guest.name})
            if paper is not None:
                return redirect("training:paper", code=run.code, number=paper.number)
            return redirect("training:sheet", code=run.code, pk=pk)
    more = {"session": session, "form": form, "paper": number}
    return render(request, "training/attendance/walk_in.html", context(request, run, **more), status=422)


@require_GET
def history(request: HttpRequest, code: str, pk: int, who: str) -> HttpResponse:
    """Everything that was ever written of one person at one session."""
    run = seen_or_404(request, code)
    session = get_object_or_404(Session.objects.filter(run=run), pk=pk)
    row = next((one for one in selectors.grid(run, session=session).rows if one.who == who), None)
    marks = selectors.with_claims(list(selectors.history(session, who))) if row else []
    if row is None:
        raise Http404
    more = {"session": session, "row": row, "marks": marks}
    return render(request, "training/attendance/history.html", context(request, run, **more))


def settle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Two hands wrote different things: which of them stands?"""
    run = kept_or_404(request, code)
    found = next((one for one in selectors.differences(run) if one.aside.pk == pk), None)
    if found is None:
        told(request, _("This difference is decided already."))
        return redirect("training:attendance", code=run.code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.settle(
                mark=found.aside, take="take" in request.POST, reason=form.cleaned_data["reason"], by=actor(request)
            )
        except services.Refused as refused:
            form.add_error("reason", str(REASONS[str(refused)]))
        else:
            told(request, _("Decided. Both notes stay in the history."))
            return redirect("training:attendance", code=run.code)
    more = {"found": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "training/attendance/settle.html", context(request, run, **more), status=status)


@require_POST
def looked_at(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A line of a device that could not be written is seen: it leaves the list."""
    run = kept_or_404(request, code)
    line = get_object_or_404(selectors.refused_lines(run).select_related("device"), uid=uid)
    offline.look_at(line=line, by=actor(request), scope_path=run.host.path)
    told(request, _("Seen. The line stays in the log of the device."))
    return redirect("training:marks" if line.kind == POINTS else "training:attendance", code=run.code)
