"""What of the network can be found, and by whom: units by everybody, people by those who see the staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.network.models import Appointment, Post, Unit
from orken.network.roles import Permission
from orken.people.duplicates import living
from orken.people.models import NAME_FIELDS, PreviousName


def register() -> None:
    registry.register("unit", label=_("Libraries and other units"), documents=units)
    registry.register("person", label=_("Staff"), documents=people, right=Permission.STAFF_VIEW)


def units(ids: Iterable[int] | None) -> Iterator[Document]:
    """A unit in each language, with its town and the names of what it stands under."""
    rows: QuerySet[Unit] = Unit.objects.filter(exists=True).select_related("parent", "parent__parent")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    regions = {unit.pk: unit.code for unit in Unit.objects.filter(kind=Unit.Kind.REGION)}
    for unit in rows.order_by("pk").iterator(chunk_size=2000):
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
            public_address=_public(unit, region),
            sounds=f"{unit.name_kk} {unit.name_ru}",
            scope_path=unit.path,
            audience="public",
        )


def _public(unit: Unit, region: str) -> str:
    """Where everybody reads of the unit: a school's own page, else the page of its region, else the home page."""
    if unit.kind == Unit.Kind.SCHOOL:
        return f"/school/{unit.code}/"
    return f"/region/{region}/" if region else "/"


def people(ids: Iterable[int] | None) -> Iterator[Document]:
    """A person at each library of hers, so that each region finds her in its own; by the names she bore before, too."""
    held = Appointment.objects.at()
    if ids is not None:
        held = held.filter(person__in=list(ids))
    posts, units = {post.pk: post for post in Post.objects.all()}, _Units()
    waiting = held.order_by("person_id", "pk").values_list("person_id", "unit_id", "post_id").iterator(chunk_size=2000)
    while rows := list(islice(waiting, 2000)):
        names = ("pk", *NAME_FIELDS)
        known = {
            person.pk: person for person in living().filter(pk__in={person for person, _u, _p in rows}).only(*names)
        }
        before: dict[int, list[str]] = defaultdict(list)
        for old in PreviousName.objects.live().filter(person__in=known):
            before[old.person_id] += [getattr(old, name, "") for name in NAME_FIELDS]
        for person_id, unit_id, post_id in rows:
            person = known.get(person_id)
            if person is None:
                continue
            path, titles = units.of(unit_id)
            for language in LANGUAGES:
                yield Document(
                    object_id=str(person_id),
                    language=language,
                    title=person.full_name(language),
                    body=f"{text_of(posts[post_id], 'title', language).value} · {titles[language]}",
                    address=f"/network/person/{person_id}/",
                    scope_path=path,
                    sounds=" ".join(
                        dict.fromkeys([*(getattr(person, name) for name in NAME_FIELDS), *before[person_id]])
                    ),
                )


class _Units:
    """Path and names of units, each read once."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[str, dict[str, str]]] = {}

    def of(self, pk: int) -> tuple[str, dict[str, str]]:
        if pk not in self._found:
            unit = Unit.objects.get(pk=pk)
            self._found[pk] = (unit.path, {code: text_of(unit, "name", code).value for code in LANGUAGES})
        return self._found[pk]
