"""The timetable of a run, its rooms and trainers, its route and its costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from orken.curriculum import selectors as curriculum
from orken.kit.states import WayIsClosed
from orken.network.models import Appointment
from orken.network.tables import name_contains
from orken.training import forms, policy, selectors, week
from orken.training import services as training
from orken.training.models import ResultSheet, Run, Session, Trainer
from orken.training.views.common import actor, changed_while_live, managed_or_404, says_why, told

HELD = gettext_lazy("It has been held: people are marked at it. It stays when it was.")


def timetable(request: HttpRequest, code: str) -> HttpResponse:
    """The sessions by day as a grid that can be moved by hand or by the arrows, with the clashes to step through."""
    run = managed_or_404(request, code)
    sessions = selectors.sessions_of(run, selectors.people_of(run))
    days = selectors.days_of(sessions)
    context = {
        "run": run,
        "minutes": sum(one.minutes for one in sessions),
        "grid": week.grid(days),
        "clashes": selectors.clashes(run, sessions),
        "remarks": selectors.remarks(run, days),
        "planned": run.version.total_minutes if run.version else None,
        "tab": "timetable",
    }
    return render(request, "training/timetable.html", context)


@says_why
@changed_while_live
def session(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Add a session, or change one."""
    run = managed_or_404(request, code)
    found = get_object_or_404(Session.objects.filter(run=run, cancelled_at=None), pk=pk) if pk else None
    form = forms.SessionForm(request.POST or None, initial=_start(run, found), run=run)
    if request.method == "POST" and form.is_valid():
        problem = _save(request, run, found, form)
        if not problem:
            told(request, _what_is_told(run, found, form))
            return redirect("training:timetable", code=run.code)
        form.add_error(None, problem)
    context = {"run": run, "form": form, "session": found, "tab": "timetable"}
    return render(request, "training/session.html", context, status=422 if form.errors else 200)


def _what_is_told(run: Run, session: Session | None, form: forms.SessionForm) -> str:
    """What becomes of it for others, as `receivers.tell_of_session` does it."""
    if session is None and ResultSheet.objects.filter(run=run).exists():
        return _("Saved. The result sheet is confirmed already, and certificates by it: what is held now counts in a corrected sheet alone.")  # fmt: skip
    if session is None and run.state == Run.State.TENTATIVE:
        return _("Saved. Those concerned are told with the letter that confirms the run.")
    if session is None or {"on", "from_time", "to_time", "room"} & set(form.changed_data):
        return _("Saved. Those concerned are told.")
    return _("Saved.")


def _start(run: Run, session: Session | None) -> dict[str, object]:
    if session is None:
        return {"on": run.starts_on}
    names = ("sequence", "title_kk", "title_ru", "title_en", "kind", "room")
    local = timezone.localtime(session.starts_at)
    return {name: getattr(session, name) for name in names} | {
        "on": local.date(), "from_time": local.time(), "to_time": timezone.localtime(session.ends_at).time(),
        "trainers": list(session.trainers.values_list("pk", flat=True)),
    }  # fmt: skip


def _save(request: HttpRequest, run: Run, session: Session | None, form: forms.SessionForm) -> str:
    """Write it; answers the sentence of a refusal, empty when it is done."""
    answers, (starts_at, ends_at) = form.cleaned_data, form.moments()
    values = {name: answers[name] for name in ("title_kk", "title_ru", "title_en", "kind", "room")}
    try:
        if session is None:
            training.add_session(
                run=run, by=actor(request), starts_at=starts_at, ends_at=ends_at, trainers=answers.get("trainers") or (), **values
            )  # fmt: skip
        else:
            training.change_session(
                session=session, by=actor(request), values={**values, "starts_at": starts_at, "ends_at": ends_at},
                trainers=answers.get("trainers"), sequence=answers["sequence"],
            )  # fmt: skip
    except training.OutsideTheRun:
        return _("It lies outside the days of the run. Change the days of the run first.")
    except training.InThePast:
        return _("This time is over. What was held is corrected in the attendance sheet.")
    except training.SessionHeld:
        return str(HELD)
    except training.EditedMeanwhile:
        return _("Somebody else moved this session meanwhile. Open it again to see how it stands now.")
    return ""


