"""What whoever marks is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Points(forms.DecimalField):
    """Marks as people write them: «0,5» and «0.5» are one."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class MarkForm(forms.Form):
    marks = Points(label=pgettext_lazy("of a question", "Marks"), min_value=Decimal(0), decimal_places=2, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}))  # fmt: skip
    comment = forms.CharField(label=_("A word to whoever wrote it"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4}))  # fmt: skip

    def __init__(self, *args: Any, most: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        self.fields["marks"].help_text = _("From 0 to %(most)s.") % {"most": most.normalize()}

    def clean_marks(self) -> Decimal:
        found: Decimal = self.cleaned_data["marks"]
        if found > self.most:
            raise ValidationError(_("It is worth %(most)s marks at most.") % {"most": self.most.normalize()})
        return found


class RegradeForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("For example: the key of question 4 was wrong."), widget=forms.Textarea({"rows": 2}))  # fmt: skip


class AllowForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes more"), min_value=0, max_value=1440, initial=0)
    attempts = forms.IntegerField(label=_("Attempts more"), min_value=0, max_value=20, initial=0)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("minutes") and not found.get("attempts"):
            raise ValidationError(_("Allow minutes or attempts."))
        return found
