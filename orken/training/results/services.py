"""The verbs of results: marks are put, owners push, a commission confirms, and a later sheet corrects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import services as audit
from orken.kit.states import WayIsClosed
from orken.people.models import Account, Person
from orken.training import events, states
from orken.training import policy as office
from orken.training.models import (
    CommissionMember,
    CompletionRule,
    Enrolment,
    Fact,
    Outcome,
    Result,
    ResultSheet,
    Run,
)
from orken.training.results import commission, components, owners, policy, selectors
from orken.training.results.rule import Rule, Value
from orken.training.services import seats
from orken.training.services.deciding import ReasonIsMissing

Text = str | Promise
E = Enrolment.State
LANGUAGES = ("kk", "ru", "en")


class Refused(Exception):
    """Nothing was written; `text` says why to the reader."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


class WrittenMeanwhile(Exception):
    """Another hand wrote marks after this grid was opened; `facts` are those that stand now. Nothing was written."""

    def __init__(self, facts: list[Fact]) -> None:
        super().__init__(str(len(facts)))
        self.facts = facts


@dataclass(frozen=True)
class Put:
    """A mark to be written: points out of a hundred, or so many of so many."""

    enrolment: int
    component: str
    value: int
    of: int = 100
    reason: str = ""  # its own, where every mark of a sending has one
    on: date | None = None


@transaction.atomic
def put(
    *, run: Run, marks: Sequence[Put], by: Account, on: date, reason: str = "", seen: int | None = None,
    source: str = Fact.Source.PAGE,
) -> list[Fact]:  # fmt: skip
    """Write marks that differ from what stands. A mark that stands is corrected only with a reason.

    `seen` is the newest row that the writer had before her: what was written since by somebody else is never
    overwritten unseen.
    """
    run = seats.locked(run)
    policy.require_entering(by, run)
    check_open(run)
    known = set(selectors.enrolled(run).values_list("pk", flat=True))
    stand = selectors.facts_of(run)
    counted = selectors.counted(run, known)
    fresh: list[Put] = []
    for mark in marks:
        if mark.enrolment not in known or mark.component not in selectors.ENTERED:
            raise Refused(_("Such a mark is not entered here."))
        if mark.enrolment in counted.get(mark.component, {}):
            raise Refused(_("This mark is counted by the system and is not entered by hand."))
        if not 0 <= mark.value <= mark.of:
            raise Refused(_("A mark lies between 0 and %(of)s.") % {"of": mark.of})
        before = stand.get(mark.enrolment, {}).get(mark.component)
        if before is None or (before.value, before.of) != (mark.value, mark.of):
            fresh.append(mark)
    if len({(mark.enrolment, mark.component) for mark in fresh}) != len(fresh):
        raise Refused(_("One mark stands twice."))
    changed = [found for mark in fresh if (found := stand.get(mark.enrolment, {}).get(mark.component))]
    if seen is not None and (unseen := [fact for fact in changed if fact.pk > seen]):
        raise WrittenMeanwhile(unseen)
    reason = " ".join(reason.split())[:300]
    if changed and not reason:
        raise ReasonIsMissing("put")
    return put_down(run, fresh, stand, by=by, on=on, reason=reason, source=source)


def check_open(run: Run) -> None:
    """Raise WayIsClosed when the run takes no marks."""
    if run.state not in policy.ENTERED:
        raise WayIsClosed("put", [_("The state of the run: %(state)s.") % {"state": run.get_state_display()}])


def put_down(
    run: Run, marks: Sequence[Put], stand: Mapping[int, Mapping[str, Fact]], *, by: Account | None, on: date, reason: str,
    source: str,
) -> list[Fact]:  # fmt: skip
    """Write marks that are judged already, the run's row locked; what stands in `stand` is superseded."""
    if not marks:
        return []
    now = timezone.now()
    old = [found for mark in marks if (found := stand.get(mark.enrolment, {}).get(mark.component))]
    Fact.objects.filter(pk__in=[fact.pk for fact in old]).update(superseded_at=now)
    before = {(fact.enrolment_id, fact.component): fact for fact in old}
    made = Fact.objects.bulk_create(
        Fact(
            enrolment_id=mark.enrolment, component=mark.component, value=mark.value, of=mark.of, on=mark.on or on, source=source,
            by=by, recorded_at=now, reason=_why(mark, reason) if (mark.enrolment, mark.component) in before else "",
        )
        for mark in marks
    )  # fmt: skip
    why = {(mark.enrolment, mark.component): _why(mark, reason) for mark in marks}
    of = {one.pk: one for one in Enrolment.objects.filter(pk__in=[mark.enrolment for mark in marks]).select_related("applicant__person", "unit")}  # fmt: skip
    events = []
    for fact in made:
        earlier = before.get((fact.enrolment_id, fact.component))
        enrolment = of[fact.enrolment_id]
        events.append(
            audit.event(
                "result.mark_corrected" if earlier else "result.marked", enrolment.applicant, by=by, scope_path=enrolment.unit.path,
                before={"mark": f"{earlier.value}/{earlier.of}"} if earlier else {},
                after={"component": fact.component, "mark": f"{fact.value}/{fact.of}"} | ({"reason": said} if earlier and (said := why[fact.enrolment_id, fact.component]) else {}),
            )
        )  # fmt: skip
    audit.record_all(events)
    return made


