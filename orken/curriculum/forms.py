"""Small forms, one thing a page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Competency
from orken.competencies.selectors import Edition
from orken.curriculum import content, hours
from orken.curriculum.hours import Norm
from orken.curriculum.models import Final, Form, Kind, Module, Programme, Release, WorkSample, code_validator
from orken.curriculum.reference import SINCE
from orken.kit.i18n.dates import long_date
from orken.kit.ui.forms import DateField
from orken.network.models import Unit

HIGHEST = 4


def _line(label: Any, length: int = 300, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **more)


def _text(label: Any, length: int, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.Textarea({"rows": rows}), **more
    )


class Revised(forms.Form):
    """A change of a draft that others may change at the same time."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class TitlesForm(Revised):
    title_kk = _line(_("Title in Kazakh"))
    title_ru = _line(_("Title in Russian"))
    title_en = _line(_("Title in English"))
    summary_kk = _text(
        _("Summary in Kazakh"), 1500, help_text=_("Two or three sentences: what she will be able to do.")
    )
    summary_ru = _text(_("Summary in Russian"), 1500)
    summary_en = _text(_("Summary in English"), 1500)


class AudienceForm(Revised):
    audience_kk = _text(_("For whom, in Kazakh"), 500, 2)
    audience_ru = _text(_("For whom, in Russian"), 500, 2)
    audience_en = _text(_("For whom, in English"), 500, 2)
    entry_kk = _text(_("Entry requirement in Kazakh"), 500, 2)
    entry_ru = _text(_("Entry requirement in Russian"), 500, 2)
    entry_en = _text(_("Entry requirement in English"), 500, 2)


