"""A file that was sent: kept, judged, applied; and the questions of a bank as a file."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import current_language
from orken.kit.jobs import services as jobs
from orken.kit.jobs.models import Work
from orken.kit.media import pictures
from orken.kit.media.pictures import PictureRefused
from orken.people.models import Account
from orken.questions import exchange, kinds, policy, services, texts
from orken.questions.exchange import Left, Made, Outcome, Question, Taken
from orken.questions.models import Bank, Intake, Picture
from orken.questions.models import Question as Kept

NONE = "00000000-0000-0000-0000-000000000000"
LONG = 60  # questions from which it goes on behind the page


@dataclass(frozen=True)
class Report:
    """What a file brings, for the page and the command."""

    imported: int
    by_type: dict[str, int]
    not_imported: list[Left]
    remarks: list[str]
    format: str
    taken: list[Taken]

    def as_json(self) -> dict[str, Any]:
        rows = [{"where": one.where, "reason": one.reason} for one in self.not_imported]
        return {"imported": self.imported, "by_type": self.by_type, "not_imported": rows, "format": self.format, "remarks": self.remarks}  # fmt: skip

    @property
    def kinds(self) -> list[tuple[str, int]]:
        return [(str(kinds.of(code).label), many) for code, many in self.by_type.items()]


def told(outcome: Outcome) -> Report:
    by_type = Counter(one.kind for one in outcome.taken)
    return Report(len(outcome.taken), dict(sorted(by_type.items())), outcome.left, outcome.remarks, outcome.format, outcome.taken)  # fmt: skip


@transaction.atomic
def keep(*, bank: Bank, upload: UploadedFile[Any], format: str, language: str, by: Account) -> UUID:
    """Read a file and keep it until she says what to do. Raises exchange.Unreadable, OutOfScope."""
    policy.require_edit(by, bank.unit)
    if (upload.size or 0) > exchange.LARGEST:
        raise exchange.Unreadable(_("The file is larger than 20 MB. Divide it into several."))
    content = upload.read()
    name = upload.name or "questions"
    try:
        found = exchange.read(content, name=name, format=format, language=language)
    except exchange.NotBuilt as problem:
        raise exchange.Unreadable(str(problem)) from problem
    stored = files.store_made([(name, content)], media_type="application/octet-stream", purpose="question_intake", by_id=by.pk, scope_path=bank.unit.path)  # fmt: skip
    return Intake.objects.create(bank=bank, file=stored[0], format=found.format, language=language, by=by).pk


def kept(pk: UUID, bank: Bank) -> Intake | None:
    return Intake.objects.filter(pk=pk, bank=bank, applied_at=None).select_related("file", "bank__unit").first()


def was_applied(pk: UUID, bank: Bank) -> bool:
    """Whether this file was taken in already: its page leads to what came."""
    return Intake.objects.filter(pk=pk, bank=bank).exclude(applied_at=None).exists()


def report(intake: Intake) -> Report:
    return told(judged(outcome_of(intake)))


def judged(outcome: Outcome) -> Outcome:
    """What can be said before anything is written: pictures that cannot be opened, or that the file does not bring."""
    good = []
    for one in outcome.taken:
        try:
            for content in one.pictures.values():
                pictures.variants(io.BytesIO(content), (8,))
            _check_pictures(one, _named(one.payload, dict.fromkeys(one.pictures, NONE)))
        except (PictureRefused, UnknownPicture) as refused:
            outcome.left.append(Left(one.where, str(refused)))
        else:
            good.append(one)
    outcome.taken = good
    return outcome


def outcome_of(intake: Intake) -> Outcome:
    with files.read(intake.file) as content:
        return exchange.read(content.read(), format=intake.format, language=intake.language)


def apply(*, kept: Intake, bank: Bank, by: Account) -> Work | Report:
    """Write the questions down: at once where they are few, else behind the page."""
    found = report(kept)
    if found.imported > LONG:
        from orken.questions.background import take_in

        return jobs.start(take_in, payload={"intake": str(kept.pk), "by": by.pk}, by_id=by.pk, scope_path=bank.unit.path, title=f"{bank.code}: {kept.file.name}"[:300], total=found.imported, once=f"questions.intake:{kept.pk}")  # fmt: skip
    return write(outcome=outcome_of(kept), bank=bank, by=by, intake=kept)


@transaction.atomic
def write(*, outcome: Outcome, bank: Bank, by: Account | None, intake: Intake | None = None, step: Any = None) -> Report:  # fmt: skip
    """Write what a file holds into the bank as drafts, all or nothing. `step` is told how many are done."""
    if by is not None:
        policy.require_edit(by, bank.unit)
    if intake is not None:
        row = Intake.objects.select_for_update().get(pk=intake.pk)
        if row.applied_at is not None:  # pressed twice: it stands already
            return told(Outcome(outcome.format))
        row.applied_at = timezone.now()
        row.save(update_fields=["applied_at"])
    done: list[Taken] = []
    for place, one in enumerate(outcome.taken, start=1):
        try:
            with transaction.atomic():
                _write(one, bank, by)
        except (PictureRefused, UnknownPicture) as refused:
            outcome.left.append(Left(one.where, str(refused)))
        else:
            done.append(one)
        if step is not None:
            step(place)
    outcome.taken = done
    found = told(outcome)
    audit.record("bank.imported", bank, by=by, scope_path=bank.unit.path, after={"imported": found.imported, "not_imported": len(found.not_imported)})  # fmt: skip
    return found


class UnknownPicture(Exception):
    """The text names a picture that the file does not bring."""


def _write(one: Taken, bank: Bank, by: Account | None) -> Kept:
    names: dict[str, str] = {}
    for name, content in one.pictures.items():
        if f"{texts.PICTURE}{name}" in _all_text(one.payload):
            names[name] = str(services.add_picture(bank=bank, file=io.BytesIO(content), by=by).uid)
    payload = _named(one.payload, names)
    _check_pictures(one, payload)
    return services.create_question(bank=bank, kind=one.kind, payload=payload, by=by, tags=one.tags, category=one.category)  # fmt: skip


def _check_pictures(one: Taken, payload: dict[str, Any]) -> None:
    """Every picture that a text names came with it."""
    for part in _all_text(payload).split(f'"{texts.PICTURE}')[1:]:
        if not texts.pictures_in(f"{texts.PICTURE}{part}"):
            raise UnknownPicture(_("The picture “%(name)s” is not in the file.") % {"name": part.split('"')[0][:80]})


def _all_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return " ".join(_all_text(one) for one in parts)


def _named(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        for name, uid in names.items():
            value = value.replace(f"{texts.PICTURE}{name}", f"{texts.PICTURE}{uid}")
        return value
    if isinstance(value, dict):
        return {key: _named(one, names) for key, one in value.items()}
    return [_named(one, names) for one in value] if isinstance(value, list) else value


def export(*, bank: Bank, format: str, language: str | None = None) -> Made:
    """The published questions of a bank as a file."""
    rows = bank.questions.exclude(published=None).select_related("published", "category").prefetch_related("tags").order_by("pk")  # fmt: skip
    leaving = [
        Question(str(row.uid), row.kind, row.published.payload, row.category.name if row.category else "", tuple(one.name for one in row.tags.all()))
        for row in rows if row.published is not None
    ]  # fmt: skip
    stored: dict[str, StoredFile] = {str(one.uid): one.file for one in Picture.objects.filter(bank=bank).select_related("file")}  # fmt: skip

    def picture(uid: str) -> bytes | None:
        if uid not in stored:
            return None
        with files.read(stored[uid]) as content:
            return content.read()

    return exchange.write(leaving, format=format, language=language or current_language(), pictures=picture)
