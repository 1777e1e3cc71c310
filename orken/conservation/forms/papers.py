"""What the pages of passports and climate ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.conservation.models import Item, Passport, PassportDamage, RuleReview
from orken.conservation.treatment import FACTS, MATERIALS, STEPS
from orken.conservation.vocabulary import DAMAGES, SEVERITIES
from orken.conservation.vocabulary.climate import NORM_SETS
from orken.kit.ui.forms import DateField
from orken.network.library_field import LibraryField, library_of
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.network.selectors import staff_today
from orken.people.models import Person

Text = Any  # a text or a lazy one; the stubs of forms and of translation name it differently
Choices = Sequence[tuple[str, Any]]
COLUMNS, ROWS = "ABCDEFGH", 10
CELL = re.compile(r"\s*([A-Ha-h])\s*(10|[1-9])(?:\s*[-–—:]\s*([A-Ha-h])\s*(10|[1-9]))?\s*")


def _text(label: Text, most: int, *, required: bool = False, hint: Text = "", lines: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


def _choice(
    label: Text, pairs: Choices, *, required: bool = True, radio: bool = False, hint: Text = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=pairs, required=required, help_text=hint, widget=forms.RadioSelect if radio else forms.Select
    )  # fmt: skip


class Revised(forms.Form):
    """A change of a draft that others may change at the same time."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class OfLibrary(forms.Form):
    """Asks first whose it is: a library within the writer's scope, by its name."""

    unit = LibraryField()

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        library_of(self).within(scope)
        self.order_fields(["unit"])


class ItemFields(forms.Form):
    title = _text(_("Title"), 300, required=True)
    shelfmark = _text(_("Shelfmark"), 100, required=True)
    inventory = _text(_("Inventory number"), 100)
    dated = _text(_("Date of the document"), 60, hint=_("As it stands on it, or about: “1913”, “late 19th century”."))
    kind = _choice(_("Kind of document"), Item.Kind.choices)
    script = _choice(_("Script"), Item.Script.choices)
    owner = _text(_("Owner"), 200, hint=_("When it is not the library itself."))


class NewPassportForm(OfLibrary, ItemFields):
    """An item and whose it is; one inventory number has one passport."""

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        unit, inventory = answers.get("unit"), answers.get("inventory")
        if unit and inventory and Item.objects.filter(unit=unit, inventory=inventory).exists():
            self.add_error("inventory", _("An item with this inventory number has a passport already."))
        return answers


class ItemForm(ItemFields, Revised):
    pass


