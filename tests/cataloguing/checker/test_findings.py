"""What the checker says on the whole: order, severities, JSON, characters that cannot be seen."""

from __future__ import annotations

import pytest

from orken.cataloguing import checker, profiles
from orken.cataloguing.checker import examples, values
from orken.cataloguing.checker.speech import expected_language, place_countries, years
from orken.cataloguing.codecs import mrk
from orken.cataloguing.record import DataField, Record, Subfield, data_field

MARC21 = profiles.get("marc21")
RUSMARC = profiles.get("rusmarc")


def record(*lines: str, family: str = "marc21") -> Record:
    """The clean record with its fields replaced by the lines."""
    found = examples.base(family)
    for line in lines:
        found = found.without(line[1:4])
    return found.with_field(*(mrk.parse_field(line[1:4], line[6:]) for line in lines))


def rules_of(found: Record, profile: profiles.Profile = MARC21) -> set[str]:
    return {finding.rule for finding in checker.check(found, profile)}


def test_findings_come_in_the_order_of_the_record() -> None:
    found = record("=020  \\\\$a9786017770274", "=245  17$aҚазақ тілі$cА.", "=300  \\\\$a")
    fields = [finding.field for finding in checker.check(found, MARC21)]
    tags = list(found.tags)
    assert fields == sorted(fields, key=lambda tag: tags.index(tag) if tag in tags else 99)


def test_the_json_of_a_finding_is_the_contract() -> None:
    (finding,) = [one for one in checker.check(record("=020  \\\\$a9786017770274"), MARC21) if one.rule == "id.isbn"]
    told = finding.as_json()
    assert set(told) == {"rule", "severity", "field", "occurrence", "subfield", "message", "source"}
    assert (told["severity"], told["field"], told["occurrence"], told["subfield"]) == ("major", "020", 1, "a")
    assert set(told["message"]) == {"kk", "ru", "en"}
    assert told["message"]["kk"].startswith("020 $a: ISBN «9786017770274» жарамсыз.")


def test_invisible_characters_are_shown_by_their_number_in_messages() -> None:
    found = record("=245  10$aҚа\u202eзақ\u200b тілі")
    for finding in checker.check(found, MARC21):
        for language in ("kk", "ru", "en"):
            assert "\u202e" not in finding.message(language)
            assert "\u200b" not in finding.message(language)


@pytest.mark.parametrize("length", [9994, 9995, 9999, 40_000])
def test_long_fields_are_checked_and_named_when_iso_2709_cannot_hold_them(length: int) -> None:
    found = record().with_field(DataField("520", " ", " ", (Subfield("a", "x" * length),)))
    assert ("structure.long-field" in rules_of(found)) == (length > 9994)


def test_a_record_without_fields_is_fatal_and_no_more() -> None:
    assert [finding.rule for finding in checker.check(Record("00000nam a2200000 i 4500"), MARC21)] == [
        "structure.no-fields"
    ]


def test_an_empty_leader_does_not_crash_any_rule() -> None:
    for family, profile in (("marc21", MARC21), ("unimarc", RUSMARC)):
        assert "structure.no-leader" in rules_of(Record("", examples.base(family).fields), profile)


@pytest.mark.parametrize(
    "value",
    [
        "811.512.122(075)",
        "821.512.122-31",
        "94(574)",
        "025.3",
        "37.018.1",
        "51",
        "655.4/.5",
        '94(574)"19"',
        "811.512.122'36",
        "027.022(574)+655",
        "(574)",
        "004:02",
    ],
)
def test_right_udc_numbers_pass(value: str) -> None:
    assert values.udc_problem(value) is None


@pytest.mark.parametrize("value", ["8115.12", "811.5121", "811..5", "94(574", "УДК 811", "811.512.", "", "94#574"])
def test_wrong_udc_numbers_do_not(value: str) -> None:
    assert values.udc_problem(value) is not None


@pytest.mark.parametrize(
    "value",
    ["65.31я73", "Ч617ц.я8", "84(5Каз)6-44", "81.2Каз-9", "63.3(5Каз)", "78.37", "Ч736.4", "91.9:63", "28я2", "6"],
)
def test_right_bbk_numbers_pass(value: str) -> None:
    assert values.bbk_problem(value) is None


@pytest.mark.parametrize("value", ["812.Каз", "65.31r73", "84(5Каз6-44", "65..3", "65.", ""])
def test_wrong_bbk_numbers_do_not(value: str) -> None:
    assert values.bbk_problem(value) is not None


