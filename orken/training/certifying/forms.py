"""What is asked before certificates of a run are prepared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orken.kit.ui.forms import DateField

SIGNERS = (1, 2, 3)
PAIR = ("kk", "ru")


class CertifyForm(forms.Form):
    """The date, the order, and up to three who sign, each in Kazakh and Russian: the paper has both."""

    dated_on = DateField(label=_("Date of the certificate"))
    order = forms.CharField(label=_("Number of the order"), max_length=40, required=False, help_text=_("On completion; it stands on the paper."))  # fmt: skip
    ordered_on = DateField(label=_("Date of the order"), required=False)
    latin = forms.BooleanField(label=_("The name in Latin letters too"), required=False)

    def __init__(self, *args: Any, signed: list[dict[str, dict[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in SIGNERS:
            known = signed[place - 1] if place <= len(signed) else {}
            for what, label in (("name", _("Who signs")), ("post", _("Post"))):
                for code, language in (("kk", _("in Kazakh")), ("ru", _("in Russian"))):
                    self.fields[f"{what}_{code}_{place}"] = forms.CharField(
                        label=f"{place}. {label}, {language}", max_length=150, required=place == 1, initial=known.get(what, {}).get(code, "")
                    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        for place in SIGNERS:
            fields = [f"{what}_{code}_{place}" for what in ("name", "post") for code in PAIR]
            said = [bool(answers.get(name)) for name in fields]
            if place > 1 and any(said) and not all(said):
                lacking = next(name for name, there in zip(fields, said, strict=True) if not there)
                self.add_error(lacking, _("Name and post are needed in Kazakh and in Russian."))
        if answers.get("ordered_on") and not answers.get("order"):
            self.add_error("order", _("An order has a number."))
        return answers

    @property
    def first(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [field for field in self if not field.name.endswith(("_2", "_3"))]

    @property
    def more(self) -> list[forms.BoundField]:
        """The second and the third who sign."""
        return [field for field in self if field.name.endswith(("_2", "_3"))]

    @property
    def opened(self) -> bool:
        return any(field.errors or field.value() for field in self.more)

    @property
    def signed(self) -> list[dict[str, dict[str, str]]]:
        """Those who sign, as papers keep them."""
        answers = self.cleaned_data
        return [
            {what: {code: answers[f"{what}_{code}_{place}"] for code in PAIR} for what in ("name", "post")}
            for place in SIGNERS
            if answers.get(f"name_kk_{place}")
        ]