class DescriptionForm(Revised):
    support = _choice(_("Support"), Passport.Support.choices)
    height_mm = forms.IntegerField(label=_("Height, mm"), min_value=1, max_value=5000)
    width_mm = forms.IntegerField(label=_("Width, mm"), min_value=1, max_value=5000)
    leaves = forms.IntegerField(label=_("Leaves"), min_value=1, max_value=20000, required=False)
    binding = _choice(_("Binding"), Passport.Binding.choices)
    anatomy = _text(_("Anatomy of the binding"), 2000, lines=3, hint=_("Sewing, spine, boards, endpapers, clasps."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not an attribute of the class: forms have a `media` of their own.
        media = [(key, str(words)) for key, words in FACTS["media"].values.items()]
        self.fields["media"] = forms.MultipleChoiceField(
            label=_("Media"), choices=media, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["revision", "support", "media"])


class ExaminationForm(Revised):
    purpose = _choice(_("Purpose"), Passport.Purpose.choices)
    examined_on = DateField(label=_("Examined on"))
    light = _text(_("Light"), 100, hint=_("Day, raking, ultraviolet, transmitted."))
    instruments = _text(_("Instruments"), 200, hint=_("Magnifier, pH strips, thickness gauge."))
    mentor = forms.ChoiceField(label=_("Mentor"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.fields["mentor"].choices = [("", "—"), *((key, one.full_name()) for key, one in self.people.items())]  # type: ignore[attr-defined]

    def clean_mentor(self) -> Person | None:
        return self.people.get(self.cleaned_data["mentor"])

    def clean_examined_on(self) -> date:
        day: date = self.cleaned_data["examined_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day


class TestsForm(Revised):
    ph = forms.DecimalField(label="pH", min_value=1, max_value=13, decimal_places=1, required=False, localize=True, help_text=_("Under 5.0 critical, 5.0–6.4 acid, from 6.5 near neutral."))  # fmt: skip
    ph_place = _text(_("How and where it was measured"), 100, hint=_("Strip, pen or electrode; margin of leaf 3."))
    iron = _choice(_("Iron(II) test"), Passport.Iron.choices, required=False)
    solubility = _text(_("Solubility of the media"), 2000, lines=3, hint=_("Each medium: water, ethanol; what moved."))
    hazard = _choice(_("Hazard"), Passport.Hazard.choices, radio=True)


class DecisionForm(Revised):
    object_class = _choice(_("Class of the object"), Passport.Class.choices, radio=True, hint=_("You may set it worse than the damages say, never better."))  # fmt: skip
    access = _choice(_("Access"), Passport.Access.choices, radio=True)
    decision = _text(_("Reasons"), 2000, lines=3)


class StorageForm(Revised):
    norm_set = _choice(_("Climate norms"), [])
    enclosure = _choice(_("Enclosure"), Passport.Enclosure.choices, required=False)
    place = _text(_("Place of storage"), 200)
    previous = _text(_("Earlier treatments"), 2000, lines=3)
    next_on = DateField(label=_("Next inspection"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["norm_set"].choices = norm_choices()  # type: ignore[attr-defined]


def norm_choices() -> list[tuple[str, str]]:
    return [(one.code, f"{one.name} · {one.source}") for one in NORM_SETS]


class ProposalForm(Revised):
    """The steps in order, a line each; empty lines are left out."""

    LINES = 20

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [
            ("", "—"),
            *(
                (step.id, f"{step.id} · {step.name} ({step.level.value})")
                for step in STEPS.values()
                if step.id[0] == "T"
            ),
        ]
        materials = [("", "—"), *((one.code, str(one.name)) for one in MATERIALS.values() if not one.forbidden)]
        for line in range(1, self.LINES + 1):
            self.fields[f"step_{line}"] = forms.ChoiceField(
                label=_("Step %(n)s") % {"n": line}, choices=steps, required=False
            )
            self.fields[f"material_{line}"] = forms.ChoiceField(
                label=_("Material of step %(n)s") % {"n": line}, choices=materials, required=False
            )

    @property
    def lines(self) -> list[tuple[int, Any, Any]]:
        filled = max([line for line in range(1, self.LINES + 1) if self[f"step_{line}"].value()], default=0)
        return [
            (line, self[f"step_{line}"], self[f"material_{line}"]) for line in range(1, min(self.LINES, filled + 5) + 1)
        ]

    @staticmethod
    def initial_of(passport: Passport) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for line, one in enumerate(passport.proposal, start=1):
            found[f"step_{line}"], found[f"material_{line}"] = one.get("id"), one.get("material", "")
        return found

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        chosen: list[dict[str, str]] = []
        for line in range(1, self.LINES + 1):
            step, material = answers.get(f"step_{line}"), answers.get(f"material_{line}") or ""
            if not step:
                continue
            if material and step not in MATERIALS[material].steps:
                self.add_error(f"material_{line}", _("This material does not belong to this step."))
            chosen.append({"id": step, **({"material": material} if material else {})})
        answers["proposal"] = chosen
        return answers


class DamageForm(forms.Form):
    code = _choice(_("Damage"), [])
    severity = forms.TypedChoiceField(label=_("Severity"), choices=[], coerce=int, widget=forms.RadioSelect)
    leaf = _text(_("Leaf"), 60, hint=_("“12”, “12–15”, “front endpaper”."))
    side = _choice(_("Side"), PassportDamage.Side.choices)
    zone = _text(_("Zone"), 100, hint=_("“Lower outer corner”, “gutter”, “through the text”."))
    size_mm = _text(_("Size, mm"), 60, hint=_("Length, or height × width."))
    extent = _choice(_("Share of the leaf"), PassportDamage.Extent.choices, radio=True)
    cause = _text(_("Cause"), 200)
    active = forms.BooleanField(
        label=_("It goes on: active mould, live insects, ink that eats the paper"), required=False
    )
    cells = _text(_("Place on the overview"), 9, hint=_("By the grid: “B3”, or “B3-D5” from corner to corner. Columns A–H, rows 1–10."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in DAMAGES:
            groups.setdefault(str(one.group.words), []).append((one.code, str(one)))
        self.fields["code"].choices = [("", "—"), *groups.items()]  # type: ignore[attr-defined]
        self.fields["severity"].choices = [(n, f"{n} · {one.name}: {one.anchor}") for n, one in SEVERITIES.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        cells = answers.pop("cells", "")
        if not cells:
            answers |= {"x": None, "y": None, "w": None, "h": None}
            return answers
        box = box_of(cells)
        if box is None:
            self.add_error("cells", _("Write a cell of the grid, for example B3 or B3-D5."))
        else:
            answers |= dict(zip("xywh", box, strict=True))
        return answers

    @staticmethod
    def initial_of(damage: PassportDamage) -> dict[str, Any]:
        fields = ("code", "severity", "leaf", "side", "zone", "size_mm", "extent", "cause", "active")
        return {name: getattr(damage, name) for name in fields} | {"cells": cells_of(damage)}


def box_of(cells: str) -> tuple[float, float, float, float] | None:
    """«B3-D5» as x, y, width and height in per cent of the picture."""
    found = CELL.fullmatch(cells)
    if not found:
        return None
    columns = sorted(COLUMNS.index(letter.upper()) for letter in (found[1], found[3] or found[1]))
    rows = sorted(int(number) - 1 for number in (found[2], found[4] or found[2]))
    side, line = 100 / len(COLUMNS), 100 / ROWS
    return (columns[0] * side, rows[0] * line, (columns[1] - columns[0] + 1) * side, (rows[1] - rows[0] + 1) * line)


def cells_of(damage: PassportDamage) -> str:
    """The cells that a box covers."""
    if damage.x is None or damage.y is None or damage.w is None or damage.h is None:
        return ""
    side, line = 100 / len(COLUMNS), 100 / ROWS
    left, top = int(damage.x // side), int(damage.y // line)
    right, bottom = int((damage.x + damage.w - 0.01) // side), int((damage.y + damage.h - 0.01) // line)
    first = f"{COLUMNS[min(left, 7)]}{min(top, 9) + 1}"
    last = f"{COLUMNS[min(right, 7)]}{min(bottom, 9) + 1}"
    return first if first == last else f"{first}-{last}"


class PictureForm(forms.Form):
    picture = forms.FileField(label=_("Overview picture"), help_text=_("JPEG, PNG, WebP or TIFF. Place and time of the camera are taken off."))  # fmt: skip


SECTION_FORMS: dict[str, type[Revised]] = {
    "description": DescriptionForm,
    "examination": ExaminationForm,
    "tests": TestsForm,
    "decision": DecisionForm,
    "proposal": ProposalForm,
    "storage": StorageForm,
}
SECTION_TITLES: dict[str, str | Promise] = {
    "description": _("Description"),
    "examination": _("Examination"),
    "tests": _("Tests"),
    "decision": _("Class and access"),
    "proposal": _("Proposal"),
    "storage": _("Storage"),
}


def people_of(unit: Unit) -> list[Person]:
    """The staff of the unit today: from whom a mentor is chosen."""
    rows = staff_today().filter(unit=unit).select_related("person")
    return sorted({row.person for row in rows}, key=lambda person: person.sort_kk)


class RuleForm(forms.Form):
    """A decision on a rule: which standing it gets, and why."""

    status = forms.CharField(max_length=10, widget=forms.HiddenInput)
    why = _text(_("Reason, and who was asked"), 500, required=True, lines=3)

    def clean_status(self) -> str:
        said: str = self.cleaned_data["status"]
        if said not in RuleReview.Status.values:
            raise ValidationError(_("Choose one of the two."))
        return said


# --- climate ---


class RoomForm(forms.Form):
    name_kk = _text(_("Name in Kazakh"), 120, required=True)
    name_ru = _text(_("Name in Russian"), 120)
    name_en = _text(_("Name in English"), 120)
    norm_set = _choice(_("Climate norms"), [], hint=_("The set that your institution chose. Each names its source."))
    device = _text(_("Instrument"), 100, hint=_("Its name and number."))
    calibrated_on = DateField(label=_("Calibrated on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["norm_set"].choices = norm_choices()  # type: ignore[attr-defined]


class NewRoomForm(OfLibrary, RoomForm):
    """A room and whose it is."""


class ReadingForm(forms.Form):
    """One reading as she reads it off the instrument."""

    on = DateField(label=_("Day"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    temperature = forms.DecimalField(
        label=_("Temperature, °C"), min_value=-40, max_value=80, decimal_places=1, localize=True
    )
    humidity = forms.DecimalField(
        label=_("Relative humidity, %"), min_value=0, max_value=100, decimal_places=1, localize=True
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("on") and answers.get("time"):
            at = datetime.combine(answers["on"], answers["time"])
            if at > timezone.localtime().replace(tzinfo=None):
                self.add_error("on", _("This moment has not come yet."))
            answers["at"] = at
        return answers


class LogForm(forms.Form):
    file = forms.FileField(label=_("File of the logger"), help_text=_("csv or xlsx with columns of time, temperature and humidity."))  # fmt: skip
