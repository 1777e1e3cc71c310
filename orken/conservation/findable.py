"""Passports of condition are found by whoever may see the collection: by number, title, shelfmark and inventory number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from orken.conservation.models import Item, Passport
from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.network.roles import Permission


def register() -> None:
    registry.register(
        "passport", label=_("Passports of condition"), documents=passports, right=Permission.CONDITION_VIEW
    )


def passports(ids: Iterable[int] | None) -> Iterator[Document]:
    """Each item that has a passport; ids are those of items. The address leads to the issued version, else the draft."""
    rows = Item.objects.filter(Exists(Passport.objects.filter(item=OuterRef("pk")))).select_related("unit")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    for item in rows.order_by("pk").iterator(chunk_size=500):
        for language in LANGUAGES:
            with override(language):
                kind = str(item.get_kind_display())
            where = text_of(item.unit, "name", language).value
            parts = [item.number, item.shelfmark, item.inventory, item.dated, kind, where]
            yield Document(
                object_id=str(item.pk),
                language=language,
                title=item.title,
                body=" · ".join(filter(None, parts)),
                address=f"/conservation/passports/number/{item.number}/",
                scope_path=item.unit.path,
            )
