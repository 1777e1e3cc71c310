"""What a grade is made of, each part with its reason in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as in_language  # the texts are constants marked below
from django.utils.translation import gettext_noop

from orken.cataloguing.elements import AREAS, Area, Element, Value
from orken.cataloguing.elements.words import said
from orken.kit.i18n.content import current_language

# One sentence per code; `%(…)s` is filled from the reason. Kept apart from the computing, so that the
# same result reads in any language.
SENTENCES: dict[str, str] = {
    "same": gettext_noop("As the expert has it."),
    "accepted": gettext_noop("Accepted: another form of what the expert has."),
    "missing": gettext_noop("Not given. The expert has: %(expert)s."),
    "wrong": gettext_noop("You have: %(own)s. The expert has: %(expert)s."),
    "close": gettext_noop("Almost: you have “%(own)s”, the expert has “%(expert)s”. Compare them letter by letter."),
    "some": gettext_noop("Right in part. Missing: %(missing)s. Not expected: %(extra)s."),
    "some_missing": gettext_noop("Right in part. Missing: %(missing)s."),
    "some_extra": gettext_noop("The expected is there, but also: %(extra)s."),
    "under_title": gettext_noop("The expert describes the book under its title; you chose another main access point."),
    "not_under_title": gettext_noop("You describe the book under its title. The expert has the main access point: %(expert)s."),
    "mixed": gettext_noop("“%(own)s” has Latin and Cyrillic letters in one word. It looks right, but no search finds it."),
    "invisible": gettext_noop("“%(own)s” holds invisible characters. It looks right, but no search finds it."),
    "not_charged": gettext_noop("The same wrong date was charged once already, in the date of publication."),
    "cap_fatal": gettext_noop("A fatal error: %(what)s"),
    "cap_no_title": gettext_noop("The record has no title field."),
    "cap_titles": gettext_noop("The record has %(count)s title fields: several records in one."),
    "cap_key": gettext_noop("A key element misleads the reader: %(element)s."),
    "cap_area": gettext_noop("Less than half of an area is right: %(area)s."),
    "cap_half_wrong": gettext_noop("More than half of the values are wrong: %(element)s."),
    "cap_conflict": gettext_noop("The coded data contradict the description: %(element)s."),
    "cap_foreign": gettext_noop("%(count)s access points lead to other books."),
    "cap_number": gettext_noop("The standard number belongs to another publication: %(own)s."),
    "cap_blank": gettext_noop("A field was filled with signs only: %(tag)s."),
    "rule": "%(message)s",
    "foreign": gettext_noop("No expert has this access point: %(own)s."),
    "unread": gettext_noop("Fields that the task does not ask for: %(tags)s."),
    "notes": gettext_noop("Notes that no expert has: %(count)s."),
    "hints": gettext_noop("Hints taken: %(count)s."),
    "long": gettext_noop("A value far longer than it can be: %(tag)s."),
    "review_foreign": gettext_noop("A person looks at the access points that no expert has: %(own)s."),
    "review_conflict": gettext_noop("A person looks at the coded data that contradict the description."),
}  # fmt: skip


_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")  # a value that ends with a stop at the end of a sentence: «500 экз..»


@dataclass(frozen=True)
class Reason:
    """Why: a code and what fills its sentence."""

    code: str
    about: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        text = in_language(SENTENCES[self.code]) % {name: _said(value) for name, value in self.about.items()}
        return _TWO_STOPS.sub(".", text)


def _said(value: Any) -> str:
    """A message of the checker in the reader's language, without its place; anything else as it is."""
    if not hasattr(value, "what"):
        return str(value)
    language = current_language()
    return " ".join((value.what(language), value.why(language), value.how(language)))


@dataclass(frozen=True)
class Shown:
    """Values inside a sentence, in the reader's language when the sentence is read."""

    element: str
    values: tuple[Value, ...]

    def __str__(self) -> str:
        return "; ".join(said(self.element, value) for value in self.values)


@dataclass(frozen=True)
class ElementScore:
    """One element: its share (0 to 1), what both sides have, the expert it was judged by (from 0) and why.

    `points` is what it cost of the hundred, rules on it included.
    """

    element: Element
    weight: float
    score: float
    own: tuple[Value, ...]
    expert: tuple[Value, ...]
    source: int
    reason: Reason
    points: float = 0.0
    rules: tuple[Any, ...] = ()

    @property
    def own_words(self) -> list[str]:
        return [said(self.element.name, value) for value in self.own]

    @property
    def expert_words(self) -> list[str]:
        return [said(self.element.name, value) for value in self.expert]

    @property
    def rule_lines(self) -> list[tuple[str, str]]:
        """The broken rules on this element: code and message."""
        told = self.reason.code in ("mixed", "invisible")  # the reason says what the rule on letters says
        return [(rule.rule, _said(rule)) for rule in self.rules if not (told and rule.rule.startswith("charset."))]

    @property
    def state(self) -> str:
        """How the comparison shows it: same, variant, wrong, missing or extra."""
        if self.score >= 1.0:
            return "same" if self.reason.code == "same" else "variant"
        if not self.own:
            return "missing"
        if not self.expert:
            return "extra"
        return "variant" if self.score >= 0.85 else "wrong"


@dataclass(frozen=True)
class Cap:
    """The most that the work can get, and why."""

    limit: int
    reason: Reason


@dataclass(frozen=True)
class Penalty:
    """Points taken outside the elements: rules that no element covers, noise, hints. `kind`: «rule», «noise» or «hint»."""

    points: float
    reason: Reason
    kind: str = "noise"
    tag: str = ""
    occurrence: int = 1


@dataclass(frozen=True)
class Marked:
    """A record graded against experts."""

    score: float
    pass_mark: float
    areas: Mapping[Area, float]
    elements: tuple[ElementScore, ...]
    caps: tuple[Cap, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    review: tuple[Reason, ...] = ()

    @property
    def passed(self) -> bool:
        return self.score >= self.pass_mark

    @property
    def before_caps(self) -> float:
        lost = sum(one.points for one in self.elements) + sum(one.points for one in self.penalties)
        return max(0.0, 100.0 - lost)

    @property
    def differing(self) -> list[ElementScore]:
        """Elements that are not the expert's, or that a rule is broken on: what a learner looks at first."""
        return [one for one in self.elements if one.state != "same" or one.points > 0.05]

    @property
    def agreeing(self) -> list[ElementScore]:
        return [one for one in self.elements if one.state == "same" and one.points <= 0.05]

    def area_lines(self) -> list[tuple[Promise | str, float]]:
        return [(AREAS[area], share) for area, share in self.areas.items()]

    def as_json(self) -> dict[str, Any]:
        """The shape that other programs rely on; texts in the language of the moment."""
        return {
            "score": _number(self.score),
            "passed": self.passed,
            "areas": {str(area): _number(share) for area, share in self.areas.items()},
            "elements": [
                {
                    "element": one.element.name,
                    "weight": _number(one.weight),
                    "score": round(one.score, 3),
                    "learner": " | ".join(one.own_words),
                    "expert": " | ".join(one.expert_words),
                    "reason": str(one.reason),
                    "points": round(one.points, 2),
                    "rules": [rule.rule for rule in one.rules],
                }
                for one in self.elements
            ],
            "caps": [{"limit": cap.limit, "why": str(cap.reason)} for cap in self.caps],
            "penalties": [
                {
                    "kind": one.kind, "points": _number(one.points), "why": str(one.reason), "field": one.tag,
                    "occurrence": one.occurrence,
                }
                for one in self.penalties
            ],
            "review": [str(reason) for reason in self.review],
        }  # fmt: skip


def _number(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
