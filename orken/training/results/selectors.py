"""Reading results: what stands, the verdict of today, the sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from orken.people.models import Account, Person
from orken.training import policy as office
from orken.training.models import (
    Applicant,
    CompletionRule,
    Component,
    Enrolment,
    Fact,
    Outcome,
    Result,
    ResultSheet,
    Run,
)
from orken.training.results import owners
from orken.training.results.rule import Line, Rule, Value, Verdict, default, judge

E = Enrolment.State
ENTERED = (Component.PRE_TEST, Component.POST_TEST, Component.PRACTICAL, Component.FINAL)
COUNTED = (E.ENROLLED, E.ATTENDING, E.COMPLETED, E.FAILED, E.EXCUSED, E.NO_SHOW)  # who withdrew has no result


def written_rule(run: Run) -> Rule:
    """The run's own rule, else that of the programme version, else of the kind, else the default."""
    found = _rules(run).filter(superseded_at=None).order_by(F("run").asc(nulls_last=True), "kind").first()
    return default(run.kind) if found is None else rule_in(found)


def _rules(run: Run) -> QuerySet[CompletionRule]:
    of_others = Q(version=run.version_id, version__isnull=False) | Q(kind=run.kind)
    return CompletionRule.objects.filter(of_others | Q(run=run.pk, run__isnull=False))


def rule_in(row: CompletionRule) -> Rule:
    return Rule(row.attendance, row.practical, row.final, row.questionnaire, row.others, own=row.run_id is not None)


def rules_of(run: Run) -> list[tuple[CompletionRule, Rule]]:
    """Every rule that was ever written where the rule of this run stands, newest first: its own, those of its version, or of its kind."""
    common = Q(version=run.version_id) if run.version_id else Q(kind=run.kind)
    rows = CompletionRule.objects.filter(common | Q(run=run.pk)).select_related("by__person").order_by("-pk")
    return [(row, rule_in(row)) for row in rows]


def own_rule(run: Run) -> CompletionRule | None:
    """The rule that stands for this run alone."""
    return CompletionRule.objects.filter(run=run.pk, superseded_at=None).first()


def rule_of(run: Run, asked: Collection[int] | None = None) -> Rule:
    """The rule as it holds for this run: nobody misses a questionnaire that was never asked.

    `asked`: the enrolments that were asked, where they are known.
    """
    rule = written_rule(run)
    if not rule.questionnaire:
        return rule
    if asked is None:
        owner = owners.owned().get(Component.QUESTIONNAIRE)
        asked = owner(run, list(enrolled(run).values_list("pk", flat=True))) if owner else ()
    return rule if asked else replace(rule, questionnaire=False)


def verdict(rule: Rule, known: Mapping[str, Value]) -> Verdict:
    """Her verdict: nobody misses a questionnaire that she was never asked, for she got her seat when it was over."""
    found = judge(rule, known)
    if found.outcome == Outcome.ABSENT or not rule.questionnaire or Component.QUESTIONNAIRE in known:
        return found
    return judge(replace(rule, questionnaire=False), known)


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


@dataclass(frozen=True)
class Standing:
    """The line of a sheet that stands for somebody."""

    pk: int
    outcome: str
    lines: list[dict[str, Any]]
    sheet: int


@dataclass
class Row:
    """One person with her marks, the verdict they give today, and the line that stands."""

    enrolment: Enrolment
    facts: dict[str, Fact]
    verdict: Verdict
    result: Standing | None = None

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

    @property
    def beside(self) -> list[Fact]:
        """Marks that the rule does not ask for: nothing follows from them, but they are known."""
        asked = {line.component for line in self.verdict.lines}
        return [self.facts[name] for name in ENTERED if name in self.facts and name not in asked]


def enrolled(run: Run) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(run=run, state__in=COUNTED).select_related("person", "unit", "post")
    return rows.order_by("person__sort_kk", "pk")


def counted(run: Run, people: Collection[int]) -> dict[str, Mapping[int, Value]]:
    """Of the components that are entered by hand those marks that an owner counts: a test that was taken on screen."""
    return {name: owner(run, people) for name, owner in owners.owned().items() if name in ENTERED}


def rows_of(run: Run, rule: Rule | None = None) -> list[Row]:
    """Everybody of the run with verdict and result."""
    return today_of(run, rule)[1]


def today_of(run: Run, rule: Rule | None = None) -> tuple[Rule, list[Row]]:
    """The rule that holds and everybody with verdict and result; the same number of queries however many they are.

    The verdict is that of this moment: what the owners count now stands in for what they pushed last.
    """
    standing = FilteredRelation("results", condition=Q(results__superseded_at=None))
    people = enrolled(run).annotate(standing=standing).annotate(
        in_sheet=F("standing__pk"), outcome=F("standing__outcome"), lines=F("standing__lines"), of_sheet=F("standing__sheet__number"),
    )  # fmt: skip
    known = [one.pk for one in people]
    counted = {name: owner(run, known) for name, owner in owners.owned().items()}
    asked = rule or rule_of(run, counted.get(Component.QUESTIONNAIRE, {}))
    facts = facts_of(run)
    rows = []
    for one in people:
        hers = facts.get(one.pk, {})
        now = {name: found[one.pk] for name, found in counted.items() if one.pk in found}
        stands = Standing(one.in_sheet, one.outcome, one.lines, one.of_sheet) if one.in_sheet else None
        rows.append(Row(one, hers, verdict(asked, values(hers) | now), stands))
    return asked, rows


def sheets(run: Run) -> QuerySet[ResultSheet]:
    """The sheets, the newest first, each with how many lines it has (`count`)."""
    return ResultSheet.objects.filter(run=run).annotate(count=Count("results")).order_by("-number")


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
