"""Writing a judged list: in parts, each a transaction with its rows marked, so that a killed worker goes on where it stopped.

A new person and her posts go to the tables in bulk; a change goes through the verbs of people. What
was written stands in `StaffRow.done`, which is the way back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Field
from django.utils import timezone

from orken.kit import bulk
from orken.kit.audit.models import AuditEvent
from orken.kit.search import services as search
from orken.network.models import Appointment, StaffImport, StaffRow
from orken.network.staff_list.judging import Begin, Judging, Line
from orken.network.staff_list.matching import Leader
from orken.network.staff_list.reasons import note
from orken.people.models import NAME_FIELDS, Account, Person, PreviousName
from orken.people.services import merging, record
from orken.people.services.record import NewPerson, NumberIsTaken

S = StaffRow.State
PART = 500  # rows of one transaction
INDEXED = 1000  # people of one step of the index
Progress = Callable[[int, int], None]


def write(
    table: StaffImport, judging: Judging, lines: Sequence[Line], ids: dict[Leader, int], by: Account | None,
    progress: Progress | None = None,
) -> None:  # fmt: skip
    """Write every row that is new or changed and not written yet; `ids` are the rows of the table by place."""
    standing = dict(StaffRow.objects.filter(table=table, applied_at__isnull=False).values_list("pk", "person_id"))
    people: dict[Leader, int] = {place: person for place, pk in ids.items() if (person := standing.get(pk)) is not None}
    waiting = [line for line in lines if ids[line.place] not in standing]
    done = len(lines) - len(waiting)
    for start in range(0, len(waiting), PART):
        part = waiting[start : start + PART]
        try:
            with transaction.atomic():
                _part(table, judging, part, ids, people, by)
        except (IntegrityError, NumberIsTaken, Appointment.DoesNotExist):
            for line in part:  # somebody else wrote meanwhile: row by row, the one that cannot be written says so
                _alone(table, judging, line, ids, people, by)
        done += len(part)
        if progress:
            progress(done, len(lines))


def _alone(
    table: StaffImport, judging: Judging, line: Line, ids: dict[Leader, int], people: dict[Leader, int],
    by: Account | None,
) -> None:  # fmt: skip
    before = dict(people)
    try:
        with transaction.atomic():
            _part(table, judging, [line], ids, people, by)
    except (IntegrityError, NumberIsTaken, Appointment.DoesNotExist, KeyError):
        people.clear()
        people.update(before)
        line.state, line.notes = S.REFUSED, [note("meanwhile", "name"), *line.notes]
        StaffRow.objects.filter(pk=ids[line.place]).update(state=S.REFUSED, notes=line.notes)


def _part(
    table: StaffImport, judging: Judging, lines: Sequence[Line], ids: dict[Leader, int], people: dict[Leader, int],
    by: Account | None,
) -> None:  # fmt: skip
    lines = _still_waiting(table, lines, ids, people)
    moment = timezone.now()
    done: dict[Leader, dict[str, Any]] = {}
    on: date = table.on
    new = [line for line in lines if line.state == S.NEW and line.leader is None]
    made = record.register_many(news=[_new(line) for line in new], on=on)
    for line, person in zip(new, made, strict=True):
        people[line.place] = person.pk
        done[line.place] = {"person": person.pk, "registered": True}
    begun = [line for line in lines if line.state == S.NEW]
    rows = {line.place: _appointments(judging, line, people[line.leader or line.place], moment) for line in begun}
    bulk.insert(Appointment, [row for own in rows.values() for row in own])
    for line in begun:
        work = done.setdefault(line.place, {"person": people[line.leader or line.place]})
        work["begun"] = [row.pk for row in rows[line.place]]
    names = {person.pk: str(person) for person in made}
    # In the order of their ids, as a joining of two locks them: neither waits for the other in a circle.
    known = {line.known.pk for line in lines if line.state == S.CHANGED and line.known is not None}
    list(
        Person.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=known)
        .order_by("pk")
        .values_list("pk")
    )
    events = [_event(table, judging, line, done[line.place], names, by, moment) for line in begun]
    for line in lines:
        if line.state == S.CHANGED and line.known is not None:
            done[line.place] = _change(table, judging, line, by, moment)
            events.append(_event(table, judging, line, done[line.place], names, by, moment))
        elif line.state == S.SAME:
            person_id = line.known.pk if line.known else people.get(line.leader or line.place)
            done[line.place] = {"person": person_id}
    bulk.insert(AuditEvent, events)
    _apart(judging, lines, people, by)
    _mark(lines, ids, done, moment)


def _still_waiting(
    table: StaffImport, lines: Sequence[Line], ids: dict[Leader, int], people: dict[Leader, int]
) -> list[Line]:
    """Two workers on one list take turns: what the other has written is left alone."""
    StaffImport.objects.select_for_update(of=("self",)).get(pk=table.pk)
    written = dict(
        StaffRow.objects.filter(pk__in=[ids[line.place] for line in lines], applied_at__isnull=False).values_list(
            "pk", "person_id"
        )
    )
    for line in lines:
        person = written.get(ids[line.place])
        if person is not None:
            people[line.place] = person
    return [line for line in lines if ids[line.place] not in written]


def _new(line: Line) -> NewPerson:
    values = line.values
    assert values is not None, "a new row was read"
    return NewPerson(values.names, values.birth_on, values.sex, values.phone, values.mail, values.number, values.traits)


def _appointments(judging: Judging, line: Line, person_id: int, moment: Any) -> list[Appointment]:
    return [_appointment(judging, begin, person_id, moment) for begin in line.changes.begin]


def _appointment(judging: Judging, begin: Begin, person_id: int, moment: Any) -> Appointment:
    return Appointment(
        person_id=person_id, unit_id=begin.unit_id, post=judging.register.posts[begin.post], rate=begin.rate,
        employment=begin.employment, valid_from=begin.since, recorded_at=moment,
    )  # fmt: skip


def _event(
    table: StaffImport, judging: Judging, line: Line, work: dict[str, Any], names: dict[int, str], by: Account | None,
    moment: Any,
) -> AuditEvent:  # fmt: skip
    unit = judging.register.libraries.by_id.get(line.unit_id or 0, table.unit)
    pk = work["person"]
    return AuditEvent(
        at=moment, verb="staff.listed", target_kind="people.person", target_id=str(pk),
        target_name=names.get(pk, line.name)[:300], by_id=by.pk if by else None, by_name=str(by)[:300] if by else "",
        scope_path=unit.path, batch=table.pk,
        after={"unit": unit.code, "row": line.number, "posts": [one.post for one in line.changes.begin],
               "fields": sorted({field for field, _old, _new in line.changes.shown})},
    )  # fmt: skip


def _change(table: StaffImport, judging: Judging, line: Line, by: Account | None, moment: Any) -> dict[str, Any]:
    """Write what a row says about somebody of the register; answers the way back."""
    known, changes, values = line.known, line.changes, line.values
    assert known is not None and values is not None, "a changed row is about somebody"
    person = Person.objects.get(pk=known.pk)
    path = judging.register.libraries.by_id[line.unit_id].path if line.unit_id else table.unit.path
    work: dict[str, Any] = {"person": person.pk, "ended": [], "begun": []}
    common: dict[str, Any] = {"by": by, "scope_path": path, "batch": table.pk}
    if changes.names:
        work["names"] = {name: getattr(person, name) for name in changes.names}
        record.rename(person=person, names=changes.names, on=table.on, reason=PreviousName.Reason.UNTOLD, **common)
    if changes.spelling:
        noted = record.note_spelling(person=person, names=changes.spelling, on=table.on)
        work["spelling"] = noted.pk if noted else None
    if changes.contacts:
        work["contacts"] = {name: _plain(getattr(person, name)) for name in changes.contacts}
        record.set_contacts(person=person, contacts=changes.contacts, **common)
    if changes.traits:
        work["traits"] = {name: _plain(getattr(person, name)) for name in changes.traits}
        record.set_traits(person=person, traits=changes.traits, on=table.on, **common)
    if changes.number and values.number is not None:
        record.set_number(person=person, number=values.number, **common)
        work["number"] = True
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    for pk in changes.end:
        held = Appointment.objects.select_for_update(of=("self",)).get(pk=pk, superseded_at=None)
        held.superseded_at = moment
        held.save(update_fields=["superseded_at"])
        rest = None
        if held.valid_from < table.on:
            rest = Appointment.objects.create(
                person_id=held.person_id, unit_id=held.unit_id, post_id=held.post_id, employment=held.employment,
                rate=held.rate, valid_from=held.valid_from, valid_to=table.on, recorded_at=moment,
            )  # fmt: skip
        work["ended"].append([held.pk, rest.pk if rest else None])
    for begin in changes.begin:
        row = _appointment(judging, begin, person.pk, moment)
        row.save(force_insert=True)
        work["begun"].append(row.pk)
    return work


def _apart(judging: Judging, lines: Sequence[Line], people: dict[Leader, int], by: Account | None) -> None:
    """Whoever was said to be somebody new is not the ones she was taken for; nobody is asked again."""
    for line in lines:
        if line.state != S.NEW or line.leader is not None:
            continue
        for candidate in line.candidates:
            if candidate.isdecimal():
                other = Person.objects.filter(pk=int(candidate)).first()
                if other is not None:
                    merging.keep_apart(
                        one=Person.objects.get(pk=people[line.place]), other=other, by=by,
                        scope_path=judging.register.unit.path,
                    )  # fmt: skip


def _mark(lines: Sequence[Line], ids: dict[Leader, int], done: dict[Leader, dict[str, Any]], moment: Any) -> None:
    """Mark the rows of a part as written: one statement, many values."""
    values = [
        (done[line.place]["person"], json.dumps(done[line.place]), line.state, moment, ids[line.place])
        for line in lines
        if line.place in done
    ]
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE network_staffrow SET person_id = %s, done = %s{cast}, state = %s, applied_at = %s WHERE id = %s",
            [(a, b, c, connection.ops.adapt_datetimefield_value(d), e) for a, b, c, d, e in values],
        )


def index(table: StaffImport, progress: Progress | None = None) -> None:
    """Write the people of the list into the search index; safe to run again."""
    people = sorted(
        set(
            StaffRow.objects.filter(table=table, state__in=[S.NEW, S.CHANGED], person__isnull=False).values_list(
                "person_id", flat=True
            )
        )
    )
    for start in range(0, len(people), INDEXED):
        search.index("person", people[start : start + INDEXED])
        if progress:
            progress(min(start + INDEXED, len(people)), len(people))


# --- the way back ---


class CannotTakeBack(Exception):
    """Something that the list wrote was changed since; `name` says about whom."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def take_back(table: StaffImport, by: Account | None) -> int:
    """State again what held before the list, last row first; answers how many rows were undone. All or nothing."""
    rows = list(
        StaffRow.objects.filter(table=table, applied_at__isnull=False, state__in=[S.NEW, S.CHANGED])
        .select_related("person")
        .order_by("-applied_at", "-sheet", "-number")
    )
    moment = timezone.now()
    people: set[int] = set()
    for row in rows:
        person, work = row.person, row.done
        if person is None or person.merged_into_id is not None:
            raise CannotTakeBack(row.name)
        _unbegin(row, work.get("begun", ()), moment)
        _unend(row, work.get("ended", ()), moment)
        _unwrite(table, person, work, by)
        people.add(person.pk)
    gone = [row.person_id for row in rows if row.done.get("registered")]
    for start in range(0, len(gone), PART):
        some = gone[start : start + PART]
        if Appointment.objects.live().filter(person__in=some).exists():
            held = Appointment.objects.live().filter(person__in=some).select_related("person").first()
            raise CannotTakeBack(str(held.person) if held else "")
        record.withdraw(people=[pk for pk in some if pk is not None], now=moment)
    StaffRow.objects.filter(table=table).update(applied_at=None, done={})
    for start in range(0, len(people), INDEXED):
        search.index("person", sorted(people)[start : start + INDEXED])
    return len(rows)