def _why(mark: Put, reason: str) -> str:
    return " ".join(mark.reason.split())[:300] or reason


@transaction.atomic
def push(*, run: Run, component: str, found: Mapping[int, Value], on: date | None = None) -> int:
    """An owner says what it counts; rows are added only where that has changed. Answers how many."""
    run = seats.locked(run)
    known = set(selectors.enrolled(run).values_list("pk", flat=True))
    stand = selectors.facts_of(run)
    marks = []
    for pk, value in sorted(found.items()):  # in one order, whatever way a database took
        before = stand.get(pk, {}).get(component)
        if pk in known and (before is None or (before.value, before.of) != (value.value, value.of)):
            marks.append(Put(pk, component, value.value, value.of))
    made = put_down(
        run, marks, stand, by=None, on=on or timezone.localdate(), reason=str(COUNTED_ANEW), source=Fact.Source.OWNER
    )
    return len(made)


COUNTED_ANEW = "↻"  # the owner counted anew; who changed what stands with the owner


def collect(run: Run) -> int:
    """Ask every owner for its component of the run; answers how many marks are new."""
    if run.state not in policy.ENTERED:
        return 0
    known = list(selectors.enrolled(run).values_list("pk", flat=True))
    return sum(push(run=run, component=name, found=owner(run, known)) for name, owner in owners.owned().items())


@transaction.atomic
def set_rule(*, run: Run, rule: Rule, by: Account, own: bool = False) -> CompletionRule | None:
    """The rule for every run of this programme version; of a run without a programme, for its kind; `own`: for this run alone.

    A new row supersedes, with its day and its author; what holds already writes nothing. A run that has its own rule
    keeps it whatever the others are asked for. Raises Refused when another hand set the rule at the same moment.
    """
    run = seats.locked(run)
    policy.require_ruling(by, run, own=own)
    unknown = set(rule.others) - set(components.others())
    asked = [need for _name, need in rule.asked()]
    if unknown or not all(0 <= need <= 100 for need in asked):
        raise Refused(_("A rule asks for 0 to 100 percent of what is counted."))
    whose: dict[str, Any] = {"run": run} if own else {"version": run.version} if run.version_id else {"kind": run.kind}
    standing = CompletionRule.objects.filter(superseded_at=None, **whose)
    stood = standing.first()
    before = selectors.rule_in(stood) if stood is not None else selectors.written_rule(run)
    if before == rule and stood is not None:
        return None
    now = timezone.now()
    try:
        with transaction.atomic():
            standing.update(superseded_at=now)
            row = CompletionRule.objects.create(**whose, **rule.as_data(), by=by, recorded_at=now)
    except IntegrityError as twin:  # from another run of the same version or kind
        raise Refused(_("Somebody else set this rule at the same moment. Look at it and save again.")) from twin
    audit.record(
        "result.rule_set_own" if own else "result.rule_set",
        run,
        by=by,
        scope_path=run.host.path,
        before=_flat(before),
        after=_flat(rule),
    )
    return row


@transaction.atomic
def drop_own_rule(*, run: Run, by: Account) -> bool:
    """The run goes by the rule of its programme or kind again. Answers whether it had its own."""
    run = seats.locked(run)
    policy.require_ruling(by, run, own=True)
    stood = selectors.own_rule(run)
    if stood is None:
        return False
    stood.superseded_at = timezone.now()
    stood.save(update_fields=["superseded_at"])
    after = selectors.written_rule(run)
    audit.record("result.rule_dropped", run, by=by, scope_path=run.host.path, before=_flat(selectors.rule_in(stood)), after=_flat(after))  # fmt: skip
    return True


def _flat(rule: Rule) -> dict[str, object]:
    data: dict[str, object] = {**rule.as_data(), **rule.others}
    del data["others"]
    return data


