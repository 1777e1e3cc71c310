"""What the sheets say together. Pure counting; who may read it is decided elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orken.surveys.questions import STEPS, Kind, Question, Words


@dataclass(frozen=True)
class Bar:
    """One answer and how often it was given; `share` in whole per cent of those who answered the question."""

    text: str | Words
    count: int
    share: int


@dataclass(frozen=True)
class Line:
    """A scale: its mean and its bars from 1 to 5. Of a matrix, one of its lines."""

    text: Words | None
    mean: float | None
    bars: list[Bar]


@dataclass(frozen=True)
class Result:
    question: Question
    answered: int
    lines: list[Line]
    bars: list[Bar]
    texts: list[str]


def reckon(questions: Sequence[Question], sheets: Sequence[dict[str, Any]]) -> list[Result]:
    """A result for each question, in their order. `sheets` are answers by the key of the question."""
    return [_result(one, [sheet[one.key] for sheet in sheets if one.key in sheet]) for one in questions]


def _result(question: Question, given: list[Any]) -> Result:
    lines: list[Line] = []
    bars: list[Bar] = []
    texts: list[str] = []
    match question.kind:
        case Kind.SCALE:
            lines = [_line(None, given)]
        case Kind.MATRIX:
            lines = [
                _line(option.text, [rows[option.key] for rows in given if option.key in rows])
                for option in question.options
            ]
        case Kind.CHOICE:
            counts = Counter(given)
            bars = [_bar(option.text, counts[option.key], len(given)) for option in question.options]
        case Kind.SEVERAL:
            counts = Counter(key for keys in given for key in keys)
            bars = [_bar(option.text, counts[option.key], len(given)) for option in question.options]
        case Kind.RANKING:
            lines = sorted(
                (
                    Line(option.text, _mean([keys.index(option.key) + 1 for keys in given if option.key in keys]), [])
                    for option in question.options
                ),
                key=lambda line: line.mean or 0,
            )
        case Kind.TEXT:
            texts = sorted(given)  # by their letters: the order in which they came tells who came last
    return Result(question, len(given), lines, bars, texts)


def _line(text: Words | None, given: list[int]) -> Line:
    counts = Counter(given)
    return Line(text, _mean(given), [_bar(str(step), counts[step], len(given)) for step in range(1, STEPS + 1)])


def _mean(given: list[int]) -> float | None:
    return sum(given) / len(given) if given else None


def _bar(text: str | Words, count: int, of: int) -> Bar:
    return Bar(text, count, round(100 * count / of) if of else 0)
