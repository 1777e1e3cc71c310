"""What of the network can be found, and by whom: units by everybody, people by those who see the staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.network.models import Appointment, Unit


def register() -> None:
    registry.register("unit", label=_("Libraries and other units"), documents=units)
    registry.register("person", label=_("Staff"), documents=people)


def units(ids: Iterable[int] | None) -> Iterator[Document]:
    """A unit in each language, with its town and the names of what it stands under."""
    rows: QuerySet[Unit] = Unit.objects.filter(exists=True).select_related("parent", "parent__parent")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    regions = {unit.pk: unit.code for unit in Unit.objects.filter(kind=Unit.Kind.REGION)}
    for unit in rows.iterator(chunk_size=2000):
        yield from unit_documents(unit, regions)


def unit_documents(unit: Unit, regions: Mapping[int, str]) -> Iterator[Document]:
    """The documents of one unit; `regions` are the codes of the regions by id."""
    path = [int(part) for part in unit.path.strip("/").split("/")]
    region = next((regions[pk] for pk in path if pk in regions), "")
    parent = unit.parent
    above = [one for one in (parent, parent.parent if parent else None) if one and one.kind != Unit.Kind.COUNTRY]
    for language in LANGUAGES:
        where = [text_of(unit, "city", language).value, *(text_of(one, "name", language).value for one in above)]
        yield Document(
            object_id=str(unit.pk),
            language=language,
            title=text_of(unit, "name", language).value,
            body=" · ".join(filter(None, [*where, text_of(unit, "short", language).value, unit.code])),
            address=f"/network/unit/{unit.code}/",
            public_address=f"/region/{region}/" if region else "/",
            scope_path=unit.path,
            audience="public",
        )


def people(ids: Iterable[int] | None) -> Iterator[Document]:
    """A person at each library of hers, so that each region finds her in its own."""
    rows = Appointment.objects.at().select_related("person", "unit", "post")
    if ids is not None:
        rows = rows.filter(person__in=list(ids))
    for row in rows.iterator(chunk_size=2000):
        for language in LANGUAGES:
            yield Document(
                object_id=str(row.person_id),
                language=language,
                title=row.person.full_name(language),
                body=f"{text_of(row.post, 'title', language).value} · {text_of(row.unit, 'name', language).value}",
                address=f"/network/person/{row.person_id}/",
                scope_path=row.unit.path,
            )
