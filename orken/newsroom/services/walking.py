"""The way of news: looked at by another person, out at its hour, corrected with a note, put away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orken.kit.states import WayIsClosed
from orken.newsroom import policy
from orken.newsroom.models import TEXTS, News, Version
from orken.newsroom.services.common import kept, locked
from orken.newsroom.services.refusals import SamePerson
from orken.newsroom.states import CONTRADICTS, NEWS, contradictions
from orken.people.models import Account

S = News.State


@transaction.atomic
def send(*, news: News, by: Account, revision: int | None = None) -> News:
    """To whoever lets news out. Raises OutOfScope, WayIsClosed with every reason, EditedMeanwhile."""
    row = locked(news, revision)
    policy.require_writing(by, row.unit)
    NEWS.check(row, "send")
    row.state, row.sent_by, row.approved_by, row.reason = S.REVIEW, by, None, ""
    return kept(row, ["state", "sent_by", "approved_by", "reason"], "news.sent", by)


@transaction.atomic
def give_back(*, news: News, reason: str, by: Account) -> News:
    """To its writer, with what is wrong."""
    row = locked(news)
    policy.require_publishing(by, row.unit)
    NEWS.check(row, "give_back")
    row.state, row.reason = S.DRAFT, reason.strip()[:500]
    return kept(row, ["state", "reason"], "news.given_back", by, note=row.reason)


@transaction.atomic
def take_back(*, news: News, by: Account) -> News:
    """Its writer wants to write on."""
    row = locked(news)
    policy.require_writing(by, row.unit)
    NEWS.check(row, "take_back")
    row.state, row.publish_at, row.approved_by = S.DRAFT, None, None
    return kept(row, ["state", "publish_at", "approved_by"], "news.taken_back", by)


@transaction.atomic
def approve(*, news: News, by: Account, publish_at: datetime | None = None, revision: int | None = None) -> News:
    """Let it out now, or at `publish_at`. Raises SamePerson: two people have read what appears."""
    row = locked(news, revision)
    policy.require_publishing(by, row.unit)
    if row.sent_by_id == by.pk and row.state == S.REVIEW:
        raise SamePerson
    later = publish_at is not None and publish_at > timezone.now()
    NEWS.check(row, "schedule" if later else "approve")
    row.approved_by = by
    if later:
        row.state, row.publish_at = S.SCHEDULED, publish_at
        return kept(
            row,
            ["state", "publish_at", "approved_by"],
            "news.scheduled",
            by,
            after={"publish_at": publish_at.isoformat() if publish_at else None},
        )
    return _appear(row, by, ["approved_by"])


def _appear(row: News, by: Account | None, more: list[str]) -> News:
    now = timezone.now()
    version = row.current
    assert version is not None, "news have a version from the first moment"
    version.shown_at = now
    version.save(update_fields=["shown_at"])
    row.state, row.shown, row.published_at = S.PUBLISHED, version, row.published_at or now
    return kept(row, ["state", "shown", "published_at", *more], "news.published", by, after={"title": version.title_kk})


def appear_due() -> int:
    """Everything whose hour has come; the clock calls it every minute. How many appeared."""
    due = list(News.objects.filter(state=S.SCHEDULED, publish_at__lte=timezone.now()).values_list("pk", flat=True))
    done = 0
    for pk in due:
        with transaction.atomic():
            row = locked(News(pk=pk))
            if row.state == S.SCHEDULED and row.publish_at is not None and row.publish_at <= timezone.now():
                _appear(row, None, [])
                done += 1
    return done


@transaction.atomic
def correct(
    *, news: News, texts: Mapping[str, str], notes: Mapping[str, str], by: Account, revision: int, insisted: str = ""
) -> News:
    """Other words from now on, with a note of what was corrected that every reader sees; the old words stay kept.

    Held against the facts as a draft is: where it contradicts them she says why the text is right (`insisted`), or
    WayIsClosed is raised. Raises OutOfScope, EditedMeanwhile.
    """
    row = locked(news, revision)
    policy.require_publishing(by, row.unit)
    NEWS.check(row, "correct")
    old = row.shown
    assert old is not None, "what is published is shown"
    words = {name: getattr(old, name) for name in TEXTS} | {name: text for name, text in texts.items() if name in TEXTS}
    if not notes.get("note_kk") or not words["title_kk"] or not words["lead_kk"]:
        raise WayIsClosed("correct", [])
    changed = [name for name in TEXTS if getattr(old, name) != words[name]]
    insisted = insisted.strip() or old.insisted
    languages = {name.rpartition("_")[2] for name in changed}
    if not insisted.strip() and contradictions(old.facts, words, languages):
        raise WayIsClosed("correct", [CONTRADICTS])
    number = 1 + max(row.versions.values_list("number", flat=True))
    now = timezone.now()
    made = Version.objects.create(
        news=row, number=number, facts=old.facts, insisted=insisted, written_by=by, shown_at=now, **words,
        **{name: notes.get(name, "") for name in ("note_kk", "note_ru", "note_en")},
    )  # fmt: skip
    row.current = row.shown = made
    return kept(
        row, ["current", "shown"], "news.corrected", by, note=notes["note_kk"],
        before={name: getattr(old, name) for name in changed}, after={name: words[name] for name in changed},
    )  # fmt: skip


@transaction.atomic
def archive(*, news: News, reason: str, by: Account) -> News:
    """Out of the lists and feeds; its address says that it was put away."""
    row = locked(news)
    policy.require_publishing(by, row.unit)
    NEWS.check(row, "archive")
    row.state, row.reason = S.ARCHIVED, reason.strip()[:500]
    return kept(row, ["state", "reason"], "news.archived", by, note=row.reason)


@transaction.atomic
def bring_back(*, news: News, by: Account) -> News:
    row = locked(news)
    policy.require_publishing(by, row.unit)
    NEWS.check(row, "bring_back")
    row.state, row.reason = S.PUBLISHED, ""
    return kept(row, ["state", "reason"], "news.brought_back", by)
