"""What pages read about specimens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Count, Prefetch, Q, QuerySet

from orken.conservation.annotations import Canvas, Read, parse_document
from orken.conservation.imaging import pyramids
from orken.conservation.models import CardPicture, ExpertMarking, Light, Reference, Specimen, SpecimenLight
from orken.conservation.policy import pictures as policy
from orken.conservation.regions_grader.consensus import ADMIT_KAPPA, ADMIT_SCORE, LEAST_EXPERTS
from orken.conservation.vocabulary import DAMAGES, Geometry, Group
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.network.models import RoleAssignment
from orken.people.models import Account

ORDER = {light: place for place, light in enumerate(Light.values)}


@dataclass(frozen=True)
class Counts:
    """How far the drawing of the specimens is."""

    ready: int
    total: int

    @property
    def waiting(self) -> int:
        return self.total - self.ready


def shown(account: Account) -> QuerySet[Specimen]:
    """The published specimens with the small picture of their normal light, in the order of their numbers."""
    normal = SpecimenLight.objects.filter(light=Light.NORMAL)
    return (
        Specimen.objects.filter(state=Specimen.State.PUBLISHED)
        .defer("recipe", "manifest")
        .prefetch_related(Prefetch("lights", queryset=normal, to_attr="first_light"))
    )


def being_prepared() -> Counts:
    found = Specimen.objects.exclude(origin=Specimen.Origin.PHOTOGRAPH).aggregate(
        total=Count("pk"), waiting=Count("pk", filter=Q(state=Specimen.State.PREPARING))
    )
    return Counts(found["total"] - found["waiting"], found["total"])


def kept(account: Account) -> QuerySet[Specimen]:
    """The photographs and scans that the account keeps, with how many experts were asked and have handed in."""
    handed = Count("markings", filter=Q(markings__state=ExpertMarking.State.HANDED_IN))
    return (
        Specimen.objects.filter(policy.kept(account))
        .exclude(origin=Specimen.Origin.DRAWN)
        .select_related("unit")
        .annotate(asked=Count("markings"), handed=handed)
        .order_by("-number")
    )


def to_mark(account: Account) -> QuerySet[ExpertMarking]:
    """The specimens that the account was asked to mark and has not handed in."""
    return ExpertMarking.objects.filter(
        expert=account, state=ExpertMarking.State.DRAFT, specimen__state=Specimen.State.MARKING
    ).select_related("specimen")


def experts(specimen: Specimen) -> QuerySet[Account]:
    """Who can be asked: holders of an expert's role today who were not asked yet."""
    holders = RoleAssignment.objects.at().filter(role__in=policy.EXPERTS).values("person")
    return (
        Account.objects.filter(person__in=holders, is_active=True)
        .exclude(pk__in=ExpertMarking.objects.filter(specimen=specimen).values("expert"))
        .select_related("person")
        .order_by("login")
    )


def lights(specimen: Specimen) -> list[SpecimenLight]:
    return sorted(specimen.lights.all(), key=lambda one: ORDER[one.light])


def canvas(specimen: Specimen) -> Canvas:
    return Canvas(specimen.width, specimen.height, specimen.mm_per_px)


def reference(specimen: Specimen) -> tuple[Reference, Read] | None:
    """The live reference, read; None when there is none. For the grader only: never into a page before an answer."""
    row = Reference.objects.filter(specimen=specimen, superseded_at=None).first()
    return (row, parse_document(row.document, canvas(specimen))) if row else None


def gradable() -> QuerySet[Specimen]:
    """Specimens that learners see and whose damage somebody has said."""
    agreed = Reference.objects.filter(superseded_at=None).values("specimen")
    return Specimen.objects.filter(state=Specimen.State.PUBLISHED, pk__in=agreed)


def admitted(pks: Iterable[str]) -> list[str]:
    """Of these specimens those that may stand in an examination: drawn ones, and photographs whose experts agree well enough."""
    wanted = [UUID(str(pk)) for pk in pks]
    agreed = Q(by_experts__gte=LEAST_EXPERTS, agreement__gte=ADMIT_SCORE, kappa__gte=ADMIT_KAPPA)
    rows = Reference.objects.filter(Q(by_experts=0) | agreed, superseded_at=None, specimen__in=wanted)
    good = set(rows.values_list("specimen", flat=True))
    return [str(pk) for pk in wanted if pk in good]


# --- files of the pictures ---


def pyramid(pk: UUID, light: str, account: Account) -> tuple[Path, int, int] | None:
    """Where the tiles of a light are cut from, with width and height; None when the account may not see it."""
    row = (
        SpecimenLight.objects.filter(
            specimen__in=Specimen.objects.filter(policy.seen(account)), specimen=pk, light=light
        )
        .values_list("pyramid__stored_as", "specimen__width", "specimen__height")
        .first()
    )
    return (local(row[0]), row[1], row[2]) if row else None


def preview(pk: UUID, light: str, account: Account) -> StoredFile | None:
    row = (
        SpecimenLight.objects.filter(
            specimen__in=Specimen.objects.filter(policy.seen(account)), specimen=pk, light=light
        )
        .select_related("preview")
        .first()
    )
    return row.preview if row else None


def local(stored_as: str) -> Path:
    """The pyramid as a file of this machine: itself over a folder, a copy in the cache over an S3 store."""
    if not settings.ENVIRONMENT.files_url.startswith("s3"):
        return Path(default_storage.path(stored_as))
    copy = Path(settings.DATA_DIR) / "cache" / "pyramids" / stored_as.rsplit("/", 1)[-1]
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        part = copy.with_suffix(f".{id(copy)}.part")
        with default_storage.open(stored_as, "rb") as source, part.open("wb") as target:
            while chunk := source.read(1024 * 1024):
                target.write(chunk)
        part.replace(copy)
    return copy


def card_pictures(codes: Iterable[str] | None = None) -> dict[str, dict[int, StoredFile]]:
    """By damage and severity: the small pictures that show them."""
    rows = CardPicture.objects.select_related("picture")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    found: dict[str, dict[int, StoredFile]] = {}
    for row in rows:
        found.setdefault(row.code, {})[row.severity] = row.picture
    return found


# --- what the lab shows ---


@dataclass(frozen=True)
class Choice:
    """A type that can be chosen: its code, its name in the reader's language, and whether it is drawn as a line."""

    code: str
    name: str
    line: bool


def sentence(text: str) -> str:
    """With a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=8)
def _choices(language: str) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    return tuple(
        (
            group.words.in_language(language).capitalize(),
            tuple(
                Choice(one.code, sentence(one.name.in_language(language)), one.geometry == (Geometry.LINE,))
                for one in DAMAGES
                if one.group is group
            ),
        )
        for group in Group
    )


def choices(language: str) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """All 39 types by group, whatever is on the picture: the list itself must not tell the answer."""
    return _choices(language)


def tiles(specimen: Specimen) -> dict[str, Any]:
    """What the viewer needs to ask for tiles."""
    return {
        "width": specimen.width, "height": specimen.height, "mmPerPx": specimen.mm_per_px,
        "tileSize": pyramids.TILE, "maxLevel": pyramids.levels(specimen.width, specimen.height),
    }  # fmt: skip


def opened(kept_file: StoredFile) -> bytes:
    with files.read(kept_file) as source:
        return source.read()
