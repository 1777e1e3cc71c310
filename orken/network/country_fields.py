"""Fields that take any library, or any unit, of the whole country by its name or code."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from orken.kit.text.folding import fold_name
from orken.network.library_field import LibraryField
from orken.network.models import Unit


class AnyLibrary(LibraryField):
    """A library of the whole country by its name or code: whoever organises may hold it anywhere."""

    def __deepcopy__(self, memo: dict[int, Any]) -> AnyLibrary:
        """Each form keeps what was found for its own answer; nothing is asked of the database before it is answered."""
        made: AnyLibrary = super().__deepcopy__(memo)
        made.everywhere()
        return made


class AnyUnit(AnyLibrary):
    """A region, a district or a library by its name or code: seats are kept for a unit and all below it."""

    def _rows(self) -> QuerySet[Unit]:
        if self.scope is None:
            return Unit.objects.none()
        rows = Unit.objects.filter(self.scope.q(), exists=True).exclude(kind=Unit.Kind.COUNTRY)
        return rows.select_related("parent").order_by("sort_kk", "pk")

    def clean(self, value: Any) -> Unit | None:
        """A region by its whole name is that region, and no library that bears its name within."""
        said = fold_name(str(value or ""))
        regions = self._rows().filter(kind=Unit.Kind.REGION) if said else Unit.objects.none()
        named = [
            one for one in regions if said in {fold_name(name) for name in (one.name_kk, one.name_ru, one.name_en)}
        ]
        return named[0] if len(named) == 1 else super().clean(value)
