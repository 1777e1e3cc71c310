"""What is asked of somebody who is new to the system, one thing a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.text.sorting import sort_key
from orken.kit.ui.forms import DateField, RateField, not_far
from orken.network.library_field import NO_LIBRARIES, LibraryField, library_of
from orken.network.models import Appointment, Post, Unit
from orken.network.person_forms import NamesInScripts, number_of
from orken.network.persons import Alike
from orken.network.policy import Scope
from orken.people import contacts
from orken.people import iin as numbers
from orken.people.models import NAME_FIELDS, Person
from orken.people.services.record import NewPerson

OLDEST = date(1900, 1, 1)
ANOTHER = "another"


class Asked(forms.Form):
    """A page of the walk; `unit` is the library that she was begun from, `found` those who may be her."""

    def __init__(self, *args: Any, unit: Unit, scope: Scope, found: Sequence[Alike] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.scope, self.found = unit, scope, found


class NamesForm(Asked, NamesInScripts):
    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        whole = [code for code in ("kk", "ru") if answers.get(f"surname_{code}") and answers.get(f"given_{code}")]
        if not whole and not self.errors:
            self.add_error("surname_kk", _("Write surname and given name whole, in Kazakh or in Russian."))
        return answers


class BirthForm(Asked):
    birth_on = DateField(label=_("Date of birth"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, widget=forms.RadioSelect)

    def clean_birth_on(self) -> date:
        day: date = self.cleaned_data["birth_on"]
        if day >= timezone.localdate():
            raise ValidationError(_("This day has not come yet."), code="later")
        if day < OLDEST:
            raise ValidationError(_("Nobody on a staff was born so early."), code="early")
        return day


class NumberForm(Asked):
    number = forms.CharField(
        label=_("IIN"), max_length=20, required=False,
        help_text=_("Twelve digits. Without it she is added too; it can be noted later."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_number(self) -> numbers.Iin | None:
        given: str = self.cleaned_data["number"].strip()
        return number_of(given) if given else None


class ContactsForm(Asked):
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean_phone(self) -> str:
        given: str = self.cleaned_data["phone"]
        found = contacts.phone(given) if given else ""
        if found is None:
            raise ValidationError(_("This is no telephone number. Write it as +7 701 123 45 67."), code="phone")
        return found

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PostForm(Asked):
    unit_code = LibraryField()
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), to_field_name="code", empty_label=_("Choose")
    )
    employment = forms.ChoiceField(
        label=_("Employment"), choices=Appointment.Employment.choices, widget=forms.RadioSelect,
        initial=Appointment.Employment.MAIN,
    )  # fmt: skip
    rate = RateField()
    on = DateField(label=_("Since when"), initial=timezone.localdate, validators=[not_far])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        library = library_of(self, "unit_code")
        library.within(self.scope)
        library.initial = "" if self.unit.kind in NO_LIBRARIES else self.unit.code
        field: Any = self.fields["post"]
        field.queryset = Post.objects.all()
        posts = sorted(field.queryset, key=lambda post: sort_key(post.title))
        field.choices = [("", _("Choose")), *((post.code, post.title) for post in posts)]


class AlikeForm(Asked):
    """She has looked at those who may be the same; the answer holds for exactly those whom she was shown."""

    another = forms.ChoiceField(
        label=_("Is she one of them?"), widget=forms.RadioSelect,
        choices=[(ANOTHER, _("No, she is another person"))],
        error_messages={"required": _("Look at each of them. If one is her, press “This is her”; else say that she is another.")},
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.shown

    @property
    def shown(self) -> str:
        return "-".join(str(pk) for pk in sorted(one.candidate.person.pk for one in self.found))

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("another") and answers.get("seen") != self.shown:
            self.data = {**self.data, "seen": self.shown}  # the next answer is about those who are shown now
            self.add_error("another", _("Others were found meanwhile. Look once more."))
        return answers


def new_person(answers: dict[str, Any]) -> NewPerson:
    """The person out of the answers of the walk; what is not answered yet is not known."""
    return NewPerson(
        names={name: answers.get(name, "") for name in NAME_FIELDS},
        birth_on=answers.get("birth_on"), sex=answers.get("sex", ""), phone=answers.get("phone", ""),
        email=answers.get("email", ""), number=answers.get("number"),
    )  # fmt: skip
