"""The verbs of a staff list: taking a file in, mending it, deciding about rows, applying, taking back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import IO, Any, Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.sheets.reading import Limits, SheetRefused, read
from orken.network import events, policy
from orken.network.models import KnownHeading, StaffImport, StaffRow, Unit
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.network.staff_list import applying, layout
from orken.network.staff_list.applying import Progress
from orken.network.staff_list.judging import Asked, Judging, Line, counts
from orken.network.staff_list.layout import Found, Part
from orken.network.staff_list.matching import Leader
from orken.network.staff_list.register import Register
from orken.network.staff_list.words import CHOOSABLE, IGNORED, plain
from orken.people import sealing
from orken.people.models import Account

S = StaffRow.State
SEALED = "§"  # stands before a cell that was sealed
_NUMBER = re.compile(r"(?:\d[\s\-–]?){11}\d")
_SHORTEST = 6  # digits of a cell of the column of numbers that are worth sealing


class ListRefused(Exception):
    """The file is no staff list; the text is a sentence for the person who sent it."""


class NotWaiting(Exception):
    """The list was applied, is being applied or was taken back: its rows stand."""


# --- taking in ---


def look_into(file: IO[bytes], unit: Unit) -> Found:
    """Find the list in a file. Raises ListRefused with a sentence."""
    try:
        book = read(file, Limits())
    except SheetRefused as refusal:
        raise ListRefused(refusal.args[0]) from refusal
    found = layout.find(book, known_headings(unit))
    if not found.parts:
        raise ListRefused(
            _(
                "No line of headings with the names of people was found. Put headings over the columns: surname, post, library."
            )
        )
    if not found.rows:
        raise ListRefused(_("There are headings, but no people under them."))
    return found


def _care(by: Account | None) -> Scope | None:
    """Where the sender keeps the staff, by her roles: the list is applied behind the page."""
    return None if by is None else policy.scope_of_roles(by, Permission.STAFF_EDIT)


def known_headings(unit: Unit) -> dict[str, str]:
    """What people said before about headings of this unit's lists."""
    return dict(KnownHeading.objects.filter(unit=unit).values_list("heading", "field"))


def judge(found: Found, unit: Unit, *, on: date | None = None, defaults: Mapping[str, str] | None = None) -> list[Line]:
    """Judge a found list without keeping anything."""
    day = on or timezone.localdate()
    judging = Judging(Register(unit, day), {part.sheet: part for part in found.parts}, defaults or {}, day)
    return judging.run(Asked(row.sheet, row.number, row.cells, row.section) for row in found.rows)


def take(*, file: IO[bytes], file_name: str, unit: Unit, by: Account | None, on: date | None = None) -> StaffImport:
    """Keep a list with its rows judged; nothing of the register is written. Raises ListRefused."""
    return _take(file, file_name, unit, by, on)[0]


def take_and_apply(*, file: IO[bytes], file_name: str, unit: Unit, by: Account | None) -> StaffImport:
    """Take a list in and apply it at once, as the command line does; a list that stopped half-way goes on."""
    stopped = unfinished(file, unit)
    if stopped is not None:
        return apply(table=stopped, by=by)
    table, judging, lines = _take(file, file_name, unit, by, None)
    table = begin(table=table, by=by)
    ids = {(sheet, number): pk for sheet, number, pk in table.rows.values_list("sheet", "number", "pk")}
    applying.write(table, judging, lines, ids, by)
    applying.index(table)
    return _finish(table, by)


@transaction.atomic
def _take(
    file: IO[bytes], file_name: str, unit: Unit, by: Account | None, on: date | None
) -> tuple[StaffImport, Judging, list[Line]]:
    if by is not None:
        policy.require(by, Permission.STAFF_EDIT, unit)
    found = look_into(file, unit)
    file.seek(0)
    table = StaffImport.objects.create(
        unit=unit, by=by, file_name=file_name[:200], sha256=hashlib.sha256(file.read()).hexdigest(),
        on=on or timezone.localdate(), layout=[part.as_json() for part in found.parts],
        passed_over=[list(one) for one in found.passed],
    )  # fmt: skip
    asked = [Asked(row.sheet, row.number, row.cells, row.section) for row in found.rows]
    judging = _judging(table)
    lines = judging.run(asked)
    _keep(table, asked, lines)
    return table, judging, lines


def unfinished(file: IO[bytes], unit: Unit) -> StaffImport | None:
    """The same file for the same unit whose applying stopped half-way."""
    file.seek(0)
    return StaffImport.objects.filter(
        sha256=hashlib.sha256(file.read()).hexdigest(), unit=unit, state=StaffImport.State.APPLYING
    ).first()


