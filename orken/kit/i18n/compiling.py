"""Compiling the catalogues, before Django is set up: setting up already asks for words.

A catalogue once read is kept for the life of the process and inherited by its children, so a start
that compiled later would speak English in Kazakh until the next one.
"""

from __future__ import annotations

import os
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def compile_all() -> int:
    """Write the .mo files that are older than their .po; answers how many."""
    written = 0
    for source in sorted(ROOT.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            partial = target.with_suffix(f".{os.getpid()}")  # two processes may start at once
            polib.pofile(str(source)).save_as_mofile(str(partial))
            partial.replace(target)
            written += 1
    return written
