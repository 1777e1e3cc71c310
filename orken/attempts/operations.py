"""Lines of devices: «attempts.save» writes one answer, «attempts.submit» checks one or hands the sheet in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from orken.attempts import services
from orken.attempts.services import Line, Written
from orken.kit.offline import registry
from orken.kit.offline.registry import DONE, REFUSED, Outcome, Sent
from orken.network.policy import OutOfScope
from orken.people.models import Account

SAVE, SUBMIT = "attempts.save", "attempts.submit"
REASONS = {
    "attempt": _("This attempt is not yours, or is not there any more."),
    "item": _("There is no such question in this attempt."),
    "large": _("The answer is too long: at most 40 000 characters. Shorten it and save again."),
    "unreadable": _("The answer cannot be read. Open the page again and answer once more."),
    "late": _("It was written after the end of the attempt and does not count. It is kept in the list of lines."),
    "many": _("Too many answers stand beside one another here. Choose one of them first."),
    "foreign": _("Another device has sent this line."),
}


def register() -> None:
    registry.register(SAVE, saves, reasons=REASONS)
    registry.register(SUBMIT, submits, reasons=REASONS)


def saves(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    """Lines of one attempt are written at once, in the order of the device's numbers."""
    found: list[Outcome] = []
    for uid, group in groupby(batch, key=lambda sent: str(sent.payload.get("attempt", ""))):
        found += _of_attempt(uid, list(group), by)
    return found


def _of_attempt(told: str, batch: list[Sent], by: Account) -> list[Outcome]:
    uid = _uid(told)
    try:
        if uid is None:
            raise OutOfScope(told)
        written = services.write(attempt=uid, lines=[_line(sent) for sent in batch], by=by)
    except OutOfScope:
        return [Outcome(REFUSED, "attempt") for _sent in batch]
    return [_outcome(one, told) for one in written]


def submits(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    found = []
    for sent in batch:
        told = str(sent.payload.get("attempt", ""))
        uid = _uid(told)
        try:
            if uid is None:
                raise OutOfScope(told)
            if "item" in sent.payload:
                found.append(_outcome(services.write(attempt=uid, lines=[_line(sent, check=True)], by=by)[0], told))
                continue
            services.hand_in(attempt=uid, by=by, at=sent.made_at)
        except OutOfScope:
            found.append(Outcome(REFUSED, "attempt"))
        else:
            found.append(Outcome(DONE, "", told))
    return found


def _uid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def _line(sent: Sent, *, check: bool = False) -> Line:
    position: Any = sent.payload.get("item")
    whole = isinstance(position, int) and not isinstance(position, bool)
    return Line(sent.uid, position if whole else 0, sent.base, sent.payload.get("answer"), sent.made_at, check)


def _outcome(one: Written, about: str) -> Outcome:
    return Outcome(one.outcome, one.reason, about, {"seq": one.seq, "now": one.state} if one.seq else {})
