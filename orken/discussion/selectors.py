"""Reading threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.functional import Promise

from orken.discussion import owners, policy
from orken.discussion.models import Post, Report, Subscription, Thread
from orken.discussion.owners import Standing
from orken.people.models import Account

CHANGED_FOR = timedelta(minutes=30)  # so long she may put her own words right, while nobody has answered
MOST = 500  # posts on one page; a longer thread shows its newest


@dataclass(frozen=True)
class Said:
    """A post with its answers, as one reader sees it."""

    post: Post
    role: str | Promise
    hers: bool
    may_change: bool
    answers: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class View:
    """A thread as one reader sees it."""

    thread: Thread
    standing: Standing
    posts: list[Said]
    many: int
    subscribed: bool


def view(thread: Thread, account: Account) -> View:
    """The thread in the order in which it was written, answers under what they answer; three queries and the owner's.

    A hidden or withdrawn post stays as a line when it was answered; moderators read it with its reason.
    """
    standing = policy.require_reading(account, thread)
    reports = Prefetch("reports", Report.objects.filter(settled_at=None), to_attr="reported")
    rows = Post.objects.filter(thread=thread).select_related("author").order_by("-created_at", "-pk")
    found = list(reversed(rows.prefetch_related(reports)[:MOST])) if standing.moderates else list(reversed(rows[:MOST]))
    roles = owners.of(thread).roles
    by_parent: dict[int | None, list[Post]] = {}
    known = {post.pk for post in found}
    for post in found:
        by_parent.setdefault(post.parent_id if post.parent_id in known else None, []).append(post)

    def said(post: Post) -> Said:
        answers = [said(one) for one in by_parent.get(post.pk, [])]
        hers = post.author_id == account.person_id
        fresh = hers and not answers and timezone.now() - post.created_at <= CHANGED_FOR
        return Said(post, roles.get(post.role, ""), hers, fresh, [one for one in answers if _seen(one, standing)])

    posts = [one for one in map(said, by_parent.get(None, [])) if _seen(one, standing)]
    subscribed = Subscription.objects.filter(thread=thread, person=account.person_id).exists()
    return View(thread, standing, posts, sum(post.state == Post.State.SHOWN for post in found), subscribed)


def _seen(one: Said, standing: Standing) -> bool:
    """A post that is not shown stays for moderators, and as a line for everybody while it has answers."""
    return one.post.state == Post.State.SHOWN or standing.moderates or bool(one.answers)


def thread_of(source: str) -> Thread | None:
    return Thread.objects.filter(source=source).first()


def counts(sources: list[str]) -> dict[str, int]:
    """How many posts are shown in each of these threads; one query."""
    shown = Count("posts", filter=Q(posts__state=Post.State.SHOWN))
    return dict(Thread.objects.filter(source__in=sources).annotate(n=shown).values_list("source", "n"))


def mine(account: Account) -> list[Thread]:
    """Threads that she follows and still may read, the newest word first."""
    rows = Thread.objects.filter(subscriptions__person=account.person_id).annotate(
        n=Count("posts", filter=Q(posts__state=Post.State.SHOWN))
    )
    found = list(rows.order_by("-pk"))
    readable = {
        f"{kind}:{key}"
        for kind, owner in owners.kinds().items()
        for key in owner.readable(account, [one.key for one in found if one.kind == kind])
    }
    return [one for one in found if one.source in readable]