class StudyForm(Revised):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    form = forms.ChoiceField(label=_("Form of learning"), choices=Form.choices, widget=forms.RadioSelect)
    release = forms.ChoiceField(label=_("Release from work"), choices=Release.choices, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Languages of teaching"),
        choices=[("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(label=_("Days with lessons"), min_value=1, max_value=366)
    final = forms.ChoiceField(label=_("Final assessment"), choices=Final.choices)


class AfterForm(Revised):
    """What is asked of a graduate some months later; without a sample there is nothing to say of it."""

    work_sample = forms.ChoiceField(
        label=_("Work sample"), choices=WorkSample.choices, widget=forms.RadioSelect,
        help_text=_("It is asked three months after the last day, together with the questionnaire."),
    )  # fmt: skip
    sample_kk = _text(
        _("What the graduate shows, in Kazakh"), 500, 2,
        help_text=_("One sentence: what she sends, so that the outcomes can be seen in it."),
    )  # fmt: skip
    sample_ru = _text(_("What the graduate shows, in Russian"), 500, 2)
    sample_en = _text(_("What the graduate shows, in English"), 500, 2)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("work_sample") == WorkSample.NONE:
            answers |= dict.fromkeys(("sample_kk", "sample_ru", "sample_en"), "")
        elif "work_sample" in answers and not answers.get("sample_kk") and "sample_kk" in answers:
            self.add_error("sample_kk", _("Say in Kazakh what the graduate shows."))
        return answers


class ApprovalForm(Revised):
    stated_hours = forms.IntegerField(
        label=_("Academic hours by the approved paper"), min_value=1, max_value=2000,
        help_text=_("The sum of the modules must agree with it."),
    )  # fmt: skip
    approval_number = forms.CharField(
        label=_("Number of the approval"), max_length=60, required=False,
        help_text=_("For example, the minutes of the Library's methodological council: № 4."),
    )  # fmt: skip
    approved_on = DateField(label=_("Date of the approval"), required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        number, day = answers.get("approval_number"), answers.get("approved_on")
        if "approved_on" in answers and bool(number) != bool(day):
            self.add_error("approved_on" if number else "approval_number", _("Give both the number and the date, or neither."))  # fmt: skip
        return answers


class HoursField(forms.DecimalField):
    """Academic hours as an author writes them; «2,5» and «2.5» alike."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal(0), max_value=Decimal(1000), decimal_places=5, required=False, localize=True, **kwargs
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".").replace("\xa0", "") if isinstance(value, str) else value)


class ModuleForm(Revised):
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=300)
    title_ru = _line(_("Title in Russian"))
    title_en = _line(_("Title in English"))
    content_kk = _text(_("Topics in Kazakh"), 2000, 3)
    content_ru = _text(_("Topics in Russian"), 2000, 3)
    content_en = _text(_("Topics in English"), 2000, 3)
    lecture = HoursField(label=_("Lecture, academic hours"))
    practice = HoursField(label=_("Practice, academic hours"))
    independent = HoursField(label=_("Independent work, academic hours"))
    assessment = HoursField(label=_("Assessment, academic hours"))

    def __init__(self, *args: Any, norm: Norm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.norm = norm
        self.fields["lecture"].help_text = _("One academic hour is %(n)s minutes.") % {"n": norm.minutes}

    @staticmethod
    def start(module: Module | None, norm: Norm) -> dict[str, Any]:
        """The module as the form shows it: minutes as hours."""
        if module is None:
            return {}
        texts = {field: getattr(module, field) for field in content.MODULE_FIELDS if field not in content.MINUTES}
        return texts | {kind: in_hours(getattr(module, kind), norm) for kind in content.MINUTES}

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(answers.get(kind) for kind in content.MINUTES):
            self.add_error("lecture", _("Give hours of at least one kind of work."))
        return answers

    @property
    def values(self) -> dict[str, Any]:
        """What the services write: texts and minutes."""
        found = {field: self.cleaned_data[field] for field in content.MODULE_FIELDS}
        return found | {
            kind: hours.minutes_of(self.cleaned_data[kind] or Decimal(0), self.norm) for kind in content.MINUTES
        }


def in_hours(minutes: Decimal, norm: Norm) -> Decimal:
    """Minutes as hours, so exactly that no minute is lost on the way back, without needless noughts."""
    found = (Decimal(minutes) / norm.minutes).quantize(Decimal("0.00001"))
    return found.to_integral_value() if found == found.to_integral_value() else found.normalize()


class OutcomeForm(Revised):
    text_kk = forms.CharField(label=_("Outcome in Kazakh"), max_length=500, widget=forms.Textarea({"rows": 2}), help_text=_("What she can do afterwards, as a verb."))  # fmt: skip
    text_ru = _text(_("Outcome in Russian"), 500, 2)
    text_en = _text(_("Outcome in English"), 500, 2)
    competency = forms.ChoiceField(label=_("Competency"))
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (
                f"{part.code}. {part.text.name}",
                [(row.competency.code, f"{row.competency.code} {row.name}") for row in part.competencies],
            )
            for part in edition.parts
        ]
        self.fields["competency"].choices = [("", pgettext_lazy("an empty choice", "Choose")), *groups]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["level"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (level, f"{level} · {edition.levels[level].name}: {edition.levels[level].anchor}")
            for level in range(1, HIGHEST + 1)
            if level in edition.levels
        ]

    def clean_competency(self) -> Competency:
        found = Competency.objects.filter(code=self.cleaned_data["competency"]).first()
        if found is None:
            raise ValidationError(_("There is no such competency."), code="unknown")
        return found

    @property
    def values(self) -> dict[str, Any]:
        return {field: self.cleaned_data[field] for field in content.OUTCOME_FIELDS}


class NewForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("Whose programme is it?"), queryset=Unit.objects.none(), to_field_name="code", empty_label=None)  # fmt: skip
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        validators=[code_validator],
        help_text=_("For example, VL-12. It never changes."),
    )
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=300)
    title_ru = _line(_("Title in Russian"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Programme.objects.filter(code=code).exists():
            raise ValidationError(_("This code is taken. Choose another."), code="taken")
        return code


class PublishForm(Revised):
    note = _line(_("What is new in this version"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It stays in the story of the programme."))


class NormForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes of an academic hour"), min_value=20, max_value=120)
    hours_a_day = forms.IntegerField(label=_("Academic hours a day at most"), min_value=1, max_value=24)
    hours_a_week = forms.IntegerField(label=_("Academic hours a week at most"), min_value=1, max_value=168)
    basis = forms.CharField(label=_("Basis"), max_length=300, help_text=_("Number and date of the paper."))
    on = DateField(label=_("Since when"), initial=timezone.localdate)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if (on := answers.get("on")) and on < SINCE:
            self.add_error("on", _("The first norm begins on %(day)s. Give a later day.") % {"day": long_date(SINCE)})
        if (answers.get("hours_a_week") or 999) < (answers.get("hours_a_day") or 0):
            self.add_error("hours_a_week", _("A week cannot hold less than a day."))
        return answers
