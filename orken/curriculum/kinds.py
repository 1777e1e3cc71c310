"""The kinds of exercise: one object each, registered by the app that owns the instrument.

    kinds.register(DescribeBook())

A kind is run by whoever shows the exercise (a school's «try it» page now, `study` with its attempts
later) and never knows by whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from django.utils.functional import Promise

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


def registered() -> Iterable[Kind]:
    return [_kinds[code] for code in sorted(_kinds)]
