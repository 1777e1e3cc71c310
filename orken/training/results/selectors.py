"""Reading results: what stands, the verdict of today, the sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from orken.people.models import Account, Person
from orken.surveys.models import Questionnaire
from orken.training import policy as office
from orken.training import questionnaires
from orken.training.models import Applicant, CompletionRule, Component, Enrolment, Fact, Result, ResultSheet, Run
from orken.training.results import owners
from orken.training.results.rule import Line, Rule, Value, Verdict, default, judge

E = Enrolment.State
ENTERED = (Component.PRE_TEST, Component.POST_TEST, Component.PRACTICAL, Component.FINAL)
COUNTED = (E.ENROLLED, E.ATTENDING, E.COMPLETED, E.FAILED, E.EXCUSED, E.NO_SHOW)  # who withdrew has no result


def written_rule(run: Run) -> Rule:
    """The rule of the programme version, else of the kind, else the default."""
    rows = CompletionRule.objects.filter(superseded_at=None)
    found = rows.filter(Q(version=run.version_id, version__isnull=False) | Q(kind=run.kind)).order_by("kind").first()
    if found is None:
        return default(run.kind)
    return Rule(found.attendance, found.practical, found.final, found.questionnaire)


def rule_of(run: Run) -> Rule:
    """The rule as it holds for this run: nobody misses a questionnaire that was never asked."""
    rule = written_rule(run)
    if rule.questionnaire and questionnaires.survey_of(run, Questionnaire.Purpose.REACTION) is None:
        return replace(rule, questionnaire=False)
    return rule


def facts_of(run: Run, known_at: datetime | None = None) -> dict[int, dict[str, Fact]]:
    """By enrolment and component: what stands, or what stood at `known_at`."""
    rows = Fact.objects.filter(enrolment__run=run)
    if known_at is None:
        rows = rows.filter(superseded_at=None)
    else:
        rows = rows.filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at), recorded_at__lte=known_at)
    found: dict[int, dict[str, Fact]] = defaultdict(dict)
    for fact in rows.order_by("pk"):
        found[fact.enrolment_id][fact.component] = fact
    return found


def values(facts: Mapping[str, Fact]) -> dict[str, Value]:
    return {name: Value(fact.value, fact.of) for name, fact in facts.items()}


@dataclass
class Row:
    """One person with her marks, the verdict they give today, and the result that stands."""

    enrolment: Enrolment
    facts: dict[str, Fact]
    verdict: Verdict
    result: Result | None = None

    @property
    def changed(self) -> bool:
        """What is known today gives another outcome than the sheet says."""
        return self.result is not None and self.result.outcome != self.verdict.outcome

    @property
    def stale(self) -> bool:
        """What is known today differs from what the sheet was made of, or no sheet has her yet."""
        if self.result is None:
            return True
        return self.result.lines != [line.as_data() for line in self.verdict.lines] or self.changed


def enrolled(run: Run) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(run=run, state__in=COUNTED).select_related("person", "unit", "post")
    return rows.order_by("person__sort_kk", "pk")


def rows_of(run: Run, rule: Rule | None = None) -> list[Row]:
    """Everybody of the run with verdict and result; the same number of queries however many they are.

    The verdict is that of this moment: what the owners count now stands in for what they pushed last.
    """
    asked = rule or rule_of(run)
    facts = facts_of(run)
    stand = {one.enrolment_id: one for one in Result.objects.filter(enrolment__run=run, superseded_at=None)}
    counted = {name: owner(run) for name, owner in owners.owned().items()}
    rows = []
    for one in enrolled(run):
        hers = facts.get(one.pk, {})
        now = {name: found[one.pk] for name, found in counted.items() if one.pk in found}
        rows.append(Row(one, hers, judge(asked, values(hers) | now), stand.get(one.pk)))
    return rows


def sheets(run: Run) -> QuerySet[ResultSheet]:
    return ResultSheet.objects.filter(run=run).prefetch_related("members", "results").order_by("-number")


def lines_of(result: Result) -> list[Line]:
    """The frozen explanation, to be read in the reader's language."""
    return [Line(**data) for data in result.lines]


@dataclass(frozen=True)
class Told:
    """A standing result with its explanation."""

    result: Result
    lines: list[Line]


def results_for(person: Person, reader: Account) -> list[Told]:
    """Her standing results that this reader may see, newest first."""
    seen = Applicant.objects.filter(office.seen(reader), person=person).values("pk")
    rows = Result.objects.filter(superseded_at=None, enrolment__applicant__in=seen)
    found: Iterable[Result] = rows.select_related("sheet", "enrolment__run").order_by("-sheet__on", "-pk")[:20]
    return [Told(result, lines_of(result)) for result in found]


def newest(run: Run) -> int:
    """The newest row of marks of the run: what a writer has before her."""
    found = Fact.objects.filter(enrolment__run=run).order_by("-pk").values_list("pk", flat=True).first()
    return found or 0
