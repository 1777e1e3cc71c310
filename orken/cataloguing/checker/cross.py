"""Fields that must agree with each other and with the leader."""

from __future__ import annotations

import re

from orken.cataloguing.checker import cross_unimarc, lists
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
from orken.cataloguing.record import DataField

_LINK = re.compile(r"(\d{3})-(\d{2})")
# LDR/06 → the content codes (336 $b) that fit it.
_CONTENT = {
    "a": {"txt", "tct", "sti", "cri", "crd", "cod", "tcm", "tcn", "tcf"},
    "t": {"txt", "tct", "sti"},
    "c": {"ntm", "tcm"},
    "d": {"ntm", "tcm"},
    "e": {"cri", "crm", "crt", "crd", "crf", "crn"},
    "f": {"cri", "crm", "crt", "crd", "crf", "crn"},
    "g": {"tdi", "tdm", "sti"},
    "i": {"spw", "snd"},
    "j": {"prm"},
    "k": {"sti", "tci"},
    "r": {"tdf", "tcf", "crf"},
}
_SERIAL_ONLY = ("310", "321", "362")
_ELECTRONIC = frozenset("oqs")


def check(look: Look) -> None:
    if not look.marc21:
        cross_unimarc.check(look)
        return
    _dates(look)
    _languages(look)
    _country(look)
    _main_entry(look)
    _series(look)
    _resource_kinds(look)
    _physical(look)
    _levels(look)
    _linkage(look)


def _dates(look: Look) -> None:
    record = look.record
    value = record.control("008")
    if len(value) < 15 or value[6] not in "stmrecdu":
        return
    coded = value[7:11].replace("|", "u")
    if not coded.strip() or coded == "uuuu":
        return
    texts = [text for found in record.data("264") if found.ind2 in "01 " for text in found.all("c")]
    texts += record.values("260", "c")
    if value[6] == "r":
        texts += record.values("533", "d") + record.values("534", "c")
    found_years = {year for text in texts for year in years(text)}
    if not found_years:
        return
    pattern = re.compile(coded.replace("u", r"\d"))
    if not any(pattern.fullmatch(year) for year in found_years):
        # A range may name the year only by its ends.
        first, last = min(found_years), max(found_years)
        if len(found_years) > 1 and first <= coded.replace("u", "9") <= last:
            return
        tag = "264" if "264" in record else "260"
        look.say("cross.date", tag, 1, "c", coded=coded, text=texts[0])


def _languages(look: Look) -> None:
    record = look.record
    coded = record.control("008")[35:38]
    for occurrence, one in enumerate(record.data("041"), start=1):
        if one.ind2 == "7":
            continue
        first = next((value.strip() for code, value in one.subfields if code in "ad"), "")
        if occurrence == 1 and first and coded.strip(" |") and coded not in ("mul", "zxx") and first[:3] != coded:
            look.say("cross.language", "041", occurrence, "a", coded=coded, field=first)
        original = any(code in "hkn" for code, _ in one.subfields)
        if one.ind1 == "1" and not original:
            look.say("cross.translation", "041", occurrence, "h", tag="041", value="1", code="$h", present=ABSENT)
        elif one.ind1 == "0" and "h" in one:
            look.say("cross.translation", "041", occurrence, "h", tag="041", value="0", code="$h", present=PRESENT)
    title = record.value("245", "a")
    if title and coded.strip(" |") and not expected_language(title, coded):
        look.say("cross.language-script", "245", 1, "a", coded=coded, text=title[:60])


def _country(look: Look) -> None:
    record = look.record
    coded = record.control("008")[15:18].strip(" |")
    if not coded or coded == "xx":
        return
    for tag in ("264", "260"):
        for occurrence, one in enumerate(record.data(tag), start=1):
            if tag == "264" and one.ind2 not in "01":
                continue
            places = one.all("a")
            known = [(place, place_countries(place)) for place in places]
            if known and all(countries for _, countries in known):
                # One of several places suffices.
                if not any(coded in countries for _, countries in known if countries is not None):
                    place, countries = known[0]
                    wanted = ", ".join(sorted(code for code in countries or () if code.islower()))
                    look.say("cross.country", tag, occurrence, "a", coded=coded, place=place, expected=wanted)
                return


def _main_entry(look: Look) -> None:
    record = look.record
    title = record.first("245")
    if title is None or title.ind1 not in "01":
        return
    main = any(tag in record for tag in ("100", "110", "111"))
    if main and title.ind1 == "0":
        look.say("cross.main-entry", "245", 1, present=PRESENT, value="0")
    elif not main and title.ind1 == "1" and "130" not in record:
        look.say("cross.main-entry", "245", 1, present=ABSENT, value="1")


