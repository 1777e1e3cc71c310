"""Small forms, one thing a page. The form of a question itself is its kind's (kinds/form.py)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Competency
from orken.curriculum.kinds import Offer
from orken.network.models import Unit
from orken.questions.models import Bank, Behaviour, Counts, Question, Reveal, code_validator


class NewForm(forms.Form):
    """A bank or an exercise: whose, its code, its title."""

    unit = forms.ModelChoiceField(
        label=_("Owned by"), queryset=Unit.objects.none(), to_field_name="code", empty_label=_("Choose")
    )
    code = forms.CharField(label=_("Code"), max_length=30, validators=[code_validator], help_text=_("It never changes, for example NL-BANK."))  # fmt: skip
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a model choice has one


class PlaceForm(forms.Form):
    """Where a question stands in its bank."""

    tags = forms.CharField(label=_("Tags"), required=False, max_length=500, help_text=_("Divided by commas. Exercises draw questions by their tags."))  # fmt: skip
    category = forms.CharField(label=_("Category"), required=False, max_length=200)
    competencies = forms.ModelMultipleChoiceField(label=_("Competencies that it asks after"), queryset=Competency.objects.order_by("code"), to_field_name="code", required=False, widget=forms.SelectMultiple({"size": 8}))  # fmt: skip

    def clean_tags(self) -> list[str]:
        return [one for part in str(self.cleaned_data["tags"]).split(",") if (one := " ".join(part.split()))]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class PublishForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("What is new"), max_length=300, required=False)


class CopyForm(forms.Form):
    bank = forms.ModelChoiceField(
        label=_("Into which bank"), queryset=Bank.objects.none(), to_field_name="code", empty_label=_("Choose")
    )

    def __init__(self, *args: Any, banks: QuerySet[Bank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = banks  # type: ignore[attr-defined]


class PictureForm(forms.Form):
    picture = forms.FileField(label=pgettext_lazy("of a question", "Picture"), help_text=_("JPEG, PNG, WebP or TIFF. What the camera told is dropped, the size is made fit."))  # fmt: skip


def _text(label: Any, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, required=False, widget=forms.Textarea({"rows": rows}))


class RulesForm(forms.Form):
    """Texts and rules of an exercise."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200, required=False)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    intro_kk = _text(_("Introduction in Kazakh"))
    intro_ru = _text(_("Introduction in Russian"))
    intro_en = _text(_("Introduction in English"))
    behaviour = forms.ChoiceField(label=_("When answers are checked"), choices=Behaviour.choices, widget=forms.RadioSelect)  # fmt: skip
    tries = forms.IntegerField(label=_("Tries for one question"), min_value=1, max_value=10, help_text=_("Only where there are several tries."))  # fmt: skip
    penalty = forms.IntegerField(label=_("Penalty for each further try, per cent"), min_value=0, max_value=100)
    minutes = forms.IntegerField(label=_("Time limit, minutes"), min_value=1, max_value=1440, required=False)
    attempts = forms.IntegerField(label=_("Attempts allowed"), min_value=1, max_value=100, required=False, help_text=_("Empty: any number."))  # fmt: skip
    pass_mark = forms.IntegerField(label=_("Pass mark, per cent"), min_value=0, max_value=100)
    shuffle = forms.BooleanField(label=_("Questions in an order of their own for each learner"), required=False)
    counts = forms.ChoiceField(label=_("Which attempt counts"), choices=Counts.choices, widget=forms.RadioSelect)
    reveal = forms.ChoiceField(label=_("When right answers are shown"), choices=Reveal.choices, widget=forms.RadioSelect)  # fmt: skip


class SlotForm(forms.Form):
    """A place of an exercise: one of three things."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    mark = forms.DecimalField(label=_("Marks for each question"), min_value=Decimal("0.01"), max_value=Decimal(1000), decimal_places=2, initial=1)  # fmt: skip


class QuestionSlotForm(SlotForm):
    question = forms.ModelChoiceField(
        label=_("Question"), queryset=Question.objects.none(), to_field_name="uid", empty_label=_("Choose")
    )

    def __init__(self, *args: Any, rows: QuerySet[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["question"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        setattr(field, "label_from_instance", _row)  # noqa: B010 - Django's own way to say a row; the stubs let no function in


def _row(row: Question) -> str:
    return f"{row.bank.code} · {row.standing.label if row.standing else row}"


class PoolSlotForm(SlotForm):
    pool = forms.ModelChoiceField(
        label=_("Bank"), queryset=Bank.objects.none(), to_field_name="code", empty_label=_("Choose")
    )
    tag = forms.CharField(label=pgettext_lazy("of a question", "Tag"), max_length=60)
    many = forms.IntegerField(label=_("How many questions are drawn"), min_value=1, max_value=100, initial=1)

    def __init__(self, *args: Any, banks: QuerySet[Bank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = banks  # type: ignore[attr-defined]

    def clean_tag(self) -> str:
        return " ".join(str(self.cleaned_data["tag"]).split()).casefold()


class KindSlotForm(SlotForm):
    """A task of a school, chosen from those that stand ready; gives `kind` and `payload`."""

    task = forms.ChoiceField(label=_("Task"), help_text=_("Begin to type its name: the list follows."))

    def __init__(self, *args: Any, labels: Mapping[str, str], offers: Mapping[str, Mapping[str, Offer]], **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.fields["task"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((labels[kind], [(f"{kind}/{key}", one.label) for key, one in known.items()]) for kind, known in offers.items() if known),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if task := found.pop("task", ""):
            kind, _slash, key = task.partition("/")
            found |= {"kind": kind, "payload": dict(self.offers[kind][key].payload)}
        return found


class ImportForm(forms.Form):
    file = forms.FileField(label=_("File of questions"), help_text=_("Moodle XML, GIFT or Aiken, up to 20 MB."))
    format = forms.ChoiceField(
        label=_("Format"), required=False, widget=forms.RadioSelect, initial="",
        choices=[("", _("recognise it")), ("moodlexml", "Moodle XML"), ("gift", "GIFT"), ("aiken", "Aiken")],
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the texts"), widget=forms.RadioSelect, initial="kk",
        choices=[("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))],
    )  # fmt: skip
