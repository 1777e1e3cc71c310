"""What allauth tells about sign-in, told upward in our own words, with an audit row each."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.people import events
from orken.people.accounts import browsers
from orken.people.models import Account


def connect() -> None:
    """Called once, when the app is ready. Before Django's own receiver, which overwrites the last sign-in."""
    user_logged_in.connect(browsers.on_sign_in, dispatch_uid="people.browsers")
    for signal, what in (
        (account_signals.password_changed, "changed"),
        (account_signals.password_set, "set"),
        (account_signals.password_reset, "reset"),
    ):
        signal.connect(_password(what), dispatch_uid=f"people.password_{what}", weak=False)
    for signal, what in (
        (mfa_signals.authenticator_added, "added"),
        (mfa_signals.authenticator_removed, "removed"),
        (mfa_signals.authenticator_reset, "reset"),
    ):
        signal.connect(_step(what), dispatch_uid=f"people.step_{what}", weak=False)


def _password(what: str) -> Any:
    @transaction.atomic
    def heard(sender: Any, user: Account, **more: Any) -> None:
        audit.record("account.password_changed", user, by=user, after={"how": what})
        events.password_changed.send(sender=Account, account=user, what=what, at=timezone.now())

    return heard


def _step(what: str) -> Any:
    @transaction.atomic
    def heard(sender: Any, user: Account, authenticator: Any, **more: Any) -> None:
        audit.record("account.second_step_changed", user, by=user, after={"how": what, "step": authenticator.type})
        events.second_step_changed.send(
            sender=Account, account=user, what=what, step=str(authenticator.type), at=timezone.now()
        )

    return heard
