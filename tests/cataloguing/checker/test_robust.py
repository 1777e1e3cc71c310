"""Any record at all, however strange, is checked and shown without a crash."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cataloguing_records import clean
from orken.cataloguing import cards, checker, profiles
from orken.cataloguing.profiles import LANGUAGES
from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield

CODES = st.sampled_from(profiles.CODES)
CLEAN = [made.record for made in clean(110)]

ANY = st.text(max_size=12)
TAGS = st.one_of(
    ANY,
    st.sampled_from(sorted({found.tag for record in CLEAN for found in record.fields})),
    st.integers(0, 999).map(lambda number: f"{number:03d}"),
)
VALUES = st.one_of(
    ANY,
    st.sampled_from(
        [
            value
            for record in CLEAN
            for found in record.fields
            if isinstance(found, DataField)
            for _, value in found.subfields
        ]
    ),
    st.text("0123456789-X ux|[]()«»\"'.,:;/=abcабвҚі", max_size=40),
)
SUBFIELDS = st.builds(
    Subfield, st.one_of(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"), st.text(max_size=2)), VALUES
)
FIELDS: st.SearchStrategy[Field] = st.one_of(
    st.builds(ControlField, TAGS, VALUES),
    st.builds(
        DataField, TAGS, st.text(max_size=1), st.text(max_size=1), st.lists(SUBFIELDS, max_size=5).map(tuple), ANY
    ),
)
LEADERS = st.one_of(ANY, st.sampled_from([record.leader for record in CLEAN]), st.text(min_size=24, max_size=24))
RECORDS = st.builds(Record, LEADERS, st.lists(FIELDS, max_size=12).map(tuple))


@given(RECORDS, CODES)
@settings(max_examples=500, deadline=None)
def test_any_record_is_checked_with_words_in_every_language(record: Record, code: str) -> None:
    for finding in checker.check(record, profiles.get(code)):
        for language in LANGUAGES:
            assert finding.message(language)
        assert finding.as_json()["rule"] == finding.rule


@given(RECORDS, CODES, st.sampled_from(cards.STYLES))
@settings(max_examples=300, deadline=None)
def test_any_record_has_a_card(record: Record, code: str, style: str) -> None:
    assert isinstance(cards.card(record, profiles.get(code), style=style), str)


@given(st.sampled_from(CLEAN), st.data())
@settings(max_examples=300, deadline=None)
def test_a_clean_record_with_one_field_made_strange(record: Record, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(record.fields) - 1))
    strange = data.draw(FIELDS)
    changed = Record(record.leader, (*record.fields[:place], strange, *record.fields[place + 1 :]))
    profile = profiles.get(profiles.detect(changed))
    for finding in checker.check(changed, profile):
        assert finding.message("kk")
    assert isinstance(cards.card(changed, profile), str)
