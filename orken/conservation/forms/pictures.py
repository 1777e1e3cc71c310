"""What the pages of specimens ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orken.conservation.models import Light, Specimen
from orken.conservation.vocabulary import BY_CODE, DAMAGES, Group
from orken.network.models import Unit
from orken.people.models import Account

DRAWABLE = tuple(one.code for one in DAMAGES if one.group not in (Group.BINDING, Group.PARCHMENT))
ACCEPT = "image/jpeg,image/png,image/tiff,image/webp"


class PhotographForm(forms.Form):
    """A photograph, what it shows, and by what right it may be shown."""

    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    unit = forms.ModelChoiceField(
        label=_("Who keeps the picture"), queryset=Unit.objects.none(), empty_label=_("Choose")
    )
    original = forms.CharField(
        label=_("Shelfmark or inventory number"), max_length=200, required=False,
        help_text=_("Of the photographed object. Learners do not see it."),
    )  # fmt: skip
    normal = forms.FileField(
        label=_("Photograph in normal light"),
        help_text=_("JPEG, PNG, TIFF or WebP, up to 120 million points. Everything that the camera wrote about place, time and device is taken out."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )  # fmt: skip
    raking = forms.FileField(
        label=_("The same in raking light"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )
    uv = forms.FileField(
        label=_("The same in ultraviolet"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )
    transmitted = forms.FileField(
        label=_("The same in transmitted light"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )
    width_mm = forms.FloatField(
        label=_("Width of the photographed field, mm"), required=False, min_value=5, max_value=3000, localize=True,
        help_text=_("How many millimetres the picture spans from its left edge to its right one: read it from the ruler in the picture. Leave it empty if the file keeps the true dots per inch of a scanner."),
    )  # fmt: skip
    rights_holder = forms.CharField(label=_("Who holds the rights to the picture"), max_length=200)
    rights_basis = forms.ChoiceField(
        label=_("By what right we show it"), choices=Specimen.Basis.choices, widget=forms.RadioSelect
    )
    rights_paper = forms.CharField(
        label=_("Number and date of the permission"),
        max_length=200,
        required=False,
        help_text=_("When the owner gave one."),
    )
    rights_use = forms.ChoiceField(
        label=_("What it may be used for"), choices=Specimen.Use.choices, widget=forms.RadioSelect
    )
    no_people = forms.BooleanField(label=_("No living person and no personal data can be read in the picture"))
    damages = forms.MultipleChoiceField(
        label=_("Draw damage on it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The generator draws the ticked damages in all four lights; no experts are needed."),
    )  # fmt: skip
    severity = forms.TypedChoiceField(
        label=_("How grave the drawn damage is"), coerce=int, required=False,
        choices=[(2, _("moderate")), (1, _("minor")), (3, _("severe")), (4, _("critical"))],
    )  # fmt: skip

    def __init__(self, *args: Any, units: QuerySet[Unit], scan: bool = False, **kwargs: Any) -> None:
        """With `scan` it asks for a scan of a sound page and the damage to draw on it; without, for lights."""
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units
        if scan:
            for light in Light.values[1:]:
                del self.fields[light]
            self.fields["normal"].label = _("Scan of a sound page")
            self.fields["damages"].required = True
        else:
            del self.fields["damages"], self.fields["severity"]
            return
        damages = self.fields["damages"]
        assert isinstance(damages, forms.MultipleChoiceField)
        damages.choices = [(code, str(BY_CODE[code].name)) for code in DRAWABLE]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("rights_basis") == Specimen.Basis.PERMISSION and not found.get("rights_paper"):
            self.add_error(
                "rights_paper", ValidationError(_("Give the number and the date of the owner's permission."))
            )
        return found


class ExpertForm(forms.Form):
    expert = forms.ModelChoiceField(label=_("Expert"), queryset=Account.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, experts: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        expert = self.fields["expert"]
        assert isinstance(expert, forms.ModelChoiceField)
        expert.queryset = experts


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("Why it is withdrawn"), max_length=300)
