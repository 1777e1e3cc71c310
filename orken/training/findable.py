"""Runs can be found by everybody, in each language, by title, host and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.i18n.dates import date_range
from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.training.models import Run


def register() -> None:
    registry.register("run", label=_("Courses, seminars and other runs"), documents=runs)


def runs(ids: Iterable[int] | None) -> Iterator[Document]:
    rows: QuerySet[Run] = Run.objects.exclude(state=Run.State.ARCHIVED).select_related("host", "place")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    for run in rows.order_by("pk").iterator(chunk_size=500):
        for language in LANGUAGES:
            with override(language):
                units = {unit.pk: unit for unit in (run.host, run.place) if unit}  # often one and the same: said once
                where = [text_of(unit, "name", language).value for unit in units.values()]
                body = " · ".join(
                    [str(run.get_kind_display()), date_range(run.starts_on, run.ends_on, language), *where]
                )
            yield Document(
                object_id=str(run.pk),
                language=language,
                title=text_of(run, "title", language).value,
                body=f"{body} · {run.code}",
                address=f"/run/{run.code}/",
                public_address=f"/run/{run.code}/",
                scope_path=run.host.path,
                audience="public",
            )
