"""The leader and every coded field, position by position."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from orken.cataloguing.checker import lists
from orken.cataloguing.checker.look import Look
from orken.cataloguing.profiles import marc21
from orken.cataloguing.profiles.model import Position, SubfieldDef
from orken.cataloguing.record import ControlField, DataField

_TIMESTAMP = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d\.\d\Z")
_007 = marc21.lengths_of_007()
# Coded subfields of the UNIMARC family whose length is fixed whatever the material.
_FIXED_UNIMARC = frozenset({"100", "105", "110", "115", "116", "117", "120", "121", "126", "130", "135", "140"})
_TITLE_BY_LIST = {"language": "code.language", "country": "code.country"}


def check(look: Look) -> None:
    _leader(look)
    if look.marc21:
        _marc21(look)
    else:
        _unimarc(look)


def _allowed(position: Position) -> str:
    if position.pattern is not None and not position.codes:
        return position.pattern.pattern
    return ", ".join("#" if not code.strip() else code for code in list(position.codes)[:40])


def _leader(look: Look) -> None:
    leader = look.record.leader
    if len(leader) != 24:
        return
    for position in look.profile.leader:
        if position.start in (0, 12):
            continue
        wrong = position.wrong(position.of(leader))
        # A blank is a code of its own in the leader, not «not coded».
        if not wrong and position.codes and position.of(leader) == "|" and position.start in (5, 6, 7):
            wrong = "|"
        if wrong:
            rule = "fixed.record-type" if position.start == 6 else "fixed.leader"
            look.say(
                rule, "LDR", 1, position=position.label, name=position.name, value=wrong, allowed=_allowed(position)
            )


def _marc21(look: Look) -> None:
    record = look.record
    for occurrence, found in enumerate(record.all("008"), start=1):
        if isinstance(found, ControlField):
            if len(found.value) != 40:
                look.say("fixed.length", "008", occurrence, where="008", found=len(found.value), wanted=40)
            else:
                _positions(look, "008", occurrence, "", found.value)
                _dates_marc21(look, found.value)
    for occurrence, found in enumerate(record.all("006"), start=1):
        if isinstance(found, ControlField):
            if len(found.value) != 18:
                look.say("fixed.length", "006", occurrence, where="006", found=len(found.value), wanted=18)
            else:
                _positions(look, "006", occurrence, "", found.value)
    for occurrence, found in enumerate(record.all("007"), start=1):
        if isinstance(found, ControlField):
            lengths = _007.get(found.value[:1])
            if lengths is not None and len(found.value) not in lengths:
                wanted = " / ".join(map(str, lengths))
                look.say("fixed.length", "007", occurrence, where="007", found=len(found.value), wanted=wanted)
            elif lengths is None:
                category = look.profile.control["007"]["a"][0]
                _position(look, "007", occurrence, "", found.value, category)
            else:
                _positions(look, "007", occurrence, "", found.value)
    stamp = record.control("005")
    if stamp and not _TIMESTAMP.match(stamp):
        look.say("fixed.timestamp", "005", 1, value=stamp)


def _positions(look: Look, tag: str, occurrence: int, code: str, value: str) -> None:
    if tag in ("006", "007", "008"):
        for position in look.profile.coded_positions(look.record, tag, code, value):
            _position(look, tag, occurrence, code, value, position)


def _position(look: Look, tag: str, occurrence: int, code: str, value: str, position: Position) -> None:
    held = position.of(value)
    where = f"{tag} ${code}" if code else tag
    if position.list_name:
        _listed(look, tag, occurrence, code, held.strip(" |"), position)
        return
    wrong = position.wrong(held)
    if not wrong:
        return
    if position.start == 0 and tag == "008":
        look.say("fixed.date-entered", tag, occurrence, where=f"{where}/{position.label}", value=held)
    elif position.name.en == "Undefined":
        look.say("fixed.undefined", tag, occurrence, where=where, position=position.label, value=held)
    else:
        look.say(
            "fixed.code", tag, occurrence, code, where=where, position=position.label, name=position.name,
            value=wrong, allowed=_allowed(position),
        )  # fmt: skip


def _listed(look: Look, tag: str, occurrence: int, code: str, value: str, position: Position) -> None:
    if not value or (position.list_name == "language" and value in ("zxx", "mul", "und")):
        return
    known = lists.languages() if position.list_name == "language" else lists.marc_countries()
    obsolete = lists.obsolete_languages() if position.list_name == "language" else lists.obsolete_countries()
    if value in obsolete:
        look.say("code.obsolete", tag, occurrence, code, value=value)
    elif value not in known:
        look.say(_TITLE_BY_LIST[position.list_name], tag, occurrence, code, value=value)


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


@lru_cache(maxsize=1)
def _next_year(_day: datetime.date) -> int:
    return _day.year + 1


def latest_year() -> int:
    """The last year a publication can bear: the next one, for books issued ahead."""
    return _next_year(datetime.date.today())


def _dates_marc21(look: Look, value: str) -> None:
    kind, first, second = value[6], value[7:11], value[11:15]
    one, two = _year(first), _year(second)
    wrong = False
    if kind in "s":
        wrong = bool(second.strip(" |")) or not first.strip(" |")
    elif kind in "mikqrtpcd":
        wrong = not first.strip(" |")
        if kind in "tmikpd":
            wrong = wrong or not second.strip(" |")
        if kind == "c":
            wrong = wrong or second != "9999"
        if kind == "d":
            wrong = wrong or second == "9999"
    elif kind == "n":
        wrong = first not in ("uuuu", "||||") or second not in ("uuuu", "    ", "||||")
    if wrong:
        look.say("fixed.date-type", "008", 1, type=kind, first=first, second=second)
    backwards = kind in "mikdcuq" and one is not None and two is not None and two < one
    if (one is not None and one != 9999 and not 1000 <= one <= latest_year()) or backwards:
        look.say("fixed.date-range", "008", 1, where="008/07-14", first=first, second=second)
    entered = value[:6]
    if entered.isdigit():
        _entered(look, "008", "", "008/00-05", entered, short=True)


def _entered(look: Look, tag: str, code: str, where: str, text: str, *, short: bool) -> None:
    try:
        if short:
            year = int(text[:2])
            day = datetime.date((2000 if year < 60 else 1900) + year, int(text[2:4]), int(text[4:]))
        else:
            day = datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        if not any(finding.rule == "fixed.date-entered" for finding in look.found):
            look.say("fixed.date-entered", tag, 1, code, where=where, value=text)
        return
    if day > datetime.date.today() + datetime.timedelta(days=2):
        look.say("fixed.date-entered", tag, 1, code, where=where, value=text)


def _unimarc(look: Look) -> None:
    fields = look.profile.fields
    for tag, found in look.record.by_tag.items():
        if not tag.startswith("1"):
            continue
        definition = fields.get(tag)
        if definition is None:
            continue
        for occurrence, one in enumerate(found, start=1):
            if not isinstance(one, DataField):
                continue
            for code, value in one.subfields:
                part = definition.subfields.get(code)
                if part is not None and part.positions:
                    _coded(look, tag, occurrence, part, value)


def _coded(look: Look, tag: str, occurrence: int, part: SubfieldDef, value: str) -> None:
    wanted = part.length
    if tag in _FIXED_UNIMARC and len(value) != wanted:
        look.say(
            "fixed.length", tag, occurrence, part.code, where=f"{tag} ${part.code}", found=len(value), wanted=wanted
        )
        return
    for position in part.positions:
        held = position.of(value)
        if not held:
            continue
        if tag == "100" and position.start == 0:
            if not held.isdigit():
                look.say("fixed.date-entered", tag, occurrence, part.code, where="100 $a/00-07", value=held)
            else:
                _entered(look, "100", "a", "100 $a/00-07", held, short=False)
            continue
        if tag == "100" and position.start == 22:
            if held.strip(" |") and held not in lists.languages():
                look.say("code.language", tag, occurrence, part.code, value=held)
            continue
        _position(look, tag, occurrence, part.code, value, position)
    if tag == "100" and part.code == "a":
        _dates_unimarc(look, value)


def _dates_unimarc(look: Look, value: str) -> None:
    kind, first, second = value[8], value[9:13], value[13:17]
    one, two = _year(first), _year(second)
    wrong = False
    if kind == "d":
        wrong = bool(second.strip(" |")) or not first.strip(" |")
    elif kind in "befghik":
        wrong = not first.strip(" |") or not second.strip(" |")
    elif kind == "a":
        wrong = not first.strip(" |") or second not in ("9999", "    ")
    if wrong:
        look.say("fixed.date-type", "100", 1, "a", type=kind, first=first, second=second)
    backwards = kind in "abfgl" and one is not None and two is not None and two < one
    if (one is not None and one != 9999 and not 1000 <= one <= latest_year()) or backwards:
        look.say("fixed.date-range", "100", 1, "a", where="100 $a/09-16", first=first, second=second)
