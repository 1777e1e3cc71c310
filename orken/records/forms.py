"""What the pages of papers ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.ui.forms import DateField
from orken.records.models import Delivery, Paper
from orken.records.wording import KIND_FIELDS, LETTERHEAD_FIELDS, SIGNATORIES, SIGNATORY_FIELDS


class RegisterForm(forms.Form):
    """The date of the paper and who signs it."""

    on = DateField(label=_("Date of the paper"))
    signatory = forms.TypedChoiceField(label=_("Who signs it"), coerce=int, empty_value=None, required=False)

    def __init__(self, data: Any = None, *, signatories: list[dict[str, str]], language: str) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})
        code = "kk" if language == "kk" else "ru"
        field = self.fields["signatory"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (place, " ".join(filter(None, (one[f"post_{code}"], one[f"name_{code}"]))))
            for place, one in enumerate(signatories)
        ]


class SignForm(forms.Form):
    """That the printed paper was signed by hand: by whom, when, with its scan."""

    signatory_kk = forms.CharField(label=_("Who signed, in Kazakh: post and name"), max_length=300)
    signatory_ru = forms.CharField(label=_("Who signed, in Russian: post and name"), max_length=300)
    on = DateField(label=_("Signed on"))
    scan = forms.FileField(
        label=_("Scan of the signed paper"), help_text=_("PDF, JPEG, PNG or WebP, up to 20 MB"),
        widget=forms.ClearableFileInput({"accept": "application/pdf,image/*"}),
    )  # fmt: skip

    @staticmethod
    def start(paper: Paper) -> dict[str, Any]:
        """Whoever the paper itself names as its signatory."""
        (first, *_others) = paper.data["signatories"]
        found = {
            f"signatory_{code}": ", ".join(filter(None, (first["post"][code], first["name"][code])))
            for code in ("kk", "ru")
        }
        return {**found, "on": timezone.localdate()}


class CmsForm(forms.Form):
    """A detached signature over the PDF of the paper."""

    signature = forms.FileField(
        label=_("Signature file (.p7s or .cms)"), help_text=_("Made over the PDF of this paper, apart from it, up to 1 MB")
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class DeliveryForm(forms.Form):
    """A line of the hand-over journal."""

    to = forms.CharField(label=_("To whom"), max_length=300)
    way = forms.ChoiceField(label=_("Way of delivery"), choices=Delivery.Way.choices)
    on = DateField(label=_("Date"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


LABELS = {
    "heading_kk": _("Name on the letterhead, in Kazakh"), "heading_ru": _("Name on the letterhead, in Russian"),
    "details_kk": _("Address and telephones, in Kazakh"), "details_ru": _("Address and telephones, in Russian"),
    "place_kk": _("Town, in Kazakh"), "place_ru": _("Town, in Russian"),
    "preamble_kk": _("Before the points, in Kazakh"), "preamble_ru": _("Before the points, in Russian"),
    "closing_kk": _("The last point, in Kazakh"), "closing_ru": _("The last point, in Russian"),
    "post_kk": _("Post, in Kazakh"), "post_ru": _("Post, in Russian"), "name_kk": _("Name, in Kazakh"), "name_ru": _("Name, in Russian"),
}  # fmt: skip
LENGTHS = {"heading": 300, "details": 300, "place": 100, "preamble": 600, "closing": 600, "post": 200, "name": 200}


def _field(name: str) -> forms.CharField:
    base = name.removesuffix("_kk").removesuffix("_ru")
    long = base in ("heading", "details", "preamble", "closing")
    widget: forms.Widget = forms.Textarea({"rows": 2}) if long else forms.TextInput()
    return forms.CharField(label=LABELS[name], max_length=LENGTHS[base], required=base == "heading", widget=widget)


class WordsForm(forms.Form):
    """The words of an issuer: of its letterhead with whoever signs, or of a kind of paper. Both languages, or neither."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, kind: str, start: dict[str, Any], seen: int) -> None:
        super().__init__(data, initial={"seen": seen, **start})
        self.kind = kind
        for name in KIND_FIELDS if kind else LETTERHEAD_FIELDS:
            self.fields[name] = _field(name)
        if not kind:
            signs = start.get("signatories", [])
            for place in range(1, SIGNATORIES + 1):
                for name in SIGNATORY_FIELDS:
                    field = _field(name)
                    field.label = _("%(what)s (signatory %(n)s)") % {"what": LABELS[name], "n": place}
                    field.initial = signs[place - 1].get(name, "") if place <= len(signs) else ""
                    self.fields[f"s{place}_{name}"] = field

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in list(self.fields):
            if name.endswith("_kk"):
                other = f"{name.removesuffix('_kk')}_ru"
                if bool(said.get(name)) != bool(said.get(other)):
                    self.add_error(other if said.get(name) else name, _("Write it in both languages, or in neither."))
        if not self.kind and not any(said.get(f"s{place}_post_kk") for place in range(1, SIGNATORIES + 1)):
            self.add_error("s1_post_kk", _("Somebody has to sign: write at least one post."))
        return said

    def words(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.kind:
            return {name: said[name] for name in KIND_FIELDS}
        signs = [{name: said[f"s{place}_{name}"] for name in SIGNATORY_FIELDS} for place in range(1, SIGNATORIES + 1)]
        return {name: said[name] for name in LETTERHEAD_FIELDS} | {"signatories": [one for one in signs if one["post_kk"]]}  # fmt: skip


def told(words: dict[str, Any], kind: str) -> list[tuple[Any, str]]:
    """The words of a version line by line, so that two versions can be compared."""
    names = KIND_FIELDS if kind else LETTERHEAD_FIELDS
    found = [(LABELS[name], str(words.get(name, ""))) for name in names if words.get(name)]
    for one in words.get("signatories", []):
        said = [" ".join(filter(None, (one[f"post_{code}"], one[f"name_{code}"]))) for code in ("kk", "ru")]
        found.append((_("Signatory"), " / ".join(dict.fromkeys(said))))
    return found
