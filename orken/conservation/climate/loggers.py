"""Files of data loggers in the shapes that they come in: csv of any separator, decimal comma, xlsx, with or without a preamble.

read = loggers.read(file)         # raises LogRefused with a sentence
read.points, read.skipped         # readings in order of time; rows that could not be read, with why
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any

from orken.conservation.climate.alarms import Point
from orken.conservation.vocabulary import Refused, Words
from orken.kit.sheets import reading as sheets

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 60_000
HEADER_WITHIN = 40  # rows of a preamble at most
W = Words

TIME = re.compile(r"^(date|time|datetime|timestamp|дата|время|күні|уақыт|күн)|date.?time|дата.?время", re.IGNORECASE)
ONLY_TIME = re.compile(r"^(time|время|уақыты?)\b(?!.*(date|дата))", re.IGNORECASE)
TEMPERATURE = re.compile(r"temp|темпер|celsius|°\s*c|℃|°\s*f|fahrenheit|\bt[,\s(]|^t$", re.IGNORECASE)
HUMIDITY = re.compile(r"humid|влажн|ылғал|\brh\b|%\s*rh|rh\s*%|отн", re.IGNORECASE)
DEW = re.compile(r"dew|росы|шық", re.IGNORECASE)
FAHRENHEIT = re.compile(r"°\s*f|fahrenheit|\(f\)|℉", re.IGNORECASE)
FORMATS = (
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
    "%d.%m.%y %H:%M:%S", "%d.%m.%y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p",
    "%m/%d/%y %I:%M:%S %p", "%m/%d/%y %I:%M %p", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M",
)  # fmt: skip

NO_HEADER = W(
    "Файлда уақыт, температура және ылғалдылық бағандары табылмады.",
    "В файле не найдены столбцы времени, температуры и влажности.",
    "No columns of time, temperature and humidity were found in the file.",
)
NO_ROWS = W(
    "Файлда бірде-бір өлшем оқылмады.",
    "В файле не прочитано ни одного показания.",
    "Not one reading of the file could be read.",
)
TOO_LARGE = W("Файл 10 МБ-тан үлкен.", "Файл больше 10 МБ.", "The file is larger than 10 MB.")
TOO_MANY = W(
    "Файлда 60 000-нан көп жол бар. Бөліп жіберіңіз.",
    "В файле больше 60 000 строк. Пришлите частями.",
    "The file has more than 60,000 rows. Send it in parts.",
)
BAD_TIME = W("уақыты оқылмады: «%(value)s»", "время не прочитано: «%(value)s»", "the time cannot be read: «%(value)s»")
BAD_NUMBER = W("сан оқылмады: «%(value)s»", "число не прочитано: «%(value)s»", "the number cannot be read: «%(value)s»")
BAD_HUMIDITY = W(
    "ылғалдылық 0–100 %% аралығында емес: %(value)s",
    "влажность вне 0–100 %%: %(value)s",
    "humidity is outside 0–100 %%: %(value)s",
)
BAD_TEMPERATURE = W(
    "температура −40…80 °C аралығында емес: %(value)s",
    "температура вне −40…80 °C: %(value)s",
    "temperature is outside −40…80 °C: %(value)s",
)
IN_FUTURE = W("уақыты болашақта", "время в будущем", "the time lies in the future")
TWICE = W("бұл сәт екінші рет келеді", "этот момент встречается второй раз", "this moment comes a second time")  # fmt: skip


class LogRefused(Refused):
    """The file cannot be read as readings; `words` is a sentence."""


@dataclass(frozen=True)
class Skipped:
    """A row that was left out."""

    row: int
    why: Words


@dataclass
class Log:
    """What a file said."""

    points: list[Point] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    fahrenheit: bool = False


@dataclass(frozen=True)
class _Columns:
    when: int
    clock: int | None
    temperature: int
    humidity: int
    fahrenheit: bool


def read(file: IO[bytes], now: datetime | None = None) -> Log:
    """The readings of a file. `now` (local time) refuses what lies in the future."""
    rows = _rows(file)
    head, columns = _header(rows)
    log = Log(fahrenheit=columns.fahrenheit)
    month_first = _month_first(rows[head + 1 :], columns)
    seen: set[datetime] = set()
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        if not any(str(cell).strip() for cell in row):
            continue
        found = _point(row, columns, month_first)
        if isinstance(found, Words):
            log.skipped.append(Skipped(number, found))
        elif now is not None and found.at > now:
            log.skipped.append(Skipped(number, IN_FUTURE))
        elif found.at in seen:
            log.skipped.append(Skipped(number, TWICE))
        else:
            seen.add(found.at)
            log.points.append(found)
    if not log.points:
        raise LogRefused(NO_ROWS)
    log.points.sort(key=lambda point: point.at)
    return log


def _rows(file: IO[bytes]) -> list[list[Any]]:
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise LogRefused(TOO_LARGE)
    if content.startswith(b"PK\x03\x04"):
        try:
            return [list(row) for sheet in sheets.read(io.BytesIO(content)).sheets[:1] for row in sheet.rows]
        except sheets.SheetRefused as refused:
            text = str(refused.args[0])
            raise LogRefused(Words(text, text, text)) from refused
    text = _decoded(content)
    lines = text.splitlines()
    if len(lines) > MOST_ROWS:
        raise LogRefused(TOO_MANY)
    separator = _separator(lines)
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error as broken:
        raise LogRefused(NO_HEADER) from broken


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _separator(lines: Sequence[str]) -> str:
    """The sign that parts the header; a comma is only one where no other does, since it may be a decimal sign."""
    for line in lines[:HEADER_WITHIN]:
        if HUMIDITY.search(line) and TEMPERATURE.search(line):
            return max(("\t", ";", ","), key=lambda sign: (line.count(sign) > 1, line.count(sign), sign != ","))
    sample = "\n".join(lines[:HEADER_WITHIN])
    return max((";", "\t", ","), key=sample.count)


def _header(rows: Sequence[Sequence[Any]]) -> tuple[int, _Columns]:
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        texts = [str(cell).strip() for cell in row]
        temperature = _first(texts, TEMPERATURE, DEW)
        humidity = _first(texts, HUMIDITY, DEW)
        times = [
            place for place, text in enumerate(texts) if TIME.search(text) and place not in (temperature, humidity)
        ]
        if temperature is None or humidity is None or not times:
            continue
        clock = None
        when = times[0]
        if len(times) > 1 and ONLY_TIME.search(texts[times[1]]):
            clock = times[1]
        return number, _Columns(when, clock, temperature, humidity, bool(FAHRENHEIT.search(texts[temperature])))
    raise LogRefused(NO_HEADER)


def _first(texts: Sequence[str], wanted: re.Pattern[str], unwanted: re.Pattern[str]) -> int | None:
    return next((place for place, text in enumerate(texts) if wanted.search(text) and not unwanted.search(text)), None)


def _month_first(rows: Sequence[Sequence[Any]], columns: _Columns) -> bool:
    """Whether «03/25/2026» stands somewhere: with a slash only a number over twelve tells which comes first."""
    for row in rows:
        text = str(row[columns.when]).strip() if len(row) > columns.when else ""
        found = re.match(r"(\d{1,2})/(\d{1,2})/\d{2,4}", text)
        if found and int(found[2]) > 12:
            return True
        if found and int(found[1]) > 12:
            return False
    return False


def _point(row: Sequence[Any], columns: _Columns, month_first: bool) -> Point | Words:
    cells = [row[place] if len(row) > place else "" for place in (columns.when, columns.temperature, columns.humidity)]
    clock = row[columns.clock] if columns.clock is not None and len(row) > columns.clock else None
    at = _moment(cells[0], clock, month_first)
    if at is None:
        return BAD_TIME % {"value": f"{cells[0]} {clock or ''}".strip()[:40]}
    temperature, humidity = _number(cells[1]), _number(cells[2])
    if temperature is None or humidity is None:
        return BAD_NUMBER % {"value": str(cells[1] if temperature is None else cells[2])[:40]}
    if columns.fahrenheit:
        temperature = (temperature - 32) * 5 / 9
    if not 0 <= humidity <= 100:
        return BAD_HUMIDITY % {"value": f"{humidity:g}"}
    if not -40 <= temperature <= 80:
        return BAD_TEMPERATURE % {"value": f"{temperature:g}"}
    return Point(at, round(temperature, 1), round(humidity, 1))


def _moment(value: Any, clock: Any, month_first: bool) -> datetime | None:
    if isinstance(value, datetime) and clock is None:
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(clock, datetime):
            return datetime.combine(day, clock.time())
        text = f"{day.isoformat()} {clock if clock is not None else '00:00'}"
    else:
        text = f"{value} {clock}" if clock is not None else str(value)
    text = " ".join(text.replace("T", " ").replace("\u202f", " ").split()).removesuffix("Z")
    text = re.sub(r"[+-]\d{2}:?\d{2}$", "", text).strip()
    text = re.sub(r"(\d{2}:\d{2}:\d{2})\.\d+", r"\1", text)
    formats = FORMATS if not month_first else tuple(one.replace("%d/%m/", "%m/%d/") for one in FORMATS)
    for shape in formats:
        try:
            return datetime.strptime(text, shape)
        except ValueError:
            continue
    try:
        return datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        return None


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        found = float(value)
        return found if found == found and abs(found) < 1e6 else None
    match = re.fullmatch(r"\s*([-+−]?\d+(?:[.,]\d+)?)\s*(?:°?\s*[CFСcf]|%|% ?rh)?\s*", str(value), re.IGNORECASE)
    return float(match[1].replace(",", ".").replace("−", "-")) if match else None
