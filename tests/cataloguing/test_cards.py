"""The card: punctuation by the style, words by the record, the same book from both formats."""

from __future__ import annotations

import pytest

from bench.cataloguing_records import clean
from orken.cataloguing import cards, profiles
from orken.cataloguing.checker import examples
from orken.cataloguing.codecs import mrk
from orken.cataloguing.record import Record, data_field

MARC21, RUSMARC = profiles.get("marc21"), profiles.get("rusmarc")


def record(text: str) -> Record:
    (item,) = mrk.read(text.strip().splitlines())
    assert item.record is not None
    return item.record


def flat(text: str) -> str:
    return " ".join(text.split())


def test_gost_71_by_areas_with_full_stop_and_dash() -> None:
    text = flat(cards.card(examples.base("marc21"), MARC21))
    assert text.startswith(
        "Қожабеков, Марат (1956-). Қазақ тілі : оқулық / Марат Қожабеков. – Алматы : Мектеп, 2019. – 120 бет : сур. ; 21 см."
    )
    assert "ISBN 9786017770273." in text
    assert "1. Қазақ тілі — Оқулықтар." in text
    assert "ӘОЖ/УДК 811.512.122(075)" in text


def test_rusmarc_gets_its_marks_from_the_codes() -> None:
    text = flat(cards.card(examples.base("unimarc"), RUSMARC))
    assert text.startswith(
        "Оспанов, Серик. Казахский язык : учебник / С. Оспанов. – Алматы : Мектеп, 2019. – 120 с. : ил. ; 21 см."
    )


def test_typed_and_omitted_marks_give_the_same_card() -> None:
    typed = examples.base("marc21")
    bare = record(
        r"""
=LDR  00000nam\a2200000\c\4500
=001  kz0001
=008  200115s2019\\\\kz\a\\\\\\\\\\001\0\kaz\d
=020  \\$a9786017770273
=080  \\$a811.512.122(075)
=100  1\$aҚожабеков, Марат$d1956-
=245  10$aҚазақ тілі$bоқулық$cМарат Қожабеков
=264  \1$aАлматы$bМектеп$c2019
=300  \\$a120 бет$bсур.$c21 см
=650  \7$aҚазақ тілі$vОқулықтар$2local
"""
    )
    assert cards.card(bare, MARC21) == cards.card(typed, MARC21)


def test_gost_70100_adds_the_kind_of_content() -> None:
    assert "Мәтін : құралсыз." in cards.card(examples.base("marc21"), MARC21, style="gost70100")
    assert "Мәтін : құралсыз" not in cards.card(examples.base("marc21"), MARC21, style="gost71")


def test_isbd_numbers_its_areas() -> None:
    lines = cards.card(examples.base("marc21"), MARC21, style="isbd").splitlines()
    assert [line[0] for line in lines[1:]] == ["0", "1", "4", "5", "8"]


def test_parts_parallel_titles_series_and_several_places() -> None:
    text = flat(
        cards.card(
            record(
                r"""
=LDR  00000nam0\2200000\\\450\
=200  1\$aКнига степи$dДала кітабы$eроман в 3 томах$fА. Б. Сеитов$gпер. И. Морозовой$hТ. 2$iОсень
=205  \\$a2-е изд.$fпод ред. С. Кима
=210  \\$aАлматы$aМосква$cФолиант$d2019$eАлматы$gТипография$h2020
=215  \\$a320 с.$cил.$d21 см$e1 CD
=225  1\$aВ помощь библиотекарю$hСерия 2$v5$x2078-1008
=010  \\$a9786017770273$bв пер.$d1500 тг.
"""
            ),
            RUSMARC,
        )
    )
    assert (
        "Книга степи = Дала кітабы : роман в 3 томах / А. Б. Сеитов ; пер. И. Морозовой. Т. 2, Осень. – 2-е изд. / под ред. С. Кима. –"
        in text
    )
    assert "– Алматы ; Москва : Фолиант, 2019 (Алматы : Типография, 2020). – 320 с. : ил. ; 21 см + 1 CD. –" in text
    assert "(В помощь библиотекарю. Серия 2 ; 5, ISSN 2078-1008)." in text
    assert "ISBN 9786017770273 (в пер.) : 1500 тг." in text


def test_a_person_as_subject_keeps_number_and_title() -> None:
    text = flat(
        cards.card(
            record(
                "=LDR  00000nam0\\2200000\\\\\\450\\\n=200  1\\$aТарих\n=600  \\0$aЕкатерина$dII$cимператрица$f1729-1796$xБиография"
            ),
            RUSMARC,
        )
    )
    assert "1. Екатерина II, императрица (1729-1796) — Биография." in text


def test_an_article_stands_in_its_host() -> None:
    rusmarc = record(
        r"""
=LDR  00000naa2\2200000\\\450\
=200  1\$aАуыл кітапханасы$fА. Б. Сейтов
=463  \1$12001 $aКітапхана әлемі$v№ 2$1210  $aАлматы$d2019$1215  $aС. 5–9
=700  \1$aСейтов$bА. Б.
"""
    )
    assert "Ауыл кітапханасы / А. Б. Сейтов // Кітапхана әлемі. – Алматы, 2019. – № 2. – С. 5–9." in flat(
        cards.card(rusmarc, RUSMARC)
    )
    marc21 = record(
        r"""
=LDR  00000naa\a2200000\i\4500
=245  00$aАуыл кітапханасы /$cА. Б. Сейтов.
=773  0\$tКітапхана әлемі.$dАлматы, 2019.$g№ 2.$gС. 5–9
"""
    )
    assert "Ауыл кітапханасы / А. Б. Сейтов // Кітапхана әлемі. – Алматы, 2019. – № 2. – С. 5–9." in flat(
        cards.card(marc21, MARC21)
    )


@pytest.mark.parametrize("style", cards.STYLES)
def test_every_kind_of_record_has_a_card_with_its_title_and_no_doubled_marks(style: str) -> None:
    for made in clean(120):
        text = flat(cards.card(made.record, profiles.get(made.format), style=style))
        title = made.record.value("245" if made.format == "marc21" else "200", "a").rstrip(" :/.")
        assert title in text
        for doubled in (" : :", " / /", "..", ",,", " ; ;", ". . ", "– –", " ,"):
            assert doubled not in text.replace("...", ""), (made.kind, text)


def test_an_empty_record_has_an_empty_card() -> None:
    assert cards.card(Record(""), MARC21).strip() == ""
    assert cards.card(Record(""), RUSMARC, style="isbd").strip() == ""


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(KeyError):
        cards.card(Record(""), MARC21, style="gost")


@pytest.mark.parametrize(
    ("language", "area"),
    [
        ("kaz", "0  Мәтін : тікелей."),
        ("rus", "0  Текст : непосредственный."),
        ("eng", "0  Text : unmediated."),
        ("ger", "0  Текст : непосредственный."),
    ],
)
def test_area_0_is_in_the_language_of_the_description(language: str, area: str) -> None:
    profile = profiles.get("rusmarc")
    record = Record(
        "00000nam0 2200000   450 ",
        (
            data_field("100", "  ", f"a20260901d2021    m  y0{language}y50      ca"),
            data_field("181", " 0", "ai#", "baxxe##"),
            data_field("182", " 0", "an"),
            data_field("200", "1 ", "aКөш"),
        ),
    )
    assert area in cards.card(record, profile, style="isbd").splitlines()
