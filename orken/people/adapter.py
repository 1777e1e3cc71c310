"""How allauth's pages behave here: nobody signs up, letters go through the outbox, limits are shared by all processes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from orken.kit.i18n.content import LANGUAGES
from orken.kit.limits import services as limits
from orken.kit.mail import services as mail
from orken.people import sealing
from orken.people.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come by invitation from the library's region; see network.invitations."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when one name or one address has tried too often: guessing is slow whatever it guesses at.

        Every attempt counts, good ones too, so that a good one between does not open the gate again.
        """
        who = str(credentials.get("username") or credentials.get("email") or "").casefold()
        quarter = timedelta(minutes=15)
        asked = (
            limits.allow(f"sign-in:{who}", times=10, per=quarter),
            limits.allow(f"sign-in from:{self.get_client_ip(request)}", times=60, per=quarter),
        )
        if not all(asked):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Our counters are not taken back."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's letter (a new password by mail) into the outbox, in the language of its reader.

        The letter holds a secret address, so its text is wiped once it is sent.
        """
        account = context.get("user")
        language = account.language if isinstance(account, Account) else ""
        if language not in LANGUAGES:
            language = translation.get_language() or "kk"
        with translation.override(language):
            subject = render_to_string(f"{template_prefix}_subject.txt", context)
            text = render_to_string(f"{template_prefix}_message.txt", context)
        mail.post(
            key=f"{template_prefix}:{uuid4().hex}", to=email, language=language, subject=subject, text=text.strip(),
            secret=True,
        )  # fmt: skip


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of second steps are sealed with the server's key."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        """The sign-in name, never the address: the label stands on a telephone that others see."""
        return str(user.login)
