"""What becomes of posts and followed threads when two persons are joined, and of the words of one who is erased."""

from __future__ import annotations

from collections.abc import Iterable

from orken.discussion.models import Subscription
from orken.people.models import Person
from orken.people.services import merging
from orken.people.services.merging import Collision, Writing


def register() -> None:
    merging.register("discussion.Post", "author")
    merging.register("discussion.Subscription", "person", Following())


class Following:
    """Threads that she follows go over; one that both follow is followed once."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        mine = set(Subscription.objects.filter(person=writing.kept).values_list("thread", flat=True))
        for pk, thread in Subscription.objects.filter(person=writing.gone).values_list("pk", "thread"):
            if thread not in mine:
                writing.set(Subscription, pk, person_id=writing.kept.pk)
