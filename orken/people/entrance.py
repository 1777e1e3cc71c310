"""What allauth asks at the door, with counters that all processes share (settings: ACCOUNT_FORMS, MFA_FORMS)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as SignIn
from allauth.account.forms import ResetPasswordForm as AskedByMail
from allauth.mfa.base.forms import AuthenticateForm as SecondStep
from allauth.mfa.base.forms import ReauthenticateForm as SecondStepAgain
from allauth.mfa.webauthn.forms import AddWebAuthnForm as NewKey
from allauth.mfa.webauthn.forms import EditWebAuthnForm as OldKey
from django.utils.translation import gettext_lazy as _

from orken.kit.limits import services as limits


class LoginForm(SignIn):  # type: ignore[misc]  # allauth has no types
    """The name of the field says what to write: allauth's own is the word that stands on the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name or e-mail")
        for field in ("login", "password"):
            self.fields[field].widget.attrs.pop("placeholder", None)


class ResetPasswordForm(AskedByMail):  # type: ignore[misc]  # allauth has no types
    """A new password by mail: five letters an hour to one address, whoever asks."""

    def clean_email(self) -> str:
        asked = str(self.cleaned_data["email"]).casefold()
        if not limits.allow(f"reset:{asked}", times=5, per=timedelta(hours=1)):
            raise get_adapter().validation_error("rate_limited")
        email: str = super().clean_email()
        return email


def _guess(user: Any) -> None:
    """Six figures are a million: five guesses in five minutes."""
    if not limits.allow(f"second step:{user.pk}", times=5, per=timedelta(minutes=5)):
        raise get_adapter().validation_error("too_many_login_attempts")


class AuthenticateForm(SecondStep):  # type: ignore[misc]  # allauth has no types
    def clean_code(self) -> str:
        _guess(self.user)
        code: str = super().clean_code()
        return code


class ReauthenticateForm(SecondStepAgain):  # type: ignore[misc]  # allauth has no types
    def clean_code(self) -> str:
        _guess(self.user)
        code: str = super().clean_code()
        return code


class AddKeyForm(NewKey):  # type: ignore[misc]  # allauth has no types
    """A passkey unless she says otherwise: then nothing is typed any more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("How do you call this device?")
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _("Not for an old key without a figure lock.")
        self.fields["passwordless"].initial = True


class EditKeyForm(OldKey):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("How do you call this device?")
