"""A library asked by its name: chosen from a list when the scope has few, else written and chosen from the nearest.

    unit = LibraryField(label=_("Library"))
    …
    library_of(self).within(scope)

Works without JavaScript: what was written comes back with the libraries it may mean, to choose from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orken.kit.text.folding import fold_name
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.network.staff_list.libraries import Libraries

FEW = 120  # options that a list may have before it is quicker to write the name
MOST_FOUND = 12
NO_LIBRARIES = (Unit.Kind.COUNTRY, Unit.Kind.REGION)


class NameOrPick(forms.TextInput):
    """A name to be written and, once it was not clear, radio buttons with the libraries that it may mean."""

    template_name = "network/name_or_pick.html"

    def __init__(self, rows: QuerySet[Unit]) -> None:
        super().__init__({"autocomplete": "off"})
        self.rows = rows
        self.found: list[Unit] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return data.get(f"{name}_pick") or data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_pick" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        picked = self.rows.filter(code=value).first() if value else None
        context: dict[str, Any] = super().get_context(name, self._said(picked) if picked else value, attrs)
        context["found"] = [(unit.code, unit.name, unit.parent.name if unit.parent else "") for unit in self.found]
        return context

    def _said(self, unit: Unit) -> str:
        """Its name, when nobody else bears it; else its code, so that an untouched answer stays clear."""
        alike = self.rows.filter(name_kk=unit.name_kk).exclude(pk=unit.pk).exists()
        return unit.code if alike else unit.name


class LibraryField(forms.CharField):
    """The clean value is an open Unit inside the scope, None when the field may stay empty and does."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Library"), "max_length": 300, **kwargs})
        self.scope: Scope | None = None

    def within(self, scope: Scope) -> None:
        """Offer the libraries of `scope`; without this nothing is offered and nothing accepted."""
        self.scope = scope
        rows = self._rows()
        if len(few := list(rows[: FEW + 1])) <= FEW:
            self.widget = forms.Select(choices=[("", _("Choose")), *by_region(few)])
        else:
            self.widget = NameOrPick(rows)
            self.help_text = _("Write its name, a part of it, or its code.")
        self.widget.is_required = self.required

    def everywhere(self) -> None:
        """Accept any library of the country: its name is written, for a list of all would be too long."""
        self.scope = Scope(("",))
        self.widget = NameOrPick(self._rows())
        self.widget.is_required = self.required
        self.help_text = self.help_text or _("Write its name, a part of it, or its code.")

    def _rows(self) -> QuerySet[Unit]:
        if self.scope is None:
            return Unit.objects.none()
        rows = Unit.objects.filter(self.scope.q(), exists=True).exclude(kind__in=NO_LIBRARIES)
        return rows.select_related("parent").order_by("sort_kk", "pk")

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Unit | None:
        text = super().clean(value)
        if not text:
            return None
        unit = self._rows().filter(code=text.strip().upper()).first()
        if unit is not None or isinstance(self.widget, forms.Select):
            return self._one([unit] if unit else [])
        named = Libraries(self._rows())
        unit, how = named.find(text)
        if unit is not None and how == "exact":
            return unit
        folded = fold_name(text)
        holding = [
            one for one in named.by_id.values() if folded and folded in fold_name(f"{one.name_kk} {one.name_ru}")
        ]
        offered = {one.pk: one for one in [*holding, *named.offered(text)]}
        return self._one(list(offered.values())[:MOST_FOUND], sure=False)

    def _one(self, found: list[Unit], *, sure: bool = True) -> Unit:
        if len(found) == 1 and sure:
            return found[0]
        if isinstance(self.widget, NameOrPick):
            self.widget.found = found
        if found:
            raise ValidationError(_("Choose the library that is meant."), code="which")
        raise ValidationError(_("There is no such library where you may act. Check the name."), code="unknown")


def by_region(units: Iterable[Unit]) -> list[tuple[str, Any]]:
    """Choices under the names of their regions, in Kazakh order; what stands in none comes first as it is."""
    regions = list(Unit.objects.filter(kind=Unit.Kind.REGION, exists=True).order_by("sort_kk"))
    inside: dict[str, list[tuple[str, str]]] = {region.path: [] for region in regions}
    alone: list[tuple[str, str]] = []
    for unit in units:
        around = next((path for path in inside if unit.path.startswith(path) and unit.path != path), None)
        (alone if around is None else inside[around]).append((unit.code, unit.name))
    return [*alone, *((region.name, inside[region.path]) for region in regions if inside[region.path])]


def library_of(form: forms.BaseForm, name: str = "unit") -> LibraryField:
    """The library field of a form, to be told its scope."""
    found = form.fields[name]
    assert isinstance(found, LibraryField), f"{name} asks for no library"
    return found
