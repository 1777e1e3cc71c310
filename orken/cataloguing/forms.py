"""What the pages of the school ask."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from orken.cataloguing import codecs
from orken.cataloguing.models import PROFILES, ProfileRow
from orken.cataloguing.states import HELD_MARK, TEACHER
from orken.cataloguing.tasks import material

ALL_BOOKS = "all"
MOST_AGAIN = 200_000  # bytes of a file that the page carries along to read it again
AUTO = ("", _("recognise it"))
ENCODINGS = [AUTO, *((code, name) for code, name in codecs.ENCODINGS.items())]
PROFILE_CHOICES = [AUTO, *PROFILES]
TEXT = forms.Textarea(
    attrs={"class": "code", "rows": 12, "spellcheck": "false", "autocomplete": "off", "autocapitalize": "off"}
)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "code", "rows": rows, "spellcheck": "false", "autocapitalize": "off"})


class RecordForm(forms.Form):
    """A record: pasted or in a file."""

    text = forms.CharField(
        label=_("Record as text"),
        help_text=_(
            "Lines like “=245  10$aTitle” or “200 1# $aTitle”, MARCXML, JSON or ISO 2709, as your program gives them."
        ),
        required=False,
        widget=_area(12),
        strip=False,
    )
    file = forms.FileField(label=_("or a file"), required=False, help_text=_("mrc, iso, xml, json or mrk, up to 5 MB."))
    profile = forms.ChoiceField(label=_("Format"), choices=PROFILE_CHOICES, required=False)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=ENCODINGS, required=False)
    # The bytes of the file that was sent before, to be read again in another encoding.
    again = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_AGAIN * 4 // 3 + 8)

    def clean_again(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["again"], validate=True)
        except ValueError:
            return b""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("file") and not found.get("again") and not (found.get("text") or "").strip():
            raise ValidationError(_("Paste a record or choose a file."))
        return found


class ComparedForm(forms.Form):
    """Two records to lay side by side."""

    first = forms.CharField(label=_("The first record"), widget=_area(9), required=False, strip=False)
    first_file = forms.FileField(label=_("or its file"), required=False)
    second = forms.CharField(label=_("The second record"), widget=_area(9), required=False, strip=False)
    second_file = forms.FileField(label=_("or its file"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name, error in (("first", _("Give the first record.")), ("second", _("Give the second record."))):
            if not found.get(f"{name}_file") and not (found.get(name) or "").strip():
                self.add_error(name, error)
        return found


class GradedForm(forms.Form):
    """A record to grade, and the experts: those of a book of the school, or one's own."""

    text = forms.CharField(
        label=_("The record to grade"),
        help_text=_(
            "Several records at once are graded one by one, each against the experts who described the same book."
        ),
        widget=_area(10),
        required=False,
        strip=False,
    )
    file = forms.FileField(label=_("or its file"), required=False)
    book = forms.ChoiceField(label=_("Experts of the school"), required=False)
    experts = forms.CharField(
        label=_("or your own experts' records"),
        help_text=_("One to five records of the same book, one under another or with an empty line between them."),
        widget=_area(8),
        required=False,
        strip=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        books = [(one.code, one.experts[0].title) for one in material.books()]
        field = self.fields["book"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("choose a book")), (ALL_BOOKS, _("all books: found by number or title")), *books]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("file") and not (found.get("text") or "").strip():
            self.add_error("text", _("Paste the record or choose its file."))
        if not found.get("book") and not (found.get("experts") or "").strip():
            self.add_error("book", _("Choose a book of the school or give the experts' records."))
        return found


class AnswerForm(forms.Form):
    """A learner's record of a book of the school."""

    text = forms.CharField(label=_("Your record"), widget=_area(16), strip=False)
    format = forms.ChoiceField(label=_("Format"), choices=PROFILES[:2])


class SendForm(AnswerForm):
    """A record that a teacher is to look at, with the learner's words."""

    words = forms.CharField(label=_("Words to the teacher"), required=False, max_length=1000)


class DecisionForm(forms.Form):
    """What a teacher says of a mark that waits."""

    way = forms.ChoiceField(
        label=_("Decision"),
        choices=[(way.name, way.label) for way in HELD_MARK.ways if way.actor == TEACHER],
        widget=forms.RadioSelect,
    )
    final = forms.DecimalField(
        label=_("The mark instead"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=1,
        max_digits=4,
        localize=True,  # a comma, as it is written here
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    answer = forms.CharField(
        label=_("Words to the learner"),
        help_text=_("Needed when the mark changes; she reads them."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("way") == "change":
            if found.get("final") is None and "final" not in self.errors:
                self.add_error("final", _("Say which mark it is to be, 0 to 100."))
            if not (found.get("answer") or "").strip():
                self.add_error("answer", _("Say why: she reads it."))
        return found


class CatalogueFileForm(forms.Form):
    """A file of a library's own catalogue."""

    file = forms.FileField(label=_("File of the catalogue"), help_text=_("mrc, iso, xml, json or mrk, up to 100 MB."))
    profile = forms.ChoiceField(label=_("Format"), choices=PROFILE_CHOICES, required=False)
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=ENCODINGS,
        required=False,
        help_text=_("Left to us, it is recognised by the letters; the report says which it was."),
    )


class RowForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """One row of KAZMARC."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ProfileRow
        error_messages = {NON_FIELD_ERRORS: {"unique_together": _("There is a row for this already. Change that one.")}}
        fields = ["tag", "code", "name_kk", "name_ru", "name_en", "used", "mandatory", "repeatable", "values", "source"]
        labels = {
            "tag": _("Tag"),
            "code": _("Part of the field"),
            "name_kk": _("Name in Kazakh"),
            "name_ru": _("Name in Russian"),
            "name_en": _("Name in English"),
            "used": _("It is in the format"),
            "mandatory": _("Mandatory"),
            "repeatable": _("May repeat"),
            "values": _("Allowed values of the indicator"),
            "source": _("Document and place"),
        }
        help_texts = {
            "tag": _("For example 200"),
            "code": _("Empty for the field itself; a letter for a subfield; ind1 or ind2 for an indicator."),
            "used": _("Take the tick away for what UNIMARC has and KAZMARC has not."),
            "values": _("One after another, # for blank: “01#”."),
            "source": _("The order, edition and page where it stands: without a source nothing is written here."),
        }

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().lower().lstrip("$")
        if code and code not in ("ind1", "ind2") and not (len(code) == 1 and code.isascii() and code.isalnum()):
            raise ValidationError(_("A letter, a digit, ind1, ind2 or nothing."))
        return code

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if str(found.get("code", "")).startswith("ind") and not found.get("values"):
            self.add_error("values", _("Say which values the indicator may have."))
        return found
