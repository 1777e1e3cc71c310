"""What authors, learners and whoever marks are asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.assignments import rubrics
from orken.assignments.models import AssignmentVersion, Marking, Part, Work, code_validator
from orken.kit.ui.forms import asked_together
from orken.network.models import Unit

LANGUAGES = ("kk", "ru", "en")


class NewForm(forms.Form):
    """Whose it is, its code, its title."""

    unit = forms.ModelChoiceField(label=_("Owned by"), queryset=Unit.objects.none(), to_field_name="code", empty_label=_("Choose"))  # fmt: skip
    code = forms.CharField(label=_("Code"), max_length=30, validators=[code_validator], help_text=_("It never changes; lessons embed the assignment by it. For example SAFE-PLAN."))  # fmt: skip
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a model choice has one


def _brief(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=5000, required=False, widget=forms.Textarea({"rows": 5}))


def _number(label: Any, least: int, most: int, help_text: Any = "", *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text, required=required)


class RulesForm(forms.Form):
    """Texts and rules of an assignment."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200, required=False)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    brief_kk = _brief(_("What is to be done, in Kazakh"))
    brief_ru = _brief(_("What is to be done, in Russian"))
    brief_en = _brief(_("What is to be done, in English"))
    text_most = _number(_("Characters of text at most"), 0, 100_000, _("0: no text is asked for."))
    files_most = _number(_("Files at most"), 0, 5, _("PDF, Word, tables, plain text, up to 10 MB each."))
    photos_most = _number(_("Photographs at most"), 0, 10)
    due_days = _number(_("Days after the lesson opens"), 1, 365, _("Empty: without a day. What comes later is taken and marked as late."), required=False)  # fmt: skip
    resubmissions = _number(_("How many times it may be handed in again"), 0, 10)
    marking = forms.ChoiceField(label=_("Who marks"), choices=Marking.choices, widget=forms.RadioSelect)
    difference = _number(_("Two marks that differ by more than so many per cent are decided by a third"), 0, 100)
    peers = _number(_("Works that each learner reviews"), 2, 6, _("Below eight works a trainer reviews them all."))
    review_days = _number(_("Days for the reviews"), 1, 60)
    pass_mark = _number(_("Pass mark, per cent"), 0, 100)


class CriterionForm(forms.Form):
    """A criterion with up to five levels, from least to most; a level without words in Kazakh is left out."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    kk = forms.CharField(label=_("What is looked at, in Kazakh"), max_length=300)
    ru = forms.CharField(label=_("What is looked at, in Russian"), max_length=300, required=False)
    en = forms.CharField(label=_("What is looked at, in English"), max_length=300, required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=20, initial=1, help_text=_("How much it counts beside the others."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups: list[tuple[int, list[str]]] = []
        for n in range(rubrics.MOST_LEVELS):
            self.fields[f"points_{n}"] = forms.IntegerField(label=_("Points"), min_value=0, max_value=100, required=False, initial=n)  # fmt: skip
            for code, label in zip(LANGUAGES, (_("In Kazakh"), _("In Russian"), _("In English")), strict=True):
                self.fields[f"{code}_{n}"] = forms.CharField(label=label, max_length=300, required=False)
            self.groups.append((n + 1, [f"points_{n}", *(f"{code}_{n}" for code in LANGUAGES)]))

    def of_levels(self) -> list[tuple[int, list[Any]]]:
        return [(number, [self[name] for name in names]) for number, names in self.groups]

    def criterion(self) -> dict[str, Any]:
        told = self.cleaned_data
        levels = [
            {"points": told[f"points_{n}"] or 0, **{code: told[f"{code}_{n}"] for code in LANGUAGES}}
            for n in range(rubrics.MOST_LEVELS)
            if told[f"kk_{n}"]
        ]
        return {
            "weight": told["weight"],
            **{code: told[code] for code in LANGUAGES},
            "levels": sorted(levels, key=lambda one: one["points"]),
        }

    @staticmethod
    def start(data: dict[str, Any]) -> dict[str, Any]:
        """Initial values of a criterion that stands."""
        found = {name: data.get(name, "") for name in (*LANGUAGES, "weight")}
        for n, level in enumerate(data.get("levels", [])):
            found |= {f"points_{n}": level.get("points", 0), **{f"{code}_{n}": level.get(code, "") for code in LANGUAGES}}  # fmt: skip
        return found


class PublishForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("What is new"), max_length=300, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """None, one or several files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        one = super().clean
        return [one(part, initial) for part in (data if isinstance(data, list) else [data]) if part]


