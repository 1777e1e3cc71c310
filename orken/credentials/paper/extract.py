"""A person's record on paper, in both languages: her certificates and hours; for an attestation those of the last years."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from orken.credentials import hours, selectors
from orken.credentials.models import Activity, LedgerRow, PastRecord
from orken.credentials.services.preparing import hours_of
from orken.kit.i18n.dates import long_date, short_date
from orken.kit.pdf import rendering as pdf
from orken.people.models import Person

TEMPLATE = Path(__file__).parent / "record.typ"
PAIR = ("kk", "ru")


def record(person: Person, *, years: int = 0, today: date | None = None) -> bytes:
    """The record as of today; `years` leaves out what is older. Every certificate can be checked by its number."""
    now = timezone.now().replace(microsecond=0)
    return pdf.render(TEMPLATE, sheet(person, years=years, today=today or timezone.localdate()), made_at=now)


def sheet(person: Person, *, years: int, today: date) -> dict[str, Any]:
    since = _years_before(today, years) if years else None
    found = selectors.hours_of(person, since=since, until=today)
    rows = [row for row in found.rows if row.confirmed and row.activity != Activity.PAPER]
    past = [row for row in found.rows if row.confirmed and row.activity == Activity.PAPER]
    return {
        "name": {code: person.full_name(code) for code in PAIR}, "today": {code: long_date(today, code) for code in PAIR},
        "since": {code: long_date(since, code) for code in PAIR} if since else None, "rows": [_line(row) for row in rows],
        "total": hours_of(found.confirmed, hours.USUAL), "by_activity": [{**_both(activity), "hours": hours_of(minutes, hours.USUAL)} for activity, minutes in found.by_activity.items()],
        "provisional": hours_of(found.provisional, hours.USUAL) if found.provisional else "",
        "past": [_line(row) for row in past], "past_total": hours_of(found.paper, hours.USUAL),
        "past_waits": hours_of(found.paper_waits, hours.USUAL) if found.paper_waits else "",
    }  # fmt: skip


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)


def _both(activity: str) -> dict[str, str]:
    found = {}
    for code in PAIR:
        with translation.override(code):
            found[code] = str(LedgerRow(activity=activity).get_activity_display())
    return found


def _line(row: LedgerRow) -> dict[str, Any]:
    if row.certificate is not None:
        data = row.certificate.data
        title = {code: data["programme"].get(code) or data["programme"]["kk"] for code in PAIR}
        paper, who = {code: f"{data['title'][code]}, № {data['number']}" for code in PAIR}, data["issuer"]["kk"]
    elif row.past is not None:
        title = dict.fromkeys(PAIR, row.past.title)
        numbers = {
            "kk": _joined(row.past, "журналда №\u00a0{}", "құжат №\u00a0{}"), "ru": _joined(row.past, "в журнале №\u00a0{}", "документ №\u00a0{}"),
        }  # fmt: skip
        paper, who = numbers, row.past.organiser
    elif row.observed is not None:
        seen = row.observed
        title = {code: seen.title.get(code) or seen.title["kk"] for code in PAIR}
        paper, who = dict.fromkeys(PAIR, ""), seen.organiser.get("kk", "")
    else:
        assert row.outside is not None, "a row has one source"
        title = dict.fromkeys(PAIR, row.outside.title)
        paper, who = (
            dict.fromkeys(PAIR, f"№ {row.outside.paper}" if row.outside.paper else ""),
            row.outside.organiser,
        )
    return {"title": title, "paper": paper, "who": who, "on": short_date(row.on, "kk"), "hours": hours_of(row.minutes, hours.USUAL), "activity": _both(row.activity)}  # fmt: skip


def _joined(past: PastRecord, journal: str, document: str) -> str:
    """The numbers as the register and the certificate have them: none of ours."""
    return ", ".join(words.format(text) for words, text in ((journal, past.journal), (document, past.paper)) if text)
