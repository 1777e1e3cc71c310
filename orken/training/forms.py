"""What the pages of the training office ask."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import Programme
from orken.kit.i18n.content import current_language
from orken.kit.i18n.dates import short_date
from orken.kit.text.quotes import quoted
from orken.kit.ui.forms import DateField, chosen_word, needed_later
from orken.network.country_fields import AnyLibrary, AnyUnit
from orken.network.models import Unit
from orken.people.models import Person
from orken.training.models import CostLine, Room, Run, Session

FAR, LONGEST = timedelta(days=3 * 366), timedelta(days=366)
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]


class WhatForm(forms.Form):
    """What is held: a programme, or a meeting with a title of its own."""

    kind = forms.ChoiceField(label=_("What kind of run is it?"), choices=Run.Kind.choices)
    programme = forms.ChoiceField(
        label=_("Programme"), required=False, help_text=_("The run pins the version that is published today.")
    )
    title_kk = forms.CharField(
        label=_("Title in Kazakh"),
        max_length=300,
        required=False,
        help_text=_("Leave it empty to take the programme's own."),
    )
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Programme.objects.filter(published__isnull=False).select_related("published").order_by("code")
        choices = [("", _("without a programme")), *((one.code, f"{one.code} · {one.published}") for one in found)]
        self.fields["programme"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        needed_later(self.fields["title_kk"], _("needed without a programme"))

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not answers.get("programme") and not answers.get("title_kk"):
            self.add_error("title_kk", _("Without a programme the run needs a title in Kazakh."))
        return answers


class WhenForm(forms.Form):
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    apply_until = DateField(label=_("Applications are taken until"))
    confirm_by = DateField(
        label=_("To be confirmed by"),
        required=False,
        help_text=_("On this day it is decided whether enough people come. You are reminded."),
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        first, last, until = answers.get("starts_on"), answers.get("ends_on"), answers.get("apply_until")
        if first and first < timezone.localdate() and first != self.initial.get("starts_on"):
            self.add_error("starts_on", _("This day is over."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        if first and first > timezone.localdate() + FAR:
            self.add_error("starts_on", _("This day is more than three years ahead. Check the year."))
        elif first and last and last > first + LONGEST:
            self.add_error("ends_on", _("A run lasts at most a year. Check the year."))
        if until and last and until > last:
            self.add_error("apply_until", _("Applications end before the run is over."))
        return answers


class WhereForm(forms.Form):
    form = forms.ChoiceField(label=_("Form of learning"), choices=Run.Form.choices)
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    place = AnyLibrary(label=_("The library where it is held"), required=False)
    link = forms.URLField(label=_("Link to the room"), required=False, assume_scheme="https")


class SeatsForm(forms.Form):
    code = forms.RegexField(r"^[A-Z0-9][A-Z0-9-]{1,38}$", label=_("Code of the run"), max_length=40, help_text=_("Capital Latin letters, digits and hyphens, for example PVL-2026-07."),
                            error_messages={"invalid": _("Use capital Latin letters, digits and hyphens.")})  # fmt: skip
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=5000)
    minimum = forms.IntegerField(label=_("At least so many people"), min_value=1, max_value=5000, initial=1)
    deciding = forms.ChoiceField(
        label=_("How are seats given?"),
        choices=Run.Deciding.choices,
        widget=forms.RadioSelect,
        initial=Run.Deciding.REVIEWED,
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Run.objects.filter(code=code).exists():
            raise ValidationError(_("This code is taken."))
        return code

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("minimum", 1) > answers.get("capacity", 5000):
            self.add_error("minimum", _("It is more than the seats."))
        return answers


class ChangeForm(WhenForm, WhereForm):
    """Everything that is told of a run, on one page for those who know it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=300)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    minimum = forms.IntegerField(label=_("At least so many people"), min_value=1, max_value=5000)
    moves_by_itself = forms.BooleanField(label=_("The waiting list moves by itself"), required=False)
    field_order = ("revision", "title_kk", "title_ru", "title_en", "starts_on", "ends_on", "apply_until", "confirm_by", "form", "languages", "place", "link", "minimum", "moves_by_itself")  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is shown to everybody whom it concerns."),
    )

    def clean_reason(self) -> str:
        return " ".join(str(self.cleaned_data["reason"]).split())


class NoteForm(ReasonForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is known of it. She, her library and the organiser read this."),
    )


class WithdrawForm(ReasonForm):
    reason = forms.CharField(
        label=_("Why are you not coming?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The seat goes to whoever waits. Your head and the organiser read this."),
    )


class ShareForm(forms.Form):
    unit = AnyUnit(label=_("For which region, district or library?"))
    seats = forms.IntegerField(
        label=_("Seats"), min_value=0, max_value=5000, help_text=_("Nothing (0) gives all of them back.")
    )
    release_on = DateField(
        label=_("On which day do free seats go up?"),
        required=False,
        help_text=_("Free seats then go to the pool above and at last to everybody."),
    )

    def clean_release_on(self) -> date | None:
        day: date | None = self.cleaned_data["release_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over."))
        return day


