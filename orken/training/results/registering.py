"""What results tell the rest of the house at start: owners, words of the trail, invariants, letters, the person's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, F, Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import invariants, words
from orken.kit.audit.invariants import Broken
from orken.network import person_sections
from orken.notices import kinds
from orken.people.models import Person
from orken.people.services import merging, rights
from orken.training.models import CommissionMember, Component, Enrolment, Fact, Outcome, Result, ResultSheet
from orken.training.results import letters, operations, owners, selectors
from orken.training.results.rule import Rule, Value, judge

E = Enrolment.State


def register() -> None:
    owners.register_all()
    operations.register()
    for kind in letters.ALL:
        kinds.register(kind)
    words.register(
        about={"result": _("Results")},
        verbs={
            "result.marked": _("put a mark"),
            "result.mark_corrected": _("corrected a mark"),
            "result.laid_beside": _("wrote another mark than the one that stands"),
            "result.beside_decided": _("decided which of two marks stands"),
            "result.rule_set": _("set the rule of completion"),
            "result.rule_set_own": _("set the rule of completion of this run alone"),
            "result.rule_dropped": _("gave the run the rule of the others again"),
            "result.confirmed": _("confirmed a result sheet"),
            "result.corrected": _("corrected a result sheet"),
        },
        fields={
            "component": _("What is marked"),
            "mark": pgettext_lazy("of a test", "Mark"),
            "attendance": pgettext_lazy("component of a result", "attendance, percent"),
            "practical": pgettext_lazy("component of a result", "practical work, percent"),
            "final": pgettext_lazy("component of a result", "final work, percent"),
            "questionnaire": pgettext_lazy("component of a result", "questionnaire answered"),
            "post_test": pgettext_lazy("component of a result", "test after"),
            "passed": pgettext_lazy("in the trail", "passed"),
            "taken": pgettext_lazy("in the trail", "what was beside it stands now"),
            "number": pgettext_lazy("of a sheet", "Number"),
        },
        values={
            f"result.{verb}.component": Component
            for verb in ("marked", "mark_corrected", "laid_beside", "beside_decided")
        },
        named={},
        things={},
    )
    person_sections.register("results", "training/results/on_person.html", _on_person, order=21)
    merging.register("training.CommissionMember", "person", Commissions())
    rights.register_duty(duties)
    invariants.register(
        "training.results: a line of a sheet is of its own run and agrees with its own rule", lines_follow_the_rule
    )
    invariants.register(
        "training.result_sheets: the sheets of a run have no gap, each with its commission", sheets_whole
    )
    invariants.register("training.outcomes: whoever stands as completed has a sheet that says so", states_follow_sheets)


def _on_person(person: Person, reader: object) -> dict[str, object] | None:
    from orken.people.models import Account

    assert isinstance(reader, Account)
    found = selectors.results_for(person, reader)
    return {"results": found} if found else None


class Commissions:
    """Her seats in commissions go over; who stands twice in one sheet stays twice, as it was signed."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[merging.Collision]:
        return ()

    def move(self, writing: merging.Writing) -> None:
        mine = set(CommissionMember.objects.filter(person=writing.kept).values_list("sheet", flat=True))
        for row in CommissionMember.objects.filter(person=writing.gone):
            if row.sheet_id not in mine:
                writing.set(CommissionMember, row.pk, person_id=writing.kept.pk)


def duties(person: Person) -> Iterable[str | Promise]:
    if CommissionMember.objects.filter(person=person).exists():
        yield _("Commissions: she stands in result sheets.")


def lines_follow_the_rule() -> Iterator[Broken]:
    rows = Result.objects.select_related("sheet", "enrolment").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        if row.enrolment.run_id != row.sheet.run_id:
            yield Broken(f"result {row.pk}", "is of somebody of another run")
        rule, facts = Rule(**row.sheet.rule), {name: Value(*pair) for name, pair in row.facts.items()}
        found = [selectors.verdict(rule, facts), judge(rule, facts)]  # sheets of long ago asked everybody
        if not any((one.outcome, [line.as_data() for line in one.lines]) == (row.outcome, row.lines) for one in found):
            yield Broken(f"result {row.pk}", f"says {row.outcome}, its own marks give {found[0].outcome}")
    strangers = Fact.objects.filter(superseded_at=None, recorded_at__lt=F("enrolment__enrolled_at"))
    for fact in strangers.order_by("pk"):
        yield Broken(f"fact {fact.pk}", "is older than the enrolment")


def sheets_whole() -> Iterator[Broken]:
    counted = ResultSheet.objects.order_by().values("run__code").annotate(n=Count("pk"), last=Max("number"))
    for row in counted.exclude(n=F("last")):
        yield Broken(str(row["run__code"]), f"{row['n']} sheets are numbered up to {row['last']}")
    for sheet in ResultSheet.objects.select_related("run").exclude(members__chair=True).order_by("pk"):
        yield Broken(str(sheet), "has no chair")
    for sheet in ResultSheet.objects.select_related("run").filter(results=None).order_by("pk"):
        yield Broken(str(sheet), "has no line")


def states_follow_sheets() -> Iterator[Broken]:
    stand = dict(Result.objects.filter(superseded_at=None).values_list("enrolment", "outcome"))
    for one in Enrolment.objects.filter(state__in=(E.COMPLETED, E.FAILED)).order_by("pk"):
        outcome = stand.get(one.pk)
        if outcome is None or (outcome == Outcome.PASSED) != (one.state == E.COMPLETED):
            yield Broken(f"enrolment {one.pk}", f"is {one.state}, the sheets say {outcome}")
    for one in Enrolment.objects.filter(pk__in=stand, state__in=(E.ENROLLED, E.ATTENDING)).order_by("pk"):
        yield Broken(f"enrolment {one.pk}", "has a result and stands as if she had none")
