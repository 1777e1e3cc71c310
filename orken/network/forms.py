"""What the pages of the network ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from orken.kit.text.sorting import sort_key
from orken.kit.ui.forms import DateField, NameField
from orken.network import kinds
from orken.network.models import Appointment, Post, Unit
from orken.network.policy import Scope
from orken.network.roles import Role

SINCE = _("The day from which it holds. A correction of a mistake holds from the day of the mistake.")
code_validator = RegexValidator(r"^[A-Z0-9][A-Z0-9-]{1,38}$", _("Use capital Latin letters, digits and hyphens."))


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
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class ParentField(forms.CharField):
    """A unit of the mover's scope, named by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        code: str = super().clean(value).strip().upper()
        return code


class MoveForm(Revised):
    parent = ParentField(
        label=_("Code of the new parent"), help_text=_("It stands on the page of every unit and in the list.")
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope

    def clean_parent(self) -> Unit:
        return unit_in(self.scope, self.cleaned_data["parent"])


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
    on = DateField(label=_("Open since"))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Unit.objects.filter(code=code).exists():
            raise ValidationError(_("This code is taken. Choose another."), code="taken")
        return code


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
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none(), to_field_name="code")
    employment = forms.ChoiceField(
        label=_("Employment"),
        choices=Appointment.Employment.choices,
        widget=forms.RadioSelect,
        initial=Appointment.Employment.MAIN,
    )
    rate = forms.DecimalField(
        label=_("Rate"),
        min_value=Decimal("0.05"),
        max_value=Decimal("1.5"),
        decimal_places=2,
        initial=Decimal(1),
        localize=True,
    )
    on = DateField(label=_("Since when"), initial=timezone.localdate)
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
        return answers


class EndForm(forms.Form):
    """The first day without a post or a role."""

    on = DateField(label=_("First day without it"), initial=timezone.localdate)


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
        data = query.copy()
        for name in ("on", "known_at"):
            if whole := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", data.get(name, "")):
                year, month, day = (str(int(part)) for part in whole.groups())
                data[f"{name}_year"], data[f"{name}_month"], data[f"{name}_day"] = year, month, day
        return cls(data)


class UploadForm(forms.Form):
    file = forms.FileField(label=_("Table"), help_text=_("xlsx, ods or csv, up to 10 MB."))
