"""Posts can be found by whoever is signed in, in the language in which they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from orken.discussion import owners
from orken.discussion.models import Post
from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.search import registry
from orken.kit.search.registry import Document


def register() -> None:
    registry.register("post", label=_("Discussions"), documents=posts)


def posts(ids: Iterable[int] | None) -> Iterator[Document]:
    rows = Post.objects.filter(state=Post.State.SHOWN).select_related("thread")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    found = list(rows.order_by("pk"))
    by_kind: dict[str, set[str]] = {}
    for post in found:
        by_kind.setdefault(post.thread.kind, set()).add(post.thread.key)
    open_to_all = {
        f"{kind}:{key}" for kind, keys in by_kind.items() if kind in owners.kinds() for key in owners.kinds()[kind].findable(keys)
    }  # fmt: skip
    for post in found:
        if post.thread.source not in open_to_all:
            continue
        address = f"{post.thread.address}#post-{post.pk}"
        for language in LANGUAGES:  # the words are one language's, the title of what they are about is each reader's
            yield Document(
                object_id=str(post.pk), language=language, title=text_of(post.thread, "title", language).value, body=post.text[:2000],
                address=address, public_address=address, scope_path=post.thread.scope_path, audience="signed_in",
            )  # fmt: skip
