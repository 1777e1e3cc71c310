"""The pages of results: the grid of marks, the table, the sheet of the commission, the rule."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from orken.kit.offline.views import context_of
from orken.kit.sheets.reading import SheetRefused, read
from orken.kit.sheets.writing import XLSX
from orken.kit.states import WayIsClosed
from orken.training import policy as office
from orken.training import services as training
from orken.training.attendance import selectors as attendance
from orken.training.attendance.forms import ReasonForm
from orken.training.attendance.refusals import POINTS
from orken.training.models import Component, Fact, ResultSheet, Run
from orken.training.results import beside as differing
from orken.training.results import paper, policy, selectors, services, table
from orken.training.results.forms import RuleForm
from orken.training.results.rule import Rule, Value, default
from orken.training.views.attendance import pages_of
from orken.training.views.common import actor, address_on_paper, managed_or_404, run_where_or_404, told

ON_A_PAGE = 120


def _seen_or_404(request: HttpRequest, code: str) -> Run:
    return run_where_or_404(policy.seen(actor(request)), code, **differing.read_along())


def _entered_or_404(request: HttpRequest, code: str) -> Run:
    return run_where_or_404(policy.entered(actor(request)), code, **differing.read_along())


def context(request: HttpRequest, run: Run, **more: Any) -> dict[str, Any]:
    account = actor(request)
    manages = office.manages(account, run)
    return {
        "run": run, "tab": "results", "manages": manages, "rules": policy.rules(account, run) or (manages and run.version is None),
        "writes": policy.enters(account, run) and run.state in policy.ENTERED, "confirms": run.state in policy.CONFIRMED,
        "begun": run.state not in policy.AHEAD, "settled": run.state not in policy.SETTLING, **more,
    }  # fmt: skip


def results(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody with what is counted, the verdict that it gives today line by line, and the sheets."""
    run = _seen_or_404(request, code)
    rule, rows = selectors.today_of(run)
    sheets = list(selectors.sheets(run))
    more = context(
        request, run, rows=rows, sheets=sheets, rule=rule, differences=differing.differences(run), passing=sum(row.verdict.passed for row in rows),
        stale=sum(row.stale for row in rows) if sheets else 0,
    )  # fmt: skip
    return render(request, "training/results/results.html", more)


def _sheet_or_404(request: HttpRequest, code: str, number: int) -> ResultSheet:
    run = _seen_or_404(request, code)
    sheet = get_object_or_404(ResultSheet, run=run, number=number)
    sheet.run = run
    return sheet


