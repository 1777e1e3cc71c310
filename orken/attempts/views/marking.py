"""The pages of whoever marks: the queue, one answer, the results of an exercise with its figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from orken.attempts import forms, owners, policy, selectors, services, showing, statistics, taking_away
from orken.attempts.algebra import ItemState
from orken.attempts.models import Attempt, AttemptItem, Step
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.kit.sheets.writing import XLSX
from orken.network.views.common import actor, said
from orken.people.models import Account, Person
from orken.questions.models import Exercise

ON_A_PAGE = 100


def queue(request: HttpRequest) -> HttpResponse:
    """Answers that wait for her, the oldest first, and the exercises of which she sees figures; `?at=`: of one place alone."""
    account, at = actor(request), _at(request)
    rows = selectors.to_mark(account)
    waiting = list((rows.filter(attempt__context=at) if at else rows)[:ON_A_PAGE])
    marked = [(item, _marks(item)) for item in selectors.marked_by(account, at)]
    exercised = selectors.exercised(account) if not at else []
    names = owners.titles([*(item.attempt.context for item in waiting), *([at] if at else [])])
    context = {
        "waiting": [(item, names.get(item.attempt.context)) for item in waiting], "exercised": exercised, "marked": marked, "at": at,
        "place": names.get(at) if owners.marked_by(account, [at] if at else []) else None,
    }  # fmt: skip
    return render(request, "attempts/queue.html", context)


def _at(request: HttpRequest) -> str:
    """The place whose answers are marked one after the other; empty: all of hers."""
    return str(request.GET.get("at", ""))[:100]


def _item(account: Account, pk: int) -> AttemptItem:
    found = get_object_or_404(AttemptItem.objects.select_related("question", "attempt__version", "attempt__exercise__unit"), pk=pk)  # fmt: skip
    policy.require_marking(account, found.attempt.context)
    if found.attempt.state not in Attempt.COUNTING:
        raise Http404
    return found


def _marks(item: AttemptItem) -> Decimal | None:
    return (Decimal(str(item.share)) * item.mark).quantize(Decimal("0.01")) if item.share is not None else None


def _scored(item: AttemptItem) -> list[tuple[Step, Decimal | None]]:
    """The log with what each step gave, in marks of this question."""
    rows = item.steps.select_related("actor__person")
    return [(step, None if step.share is None else (Decimal(str(step.share)) * item.mark).quantize(Decimal("0.01"))) for step in rows]  # fmt: skip


def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer beside what to look for. Whose it is, is not said before it is marked."""
    account = actor(request)
    item = _item(account, pk)
    standing = {"marks": _marks(item), "comment": item.comment} if item.share is not None else {}
    form = forms.MarkForm(request.POST if request.method == "POST" else None, most=item.mark, initial=standing)
    told, meanwhile = request.POST.get("seen", ""), False
    seen = int(told) if told.isdecimal() and len(told) < 10 else None
    if form.is_bound and form.is_valid():
        try:
            services.mark(item=item, share=float(form.cleaned_data["marks"] / item.mark), comment=form.cleaned_data["comment"], by=account, seen=seen)  # fmt: skip
        except services.MarkedMeanwhile:
            meanwhile, item = True, _item(account, pk)
        except services.CannotMark:
            form.add_error(None, _("This answer does not wait to be marked any more. Go back to the queue."))
        else:
            said(request, _("Marked: %(name)s.") % {"name": item.attempt.person.short_name()})  # blind until now
            rows, at = selectors.to_mark(account).exclude(pk=item.pk), _at(request)
            following = (rows.filter(attempt__context=at) if at else rows).first()
            address = reverse("attempts:mark", args=[following.pk]) if following else reverse("attempts:marking")
            return redirect(f"{address}?{urlencode({'at': at})}" if at else address)
    shown = showing.sheet(item.attempt, [item], shut=True)[0]
    verdict = showing.verdict_of(item)
    context: dict[str, Any] = {
        "item": item, "one": shown, "form": form, "answered": showing.in_words(item, item.answer), "guide": verdict.expected if verdict else [],
        "files": (item.answer or {}).get("files", []) if showing.takes_files(item) else [],
        "who": item.attempt.person if item.state != ItemState.WAITING else None,
        "steps": _scored(item), "at": _at(request), "meanwhile": meanwhile,
    }  # fmt: skip
    # Refused for another reason, the page keeps what she has seen: only what is shown to her may be insisted on.
    last = selectors.last_mark(step for step, _given in context["steps"])
    context |= {
        "last": last,
        "seen": seen if seen is not None and not meanwhile else last.seq if last else 0,
        "marks": _marks(item),
    }
    status = 409 if meanwhile else 422 if form.is_bound and form.errors else 200
    return render(request, "attempts/mark.html", context, status=status)


