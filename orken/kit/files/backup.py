"""One consistent file of everything: the rows of every table and the bytes of every kept file.

A zip of JSON lines, one entry for a table, the same for both databases, so a backup of one machine's
SQLite can be restored into PostgreSQL. Read inside one transaction that sees one moment; restored in
one transaction: the old state or the new, whenever the power goes.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from orken.kit.files.models import StoredFile
from orken.kit.search import services as search

VERSION = 1
BATCH = 1000
# Made anew, or of this moment only: never part of a backup.
LEFT_OUT = {"kit_search.SearchRow", "sessions.Session", "kit_live.LiveEvent", "kit_limits.Tally"}


class BackupProblem(Exception):
    """The backup cannot be made or restored; the text is a sentence for the operator."""


def _models() -> list[type[models.Model]]:
    """Every table of ours and of the libraries, many-to-many tables too."""
    found = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]
    return sorted((model for model in found if model._meta.label not in LEFT_OUT), key=lambda model: model._meta.label)


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


# --- writing ---


def backup(path: Path) -> dict[str, int]:
    """Write the backup to `path`, whole or not at all; answers rows by table."""
    counts: dict[str, int] = {}
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with (
            os.fdopen(handle, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
        ):
            with _one_moment():
                for model in _models():
                    counts[model._meta.label] = _write_table(archive, model)
                stored = list(StoredFile.objects.values_list("stored_as", "sha256").distinct())
                manifest = {
                    "version": VERSION, "made_at": timezone.now().isoformat(), "vendor": connection.vendor,
                    "migrations": _migrations(), "rows": counts, "files": len(stored),
                }  # fmt: skip
            for kept, sha256 in stored:
                with default_storage.open(kept, "rb") as source, archive.open(f"files/{sha256}", "w") as target:
                    while chunk := source.read(1024 * 1024):
                        target.write(chunk)
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return counts


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction in which every table is read as of the same moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = [field.attname for field in fields]
    rows = 0
    with (
        archive.open(f"tables/{model._meta.label}.jsonl", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8") as out,
    ):
        out.write(json.dumps(names) + "\n")
        for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=BATCH):
            out.write(json.dumps([_plain(value) for value in row], ensure_ascii=False) + "\n")
            rows += 1
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date, time, UUID, Decimal)):
        return str(value) if not isinstance(value, (datetime, date, time)) else value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return value


# --- restoring ---


def restore(path: Path, *, replace: bool = False) -> dict[str, int]:
    """Put the database and the files back to what `path` holds; answers rows by table.

    Raises BackupProblem when the file is broken, of another version of the program, or when the
    database holds something and `replace` is not given; then nothing is changed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _judged(archive)
            _put_files(archive)
            with transaction.atomic():
                if not replace and any(
                    model._base_manager.exists() for model in _ours() if not _filled_by_set_up(model)
                ):
                    raise BackupProblem("The database is not empty. Give --replace to put the backup in its place.")
                counts = _put_tables(archive, manifest)
                search.rebuild()
            return counts
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as broken:
        raise BackupProblem(
            f"{path.name} is not a whole backup of Orken: it is damaged or another kind of file. Nothing was changed."
        ) from broken


def _judged(archive: zipfile.ZipFile) -> dict[str, Any]:
    bad = archive.testzip()
    if bad is not None:
        raise BackupProblem(f"The backup is damaged at {bad}. Nothing was changed.")
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("version") != VERSION:
        raise BackupProblem("The backup is of another kind than this program writes. Nothing was changed.")
    if manifest["migrations"] != _migrations():
        raise BackupProblem(
            "The backup is of another version of the program. Install that version, restore, then update."
        )
    return manifest


def _ours() -> list[type[models.Model]]:
    return [model for model in _models() if model.__module__.startswith("orken.")]


def _filled_by_set_up(model: type[models.Model]) -> bool:
    """What an app loads into an empty installation (`filled_by_set_up` of its AppConfig) is nobody's work to lose."""
    names: tuple[str, ...] = getattr(apps.get_app_config(model._meta.app_label), "filled_by_set_up", ())
    return model.__name__ in names


def _put_files(archive: zipfile.ZipFile) -> None:
    """Files are named by their content: putting them before the rows harms nothing if the rows then fail."""
    for name in archive.namelist():
        if name.startswith("files/"):
            sha256 = name.removeprefix("files/")
            target = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
            if default_storage.exists(target):
                continue
            with archive.open(name) as source:
                content = source.read()
            if hashlib.sha256(content).hexdigest() != sha256:
                raise BackupProblem(f"The file {sha256[:12]}… in the backup is damaged. Nothing was changed.")
            default_storage.save(target, File(io.BytesIO(content)))


def _put_tables(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> dict[str, int]:
    tables = _models()
    counts: dict[str, int] = {}
    with connection.constraint_checks_disabled() if connection.vendor == "sqlite" else contextlib.nullcontext():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"TRUNCATE {names} CASCADE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            else:
                for model in tables:
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for model in tables:
            counts[model._meta.label] = _put_table(archive, model)
            if counts[model._meta.label] != manifest["rows"][model._meta.label]:
                raise BackupProblem(f"{model._meta.label} has other rows than the backup says. Nothing was changed.")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    connection.check_constraints()
    return counts


def _put_table(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    with archive.open(f"tables/{model._meta.label}.jsonl") as raw, io.TextIOWrapper(raw, "utf-8") as lines:
        names = json.loads(lines.readline())
        fields = [model._meta.get_field(name.removesuffix("_id") if _is_key(model, name) else name) for name in names]
        rows = 0
        batch: list[models.Model] = []
        for line in lines:
            values = {
                name: _typed(field, value) for name, field, value in zip(names, fields, json.loads(line), strict=True)
            }
            batch.append(model(**values))
            rows += 1
            if len(batch) >= BATCH:
                model._base_manager.bulk_create(batch)
                batch = []
        model._base_manager.bulk_create(batch)
    return rows


def _is_key(model: type[models.Model], name: str) -> bool:
    return any(field.attname == name and field.name != name for field in model._meta.concrete_fields)


def _typed(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)
