"""The exercise «plan the treatment»: steps chosen and ordered for a case, judged by the rules that hold for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.conservation import treatment
from orken.conservation.selectors import rules
from orken.conservation.treatment import CASES, FACTS, MATERIALS, STEPS, CaseRefused, Verdict
from orken.conservation.treatment.checking import PASS
from orken.conservation.treatment.facts import value_of
from orken.conservation.treatment.steps import Stage
from orken.curriculum.kinds import AnswerRefused, Grade, Offer, Payload, Reason
from orken.kit.i18n.content import ORDER, current_language


class PlanTreatment:
    """`payload`: {"case": code of a case} or {"title": …, "story": …, "facts": {…}}; "pass" by default 70."""

    code = "conservation.treatment"
    label: str | Promise = _("Plan the treatment")
    template = "conservation/kinds/plan.html"

    def offers(self) -> list[Offer]:
        return [Offer(code, str(case.title), {"case": code}) for code, case in CASES.items()]

    def problems(self, payload: Payload) -> list[str]:
        asked = payload.get("cases") or [payload["case"]] if payload.get("cases") or payload.get("case") else []
        unknown = [str(code) for code in asked if code not in CASES]
        if unknown:
            return [str(_("The School of Conservation has no case “%(case)s”.") % {"case": ", ".join(unknown)})]
        if not asked and not payload.get("facts"):
            return [str(_("No case is chosen."))]
        try:
            self.facts(payload if not asked else {"case": asked[0]})
        except CaseRefused as refused:
            return [str(refused)]
        return []

    def draw(self, payload: Payload, seed: int) -> Payload:
        """Which case of several («cases») is shown."""
        several = list(payload.get("cases", ()))
        if not several:
            return dict(payload)
        return {
            **{key: value for key, value in payload.items() if key != "cases"},
            "case": several[seed % len(several)],
        }

    def public_payload(self, payload: Payload) -> Mapping[str, Any]:
        """The story, what is known, and the catalogue of steps and materials; no plan, no rule."""
        case = CASES.get(payload.get("case", ""))
        facts = self.facts(payload)
        incident = value_of(facts, "incident") != "none"
        return {
            "title": case.title.as_dict() if case else payload.get("title", {}),
            "story": case.story.as_dict() if case else payload.get("story", {}),
            "facts": [
                {"name": fact.name.as_dict(), "values": [fact.values[one].as_dict() for one in _values(facts, key)]}
                for key, fact in FACTS.items()
                if value_of(facts, key) != fact.default
            ],
            "steps": [
                {"id": step.id, "name": step.name.as_dict(), "level": step.level.value, "stage": step.stage.value}
                for step in STEPS.values()
                if incident or step.id[0] == "T"
            ],
            "materials": [
                {"code": one.code, "name": one.name.as_dict(), "steps": sorted(one.steps)} for one in MATERIALS.values()
            ],
        }

    def page(self, payload: Payload, raw: Any, place: str) -> Mapping[str, Any]:
        case, facts = CASES.get(payload.get("case", "")), self.facts(payload)
        incident = value_of(facts, "incident") != "none"
        return {
            "case_title": case.title if case else _said(payload.get("title", {})), "story": case.story if case else _said(payload.get("story", {})),
            "known": known(facts), "stages": stages(chosen_in(raw), incident),
        }  # fmt: skip

    def answer(self, payload: Payload, data: Any, files: Mapping[str, Any]) -> dict[str, Any] | None:
        steps = plan(chosen(data))
        return {"steps": steps} if steps else None

    def lines(self, raw: Any) -> list[str]:
        found = self.parse(raw)["steps"]
        return [f"{n}. {STEPS[one['id']]}" + (f" · {MATERIALS[one['material']]}" if one["material"] in MATERIALS else "") for n, one in enumerate(found, start=1)]  # fmt: skip

    def parse(self, raw: Any) -> Any:
        """The plan as {"steps": [{"id", "material", "values"}]}."""
        try:
            plan = treatment.parse_plan(raw)
        except CaseRefused as refused:
            raise AnswerRefused(str(refused)) from refused
        return {"steps": [{"id": one.id, "material": one.material, "values": dict(one.values)} for one in plan]}

    def judge(self, payload: Payload, answer: Any) -> Verdict:
        """The verdict with everything that the feedback shows."""
        return treatment.check(self.facts(payload), treatment.parse_plan(answer), rules.standing())

    def grade(self, payload: Payload, answer: Any) -> Grade:
        verdict = self.judge(payload, answer)
        broken = [*verdict.missing, *verdict.violations]
        reasons = [Reason(one.rule, ", ".join(one.steps), 0.0, one.weight, str(one.why)) for one in broken]
        reasons += [Reason(step.id, str(step), 0.0, 1.0, _("Nothing in the case calls for this step.")) for step in verdict.unneeded]  # fmt: skip
        caps = (_("A critical breach: the score is at most %(n)s.") % {"n": f"{verdict.cap:g}"},) if verdict.cap else ()
        return Grade(
            score=verdict.score, passed=verdict.score >= float(payload.get("pass", PASS)), reasons=tuple(reasons),
            caps=caps, details={**treatment.as_dict(verdict), "rules": treatment.VERSION},
        )  # fmt: skip

    def fingerprint(self, answer: Any) -> str:
        """Of steps in their order with materials and figures."""
        plan = [
            [one["id"], one.get("material", ""), sorted((one.get("values") or {}).items())] for one in answer["steps"]
        ]
        return hashlib.sha256(json.dumps(plan).encode()).hexdigest()

    def facts(self, payload: Payload) -> treatment.Facts:
        """What is known of the case of `payload`."""
        case = CASES.get(payload.get("case", ""))
        return treatment.parse_case({"facts": case.facts if case else payload.get("facts", {})})


def known(facts: treatment.Facts) -> list[tuple[Any, list[Any]]]:
    """What is known of a case: facts that are not as usual, in words."""
    return [(fact.name, [fact.values[one] for one in _values(facts, key)]) for key, fact in FACTS.items() if value_of(facts, key) != fact.default]  # fmt: skip


def stages(chosen: Mapping[str, tuple[str, str]], incident: bool) -> list[tuple[Any, list[Any]]]:
    """The catalogue by stages: each step with its number in the plan, its material, and what it may be done with."""
    steps = [step for step in STEPS.values() if incident or step.id[0] == "T"]
    steps.sort(key=lambda step: list(Stage).index(step.stage))
    return [
        (stage.words, [(step, *chosen.get(step.id, ("", "")), [one for one in MATERIALS.values() if step.id in one.steps]) for step in group])
        for stage, group in groupby(steps, key=lambda step: step.stage)
    ]  # fmt: skip


def chosen(data: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Out of the form: step → (its number in the plan as typed, its material)."""
    return {
        step: (data.get(f"n_{step}", "").strip()[:4], data.get(f"m_{step}", "")[:60])
        for step in STEPS
        if data.get(f"n_{step}", "").strip()
    }


def chosen_in(raw: Any) -> dict[str, tuple[str, str]]:
    """The same out of an answer."""
    steps = raw.get("steps", []) if isinstance(raw, Mapping) else []
    return {one["id"]: (str(n), one.get("material", "")) for n, one in enumerate(steps, start=1) if isinstance(one, Mapping) and "id" in one}  # fmt: skip


def plan(chosen: Mapping[str, tuple[str, str]]) -> list[dict[str, str]]:
    """The steps by their numbers; two with one number stand as in the catalogue."""

    def place(step: str) -> float:
        text = chosen[step][0]
        return float(text) if text.isascii() and text.isdecimal() else 9999.0

    order = list(STEPS)
    ids = sorted(chosen, key=lambda step: (place(step), order.index(step)))
    return [{"id": step, "material": chosen[step][1]} for step in ids]


def _said(words: Mapping[str, str]) -> str:
    """An author's own title or story, in the reader's language or the next."""
    return next((words[code] for code in ORDER[current_language()] if words.get(code)), "")


def _values(facts: treatment.Facts, key: str) -> tuple[str, ...]:
    found = value_of(facts, key)
    return (found,) if isinstance(found, str) else found
