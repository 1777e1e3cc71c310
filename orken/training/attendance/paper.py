"""Sheets on paper: printed with a number, signed, keyed in by row, their photograph kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation

from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.i18n.dates import long_date
from orken.kit.pdf import rendering as pdf
from orken.people.models import Account
from orken.training.attendance import policy, selectors
from orken.training.models import PaperSheet, Run, Session
from orken.training.services import seats

TEMPLATE = Path(__file__).parent / "papers" / "sheet.typ"
PHOTOGRAPHS = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})
LARGEST = 15 * files.MB


@transaction.atomic
def print_sheet(*, run: Run, session: Session, blank: int, by: Account) -> PaperSheet:
    """Give the next number of the run and freeze the rows as they are printed. Raises OutOfScope."""
    run = seats.locked(run)
    policy.require_keeping(by, run)
    last = PaperSheet.objects.filter(run=run).aggregate(last=Max("number"))["last"] or 0
    rows = [row.who for row in selectors.grid(run, session=session).rows if not row.gone]
    sheet = PaperSheet.objects.create(run=run, session=session, number=last + 1, rows=rows, blank=blank, by=by)
    audit.record("attendance.sheet_printed", sheet, by=by, scope_path=run.host.path, after={"number": sheet.number, "session": session.pk})  # fmt: skip
    return sheet


@transaction.atomic
def keep_photograph(*, sheet: PaperSheet, upload: UploadedFile[Any], by: Account) -> PaperSheet:
    """Keep the photograph of the signed sheet; a better one takes its place, the first is kept in the store.

    Raises files.FileRefused, OutOfScope.
    """
    run = seats.locked(sheet.run)
    policy.require_keeping(by, run)
    sheet = PaperSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    kept = files.store(
        upload=upload, purpose="attendance.sheet", by_id=by.pk, scope_path=run.host.path, allowed=PHOTOGRAPHS, most=LARGEST
    )  # fmt: skip
    before = {"sha256": sheet.photograph.sha256} if sheet.photograph else {}
    sheet.photograph = kept
    sheet.save(update_fields=["photograph"])
    audit.record("attendance.photograph_kept", sheet, by=by, scope_path=run.host.path, before=before, after={"sha256": kept.sha256})  # fmt: skip
    return sheet


def drawn(sheet: PaperSheet, address: str) -> bytes:
    """The sheet as PDF; the same sheet gives the same rows for ever."""
    return pdf.render(TEMPLATE, data_of(sheet, address), made_at=sheet.printed_at.replace(microsecond=0))


def data_of(sheet: PaperSheet, address: str) -> dict[str, Any]:
    session, run = sheet.session, sheet.run
    people = {row.who: row for row in selectors.grid(run, session=session, everybody=True).rows}
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    with translation.override("kk"):
        when = f"{long_date(begins.date())}, {begins:%H:%M}–{ends:%H:%M}"
    rows = [
        {"name": people[who].name, "library": people[who].library} if who in people else {"name": "", "library": ""}
        for who in sheet.rows
    ]
    return {
        "number": str(sheet), "when": when, "address": address, "qr": pdf.qr(address),
        "run": {"kk": run.title_kk or run.title_ru, "ru": run.title_ru or run.title_kk},
        "session": {"kk": session.title_kk or session.title_ru, "ru": session.title_ru or session.title_kk},
        "issuer": {"kk": run.host.name_kk, "ru": run.host.name_ru},
        "rows": rows + [{"name": "", "library": ""}] * sheet.blank,
    }  # fmt: skip
