"""Files as they come: other encodings, broken records, dangerous XML. A message, never a crash, never a silent repair."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cataloguing_records import clean_in
from orken.cataloguing import checker, codecs
from orken.cataloguing.codecs.items import Item
from orken.cataloguing.record import DataField, Record, Subfield

RUSSIAN = [made.record for made in clean_in("rusmarc", 60) if made.language == "rus"]
KAZAKH = [made.record for made in clean_in("rusmarc", 60) if made.language == "kaz"]


def fitting(record: Record, encoding: str = "cp1251") -> Record:
    """The record without fields that an encoding lacks letters for."""
    kept = []
    for found in record.fields:
        try:
            codecs.dumps(Record(record.leader, (found,)), "iso2709", encoding)
            kept.append(found)
        except codecs.NotWritable:
            continue
    return Record(record.leader, tuple(kept))


def file_of(records: list[Record], encoding: str) -> bytes:
    return b"".join(codecs.dumps(record, "iso2709", encoding) for record in records)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "cp866"])
def test_the_encoding_of_a_russian_file_is_detected(encoding: str) -> None:
    opened = codecs.open_file(io.BytesIO(file_of([fitting(one, encoding) for one in RUSSIAN], encoding)))
    assert opened.encoding == encoding
    assert opened.guess.certainty > 0.7
    assert all(not item.problems for item in opened.items)


@pytest.mark.parametrize("encoding", ["kz1048", "marc-8"])
def test_the_encoding_of_a_kazakh_file_is_detected(encoding: str) -> None:
    records = [fitting(one, encoding) for one in KAZAKH]
    opened = codecs.open_file(io.BytesIO(file_of(records, encoding)))
    assert opened.encoding == encoding
    assert [item.record and item.record.fields for item in opened.items] == [one.fields for one in records]


@pytest.mark.parametrize("text", ["L'été à la campagne", "Über die Bäume", "Čeština pro začátečníky", "©2019", "Łódź"])
def test_latin_letters_with_marks_are_marc_8_when_they_are_not_utf_8(text: str) -> None:
    record = Record("00000nam  2200000 a 4500", (DataField("245", "1", "0", (Subfield("a", text),)),))
    opened = codecs.open_file(io.BytesIO(codecs.dumps(record, "iso2709", "marc-8")))
    assert opened.encoding == "marc-8"
    assert [item.record and item.record.fields for item in opened.items] == [record.fields]


def test_a_person_may_override_the_guess() -> None:
    data = file_of([fitting(one) for one in RUSSIAN], "cp1251")
    (first, *_) = codecs.read(io.BytesIO(data), encoding="koi8-r")
    assert first.record is not None
    assert any(problem.rule == "charset.mixed-file" for problem in first.problems), "the doubt is said"
    written = fitting(RUSSIAN[0]).value("200", "a")
    assert first.record.value("200", "a") == written.encode("cp1251").decode("koi8-r"), "and her word holds"


def test_one_record_in_another_encoding_is_named_and_the_rest_goes_on() -> None:
    data = (
        file_of(RUSSIAN[:3], "utf-8")
        + codecs.dumps(fitting(RUSSIAN[3]), "iso2709", "cp1251")
        + file_of(RUSSIAN[4:6], "utf-8")
    )
    items = list(codecs.read(io.BytesIO(data)))
    assert [[problem.rule for problem in item.problems] for item in items] == [
        [],
        [],
        [],
        ["charset.mixed-file"],
        [],
        [],
    ]
    assert items[3].encoding == "cp1251"
    assert items[3].record is not None
    assert items[3].record.value("200", "a") == RUSSIAN[3].value("200", "a")


def test_a_truncated_record_keeps_what_there_is() -> None:
    data = file_of(RUSSIAN[:2], "utf-8")
    first, second = codecs.read(io.BytesIO(data[:-60]))
    assert first.problems == ()
    assert "structure.truncated" in [problem.rule for problem in second.problems]
    assert second.record is not None
    assert second.record.value("200", "a") == RUSSIAN[1].value("200", "a")


def test_a_wrong_length_is_said_and_the_next_record_is_read() -> None:
    one, two = (codecs.dumps(record, "iso2709") for record in RUSSIAN[:2])
    items = list(codecs.read(io.BytesIO(b"00099" + one[5:] + two)))
    assert [problem.rule for problem in items[0].problems] == ["structure.length"]
    assert items[0].record is not None
    assert items[0].record.fields == RUSSIAN[0].fields
    assert items[1].problems == ()


def test_a_record_without_an_end_for_megabytes_is_skipped() -> None:
    good = codecs.dumps(RUSSIAN[0], "iso2709")
    items = list(codecs.read(io.BytesIO(b"01234nam" + b"x" * 5_000_000 + b"\x1d" + good)))
    assert "structure.truncated" in [problem.rule for problem in items[0].problems]
    assert items[-1].record is not None
    assert items[-1].record.fields == RUSSIAN[0].fields


BOMBS = [
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><collection><record><leader>&lol2;</leader></record></collection>',
    '<!DOCTYPE r SYSTEM "file:///etc/passwd"><collection><record><leader>x</leader></record></collection>',
    "<collection>" + " " * 9000 + "<!ENTITY x 'y'>" + "<record><leader>x</leader></record></collection>",
]


@pytest.mark.parametrize("text", BOMBS)
def test_entity_bombs_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(codecs.FileRefused) as refused:
        list(codecs.read(io.BytesIO(text.encode())))
    assert all("DOCTYPE" in refused.value.texts[language] for language in ("kk", "ru", "en"))


def test_an_undefined_entity_spoils_one_record_only() -> None:
    good = codecs.dumps(RUSSIAN[0], "marcxml").decode()
    start, end = good.index("<record>"), good.index("</collection>")
    record = good[start:end]
    text = good[:start] + record.replace("<leader>", "<leader>&lol;", 1) + record + "</collection>"
    first, second = codecs.read(io.BytesIO(text.encode()))
    assert first.record is None
    assert [problem.rule for problem in first.problems] == ["structure.xml"]
    assert second.record is not None
    assert second.record.fields == RUSSIAN[0].fields


def test_ill_formed_records_do_not_hide_the_others() -> None:
    record = codecs.dumps(RUSSIAN[0], "marcxml").decode()
    inner = record[record.index("<record>") : record.index("</collection>")]
    text = f"<collection>{inner}{inner.replace('</leader>', '')}{inner}</collection>"
    items = list(codecs.read(io.BytesIO(text.encode())))
    assert [item.record is not None for item in items] == [True, False, True]


@pytest.mark.parametrize("prefix", ["", "marc:"])
def test_marcxml_is_read_with_and_without_a_prefix(prefix: str) -> None:
    space = f'xmlns{":marc" if prefix else ""}="http://www.loc.gov/MARC21/slim"'
    p = prefix
    text = f'<{p}collection {space}><{p}record><{p}leader>00000nam a2200000 i 4500</{p}leader><{p}datafield tag="245" ind1="1" ind2="0"><{p}subfield code="a">Т&amp;т</{p}subfield></{p}datafield></{p}record></{p}collection>'
    (item,) = codecs.read(io.BytesIO(text.encode()))
    assert item.record == Record("00000nam a2200000 i 4500", (DataField("245", "1", "0", (Subfield("a", "Т&т"),)),))


def test_xml_in_another_declared_encoding_is_read() -> None:
    text = codecs.dumps(fitting(RUSSIAN[0]), "marcxml").decode().replace('encoding="UTF-8"', 'encoding="windows-1251"')
    (item,) = codecs.read(io.BytesIO(text.encode("cp1251")))
    assert item.record is not None
    assert item.record.value("200", "a") == RUSSIAN[0].value("200", "a")


@pytest.mark.parametrize("name", ["hex", "zlib", "ebcdic-kz"])
def test_an_encoding_that_is_none_is_refused(name: str) -> None:
    text = codecs.dumps(RUSSIAN[0], "marcxml").decode().replace("UTF-8", name)
    with pytest.raises(codecs.FileRefused, match=name):
        list(codecs.read(io.BytesIO(text.encode())))


def test_marcxml_in_utf_16_is_read() -> None:
    text = codecs.dumps(RUSSIAN[0], "marcxml").decode().replace("UTF-8", "UTF-16")
    (item,) = codecs.read(io.BytesIO(text.encode("utf-16")))
    assert item.record is not None
    assert item.record.fields == RUSSIAN[0].fields


def test_a_broken_json_record_gives_a_message() -> None:
    good = codecs.dumps(RUSSIAN[0], "json").decode().strip()
    items = list(codecs.read(io.BytesIO(f'{good}\n{{"leader": 5, "fields": "x"}}\n{good}\n'.encode())))
    assert [item.record is not None for item in items] == [True, False, True]
    assert items[1].problems[0].rule == "structure.json"


def test_a_json_bomb_of_brackets_gives_a_message() -> None:
    items = list(codecs.read(io.BytesIO(b'{"fields":' + b"[" * 200_000 + b"]" * 200_000 + b"}")))
    assert items[0].record is None


def test_what_is_not_a_catalogue_file_is_refused() -> None:
    for data in (b"", b"   \n", b"%PDF-1.7 hello", b"PK\x03\x04"):
        with pytest.raises(codecs.FileRefused):
            list(codecs.read(io.BytesIO(data)))


def test_pasted_lines_are_read() -> None:
    (item,) = codecs.read_text("=LDR  00000nam\\a2200000\\i\\4500\n=245  10$aЦена 5{dollar} /$cА. Б.\n")
    assert item.record is not None
    assert item.record.value("245", "a") == "Цена 5$ /"


@given(st.binary(max_size=400), st.sampled_from([None, *codecs.ENCODINGS]))
@settings(max_examples=300, deadline=None)
def test_no_bytes_crash_a_reader_or_the_checker(data: bytes, encoding: str | None) -> None:
    for format in codecs.FORMATS:
        try:
            items = list(codecs.read(io.BytesIO(data), encoding=encoding, format=format))
        except codecs.FileRefused:
            continue
        for item in items:
            for finding in checker.check_item(item):
                assert finding.message("kk")


WHOLE = codecs.dumps(RUSSIAN[0], "iso2709") * 2


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, 60))
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_gives_messages_and_never_a_crash(place: int, byte: int, cut: int) -> None:
    data = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    data = data[: len(data) - cut] if cut > 50 else data
    try:
        items = list(codecs.read(io.BytesIO(data)))
    except codecs.FileRefused:
        assert place == 0, "only the first byte can say that the file is of another format"
        return
    assert items
    for item in items:
        for finding in checker.check_item(item):
            assert finding.message("ru")


class _Endless(io.RawIOBase):
    """A file of many megabytes that is never in memory as a whole."""

    def __init__(self, record: bytes, times: int) -> None:
        self._pieces: Iterator[bytes] = (record for _ in range(times))
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._rest += piece
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


@pytest.mark.parametrize("format", ["iso2709", "mrk"])
def test_a_long_file_is_read_in_constant_memory(format: str) -> None:
    record = codecs.dumps(RUSSIAN[0], format)
    times = 8_000_000 // len(record)
    tracemalloc.start()
    try:
        count = len([0 for _ in codecs.read(cast(BinaryIO, _Endless(record, times)))])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == times
    assert peak < 4_000_000, f"{peak} bytes at the peak for a file of 8 MB"


def test_items_say_where_they_begin() -> None:
    data = file_of(RUSSIAN[:3], "utf-8")
    items: list[Item] = list(codecs.read(io.BytesIO(data)))
    lengths = [len(codecs.dumps(record, "iso2709")) for record in RUSSIAN[:3]]
    assert [item.offset for item in items] == [0, lengths[0], lengths[0] + lengths[1]]
