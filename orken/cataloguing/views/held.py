"""Marks that wait for a person: sent from the page of a book, read by who sent them, decided by who teaches."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.cataloguing import forms, hinting, holding, selectors, tables
from orken.cataloguing.models import HeldMark
from orken.cataloguing.policy import may_decide, may_see_mark, may_teach
from orken.cataloguing.tasks import material
from orken.cataloguing.tries import Try
from orken.cataloguing.views.common import actor, crumbs, known_profile, laid_out, not_too_often
from orken.curriculum.kinds import AnswerRefused
from orken.kit.tables.views import respond


def marks(request: HttpRequest) -> HttpResponseBase:
    """Who teaches sees everybody's, anybody else her own."""
    account = actor(request)
    teaches = may_teach(account)
    rows = selectors.held_marks(account, all=teaches)
    context = {"teaches": teaches, "crumbs": crumbs((_("Marks that wait for a person"), ""))}
    return respond(request, tables.HELD if teaches else tables.OWN_HELD, rows, "cataloguing/held.html", context)


@require_POST
@not_too_often
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Keep her record with its mark until a teacher has looked."""
    account, form = actor(request), forms.SendForm(request.POST)
    try:
        material.book(code)
    except KeyError:
        raise Http404 from None
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("cataloguing:book", code=code)
    answers = form.cleaned_data
    own = Try(request.session, code)
    try:
        held = holding.send(
            book=code, format=answers["format"], text=answers["text"], words=answers["words"], taken=own.taken, by=account,
        )  # fmt: skip
    except AnswerRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("cataloguing:book", code=code)
    except holding.NothingToHold:
        messages.error(request, _("The mark is passed and nobody has to look at it."))
        return redirect("cataloguing:book", code=code)
    except holding.WaitsAlready:
        messages.warning(request, _("A record of this book waits for a teacher already. Take it back to send another."))
        return redirect("cataloguing:held")
    messages.success(request, _("Sent. A teacher looks at it; the answer comes to you and stands here."))
    return redirect(held)


def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One mark: the record, every reason, the decision."""
    account = actor(request)
    held = get_object_or_404(selectors.held_marks(account, all=True), pk=pk)
    if not may_see_mark(account, held):
        raise Http404
    decides = held.waits and may_decide(account, held)
    form = forms.DecisionForm(request.POST if request.method == "POST" else None, initial={"way": "confirm"})
    if request.method == "POST":
        if not may_decide(account, held):
            raise Http404
        if form.is_valid():
            answers = form.cleaned_data
            try:
                if answers["way"] == "change":
                    holding.give(held=held, final=answers["final"], answer=answers["answer"], by=account)
                else:
                    holding.confirm(held=held, answer=answers["answer"], by=account)
            except holding.WayIsClosed:
                messages.error(request, _("It was decided or taken back meanwhile."))
            else:
                messages.success(request, _("Decided. The learner is told."))
            return redirect(held)
    marked = holding.marked_of(held)
    record = holding.record_of(held)
    own = may_teach(account) and held.by_id != account.pk
    context = {
        "held": held, "title": tables.title_of(held), "form": form, "decides": decides, "mine": held.by_id == account.pk,
        "marked": marked, "tone": tables.STATE_TONES[held.state],
        # Before the decision only who teaches reads what the experts have.
        "revealed": own or held.decided_at is not None or marked.passed, "plain_caps": hinting.plain_caps(marked),
        **laid_out(record, known_profile(held.format)),
        "crumbs": crumbs((_("Marks that wait for a person"), reverse("cataloguing:held")), (tables.title_of(held), "")),
    }  # fmt: skip
    return render(request, "cataloguing/held_mark.html", context, status=422 if form.is_bound and form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    account = actor(request)
    held = get_object_or_404(HeldMark, pk=pk, by=account)
    try:
        holding.withdraw(held=held, by=account)
        messages.success(request, _("Taken back: nobody decides on it."))
    except holding.WayIsClosed:
        messages.error(request, _("It was decided or taken back meanwhile."))
    return redirect(held)
