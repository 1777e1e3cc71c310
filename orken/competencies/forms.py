"""Small forms: a domain of the self-assessment, a judgement, the texts of an edition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.competencies.models import HIGHEST
from orken.competencies.selectors import Edition, Part
from orken.kit.ui.forms import DateField

FIELDS = {"domain": ("name",), "competency": ("name", "covers"), "level": ("name", "anchor"), "anchor": ("anchor",)}
LABELS: dict[str, Any] = {
    "name_kk": _("Name in Kazakh"), "name_ru": _("Name in Russian"), "name_en": _("Name in English"),
    "covers_kk": _("What it covers, in Kazakh"), "covers_ru": _("What it covers, in Russian"), "covers_en": _("What it covers, in English"),
    "anchor_kk": _("Anchor in Kazakh"), "anchor_ru": _("Anchor in Russian"), "anchor_en": _("Anchor in English"),
}  # fmt: skip
LENGTHS = {"name": 200, "covers": 500, "anchor": 500}


def level_choices(edition: Edition, part: Part) -> list[tuple[int, str]]:
    """Levels with their names and what they look like in this domain."""
    found = []
    for level in range(HIGHEST + 1):
        general, here = edition.levels.get(level), part.anchors.get(level)
        anchor = here.anchor if here else general.anchor if general else ""
        found.append((level, f"{level} · {general.name if general else ''}. {anchor}"))
    return found


def assessment(edition: Edition, part: Part) -> type[forms.Form]:
    """The form of one domain: each competency with its levels; none is compulsory, so that she may stop and go on."""
    choices = level_choices(edition, part)
    fields: dict[str, Any] = {
        row.competency.code: forms.TypedChoiceField(
            label=f"{row.competency.code}. {row.name}", help_text=row.covers, choices=choices, coerce=int,
            empty_value=None, required=False, widget=forms.RadioSelect,
        )
        for row in part.competencies
    }  # fmt: skip
    return type(f"Domain{part.code}Form", (forms.Form,), fields)


class JudgeForm(forms.Form):
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, widget=forms.RadioSelect)
    on = DateField(label=_("On what day was it seen"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("By what it was seen"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("A piece of work, an event, a conversation. She will read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = level_choices(edition, part)  # type: ignore[attr-defined]  # a ChoiceField

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day


class StrikeForm(forms.Form):
    because = forms.CharField(label=_("What was the mistake?"), max_length=300)


class TextsForm(forms.Form):
    """The texts of one piece of the draft in three languages; `piece` is a key of FIELDS."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, piece: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in FIELDS[piece]:
            for language in ("kk", "ru", "en"):
                name = f"{field}_{language}"
                self.fields[name] = forms.CharField(
                    label=LABELS[name], max_length=LENGTHS[field], required=False,
                    widget=forms.TextInput() if field == "name" else forms.Textarea({"rows": 2}),
                )  # fmt: skip

    @property
    def texts(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class TargetForm(forms.Form):
    """What a post group needs: a level for each domain."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = [] if whole else [("", _("as the whole group"))]
        for part in edition.parts:
            self.fields[part.code] = forms.TypedChoiceField(
                label=f"{part.code}. {part.text.name}", coerce=int, empty_value=None, required=whole,
                choices=[*blank, *((level, str(level)) for level in range(HIGHEST + 1))],
            )  # fmt: skip

    @property
    def levels(self) -> dict[str, int | None]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class PublishForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("What is new in this edition"), max_length=300)


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
