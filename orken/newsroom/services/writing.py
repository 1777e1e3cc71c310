"""Writing: facts are read, texts composed, a person edits them; all of it only while it is a draft."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.kit.i18n.content import LANGUAGES
from orken.kit.states import WayIsClosed
from orken.network.models import Unit
from orken.newsroom import policy, sources
from orken.newsroom.compose import compose
from orken.newsroom.facts import Event
from orken.newsroom.models import TEXTS, News, Version
from orken.newsroom.reading import read, written
from orken.newsroom.services.common import kept, locked
from orken.people.models import Account


def texts_of(event: Event, language: str) -> dict[str, str]:
    """The composed article of one language as the columns of a version."""
    article = compose(event, language)
    return {
        f"title_{language}": article.title[:300],
        f"lead_{language}": article.lead,
        f"body_{language}": "\n\n".join(article.body),
    }


def begin(*, source: str, unit: Unit, by: Account | None, event: Event | None = None) -> News:
    """A draft composed from what is known of `source` («run:NL-2026-03»), in all three languages.

    The standing piece when there is one: an event has one piece of news. Raises OutOfScope.
    """
    standing = News.objects.filter(source=source).first() if source else None
    if standing is not None:
        return standing
    try:
        with transaction.atomic():
            return _begin(source, unit, by, event)
    except IntegrityError:  # pressed twice at once
        found = News.objects.filter(source=source).first() if source else None
        if found is None:
            raise
        return found


def _begin(source: str, unit: Unit, by: Account | None, event: Event | None) -> News:
    if by is not None:
        policy.require_writing(by, unit)
    if event is None:
        owner = sources.find(source)
        event = owner[0].facts(owner[1]) if owner is not None else None
    texts: dict[str, str] = {}
    for language in LANGUAGES if event is not None else ():
        assert event is not None
        texts |= texts_of(event, language)
    news = News.objects.create(unit=unit, source=source)
    news.current = Version.objects.create(
        news=news, number=1, facts=written(event) if event else {}, written_by=by, **texts
    )
    news.save(update_fields=["current"])
    audit.record(
        "news.begun", news, by=by, scope_path=unit.path, after={"source": source, "title": news.current.title_kk}
    )
    return news


def _draft(news: News, by: Account, revision: int) -> tuple[News, Version]:
    """Raises OutOfScope, EditedMeanwhile; WayIsClosed when it is no draft any more."""
    row = locked(news, revision)
    policy.require_writing(by, row.unit)
    if row.state != News.State.DRAFT or row.current is None:
        raise WayIsClosed("write", [row.get_state_display()])
    return row, row.current


@transaction.atomic
def write(*, news: News, texts: Mapping[str, str], insisted: str, by: Account, revision: int) -> News:
    """The words of the draft as a person left them."""
    row, version = _draft(news, by, revision)
    before = {name: getattr(version, name) for name in TEXTS if name in texts and getattr(version, name) != texts[name]}
    for name, text in texts.items():
        assert name in TEXTS, f"not a text of news: {name}"
        setattr(version, name, text)
    version.insisted = insisted.strip()
    version.written_by, version.written_at = by, timezone.now()
    version.save()
    return kept(row, [], "news.written", by, before=before, after={name: getattr(version, name) for name in before})


@transaction.atomic
def compose_anew(*, news: News, language: str, by: Account, revision: int) -> News:
    """One language as the composer writes it from the facts that stand beside; what was there is in the trail."""
    row, version = _draft(news, by, revision)
    event, _unknown = read(version.facts)
    fresh = texts_of(event, language)
    before = {name: getattr(version, name) for name in fresh}
    for name, text in fresh.items():
        setattr(version, name, text)
    version.save(update_fields=[*fresh])
    return kept(row, [], "news.composed", by, before=before, after=fresh)


@transaction.atomic
def read_facts(*, news: News, by: Account, revision: int) -> News:
    """Facts as their owner knows them today; the texts stay, and are held against the new ones."""
    row, version = _draft(news, by, revision)
    found = sources.find(row.source)
    if found is None:
        raise WayIsClosed("read_facts", [])
    before = version.facts
    version.facts = written(found[0].facts(found[1]))
    version.save(update_fields=["facts"])
    return kept(row, [], "news.facts_read", by, before={"facts": before}, after={"facts": version.facts})


@transaction.atomic
def drop(*, news: News, by: Account, revision: int) -> None:
    """Throw a draft away that nobody has ever read."""
    row, _version = _draft(news, by, revision)
    if row.published_at is not None:
        raise WayIsClosed("drop", [row.get_state_display()])
    audit.record("news.dropped", row, by=by, scope_path=row.unit.path, before={"title": str(row)})
    News.objects.filter(pk=row.pk).update(current=None)
    for picture in row.pictures.all():
        picture.delete()
    row.delete()
