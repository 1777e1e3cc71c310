"""Loaded first of all (`-p tests.environment`): tests have an environment of their own, never the developer's data."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("ORKEN_ENV", "test")
if "ORKEN_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="orken-test-")
    os.environ["ORKEN_DATA"] = folder
    (Path(folder) / "static").mkdir()  # the place that WhiteNoise looks at, empty: tests read the sources
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

# Before Django is set up: setting up asks for words already, and a catalogue once read is kept.
from orken.kit.i18n import compiling

compiling.compile_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--of-database", action="store_true", help="only the tests that ask for the database")


def asks_for_database(item: pytest.Item) -> bool:
    """Any other is refused the database by pytest-django, and with it the counters and live events that Redis may hold."""
    names = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or "db" in names or "transactional_db" in names


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--of-database"):
        others = [item for item in items if not asks_for_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if asks_for_database(item)]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A failure is named when it happens: a run that is cut off has told what it knew."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nFAILED {report.nodeid} ({report.when}, {report.duration:.1f} s)", file=sys.stderr, flush=True)
