"""What becomes of the people whom papers name: when two persons are joined, and what must be kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.people.models import Person
from orken.people.services import merging, rights
from orken.records.models import Named


def register() -> None:
    # A paper that named both goes on naming both: the names are those of its day, two lines of one person.
    merging.register("records.Named", "person")
    rights.register_duty(duties)


def duties(person: Person) -> Iterable[str | Promise]:
    """What a paper says is kept as long as the archive keeps the paper (a paper quotes the name of its day)."""
    if Named.objects.filter(person=person).exists():
        yield _(
            "Official papers that name her: orders, sheets and referrals are kept as long as the archive keeps them."
        )