@transaction.atomic
def confirm(
    *, run: Run, chair: Person, members: Sequence[Person], on: date, by: Account, reason: str = "", now: datetime | None = None,
    seen: str = "",
) -> ResultSheet:  # fmt: skip
    """The commission confirms: results are frozen with unit, post and name as they are now.

    The first sheet has everybody. Each later one corrects: it has only those of whom something else is known now, and
    says why; their earlier lines stay where they are and stand no longer. `seen`: what the commission had before her
    (`commission.fingerprint`); where something else is known by now nothing is confirmed unseen.
    """
    run = seats.locked(run)
    office.require_managing(by, run)
    if run.state not in policy.CONFIRMED:
        raise WayIsClosed("confirm", [_("The state of the run: %(state)s.") % {"state": run.get_state_display()}])
    at = now or timezone.now()
    if not run.ends_on <= on <= timezone.localdate(at):
        raise Refused(_("The commission sits between the last day of the run and today."))
    if chair in members or not members or len({one.pk for one in members}) != len(members):
        raise Refused(_("A commission is a chair and at least one other member, each named once."))
    named = {chair.pk, *(one.pk for one in members)}
    strangers = named - {one.pk for one in commission.candidates(run, by)}
    if strangers - {one.person_id for one in commission.specialists(run, strangers, on)}:
        raise Refused(_("Somebody of the commission neither teaches nor organises this run, nor worked for its host on that day."))  # fmt: skip
    collect(run)
    rule = selectors.rule_of(run)
    number = ResultSheet.objects.filter(run=run).count() + 1
    rows = [row for row in selectors.rows_of(run, rule) if number == 1 or row.stale]
    if not rows:
        raise Refused(_("Nothing is known that the sheets do not say already.") if number > 1 else _("Nobody has a result in this run."))  # fmt: skip
    if seen and seen != commission.fingerprint(rows):
        raise Refused(_("Something else is known by now than what you saw. Look at the results as they stand and confirm again."))  # fmt: skip
    if named & {row.enrolment.person_id for row in rows}:
        raise Refused(_("Nobody sits over her own result. Choose somebody else."))
    reason = " ".join(reason.split())[:500] if number > 1 else ""
    if number > 1 and not reason:
        raise ReasonIsMissing("correct")
    sheet = ResultSheet.objects.create(
        run=run, number=number, on=on, reason=reason, rule=rule.as_data(), by=by, confirmed_at=at
    )
    posts = commission.posts((chair, *members), on)
    CommissionMember.objects.bulk_create(
        CommissionMember(
            sheet=sheet, person=one, chair=one.pk == chair.pk, **_in_each("name", one.full_name),
            **{f"post_{code}": commission.post_in(posts.get(one.pk), code) for code in LANGUAGES},
        )
        for one in (chair, *members)
    )  # fmt: skip
    Result.objects.filter(pk__in=[row.result.pk for row in rows if row.result]).update(superseded_at=at)
    made = Result.objects.bulk_create(_frozen(sheet, row) for row in rows)
    moved = []
    for row in rows:
        row.enrolment.run = run
        if _lead(row.enrolment, row.verdict.outcome):
            moved.append(row.enrolment)
    Enrolment.objects.bulk_update(moved, ["state"])
    audit.record(
        "result.corrected" if number > 1 else "result.confirmed", run, by=by, scope_path=run.host.path,
        after={"number": number, "people": len(made), "passed": sum(one.outcome == Outcome.PASSED for one in made)}
        | ({"reason": reason} if reason else {}),
    )  # fmt: skip
    events.results_confirmed.send(ResultSheet, sheet=sheet, results=made, by=by)
    return sheet


def _in_each(field: str, text_in: object) -> dict[str, str]:
    assert callable(text_in)
    return {f"{field}_{code}": text_in(code) for code in LANGUAGES}


def _frozen(sheet: ResultSheet, row: selectors.Row) -> Result:
    one = row.enrolment
    post = {f"post_{code}": getattr(one.post, f"title_{code}") for code in LANGUAGES} if one.post else {}
    return Result(
        sheet=sheet, enrolment=one, outcome=row.verdict.outcome, lines=[line.as_data() for line in row.verdict.lines],
        facts={name: [fact.value, fact.of] for name, fact in sorted(row.facts.items())},
        **_in_each("name", one.person.full_name), **{f"unit_{code}": getattr(one.unit, f"name_{code}") for code in LANGUAGES},
        **post,
    )  # fmt: skip


def _lead(enrolment: Enrolment, outcome: str) -> bool:
    """The enrolment goes where the outcome says; who excused herself or did not come and has nothing stays so."""
    way = {Outcome.PASSED: "complete", Outcome.FAILED: "fail"}.get(Outcome(outcome), "fail")
    target = states.ENROLMENT.way(way).target
    assert target is not None
    if enrolment.state == target or (outcome == Outcome.ABSENT and enrolment.state in (E.EXCUSED, E.NO_SHOW)):
        return False
    states.ENROLMENT.check(enrolment, way)
    enrolment.state = target
    return True
