"""The verbs of a register of earlier years: taking a file in, mending it, deciding about rows, applying, taking back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.competencies.models import Domain
from orken.credentials import policy
from orken.credentials.models import PastHeading, PastList, PastRow
from orken.credentials.past import applying, reading, words
from orken.credentials.past.applying import Progress
from orken.credentials.past.judging import Judging, Line, Place, counts
from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.sheets.reading import Limits, SheetRefused
from orken.kit.sheets.reading import read as read_sheets
from orken.network import persons
from orken.network import policy as network
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.network.staff_list import layout
from orken.network.staff_list.judging import Asked
from orken.network.staff_list.layout import Found, Part, Raw
from orken.network.staff_list.lists import SEALED, asked_of
from orken.people import sealing
from orken.people.models import Account

L, S = PastList.State, PastRow.State
_NUMBER = re.compile(r"(?:\d[\s\-–]?){11}\d")
MOST = 20_000  # rows of one register


class ListRefused(Exception):
    """The file is no register; the text is a sentence for the person who sent it."""


class NotOpen(Exception):
    """The register is being applied or was taken back: its rows stand."""


# --- taking in ---


@transaction.atomic
def take(*, file: IO[bytes], file_name: str, unit: Unit, by: Account | None, defaults: Mapping[str, str] | None = None) -> PastList:  # fmt: skip
    """Keep a register with its rows judged; nothing is written to anybody's record. Raises OutOfScope, ListRefused."""
    found = _looked_into(file, unit)
    file.seek(0)
    table = PastList(
        unit=unit, within=_within(by, unit), by=by, file_name=file_name[:200], sha256=hashlib.sha256(file.read()).hexdigest(),
        layout=[part.as_json() for part in found.parts], passed_over=[list(one) for one in found.passed],
        defaults=_defaults(defaults or {}),
    )  # fmt: skip
    policy.require_register(by, table)
    table.save()
    parts = {part.sheet: part for part in found.parts}
    rows = [one for part in found.parts for one in reading.sections(part, _of(found.rows, part.sheet))]
    asked = [Asked(row.sheet, row.number, row.cells, section) for row, section in rows]
    lines = _judging(table).run(asked)
    numbers = {sheet: {n for n, name in enumerate(part.columns) if name == "iin"} for sheet, part in parts.items()}
    bulk.insert(
        PastRow,
        [
            PastRow(
                table=table, sheet=row.sheet, number=row.number, section=row.section[:500],
                cells=_sealed(row.cells, numbers[row.sheet]), **_judged(line),
            )
            for row, line in zip(asked, lines, strict=True)
        ],
    )  # fmt: skip
    table.counts = counts(lines)
    table.save(update_fields=["counts"])
    audit.record("past.list_sent", table, by=by, scope_path=unit.path, batch=table.pk, after=dict(table.counts))
    return table


def _looked_into(file: IO[bytes], unit: Unit) -> Found:
    try:
        book = read_sheets(file, Limits(rows=MOST, columns=100))
    except SheetRefused as refusal:
        raise ListRefused(refusal.args[0]) from refusal
    known = dict(PastHeading.objects.filter(unit=unit).values_list("heading", "field"))
    found = layout.find(book, known, words.field_of)
    if not found.parts:
        raise ListRefused(
            _(
                "No line of headings with the names of people was found. Put headings over the columns: full name, training, days, hours."
            )
        )
    if not found.rows:
        raise ListRefused(_("There are headings, but no people under them."))
    return found


def _of(rows: Iterable[Raw], sheet: int) -> list[Raw]:
    return [row for row in rows if row.sheet == sheet]


def _within(by: Account | None, unit: Unit) -> Unit:
    """The top of the sender's scope over the unit: people who came from all of it were trained there."""
    ids = [int(part) for part in unit.path.split("/") if part]
    above = Unit.objects.in_bulk(ids)
    paths = network.scope(by, Permission.CREDENTIAL_ISSUE).paths if by is not None else ("",)
    chain = [above[pk] for pk in ids if pk in above]
    return next((one for one in chain if any(one.path.startswith(path) for path in paths)), unit)


