"""Benchmarks: each prints a table; timing never decides a test.

Each works in a folder of its own and, where ORKEN_DATABASE_URL names a PostgreSQL server, in a database of its own
there; both go when it ends, so that no bench can touch what somebody keeps.
"""

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit, urlunsplit

import django

from orken.kit.i18n import compiling


def _of_its_own() -> None:
    folder = tempfile.mkdtemp(prefix="orken-bench-")
    os.environ |= {"ORKEN_ENV": "test", "ORKEN_DATA": folder, "DJANGO_SETTINGS_MODULE": "orken.config.settings"}
    maker = os.getpid()
    server = os.environ.get("ORKEN_DATABASE_URL", "")
    database = f"orken_bench_{maker}"
    if server:
        _ask(server, f'CREATE DATABASE "{database}"')
        os.environ["ORKEN_DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{database}"))

    def clear() -> None:
        if os.getpid() != maker:  # a child that was forked for a table must not take the house down
            return
        from django.db import connections

        connections.close_all()
        if server:
            _ask(server, f'DROP DATABASE "{database}" WITH (FORCE)')
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(clear)


def _ask(server: str, command: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command.encode())


_of_its_own()
compiling.compile_all()
django.setup()
