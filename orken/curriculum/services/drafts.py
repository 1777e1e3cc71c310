"""Writing a draft: a copy of what is published, changed piece by piece, thrown away or kept for publishing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from orken.competencies.models import Competency
from orken.curriculum import content, policy
from orken.curriculum.models import Module, Outcome, Programme, ProgrammeVersion, Published
from orken.kit.audit import services as audit
from orken.kit.audit import words
from orken.network.models import Unit
from orken.people.models import Account

UP, DOWN = "up", "down"
Piece = TypeVar("Piece", Module, Outcome)


class CodeTaken(Exception):
    """A programme with this code stands already; a code is given once."""


class EditedMeanwhile(Exception):
    """Somebody changed the draft since it was shown."""

    def __init__(self, version: ProgrammeVersion) -> None:
        super().__init__(version.revision)
        self.version = version


@transaction.atomic
def create(
    *, code: str, unit: Unit, fields: Mapping[str, Any], by: Account | None, synthetic: bool = False
) -> Programme:
    """Begin a programme of `unit` with an empty draft. `by` is None only for set-up and demo data."""
    if by is not None:
        policy.require_edit(by, unit)
    if Programme.objects.filter(code=code).exists():
        raise CodeTaken(code)
    programme = Programme.objects.create(code=code, unit=unit, synthetic=synthetic)
    programme.draft = ProgrammeVersion.objects.create(programme=programme, number=1, created_by=by, **_allowed(fields))
    programme.save(update_fields=["draft"])
    _record("programme.created", programme.draft, by, after=fields)
    return programme


@transaction.atomic
def start_draft(*, programme: Programme, by: Account) -> ProgrammeVersion:
    """The draft of the programme: the one that stands, else a copy of the published version (or of the last)."""
    programme = locked(programme, by)
    if programme.draft is not None:
        return programme.draft
    source = programme.published or programme.versions.order_by("-number").first()
    assert source is not None, "a programme begins with a draft"
    return _copy(programme, source, by, "programme.draft_started")


@transaction.atomic
def take_over(*, version: ProgrammeVersion, by: Account) -> ProgrammeVersion:
    """Begin the draft anew from an older version; a draft that stands is thrown away first."""
    programme = locked(version.programme, by)
    if programme.draft is not None:
        _drop(programme, by)
    source = programme.versions.get(pk=version.pk)
    return _copy(programme, source, by, "programme.draft_taken_over")


@transaction.atomic
def drop_draft(*, programme: Programme, by: Account) -> None:
    """Throw the draft away. A programme that was never published keeps its only version."""
    programme = locked(programme, by)
    if programme.draft is not None and programme.versions.exclude(pk=programme.draft.pk).exists():
        _drop(programme, by)


@transaction.atomic
def write(*, version: ProgrammeVersion, fields: Mapping[str, Any], by: Account, revision: int) -> ProgrammeVersion:
    """Write some fields of the draft (those of `content.FIELDS`)."""
    draft = _draft(version, by, revision)
    given = _allowed(fields)
    before = {name: getattr(draft, name) for name in given}
    for name, value in given.items():
        setattr(draft, name, value)
    draft.save()
    changed = {name: value for name, value in given.items() if before[name] != value}
    _record("programme.written", draft, by, before={name: before[name] for name in changed}, after=changed)
    return draft


@transaction.atomic
def add_module(
    *, version: ProgrammeVersion, fields: Mapping[str, Any], by: Account, revision: int, key: UUID | None = None
) -> Module:
    """Add a module at the end."""
    draft = _draft(version, by, revision)
    module = Module.objects.create(version=draft, key=key or uuid4(), position=_next(draft.modules), **fields)
    _sum(draft)
    _record("programme.module_added", draft, by, after={"module": words.in_languages(module, "title"), **fields})
    return module


@transaction.atomic
def change_module(*, module: Module, fields: Mapping[str, Any], by: Account, revision: int) -> Module:
    draft = _draft(module.version, by, revision)
    fresh = draft.modules.get(pk=module.pk)
    before = _set(fresh, fields)
    _sum(draft)
    _record("programme.module_changed", draft, by, before=before, after={name: fields[name] for name in before})
    return fresh


@transaction.atomic
def remove_module(*, module: Module, by: Account, revision: int) -> None:
    draft = _draft(module.version, by, revision)
    gone = draft.modules.get(pk=module.pk)
    gone.delete()
    _sum(draft)
    _record(
        "programme.module_removed",
        draft,
        by,
        before={"module": words.in_languages(gone, "title")},
        after={"module": None},
    )


@transaction.atomic
def move_module(*, module: Module, way: str, by: Account, revision: int) -> bool:
    """Change places with the module before (`UP`) or after (`DOWN`); False when there is none."""
    draft = _draft(module.version, by, revision)
    return _move(list(draft.modules.all()), module.pk, way, draft, by, "programme.module_moved")


@transaction.atomic
def add_outcome(
    *, version: ProgrammeVersion, fields: Mapping[str, Any], competency: Competency, by: Account, revision: int
) -> Outcome:
    """Add an outcome at the end, tied to a competency and a level."""
    draft = _draft(version, by, revision)
    outcome = Outcome.objects.create(version=draft, position=_next(draft.outcomes), competency=competency, **fields)
    _record("programme.outcome_added", draft, by, after={"competency": competency.code, **fields})
    return outcome


@transaction.atomic
def change_outcome(
    *, outcome: Outcome, fields: Mapping[str, Any], competency: Competency, by: Account, revision: int
) -> Outcome:
    draft = _draft(outcome.version, by, revision)
    fresh = draft.outcomes.get(pk=outcome.pk)
    fresh.competency = competency
    before = _set(fresh, fields)
    _record("programme.outcome_changed", draft, by, before=before, after={name: fields[name] for name in before})
    return fresh


@transaction.atomic
def remove_outcome(*, outcome: Outcome, by: Account, revision: int) -> None:
    draft = _draft(outcome.version, by, revision)
    gone = draft.outcomes.get(pk=outcome.pk)
    gone.delete()
    _record(
        "programme.outcome_removed",
        draft,
        by,
        before={"outcome": words.in_languages(gone, "text")},
        after={"outcome": None},
    )


@transaction.atomic
def move_outcome(*, outcome: Outcome, way: str, by: Account, revision: int) -> bool:
    draft = _draft(outcome.version, by, revision)
    return _move(list(draft.outcomes.all()), outcome.pk, way, draft, by, "programme.outcome_moved")


def locked(programme: Programme, by: Account, *, publishing: bool = False) -> Programme:
    """The programme, locked, when `by` may act on it."""
    row = (
        Programme.objects.select_for_update(of=("self",))
        .select_related("unit", "draft", "published")
        .get(pk=programme.pk)
    )
    (policy.require_publish if publishing else policy.require_edit)(by, row.unit)
    return row


def _draft(version: ProgrammeVersion, by: Account, revision: int) -> ProgrammeVersion:
    """The draft, locked; refused when it is published already or was changed since `revision` was shown."""
    draft = (
        ProgrammeVersion.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=version.pk)
    )
    policy.require_edit(by, draft.programme.unit)
    if draft.is_published:
        raise Published(str(draft.pk))
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    draft.revision += 1
    draft.save(update_fields=["revision"])
    return draft


def _allowed(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(content.FIELDS)
    if unknown:
        raise ValueError(f"not written by an author: {', '.join(sorted(unknown))}")
    return dict(fields)


def _set(row: Module | Outcome, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Write the fields; answers what those that changed were before."""
    before = {name: getattr(row, name) for name in fields if getattr(row, name) != fields[name]}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return before


