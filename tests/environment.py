"""Loaded first of all (`-p tests.environment`): tests have an environment of their own, never the developer's data."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("ORKEN_ENV", "test")
if "ORKEN_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="orken-test-")
    os.environ["ORKEN_DATA"] = folder
    (Path(folder) / "static").mkdir()  # the place that WhiteNoise looks at, empty: tests read the sources
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

# Before Django is set up: setting up asks for words already, and a catalogue once read is kept.
from orken.kit.i18n import compiling

compiling.compile_all()
