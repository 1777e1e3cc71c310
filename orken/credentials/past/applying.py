"""Writing a judged register: in parts, each a transaction with its rows marked, so that a killed worker goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from orken.credentials import hours, states
from orken.credentials.models import PastList, PastRecord, PastRow
from orken.credentials.models.past import key_of
from orken.credentials.past.judging import Judging, Line, Place
from orken.credentials.past.reasons import note
from orken.credentials.services import ledger
from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.network.models import Appointment
from orken.people.models import Account, Person

R, S = PastRecord.State, PastRow.State
PART = 200  # rows of one transaction
Progress = Callable[[int, int], None]


def write(
    table: PastList, judging: Judging, lines: Sequence[Line], ids: dict[Place, int], by: Account | None, progress: Progress | None = None
) -> None:  # fmt: skip
    """Write every row that was found and is not written yet; `ids` are the rows of the table by place."""
    waiting = [line for line in lines if line.state == S.FOUND]
    for start in range(0, len(waiting), PART):
        part = waiting[start : start + PART]
        try:
            with transaction.atomic():
                _part(table, judging, part, ids, by)
        except IntegrityError:
            for line in part:  # somebody wrote meanwhile: row by row, the one that stands already says so
                _alone(table, judging, line, ids, by)
        if progress:
            progress(min(start + PART, len(waiting)), len(waiting))


def _alone(table: PastList, judging: Judging, line: Line, ids: dict[Place, int], by: Account | None) -> None:
    try:
        with transaction.atomic():
            _part(table, judging, [line], ids, by)
    except IntegrityError:
        line.state, line.notes = S.SAME, [note("meanwhile", "name"), *line.notes]
        PastRow.objects.filter(pk=ids[line.place]).update(state=S.SAME, notes=line.notes)


def _part(table: PastList, judging: Judging, lines: Sequence[Line], ids: dict[Place, int], by: Account | None) -> None:
    PastList.objects.select_for_update(of=("self",)).get(pk=table.pk)  # two workers on one register take turns
    written = set(
        PastRow.objects.filter(pk__in=[ids[line.place] for line in lines], applied_at__isnull=False).values_list(
            "pk", flat=True
        )
    )
    lines = [line for line in lines if ids[line.place] not in written]
    people = _locked([line.known.pk for line in lines if line.known])
    now = timezone.now()
    gone = [line for line in lines if line.known is None or people[line.known.pk].erased_at is not None]
    for line in gone:
        line.state, line.notes = S.REFUSED, [note("erased", "name")]
        PastRow.objects.filter(pk=ids[line.place]).update(
            state=S.REFUSED, notes=line.notes, person=None, name="", cells=[]
        )
    lines = [line for line in lines if line not in gone]
    claims = PastRecord.objects.select_for_update(of=("self",)).in_bulk([line.claim for line in lines if line.claim])
    worked = _where(lines)
    sheets = {part["sheet"]: part["name"] for part in table.layout}
    made: dict[Place, PastRecord] = {}
    fresh: list[PastRecord] = []
    for line in lines:
        assert line.known is not None and line.values is not None, "found rows have both"
        claim = claims.get(line.claim or 0)
        if claim is not None and claim.state == R.SENT:
            states.PAST.check(claim, "vouch")
            made[line.place] = _confirm(claim, table, line, sheets, by)
            continue
        values, known = line.values, people[line.known.pk]
        unit = line.unit.pk if line.unit else worked.get(line.known.pk, table.unit_id)
        made[line.place] = PastRecord(
            person=known, unit_id=unit, origin=PastRecord.Origin.REGISTER, state=R.CONFIRMED, title=values.title, title_key=key_of(values.title),
            organiser=values.organiser, kind=values.kind, hours=values.hours, minutes=values.hours * hours.norm_on(values.last),
            starts_on=values.first, ends_on=values.last, paper=values.paper, paper_key=key_of(values.paper)[:100], journal=values.journal,
            domain_id=table.domain_id, keeper_id=table.unit_id, source=table, source_sheet=sheets[line.place[0]][:100], source_row=line.place[1],
            by=by, sent_at=now, decided_by=by, decided_at=now,
        )  # fmt: skip
        fresh.append(made[line.place])
    bulk.insert(PastRecord, fresh)
    ledger.of_told(list(made.values()), at=now)
    audit.record_all(
        [
            audit.event(
                "past.entered" if one in fresh else "past.confirmed", one, by=by, scope_path=table.unit.path, batch=table.pk,
                after={"hours": one.hours, "row": line.place[1], "journal": one.journal},
            )
            for line in lines
            for one in (made[line.place],)
        ]
    )  # fmt: skip
    rows = PastRow.objects.in_bulk([ids[line.place] for line in lines])
    for line in lines:
        row = rows[ids[line.place]]
        row.record, row.applied_at, row.person_id = made[line.place], now, made[line.place].person_id
    PastRow.objects.bulk_update(rows.values(), ["record", "applied_at", "person"], batch_size=200)


def _confirm(claim: PastRecord, table: PastList, line: Line, sheets: dict[int, str], by: Account | None) -> PastRecord:
    """Her own claim is what the register says: it is confirmed by the register, no second record is made."""
    assert line.values is not None, "found rows were read"
    claim.state, claim.decided_by, claim.decided_at = R.CONFIRMED, by, timezone.now()
    claim.keeper_id, claim.source = table.unit_id, table
    claim.source_sheet, claim.source_row = sheets[line.place[0]][:100], line.place[1]
    claim.journal = claim.journal or line.values.journal
    claim.save(
        update_fields=["state", "decided_by", "decided_at", "keeper", "source", "source_sheet", "source_row", "journal"]
    )
    return claim


def _locked(ids: Sequence[int]) -> dict[int, Person]:
    """The people in the order of their ids, as a joining of two locks them; whoever was joined into another is that one."""
    rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(ids)).order_by("pk")
    found = {row.pk: row for row in rows}
    for pk, person in list(found.items()):
        while person.merged_into is not None:
            person = person.merged_into
        found[pk] = person
    return found


def _where(lines: Sequence[Line]) -> dict[int, int]:
    """Where they worked on the last day of the training, or work today: main posts first."""
    wanted: dict[int, date] = {line.known.pk: line.values.last for line in lines if line.known and line.values}
    found: dict[int, tuple[int, int]] = {}
    rows = Appointment.objects.live().filter(person__in=wanted).filter(Q(valid_to=None) | Q(valid_to__gt=min(wanted.values(), default=date.max)))  # fmt: skip
    for person, unit, since, until, employment in rows.order_by("pk").values_list(
        "person_id", "unit_id", "valid_from", "valid_to", "employment"
    ):
        day = wanted[person]
        then = since <= day and (until is None or until > day)
        rank = (2 if then else 1 if until is None else 0) * 2 + (employment == Appointment.Employment.MAIN)
        if person not in found or rank > found[person][0]:
            found[person] = (rank, unit)
    return {person: unit for person, (_rank, unit) in found.items()}


def take_back(table: PastList, by: Account | None) -> int:
    """Everything that this register entered counts no more; what was struck out since stays so. Answers how many."""
    rows = list(
        PastRecord.objects.select_for_update(of=("self",)).filter(source=table, state=R.CONFIRMED).order_by("pk")
    )
    now = timezone.now()
    told = {one.pk: (one.source_row, one.origin) for one in rows}
    PastRow.objects.filter(table=table, record__in=[one.pk for one in rows if one.origin == PastRecord.Origin.CLAIM]).update(
        record=None, applied_at=None
    )  # fmt: skip
    for one in rows:
        claimed = one.origin == PastRecord.Origin.CLAIM
        states.PAST.check(one, "reopen" if claimed else "undo")
        if claimed:  # hers again, and waits for a word as before
            one.state, one.decided_by, one.decided_at, one.keeper, one.source = R.SENT, None, None, None, None
            one.source_sheet, one.source_row = "", None
        else:
            one.state = R.UNDONE
    PastRecord.objects.bulk_update(
        rows, ["state", "decided_by", "decided_at", "keeper", "source", "source_sheet", "source_row"], batch_size=200
    )
    ledger.of_told(rows, at=now)
    audit.record_all(
        [audit.event("past.undone", one, by=by, scope_path=table.unit.path, batch=table.pk, after={"row": told[one.pk][0]}) for one in rows]
    )  # fmt: skip
    return len(rows)
