"""What an author forgets: languages missing, pictures without words, dead links, heavy lessons. Some of it stops publishing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from orken.courseware import blocks
from orken.courseware.blocks import Material
from orken.courseware.models import Block, CourseVersion, Lesson, Module

LIGHT = 1_000_000  # bytes of the pictures of a lesson, as a telephone loads them
LANGUAGE = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}


@dataclass(frozen=True)
class Problem:
    """A line of the author's list: `stops` publishing or only advises; `lesson` and `block` lead to where it is mended."""

    why: str | Promise
    stops: bool = False
    language: str = ""
    lesson: Lesson | None = None
    block: Block | None = None
    module: Module | None = None
    place: int = 0  # of the block in its lesson
    behind: bool = False  # a translation that was made of another original

    @property
    def piece(self) -> str:
        """The block by its place and kind, so that it is found in the lesson."""
        if self.block is None:
            return ""
        try:
            return f"{self.place}. {blocks.get(self.block.kind).label}"
        except KeyError:
            return f"{self.place}. {self.block.kind}"

    @property
    def where(self) -> str | Promise:
        return LANGUAGE.get(self.language, "")


def problems(version: CourseVersion, modules: Sequence[Module], materials: dict[str, Material]) -> list[Problem]:
    """Everything, in the order of the course. Pure but for what exercises ask of their owner."""
    found = [*_titles(version, version.languages)]
    lessons = [lesson for module in modules for lesson in module.lessons.all()]
    if not lessons:
        found.append(Problem(_("There is no lesson yet."), stops=True))
    for module in modules:
        found += [Problem(_("A module has no title."), True, code, module=module) for code in version.languages if not getattr(module, f"title_{code}")]  # fmt: skip
        if not module.lessons.all():
            found.append(Problem(_("A module has no lesson."), True, module=module))
    for lesson in lessons:
        found += of_lesson(version, lesson, materials)
    return found


def _titles(version: CourseVersion, languages: Iterable[str]) -> Iterator[Problem]:
    if not version.title_kk:  # the Law on Languages, art. 21: the state language first
        yield Problem(_("The title in Kazakh is empty: a course is not published without it."), True, "kk")
    for code in languages:
        if code != "kk" and not getattr(version, f"title_{code}"):
            yield Problem(_("The course has no title"), True, code)
        if not getattr(version, f"summary_{code}"):
            yield Problem(_("The course has no summary"), False, code)


def of_lesson(version: CourseVersion, lesson: Lesson, materials: dict[str, Material]) -> list[Problem]:
    """What is to be mended in one lesson, with its blocks."""
    languages = version.languages
    found = [Problem(_("The lesson has no title."), True, code, lesson) for code in languages if not getattr(lesson, f"title_{code}")]  # fmt: skip
    rows = list(lesson.blocks.all())
    if not rows:
        found.append(Problem(_("The lesson is empty."), True, "", lesson))
    weight = 0
    for place, block in enumerate(rows, start=1):
        weight += sum(materials[key].size for key in block.shared.get("assets", []) if key in materials and materials[key].picture)  # fmt: skip
        found += (replace(one, place=place) for one in _of_block(version, lesson, block))
    if weight > LIGHT:
        found.append(Problem(_("The pictures of this lesson weigh more than 1 MB: a weak line loads them for minutes."), False, "", lesson))  # fmt: skip
    return found


def _of_block(version: CourseVersion, lesson: Lesson, block: Block) -> Iterator[Problem]:
    try:
        kind = blocks.get(block.kind)
    except KeyError:
        yield Problem(_("No part of the system knows this kind of block any more."), True, "", lesson, block)
        return
    needed = [question.name for question in kind.said if question.needed]
    for code in version.languages:
        said = block.said.get(code) or {}
        if needed and not any(said.values()):
            yield Problem(_("A block says nothing"), True, code, lesson, block)
        for link in kind.links(said):
            if dead(link):
                yield Problem(_("A link leads nowhere."), True, code, lesson, block)
    for code in blocks.stale(block, version.source):
        yield Problem(
            _("The original has changed since this translation was made."), False, code, lesson, block, behind=True
        )
    for lack in kind.lacks(block, version.languages):
        yield Problem(lack.why, lack.stops, lack.language, lesson, block)


def dead(link: str) -> bool:
    """An address of our own that no page has, or one that is none. What stands elsewhere is not called while a page is drawn."""
    if link.startswith("/"):
        path = link.partition("?")[0].partition("#")[0]
        head, _slash, rest = path[1:].partition("/")
        language, path = (head, f"/{rest}") if head in LANGUAGE else ("kk", path)
        try:
            with override(language):  # whoever looks reads another language than the address says
                resolve(f"/{language}{path}")
        except Resolver404:
            return True
        return False
    scheme, _colon, rest = link.partition(":")
    if scheme == "mailto":
        return "@" not in rest
    return scheme not in ("http", "https") or "." not in rest.removeprefix("//").partition("/")[0]


def stopping(found: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.stops]
