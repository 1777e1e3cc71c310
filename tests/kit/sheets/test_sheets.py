"""Spreadsheets in and out: honest lists are read, bombs and programs are not."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orken.kit.sheets.reading import Limits, SheetRefused, read
from orken.kit.sheets.writing import Column, Table, write_csv, write_xlsx


def written(rows: list[list[Any]], heads: list[str]) -> io.BytesIO:
    with write_xlsx([Table("Тізім/2026", [Column(head) for head in heads], rows)]) as file:
        return io.BytesIO(file.read())


def repacked(source: io.BytesIO, **parts: bytes) -> io.BytesIO:
    """The same workbook with some parts in place of others («sheet1» is the sheet)."""
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            short = name.rsplit("/", 1)[-1].removesuffix(".xml")
            new.writestr(name, parts.get(short, old.read(name)))
    return out


def test_what_was_written_is_read_again() -> None:
    rows: list[list[Any]] = [["Ақсу", 12, 3.5, date(2026, 3, 12), None], ["=1+1", -1, 0, date(1999, 1, 1), "ә"]]
    sheet = read(written(rows, ["а", "б", "в", "г", "д"])).sheets[0]
    assert sheet.name == "Тізім 2026"
    assert sheet.rows[1:] == [["Ақсу", 12, 3.5, date(2026, 3, 12), ""], ["=1+1", -1, 0, date(1999, 1, 1), "ә"]]


def test_a_moment_stands_as_the_clock_of_the_country_shows_it() -> None:
    moment = datetime(2026, 11, 25, 20, 30, tzinfo=UTC)  # half past one of the next day in Astana
    [_head, [shown]] = read(written([[moment]], ["Қашан"])).sheets[0].rows
    assert str(shown).startswith("2026-11-26") and "01:30" in str(shown)
    assert "2026-11-26 01:30:00" in write_csv(Table("t", [Column("a")], [[moment]])).decode("utf-8-sig")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_no_text_of_ours_becomes_a_program_in_csv(text: str) -> None:
    table = Table("t", [Column("a")], [[text]])
    line = write_csv(table).decode("utf-8-sig").splitlines()[1:]
    cell = "\n".join(line).strip('"')
    assert not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_in_the_encodings_and_separators_of_life(encoding: str, separator: str) -> None:
    text = f"Код{separator}Название\nKZ-55{separator}Павлодар\n"
    sheet = read(io.BytesIO(text.encode(encoding))).sheets[0]
    assert sheet.rows == [["Код", "Название"], ["KZ-55", "Павлодар"]]


def test_the_kazakh_code_page_keeps_kazakh_letters() -> None:
    names = "Қасенова Ұлту,Әбішева Үміт,Өмірғалиқызы Іңкәр Һафиз"
    sheet = read(io.BytesIO(f"{names}\n".encode("kz1048"))).sheets[0]
    assert sheet.rows == [names.split(",")]


def test_a_formula_in_csv_stays_text() -> None:
    assert read(io.BytesIO(b'a;b\n=cmd|"/c calc"!A1;1')).sheets[0].rows[1][0].startswith("=cmd")  # type: ignore[union-attr]  # a text cell


def test_merged_cells_are_told() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().merge_range("A1:C1", "Список")
    book.close()
    assert read(out).sheets[0].merged == [(0, 0, 0, 2)]


def refusal(file: io.BytesIO, limits: Limits | None = None) -> str:
    with pytest.raises(SheetRefused) as caught:
        read(file, limits)
    return str(caught.value.args[0])


def test_every_refusal_is_a_sentence_with_a_way_out() -> None:
    good = written([["a"]], ["x"])
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 230_000_000)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", b"hello")
    entities = repacked(good, sheet1=b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet/>')
    found = {
        refusal(io.BytesIO(b"")), refusal(bomb), refusal(other), refusal(entities),
        refusal(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)), refusal(io.BytesIO(good.getvalue()[:-200])),
        refusal(io.BytesIO(b"abc\x00def")), refusal(io.BytesIO(b"x" * 200), Limits(size=100)),
        refusal(written([["a"]] * 50, ["x"]), Limits(rows=10)),
    }  # fmt: skip
    assert len(found) == 9
    assert all(sentence.endswith(".") and len(sentence) > 5 for sentence in found), found


def test_a_cell_in_the_last_corner_does_not_eat_the_memory() -> None:
    far = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert refusal(repacked(written([["a"]], ["x"]), sheet1=far))
