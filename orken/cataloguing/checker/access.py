"""Non-filing characters and the form of access points."""

from __future__ import annotations

import re

from orken.cataloguing.checker import lists
from orken.cataloguing.checker.look import Look
from orken.cataloguing.profiles.model import Names
from orken.cataloguing.record import DataField

_LEADING = re.compile(r"[^\w]*")
_FIRST = re.compile(r"(\w+['’]|\w+)", re.UNICODE)
_INITIALS = re.compile(r"(?<!\w)[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.")
_YEARS = re.compile(
    r"\d{3,4}|\d{1,2}(?:st|nd|rd|th)? ?(?:cent|jh|в\.|век|ғ\.|ғасыр)|[IVX]+ ?(?:в\.|век|ғ\.|ғасыр)", re.IGNORECASE
)
_AGE = re.compile(r"жас|лет\b|years", re.IGNORECASE)
_NO_COMMA = Names(
    "тегі мен аты арасында үтір жоқ", "нет запятой между фамилией и именем", "no comma between surname and forename"
)
_COMMA = Names(
    "үтір бар, ал индикатор аты бойынша дейді",
    "есть запятая, а индикатор говорит о прямом порядке",
    "a comma, though the indicator says direct order",
)
_IN_A = Names(
    "$a ішінде тегінен басқа да бар: қалғаны $b мен $g-ге",
    "в $a не только фамилия: остальное в $b и $g",
    "$a holds more than the surname: the rest goes to $b and $g",
)
_FILING = {"245": 2, "240": 2, "440": 2, "830": 2, "130": 1, "730": 1, "630": 1}
_NAMES_UNIMARC = frozenset({"700", "701", "702", "703", "600"})


def check(look: Look) -> None:
    if look.marc21:
        _filing(look)
    for tag, found in look.record.by_tag.items():
        first = tag[:1]
        if look.marc21:
            if tag in ("100", "600", "700", "800"):
                for occurrence, one in enumerate(found, start=1):
                    if isinstance(one, DataField):
                        _person_marc21(look, one, occurrence)
            if first == "6" and tag not in ("653", "655"):
                _subject_ends(look, tag, found)
        elif tag in _NAMES_UNIMARC:
            for occurrence, one in enumerate(found, start=1):
                if isinstance(one, DataField):
                    _person_unimarc(look, one, occurrence)
        elif first == "6":
            _subject_ends(look, tag, found)
    _capitals(look)
    _repeated(look)


def _filing(look: Look) -> None:
    record = look.record
    language = record.control("008")[35:38]
    articles = lists.articles()
    for tag, number in _FILING.items():
        for occurrence, one in enumerate(record.by_tag.get(tag, ()), start=1):
            if not isinstance(one, DataField):
                continue
            value = one.ind2 if number == 2 else one.ind1
            title = one.text("a")
            if not title or value not in "0123456789" or not value:
                continue
            leading = _LEADING.match(title)
            start = leading.end() if leading is not None else 0
            word = _FIRST.match(title, start)
            first = word[0].lower().replace("’", "'") if word is not None else ""
            is_article = (
                language in articles.get(first, ())
                and title[start:].lower().rstrip(" /:.") not in lists.article_exceptions()
            )
            if is_article and any(title[start:].lower().startswith(text) for text in lists.article_exceptions()):
                is_article = False
            if is_article and word is not None:
                gap = 0 if first.endswith("'") else 1
                wanted = word.end() + gap
                if (value != str(wanted) and tag == "245") or value not in (str(wanted), "0"):
                    look.say("filing.article", tag, occurrence, "a", article=word[0], value=value, wanted=wanted)
            elif value != "0" and int(value) != start:
                # An article of another language than the record's may open the title: it must end where the count does.
                foreign = (
                    first in articles
                    and word is not None
                    and int(value) == word.end() + (0 if first.endswith("'") else 1)
                )
                cyrillic = "\u0400" <= title[start : start + 1] <= "\u052f"
                if not foreign or cyrillic:
                    look.say("filing.too-many", tag, occurrence, "a", value=value, rest=title[int(value) :][:20])


