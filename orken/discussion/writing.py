"""What a discussion asks: owners show the form on their own pages, so it is no private one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.discussion.services import LONGEST
from orken.kit.text.plain import visible


class PostForm(forms.Form):
    press = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    parent = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=pgettext_lazy("in a discussion", "Your words"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, told: str | Promise = "", **more: Any) -> None:
        """`told`: who reads it, as the owner of the thread says it."""
        super().__init__(*args, **more)
        beside = _("Plain text. Your name stands beside it.")
        self.fields["text"].help_text = f"{beside} {told}".rstrip()

    def clean_text(self) -> str:
        text = "\n".join(visible(line) for line in str(self.cleaned_data["text"]).splitlines()).strip()
        if not text:
            raise forms.ValidationError(_("Write something first."))
        return text


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def clean_reason(self) -> Any:
        return " ".join(str(self.cleaned_data["reason"]).split())
