"""What the pages of certificates ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.competencies import selectors as competencies
from orken.competencies.models import Domain
from orken.credentials import rules, speaking
from orken.credentials.models import Activity, Certificate, DocumentRule, HandOver, Prefix
from orken.credentials.models.rules import BY_VOLUME
from orken.credentials.rules import RULED_SINCE
from orken.credentials.services.preparing import hours_of
from orken.kit.i18n.dates import long_date
from orken.kit.i18n.numbers import short_number
from orken.kit.ui.forms import DateField
from orken.network.library_field import LibraryField, library_of
from orken.network.models import Unit
from orken.network.policy import Scope


class HoursField(forms.DecimalField):
    """Academic hours with one place: «36» and «7,5», with a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=1000, decimal_places=1, required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(value.split()).replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return short_number(value) if isinstance(value, (Decimal, float, int)) else value


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("The register keeps it for ever."), widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip


class RefusalForm(ReasonForm):
    """Why a training does not count."""

    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("She will read it."), widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip


class ReplaceForm(ReasonForm):
    """The names are taken as they are in her record today; hours of each kind may be corrected."""

    dated_on = DateField(label=_("Date of the new document"))

    def __init__(self, data: Any = None, *, certificate: Certificate, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.norm, self.before = int(certificate.data["norm"]), dict(certificate.data["by_activity"])
        for kind, minutes in self.before.items():
            self.fields[f"hours_{kind}"] = HoursField(
                label=_("Academic hours: %(kind)s") % {"kind": Activity(kind).label}, initial=Decimal(hours_of(minutes, self.norm).replace(",", "."))
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What was not written, or stayed as it was, keeps its minutes."""
        answers: dict[str, Any] = super().clean() or {}
        found = {kind: self._minutes(kind, answers.pop(f"hours_{kind}", None)) for kind in self.before}
        if not any(found.values()):
            self.add_error(f"hours_{next(iter(found))}", _("Every certificate has its hours."))
        return answers | {"minutes": found}

    def _minutes(self, kind: str, hours: Decimal | None) -> int:
        before = self.before[kind]
        said = before if hours is None else round(hours * self.norm)
        return before if hours_of(said, self.norm) == hours_of(before, self.norm) else said


class ReplaceTalkForm(ReasonForm):
    """Names and titles as the new paper will say them: of a talk nothing else holds them any more."""

    dated_on = DateField(label=_("Date of the new document"))

    def __init__(self, data: Any = None, *, certificate: Certificate, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        name, talk = certificate.data["name"], certificate.data["talk"]
        for code, language in (("kk", _("in Kazakh")), ("ru", _("in Russian")), ("en", _("in English"))):
            for part, label in (("surname", _("Surname")), ("given", _("Given name")), ("patronymic", _("Patronymic"))):
                if (part, code) != ("patronymic", "en"):
                    self.fields[f"{part}_{code}"] = forms.CharField(
                        label=f"{label}, {language}", max_length=100, initial=name[code].get(part, ""), required=code != "en" and part != "patronymic"
                    )  # fmt: skip
            self.fields[f"talk_{code}"] = forms.CharField(
                label=_("Title of the talk, %(language)s") % {"language": language}, max_length=400, initial=talk.get(code, ""), required=code != "en"
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        name = {code: {part: answers.pop(f"{part}_{code}", "") for part in speaking.PARTS} for code in speaking.LANGUAGES}  # fmt: skip
        return answers | {"name": name, "talk": {code: answers.pop(f"talk_{code}", "") for code in speaking.LANGUAGES}}


class DuplicateForm(ReasonForm):
    """`seen`: how many copies there were when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DayForm(forms.Form):
    on = DateField(label=_("Signed on"))


class HandOverForm(forms.Form):
    way = forms.ChoiceField(label=_("Way of delivery"), choices=HandOver.Way.choices)
    on = DateField(label=_("Handed over on"))
    signed = forms.BooleanField(label=_("She or her library signed for it"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("For example the number of the parcel.")
    )


class SurnameForm(forms.Form):
    surname = forms.CharField(label=_("Surname on the paper"), max_length=100, help_text=_("In any alphabet. If it fits, the whole name is shown."))  # fmt: skip


class TableForm(forms.Form):
    file = forms.FileField(label=_("Table"), help_text=_("xlsx, ods or csv: a column with the number, a column with the surname, up to 2,000 rows."))  # fmt: skip


class PrefixForm(forms.ModelForm[Prefix]):
    """Units are named by their code: a region itself may have a prefix, and its library issues."""

    unit = forms.CharField(
        label=_("In whose name: code of the unit"),
        max_length=40,
        help_text=_("What stands below it uses the same prefix."),
    )
    issuer = forms.CharField(label=_("Who issues: code of the unit"), max_length=40)

    class Meta:
        model = Prefix
        fields = ("unit", "issuer", "kk", "ascii")

    def clean_unit(self) -> Unit:
        return self._unit("unit")

    def clean_issuer(self) -> Unit:
        return self._unit("issuer")

    def _unit(self, name: str) -> Unit:
        found = Unit.objects.filter(code=self.cleaned_data[name].strip()).first()
        if found is None:
            raise ValidationError(_("No unit has this code."))
        return found


class OutsideForm(forms.Form):
    """Training held elsewhere: what its paper says, and the paper."""

    title = forms.CharField(label=_("What it was called"), max_length=300)
    organiser = forms.CharField(label=_("Who held it"), max_length=300)
    hours_stated = forms.IntegerField(label=_("Academic hours by the paper"), min_value=1, max_value=1000)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    paper = forms.CharField(label=_("Number of the paper"), max_length=100, required=False)
    domain = forms.ChoiceField(label=_("Area of competencies"), required=False)
    evidence = forms.FileField(label=_("Its certificate"), help_text=_("A photograph or a PDF, up to 10 MB."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(part.code, part.text.name) for part in competencies.edition().parts]
        self.fields["domain"].choices = [("", _("none in particular")), *parts]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_domain(self) -> Domain | None:
        return Domain.objects.filter(code=self.cleaned_data["domain"]).first()

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        if last and last > timezone.localdate():
            self.add_error("ends_on", _("It is not over yet."))
        return answers


class ClaimForm(OutsideForm):
    """A certificate of earlier years: what stands on it, and its photograph."""

    title = forms.CharField(label=_("What it was called"), max_length=300, help_text=_("As it stands on the certificate."))  # fmt: skip
    paper = forms.CharField(label=_("Number of the certificate"), max_length=100, required=False)


class PastUploadForm(forms.Form):
    """A register of earlier years and whose it is."""

    file = forms.FileField(label=_("The register"), help_text=_("xlsx, ods or csv, as you have it, up to 10 MB."))
    unit = LibraryField(label=_("Whose register it is"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        library_of(self).within(scope)


class PastDefaultsForm(forms.Form):
    """What holds for rows that do not say it, and the area of competencies of the whole register."""

    title = forms.CharField(label=_("What it was called"), max_length=300, required=False)
    organiser = forms.CharField(label=_("Who held it"), max_length=300, required=False)
    starts_on = DateField(label=_("First day"), required=False)
    ends_on = DateField(label=_("Last day"), required=False)
    hours = forms.IntegerField(label=_("Academic hours"), min_value=1, max_value=1000, required=False)
    domain = forms.ChoiceField(label=_("Area of competencies"), required=False)

    def __init__(self, *args: Any, said: Mapping[str, str], domain: Domain | None, **kwargs: Any) -> None:
        days = {name: date.fromisoformat(said[name]) for name in ("starts_on", "ends_on") if said.get(name)}
        kwargs["initial"] = {**said, **days, "domain": domain.code if domain else ""}
        super().__init__(*args, **kwargs)
        parts = [(part.code, part.text.name) for part in competencies.edition().parts]
        self.fields["domain"].choices = [("", _("none in particular")), *parts]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_domain(self) -> Domain | None:
        return Domain.objects.filter(code=self.cleaned_data["domain"]).first()

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return answers

    @property
    def said(self) -> dict[str, str]:
        """The answers as a register keeps them."""
        told = {name: self.cleaned_data.get(name) for name in ("title", "organiser", "starts_on", "ends_on", "hours")}
        return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in told.items() if value}  # fmt: skip


def _trainings() -> list[tuple[str, str]]:
    return [("", str(_("any"))), *rules.trainings()]


class GivesForm(forms.Form):
    """Which document would it give?"""

    training = forms.ChoiceField(label=_("Kind of training"), choices=rules.trainings)
    hours = forms.DecimalField(
        label=_("Academic hours"), min_value=Decimal(0), max_value=Decimal(5000), decimal_places=1
    )
    final = forms.BooleanField(label=_("With a passed final"), required=False)
    on = DateField(label=_("Day of the document"), initial=timezone.localdate)


class RuleForm(forms.Form):
    """One rule: for which training, from how many hours, which document, since when."""

    training = forms.ChoiceField(
        label=_("Kind of training"), choices=_trainings, required=False, help_text=_("A rule for one kind stands before a rule for any.")
    )  # fmt: skip
    hours_from = forms.IntegerField(label=_("Academic hours, from"), min_value=0, max_value=5000)
    hours_below = forms.IntegerField(
        label=_("Academic hours, below"), min_value=1, max_value=5000, required=False, help_text=_("Leave it empty when there is no upper bound.")
    )  # fmt: skip
    final = forms.BooleanField(label=_("With a passed final"), required=False)
    kind = forms.ChoiceField(label=_("Document"), choices=BY_VOLUME)
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=120)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    basis = forms.CharField(label=_("Basis"), max_length=300, help_text=_("Number and date of the paper."))
    on = DateField(label=_("Since when"), initial=timezone.localdate)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on < RULED_SINCE:
            raise ValidationError(
                _("The first rules begin on %(day)s. Give a later day.") % {"day": long_date(RULED_SINCE)}
            )
        return on

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        below = answers.get("hours_below")
        if below is not None and below <= (answers.get("hours_from") or 0):
            self.add_error("hours_below", _("The upper bound is above the lower one."))
        return answers


class EndRuleForm(forms.Form):
    on = DateField(label=_("The first day without it"), initial=timezone.localdate)
    basis = forms.CharField(label=_("Basis"), max_length=300, help_text=_("Number and date of the paper."))

    def __init__(self, data: Any = None, *, rule: DocumentRule) -> None:
        super().__init__(data)
        self.rule = rule

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on < self.rule.valid_from:
            raise ValidationError(
                _("The rule begins on %(day)s. Give that day or a later one.")
                % {"day": long_date(self.rule.valid_from)}
            )
        return on
