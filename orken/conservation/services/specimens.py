"""Adding specimens and preparing their pictures: each verb one transaction, the drawing itself outside of it.

specimen = add_drawn(recipe=…, titles={"kk": "…"}, unit=…, by=None)     # stands as «being prepared»
prepare_next()                                                           # a worker draws it
"""

from __future__ import annotations

import logging
import secrets
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from shapely.geometry import Point

from orken.conservation import regions_grader
from orken.conservation.annotations import Canvas, Read, Region, to_document
from orken.conservation.imaging import pyramids, uploads
from orken.conservation.models import CardPicture, Light, Reference, Specimen, SpecimenLight
from orken.conservation.models.pictures import TRANSITIONS
from orken.conservation.vocabulary import VERSION
from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.files.content import PICTURES
from orken.kit.files.models import StoredFile
from orken.kit.media.pictures import PictureRefused
from orken.network.models import Unit
from orken.network.policy import OutOfScope, allows
from orken.network.roles import Permission
from orken.people.models import Account

logger = logging.getLogger(__name__)
PURPOSE = "specimen"
RAW = "specimen-raw"  # what was sent; removed as soon as the pyramid stands
MOST_PYRAMID = 600 * 1024 * 1024


class WrongState(Exception):
    """The specimen is not in a state from which this can be done."""


def move(specimen: Specimen, verb: str) -> None:
    """Put the specimen into the state that the verb leads to. Raises WrongState."""
    starts, leads = TRANSITIONS[verb]
    if specimen.state not in starts:
        raise WrongState(f"{specimen.number}: {verb} from {specimen.state}")
    specimen.state = leads
    if verb == "publish":
        specimen.published_at = timezone.now()


def _add(**fields: Any) -> Specimen:
    """A new specimen with the next number; two who add at one moment get two numbers."""
    for _try in range(10):
        number = (Specimen.objects.aggregate(most=Max("number"))["most"] or 0) + 1
        try:
            with transaction.atomic():
                return Specimen.objects.create(number=number, **fields)
        except IntegrityError:
            if not Specimen.objects.filter(number=number).exists():
                raise
    raise WrongState("no free number")


@transaction.atomic
def add_drawn(
    *,
    recipe: Mapping[str, Any],
    titles: Mapping[str, str],
    unit: Unit,
    mm_per_px: float,
    script: str = "",
    groups: Sequence[str] = (),
    by: Account | None,
    pk: UUID | None = None,
) -> Specimen:
    """Add a page of the generator; it is drawn by a worker. `by` is None only for demo data and commands."""
    if by is not None and not allows(by, Permission.SPECIMEN_EDIT, unit):
        raise OutOfScope(unit.code)
    specimen = _add(
        id=pk or uuid4(), origin=Specimen.Origin.DRAWN, recipe=dict(recipe), mm_per_px=mm_per_px, unit=unit,
        script=script, groups=list(groups), by_id=by.pk if by else None,
        **{f"title_{language}": text for language, text in titles.items()},
    )  # fmt: skip
    audit.record("specimen.added", specimen, by=by, scope_path=unit.path, after={"origin": specimen.origin})
    return specimen


