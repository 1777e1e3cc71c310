"""What differs between two versions of a course, in the words of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _week
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from orken.courseware import blocks, content
from orken.courseware.checks import LANGUAGE
from orken.courseware.models import Block, CourseVersion, Lesson, Module
from orken.kit.i18n.content import ORDER, current_language
from orken.kit.text.marking import Sided

Words = str | Promise


@dataclass(frozen=True)
class Difference(Sided):
    """A line of the comparison: what, where, and how it was and is; None where it was not or is not."""

    what: Words
    where: str
    before: str | None
    after: str | None


def differences(old: CourseVersion, was: list[Module], new: CourseVersion, now: list[Module]) -> list[Difference]:
    """Every difference from `old` to `new` in the order of the course. Pure: whoever calls has read both."""
    found = [
        Difference(CourseVersion._meta.get_field(name).verbose_name, "", _value(old, name), _value(new, name))  # type: ignore[union-attr]  # only plain fields are asked
        for name in content.FIELDS
        if getattr(old, name) != getattr(new, name)
    ]
    found += _pieces(_("Module"), {one.key: one for one in was}, {one.key: one for one in now}, content.MODULE_FIELDS)
    found += _pieces(_("Lesson"), _lessons(was), _lessons(now), content.LESSON_FIELDS)
    found += _blocks(was, now)
    found += _moved(was, now)
    order = [[str(lesson.key) for module in side for lesson in module.lessons.all()] for side in (was, now)]
    kept = [[key for key in one if key in order[0] and key in order[1]] for one in order]
    if kept[0] != kept[1]:
        names = {str(key): lesson.title for key, lesson in {**_lessons(was), **_lessons(now)}.items()}
        found.append(
            Difference(_("Order of the lessons"), "", *(" → ".join(names[key] for key in side) for side in kept))
        )
    return found


def _value(version: CourseVersion, name: str) -> str:
    value: Any = getattr(version, name)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    display = getattr(version, f"get_{name}_display", None)
    return str(display() if display else value) or "—"


def _lessons(modules: Iterable[Module]) -> dict[Any, Lesson]:
    return {lesson.key: lesson for module in modules for lesson in module.lessons.all()}


def _pieces(what: Words, was: dict[Any, Any], now: dict[Any, Any], fields: Iterable[str]) -> Iterator[Difference]:
    def said(row: Any) -> str:
        return " · ".join(_counted(name, getattr(row, name)) for name in fields if getattr(row, name) not in ("", None))

    for key, row in was.items():
        if key not in now:
            yield Difference(what, row.title, said(row), None)
    for key, row in now.items():
        before = was.get(key)
        if before is None:
            yield Difference(what, row.title, None, said(row))
        elif said(before) != said(row):
            yield Difference(what, row.title, said(before), said(row))


def _counted(name: str, value: Any) -> str:
    """A number says of what it is one."""
    if name == "minutes":
        return ngettext("%(n)s minute", "%(n)s minutes", value) % {"n": value}
    return _week("opens in week %(n)s") % {"n": value} if name == "week" else str(value)


def _blocks(was: list[Module], now: list[Module]) -> Iterator[Difference]:
    before = {block.key: (lesson, block) for _module, lesson, block in content.blocks_of(was)}
    after = {block.key: (lesson, block) for _module, lesson, block in content.blocks_of(now)}
    for key, (lesson, block) in before.items():
        if key not in after:
            said = [(code, text) for code in ("kk", "ru", "en") if (text := words(block, code))]
            for code, text in said:
                yield Difference(label(block), f"{lesson.title} · {LANGUAGE[code]}", text, None)
            if not said:  # an exercise, a picture without words
                yield Difference(label(block), lesson.title, _shared(block), None)
    for key, (lesson, block) in after.items():
        old = before.get(key)
        for code in ("kk", "ru", "en"):
            one, two = words(old[1], code) if old else "", words(block, code)
            if one != two:
                yield Difference(label(block), f"{lesson.title} · {LANGUAGE[code]}", one or None, two or None)
        if old is None and not any(words(block, code) for code in ("kk", "ru", "en")):
            yield Difference(label(block), lesson.title, None, _shared(block))
        if old and old[1].shared != block.shared:
            yield Difference(label(block), lesson.title, _shared(old[1]), _shared(block))


def _moved(was: list[Module], now: list[Module]) -> Iterator[Difference]:
    """Blocks that stand in another order than before, or in another lesson."""
    before = {block.key: lesson for _module, lesson, block in content.blocks_of(was)}
    after = {block.key: lesson for _module, lesson, block in content.blocks_of(now)}
    for _module, lesson, block in content.blocks_of(now):
        old = before.get(block.key)
        if old is not None and old.key != lesson.key:
            yield Difference(_("Moved to another lesson"), _named(block), old.title, lesson.title)
    former = _lessons(was)
    for lesson in _lessons(now).values():
        if lesson.key not in former:
            continue
        sides = [
            [one for one in side.blocks.all() if _home(before, one) == _home(after, one) == lesson.key]
            for side in (former[lesson.key], lesson)
        ]
        if [one.key for one in sides[0]] != [one.key for one in sides[1]]:
            yield Difference(_("Order of the blocks"), lesson.title, *(" → ".join(map(_named, side)) for side in sides))


def _home(lessons: dict[Any, Lesson], block: Block) -> Any:
    return lessons[block.key].key if block.key in lessons else None


def _named(block: Block) -> str:
    """A block by its kind and its first words."""
    said = next((text for code in ORDER[current_language()] if (text := words(block, code))), "")
    return f"{label(block)} «{' '.join(said.split()[:4])}…»" if said else str(label(block))


def of_original(block: Block, source: str) -> list[Difference]:
    """How the original stood when each translation that has not followed was made, and how it stands now."""
    now = words(block, source)
    found = []
    for code in blocks.stale(block, source):
        kept = block.former.get(code)
        if kept is not None:
            try:
                was = blocks.get(block.kind).words(kept)
            except KeyError:
                continue
            found.append(Difference(label(block), str(LANGUAGE[code]), was, now))
    return found


def words(block: Block, code: str) -> str:
    said = block.said.get(code) or {}
    try:
        return blocks.get(block.kind).words(said)
    except KeyError:
        return " ".join(map(str, said.values()))


def label(block: Block) -> Words:
    try:
        return blocks.get(block.kind).label
    except KeyError:
        return block.kind


def _shared(block: Block) -> str:
    return " · ".join(f"{len(value)}" if isinstance(value, list) else str(value) for _name, value in sorted(block.shared.items())) or "—"  # fmt: skip
