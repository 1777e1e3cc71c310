"""Whatever stands in a record, the grader and the pages read it: no crash, no silence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from orken.cataloguing import checker, compare, display, marking, profiles
from orken.cataloguing.elements import describe
from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield
from orken.cataloguing.tasks import material

TAGS = [
    "001",
    "005",
    "006",
    "007",
    "008",
    "010",
    "020",
    "022",
    "041",
    "080",
    "084",
    "100",
    "101",
    "102",
    "105",
    "110",
    "135",
    "181",
    "200",
    "205",
    "207",
    "210",
    "215",
    "225",
    "245",
    "246",
    "260",
    "264",
    "300",
    "320",
    "336",
    "362",
    "461",
    "463",
    "490",
    "500",
    "600",
    "606",
    "610",
    "650",
    "653",
    "675",
    "686",
    "700",
    "701",
    "710",
    "711",
    "773",
    "801",
    "856",
    "9xx",
    "Ж12",
]
STRANGE = [
    "",
    "-",
    "…",
    "\u200b",
    "\u202e",
    "\x00",
    "Қaн",
    "ⅩⅤ",
    "١٩٩٩",
    "²",
    "[19--?]",
    "999999999999999999999",
    "é\u0301" * 5,
    "а" * 10_000,
    "200 ",
    "=",
    "/",
    "978-",
]
texts = st.one_of(st.sampled_from(STRANGE), st.text(max_size=40))
subfields = st.builds(
    Subfield,
    st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "n", "t", "u", "v", "x", "z", "1", "2", "4", "", "Ж"]),
    texts,
)
fields: st.SearchStrategy[Field] = st.one_of(
    st.builds(ControlField, st.sampled_from([*TAGS, ""]), texts),
    st.builds(DataField, st.sampled_from([*TAGS, ""]), st.sampled_from(["", " ", "0", "1", "7", "ж"]), st.sampled_from(["", " ", "1"]), st.lists(subfields, max_size=6).map(tuple), st.sampled_from(["", "мәтін"])),
)  # fmt: skip
records = st.builds(
    Record,
    st.one_of(st.text(max_size=30), st.just("00000nam a2200000 i 4500")),
    st.lists(fields, max_size=14).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(records, st.sampled_from(["marc21", "rusmarc", "unimarc", "kazmarc"]))
def test_any_record_is_described_graded_compared_and_shown(record: Record, code: str) -> None:
    profile = profiles.get(code)
    marked = marking.mark(record, profile, marking.experts_of("ru-essays", "marc21" if code == "marc21" else "rusmarc"))
    assert 0 <= marked.score < 70
    assert marked.as_json()["passed"] is False
    found = list(checker.check(record, profile))
    lines = display.lines(record, profile, found)
    assert len(lines) >= len(record.fields) + 1
    assert sum(len(line.messages) for line in lines) == len(found)  # no message is lost on the page
    display.form(record, profile)
    display.coded(record, profile)
    assert all(
        line.state == "same"
        for line in compare.lines(describe(record, code), describe(record, code))
        if not any(one.lost for one in line.first)
    )


@settings(max_examples=60, deadline=None)
@given(records)
def test_strange_fields_beside_a_right_record_never_earn(record: Record) -> None:
    right = material.experts("ru-essays", "marc21")[0]
    mixed = Record(right.leader, (*right.fields, *record.fields))
    marked = marking.mark(mixed, profiles.get("marc21"), marking.experts_of("ru-essays", "marc21"))
    assert marked.score <= 100
    assert marked.score == 100 or marked.caps or marked.penalties or any(one.points for one in marked.elements)
