"""Modules, lessons and blocks of a draft: added, changed, moved, taken out and put back.

Two authors work in one draft at the same time: the guard stands on the piece that is written, not on the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from orken.courseware import blocks, content
from orken.courseware.models import Block, CourseVersion, Lesson, Module
from orken.courseware.services.common import UP, EditedMeanwhile, draft_of, record
from orken.people.models import Account

Piece = TypeVar("Piece", Module, Lesson, Block)
NAMES: dict[type[Any], str] = {Module: "module", Lesson: "lesson", Block: "block"}


@transaction.atomic
def add_module(
    *, version: CourseVersion, fields: Mapping[str, Any], by: Account | None, key: UUID | None = None
) -> Module:
    draft = draft_of(version, by)
    row = Module.objects.create(version=draft, key=key or uuid4(), position=_next(draft.modules), **fields)
    _told("added", row, draft, by)
    return row


@transaction.atomic
def add_lesson(*, module: Module, fields: Mapping[str, Any], by: Account | None, key: UUID | None = None) -> Lesson:
    draft = draft_of(module.version, by)
    row = Lesson.objects.create(module=module, key=key or uuid4(), position=_next(module.lessons), **fields)
    _told("added", row, draft, by)
    return row


@transaction.atomic
def add_block(
    *, lesson: Lesson, kind: str, shared: Mapping[str, Any], said: Mapping[str, Any], by: Account | None, key: UUID | None = None,
    after: Block | None = None,
) -> Block:  # fmt: skip
    """Add a block at the end, or behind `after`. A translation that is written together with the original follows it."""
    draft = draft_of(lesson.module.version, by)
    blocks.get(kind)
    rows = list(lesson.blocks.all())
    place = _next(lesson.blocks)
    row = Block(lesson=lesson, key=key or uuid4(), position=place, kind=kind, shared=dict(shared), said=_filled(said))
    row.seen = {code: blocks.print_of(row.said.get(draft.source)) for code in row.said if code != draft.source}
    row.save()
    if after is not None:
        known = [one.pk for one in rows]
        _order(Block, [*rows[: known.index(after.pk) + 1], row, *rows[known.index(after.pk) + 1 :]])
        row.refresh_from_db()
    _told("added", row, draft, by)
    return row


@transaction.atomic
def change_module(*, module: Module, fields: Mapping[str, Any], by: Account, revision: int) -> Module:
    return _change(module, fields, by, revision)


@transaction.atomic
def change_lesson(*, lesson: Lesson, fields: Mapping[str, Any], by: Account, revision: int) -> Lesson:
    return _change(lesson, fields, by, revision)


@transaction.atomic
def change_block(
    *, block: Block, shared: Mapping[str, Any], said: Mapping[str, Any], by: Account, revision: int, follows: Mapping[str, bool] | None = None
) -> Block:  # fmt: skip
    """Write what a block says.

    A translation whose words are changed now, or of which the author says that it `follows`, is of today's original;
    one that stands untouched while the original changes gets its mark.
    """
    draft = _version_of(block, by)
    fresh = Block.objects.select_for_update(of=("self",)).get(pk=block.pk)
    if fresh.revision != revision:
        raise EditedMeanwhile(fresh)
    before, now = dict(fresh.said), _filled(said)
    print_now = blocks.print_of(now.get(draft.source))
    seen, former = dict(fresh.seen), dict(fresh.former)
    print_before = blocks.print_of(before.get(draft.source))
    for code in content.LANGUAGES:
        if code == draft.source or code not in now:
            seen.pop(code, None)
        elif now[code] != before.get(code) or (follows or {}).get(code):
            seen[code] = print_now
        elif print_before != print_now and seen.get(code) == print_before:
            former[code] = before.get(draft.source) or {}  # how the original stood when this translation was made
        if seen.get(code) == print_now or code not in seen:
            former.pop(code, None)
    fresh.shared, fresh.said, fresh.seen, fresh.former = dict(shared), now, seen, former
    fresh.revision += 1
    fresh.save()
    changed = [code for code in content.LANGUAGES if now.get(code) != before.get(code)]
    _told("changed", fresh, draft, by, languages=changed)
    return fresh


@transaction.atomic
def remove(*, row: Module | Lesson | Block, by: Account) -> None:
    """Take a module, a lesson or a block out of the draft."""
    draft = _version_of(row, by)
    _told("removed", row, draft, by)
    row.delete()


@transaction.atomic
def move(*, row: Module | Lesson | Block, way: str, by: Account) -> bool:
    """One place up or down. A lesson at the edge of its module goes over into the next one. False at the edge of all."""
    draft = _version_of(row, by)
    rows: list[Any] = list(_beside(row))
    place = next(n for n, one in enumerate(rows) if one.pk == row.pk)
    other = place - 1 if way == UP else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        _order(type(row), rows)
    elif isinstance(row, Lesson):
        modules = list(draft.modules.all())
        at = next(n for n, one in enumerate(modules) if one.pk == row.module_id) + (-1 if way == UP else 1)
        if not 0 <= at < len(modules):
            return False
        others = list(modules[at].lessons.all())
        Lesson.objects.filter(pk=row.pk).update(module=modules[at])
        _order(Lesson, [*others, row] if way == UP else [row, *others])
    else:
        return False
    _told("moved", row, draft, by)
    return True


@transaction.atomic
def put_in_order(*, lesson: Lesson, blocks_in_order: list[int], by: Account) -> None:
    """The blocks of a lesson in the order that was drawn with the pointer; whatever is not named stays behind them."""
    draft = _version_of(lesson, by)
    rows = {one.pk: one for one in lesson.blocks.all()}
    named = [rows.pop(pk) for pk in dict.fromkeys(blocks_in_order) if pk in rows]
    _order(Block, [*named, *rows.values()])
    _told("moved", lesson, draft, by)


def _change(row: Piece, fields: Mapping[str, Any], by: Account, revision: int) -> Piece:
    draft = _version_of(row, by)
    fresh: Piece = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.revision != revision:
        raise EditedMeanwhile(fresh)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.revision += 1
    fresh.save()
    _told("changed", fresh, draft, by)
    return fresh


def _version_of(row: Module | Lesson | Block, by: Account | None) -> CourseVersion:
    if isinstance(row, Block):
        return draft_of(row.lesson.module.version, by)
    return draft_of(row.module.version if isinstance(row, Lesson) else row.version, by)


def _beside(row: Module | Lesson | Block) -> Any:
    if isinstance(row, Block):
        return row.lesson.blocks.all()
    return row.module.lessons.all() if isinstance(row, Lesson) else row.version.modules.all()


def _next(rows: Any) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _order(model: Any, rows: list[Any]) -> None:
    for place, one in enumerate(rows, start=1):
        one.position = place
    model.objects.bulk_update(rows, ["position"])


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    """Only languages in which something is said, and only what is said."""
    kept = {
        code: {name: value for name, value in (said.get(code) or {}).items() if value} for code in content.LANGUAGES
    }
    return {code: words for code, words in kept.items() if words}


def _told(what: str, row: Any, draft: CourseVersion, by: Account | None, **more: Any) -> None:
    name = NAMES[type(row)]
    record(f"course.{name}_{what}", draft, by, after={name: row.kind if name == "block" else row.title, **more})


def kept(row: Module | Lesson | Block) -> dict[str, Any]:
    """A piece with everything in it as plain data, so that what was taken out can be put back."""
    if isinstance(row, Block):
        fields = {name: getattr(row, name) for name in content.COPIED}
        return {"piece": "block", "into": str(row.lesson.key), "key": str(row.key), **fields}
    if isinstance(row, Lesson):
        fields = {name: getattr(row, name) for name in content.LESSON_FIELDS}
        return {"piece": "lesson", "into": str(row.module.key), "key": str(row.key), **fields, "inside": [kept(one) for one in row.blocks.all()]}  # fmt: skip
    fields = {name: getattr(row, name) for name in content.MODULE_FIELDS}
    return {
        "piece": "module",
        "into": "",
        "key": str(row.key),
        **fields,
        "inside": [kept(one) for one in row.lessons.all()],
    }


@transaction.atomic
def put_back(*, version: CourseVersion, gone: Mapping[str, Any], by: Account) -> Module | Lesson | Block | None:
    """Put back what was taken out, at the end of where it stood; None when that place is gone too."""
    draft = draft_of(version, by)
    row = _rebuilt(draft, dict(gone))
    if row is not None:
        _told("put_back", row, draft, by)
    return row


def _rebuilt(draft: CourseVersion, gone: dict[str, Any]) -> Module | Lesson | Block | None:
    piece, into, key, inside = gone.pop("piece"), gone.pop("into"), UUID(gone.pop("key")), gone.pop("inside", [])
    row: Module | Lesson | Block
    if piece == "module":
        row = Module.objects.create(version=draft, key=key, position=_next(draft.modules), **gone)
    elif piece == "lesson":
        module = draft.modules.filter(key=into).first()
        if module is None:
            return None
        row = Lesson.objects.create(module=module, key=key, position=_next(module.lessons), **gone)
    else:
        lesson = Lesson.objects.filter(module__version=draft, key=into).first()
        if lesson is None:
            return None
        row = Block.objects.create(lesson=lesson, key=key, position=_next(lesson.blocks), **gone)
    for one in inside:
        _rebuilt(draft, dict(one))
    return row
