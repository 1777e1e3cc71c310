"""Lines as people type them and as our own pages show them are read as the record they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orken.cataloguing import checker, codecs, display, intake, profiles
from orken.cataloguing.codecs import typed
from orken.cataloguing.record import ControlField, DataField, Record
from orken.cataloguing.tasks import material


@pytest.mark.parametrize(
    "line",
    [
        "200 1# $aАтауы $fАвтор",
        "200 1  $aАтауы$fАвтор",
        "200\t1#\t$aАтауы\t$fАвтор",
        "200 1 ‡aАтауы ‡fАвтор",
        "200 1_ $aАтауы $fАвтор",
        "200 1_ ^aАтауы ^fАвтор",
        "200 1_^aАтауы^fАвтор",
        "  200 1\\ $aАтауы $fАвтор \r",
    ],
)
def test_a_field_is_read_however_it_is_typed(line: str) -> None:
    record = intake.take(text=line).record
    (field,) = record.data("200")
    assert (field.ind1, field.ind2) == ("1", " ")
    assert [tuple(part) for part in field.subfields] == [("a", "Атауы"), ("f", "Автор")]


def shown(record: Record, code: str) -> str:
    """The record as the page of a record shows it, copied from there."""
    lines = []
    for line in display.lines(record, profiles.get(code), []):
        parts = " ".join(
            (f"${part}" if part else "") + "".join(piece.text for piece in pieces) for part, pieces in line.parts
        )
        lines.append(f"{line.tag} {line.indicators} {parts}".replace("  ", " "))
    return "\n".join(lines)


@pytest.mark.parametrize("book", [one.code for one in material.books()])
@pytest.mark.parametrize("format", list(material.FORMATS))
def test_what_is_copied_from_our_own_page_is_the_same_record(book: str, format: str) -> None:
    for record in material.experts(book, format):
        taken = intake.take(text=shown(record, format)).record
        assert taken.leader.rstrip() == record.leader.rstrip()
        assert len(taken.fields) == len(record.fields)
        for had, found in zip(record.fields, taken.fields, strict=True):
            if isinstance(had, ControlField):
                assert isinstance(found, ControlField) and found.value.rstrip() == had.value.rstrip()
            else:
                assert isinstance(found, DataField)
                assert (found.tag, found.ind1, found.ind2) == (had.tag, had.ind1, had.ind2)
                pairs = [(code, value.rstrip()) for code, value in had.subfields]
                assert [(code, value.rstrip()) for code, value in found.subfields] == pairs
        assert not [one for one in checker.check(taken, profiles.get(format)) if one.error]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Құрметті әріптес! 200 жазба жібердім.",
        "=200  1\\$aАтауы\n210 ## $aАлматы",
        "200 1# атауы",
        "<record/>",
        "{}",
        "00714cam a2200205 a 4500",
        "200 1# $aА\nжай сөз",
    ],
)
def test_anything_else_is_left_as_it_is(text: str) -> None:
    assert typed.to_mrk(text) == text


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(typed.to_mrk(text), str)
    assert typed.to_mrk(typed.to_mrk(text)) == typed.to_mrk(text)


def test_a_number_sign_in_a_title_stays() -> None:
    record = intake.take(text="245 10 $aC# for librarians").record
    assert record.value("245", "a") == "C# for librarians"
    record = intake.take(text="200 1# $aC# кітапханашыға").record
    assert record.value("200", "a") == "C# кітапханашыға"


def test_two_records_with_an_empty_line_between_them() -> None:
    taken = intake.take(text="200 1# $aБірінші\n210 ## $aАлматы\n\n200 1# $aЕкінші")
    assert [item.record.value("200", "a") for item in taken.items if item.record] == ["Бірінші", "Екінші"]


def test_a_file_is_never_read_so(tmp_path: object) -> None:
    import io

    with pytest.raises(intake.Refused):
        intake.take(file=io.BytesIO("200 1# $aАтауы".encode()))


def test_it_survives_every_other_notation() -> None:
    record = material.experts("kk-novel", "rusmarc")[0]
    for kind in ("mrk", "json", "marcxml"):
        text = codecs.dumps(record, kind).decode()
        assert typed.to_mrk(text) == text
