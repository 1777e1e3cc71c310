"""What the pages of work samples ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import Outcome
from orken.training.models import SampleLook

MARKS = [
    ("", pgettext_lazy("mark of a work sample", "cannot be seen in it")),
    ("3", pgettext_lazy("mark of a work sample", "3 – an example for others")),
    ("2", pgettext_lazy("mark of a work sample", "2 – by herself")),
    ("1", pgettext_lazy("mark of a work sample", "1 – with mistakes")),
    ("0", pgettext_lazy("mark of a work sample", "0 – not at all")),
]


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        one = super().clean
        return [one(part, initial) for part in (data if isinstance(data, list) else [data])]


class SendForm(forms.Form):
    work = FilesField(
        label=_("Files"),
        help_text=_("Up to five files of 15 MB: JPEG, PNG or WebP; for records and documents also PDF, Word, tables and plain text. Place and time are taken out of photographs."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("In your words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it is and how you made it. No names of readers, please."),
    )  # fmt: skip


class LookForm(forms.Form):
    """The short list: the outcomes of the programme, then the words."""

    words = forms.CharField(
        label=_("Words to her"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is good, what is to be done otherwise. Needed when it is returned."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, outcomes: Sequence[Outcome]) -> None:
        super().__init__(data)
        self.outcomes = {f"mark-{one.pk}": one.pk for one in outcomes}
        for one in outcomes:
            self.fields[f"mark-{one.pk}"] = forms.ChoiceField(
                label=one.text, choices=MARKS, required=False, widget=forms.Select
            )
        self.order_fields([*self.outcomes, "words"])

    def marks(self) -> dict[int, int]:
        """By id of the outcome, without those that cannot be seen."""
        said = self.cleaned_data
        return {pk: int(said[name]) for name, pk in self.outcomes.items() if said[name]}

    def verdict(self) -> str:
        accepted = SampleLook.Verdict.ACCEPTED
        return str(accepted if "accept" in self.data else SampleLook.Verdict.RETURNED)


class BackForm(forms.Form):
    because = forms.CharField(label=_("Why is it taken back?"), max_length=300)
