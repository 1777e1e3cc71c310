"""Talks of a released programme can be found by everybody, in each language, by title, abstract and speaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.i18n.dates import short_date
from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.meetings.models import Talk
from orken.meetings.selectors.programme import ORDERED
from orken.training.models import Run


def register() -> None:
    registry.register("talk", label=_("Talks at meetings"), documents=talks)


def talks(ids: Iterable[int] | None) -> Iterator[Document]:
    rows = Talk.objects.filter(state=Talk.State.ACCEPTED, slot__isnull=False, meeting__releases__isnull=False)
    rows = rows.exclude(meeting__run__state=Run.State.ARCHIVED).distinct()
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    rows = rows.select_related("meeting__run__host").prefetch_related(ORDERED)
    for talk in rows.iterator(chunk_size=500):
        run = talk.meeting.run
        speakers = [row.speaker for row in talk.givers]
        for language in LANGUAGES:
            told = [
                *(f"{one.full_name(language)}, {text_of(one, 'institution', language).value}" for one in speakers),
                text_of(run, "title", language).value, short_date(run.starts_on, language), text_of(talk, "abstract", language).value,
            ]  # fmt: skip
            yield Document(
                object_id=str(talk.pk), language=language, title=text_of(talk, "title", language).value,
                body=" · ".join(part for part in told if part), address=f"/run/{run.code}/talks/{talk.pk}/",
                public_address=f"/run/{run.code}/talks/{talk.pk}/", scope_path=run.host.path, audience="public",
                sounds=" ".join(one.full_name(code) for one in speakers for code in LANGUAGES),
            )  # fmt: skip
