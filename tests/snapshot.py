"""The demo country, made once for a run: where the database of every worker begins and what it returns to.

Migrations take a quarter of a minute and the demo half of that, so both are done once, under a lock,
and copied: a file with SQLite, a template with PostgreSQL. After a test that commits the next one finds
the country laid anew and no emptied tables, in whatever order they come.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from orken.kit import demo
from tests.outside import outside

PLACE = Path(settings.DATA_DIR) / "ready"
Pen = psycopg.Connection[tuple[Any, ...]]
Marks = dict[str, tuple[int, Any]]
Sequences = dict[str, tuple[int, bool]]
DEMO = "demo"  # the state in which every test begins that asks for no other
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
    environment = outside()
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
            _forget(PLACE / FULL)
            shutil.rmtree(PLACE / "files", ignore_errors=True)
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
    if not bare:
        _files(data)
    shutil.copy(ready / "secret-key", data / "secret-key")  # with its rights: the key is private
    return data


def _files(data: Path) -> None:
    """The stored files that the demo country names."""
    if (PLACE / "files").exists():
        shutil.copytree(PLACE / "files", data / "files", dirs_exist_ok=True)


class File:
    """SQLite: the database of a worker is a copy of the file."""

    def __init__(self, worker: str) -> None:
        self.path = Path(settings.DATA_DIR) / f"test-{worker}.sqlite3"
        self.kept: dict[str, Path] = {}
        self.dirty = False

    def begin(self) -> None:
        connection.close()
        connection.settings_dict["NAME"] = str(self.path)
        self.kept = {DEMO: made() / FULL}
        _files(Path(settings.DATA_DIR))
        self.lay(DEMO)

    def keep(self, state: str) -> None:
        """Remember what stands now under a name."""
        connection.close()
        self.kept[state] = self.path.with_name(f"{self.path.stem}-{state}.sqlite3")
        shutil.copyfile(self.path, self.kept[state])

    def lay(self, state: str) -> None:
        connection.close()
        _forget(self.path)
        shutil.copyfile(self.kept[state], self.path)
        self.dirty = False

    def end(self) -> None:
        connection.close()
        _forget(self.path)


def _forget(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


@dataclass(frozen=True)
class _Kept:
    """A state that can be laid again: what each table says, and where the sequences stand."""

    contents: dict[str, str]
    sequences: Sequences


class Template:
    """PostgreSQL: databases `test_NAME_RUN_…`, and a lock that lives as long as the run.

    Runs beside each other do not meet, and what a killed one has left is swept away by the next. A copy of
    a database is two thousand files and takes seconds, so a worker copies once; after a test that commits
    only the tables that it changed are filled again, from a schema `kept_…`.
    """

    def __init__(self, worker: str) -> None:
        self.home = str(settings.DATABASES["default"]["NAME"])
        self.run = hashlib.sha256(str(settings.DATA_DIR).encode()).hexdigest()[:8]
        self.prefix = f"test_{self.home}_"
        self.template, self.own = f"{self.prefix}{self.run}_demo", f"{self.prefix}{self.run}_{worker}"
        # At home, not in the test database: a database is made and dropped from outside.
        self.office = psycopg.connect(settings.ENVIRONMENT.database_url, autocommit=True)
        self.kept: dict[str, _Kept] = {}
        self.marks: Marks = {}  # the rows of each table when it was last laid
        self.holds: dict[str, str] = {}  # and what they said
        self.dirty = False

    def prepare(self) -> None:
        """See that the template stands, and hold it."""
        with _alone():
            self.office.execute("SELECT pg_advisory_lock_shared(%s)", [int(self.run, 16)])
            self._sweep(but=self.run)
            if not self._exists(self.template):
                self._make()
        self._drop(self.own)

    def begin(self) -> None:
        self.prepare()
        self._copy(self.template, self.own)
        self._set(jit="off", synchronous_commit="off")
        connection.settings_dict["NAME"] = self.own
        with self._inside() as pen:
            self.kept[DEMO] = _Kept(_contents(pen, DEMO), _sequences(pen))
            self.marks, self.holds = _marks(pen), dict(self.kept[DEMO].contents)

    def keep(self, state: str) -> None:
        """Remember what stands now under a name."""
        connection.close()
        with self._inside() as pen:
            _wait_alone(pen)
            _keep(pen, state)
            self.kept[state] = _Kept(_contents(pen, state), _sequences(pen))
            self.marks, self.holds = _marks(pen), dict(self.kept[state].contents)

    def lay(self, state: str) -> None:
        """Fill the tables that hold something else, by what was changed since and by what was kept."""
        connection.close()
        kept = self.kept[state]
        with self._inside() as pen:
            _wait_alone(pen)
            marks = _marks(pen)
            changed = {table for table in marks if marks[table] != self.marks.get(table)}
            with pen.transaction():
                # Foreign keys and triggers rest meanwhile: what comes back was whole.
                pen.execute("SET LOCAL session_replication_role = replica")
                for table, content in kept.contents.items():
                    if table in changed or self.holds.get(table) != content:
                        _fill(pen, state, table)
                now = _sequences(pen)
                for name, (last, called) in kept.sequences.items():
                    if now[name] != (last, called):
                        pen.execute("SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, last, called])
            self.marks, self.holds, self.dirty = _marks(pen), dict(kept.contents), False

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
            _keep(pen, DEMO)
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

    def _set(self, **values: str) -> None:
        """A database of an hour compiles no query for the thousand times it is never asked, and outlives no power cut."""
        for name, value in values.items():
            words = {"own": sql.Identifier(self.own), "name": sql.Identifier(name), "value": sql.Literal(value)}
            self.office.execute(sql.SQL("ALTER DATABASE {own} SET {name} = {value}").format(**words))

    def _drop(self, name: str) -> None:
        self.office.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _tables(pen: Pen) -> list[str]:
    rows = pen.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in rows.fetchall()]


def _kept(state: str, table: str) -> sql.Identifier:
    return sql.Identifier(f"kept_{state}", table)


def _keep(pen: Pen, state: str) -> None:
    pen.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(f"kept_{state}")))
    for table in _tables(pen):
        pen.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(_kept(state, table), sql.Identifier("public", table)))


def _fill(pen: Pen, state: str, table: str) -> None:
    names = {"table": sql.Identifier("public", table), "kept": _kept(state, table), "columns": _columns(pen, table)}
    pen.execute(sql.SQL("DELETE FROM {table}").format(**names))
    pen.execute(sql.SQL("INSERT INTO {table} ({columns}) SELECT {columns} FROM {kept}").format(**names))


def _contents(pen: Pen, state: str) -> dict[str, str]:
    """What each kept table says, in one word: the same in two states needs no filling."""
    one = "SELECT {name}, md5(COALESCE(string_agg(r::text, chr(10) ORDER BY r::text), '')) FROM {table} AS r"
    parts = [sql.SQL(one).format(name=sql.Literal(table), table=_kept(state, table)) for table in _tables(pen)]
    return dict(pen.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall())


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


_open: list[File | Template] = []  # the one of this process, once it stands


def begin(worker: str) -> File | Template:
    database: File | Template = File(worker) if connection.vendor == "sqlite" else Template(worker)
    database.begin()
    _open.append(database)
    return database


def clean() -> None:
    """Lay the demo country, when a test has committed something since."""
    for database in _open:
        if database.dirty:
            database.lay(DEMO)


def lay(state: str, make: Callable[[], None]) -> None:
    """Lay a state of another kind, which `make` makes the first time; for tests that commit."""
    for database in _open:
        if state in database.kept:
            database.lay(state)
        else:
            make()
            database.keep(state)