def _sum(draft: ProgrammeVersion) -> None:
    total = sum((module.minutes for module in draft.modules.all()), Decimal(0))
    draft.total_minutes = int(total.to_integral_value(ROUND_HALF_UP))
    draft.save(update_fields=["total_minutes"])


def _next(pieces: Any) -> int:
    last: int | None = pieces.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _move(pieces: list[Piece], pk: int, way: str, draft: ProgrammeVersion, by: Account, verb: str) -> bool:
    place = next(n for n, piece in enumerate(pieces) if piece.pk == pk)
    other = place - 1 if way == UP else place + 1
    if not 0 <= other < len(pieces):
        return False
    mine, theirs = pieces[place], pieces[other]
    here, there = mine.position, theirs.position
    for piece, position in ((mine, -1), (theirs, here), (mine, there)):  # never two in one place
        piece.position = position
        piece.save(update_fields=["position"])
    _record(verb, draft, by, before={"position": here}, after={"position": there})
    return True


def _copy(programme: Programme, source: ProgrammeVersion, by: Account | None, verb: str) -> ProgrammeVersion:
    last: int = programme.versions.aggregate(last=Max("number"))["last"] or 0
    draft = ProgrammeVersion(programme=programme, number=last + 1, based_on=source, created_by=by)
    for name in content.FIELDS:
        setattr(draft, name, getattr(source, name))
    draft.total_minutes = source.total_minutes
    draft.save()
    modules, outcomes = list(source.modules.all()), list(source.outcomes.all())
    for module in modules:
        module.pk, module.version = None, draft
    for outcome in outcomes:
        outcome.pk, outcome.version = None, draft
    Module.objects.bulk_create(modules)
    Outcome.objects.bulk_create(outcomes)
    programme.draft = draft
    programme.save(update_fields=["draft"])
    _record(verb, draft, by, after={"number": draft.number, "based_on": source.number})
    return draft


def _drop(programme: Programme, by: Account) -> None:
    draft = programme.draft
    assert draft is not None
    programme.draft = None
    programme.save(update_fields=["draft"])
    _record("programme.draft_dropped", draft, by, before={"number": draft.number})
    draft.delete()


def _record(
    verb: str, version: ProgrammeVersion, by: Account | None, *, before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    audit.record(
        verb, version.programme, by=by, scope_path=version.programme.unit.path,
        before=_plain(before or {}), after=_plain(after or {}),
    )  # fmt: skip


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else float(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
    }
