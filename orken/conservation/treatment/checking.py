"""Judging a plan: S = 100 O^0.6 Q^0.4 0.9^e 0.95^r, and a critical breach caps it (conservation.md §5.1).

O: the share of what has to be there; Q: the share of orders kept; e: steps that nothing in the case calls for;
r: repeats. The feedback names the rule, its reason and its source, never just «wrong order».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orken.conservation.treatment.facts import Facts
from orken.conservation.treatment.materials import MATERIALS
from orken.conservation.treatment.reading import Chosen
from orken.conservation.treatment.rules import RULES, Rule, RuleKind, Status
from orken.conservation.treatment.steps import STEPS, Step
from orken.conservation.vocabulary import Words

CRITICAL_CAP = 40.0
UNNEEDED, REPEATED = 0.9, 0.95
PASS = 70.0
W = Words

MATERIAL_FORBIDDEN = W(
    "«{name}» материалына тыйым салынған.", "Материал «{name}» запрещён.", "The material «{name}» is forbidden."
)
MATERIAL_HERE = W(
    "«{name}» бұл жағдайда қолданылмайды.", "«{name}» в этом случае не применяют.", "«{name}» is not used in this case."
)
MATERIAL_OF_OTHER = W(
    "«{name}» бұл қадамның материалы емес.",
    "«{name}» — материал не этого шага.",
    "«{name}» is no material of this step.",
)
OUT_OF_RANGE = W("{name}: {quality} {value} емес, {least}–{most} {unit} болуы керек.", "{name}: {quality} не {value}, а {least}–{most} {unit}.", "{name}: {quality} is {value}, it should be {least}–{most} {unit}.")  # fmt: skip


@dataclass(frozen=True)
class Violation:
    """A rule that was broken (or a material that was): by which steps, and why it matters."""

    rule: str
    kind: str
    critical: bool
    why: Words
    source: str
    steps: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Verdict:
    """What a plan is worth."""

    score: float
    passed: bool
    required: float
    order: float
    violations: tuple[Violation, ...]
    missing: tuple[Violation, ...]
    unneeded: tuple[Step, ...]
    repeats: int
    advice: tuple[Violation, ...]
    cap: float | None


def check(facts: Facts, plan: Sequence[Chosen], rules: Sequence[Rule] | None = None) -> Verdict:
    """Judge `plan` for a case. `rules` are the standing set unless others are given."""
    first: dict[str, int] = {}
    for place, one in enumerate(plan):
        first.setdefault(one.id, place)
    repeats = len(plan) - len(first)
    active = [rule for rule in (rules if rules is not None else RULES.values()) if rule.when.holds(facts)]
    judging = [rule for rule in active if rule.status is Status.APPROVED]
    owed = held = 0.0
    tied = kept = 0.0
    violations: list[Violation] = []
    missing: list[Violation] = []
    for rule in judging:
        asked, share, steps = _applied(rule, plan, first)
        if not asked:
            continue
        if rule.kind is RuleKind.MUST:
            owed += rule.weight
            held += rule.weight * share
            if share < 1:
                missing.append(_broken(rule, steps))
        else:
            if rule.kind is not RuleKind.FORBID_UNLESS:
                tied += rule.weight
                kept += rule.weight * share
            if share < 1:
                violations.append(_broken(rule, steps))
    violations += _materials(facts, plan)
    unneeded = tuple(STEPS[step] for step in first if not STEPS[step].indicated.holds(facts))
    required, order = held / owed if owed else 1.0, kept / tied if tied else 1.0
    plain = sum(not one.critical for one in violations if one.kind in ("forbid_unless", "material"))
    score = 100 * required**0.6 * order**0.4 * UNNEEDED ** (len(unneeded) + plain) * REPEATED**repeats
    breaches = sum(one.critical for one in (*violations, *missing))
    cap = CRITICAL_CAP / (1 + 0.25 * (breaches - 1)) if breaches else None
    if cap is not None:
        score = min(score, cap)
    advice = tuple(_broken(rule, steps) for rule, steps in _drafts(active, plan, first))
    return Verdict(
        round(score, 2), score >= PASS, required, order, tuple(violations), tuple(missing), unneeded, repeats, advice, cap
    )  # fmt: skip


def _drafts(
    active: Sequence[Rule], plan: Sequence[Chosen], first: dict[str, int]
) -> list[tuple[Rule, tuple[str, ...]]]:
    found = []
    for rule in active:
        if rule.status is Status.DRAFT:
            asked, share, steps = _applied(rule, plan, first)
            if asked and share < 1:
                found.append((rule, steps))
    return found


def _broken(rule: Rule, steps: tuple[str, ...]) -> Violation:
    return Violation(rule.id, rule.kind.value, rule.critical, rule.why, rule.source, steps, rule.weight)


def _applied(rule: Rule, plan: Sequence[Chosen], first: dict[str, int]) -> tuple[bool, float, tuple[str, ...]]:
    """Whether the rule speaks about this plan, the share of it that is kept, and the steps that break it."""
    match rule.kind:
        case RuleKind.MUST:
            if rule.given and not any(step in first for step in rule.given):
                return False, 1.0, ()
            lacking = tuple(step for step in rule.a if step not in first)
            return True, 0.0 if lacking else 1.0, lacking
        case RuleKind.FORBID_UNLESS:
            chosen = [step for step in rule.b if step in first]
            wrong = tuple(
                step for step in chosen if not rule.a or not all(_excused(need, step, first) for need in rule.a)
            )
            return bool(chosen), 1 - len(wrong) / len(chosen) if chosen else 1.0, wrong
        case RuleKind.REQUIRES_BEFORE:
            pairs = [(need, step) for need in rule.a for step in rule.b if step in first]
            wrong = tuple(
                dict.fromkeys(step for need, step in pairs if first.get(need, len(plan)) > first[step])
            )  # fmt: skip
            broken = sum(first.get(need, len(plan)) > first[step] for need, step in pairs)
            return bool(pairs), 1 - broken / len(pairs) if pairs else 1.0, wrong
        case RuleKind.IF_BOTH_BEFORE:
            pairs = [
                (need, step) for need in rule.a for step in rule.b if need in first and step in first and need != step
            ]
            late = [(need, step) for need, step in pairs if first[need] > first[step]]
            return (
                bool(pairs),
                1 - len(late) / len(pairs) if pairs else 1.0,
                tuple(dict.fromkeys(step for _n, step in late)),
            )


def _excused(need: str, step: str, first: dict[str, int]) -> bool:
    """«T20» must come before the step; «+T22» must only be in the plan (it belongs to the same route)."""
    if need.startswith("+"):
        return need[1:] in first
    return need in first and first[need] < first[step]


def _materials(facts: Facts, plan: Sequence[Chosen]) -> list[Violation]:
    found: list[Violation] = []
    for one in plan:
        if not one.material:
            continue
        material = MATERIALS[one.material]
        names = {language: material.name.in_language(language) for language in ("kk", "ru", "en")}

        def said(template: Words, names: dict[str, str] = names, **more: object) -> Words:
            return Words(*(template.in_language(language).format(name=names[language], **more) for language in names))

        if material.forbidden:
            found.append(_of_material(one, True, _with(said(MATERIAL_FORBIDDEN), material.why)))
        elif one.id not in material.steps:
            found.append(_of_material(one, False, said(MATERIAL_OF_OTHER)))
        elif material.never is not None and material.never.holds(facts):
            found.append(_of_material(one, False, _with(said(MATERIAL_HERE), material.why)))
        for key, value in one.values.items():
            limits = material.ranges[key]
            if not limits.least <= value <= limits.most:
                found.append(
                    _of_material(one, False, said(OUT_OF_RANGE, quality=key, value=f"{value:g}", least=f"{limits.least:g}", most=f"{limits.most:g}", unit=limits.unit))
                )  # fmt: skip
    return found


def _of_material(one: Chosen, critical: bool, why: Words) -> Violation:
    return Violation(f"M-{one.material}", "material", critical, why, "materials", (one.id,))


def _with(words: Words, why: Words | None) -> Words:
    if why is None:
        return words
    return Words(f"{words.kk} {why.kk}", f"{words.ru} {why.ru}", f"{words.en} {why.en}")


def as_dict(verdict: Verdict) -> dict[str, Any]:
    """The verdict as `orken treatment check --json` prints it."""

    def line(one: Violation) -> dict[str, Any]:
        return {"rule": one.rule, "kind": one.kind, "critical": one.critical, "steps": list(one.steps),
                "why": one.why.as_dict(), "source": one.source}  # fmt: skip

    return {
        "score": verdict.score,
        "passed": verdict.passed,
        "required": round(verdict.required, 4),
        "order": round(verdict.order, 4),
        "cap": verdict.cap,
        "violations": [line(one) for one in verdict.violations],
        "missing": [{"step": one.steps[0], **line(one)} for one in verdict.missing],
        "unneeded": [{"id": step.id, "name": step.name.as_dict()} for step in verdict.unneeded],
        "repeats": verdict.repeats,
        "advice": [line(one) for one in verdict.advice],
    }
