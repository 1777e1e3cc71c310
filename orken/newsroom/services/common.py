"""What the verbs share: the row under lock, and the note in the trail."""

from __future__ import annotations

from typing import Any

from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.newsroom.models import News
from orken.newsroom.services.refusals import EditedMeanwhile
from orken.people.models import Account


def locked(news: News, revision: int | None = None) -> News:
    """The row under lock with its version. Raises EditedMeanwhile when it is not the one that was read."""
    row = News.objects.select_for_update(of=("self",)).select_related("unit", "current", "shown").get(pk=news.pk)
    if revision is not None and row.revision != revision:
        raise EditedMeanwhile(row)
    return row


def kept(row: News, fields: list[str], verb: str, by: Account | None, **facts: Any) -> News:
    """Save with a higher revision, note it in the trail, let search know."""
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])
    audit.record(verb, row, by=by, scope_path=row.unit.path, **facts)
    search.index("news", [row.pk])
    return row
