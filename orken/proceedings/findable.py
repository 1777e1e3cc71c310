"""Recordings that are shown and published proceedings can be found, in each language, by title and by what is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.i18n.dates import short_date
from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.meetings.selectors.programme import said
from orken.proceedings import vtt
from orken.proceedings.models import Recording, Volume
from orken.training.models import Run

MOST_WORDS = 20_000  # letters of a transcript that are searched


def register() -> None:
    registry.register("recording", label=_("Recordings"), documents=recordings)
    registry.register("proceedings", label=_("Proceedings"), documents=proceedings)


def recordings(ids: Iterable[int] | None) -> Iterator[Document]:
    """For whom a recording is shown; one for participants alone is not searched."""
    rows = Recording.objects.filter(state=Recording.State.SHOWN).exclude(audience=Recording.Audience.THERE)
    rows = rows.exclude(run__state=Run.State.ARCHIVED)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    for one in rows.select_related("run__host").prefetch_related("captions").order_by("pk").iterator(chunk_size=200):
        kept = {each.language: each.text for each in one.captions.all()}
        for language in LANGUAGES:
            words = " ".join(cue.words for cue in vtt.read(kept[language])) if language in kept else ""
            address = f"/run/{one.run.code}/recordings/{one.pk}/"
            open_to_all = one.audience == Recording.Audience.EVERYBODY
            yield Document(
                object_id=str(one.pk), language=language, title=text_of(one, "title", language).value,
                body=" · ".join(part for part in (text_of(one.run, "title", language).value, short_date(one.run.starts_on, language), words[:MOST_WORDS]) if part),
                address=address, public_address=address, scope_path=one.run.host.path,
                audience="public" if open_to_all else "signed_in",
            )  # fmt: skip


def proceedings(ids: Iterable[int] | None) -> Iterator[Document]:
    """The newest volume of each run, by its talks, speakers and words."""
    rows = Volume.objects.exclude(run__state=Run.State.ARCHIVED).select_related("run__host").order_by("run", "-number")
    if ids is not None:
        rows = rows.filter(run__in=list(ids))
    last = None
    for one in rows.order_by("pk").iterator(chunk_size=100):
        if one.run_id == last:
            continue
        last = one.run_id
        for language in LANGUAGES:
            told = [said(part["title"], language)[0] for part in one.data["parts"]]
            told += [said(who["name"], language)[0] for part in one.data["parts"] for who in part["speakers"]]
            told += [word["text"] for word in one.data["words"]]
            address = f"/run/{one.run.code}/proceedings/"
            yield Document(
                object_id=str(one.run_id), language=language, title=said(one.data["title"], language)[0], body=" · ".join(told)[:MOST_WORDS],
                address=address, public_address=address, scope_path=one.run.host.path, audience="public",
            )  # fmt: skip
