"""What becomes of answers when a person is erased: marks and figures stay, her own words and files go."""

from __future__ import annotations

from typing import Any

from orken.attempts.models import Allowance, AttemptItem, Step
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.people import events
from orken.people.models import Person

WORDS = ("question.essay", "question.short", "question.file")  # kinds in which she speaks in her own words
ERASED = {"text": "•••"}


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="attempts.erasing")


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    """The log keeps that a step came, when and what it was worth; what she wrote is taken out of it, and comments to her."""
    Allowance.objects.filter(person=person).update(reason="•••")
    items = AttemptItem.objects.filter(attempt__person=person)
    handed: set[str] = set()
    steps = []
    for step in Step.objects.filter(item__in=items).select_related("item"):
        told = dict(step.payload)
        if step.kind == Step.Kind.COMMENT:
            told["text"] = "•••"
        elif step.item.kind in WORDS and told.get("answer") is not None:
            handed |= _files(told["answer"])
            told["answer"] = {"files": []} if step.item.kind == "question.file" else ERASED
        if told != step.payload:
            step.payload = told
            steps.append(step)
    Step.objects.bulk_update(steps, ["payload"], batch_size=200)
    changed = []
    for item in items:
        if item.kind in WORDS and item.answer is not None:
            item.answer = {"files": []} if item.kind == "question.file" else ERASED
        item.comment = "•••" if item.comment else ""
        changed.append(item)
    AttemptItem.objects.bulk_update(changed, ["answer", "comment"], batch_size=200)
    for kept in StoredFile.objects.filter(pk__in=handed, purpose="attempt"):
        files.remove(kept=kept)


def _files(answer: Any) -> set[str]:
    return {str(one.get("id")) for one in answer.get("files", [])} if isinstance(answer, dict) else set()
