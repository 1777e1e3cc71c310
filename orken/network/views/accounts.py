"""Who signs in, and who needs a code: the list, one person, slips for many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from orken.kit.i18n.content import text_of
from orken.kit.i18n.dates import short_date
from orken.kit.pdf import rendering as pdf
from orken.kit.tables.views import respond
from orken.network import account_forms as forms
from orken.network import account_tables, invitations
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.network.selectors import staff_today
from orken.network.views.common import actor, said, scope_or_404
from orken.people.accounts.services import Issued
from orken.people.models import Invitation, Person

SLIPS = Path(__file__).resolve().parent.parent / "papers" / "slips.typ"


def accounts(request: HttpRequest) -> HttpResponseBase:
    """Everybody of her scope with the state of the account."""
    scope = scope_or_404(request, Permission.ACCOUNT_INVITE)
    return respond(request, account_tables.with_slips(), invitations.people_in(scope), "network/accounts.html")


@never_cache
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one person a code."""
    scope = scope_or_404(request, Permission.ACCOUNT_INVITE)
    person = get_object_or_404(invitations.people_in(scope), pk=pk)
    account = getattr(person, "account", None)
    state = invitations.state_of(person)
    renewal = state == invitations.State.ACTIVE
    known = account.email if account is not None else ""
    start = {
        "way": Invitation.Way.MAIL if known or person.email else Invitation.Way.SLIP,
        "email": known or person.email,
        "language": (account.language if account else "") or "kk",
    }
    form = forms.InviteForm(request.POST if request.method == "POST" else None, initial=start, renewal=renewal)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():  # a code that could not be printed was never made
                return _handed_over(request, person, _issue(request, person, form.cleaned_data))
        except tuple(invitations.REFUSALS) as refusal:
            form.add_error(None, str(invitations.REFUSALS[type(refusal)]))
    context = {"person": person, "account": account, "state": state, "form": form, "renewal": renewal}
    return render(request, "network/invite.html", context, status=422 if form.errors else 200)


def _issue(request: HttpRequest, person: Person, answers: dict[str, Any]) -> Issued:
    way = Invitation.Way(answers["way"])
    return invitations.invite(
        person=person, way=way, by=actor(request), email=answers["email"] if way == Invitation.Way.MAIL else "",
        language=answers["language"], clears_second_steps=answers.get("clears_second_steps", False),
    )  # fmt: skip


def _handed_over(request: HttpRequest, person: Person, issued: Issued) -> HttpResponse:
    """The code leaves by the chosen way; afterwards nobody can read it again."""
    way = issued.invitation.way
    if way == Invitation.Way.SLIP:
        return _paper(request, [issued])
    if way == Invitation.Way.MAIL:
        said(request, _("The letter to %(name)s is on its way.") % {"name": person})
        return redirect("network:accounts")
    language = issued.invitation.account.language or "kk"
    with translation.override(language):
        text = _("Good day, %(name)s! You are invited to Orken, the system of professional development of librarians. Open %(address)s and type the code %(code)s. Your sign-in name: %(login)s. The code works once and until %(day)s.") % {
            "name": person.short_name(), "address": f"{begin_address(request)}#{issued.code}", "code": issued.grouped,
            "login": issued.invitation.account.login, "day": short_date(issued.invitation.expires_at),
        }  # fmt: skip
    return render(request, "network/ready_text.html", {"person": person, "text": text, "language": language})


@never_cache
def slips(request: HttpRequest) -> HttpResponse:
    """Slips for the chosen people: asked once more, then printed, several on a sheet."""
    scope = scope_or_404(request, Permission.ACCOUNT_INVITE)
    if request.method != "POST":
        return redirect("network:accounts")
    picked = [int(value) for value in request.POST.getlist("pick") if value.isdecimal() and len(value) < 18]
    chosen = list(invitations.people_in(scope).filter(pk__in=picked[: invitations.MOST_SLIPS]).order_by("sort_kk"))
    if not chosen:
        raise Http404
    if "asked" in request.POST:
        with transaction.atomic():
            made, refused = invitations.slips(people=chosen, by=actor(request))
            if made:
                return _paper(request, made)
        return render(request, "network/slips.html", {"refused": refused})
    active = [person for person in chosen if invitations.state_of(person) == invitations.State.ACTIVE]
    return render(request, "network/slips.html", {"chosen": chosen, "active": active})


def begin_address(request: HttpRequest) -> str:
    """Where codes are typed, without a language: her own choice or browser decides."""
    return request.build_absolute_uri("/account/begin/")


def _paper(request: HttpRequest, made: list[Issued]) -> HttpResponse:
    """Slips as PDF, four on a sheet of A4, Kazakh left and Russian right."""
    now: datetime = timezone.now().replace(microsecond=0)  # typst counts seconds
    address = begin_address(request)
    places = _libraries(one.invitation.account.person_id for one in made)
    data = {"address": address.split("//", 1)[1], "slips": [_slip(one, address, places) for one in made]}
    response = HttpResponse(pdf.render(SLIPS, data, made_at=now), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="slips-{timezone.localdate(now).isoformat()}.pdf"'
    return response


def _libraries(people: Iterable[int]) -> dict[int, Unit]:
    """The library of the main post of each of them."""
    rows = staff_today().filter(person__in=list(people)).select_related("unit").order_by("employment", "-valid_from")
    return {row.person_id: row.unit for row in rows}  # the main post comes last and stays


def _slip(one: Issued, address: str, places: Mapping[int, Unit]) -> dict[str, Any]:
    account = one.invitation.account
    until = one.invitation.expires_at
    return {
        "name": {"kk": account.person.full_name("kk"), "ru": account.person.full_name("ru")},
        "unit": {language: _unit_name(places.get(account.person_id), language) for language in ("kk", "ru")},
        "login": account.login,
        "code": one.grouped,
        "until": {language: short_date(until, language) for language in ("kk", "ru")},
        "qr": pdf.qr(f"{address}#{one.code}"),
        "first": one.invitation.purpose == Invitation.Purpose.FIRST,
    }


def _unit_name(unit: Unit | None, language: str) -> str:
    return text_of(unit, "name", language).value if unit is not None else ""
