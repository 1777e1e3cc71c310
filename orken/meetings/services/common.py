"""What the verbs of a meeting share: its row, locked, made when the first of them needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orken.kit.i18n.content import LANGUAGES
from orken.kit.states import WayIsClosed
from orken.meetings import policy, states
from orken.meetings.models import Meeting
from orken.people.models import Account
from orken.training.models import Run


class EditedMeanwhile(Exception):
    """Somebody else changed it after this form was opened; nothing was written."""


class NotAMeeting(Exception):
    """Nobody speaks at a run of this kind."""


def locked(run: Run) -> Meeting:
    """The meeting of the run, its row locked until the end of the transaction; made when it is not there yet."""
    if not policy.has_programme(run):
        raise NotAMeeting(run.code)
    Meeting.objects.get_or_create(run=run)
    found = Meeting.objects.select_for_update(of=("self",)).get(pk=run.pk)
    found.run = Run.objects.select_related("host", "place").get(pk=run.pk)
    return found


def managed(run: Run, by: Account | None, way: str) -> Meeting:
    """Locked, for whoever organises it, while the run lives. `by` None: the demo. Raises OutOfScope, WayIsClosed."""
    meeting = locked(run)
    if by is not None:
        policy.require_managing(by, meeting.run)
        states.check_live(meeting, way)
    return meeting


def write(row: Any, values: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, list[Any]]:
    """Write `values` of these fields to the row (not saved); answers what changed: before and after."""
    changed = {}
    for name in fields:
        if name in values and getattr(row, name) != values[name]:
            changed[name] = [plain(getattr(row, name)), plain(values[name])]
            setattr(row, name, values[name])
    return changed


def trail_of(changed: Mapping[str, list[Any]]) -> dict[str, dict[str, Any]]:
    """What `write` changed as the trail keeps it: `before` and `after`, a text of several languages under one name for each reader."""
    sides: dict[str, dict[str, Any]] = {"before": {}, "after": {}}
    for name, pair in changed.items():
        stem, _, code = name.rpartition("_")
        for side, value in zip(("before", "after"), pair, strict=True):
            if code not in LANGUAGES:
                sides[side][name] = value
            elif value:
                sides[side].setdefault(stem, {})[code] = value
    return sides


def plain(value: Any) -> Any:
    """A value as the trail keeps it."""
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    return getattr(value, "code", None) or str(value)


__all__ = ["EditedMeanwhile", "NotAMeeting", "WayIsClosed", "locked", "managed", "plain", "trail_of", "write"]
