"""The same agreements in the UNIMARC family, whose codes stand in 100 to 135."""

from __future__ import annotations

from orken.cataloguing.checker.look import Look
from orken.cataloguing.checker.speech import (
    ABSENT,
    DESCRIBED,
    ILLUSTRATED,
    NOT_DESCRIBED,
    PRESENT,
    expected_language,
    place_countries,
    years,
)

# LDR/06 → the content forms (181 $a, first character; ISBD area 0) that fit it.
_CONTENT = {
    "a": "imab", "b": "imab", "c": "dm", "d": "dm", "e": "bm", "f": "bm", "g": "bm", "i": "hgm", "j": "dm",
    "k": "bm", "r": "em",
}  # fmt: skip
_SERIAL_ONLY = ("110", "207", "326", "530")


def check(look: Look) -> None:
    record = look.record
    _dates(look)
    _languages(look)
    _country(look)
    _physical(look)
    content = record.value("181", "a")[:1]
    fitting = _CONTENT.get(record.type)
    if content and fitting is not None and content not in fitting + "#| ":
        look.say("cross.type-content", "181", 1, "a", type=record.type, code=content)
    if record.level == "m":
        for tag in _SERIAL_ONLY:
            if tag in record:
                look.say("cross.level", tag, 1, level="m", tag=tag)
    elif record.level == "s" and "010" in record and "011" not in record:
        look.say("cross.level", "010", 1, severity="minor", level="s", tag="010")


def _dates(look: Look) -> None:
    record = look.record
    value = record.value("100", "a")
    if len(value) < 17 or value[8] not in "defghijkab":
        return
    coded = value[9:13]
    if not coded.isdigit():
        return
    texts = record.values("210", "d") + record.values("214", "d") + record.values("210", "h")
    found = {year for text in texts for year in years(text)}
    if not found or coded in found:
        return
    if len(found) > 1 and min(found) <= coded <= max(found):
        return
    if value[8] in "ab" and value[13:17] in found:
        return
    tag = "210" if "210" in record else "214"
    look.say("cross.date", tag, 1, "d", coded=coded, text=texts[0])


def _languages(look: Look) -> None:
    record = look.record
    language = record.value("101", "a").strip()
    for occurrence, one in enumerate(record.data("101"), start=1):
        original = "b" in one or "c" in one
        if one.ind1 in "12" and not original and one.ind1:
            look.say("cross.translation", "101", occurrence, "c", tag="101", value=one.ind1, code="$c", present=ABSENT)
        elif one.ind1 == "0" and original:
            look.say("cross.translation", "101", occurrence, "c", tag="101", value="0", code="$c", present=PRESENT)
    title = record.value("200", "a")
    if title and language and not expected_language(title, language, strict=True):
        look.say("cross.language-script", "200", 1, "a", coded=language, text=title[:60])
    # The script of the title has a code of its own.
    script = record.value("100", "a")[34:36]
    cyrillic = sum(1 for letter in title if "\u0400" <= letter <= "\u052f")
    letters = sum(1 for letter in title if letter.isalpha())
    if letters >= 4 and ((script == "ba" and cyrillic > letters / 2) or (script == "ca" and not cyrillic)):
        look.say("cross.language-script", "200", 1, "a", coded=script, text=title[:60])


def _country(look: Look) -> None:
    record = look.record
    codes = {value.strip().upper() for value in record.values("102", "a")}
    if not codes:
        return
    for tag in ("210", "214"):
        for occurrence, one in enumerate(record.data(tag), start=1):
            known = [(place, place_countries(place)) for place in one.all("a")]
            if known and all(countries for _, countries in known):
                if not any(codes & countries for _, countries in known if countries):
                    place, countries = known[0]
                    wanted = ", ".join(sorted(code for code in countries or () if code.isupper()))
                    look.say(
                        "cross.country",
                        tag,
                        occurrence,
                        "a",
                        coded=", ".join(sorted(codes)),
                        place=place,
                        expected=wanted,
                    )
                return


def _physical(look: Look) -> None:
    record = look.record
    coded = record.value("105", "a")
    if len(coded) != 13:
        return
    details = record.values("215", "c")
    described = any(ILLUSTRATED.search(text) for text in details)
    illustrations = coded[:4].strip(" |#")
    if described and illustrations in ("", "y"):
        look.say("cross.illustrations", "215", 1, "c", coded=NOT_DESCRIBED, described=DESCRIBED)
    elif illustrations not in ("", "y") and not details and "215" in record:
        look.say("cross.illustrations", "215", 1, "c", coded=DESCRIBED, described=NOT_DESCRIBED)
    # A list of references (320) asks for no code here: code «a» of 105 $a/4-7 is «библиографическое издание»,
    # a publication that is itself a bibliography, unlike «b» of MARC 21, 008/24-27.
    if coded[8] == "0":
        for tag in ("710", "711", "712"):
            if any(one.ind1 == "1" for one in record.data(tag)):
                look.say("cross.conference", tag, 1, tag=tag)
