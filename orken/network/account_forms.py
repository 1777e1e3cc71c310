"""What the pages of sign-in and invitation ask. Their questions to allauth stand in people.entrance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orken.kit.ui.templatetags.ui import NATIVE
from orken.people.accounts import codes
from orken.people.models import Account, Invitation

LANGUAGE_CHOICES = [(code, native) for code, (_short, native) in NATIVE.items()]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of sixteen figures"),
        help_text=_("It stands on the slip or in the letter, in four groups. Spaces do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "data-code": ""}),
    )

    def clean_code(self) -> str:
        code = codes.read(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(
                _(
                    "This cannot be the code: of its sixteen figures one is mistyped or missing. Compare it with the paper, group by group."
                ),
                code="mistyped",
            )
        return code


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=_("In which language shall we write to you?"),
        help_text=_("Letters and pages come in it. It can be changed at any time."),
        choices=LANGUAGE_CHOICES,
        widget=forms.RadioSelect,
    )


class FirstPasswordForm(LanguageForm):
    """Her own password and language, when she comes with a code."""

    password = forms.CharField(
        label=_("Your own password"),
        help_text=_("Ten characters or more. Three or four words that only you put together are easy to remember."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("password", "again", "language")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", ValidationError(_("The two passwords differ. Type both once more."), code="differ"))
        return cleaned


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Letters go here, and a new password when you forget yours. Leave it empty to get none."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class InviteForm(forms.Form):
    """How a person gets her code."""

    way = forms.ChoiceField(
        label=_("How does the code reach her?"),
        choices=[
            (Invitation.Way.SLIP, _("On a printed slip: PDF, to be handed over in person")),
            (Invitation.Way.MAIL, _("In a letter by mail")),
            (Invitation.Way.MESSENGER, _("In a message that I send her myself: shown once, to be copied")),
        ],
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(label=_("Her e-mail"), required=False, help_text=_("Only for a letter."))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGE_CHOICES, widget=forms.RadioSelect)
    clears_second_steps = forms.BooleanField(
        label=_("Her telephone or key is lost: remove the second step of sign-in"),
        help_text=_("It happens when she uses the code. She is told of it."),
        required=False,
    )

    def __init__(self, *args: Any, renewal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not renewal:
            del self.fields["clears_second_steps"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") == Invitation.Way.MAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", ValidationError(_("Write the address to which the letter goes."), code="required"))
        return cleaned