def take_photograph(
    *,
    pictures: Mapping[str, UploadedFile[Any]],
    titles: Mapping[str, str],
    rights: Mapping[str, str],
    original: str,
    width_mm: float | None,
    unit: Unit,
    by: Account,
    damages: Sequence[tuple[str, int]] = (),
) -> Specimen:
    """Take a photograph in one to four lights; a worker makes the tiles. Raises PictureRefused with a sentence.

    With `damages` the picture is a scan of a sound page, on which the generator draws them: then the reference is
    known at once and no experts are needed.

    The scale comes from `width_mm` (how wide the photographed field is) or from the dots per inch of the file:
    without it millimetres would be guessed, and the grader counts in millimetres.
    """
    if not allows(by, Permission.SPECIMEN_EDIT, unit):
        raise OutOfScope(unit.code)
    sizes = {light: uploads.look(_open(upload)) for light, upload in pictures.items()}
    wide, high, dpi = sizes[Light.NORMAL]
    for light, (other_wide, other_high, _other) in sizes.items():
        if (other_wide, other_high) != (wide, high):
            raise PictureRefused(
                _("The picture in another light (%(light)s) has another size than that in normal light. Photograph them without moving the camera.")
                % {"light": Light(light).label}
            )  # fmt: skip
    if width_mm is None and dpi is None:
        raise PictureRefused(
            _("The file does not say its scale. Give the width of the photographed field in millimetres.")
        )
    scale = width_mm / wide if width_mm else 25.4 / float(dpi or 300)
    raw = _stored(pictures, by.pk, unit.path)
    recipe: dict[str, Any] = {"raw": {light: str(kept.pk) for light, kept in raw.items()}}
    if damages:
        recipe |= {"seed": secrets.randbelow(2**31), "damages": [list(one) for one in damages]}
    with transaction.atomic():
        specimen = _add(
            unit=unit, mm_per_px=scale, by_id=by.pk, original=original, recipe=recipe,
            origin=Specimen.Origin.COMPOSED if damages else Specimen.Origin.PHOTOGRAPH, rights_holder=rights["holder"], rights_basis=rights["basis"],
            rights_paper=rights.get("paper", ""), rights_use=rights["use"],
            **{f"title_{language}": text for language, text in titles.items()},
        )  # fmt: skip
        audit.record(
            "specimen.added", specimen, by=by, scope_path=unit.path,
            after={"origin": specimen.origin, "rights": dict(rights), "lights": sorted(pictures)},
        )  # fmt: skip
        return specimen


def _open(upload: UploadedFile[Any]) -> Any:
    assert upload.file is not None, "Django hands over an open file"
    return upload.file


def _stored(pictures: Mapping[str, UploadedFile[Any]], by_id: int, path: str) -> dict[str, StoredFile]:
    """All of them or none."""
    stored: dict[str, StoredFile] = {}
    try:
        for light, upload in pictures.items():
            stored[light] = files.store(
                upload=upload, purpose=RAW, by_id=by_id, scope_path=path, allowed=PICTURES, most=uploads.MOST_BYTES
            )
    except files.FileRefused as refused:
        for kept in stored.values():
            files.remove(kept=kept)
        raise PictureRefused(refused.args[0]) from refused
    return stored


# --- preparing: done by a worker ---


def prepare(specimen: Specimen) -> Specimen:
    """Draw or convert the pictures; on a bad file the specimen says why. Safe to call again after a killed worker."""
    if specimen.state != Specimen.State.PREPARING:
        return specimen
    with tempfile.TemporaryDirectory(prefix="orken-specimen-") as folder:
        if "raw" in specimen.recipe:
            return _photographed(specimen, Path(folder))
        return _drawn(specimen, Path(folder))


def _drawn(specimen: Specimen, folder: Path) -> Specimen:
    from orken.conservation.specimens import drawing

    if specimen.recipe.get("version", drawing.VERSION) != drawing.VERSION:
        logger.warning("specimen %s: recipe of version %s", specimen.number, specimen.recipe["version"])
    drawn = drawing.draw(drawing.Recipe.of(specimen.recipe), specimen.mm_per_px)
    paths = {}
    for light, picture in drawn.pictures():
        paths[light] = folder / f"{light}.tif"
        pyramids.write(picture, paths[light])
    return _ready(
        specimen, paths, canvas=drawn.canvas, regions=drawn.regions, verb="publish", manifest=drawn.manifest()
    )


