"""The calendar and the page of a run, for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override

from orken.kit.i18n.content import LANGUAGES, current_language
from orken.network.models import Unit
from orken.training import feeds, run_parts, schema, selectors
from orken.training.forms import CalendarForm
from orken.training.models import Run
from orken.training.views.common import account_of, run_or_404

PER_PAGE = 60


@login_not_required
def calendar(request: HttpRequest) -> HttpResponse:
    """What is on and what comes, by month, with filters that stand in the address."""
    form = CalendarForm(request.GET or None)
    answers = _answers(form)
    rows = _filtered(answers).order_by("starts_on", "pk")[: PER_PAGE + 1]
    found = list(rows)
    months: dict[date, list[Run]] = {}
    for run in found[:PER_PAGE]:
        months.setdefault(run.starts_on.replace(day=1), []).append(run)
    context = {
        "form": form,
        "today": timezone.localdate(),
        "months": months.items(),
        "filtered": any(answers.values()),
        "more": len(found) > PER_PAGE,
    }
    return render(request, "training/calendar.html", context)


def _answers(form: CalendarForm) -> dict[str, Any]:
    """The filters that can be understood; of the others the page says what is wrong, and they filter nothing."""
    form.is_valid()
    return getattr(form, "cleaned_data", {})


def _filtered(answers: Mapping[str, Any]) -> QuerySet[Any]:
    today = timezone.localdate()
    rows = selectors.announced(today)
    rows = rows.filter(selectors.titled(str(answers.get("q") or "")))
    if answers.get("school"):
        rows = rows.filter(host__code=answers["school"])
    if answers.get("region"):
        region = Unit.objects.filter(code=answers["region"]).first()
        path = region.path if region else "none/"
        rows = rows.filter(Q(host__path__within=path) | Q(place__path__within=path) | Q(stops__unit__path__within=path)).distinct()  # fmt: skip
    for name in ("kind", "form"):
        if answers.get(name):
            rows = rows.filter(**{name: answers[name]})
    if answers.get("language"):
        rows = rows.filter(**{f"in_{answers['language']}": True})
    if answers.get("since"):
        rows = rows.filter(ends_on__gte=answers["since"])
    if answers.get("until"):
        rows = rows.filter(starts_on__lte=answers["until"])
    found = selectors.with_seats(rows)
    return found.filter(free__gt=0, apply_until__gte=today) if answers.get("free") else found


@login_not_required
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The calendar for other programs: `/calendar.ics?lang=ru`, the same filters."""
    language = request.GET.get("lang", "kk")
    language = language if language in LANGUAGES else "kk"
    rows = list(_filtered(_answers(CalendarForm(request.GET))).order_by("starts_on", "pk")[:500])
    off = selectors.with_seats(Run.objects.filter(state=Run.State.CANCELLED, ends_on__gte=timezone.localdate()))
    with override(language):
        content = feeds.runs_feed([*rows, *off], language, _origin(request))
    return _ics(content, "orken.ics")


@login_not_required
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The plan of a month on one sheet of paper."""
    if not (2000 <= year <= 2100 and 1 <= number <= 12):
        raise Http404
    first = date(year, number, 1)
    before = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    context = {"first": first, "runs": selectors.month(first), "before": before, "after": after}
    return render(request, "training/month.html", context)


@login_not_required
def run(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, who teaches, how many seats each region has, and why I can or cannot apply."""
    account = account_of(request)
    found = run_or_404(code, account)
    view = selectors.run_view(found, account)
    context = {
        "run": found,
        "view": view,
        "schema": schema.instance(view, request.build_absolute_uri()),
        "account": account,
        "may_send": account is not None and selectors.may_send_anybody(account),
        "manages": account is not None and selectors.manages(account, found),
        "today": timezone.localdate(),
        "parts": run_parts.parts_of(found, account),
    }
    return render(request, "training/run.html", context)


@login_not_required
def run_feed(request: HttpRequest, code: str) -> HttpResponse:
    """The timetable of one run for other programs."""
    found = run_or_404(code)
    sessions = found.sessions.select_related("room").order_by("starts_at")
    return _ics(feeds.sessions_feed(found, sessions, current_language(), _origin(request)), f"{found.code}.ics")


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _ics(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
