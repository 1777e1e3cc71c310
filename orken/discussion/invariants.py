"""Truths of discussions that no constraint can hold; `orken audit invariants` proves them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from orken.discussion import owners
from orken.discussion.models import Post, Thread
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken


def register() -> None:
    invariants.register("discussion.threads: every thread has an owner, every answer stands in its own thread", threads)


def threads() -> Iterator[Broken]:
    for thread in Thread.objects.order_by("pk"):
        if thread.kind not in owners.kinds():
            yield Broken(thread.source, "nobody owns it")
    for post in Post.objects.filter(parent__isnull=False).exclude(parent__thread=F("thread")):
        yield Broken(f"post {post.pk}", "answers a post of another thread")
    for post in Post.objects.filter(parent__parent__isnull=False):
        yield Broken(f"post {post.pk}", "answers an answer")
