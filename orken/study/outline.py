"""The lessons of a published version, read once for a process: it never changes, so it is remembered by its fingerprint."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from orken.courseware import content, selectors
from orken.courseware.models import Block, CourseVersion, Lesson, Module
from orken.courseware.selectors import ShownBlock
from orken.study.models import Offering
from orken.training.models import Run

REMEMBERED = 24  # versions: a few hundred kilobytes each


@dataclass
class Outline:
    """Modules, lessons and blocks of one version; shared by all readers of the process, so nobody writes into them."""

    modules: list[Module]
    drawn: dict[tuple[UUID, str], list[ShownBlock]] = field(default_factory=dict)

    @cached_property
    def lessons(self) -> list[Lesson]:
        return [lesson for module in self.modules for lesson in module.lessons.all()]

    @cached_property
    def by_key(self) -> dict[UUID, Lesson]:
        return {lesson.key: lesson for lesson in self.lessons}

    @cached_property
    def module_of(self) -> dict[UUID, Module]:
        return {lesson.key: module for module in self.modules for lesson in module.lessons.all()}

    @cached_property
    def blocks_of(self) -> dict[UUID, frozenset[UUID]]:
        """Keys of the blocks that make each lesson read."""
        return {lesson.key: frozenset(block.key for block in lesson.blocks.all()) for lesson in self.lessons}

    @cached_property
    def lesson_of(self) -> dict[UUID, UUID]:
        return {block: lesson for lesson, blocks in self.blocks_of.items() for block in blocks}

    @cached_property
    def exercises(self) -> list[tuple[Lesson, Block]]:
        """The exercises in their order; one that stands in two lessons is asked for once."""
        found: dict[str, tuple[Lesson, Block]] = {}
        for lesson in self.lessons:
            for block in lesson.blocks.all():
                if block.kind == "exercise" and block.shared.get("code"):
                    found.setdefault(str(block.shared["code"]), (lesson, block))
        return list(found.values())

    @property
    def codes(self) -> list[str]:
        return [str(block.shared["code"]) for _lesson, block in self.exercises]

    def shown(self, lesson: Lesson, language: str) -> list[ShownBlock]:
        """The blocks of a lesson in a language, with their pictures; drawn once for a process."""
        known = self.drawn.get((lesson.key, language))
        if known is None:
            known = self.drawn[lesson.key, language] = selectors.shown(lesson.blocks.all(), language)
        return known

    @cached_property
    def heavy(self) -> int:
        """Bytes of the films and sounds in all lessons; asked once for a process, and never of a course without any."""
        played = [block for lesson in self.lessons for block in lesson.blocks.all() if block.kind in ("video", "audio")]
        known = selectors.materials(content.asset_keys(played))
        return sum(one.size for one in known.values())

    def beside(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lesson before and the one after."""
        at = self.lessons.index(lesson)
        return (self.lessons[at - 1] if at else None, self.lessons[at + 1] if at + 1 < len(self.lessons) else None)

    def __iter__(self) -> Iterator[Lesson]:
        return iter(self.lessons)


_known: OrderedDict[tuple[int, str], Outline] = OrderedDict()


def of(version: CourseVersion) -> Outline:
    """Three queries the first time, none afterwards."""
    name = (version.pk, version.fingerprint)
    if name not in _known:
        _known[name] = Outline(content.modules_of(version))
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)
    _known.move_to_end(name)
    return _known[name]


def opens_on(offering: Offering, run: Run, module: Module) -> date:
    """The day on which a module opens: by the week of the run, or all with its first day."""
    if offering.pace == Offering.Pace.OWN:
        return run.starts_on
    return run.starts_on + timedelta(weeks=max(module.week, 1) - 1)
