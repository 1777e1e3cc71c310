"""The courses of the demo: each published by a second person, one of them in two versions, one draft that is being written."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from orken.courseware import blocks, content, services
from orken.courseware.demo import media
from orken.courseware.demo.drawing import picture
from orken.courseware.models import Asset, Block, Course, CourseVersion, Lesson, Module, Publication
from orken.curriculum.models import Programme
from orken.kit.demo import Stage
from orken.kit.files.models import StoredFile
from orken.network.models import Unit
from orken.people.models import Account

FOLDER = Path(__file__).parent / "courses"
CODES = ("srdgob", "ecat", "safe")
WRITTEN = datetime(2026, 8, 3, 5, 0, tzinfo=UTC)
PUBLISHED = datetime(2026, 8, 17, 5, 0, tzinfo=UTC)
LANGUAGES = ("kk", "ru", "en")


def build(stage: Stage) -> None:
    author: Account = stage.made["accounts"]["national"]
    second: Account = stage.made["accounts"]["curator"]
    for number, name in enumerate(CODES):
        path = FOLDER / f"{name}.toml"
        if path.exists():
            _course(
                stage, tomllib.loads(path.read_text(encoding="utf-8")), author, second, PUBLISHED + timedelta(number)
            )
    _being_written(stage, author)


def key(*parts: object) -> UUID:
    """The same piece in every making of the demo."""
    return uuid5(NAMESPACE_URL, ":".join(["orken", "course", *map(str, parts)]))


def _course(stage: Stage, told: Mapping[str, Any], author: Account, second: Account, at: datetime) -> None:
    unit: Unit = stage.made["units"][told["unit"]]
    course = Course.objects.create(
        code=told["code"], unit=unit, synthetic=True, created_at=WRITTEN, programme=Programme.objects.filter(code=told["programme"]).first()
    )  # fmt: skip
    version = CourseVersion(
        course=course, number=1, source=told["source"], in_kk=True, in_ru=True, in_en=True, created_at=WRITTEN, **_three("title", told["title"]),
        **{f"summary_{code}": told["summary"].get(code, "") for code in LANGUAGES},
    )  # fmt: skip
    version.save()
    version.authors.add(author)
    assets: dict[str, list[str]] = {}
    modules, lessons, rows = [], [], []
    for place, part in enumerate(told["modules"], start=1):
        module = Module(version=version, key=key(course.code, place), position=place, week=part["week"], **_three("title", part["title"]))  # fmt: skip
        modules.append(module)
        for at_place, one in enumerate(part["lessons"], start=1):
            lesson = Lesson(module=module, key=key(course.code, place, at_place), position=at_place, minutes=one["minutes"], **_three("title", one["title"]))  # fmt: skip
            lessons.append(lesson)
            rows += [
                Block(
                    lesson=lesson,
                    key=key(course.code, place, at_place, n),
                    position=n,
                    **_block(piece, version.source, unit, assets),
                )
                for n, piece in enumerate(one["blocks"], start=1)
            ]
    Module.objects.bulk_create(modules)
    Lesson.objects.bulk_create(lessons)
    Block.objects.bulk_create(rows)
    version.state, version.published_at, version.published_by = CourseVersion.State.PUBLISHED, at, second
    version.asked_at, version.asked_by = at - timedelta(days=2), author
    version.fingerprint = content.fingerprint(version, content.modules_of(version))
    version.save()
    course.published = version
    course.save(update_fields=["published"])
    Publication.objects.create(course=course, kind=Publication.Kind.PUBLISHED, version=version, by=second, at=at)


def _block(piece: Mapping[str, Any], source: str, unit: Unit, assets: dict[str, list[str]]) -> dict[str, Any]:
    said = {code: {name: text.strip() for name, text in piece[code].items()} for code in LANGUAGES if code in piece}
    shared = {name: value for name, value in piece.items() if name not in (*LANGUAGES, "kind", "shows")}
    if names := piece.get("shows", []):
        shared["assets"] = [one for name in names for one in _assets(name, unit, assets)]
    blocks.get(piece["kind"])
    seen = {code: blocks.print_of(said.get(source)) for code in said if code != source}
    return {"kind": piece["kind"], "shared": shared, "said": said, "seen": seen}


def _assets(name: str, unit: Unit, known: dict[str, list[str]]) -> list[str]:
    """Keys of what a block shows, made once for a course: a picture, a file, or every page of the slides."""
    if name not in known:
        if name == "check-slides":
            made = services.slides(file=io.BytesIO(media.slides(WRITTEN)), unit=unit, by=None).assets
        elif name in media.FILES:
            kind, called, media_type, content = media.FILES[name]
            made = [services.keep_made(kind=kind, name=called, media_type=media_type, content=content(WRITTEN), unit=unit)]  # fmt: skip
        else:
            made = [services.picture(name=f"{name}.png", file=picture(name), unit=unit, by=None)]
        known[name] = [str(_settled(asset, f"{name}-{n}" if n else name, unit).key) for n, asset in enumerate(made)]
    return known[name]


def _settled(asset: Asset, name: str, unit: Unit) -> Asset:
    """The asset with ids and moments of its own, so that the demo is the same whenever it is made."""
    Asset.objects.filter(pk=asset.pk).update(key=key("picture", unit.code, name), created_at=WRITTEN)
    for file in asset.files.select_related("stored"):
        old = file.stored
        fresh = key("file", unit.code, name, file.width)
        StoredFile.objects.filter(pk=old.pk).update(created_at=WRITTEN)
        row = StoredFile.objects.get(pk=old.pk)
        row.pk = fresh
        row.save(force_insert=True)
        file.stored = row
        file.save(update_fields=["stored"])
        StoredFile.objects.filter(pk=old.pk).delete()
    asset.refresh_from_db()
    return asset


def _being_written(stage: Stage, author: Account) -> None:
    """A draft of the next version of the first course: a sentence of the original is newer than its translation."""
    course = Course.objects.filter(code="SRDGOB").select_related("published").first()
    if course is None or course.published is None:
        return
    old = course.published
    draft = CourseVersion(course=course, number=2, based_on=old, created_at=stage.recorded_at, **{name: getattr(old, name) for name in content.FIELDS})  # fmt: skip
    draft.save()
    draft.authors.add(author)
    content.copy_modules(content.modules_of(old), draft, same=True)
    first = Block.objects.filter(lesson__module__version=draft, kind="callout").order_by("lesson__module__position", "lesson__position", "position").first()  # fmt: skip
    assert first is not None, "the course has call-outs"
    first.said["kk"]["text"] += " Себебі жазылған бос күн – қате емес, дерек."
    first.save()
    course.draft = draft
    course.save(update_fields=["draft"])


def _three(name: str, texts: list[str]) -> dict[str, str]:
    return {f"{name}_{code}": text for code, text in zip(LANGUAGES, texts, strict=True)}


def texts() -> Iterator[tuple[str, dict[str, Any]]]:
    """The files as they are, for whoever proves that they are whole."""
    for name in CODES:
        path = FOLDER / f"{name}.toml"
        if path.exists():
            yield name, tomllib.loads(path.read_text(encoding="utf-8"))
