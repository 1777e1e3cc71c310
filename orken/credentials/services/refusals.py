"""Why a verb did nothing."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """Nothing was written; `text` says why to the reader."""

    def __init__(self, text: str | Promise) -> None:
        super().__init__(str(text))
        self.text = text
