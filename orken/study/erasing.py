"""What becomes of notes when a person is erased: they were for her alone and go; that a lesson was read stays counted without her."""

from __future__ import annotations

from typing import Any

from orken.kit.text.naming import without_names
from orken.notices.unnaming import borne_by_her_alone
from orken.people import events
from orken.people.models import Person
from orken.people.services.erasing import ERASED_NAMES
from orken.study.models import Message, Note


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="study.erasing")


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    Note.objects.filter(enrolment__person=person).delete()
    hers = borne_by_her_alone(person, names)
    changed = []
    for row in Message.objects.select_for_update(of=("self",)).order_by("pk"):
        instead = ERASED_NAMES.get(f"surname_{row.language}", ERASED_NAMES["surname_kk"])
        text = without_names(row.text, hers, instead)
        if text != row.text:
            row.text = text
            changed.append(row)
    Message.objects.bulk_update(changed, ["text"], batch_size=200)
