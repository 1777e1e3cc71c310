"""The commission: who sits, on which day; the verdicts stand beside."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.kit.states import WayIsClosed
from orken.network.models import Appointment
from orken.people.models import Account, Person
from orken.training import policy as office
from orken.training import services as training
from orken.training.models import Outcome, Run
from orken.training.results import commission, selectors, services
from orken.training.results.forms import CommissionForm
from orken.training.views.common import actor, run_where_or_404, told
from orken.training.views.results import context


def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The commission: its chair, its members, its date; for a later sheet also why. The verdicts stand beside."""
    account = actor(request)
    run: Any = run_where_or_404(office.managed(account), code, **commission.read_along())
    everybody = selectors.rows_of(run)
    further = any(row.result for row in everybody)
    people, posts, nobody = _people(request, run, account)
    asking = "find" in request.POST
    data = request.POST if request.method == "POST" and not asking else None
    form = CommissionForm(
        data, people=people, posts=posts, further=further, initial=_answered(request) if asking else None
    )
    problem = ""
    if form.is_bound and form.is_valid():
        try:
            made = services.confirm(run=run, by=account, seen=request.POST.get("seen", ""), **form.answers())
        except services.Refused as refusal:
            problem = str(refusal.text)
        except WayIsClosed as closed:
            problem = " ".join(map(str, closed.reasons))
        except training.ReasonIsMissing:  # the first sheet was written at the same moment
            problem = _("Somebody else confirmed a sheet meanwhile. Say why another one is needed.")
            further, form = True, CommissionForm(request.POST, people=people, posts=posts, further=True)
            everybody = selectors.rows_of(run)
        else:
            told(request, _("Sheet %(n)s is confirmed. Everybody is told.") % {"n": made.number})
            return redirect("training:result_sheet", code=run.code, number=made.number)
    rows = [row for row in everybody if not further or row.stale]
    outcomes = [(Outcome(name).label, sum(row.verdict.outcome == name for row in rows)) for name in Outcome.values]
    more = context(
        request, run, form=form, rows=rows, outcomes=outcomes, further=further, problem=problem, seen=commission.fingerprint(rows),
        people=people, nobody=nobody, q=request.POST.get("q", ""),
        undecided=(run.undecided_sheet, run.undecided_marks),
    )  # fmt: skip
    return render(request, "training/results/confirm.html", more, status=422 if problem or form.errors else 200)


def _people(request: HttpRequest, run: Run, account: Account) -> tuple[list[Person], dict[int, Appointment], bool]:
    """Who is offered: trainers, organisers, and specialists of the host whom she asked for, these with their posts; whether she found nobody."""
    offered = {one.pk: one for one in commission.candidates(run, account)}
    if account.person_id in offered:
        account.person = offered[account.person_id]  # who reads the page is on it; she is not asked for again
    posted = {*request.POST.getlist("members"), request.POST.get("chair", "")}
    named = {int(pk) for pk in posted if pk.isdecimal() and len(pk) < 19} - set(offered)
    today, asking = timezone.localdate(), "find" in request.POST
    chosen = commission.specialists(run, named, today)
    fresh = commission.found(run, request.POST.get("q", ""), today) if asking else []
    posts = {row.person_id: row for row in (*chosen, *fresh)}
    people = [*offered.values(), *(row.person for pk, row in posts.items() if pk not in offered)]
    return people, posts, asking and not fresh


def _answered(request: HttpRequest) -> dict[str, Any]:
    """What she had answered before she asked for somebody: it stays."""
    said: dict[str, Any] = {name: request.POST.get(name, "") for name in ("chair", "reason")}
    said["members"] = request.POST.getlist("members")
    said["on"] = [request.POST.get(f"on_{part}", "") for part in ("day", "month", "year")]
    return said
