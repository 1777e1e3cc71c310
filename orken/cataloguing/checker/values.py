"""Identifiers, code lists and class numbers: what a single value must be."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import isbn, ismn, issn
from stdnum.exceptions import ValidationError

from orken.cataloguing.checker import lists
from orken.cataloguing.checker.look import Look
from orken.cataloguing.profiles.model import Names
from orken.cataloguing.record import DataField

_ISBN_LIKE = re.compile(r"[0-9][0-9Xx\-‑– ]{8,16}[0-9Xx]")
_QUALIFIER = re.compile(r"[^0-9Xx\-‑– ]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"]+\Z")
_WEB = re.compile(r"(?:https?|ftp)://[^\s/]+\.[^\s/.]{2,}", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def valid(kind: str, value: str) -> bool:
    """Whether an ISBN, ISSN or ISMN is right by its check digit."""
    checker = {"isbn": isbn.validate, "issn": issn.validate, "ismn": ismn.validate}[kind]
    try:
        checker(value.replace("‑", "-").replace("–", "-"))
    except (ValidationError, ValueError, IndexError):
        return False
    return True


def check(look: Look) -> None:
    if look.marc21:
        _marc21(look)
    else:
        _unimarc(look)


def _each(look: Look, *tags: str) -> list[tuple[int, DataField]]:
    found = []
    for tag in tags:
        for occurrence, one in enumerate(look.record.by_tag.get(tag, ()), start=1):
            if isinstance(one, DataField):
                found.append((occurrence, one))
    return found


def _marc21(look: Look) -> None:
    by_tag = look.record.by_tag
    for occurrence, one in _each(look, "020"):
        _isbn(look, one, occurrence)
    for occurrence, one in _each(look, "022"):
        for code, value in one.subfields:
            if code in "al" and not valid("issn", value.strip()):
                look.say("id.issn", "022", occurrence, code, value=value)
    for occurrence, one in _each(look, "024"):
        if one.ind1 == "2":
            for value in one.all("a"):
                if not valid("ismn", value.strip()):
                    look.say("id.ismn", "024", occurrence, "a", value=value)
    for tag in by_tag:
        if tag == "490" or (tag[:1] == "7" and tag >= "760") or tag in ("800", "810", "811", "830"):
            _linked(look, tag)
    for occurrence, one in _each(look, "856"):
        _uris(look, one, occurrence)
    for occurrence, one in _each(look, "041"):
        if one.ind2 != "7":
            for code, value in one.subfields:
                if code.isalpha():
                    _language(look, one, occurrence, code, value)
    for occurrence, one in _each(look, "043"):
        for value in one.all("a"):
            area = value.strip()
            # Trailing hyphens are part of the code; the package's table keeps them.
            if area in lists.obsolete_areas():
                look.say("code.obsolete", "043", occurrence, "a", value=value)
            elif area not in lists.areas():
                look.say("code.area", "043", occurrence, "a", value=value)
    for tag, kind in (("336", "content"), ("337", "media"), ("338", "carrier")):
        for occurrence, one in _each(look, tag):
            if one.text("2") in ("", f"rda{kind}"):
                for value in one.all("b"):
                    if value.strip() not in lists.rda_terms(kind):
                        look.say("code.rda", tag, occurrence, "b", tag=tag, value=value)
    _relators(look, "100", "110", "111", "700", "710", "711", shape=_LETTERS)
    _vocabularies(look)
    for occurrence, one in _each(look, "080"):
        for value in one.all("a"):
            _udc(look, "080", occurrence, value)
    for occurrence, one in _each(look, "084"):
        scheme = one.text("2")
        if not scheme:
            look.say("class.scheme", "084", occurrence, "2", tag="084", code="$2")
        elif scheme == "rubbk":
            for value in one.all("a"):
                _bbk(look, "084", occurrence, value)
    for occurrence, one in _each(look, "082"):
        for value in one.all("a"):
            _ddc(look, "082", occurrence, value)


def _unimarc(look: Look) -> None:
    for occurrence, one in _each(look, "010"):
        _isbn(look, one, occurrence)
    for occurrence, one in _each(look, "011"):
        for value in one.all("a", "f"):
            if not valid("issn", value.strip()):
                look.say("id.issn", "011", occurrence, "a", value=value)
    for occurrence, one in _each(look, "013"):
        for value in one.all("a"):
            if not valid("ismn", value.strip()):
                look.say("id.ismn", "013", occurrence, "a", value=value)
    for occurrence, one in _each(look, "225"):
        for value in one.all("x"):
            if not valid("issn", value.strip()):
                look.say("id.issn", "225", occurrence, "x", value=value)
    for occurrence, one in _each(look, "856"):
        _uris(look, one, occurrence)
    for occurrence, one in _each(look, "101"):
        if one.ind2 != "7":
            for code, value in one.subfields:
                if code.isalpha():
                    _language(look, one, occurrence, code, value)
    for occurrence, one in _each(look, "102"):
        for value in one.all("a"):
            if value.strip().upper() not in lists.iso_countries():
                look.say("code.country", "102", occurrence, "a", value=value)
    for occurrence, one in _each(look, "801"):
        value = one.text("a")
        if value and value.strip().upper() not in lists.iso_countries():
            look.say("code.country", "801", occurrence, "a", value=value)
    _relators(look, "700", "701", "702", "710", "711", "712", "720", "721", "722", shape=_DIGITS)
    for occurrence, one in _each(look, "675"):
        for value in one.all("a"):
            _udc(look, "675", occurrence, value)
    for occurrence, one in _each(look, "686"):
        if one.text("2") == "rubbk":
            for value in one.all("a"):
                _bbk(look, "686", occurrence, value)
    for occurrence, one in _each(look, "676"):
        for value in one.all("a"):
            _ddc(look, "676", occurrence, value)


def _isbn(look: Look, one: DataField, occurrence: int) -> None:
    for value in one.all("a"):
        text = value.strip()
        if valid("isbn", text):
            continue
        number = _ISBN_LIKE.search(text)
        if number is not None and _QUALIFIER.search(text.replace(number[0], "")) and valid("isbn", number[0].strip()):
            look.say("id.isbn-form", one.tag, occurrence, "a", value=value)
        elif look.marc21 and text.endswith((":", ";")) and valid("isbn", text[:-1].strip()):
            continue  # AACR2 punctuation before the qualifier
        else:
            look.say("id.isbn", one.tag, occurrence, "a", value=value)


def _linked(look: Look, tag: str) -> None:
    for occurrence, one in enumerate(look.record.by_tag[tag], start=1):
        if not isinstance(one, DataField):
            continue
        for code, value in one.subfields:
            text = value.strip(" ;,.")
            if code == "x" and tag != "787" and not valid("issn", text):
                look.say("id.issn", tag, occurrence, "x", value=value)
            elif code == "z" and tag >= "760" and tag < "800" and not valid("isbn", text):
                look.say("id.isbn", tag, occurrence, "z", value=value)


def _uris(look: Look, one: DataField, occurrence: int) -> None:
    for value in one.all("u"):
        text = value.strip()
        web = text.lower().startswith(("http", "ftp", "www"))
        if not _URI.match(text) or (web and not _WEB.match(text)):
            look.say("id.uri", one.tag, occurrence, "u", value=value[:80])


def _language(look: Look, one: DataField, occurrence: int, code: str, value: str) -> None:
    text = value.strip()
    if text in lists.languages() or text in ("zxx", "und", "mul"):
        return
    if text in lists.obsolete_languages() or (
        len(text) > 3
        and len(text) % 3 == 0
        and all(text[at : at + 3] in lists.languages() for at in range(0, len(text), 3))
    ):
        look.say("code.obsolete", one.tag, occurrence, code, value=value)
    else:
        look.say("code.language", one.tag, occurrence, code, value=value)


_LETTERS = re.compile(r"[a-z]{3}\Z")
_DIGITS = re.compile(r"\d{3}\Z")


def _relators(look: Look, *tags: str, shape: re.Pattern[str]) -> None:
    for tag in tags:
        for occurrence, one in enumerate(look.record.by_tag.get(tag, ()), start=1):
            if isinstance(one, DataField):
                for code, value in one.subfields:
                    text = value.strip()
                    if code == "4" and not shape.match(text) and not text.startswith("http"):
                        look.say("code.relator", tag, occurrence, "4", tag=tag, value=value)


_NO_SOURCE = Names(
    "екінші индикатор 7, ал $2 жоқ", "второй индикатор 7, а $2 нет", "the second indicator is 7, but there is no $2"
)
_STRAY_SOURCE = Names(
    "$2 бар, ал екінші индикатор 7 емес",
    "есть $2, а второй индикатор не 7",
    "there is a $2, but the second indicator is not 7",
)


def _vocabularies(look: Look) -> None:
    for tag in ("600", "610", "611", "630", "647", "648", "650", "651", "655"):
        for occurrence, one in enumerate(look.record.by_tag.get(tag, ()), start=1):
            if isinstance(one, DataField):
                sourced = "2" in one
                if one.ind2 == "7" and not sourced:
                    look.say("code.vocabulary", tag, occurrence, "2", tag=tag, problem=_NO_SOURCE)
                elif sourced and one.ind2 != "7":
                    look.say("code.vocabulary", tag, occurrence, "2", tag=tag, problem=_STRAY_SOURCE)


# Universal Decimal Classification.
_UDC_SIGNS = re.compile(r"""[0-9.()"'’′“”=\-+/:*\[\]A-Za-zА-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІіЁё` ,&]+\Z""")
_RUN = re.compile(r"[0-9.]+")
_PLAIN_QUOTES = str.maketrans("’′“”", "''\"\"")

