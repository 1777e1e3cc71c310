"""The examples of the rules: a clean record of each family, and the lines laid over it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from orken.cataloguing import codecs, profiles
from orken.cataloguing.checker.rules import Rule
from orken.cataloguing.codecs import iso2709, mrk
from orken.cataloguing.codecs.items import Item
from orken.cataloguing.profiles import Profile
from orken.cataloguing.record import Field, Record

MARC21 = r"""=LDR  00000nam\a2200000\i\4500
=001  kz0001
=005  20200115103000.0
=008  200115s2019\\\\kz\a\\\\\\\\\\001\0\kaz\d
=020  \\$a9786017770273
=040  \\$aKZ-AlNLR$bkaz$cKZ-AlNLR$erda
=041  0\$akaz
=080  \\$a811.512.122(075)
=100  1\$aҚожабеков, Марат,$d1956-
=245  10$aҚазақ тілі :$bоқулық /$cМарат Қожабеков.
=264  \1$aАлматы :$bМектеп,$c2019.
=300  \\$a120 бет :$bсур. ;$c21 см.
=336  \\$aмәтін$btxt$2rdacontent
=337  \\$aқұралсыз$bn$2rdamedia
=338  \\$aтом$bnc$2rdacarrier
=650  \7$aҚазақ тілі$vОқулықтар$2local
"""
UNIMARC = r"""=LDR  00000nam0\2200000\\\450\
=001  KZ0002
=005  20200115103000.0
=010  \\$a978-601-7770-27-3
=100  \\$a20200115d2019\\\\m\\y0rusy50\\\\\\ca
=101  0\$arus
=102  \\$aKZ
=105  \\$aa\\\j\\\001yy
=200  1\$aКазахский язык$eучебник$fС. Оспанов
=210  \\$aАлматы$cМектеп$d2019
=215  \\$a120 с.$cил.$d21 см
=606  1\$aКазахский язык$2nlr_sh
=675  \\$a811.512.122(075)$v4$zrus
=686  \\$a81.632.1я72$2rubbk
=700  \1$aОспанов$bС.$gСерик
=801  \0$aKZ$bНациональная библиотека Республики Казахстан$c20200115$gRCR
"""


def base(family: str) -> Record:
    """The clean record that examples of a family are laid over."""
    (item,) = mrk.read((UNIMARC if family == "unimarc" else MARC21).splitlines())
    assert item.record is not None
    if family != "unimarc":
        return item.record
    # In .mrk a backslash stands for a blank only outside subfields; the coded examples use it inside too.
    fields = tuple(
        mrk.parse_field(found.tag, mrk.field_line(found)[6:].replace("\\", " ").replace("{bsol}", " "))
        if found.tag in ("100", "105")
        else found
        for found in item.record.fields
    )
    return Record(item.record.leader, fields)


def profile_of(rule: Rule) -> Profile:
    return profiles.get("rusmarc" if rule.family == "unimarc" else "marc21")


def items(rule: Rule, example: str) -> list[Item]:
    """The example as the reader of its format would hand it over."""
    if example.startswith("@") or rule.format != "mrk":
        data = _built(example[1:]) if example.startswith("@") else example.encode("utf-8")
        return list(codecs.read(io.BytesIO(data)))
    return list(mrk.read(lines(rule, example)))


def lines(rule: Rule, example: str) -> list[str]:
    """The whole record of an example as lines."""
    record = base(rule.family)
    given = example.split("\n")
    if example.startswith("*"):
        kept = [line for line in (given[0][1:], *given[1:]) if line]
        return [f"=LDR  {record.leader.replace(' ', chr(92))}", *kept]
    leader = f"=LDR  {record.leader.replace(' ', chr(92))}"
    removed: set[str] = set()
    added: dict[str, list[str]] = {}
    loose: list[str] = []
    for line in given:
        if line.startswith("-"):
            removed.add(line[1:4])
        elif line.startswith("=LDR"):
            leader = line
        elif line.startswith("="):
            added.setdefault(line[1:4], []).append(line)
        elif line:
            loose.append(line)
    head = [] if "LDR" in removed else [leader]
    return [*head, *_placed(record, removed, added), *loose]


def _placed(record: Record, removed: set[str], added: dict[str, list[str]]) -> Iterator[str]:
    waiting = sorted(added)
    for found in record.fields:
        while waiting and waiting[0] <= found.tag:
            yield from added[waiting.pop(0)]
        if found.tag not in removed and found.tag not in added:
            yield mrk.field_line(found)
    for tag in waiting:
        yield from added[tag]


def _built(name: str) -> bytes:
    """Files that only bytes can show."""
    whole = iso2709.dumps(base("marc21"), "utf-8")
    base_address = int(whole[12:17])
    if name == "truncated":
        return whole[:-40]
    if name == "wrong-length":
        return b"00100" + whole[5:]
    if name == "wrong-base":
        return whole[:12] + b"00099" + whole[17:]
    if name == "wrong-directory":
        return whole[:27] + b"0099" + whole[31:]
    if name == "no-field-end":
        return whole[:-2] + whole[-1:]
    if name == "between":
        return whole + b"\r\n" + whole
    if name == "mixed-file":
        russian = _with(base("marc21"), "=500  \\\\$aКнига издана к юбилею писателя, сохранена орфография автора.")
        return whole * 8 + iso2709.dumps(_cyrillic_only(russian), "cp1251")
    if name == "mixed-field":
        return whole[:base_address] + whole[base_address:].replace(
            "Алматы".encode(), "Алматы".encode("cp1251") + b"      ", 1
        )
    if name == "undecodable":
        return codecs.dumps(base("marc21"), "marcxml").replace("оқулық".encode(), b"\xff\xfe" + "қулық".encode(), 1)
    if name == "long-field":
        return codecs.dumps(_with(base("marc21"), "=520  \\\\$a" + "Ұзақ мәтін. " * 900), "mrk")
    raise KeyError(name)


def _with(record: Record, line: str) -> Record:
    field: Field = mrk.parse_field(line[1:4], line[6:])
    return record.with_field(field)


def _cyrillic_only(record: Record) -> Record:
    """The record without the fields that cp1251 lacks letters for."""
    kept = []
    for found in record.fields:
        try:
            iso2709.field_text(found).encode("cp1251")
            kept.append(found)
        except UnicodeEncodeError:
            continue
    return Record(record.leader, tuple(kept))
