"""The kinds of exercise: one object each, registered by the app that owns the instrument.

    kinds.register(DescribeBook())

A kind is run by whoever shows the exercise (a school's «try it» page now, `study` with its attempts
later) and never knows by whom.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from django.db import DatabaseError
from django.utils.functional import Promise

log = logging.getLogger(__name__)

Payload = Mapping[str, Any]
"""What an author wrote for one exercise of a kind: plain JSON."""


class AnswerRefused(Exception):
    """The answer cannot be read; the text is a sentence for the learner."""


@dataclass(frozen=True)
class Reason:
    """Why a part of the grade is what it is: the part, its share, and a sentence."""

    part: str
    label: str | Promise
    score: float
    weight: float
    text: str | Promise = ""


@dataclass(frozen=True)
class Grade:
    """What an answer is worth. `score` is 0 to 100; `caps` say which limits were applied and why."""

    score: float
    passed: bool
    reasons: tuple[Reason, ...] = ()
    caps: tuple[str | Promise, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@runtime_checkable
class Kind(Protocol):
    """A way to practise and be graded."""

    code: str
    """Never changes: payloads and attempts are kept under it."""
    label: str | Promise
    template: str
    """The page part that shows the exercise; it gets the public payload and a `save_url`."""

    def draw(self, payload: Payload, seed: int) -> Payload:
        """The exercise with everything random fixed by `seed`."""

    def public_payload(self, payload: Payload) -> Mapping[str, Any]:
        """The part that the learner's browser may get: never the answer key."""

    def parse(self, raw: Any) -> Any:
        """The learner's answer, judged sane. Raises AnswerRefused with a sentence."""

    def grade(self, payload: Payload, answer: Any) -> Grade:
        """What the parsed `answer` is worth."""

    def fingerprint(self, answer: Any) -> str:
        """Equal for answers that are the same work, whatever their order or spacing."""


@runtime_checkable
class OnPage(Protocol):
    """What a kind says beside that, so that it can be sat like any other: what its page needs, and how its form is read."""

    def page(self, payload: Payload, raw: Any, place: str) -> Mapping[str, Any]:
        """Variables of the template beside «public», with what she answered (None: nothing yet) standing in its fields.

        `place` is where this sitting is answered: whatever a browser keeps for it is kept under this name.
        """

    def answer(self, payload: Payload, data: Any, files: Mapping[str, Any]) -> Any | None:
        """The answer out of its form, as `parse` takes it; None where nothing was answered. Raises AnswerRefused."""

    def lines(self, raw: Any) -> list[str]:
        """The answer in words, a line each, for whoever reads it afterwards."""


@dataclass(frozen=True)
class Offer:
    """A task of a kind that stands ready: `key` never changes, `payload` is what an author sets by choosing it."""

    key: str
    label: str
    payload: Payload


@runtime_checkable
class Offered(Protocol):
    """What a kind says to an author: the tasks that stand ready, and why one cannot be set."""

    def offers(self) -> list[Offer]:
        """In the order and the language in which they are read."""

    def problems(self, payload: Payload) -> list[str]:
        """Sentences; none when every learner can be shown the task and be graded on it."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; a code is given once."""
    standing = _kinds.get(kind.code)
    if standing is not None and type(standing) is not type(kind):
        raise ValueError(f"two kinds are called {kind.code!r}")
    _kinds[kind.code] = kind


def get(code: str) -> Kind:
    """Raises KeyError for a kind that no app registered."""
    return _kinds[code]


def problems(code: str, payload: Payload) -> list[str]:
    """Why a task of the kind `code` cannot be set, in sentences. Raises KeyError for a kind that no app registered."""
    found = get(code)
    return found.problems(payload) if isinstance(found, Offered) else []


class Away(Exception):
    """An instrument can do nothing with its own task any more: its school took it away or changed it."""


@contextmanager
def guarded(code: str) -> Iterator[None]:
    """Whatever an instrument of another app stumbles over is one exception, and the log shows it: the rest is not held up.

    Raises Away. What a learner is told (AnswerRefused) and a busy database, which is asked again, go through.
    """
    try:
        yield
    except (AnswerRefused, DatabaseError):
        raise
    except Exception as fault:
        log.exception("a task of the kind %s cannot be used", code)
        raise Away from fault


def registered() -> Iterable[Kind]:
    return [_kinds[code] for code in sorted(_kinds)]
