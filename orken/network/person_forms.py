"""What the pages about a person's record ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.ui.forms import DateField, PersonNameField, RateField, not_far
from orken.network.library_field import LibraryField, library_of
from orken.network.models import Appointment, Post, Unit
from orken.network.policy import Scope
from orken.people import contacts
from orken.people import iin as numbers
from orken.people.models import NAME_FIELDS, TRAIT_FIELDS, DataRequest, Person, PreviousName, Traits
from orken.people.models.person import LANGUAGE_NAMES
from orken.people.reference import consent

UNKNOWN = ("", _("not known"))


class OfPerson(forms.Form):
    """A change of a record that others may change at the same time: it carries what its writer was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class NamesInScripts(forms.Form):
    """A name in the scripts of the three languages, each part for itself."""

    surname_kk = PersonNameField(label=_("Surname in Kazakh"), max_length=100, required=False)
    given_kk = PersonNameField(label=_("Given name in Kazakh"), max_length=100, required=False)
    patronymic_kk = PersonNameField(label=_("Patronymic in Kazakh"), max_length=100, required=False)
    surname_ru = PersonNameField(label=_("Surname in Russian"), max_length=100, required=False)
    given_ru = PersonNameField(label=_("Given name in Russian"), max_length=100, required=False)
    patronymic_ru = PersonNameField(label=_("Patronymic in Russian"), max_length=100, required=False)
    surname_en = PersonNameField(label=_("Surname in Latin letters"), max_length=100, required=False)
    given_en = PersonNameField(label=_("Given name in Latin letters"), max_length=100, required=False)


class PersonNamesForm(OfPerson, NamesInScripts):
    """Change of names: a marriage, a wish, a mistake that is corrected."""

    reason = forms.ChoiceField(
        label=_("Why the name changes"),
        choices=[pair for pair in PreviousName.Reason.choices if pair[0] != PreviousName.Reason.SPELLING],
        widget=forms.RadioSelect,
    )
    on = DateField(label=_("Since when"), help_text=_("The day of the new document."))

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not any(answers.get(f"surname_{code}") or answers.get(f"given_{code}") for code in ("kk", "ru", "en")):
            self.add_error("surname_kk", _("Write a name in at least one language."))
        return answers

    def clean_on(self) -> date:
        return _not_later(self.cleaned_data["on"])


def names_of(answers: dict[str, Any]) -> dict[str, str]:
    """The names of a valid PersonNamesForm, one space between words."""
    return {name: " ".join(answers[name].split()) for name in NAME_FIELDS}


