"""The rule of completion as a pure function: what is asked for and what there is give a verdict, line by line.

More never harms: whoever passes with so much passes with more of anything (tests/training/test_results_rule.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.training.models import Component, Outcome, Run
from orken.training.results import components

C = Component
Text = str | Promise
# What is taken part in and has no final work (decision 0060).
MEETINGS = (Run.Kind.MEETING, Run.Kind.CONFERENCE, Run.Kind.WEBINAR)


@dataclass(frozen=True)
class Rule:
    """Percent of each component; None asks for nothing. The default is that of courses.

    `others`: percent by component of what has no field here (`components.others`).
    """

    attendance: int = 80
    practical: int | None = None
    final: int | None = 50
    questionnaire: bool = True
    others: Mapping[str, int] = field(default_factory=dict)
    own: bool = field(default=False, compare=False)  # set for this run alone: what is asked for is the same

    def asked(self) -> list[tuple[str, int]]:
        """Components with the percent that each must reach, in the order of the explanation."""
        found: list[tuple[str, int]] = [(C.ATTENDANCE, self.attendance)]
        found += [(name, need) for name, need in ((C.PRACTICAL, self.practical), (C.FINAL, self.final)) if need is not None]  # fmt: skip
        found += sorted(self.others.items())
        return found + ([(C.QUESTIONNAIRE, 100)] if self.questionnaire else [])

    def as_data(self) -> dict[str, Any]:
        return {
            "attendance": self.attendance, "practical": self.practical, "final": self.final,
            "questionnaire": self.questionnaire, "others": dict(self.others),
        }  # fmt: skip

    @property
    def demands(self) -> list[Text]:
        """The rule in the reader's language, a line for each component."""
        return [demand(name, need) for name, need in self.asked()]


MEETING = Rule(attendance=70, final=None, questionnaire=False)


def default(kind: str) -> Rule:
    """What holds where no row says otherwise: taking part in a meeting asks for 70 % of the minutes."""
    return MEETING if kind in MEETINGS else Rule()


@dataclass(frozen=True)
class Value:
    """So much of so much."""

    value: int
    of: int

    def at_least(self, percent: int) -> bool:
        """Reckoned without rounding: 79.99 % is not 80. Of nothing nothing is reached."""
        return self.of > 0 and self.value * 100 >= self.of * percent


@dataclass(frozen=True)
class Line:
    """One demand with its answer; `value` None: nothing is known of it."""

    component: str
    need: int
    holds: bool
    value: int | None = None
    of: int | None = None

    def as_data(self) -> dict[str, Any]:
        return {"component": self.component, "need": self.need, "holds": self.holds, "value": self.value, "of": self.of}

    @property
    def text(self) -> Text:
        """The line in the reader's language, with what is lacking."""
        return words(self)


@dataclass(frozen=True)
class Verdict:
    outcome: str
    lines: list[Line]

    @property
    def passed(self) -> bool:
        return self.outcome == Outcome.PASSED

    @property
    def lacking(self) -> list[Line]:
        return [line for line in self.lines if not line.holds]


def judge(rule: Rule, facts: Mapping[str, Value]) -> Verdict:
    """Passed when every line holds; who was neither there nor handed anything in did not appear."""
    lines = [_line(name, need, facts.get(name)) for name, need in rule.asked()]
    appeared = any(value.value > 0 for name, value in facts.items() if name != C.QUESTIONNAIRE)
    if not appeared:
        return Verdict(Outcome.ABSENT, lines)
    return Verdict(Outcome.PASSED if all(line.holds for line in lines) else Outcome.FAILED, lines)


def _line(component: str, need: int, found: Value | None) -> Line:
    if found is None:
        return Line(component, need, need == 0)
    return Line(component, need, need == 0 or found.at_least(need), found.value, found.of)


def words(line: Line) -> Text:
    known = line.value is not None and line.of is not None
    facts: dict[str, object] = {"need": line.need, "value": line.value, "of": line.of, "percent": percent(line)}
    if line.component == C.QUESTIONNAIRE:
        return _("The questionnaire is answered.") if line.holds else _("The questionnaire is not answered.")
    if line.component == C.ATTENDANCE:
        if not known:
            return _("Attendance is not noted; at least %(need)s%% of the minutes are needed.") % facts
        return _("Attendance: %(value)s of %(of)s minutes, %(percent)s%%; at least %(need)s%% are needed.") % facts
    if line.component == C.FINAL:
        if not known:
            return _("The final work has no mark; at least %(need)s%% are needed.") % facts
        return _("Final work: %(value)s of %(of)s points, %(percent)s%%; at least %(need)s%% are needed.") % facts
    if line.component == C.PRACTICAL:
        if not known:
            return _("The practical work has no mark; at least %(need)s%% are needed.") % facts
        return _("Practical work: %(value)s of %(of)s points, %(percent)s%%; at least %(need)s%% are needed.") % facts
    facts |= {"what": components.label(line.component)}
    if not known:
        return _("Not noted: %(what)s; at least %(need)s%% are needed.") % facts
    return _("%(what)s: %(value)s of %(of)s, %(percent)s%%; at least %(need)s%% are needed.") % facts


def demand(component: str, need: int) -> Text:
    """One demand of the rule in the reader's language."""
    if component == C.QUESTIONNAIRE:
        return _("the questionnaire is answered")
    if component == C.ATTENDANCE:
        return _("attendance: at least %(n)s%% of the minutes") % {"n": need}
    return _("%(what)s: at least %(n)s%%") % {"what": components.label(component), "n": need}


def percent(line: Line) -> int:
    """Whole percent, cut and never rounded up: 79.99 is shown as 79."""
    return line.value * 100 // line.of if line.value is not None and line.of else 0