def _photographed(specimen: Specimen, folder: Path) -> Specimen:
    raw = {light: StoredFile.objects.get(pk=pk) for light, pk in specimen.recipe["raw"].items()}
    paths: dict[str, Path] = {}
    size = (0, 0)
    try:
        for light, kept in raw.items():
            source = folder / f"{light}.raw"
            with files.read(kept) as sent, source.open("wb") as target:
                while chunk := sent.read(1024 * 1024):
                    target.write(chunk)
            paths[light] = folder / f"{light}.tif"
            found = pyramids.convert(source, paths[light])
            size = found if light == Light.NORMAL else size
            source.unlink()
    except pyramids.PictureBroken as broken:
        logger.info("specimen %s: %s", specimen.number, broken)
        return _failed(
            specimen, raw.values(), str(_("The file is damaged: it could not be read to its end. Send it again."))
        )
    if specimen.origin == Specimen.Origin.COMPOSED:
        return _composed(specimen, paths[Light.NORMAL], folder, raw.values())
    canvas = Canvas(size[0], size[1], specimen.mm_per_px)
    return _ready(specimen, paths, canvas=canvas, regions=None, verb="hand_to_experts", raw=raw.values())


def _composed(specimen: Specimen, scan: Path, folder: Path, raw: Iterable[StoredFile]) -> Specimen:
    from orken.conservation.specimens import drawing

    picture, scale = pyramids.read(scan, drawing.MOST_PIXELS)
    damages = tuple((str(code), int(severity)) for code, severity in specimen.recipe["damages"])
    drawn = drawing.compose(picture, specimen.mm_per_px * scale, specimen.recipe["seed"], damages)
    paths = {}
    for light, lit in drawn.pictures():
        paths[light] = folder / f"{light}-drawn.tif"
        pyramids.write(lit, paths[light])
    return _ready(
        specimen, paths, canvas=drawn.canvas, regions=drawn.regions, verb="publish", manifest=drawn.manifest(), raw=raw
    )  # fmt: skip


def _ready(specimen: Specimen, paths: Mapping[str, Path], **told: Any) -> Specimen:
    previews = {light: pyramids.preview(path) for light, path in paths.items()}
    return _written(specimen, paths, previews, **told)


@transaction.atomic
def _written(
    specimen: Specimen,
    paths: Mapping[str, Path],
    previews: Mapping[str, bytes],
    *,
    canvas: Canvas,
    regions: Sequence[Region] | None,
    verb: str,
    manifest: Sequence[Mapping[str, Any]] = (),
    raw: Iterable[StoredFile] = (),
) -> Specimen:
    fresh = Specimen.objects.select_for_update(of=("self",)).select_related("unit").get(pk=specimen.pk)
    if fresh.state != Specimen.State.PREPARING:
        return fresh  # another worker was quicker
    move(fresh, verb)
    fresh.width, fresh.height, fresh.mm_per_px = canvas.width, canvas.height, canvas.mm_per_px
    fresh.manifest, fresh.why = list(manifest), ""
    for light, path in paths.items():
        SpecimenLight.objects.create(
            specimen=fresh, light=light, pyramid=_kept(path, "image/tiff"), preview=_kept_bytes(previews[light])
        )
    if regions is not None:
        state_reference(fresh, Read(canvas, tuple(regions)), by_experts=0)
    for one in raw:
        files.remove(kept=one)
    fresh.recipe = {key: value for key, value in fresh.recipe.items() if key != "raw"}
    fresh.save()
    audit.record("specimen.prepared", fresh, by=None, scope_path=fresh.unit.path, after={"state": fresh.state})
    return fresh


@transaction.atomic
def _failed(specimen: Specimen, raw: Iterable[StoredFile], why: str) -> Specimen:
    fresh = Specimen.objects.select_for_update(of=("self",)).select_related("unit").get(pk=specimen.pk)
    move(fresh, "fail")
    fresh.why, fresh.recipe = why, {}
    for one in raw:
        files.remove(kept=one)
    fresh.save()
    audit.record("specimen.failed", fresh, by=None, scope_path=fresh.unit.path, after={"why": why})
    return fresh


def _kept(path: Path, kind: str) -> StoredFile:
    with path.open("rb") as source:
        upload: UploadedFile[Any] = UploadedFile(File(source), path.name, kind, path.stat().st_size)
        return files.store(upload=upload, purpose=PURPOSE, by_id=None, scope_path="", allowed={kind}, most=MOST_PYRAMID)


