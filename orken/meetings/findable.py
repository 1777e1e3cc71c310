"""Talks of a released programme can be found by everybody, in each language, by title, abstract and speaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.i18n.dates import short_date
from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.meetings.models import Release, Talk
from orken.meetings.selectors.programme import told as released
from orken.training.models import Run


def register() -> None:
    registry.register("talk", label=_("Talks at meetings"), documents=talks)


def talks(ids: Iterable[int] | None) -> Iterator[Document]:
    rows = Talk.objects.filter(state=Talk.State.ACCEPTED, slot__isnull=False, meeting__releases__isnull=False)
    rows = rows.exclude(meeting__run__state=Run.State.ARCHIVED).distinct()
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    found = list(rows.select_related("meeting__run__host").order_by("pk"))
    # What is found is what is read: the words of the newest version, never those of the draft.
    releases = {one.meeting_id: one for one in Release.objects.filter(meeting__in={one.meeting_id for one in found}).order_by("number")}  # fmt: skip
    for talk in found:
        run = talk.meeting.run
        for language in LANGUAGES:
            told = released(releases[talk.meeting_id].slots, talk.pk, language)
            if told is None:
                break  # placed since then: with the next version
            abstract = told.abstract if told.abstract is not None else text_of(talk, "abstract", language).value
            body = [
                *(f"{one['name']}, {one['institution']}" for one in told.speakers), text_of(run, "title", language).value,
                short_date(run.starts_on, language), abstract,
            ]  # fmt: skip
            yield Document(
                object_id=str(talk.pk), language=language, title=told.title,
                body=" · ".join(part for part in body if part), address=f"/run/{run.code}/talks/{talk.pk}/",
                public_address=f"/run/{run.code}/talks/{talk.pk}/", scope_path=run.host.path, audience="public",
                sounds=" ".join(one["name"] for code in LANGUAGES for one in _speakers(releases[talk.meeting_id], talk.pk, code)),
            )  # fmt: skip


def _speakers(release: Release, talk: int, language: str) -> list[dict[str, str]]:
    told = released(release.slots, talk, language)
    return told.speakers if told is not None else []
