"""Published news can be found by everybody, in each language that it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.newsroom.models import News


def register() -> None:
    registry.register("news", label=_("News"), documents=news)


def news(ids: Iterable[int] | None) -> Iterator[Document]:
    rows = News.objects.filter(state=News.State.PUBLISHED).select_related("unit", "shown")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    for row in rows.order_by("pk").iterator(chunk_size=200):
        version = row.shown
        assert version is not None, "what is published is shown"
        for language in version.languages:
            yield Document(
                object_id=str(row.pk), language=language, title=version.part("title", language),
                body=f"{version.part('lead', language)} {version.part('body', language)}"[:4000], address=f"/news/{row.pk}/",
                public_address=f"/news/{row.pk}/", scope_path=row.unit.path, audience="public",
            )  # fmt: skip