@pytest.mark.parametrize(
    ("title", "code", "fits"),
    [
        ("Қазақ тілі", "kaz", True),
        ("Қазақ тілі мен әдебиеті", "rus", False),
        ("Қазақ", "rus", False),
        ("Казахский язык", "rus", True),
        ("Основы книжного дела и истории", "kaz", False),
        ("Абай жолы", "kaz", True),
        ("Абай", "kaz", True),
        ("Карта Казахстана", "kaz", True),
        ("Книга", "eng", False),
        ("The river", "eng", True),
        ("Qazaq tili", "kaz", True),
        ("1916", "rus", True),
        ("Татар теле", "tat", True),
    ],
)
def test_a_title_can_be_in_its_language_or_not(title: str, code: str, fits: bool) -> None:
    assert expected_language(title, code) is fits


def test_years_and_places_are_read_out_of_texts() -> None:
    assert years("[2019?]") == {"2019"}
    assert years("2019-21") == {"2019", "2021"}
    assert years("©2007") == {"2007"}
    assert place_countries("Алматы :") is not None
    assert "kz" in (place_countries("[Алматы]") or ())
    assert place_countries("Ауыл") is None


def test_punctuation_follows_leader_18() -> None:
    bare = record(
        "=245  10$aҚазақ тілі$bоқулық$cМарат Қожабеков",
        "=264  \\1$aАлматы$bМектеп$c2019",
        "=300  \\\\$a120 бет$bсур.$c21 см",
    )
    assert {"punct.responsibility", "punct.other-title", "punct.publisher", "punct.size"} <= rules_of(bare)
    assert not {rule for rule in rules_of(bare.with_leader(18, "c")) if rule.startswith("punct.")} - {"punct.heading"}


def test_a_missing_full_stop_is_said_only_where_the_record_has_others() -> None:
    plain = record(
        "=100  1\\$aҚожабеков, Марат",
        "=245  10$aҚазақ тілі :$bоқулық /$cМарат Қожабеков",
        "=264  \\1$aАлматы :$bМектеп,$c2019",
        "=300  \\\\$a120 бет :$bсур. ;$c21 см",
    )
    assert "punct.field-end" not in rules_of(plain)
    assert "punct.field-end" in rules_of(plain.with_field(mrk.parse_field("500", "\\\\$aМұқабадан алынды.")))


def test_rusmarc_takes_the_typed_mark_for_the_error() -> None:
    assert rules_of(record("=200  1\\$aКазахский язык$eучебник$fС. Оспанов", family="unimarc"), RUSMARC) == set()
    assert "punct.typed" in rules_of(record("=200  1\\$aКазахский язык /$fС. Оспанов", family="unimarc"), RUSMARC)


@pytest.mark.parametrize("word", ["ISBN", "PDF-файл", "web-сайт", "XX ғасыр", "IT", "Wi-Fi", "A4"])
def test_latin_words_that_belong_there_are_no_look_alikes(word: str) -> None:
    found = record(f"=500  \\\\$aКітапта {word} туралы айтылады.")
    assert not {rule for rule in rules_of(found) if rule.startswith("charset.")}


@pytest.mark.parametrize(
    ("word", "rule"),
    [
        ("Қaзақ", "charset.lookalike"),
        ("тiлi", "charset.kazakh"),
        ("hалқы", "charset.kazakh"),
        ("əлем", "charset.kazakh"),
        ("көшeсі", "charset.lookalike"),
    ],
)
def test_look_alike_letters_are_found(word: str, rule: str) -> None:
    assert rule in rules_of(record(f"=500  \\\\$aБұл {word} туралы."))


def test_an_indicator_of_an_unknown_field_may_be_anything_sane() -> None:
    found = record().with_field(data_field("949", "1a", "aИнв."))
    assert "structure.indicator" in rules_of(found)
    assert "structure.indicator" not in rules_of(record().with_field(data_field("949", "12", "aИнв.")))


def test_kazmarc_rows_change_what_is_checked() -> None:
    base = examples.base("unimarc")
    kazmarc = profiles.get("kazmarc")
    rows = [profiles.Row("995", name=profiles.Names("Қор", "Фонд", "Stock"), mandatory=True)]
    missing = {
        finding.field
        for finding in checker.check(base, profiles.with_rows(kazmarc, rows))
        if finding.rule == "complete.field"
    }
    assert missing == {"995"}
    assert "complete.field" not in rules_of(base, kazmarc)