class CapacityForm(forms.Form):
    seats = forms.IntegerField(label=_("Seats in all"), min_value=1, max_value=5000)


class SessionForm(forms.Form):
    sequence = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = DateField(label=pgettext_lazy("of a session", "Day"))
    from_time = forms.TimeField(
        label=pgettext_lazy("of a session", "From"),
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "09:00", "inputmode": "numeric"}),
    )
    to_time = forms.TimeField(
        label=pgettext_lazy("of a session", "To"),
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "10:30", "inputmode": "numeric"}),
    )
    title_kk = forms.CharField(label=_("Topic in Kazakh"), max_length=300)
    title_ru = forms.CharField(label=_("Topic in Russian"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Topic in English"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices)
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), required=False, empty_label=_("without a room"))
    trainers = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Trainers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [run.host_id, *([run.place_id] if run.place_id else []), *run.stops.values_list("unit", flat=True)]
        self.fields["room"].queryset = Room.objects.filter(unit__in=units).order_by("name_kk")  # type: ignore[attr-defined]
        self.fields["trainers"].queryset = Person.objects.filter(taught_runs__run=run).exclude(taught_runs__state="declined").order_by("sort_kk")  # type: ignore[attr-defined]  # fmt: skip
        if not self.fields["trainers"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["trainers"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("from_time") and answers.get("to_time") and answers["to_time"] <= answers["from_time"]:
            self.add_error("to_time", _("It ends before it begins."))
        return answers

    def moments(self) -> tuple[datetime, datetime]:
        """Begin and end in the country's time."""
        on: date = self.cleaned_data["on"]
        return tuple(timezone.make_aware(datetime.combine(on, self.cleaned_data[name])) for name in ("from_time", "to_time"))  # type: ignore[return-value]  # fmt: skip


class MoveForm(forms.Form):
    """A session dragged or moved by the arrows: its new begin, its length stays."""

    starts_at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M"])
    sequence = forms.IntegerField()


class RoomForm(forms.Form):
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=100)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=100, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=5000)


class TengeField(forms.IntegerField):
    """A sum as people write it: «1 200 000» is one number, whatever stands between its thousands."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


class CostForm(forms.Form):
    # A list always has an answer: without this one an untouched line would count as begun.
    kind = forms.ChoiceField(label=_("Kind"), choices=CostLine.Kind.choices, initial=CostLine.Kind.TRAVEL)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    estimate = TengeField(label=_("Estimate, tenge"), min_value=0, max_value=10**9)
    actual = TengeField(label=_("Actual, tenge"), min_value=0, max_value=10**9, required=False)


class StopForm(forms.Form):
    unit = AnyLibrary(label=_("Library"))
    starts_on = DateField(label=_("First day"), help_text="")
    ends_on = DateField(label=_("Last day"), help_text="")

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return answers


class CoHostForm(forms.Form):
    unit = AnyLibrary(label=_("Co-host"))


CoHosts = forms.formset_factory(CoHostForm, extra=2, can_delete=True, max_num=20)
CostLines = forms.formset_factory(CostForm, extra=2, can_delete=True, max_num=50)
Stops = forms.formset_factory(StopForm, extra=2, can_delete=True, max_num=30)


class FindForm(forms.Form):
    q = forms.CharField(label=_("Surname or given name"), max_length=100)


class CalendarForm(forms.Form):
    """The filters of the calendar; each may be left out."""

    q = forms.CharField(label=_("Words of the title"), required=False, max_length=100)
    school = forms.ChoiceField(label=_("School or host"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *Run.Kind.choices])
    form = forms.ChoiceField(label=_("Form of learning"), required=False, choices=[("", _("Any")), *Run.Form.choices])
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("Any")), *LANGUAGES])
    since = DateField(label=_("From"), required=False, help_text="")
    until = DateField(label=pgettext_lazy("a day", "Until"), required=False, help_text="")
    free = forms.BooleanField(label=_("Only with free seats"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = Unit.objects.filter(runs__isnull=False).distinct().order_by("sort_kk")
        regions = Unit.objects.filter(kind=Unit.Kind.REGION, exists=True).order_by("sort_kk")
        for name, units in (("school", hosts), ("region", regions)):
            self.fields[name].choices = [("", _("Any")), *((unit.code, unit.name) for unit in units)]  # type: ignore[attr-defined]

    @property
    def days(self) -> list[BoundField]:
        """From which day, until which: drawn beside each other."""
        return [self["since"], self["until"]]

    @property
    def chosen(self) -> list[str]:
        """What is asked for, in the words of the answers: a phone shows this line and the filters behind it."""
        answers: dict[str, Any] = getattr(self, "cleaned_data", {})
        found = []
        for name, field in self.fields.items():
            answer = answers.get(name)
            if not answer:
                continue
            if isinstance(field, forms.ChoiceField):
                found.append(chosen_word(field, answer))
            elif isinstance(answer, date):
                found.append(f"{field.label}: {short_date(answer)}")
            else:
                found.append(str(field.label) if answer is True else quoted(str(answer), current_language()))
        return found
