"""What is written is what was read, in every format and encoding."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cataloguing_records import clean
from orken.cataloguing import codecs
from orken.cataloguing.codecs import marc8, mrk
from orken.cataloguing.codecs.writing import renumbered
from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield

RECORDS = [made.record for made in clean(60)]

# Anything Unicode can hold but half letters and the three signs that are the notation of ISO 2709 itself.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1d\x1e\x1f"), max_size=30)
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=30)
CODES = st.sampled_from("abcdefghxyz0123456789")
TAGS = st.integers(10, 999).map(lambda number: f"{number:03d}")
INDICATORS = st.sampled_from(" 0123456789#")


def records(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Record]:
    controls = st.builds(ControlField, st.sampled_from(["001", "003", "005", "008"]), texts)
    subfields = st.builds(Subfield, CODES, texts)
    data = st.builds(DataField, TAGS, INDICATORS, INDICATORS, st.lists(subfields, min_size=1, max_size=4).map(tuple))
    fields: st.SearchStrategy[Field] = st.one_of(controls, data)
    return st.builds(Record, st.just("00000nam a2200000 i 4500"), st.lists(fields, min_size=1, max_size=6).map(tuple))


def through(record: Record, format: str, encoding: str = "utf-8") -> Record:
    (item,) = codecs.read(io.BytesIO(codecs.dumps(record, format, encoding)), encoding=encoding, format=format)
    assert item.record is not None
    assert item.problems == ()
    return item.record


@given(records(TEXTS))
@settings(max_examples=150, deadline=None)
def test_iso_2709_keeps_every_text(record: Record) -> None:
    assert renumbered(through(record, "iso2709")) == renumbered(record)


@given(records(TEXTS))
@settings(max_examples=150, deadline=None)
def test_json_keeps_every_text(record: Record) -> None:
    assert through(record, "json") == record


@given(records(TEXTS))
@settings(max_examples=200, deadline=None)
def test_mrk_keeps_every_text(record: Record) -> None:
    assert through(record, "mrk") == record


@given(records(TEXTS))
@settings(max_examples=150, deadline=None)
def test_marcxml_keeps_what_xml_can_hold_and_refuses_the_rest(record: Record) -> None:
    try:
        data = codecs.dumps(record, "marcxml")
    except codecs.NotWritable as refusal:
        assert "U+" in refusal.texts["en"]
        return
    (item,) = codecs.read(io.BytesIO(data))
    assert item.record == record


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_marc_8_keeps_every_text_in_its_composed_form(text: str) -> None:
    assert marc8.decode(marc8.encode(text)) == unicodedata.normalize("NFC", text)


@given(records(PRINTABLE))
@settings(max_examples=100, deadline=None)
def test_a_record_survives_marc_8(record: Record) -> None:
    kept = through(record, "iso2709", "marc-8")
    assert [type(found) for found in kept.fields] == [type(found) for found in record.fields]
    for one, other in zip(kept.fields, record.fields, strict=True):
        assert mrk.field_line(one) == mrk.field_line(other) or unicodedata.normalize(
            "NFC", mrk.field_line(other)
        ) == mrk.field_line(one)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "kz1048"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_single_byte_encodings_keep_their_letters(encoding: str, data: st.DataObject) -> None:
    letters = sorted({bytes([byte]).decode(encoding, errors="ignore") for byte in range(0x20, 0x100)} - {""})
    text = data.draw(st.text(st.sampled_from(letters), min_size=1, max_size=40))
    record = Record("00000nam  2200000   450 ", (DataField("200", "1", " ", (Subfield("a", text),)),))
    written = codecs.dumps(record, "iso2709", encoding)
    (item,) = codecs.read(io.BytesIO(written), encoding=encoding)
    assert item.record is not None
    if not any(problem.rule.startswith("charset.") for problem in item.problems):
        assert item.record.fields == record.fields


@pytest.mark.parametrize("format", codecs.FORMATS)
def test_a_whole_file_goes_through_every_format(format: str) -> None:
    items = [codecs.Item(number, record) for number, record in enumerate(RECORDS, start=1)]
    data = b"".join(step.data for step in codecs.write(items, format))
    again = [item.record for item in codecs.read(io.BytesIO(data))]
    assert [record and record.fields for record in again] == [record.fields for record in RECORDS]


def test_pymarc_reads_what_we_write_and_we_read_what_pymarc_writes() -> None:
    import pymarc

    record = RECORDS[0]
    (theirs,) = pymarc.MARCReader(codecs.dumps(record, "iso2709"), to_unicode=True)
    assert theirs is not None
    assert theirs["245"]["a"] == record.value("245", "a")
    (item,) = codecs.read(io.BytesIO(theirs.as_marc()))
    assert item.record is not None
    assert item.record.fields == record.fields


def test_malformed_parts_are_kept_as_they_stand() -> None:
    broken = Record(
        "00000nam a2200000 i 4500",
        (
            DataField("245", "1", "0", (), "text without a delimiter"),
            DataField("300", "", "", ()),
            DataField("500", " ", " ", (Subfield("", ""), Subfield("a", "x"))),
        ),
    )
    for format in ("iso2709", "mrk", "json"):
        (item,) = codecs.read(io.BytesIO(codecs.dumps(broken, format)), format=format)
        assert item.record is not None
        assert item.record.fields == broken.fields, format


@pytest.mark.parametrize(("text", "encoding"), [("Қазақ", "cp1251"), ("ə", "koi8-r"), ("ң", "cp866")])
def test_a_letter_that_the_encoding_lacks_is_named(text: str, encoding: str) -> None:
    record = Record("00000nam a2200000 i 4500", (DataField("245", "1", "0", (Subfield("a", text),)),))
    with pytest.raises(codecs.NotWritable) as refused:
        codecs.dumps(record, "iso2709", encoding)
    assert "245" in refused.value.texts["kk"]
    assert "UTF-8" in refused.value.texts["ru"]


def test_a_code_of_two_characters_is_kept_where_it_can_be_and_refused_where_not() -> None:
    text = '<record><leader>00000nam a2200000 i 4500</leader><datafield tag="245" ind1="1" ind2="0"><subfield code="ab">T</subfield></datafield></record>'
    (item,) = codecs.read(io.BytesIO(text.encode()))
    assert item.record is not None
    assert item.record.value("245", "ab") == "T"
    assert through(item.record, "json") == item.record
    for format in ("iso2709", "mrk", "marcxml"):
        with pytest.raises(codecs.NotWritable):
            codecs.dumps(item.record, format)


def test_a_field_too_long_for_iso_2709_is_refused_not_cut() -> None:
    long = Record("00000nam a2200000 i 4500", (DataField("520", " ", " ", (Subfield("a", "ұ" * 6000),)),))
    with pytest.raises(codecs.NotWritable, match="9,999"):
        codecs.dumps(long, "iso2709")
    assert through(long, "json") == long


def test_a_9999_byte_field_is_read() -> None:
    record = Record("00000nam a2200000 i 4500", (DataField("520", " ", " ", (Subfield("a", "x" * 9994),)),))
    assert through(record, "iso2709").value("520", "a") == "x" * 9994
