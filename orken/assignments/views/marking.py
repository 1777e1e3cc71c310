"""The trainer's queue, two marks that differ, works that are alike."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.assignments import forms, owners, policy, selectors, services, showing
from orken.assignments.models import Flag, Work
from orken.assignments.views.common import actor, form_page, said, work_or_404


def queue(request: HttpRequest) -> HttpResponse:
    """Works that wait for her, the oldest first."""
    account = actor(request)
    waiting, others = selectors.to_mark(account), selectors.others(account)
    names = owners.titles([*(one.work.context for one in waiting), *(one.context for one in others)])
    context = {
        "waiting": [(one, names.get(one.work.context)) for one in waiting if one.role], "held": [(one, names.get(one.work.context)) for one in waiting if not one.role],
        "flags": selectors.flags(account).filter(settled_at=None).order_by().values("one", "other").distinct().count(),
        "others": [(one, names.get(one.context)) for one in others],
    }  # fmt: skip
    return render(request, "assignments/queue.html", context)


def agree(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two marks differ: she agrees to the other's after a talk."""
    found, account = work_or_404(uid), actor(request)
    if not policy.marks(account, found) or found.state != Work.State.DISPUTED:
        raise Http404
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.agree(work=found, reason=form.cleaned_data["reason"], by=account)
        except services.Refused as why:
            form.add_error(None, why.says)
        else:
            said(request, _("The other mark stands. Yours stays to be read."))
            return redirect("assignments:marking")
    text = _("The other marker's mark decides. Both marks stay, with what you have agreed on.")
    return form_page(request, form, title=_("Agree to the other mark"), back=reverse("assignments:mark", args=[uid]), action=_("Agree"), kind=found.version.title, text=text)  # fmt: skip


def flags(request: HttpRequest) -> HttpResponse:
    """Works that are alike, for her to look at: questions, not verdicts."""
    rows = list(selectors.flags(actor(request))[:200])
    names = owners.titles(context for row in rows for context in (row.one.context, row.other.context))
    lines = [(row, names.get(row.one.context), names.get(row.other.context), [_whose(row.one, 1), _whose(row.other, 2)]) for row in rows]  # fmt: skip
    context = {"open": [line for line in lines if line[0].settled_at is None], "settled": [line for line in lines if line[0].settled_at]}  # fmt: skip
    return render(request, "assignments/flags.html", context)


def _whose(work: Work, n: int) -> str:
    """Whose a work is, is said here as late as on the page of marking: when it is marked."""
    return work.person.short_name() if work.is_closed else _("Work %(n)s") % {"n": n}


def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Both works side by side, and what she makes of it."""
    account = actor(request)
    found: Flag = get_object_or_404(selectors.flags(account), pk=pk)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.settle_flag(flag=found, reason=form.cleaned_data["reason"], by=account)
        except services.Refused as why:
            form.add_error(None, why.says)
        else:
            said(request, _("Your words stay with it."))
            return redirect("assignments:flags")
    names = owners.titles([found.one.context, found.other.context])
    sides = [(one, names.get(one.context), showing.body(one, list(one.parts.all()), []), policy.marks(account, one), _whose(one, n)) for n, one in enumerate((found.one, found.other), start=1)]  # fmt: skip
    return render(request, "assignments/flag.html", {"flag": found, "sides": sides, "form": form}, status=422 if form.is_bound and form.errors else 200)  # fmt: skip
