"""Every group of rules over one record, and what the reader of the file saw before."""

from __future__ import annotations

from typing import Any

from orken.cataloguing import profiles
from orken.cataloguing.checker import access, complete, cross, fixed, letters, links, punctuation, structure, values
from orken.cataloguing.checker.findings import SEVERITIES, Finding
from orken.cataloguing.checker.look import Look
from orken.cataloguing.codecs.items import Item, Problem
from orken.cataloguing.profiles import Names, Profile
from orken.cataloguing.record import Record

_GROUPS = (
    structure.check,
    fixed.check,
    complete.check,
    cross.check,
    values.check,
    punctuation.check,
    access.check,
    letters.check,
)
_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}


def check(record: Record, profile: Profile | None = None, *, encoding: str = "utf-8") -> list[Finding]:
    """What is wrong with `record`, in the order of its fields. Without a profile it is detected.

    `encoding` is that of the file the record came from: MARC 21 declares it in the leader.
    """
    look = Look(record, profile or profiles.get(profiles.detect(record)), encoding)
    if record.fields:
        for group in _GROUPS:
            group(look)
        if not look.marc21:
            links.check(look)
    else:
        structure.check(look)
    return _ordered(look)


def check_item(item: Item, profile: Profile | None = None) -> list[Finding]:
    """The same for an item of a file: what its reader saw comes first."""
    if profile is None:
        profile = profiles.get(profiles.detect(item.record) if item.record is not None else "marc21")
    look = Look(item.record or Record(""), profile, item.encoding)
    for problem in item.problems:
        _told(look, problem)
    told = {finding.rule for finding in look.found}
    if item.record is None:
        return look.found
    # What the reader already said of the record's shape is not said twice.
    later = check(item.record, profile, encoding=item.encoding)
    return look.found + [one for one in later if one.rule not in told or one.rule.startswith("charset.")]


_WHY = {
    "no </record>": Names("</record> жоқ", "нет </record>", "there is no </record>"),
    "no closing }": Names("жабатын } жоқ", "нет закрывающей }", "there is no closing }"),
    "nested too deep": Names("тым терең кірістірілген", "слишком глубокая вложенность", "nested too deep"),
    "no list “fields”": Names("«fields» тізімі жоқ", "нет списка «fields»", "there is no list “fields”"),
    "mismatched tag": Names("тегтер жұп емес", "теги не парные", "mismatched tags"),
    "undefined entity": Names("белгісіз сілтеме (&…;)", "неизвестная ссылка (&…;)", "undefined entity (&…;)"),
    "not well-formed (invalid token)": Names(
        "рұқсат етілмеген таңба", "недопустимый знак", "a character that is not allowed"
    ),
    "no element found": Names("жазба аяқталмаған", "запись не закончена", "the record is not finished"),
    "unclosed token": Names("тег жабылмаған", "тег не закрыт", "a tag is not closed"),
}


def _told(look: Look, problem: Problem) -> None:
    """A problem of the reader as a finding. Readers name the notation's own trouble, rules hold the words."""
    held: dict[str, Any] = dict(problem.values)
    rule = problem.rule
    if rule in ("structure.xml", "structure.json"):
        why = str(held.get("why", ""))
        place = held.get("line") or held.get("column") or 0
        look.say("structure.notation", why=_WHY.get(why, why), place=place)
    elif rule in ("structure.xml-element", "structure.json-field", "structure.mrk-line"):
        place = held.get("line") or held.get("place") or 0
        text = held.get("text") or held.get("name") or problem.tag or "?"
        look.say("structure.foreign-part", text=text, place=place)
    elif rule in ("structure.directory-length", "structure.unlisted-field"):
        look.say("structure.directory", count=held.get("count", 1), tags="")
    else:
        look.say(rule, problem.tag, problem.occurrence, **held)


def _ordered(look: Look) -> list[Finding]:
    if len(look.found) < 2:
        return look.found
    order = {tag: place for place, tag in enumerate(look.record.tags, start=1)}
    order["LDR"] = 0
    return sorted(
        look.found,
        key=lambda finding: (order.get(finding.field, 1000), finding.occurrence, _RANK[finding.severity]),
    )
