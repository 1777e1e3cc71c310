"""What an erasure wipes of training that nobody of us certified, and what the duty to know who vouched for it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from django.utils import timezone

from orken.credentials.models import OutsideTraining, PastRecord, PastRow, Told
from orken.credentials.services import ledger
from orken.kit.files import services as files
from orken.kit.text.naming import without_names
from orken.people.models import Person
from orken.people.services.erasing import ERASED_NAMES

INSTEAD = ERASED_NAMES["surname_kk"]  # a paper has one text of a name
TEXTS = ("title", "organiser", "paper", "reason")


def forget(*, person: Person, names: Sequence[str]) -> None:
    """In what counts by duty her names go out of the words; what does not count loses its words and its paper whole.

    What still waits is taken back: nobody is left who could be told of an answer.
    """
    for training in OutsideTraining.objects.select_for_update(of=("self",)).filter(person=person):
        _one(training, OutsideTraining.State.SENT, OutsideTraining.State.WITHDRAWN, names)
    for record in PastRecord.objects.select_for_update(of=("self",)).filter(person=person):
        _one(record, PastRecord.State.SENT, PastRecord.State.WITHDRAWN, names)


def _one(row: Told, waits: str, withdrawn: str, names: Sequence[str]) -> None:
    if row.state == waits:
        row.state = withdrawn
        ledger.of_told([row], at=timezone.now())
    kept = row.state == row.CONFIRMED
    paper = None if kept else row.evidence
    for name in TEXTS:
        text = getattr(row, name)
        setattr(row, name, without_names(text, names, INSTEAD) if kept else (INSTEAD if text else ""))
    fields = ["state", *TEXTS]
    if isinstance(row, PastRecord):
        if not kept:
            row.title_key = row.paper_key = ""
        fields += ["title_key", "paper_key"]
    if paper is not None:
        row.evidence = None
        fields.append("evidence")
    row.save(update_fields=fields)
    if paper is not None:
        files.remove(kept=paper)
    elif row.evidence is not None:
        files.rename(
            kept=row.evidence, name=f"{row._meta.model_name}-{row.pk}{PurePosixPath(row.evidence.name).suffix}"
        )


def wipe_row(row: PastRow) -> None:
    """A row of a register loses its cells and its name; what it entered says where it came from by its number."""
    row.cells, row.corrections, row.values, row.notes, row.candidates, row.name = [], {}, {}, [], [], ""
    row.save(update_fields=["cells", "corrections", "values", "notes", "candidates", "name"])
