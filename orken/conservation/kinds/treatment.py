"""The exercise «plan the treatment»: steps chosen and ordered for a case, judged by the rules that hold for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.conservation import treatment
from orken.conservation.selectors import rules
from orken.conservation.treatment import CASES, FACTS, MATERIALS, STEPS, CaseRefused, Verdict
from orken.conservation.treatment.checking import PASS
from orken.conservation.treatment.facts import value_of
from orken.curriculum.kinds import AnswerRefused, Grade, Payload, Reason


class PlanTreatment:
    """`payload`: {"case": code of a case} or {"title": …, "story": …, "facts": {…}}; "pass" by default 70."""

    code = "conservation.treatment"
    label: str | Promise = _("Plan the treatment")
    template = "conservation/parts/plan.html"

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


def _values(facts: treatment.Facts, key: str) -> tuple[str, ...]:
    found = value_of(facts, key)
    return (found,) if isinstance(found, str) else found
