"""What the steps of one question come to. Pure: the summary rows are these sums, and an invariant proves it.

A step that was written over another than the one that stood (`branch`) never changes the answer: it is kept beside it
until the learner chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

ENOUGH = 0.9999


class ItemState(models.TextChoices):
    """Where a question of a sitting stands."""

    TODO = "todo", pgettext_lazy("state of an answer", "not answered")
    INVALID = "invalid", pgettext_lazy("state of an answer", "cannot be read yet")
    ANSWERED = "answered", pgettext_lazy("state of an answer", "answered")
    AGAIN = "again", pgettext_lazy("state of an answer", "to be tried again")
    WAITING = "waiting", pgettext_lazy("state of an answer", "waits to be marked")
    GAVE_UP = "gave_up", pgettext_lazy("state of an answer", "left open")
    RIGHT = "right", pgettext_lazy("state of an answer", "right")
    PARTIAL = "partial", pgettext_lazy("state of an answer", "right in part")
    WRONG = "wrong", pgettext_lazy("state of an answer", "not right")


OVER = (ItemState.WAITING, ItemState.GAVE_UP, ItemState.RIGHT, ItemState.PARTIAL, ItemState.WRONG)


@dataclass(frozen=True)
class Event:
    """A step as the algebra reads it."""

    seq: int
    kind: str
    payload: Mapping[str, Any]
    branch: bool = False


@dataclass(frozen=True)
class Summary:
    """Where the question stands after its steps. `share` 0 to 1, None as long as nobody has marked."""

    state: str = ItemState.TODO
    answer: Any = None
    head: int = 0  # the step whose answer stands
    last: int = 0  # the last step of all
    share: float | None = None
    tries: int = 0
    by_hand: bool = False  # a person has marked it
    comment: str = ""
    branches: tuple[int, ...] = field(default=())


def reckon(events: Iterable[Event]) -> Summary:
    """The summary of steps in the order of their numbers."""
    found = Summary()
    for event in events:
        found = after(found, event)
    return found


def after(was: Summary, event: Event) -> Summary:
    """The summary when one more step has come."""
    told = event.payload
    now = {**vars(was), "last": max(was.last, event.seq)}
    if event.kind == "comment":
        return Summary(**{**now, "comment": str(told.get("text", ""))})
    if event.branch:
        if told.get("same"):
            return Summary(**now)
        kept = tuple(seq for seq in was.branches if seq != told.get("over"))
        return Summary(**{**now, "branches": (*kept, event.seq)})
    if event.kind in ("save", "submit"):
        now |= {"answer": told.get("answer"), "head": event.seq}
        if told.get("settles"):
            now["branches"] = ()
        if event.kind == "save":
            if was.state not in OVER:
                now["state"] = _of_answer(told)
            return Summary(**now)
        now["tries"] = was.tries + 1
    share = told.get("share")
    now["share"] = None if told.get("waits") or share is None else float(share)
    if event.kind in ("grade", "regrade"):
        now["by_hand"] = bool(told.get("person")) or (was.by_hand and event.kind == "regrade")
    now["state"] = _of_mark(told, now["answer"])
    return Summary(**now)


def _of_answer(told: Mapping[str, Any]) -> ItemState:
    if told.get("answer") is None:
        return ItemState.TODO
    return ItemState.INVALID if told.get("invalid") else ItemState.ANSWERED


def _of_mark(told: Mapping[str, Any], answer: Any) -> ItemState:
    if told.get("again"):
        return ItemState.AGAIN
    if told.get("waits"):
        return ItemState.WAITING
    if answer is None and not told.get("person"):
        return ItemState.GAVE_UP
    share = float(told.get("share") or 0)
    return ItemState.RIGHT if share >= ENOUGH else ItemState.PARTIAL if share > 0 else ItemState.WRONG


def penalised(share: float, tried: int, penalty: int) -> float:
    """What a try is worth after `tried` earlier ones: each takes `penalty` per cent off."""
    return max(0.0, share * (1 - penalty / 100 * tried))
