"""Coverage: of the country, of a unit, and the rows behind a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from orken.insights import export, menu, policy, rows, shown, tables
from orken.insights.coverage import Coverage, Line, coverage
from orken.insights.forms import CutForm
from orken.kit.sheets.writing import XLSX
from orken.kit.tables.views import respond
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.people.models import Account

COUNTRY = "KZ"


def _reader(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """To where she sees figures: her region, her library; the country for everybody else."""
    scope = policy.figures(_reader(request))
    top = Unit.objects.filter(path=scope.paths[0]).first() if scope.paths and not scope.whole else None
    return redirect("insights:coverage", top.code if top else COUNTRY)


@login_not_required
def unit(request: HttpRequest, code: str) -> HttpResponseBase:
    """Coverage of one unit and of what stands under it; as a spreadsheet too."""
    reader = _reader(request)
    found, schools = _asked(code)
    if reader is None and found.kind not in policy.PUBLIC:
        return redirect_to_login(request.get_full_path())
    policy.require_figures(reader, found)
    form = CutForm.of_address(request.GET, schools)
    below, whole = policy.sees_below(reader, found), policy.sees_persons(reader, found)
    answer = coverage(found, form.question, whole=whole, below=below)
    if request.GET.get("format") == "xlsx":
        if reader is None or not policy.figures(reader).contains(found.path):
            raise Http404
        return FileResponse(
            export.taken(answer, form.told, reader), as_attachment=True, filename=f"coverage-{found.code}.xlsx", content_type=XLSX
        )  # fmt: skip
    return render(request, "insights/coverage.html", _context(reader, answer, form, below), status=200 if form.is_valid() else 422)  # fmt: skip


def _context(reader: Account | None, answer: Coverage, form: CutForm, below: bool) -> dict[str, Any]:
    query, years = urlencode(form.asked), answer.question.years

    def page(code: str) -> str:
        return reverse("insights:coverage", args=[code]) + (f"?{query}" if query else "")

    scope = policy.figures(reader)

    def seen(line: Line) -> list[shown.Figure]:
        found = shown.figures(line, years, shown.rows_address(line, query) if answer.whole else None)
        return [one for one in found if one.name not in left_out]

    left_out = {name for name in shown.RARE if answer.total.of_class(name) == 0}  # nobody has it: a column less
    total = seen(answer.total)
    return {
        "answer": answer, "unit": answer.unit, "form": form, "asked": form.asked, "told": form.told, "below": below, "total": total,
        "lines": [(line, page(line.code) if not line.own and _opens(line, answer, scope) else "", seen(line)) for line in answer.lines],
        "heads": [one.label for one in total], "period": shown.PERIODS[years], "crumbs": _crumbs(answer, scope, page),
        "tiles": shown.tiles(answer, page) if answer.unit.kind == Unit.Kind.COUNTRY else [], "legend": shown.legend(),
        "rules": [shown.COUNTED, shown.TRAINED, shown.APART, *([] if answer.whole else [shown.HIDDEN])],
        "may_take": scope.contains(answer.unit.path), "trained": answer.total.within(years), "share": answer.total.share(years),
    }  # fmt: skip


def _opens(line: Line, answer: Coverage, scope: Scope) -> bool:
    """Whether a line leads to a page of its own: regions for everybody, the rest where she sees figures."""
    return line.kind in policy.PUBLIC or scope.contains(answer.unit.path)


def _crumbs(answer: Coverage, scope: Scope, page: Callable[[str], str]) -> list[tuple[str, str]]:
    """From the country down; what lies above her scope and is not public is left out."""
    line = [
        answer.units[int(part)] for part in answer.unit.path.strip("/").split("/")[:-1] if int(part) in answer.units
    ]
    seen = [one for one in line if one.kind in policy.PUBLIC or scope.contains(one.path)]
    return [*((one.short or one.name, page(one.code)) for one in seen), (answer.unit.short or answer.unit.name, "")]


def _asked(code: str) -> tuple[Unit, list[Unit]]:
    """The unit that is asked for, and the schools by which may be asked, at once."""
    units = list(Unit.objects.filter(Q(code=code) | Q(kind=Unit.Kind.SCHOOL)).order_by("sort_kk", "pk"))
    found = next((one for one in units if one.code == code), None)
    if found is None:
        raise Http404
    return found, [one for one in units if one.kind == Unit.Kind.SCHOOL]


def behind(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """The rows behind a number: people, participations, certificates or hours, as far as she may see them."""
    reader = _reader(request)
    found, schools = _asked(code)
    if reader is None or not policy.sees_persons(reader, found) or name not in shown.HEADS:
        raise Http404
    form = CutForm.of_address(request.GET, schools)
    country, own, within = rows.country_of(form.question), request.GET.get("own") == "1", policy.persons(reader)
    if name in rows.OF_PEOPLE:
        counted, elsewhere = rows.people(country, found.pk, own, within, name)
        ids, table = counted.tolist(), tables.people(country)
        listed = rows.persons(ids)
    else:
        ids, elsewhere = rows.measured(country, found.pk, own, within, name)
        table, listed = tables.OF_MEASURES[name], rows.listed(name, ids)
    query = urlencode(form.asked)
    context = {
        "unit": found, "own": own, "head": shown.HEADS[name], "question": form.question, "told": form.told, "elsewhere": elsewhere,
        "period": shown.PERIODS[form.question.years] if name in rows.OF_MEASURES else "", "counted": len(ids),
        "crumbs": [(f"{menu.LABEL}: {found.name}", reverse("insights:coverage", args=[code]) + (f"?{query}" if query else "")), (shown.HEADS[name], "")],
    }  # fmt: skip
    return respond(request, table, listed, "insights/rows.html", context)
