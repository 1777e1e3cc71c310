"""What the pages of the network ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from orken.kit.states import Way
from orken.kit.text.sorting import sort_key
from orken.kit.ui.forms import DateField, NameField, RateField, days_in_parts, not_far
from orken.network import kinds, selectors
from orken.network.library_field import by_region
from orken.network.models import Appointment, Post, Transfer, Unit
from orken.network.policy import Scope
from orken.network.refusals import CODE_OF_OTHERS, NO_TELEPHONE
from orken.network.roles import Role
from orken.people.contacts import are_numbers

SINCE = _("The day from which it holds. A correction of a mistake holds from the day of the mistake.")
LONGEST_TERM = timedelta(days=5 * 366)
code_validator = RegexValidator(r"^[A-Z0-9][A-Z0-9-]{1,38}$", _("Use capital Latin letters, digits and hyphens."))


def telephones(value: str) -> None:
    if not are_numbers(value):
        raise ValidationError(NO_TELEPHONE, code="telephone")


class Revised(forms.Form):
    """A change of something that others may change at the same time.

    `known` are the other facts that the register knows of it, by day: when there are any, the form
    shows them and asks whether the change ends where the next begins or replaces them (decision 0006).
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)
    on = DateField(label=_("Since when"), help_text=SINCE)

    def __init__(self, *args: Any, known: Sequence[tuple[date, object]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = ["on"]
        if len(known) > 1 or any(day > timezone.localdate() for day, _text in known):
            told = "; ".join(f"{date_format(day, 'SHORT_DATE_FORMAT')} – {text}" for day, text in known)
            self.fields["onward"] = forms.BooleanField(
                label=_("It replaces everything after that day"),
                required=False,
                help_text=_(
                    "Known so far: %(facts)s. Without the tick, what you write ends where the next of these begins."
                )
                % {"facts": told},
            )
            last.append("onward")
        self.order_fields([name for name in self.fields if name not in last] + last)


class NamesForm(Revised):
    name_kk = NameField(label=_("Name in Kazakh"), max_length=300)
    name_ru = NameField(label=_("Name in Russian"), max_length=300, required=False)
    name_en = NameField(label=_("Name in English"), max_length=300, required=False)
    short_kk = NameField(label=_("Short name in Kazakh"), max_length=120, required=False)
    short_ru = NameField(label=_("Short name in Russian"), max_length=120, required=False)
    short_en = NameField(label=_("Short name in English"), max_length=120, required=False)


class TraitsForm(Revised):
    locality = forms.ChoiceField(
        label=_("Town or village"),
        choices=[*Unit.Locality.choices, ("", _("not known"))],
        required=False,
        widget=forms.RadioSelect,
    )
    internet = forms.ChoiceField(
        label=_("Line"),
        choices=[*Unit.Internet.choices, ("", _("not known"))],
        required=False,
        widget=forms.RadioSelect,
    )
    city_kk = NameField(label=_("Place in Kazakh"), max_length=100, required=False)
    city_ru = NameField(label=_("Place in Russian"), max_length=100, required=False)
    city_en = NameField(label=_("Place in English"), max_length=100, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False, validators=[telephones])
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)


class MoveForm(Revised):
    """Where a unit belongs: one of those in the mover's scope that may have a unit of its kind, by region."""

    parent = forms.ChoiceField(label=_("Belongs to"))

    def __init__(self, *args: Any, scope: Scope, moved: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["parent"].choices = by_region(_possible_parents(moved, scope))  # type: ignore[attr-defined]  # a ChoiceField

    def clean_parent(self) -> Unit:
        return unit_in(self.scope, self.cleaned_data["parent"])


def _possible_parents(moved: Unit, scope: Scope) -> QuerySet[Unit]:
    units = Unit.objects.filter(scope.q(), exists=True, kind__in=kinds.PARENTS[moved.kind])
    return units.exclude(path__within=moved.path).order_by("sort_kk", "pk")


class CloseForm(Revised):
    pass


def unit_in(scope: Scope, code: str) -> Unit:
    """The unit with this code inside `scope`; a sentence when there is none."""
    unit = Unit.objects.filter(scope.q(), code=code, exists=True).first()
    if unit is None:
        raise ValidationError(_("There is no such unit where you may act. Check the code."), code="unknown")
    return unit


class LineForm(forms.Form):
    """Noting the line of many libraries at once."""

    internet = forms.ChoiceField(label=_("Line"), choices=Unit.Internet.choices, widget=forms.RadioSelect)
    on = DateField(label=_("Since when"), initial=timezone.localdate)


# --- opening a unit, one question a page ---


class KindForm(forms.Form):
    """What kind it is, of those that may stand under the parent."""

    parent = ""  # its kind; a class for each is made by `kind_form`
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds.below(self.parent)  # type: ignore[attr-defined]  # a ChoiceField


def kind_form(parent: str) -> type[KindForm]:
    return type("KindForm", (KindForm,), {"parent": parent})


class NewNamesForm(forms.Form):
    name_kk = NameField(label=_("Name in Kazakh"), max_length=300)
    name_ru = NameField(label=_("Name in Russian"), max_length=300, required=False)
    name_en = NameField(label=_("Name in English"), max_length=300, required=False)


class NewPlaceForm(forms.Form):
    locality = forms.ChoiceField(label=_("Town or village"), choices=Unit.Locality.choices, widget=forms.RadioSelect)
    internet = forms.ChoiceField(
        label=_("Line"),
        choices=[*Unit.Internet.choices, ("", _("not known"))],
        required=False,
        widget=forms.RadioSelect,
    )
    city_kk = NameField(label=_("Place in Kazakh"), max_length=100, required=False)
    city_ru = NameField(label=_("Place in Russian"), max_length=100, required=False)


class NewCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        validators=[code_validator],
        help_text=_("For example, KZ-55-D02-07. It never changes."),
    )
    on = DateField(label=_("Open since"), initial=timezone.localdate)
    under: Unit

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = selectors.next_code(self.under)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Unit.objects.filter(code=code).exists():
            raise ValidationError(_("This code is taken. Choose another."), code="taken")
        region = selectors.region_of_code(code)
        if region is not None and not self.under.path.startswith(region.path):
            raise ValidationError(CODE_OF_OTHERS, code="others", params={"region": region.name})
        return code


def code_form(under: Unit) -> type[NewCodeForm]:
    return type("NewCodeForm", (NewCodeForm,), {"under": under})


# --- staff and roles ---


class FindPersonForm(forms.Form):
    """Whom: asked by name, chosen from those found."""

    q = forms.CharField(
        label=_("Surname and given name"),
        max_length=100,
        help_text=_(
            "Among your people a part is enough. Whoever works elsewhere is found by the whole surname and name."
        ),
    )


class AppointForm(forms.Form):
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), to_field_name="code", empty_label=_("Choose")
    )
    employment = forms.ChoiceField(
        label=_("Employment"),
        choices=Appointment.Employment.choices,
        widget=forms.RadioSelect,
        initial=Appointment.Employment.MAIN,
    )
    rate = RateField()
    on = DateField(label=_("Since when"), initial=timezone.localdate, validators=[not_far])
    until = DateField(label=_("Until when"), required=False, help_text=_("Leave it empty until further notice."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = sorted(Post.objects.all(), key=lambda post: sort_key(post.title))
        field: Any = self.fields["post"]
        field.queryset = Post.objects.all()
        field.choices = [("", _("Choose")), *((post.code, post.title) for post in posts)]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        on, until = answers.get("on"), answers.get("until")
        if isinstance(on, date) and isinstance(until, date) and until <= on:
            self.add_error("until", _("The last day must come after the first."))
        elif isinstance(on, date) and isinstance(until, date) and until > on + LONGEST_TERM:
            self.add_error("until", _("A term of more than five years is most often a mistyped year. Leave it empty."))
        return answers


class TransferForm(AppointForm):
    """What is asked of another side: to which post, as a move or beside the old one, from when and why."""

    kind = forms.ChoiceField(
        label=_("How is she to work here?"), choices=Transfer.Kind.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea,
        help_text=_("Whoever keeps the staff of her library reads it, and she herself."),
    )  # fmt: skip
    field_order = ("kind", "post", "rate", "on", "until", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["employment"]


class AnswerForm(forms.Form):
    """The answer of her side; a refusal says why."""

    way = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea,
        help_text=_("Compulsory when you do not agree. Whoever asked reads it, and she herself."),
    )  # fmt: skip

    def __init__(self, *args: Any, ways: Sequence[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(way.name, way.label) for way in ways]  # type: ignore[attr-defined]  # a ChoiceField
        self._reasoned = {way.name for way in ways if way.needs_reason}

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("way") in self._reasoned and not answers.get("answer", "").strip():
            self.add_error("answer", _("Say why you do not agree."))
        return answers


class EndForm(forms.Form):
    """The first day without a post or a role."""

    on = DateField(label=_("First day without it"), initial=timezone.localdate, validators=[not_far])


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    basis = forms.CharField(label=_("Basis"), max_length=300, help_text=_("Number and date of the order."))
    on = DateField(label=_("Since when"), initial=timezone.localdate)


class OnDayForm(forms.Form):
    """«As of»: the day that is asked about and, when wanted, the day of the knowledge."""

    on = DateField(label=_("As of"), required=False)
    known_at = DateField(label=_("As was known on"), required=False, help_text=_("Empty: as it is known today."))

    @classmethod
    def of_address(cls, query: QueryDict) -> Self:
        """Read from an address: in three parts as the form sends it, or as one ISO day in a link (`?on=2021-11-24`)."""
        return cls(days_in_parts(query, ("on", "known_at")))


class UploadForm(forms.Form):
    file = forms.FileField(label=_("Table"), help_text=_("xlsx, ods or csv, up to 10 MB."))
