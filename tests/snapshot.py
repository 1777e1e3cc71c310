"""The demo country, made once for a run: where the database of every worker begins and what it returns to.

Migrations take a quarter of a minute and the demo half of that, so both are done once, under a lock,
and copied: a file with SQLite, a template with PostgreSQL. A test that commits is followed by a fresh
copy and not by emptied tables, so that the next one finds the country in whatever order they come.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from orken.kit import demo

PLACE = Path(settings.DATA_DIR) / "ready"
Pen = psycopg.Connection[tuple[Any, ...]]
Marks = dict[str, tuple[int, Any]]
Sequences = dict[str, tuple[int, bool]]
RUN = re.compile(r"[0-9a-f]{8}")
SOURCES = {".py", ".json", ".csv", ".toml", ".txt"}
BARE, FULL = "bare.sqlite3", "orken.sqlite3"  # after the migrations; with the demo country


@contextmanager
def _alone() -> Iterator[None]:
    """One process of the run at a time."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _orken(*words: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ORKEN_")}
    environment |= {"ORKEN_DATA": str(PLACE), "ORKEN_ENV": "development"}
    command = [sys.executable, "-m", "orken", *words]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.DEVNULL)


@cache
def made() -> Path:
    """The folder of a site that has the demo country, as the commands of `make start` leave it."""
    written = (path for path in (Path(settings.BASE_DIR) / "orken").rglob("*.*") if path.suffix in SOURCES)
    source = str(max(path.stat().st_mtime_ns for path in written))
    with _alone():
        stamp = PLACE / "made"
        if not stamp.exists() or stamp.read_text() != source:  # a folder that was named by hand outlives a run
            stamp.unlink(missing_ok=True)
            shutil.copy(Path(settings.DATA_DIR) / "secret-key", PLACE / "secret-key")
            for ending in ("", "-wal", "-shm"):
                (PLACE / f"{FULL}{ending}").unlink(missing_ok=True)
            _orken("django", "migrate", "--verbosity", "0")
            shutil.copyfile(PLACE / FULL, PLACE / BARE)
            _orken("demo")
            stamp.write_text(source)
    return PLACE


def site(data: Path, *, bare: bool = False) -> Path:
    """Lay a site into an empty folder: with the demo country, or only with its tables."""
    ready = made()
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ready / (BARE if bare else FULL), data / FULL)
    shutil.copy(ready / "secret-key", data / "secret-key")  # with its rights: the key is private
    return data


class File:
    """SQLite: the database of a worker is a copy of the file."""

    def __init__(self, worker: str) -> None:
        self.path = Path(settings.DATA_DIR) / f"test-{worker}.sqlite3"

    def begin(self) -> None:
        connection.close()
        connection.settings_dict["NAME"] = str(self.path)
        self.put_back()

    def put_back(self) -> None:
        ready = made()
        connection.close()
        self._forget()
        shutil.copyfile(ready / FULL, self.path)

    def end(self) -> None:
        connection.close()
        self._forget()

    def _forget(self) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)