class WorkForm(forms.Form):
    """The draft: what the assignment asks for and nothing else. Too long a text is refused by the service, in its words."""

    def __init__(self, *args: Any, version: AssignmentVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        if version.text_most:
            self.fields["text"] = forms.CharField(
                label=_("Your text"), required=False, strip=False, widget=forms.Textarea({"rows": 12, "data-text": "1"}),
                help_text=_("At most %(n)s characters.") % {"n": version.text_most},
            )  # fmt: skip
        if version.photos_most:
            self.fields["photos"] = FilesField(
                label=_("Photographs"), required=False, widget=ManyFiles({"accept": "image/jpeg,image/png,image/webp,image/tiff"}),
                help_text=_("Number of photographs: up to %(n)s, each of at most 10 MB (JPEG, PNG, WebP or TIFF). Place and time are taken out of them.") % {"n": version.photos_most},
            )  # fmt: skip
        if version.files_most:
            self.fields["files"] = FilesField(
                label=_("Files"), required=False, help_text=_("Number of files: up to %(n)s, each of at most 10 MB (PDF, Word, tables or plain text).") % {"n": version.files_most},
            )  # fmt: skip
        for field in self.fields.values():
            asked_together(field)  # something of them is handed in


class Share(forms.DecimalField):
    """Per cent of a picture's side: «12,5» and «12.5» are one."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, min_value=Decimal(0), max_value=Decimal(100), decimal_places=1, required=False)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


REMARK_FIELDS = ("place", "quote", "left", "top", "page", "remark")


class LookForm(forms.Form):
    """The rubric, the words, and a remark on a place. `work` is what is looked at; `whole`: the mark is given, so every
    criterion needs its level."""

    def __init__(self, *args: Any, work: Work, parts: Sequence[Part], criteria: Sequence[rubrics.Criterion], reasoned: bool = False, whole: bool = True, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        places: list[tuple[str, Any]] = [("whole", _("The whole work"))]
        if work.text:
            places.append(("text", _("Words of the text")))
        for n, part in enumerate((one for one in parts if one.is_photo), start=1):
            places.append((f"part-{part.pk}", _now("Photograph %(n)s") % {"n": n}))
        for n, part in enumerate((one for one in parts if not one.is_photo), start=1):
            places.append((f"part-{part.pk}", _now("File %(n)s") % {"n": n}))
        self.fields["place"] = forms.ChoiceField(label=_("What the remark is about"), choices=places, required=False)
        if work.text:
            self.fields["quote"] = forms.CharField(label=_("The words, as they stand in the text"), max_length=500, required=False)  # fmt: skip
            self.fields["near"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        if any(one.is_photo for one in parts):
            self.fields["left"], self.fields["top"] = Share(_("From the left, per cent")), Share(_("From the top, per cent"))  # fmt: skip
            self.fields["wide"] = forms.DecimalField(widget=forms.HiddenInput, required=False)
            self.fields["high"] = forms.DecimalField(widget=forms.HiddenInput, required=False)
        if any(not one.is_photo for one in parts):
            self.fields["page"] = forms.IntegerField(label=_("Page of the file"), min_value=1, max_value=5000, required=False)  # fmt: skip
        self.fields["remark"] = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}))  # fmt: skip
        for name in REMARK_FIELDS:
            if name in self.fields:
                asked_together(self.fields[name])
        for one in criteria:
            self.fields[f"level-{one.key}"] = forms.ChoiceField(
                label=one.text, required=whole, widget=forms.RadioSelect,
                help_text=_now("weight %(n)s") % {"n": one.weight} if len(criteria) > 1 else "",
                choices=[(str(level.number), f"{level.points} – {level.text}") for level in one.levels],
            )  # fmt: skip
        self.fields["words"] = forms.CharField(
            label=pgettext_lazy("of a work", "A word to whoever made it"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
        )  # fmt: skip
        if reasoned:
            self.fields["reason"] = forms.CharField(label=_("Why another mark is given"), max_length=300, required=whole)  # fmt: skip

    def _named(self, names: Sequence[str]) -> list[Any]:
        return [self[name] for name in names if name in self.fields]

    def of_remark(self) -> list[Any]:
        return self._named(REMARK_FIELDS)

    def unadded(self) -> bool:
        """Whether it is the remark that is refused."""
        return any(name in self.errors for name in (*REMARK_FIELDS, "near", "wide", "high"))

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of its field; of a remark it is said that it is the remark."""
        found = []
        for name, errors in self.errors.items():
            if name not in self.fields:
                found += [("", str(one)) for one in errors]
                continue
            label = str(self.fields[name].label or _("Remark"))
            if name in (*REMARK_FIELDS, "near", "wide", "high"):
                label = f"{_('Your remark, which is not added yet')} – {label}" if name != "remark" else str(_("Your remark, which is not added yet"))  # fmt: skip
            found += [(str(self[name].auto_id), f"{label}: {one}") for one in errors]
        return found

    def unseen(self) -> list[Any]:
        return self._named(("near", "wide", "high"))

    def of_mark(self) -> list[Any]:
        return self._named((*(f"level-{one.key}" for one in self.criteria), "words", "reason"))

    def levels(self) -> dict[str, int]:
        told = self.cleaned_data
        return {one.key: int(told[f"level-{one.key}"]) for one in self.criteria if told.get(f"level-{one.key}")}
