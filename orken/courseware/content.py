"""The whole text of a version as plain data: for its fingerprint, for copying, for comparing two versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

from orken.courseware.models import Block, CourseVersion, Lesson, Module

LANGUAGES = ("kk", "ru", "en")
TITLES = tuple(f"title_{code}" for code in LANGUAGES)
FIELDS = (
    *TITLES, *(f"summary_{code}" for code in LANGUAGES), "source", "in_kk", "in_ru", "in_en", "lessons_needed", "exercises_needed",
)  # fmt: skip
MODULE_FIELDS = (*TITLES, "week")
LESSON_FIELDS = (*TITLES, "minutes")
BLOCK_FIELDS = ("kind", "shared", "said", "seen")
COPIED = (*BLOCK_FIELDS, "former")  # `former` helps the author and says nothing to a learner: no fingerprint holds it


def modules_of(version: CourseVersion) -> list[Module]:
    """Modules with their lessons and blocks, in their order; three queries whatever the length of the course."""
    return list(Module.objects.filter(version=version).prefetch_related("lessons__blocks"))


def content(version: CourseVersion, modules: Iterable[Module]) -> dict[str, Any]:
    """Everything that a version says, in one order for ever."""
    return {
        **{name: getattr(version, name) for name in FIELDS},
        "modules": [
            {
                "key": str(module.key), **{name: getattr(module, name) for name in MODULE_FIELDS},
                "lessons": [
                    {
                        "key": str(lesson.key), **{name: getattr(lesson, name) for name in LESSON_FIELDS},
                        "blocks": [{"key": str(block.key), **{name: getattr(block, name) for name in BLOCK_FIELDS}} for block in lesson.blocks.all()],
                    }
                    for lesson in module.lessons.all()
                ],
            }
            for module in modules
        ],
    }  # fmt: skip


def fingerprint(version: CourseVersion, modules: Iterable[Module]) -> str:
    """SHA-256 of the content: equal exactly when the text is equal, so a change after publishing shows."""
    text = json.dumps(content(version, modules), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def copy_modules(source: Iterable[Module], into: CourseVersion, *, same: bool, first: int = 0) -> list[Module]:
    """Copies of modules with everything in them. `same`: they keep their keys, for it is the same course."""
    pairs = [(old, _twin(old, MODULE_FIELDS, same, version=into, position=place)) for place, old in enumerate(source, start=first)]  # fmt: skip
    Module.objects.bulk_create(new for _old, new in pairs)
    copy_lessons(((lesson, new, lesson.position) for old, new in pairs for lesson in old.lessons.all()), same=same)
    return [new for _old, new in pairs]


def copy_lessons(source: Iterable[tuple[Lesson, Module, int]], *, same: bool) -> list[Lesson]:
    """Copies of lessons, each into its module at its place."""
    pairs = [(old, _twin(old, LESSON_FIELDS, same, module=module, position=place)) for old, module, place in source]
    Lesson.objects.bulk_create(new for _old, new in pairs)
    Block.objects.bulk_create(
        _twin(block, COPIED, same, lesson=new, position=block.position) for old, new in pairs for block in old.blocks.all()
    )  # fmt: skip
    return [new for _old, new in pairs]


def _twin(row: Any, fields: Iterable[str], same: bool, **more: Any) -> Any:
    return type(row)(**{name: getattr(row, name) for name in fields}, key=row.key if same else uuid4(), **more)


def blocks_of(modules: Iterable[Module]) -> Iterator[tuple[Module, Lesson, Block]]:
    for module in modules:
        for lesson in module.lessons.all():
            for block in lesson.blocks.all():
                yield module, lesson, block


def asset_keys(blocks: Iterable[Block]) -> set[str]:
    return {key for block in blocks for key in block.shared.get("assets", [])}
