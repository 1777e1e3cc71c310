"""What a learner and her trainer are asked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orken.courseware.models import Course
from orken.kit.i18n.content import text_of
from orken.study.models import Offering


class CourseChoice(forms.ModelChoiceField[Course]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {text_of(obj.published, 'title').value}"


class OpenForm(forms.Form):
    course = CourseChoice(label=_("Course"), queryset=Course.objects.none(), widget=forms.RadioSelect, empty_label=None)
    pace = forms.ChoiceField(
        label=_("Pace"), choices=Offering.Pace.choices, widget=forms.RadioSelect, initial=Offering.Pace.WEEKLY
    )
    rules = forms.BooleanField(
        label=_("The result of the run is made of the course"), required=False, initial=True,
        help_text=_("Lessons and exercises count instead of attendance, in this run alone."),
    )  # fmt: skip

    def __init__(self, *args: Any, courses: QuerySet[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]  # a choice of rows


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("My note"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5}), help_text=_("Nobody but you reads it.")
    )  # fmt: skip
    marked = forms.BooleanField(label=_("Bookmark: I want to find this place again"), required=False)


class MessageForm(forms.Form):
    press = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(label=_("Message"), max_length=1500, widget=forms.Textarea({"rows": 5}), help_text=_("It comes as a letter and stands on the page of letters."))  # fmt: skip