def _not_later(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."), code="later")
    return day


class RecordForm(OfPerson):
    """What is known of a person; every answer may stay empty."""

    birth_on = DateField(label=_("Date of birth"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[*Person.Sex.choices, UNKNOWN], required=False, widget=forms.RadioSelect
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    education = forms.ChoiceField(
        label=_("Education"), choices=[*Traits.Education.choices, UNKNOWN], required=False, widget=forms.RadioSelect
    )
    library_education = forms.TypedChoiceField(
        label=_("Library education"), choices=[("yes", _("yes")), ("no", _("no")), UNKNOWN], required=False,
        widget=forms.RadioSelect, coerce={"yes": True, "no": False}.get, empty_value=None,
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Working languages"), choices=list(LANGUAGE_NAMES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    library_since = DateField(label=_("Works in libraries since"), required=False)
    category = forms.ChoiceField(
        label=_("Qualification category"), choices=[*Traits.Category.choices, UNKNOWN], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    category_level = forms.ChoiceField(
        label=_("Level of qualification"), choices=[*Traits.Level.choices, UNKNOWN], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    category_on = DateField(label=_("Category given on"), required=False)
    attested_on = DateField(label=_("Attested on"), required=False)
    attestation = forms.ChoiceField(
        label=_("Result of the attestation"), choices=[*Traits.Attestation.choices, UNKNOWN], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    on = DateField(
        label=_("Since when"), initial=timezone.localdate,
        help_text=_("The day from which it holds. A correction of a mistake holds from the day of the mistake."),
    )  # fmt: skip

    @staticmethod
    def of(person: Person) -> dict[str, Any]:
        """The answers that stand."""
        return {
            "birth_on": person.birth_on, "sex": person.sex, "phone": person.phone, "email": person.email,
            **{name: getattr(person, name) for name in TRAIT_FIELDS},
            "library_education": {True: "yes", False: "no", None: ""}[person.library_education],
            "languages": [code for code in person.languages.split(",") if code],
        }  # fmt: skip

    def clean_phone(self) -> str:
        given: str = self.cleaned_data["phone"]
        found = contacts.phone(given) if given else ""
        if found is None:
            raise ValidationError(_("This is no telephone number. Write it as +7 701 123 45 67."), code="phone")
        return found

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        for name in ("birth_on", "library_since", "category_on", "attested_on", "on"):
            day = answers.get(name)
            if isinstance(day, date) and day > timezone.localdate():
                self.add_error(name, _("This day has not come yet."))
        born = answers.get("birth_on")
        if isinstance(born, date) and born < date(1900, 1, 1):
            self.add_error("birth_on", _("Nobody on a staff was born so early."))
        return answers

    @property
    def traits(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in TRAIT_FIELDS}
        return {**found, "languages": ",".join(found["languages"])}

    @property
    def contacts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("birth_on", "sex", "phone", "email")}


class NumberForm(OfPerson):
    number = forms.CharField(
        label=_("IIN"), max_length=30, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Twelve digits. It is kept sealed and shown masked; leave the page if she has none."),
    )  # fmt: skip

    def clean_number(self) -> numbers.Iin:
        return number_of(self.cleaned_data["number"])


def number_of(text: str) -> numbers.Iin:
    """An IIN as it was typed. Raises ValidationError with a sentence that says what is wrong."""
    try:
        return numbers.parse(text)
    except numbers.NotAnIin as wrong:
        why = {
            "length": _("An IIN has 12 digits."),
            "digits": _("An IIN has only digits."),
            "check": _("The last digit does not fit the others: one of them is mistyped."),
        }
        raise ValidationError(why[wrong.reason], code=wrong.reason) from wrong


class MovePersonForm(forms.Form):
    """From a post to another on one day."""

    unit = LibraryField()
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), to_field_name="code", empty_label=_("Choose")
    )
    rate = RateField()
    on = DateField(label=_("First day in the new post"), initial=timezone.localdate, validators=[not_far])

    def __init__(self, *args: Any, scope: Scope, row: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        library_of(self).within(scope)
        self.fields["post"].queryset = Post.objects.order_by("code")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["post"].initial, self.fields["rate"].initial = row.post.code, row.rate


class DataRequestForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do you ask for?"), choices=DataRequest.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In your words"), max_length=2000, required=False, widget=forms.Textarea,
        help_text=_("What is wrong, and how it is right."),
    )  # fmt: skip


class DecisionForm(forms.Form):
    grant = forms.TypedChoiceField(
        label=_("Decision"), choices=[("yes", _("grant")), ("no", _("decline"))], widget=forms.RadioSelect,
        coerce={"yes": True, "no": False}.get,
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Answer to her"), max_length=2000, widget=forms.Textarea, help_text=_("She reads it on her page.")
    )


# --- staff lists ---


class ConsentOnPaperForm(forms.Form):
    """A consent that was signed on paper."""

    version = forms.ChoiceField(
        label=_("Version of the text"), choices=[(one, one) for one in consent.TEXTS], initial=consent.CURRENT,
        widget=forms.RadioSelect, help_text=_("It stands at the foot of the printed form."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the paper"), choices=[("kk", LANGUAGE_NAMES["kk"]), ("ru", LANGUAGE_NAMES["ru"])],
        widget=forms.RadioSelect,
    )  # fmt: skip
    signed_on = DateField(label=_("Day of the signature"))
    kept_at = forms.CharField(
        label=_("Where the paper is kept"), max_length=300, help_text=_("For example: personnel folder 4, shelf 2.")
    )

    def clean_signed_on(self) -> date:
        return _not_later(self.cleaned_data["signed_on"])


class StaffUploadForm(forms.Form):
    """A list and the unit that it is of."""

    unit = forms.ChoiceField(label=_("Whose list is it?"))
    file = forms.FileField(label=_("Staff list"), help_text=_("xlsx, ods or csv, up to 10 MB."))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ("country", "region", "regional", "republican", "system", "branch", "college", "university", "archive", "museum", "association", "other")  # fmt: skip
        units = Unit.objects.filter(scope.q(), exists=True, kind__in=kinds).order_by("path")[:800]
        self.fields["unit"].choices = [(unit.code, f"{'  ' * self._depth(unit, scope)}{unit.name}") for unit in units]  # type: ignore[attr-defined]  # a ChoiceField

    @staticmethod
    def _depth(unit: Unit, scope: Scope) -> int:
        top = max((len(path) for path in scope.paths if unit.path.startswith(path)), default=0)
        below: str = unit.path[top:]
        return below.count("/")


class ListDefaultsForm(forms.Form):
    """What rows of a list get that say it nowhere."""

    unit = LibraryField(required=False)
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), to_field_name="code", required=False, empty_label="—"
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        library_of(self).within(Scope((unit.path,)))
        self.fields["post"].queryset = Post.objects.order_by("code")  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def codes(self) -> dict[str, str]:
        return {name: found.code if found else "" for name, found in self.cleaned_data.items()}
