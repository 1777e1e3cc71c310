"""How the trail calls what happens to devices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words


def register() -> None:
    words.register(
        about={"device": _("Devices")},
        verbs={
            "device.line_looked_at": _("looked at a line that could not be written"),
            "device.revoked": _("took a device off the list"),
        },
    )
