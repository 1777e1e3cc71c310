"""Reading courses: the workshop of authors, one course with its lessons, and what lessons show."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise

from orken.courseware import blocks, checks, content, policy
from orken.courseware.blocks import Material, Picture
from orken.courseware.models import Asset, AssetFile, Block, Course, CourseVersion, Lesson, Module, Publication
from orken.kit.i18n.content import current_language
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.people.models import Account

PICTURES = "courseware.picture"
PLAYED = (Asset.Kind.SOUND, Asset.Kind.FILM)
ENDINGS = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/x-m4a": "m4a", "video/quicktime": "mov", "video/x-m4v": "mp4", "application/ogg": "ogg", "audio/vorbis": "ogg"}  # fmt: skip


def workshop(scope: Scope) -> QuerySet[Course]:
    """The courses that she writes by title, each with the title of its latest version and the number of its lessons."""
    latest = CourseVersion.objects.filter(course=OuterRef("pk")).order_by("-number")
    counted = latest.annotate(many=Count("modules__lessons"))
    names = ("title_kk", "title_ru", "title_en", "sort_kk", "sort_ru", "state")
    return (
        Course.objects.filter(policy.in_scope(scope))
        .select_related("unit", "programme")
        .annotate(
            **{name: Subquery(latest.values(name)[:1]) for name in names}, lessons=Subquery(counted.values("many")[:1])
        )
    )


def waiting_for_second(account: Account) -> QuerySet[Course]:
    """Courses whose draft waits for a second person, who may be she: she may publish them and has not written in them."""
    rows = Course.objects.filter(
        policy.in_scope(policy.publishable(account)), draft__state=CourseVersion.State.REVIEW
    ).exclude(draft__authors=account)
    return rows.select_related("draft", "unit").order_by("draft__asked_at", "pk")


def sent_back(account: Account) -> QuerySet[Course]:
    """Courses in whose draft she wrote and that the second person sent back with words."""
    rows = Course.objects.filter(policy.in_scope(policy.editable(account)), draft__state=CourseVersion.State.DRAFT, draft__authors=account)  # fmt: skip
    return rows.exclude(draft__remark="").select_related("draft", "unit").order_by("pk")


def issuers(scope: Scope) -> QuerySet[Unit]:
    return Unit.objects.filter(scope.q(), kind__in=policy.ISSUERS)


def published(code: str) -> CourseVersion | None:
    """The version that a run pins now."""
    row = Course.objects.filter(code=code).select_related("published__course").first()
    return row.published if row else None


def open_for(programme: int | None) -> QuerySet[Course]:
    """Published courses that may be given to a run of this programme."""
    rows = Course.objects.exclude(published=None).select_related("published", "unit")
    return rows.filter(programme=programme) if programme else rows


def materials(keys: Collection[str]) -> dict[str, Material]:
    """Assets by their keys, as blocks show them; one query with its files."""
    if not keys:
        return {}
    rows = Asset.objects.filter(key__in=[UUID(key) for key in keys]).prefetch_related("files__stored")
    return {str(row.key): _material(row) for row in rows}


def _material(row: Asset) -> Material:
    files = list(row.files.all())
    if row.kind == Asset.Kind.PICTURE and files:
        largest = files[-1]
        usual = next((one for one in files if one.width >= 960), largest)
        shown = Picture(
            address_of(usual),
            ", ".join(f"{address_of(one)} {one.width}w" for one in files),
            largest.width,
            largest.height,
        )
        return Material(str(row.key), row.kind, row.name, usual.stored.size, picture=shown)
    size, media = (files[0].stored.size, files[0].stored.media_type) if files else (0, "")
    played = row.kind in PLAYED and files
    address = f"/parts/{files[0].stored.sha256}.{ending(media)}" if played else reverse("courseware:asset", args=[row.key])  # fmt: skip
    return Material(str(row.key), row.kind, row.name, size, address, media)


def ending(media_type: str) -> str:
    """How the address of a film or a sound ends: a browser that plays it without a line knows it by this."""
    return ENDINGS.get(media_type, media_type.rpartition("/")[2].removeprefix("x-")[:4] or "bin")


def address_of(file: AssetFile) -> str:
    """Named by its content: it never changes, so that a browser keeps it for ever and takes it along."""
    return f"/parts/{file.stored.sha256}.webp"


def file_of_asset(key: UUID) -> AssetFile | None:
    return (
        AssetFile.objects.filter(asset__key=key)
        .exclude(asset__kind=Asset.Kind.PICTURE)
        .select_related("stored")
        .first()
    )


def picture_by(sha256: str) -> AssetFile | None:
    return AssetFile.objects.filter(stored__sha256=sha256, stored__purpose=PICTURES).select_related("stored").first()


def played_by(sha256: str) -> AssetFile | None:
    """A film or a sound by the print of its content."""
    rows = AssetFile.objects.filter(stored__sha256=sha256, asset__kind__in=PLAYED)
    return rows.select_related("stored").first()


@dataclass(frozen=True)
class ShownBlock:
    """A block as a reader sees it: the template of its kind with its variables, and the language it is really in."""

    block: Block
    template: str
    variables: dict[str, Any]
    language: str
    missing: bool
    outward: bool
    label: str | Promise


def shown(
    rows: Iterable[Block], language: str | None = None, known: dict[str, Material] | None = None
) -> list[ShownBlock]:
    """The blocks of a lesson in the reader's language, the next one where hers is empty. One query for all materials."""
    wanted, rows = language or current_language(), list(rows)
    known = materials(content.asset_keys(rows)) if known is None else known
    found = []
    for block in rows:
        try:
            kind = blocks.get(block.kind)
        except KeyError:
            continue  # its app is gone: the check list says so to the author
        said, really = blocks.in_language(block, wanted)
        variables = {**kind.show(block, said, known), "block": block, "language": really}
        found.append(
            ShownBlock(
                block, kind.template, variables, really, really != wanted and bool(said), kind.outward, kind.label
            )
        )
    return found


