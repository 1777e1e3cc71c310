"""What becomes of posts when a person is erased: what was said stays without her name."""

from __future__ import annotations

from typing import Any

from orken.discussion.models import Post
from orken.kit.search import services as search
from orken.kit.text.naming import without_names
from orken.notices.unnaming import borne_by_her_alone
from orken.people import events
from orken.people.models import Person
from orken.people.services.erasing import ERASED_NAMES


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="discussion.erasing")


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    """Every name of hers goes out of her own posts, and out of others' where only she bears it; answers keep their sense."""
    hers = borne_by_her_alone(person, names)
    changed = []
    for post in Post.objects.select_for_update(of=("self",)).only("text", "language", "author_id").order_by("pk"):
        instead = ERASED_NAMES.get(f"surname_{post.language}", ERASED_NAMES["surname_kk"])
        text = without_names(post.text, names if post.author_id == person.pk else hers, instead)
        if text != post.text:
            post.text = text
            changed.append(post)
    Post.objects.bulk_update(changed, ["text"], batch_size=200)
    search.index("post", [post.pk for post in changed])
