"""Results of the demo: marks and confirmed sheets of three years, judged by the rule itself, and of the seminar that is over."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from orken.curriculum.models import ProgrammeVersion
from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import SEED, Stage
from orken.network.models import Post
from orken.people.models import NAME_FIELDS, Person, PreviousName
from orken.training.demo.history import Held, moment
from orken.training.demo.seating import Seat
from orken.training.models import (
    CommissionMember,
    CompletionRule,
    Component,
    Enrolment,
    Fact,
    Outcome,
    Result,
    ResultSheet,
    Run,
)
from orken.training.results import selectors, services
from orken.training.results.rule import Rule, Value, Verdict, judge

C, E = Component, Enrolment.State
LANGUAGES = ("kk", "ru", "en")
RULED = datetime(2024, 2, 6, 5, 0, tzinfo=UTC)
CORRECTED = date(2026, 1, 20)
WHY = "Жұмысы басқа тыңдаушының папкасында қалған. / Её работа лежала в папке другой слушательницы."
OVER = "PVL-2026-30"


def rules(stage: Stage) -> None:
    """The School of the Cataloguer passes nobody under seventy points, and asks for the practical work."""
    by = stage.made["accounts"]["curator"]
    versions = ProgrammeVersion.objects.filter(programme__code="CAT-72").exclude(published_at=None).order_by("pk")
    CompletionRule.objects.bulk_create(
        CompletionRule(version=one, attendance=80, practical=60, final=70, by=by, recorded_at=max(RULED, one.published_at or RULED))
        for one in versions
    )  # fmt: skip


def history(runs: Sequence[Held], trail: list[AuditEvent]) -> None:
    """Facts, sheets and frozen lines of the runs that are over; of one in the assessment the marks so far."""
    chance = random.Random(SEED + 9)
    names = _Names()
    facts: list[Fact] = []
    sheets: list[ResultSheet] = []
    lines: list[tuple[Held, ResultSheet, Seat, Verdict, dict[str, Value]]] = []
    states: dict[tuple[str, str], list[int]] = {}
    for held in runs:
        if held.run.state not in (Run.State.CLOSED, Run.State.ARCHIVED, Run.State.ASSESSMENT):
            _note_states(states, held)
            continue
        rule = selectors.rule_of(held.run)
        marks = {id(seat): _marks(chance, held, rule, seat) for seat in held.seated}
        mistaken = _mistaken(held, marks)
        for seat in held.seated:
            wrong = 38 if seat is mistaken else None
            facts += _entered(held, seat, marks[id(seat)], wrong)
        if not held.over:
            _note_states(states, held)
            continue
        sheet = _sheet(held, rule, 1, held.sat_on, "")
        sheets.append(sheet)
        for seat in held.seated:
            counted = _counted(held, seat)
            facts += [_owned(held, seat, name, value) for name, value in counted.items()]
            known = marks[id(seat)] | counted
            if seat is mistaken:
                known = known | {C.FINAL: Value(38, 100)}
            lines.append((held, sheet, seat, judge(rule, known), known))
        if mistaken is not None:
            sheet = _sheet(held, rule, 2, CORRECTED, WHY)
            sheets.append(sheet)
            known = marks[id(mistaken)] | _counted(held, mistaken)
            lines.append((held, sheet, mistaken, judge(rule, known), known))
    bulk.insert(Fact, facts)
    bulk.insert(ResultSheet, sheets)
    bulk.insert(CommissionMember, [member for held in runs for member in _commission(held, sheets)])
    _freeze(lines, names, states)
    for (state, reason), rows in states.items():
        Enrolment.objects.filter(pk__in=rows).update(state=state, reason=reason)
    trail.extend(
        _of_sheet(sheet, [verdict for _held, its, _seat, verdict, _known in lines if its is sheet]) for sheet in sheets
    )


def _freeze(lines: Sequence[tuple[Held, ResultSheet, Seat, Verdict, dict[str, Value]]], names: _Names, states: dict[tuple[str, str], list[int]]) -> None:  # fmt: skip
    """The lines of the sheets, and where each enrolment went by the last one that has it."""
    rows: dict[int, Result] = {}
    made = []
    final: dict[int, tuple[str, str]] = {}
    for _held, sheet, seat, verdict, known in lines:
        one = seat.enrolment
        result = Result(
            sheet=sheet, enrolment=one, outcome=verdict.outcome, lines=[line.as_data() for line in verdict.lines],
            facts={name: [value.value, value.of] for name, value in sorted(known.items())}, **names.of(seat.person, sheet.on),
            **{f"unit_{code}": getattr(seat.unit, f"name_{code}") for code in LANGUAGES}, **names.post(seat.post_id),
        )  # fmt: skip
        if one.pk in rows:
            rows[one.pk].superseded_at = sheet.confirmed_at
        rows[one.pk] = result
        made.append(result)
        state = E.COMPLETED if verdict.passed else E.FAILED
        final[one.pk] = (seat.missing, seat.missing_because) if verdict.outcome == Outcome.ABSENT and seat.missing else (state, "")  # fmt: skip
    bulk.insert(Result, made)
    for pk, ends in final.items():
        states.setdefault(ends, []).append(pk)


def _note_states(states: dict[tuple[str, str], list[int]], held: Held) -> None:
    """Without a sheet an enrolment stands where the attendance left it."""
    for seat in held.seated:
        ends = (seat.missing, seat.missing_because) if seat.missing else (E.ATTENDING.value, "")
        if seat.missing or seat.there:
            states.setdefault(ends, []).append(seat.enrolment.pk)


# --- what is known of each ---


def _marks(chance: random.Random, held: Held, rule: Rule, seat: Seat) -> dict[str, Value]:
    """Marks as a trainer enters them: whoever was there for less than half has none."""
    final = round(chance.triangular(58, 100, 86))
    weak, before = chance.random() < 0.04, chance.randint(28, 62)
    if weak and not seat.certain:
        final = chance.randint(25, 49)
    if seat.certain:
        final = max(final, 78)
    if rule.final is None or seat.there * 2 <= held.minutes:
        return {}
    found = {C.FINAL.value: Value(final, 100)}
    if rule.practical is not None:
        found[C.PRACTICAL.value] = Value(max(final - 5, 62 if seat.certain else 20), 100)
    if held.run.version_id is not None:
        found |= {
            C.PRE_TEST.value: Value(before, 100),
            C.POST_TEST.value: Value(min(100, before + 25 + final // 8), 100),
        }
    return found


def _mistaken(held: Held, marks: Mapping[int, Mapping[str, Value]]) -> Seat | None:
    """Of one seminar somebody's final mark was put down wrongly; it came out a month after the sheet."""
    if held.past.special != "corrected":
        return None
    return next(one for one in held.seated if one.there == held.minutes and one.answered and marks[id(one)][C.FINAL].value > 60)  # fmt: skip


