"""The states of a recording in one table (drawn in docs/states/)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.states import States, Way
from orken.proceedings import policy
from orken.proceedings.models import Recording

S = Recording.State


def everybody_agrees(recording: Recording) -> str | Promise | None:
    """Whoever speaks in it has said that she may be recorded and shown."""
    silent = policy.without_consent(policy.heard_in(recording))
    if not silent:
        return None
    return _("Not everybody has agreed to be recorded and shown: %(names)s. Consent is noted on the page of speakers.") % {
        "names": ", ".join(str(one) for one in silent)
    }  # fmt: skip


RECORDING = States(
    "recording",
    S,
    [
        Way("show", _("Show it"), (S.HIDDEN, S.TAKEN_BACK), S.SHOWN, (everybody_agrees,), actor="organiser"),
        Way("take_back", _("Take it back"), (S.SHOWN,), S.TAKEN_BACK, actor="organiser", needs_reason=True, grave=True),
    ],
    first=S.HIDDEN,
)
