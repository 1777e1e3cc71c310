"""Who reads, writes and moderates: the owner of the thread says it, and here it is asked."""

from __future__ import annotations

from orken.discussion import owners
from orken.discussion.models import Post, Thread
from orken.discussion.owners import Standing
from orken.network.policy import OutOfScope
from orken.people.models import Account


def standing(account: Account, thread: Thread) -> Standing:
    return owners.of(thread).standing(thread, account)


def require_reading(account: Account, thread: Thread) -> Standing:
    found = standing(account, thread)
    if not found.reads:
        raise OutOfScope(thread.source)
    return found


def require_moderating(account: Account, thread: Thread) -> Standing:
    found = standing(account, thread)
    if not found.moderates:
        raise OutOfScope(thread.source)
    return found


def is_hers(account: Account, post: Post) -> bool:
    return post.author_id == account.person_id
