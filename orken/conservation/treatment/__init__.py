"""Plans of treatment: what is known of a case, the steps, and the rules that judge a plan (conservation.md §1.4, §5.1).

    case = treatment.parse_case({"facts": {"mould": "active"}})      # raises CaseRefused by name
    plan = treatment.parse_plan({"steps": [{"id": "T01"}, …]})
    verdict = treatment.check(case, plan)

Any order that breaks no rule is right: a plan is never compared with one model answer. Draft rules advise, only
approved ones judge.
"""

from orken.conservation.treatment.cases import CASES, Case
from orken.conservation.treatment.checking import Verdict, Violation, as_dict, check
from orken.conservation.treatment.facts import FACTS, Facts, dictionary
from orken.conservation.treatment.materials import MATERIALS, Material
from orken.conservation.treatment.reading import CaseRefused, Chosen, parse_case, parse_plan
from orken.conservation.treatment.rules import RULES, VERSION, Rule
from orken.conservation.treatment.steps import STEPS, Level, Step

__all__ = [
    "CASES",
    "FACTS",
    "MATERIALS",
    "RULES",
    "STEPS",
    "VERSION",
    "Case",
    "CaseRefused",
    "Chosen",
    "Facts",
    "Level",
    "Material",
    "Rule",
    "Step",
    "Verdict",
    "Violation",
    "as_dict",
    "check",
    "dictionary",
    "parse_case",
    "parse_plan",
]
