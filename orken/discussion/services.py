"""The verbs of a discussion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orken.discussion import events, policy
from orken.discussion.models import Post, Report, Subscription, Thread
from orken.discussion.selectors import CHANGED_FOR
from orken.kit.audit import services as audit
from orken.kit.limits import services as limits
from orken.kit.search import services as search
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person

LONGEST = 5000
MOST, PER = 20, timedelta(minutes=10)  # posts of one person


class CannotWrite(Exception):
    """She may not write here now; the text says why."""


class TooFast(Exception):
    """More posts in a short time than one person writes."""


class AnsweredAlready(Exception):
    """Her words were answered, or stand too long: they are not changed any more."""


@transaction.atomic
def open_thread(*, source: str, titles: Mapping[str, str], address: str, scope_path: str) -> Thread:
    """The thread of a source, made when there is none; its title and address follow the owner's."""
    thread, new = Thread.objects.get_or_create(
        source=source, defaults={**titles, "address": address, "scope_path": scope_path}
    )
    told = {**titles, "address": address, "scope_path": scope_path}
    changed = [name for name, value in told.items() if getattr(thread, name) != value]
    if not new and changed:
        for name in changed:
            setattr(thread, name, told[name])
        thread.save(update_fields=changed)
    return thread


@transaction.atomic
def write(*, thread: Thread, text: str, by: Account, press: UUID, parent: Post | None = None, language: str = "kk") -> Post:  # fmt: skip
    """Write a post, or answer one; whoever writes follows the thread from then on. Sent twice it is one.

    Raises OutOfScope, CannotWrite, TooFast.
    """
    standing_post = Post.objects.filter(press=press).first()
    if standing_post is not None:
        return standing_post
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    standing = policy.require_reading(by, thread)
    if not standing.writes:
        raise CannotWrite(str(standing.why))
    if not standing.moderates and not limits.allow(f"discussion:{by.pk}", times=MOST, per=PER):
        raise TooFast(str(MOST))
    if parent is not None and parent.thread_id != thread.pk:
        raise OutOfScope(thread.source)
    if parent is not None and parent.parent_id is not None:
        parent = parent.parent  # answers stand one step deep: an answer to an answer stands beside it
    post = Post.objects.create(
        thread=thread, parent=parent, author_id=by.person_id, role=standing.role, text=text.strip()[:LONGEST],
        language=language, press=press,
    )  # fmt: skip
    Subscription.objects.get_or_create(thread=thread, person_id=by.person_id)
    search.index("post", [post.pk])
    audit.record("post.written", post, by=by, scope_path=thread.scope_path, after={"answer": parent is not None})
    events.post_written.send(Post, post=post, by=by)
    return post


def _locked(post: Post) -> Post:
    return Post.objects.select_for_update(of=("self",)).select_related("thread").get(pk=post.pk)


@transaction.atomic
def change(*, post: Post, text: str, by: Account) -> Post:
    """She puts her own words right, soon and while nobody has answered. Raises OutOfScope, AnsweredAlready."""
    post = _locked(post)
    policy.require_reading(by, post.thread)
    if not policy.is_hers(by, post) or post.state != Post.State.SHOWN:
        raise OutOfScope(str(post.pk))
    if not may_be_changed(post):
        raise AnsweredAlready(str(post.pk))
    post.text, post.changed_at = text.strip()[:LONGEST], timezone.now()
    post.save(update_fields=["text", "changed_at"])
    search.index("post", [post.pk])
    audit.record("post.changed", post, by=by, scope_path=post.thread.scope_path)
    return post


def may_be_changed(post: Post) -> bool:
    return timezone.now() - post.created_at <= CHANGED_FOR and not post.replies.exists()


@transaction.atomic
def withdraw(*, post: Post, by: Account) -> Post:
    """She takes her own words back; that something stood there stays. Raises OutOfScope."""
    post = _locked(post)
    policy.require_reading(by, post.thread)
    if not policy.is_hers(by, post) or post.state != Post.State.SHOWN:
        raise OutOfScope(str(post.pk))
    return _put(post, Post.State.WITHDRAWN, "", by, "post.withdrawn")


@transaction.atomic
def hide(*, post: Post, reason: str, by: Account) -> Post:
    """A moderator hides a post, and says why to whoever wrote it. Raises OutOfScope."""
    post = _locked(post)
    policy.require_moderating(by, post.thread)
    Report.objects.filter(post=post, settled_at=None).update(settled_at=timezone.now())
    if post.state != Post.State.SHOWN:
        return post
    post = _put(post, Post.State.HIDDEN, " ".join(reason.split())[:300], by, "post.hidden")
    events.post_hidden.send(Post, post=post, by=by)
    return post


@transaction.atomic
def show(*, post: Post, by: Account) -> Post:
    """A moderator lets everybody read it again, or finds that a report was not needed. Raises OutOfScope."""
    post = _locked(post)
    policy.require_moderating(by, post.thread)
    Report.objects.filter(post=post, settled_at=None).update(settled_at=timezone.now())
    return _put(post, Post.State.SHOWN, "", by, "post.shown") if post.state == Post.State.HIDDEN else post


def _put(post: Post, state: str, reason: str, by: Account, verb: str) -> Post:
    before, post.state, post.reason = post.state, state, reason
    post.save(update_fields=["state", "reason"])
    search.index("post", [post.pk])
    audit.record(
        verb, post, by=by, scope_path=post.thread.scope_path, before={"state": before}, after={"state": state, "reason": reason}
    )  # fmt: skip
    return post


@transaction.atomic
def report(*, post: Post, reason: str, by: Account) -> Report:
    """A reader asks a moderator to look at a post; once from each. Raises OutOfScope."""
    post = _locked(post)
    policy.require_reading(by, post.thread)
    made, new = Report.objects.get_or_create(post=post, by=by, defaults={"reason": " ".join(reason.split())[:300]})
    if new:
        audit.record("post.reported", post, by=by, scope_path=post.thread.scope_path, after={"reason": made.reason})
        events.post_reported.send(Report, report=made, by=by)
    return made


@transaction.atomic
def follow(*, thread: Thread, person: Person, wants: bool, by: Account) -> None:
    """She hears of new posts, or no longer. Raises OutOfScope."""
    policy.require_reading(by, thread)
    if wants:
        Subscription.objects.get_or_create(thread=thread, person=person)
    else:
        Subscription.objects.filter(thread=thread, person=person).delete()


@transaction.atomic
def close(*, thread: Thread, closed: bool, by: Account) -> Thread:
    """A moderator ends the discussion, or opens it again; it stays to be read. Raises OutOfScope."""
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    policy.require_moderating(by, thread)
    if (thread.closed_at is not None) != closed:
        thread.closed_at = timezone.now() if closed else None
        thread.save(update_fields=["closed_at"])
        verb = "thread.closed" if closed else "thread.opened"
        audit.record(verb, thread, by=by, scope_path=thread.scope_path)
    return thread