def links_of(block: Block) -> list[str]:
    """Every address that a block gives, in all its languages."""
    try:
        kind = blocks.get(block.kind)
    except KeyError:
        return []
    return [link for said in block.said.values() for link in kind.links(said or {})]


@dataclass(frozen=True)
class Whole:
    """A version with everything in it and what its author should mend."""

    version: CourseVersion
    modules: list[Module]
    problems: list[checks.Problem] = field(default_factory=list)

    @property
    def elsewhere(self) -> list[str]:
        """Addresses on other sites, each once: only their form is looked at here, for a page asks nobody outside."""
        rows = content.blocks_of(self.modules)
        found = [link for _m, _l, block in rows for link in links_of(block) if link.startswith(("http://", "https://"))]
        return list(dict.fromkeys(found))

    @property
    def stopping(self) -> list[checks.Problem]:
        return checks.stopping(self.problems)

    @property
    def advice(self) -> list[checks.Problem]:
        return [problem for problem in self.problems if not problem.stops]

    @property
    def behind(self) -> list[checks.Problem]:
        """Translations that were made of another original than stands now."""
        return [problem for problem in self.problems if problem.behind]

    def of_lesson(self, lesson: Lesson) -> list[checks.Problem]:
        return [one for one in self.problems if one.lesson is not None and one.lesson.pk == lesson.pk]


def whole(version: CourseVersion) -> Whole:
    """Five queries whatever the length."""
    modules = content.modules_of(version)
    known = materials(content.asset_keys(block for _m, _l, block in content.blocks_of(modules)))
    return Whole(version, modules, checks.problems(version, modules, known))


def versions(course: Course) -> list[CourseVersion]:
    return list(course.versions.select_related("published_by__person").order_by("-number"))


def story(course: Course) -> list[Publication]:
    return list(course.publications.select_related("version", "by__person").order_by("-at", "-pk"))


def glossary(modules: Iterable[Module], language: str | None = None) -> list[tuple[str, str]]:
    """The terms of a course with their meanings, in the order of the alphabet of the reader's language."""
    from orken.kit.text.sorting import sort_key

    wanted = language or current_language()
    found = {}
    for _module, _lesson, block in content.blocks_of(modules):
        if block.kind == "term":
            said, _really = blocks.in_language(block, wanted)
            if said.get("term"):
                found[str(said["term"])] = str(said.get("meaning", ""))
    return sorted(found.items(), key=lambda pair: sort_key(pair[0]))
