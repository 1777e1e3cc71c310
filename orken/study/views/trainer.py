"""The trainer's side: who is stuck, a message to some, the gradebook, and giving a run its course."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orken.attempts import selectors as sittings
from orken.courseware import embeds
from orken.courseware import selectors as courseware
from orken.kit.i18n.content import text_of
from orken.kit.sheets.writing import XLSX, Column, Table, write_xlsx
from orken.questions.models import Exercise
from orken.study import forms, outline, policy, selectors, services
from orken.study.models import Message, Offering
from orken.study.selectors import Line
from orken.study.selectors.learner import context_of
from orken.study.views.common import actor, taught_or_404
from orken.training import policy as training
from orken.training.models import Run


def _titles(offering: Offering) -> dict[str, str]:
    """Titles of the exercises in the reader's language."""
    owner, codes = embeds.owner(), outline.of(offering.version).codes
    known = owner.stands(codes) if owner and codes else {}
    return {code: text_of(known[code], "title").value for code in codes if code in known}


def _heads(titles: dict[str, str]) -> list[tuple[str, str]]:
    """The titles with the way to what was answered; of works the way is their queue."""
    tests = set(Exercise.objects.filter(code__in=titles).values_list("code", flat=True))
    return [
        (title, reverse("attempts:results", args=[code]) if code in tests else reverse("assignments:marking"))
        for code, title in titles.items()
    ]


def group(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everybody with how far she is; whoever is stuck stands first, with the reason and a way to write to her."""
    run = taught_or_404(request, code)
    offering = selectors.offering_of(code)
    if offering is None:
        return render(request, "study/group_none.html", _context(request, run, opens=policy.opens(actor(request), run)))
    lines = selectors.group(offering)
    titles = _titles(offering)
    if request.GET.get("format") == "xlsx":
        return FileResponse(
            _gradebook(lines, titles), as_attachment=True, filename=f"{run.code}.xlsx", content_type=XLSX
        )
    only = request.GET.get("only", "")
    silent = [line for line in lines if line.silent]
    stuck = [line for line in lines if line.why and not line.silent]  # whoever has not begun is counted there alone
    shown = stuck if only == "stuck" else silent if only == "silent" else sorted(lines, key=lambda line: not line.why)
    form = forms.MessageForm(request.POST if request.method == "POST" else None)
    chosen = [int(one) for one in request.POST.getlist("to") if one.isascii() and one.isdecimal() and len(one) < 19]
    if request.method == "POST" and not form.is_valid() and not chosen:
        form.add_error(None, _("Tick to whom you write, then send."))  # both at once: she is not sent back twice
    elif request.method == "POST" and form.is_valid():
        try:
            made = services.message(
                run=run, to=chosen, text=form.cleaned_data["text"], by=actor(request), press=form.cleaned_data["press"]
            )
        except services.NobodyChosen:
            form.add_error(None, _("Tick to whom you write, then send."))
        else:
            many = made.to.count()
            messages.success(
                request, ngettext("%(n)s person is written to.", "%(n)s people are written to.", many) % {"n": many}
            )
            return redirect("study:group", code=code)
    context = _context(
        request, run, offering=offering, lines=shown, many=len(lines), stuck=len(stuck), silent=len(silent),
        finished=sum(line.progress.finish is not None for line in lines), heads=_heads(titles), only=only, form=form,
        told=Message.objects.filter(run=run).order_by("-at")[:5], chosen=set(request.POST.getlist("to")), opens=policy.opens(actor(request), run),
        place=context_of(run.pk), waiting=sittings.waiting_at(context_of(run.pk)),
    )  # fmt: skip
    return render(request, "study/group.html", context, status=422 if form.is_bound and form.errors else 200)


def _context(request: HttpRequest, run: Run, **more: object) -> dict[str, object]:
    return {"run": run, "tab": "course", "manages": training.manages(actor(request), run), **more}


def _gradebook(lines: list[Line], titles: dict[str, str]) -> object:
    """Everybody with her figures, as a table: for the methodologist who works in one."""
    columns = [
        Column(_("Full name"), 40), Column(_("Library"), 50), Column(_("Lessons read"), 14), Column(_("of"), 8), Column(_("Read, %"), 10),
        *(Column(f"{title}, %", 24) for title in titles.values()), Column(_("Last step"), 18), Column(_("Finished"), 18), Column(_("Remark"), 40),
    ]  # fmt: skip
    rows = (
        [
            line.enrolment.person.full_name(), line.enrolment.unit.name, line.progress.done, line.progress.of, line.progress.percent,
            *(_marked(line, code) for code in titles),
            line.last, line.progress.finish.at if line.progress.finish else None, _said(line.why),
        ]
        for line in lines
    )  # fmt: skip
    return write_xlsx([Table(_("Gradebook"), columns, rows)])


def _marked(line: Line, code: str) -> int | str | None:
    """What she has in an exercise, in percent; what is handed in and not marked is no empty cell."""
    found = line.standing.get(code)
    if found is not None and found.waiting:
        return pgettext("handed in", "waits for its mark")
    return found.best if found else None


def _said(why: str | Promise) -> str:
    return str(why)


def open_course(request: HttpRequest, code: str) -> HttpResponse:
    """The organiser gives the run a course."""
    run = taught_or_404(request, code)
    policy.require_opening(actor(request), run)
    programme = run.version.programme_id if run.version else None
    courses = courseware.open_for(programme)
    start = {"pace": Offering.Pace.OWN if run.form == "own_pace" else Offering.Pace.WEEKLY}
    form = forms.OpenForm(request.POST if request.method == "POST" else None, courses=courses, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.open_course(run=run, by=actor(request), **form.cleaned_data)
        except services.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The run has its course. Whoever has a seat finds it under “My lessons” from the first day.")
            )
            return redirect("study:group", code=code)
    context = _context(request, run, form=form, courses=courses)
    return render(request, "study/open.html", context, status=422 if form.is_bound and form.errors else 200)