def _unbegin(row: StaffRow, begun: Sequence[int], moment: Any) -> None:
    if not begun:
        return
    struck = Appointment.objects.filter(pk__in=begun, superseded_at=None).update(superseded_at=moment)
    if struck != len(begun):
        raise CannotTakeBack(row.name)


def _unend(row: StaffRow, ended: Sequence[tuple[int, int | None]], moment: Any) -> None:
    for old, rest in ended:
        held = Appointment.objects.get(pk=old)
        if rest is not None and not Appointment.objects.filter(pk=rest, superseded_at=None).update(
            superseded_at=moment
        ):
            raise CannotTakeBack(row.name)
        try:
            with transaction.atomic():
                Appointment.objects.create(
                    person_id=held.person_id, unit_id=held.unit_id, post_id=held.post_id, employment=held.employment,
                    rate=held.rate, valid_from=held.valid_from, valid_to=held.valid_to, recorded_at=moment,
                )  # fmt: skip
        except IntegrityError as twin:
            raise CannotTakeBack(row.name) from twin


def _unwrite(table: StaffImport, person: Person, work: dict[str, Any], by: Account | None) -> None:
    common: dict[str, Any] = {"by": by, "scope_path": table.unit.path}
    if work.get("number"):
        record.forget_number(person=person, **common)
    if traits := work.get("traits"):
        record.set_traits(
            person=person, traits={name: _parsed(Person, name, value) for name, value in traits.items()}, on=table.on,
            **common,
        )  # fmt: skip
    if contacts := work.get("contacts"):
        record.set_contacts(
            person=person, contacts={name: _parsed(Person, name, value) for name, value in contacts.items()}, **common
        )
    if work.get("spelling"):
        PreviousName.objects.filter(pk=work["spelling"], superseded_at=None).update(superseded_at=timezone.now())
    if names := work.get("names"):
        record.rename_back(person=person, names={name: names[name] for name in NAME_FIELDS if name in names}, **common)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _parsed(model: type[Person], name: str, value: Any) -> Any:
    field = model._meta.get_field(name)
    assert isinstance(field, Field), "a column of the person"
    return field.to_python(value)
