"""What a learner does: begins, saves, adds files and photographs, hands in, begins again when it was returned."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from PIL import Image

from orken.assignments import likeness as alike
from orken.assignments import owners, policy
from orken.assignments.models import Assignment, AssignmentVersion, Marking, Part, Saving, Work
from orken.assignments.services import likeness
from orken.assignments.services.refusals import Refused
from orken.assignments.states import WORK
from orken.kit.audit import services as audit
from orken.kit.files import content
from orken.kit.files import services as files
from orken.kit.limits import services as limits
from orken.kit.media import pictures
from orken.kit.states import WayIsClosed
from orken.people.models import Account, Person
from orken.questions.services import EditedMeanwhile

State = Work.State
PURPOSE = "assignment"
LARGEST = 10 * files.MB
WIDEST = (1280,)
KEPT = 30  # saves of a draft
TAKEN = content.DOCUMENTS | {"text/plain"}


@transaction.atomic
def begin(*, assignment: Assignment, person: Person, context: str, by: Account) -> Work:
    """A draft: the one that stands, else a new try; of a work that was returned it is a copy. Raises Refused, OutOfScope."""
    owner, version = owners.of(context), assignment.published
    if owner is None or version is None or by.person_id != person.pk:
        raise policy.OutOfScope(context)
    rows = Work.objects.select_for_update(of=("self",)).filter(person=person, assignment=assignment, context=context)
    known = list(rows.exclude(state=State.VOID).select_related("version").order_by("number"))
    last = known[-1] if known else None
    if last is not None and last.is_draft:
        return last
    if last is not None and last.is_waiting:
        raise Refused("waits")
    if last is not None and last.state != State.RETURNED:
        raise Refused("over")
    seat = owner.seat(owners.key_of(context), assignment, person)
    if not seat.sits:
        raise Refused("seat")
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    due = _due(seat, version) if last is None else None
    try:
        with transaction.atomic():  # another device may begin in this very moment
            made = Work.objects.create(
                person=person, assignment=assignment, version=version, context=context, number=number, due_at=due, text=last.text if last else ""
            )  # fmt: skip
    except IntegrityError:
        return rows.get(state=State.DRAFT)
    if last is not None:
        for part in last.parts.all():
            if part.file_id and _allowed(version, part.kind):
                part.pk, part.work = None, made
                part.save(force_insert=True)
    return made


def _allowed(version: AssignmentVersion, kind: str) -> int:
    return version.photos_most if kind == Part.Kind.PHOTO else version.files_most


def _due(seat: owners.Seat, version: AssignmentVersion) -> datetime | None:
    """The end of the day so many days after the lesson opened."""
    if version.due_days is None or seat.opened is None:
        return None
    return timezone.make_aware(datetime.combine(seat.opened + timedelta(days=version.due_days), time(23, 59, 59)))


def locked(uid: UUID) -> Work:
    row = Work.objects.select_for_update(of=("self",)).select_related("version", "assignment__unit", "person").filter(uid=uid).first()  # fmt: skip
    if row is None:
        raise policy.OutOfScope(str(uid))
    return row


def _draft(work: Work, by: Account) -> Work:
    row = locked(work.uid)
    policy.require_own(by, row)
    if not row.is_draft:
        raise Refused("closed")
    return row


def clean(text: str) -> str:
    """As it was written, without signs that cannot be seen; one kind of line ends."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


@transaction.atomic
def save(*, work: Work, text: str, revision: int, by: Account) -> Work:
    """The text of the draft. Raises EditedMeanwhile when another device has written since: nothing is written over.

    Every save is kept beside until it is handed in; it is its own log, so it adds no row to the trail.
    """
    row = _draft(work, by)
    told = clean(text)
    if told == row.text:
        return row
    if row.revision != revision:
        raise EditedMeanwhile(row)
    if len(told) > row.version.text_most:
        raise Refused("long")
    row.text, row.revision, row.changed_at = told, row.revision + 1, timezone.now()
    row.save(update_fields=["text", "revision", "changed_at"])
    Saving.objects.create(work=row, revision=row.revision, text=told, at=row.changed_at, by=by)
    Saving.objects.filter(work=row, revision__lte=row.revision - KEPT).delete()
    return row


@transaction.atomic
def keep_beside(*, work: Work, text: str, by: Account) -> Work:
    """A text that was typed without a line over another than stands: it stands among the saves, the draft is untouched.

    The draft's number grows, so that a page that is open hears of it before it writes. Raises Refused, OutOfScope.
    """
    row = _draft(work, by)
    told = clean(text)[: row.version.text_most]
    if told == row.text or row.savings.filter(text=told).exists():
        return row
    row.revision += 1
    row.save(update_fields=["revision"])
    Saving.objects.create(work=row, revision=row.revision, text=told, at=timezone.now(), by=by)
    return row


@transaction.atomic
def put_back(*, work: Work, number: int, by: Account) -> Work:
    """The draft gets the text of an earlier try of the same work again, and beside its files those of that try that it lacks.

    What stood is among the saves; no file is taken out. Files beyond the number that is allowed stay with their try.
    Raises Refused, OutOfScope.
    """
    row = _draft(work, by)
    source = Work.objects.filter(
        person=row.person, assignment=row.assignment, context=row.context, number=number, handed_at__isnull=False
    ).exclude(state=State.VOID).first()  # fmt: skip
    if source is None:
        raise policy.OutOfScope(f"{row.uid} {number}")
    if row.text and not row.savings.filter(text=row.text).exists():  # the copy that it began with was never saved
        Saving.objects.create(work=row, revision=row.revision, text=row.text, by=by)
    _bring_files(row, source)
    return save(work=row, text=source.text, revision=row.revision, by=by)


