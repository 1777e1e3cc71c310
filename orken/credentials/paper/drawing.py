"""A certificate's frozen data → its paper. The same data give the same bytes, now and in thirty years."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import segno

from orken.credentials.badges.making import address
from orken.credentials.models import Certificate
from orken.credentials.paper import words
from orken.kit.i18n.dates import date_range, long_date
from orken.kit.pdf import rendering as pdf

TEMPLATE = Path(__file__).parent / "certificate.typ"
AT_ONCE = 2  # papers that are set beside each other: setting leaves the interpreter alone
PAIR = ("kk", "ru")


def papers(certificates: Sequence[Certificate]) -> list[bytes]:
    """The papers of these certificates, in order."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(paper, certificates))


def paper(certificate: Certificate, copy: int = 0, copied_on: date | None = None) -> bytes:
    """One paper as PDF/A; `copy` marks it as the duplicate of that number."""
    data = certificate.data
    made_at = datetime.combine(copied_on or date.fromisoformat(data["dated_on"]), time(0), UTC)
    return pdf.render(TEMPLATE, sheet(data, copy=copy, copied_on=copied_on), made_at=made_at)


def sheet(data: dict[str, Any], *, copy: int = 0, copied_on: date | None = None) -> dict[str, Any]:
    """What the template gets: every text ready in Kazakh and Russian."""
    starts, ends, dated = (date.fromisoformat(data[key]) for key in ("starts_on", "ends_on", "dated_on"))
    link = address(data["ascii"])
    return {
        "number": data["number"], "link": link, "qr": _qr(link), "labels": words.LABELS, "lead": data["lead"],
        "title": _pair(data["title"]), "issuer": _pair(data["issuer"]), "school": _pair(data["school"]) if data["school"] else None,
        "name": {code: [data["name"][code]["surname"], " ".join(filter(None, (data["name"][code]["given"], data["name"][code]["patronymic"])))] for code in PAIR},
        "latin": " ".join(filter(None, (data["name"]["en"]["given"], data["name"]["en"]["surname"]))) if data["latin"] else "",
        "programme": _pair(data["talk"] if "talk" in data else data["programme"]),
        "meeting": _pair(data["programme"]) if "talk" in data else None, "organiser": _pair(data["organiser"]) if "talk" in data else None, "form": _pair(data["form"]), "hours": words.hours(data["hours"]),
        "days": {code: date_range(starts, ends, code) for code in PAIR}, "order": words.order(data["order"], data["ordered_on"] or ""),
        "place": {code: ", ".join(filter(None, (_pair(data["place"])[code], long_date(dated, code)))) for code in PAIR},
        "signed": [{"name": _pair(one["name"]), "post": _pair(one["post"])} for one in data["signed"]],
        "replacing": words.replacing(data["replacing"]["number"]) if "replacing" in data else None,
        "copy": {code: f"{words.LABELS['copy'][code]} № {copy}, {long_date(copied_on, code) if copied_on else ''}" for code in PAIR} if copy else None,
    }  # fmt: skip


def _qr(link: str) -> str:
    """The address as a code. The mask is given: to try all eight and choose the fairest takes as long as half a paper."""
    return segno.make_qr(link, error="m", mask=2).svg_inline(scale=4, border=0)


def _pair(texts: dict[str, str]) -> dict[str, str]:
    """Kazakh and Russian; one stands in where the other is missing."""
    kazakh, russian = texts.get("kk", ""), texts.get("ru", "")
    return {"kk": kazakh or russian, "ru": russian or kazakh}
