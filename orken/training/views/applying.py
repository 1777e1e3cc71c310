"""Applying for oneself and for one's people; following what became of it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from orken.kit.sheets.reading import SheetRefused, read
from orken.kit.tables.views import respond
from orken.network.models import Appointment, Unit
from orken.training import list_of_people, selectors, tables
from orken.training import services as training
from orken.training.attendance import joining
from orken.training.forms import FindForm, WithdrawForm
from orken.training.models import Applicant
from orken.training.samples import selectors as samples
from orken.training.views.common import actor, applicant_or_404, run_or_404, told

MOST_SHOWN = 100
NO_NAMES = gettext_lazy(
    "No name stands in this table. It needs the surname and the given name, in one column or in two."
)
TOO_MANY = gettext_lazy(
    "One application holds at most %(most)s people. Left out: %(left)s. Send them in a second application."
)


@require_POST
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """She applies for herself, from her main post."""
    run, account = get_object_or_404(selectors.visible(), code=code), actor(request)
    home = selectors.home_of(account)
    if home is None:
        messages.error(request, _("You have no post in a library today, so nobody can look at your application."))
        return redirect(run)
    try:
        training.apply(run=run, unit=home.unit, lines=[training.Line(account.person, home.unit)], by=account)
    except training.CannotCome as refusal:
        messages.error(request, " ".join(map(str, refusal.reasons)))
    else:
        told(request, _("The application is sent. What becomes of it stands here and in your letters."))
    return redirect(run)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """She, or her library, takes the application back, with a reason."""
    applicant = applicant_or_404(request, pk)
    if applicant.state not in Applicant.LIVE:  # in another tab, or by her library meanwhile
        messages.warning(request, _("This was noted already, or cannot be noted now."))
        return redirect(applicant.run)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            training.withdraw(applicant=applicant, by=actor(request), reason=form.cleaned_data["reason"])
        except training.WayIsClosed as refusal:
            form.add_error(None, _("It cannot be taken back: %(why)s.") % {"why": ", ".join(map(str, refusal.reasons))})
        else:
            told(request, _("The application is taken back."))
            return redirect(applicant.run)
    context = {"applicant": applicant, "form": form, "title": _("Take the application back")}
    return render(request, "training/about_applicant.html", context, status=422 if form.errors else 200)


def applications(request: HttpRequest) -> HttpResponseBase:
    """Every applicant whom she may see, over all runs."""
    rows = selectors.applicants_for(actor(request))
    table = tables.applicants(with_run=True)
    waiting = selectors.how_many_wait_for_her_look(actor(request))
    return respond(request, table, rows, "training/applications.html", {"waiting": waiting})


# --- for one's people ---


def choose_people(request: HttpRequest, code: str) -> HttpResponse:
    """First page: who is to go? Chosen from the staff of her scope, or from a table that she sends.

    Whoever is chosen stays chosen while she looks for the next, ten librarians of ten libraries one after another.
    """
    run = run_or_404(code)
    account = actor(request)
    if not selectors.may_send_anybody(account):
        raise Http404
    staff = selectors.staff_to_send(account, run)
    query = " ".join(request.GET.get("q", "").split())[:100]
    if query:
        staff = staff.filter(list_of_people.name_condition(query))
    unmatched: list[list_of_people.Unmatched] = []
    picked, left = _picked(request.POST if request.method == "POST" else request.GET)
    problem: str | Promise = ""
    upload = request.FILES.get("file")
    if request.method == "POST" and isinstance(upload, UploadedFile):
        try:
            found = list_of_people.match(read(upload), selectors.staff_to_send(account, run))
            unmatched = found.unmatched
            picked, left = _at_most([*picked, *(row.pk for row in found.rows)])
            if not found.rows and not unmatched:
                problem = NO_NAMES
        except SheetRefused as refusal:
            problem = str(refusal.args[0])
    elif request.method == "POST":
        problem = _("Choose a file first.")
    if left:
        problem = TOO_MANY % {"most": training.MOST, "left": left}
    staff = staff.exclude(pk__in=picked)
    context = {
        "run": run,
        "query": query,
        "staff": list(staff[:MOST_SHOWN]),
        "more": max(0, staff.count() - MOST_SHOWN),
        "picked": list(selectors.staff_to_send(account, run).filter(pk__in=picked)) if picked else [],
        "unnamed": _number(request.GET.get("unnamed", ""), 100),
        "unmatched": unmatched,
        "problem": problem,
        "view": selectors.Stock(selectors.seat_lines(selectors.pools_of(run))),
    }
    return render(request, "training/choose_people.html", context, status=422 if problem else 200)


def send_people(request: HttpRequest, code: str) -> HttpResponse:
    """Second page: in which order, with how many seats without a name; sent whole or not at all."""
    run = run_or_404(code)
    account = actor(request)
    if not selectors.may_send_anybody(account):
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    picked, left = _picked(asked)
    rows = {row.pk: row for row in selectors.staff_to_send(account, run).filter(pk__in=picked)}
    chosen = [rows[pk] for pk in picked if pk in rows]
    unnamed = _number(asked.get("unnamed", ""), 100)
    problems: list[object] = [TOO_MANY % {"most": training.MOST, "left": left}] if left else []
    if request.method == "POST" and not left and "send" in request.POST:
        lines = _lines(request, chosen, unnamed)
        try:
            training.apply(
                run=run, unit=_unit_of(chosen, request), lines=lines, by=account, note=request.POST.get("note", "")[:1000],
                press=_press(asked.get("press", "")),
            )  # fmt: skip
        except training.CannotCome as refusal:
            problems = refusal.reasons
        except training.NothingToSend:
            problems = [
                TOO_MANY % {"most": training.MOST, "left": len(lines) - training.MOST}
                if lines
                else _("Choose at least one person or one seat without a name.")
            ]
        else:
            text = ngettext(
                "The application for %(n)s person is sent.", "The application for %(n)s people is sent.", len(lines)
            )
            told(request, text % {"n": len(lines)})
            return redirect("training:applications")
    for place, row in enumerate(chosen, start=1):
        row.priority = _priority(request, row, place)
    context = {
        "run": run, "chosen": chosen, "unnamed": unnamed, "problems": problems, "note": asked.get("note", ""),
        "press": _press(asked.get("press", "")) or uuid4(),
    }  # fmt: skip
    return render(request, "training/send_people.html", context, status=422 if problems else 200)


def _picked(asked: QueryDict) -> tuple[list[int], int]:
    return _at_most([int(value) for value in asked.getlist("pick") if value.isdecimal() and len(value) < 18])


def _at_most(picked: list[int]) -> tuple[list[int], int]:
    """Each once, no more than one application holds, and how many are left over."""
    once = list(dict.fromkeys(picked))
    return once[: training.MOST], max(0, len(once) - training.MOST)


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _press(text: str) -> UUID | None:
    """The mark of one filled form: pressed twice, or again after going back, it sends one application."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _priority(request: HttpRequest, row: Appointment, place: int) -> int:
    return max(1, _number(request.POST.get(f"priority-{row.pk}", ""), 300) or place)


