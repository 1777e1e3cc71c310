"""The organiser's side: runs, their desk, applicants, seats."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from orken.curriculum.models import Programme, WorkSample
from orken.kit.states import WayIsClosed
from orken.kit.tables.views import respond
from orken.kit.ui.steps import Step, Walk
from orken.network import policy as network
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.network.roles import Permission
from orken.surveys import policy as surveys
from orken.training import forms, policy, questionnaires, selectors, states, tables
from orken.training import services as training
from orken.training.models import Applicant, Run, Trainer
from orken.training.papers import policy as papers
from orken.training.samples import selectors as samples
from orken.training.views.common import actor, applicant_or_404, changed_while_live, managed_or_404, says_why, told

NOTES: dict[str, Any] = {"excuse": training.excuse, "miss": training.miss, "restore": training.restore}
OF_INTEREST = (Run.State.CONFIRMED, *questionnaires.HELD)  # from then on its people are going to be asked
AT_A_DISTANCE = (Run.Kind.MEETING, Run.Kind.WEBINAR)
OPENING = [
    Step("what", gettext_lazy("What is held?"), forms.WhatForm),
    Step("when", gettext_lazy("When?"), forms.WhenForm),
    Step("where", gettext_lazy("Where, and in which languages?"), forms.WhereForm),
    Step("seats", gettext_lazy("How many seats, and how are they given?"), forms.SeatsForm),
]


def runs(request: HttpRequest) -> HttpResponseBase:
    """Runs that she organises, watches or teaches."""
    account = actor(request)
    rows = selectors.with_seats(selectors.runs_for(account))
    scope = network.scope(account, Permission.RUN_MANAGE)
    if not scope and not network.scope(account, Permission.RUN_VIEW) and not rows.exists():
        raise Http404
    hosts = selectors.hosts_for(account)
    return respond(request, tables.RUNS, rows, "training/runs.html", {"hosts": hosts})


def opening(request: HttpRequest, code: str, step: str = "what") -> HttpResponse:
    """Open a run of the unit `code`, one question a page."""
    host = get_object_or_404(
        Unit.objects.filter(network.scope(actor(request), Permission.RUN_MANAGE).q(), exists=True), code=code
    )
    walk = Walk(f"open-run-{code}", OPENING, title=_("A new run of: %(name)s") % {"name": host.name})
    if step == "where" and walk.known(request).get("kind") in AT_A_DISTANCE:
        walk.initial = {"form": Run.Form.LIVE}

    def finish(answers: dict[str, Any]) -> HttpResponse | str:
        if Run.objects.filter(code=answers["code"]).exists():
            return _("This code is taken.")
        programme = Programme.objects.filter(code=answers.pop("programme")).select_related("published").first()
        version = programme.published if programme else None
        run = training.open_run(host=host, by=actor(request), version=version, **answers)
        told(request, _("Opened: %(name)s. It is tentative until you confirm it.") % {"name": run.title})
        return redirect("training:desk", code=run.code)

    return walk.page(
        request, step, address=lambda name: reverse("training:opening", args=[code, name]), finish=finish,
        leave=reverse("training:runs"),
    )  # fmt: skip


def desk(request: HttpRequest, code: str) -> HttpResponse:
    """The run on one page: where it stands, what can be done, what closes the other ways."""
    rows = selectors.with_seats(selectors.runs_for(actor(request)))
    run = get_object_or_404(rows, code=code)
    manages = selectors.manages(actor(request), run)
    account = actor(request)
    people = selectors.people_of(run, also=account.person_id)
    account.person = hers = people[account.person_id]
    asked = hers.asked is not None  # most are not: no question for them
    invitation = Trainer.objects.filter(run=run, person=account.person_id).first() if asked else None
    sessions = selectors.sessions_of(run, people)
    run.counted = {**selectors.counts(run), "sessions": len(sessions)}
    context = {
        "run": run,
        "manages": manages,
        "hosts": manages and policy.hosts(actor(request), run),
        "sees_papers": papers.sees(account, run),
        "invitation": invitation,
        "teaches": asked and hers.asked != Trainer.State.DECLINED,
        "ways": list(states.RUN.from_here(run)) if manages else [],
        "days": selectors.days_of(sessions),
        "minutes": sum(one.minutes for one in sessions),
        "counts": run.counted,
        "clashes": selectors.clashes(run, sessions) if manages else [],
        "late": run.confirm_by is not None
        and run.state == Run.State.TENTATIVE
        and run.confirm_by <= timezone.localdate(),
        "questionnaires": questionnaires.of_run(run) if run.state in OF_INTEREST else [],
        "reads": surveys.reading(account).contains(run.host.path),
        "leads": surveys.editing(account).contains(run.host.path),
        "samples": samples.counts(run) if run.version and run.version.work_sample != WorkSample.NONE else None,
        "lists_samples": manages or hers.asked is not None,
        "tab": "desk",
    }
    return render(request, "training/desk.html", context)


@says_why
@changed_while_live
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is told of the run; the second of two hands is told and shown both."""
    run = managed_or_404(request, code)
    names = [name for name in forms.ChangeForm.base_fields if name not in ("revision", "place")]
    start = {name: getattr(run, name) for name in names} | {
        "revision": run.revision,
        "place": run.place.code if run.place else "",
    }
    form = forms.ChangeForm(request.POST or None, initial=start)
    clash = None
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            training.change_run(run=run, values=answers, by=actor(request), revision=answers.pop("revision"))
        except training.EditedMeanwhile as other:
            clash = other.run
            data = request.POST.copy()
            data["revision"] = str(clash.revision)
            form = forms.ChangeForm(data, initial=start)
        except training.MoreThanSeats:
            form.add_error("minimum", _("It is more than the seats."))
        except training.HasBegun:
            form.add_error("starts_on", _("The run goes on already: its first day stays."))
        except training.StopsOutside as refusal:
            text = ngettext(
                "%(n)s stop of the route would lie outside these days. Change the route first.",
                "%(n)s stops of the route would lie outside these days. Change the route first.",
                refusal.many,
            )
            form.add_error("ends_on", text % {"n": refusal.many})
        except training.SessionsOutside as refusal:
            text = ngettext(
                "%(n)s session would lie outside these days. Move it or take it out first.",
                "%(n)s sessions would lie outside these days. Move them or take them out first.",
                refusal.many,
            )
            form.add_error("ends_on", text % {"n": refusal.many})
        else:
            told(request, _("Saved."))
            return redirect("training:desk", code=run.code)
    status = 409 if clash else 422 if form.errors else 200
    return render(
        request, "training/change.html", {"run": run, "form": form, "clash": clash, "tab": "desk"}, status=status
    )


