"""What the pages of the sheet ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.dates import day_month
from orken.training.models import Run, Session


class WalkInForm(forms.Form):
    """Who came without an application."""

    name = forms.CharField(label=_("Surname and given name"), max_length=150)
    library = forms.CharField(label=_("Library"), max_length=200, required=False)


class JoinForm(forms.Form):
    """Which of those who were found; whether a seat is added for her, and why."""

    pick = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    add = forms.BooleanField(
        label=_("Add one seat for her if none is free"), required=False,
        help_text=_("The run gets one seat more, which is hers; whoever waits is not passed over in silence: the reason stays in the ledger."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class Sitting(forms.ModelChoiceField[Session]):
    """A session by its day and hour: several of a run may have one title."""

    def label_from_instance(self, obj: Session) -> str:
        begins = timezone.localtime(obj.starts_at)
        return f"{day_month(begins)}, {begins:%H:%M} · {obj.title}"


class PrintForm(forms.Form):
    """Which session is printed, with how many empty rows."""

    blank = forms.IntegerField(label=_("Empty rows for those who walk in"), min_value=0, max_value=30, initial=5)
    field_order = ("session", "blank")

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Session.objects.filter(run=run, cancelled_at=None).order_by("starts_at", "pk")
        self.fields["session"] = Sitting(label=_("Session"), queryset=held, empty_label=None)
        # A sheet is printed for what is held now or comes next; when all is over, for the last one.
        ends = list(held.values_list("ends_at", "pk"))
        self.initial.setdefault(
            "session", next((pk for end, pk in ends if end >= timezone.now()), ends[-1][1] if ends else None)
        )
        self.order_fields(self.field_order)


class PhotographForm(forms.Form):
    photograph = forms.FileField(
        label=_("Photograph or scan of the signed sheet"), help_text=_("JPEG, PNG, WebP or PDF, up to 15 MB.")
    )