def file(request: HttpRequest, pk: int, file: UUID) -> HttpResponse:
    """A file that was handed in: only what stands in the answer, only for whoever marks it."""
    item = _item(actor(request), pk)
    if str(file) not in {one["id"] for one in (item.answer or {}).get("files", [])}:
        raise Http404
    return redirect(files.address(get_object_or_404(StoredFile, pk=file, purpose="attempt")))


def _exercise(account: Account, code: str) -> tuple[Exercise, list[str], bool]:
    """The exercise, the places where she marks, and whether she sees its figures."""
    found = get_object_or_404(Exercise.objects.select_related("unit", "published", "draft"), code=code)
    contexts = Attempt.objects.filter(exercise=found).values_list("context", flat=True).distinct()
    places = sorted(owners.marked_by(account, contexts))
    figures = policy.sees_figures(account, found)
    if not places and not figures:
        raise Http404
    return found, places, figures


def results(request: HttpRequest, code: str) -> HttpResponse:
    """Who sat and with what score, at the places where she marks; how the questions do, for whoever writes them."""
    found, places, figures = _exercise(actor(request), code)
    rows = list(selectors.sittings(found, places)[:500])
    names = owners.titles(places)
    context = {
        "exercise": found, "rows": [(row, names.get(row.context)) for row in rows], "places": places, "figures": statistics.of_exercise(found) if figures or places else [],
        "enough": statistics.ENOUGH,
    }  # fmt: skip
    return render(request, "attempts/results.html", context)


def sat(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """What a learner answered in a sitting that is marked: every question, what was right, what was said of it."""
    found, places, _figures = _exercise(actor(request), code)
    rows = selectors.sittings(found, places).filter(uid=uid, state=Attempt.State.DONE)
    attempt = get_object_or_404(rows)
    shown = showing.sheet(attempt, selectors.items(attempt), shut=True)
    context = {
        "attempt": attempt, "version": attempt.version, "exercise": found, "place": owners.titles([attempt.context]).get(attempt.context),
        "lines": [(one, showing.verdict_of(one.row)) for one in shown],
    }  # fmt: skip
    return render(request, "attempts/sat.html", context)


def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same as a table."""
    found, places, _figures = _exercise(actor(request), code)
    book = taking_away.table(exercise=found, places=places, by=actor(request))
    return FileResponse(book, as_attachment=True, filename=f"{found.code}.xlsx", content_type=XLSX)


def regrade(request: HttpRequest, code: str) -> HttpResponse:
    """Mark anew by the questions as they stand published now, with a reason."""
    found, places, _figures = _exercise(actor(request), code)
    if not places:
        raise Http404
    form = forms.RegradeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        looked, changed = services.regrade(exercise=found, contexts=places, reason=form.cleaned_data["reason"], by=actor(request))  # fmt: skip
        said(request, _("Looked at: %(all)s. Changed: %(n)s.") % {"all": looked, "n": changed})
        return redirect("attempts:results", code)
    text = _("Answers that were marked by rule are marked again by the questions as they are published now. What a person marked stands. Everybody's earlier marks stay in the log.")  # fmt: skip
    context = {"form": form, "title": _("Mark anew"), "text": text, "exercise": found}
    return render(request, "attempts/form.html", context, status=422 if form.is_bound and form.errors else 200)


def allow(request: HttpRequest, code: str, person: int) -> HttpResponse:
    """More time or attempts for one person at a place where she marks."""
    account = actor(request)
    found, places, _figures = _exercise(account, code)
    context = str(request.GET.get("context", ""))
    who = Person.objects.filter(pk=person, attempts__exercise=found, attempts__context=context).first()
    if context not in places or who is None:
        raise Http404
    form = forms.AllowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.allow(exercise=found, person=who, context=context, by=account, **form.cleaned_data)
        said(request, _("Allowed. A sitting that goes on has the time at once."))
        return redirect("attempts:results", code)
    shown = {"form": form, "title": _("More time for one person"), "text": who.short_name(), "exercise": found}
    return render(request, "attempts/form.html", shown, status=422 if form.is_bound and form.errors else 200)
