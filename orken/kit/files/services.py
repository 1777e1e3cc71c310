"""Taking files in and handing them out.

kept = files.store(upload=request.FILES["scan"], purpose="referral", by_id=…, scope_path=…, allowed=DOCUMENTS, most=10 * MB)
files.address(kept)        # where the browser gets it, for ten minutes
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import IO, Any

from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from orken.kit.files.content import in_words, media_type
from orken.kit.files.models import StoredFile

MB = 1024 * 1024
SALT = "orken.files"
HANDED_FOR = 600  # seconds that an address is good for
NEVER = frozenset({"text/html", "image/svg+xml", "text/xml"})  # what a browser would run


class FileRefused(Exception):
    """The file was not taken; the text is a sentence for the person who sent it."""


@transaction.atomic
def store(
    *, upload: UploadedFile[Any], purpose: str, by_id: int | None, scope_path: str, allowed: Collection[str], most: int
) -> StoredFile:
    """Judge the content and keep it. Raises FileRefused; then nothing is kept."""
    size = upload.size or 0
    if size == 0:
        raise FileRefused(_("The file is empty."))
    if size > most:
        raise FileRefused(
            _("The file is larger than %(mb)s MB. Make it smaller and send it again.") % {"mb": most // MB}
        )
    source = upload.file
    assert source is not None, "Django hands over an open file"
    kind = media_type(source)
    if kind not in allowed or kind in NEVER:
        raise FileRefused(_wrong_kind(allowed))
    digest = hashlib.sha256()
    source.seek(0)
    while chunk := source.read(1024 * 1024):
        digest.update(chunk)
    source.seek(0)
    sha256 = digest.hexdigest()
    path = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    if not default_storage.exists(path):
        path = default_storage.save(path, File(source))
    return StoredFile.objects.create(
        name=" ".join((upload.name or "").replace("\\", "/").rsplit("/", 1)[-1].split())[:200] or sha256[:12],
        media_type=kind, size=size, sha256=sha256, stored_as=path, purpose=purpose, by_id=by_id, scope_path=scope_path,
    )  # fmt: skip


def _wrong_kind(allowed: Collection[str]) -> str:
    """What is taken is said, not what was sent: its media type is a word for nobody."""
    kinds = in_words(set(allowed) - NEVER)
    if not kinds:
        return str(_("A file of this kind is not taken here. Send another."))
    return str(_("A file of this kind is not taken here, whatever its name ends in. What is taken: %(kinds)s.")) % {"kinds": kinds}  # fmt: skip


@transaction.atomic
def store_made(
    made: Sequence[tuple[str, bytes]], *, media_type: str, purpose: str, by_id: int | None, scope_path: str
) -> list[StoredFile]:
    """Keep files that the house made itself (name and bytes of each), in order; one query for any number of them."""
    rows = []
    for name, content in made:
        sha256 = hashlib.sha256(content).hexdigest()
        path = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
        if not default_storage.exists(path):
            path = default_storage.save(path, ContentFile(content))
        rows.append(
            StoredFile(
                name=name[:200], media_type=media_type, size=len(content), sha256=sha256, stored_as=path, purpose=purpose,
                by_id=by_id, scope_path=scope_path,
            )
        )  # fmt: skip
    return StoredFile.objects.bulk_create(rows, batch_size=500)


def read(kept: StoredFile) -> IO[bytes]:
    """The bytes, open for reading."""
    return default_storage.open(kept.stored_as, "rb")


def address(kept: StoredFile) -> str:
    """Where the browser gets the file, for ten minutes: the store itself, or our own page over a folder.

    Whoever hands out the address has asked first whether the reader may have it.
    """
    if settings.ENVIRONMENT.files_url.startswith("s3"):
        return str(
            default_storage.url(  # type: ignore[call-arg]  # the S3 storage takes parameters and a lifetime
                kept.stored_as,
                parameters={
                    "ResponseContentDisposition": f'attachment; filename="{kept.sha256[:12]}"',
                    "ResponseContentType": kept.media_type,
                },
                expire=HANDED_FOR,
            )
        )
    return reverse("files:download", args=[signing.dumps(str(kept.pk), salt=SALT)])


def kept_by(word: str) -> StoredFile | None:
    """The file of a signed address; None when it is false, old or gone."""
    try:
        pk = signing.loads(word, salt=SALT, max_age=HANDED_FOR)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(pk=pk).first()


def rename(*, kept: StoredFile, name: str) -> None:
    """Call the file otherwise: what somebody called it may tell who she is."""
    kept.name = name[:200]
    kept.save(update_fields=["name"])


@transaction.atomic
def remove(*, kept: StoredFile) -> None:
    """Forget the file; its bytes go when no other row holds them."""
    path = kept.stored_as
    kept.delete()
    if not StoredFile.objects.filter(stored_as=path).exists():
        transaction.on_commit(lambda: default_storage.delete(path))