def _person_marc21(look: Look, one: DataField, occurrence: int) -> None:
    name = one.text("a")
    plain = name.rstrip(" ,.;:")
    # «La Fontaine, Mr de»: a surname alone may be followed by words of its own.
    alone = "c" in one
    if one.ind1 == "1" and "," not in plain and " " in plain and not alone:
        look.say("access.name-form", one.tag, occurrence, "a", tag=one.tag, value=name, problem=_NO_COMMA)
    elif one.ind1 == "0" and re.search(r",\s*[^\W\d_]", plain):
        look.say("access.name-form", one.tag, occurrence, "a", tag=one.tag, value=name, problem=_COMMA)
    if _INITIALS.search(name):
        look.say("access.initials", one.tag, occurrence, "a", tag=one.tag, code="a", value=name)
    _dates(look, one, occurrence, "d")


def _person_unimarc(look: Look, one: DataField, occurrence: int) -> None:
    name = one.text("a")
    if one.ind2 == "1" and ("," in name or (re.search(r"\s[^\W\d_]\.", name) and "b" not in one)):
        look.say("access.name-form", one.tag, occurrence, "a", tag=one.tag, value=name, problem=_IN_A)
    for code in "ab":
        value = one.text(code)
        if value and _INITIALS.search(value):
            look.say("access.initials", one.tag, occurrence, code, tag=one.tag, code=code, value=value)
    _dates(look, one, occurrence, "f")


def _dates(look: Look, one: DataField, occurrence: int, code: str) -> None:
    value = one.get(code)
    if value is not None and (not _YEARS.search(value) or _AGE.search(value)):
        look.say("access.dates", one.tag, occurrence, code, tag=one.tag, code=code, value=value)


def _subject_ends(look: Look, tag: str, found: list[object] | list[DataField] | object) -> None:
    assert isinstance(found, list)
    for occurrence, one in enumerate(found, start=1):
        if not isinstance(one, DataField):
            continue
        for code, value in reversed(one.subfields):
            if code.isdigit():
                continue
            text = value.rstrip()
            if text[-1:] in (",", ";", ":", "/", "-") and not re.search(r"\d-\Z", text):
                look.say("access.subject-end", tag, occurrence, code, tag=tag, mark=text[-1])
            break


def _capitals(look: Look) -> None:
    tags = ("245", "100", "700", "490", "650") if look.marc21 else ("200", "700", "701", "606", "225")
    for tag in tags:
        for occurrence, one in enumerate(look.record.by_tag.get(tag, ()), start=1):
            if not isinstance(one, DataField):
                continue
            for code, value in one.subfields:
                if code in "abcefp" and value.isupper() and _shouts(value):
                    look.say("access.capitals", tag, occurrence, code, tag=tag, code=code, value=value[:60])
                    break


def _shouts(value: str) -> bool:
    """Whole words in capitals: not initials, not one abbreviation, not Roman numbers."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", value) if not re.fullmatch(r"[IVXLCDM]+", word)]
    letters = sum(map(len, words))
    return letters >= 8 and (len(words) >= 2 or letters > 8)


def _key(one: DataField, codes: str) -> str:
    return re.sub(r"[\W_]+", " ", " ".join(value for code, value in one.subfields if code in codes)).strip().lower()


def _repeated(look: Look) -> None:
    main, added, codes = ("100", ("700",), "abcdq") if look.marc21 else ("700", ("701", "702"), "abcdfg")
    seen: dict[str, str] = {}
    for one in look.record.data(main):
        seen[_key(one, codes)] = main
    for tag in added:
        for occurrence, one in enumerate(look.record.data(tag), start=1):
            if "t" in one:
                continue  # name and title: another work of the author
            key = _key(one, codes)
            if key and key in seen:
                # One person may have two roles in the UNIMARC family: 702 repeats 700 with another $4.
                if look.marc21 or tag == "701" or seen[key] == tag:
                    look.say("access.repeated", tag, occurrence, "a", tag=tag, value=one.text("a"), other=seen[key])
            else:
                seen[key] = tag
