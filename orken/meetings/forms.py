"""What the pages of meetings ask."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.ui.forms import DateField, PersonNameField
from orken.meetings.models import Look, Meeting, Section, Slot, Speaker, Talk, TalkFile
from orken.network.country_fields import AnyLibrary, AnyUnit
from orken.people.models import Person
from orken.training.models import Run, Session


def _area(label: Any, rows: int = 4, length: int = 4000, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.Textarea({"rows": rows}), **more
    )


class AboutForm(forms.Form):
    """On which occasion it is held, and what talks are called for."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    occasion_unit = AnyUnit(label=_("Whose anniversary is it?"), required=False, help_text=_("Leave it empty when there is none."))  # fmt: skip
    occasion_years = forms.IntegerField(label=_("Which anniversary?"), min_value=1, max_value=1000, required=False)
    occasion_kk = forms.CharField(label=_("The occasion in Kazakh"), max_length=300, required=False, help_text=_("In the dative, as a programme says it: “кітапхананың 125 жылдығына”."))  # fmt: skip
    occasion_ru = forms.CharField(label=_("The occasion in Russian"), max_length=300, required=False, help_text=_("In the dative: “125-летию библиотеки”."))  # fmt: skip
    occasion_en = forms.CharField(label=_("The occasion in English"), max_length=300, required=False)
    call_until = DateField(label=_("Talks are taken until"), required=False, help_text=_("Leave it empty when only invited talks are held."))  # fmt: skip
    call_kk = _area(_("What the call asks for, in Kazakh"))
    call_ru = _area(_("What the call asks for, in Russian"))
    call_en = _area(_("What the call asks for, in English"))

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("occasion_years") and not answers.get("occasion_unit") and "occasion_unit" not in self.errors:
            self.add_error("occasion_unit", _("Say whose anniversary it is."))
        if answers.get("occasion_unit") and not answers.get("occasion_years") and "occasion_years" not in self.errors:
            self.add_error("occasion_years", _("Say which anniversary it is."))
        until = answers.get("call_until")
        if until and not answers.get("call_kk"):
            self.add_error("call_kk", _("Say in Kazakh what the call asks for."))
        if until and until >= self.run.starts_on:
            self.add_error("call_until", _("The call ends before the meeting begins."))
        if until and until < timezone.localdate() and until != self.initial.get("call_until"):
            self.add_error("call_until", _("This day is over: nobody could propose a talk."))
        return answers


class TalkForm(forms.Form):
    """A talk in the languages known; at least one title."""

    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=400, required=False)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=400, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    spoken = forms.ChoiceField(label=_("In which language is it given?"), choices=Talk.Spoken.choices)
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=600, initial=15)
    abstract_kk = _area(_("Abstract in Kazakh"))
    abstract_ru = _area(_("Abstract in Russian"))
    abstract_en = _area(_("Abstract in English"))

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not any(answers.get(f"title_{code}") for code in ("kk", "ru", "en")):
            self.add_error("title_kk", _("Give the title in at least one language. The programme needs it in Kazakh."))
        return answers


class ProposeForm(TalkForm):
    press = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, longest: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def clean_minutes(self) -> int:
        """No talk is longer than a session of the meeting."""
        minutes: int = self.cleaned_data["minutes"]
        if self.longest and minutes > self.longest:
            raise forms.ValidationError(
                _("A session of this meeting lasts at most %(n)s minutes.") % {"n": self.longest}
            )
        return minutes


class ChangeTalkForm(TalkForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class GivenByForm(forms.Form):
    """Who gives a talk, of those who stand in the programme."""

    speakers = forms.ModelMultipleChoiceField(
        Speaker.objects.none(), label=_("Who gives it?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Somebody who is not here yet is named on the page of speakers first."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speakers"].queryset = Speaker.objects.filter(meeting=meeting.pk).order_by("pk")  # type: ignore[attr-defined]  # a ModelChoiceField


class InvitedTalkForm(GivenByForm, TalkForm):
    field_order = ("speakers",)


class DeskTalkForm(GivenByForm, ChangeTalkForm):
    field_order = ("revision", "speakers")


class LookForm(forms.Form):
    verdict = forms.ChoiceField(label=_("What do you think of it?"), choices=Look.Verdict.choices, widget=forms.RadioSelect)  # fmt: skip
    remark = _area(_("Remark for the speaker"), help_text=_("She reads it; your name is not shown."))
    inner = _area(_("Remark for the organisers"), help_text=_("Only those who look at proposals read it."))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}), help_text=_("It is shown to everybody whom it concerns."),
    )  # fmt: skip


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("PDF, PowerPoint, OpenDocument, Word or a picture, at most 30 MB."))  # fmt: skip
    kind = forms.ChoiceField(label=_("What is it?"), choices=TalkFile.Kind.choices)


