"""Finding: the scope is a condition of the query itself, never a filter over its answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from orken.kit.search import words
from orken.kit.search.models import SearchRow

_RANKED = """
WITH hit AS ({hits}),
best AS (
  SELECT r.id, r.kind, r.object_id, hit.rank, ROW_NUMBER() OVER (
    PARTITION BY r.kind, r.object_id ORDER BY CASE WHEN r.language = %s THEN 0 ELSE 1 END, hit.rank, r.language, r.scope_path
  ) AS place
  FROM hit JOIN kit_search_searchrow r ON r.id = hit.id
  WHERE r.id IN ({visible})
)
SELECT id, COUNT(*) OVER () FROM best WHERE place = 1 ORDER BY rank, kind, object_id LIMIT %s OFFSET %s
"""
_SQLITE = "SELECT rowid AS id, bm25(kit_search_words, 10.0, 1.0) AS rank FROM kit_search_words WHERE kit_search_words MATCH %s"
_POSTGRESQL = """
SELECT s.id, -ts_rank('{{0.1, 0.2, 0.4, 1.0}}', s.words, q) AS rank
FROM kit_search_searchrow s, (SELECT %s::tsquery AS q) asked WHERE s.words @@ q
"""


@dataclass(frozen=True)
class Found:
    """A page of finds, best first, one for each object, and how many there are in all."""

    rows: list[SearchRow]
    total: int


def find(text: str, *, language: str, visible: Q, limit: int = 20, offset: int = 0) -> Found:
    """Objects whose words meet every word of `text`, among the rows that `visible` lets through.

    A title counts ten times a body. Each object is shown in the reader's language when it has it,
    whatever language the words were found in.
    """
    postgresql = connection.vendor == "postgresql"
    question = words.question_for_postgresql(text) if postgresql else words.question_for_sqlite(text)
    if not question:
        return Found([], 0)
    allowed, allowed_values = SearchRow.objects.filter(visible).values("pk").query.sql_with_params()
    hits = _POSTGRESQL.format() if postgresql else _SQLITE
    with connection.cursor() as cursor:
        cursor.execute(_RANKED.format(hits=hits, visible=allowed), [question, language, *allowed_values, limit, offset])
        found = cursor.fetchall()
    ids = [pk for pk, _total in found]
    rows = {row.pk: row for row in SearchRow.objects.filter(pk__in=ids)}
    ordered = [rows[pk] for pk in ids]
    return Found(_in_language(ordered, language), found[0][1] if found else 0)


def _in_language(rows: list[SearchRow], language: str) -> list[SearchRow]:
    """The same objects at the same places in the reader's language where that exists."""
    foreign = [row for row in rows if row.language != language]
    if not foreign:
        return rows
    twins = {
        (row.kind, row.object_id, row.scope_path): row
        for row in SearchRow.objects.filter(language=language, object_id__in=[row.object_id for row in foreign])
    }
    return [twins.get((row.kind, row.object_id, row.scope_path), row) for row in rows]
