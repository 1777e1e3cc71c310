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


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("12° (19 см)", True),
        ("1) тіл; 2) әдебиет", True),
        ("а) тіл", True),
        ("(1956)", True),
        ("[Алматы", False),
        ("Алматы]", False),
        ("(19 см", False),
        ("тіл)", False),
        ("[a (b] c)", False),
    ],
)
def test_brackets_close_what_opened(text: str, closed: bool) -> None:
    assert ("punct.brackets" not in rules_of(record(f"=500  \\\\$a{text}."))) is closed


LC = r"""=LDR  01256cam  22002894a 4500
=001  10000001
=005  20020718085037.0
=008  011016s2002    njua     b    001 0 eng\\
=906  \\$a7$bcbc$corignew$d1$eocip$f20$gy-gencatlg
=925  0\$aacquire$b2 shelf copies$xpolicy default
=955  \\$apc16 2001-10-16 to ASCD; copy 2 added
=010  \\$a  2001000001
=020  \\$a0134685997
=040  \\$aDLC$cDLC$dDLC
=042  \\$apcc
=050  00$aZ685$b.A24 2002
=082  00$a025.8/1$221
=100  1\$aAbendroth, Karl K.$q(Karl Kristian)
=245  10$aShelf keeping :$btechniques for joining carts, ladders, and catalogues /$cKarl K. Abendroth, Joan P. Harrow, Thomas W. Penn.
=246  14$aShelf keeping with carts
=260  \\$aLower Bridge, NJ :$bQuay House,$cc2002.
=300  \\$axviii, 745 p. :$bill. ;$c24 cm.
=504  \\$aIncludes bibliographical references (p. 723-725) and index.
=650  \0$aShelving (Libraries)
=650  \0$aBook carts$xDesign.
=700  1\$aHarrow, Joan P.
=700  1\$aPenn, Thomas W.
"""
SOUND = r"""=LDR  00925njm  22002777a 4500
=001  5000001
=003  DLC
=005  19920826084036.0
=008  910926s1957    nyuuun              eng\\
=010  \\$a   91000001
=028  00$a4711$bHarbour
=040  \\$aDLC$cDLC
=050  00$aHarbour 4711
=245  04$aThe Great Paul Winter Quintet$h[sound recording].
=260  \\$aNew York, N.Y. :$bHarbour Records,$c[1957?]
=300  \\$a1 sound disc :$banalog, 33 1/3 rpm ;$c12 in.
=511  0\$aPaul Harrow, piano & celeste.
=505  0\$aThe tide -- My slow morning -- Black tea -- There's no rain -- Paddlin' -- Unmoored.
=650  \0$aJazz$y1951-1960.
=700  1\$aHarrow, Paul,$d1930-$4prf
"""
FILE = r"""=LDR  01832cmma 2200349 a 4500
=001  10000002
=005  20001005175443.0
=007  cr |||
=008  000407m19949999dcu    g   m        eng d
=010  \\$a   00000002
=035  \\$a(OCoLC)ocm40000002
=040  \\$aIEU$cIEU$dN@F$dDLC
=043  \\$an-us-dc$an-us---
=050  00$aF204.W5
=082  10$a975.3$213
=245  04$aThe Town Hall$h[computer file].
=256  \\$aComputer data.
=260  \\$aWashington, D.C. :$bTown Hall Web Team,$c1994-
=538  \\$aMode of access: Internet.
=520  8\$aFeatures the Town Hall. Highlights the office of the mayor.
=610  20$aTown Hall (Washington, D.C.)
=610  10$aUnited States.$bOffice of Town Halls.
=710  2\$aTown Hall Web Team.
=856  40$uhttp://www.townhall.example.gov
=856  40$uhttp://archive.example.gov/wpp/townhall.html$zWeb site archive
"""
MODERN = r"""=LDR  03210cam a2200565 i 4500
=001  on1112223334
=003  OCoLC
=005  20230411103000.0
=006  m     o  d\\\\\\\\
=007  cr cnu---unuuu
=008  200309t20202020nyua    ob    001 0 eng d
=020  \\$a9780134685991$q(electronic book)
=020  \\$a0134685997$q(electronic book)
=020  \\$z9780134686004$q(print)
=024  7\$a10.1000/182$2doi
=035  \\$a(OCoLC)1112223334
=040  \\$aN{dollar}T$beng$erda$epn$cN{dollar}T$dOCLCF
=041  1\$aeng$hfre
=050  \4$aZ693$b.D47 2020
=082  04$a025.3$223
=100  1\$aLa Fontaine,$cMr de,$eauthor.
=240  10$aL'art du catalogue.$lEnglish
=245  14$aThe art of the catalogue :$brecords, readers, and rules /$cMr de La Fontaine ; translated by Ana María Núñez.
=250  \\$aSecond edition.
=264  \1$aNew York :$bLibrary Press,$c2020.
=264  \4$c©2020
=300  \\$a1 online resource (xii, 245 pages) :$billustrations
=336  \\$atext$btxt$2rdacontent
=336  \\$astill image$bsti$2rdacontent
=337  \\$acomputer$bc$2rdamedia
=338  \\$aonline resource$bcr$2rdacarrier
=347  \\$atext file$bPDF$2rdaft
=490  1\$aCataloguer's library,$x0010-1234 ;$vvolume 7
=504  \\$aIncludes bibliographical references and index.
=505  0\$aWhy???--What for?--How.
=588  0\$aOnline resource; title from PDF title page.
=650  \0$aCataloging.
=650  \7$aCataloging.$2fast$0(OCoLC)fst00848352
=655  \4$aElectronic books.
=700  1\$aNúñez, Ana María,$etranslator.
=776  08$iPrint version:$aLa Fontaine, Mr de.$tArt of the catalogue.$dNew York : Library Press, 2020$z9780134686004$w(DLC)  2020001234
=773  0\$tLibrary collection online.
=830  \0$aCataloguer's library ;$vv. 7.$x0010-1234
=856  40$uhttps://doi.org/10.1000/182
"""


