"""Making the columns anew. They are a copy: nothing is lost when they are gone, only slower."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from orken.insights import frames
from orken.insights.models import Column
from orken.insights.sources import SOURCES, since

MANY = 2_000  # rows since the columns were made, from which a page begins to feel them


def rebuild() -> dict[str, int]:
    """Write the columns of every source anew; answers how many rows each holds. Safe to run twice and beside readers."""
    now = timezone.now()
    made = [column for source in SOURCES for column in frames.columns_of(source, now)]  # read before the lock
    with transaction.atomic():
        Column.objects.all().delete()
        Column.objects.bulk_create(made, batch_size=8)
    return {
        source.name: sum(one.rows for one in made if (one.source, one.name) == (source.name, "pk"))
        for source in SOURCES
    }


def aged() -> bool:
    """Whether there are no columns, or so much has been added since that they are worth making anew."""
    kept = {one["source"]: one for one in Column.objects.values("source", "last_pk", "through").distinct()}
    if len(kept) < len(SOURCES):
        return True
    return any(
        source.rows().filter(since(source, kept[source.name]["last_pk"], kept[source.name]["through"], ())).order_by()[:MANY].count() >= MANY
        for source in SOURCES
    )  # fmt: skip
