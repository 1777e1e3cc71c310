"""Writing many new rows of one table at once, two to three times as fast as `bulk_create`.

For imports of tens of thousands of rows, where building SQL for every value takes longer than the
database needs to write it. Ids are taken before, so that rows may point to one another; no signals,
no `save()`: the caller has filled every column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, connections, models, transaction

# Fields whose Python value is what the driver takes.
_AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.FloatField)


def insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert `rows`, all new, inside the caller's transaction; afterwards each has its id."""
    if not rows:
        return
    fields = model._meta.concrete_fields
    if isinstance(model._meta.pk, models.AutoField):
        for row, pk in zip(rows, _ids(model, len(rows)), strict=True):
            row.pk = pk
    prepare = [(place, _prepared(field)) for place, field in enumerate(fields) if not _plain(field)]
    read = attrgetter(*(field.attname for field in fields))
    values = []
    for row in rows:
        found = list(read(row))
        for place, convert in prepare:
            found[place] = convert(found[place])
        values.append(found)
    columns = [connection.ops.quote_name(str(field.column)) for field in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # COPY is the driver's own: without the wrapper its errors would not be Django's IntegrityError.
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
            ):
                for one in values:
                    copy.write_row(one)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _plain(field: models.Field[Any, Any]) -> bool:
    """Whether the driver takes the Python value as it is: Django's own conversion would only give it back."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    ours = (type(target).get_prep_value, type(target).get_db_prep_value)
    return isinstance(target, _AS_IT_IS) and all(one.__module__.startswith("django.") for one in ours)


def _prepared(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a value becomes what the driver takes; days and moments repeat in a list, so each is worked out once."""
    real = connections[connection.alias]
    if isinstance(field, models.JSONField):
        if connection.vendor == "postgresql":
            return lambda value: None if value is None else json.dumps(value)  # COPY takes the text
        return lambda value: field.get_db_prep_save(value, real)
    known: dict[Any, Any] = {None: None}

    def convert(value: Any) -> Any:
        if value not in known:
            known[value] = field.get_db_prep_save(value, real)
        return known[value]

    return convert


def _ids(model: type[models.Model], many: int) -> list[int]:
    """Ids that nobody else gets: of the sequence, or, on SQLite, of the table that the transaction holds."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, many]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = int(found[0]) if found else 0
        return list(range(last + 1, last + 1 + many))
