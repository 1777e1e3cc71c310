"""The record: what it answers, and that it never changes."""

from __future__ import annotations

import dataclasses

import pytest

from orken.cataloguing.record import ControlField, DataField, Record, Subfield, data_field

TITLE = data_field("245", "10", "aҚазақ тілі /", "cМ. Қожабеков.")
RECORD = Record(
    "00000nam a2200000 i 4500", (ControlField("001", "kz1"), TITLE, data_field("650", " 7", "aТіл", "2local"))
)


def test_fields_are_found_by_tag_and_code() -> None:
    assert RECORD.identifier == "kz1"
    assert RECORD.value("245", "a") == "Қазақ тілі /"
    assert RECORD.values("650", "a", "2") == ["Тіл", "local"]
    assert "245" in RECORD
    assert "c" in TITLE
    assert TITLE.codes == "ac"
    assert (RECORD.type, RECORD.level) == ("a", "m")


def test_nothing_can_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        RECORD.leader = ""  # type: ignore[misc]
    with pytest.raises(AttributeError):
        TITLE.subfields[0].value = ""  # type: ignore[misc]


def test_a_change_is_a_new_record_and_the_old_one_stands() -> None:
    changed = RECORD.with_field(data_field("300", "  ", "a1 бет"))
    assert [found.tag for found in changed.fields] == ["001", "245", "300", "650"]
    assert [found.tag for found in RECORD.fields] == ["001", "245", "650"]
    assert "245" not in changed.without("245")
    assert changed.with_leader(6, "e").type == "e"


def test_equal_records_are_equal_and_hashable() -> None:
    again = Record(RECORD.leader, RECORD.fields)
    assert again == RECORD
    assert hash(again) == hash(RECORD)


def test_a_linking_field_gives_the_fields_inside_it() -> None:
    link = DataField(
        "461",
        " ",
        "1",
        (
            Subfield("1", "001KZ\\1"),
            Subfield("1", "2001 "),
            Subfield("a", "Жинақ"),
            Subfield("v", "2"),
            Subfield("1", "210  "),
            Subfield("d", "2019"),
        ),
    )
    number, title, imprint = link.embedded()
    assert number == ControlField("001", "KZ\\1")
    assert title == DataField("200", "1", " ", (Subfield("a", "Жинақ"), Subfield("v", "2")))
    assert isinstance(imprint, DataField)
    assert imprint.text("d") == "2019"


def test_occurrence_counts_the_very_field_even_among_equal_ones() -> None:
    one, two = data_field("500", "  ", "aA"), data_field("500", "  ", "aA")
    record = Record("", (one, two))
    assert [record.occurrence(one), record.occurrence(two)] == [1, 2]
