"""A question as a page shows it: whoever runs the exercise makes one of these for each item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from orken.curriculum import kinds
from orken.curriculum.kinds import AnswerRefused, Grade, Payload, Reason
from orken.questions import kinds as own
from orken.questions import texts


@dataclass(frozen=True)
class Item:
    """What `{% ask item %}` draws. `name` begins the names of its fields; `shut`: it cannot be answered any more."""

    kind: str
    label: str
    name: str
    view: Mapping[str, Any]
    template: str
    save_url: str = ""
    shut: bool = False
    own: bool = True  # of the bank: its fields fit into a form of many; another app's instrument has a page of its own
    more: Mapping[str, Any] = field(default_factory=dict)  # what the page of another app's instrument needs beside
    away: bool = False  # another app cannot draw it any more


def item(kind: str, payload: Payload, seed: int, raw: Any, name: str, *, save_url: str = "", shut: bool = False) -> Item:  # fmt: skip
    """The question drawn by `seed` with what was answered marked in it; `away` where another app cannot draw it any more.

    Raises KeyError for an unknown kind.
    """
    if kind in own.BY_CODE:
        known = own.of(kind)
        view = known.view(known.public_payload(known.draw(payload, seed)), raw)
        return Item(kind, str(known.label), name, view, known.template, save_url, shut)
    other = kinds.get(kind)
    try:
        with kinds.guarded(kind):
            view = other.public_payload(other.draw(payload, seed))
    except kinds.Away:
        return _away(Item(kind, str(other.label), name, {}, "", save_url, own=False))
    return Item(kind, str(other.label), name, view, other.template, save_url, shut, own=False)


def instrument(item: Item, payload: Payload, seed: int, raw: Any) -> Item:
    """Another app's instrument with all that its own page needs; a question of the bank as it is."""
    if item.own or item.away:
        return item
    other = kinds.get(item.kind)
    if isinstance(other, kinds.OnPage):
        try:
            with kinds.guarded(item.kind):
                return replace(item, more=other.page(other.draw(payload, seed), raw, item.save_url))
        except kinds.Away:
            return _away(item)
    return item


def _away(item: Item) -> Item:
    return replace(item, template="questions/kinds/away.html", shut=True, away=True)


def raw_of(
    kind: str, data: QueryDict, name: str, *, payload: Payload | None = None, seed: int = 0, files: Mapping[str, Any] | None = None
) -> Any | None:  # fmt: skip
    """The answer out of a form: of a kind of the bank by the names of its fields, of another as it reads its own form.

    Raises AnswerRefused.
    """
    if kind in own.BY_CODE:
        return own.of(kind).raw(data, name)
    other = kinds.get(kind)
    if payload is not None and isinstance(other, kinds.OnPage):
        try:
            with kinds.guarded(kind):
                return other.answer(other.draw(payload, seed), data, files or {})
        except kinds.Away as fault:
            raise AnswerRefused(_("This task cannot be graded now: its school took it away or changed it.")) from fault
    told = {key: (data.getlist(key) if len(data.getlist(key)) > 1 else data[key]) for key in data if key != "csrfmiddlewaretoken"}  # fmt: skip
    return told or None


@dataclass(frozen=True)
class Verdict:
    """What an answer is worth, in words for whoever may see them."""

    score: float
    right: bool
    by_hand: bool
    reasons: tuple[Reason, ...]
    answered: list[str]
    expected: list[str]
    feedback: Mapping[str, Any] | None

    @property
    def whole(self) -> bool:
        """Nothing is wanting: what has passed at a school may still be right in part alone."""
        return self.score >= 99.5


def judge(kind: str, payload: Payload, seed: int, raw: Any) -> Verdict:
    """Grade a raw answer. Raises AnswerRefused with a sentence; None as the answer is worth nothing."""
    if kind in own.BY_CODE:
        return _judged(kind, payload, seed, raw)
    kinds.get(kind)
    try:
        with kinds.guarded(kind):
            return _judged(kind, payload, seed, raw)
    except kinds.Away as fault:
        raise AnswerRefused(_("This task cannot be graded now: its school took it away or changed it.")) from fault


def _judged(kind: str, payload: Payload, seed: int, raw: Any) -> Verdict:
    found = kinds.get(kind)
    drawn = found.draw(payload, seed)
    feedback = texts.public(payload["feedback"], bool(payload.get("html"))) if payload.get("feedback") else None
    expected = own.of(kind).right(drawn) if kind in own.BY_CODE else []
    if raw is None:
        return Verdict(0.0, False, False, (), [], expected, feedback)
    answer = found.parse(raw)
    grade = found.grade(drawn, answer)
    answered = own.of(kind).shown(drawn, answer) if kind in own.BY_CODE else found.lines(raw) if isinstance(found, kinds.OnPage) else []  # fmt: skip
    return Verdict(grade.score, grade.passed, needs_person(grade), grade.reasons, answered, expected, feedback)


def needs_person(grade: Grade) -> bool:
    return bool(grade.details.get("needs_review"))


__all__ = ["AnswerRefused", "Item", "Verdict", "instrument", "item", "judge", "needs_person", "raw_of"]