def _kept_bytes(content: bytes, name: str = "preview.jpg") -> StoredFile:
    from io import BytesIO

    upload: UploadedFile[Any] = UploadedFile(File(BytesIO(content)), name, "image/jpeg", len(content))
    return files.store(
        upload=upload, purpose=PURPOSE, by_id=None, scope_path="", allowed={"image/jpeg"}, most=10 * files.MB
    )


def state_reference(
    specimen: Specimen, read: Read, *, by_experts: int, agreement: float | None = None, kappa: float | None = None
) -> Reference:
    """State what is on the specimen; what stood before is superseded, never changed."""
    now = timezone.now()
    Reference.objects.filter(specimen=specimen, superseded_at=None).update(superseded_at=now)
    return Reference.objects.create(
        specimen=specimen, document=to_document(read, specimen.source), by_experts=by_experts,
        agreement=agreement, kappa=kappa, vocabulary=VERSION, grader=regions_grader.VERSION, recorded_at=now,
    )  # fmt: skip


# --- small pictures of the cards ---

CARD_SIDE = 420  # pixels
CARD_LEAF = ("rag", "manuscript", "arab")


def _telling(region: Region, canvas: Canvas) -> tuple[float, float, float]:
    """Where a damage shows best, and how large it is: its middle, or the border of a large area nearest to the page's middle."""
    parts = list(getattr(region.geometry, "geoms", [region.geometry]))
    largest = max(parts, key=lambda one: (one.area, one.length))
    x0, y0, x1, y1 = largest.bounds
    extent = max(x1 - x0, y1 - y0)
    if largest.area * canvas.mm_per_px**2 > 500:
        middle = Point(canvas.width / 2, canvas.height / 2)
        near = largest.boundary.interpolate(largest.boundary.project(middle))
        return near.x, near.y, extent
    centre = largest.centroid
    return centre.x, centre.y, extent


def draw_card(*, code: str, severity: int) -> CardPicture | None:
    """Draw a small leaf with this one damage and keep the detail that shows it; None when no seed of ten shows it.

    Nothing is locked while it draws.
    """
    import cv2

    from orken.conservation.specimens import drawing
    from orken.conservation.specimens.damages import ON
    from orken.conservation.specimens.leaves import Leaf

    mm_per_px = 0.12
    stock, layout = ON.get(code, ("wove", "book"))
    lang = "ru" if severity % 2 and layout == "book" else "kk"
    for attempt in range(10):
        seed = 7000 + attempt * 97 + severity * 11 + sum(map(ord, code))
        recipe = drawing.Recipe(
            Leaf(110, 130, "arab" if layout == "manuscript" else "cyrl", lang, layout, stock), seed, ((code, severity),)
        )
        drawn = drawing.draw(recipe, mm_per_px)
        if drawn.regions:
            break
    else:
        return None
    _light, picture = next(drawn.pictures())
    x, y, extent = _telling(drawn.regions[0], drawn.canvas)
    side = min(max(extent * 1.2, 24 / mm_per_px), 42 / mm_per_px)
    left = int(min(max(x - side / 2, 0), picture.shape[1] - side))
    upper = int(min(max(y - side / 2, 0), picture.shape[0] - side))
    part = picture[upper : upper + int(side), left : left + int(side)]
    part = cv2.resize(part, (CARD_SIDE, CARD_SIDE), interpolation=cv2.INTER_AREA)
    done, encoded = cv2.imencode(".jpg", cv2.cvtColor(part, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 84])
    assert done, "a picture in memory can be encoded"
    with transaction.atomic():
        kept = _kept_bytes(encoded.tobytes(), f"{code}-{severity}.jpg")
        found, _made = CardPicture.objects.update_or_create(
            code=code, severity=severity, defaults={"picture": kept, "generator": drawing.VERSION}
        )
    return found
