"""Keeping the index in step, inside the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from orken.kit import bulk
from orken.kit.search import words
from orken.kit.search.models import SearchRow
from orken.kit.search.registry import Document, kinds

BATCH = 500


_held: ContextVar[dict[str, set[int]] | None] = ContextVar("held", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Inside it `index` only notes what changed; all of it is written at the end, in the same transaction.

    For imports: a thousand objects are indexed in a second instead of one by one.
    """
    held: dict[str, set[int]] = {}
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    for kind, ids in held.items():
        index(kind, sorted(ids))


def index(kind: str, ids: Sequence[int]) -> None:
    """Write the documents of these objects anew."""
    held = _held.get()
    if held is not None:
        held.setdefault(kind, set()).update(ids)
        return
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            forget(kind, some)
            _write(kind, kinds()[kind].documents(some))


@dataclass(frozen=True)
class Ready:
    """A document whose words are analysed already: the slow part of indexing, done before any lock."""

    document: Document
    title: str
    body: str


def ready(documents: Iterable[Document]) -> list[Ready]:
    if connection.vendor == "postgresql":
        return [Ready(one, words.document_for_postgresql(one.title, one.body, one.sounds), "") for one in documents]
    return [Ready(one, *words.document_for_sqlite(one.title, one.body, one.sounds)) for one in documents]


@dataclass(frozen=True)
class Difference:
    """What the index must lose and gain so that it says of some objects what their documents say."""

    kind: str
    lost: list[int]
    gained: list[Ready]

    @transaction.atomic
    def write(self) -> bool:
        """Write it; False, and nothing is written, when the index changed since it was compared."""
        if SearchRow.objects.filter(pk__in=self.lost).count() != len(self.lost):
            return False
        _delete(self.lost)
        _save(self.kind, self.gained)
        return True


def difference(kind: str, ids: Sequence[int], documents: Iterable[Document]) -> Difference:
    """Compare before any lock: a change of one language leaves the rows of the others as they are."""
    told = (
        "object_id", "language", "title", "body", "address", "public_address", "scope_path", "audience",
    )  # fmt: skip
    stands: dict[tuple[str, ...], int] = {}
    lost: list[int] = []
    for start in range(0, len(ids), BATCH):
        some = [str(one) for one in ids[start : start + BATCH]]
        for pk, *row in SearchRow.objects.filter(kind=kind, object_id__in=some).values_list("pk", *told):
            if stands.setdefault(tuple(row), pk) != pk:
                lost.append(pk)
    new: list[Document] = []
    for one in documents:
        key = tuple(one.title[:400] if name == "title" else getattr(one, name) for name in told)
        if stands.pop(key, None) is None:
            new.append(one)
    return Difference(kind, lost + list(stands.values()), ready(new))


@transaction.atomic
def replace(kind: str, ids: Sequence[int], documents: Sequence[Ready]) -> None:
    """Write analysed documents in place of all that the index holds of these objects."""
    forget(kind, ids)
    _save(kind, documents)


@transaction.atomic
def forget(kind: str, ids: Sequence[int]) -> None:
    """Take these objects out."""
    _delete(
        list(SearchRow.objects.filter(kind=kind, object_id__in=[str(one) for one in ids]).values_list("pk", flat=True))
    )


@transaction.atomic
def rebuild(progress: Callable[[str, int], None] | None = None) -> dict[str, int]:
    """Write the whole index anew; answers how many documents each kind has."""
    empty()
    found: dict[str, int] = {}
    for name, kind in kinds().items():
        found[name] = _write(name, kind.documents(None))
        if progress:
            progress(name, found[name])
    return found


def empty() -> None:
    """Forget every document. SQLite keeps the words in a table that is no model's, so that a flush leaves them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM kit_search_words")
    SearchRow.objects.all().delete()


def move(old: str, new: str) -> None:
    """A unit went from path `old` to `new`, with everything that stands under it."""
    SearchRow.objects.filter(scope_path__gte=old, scope_path__lt=old[:-1] + "0").update(
        scope_path=Concat(Value(new), Substr(F("scope_path"), len(old) + 1))
    )


def _write(kind: str, documents: Iterable[Document]) -> int:
    written = 0
    for batch in _batches(documents):
        _save(kind, ready(batch))
        written += len(batch)
    return written


def _save(kind: str, documents: Sequence[Ready]) -> None:
    rows = [
        SearchRow(
            kind=kind, object_id=one.object_id, language=one.language, title=one.title[:400], body=one.body,
            address=one.address, public_address=one.public_address, scope_path=one.scope_path, audience=one.audience,
        )
        for one in (found.document for found in documents)
    ]  # fmt: skip
    bulk.insert(SearchRow, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "UPDATE kit_search_searchrow SET words = %s::tsvector WHERE id = %s",
                [(found.title, row.pk) for found, row in zip(documents, rows, strict=True)],
            )
        else:
            cursor.executemany(
                "INSERT INTO kit_search_words (rowid, title, body) VALUES (%s, %s, %s)",
                [(row.pk, found.title, found.body) for found, row in zip(documents, rows, strict=True)],
            )


def _delete(ids: list[int]) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM kit_search_words WHERE rowid = %s", [(pk,) for pk in ids])
    SearchRow.objects.filter(pk__in=ids).delete()


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        yield batch