@require_POST
def move(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A session dragged or moved by the arrows; answers what became of it, with the clashes, as JSON."""
    run = managed_or_404(request, code)
    found = get_object_or_404(Session.objects.filter(run=run, cancelled_at=None), pk=pk)
    form = forms.MoveForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": _("The new time cannot be read.")}, status=422)
    starts_at: datetime = form.cleaned_data["starts_at"]
    length = found.ends_at - found.starts_at
    try:
        moved = training.change_session(
            session=found, by=actor(request), values={"starts_at": starts_at, "ends_at": starts_at + length},
            sequence=form.cleaned_data["sequence"],
        )  # fmt: skip
    except training.OutsideTheRun:
        return JsonResponse({"problem": _("It lies outside the days of the run. Change the days of the run first.")}, status=422)  # fmt: skip
    except training.InThePast:
        return JsonResponse({"problem": _("This time is over. What was held is corrected in the attendance sheet.")}, status=422)  # fmt: skip
    except training.SessionHeld:
        return JsonResponse({"problem": str(HELD)}, status=422)
    except WayIsClosed as refusal:
        return JsonResponse({"problem": " ".join(map(str, refusal.reasons))}, status=409)
    except training.EditedMeanwhile:
        return JsonResponse({"problem": _("Somebody else moved this session meanwhile. Open it again to see how it stands now.")}, status=409)  # fmt: skip
    clashing = [clash for clash in selectors.clashes(run) if pk in (clash.one.pk, clash.other.pk)]
    return JsonResponse(
        {"sequence": moved.sequence, "clashes": len(clashing), "says": _("Moved. Those concerned are told.")}
    )


@require_POST
def cancel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run = managed_or_404(request, code)
    found = get_object_or_404(Session.objects.filter(run=run), pk=pk)
    try:
        training.cancel_session(session=found, by=actor(request))
    except WayIsClosed as refusal:
        messages.error(request, " ".join(map(str, refusal.reasons)))
    else:
        told(request, _("The session is taken out. Calendars that hold it are told."))
    return redirect("training:timetable", code=run.code)


@says_why
def room(request: HttpRequest, code: str) -> HttpResponse:
    run = managed_or_404(request, code)
    form = forms.RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            training.add_room(run=run, seats_in_it=answers.pop("seats"), names=answers, by=actor(request))
        except training.RoomStands:
            form.add_error("name_kk", _("There is a room of this name already."))
        else:
            told(request, _("Saved."))
            return redirect("training:timetable", code=run.code)
    context = {"run": run, "form": form, "title": _("Add a room"), "tab": "timetable"}
    return render(request, "training/form.html", context, status=422 if form.errors else 200)


# --- trainers ---


@says_why
def trainers(request: HttpRequest, code: str) -> HttpResponse:
    """Who teaches, who was asked, and asking somebody else."""
    run = managed_or_404(request, code)
    form = forms.FindForm(request.GET or None)
    found: list[Appointment] = []
    if form.is_bound and form.is_valid():
        condition = name_contains("person__sort_kk", "person__sort_ru")(form.cleaned_data["q"])
        # Trainers come from the whole country: their post is public with the run that they teach.
        rows = Appointment.objects.at().filter(condition, employment=Appointment.Employment.MAIN)
        found = list(rows.select_related("person", "post", "unit").order_by("person__sort_kk")[:20])
    if request.method == "POST":
        pick = request.POST.get("pick", "")
        row = (
            Appointment.objects.at().filter(pk=int(pick)).select_related("person").first() if pick.isdecimal() else None
        )
        if row is None:
            raise Http404
        training.invite_trainer(run=run, person=row.person, by=actor(request))
        told(request, _("Asked: %(name)s.") % {"name": row.person})
        return redirect("training:trainers", code=run.code)
    context = {
        "run": run,
        "trainers": run.trainers.select_related("person"),
        "form": form,
        "found": found,
        "answers": Trainer.State.choices,
        "tab": "trainers",
    }
    return render(request, "training/trainers.html", context)


@require_POST
def answer(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """She answers whether she teaches; the organiser may note what she said by telephone."""
    if state not in Trainer.State.values:
        raise Http404
    found = get_object_or_404(Trainer.objects.filter(selectors.answerable(actor(request))).select_related("run"), pk=pk)
    try:
        training.answer_invitation(trainer=found, state=state, by=actor(request))
    except WayIsClosed as refusal:
        messages.error(request, " ".join(map(str, refusal.reasons)))
    else:
        told(request, _("Noted: %(answer)s.") % {"answer": Trainer.State(state).label})
    hers = found.person_id == actor(request).person_id
    return redirect("training:desk" if hers else "training:trainers", code=found.run.code)


# --- route and costs ---


@says_why
@changed_while_live
def route(request: HttpRequest, code: str) -> HttpResponse:
    """The hosts of a travelling run in the order of the journey."""
    run = managed_or_404(request, code)
    start = [{"unit": stop.unit.code, "starts_on": stop.starts_on, "ends_on": stop.ends_on} for stop in run.stops.select_related("unit")]  # fmt: skip
    theirs = None
    formset = forms.Stops(request.POST or None, initial=start)
    if request.method == "POST" and formset.is_valid():
        rows = [form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        beyond = [form for form in formset if form.cleaned_data in rows and not _within(run, form.cleaned_data)]
        for form in beyond:
            form.add_error("starts_on", _("It lies outside the days of the run. Change the days of the run first."))
    if request.method == "POST" and formset.is_valid():
        stops = sorted(((row["unit"], row["starts_on"], row["ends_on"]) for row in rows), key=lambda stop: stop[1])
        try:
            training.set_route(run=run, stops=stops, by=actor(request), seen=request.POST.get("seen"))
        except training.EditedMeanwhile:
            theirs = [f"{stop.unit.name}, {stop.starts_on:%d.%m.%Y}" for stop in run.stops.select_related("unit")]
        else:
            told(request, _("Saved."))
            return redirect("training:desk", code=run.code)
    context = {"run": run, "formset": formset, "title": _("The route"), "tab": "desk"}
    return _lines(request, context, theirs, training.mark_of(training.route_of(run)))


def _lines(request: HttpRequest, context: dict[str, Any], theirs: list[str] | None, mark: str) -> HttpResponse:
    """The page of a list. `theirs` is what somebody else saved meanwhile: hers stands below and is not saved yet."""
    status = 409 if theirs is not None else 422 if request.method == "POST" else 200
    seen = request.POST.get("seen") if theirs is None else None  # a slip of the pen does not hide what others did
    return render(request, "training/lines.html", {**context, "theirs": theirs, "mark": seen or mark}, status=status)


def _within(run: Run, stop: Mapping[str, Any]) -> bool:
    return bool(run.starts_on <= stop["starts_on"] and stop["ends_on"] <= run.ends_on)


@says_why
@changed_while_live
def co_hosts(request: HttpRequest, code: str) -> HttpResponse:
    """Libraries that hold the run together with its host."""
    run = managed_or_404(request, code)
    if not policy.hosts(actor(request), run):
        raise Http404
    start = [{"unit": unit.code} for unit in run.co_hosts.order_by("sort_kk")]
    theirs = None
    formset = forms.CoHosts(request.POST or None, initial=start)
    if request.method == "POST" and formset.is_valid():
        units = [
            row["unit"] for row in (form.cleaned_data for form in formset) if row.get("unit") and not row.get("DELETE")
        ]
        try:
            training.set_co_hosts(run=run, units=units, by=actor(request), seen=request.POST.get("seen"))
        except training.EditedMeanwhile:
            theirs = [unit.name for unit in run.co_hosts.order_by("sort_kk")]
        else:
            told(request, _("Saved."))
            return redirect("training:desk", code=run.code)
    context = {"run": run, "formset": formset, "title": _("Who holds it together"), "tab": "desk"}
    return _lines(request, context, theirs, training.mark_of(training.co_hosts_of(run)))


@says_why
def costs(request: HttpRequest, code: str) -> HttpResponse:
    """Lines of the estimate and of what it came to; what an hour of one person costs."""
    run = managed_or_404(request, code)
    view = selectors.costs(run)
    start = [
        {"kind": line.kind, "note": line.note, "estimate": line.estimate, "actual": line.actual} for line in view.lines
    ]
    theirs = None
    formset = forms.CostLines(request.POST or None, initial=start)
    if request.method == "POST" and formset.is_valid():
        names = ("kind", "note", "estimate", "actual")
        rows = [form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        lines = [{name: row[name] for name in names} for row in rows]
        try:
            training.set_costs(run=run, lines=lines, by=actor(request), seen=request.POST.get("seen"))
        except training.EditedMeanwhile:
            theirs = [" · ".join(filter(None, (one.get_kind_display(), one.note, f"{localize(one.estimate)} ₸"))) for one in view.lines]  # fmt: skip
        else:
            told(request, _("Saved."))
            return redirect("training:costs", code=run.code)
    hour = curriculum.norm(run.starts_on).minutes
    context = {"run": run, "formset": formset, "costs": view, "per_hour": view.per_person_hour(hour), "title": _("Costs"), "tab": "costs"}  # fmt: skip
    return _lines(request, context, theirs, training.mark_of(training.costs_of(run)))