def _bring_files(row: Work, source: Work) -> None:
    standing = list(row.parts.all())
    known = {(one.kind, one.file_id) for one in standing}
    counts = {kind: sum(one.kind == kind for one in standing) for kind in Part.Kind.values}
    place = max((one.position for one in standing), default=0)
    for part in source.parts.exclude(file=None):
        if (part.kind, part.file_id) in known or counts[part.kind] >= _allowed(row.version, part.kind):
            continue
        place += 1
        counts[part.kind] += 1
        part.pk, part.work, part.position = None, row, place
        part.save(force_insert=True)


@transaction.atomic
def add_parts(*, work: Work, kind: str, uploads: Sequence[UploadedFile[Any]], by: Account) -> list[Part]:
    """Files or photographs to the draft. Raises Refused, FileRefused; then none of them is kept."""
    row = _draft(work, by)
    if not limits.allow(f"assignments.parts:{by.pk}", times=60, per=timedelta(minutes=10)):
        raise Refused("often")
    standing = list(row.parts.all())
    if sum(one.kind == kind for one in standing) + len(uploads) > _allowed(row.version, kind):
        raise Refused("many_photos" if kind == Part.Kind.PHOTO else "many_files")
    place = max((one.position for one in standing), default=0)
    keep = _photo if kind == Part.Kind.PHOTO else _file
    made = [keep(row, upload, place + n, by) for n, upload in enumerate(uploads, start=1)]
    Work.objects.filter(pk=row.pk).update(changed_at=timezone.now())
    return made


def _file(row: Work, upload: UploadedFile[Any], position: int, by: Account) -> Part:
    kept = files.store(upload=upload, purpose=PURPOSE, by_id=by.pk, scope_path=row.assignment.unit.path, allowed=TAKEN, most=LARGEST)  # fmt: skip
    return Part.objects.create(work=row, position=position, kind=Part.Kind.FILE, name=kept.name, file=kept, sha256=kept.sha256)  # fmt: skip


def _photo(row: Work, upload: UploadedFile[Any], position: int, by: Account) -> Part:
    """Recoded in our size; place, time and owner, as the camera told them, are gone."""
    source = upload.file
    if source is None or (upload.size or 0) > LARGEST:
        raise files.FileRefused(_too_large())
    source.seek(0)
    sent = hashlib.sha256(source.read()).hexdigest()
    try:
        made = next(one for one in pictures.variants(source, WIDEST) if one.media_type == "image/webp")
    except pictures.PictureRefused as refused:
        raise files.FileRefused(*refused.args) from refused
    name = f"{' '.join((upload.name or '').rsplit('/', 1)[-1].rsplit('.', 1)[0].split())[:180] or 'photo'}.webp"
    kept = files.store_made([(name, made.content)], media_type="image/webp", purpose=PURPOSE, by_id=by.pk, scope_path=row.assignment.unit.path)[0]  # fmt: skip
    with Image.open(io.BytesIO(made.content)) as picture:
        look = alike.look_of(picture)
    return Part.objects.create(
        work=row, position=position, kind=Part.Kind.PHOTO, name=name, file=kept, width=made.width, height=made.height, sha256=sent, look=look
    )  # fmt: skip


def _too_large() -> str:
    from django.utils.translation import gettext as _

    return _("The photograph is larger than %(mb)s MB. Make it smaller and send it again.") % {
        "mb": LARGEST // files.MB
    }


@transaction.atomic
def drop_part(*, work: Work, part: int, by: Account) -> None:
    """Take a file out of the draft; its bytes go unless an earlier try of hers holds them."""
    row = _draft(work, by)
    found = row.parts.select_related("file").filter(pk=part).first()
    if found is None:
        raise policy.OutOfScope(str(part))
    kept = found.file
    found.delete()
    if kept is not None and not Part.objects.filter(file=kept).exists():
        files.remove(kept=kept)


@transaction.atomic
def hand_in(*, work: Work, by: Account) -> Work:
    """It is done and does not change any more. Sent twice it is once. After its day it counts and is marked as late.

    Raises Refused, OutOfScope.
    """
    row = locked(work.uid)
    policy.require_own(by, row)
    if not row.is_draft:
        return row
    if not row.text and not row.parts.exists():
        raise Refused("empty")
    owner = owners.of(row.context)
    if owner is None or not owner.seat(owners.key_of(row.context), row.assignment, row.person).sits:
        raise Refused("seat")
    try:
        WORK.check(row, "hand_in")
    except WayIsClosed as closed:
        raise Refused("closed") from closed
    now = timezone.now()
    row.state, row.handed_at, row.changed_at = State.HANDED_IN, now, now
    row.late = row.due_at is not None and now > row.due_at
    # Reviews are shared out once, on the day: what comes later or again is a trainer's.
    row.to_trainer = row.version.marking == Marking.PEERS and (row.late or row.due_at is None)
    row.prints = alike.prints(row.text)
    row.save()
    row.savings.all().delete()
    likeness.compare(row)
    audit.record("work.handed_in", row, by=by, scope_path=row.assignment.unit.path, after={"number": row.number, "late": row.late})  # fmt: skip
    return row
