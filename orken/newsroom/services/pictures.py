"""Pictures: recoded without what the camera told, in two sizes, with what is seen on them in words."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from orken.kit.files import content
from orken.kit.files import services as files
from orken.kit.media import pictures
from orken.newsroom import policy
from orken.newsroom.models import News, Picture
from orken.newsroom.services.common import kept, locked
from orken.newsroom.services.refusals import TooManyPictures
from orken.people.models import Account

LARGEST = 15 * files.MB
MOST = 12
WIDTHS = (640, 1600)
WORDS = ("alt_kk", "alt_ru", "alt_en", "caption_kk", "caption_ru", "caption_en")


@transaction.atomic
def add_picture(
    *, news: News, upload: UploadedFile[Any] | io.BytesIO, words: Mapping[str, str], by: Account | None
) -> Picture:
    """At the end of the row. Raises FileRefused, TooManyPictures, OutOfScope."""
    row = locked(news)
    if by is not None and not policy.may_write(by, row):
        policy.require_publishing(by, row.unit)
    place = row.pictures.count() + 1
    if place > MOST:
        raise TooManyPictures
    source: Any = upload.file if isinstance(upload, UploadedFile) else upload
    if isinstance(upload, UploadedFile):
        if (upload.size or 0) > LARGEST:
            raise files.FileRefused(
                _("The picture is larger than %(mb)s MB. Make it smaller and send it again.")
                % {"mb": LARGEST // files.MB}
            )
        if content.media_type(source) not in content.PICTURES:
            raise files.FileRefused(_("Send a JPEG, PNG, WebP or TIFF picture."))
    try:
        made = [one for one in pictures.variants(source, WIDTHS) if one.media_type == "image/jpeg"]
    except pictures.PictureRefused as refused:
        raise files.FileRefused(*refused.args) from refused
    small, large = made[0], made[-1]
    held = files.store_made(
        [(f"news-{row.pk}-{place}-{one.width}.jpg", one.content) for one in (small, large)],
        media_type="image/jpeg", purpose="newsroom.picture", by_id=by.pk if by else None, scope_path=row.unit.path,
    )  # fmt: skip
    last = row.pictures.order_by("-place").values_list("place", flat=True).first() or 0
    made_row = Picture.objects.create(
        news=row, place=last + 1, small=held[0], large=held[1], width=large.width, height=large.height,
        **{name: words.get(name, "").strip()[:300] for name in WORDS},
    )  # fmt: skip
    kept(row, [], "news.picture_added", by, after={"alt": made_row.alt_kk})
    return made_row


@transaction.atomic
def describe_picture(*, picture: Picture, words: Mapping[str, str], by: Account) -> None:
    row = locked(picture.news)
    if not policy.may_write(by, row):
        policy.require_publishing(by, row.unit)
    before = {name: getattr(picture, name) for name in WORDS if name in words and getattr(picture, name) != words[name]}
    for name in before:
        setattr(picture, name, words[name].strip()[:300])
    picture.save(update_fields=list(WORDS))
    kept(row, [], "news.picture_described", by, before=before, after={name: getattr(picture, name) for name in before})


@transaction.atomic
def remove_picture(*, picture: Picture, by: Account) -> None:
    row = locked(picture.news)
    if not policy.may_write(by, row):
        policy.require_publishing(by, row.unit)
    held = (picture.large, picture.small)
    alt = picture.alt_kk
    picture.delete()
    for file in {one.pk: one for one in held}.values():
        files.remove(kept=file)
    kept(row, [], "news.picture_removed", by, before={"alt": alt})
