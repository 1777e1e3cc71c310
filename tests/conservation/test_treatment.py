"""Plans of treatment: the table of conservation.md §5.1, every rule, and any valid order."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orken.conservation import treatment
from orken.conservation.treatment import CASES, FACTS, MATERIALS, RULES, STEPS, CaseRefused, Chosen, Rule, check
from orken.conservation.treatment.rules import RuleKind, Status

LEDGER = CASES["mouldy-ledger"]


def facts(code_or_facts: str | dict[str, Any]) -> treatment.Facts:
    raw = CASES[code_or_facts].facts if isinstance(code_or_facts, str) else code_or_facts
    return treatment.parse_case({"facts": raw})


def plan(steps: str | tuple[str, ...]) -> tuple[Chosen, ...]:
    return treatment.parse_plan({"steps": list(steps.split() if isinstance(steps, str) else steps)})


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.code)
def test_the_expert_plan_and_the_least_plan_earn_a_hundred(case: treatment.Case) -> None:
    for steps in (case.expert, case.least):
        verdict = check(facts(case.code), plan(steps))
        assert verdict.score == 100, (verdict.violations, verdict.missing, verdict.unneeded)
        assert verdict.passed


@pytest.mark.parametrize("code", ["soluble-diary", "burnt-ink", "quiet-newspaper", "taped-textbook"])
def test_no_treatment_but_a_box_and_a_copy_is_right(code: str) -> None:
    assert check(facts(code), plan("T01 T02 T40 T41 T44 T45")).score == 100


def _a_valid_order(steps: tuple[str, ...], case: treatment.Facts, rng: random.Random) -> list[str]:
    """The steps in a random order that keeps the pairs of the rules that hold: a linear extension."""
    before: dict[str, set[str]] = {step: set() for step in steps}
    for rule in RULES.values():
        if rule.kind is RuleKind.MUST or not rule.when.holds(case):
            continue
        for one in rule.a:
            for other in rule.b:
                if one.lstrip("+") in steps and other in steps and one != other and not one.startswith("+"):
                    before[other].add(one)
    found: list[str] = []
    while len(found) < len(steps):
        ready = [step for step in steps if step not in found and before[step] <= set(found)]
        found.append(rng.choice(ready))
    return found


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(sorted(CASES)))
def test_any_valid_order_is_right(seed: int, code: str) -> None:
    rng = random.Random(seed)
    case = facts(code)
    order = _a_valid_order(CASES[code].expert, case, rng)
    assert check(case, plan(tuple(order))).score == 100, order


@pytest.mark.parametrize(
    ("code", "steps", "least", "most"),
    [
        (
            "soluble-diary",
            "T01 T02 T03 T05 T10 T08 T09 T21 T23 T31 T42 T43 T40 T44",
            20,
            40,
        ),  # washing soluble ink unfixed
        (
            "mouldy-ledger",
            "T01 T02 T03 T10 T04 T05 T06 T42 T43 T40 T41 T44",
            20,
            40,
        ),  # cleaning before isolating and drying
        ("mouldy-ledger", " ".join(STEPS), 0, 27),  # every step in canonical order
        ("mouldy-ledger", " ".join(reversed(LEDGER.expert)), 0, 0),
        ("mouldy-ledger", "T01 T02 T03", 20, 40),  # documentation only
        ("quiet-newspaper", "T01 T02", 20, 65),
        ("mouldy-ledger", "", 0, 0),
        ("mouldy-ledger", " ".join(LEDGER.expert * 3), 5, 20),
    ],
)
def test_the_table_holds(code: str, steps: str, least: float, most: float) -> None:
    assert least <= check(facts(code), plan(steps)).score <= most


def test_washing_after_fixing_soluble_ink_is_right() -> None:
    verdict = check(facts("soluble-diary"), plan("T01 T02 T03 T10 T08 T09 T20 T21 T23 T32 T42 T43 T40 T44"))
    assert verdict.score == 100


def test_stage_four_ink_may_be_washed_only_with_the_whole_phytate_route() -> None:
    raw = {**CASES["burnt-ink"].facts}
    without = check(facts(raw), plan("T01 T02 T03 T08 T09 T21 T23 T32 T42 T43 T40 T44 T45"))
    assert {one.rule for one in without.violations} == {"R-053"} and without.score == 40
    assert check(facts(raw), plan("T01 T02 T03 T08 T09 T21 T22 T23 T32 T42 T43 T40 T44 T45")).score == 100


def test_each_more_critical_breach_lowers_the_cap() -> None:
    one = check(facts("quiet-newspaper"), plan("T01 T02 T03 T25 T42 T43 T40 T44"))
    two = check(facts("quiet-newspaper"), plan("T01 T02 T03 T25 T37 T42 T43 T40 T44"))
    assert one.score == 40 and two.score == 32


def test_over_treatment_and_repeats_cost() -> None:
    base = "T01 T02 T03 {} T42 T43 T40 T44"
    verdict = check(facts("quiet-newspaper"), plan(base.format("T05 T10")))
    assert [step.id for step in verdict.unneeded] == ["T05", "T10"]
    assert verdict.score == pytest.approx(81)
    assert check(facts("quiet-newspaper"), plan("T01 T02 T02 T40 T44")).score == pytest.approx(95)


def test_a_librarian_does_no_restorers_step_without_approval() -> None:
    raw = {**CASES["taped-textbook"].facts, "performer": "L"}
    steps = "T01 T02 T03 T05 T10 T09 T12 T31 T36 T42 T43 T40 T44"
    assert check(facts(raw), plan(steps)).cap is not None
    assert check(facts(raw), plan("T46 " + steps)).score == 100


# --- every rule ---


def _facts_for(rule: Rule) -> dict[str, Any]:
    found = (
        {key: sorted(values)[0] for key, values in rule.when.alternatives[0].items()} if rule.when.alternatives else {}
    )
    return {key: [value] if FACTS[key].many else value for key, value in found.items()}


def _breaking(rule: Rule) -> tuple[str, ...]:
    match rule.kind:
        case RuleKind.MUST:
            return tuple(step for step in ("T44", *rule.given[:1]) if step not in rule.a)
        case RuleKind.IF_BOTH_BEFORE:
            pair = next((a, b) for a in rule.a for b in rule.b if a != b)
            return (pair[1], pair[0])
    return rule.b[:1]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_speaks_when_it_is_broken_and_only_then(rule: Rule) -> None:
    case = facts(_facts_for(rule))
    verdict = check(case, plan(_breaking(rule)))
    said = {one.rule for one in (*verdict.violations, *verdict.missing, *verdict.advice)}
    assert rule.id in said
    assert rule.id not in {
        one.rule for one in check(case, plan("H05" if "H05" not in (*rule.a, *rule.b) else "T01")).violations
    }
    if rule.status is Status.APPROVED and rule.critical:
        assert verdict.cap is not None and verdict.score <= 40


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_has_reason_source_author_and_day(rule: Rule) -> None:
    assert rule.why.kk and rule.why.ru and rule.why.en and rule.source and rule.by and rule.on
    assert all(step.lstrip("+") in STEPS for step in (*rule.a, *rule.b, *rule.given))
    assert rule.weight > 0 and rule.levels


def test_draft_rules_advise_and_never_cost_a_mark() -> None:
    raw = {"support": "wood_pulp_paper", "acidity": "unknown", "use": "high"}
    verdict = check(facts(raw), plan("T01 T02 T40 T44"))
    assert verdict.score == 100
    assert {one.rule for one in verdict.advice} == {"R-101", "R-102"}


def test_no_rule_of_one_incident_speaks_in_another() -> None:
    verdict = check(facts("fire"), plan("T44"))
    assert "R-071" not in {one.rule for one in verdict.missing}


# --- materials ---


def _with(step: str, material: str, **values: float) -> treatment.Verdict:
    raw = [
        {"id": one}
        for one in ["T01", "T02", "T03", "T05", "T10", "T09", "T12", "T31", "T36", "T42", "T43", "T40", "T44"]
    ]
    for one in raw:
        if one["id"] == step:
            one |= {"material": material, "values": values}  # type: ignore[dict-item]
    return check(facts("taped-textbook"), treatment.parse_plan({"steps": raw}))


def test_a_material_within_its_range_is_right_and_outside_is_told() -> None:
    assert _with("T31", "wheat-starch-paste", concentration=12).score == 100
    wrong = _with("T31", "wheat-starch-paste", concentration=60)
    assert wrong.score == pytest.approx(90) and "5–25" in wrong.violations[0].why.en
    assert _with("T31", "smoke-sponge").score == pytest.approx(90)


@pytest.mark.parametrize("material", [one for one in MATERIALS.values() if one.forbidden], ids=lambda one: one.code)
def test_a_forbidden_material_is_a_critical_breach(material: treatment.Material) -> None:
    assert material.why is not None
    verdict = _with("T31", material.code)
    assert verdict.score == 40 and verdict.violations[0].critical


@pytest.mark.parametrize("code", sorted(MATERIALS))
def test_every_material_serves_steps_that_exist(code: str) -> None:
    assert MATERIALS[code].steps <= set(STEPS)
    assert all(one.least < one.most for one in MATERIALS[code].ranges.values())


# --- refused by name ---


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"facts": {"colour": "red"}}, "colour"),
        ({"facts": {"mould": "furry"}}, "furry"),
        ({"facts": {"media": ["iron_gall", "blood"]}}, "blood"),
        ({"facts": {"mould": ["active"]}}, "['active']"),
        ({"facts": {"mould": None}}, "None"),
        ({"facts": []}, "facts"),
        ([], "facts"),
        (None, "facts"),
    ],
)
def test_an_unknown_key_or_value_is_refused_by_name(raw: Any, said: str) -> None:
    with pytest.raises(CaseRefused) as refused:
        treatment.parse_case(raw)
    assert said in refused.value.words.en and said in refused.value.words.kk and said in refused.value.words.ru


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"steps": [{"id": "T99"}]}, "T99"),
        ({"steps": [{"id": "T31", "material": "glue-stick"}]}, "glue-stick"),
        ({"steps": [{"id": "T31", "material": "wheat-starch-paste", "values": {"colour": 3}}]}, "colour"),
        (
            {"steps": [{"id": "T31", "material": "wheat-starch-paste", "values": {"concentration": "12"}}]},
            "concentration",
        ),
        (
            {"steps": [{"id": "T31", "material": "wheat-starch-paste", "values": {"concentration": float("nan")}}]},
            "concentration",
        ),
        ({"steps": [{"id": "T31", "why": "x"}]}, "why"),
        ({"steps": [7]}, "None"),
        ({"steps": "T01"}, "steps"),
        ({"steps": ["T01"] * 300}, "300"),
    ],
)
def test_a_bad_plan_is_refused_by_name(raw: Any, said: str) -> None:
    with pytest.raises(CaseRefused) as refused:
        treatment.parse_plan(raw)
    assert said in refused.value.words.en


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries({}, optional={key: st.lists(st.sampled_from(list(fact.values)), min_size=1, max_size=3) if fact.many else st.sampled_from(list(fact.values)) for key, fact in FACTS.items()}),
    st.lists(st.sampled_from(list(STEPS)), max_size=25),
)  # fmt: skip
def test_a_score_is_between_nothing_and_a_hundred_and_caps_hold(raw: dict[str, Any], steps: list[str]) -> None:
    verdict = check(facts(raw), plan(tuple(steps)))
    assert 0 <= verdict.score <= 100
    if any(one.critical for one in (*verdict.violations, *verdict.missing)):
        assert verdict.score <= 40
    again = check(facts(raw), plan((*steps, *steps[:1])))
    assert again.score <= verdict.score, "repeating a step gains nothing"


def test_the_dictionary_holds_every_fact_step_and_material() -> None:
    found = treatment.dictionary()
    assert (
        set(found["facts"]) == set(FACTS)
        and set(found["steps"]) == set(STEPS)
        and set(found["materials"]) == set(MATERIALS)
    )
    for fact in found["facts"].values():
        assert all(words["kk"] and words["ru"] and words["en"] for words in fact["values"].values())
    assert found["facts"]["support"]["default"] == "rag_paper"