def lead(request: HttpRequest, code: str, way: str) -> HttpResponse:
    """Lead the run to its next state; where a reason is asked for, it is asked on a page."""
    run = managed_or_404(request, code)
    found = next((one for one in states.RUN.ways if one.name == way), None)
    if found is None:
        raise Http404
    if request.method != "POST" and run.state not in found.sources:
        messages.warning(request, str(states.as_it_stands(run)))
        return redirect("training:desk", code=run.code)
    form = forms.ReasonForm(request.POST or None) if found.needs_reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form is not None else ""
        try:
            training.lead(run=run, way=way, by=actor(request), reason=reason)
        except WayIsClosed as refusal:
            messages.error(request, " ".join(map(str, refusal.reasons)))
        else:
            told(
                request,
                _("The state of the run is now: %(state)s.")
                % {"state": Run.objects.get(pk=run.pk).get_state_display()},
            )
        return redirect("training:desk", code=run.code)
    if form is None:
        return redirect("training:desk", code=run.code)
    context = {"run": run, "form": form, "way": found, "counts": selectors.counts(run)}
    return render(request, "training/lead.html", context, status=422 if form.errors else 200)


# --- applicants ---


def applicants(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everybody who applied to the run, with the verbs over the chosen."""
    run = managed_or_404(request, code)
    rows = selectors.applicants_for(actor(request)).filter(run=run)
    table = tables.applicants(with_run=False, run=run)
    return respond(
        request,
        table,
        rows,
        "training/applicants.html",
        {"run": run, "counts": selectors.counts(run), "tab": "applicants"},
    )


def applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """One applicant: what she asked for, where it stands, what can be done."""
    found = applicant_or_404(request, pk)
    account = actor(request)
    context = {
        "applicant": found,
        "verbs": selectors.verbs(account, found),
        "notes": selectors.ways_of_enrolment(account, found),
        "place": selectors.place_in_line(found),
        "story": selectors.story(found),
        "moved": selectors.moved_since(found),
        "refers": papers.refers(account, found.unit.path) and found.state in Applicant.LIVE and not found.unnamed,
    }
    return render(request, "training/applicant.html", context)


def decide(request: HttpRequest, code: str) -> HttpResponse:
    """The verb over the chosen applicants of a run; declining asks for the reason first."""
    run = managed_or_404(request, code)
    if request.method != "POST":
        return redirect("training:applicants", code=run.code)
    return _over(request, request.GET.get("way", ""), Applicant.objects.filter(run=run), reverse("training:applicants", args=[code]))  # fmt: skip


@require_POST
def pass_on(request: HttpRequest) -> HttpResponse:
    """The library or the region lets the chosen ones go on."""
    return _over(request, "pass_on", selectors.applicants_for(actor(request)), reverse("training:applications"))


def verb(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """One verb over one applicant, from her page."""
    found = applicant_or_404(request, pk)
    if request.method != "POST":
        return redirect("training:applicant", pk=pk)
    request_pick = request.POST.copy()
    request_pick.setlist("pick", [str(pk)])
    request.POST = request_pick  # type: ignore[assignment]  # the same way as over many
    return _over(request, way, Applicant.objects.filter(pk=found.pk), reverse("training:applicant", args=[pk]))


def note(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """She who has a seat is not there: an apology, or she did not come; or it was noted by mistake."""
    found = applicant_or_404(request, pk)
    account = actor(request)
    open_way = next((one for one in selectors.ways_of_enrolment(account, found) if one.name == way), None)
    if open_way is None:
        if way not in NOTES:
            raise Http404
        messages.warning(request, _("This was noted already, or cannot be noted now."))
        return redirect("training:applicant", pk=pk)
    form = forms.NoteForm(request.POST or None) if open_way.needs_reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = {"reason": form.cleaned_data["reason"]} if form is not None else {}
        try:
            NOTES[way](enrolment=found.enrolment, by=account, **given)
        except WayIsClosed as refusal:
            messages.error(request, " ".join(map(str, refusal.reasons)))
        else:
            told(request, _("Noted: %(answer)s.") % {"answer": open_way.label})
        return redirect("training:applicant", pk=pk)
    if form is None:
        return redirect("training:applicant", pk=pk)
    context = {"applicant": found, "form": form, "title": open_way.label}
    return render(request, "training/about_applicant.html", context, status=422 if form.errors else 200)


def _over(request: HttpRequest, way: str, rows: Any, back: str) -> HttpResponse:
    """Do `way` over each chosen row in its own transaction; who could not is told with the reason."""
    if way not in ("accept", "wait", "decline", "pass_on"):
        raise Http404
    picked = [int(value) for value in request.POST.getlist("pick")[:500] if value.isdecimal() and len(value) < 18]
    chosen = list(rows.filter(pk__in=picked).select_related("run", "unit", "person", "post").order_by("priority", "created_at", "pk"))  # fmt: skip
    if not chosen:
        messages.warning(request, _("Choose people in the list first."))
        return redirect(back)
    form = forms.ReasonForm(request.POST if "reason" in request.POST else None)
    if way == "decline" and not (form.is_bound and form.is_valid()):
        context = {
            "form": form,
            "chosen": chosen,
            "back": back,
            "action": request.get_full_path(),
            "title": _("Decline"),
        }
        return render(request, "training/decline.html", context, status=422 if form.errors else 200)
    done, refused = 0, []
    for one in chosen:
        try:
            _one(way, one, request, form)
            done += 1
        except training.SeatsAreOut:
            refused.append(f"{one}: {_('no seat is free for her library. Put her on the waiting list, or add seats')}")
        except OutOfScope:
            refused.append(f"{one}: {_('this is not yours to decide')}")
        except WayIsClosed as refusal:
            refused.append(f"{one}: {', '.join(map(str, refusal.reasons))}")
    if done:
        told(request, ngettext("Done for %(n)s person.", "Done for %(n)s people.", done) % {"n": done})
    if refused:
        messages.error(request, "; ".join(refused)[:1500])
    return redirect(back)


def _one(way: str, applicant: Applicant, request: HttpRequest, form: forms.ReasonForm) -> None:
    by = actor(request)
    if way == "accept":
        training.accept(applicant=applicant, by=by)
    elif way == "wait":
        training.let_wait(applicant=applicant, by=by)
    elif way == "pass_on":
        training.pass_on(applicant=applicant, by=by)
    else:
        training.decline(applicant=applicant, by=by, reason=form.cleaned_data["reason"])


# --- seats ---


@says_why
def seats(request: HttpRequest, code: str) -> HttpResponse:
    """The pools, the ledger, sharing out and the number of seats."""
    account = actor(request)
    rows = selectors.readable(account).select_related("host", "place", "version__programme")
    run = get_object_or_404(rows, code=code)
    manages = selectors.manages(account, run)
    stock = selectors.pools_of(run)
    if not manages and not selectors.may_share(account, stock):
        raise Http404
    share = forms.ShareForm(request.POST if "unit" in request.POST else None)
    capacity = forms.CapacityForm(request.POST if "unit" not in request.POST and request.method == "POST" else None, initial={"seats": run.capacity}, prefix=None)  # fmt: skip
    if request.method == "POST":
        form: Any = share if "unit" in request.POST else capacity
        if form.is_valid():
            try:
                if form is share:
                    answers = share.cleaned_data
                    training.share_seats(run=run, unit=answers["unit"], seats=answers["seats"], release_on=answers["release_on"], by=account)  # fmt: skip
                else:
                    training.set_capacity(run=run, seats=capacity.cleaned_data["seats"], by=account)
            except training.SeatsAreOut as refusal:
                form.add_error("seats", _("Only %(n)s seats are free to be moved.") % {"n": refusal.free})
            except OutOfScope:
                form.add_error("unit" if form is share else "seats", _("These seats are not yours to share out."))
            else:
                told(request, _("Saved."))
                return redirect("training:seats", code=run.code)
    context = {
        "run": run, "manages": manages, "view": selectors.Stock(selectors.seat_lines(stock)), "share": share, "capacity": capacity,
        "ledger": selectors.ledger(run)[:200], "pools": [pool for pool in stock if pool.unit], "tab": "seats",
    }  # fmt: skip
    return render(request, "training/seats.html", context, status=422 if share.errors or capacity.errors else 200)