def _keep(table: StaffImport, asked: Sequence[Asked], lines: Sequence[Line]) -> None:
    numbers = {part["sheet"]: {n for n, name in enumerate(part["columns"]) if name == "iin"} for part in table.layout}
    bulk.insert(
        StaffRow,
        [
            StaffRow(
                table=table, sheet=row.sheet, number=row.number, section=row.section[:300],
                cells=_sealed(row.cells, numbers[row.sheet]), **_judged(line),
            )
            for row, line in zip(asked, lines, strict=True)
        ],
    )  # fmt: skip
    table.counts = counts(lines)
    table.save(update_fields=["counts"])


def _judged(line: Line) -> dict[str, Any]:
    values: dict[str, Any] = {"changes": _masked(line.changes.shown)}
    if line.values is not None:
        values["posts"] = line.values.posts
        values["born"] = str(line.values.birth_on or line.values.birth_year or "")
        values["number"] = line.values.number.masked if line.values.number else ""
    values["unit"] = line.unit_id
    if line.meant:
        values["meant"], values["offered"] = line.meant, line.offered
    return {
        "values": values, "name": line.name[:300], "state": line.state, "notes": line.notes,
        "candidates": line.candidates, "person_id": line.known.pk if line.known else None,
    }  # fmt: skip


def _masked(shown: Sequence[Sequence[str]]) -> list[list[str]]:
    from orken.people.contacts import masked_mail, masked_phone

    mask = {"phone": masked_phone, "email": masked_mail}
    return [[name, *(mask[name](text) if name in mask and text else text for text in pair)] for name, *pair in shown]


def _sealed(cells: Sequence[str], numbers: set[int]) -> list[str]:
    """The cells as they are kept: what holds a person's number is sealed."""
    return [
        SEALED + sealing.seal(cell)
        if _NUMBER.search(cell) or (place in numbers and sum(sign.isdigit() for sign in cell) >= _SHORTEST)
        else cell
        for place, cell in enumerate(cells)
    ]


def opened(cells: Sequence[str]) -> list[str]:
    return [sealing.unseal(cell[1:]) if cell.startswith(SEALED) else cell for cell in cells]


def _judging(table: StaffImport, unit: Unit | None = None) -> Judging:
    parts = {part["sheet"]: Part.from_json(part) for part in table.layout}
    register = Register(unit or table.unit, table.on, _care(table.by))
    return Judging(register, parts, table.defaults, timezone.localdate(), table.libraries)


class KeptRow(Protocol):
    """A row of a list as it is kept: sealed cells, what was written over them, what was decided."""

    sheet: int
    number: int
    cells: Any
    section: str
    corrections: Any
    decision: str


def asked_of(rows: Iterable[KeptRow]) -> list[Asked]:
    """Kept rows as they are judged, of a staff list and of a register of earlier years alike."""
    return [
        Asked(
            row.sheet, row.number, opened(row.cells), row.section,
            {name: opened([text])[0] for name, text in row.corrections.items()}, row.decision,
        )
        for row in rows
    ]  # fmt: skip


# --- mending ---


@transaction.atomic
def judge_again(table: StaffImport) -> StaffImport:
    """Judge every row against the register of now; for lists that are not applied yet."""
    table = _waiting(table.pk)
    rows = list(table.rows.order_by("sheet", "number"))
    lines = _judging(table).run(asked_of(rows))
    _write_judged(rows, lines)
    table.counts = counts(lines)
    table.save(update_fields=["counts"])
    return table


@transaction.atomic
def set_columns(
    *, table: StaffImport, columns: Mapping[int, Sequence[str]], defaults: Mapping[str, str], by: Account | None
) -> StaffImport:
    """A person says what the columns mean, by sheet; remembered for the lists of this unit. Then all is judged anew."""
    table = _waiting(table.pk)
    if by is not None:
        policy.require(by, Permission.STAFF_EDIT, table.unit)
    for part in table.layout:
        chosen = columns.get(part["sheet"])
        if chosen is None:
            continue
        chosen = [name if name in CHOOSABLE or name == IGNORED else "" for name in chosen]
        for heading, before, name in zip(part["headings"], part["columns"], chosen, strict=True):
            if heading and before != name:
                KnownHeading.objects.update_or_create(
                    unit=table.unit, heading=plain(heading)[:200], defaults={"field": name or IGNORED}
                )
        part["columns"] = list(chosen)
        part["guessed"] = []
    table.defaults = {name: text for name, text in defaults.items() if text}
    table.save(update_fields=["layout", "defaults"])
    return judge_again(table)


