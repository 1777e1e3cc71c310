"""The rule of completion: what passes, why not, and that more never harms."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from orken.training.models import Component, Outcome
from orken.training.results.rule import MEETING, Rule, Value, default, judge

C = Component
PERCENT = st.integers(0, 100)
RULES = st.builds(Rule, PERCENT, st.none() | PERCENT, st.none() | PERCENT, st.booleans())
VALUES = st.tuples(st.integers(0, 900), st.integers(1, 900)).map(lambda pair: Value(min(pair), max(pair)))
FACTS = st.dictionaries(st.sampled_from(C.values), VALUES)


@given(RULES, FACTS, st.data())
def test_more_of_anything_never_takes_a_pass_away_nor_turns_a_line_that_holds(
    rule: Rule, facts: dict[str, Value], data: st.DataObject
) -> None:
    before = judge(rule, facts)
    name = data.draw(st.sampled_from(C.values))
    old = facts.get(name)
    more = data.draw(VALUES if old is None else st.builds(Value, st.integers(old.value, old.of), st.just(old.of)))
    after = judge(rule, {**facts, name: more})
    rank = {Outcome.ABSENT: 0, Outcome.FAILED: 1, Outcome.PASSED: 2}
    assert rank[Outcome(after.outcome)] >= rank[Outcome(before.outcome)]
    assert all(new.holds for old_line, new in zip(before.lines, after.lines, strict=True) if old_line.holds)


@given(RULES, FACTS)
def test_every_demand_has_its_line_and_who_does_not_pass_reads_why(rule: Rule, facts: dict[str, Value]) -> None:
    found = judge(rule, facts)
    assert [line.component for line in found.lines] == [name for name, _need in rule.asked()]
    if found.outcome == Outcome.FAILED:
        assert found.lacking
    if found.passed:
        assert not found.lacking
    with override("kk"):
        assert all(str(line.text) for line in found.lines)


@given(RULES, FACTS, st.integers(0, 100))
def test_a_stricter_rule_never_lets_more_pass(rule: Rule, facts: dict[str, Value], more: int) -> None:
    stricter = Rule(min(100, rule.attendance + more), rule.practical, rule.final, True)
    assert judge(rule, facts).passed or not judge(stricter, facts).passed


@pytest.mark.parametrize(("there", "passed"), [(479, False), (480, True), (600, True)])
def test_eighty_percent_of_the_minutes_is_reckoned_without_rounding(there: int, passed: bool) -> None:
    facts = {C.ATTENDANCE: Value(there, 600), C.FINAL: Value(50, 100), C.QUESTIONNAIRE: Value(1, 1)}
    found = judge(default("course"), {str(name): value for name, value in facts.items()})
    assert found.passed is passed
    with override("ru"):
        assert ("79 %" in str(found.lines[0].text)) is (there == 479)


def test_a_meeting_asks_for_seventy_percent_and_nothing_else() -> None:
    assert default("meeting") == default("conference") == MEETING
    assert judge(MEETING, {"attendance": Value(70, 100)}).passed
    assert judge(MEETING, {"attendance": Value(69, 100)}).outcome == Outcome.FAILED


@pytest.mark.parametrize("missing", ["attendance", "final", "questionnaire"])
def test_what_is_not_known_does_not_count_as_done(missing: str) -> None:
    facts = {"attendance": Value(10, 10), "final": Value(9, 10), "questionnaire": Value(1, 1)}
    assert judge(Rule(), facts).passed
    del facts[missing]
    assert [line.component for line in judge(Rule(), facts).lacking] == [missing]


def test_who_was_not_there_and_handed_nothing_in_did_not_appear_even_when_nothing_is_asked() -> None:
    nothing = Rule(0, None, None, False)
    assert judge(nothing, {}).outcome == judge(nothing, {"questionnaire": Value(1, 1)}).outcome == Outcome.ABSENT
    assert judge(nothing, {"attendance": Value(1, 600)}).passed
