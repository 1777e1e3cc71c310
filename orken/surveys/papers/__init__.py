"""Slips of a survey as PDF, and what the page of the device by the door shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.safestring import mark_safe

from orken.kit.i18n.content import text_of
from orken.kit.i18n.dates import short_date
from orken.kit.pdf import rendering as pdf
from orken.people.accounts import codes
from orken.surveys.models import Survey

SLIPS = Path(__file__).parent / "slips.typ"


def data_of(survey: Survey, fresh: Sequence[str], address: str) -> dict[str, Any]:
    """What the template gets. The code stands behind «#», which no server ever sees."""
    return {
        "about": {language: text_of(survey, "about", language).value for language in ("kk", "ru")},
        "until": {language: short_date(survey.closes_on, language) for language in ("kk", "ru")},
        "address": address.split("//", 1)[1],
        "slips": [{"code": codes.grouped(code), "qr": pdf.qr(f"{address}#{code}")} for code in fresh],
    }


def slips(survey: Survey, fresh: Sequence[str], address: str) -> bytes:
    """PDF/A, eight slips on a sheet of A4."""
    return pdf.render(SLIPS, data_of(survey, fresh, address), made_at=timezone.now().replace(microsecond=0))


def kiosk(code: str, address: str) -> dict[str, str]:
    """The code grouped, the address to type and its mark."""
    drawn = pdf.qr(f"{address}#{code}")
    return {"code": codes.grouped(code), "address": address, "qr": mark_safe(drawn)}
