"""What becomes of what was said in rooms when a person is erased: it stays without her name; what was hers alone goes."""

from __future__ import annotations

from typing import Any

from orken.kit.text.naming import without_names
from orken.live_room.models import Appeal, Caption, ChatLine, LineCheck, Opinion, Participant, Question
from orken.notices.unnaming import borne_by_her_alone
from orken.people import events
from orken.people.models import Person
from orken.people.services.erasing import ERASED_NAMES

TEXTS = ((Question, ("text", "answer")), (Opinion, ("text",)), (ChatLine, ("text",)), (Caption, ("text", "speaker")))


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="live_room.erasing")


def instead_of(row: Any) -> str:
    """What stands where her name stood, in the language of the row."""
    return ERASED_NAMES.get(f"surname_{getattr(row, 'language', 'kk')}", ERASED_NAMES["surname_kk"])


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    """Her names go out of what she and others wrote; checks of her line and reasons go whole. Presence stays: minutes without a name."""
    hers = borne_by_her_alone(person, names)
    for model, fields in TEXTS:
        manager: Any = model
        changed = []
        for row in manager.objects.order_by("pk"):
            own = (row.by_id if model is Caption else row.person_id) == person.pk
            texts = {name: without_names(getattr(row, name), names if own else hers, instead_of(row)) for name in fields if getattr(row, name)}  # fmt: skip
            if any(getattr(row, name) != text for name, text in texts.items()):
                for name, text in texts.items():
                    setattr(row, name, text)
                changed.append(row)
        manager.objects.bulk_update(changed, list(fields), batch_size=200)
    LineCheck.objects.filter(person=person).delete()
    Appeal.objects.filter(person=person).update(text="—")
    Participant.objects.filter(person=person).exclude(reason="").update(reason="—")
