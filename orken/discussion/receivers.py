"""Who is told of what: a new post to whoever follows, a hidden one to its author, a report to the moderators."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from orken.discussion import background, events, owners
from orken.discussion.models import Post, Report, Thread
from orken.kit.i18n.content import LANGUAGES
from orken.kit.jobs import services as jobs
from orken.notices import services as notices
from orken.people.models import Account, Person

QUOTED = 400  # letters of a post that its letter quotes


def _title(thread: Thread) -> dict[str, str]:
    return {code: getattr(thread, f"title_{code}") for code in LANGUAGES}


def _page(post: Post) -> str:
    return f"{post.thread.address}#post-{post.pk}"


@receiver(events.post_written)
def tell_followers(sender: type[Post], post: Post, by: Account, **rest: Any) -> None:
    """Not while she waits for her page: three hundred letters are a worker's business, once her words are written down."""
    jobs.start(background.followers, payload={"post": post.pk}, by_id=by.pk, once=f"discussion.followers:{post.pk}")


def write_to_followers(post: Post) -> int:
    """Whoever follows the thread, and whoever it is about, but for the one who wrote it; answers how many. Done twice it is the same."""
    thread = post.thread
    about = {person.pk for person in owners.of(thread).hears(thread)}
    people = (
        Person.objects.filter(Q(discussions__thread=thread) | Q(pk__in=about)).exclude(pk=post.author_id).distinct()
    )
    who = {code: post.author.short_name(code) for code in LANGUAGES}
    words = post.text if len(post.text) <= QUOTED else f"{post.text[:QUOTED].rsplit(' ', 1)[0]} …"
    found = list(people.order_by("pk"))
    for person in found:
        notices.send(
            kind="discussion.post_written", to=person, facts={"about": _title(thread), "who": who, "words": words}, about=post,
            by=None, page=_page(post),
        )  # fmt: skip
    return len(found)


@receiver(events.post_hidden)
def tell_author(sender: type[Post], post: Post, by: Account, **rest: Any) -> None:
    if post.author_id != by.person_id:
        notices.send(
            kind="discussion.post_hidden", to=post.author, facts={"about": _title(post.thread), "reason": post.reason}, about=post,
            by=by, page=_page(post), key=f"discussion.post_hidden:{post.pk}:{post.reason}",
        )  # fmt: skip


@receiver(events.post_reported)
def tell_moderators(sender: type[Report], report: Report, by: Account, **rest: Any) -> None:
    thread = report.post.thread
    for account in owners.of(thread).moderators(thread):
        if account.pk != by.pk:
            notices.send(
                kind="discussion.post_reported", to=account.person, facts={"about": _title(thread), "reason": report.reason}, about=report,
                by=None, page=_page(report.post), key=f"discussion.post_reported:{report.pk}:{account.pk}",
            )  # fmt: skip