@pytest.mark.parametrize("text", [LC, SOUND, FILE, MODERN], ids=["book", "sound", "file", "e-book"])
def test_records_as_large_libraries_make_them_raise_no_errors(text: str) -> None:
    """Shapes of real practice: local fields, AACR2 and RDA, provider records with hosts, OCLC habits."""
    (item,) = mrk.read(text.splitlines())
    assert item.record is not None
    found = item.record
    issn = "0010-1234"
    if issn in text:
        found = found.without("490", "830").with_field(
            *(
                mrk.parse_field(line[1:4], line[6:].replace(issn, "2078-1008"))
                for line in text.splitlines()
                if issn in line
            )
        )
    assert [finding.message("en") for finding in checker.check(found, MARC21) if finding.error] == []


def test_latin_letters_apart_from_their_marks_are_no_error_but_cyrillic_ones_are() -> None:
    assert "charset.decomposed" not in rules_of(record("=500  \\\\$aLe cafe\u0301 de Paris."))
    assert "charset.decomposed" in rules_of(record("=500  \\\\$aЖаи\u0306ық өзені."))


def test_a_latin_c_for_pages_is_seen_only_beside_a_cyrillic_title() -> None:
    assert "charset.foreign-word" in rules_of(record("=300  \\\\$a120 c. :$bсур. ;$c21 см."))
    assert "charset.foreign-word" not in rules_of(record("=300  \\\\$a120 с. :$bсур. ;$c60 x 80 см."))


@pytest.mark.parametrize(
    ("text", "lost"), [("Why???", False), ("Бұл не???", False), ("Ба??с", True), ("????? ?????", True)]
)
def test_question_marks_are_letters_lost_only_where_letters_were(text: str, lost: bool) -> None:
    assert ("charset.replacement" in rules_of(record(f"=500  \\\\$a{text}"))) is lost


def test_direction_marks_belong_to_arabic_script() -> None:
    assert "charset.bidi" not in rules_of(record("=500  \\\\$a\u200fقازاق ءتىلى\u200f."))
    assert "charset.bidi" in rules_of(record("=500  \\\\$aҚазақ\u200f тілі."))
    assert "charset.bidi" in rules_of(record("=500  \\\\$aقازاق\u202e ءتىلى."))


def test_a_field_in_another_script_takes_the_subfields_of_its_partner() -> None:
    found = record("=245  10$6880-01$aҚазақ тілі.").with_field(
        mrk.parse_field("880", "10$6245-01/(3$aقازاق ءتىلى /$cم. قوجابەكوۆ")
    )
    assert not {finding.rule for finding in checker.check(found, MARC21) if finding.field == "880"}