_SIGN = Names("бөгде таңба бар", "посторонний знак", "a foreign character")
_PAIR = Names("жақша не тырнақша жұп емес", "скобки или кавычки не парные", "brackets or quotes are not in pairs")
_POINT = Names("нүкте орнында емес", "точка не на месте", "a point out of place")
_START = Names("басы қате", "неверное начало", "a wrong beginning")
_LATIN = Names("латын әрпі бар", "есть латинская буква", "a Latin letter")


def _paired(text: str) -> bool:
    return (
        text.count("(") == text.count(")")
        and text.count("[") == text.count("]")
        and text.count('"') % 2 == 0
        and text.count("«") == text.count("»")
    )


@lru_cache(maxsize=5_000)
def udc_problem(value: str) -> Names | None:
    """What is wrong with a UDC number by its grammar: a point after every three digits, pairs closed."""
    text = value.strip()
    if text and _UDC_SIGNS.match(text):
        text = text.translate(_PLAIN_QUOTES)
    if not text or not _UDC_SIGNS.match(text):
        return _SIGN
    if not _paired(text):
        return _PAIR
    if not (text[0].isdigit() or text[0] in '("=['):
        return _START
    plain = re.sub(
        r"\([^)]*\)|\"[^\"]*\"|\*?[A-Za-zА-Яа-яӘ-ӿ]+[0-9.]*|'[0-9.]+|-[0-9.]+|=[0-9.']+|/\.[0-9.]+|\.0\d[\d.]*",
        " ",
        text,
    )
    for run in _RUN.findall(plain):
        groups = run.split(".")
        if any(not group for group in groups) or any(len(group) > 3 for group in groups):
            return _POINT
        if len(groups) > 1 and any(len(group) != 3 for group in groups[:-1]):
            return _POINT
    return None


