"""The sheet of a commission on paper: drawn from its frozen lines, so the same sheet gives the same paper for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orken.kit.i18n.dates import date_range, long_date
from orken.kit.pdf import rendering as pdf
from orken.training.models import Component, Outcome, Result, ResultSheet
from orken.training.results import components, selectors
from orken.training.results.rule import Rule

TEMPLATE = Path(__file__).parent / "papers" / "sheet.typ"
LANGUAGES = ("kk", "ru")
# Always on the paper, in this order: a column without a mark is a place to see that there was none.
COLUMNS = (Component.ATTENDANCE, *selectors.ENTERED, Component.QUESTIONNAIRE)
NOTHING = "—"


def drawn(sheet: ResultSheet, address: str) -> bytes:
    """The sheet as PDF."""
    return pdf.render(TEMPLATE, data_of(sheet, address), made_at=sheet.confirmed_at.replace(microsecond=0))


def data_of(sheet: ResultSheet, address: str) -> dict[str, Any]:
    run, rule = sheet.run, Rule(**sheet.rule)
    texts = {code: _in(code, sheet, rule) for code in LANGUAGES}
    rows = sheet.results.order_by("enrolment__person__sort_kk", "pk")
    return {
        "number": str(sheet), "reason": sheet.reason, "address": address, "qr": pdf.qr(address),
        **{key: {code: texts[code][key] for code in LANGUAGES} for key in ("day", "days", "rule")},
        "run": {code: getattr(run, f"title_{code}") or run.title_kk or run.title_ru for code in LANGUAGES},
        "issuer": {"kk": run.host.name_kk, "ru": run.host.name_ru},
        "columns": [{code: texts[code]["columns"][place] for code in LANGUAGES} for place in range(len(COLUMNS))],
        "rows": [_row(row, texts) for row in rows],
        "commission": [
            {"name": one.name_kk, "post": {code: getattr(one, f"post_{code}") for code in LANGUAGES}, "role": {code: texts[code]["chair" if one.chair else "member"] for code in LANGUAGES}}
            for one in sheet.members.all()
        ],
    }  # fmt: skip


def _in(language: str, sheet: ResultSheet, rule: Rule) -> dict[str, Any]:
    with translation.override(language):
        return {
            "day": long_date(sheet.on),
            "days": date_range(sheet.run.starts_on, sheet.run.ends_on, language),
            "rule": "; ".join(str(one) for one in rule.demands),
            # Minutes are told in percent on paper.
            "columns": [
                pgettext("component of a result", "attendance, percent"),
                *(str(components.label(name)) for name in COLUMNS[1:]),
            ],
            "chair": _("Chair"),
            "member": pgettext("of a commission", "Member"),
            "yes": _("yes"),
            "no": _("no"),
            **{name: str(Outcome(name).label) for name in Outcome.values},
        }


def _row(row: Result, texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    def both(field: str) -> dict[str, str]:
        return {code: getattr(row, f"{field}_{code}") for code in LANGUAGES}

    return {
        "name": both("name"), "unit": both("unit"), "post": both("post"), "values": [_value(row, name, texts) for name in COLUMNS],
        "outcome": {code: texts[code][row.outcome] for code in LANGUAGES},
    }  # fmt: skip


def _value(row: Result, name: str, texts: dict[str, dict[str, Any]]) -> str:
    """Minutes in whole percent, cut as everywhere; points as they are; answered or not."""
    value, of = row.facts.get(name, (None, None))
    if value is None:
        return NOTHING
    if name == Component.QUESTIONNAIRE:
        word = "yes" if value else "no"
        return f"{texts['kk'][word]} / {texts['ru'][word]}"
    if name == Component.ATTENDANCE:
        return f"{value * 100 // of} %" if of else NOTHING
    return str(value) if of == 100 else f"{value} / {of}"


def name_of_file(sheet: ResultSheet) -> str:
    return f"{sheet.run.code}-{sheet.number}-{timezone.localdate(sheet.confirmed_at):%Y%m%d}.pdf"
