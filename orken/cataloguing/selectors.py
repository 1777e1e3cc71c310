"""What the pages of the school read from the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from orken.cataloguing import marking, profiles
from orken.cataloguing.calibration import Agreement
from orken.cataloguing.models import CatalogueFile, HeldMark, ProfileRow, Publication
from orken.cataloguing.profiles import Profile
from orken.cataloguing.tasks import material
from orken.cataloguing.tasks.books import Book
from orken.kit.jobs.models import Work
from orken.people.models import Account


def profile(code: str) -> Profile:
    """The profile as it stands today: KAZMARC with the rows of the National Library. Raises KeyError."""
    found = profiles.get(code)
    if code == "kazmarc":
        return profiles.with_rows(found, [row.as_row() for row in ProfileRow.objects.all()])
    return found


@dataclass(frozen=True)
class Shelf:
    """A book in the list, with its published formats."""

    book: Book
    published: tuple[str, ...]


def shelf(kind: str = "", language: str = "") -> list[Shelf]:
    """The books of the school, by kind of document and language where asked."""
    live: dict[str, list[str]] = {}
    for code, format in Publication.objects.filter(withdrawn_at=None).order_by("format").values_list("book", "format"):
        live.setdefault(code, []).append(format)
    return [
        Shelf(one, tuple(live.get(one.code, ())))
        for one in material.books()
        if kind in ("", one.kind) and language in ("", one.language)
    ]


@dataclass(frozen=True)
class Judged:
    """A book as a task in one format: how its experts agree, and whether it is published."""

    format: str
    agreement: Agreement
    publication: Publication | None


def judged(code: str) -> list[Judged]:
    live = {row.format: row for row in Publication.objects.filter(book=code, withdrawn_at=None)}
    return [Judged(format, marking.agreement_of(code, format), live.get(format)) for format in material.FORMATS]


def files_of(account: Account) -> QuerySet[CatalogueFile]:
    """Her own files only: a catalogue's errors are her library's business."""
    return CatalogueFile.objects.filter(by=account).order_by("-created_at")


def works(files: Iterable[CatalogueFile]) -> dict[UUID, Work]:
    ids = [one.work_id for one in files if one.work_id]
    return {work.pk: work for work in Work.objects.filter(pk__in=ids)}


def work_of(file: CatalogueFile) -> Work | None:
    """The background work that checks, or checked, the file."""
    return Work.objects.filter(pk=file.work_id).first() if file.work_id else None


def held_marks(account: Account, *, all: bool) -> QuerySet[HeldMark]:
    """Marks that wait or waited for a person: everybody's for those who teach, else her own."""
    rows = HeldMark.objects.select_related("by__person", "decided_by__person")
    return rows if all else rows.filter(by=account)


def waiting_mark(account: Account, book: str, format: str) -> HeldMark | None:
    """Hers that waits already: one of a book and format at a time."""
    return HeldMark.objects.filter(by=account, book=book, format=format, state=HeldMark.State.WAITING).first()


def marks_that_wait() -> int:
    return HeldMark.objects.filter(state=HeldMark.State.WAITING).count()
