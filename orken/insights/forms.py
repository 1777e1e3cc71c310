"""What is asked of coverage: a day, a knowledge, a period, a kind, a school."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.curriculum.models import Kind
from orken.insights.coverage import Question, end_of
from orken.insights.reckoning import YEARS
from orken.insights.shown import PERIODS
from orken.insights.sources import KIND_OUTSIDE, KINDS
from orken.kit.ui.forms import DateField, chosen_word, days_in_parts
from orken.network.models import Unit

OUTSIDE = "outside"
FIRST = date(1991, 12, 16)  # before the republic nobody is counted


class CutForm(forms.Form):
    """Everything may stay empty: then it is today, as is known today, the last year, any kind and school."""

    on = DateField(label=_("As of"), required=False)
    known_at = DateField(label=_("As was known on"), required=False, help_text=_("Empty: as it is known today."))
    years = forms.ChoiceField(
        label=_("Period of participations, certificates and hours"), required=False, choices=[(str(years), PERIODS[years]) for years in YEARS]
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of training"), required=False)
    school = forms.ChoiceField(label=_("School"), required=False)

    def __init__(self, *args: Any, schools: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {one.code: one for one in schools}
        kind, school = self.fields["kind"], self.fields["school"]
        assert isinstance(kind, forms.ChoiceField) and isinstance(school, forms.ChoiceField), "declared so above"
        kind.choices = [("", _("Any")), *Kind.choices, (OUTSIDE, _("held elsewhere"))]
        school.choices = [("", _("Any")), *((code, one.name) for code, one in self.schools.items())]

    @classmethod
    def of_address(cls, query: QueryDict, schools: Iterable[Unit]) -> Self:
        """Read from an address, in which a day is written as one (`?on=2025-12-31`) or in three parts."""
        return cls(days_in_parts(query, ("on", "known_at")), schools=schools)

    def clean_on(self) -> date | None:
        return self._past(self.cleaned_data["on"])

    def clean_known_at(self) -> date | None:
        return self._past(self.cleaned_data["known_at"])

    def _past(self, day: date | None) -> date | None:
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Give today or an earlier day."))
        if day is not None and day < FIRST:
            raise forms.ValidationError(_("Give a day since 16 December 1991."))
        return day

    @property
    def question(self) -> Question:
        """What is asked; what was not understood is taken as not asked, and the page says so beside the field."""
        self.is_valid()
        said = self.cleaned_data
        kind = said.get("kind") or ""
        school = self.schools.get(said.get("school") or "")
        return Question(
            on=said.get("on") or timezone.localdate(), known_at=end_of(said.get("known_at")), years=int(said.get("years") or 1),
            kind=KIND_OUTSIDE if kind == OUTSIDE else KINDS.get(kind, 0), school=school.pk if school else 0,
        )  # fmt: skip

    @property
    def asked(self) -> dict[str, str]:
        """The answers as an address carries them, without those that say what is meant anyway."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", "1")}
        return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in said.items()}

    @property
    def told(self) -> list[tuple[str, str]]:
        """Kind and school in words, when they are asked."""
        self.is_valid()
        found = []
        for name in ("kind", "school"):
            field = self.fields[name]
            if answer := self.cleaned_data.get(name):
                found.append((str(field.label), chosen_word(field, answer)))
        return found
