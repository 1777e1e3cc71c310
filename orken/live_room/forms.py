"""Forms of the live room's pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.live_room import providers, who
from orken.live_room.models import Room
from orken.meetings.models import Guest
from orken.people.models import Person
from orken.training.models import Session


class RoomForm(forms.Form):
    """How the room works."""

    provider = forms.ChoiceField(label=_("Picture and sound"), widget=forms.RadioSelect)
    address = forms.URLField(
        label=_("Address of the meeting elsewhere"), required=False, max_length=500, assume_scheme="https", error_messages={"invalid": _("The address begins with https://.")},
        help_text=_("Begins with https://. Shown only to whoever was let in."),
    )  # fmt: skip
    lobby = forms.BooleanField(label=_("Everybody waits until a moderator lets them in"), required=False)
    holds_questions = forms.BooleanField(label=_("A moderator looks at questions before the room sees them"), required=False)  # fmt: skip
    chat_open = forms.BooleanField(label=_("The chat is open"), required=False)
    slow_seconds = forms.IntegerField(label=_("Seconds between two lines of one person in the chat"), min_value=0, max_value=600)  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["provider"]
        assert isinstance(field, forms.ChoiceField), "it has choices"
        field.choices = [(one.name, one.label) for one in providers.all_of()]

    @classmethod
    def of(cls, room: Room, data: Any = None) -> RoomForm:
        return cls(data, initial={name: getattr(room, name) for name in cls.base_fields})


class PollForm(forms.Form):
    """A poll: its question and answers in the languages known, a line for each answer."""

    text_kk = forms.CharField(label=_("Question in Kazakh"), max_length=300, required=False)
    text_ru = forms.CharField(label=_("Question in Russian"), max_length=300, required=False)
    text_en = forms.CharField(label=_("Question in English"), max_length=300, required=False)
    options_kk = forms.CharField(label=_("Answers in Kazakh"), widget=forms.Textarea, required=False, help_text=_("One a line, two to ten; the same order in each language."))  # fmt: skip
    options_ru = forms.CharField(label=_("Answers in Russian"), widget=forms.Textarea, required=False)
    options_en = forms.CharField(label=_("Answers in English"), widget=forms.Textarea, required=False)
    anonymous = forms.BooleanField(
        label=_("Anonymous"), required=False, initial=True,
        help_text=_("It is kept who has answered and how often each answer was chosen, and nothing that joins the two."),
    )  # fmt: skip
    many = forms.BooleanField(label=_("More than one answer may be chosen"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"text_{code}") for code in ("kk", "ru", "en")):
            self.add_error("text_kk", _("Write the question in one language at the least."))
        lengths = {len(lines) for code in ("kk", "ru", "en") if (lines := self.lines(code))}
        if len(lengths) > 1:
            self.add_error("options_kk", _("The answers are not the same number in each language."))
        elif not lengths or not 2 <= max(lengths) <= 10:
            self.add_error("options_kk", _("A poll needs two to ten answers to choose from."))
        return data

    def lines(self, code: str) -> list[str]:
        return [line.strip() for line in self.cleaned_data.get(f"options_{code}", "").splitlines() if line.strip()]

    @property
    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code in ("kk", "ru", "en")}

    @property
    def options(self) -> list[dict[str, str]]:
        by_language = {code: self.lines(code) for code in ("kk", "ru", "en")}
        count = max(map(len, by_language.values()))
        return [{code: lines[n] for code, lines in by_language.items() if lines} for n in range(count)]


class SpanForm(forms.Form):
    """From when till when, on the day of the session."""

    begins = forms.TimeField(label=pgettext_lazy("an hour", "From"), widget=forms.TimeInput({"type": "time"}))
    ends = forms.TimeField(label=pgettext_lazy("an hour", "Till"), widget=forms.TimeInput({"type": "time"}))
    text = forms.CharField(label=_("What happened"), max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        for name, at in (
            ("begins", session.starts_at),
            ("ends", min(session.ends_at, max(session.starts_at, timezone.now()))),
        ):
            self.fields[name].initial = f"{timezone.localtime(at):%H:%M}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("begins") and data.get("ends"):
            if data["begins"] >= data["ends"]:
                self.add_error("ends", _("The end must lie after the beginning."))
            elif self.moment("begins") < self.session.starts_at or self.moment("ends") > self.session.ends_at:
                self.add_error("begins", _("The time must lie inside the session, its end after its beginning."))
        return data

    def moment(self, name: str) -> datetime:
        day = timezone.localdate(self.session.starts_at)
        return timezone.make_aware(datetime.combine(day, self.cleaned_data[name]))


class ByHandForm(SpanForm):
    """An interval added by hand."""

    person = forms.ChoiceField(label=_("Who"))
    text = forms.CharField(label=_("Why it is added by hand"), max_length=300)

    def __init__(self, *args: Any, people: Sequence[Person], guests: Sequence[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.them: dict[str, Person | Guest] = {str(one.pk): one for one in people} | {
            f"g{one.pk}": one for one in guests
        }
        named = [(str(one.pk), one.full_name()) for one in people]
        outside = [(f"g{one.pk}", who.called(one)) for one in guests]
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField), "people to choose from"
        field.choices = [("", _("Choose")), *named, *([(_("Guests from outside"), outside)] if outside else [])]
        self.order_fields(["person", "begins", "ends", "text"])

    def clean_person(self) -> Person | Guest:
        return self.them[self.cleaned_data["person"]]


class DecideForm(forms.Form):
    """The answer to an appeal."""

    grants = forms.TypedChoiceField(
        label=_("Decision"), choices=[("yes", _("Grant: the time is added")), ("no", _("Refuse"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    answer = forms.CharField(label=_("Answer; she reads it"), max_length=500)