class Template:
    """PostgreSQL: databases `test_NAME_RUN_…`, and a lock that lives as long as the run.

    Runs beside each other do not meet, and what a killed one has left is swept away by the next. A copy of
    a database is two thousand files and takes seconds, so a worker copies once; after a test that commits
    only the tables that it changed are filled again, from the schema `kept`.
    """

    def __init__(self, worker: str) -> None:
        self.home = str(settings.DATABASES["default"]["NAME"])
        self.run = hashlib.sha256(str(settings.DATA_DIR).encode()).hexdigest()[:8]
        self.prefix = f"test_{self.home}_"
        self.template, self.own = f"{self.prefix}{self.run}_demo", f"{self.prefix}{self.run}_{worker}"
        # At home, not in the test database: a database is made and dropped from outside.
        self.office = psycopg.connect(settings.ENVIRONMENT.database_url, autocommit=True)
        self.marks: Marks = {}
        self.sequences: Sequences = {}

    def begin(self) -> None:
        with _alone():
            self.office.execute("SELECT pg_advisory_lock_shared(%s)", [int(self.run, 16)])
            self._sweep(but=self.run)
            if not self._exists(self.template):
                self._make()
        self._drop(self.own)
        self._copy(self.template, self.own)
        connection.settings_dict["NAME"] = self.own
        with self._inside() as pen:
            self.marks, self.sequences = _marks(pen), _sequences(pen)

    def put_back(self) -> None:
        connection.close()
        with self._inside() as pen:
            _wait_alone(pen)
            changed = [table for table, mark in _marks(pen).items() if mark != self.marks.get(table)]
            with pen.transaction():
                # Foreign keys and triggers rest meanwhile: what comes back was whole.
                pen.execute("SET LOCAL session_replication_role = replica")
                for table in changed:
                    names = {"table": sql.Identifier(table), "columns": _columns(pen, table)}
                    pen.execute(sql.SQL("DELETE FROM {table}").format(**names))
                    fill = "INSERT INTO {table} ({columns}) SELECT {columns} FROM kept.{table}"
                    pen.execute(sql.SQL(fill).format(**names))
                now = _sequences(pen)
                for name, (last, called) in self.sequences.items():
                    if now[name] != (last, called):
                        pen.execute("SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, last, called])
            self.marks = _marks(pen)

    def end(self) -> None:
        connection.close()
        connection.settings_dict["NAME"] = self.home
        self._drop(self.own)
        self.office.execute("SELECT pg_advisory_unlock_shared(%s)", [int(self.run, 16)])
        self._sweep()  # the last worker takes the template away
        self.office.close()

    def _inside(self) -> Pen:
        return psycopg.connect(settings.ENVIRONMENT.database_url, dbname=self.own, autocommit=True)

    def _make(self) -> None:
        connection.settings_dict["TEST"]["NAME"] = self.own
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        demo.make()
        connection.close()
        with self._inside() as pen:
            pen.execute("CREATE SCHEMA kept")
            for table in _tables(pen):
                keep = "CREATE TABLE kept.{table} AS TABLE {table}"
                pen.execute(sql.SQL(keep).format(table=sql.Identifier(table)))
        self._copy(self.own, self.template)

    def _sweep(self, but: str = "") -> None:
        """Drop the databases of runs that nobody holds any more."""
        found = self.office.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix])
        names = [name for (name,) in found.fetchall()]
        runs = {name.removeprefix(self.prefix).split("_")[0] for name in names}
        for run in sorted(one for one in runs - {but} if RUN.fullmatch(one)):
            if self.office.execute("SELECT pg_try_advisory_lock(%s)", [int(run, 16)]).fetchone() != (True,):
                continue
            for name in names:
                if name.startswith(f"{self.prefix}{run}_"):
                    self._drop(name)
            self.office.execute("SELECT pg_advisory_unlock(%s)", [int(run, 16)])

    def _exists(self, name: str) -> bool:
        return bool(self.office.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def _copy(self, source: str, name: str) -> None:
        self.office.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
        )

    def _drop(self, name: str) -> None:
        self.office.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _tables(pen: Pen) -> list[str]:
    rows = pen.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in rows.fetchall()]


def _columns(pen: Pen, table: str) -> sql.Composed:
    """What can be written: PostgreSQL reckons generated columns itself."""
    rows = pen.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return sql.SQL(", ").join(sql.Identifier(name) for (name,) in rows.fetchall())


def _marks(pen: Pen) -> Marks:
    """How many rows each table has and which transactions wrote them: the same when nothing was changed."""
    one = sql.SQL("SELECT {name}, COUNT(*), COALESCE(SUM(xmin::text::bigint), 0) FROM {table}")
    parts = [one.format(name=sql.Literal(table), table=sql.Identifier(table)) for table in _tables(pen)]
    return {
        name: (count, written) for name, count, written in pen.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall()
    }


def _sequences(pen: Pen) -> Sequences:
    """Where each sequence stands, and whether its number has been given."""
    rows = pen.execute(
        "SELECT sequencename, COALESCE(last_value, start_value), last_value IS NOT NULL FROM pg_sequences"
        " WHERE schemaname = 'public'"
    )
    return {name: (last, called) for name, last, called in rows.fetchall()}


def _wait_alone(pen: Pen) -> None:
    """Threads and servers of the test have hung up; PostgreSQL may still be ending their sessions."""
    others = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    until = time.monotonic() + 10
    while pen.execute(others).fetchone():
        if time.monotonic() > until:  # whoever still holds on would write into the next test
            pen.execute(f"SELECT pg_terminate_backend(pid) FROM ({others}) AS held")
        time.sleep(0.02)


def of(worker: str) -> File | Template:
    return File(worker) if connection.vendor == "sqlite" else Template(worker)
