"""The states of a paper in one table (drawn in docs/states/)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.states import States, Way
from orken.records.models import Paper

S = Paper.State
PAPER = States(
    "paper",
    S,
    [
        Way("register", _("Register"), (S.DRAFT,), S.REGISTERED, actor="registrar of the issuer"),
        Way("drop", _("Throw the draft away"), (S.DRAFT,), None, actor="whoever prepares it", grave=True),
        Way("sign", _("Enter the signature"), (S.REGISTERED,), S.SIGNED, actor="registrar of the issuer"),
        Way("spoil", _("Spoil the number"), (S.REGISTERED,), S.SPOILED, actor="registrar of the issuer", needs_reason=True, grave=True),
        Way("amend", _("Amend by another paper"), (S.SIGNED, S.AMENDED), S.AMENDED, actor="a signed paper that amends it"),
        Way("cancel", _("Cancel by another paper"), (S.SIGNED, S.AMENDED), S.CANCELLED, actor="a signed paper that cancels it", grave=True),
    ],
    first=S.DRAFT,
)  # fmt: skip
