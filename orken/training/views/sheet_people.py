"""From the sheet: who walked in and who that is, who did not come at all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from orken.kit.states import WayIsClosed
from orken.training import policy as office
from orken.training.attendance import joining, never_came
from orken.training.attendance.forms import JoinForm
from orken.training.attendance.refusals import REASONS, WHY_NO_SEAT
from orken.training.attendance.services import Refused
from orken.training.forms import FindForm
from orken.training.models import Run, WalkIn
from orken.training.services import walking_in
from orken.training.views.attendance import context, kept_or_404
from orken.training.views.common import actor, told

TEMPLATES = "training/attendance"
MISSED = "training:missed"


def guest_or_404(run: Run, uid: UUID) -> WalkIn:
    return get_object_or_404(WalkIn.objects.filter(run=run).select_related("run__host"), uid=uid)


def join(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Who is she? Found by name; chosen, she is that person, with a seat where one is free."""
    run, account = kept_or_404(request, code), actor(request)
    guest = guest_or_404(run, uid)
    stands = joining.standing(guest)
    asked = " ".join((request.POST if request.method == "POST" else request.GET).get("q", guest.name).split())[:100]
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        pick = stands.person_id if stands else said["pick"]
        if said["add"] and not said["reason"]:
            form.add_error("reason", str(WHY_NO_SEAT["reason"]))
        elif not pick:
            form.add_error(None, str(REASONS["stranger"]))
        else:
            try:
                done = joining.join(guest=guest, person_id=pick, asked=asked, by=account, add=said["add"], reason=said["reason"])  # fmt: skip
            except Refused as refused:
                form.add_error(None, str(REASONS[str(refused)]))
            else:
                _tell(request, run, guest, done)
                return redirect(f"{reverse('training:attendance', args=[code])}#guests")
    find = FindForm({"q": asked} if asked else None)
    more = {
        "guest": guest, "stands": stands, "asked": asked, "find": find, "form": form,
        "found": joining.found(account, asked) if asked and stands is None else [],
        "no_seat": "" if run.state in walking_in.OPEN else WHY_NO_SEAT["state"], "may_add": office.manages(account, run), "gives": walking_in.may_give(account, run),
    }  # fmt: skip
    return render(request, f"{TEMPLATES}/join.html", context(request, run, **more), status=422 if form.errors else 200)


def _tell(request: HttpRequest, run: Run, guest: WalkIn, done: joining.Joined) -> None:
    """What became of it, with the way back."""
    name = done.join.person.full_name()
    if done.why:
        text = _("%(name)s is known, without a seat.") % {"name": name} + " " + str(WHY_NO_SEAT[done.why])
    else:
        text = _("%(name)s has her seat and her minutes.") % {"name": name}
    if done.differs:
        text += " " + _("Something else was noted of her already: decide the difference below.")
    told(request, text, undo=reverse("training:part", args=[run.code, guest.uid]))


@require_POST
def part(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """It was somebody else."""
    run = kept_or_404(request, code)
    stands = joining.standing(guest_or_404(run, uid))
    if stands is not None:
        try:
            joining.part(join=stands, by=actor(request))
        except Refused as refused:
            told(request, REASONS[str(refused)], wrong=True)
        else:
            told(request, _("Taken back: the row is as it was written on the sheet."))
    return redirect(f"{reverse('training:attendance', args=[code])}#guests")


# --- who did not come ---


def did_not_come(request: HttpRequest, code: str) -> HttpResponse:
    """Those with a seat and not a minute; ticked, each with its reason, they are noted in one press."""
    run = kept_or_404(request, code)
    people = never_came.offered(run)
    usual = _("No mark at any session, and no word from her.")
    rows: list[dict[str, Any]] = [{"one": one, "ticked": True, "reason": usual} for one in people]
    wrong = ""
    if request.method == "POST":
        for row in rows:
            row["ticked"] = f"pick-{row['one'].pk}" in request.POST
            row["reason"] = " ".join(request.POST.get(f"reason-{row['one'].pk}", "").split())[:500]
        reasons = {row["one"].pk: row["reason"] for row in rows if row["ticked"]}
        if not reasons:
            wrong = _("Tick at least one person.")
        elif not all(reasons.values()):
            wrong = _("Each needs its reason: she reads it.")
        else:
            return _noted(request, run, reasons)
    more = {
        "rows": rows, "noted": never_came.noted(run), "over": never_came.is_over(run), "wrong": wrong,
        "guests": WalkIn.objects.filter(run=run).exclude(joins__ended_at=None, joins__isnull=False).exists(),
    }  # fmt: skip
    status = 422 if wrong else 200
    return render(request, f"{TEMPLATES}/did_not_come.html", context(request, run, **more), status=status)


def _noted(request: HttpRequest, run: Run, reasons: dict[int, str]) -> HttpResponse:
    back = redirect("training:did_not_come", code=run.code)
    try:
        done = never_came.note_all(run=run, reasons=reasons, by=actor(request))
    except WayIsClosed as refused:
        told(request, " ".join(map(str, refused.reasons)), wrong=True)
        return back
    many = len(done.people)
    request.session[MISSED] = {"run": run.code, "people": [one.pk for one in done.people]}
    text = ngettext("%(n)s person is noted as not having come.", "%(n)s people are noted as not having come.", many)
    if done.passed_over:
        text += " " + _("Somebody wrote of the others meanwhile: look at the sheet.")
    told(request, text % {"n": many}, undo=reverse("training:came_after_all", args=[run.code]) if many else "")
    return back


@require_POST
def came_after_all(request: HttpRequest, code: str) -> HttpResponse:
    """What was noted in the last press is taken back; or of one person, whom the form names."""
    run = kept_or_404(request, code)
    one = request.POST.get("one", "")
    last = request.session.get(MISSED, {})
    people = (
        [int(one)] if one.isdecimal() and len(one) < 18 else last.get("people", []) if last.get("run") == code else []
    )
    if not people:
        raise Http404
    try:
        done = never_came.take_back(run=run, people=people, by=actor(request))
    except WayIsClosed as refused:
        told(request, " ".join(map(str, refused.reasons)), wrong=True)
    else:
        told(request, _("Taken back: %(n)s.") % {"n": len(done)})
    return redirect("training:did_not_come", code=code)
