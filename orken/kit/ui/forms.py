"""Forms as people meet them: label, hint, error, input in that order; every error also in the summary on top.

`{{ form }}` renders the whole; `{{ form.field.as_field_group }}` one field. Any Django form looks
like this, ours and those of libraries, since the renderer is the project's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.numbers import short_number
from orken.kit.text.plain import has_letter, visible


def chosen_word(field: forms.Field, answer: object) -> str:
    """The label of a choice whose choices are pairs, as the reader sees it."""
    assert isinstance(field, forms.ChoiceField), "only choices have labels"
    return str(dict(field.choices)[answer])  # type: ignore[arg-type]  # the stubs know of groups and of callables too


PICKED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Bound(BoundField):
    """A field on a page; knows how its template should draw it."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        used = widget or self.field.widget
        if not isinstance(used, (*PICKED, DateParts)):
            classes = f"in {used.attrs.get('class', '')}".strip()
            built["class"] = classes
        if isinstance(used, (forms.RadioSelect, forms.CheckboxSelectMultiple, DateParts)):
            # The fieldset carries the description for the whole group.
            built.pop("aria-describedby", None)
            built.pop("aria-invalid", None)
        return built

    @property
    def group(self) -> bool:
        """Several inputs under one question: drawn as a fieldset with a legend."""
        return bool(self.field.widget.use_fieldset)

    @property
    def one_tick(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def optional(self) -> bool:
        """Whether «(optional)» is said. A field that is `quiet` is one of several that are asked together: none of them alone."""
        return not self.field.required and not getattr(self.field, "quiet", False)

    @property
    def anchor(self) -> str:
        """The id that the error summary leads to."""
        return str(self.auto_id)

    @property
    def described(self) -> str:
        """Ids of hint and error for `aria-describedby` of a group."""
        ids = [f"{self.auto_id}_helptext"] if self.help_text else []
        return " ".join([*ids, *([f"{self.auto_id}_error"] if self.errors else [])])


class Renderer(TemplatesSetting):
    """The project's form renderer (settings.FORM_RENDERER)."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = Bound


class NameField(forms.CharField):
    """A name: visible letters only, at least one of them."""

    def to_python(self, value: Any) -> str:
        return visible(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not has_letter(value):
            raise ValidationError(_("A name needs at least one letter."), code="no_letter")


class PersonNameField(NameField):
    """A part of a person's name: letters of any alphabet of ours, hyphens, apostrophes, spaces, dots; nothing else."""

    letters = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff \-\u2010\u2011'\u2019\u02bc.]*")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not self.letters.fullmatch(value):
            raise ValidationError(
                _("A name holds letters, hyphens, apostrophes, spaces and dots, nothing else."), code="letters"
            )


class RateField(forms.DecimalField):
    """A part of a whole post: «1,5» and «1.5» are one, written as the reader's language writes it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        limits = {"min_value": Decimal("0.05"), "max_value": Decimal("1.5"), "decimal_places": 2}
        super().__init__(**{"label": _("Rate"), "initial": Decimal(1), **limits, **kwargs})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return short_number(value) if isinstance(value, (Decimal, float, int)) else value


class DateParts(forms.MultiWidget):
    """Day, month, year as three answers: typed on any keyboard, read out in any language."""

    template_name = "ui/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        months = [("", "—"), *((str(number), name) for number, name in MONTHS.items())]
        super().__init__(
            {
                "day": forms.TextInput({"class": "in", "inputmode": "numeric", "maxlength": 2, "autocomplete": "off"}),
                "month": forms.Select({"class": "in"}, choices=months),
                "year": forms.TextInput({"class": "in", "inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
            },
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, str(value.month), value.year] if isinstance(value, date) else [None, None, None]


FAR = timedelta(days=366)


def not_far(day: date) -> None:
    """A beginning or an end is written at most a year ahead: 2099 is a slip of the hand."""
    if day > timezone.localdate() + FAR:
        raise ValidationError(_("This day is more than a year ahead. Check the year."), code="far")


def needed_later(field: forms.Field, words: Any) -> None:
    """A draft is kept without it, what comes after is not: the label says so in these words, where it would say «optional»."""
    field.later = words  # type: ignore[attr-defined]  # read by ui/field.html


def asked_together(field: forms.Field) -> None:
    """One of several fields of which something is wanted: «optional» is said of none of them alone."""
    field.quiet = True  # type: ignore[attr-defined]  # read by `Bound.optional`


class DateField(forms.MultiValueField):
    """A date asked in three parts. `reset` answers name the part that is wrong."""

    widget = DateParts

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example, 31 March 2026"))
        parts = (forms.CharField(required=False), forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> date | None:
        if not any(data_list or []):
            return None
        day, month, year = ((part or "").strip() for part in data_list)
        if not day or not month or not year:
            raise ValidationError(_("Give the day, the month and the year."), code="incomplete")
        try:
            found = date(int(year), int(month), int(day))
        except (ValueError, OverflowError):  # no number, no such day, or more figures than a day has
            raise ValidationError(
                _("There is no such day. Check the day, the month and the year."), code="invalid"
            ) from None
        if not 1800 <= found.year <= 2200:
            raise ValidationError(_("Write the year with four digits."), code="invalid")
        return found


def days_in_parts(query: QueryDict, names: Sequence[str]) -> QueryDict:
    """An address whose days may stand as one ISO day in a link (`?on=2021-11-24`): in three parts, as a form sends them."""
    data = query.copy()
    for name in names:
        if whole := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", data.get(name, "")):
            year, month, day = (str(int(part)) for part in whole.groups())
            data[f"{name}_year"], data[f"{name}_month"], data[f"{name}_day"] = year, month, day
    return data