def sheet(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One sheet as the commission confirmed it: nothing in it follows what has changed since."""
    found = _sheet_or_404(request, code, number)
    rows = found.results.select_related("enrolment").order_by("enrolment__person__sort_kk", "pk")
    told = [selectors.Told(row, selectors.lines_of(row)) for row in rows]
    more = context(
        request, found.run, sheet=found, told=told, members=found.members.all(), rule=Rule(**found.rule)
    )  # fmt: skip
    return render(request, "training/results/sheet.html", more)


@require_GET
def sheet_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sheet to be printed and signed."""
    found = _sheet_or_404(request, code, number)
    address = address_on_paper(request, "training:result_sheet", code, number)
    answer = HttpResponse(paper.drawn(found, address), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.name_of_file(found)}"'
    return answer


def mine(request: HttpRequest) -> HttpResponse:
    """Her own results, with what was lacking line by line."""
    account = actor(request)
    return render(request, "training/results/mine.html", {"results": selectors.results_for(account.person, account)})


@dataclass(frozen=True)
class Cell:
    name: str
    label: str
    value: str
    problem: str = ""
    counted: bool = False
    stands: str = ""
    base: str = ""


def marks(request: HttpRequest, code: str) -> HttpResponse:
    """The grid: a number in each cell, saved together; it needs no script. An empty cell says nothing."""
    run = _entered_or_404(request, code)
    page = Paginator(selectors.enrolled(run), ON_A_PAGE).get_page(request.GET.get("page"))
    people = list(page.object_list)
    problem, wrong, clash = "", dict[str, str](), list[Fact]()
    seen = selectors.newest(run)
    if request.method == "POST":
        found, wrong = table.marks_of_form(run, request.POST, [one.pk for one in people])
        if not wrong:
            try:
                made = services.put(
                    run=run, marks=found, by=actor(request), on=timezone.localdate(),
                    reason=request.POST.get("reason", ""), seen=table.whole(request.POST.get("seen")) or 0,
                )  # fmt: skip
            except training.ReasonIsMissing:
                problem = _("Something that stands already would be changed. Say why.")
            except services.WrittenMeanwhile as other:
                clash = list(Fact.objects.filter(pk__in=[fact.pk for fact in other.facts]).select_related("enrolment__person", "by__person"))  # fmt: skip
            except services.Refused as refusal:
                problem = str(refusal.text)
            except WayIsClosed as closed:
                problem = " ".join(map(str, closed.reasons))
            else:
                told(request, ngettext("%(n)s mark is saved.", "%(n)s marks are saved.", len(made)) % {"n": len(made)})
                return redirect("training:results", code=run.code)
    facts, counted = selectors.facts_of(run), selectors.counted(run, [one.pk for one in people])
    grid = [
        (one, [_cell(request, one.pk, name, facts.get(one.pk, {}).get(name), counted.get(name, {}).get(one.pk), wrong) for name in selectors.ENTERED])
        for one in people
    ]  # fmt: skip
    bad = bool(wrong or problem)
    more = context(
        request, run, grid=grid, page=page, heads=[Component(name).label for name in selectors.ENTERED], problem=problem,
        wrong=wrong, clash=clash, seen=seen, reason=request.POST.get("reason", ""), not_a_mark=table.NOT_A_MARK,
        differences=differing.differences(run), words=_words(run), pages=json.dumps(pages_of(run)), refused=attendance.refused(run, (POINTS,)) if getattr(run, "refuses", True) else [], **context_of(request),
    )  # fmt: skip
    return render(request, "training/results/marks.html", more, status=409 if clash else 422 if bad else 200)


def _words(run: Run) -> dict[str, str]:
    """What the script of the grid knows."""
    return {
        "run": run.code,
        "line": _("%(name)s: %(state)s"),
        "waits": _("waits to be sent"),
        "loose": _("not saved"),
        "differs": _("%(value)s is kept beside what stands"),
        "full": _(
            "There is no room left in this browser: this stands only on this page. What can be done is said above."
        ),
    }


def beside(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Two hands wrote different marks: which of them stands?"""
    run = _entered_or_404(request, code)
    found = next((one for one in differing.differences(run) if one.beside.pk == pk), None)
    if found is None:
        told(request, _("This difference is decided already."))
        return redirect("training:results", code=run.code)
    form, problem = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        given = {"take": "take" in request.POST, "reason": form.cleaned_data["reason"]}
        try:
            differing.decide(beside=found.beside, by=actor(request), **given)
        except training.ReasonIsMissing:
            form.add_error("reason", _("Something that stands already would be changed. Say why."))
        except services.Refused as refusal:
            problem = str(refusal.text)
        except WayIsClosed as closed:
            problem = " ".join(map(str, closed.reasons))
        else:
            told(request, _("Decided."))
            return redirect("training:results", code=run.code)
    more = context(request, run, found=found, form=form, problem=problem)
    return render(request, "training/results/beside.html", more, status=422 if problem or form.errors else 200)


def _cell(request: HttpRequest, pk: int, name: str, fact: Fact | None, owned: Value | None, wrong: dict[str, str]) -> Cell:  # fmt: skip
    """What stands or what she wrote; what an owner counts is shown and not asked for."""
    field, label = f"{name}-{pk}", str(Component(name).label)
    if owned is not None:
        return Cell(field, label, f"{owned.value} / {owned.of}", counted=True)
    stands = str(fact.value) if fact else ""
    base = str(fact.pk) if fact else ""
    return Cell(field, label, request.POST.get(field, stands), wrong.get(field, ""), stands=stands, base=base)


def template(request: HttpRequest, code: str) -> FileResponse:
    """The table to be filled in, with everybody and the marks that stand."""
    run = _entered_or_404(request, code)
    return FileResponse(table.template(run), as_attachment=True, filename=f"{run.code}.xlsx", content_type=XLSX)


def from_table(request: HttpRequest, code: str) -> HttpResponse:
    """First what a table would do, row by row; then, when she says so, it is written whole."""
    run = _entered_or_404(request, code)
    problem, dry, sealed = "", None, request.POST.get("sealed", "")
    upload = request.FILES.get("file")
    if request.method == "POST" and isinstance(upload, UploadedFile):
        try:
            dry = table.look_through(run, read(upload))
            sealed = table.sealed(run, dry)
        except SheetRefused as refusal:
            problem = str(refusal.args[0])
    elif request.method == "POST":
        found = table.opened(run, sealed)
        if found is None:
            problem = _("Send the table again: what was looked through is no longer at hand.")
        else:
            try:
                made = services.put(
                    run=run, marks=found[0], by=actor(request), on=timezone.localdate(), seen=found[1],
                    reason=request.POST.get("reason", ""), source=Fact.Source.FILE,
                )  # fmt: skip
            except training.ReasonIsMissing:
                problem = _("Something that stands already would be changed. Say why.")
            except services.WrittenMeanwhile:
                problem = _("Somebody else wrote marks meanwhile. Send the table again to see both.")
                sealed = ""
            except services.Refused as refusal:
                problem, sealed = str(refusal.text), ""
            except WayIsClosed as closed:
                problem, sealed = " ".join(map(str, closed.reasons)), ""
            else:
                told(request, ngettext("%(n)s mark is saved.", "%(n)s marks are saved.", len(made)) % {"n": len(made)})
                return redirect("training:results", code=run.code)
    more = context(request, run, problem=problem, dry=dry, sealed=sealed)
    return render(request, "training/results/from_table.html", more, status=422 if problem else 200)


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """The rule of completion, for every run of this programme version or kind from now on or for this one alone, and what it was before."""
    run, account = managed_or_404(request, code), actor(request)
    every, own = policy.rules(account, run), selectors.own_rule(run)
    policy.require_ruling(account, run, own=not every)
    if "drop" in request.POST:
        services.drop_own_rule(run=run, by=account)
        told(request, _("Saved."))
        return redirect("training:results", code=run.code)
    whose = [("run", _("for this run alone")), ("all", _("for every run of this version of the programme") if run.version else _("for every run of this kind without a programme"))]  # fmt: skip
    form, problem = RuleForm(request.POST or None, rule=selectors.written_rule(run), whose=whose if every else (), own=own is not None), ""  # fmt: skip
    if request.method == "POST" and form.is_valid():
        alone = not every or form.cleaned_data["whose"] == "run"
        try:
            services.set_rule(run=run, rule=form.rule(), by=account, own=alone)
        except services.Refused as refusal:
            problem = str(refusal.text)
        else:
            told(request, _("Saved."))
            return redirect("training:results", code=run.code)
    more = context(request, run, form=form, problem=problem, written=selectors.rules_of(run), first=default(run.kind), own=own)  # fmt: skip
    return render(request, "training/results/rule.html", more, status=422 if problem or form.errors else 200)
