"""The profiles: what each format says, and how a file or rows widen it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orken.cataloguing import profiles
from orken.cataloguing.checker import examples
from orken.cataloguing.profiles import LANGUAGES, Names, Row
from orken.cataloguing.record import ControlField, Record, data_field

FACTS = Path("orken/cataloguing/profiles/data/rusmarc.json")


def test_rusmarc_has_every_field_and_subfield_of_the_facts() -> None:
    facts = json.loads(FACTS.read_text("utf-8"))
    profile = profiles.get("rusmarc")
    assert len(profile.fields) == 204
    assert set(profile.fields) == {entry["tag"] for entry in facts["fields"]}
    for entry in facts["fields"]:
        found = profile.fields[entry["tag"]]
        assert found.name.ru, entry["tag"]
        assert (found.repeatable, found.mandatory) == (entry["repeatable"], entry["mandatory"])
        assert len(found.subfields) == len({part["code"] for part in entry["subfields"]})


def test_at_least_seventy_fields_of_rusmarc_are_named_in_kazakh_and_english() -> None:
    named = [found for found in profiles.get("rusmarc").fields.values() if found.core]
    assert len(named) >= 70
    assert all(all(found.name) for found in named)


@pytest.mark.parametrize("code", ["rusmarc", "unimarc", "kazmarc"])
def test_every_field_and_indicator_of_the_family_is_named_in_three_languages(code: str) -> None:
    for found in profiles.get(code).fields.values():
        assert all(found.name), found.tag
        for indicator in (found.ind1, found.ind2):
            for value, names in (indicator.values if indicator else {}).items():
                assert all(names) or not any(names), (found.tag, value)


@pytest.mark.parametrize("code", ["rusmarc", "unimarc", "kazmarc"])
def test_every_part_and_position_of_a_core_field_is_named_in_three_languages(code: str) -> None:
    for found in profiles.get(code).fields.values():
        if not found.core:
            continue
        for part in found.subfields.values():
            assert all(part.name), (found.tag, part.code, part.name)
            for position in part.positions:
                assert all(position.name), (found.tag, part.code, position.label)


DAILY = ("020", "022", "041", "080", "082", "084", "100", "110", "111", "245", "246", "250", "260", "264", "300", "310", "336", "337", "338", "362", "490", "500", "504", "505", "520", "546", "600", "610", "650", "651", "653", "655", "700", "710", "711", "773", "830", "856")  # fmt: skip


def test_every_field_of_marc21_is_named_in_three_languages() -> None:
    assert not [found.tag for found in profiles.get("marc21").fields.values() if not all(found.name)]


@pytest.mark.parametrize("tag", DAILY)
def test_the_parts_and_indicators_of_the_fields_in_daily_use_are_named_in_three_languages(tag: str) -> None:
    found = profiles.get("marc21").fields[tag]
    lacking = [code for code, part in found.subfields.items() if any(part.name) and not all(part.name)]
    assert not lacking
    for indicator in (found.ind1, found.ind2):
        if indicator and len(indicator.values) > 1:
            assert all(indicator.name), tag
            assert all(all(names) or value == "|" for value, names in indicator.values.items()), (tag, indicator)


def test_the_tables_of_words_of_marc21_have_no_idle_line() -> None:
    from orken.cataloguing.profiles import marc21

    profile = profiles.get("marc21")
    used = set()
    for found in profile.fields.values():
        used |= {found.name.en, *(part.name.en for part in found.subfields.values())}
        used |= {one.name.en for one in (found.ind1, found.ind2) if one}
    assert set(marc21._words()) <= used
    for line in (FACTS.parent / "marc21-values.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            tags, number, value, *names = line.split("|")
            values = [getattr(profile.fields[tag], f"ind{number}").values for tag in tags.split()]
            said = [held[value.replace("#", " ")] for held in values if value.replace("#", " ") in held]
            assert said and set(said) == {Names(*names)}, line


@pytest.mark.parametrize("tag", ["LDR", "100", "105", "106", "110", "135", "181", "182"])
def test_the_codes_that_every_record_bears_are_named_in_three_languages(tag: str) -> None:
    profile = profiles.get("unimarc")
    places = (
        profile.leader
        if tag == "LDR"
        else [at for part in profile.fields[tag].subfields.values() for at in part.positions]
    )
    named = [all(names) or names.ru[:1].isdigit() for position in places for names in position.codes.values()]
    assert all(named), "inches alone need no translation"


def test_a_word_has_one_translation_and_its_line_is_used() -> None:
    """The tables of words stand by the Russian name of the facts: no line twice, none for nothing."""
    from orken.cataloguing.profiles import family

    lines = [
        line.split("|")
        for name in ("words-fields.txt", "words-codes.txt")
        for line in (FACTS.parent / name).read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert all(len(line) == 3 and all(part.strip() == part and part for part in line) for line in lines)
    said: dict[str, tuple[str, str]] = {}
    for ru, kk, en in lines:
        key = family._plain(ru)
        assert said.setdefault(key, (kk, en)) == (kk, en), ru
    used = set()
    for code in ("rusmarc", "unimarc"):
        profile = profiles.get(code)
        places = [*profile.leader]
        for found in profile.fields.values():
            used |= {found.name.ru, *(part.name.ru for part in found.subfields.values())}
            for indicator in (found.ind1, found.ind2):
                used |= {indicator.name.ru, *(names.ru for names in indicator.values.values())} if indicator else set()
            places += [at for part in found.subfields.values() for at in part.positions]
        for at in places:
            used |= {at.name.ru, *(names.ru for names in at.codes.values())}
    assert set(said) <= {family._plain(name) for name in used}


def test_every_code_of_rusmarc_is_latin() -> None:
    """The source mixes Cyrillic letters into its codes; a code that nobody can type is no code."""
    for found in profiles.get("rusmarc").fields.values():
        for part in found.subfields.values():
            assert part.code.isascii(), found.tag
            for position in part.positions:
                assert all(code.isascii() for code in position.codes), (found.tag, part.code, position.label)


def test_the_coded_positions_of_rusmarc_fill_their_subfields() -> None:
    lengths = {("100", "a"): 36, ("105", "a"): 13, ("110", "a"): 11, ("135", "a"): 13}
    profile = profiles.get("rusmarc")
    for (tag, code), length in lengths.items():
        assert profile.fields[tag].subfields[code].length == length
    assert [position.start for position in profile.leader] == [5, 6, 7, 8, 9, 17, 18]


def test_rusmarc_states_thirteen_conditions_with_their_field_and_words() -> None:
    conditions = profiles.get("rusmarc").conditions
    assert len(conditions) == 13
    for condition in conditions:
        assert condition.field in profiles.get("rusmarc").fields
        assert all(condition.texts)


@pytest.mark.parametrize(
    ("code", "leader", "fields", "broken"),
    [
        ("rusmarc.105", "00000nam0 2200000   450 ", (), "105"),
        ("rusmarc.105", "00000nas0 2200000   450 ", (), ""),
        ("rusmarc.110", "00000nas0 2200000   450 ", (), "110"),
        ("rusmarc.101", "00000nkm0 2200000   450 ", (), ""),
        ("rusmarc.101", "00000nam0 2200000   450 ", (), "101"),
        ("rusmarc.115", "00000ngm0 2200000   450 ", (), "115"),
        ("rusmarc.116", "00000nkm0 2200000   450 ", (), "116"),
        ("rusmarc.117", "00000nrm0 2200000   450 ", (), "117"),
        ("rusmarc.120", "00000nem0 2200000   450 ", (), "120"),
        ("rusmarc.123", "00000nfm0 2200000   450 ", (data_field("123", "1 ", "aa"),), ""),
        ("rusmarc.125", "00000ncm0 2200000   450 ", (), "125"),
        ("rusmarc.126", "00000njm0 2200000   450 ", (), "126"),
        ("rusmarc.126", "00000ncm0 2200000   450 ", (), ""),
        ("rusmarc.135", "00000nlm0 2200000   450 ", (), "135"),
        ("rusmarc.337", "00000nlm0 2200000   450 ", (data_field("135", "  ", "adrcnu---uauua"),), "337 / 856"),
        ("rusmarc.337", "00000nlm0 2200000   450 ", (data_field("135", "  ", "adocnu---uauua"),), ""),
        ("rusmarc.337", "00000nlm0 2200000   450 ", (data_field("135", "  ", "adrcnu---uauua"), data_field("856", "4 ", "uhttp://e.kz")), ""),
        ("rusmarc.700", "00000nam0 2200000   450 ", (data_field("700", " 1", "aА"), data_field("710", "02", "aБ")), "700 + 710"),
        ("rusmarc.700", "00000nam0 2200000   450 ", (data_field("700", " 1", "aА"), data_field("711", "02", "aБ")), ""),
    ],
)  # fmt: skip
def test_each_condition_of_rusmarc_holds_when_it_should(
    code: str, leader: str, fields: tuple[object, ...], broken: str
) -> None:
    (condition,) = [one for one in profiles.get("rusmarc").conditions if one.code == code]
    assert condition.broken(Record(leader, fields)) == broken  # type: ignore[arg-type]


def test_marc21_comes_from_the_package_with_whole_names_and_ours_over_it() -> None:
    profile = profiles.get("marc21")
    title = profile.fields["245"]
    assert title.name == Names("Атау және жауапкершілік мәліметтері", "Заглавие и ответственность", "Title statement")
    assert title.subfields["b"].name.en == "Remainder of title"
    assert title.ind2 is not None
    assert title.ind2.allowed == "0123456789"
    assert not title.repeatable
    assert title.mandatory
    assert title.subfields["a"].mandatory
    # Fields that the package lacks are added.
    assert {"023", "334", "335", "353", "361", "387", "788", "857", "881"} <= set(profile.fields)


def test_every_position_of_008_is_described_for_every_material() -> None:
    control = profiles.get("marc21").control["008"]
    shared = {at for position in control["*"] for at in range(position.start, position.start + position.length)}
    for material, positions in control.items():
        if material != "*":
            covered = shared | {
                at for position in positions for at in range(position.start, position.start + position.length)
            }
            assert covered == set(range(40)), material


def test_006_is_008_moved_to_the_left() -> None:
    control = profiles.get("marc21").control
    for material in ("books", "serials", "maps", "music", "visual", "files", "mixed"):
        assert [one.start + 17 for one in control["006"][material]] == [one.start for one in control["008"][material]]


def test_unimarc_drops_the_national_fields_and_has_its_own() -> None:
    unimarc, rusmarc = profiles.get("unimarc"), profiles.get("rusmarc")
    assert "899" in rusmarc.fields
    assert "899" not in unimarc.fields
    assert {"214", "303", "328", "410", "435"} <= set(unimarc.fields)
    assert "9" not in unimarc.fields["010"].subfields


def test_kazmarc_is_unimarc_until_its_rows_are_written() -> None:
    assert profiles.get("kazmarc").fields == profiles.get("unimarc").fields


def test_rows_add_change_and_take_away() -> None:
    rows = [
        Row(
            "995",
            name=Names("Кітапхана қоры", "Фонд", "Holdings"),
            repeatable=False,
            mandatory=True,
            source="KAZMARC, 2.1",
        ),
        Row("995", "a", Names("Орны", "Место", "Place"), mandatory=True),
        Row("995", "ind1", values="#01"),
        Row("215", "e", used=False),
        Row("680", used=False),
    ]
    profile = profiles.with_rows(profiles.get("kazmarc"), rows)
    field = profile.fields["995"]
    assert (field.repeatable, field.mandatory, field.source) == (False, True, "KAZMARC, 2.1")
    assert field.subfields["a"].mandatory
    assert field.ind1 is not None
    assert field.ind1.allowed == " 01"
    assert "995" in profile.mandatory
    assert "e" not in profile.fields["215"].subfields
    assert "680" not in profile.fields
    assert "680" in profiles.get("kazmarc").fields, "the profile itself stands"


def test_an_operator_may_load_a_fuller_file(tmp_path: Path) -> None:
    path = tmp_path / "full.json"
    path.write_text(
        json.dumps(
            {
                "format": "RUSMARC",
                "edition": "2025",
                "fields": [
                    {"tag": "328", "name": "Примечание о диссертации", "mandatory": False, "repeatable": True, "ind1": {"name": "#", "values": {}}, "ind2": None, "subfields": [{"code": "а", "name": "Текст", "mandatory": True, "repeatable": False}]}
                ],
            }
        ),
        "utf-8",
    )  # fmt: skip
    profile = profiles.from_file(path, profiles.get("rusmarc"))
    assert len(profile.fields) == 205
    assert profile.edition == "2025"
    assert profile.fields["328"].subfields["a"].mandatory, "a Cyrillic а in the file is read as the code a"


def test_an_avram_schema_may_be_loaded_too(tmp_path: Path) -> None:
    path = tmp_path / "avram.json"
    sequence = {"label": "Sequence", "codes": {" ": {"label": "Not given"}, "1-3": {"label": "Order"}}}
    parts = {"a": {"label": "Place", "repeatable": True, "required": True}, "d": {"label": "Date"}}
    field = {
        "tag": "219",
        "label": "Publication statements",
        "repeatable": True,
        "indicator1": sequence,
        "indicator2": None,
        "subfields": parts,
    }
    path.write_text(json.dumps({"title": "UNIMARC", "version": "2024", "fields": {"219": field}}), "utf-8")
    profile = profiles.from_file(path, profiles.get("unimarc"))
    found = profile.fields["219"]
    assert (found.repeatable, found.name.en) == (True, "Publication statements")
    assert found.ind1 is not None
    assert found.ind2 is not None
    assert (found.ind1.allowed, found.ind2.allowed) == (" 123", " ")
    place, date = found.subfields["a"], found.subfields["d"]
    assert (place.name.en, place.mandatory, place.repeatable, date.repeatable) == ("Place", True, True, False)
    assert profile.edition == "2024"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"fields": 3}',
        '{"fields": {"219": 3}}',
        '{"fields": {"219": {"subfields": [1]}}}',
        '{"fields": [{"tag": "1"}]}',
        '{"fields": [{"tag": "010", "subfields": [{}]}]}',
    ],
)
def test_a_wrong_profile_file_is_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(text, "utf-8")
    with pytest.raises(profiles.ProfileFileRefused, match=r"wrong\.json"):
        profiles.from_file(path, profiles.get("rusmarc"))


def test_a_record_shows_its_format() -> None:
    assert profiles.detect(examples.base("marc21")) == "marc21"
    assert profiles.detect(examples.base("unimarc")) == "rusmarc"
    plain = Record("00000nam0 2200000   450 ", (data_field("200", "1 ", "aТ"), data_field("801", " 0", "aFR", "bBNF")))
    assert profiles.detect(plain) == "unimarc"
    assert profiles.detect(Record("", (ControlField("008", ""),))) == "marc21"


def test_a_name_that_lacks_a_language_says_which_it_shows() -> None:
    assert Names("", "Заглавие", "Title").get("kk") == ("Заглавие", "ru")
    assert Names("Атау", "", "").get("en") == ("Атау", "kk")


def test_the_references_cite_the_format_and_the_field() -> None:
    for code in profiles.CODES:
        profile = profiles.get(code)
        for tag in list(profile.fields)[:30]:
            assert tag in profile.reference(tag)


def test_names_of_conditions_and_groups_are_whole_in_three_languages() -> None:
    for code in profiles.CODES:
        for condition in profiles.get(code).conditions:
            assert all(condition.texts.text(language) for language in LANGUAGES)
