"""What the pages of recordings and proceedings ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import LANGUAGES
from orken.meetings.models import Talk
from orken.proceedings import chapters as parts
from orken.proceedings import vtt
from orken.proceedings.chapters import Chapter
from orken.proceedings.models import LONGEST, Recording
from orken.proceedings.vtt import Cue
from orken.training.models import Run, Session

LARGEST_CAPTIONS = 2 * 1024 * 1024
SESSION, TALK = "s", "t"


class LengthField(forms.CharField):
    """A length like «12:30» or «1:02:30», in seconds."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = parts.seconds_of(text)
        if not found or found > LONGEST:
            raise forms.ValidationError(_("Write it like 12:30 or 1:02:30."))
        return found


class RecordingForm(forms.Form):
    """Of what it is, where it is, how long, in which language, for whom."""

    of = forms.ChoiceField(label=_("What is recorded?"))
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("MP4, WebM, MP3, OGG or WAV, at most 1 GB. It is played on the page."),
    )  # fmt: skip
    address = forms.URLField(
        label=_("Or the address where it is kept"), required=False, assume_scheme="https", max_length=500,
        help_text=_("The page of another service, beginning with https://. What is watched there is not counted."),
    )  # fmt: skip
    length = LengthField(label=_("How long is it?"), max_length=10, help_text=_("Like 12:30 or 1:02:30."))
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=300, required=False, help_text=_("Leave the titles empty to take those of the programme."))  # fmt: skip
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    begins_at = forms.TimeField(
        label=_("When was the recording begun?"), required=False, widget=forms.TimeInput({"type": "time"}),
        help_text=_("Of a session: the chapters follow from its programme."),
    )  # fmt: skip
    spoken = forms.ChoiceField(label=_("Language"), choices=Recording.Spoken.choices)
    audience = forms.ChoiceField(label=_("Who may watch it?"), choices=Recording.Audience.choices)

    def __init__(self, *args: Any, run: Run, recording: Recording | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run, self.recording = run, recording
        self.sessions = {one.pk: one for one in Session.objects.filter(run=run, cancelled_at=None)}
        self.talks = {one.pk: one for one in Talk.objects.filter(meeting=run.pk, state=Talk.State.ACCEPTED)}
        self.fields["of"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            *((f"{TALK}{one.pk}", one.title) for one in self.talks.values()),
            *((f"{SESSION}{one.pk}", _("The whole session: %(title)s") % {"title": one.title}) for one in self.sessions.values()),
        ]  # fmt: skip
        if not self.initial.get("spoken"):  # the run has several languages: nobody knows but who was there
            self.fields["spoken"].choices = [("", _("Choose")), *Recording.Spoken.choices]  # type: ignore[attr-defined]  # a ChoiceField
        if recording is not None:
            del self.fields["file"]
            if recording.file_id:
                del self.fields["address"]

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if address and not address.startswith("https://"):
            raise forms.ValidationError(_("The address begins with https://."))
        return address

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if (
            "file" in self.fields
            and bool(answers.get("file")) == bool(answers.get("address"))
            and "address" not in self.errors
        ):
            self.add_error("file", _("Give either a file or an address."))
        if (
            self.recording is not None
            and "address" in self.fields
            and not answers.get("address")
            and "address" not in self.errors
        ):
            self.add_error("address", _("Give the address where it is kept."))
        return answers

    def values(self) -> dict[str, Any]:
        """As the verbs take them; titles that are left empty are those of the programme."""
        answers = self.cleaned_data
        kind, key = answers["of"][0], int(answers["of"][1:])
        row: Any = self.talks[key] if kind == TALK else self.sessions[key]
        titles = {f"title_{code}": answers[f"title_{code}"] for code in LANGUAGES}
        if not any(titles.values()):
            titles = {f"title_{code}": getattr(row, f"title_{code}")[:300] for code in LANGUAGES}
        titles["title_kk"] = titles["title_kk"] or titles["title_ru"] or titles["title_en"]
        begins = None
        if kind == SESSION and answers.get("begins_at") is not None:
            day = timezone.localtime(row.starts_at).date()
            begins = timezone.make_aware(datetime.combine(day, answers["begins_at"]))
        return {
            **titles, "session": row if kind == SESSION else None, "talk": row if kind == TALK else None, "seconds": answers["length"],
            "begins_at": begins, "spoken": answers["spoken"], "audience": answers["audience"],
            **({"address": answers["address"]} if "address" in answers else {}),
        }  # fmt: skip


class ChangeForm(RecordingForm):
    """The same of one that is there, with its chapters."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    chapters = forms.CharField(
        label=_("Chapters"), required=False, max_length=20000, widget=forms.Textarea({"rows": 8, "class": "num"}),
        help_text=_("A line for each: the time and the title, like “12:30 Opening”."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        length = answers.get("length")
        if length and "chapters" in answers:
            try:
                known = self.recording.chapters if self.recording else ()
                answers["chapters"] = parts.read(answers["chapters"], length=length, known=known)
            except parts.Misread as wrong:
                self.add_error("chapters", str(wrong))
        return answers

    @property
    def read(self) -> list[Chapter]:
        return list(self.cleaned_data["chapters"])


class CaptionsForm(forms.Form):
    """Captions of one language: a file, or typed."""

    language = forms.ChoiceField(label=_("Language"), choices=Recording.Spoken.choices)
    file = forms.FileField(label=_("File with captions"), required=False, help_text=_("WebVTT or SubRip."))
    text = forms.CharField(
        label=_("Or write them here"), required=False, max_length=LARGEST_CAPTIONS, widget=forms.Textarea({"rows": 10}),
        help_text=_("00:00:05.000 --> 00:00:09.000, and below it what is said."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        upload, text = answers.get("file"), answers.get("text") or ""
        if upload is not None:
            if upload.size > LARGEST_CAPTIONS:
                self.add_error("file", _("The file is too large for captions."))
                return answers
            try:
                text = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not UTF-8. Save it as UTF-8 and send it again."))
                return answers
        if not text.strip():
            self.add_error("file", _("Send a file or write the captions."))
            return answers
        try:
            answers["cues"] = vtt.read(text)
        except vtt.Misread as wrong:
            self.add_error("file" if upload is not None else "text", str(wrong))
        return answers

    @property
    def cues(self) -> list[Cue]:
        return list(self.cleaned_data["cues"])


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}), help_text=_("It is kept with the recording."))  # fmt: skip


class SummaryForm(forms.Form):
    """What was asked and answered, in the organiser's words."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    summary_kk = forms.CharField(label=pgettext_lazy("of proceedings", "Summary in Kazakh"), required=False, max_length=10000, widget=forms.Textarea({"rows": 5}))  # fmt: skip
    summary_ru = forms.CharField(label=pgettext_lazy("of proceedings", "Summary in Russian"), required=False, max_length=10000, widget=forms.Textarea({"rows": 5}))  # fmt: skip
    summary_en = forms.CharField(label=pgettext_lazy("of proceedings", "Summary in English"), required=False, max_length=10000, widget=forms.Textarea({"rows": 5}))  # fmt: skip


class NoteForm(forms.Form):
    note = forms.CharField(label=_("What does this volume correct?"), max_length=300, required=False)
