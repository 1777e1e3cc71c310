"""The UNIMARC family: linking fields with embedded fields, hierarchical level, source of the record."""

from __future__ import annotations

import datetime
import re

from orken.cataloguing.checker.look import Look
from orken.cataloguing.profiles.model import Names
from orken.cataloguing.record import DataField

_HEAD = re.compile(r"00[0-9].*\Z|[0-9]{3}[0-9 |#]{2}\Z", re.DOTALL)
_THERE = Names("бар", "есть", "there")
_STANDARD = ("t", "a", "x", "y", "0", "3")  # title, name, numbers, identifiers: each leads to the linked record
_ABSENT = Names("жоқ", "отсутствует", "missing")


def check(look: Look) -> None:
    record = look.record
    for tag, found in record.by_tag.items():
        if (tag[:1] == "4" and tag in look.profile.fields) or tag == "604":
            for occurrence, one in enumerate(found, start=1):
                if isinstance(one, DataField):
                    _link(look, one, occurrence)
    _levels(look)
    for occurrence, one in enumerate(record.data("801"), start=1):
        if "g" not in one and one.ind2 == "0":
            look.say("link.rules", "801", occurrence, "g")
        for value in one.all("c"):
            if not _is_date(value):
                look.say("link.transaction", "801", occurrence, "c", value=value)
    title = record.first("200")
    if title is not None and "d" in title and "z" not in title:
        look.say("link.parallel", "200", 1, "z")


def _is_date(value: str) -> bool:
    text = value.strip()
    if len(text) != 8 or not text.isdigit():
        return False
    try:
        datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _link(look: Look, one: DataField, occurrence: int) -> None:
    heads = one.all("1")
    if not heads:
        if look.profile.links == "either" and any(code in one for code in _STANDARD):
            return
        look.say("link.empty", one.tag, occurrence, "1", tag=one.tag)
        return
    for head in heads:
        tag = head[:3]
        if not _HEAD.match(head) or (tag not in look.profile.fields and "9" not in tag):
            look.say(
                "link.embedded", one.tag, occurrence, "1", tag=one.tag, value=head[:20], format=look.profile.name.en
            )


def _levels(look: Look) -> None:
    record = look.record
    upper = [tag for tag in ("461", "462", "463") if tag in record]
    level = record.at(8)
    if record.level == "a":
        if not upper:
            look.say("link.host", "463")
        return
    if level == "2" and not upper:
        look.say("link.level", "LDR", 1, level=level, tag="461", present=_ABSENT)
    elif level == "0" and upper:
        look.say("link.level", "LDR", 1, level=level, tag=upper[0], present=_THERE)
