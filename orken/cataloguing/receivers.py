"""What the school does when something happens below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from orken.cataloguing import holding
from orken.cataloguing.models import HeldMark
from orken.people import events
from orken.people.models import Person


@receiver(events.erased)
def forget_her_words(sender: type[Person], person: Person, **rest: Any) -> None:
    holding.forget_words(HeldMark.objects.filter(by__person=person).exclude(words="", answer=""))
