"""Published programmes can be found by everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from orken.curriculum.models import Programme
from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.search import registry
from orken.kit.search.registry import Document


def register() -> None:
    registry.register("programme", label=_("Programmes"), documents=documents)


def documents(ids: Iterable[int] | None) -> Iterator[Document]:
    """A programme of the catalogue in each language, with its summary, its modules and its school."""
    rows = (
        Programme.objects.exclude(published=None)
        .select_related("published", "unit")
        .prefetch_related("published__modules")
        .order_by("pk")
    )
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    for programme in rows:
        version = programme.published
        assert version is not None, "asked for above"
        for language in LANGUAGES:
            inside = [
                text_of(programme.unit, "name", language).value,
                text_of(version, "summary", language).value,
                *(text_of(module, "title", language).value for module in version.modules.all()),
                programme.code,
            ]
            yield Document(
                object_id=str(programme.pk),
                language=language,
                title=text_of(version, "title", language).value,
                body=" · ".join(filter(None, inside)),
                address=f"/catalogue/{programme.code}/",
                public_address=f"/catalogue/{programme.code}/",
                scope_path=programme.unit.path,
                audience="public",
            )
