"""Her own sign-in: coming with a code, her language, address, second step and sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from orken.kit.i18n.content import current_language
from orken.kit.limits import services as limits
from orken.network import account_forms as forms
from orken.network import policy
from orken.network.views.common import actor, said
from orken.people.accounts import second_steps
from orken.people.accounts import services as accounts
from orken.people.models import Account, Invitation

KEY = "invitation"
PATIENCE = timedelta(minutes=20)  # between typing the code and choosing a password


@never_cache
@login_not_required
@sensitive_post_parameters("code")
def begin(request: HttpRequest) -> HttpResponse:
    """The code from a slip or a letter."""
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        # A whole class may come from one address; sixty guesses are nothing against fifty bits.
        if not limits.allow(f"code from:{get_adapter().get_client_ip(request)}", times=60, per=timedelta(minutes=15)):
            form.add_error(None, _("Too many attempts from here. Wait a quarter of an hour and try again."))
        elif (invitation := accounts.find(form.cleaned_data["code"])) is None:
            form.add_error(
                "code",
                _("This code is not valid any more: it was used, renewed or is too old. Ask for a new slip."),
            )
        else:
            if request.user.is_authenticated:
                logout(request)  # somebody else's session on a shared computer
            request.session[KEY] = {"pk": invitation.pk, "at": timezone.now().timestamp()}
            return redirect("network:own_first_password")
    return render(request, "network/begin.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_not_required
@sensitive_post_parameters("password", "again")
def first_password(request: HttpRequest) -> HttpResponse:
    """Her own password and language; the code is used up here."""
    invitation = _invitation(request)
    if invitation is None:
        return redirect("network:own_begin")
    account = invitation.account
    data = request.POST if request.method == "POST" else None
    form = forms.FirstPasswordForm(data, account=account, initial={"language": account.language or current_language()})
    if form.is_bound and form.is_valid():
        language = form.cleaned_data["language"]
        try:
            account = accounts.accept(invitation=invitation, password=form.cleaned_data["password"], language=language)
        except accounts.CodeIsDead:
            return redirect("network:own_begin")
        request.session.pop(KEY, None)
        return _sign_in(request, account, language)
    context = {"form": form, "account": account, "first": invitation.purpose == Invitation.Purpose.FIRST}
    return render(request, "network/first_password.html", context, status=422 if form.errors else 200)


def _invitation(request: HttpRequest) -> Invitation | None:
    kept = request.session.get(KEY)
    if not kept or timezone.now().timestamp() - kept["at"] > PATIENCE.total_seconds():
        return None
    found = Invitation.objects.filter(pk=kept["pk"]).select_related("account__person").first()
    return found if found is not None and found.open and found.account.is_active else None


def _sign_in(request: HttpRequest, account: Account, language: str) -> HttpResponse:
    """Sign in by the password that she has just set; a second step that she kept is still asked."""
    with translation.override(language):
        following = reverse("network:own_passkey")
    answer: HttpResponse = perform_password_login(
        request, {"username": account.login}, Login(user=account, redirect_url=following)
    )
    if request.user.is_authenticated:
        reauthenticate_by_password(request)  # so that adding a passkey does not ask for the password again
    return answer


def passkey(request: HttpRequest) -> HttpResponse:
    """Offered once after the first sign-in: next time without a password."""
    account = actor(request)
    context = {"owes": policy.owes_second_step(account), "has_one": second_steps.has_one(account)}
    return render(request, "network/passkey.html", context)


def second_step(request: HttpRequest) -> HttpResponse:
    """Why a second step is asked of those who see others, and the ways to it."""
    account = actor(request)
    if second_steps.has_one(account):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "network/second_step.html", {"owes": policy.owes_second_step(account)})


def account(request: HttpRequest) -> HttpResponse:
    """How she signs in, on one page."""
    hers = actor(request)
    steps = list(Authenticator.objects.filter(user_id=hers.pk).order_by("type", "created_at"))
    context = {
        "account": hers,
        "app": next((step for step in steps if step.type == Authenticator.Type.TOTP), None),
        "keys": [step for step in steps if step.type == Authenticator.Type.WEBAUTHN],
        "sessions": UserSession.objects.filter(user_id=hers.pk).count(),
        "owes": policy.owes_second_step(hers),
        "demo": second_steps.came_by_the_demo_door(hers),
    }
    return render(request, "network/account.html", context)


def language(request: HttpRequest) -> HttpResponse:
    """The language of her letters; the page goes on in it."""
    hers = actor(request)
    data = request.POST if request.method == "POST" else None
    form = forms.LanguageForm(data, initial={"language": hers.language or current_language()})
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["language"]
        accounts.set_language(account=hers, language=chosen)
        with translation.override(chosen):
            said(request, _("From now on in this language."))
        return redirect(translate_url(reverse("network:own_account"), chosen))
    return _asked(request, form, _("Your language"))


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def email(request: HttpRequest) -> HttpResponse:
    """Where her letters go. Her password is asked again: who holds the address can set a new password."""
    hers = actor(request)
    form = forms.EmailForm(request.POST if request.method == "POST" else None, initial={"email": hers.email})
    if form.is_bound and form.is_valid():
        try:
            accounts.set_email(account=hers, email=form.cleaned_data["email"])
        except accounts.EmailTaken:
            form.add_error("email", _("Another account has this address already."))
        else:
            said(request, _("Saved."))
            return redirect("network:own_account")
    return _asked(request, form, _("Your e-mail"))


def _asked(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "network/own_change.html", context, status=422 if form.errors else 200)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one of her other browsers out."""
    session = get_object_or_404(UserSession, pk=pk, user_id=actor(request).pk)
    if session.session_key != request.session.session_key:
        session.end()
        messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")