def _udc(look: Look, tag: str, occurrence: int, value: str) -> None:
    problem = udc_problem(value)
    if problem is not None:
        look.say("class.udc", tag, occurrence, "a", value=value, problem=problem)


# Library-bibliographic classification: middle tables (digits) and scientific tables (letters).
_BBK_SIGNS = re.compile(r"""[0-9.()"'=\-+/:«»А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІіЁё ,&№_]+\Z""")
_MIDDLE = re.compile(r"(?:\d|\d{2}(?![0-9]).*|\d{2})\Z", re.DOTALL)
_SCIENTIFIC = re.compile(r"[А-Я]\d*(?:[^0-9].*)?\Z", re.DOTALL)


@lru_cache(maxsize=5_000)
def bbk_problem(value: str) -> Names | None:
    """What is wrong with a BBK number by its grammar (the tables themselves are not free)."""
    text = value.strip()
    if any("A" <= letter.upper() <= "Z" for letter in text):
        return _LATIN
    if not text or not _BBK_SIGNS.match(text):
        return _SIGN
    if not _paired(text):
        return _PAIR
    if text[0].isdigit():
        if not _MIDDLE.match(text):
            return _POINT
    elif not _SCIENTIFIC.match(text):
        return _START
    if ".." in text or text.endswith("."):
        return _POINT
    return None


def _bbk(look: Look, tag: str, occurrence: int, value: str) -> None:
    problem = bbk_problem(value)
    if problem is not None:
        look.say("class.bbk", tag, occurrence, "a", value=value, problem=problem)


_DDC = re.compile(r"\[?\d{3}(?:[./'][\d/'.]+)?\]?(?: ?[A-Za-zА-Я]{1,4}\d*)?\Z|\[?(?:B|E|Fic)\]?\Z")


def _ddc(look: Look, tag: str, occurrence: int, value: str) -> None:
    if not _DDC.match(value.strip()):
        look.say("class.ddc", tag, occurrence, "a", value=value)
