"""What the pages of letters ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES
from orken.kit.ui.templatetags.ui import NATIVE
from orken.notices.kinds import BadText, Kind, Text
from orken.notices.models import Hours, Preference

HOURS = [(f"{hour:02}:00", f"{hour:02}:00") for hour in range(24)]


def _hour(value: time) -> str:
    return f"{value.hour:02}:00"


class WishesForm(forms.Form):
    """How letters of each kind come by mail, and when."""

    quiet_from = forms.ChoiceField(label=_("Quiet from"), choices=HOURS)
    quiet_to = forms.ChoiceField(
        label=_("Quiet until"), choices=HOURS, help_text=_("In these hours no letter comes, except for your safety.")
    )
    digest_at = forms.ChoiceField(label=_("The letter of the day comes at"), choices=HOURS)

    def __init__(self, *args: Any, kinds: list[Kind], wishes: Mapping[str, str], hours: Hours, **kwargs: Any) -> None:
        start = {name: _hour(getattr(hours, name)) for name in ("quiet_from", "quiet_to", "digest_at")}
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        self.asked = {f"kind-{number}": kind for number, kind in enumerate(kinds)}
        for name, kind in self.asked.items():
            choices = [
                pair for pair in Preference.Mail.choices if not (kind.compulsory and pair[0] == Preference.Mail.OFF)
            ]
            self.fields[name] = forms.ChoiceField(
                label=str(kind.title), choices=choices, widget=forms.RadioSelect, initial=wishes.get(kind.code, "now")
            )
        self.order_fields([*self.asked, "quiet_from", "quiet_to", "digest_at"])

    @property
    def answers(self) -> dict[str, Any]:
        """As the service takes them."""
        cleaned = self.cleaned_data
        return {
            "mail_by_kind": {kind.code: cleaned[name] for name, kind in self.asked.items()},
            **{name: time(int(cleaned[name][:2])) for name in ("quiet_from", "quiet_to", "digest_at")},
        }


class TextsForm(forms.Form):
    """The texts of one kind in three languages."""

    def __init__(self, *args: Any, kind: Kind, standing: Mapping[str, Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for language in LANGUAGES:
            native = NATIVE[language][1]
            self.fields[f"subject_{language}"] = forms.CharField(
                label=_("Subject"), max_length=200, initial=standing[language].subject,
                widget=forms.TextInput(attrs={"lang": language, "aria-label": f"{native}: {gettext('Subject')}"}),
            )  # fmt: skip
            self.fields[f"body_{language}"] = forms.CharField(
                label=_("Text"), max_length=5000, initial=standing[language].body,
                widget=forms.Textarea(attrs={"lang": language, "rows": 14, "aria-label": f"{native}: {gettext('Text')}"}),
            )  # fmt: skip

    def pairs(self) -> list[tuple[str, str, Any, Any]]:
        """Code, own name, subject and body of each language, for the page."""
        return [
            (language, NATIVE[language][1], self[f"subject_{language}"], self[f"body_{language}"])
            for language in LANGUAGES
        ]

    @property
    def texts(self) -> dict[str, Text]:
        return {
            language: Text(
                self.cleaned_data[f"subject_{language}"],
                self.cleaned_data[f"body_{language}"].replace("\r\n", "\n"),
            )
            for language in LANGUAGES
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for language in LANGUAGES:
            subject, body = cleaned.get(f"subject_{language}"), cleaned.get(f"body_{language}")
            if subject and body:
                try:
                    self.kind.judge(Text(subject, body))
                except BadText as fault:
                    self.add_error(f"body_{language}", ValidationError(why(fault), code="placeholders"))
        return cleaned


def why(fault: BadText) -> str:
    """The fault of a text in a sentence."""
    if fault.unknown:
        return gettext("This letter knows no such word: %(words)s. Take one from the list.") % {
            "words": _listed(fault.unknown)
        }
    if fault.missing:
        return gettext("Without %(words)s the letter makes no sense. Put it in.") % {"words": _listed(fault.missing)}
    return gettext("A brace stands alone. Words of the letter stand in braces: {name}.")


def _listed(words: set[str]) -> str:
    return ", ".join("{" + word + "}" for word in sorted(words))
