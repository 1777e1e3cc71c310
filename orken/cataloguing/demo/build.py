"""The school in the demo country: every book whose experts agree is published, by the methodologist of the National Library."""

from __future__ import annotations

from orken.cataloguing import marking
from orken.cataloguing.models import Publication
from orken.cataloguing.tasks import material
from orken.kit.demo import Stage


def build(stage: Stage) -> None:
    by = stage.made["accounts"]["national"]
    rows = []
    for book in material.books():
        for format in material.FORMATS:
            found = marking.agreement_of(book.code, format)
            if found.publishable:
                rows.append(
                    Publication(
                        book=book.code,
                        format=format,
                        agreement=round(found.least, 1),
                        published_at=stage.recorded_at,
                        by=by,
                    )
                )
    Publication.objects.bulk_create(rows)