def _entered(held: Held, seat: Seat, marks: Mapping[str, Value], wrong: int | None) -> list[Fact]:
    by, last = held.by, held.run.ends_on
    made = []
    for name, value in marks.items():
        on = held.run.starts_on if name == C.PRE_TEST else last
        fact = Fact(
            enrolment=seat.enrolment, component=name, value=value.value, of=value.of, on=on, by=by, source=Fact.Source.PAGE,
            recorded_at=moment(on, "17:30"),
        )  # fmt: skip
        made.append(fact)
        if wrong is not None and name == C.FINAL:
            fact.value, fact.superseded_at = wrong, moment(CORRECTED, "10:00")
            again = Fact(
                enrolment=seat.enrolment, component=name, value=value.value, of=value.of, on=on, by=by, source=Fact.Source.PAGE,
                reason=WHY, recorded_at=moment(CORRECTED, "10:00"),
            )  # fmt: skip
            made.append(again)
    return made


def _counted(held: Held, seat: Seat) -> dict[str, Value]:
    """What the owners push when the commission sits: minutes, and whether she answered."""
    found = {C.ATTENDANCE.value: Value(seat.there, held.minutes)}
    if seat.answered is not None:
        found[C.QUESTIONNAIRE.value] = Value(int(seat.answered), 1)
    return found