class SpeakerForm(forms.Form):
    """Somebody whom the staff register does not know, or whose words of the day are put right."""

    surname_kk = PersonNameField(label=_("Surname in Kazakh"), max_length=100, required=False)
    given_kk = PersonNameField(label=_("Given name in Kazakh"), max_length=100, required=False)
    patronymic_kk = PersonNameField(label=_("Patronymic in Kazakh"), max_length=100, required=False)
    surname_ru = PersonNameField(label=_("Surname in Russian"), max_length=100, required=False)
    given_ru = PersonNameField(label=_("Given name in Russian"), max_length=100, required=False)
    patronymic_ru = PersonNameField(label=_("Patronymic in Russian"), max_length=100, required=False)
    surname_en = PersonNameField(label=_("Surname in Latin letters"), max_length=100, required=False)
    given_en = PersonNameField(label=_("Given name in Latin letters"), max_length=100, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("not known")), *Person.Sex.choices], required=False, help_text=_("Languages ask for it: “выступил” or “выступила”."))  # fmt: skip
    position_kk = forms.CharField(label=_("Position in Kazakh"), max_length=300, required=False)
    position_ru = forms.CharField(label=_("Position in Russian"), max_length=300, required=False)
    position_en = forms.CharField(label=_("Position in English"), max_length=300, required=False)
    unit = AnyLibrary(label=_("Library of the network"), required=False, help_text=_("Its name of the meeting's day is taken. Leave it empty for another institution."))  # fmt: skip
    institution_kk = forms.CharField(label=_("Institution in Kazakh"), max_length=300, required=False)
    institution_ru = forms.CharField(label=_("Institution in Russian"), max_length=300, required=False)
    institution_en = forms.CharField(label=_("Institution in English"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The personal link goes there when you ask.")
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not any(answers.get(f"surname_{code}") for code in ("kk", "ru", "en")) and not self.errors:
            self.add_error("surname_kk", _("Give the surname in at least one alphabet."))
        return answers


class AnswerForm(forms.Form):
    """What a speaker says of herself."""

    comes = forms.ChoiceField(
        label=_("Do you speak?"), choices=[("yes", pgettext_lazy("answer of a speaker", "Yes, I speak")), ("no", pgettext_lazy("answer of a speaker", "No, I cannot"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    consent = forms.ChoiceField(
        label=_("May your talk be recorded and shown afterwards?"),
        choices=[("yes", pgettext_lazy("consent to a recording", "Yes")), ("no", pgettext_lazy("consent to a recording", "No, only live"))],
        widget=forms.RadioSelect, help_text=_("You may change your word at any time; what was shown is then taken away."),
    )  # fmt: skip

    def __init__(self, *args: Any, over: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if over:  # whether she spoke is no longer hers to say
            del self.fields["comes"]

    @property
    def said(self) -> bool | None:
        """Whether she speaks; None when it is not asked."""
        return self.cleaned_data["comes"] == "yes" if "comes" in self.fields else None


class SectionForm(forms.Form):
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    moderators = forms.ModelMultipleChoiceField(
        Speaker.objects.none(), label=_("Who moderates?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Somebody who is not here yet is named on the page of speakers first."),
    )  # fmt: skip
    sessions = forms.ModelMultipleChoiceField(
        Session.objects.none(),
        label=_("Which sessions are its own?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, section: Section | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.section = meeting, section
        self.fields["moderators"].queryset = Speaker.objects.filter(meeting=meeting.pk).order_by("pk")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["sessions"].queryset = Session.objects.filter(run=meeting.pk, cancelled_at=None)  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_title_kk(self) -> str:
        title = str(self.cleaned_data["title_kk"])
        twins = Section.objects.filter(meeting=self.meeting.pk, title_kk=title)
        if (twins.exclude(pk=self.section.pk) if self.section else twins).exists():
            raise forms.ValidationError(_("There is a section of this title already."))
        return title


class SlotForm(forms.Form):
    """Where a talk stands, or what else stands there."""

    session = forms.ModelChoiceField(Session.objects.none(), label=_("In which session?"), empty_label=None)
    from_time = forms.TimeField(label=pgettext_lazy("of a place in the programme", "From"), widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "10:20", "inputmode": "numeric"}))  # fmt: skip
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=600, initial=15)
    talk = forms.ModelChoiceField(Talk.objects.none(), label=_("Talk"), required=False, empty_label=_("no talk, but:"))
    kind = forms.ChoiceField(
        label=_("What stands there when it is no talk"), choices=[(value, label) for value, label in Slot.Kind.choices if value != "talk"],
        required=False, initial=Slot.Kind.DISCUSSION,
    )  # fmt: skip
    title_kk = forms.CharField(label=_("Its title in Kazakh"), max_length=300, required=False, help_text=_("Left empty it is called by its kind."))  # fmt: skip
    title_ru = forms.CharField(label=_("Its title in Russian"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Its title in English"), max_length=300, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = Session.objects.filter(run=meeting.pk, cancelled_at=None).order_by("starts_at")
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["session"].label_from_instance = _said  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["talk"].queryset = Talk.objects.filter(meeting=meeting.pk, state=Talk.State.ACCEPTED)  # type: ignore[attr-defined]  # a ModelChoiceField

    def starts_at(self) -> datetime:
        """The moment in the country's time, on the day of the session."""
        session: Session = self.cleaned_data["session"]
        at: time = self.cleaned_data["from_time"]
        return timezone.make_aware(datetime.combine(timezone.localdate(session.starts_at), at))


def _said(session: Session) -> str:
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return f"{begins:%d.%m.%Y %H:%M}–{ends:%H:%M} · {session.title}"


class ReleaseForm(forms.Form):
    note = forms.CharField(label=_("What has changed, in a sentence"), max_length=300, required=False, help_text=_("Everybody reads it beside the version."))  # fmt: skip


class ListForm(forms.Form):
    """Which libraries are put on the list."""

    unit = AnyUnit(label=_("Region, system or library"))
    which = forms.ChoiceField(
        label=_("Which of them?"), widget=forms.RadioSelect, initial="itself",
        choices=[
            ("itself", _("the unit itself")), ("regional", _("republican and regional libraries under it")),
            ("systems", _("these and the centralised systems")), ("branches", _("every library under it")),
        ],
    )  # fmt: skip


class OutsiderForm(forms.Form):
    """A body that the network does not know."""

    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=300)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    city_kk = forms.CharField(label=_("Town or village in Kazakh"), max_length=100, required=False)
    city_ru = forms.CharField(label=_("Town or village in Russian"), max_length=100, required=False)
    city_en = forms.CharField(label=_("Town or village in English"), max_length=100, required=False)
    contact = forms.CharField(label=_("Contact person"), max_length=200, required=False)
    reach = forms.CharField(label=_("Telephone or e-mail of the contact"), max_length=200, required=False)


class InstitutionForm(forms.Form):
    delegation = forms.IntegerField(label=_("How many people does it send?"), min_value=0, max_value=5000, required=False)  # fmt: skip
    headcount = forms.IntegerField(label=_("How many sat in its room?"), min_value=0, max_value=5000, required=False, help_text=_("Those who watched together and signed in as nobody; those with seats are counted by the attendance sheet."))  # fmt: skip
    contact = forms.CharField(label=_("Contact person"), max_length=200, required=False)
    reach = forms.CharField(label=_("Telephone or e-mail of the contact"), max_length=200, required=False)


class InvitationForm(forms.Form):
    """A library's answer."""

    comes = forms.ChoiceField(
        label=_("Does your library take part?"), choices=[("yes", pgettext_lazy("answer of a library", "Yes")), ("no", pgettext_lazy("answer of a library", "No"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    delegation = forms.IntegerField(label=_("With how many people?"), min_value=1, max_value=5000, required=False)
    contact = forms.CharField(label=_("Contact person"), max_length=200, required=False)
    reach = forms.CharField(label=_("Telephone or e-mail of the contact"), max_length=200, required=False)
    reason = forms.CharField(label=_("If not: why?"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("comes") == "yes" and not answers.get("delegation") and "delegation" not in self.errors:
            self.add_error("delegation", _("Say with how many people."))
        if answers.get("comes") == "no" and not answers.get("reason"):
            self.add_error("reason", _("Say why, in a few words."))
        return answers


class HeadcountForm(forms.Form):
    headcount = forms.IntegerField(label=_("How many sat in your room?"), min_value=0, max_value=5000, required=False, help_text=_("Those who watched together and signed in as nobody."))  # fmt: skip


class GuestForm(forms.Form):
    name = PersonNameField(label=_("Surname and given name"), max_length=200)
    institution = forms.CharField(label=_("Institution"), max_length=300, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("The link goes there. Without an address you hand it over yourself."))  # fmt: skip


class FindForm(forms.Form):
    q = forms.CharField(label=_("Surname or given name"), max_length=100)
