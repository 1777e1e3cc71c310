"""Small forms of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES
from orken.kit.ui.forms import DateField, needed_later, not_far
from orken.newsroom.checking import Remark
from orken.newsroom.services.pictures import WORDS
from orken.newsroom.site import FIELDS

IN = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}


def _text(value: str) -> str:
    """Paragraphs apart by an empty line, whatever line ends the browser sent."""
    lines = [" ".join(line.split()) for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n\n".join(line for line in lines if line)


class LanguageForm(forms.Form):
    """The words of one language."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, language: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.language = language
        self.fields[f"title_{language}"] = forms.CharField(
            label=_("Headline"), max_length=300, required=False, widget=forms.Textarea({"rows": 2, "lang": language})
        )
        self.fields[f"lead_{language}"] = forms.CharField(
            label=_("First paragraph"),
            max_length=3000,
            required=False,
            widget=forms.Textarea({"rows": 4, "lang": language}),
        )
        if language == "kk":  # news appear in Kazakh first
            for part in ("title", "lead"):
                needed_later(self.fields[f"{part}_kk"], _("needed before it is sent"))
        self.fields[f"body_{language}"] = forms.CharField(
            label=_("Text"), help_text=_("An empty line begins a new paragraph."), max_length=20_000, required=False,
            widget=forms.Textarea({"rows": 14, "lang": language}),
        )  # fmt: skip
        self.fields["insisted"] = forms.CharField(
            label=_("Why the text is right and the facts are not"), max_length=500, required=False,
            help_text=_("Only where the text contradicts the facts and is right all the same. Whoever lets the news out reads it."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in (f"title_{self.language}", f"lead_{self.language}"):
            cleaned[name] = " ".join(str(cleaned.get(name, "")).split())
        cleaned[f"body_{self.language}"] = _text(str(cleaned.get(f"body_{self.language}", "")))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        return {
            f"{part}_{self.language}": self.cleaned_data[f"{part}_{self.language}"]
            for part in ("title", "lead", "body")
        }


class ReasonForm(forms.Form):
    """Why it is given back or put away."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


class ApproveForm(forms.Form):
    """Now, or on a day at an hour."""

    day = DateField(
        label=_("The day on which it appears"), required=False, help_text=_("Empty: at once."), validators=[not_far]
    )
    hour = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TextInput({"inputmode": "numeric", "placeholder": "9:00"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("hour") and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", ValidationError(_("Give the day of this hour."), code="day"))
        if cleaned.get("day") and self.moment is not None and self.moment <= timezone.now():
            self.add_error(
                "day",
                ValidationError(_("This moment is over. Leave the day empty to let it out at once."), code="past"),
            )
        return cleaned

    @property
    def moment(self) -> datetime | None:
        day = self.cleaned_data.get("day")
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, self.cleaned_data.get("hour") or time(9, 0)))


class PictureForm(forms.Form):
    """A picture, told in words in three languages."""

    picture = forms.FileField(label=_("Picture"), help_text=_("JPEG, PNG, WebP or TIFF, 15 MB at most."))

    def __init__(self, data: Any = None, files: Any = None, *, described: bool = False, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        if described:
            del self.fields["picture"]
        for name in WORDS:
            part, _line, code = name.partition("_")
            label = _("What is seen, %(language)s") if part == "alt" else _("Caption, %(language)s")
            self.fields[name] = forms.CharField(
                label=label % {"language": IN[code]}, max_length=300, required=name == "alt_kk", widget=forms.TextInput({"lang": code}),
                help_text=_("For those who do not see the picture.") if name == "alt_kk" else "",
            )  # fmt: skip

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORDS}


class CorrectionForm(forms.Form):
    """Three languages at once, with the note that readers see."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for code in LANGUAGES:
            need = code == "kk"
            for part, label, rows in (
                ("title", _("Headline, %(language)s"), 2),
                ("lead", _("First paragraph, %(language)s"), 4),
                ("body", _("Text, %(language)s"), 10),
            ):
                self.fields[f"{part}_{code}"] = forms.CharField(
                    label=label % {"language": IN[code]}, required=need and part != "body", max_length={"title": 300, "lead": 3000, "body": 20_000}[part],
                    widget=forms.Textarea({"rows": rows, "lang": code}),
                )  # fmt: skip
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("What was corrected, %(language)s") % {"language": IN[code]}, required=need, max_length=500, widget=forms.TextInput({"lang": code}),
                help_text=_("Readers see it under the text.") if need else "",
            )  # fmt: skip

        self.fields["insisted"] = forms.CharField(
            label=_("Why the text is right and the facts are not"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}),
            help_text=_("Only where the text contradicts the facts. Stays with the news."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code in LANGUAGES:
            cleaned[f"body_{code}"] = _text(str(cleaned.get(f"body_{code}", "")))
        return cleaned

    def hold(self, remarks: Iterable[Remark]) -> None:
        """Say of each contradiction what stands there and what the facts say."""
        for one in remarks:
            self.add_error(None, ValidationError(_("“%(stands)s”: the facts say “%(says)s”."), params={"stands": one.stands, "says": one.says}, code="facts"))  # fmt: skip
        self.add_error("insisted", ValidationError(_("Mend the text, or say here why it is right."), code="facts"))


class PageForm(forms.Form):
    """A page of the site in three languages; each is wanted."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in FIELDS:
            part, _line, code = name.partition("_")
            label = (_("Headline, %(language)s") if part == "title" else _("Text, %(language)s")) % {
                "language": IN[code]
            }
            widget = forms.TextInput({"lang": code}) if part == "title" else forms.Textarea({"rows": 8, "lang": code})
            self.fields[name] = forms.CharField(
                label=label, max_length=200 if part == "title" else 20_000, widget=widget
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code in LANGUAGES:
            cleaned[f"body_{code}"] = _text(str(cleaned.get(f"body_{code}", "")))
        return cleaned


class SearchForm(forms.Form):
    """A part of the name of what was held."""

    q = forms.CharField(label=_("What was held"), required=False, max_length=100)