def _owned(held: Held, seat: Seat, name: str, value: Value) -> Fact:
    on = held.sat_on
    return Fact(
        enrolment=seat.enrolment, component=name, value=value.value, of=value.of, on=on, source=Fact.Source.OWNER,
        recorded_at=moment(on, "15:00"),
    )  # fmt: skip


# --- the sheets ---


def _sheet(held: Held, rule: Rule, number: int, on: date, reason: str) -> ResultSheet:
    return ResultSheet(
        run=held.run,
        number=number,
        on=on,
        reason=reason,
        rule=rule.as_data(),
        by=held.by,
        confirmed_at=moment(on, "15:00"),
    )


def _commission(held: Held, sheets: Sequence[ResultSheet]) -> list[CommissionMember]:
    return [
        CommissionMember(sheet=sheet, person=one, chair=n == 0, **{f"name_{code}": one.full_name(code) for code in LANGUAGES})
        for sheet in sheets
        if sheet.run is held.run
        for n, one in enumerate(held.trainers)
    ]  # fmt: skip


def _of_sheet(sheet: ResultSheet, verdicts: Sequence[Verdict]) -> AuditEvent:
    after = {"number": sheet.number, "people": len(verdicts), "passed": sum(one.passed for one in verdicts)}
    return audit.event(
        "result.corrected" if sheet.number > 1 else "result.confirmed", sheet.run, by=sheet.by, at=sheet.confirmed_at,
        scope_path=sheet.run.host.path, after=after | ({"reason": sheet.reason} if sheet.reason else {}),
    )  # fmt: skip


class _Names:
    """Names and posts as they were on the day of a sheet."""

    def __init__(self) -> None:
        self.posts = {post.pk: post for post in Post.objects.all()}
        self.before: dict[int, list[PreviousName]] = {}
        for row in PreviousName.objects.filter(superseded_at=None):
            self.before.setdefault(row.person_id, []).append(row)

    def of(self, person: Person, on: date) -> dict[str, str]:
        for row in self.before.get(person.pk, ()):
            if row.valid_from <= on and (row.valid_to is None or on < row.valid_to):
                person = Person(**{name: getattr(row, name) for name in NAME_FIELDS})
        return {f"name_{code}": person.full_name(code) for code in LANGUAGES}

    def post(self, pk: int) -> dict[str, str]:
        return {f"post_{code}": getattr(self.posts[pk], f"title_{code}") for code in LANGUAGES}


# --- the seminar that is over ---


def build(stage: Stage) -> None:
    """Marks of the seminar and its sheet, by the verbs: with 78 % of the minutes nobody passes."""
    run = Run.objects.select_related("host", "version").filter(code=OVER).first()
    if run is None:
        return
    by, persons = stage.made["accounts"]["pavlodar"], stage.made["persons"]
    there = {row.enrolment.pk for row in selectors.rows_of(run) if any(line.value for line in row.verdict.lines if line.component == C.ATTENDANCE)}  # fmt: skip
    marks = [services.Put(pk, C.FINAL, 64 + n * 7 % 33) for n, pk in enumerate(sorted(there))]
    services.put(run=run, marks=marks, by=by, on=run.ends_on)
    services.confirm(
        run=run, chair=persons["pavlodar"], members=[persons["combiner"]], on=run.ends_on + timedelta(1), by=by,
        now=moment(run.ends_on + timedelta(1), "15:00"),
    )  # fmt: skip


def settle() -> None:
    """The marks were written on the last day, what the owners count when the commission sat."""
    rows = Fact.objects.filter(enrolment__run__code=OVER)
    for fact in rows.select_related("enrolment__run"):
        last = fact.enrolment.run.ends_on
        owned = fact.source == Fact.Source.OWNER
        fact.on = last + timedelta(1) if owned else last
        fact.recorded_at = moment(fact.on, "15:00" if owned else "17:30")
        fact.save(update_fields=["on", "recorded_at"])
