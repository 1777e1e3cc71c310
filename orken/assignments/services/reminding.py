"""Whoever marks hears that works wait: one letter for all of them, and another only when something new has come."""

from __future__ import annotations

from collections import defaultdict

from orken.assignments import owners
from orken.assignments.models import Marking, Work
from orken.assignments.services import telling
from orken.people.models import Person


def tell_markers() -> int:
    """Once a day: each marker one letter with the number of works that wait; answers how many were written to."""
    rows = Work.objects.filter(state=Work.State.HANDED_IN)
    waiting = rows.exclude(version__marking=Marking.PEERS, to_trainer=False)
    by_place: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for context, pk, person in waiting.values_list("context", "pk", "person"):
        by_place[context].append((pk, person))
    hers: dict[int, tuple[Person, list[int]]] = {}
    for context, people in owners.markers(by_place).items():
        for marker in people:
            kept = hers.setdefault(marker.pk, (marker, []))[1]
            kept += [pk for pk, person in by_place[context] if person != marker.pk]  # nobody marks her own work
    for marker, works in hers.values():
        if works:
            telling.waiting(marker, len(works), newest=max(works))
    return sum(1 for _marker, works in hers.values() if works)