def _series(look: Look) -> None:
    record = look.record
    stated = record.data("490")
    traced = record.data("800", "810", "811", "830")
    for occurrence, one in enumerate(stated, start=1):
        if one.ind1 == "1" and not traced:
            look.say("cross.series", "490", occurrence, value="1", present=ABSENT)
        elif one.ind1 == "0" and len(traced) >= len(stated):
            look.say("cross.series", "490", occurrence, value="0", present=PRESENT)


def _resource_kinds(look: Look) -> None:
    record = look.record
    for tag, kind in (("336", "content"), ("337", "media"), ("338", "carrier")):
        if tag not in record:
            continue
        terms = lists.rda_codes(kind)
        known = lists.rda_terms(kind)
        for occurrence, one in enumerate(record.data(tag), start=1):
            names, codes = one.all("a"), [value.strip() for value in one.all("b")]
            for name, code in zip(names, codes, strict=False):
                meant = terms.get(name.strip().lower())
                if meant is not None and meant != code and code in known:
                    look.say("cross.content-term", tag, occurrence, "b", tag=tag, term=name, code=code)
    contents = _codes(record.data("336"), "content")
    fitting = _CONTENT.get(record.type)
    if contents and fitting is not None and not contents & fitting:
        look.say("cross.type-content", "336", 1, "b", type=record.type, code=", ".join(sorted(contents)))
    media, carriers = _codes(record.data("337"), "media"), _codes(record.data("338"), "carrier")
    if media and carriers:
        needed = {"g" if code[0] == "m" else code[0] for code in carriers}
        if not needed & media and "z" not in media and "x" not in media:
            look.say(
                "cross.media-carrier",
                "338",
                1,
                "b",
                media=", ".join(sorted(media)),
                carrier=", ".join(sorted(carriers)),
            )
    _online(look, carriers)


def _codes(fields: list[DataField], kind: str) -> set[str]:
    terms = lists.rda_codes(kind)
    known = lists.rda_terms(kind)
    found: set[str] = set()
    for one in fields:
        coded = [value.strip() for value in one.all("b")]
        found.update(code for code in coded if code in known)
        if not coded:
            found.update(terms[name] for name in (value.strip().lower() for value in one.all("a")) if name in terms)
    return found


def _online(look: Look, carriers: set[str]) -> None:
    record = look.record
    value = record.control("008")
    if carriers != {"cr"} or len(value) != 40 or record.type in "ep":
        return
    place = 29 if record.type in "gkr" else 23
    form = value[place]
    if form not in _ELECTRONIC and form != "|":
        look.say("cross.online", "008", 1, code="cr", form=form if form != " " else "#")


def _physical(look: Look) -> None:
    record = look.record
    value = record.control("008")
    if len(value) != 40 or record.type not in "at" or record.level not in "m":
        return
    described = any(ILLUSTRATED.search(text) for text in record.values("300", "b"))
    details = bool(record.values("300", "b"))
    coded = value[18:22].strip(" |")
    if described and value[18:22] == "    ":
        look.say("cross.illustrations", "300", 1, "b", coded=NOT_DESCRIBED, described=DESCRIBED)
    elif coded and not details and "300" in record:
        look.say("cross.illustrations", "300", 1, "b", coded=DESCRIBED, described=NOT_DESCRIBED)
    if "504" in record and "b" not in value[24:28] and "|" not in value[24:28]:
        look.say("cross.bibliography", "504", 1, tag="504")
    if value[29] == "0":
        for tag in ("111", "711"):
            if tag in record and not any("t" in one for one in record.data(tag)):
                look.say("cross.conference", tag, 1, tag=tag)


def _levels(look: Look) -> None:
    record = look.record
    if record.level == "m":
        for tag in _SERIAL_ONLY:
            if tag in record:
                look.say("cross.level", tag, 1, level="m", tag=tag)
    elif record.level == "s" and "020" in record and "022" not in record:
        look.say("cross.level", "020", 1, severity="minor", level="s", tag="020")


def _linkage(look: Look) -> None:
    record = look.record
    if "880" not in record and not any("6" in one for one in record.fields if isinstance(one, DataField)):
        return
    pairs: set[tuple[str, str]] = set()
    links: list[tuple[DataField, str, str, str]] = []
    for one in record.fields:
        if isinstance(one, DataField) and "6" in one:
            found = _LINK.match(one.text("6"))
            if found is None:
                occurrence = record.occurrence(one)
                look.say("cross.linkage", one.tag, occurrence, "6", tag=one.tag, value=one.text("6"))
                continue
            pairs.add((one.tag, found[0]))
            links.append((one, one.text("6"), found[1], found[2]))
    for one, text, tag, number in links:
        if number != "00" and (tag, f"{one.tag}-{number}") not in pairs:
            look.say("cross.linkage", one.tag, record.occurrence(one), "6", tag=one.tag, value=text)