def _defaults(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said[name].strip()[:300] for name in words.DEFAULTS if said.get(name, "").strip()}


def _judged(line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if line.values is not None:
        values = line.values
        told = {
            "title": values.title, "kind": values.kind, "organiser": values.organiser, "first": values.first.isoformat(), "last": values.last.isoformat(),
            "hours": values.hours, "paper": values.paper, "journal": values.journal, "unit": line.unit.pk if line.unit else None,
            "born": str(values.who.birth_on or values.who.birth_year or ""),
        }  # fmt: skip
    return {
        "values": told, "name": line.name[:300], "state": line.state, "notes": line.notes, "candidates": line.candidates,
        "person_id": line.known.pk if line.known else None,
    }  # fmt: skip


def _sealed(cells: Sequence[str], numbers: set[int]) -> list[str]:
    """The cells as they are kept: what holds a person's number is sealed."""
    return [
        SEALED + sealing.seal(cell) if _NUMBER.search(cell) or (place in numbers and sum(sign.isdigit() for sign in cell) >= 6) else cell
        for place, cell in enumerate(cells)
    ]  # fmt: skip


def _judging(table: PastList, herself: Account | None = None) -> Judging:
    parts = {part["sheet"]: Part.from_json(part) for part in table.layout}
    who = herself or table.by
    return Judging(
        within=table.within, organiser=table.unit.name_kk, parts=parts, defaults=table.defaults, today=timezone.localdate(),
        herself=who.person_id if who else None,
    )  # fmt: skip


# --- mending ---


@transaction.atomic
def judge_again(table: PastList, by: Account | None = None) -> PastList:
    """Judge what is not written yet against the register of now. Raises NotOpen."""
    table = _open(table.pk)
    rows = list(table.rows.filter(applied_at=None).order_by("sheet", "number"))
    _write_judged(rows, _judging(table, by).run(asked_of(rows)))
    return _counted(table)


def _counted(table: PastList) -> PastList:
    states = list(table.rows.values_list("state", flat=True))
    table.counts = {state.value: states.count(state) for state in S}
    table.save(update_fields=["counts"])
    return table


def _write_judged(rows: Sequence[PastRow], lines: Sequence[Line]) -> None:
    other = []
    for row, line in zip(rows, lines, strict=True):
        judged = _judged(line)
        if any(getattr(row, name) != value for name, value in judged.items()):
            for name, value in judged.items():
                setattr(row, name, value)
            other.append(row)
    PastRow.objects.bulk_update(other, ["values", "name", "state", "notes", "candidates", "person"], batch_size=200)


@transaction.atomic
def set_columns(
    *, table: PastList, columns: Mapping[int, Sequence[str]], defaults: Mapping[str, str], domain: Domain | None, by: Account | None
) -> PastList:  # fmt: skip
    """Say what the columns mean, by sheet, and what holds for the whole register; remembered for its next ones. Raises NotOpen."""
    table = _open(table.pk)
    policy.require_register(by, table)
    for part in table.layout:
        chosen = columns.get(part["sheet"])
        if chosen is None or len(chosen) != len(part["columns"]):
            continue
        chosen = [name if name in words.CHOOSABLE or name == words.IGNORED else "" for name in chosen]
        for heading, before, name in zip(part["headings"], part["columns"], chosen, strict=True):
            if heading and before != name:
                PastHeading.objects.update_or_create(
                    unit=table.unit, heading=words.plain(heading)[:200], defaults={"field": name or words.IGNORED}
                )
        part["columns"], part["guessed"] = list(chosen), []
    table.defaults, table.domain = _defaults(defaults), domain
    table.save(update_fields=["layout", "defaults", "domain"])
    return judge_again(table, by)


@transaction.atomic
def correct(*, row: PastRow, corrections: Mapping[str, str], decision: str, by: Account | None) -> PastRow:
    """A person writes over cells of a row, or says whom it means; all that is not written is judged anew. Raises NotOpen."""
    table = _open(row.table_id)
    policy.require_register(by, table)
    row = PastRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.applied_at is not None:
        raise NotOpen("applied")
    kept = {**row.corrections}
    for name, text in corrections.items():
        if name in words.CHOOSABLE:
            kept[name] = _sealed([text.strip()[:500]], {0} if name == "iin" else set())[0]
    row.corrections, row.decision = kept, _allowed(decision, table)
    row.save(update_fields=["corrections", "decision"])
    judge_again(table, by)
    row.refresh_from_db()
    return row


def _allowed(decision: str, table: PastList) -> str:
    """A decision that may be taken: leaving the row out, or somebody of the register's scope."""
    if decision == "skip":
        return decision
    match = re.fullmatch(r"same:(\d{1,18})", decision)
    inside = Scope((table.within.path,))
    return decision if match and persons.people_in(inside, blocked=True).filter(pk=int(match[1])).exists() else ""


def _open(pk: UUID) -> PastList:
    """A register stays open after it was applied: rows in doubt are decided later and applied then."""
    table = PastList.objects.select_for_update(of=("self",)).select_related("unit", "within", "by").get(pk=pk)
    if table.state not in (L.JUDGED, L.APPLIED):
        raise NotOpen(table.state)
    return table


# --- applying and taking back ---


@transaction.atomic
def begin(*, table: PastList, by: Account | None) -> PastList:
    """Mark it as being applied; whoever works on it goes on until it is applied. Raises OutOfScope, NotOpen."""
    table = PastList.objects.select_for_update(of=("self",)).select_related("unit", "within", "by").get(pk=table.pk)
    policy.require_register(by, table)
    if table.state == L.UNDONE:
        raise NotOpen(table.state)
    table.state = L.APPLYING
    table.save(update_fields=["state"])
    return table


def apply(*, table: PastList, by: Account | None, progress: Progress | None = None) -> PastList:
    """Write what was found; whoever applies vouches for it. What is doubtful, not found or refused stays out and open.

    May be killed and run again at any moment; run again when all is written it changes nothing.
    """
    table = begin(table=table, by=by)
    rows = list(table.rows.filter(applied_at=None).order_by("sheet", "number"))
    judging = _judging(table, by)
    lines = judging.run(asked_of(rows))
    with transaction.atomic():
        PastList.objects.select_for_update(of=("self",)).get(pk=table.pk)
        written = set(table.rows.filter(applied_at__isnull=False).values_list("pk", flat=True))  # by another worker
        left = [(row, line) for row, line in zip(rows, lines, strict=True) if row.pk not in written]
        _write_judged([row for row, _line in left], [line for _row, line in left])
    lines = [line for _row, line in left]
    ids: dict[Place, int] = {(row.sheet, row.number): row.pk for row in rows}
    applying.write(table, judging, lines, ids, by, progress)
    return _finish(table, by)


@transaction.atomic
def _finish(table: PastList, by: Account | None) -> PastList:
    table = PastList.objects.select_for_update(of=("self",)).select_related("unit").get(pk=table.pk)
    if table.state == L.APPLYING:
        table.state = L.APPLIED
        table.save(update_fields=["state"])
        _counted(table)
        audit.record(
            "past.list_applied", table, by=by, scope_path=table.unit.path, batch=table.pk, after=dict(table.counts)
        )
    return table


@transaction.atomic
def take_back(*, table: PastList, by: Account | None) -> int:
    """Undo an applied register as one batch; answers how many records count no more. Raises OutOfScope, NotOpen."""
    table = PastList.objects.select_for_update(of=("self",)).select_related("unit").get(pk=table.pk)
    policy.require_register(by, table)
    if table.state != L.APPLIED:
        raise NotOpen(table.state)
    undone = applying.take_back(table, by)
    table.state = L.UNDONE
    table.save(update_fields=["state"])
    audit.record("past.list_taken_back", table, by=by, scope_path=table.unit.path, batch=table.pk, after={"rows": undone})  # fmt: skip
    return undone
