"""Kinds of lines: each app says what a line of its kind does.

offline.register("attendance.mark", apply, reasons={"session": _("The session was taken out.")})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.offline.models import Operation

Text = str | Promise
DONE, SAME, DIFFERS, REFUSED = Operation.Outcome


@dataclass(frozen=True)
class Sent:
    """A line as its kind gets it: `base` is what she saw standing, `made_at` when, by a clock put right.

    `claimed_at`: when by the device's own clock, which may be years off; shown, never reckoned with.
    """

    uid: UUID
    sequence: int
    kind: str
    base: str
    payload: Mapping[str, Any]
    made_at: datetime
    claimed_at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of it; `reason` is a key of the kind's reasons, `about` the thing, `told` goes back to the browser."""

    state: str
    reason: str = ""
    about: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)


# Lines of one kind in their order, in one transaction; one outcome for each. Raising refuses the line that raises.
Apply = Callable[[Sequence[Sent], Any], Sequence[Outcome]]


@dataclass(frozen=True)
class Kind:
    apply: Apply
    reasons: Mapping[str, Text]


KNOWN_EVERYWHERE: Mapping[str, Text] = {
    "kind": _("This page is older than the centre. Open it again when there is a connection."),
    "fault": _("The centre could not read this line. It is kept, and the administrator is told."),
    "foreign": _("Another device has sent this line."),
}
_kinds: dict[str, Kind] = {}


def register(name: str, apply: Apply, *, reasons: Mapping[str, Text]) -> None:
    _kinds[name] = Kind(apply, reasons)


def kind(name: str) -> Kind | None:
    return _kinds.get(name)


def says(name: str, reason: str) -> str:
    """The sentence of a refusal in the reader's language."""
    known = _kinds.get(name)
    return str({**KNOWN_EVERYWHERE, **(known.reasons if known else {})}.get(reason, ""))
