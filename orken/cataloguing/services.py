"""What changes in the school: rows of KAZMARC, published tasks, files under check."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.cataloguing import marking, policy, selectors
from orken.cataloguing.checking import check_file
from orken.cataloguing.models import CatalogueFile, ProfileRow, Publication
from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.kit.jobs import services as jobs
from orken.people.models import Account

MOST_FILE = 100 * 1024 * 1024
ROW_FIELDS = ("tag", "code", "name_kk", "name_ru", "name_en", "used", "mandatory", "repeatable", "values", "source")


class NotAllowed(Exception):
    """The account may not do this; the page does not exist for her."""


class RowIsThere(Exception):
    """KAZMARC has a row for this field or part already."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the row since it was opened."""


class ExpertsDisagree(Exception):
    """The experts of the task do not agree well enough for it to judge anybody."""


class PublishedAlready(Exception):
    """The task is published in this format."""


@transaction.atomic
def write_row(*, row: ProfileRow | None, values: dict[str, Any], revision: int | None, by: Account) -> ProfileRow:
    """Add or change a row of KAZMARC. Only the National Library says what KAZMARC is, and each row names its source."""
    if not policy.may_edit_profile(by):
        raise NotAllowed
    standing = ProfileRow.objects.select_for_update().filter(pk=row.pk).first() if row is not None else None
    if row is not None and (standing is None or standing.revision != revision):
        raise ChangedMeanwhile
    twin = ProfileRow.objects.filter(tag=values["tag"], code=values["code"])
    if (twin.exclude(pk=standing.pk) if standing else twin).exists():
        raise RowIsThere
    kept = standing or ProfileRow()
    before = {name: getattr(kept, name) for name in ROW_FIELDS} if standing else {}
    for name in ROW_FIELDS:
        setattr(kept, name, values[name])
    kept.revision = standing.revision + 1 if standing else 1
    kept.changed_at, kept.by = timezone.now(), by
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as clash:  # somebody wrote the same row a moment ago
        raise RowIsThere from clash
    after = {name: getattr(kept, name) for name in ROW_FIELDS}
    changed = [name for name in ROW_FIELDS if before.get(name) != after[name]]
    audit.record(
        "kazmarc.row_changed" if standing else "kazmarc.row_added", kept, by=by, scope_path=school_path(),
        before={name: before[name] for name in changed if name in before}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return kept


@transaction.atomic
def remove_row(*, row: ProfileRow, by: Account) -> None:
    """Take a row out: UNIMARC holds there again. The trail keeps what it said."""
    if not policy.may_edit_profile(by):
        raise NotAllowed
    standing = ProfileRow.objects.select_for_update().filter(pk=row.pk).first()
    if standing is None:
        return
    before = {name: getattr(standing, name) for name in ROW_FIELDS}
    audit.record("kazmarc.row_removed", standing, by=by, scope_path=school_path(), before=before)
    standing.delete()


def school_path() -> str:
    """Where the trail of the school stands."""
    from orken.network.models import Unit

    return Unit.objects.filter(code=policy.SCHOOL).values_list("path", flat=True).first() or ""


@transaction.atomic
def publish(*, book: str, format: str, by: Account) -> Publication:
    """Let a task judge people: only when each expert, graded against the others, gets at least 85."""
    if not policy.may_teach(by):
        raise NotAllowed
    found = marking.agreement_of(book, format)
    if not found.publishable:
        raise ExpertsDisagree
    try:
        with transaction.atomic():
            made = Publication.objects.create(book=book, format=format, agreement=round(found.least, 1), by=by)
    except IntegrityError as clash:
        raise PublishedAlready from clash
    audit.record(
        "task.published",
        made,
        by=by,
        scope_path=school_path(),
        after={"book": book, "format": format, "agreement": found.least},
    )
    return made


@transaction.atomic
def withdraw(*, publication: Publication, by: Account) -> Publication:
    """Take a task out of use; the row stays, since marks were given by it."""
    if not policy.may_teach(by):
        raise NotAllowed
    standing = Publication.objects.select_for_update().get(pk=publication.pk)
    if standing.withdrawn_at is None:
        standing.withdrawn_at = timezone.now()
        standing.save(update_fields=["withdrawn_at"])
        audit.record("task.withdrawn", standing, by=by, scope_path=school_path())
    return standing


@transaction.atomic
def start_check(*, upload: UploadedFile[Any], profile: str, encoding: str, by: Account) -> CatalogueFile:
    """Keep the file and check it in the background. Raises files.FileRefused.

    It is kept compressed: a catalogue shrinks to a tenth, and no browser ever runs what it holds.
    """
    if not policy.may_check_files(by):
        raise NotAllowed
    if (upload.size or 0) > MOST_FILE:
        raise files.FileRefused(_("The file is larger than 100 MB. Split the catalogue into several files."))
    if not upload.size:
        raise files.FileRefused(_("The file is empty."))
    name = (upload.name or "").replace("\\", "/").rsplit("/", 1)[-1][:190] or "catalogue"
    with tempfile.SpooledTemporaryFile(max_size=8 * files.MB) as packed:
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as archive:
            upload.seek(0)
            shutil.copyfileobj(upload, archive)
        size = packed.tell()
        packed.seek(0)
        sent: UploadedFile[Any] = UploadedFile(packed, f"{name}.gz", "application/gzip", size)
        kept = files.store(
            upload=sent,
            purpose="catalogue",
            by_id=by.pk,
            scope_path="",
            allowed={"application/gzip", "application/x-gzip"},
            most=MOST_FILE,
        )
    file = CatalogueFile.objects.create(
        id=uuid4(), by=by, name=name, file_id=kept.pk, profile=profile, encoding=encoding
    )
    work = jobs.start(
        check_file, payload={"file": str(file.pk)}, by_id=by.pk, title=_("Check of %(name)s") % {"name": name}
    )
    file.work_id = work.pk
    file.save(update_fields=["work_id"])
    audit.record("catalogue_file.sent", file, by=by, after={"name": name, "size": upload.size})
    return file


@transaction.atomic
def forget_file(*, file: CatalogueFile, by: Account) -> None:
    """Forget a file with its messages; running work is stopped first."""
    if file.by_id != by.pk:
        raise NotAllowed
    work = selectors.work_of(file)
    if work is not None and not work.over:
        jobs.cancel(work=work)
    kept = StoredFile.objects.filter(pk=file.file_id).first() if file.file_id else None
    audit.record("catalogue_file.forgotten", file, by=by, before={"name": file.name})
    file.delete()
    if kept is not None:
        files.remove(kept=kept)
