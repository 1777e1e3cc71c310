"""Public home, home per role, search, demo sign-in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.newsroom import selectors as newsroom
from orken.people.models import Account
from orken.portal import desk as desks
from orken.portal import finding, schools, selectors
from orken.portal.chain import CHAIN, Stop, stop_of
from orken.portal.personas import PERSONAS, Step, persona_of

# ҰК-КШ-2026-000123-7 or its ASCII twin NL-CAT-2026-000123-7; a region has one part less: PVL-2024-000217-9.


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What this is, what is on, the schools, the country, checking a certificate."""
    context = {
        "coming": selectors.coming(timezone.localdate()),
        "news": list(newsroom.public()[:3]),
        "map": selectors.country_map(),
        "figures": selectors.network_figures(),
        "schools": schools.cards(),
        "today": timezone.localdate(),
        "demo": settings.DEMO,
    }
    return render(request, "portal/home.html", context)


@login_not_required
def school(request: HttpRequest, code: str) -> HttpResponse:
    """A school of the Library as anybody sees it."""
    card = next((card for card in schools.cards() if card.unit.code == code), None)
    if card is None:
        raise Http404
    context = {
        "card": card,
        "programmes": selectors.taught_at(card.unit),
        "coming": selectors.coming_at(card.unit, timezone.localdate()),
    }
    return render(request, "portal/school.html", context)


def desk(request: HttpRequest) -> HttpResponse:
    """Her own page: what waits for her, what she answers for, what she can do."""
    account = _account(request)
    return render(request, "portal/desk.html", {"desk": desks.desk_of(account), "tour": _tour(request, account)})


@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """One search over everything that the reader may see."""
    query = " ".join(request.GET.get("q", "").split())[:200]
    asked = request.GET.get("page", "1")
    page = min(int(asked), 500) if asked.isascii() and asked.isdecimal() and asked != "0" else 1
    found = finding.find(query, account=request.user if isinstance(request.user, Account) else None, page=page)
    context = {"query": query, "found": found, "page": page, "previous": page - 1, "next": page + 1}
    context["more"] = found.total > page * finding.PER_PAGE
    return render(request, "portal/search.html", context)


@login_not_required
def demo(request: HttpRequest) -> HttpResponse:
    """The personas of the demo country and the chain of one seminar; one click signs in. 404 where there is no demo."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return render(request, "portal/demo.html", {"personas": PERSONAS, "chain": CHAIN})
    stop = stop_of(request.POST.get("stop", ""))
    asked = stop.login if stop else request.POST.get("login", "")
    if stop and not asked:
        logout(request)
        return redirect(_address(stop))
    if persona_of(asked) is None:
        raise Http404
    account = Account.objects.filter(login=asked, is_active=True, person__erased_at=None).first()
    if account is None:
        messages.warning(
            request,
            _("Her data were erased in this demo country, so nobody signs in as her. Choose somebody else."),
        )
        return redirect("portal:demo")
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session["tour"] = []
    return redirect(_address(stop) if stop else "portal:desk")


def _address(step: Step | Stop) -> str:
    address = reverse(step.address, args=step.arguments)
    return f"{address}?{step.query}" if step.query else address


def tour_step(request: HttpRequest, number: int) -> HttpResponse:
    """Walk a step of the tour: note it as done and go where it leads."""
    persona = persona_of(_account(request).login)
    if persona is None or not 1 <= number <= len(persona.steps):
        raise Http404
    done = set(request.session.get("tour") or [])
    request.session["tour"] = sorted(done | {number})
    return redirect(_address(persona.steps[number - 1]))


@require_POST
def tour_end(request: HttpRequest) -> HttpResponse:
    request.session.pop("tour", None)
    return redirect("portal:desk")


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


def _tour(request: HttpRequest, account: Account) -> list[dict[str, Any]] | None:
    """The steps with their state, while the tour is on."""
    persona = persona_of(account.login) if settings.DEMO else None
    if persona is None or "tour" not in request.session:
        return None
    done = set(request.session["tour"])
    first_open = next((n for n in range(1, len(persona.steps) + 1) if n not in done), None)
    return [
        {"number": n, "text": step.text, "state": "done" if n in done else "now" if n == first_open else ""}
        for n, step in enumerate(persona.steps, start=1)
    ]
