"""How the trail calls what is done to papers and numbers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words

VERBS = {
    "number.spoiled": _("spoiled a number"),
}


def register() -> None:
    words.register(
        about={"number": _("Numbers of papers")},
        verbs=VERBS,
        fields={"number.spoiled.number": _("Number"), "number.spoiled.series": _("Series")},
        things={"records.number": words.rows_of("records.Number", "series", text=str)},
    )
