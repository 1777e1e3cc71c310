"""Which Chromium walks the journeys."""

from __future__ import annotations

import shutil

# The same engine of the same release without windows, tabs and toolbar, which no journey looks at: a page costs half as much.
SHELL = "chromium-headless-shell"
WHOLE = ("chromium", "chromium-browser", "google-chrome")


def found(*, whole: bool = False) -> str | None:
    """The one without windows where there is one, else the whole browser; `whole` asks for this one first."""
    names = (*WHOLE, SHELL) if whole else (SHELL, *WHOLE)
    return next((path for path in map(shutil.which, names) if path), None)