def _unit_of(chosen: list[Appointment], request: HttpRequest) -> Unit:
    """The unit whose application it is: of the one library when all come from it, else the sender's own."""
    units = {row.unit_id: row.unit for row in chosen}
    if len(units) == 1:
        return next(iter(units.values()))
    return selectors.unit_of_sender(actor(request))


def _lines(request: HttpRequest, chosen: list[Appointment], unnamed: int) -> list[training.Line]:
    lines = [
        training.Line(row.person, row.unit, _priority(request, row, place)) for place, row in enumerate(chosen, start=1)
    ]
    home = _unit_of(chosen, request)
    return lines + [training.Line(None, home, len(lines) + n + 1) for n in range(unnamed)]


def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person in her stead, or a name for a kept seat: found by name in the sender's scope."""
    applicant = applicant_or_404(request, pk)
    account = actor(request)
    form = FindForm(request.GET or None)
    found: list[Appointment] = []
    if form.is_bound and form.is_valid():
        staff = selectors.staff_to_send(account, applicant.run).filter(applied=None)
        found = list(staff.filter(list_of_people.name_condition(form.cleaned_data["q"]))[:30])
    problem = ""
    if request.method == "POST":
        row = (
            selectors.staff_to_send(account, applicant.run)
            .filter(pk=_number(request.POST.get("pick", ""), 2**31))
            .first()
        )
        if row is None:
            raise Http404
        try:
            if applicant.unnamed:
                training.name(applicant=applicant, person=row.person, by=account)
            else:
                reason = " ".join(request.POST.get("reason", "").split())[:500]
                training.replace(applicant=applicant, person=row.person, by=account, reason=reason)
        except training.CannotCome as refusal:
            problem = " ".join(map(str, refusal.reasons))
        except training.WayIsClosed as refusal:
            problem = ", ".join(map(str, refusal.reasons))
        else:
            told(request, _("%(name)s has the seat now.") % {"name": row.person})
            return redirect("training:applications")
    context = {"applicant": applicant, "form": form, "found": found, "problem": problem}
    return render(request, "training/replace.html", context, status=422 if problem else 200)


def mine(request: HttpRequest) -> HttpResponse:
    """What she applied for herself, where she was without a seat, and what is asked of her afterwards."""
    rows = (
        Applicant.objects.filter(person=actor(request).person_id)
        .select_related("run__host", "unit", "pool__unit", "enrolment")
        .order_by("-pk")[:50]
    )
    hers = actor(request).person_id
    more = {"samples": samples.asked_of(hers), "walked": joining.without_seat(hers)}
    return render(request, "training/mine.html", {"applicants": rows, **more})
