"""In the background: letters of a new post."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from orken.discussion.models import Post
from orken.kit.jobs.registry import job
from orken.kit.jobs.running import Run


@job("discussion.followers", title=_("Letters of a new post"))
def followers(run: Run, *, post: int) -> dict[str, Any] | None:
    """Of what was hidden or taken back meanwhile nobody is told."""
    from orken.discussion import receivers

    row = Post.objects.select_related("thread", "author").filter(pk=post, state=Post.State.SHOWN).first()
    return {"letters": receivers.write_to_followers(row)} if row is not None else None
