"""UNIMARC as its own manual has it, where the national version is stricter or knows less."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orken.cataloguing import checker, profiles
from orken.cataloguing.record import ControlField, DataField, Record, data_field

LEADER = "01234pam0 2200253   450 "


def clean() -> Record:
    """A record as a library outside Russia writes it; the book is invented."""
    return Record(
        LEADER,
        (
            ControlField("001", "ORK-U-1"),
            data_field("010", "  ", "a978-601-7802-11-0", "bbr."),
            data_field("100", "  ", "a20190101d2019    m  y0frey50      ba"),
            data_field("101", "1 ", "afre", "crus"),
            data_field("102", "  ", "aFR"),
            data_field("105", "  ", "aa   z   00|f|"),
            data_field("106", "  ", "ar"),
            data_field(
                "200", "1 ", "aLe vent de la steppe", "fAlma Bekturova", "gtraduit par Ilia Lanskoï", "6a01", "7ba"
            ),
            data_field("210", "  ", "aParis", "cEncre", "d2019"),
            data_field("215", "  ", "a312 p.", "cill.", "d22 cm"),
            data_field("215", "  ", "a1 carte", "d30 x 40 cm"),
            data_field("305", "  ", "aPublié d'abord en 2015"),
            data_field("305", "  ", "aRéimprimé en 2020"),
            data_field("410", " 0", "tLettres des steppes", "v3"),
            data_field("606", "  ", "aLecture", "xHistoire"),
            data_field("676", "  ", "a028", "v23"),
            data_field("700", " 1", "aBekturova", "bAlma", "4070"),
            data_field("702", " 1", "aLanskoï", "bIlia", "4730"),
            data_field("801", " 0", "aFR", "bORK", "c20190101", "gAFNOR"),
        ),
    )


def said(record: Record, code: str = "unimarc") -> set[tuple[str, str]]:
    return {(one.rule, one.field) for one in checker.check(record, profiles.get(code)) if one.severity != "info"}


def test_a_record_by_the_manual_is_clean() -> None:
    assert said(clean()) == set()
    assert profiles.detect(clean()) == "unimarc"


@pytest.mark.parametrize("status", "cdnop")
def test_every_status_of_the_manual_is_known(status: str) -> None:
    record = replace(clean(), leader=LEADER[:5] + status + LEADER[6:])
    assert said(record) == set()
    assert (("fixed.leader", "LDR") in said(record, "rusmarc")) is (status in "op")


def test_an_unknown_status_is_said() -> None:
    assert ("fixed.leader", "LDR") in said(replace(clean(), leader=LEADER[:5] + "q" + LEADER[6:]))


@pytest.mark.parametrize(
    ("tag", "indicators", "parts", "rule"),
    [
        ("106", "  ", ("aq",), "fixed.code"),
        ("410", "1 ", ("tLettres",), "structure.undefined-indicator"),
        ("410", " 5", ("tLettres",), "structure.indicator"),
        ("410", " 0", ("v3",), "link.empty"),
        ("410", " 0", ("1zz",), "link.embedded"),
        ("200", "1 ", ("aLe vent", "fA. B.", "6a01", "6a02"), "structure.repeated-subfield"),
        ("200", "1 ", ("aLe vent", "fA. B.", "!x"), "structure.subfield-code"),
        ("101", "5 ", ("afre",), "structure.indicator"),
        ("102", "  ", ("aQQ",), "code.country"),
        ("801", " 9", ("aFR", "bORK", "c20190101"), "structure.indicator"),
        ("801", " 0", ("bORK", "c20190101", "gAFNOR"), "complete.subfield"),
        ("801", " 0", ("aFR", "bORK", "c20191301", "gAFNOR"), "link.transaction"),
        ("214", " 9", ("aParis",), "structure.indicator"),
        ("328", " 0", ("bThèse", "qx"), "structure.unknown-subfield"),
        ("899", "  ", ("aX",), "structure.local-field"),
        ("700", " 1", ("bAlma", "4070"), "complete.subfield"),
        ("700", " 1", ("aBekturova", "4aut"), "code.relator"),
        ("210", "  ", ("aParis :", "cEncre", "d2019"), "punct.typed"),
        ("215", "  ", ("a312 p. ;", "d22 cm"), "punct.typed"),
        ("200", "1 ", ("aLe vent /", "fA. B."), "punct.typed"),
        ("225", "1 ", ("aSérie ;", "v3"), "punct.typed"),
    ],
)
def test_what_the_manual_does_not_allow_is_said(tag: str, indicators: str, parts: tuple[str, ...], rule: str) -> None:
    record = clean()
    fields = [field for field in record.fields if field.tag != tag]
    made = data_field(tag, indicators, *parts)
    place = next((at for at, field in enumerate(fields) if field.tag > tag), len(fields))
    spoilt = Record(record.leader, (*fields[:place], made, *fields[place:]))
    assert rule in {found for found, where in said(spoilt) if where == tag} | {
        one.rule for one in checker.check(spoilt, profiles.get("unimarc")) if one.field == tag
    }


@pytest.mark.parametrize("tag", ["001", "100", "101", "200", "801"])
def test_what_the_manual_demands_is_missed(tag: str) -> None:
    assert tag in {where for _rule, where in said(clean().without(tag))}


def test_only_one_primary_responsibility() -> None:
    record = clean()
    both = record.with_field(data_field("710", "02", "aSociété des steppes", "4070"))
    assert ("complete.condition", "700") in said(both)


def test_links_by_standard_subfields_are_of_unimarc_and_not_of_rusmarc() -> None:
    assert ("link.empty", "410") not in said(clean())
    other = clean().without("410").with_field(data_field("461", " 0", "tСтепь", "v3"))
    assert ("link.empty", "461") in said(other, "rusmarc")
    assert ("link.empty", "461") not in said(other)


def test_every_subfield_of_every_field_has_a_name() -> None:
    for found in profiles.get("unimarc").fields.values():
        for part in found.subfields.values():
            assert part.name.ru, (found.tag, part.code)


def test_every_field_of_the_format_takes_its_own_parts_and_refuses_a_stranger() -> None:
    """Each field, indicator value and subfield code that the format defines is accepted; the next one is not."""
    profile = profiles.get("unimarc")
    for tag, found in profile.fields.items():
        if found.control or not found.subfields:
            continue
        first = next(iter(found.ind1.allowed)) if found.ind1 else " "
        second = next(iter(found.ind2.allowed)) if found.ind2 else " "
        whole = data_field(tag, first + second, *(f"{code}x" for code in found.subfields))
        shape = {
            one.rule
            for one in checker.check(Record(LEADER, (whole,)), profile)
            if one.field == tag and one.rule.startswith("structure.") and one.rule != "structure.order"
        }
        assert not shape & {"structure.unknown-field", "structure.local-field"}, tag
        assert not shape & {"structure.unknown-subfield", "structure.indicator", "structure.undefined-indicator"}, (
            tag,
            shape,
        )
        stranger = next(code for code in "qwnmjkoyzxv9" if code not in found.subfields)
        foreign = DataField(
            tag,
            "9" if "9" not in (found.ind1.allowed if found.ind1 else "") else "8",
            second,
            (*whole.subfields, data_field(tag, "  ", f"{stranger}x").subfields[0]),
        )
        rules = {one.rule for one in checker.check(Record(LEADER, (foreign,)), profile) if one.field == tag}
        assert "structure.unknown-subfield" in rules, tag
        if found.ind1 is not None:
            assert rules & {"structure.indicator", "structure.undefined-indicator"}, tag
