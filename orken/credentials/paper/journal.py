"""Lists of certificates that are signed and filed: the hand-over list of a batch, the register of a series of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone, translation

from orken.credentials import names, speaking
from orken.credentials.models import Batch, Certificate, HandOver, Prefix
from orken.credentials.selectors import PART
from orken.kit.i18n.dates import long_date
from orken.kit.pdf import rendering as pdf
from orken.records import wording
from orken.records.kinds import Head, Lines
from orken.records.models import Number, Series
from orken.records.register_paper import TEMPLATE

PAIR = ("kk", "ru")
NUMBER, NAME = Head("Нөмірі", "Номер", 46), Head("Аты-жөні", "Фамилия, имя, отчество", share=3)
LIST = [
    Head("№", "№", 10, "right"), NUMBER, NAME, Head("Кітапхана", "Библиотека", share=3), Head("Қалай, қашан берілді", "Как, когда выдан", 40),
    Head("Қолы", "Подпись", 34),
]  # fmt: skip
REGISTER = [
    Head("№", "№", 12, "right"), NUMBER, Head("Күні", "Дата", 22), NAME, Head("Бағдарлама, көлемі; баяндама", "Программа, объём; доклад", share=4),
    Head("Күйі, берілуі", "Состояние, выдача", share=3),
]  # fmt: skip
SIGNED = {"kk": "қолы қойылған", "ru": "расписались"}


def list_of(batch: Batch) -> bytes:
    """The hand-over list: a line for each document that was issued, with the place for a signature."""
    rows = list(Certificate.objects.filter(batch=batch, state__in=Certificate.PUBLIC).order_by("sort_kk", "pk"))
    handed = _handed(rows)
    lines = [_line(place, one, handed.get(one.pk)) for place, one in enumerate(rows, start=1)]
    title = {"kk": "Құжаттарды беру тізімі", "ru": "Ведомость выдачи документов"}
    of = {"kk": batch.title_kk, "ru": batch.title_ru or batch.title_kk}
    return _drawn(batch.prefix, title, of, date.fromisoformat(batch.common["dated_on"]).year, Lines(LIST, lines))


def register_of(series: Series, prefix: Prefix, part: int) -> bytes:
    """The register of a prefix and year: every number in its order, spoiled ones with their reason."""
    first = (part - 1) * PART
    taken = list(Number.objects.filter(series=series, sequence__gt=first, sequence__lte=first + PART).order_by("sequence"))  # fmt: skip
    rows = {one.taken_id: one for one in Certificate.objects.filter(taken__in=[number.pk for number in taken])}
    handed = _handed(rows.values())
    lines = [_entry(number, rows.get(number.pk), handed) for number in taken]
    title = {"kk": "Тіркеу және беру журналы", "ru": "Журнал регистрации и выдачи"}
    of = {"kk": f"{prefix.kk}: құжаттар", "ru": f"{prefix.kk}: документы"}
    return _drawn(prefix, title, of, series.year, Lines(REGISTER, lines))


def _drawn(prefix: Prefix, title: Mapping[str, str], of: Mapping[str, str], year: int, lines: Lines) -> bytes:
    head, today = wording.letterhead(prefix.issuer).words, timezone.localdate()
    said = {
        "issuer": {code: head[f"heading_{code}"] for code in PAIR}, "details": {code: head[f"details_{code}"] for code in PAIR},
        "title": title, "series": of, "year": str(year), "on": {code: long_date(today, code) for code in PAIR}, "lines": lines.block(),
    }  # fmt: skip
    return pdf.render(TEMPLATE, said, made_at=timezone.now().replace(microsecond=0))


def _handed(rows: Iterable[Certificate]) -> dict[int, HandOver]:
    found = HandOver.objects.filter(certificate__in=[one.pk for one in rows], copy=None, superseded_at=None)
    return {line.certificate_id: line for line in found}


def _line(place: int, one: Certificate, handed: HandOver | None) -> list[Any]:
    state = {} if one.state == Certificate.State.ISSUED else _both(Certificate.State(one.state).label)
    return [str(place), one.number_kk, _name(one), _pair(one.data["unit"]), state or _way(handed) or "", _sign(handed)]


def _entry(number: Number, one: Certificate | None, handed: Mapping[int, HandOver]) -> list[Any]:
    if one is None:
        return [str(number.sequence), "", "", "", "", number.reason]
    state = _both(Certificate.State(one.state).label)
    if one.reason:
        state = {code: f"{state[code]}: {one.reason}" for code in PAIR}
    way = _way(handed.get(one.pk))
    if way is not None:
        state = {code: f"{state[code]}; {way[code]}" for code in PAIR}
    programme = _pair(one.data["programme"])
    if speaking.is_one(one):
        talk = _pair(one.data["talk"])
        what = {"kk": f"баяндама «{talk['kk']}»; {programme['kk']}", "ru": f"доклад «{talk['ru']}»; {programme['ru']}"}
    else:
        what = {
            "kk": f"{programme['kk']}, {one.academic_hours}\u00a0сағ.",
            "ru": f"{programme['ru']}, {one.academic_hours}\u00a0ч.",
        }
    return [str(number.sequence), one.number_kk, f"{one.dated_on:%d.%m.%Y}", _name(one), what, state]


def _name(one: Certificate) -> dict[str, str]:
    return {code: names.full(one.data["name"][code]) for code in PAIR}


def _pair(texts: Mapping[str, str]) -> dict[str, str]:
    return {"kk": texts.get("kk") or texts.get("ru", ""), "ru": texts.get("ru") or texts.get("kk", "")}


def _both(text: Any) -> dict[str, str]:
    found = {}
    for code in PAIR:
        with translation.override(code):
            found[code] = str(text)
    return found


def _way(line: HandOver | None) -> dict[str, str] | None:
    if line is None:
        return None
    said = _both(HandOver.Way(line.way).label)
    return {code: f"{said[code]}, {line.on:%d.%m.%Y}" for code in PAIR}


def _sign(line: HandOver | None) -> dict[str, str] | str:
    """Nothing is written where somebody has still to sign."""
    return SIGNED if line is not None and line.signed else ""
