"""Taking in what blocks show: pictures are written anew in our sizes, pages of a PDF become pictures, the rest is judged."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import pypdfium2
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from orken.courseware import policy
from orken.courseware.models import Asset, AssetFile
from orken.courseware.selectors import PICTURES
from orken.courseware.services.common import Refused
from orken.kit.files import services as files
from orken.kit.files.services import MB, FileRefused
from orken.kit.media import pictures
from orken.kit.media.pictures import PictureRefused
from orken.network.models import Unit
from orken.people.models import Account

WIDTHS = (480, 960, 1440)
PAGES = 40
LONG_SIDE = 1440  # points of a page of slides
MOST = {"picture": 20 * MB, "sound": 30 * MB, "film": 200 * MB, "paper": 20 * MB, "slides": 30 * MB}
ALLOWED = {
    "sound": {"audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg", "application/ogg", "audio/wav", "audio/webm", "audio/aac"},
    "film": {"video/mp4", "video/webm", "video/x-m4v", "video/quicktime"},
    "paper": {
        "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """Assets that came of one upload, and the words of their pages where a PDF told them."""

    assets: list[Asset]
    words: list[str]


@transaction.atomic
def take(*, uploads: Sequence[UploadedFile[Any]], takes: str, unit: Unit, by: Account) -> Taken:
    """Take in the files of a block's form. Raises Refused with a sentence; then nothing is kept."""
    policy.require_edit(by, unit)
    try:
        if takes == "slides":
            return slides(file=_sized(uploads[0], "slides"), unit=unit, by=by)
        if takes in ("picture", "pictures"):
            return Taken(
                [picture(name=one.name or "", file=_sized(one, "picture"), unit=unit, by=by) for one in uploads], []
            )
        return Taken([_file(uploads[0], takes, unit, by)], [])
    except (FileRefused, PictureRefused) as refusal:
        raise Refused(str(refusal)) from refusal


def _sized(upload: UploadedFile[Any], what: str) -> IO[bytes]:
    if not upload.size:
        raise Refused(_("The file is empty."))
    if upload.size > MOST[what]:
        raise Refused(
            _("The file is larger than %(mb)s MB. Make it smaller and send it again.") % {"mb": MOST[what] // MB}
        )
    source = upload.file
    assert source is not None, "Django hands over an open file"
    return source


def picture(*, name: str, file: IO[bytes], unit: Unit, by: Account | None) -> Asset:
    """A picture in our widths as WebP; nothing of the file itself is kept, nor what the camera told."""
    made = [one for one in pictures.variants(file, WIDTHS) if one.media_type == "image/webp"]
    asset = Asset.objects.create(unit=unit, kind=Asset.Kind.PICTURE, name=name[:200] or "1", by=by)
    stored = files.store_made(
        [(name or "1", one.content) for one in made], media_type="image/webp", purpose=PICTURES, by_id=by.pk if by else None, scope_path=unit.path
    )  # fmt: skip
    AssetFile.objects.bulk_create(
        AssetFile(asset=asset, stored=kept, width=one.width, height=one.height)
        for kept, one in zip(stored, made, strict=True)
    )
    return asset


def _file(upload: UploadedFile[Any], takes: str, unit: Unit, by: Account) -> Asset:
    kept = files.store(
        upload=upload,
        purpose=f"courseware.{takes}",
        by_id=by.pk,
        scope_path=unit.path,
        allowed=ALLOWED[takes],
        most=MOST[takes],
    )
    asset = Asset.objects.create(unit=unit, kind=takes, name=kept.name, by=by)
    AssetFile.objects.create(asset=asset, stored=kept)
    return asset


def keep_made(*, kind: str, name: str, media_type: str, content: bytes, unit: Unit) -> Asset:
    """A sound, a film or a paper that the house made itself."""
    kept = files.store_made([(name, content)], media_type=media_type, purpose=f"courseware.{kind}", by_id=None, scope_path=unit.path)  # fmt: skip
    asset = Asset.objects.create(unit=unit, kind=kind, name=name)
    AssetFile.objects.create(asset=asset, stored=kept[0])
    return asset


def slides(*, file: IO[bytes], unit: Unit, by: Account | None) -> Taken:
    """Each page of a PDF as a picture, with the words that stand on it. Nothing of the PDF itself is kept.

    Raises Refused with a sentence.
    """
    try:
        paper = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as broken:
        raise Refused(_("This is not a PDF that can be opened: save the slides as PDF and send it again.")) from broken
    try:
        if len(paper) > PAGES:
            raise Refused(
                _("The PDF has %(n)s pages; up to %(most)s are taken. Part it.") % {"n": len(paper), "most": PAGES}
            )
        assets, words = [], []
        for place, page in enumerate(paper, start=1):
            width, height = page.get_size()
            image = page.render(scale=LONG_SIDE / max(width, height, 1)).to_pil().convert("RGB")
            out = io.BytesIO()
            image.save(out, "PNG")
            assets.append(picture(name=f"{place}", file=out, unit=unit, by=by))
            words.append(" ".join(page.get_textpage().get_text_range().split())[:400])
    except pypdfium2.PdfiumError as broken:
        raise Refused(_("This is not a PDF that can be opened: save the slides as PDF and send it again.")) from broken
    finally:
        paper.close()
    return Taken(assets, words)