@transaction.atomic
def correct(
    *, row: StaffRow, corrections: Mapping[str, str], decision: str, by: Account | None, library: str = ""
) -> StaffRow:
    """A person writes over cells of a row, or decides who it is; the list is judged anew, since rows lean on one another.

    `library` is the code of the one that the text of this row means; it holds for every row of the list with that text.
    """
    table = _waiting(row.table_id)
    if by is not None:
        policy.require(by, Permission.STAFF_EDIT, table.unit)
    meant = row.values.get("meant", "")
    if library and meant and Unit.objects.filter(Scope((table.unit.path,)).q(), code=library, exists=True).exists():
        table.libraries[plain(meant)] = library
        table.save(update_fields=["libraries"])
    kept = {**row.corrections}
    for name, text in corrections.items():
        if name in CHOOSABLE:
            kept[name] = _sealed([text.strip()[:500]], {0} if name == "iin" else set())[0]
    row.corrections, row.decision = kept, decision[:30]
    row.save(update_fields=["corrections", "decision"])
    judge_again(table)
    row.refresh_from_db()
    return row


def _waiting(pk: UUID) -> StaffImport:
    table = StaffImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if table.state != StaffImport.State.JUDGED:
        raise NotWaiting(table.state)
    return table


# --- applying and taking back ---


def begin(*, table: StaffImport, by: Account | None) -> StaffImport:
    """Mark the list as being applied; whoever works on it goes on until it is applied. Raises NotWaiting."""
    with transaction.atomic():
        table = StaffImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=table.pk)
        if by is not None:
            policy.require(by, Permission.STAFF_EDIT, table.unit)
        if table.state not in (StaffImport.State.JUDGED, StaffImport.State.APPLYING):
            raise NotWaiting(table.state)
        table.state = StaffImport.State.APPLYING
        table.save(update_fields=["state"])
    return table


def apply(*, table: StaffImport, by: Account | None, progress: Progress | None = None) -> StaffImport:
    """Write what is new and changed; doubtful and refused rows stay out. May be killed and run again at any moment."""
    table = begin(table=table, by=by)
    rows = list(table.rows.order_by("sheet", "number"))
    judging = _judging(table)
    waiting = [row for row in rows if row.applied_at is None]
    lines = judging.run(asked_of(waiting))
    ids: dict[Leader, int] = {(row.sheet, row.number): row.pk for row in rows}
    _write_judged(waiting, lines)
    del rows, waiting
    applying.write(table, judging, lines, ids, by, progress)
    applying.index(table)
    return _finish(table, by)


def _write_judged(rows: Sequence[StaffRow], lines: Sequence[Line]) -> None:
    """Write what is judged otherwise than it stands: after a correction these are a few rows of many."""
    other = []
    for row, line in zip(rows, lines, strict=True):
        judged = _judged(line)
        if any(getattr(row, name) != value for name, value in judged.items()):
            for name, value in judged.items():
                setattr(row, name, value)
            other.append(row)
    StaffRow.objects.bulk_update(other, ["values", "name", "state", "notes", "candidates", "person"], batch_size=200)


@transaction.atomic
def _finish(table: StaffImport, by: Account | None) -> StaffImport:
    table = StaffImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=table.pk)
    states = list(table.rows.values_list("state", flat=True))
    table.counts = {state.value: states.count(state) for state in S}
    table.state = StaffImport.State.APPLIED
    table.save(update_fields=["counts", "state"])
    audit.record(
        "staff.list_applied", table, by=by, scope_path=table.unit.path, batch=table.pk, after=dict(table.counts)
    )
    if by is not None:
        events.staff_list_applied.send(
            StaffImport, staff_list=table, by=by, name=table.file_name, counts=dict(table.counts),
            address=f"/network/staff/import/{table.pk}/",
        )  # fmt: skip
    return table


@transaction.atomic
def take_back(*, table: StaffImport, by: Account | None) -> int:
    """Undo an applied list as one batch. Raises NotWaiting, applying.CannotTakeBack."""
    table = StaffImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=table.pk)
    if by is not None:
        policy.require(by, Permission.STAFF_EDIT, table.unit)
    if table.state != StaffImport.State.APPLIED:
        raise NotWaiting(table.state)
    undone = applying.take_back(table, by)
    table.state = StaffImport.State.UNDONE
    table.save(update_fields=["state"])
    audit.record("staff.list_taken_back", table, by=by, scope_path=table.unit.path, after={"rows": undone})
    return undone
