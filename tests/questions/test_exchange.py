"""Files of questions in and out: what can be taken is taken, the rest is named with its place and reason."""

from __future__ import annotations

import base64
import io
import json
import math
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from orken.config import cli
from orken.kit import cli as kit_cli
from orken.questions import exchange, kinds, texts
from orken.questions.demo import catalogue, safety, statistics
from orken.questions.exchange import Question, decoding, taking
from orken.questions.exchange.formulas import NoFormula, value
from orken.questions.kinds.base import keyed
from orken.questions.models import Bank
from orken.questions.models import Question as Kept
from tests.attempts.conftest import Accounts

OURS = [Question(f"00000000-0000-0000-0000-{n:012d}", one.kind, one.payload, "Бөлім", ("тег",)) for n, one in enumerate((*statistics.QUESTIONS, *catalogue.QUESTIONS, *safety.QUESTIONS))]  # fmt: skip
GIFT = """// Кітапхана ісі
$CATEGORY: $course$/top/Статистика

::Мерзім:: СРДГОБ-1 қашан тапсырылады? {
 =25 ақпан#Дұрыс
 ~31 желтоқсан#Есепті жыл аяқталған күн
 ####Жылына бір рет.
}

ISBN 13 цифрдан тұрады. {T}

Оқылымдылық: 18900/900 {#21:0.5}

Сәйкестендіріңіз {=245 -> тақырып =100 -> автор =020 -> ISBN}

Кітаптың нөмірі {=ISBN =%50%ISSN}

[html]<p>Қорды <b>тексеру</b></p> {~%50%актімен ~%50%кестемен ~%-100%ештеңесіз}

Ойыңызды жазыңыз {}

Жақшасы жоқ мәтін

Аяқталмаған { =бір
"""


def _kinds(found: exchange.Outcome) -> list[str]:
    return [one.kind for one in found.taken]


def test_gift_is_read_question_by_question() -> None:
    found = exchange.read(GIFT.encode(), name="a.gift", language="kk")
    assert found.format == "gift"
    assert _kinds(found) == [f"question.{one}" for one in ("choice", "truth", "numeric", "matching", "short", "several", "essay")]  # fmt: skip
    first = found.taken[0]
    assert (first.category, first.payload["text"]) == ("Статистика", {"kk": "СРДГОБ-1 қашан тапсырылады?"})
    assert [(row["text"]["kk"], row["fraction"]) for row in first.payload["options"]] == [("25 ақпан", 100.0), ("31 желтоқсан", 0.0)]  # fmt: skip
    assert first.payload["feedback"] == {"kk": "Жылына бір рет."}
    assert found.taken[5].payload["html"] and "<b>" in found.taken[5].payload["text"]["kk"]
    assert [one.where for one in found.left] == ["22-жол", "24-жол"]
    assert all(one.reason for one in found.left)


def test_a_pair_without_its_arrow_is_no_short_answer() -> None:
    found = exchange.read("Сәйкестендіріңіз {=100 -> Автор =245 -> Атау =260}".encode(), format="gift")
    assert not found.taken and "260" in found.left[0].reason and "->" in found.left[0].reason


def test_what_is_not_taken_stands_in_the_order_of_the_file() -> None:
    good = '<question type="truefalse"><questiontext><text>Т</text></questiontext><answer fraction="100"><text>true</text></answer></question>'
    dull = '<question type="multichoice"><questiontext><text>К</text></questiontext><answer fraction="100"><text>А</text></answer></question>'
    odd = '<question type="calculatedmulti"><questiontext><text>О</text></questiontext></question>'
    found = exchange.read(f"<quiz>{good}{dull}{odd}{dull}{odd}</quiz>".encode(), format="moodlexml")
    assert [re.findall(r"\d+", one.where)[0] for one in found.left] == ["2", "3", "4", "5"]


def test_an_svg_is_called_by_its_own_name() -> None:
    with pytest.raises(exchange.Unreadable) as caught:
        exchange.read(b'<svg xmlns="http://www.w3.org/2000/svg"/>', name="a.xml")
    assert "<svg>" in str(caught.value) and "http" not in str(caught.value)


def test_a_picture_from_elsewhere_and_a_script_are_left_out_with_a_word() -> None:
    gift = '[html]<p>Сурет <img src="http\\://elsewhere.example/a.png"><script>x()</script></p> {=бір ~екі}'
    found = exchange.read(gift.encode(), format="gift")
    assert (
        len(found.taken) == 1
        and len(found.remarks) == 2
        and "<img" not in str(found.taken[0].payload["text"]).replace("<img>", "")
    )
    plain = exchange.read("<p>Мәтін</p> {=бір ~екі}".encode(), format="gift")
    assert not plain.remarks


def test_a_bracket_that_is_not_closed_swallows_no_other_question() -> None:
    """Whatever stands between: an empty line, a title alone, another that is not closed. Each is judged by itself."""
    text = (
        "::T1::Бірінші {=иә ~жоқ\n\n::T2::Екінші {=иә ~жоқ}\n\nҮшінші {\n =иә\n\n ~жоқ\n}\n\n"
        "Төртінші {=иә ~жоқ\n\nБесінші {=иә ~жоқ\n\n::T6::Алтыншы {T\n::T7::Жетінші {F}\n"
        "$CATEGORY: Соңы\nСегізінші {=иә ~жоқ}\n\nТоғызыншы {=a\nОныншы {=b}\n\nОн бірінші {=иә ~жоқ"
    )
    found = exchange.read(text.encode(), name="a.gift", language="ru")
    assert [one.payload["text"]["ru"] for one in found.taken] == ["Екінші", "Үшінші", "Жетінші", "Сегізінші"]
    assert len(found.taken[1].payload["options"]) == 2, "an empty line inside of closed brackets divides nothing"
    assert [re.search(r"\d+", one.where)[0] for one in found.left] == ["1", "11", "13", "15", "20", "23"]  # type: ignore[index]  # each has a number
    with translation.override("ru"):
        told = exchange.read(text.encode(), name="a.gift", language="ru").left
    assert {one.reason for one in told} == {"Скобка не закрыта."} and told[0].where == "строка 1"


def test_a_backslash_before_a_letter_is_kept_and_no_new_line() -> None:
    found = exchange.read(rb"C:\\new {=\\n ~one\ntwo}", name="a.gift", language="ru")
    (one,) = found.taken
    assert one.payload["text"]["ru"] == "C:\\new"
    assert [row["text"]["ru"] for row in one.payload["options"]] == ["\\n", "one\ntwo"]


def test_aiken_is_read_and_what_is_no_aiken_is_named() -> None:
    text = "Қай нысан?\nA. СРДГОБ-1\nB) 6-НК\nANSWER: A\n\nЕкіншісі\nA. бір\nB. екі\nANSWER: C\n\nҮшіншісі\nA. бір\nB. екі\n"
    found = exchange.read(text.encode(), name="a.txt", language="kk")
    assert (found.format, _kinds(found), len(found.left)) == ("aiken", ["question.choice"], 2)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#164680").save(out, "PNG")
    return out.getvalue()


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
 <question type="category"><category><text>$course$/top/Каталог</text></category></question>
 <question type="multichoice"><name><text>Сурет</text></name>
  <questiontext format="html"><text><![CDATA[<p onclick="alert(1)">Бұл не?</p><script>alert(2)</script><p><img src="@@PLUGINFILE@@/a%20b.png" alt="титул" onerror="alert(3)"></p>]]></text>
   <file name="a b.png" path="/" encoding="base64">{png}</file></questiontext>
  <single>true</single><shuffleanswers>0</shuffleanswers>
  <answer fraction="100" format="html"><text><![CDATA[<p>титул беті</p>]]></text><feedback format="html"><text>Иә</text></feedback></answer>
  <answer fraction="0" format="html"><text>мұқаба</text></answer><tags><tag><text>Титул</text></tag></tags></question>
 <question type="truefalse"><name><text>Т</text></name><questiontext format="html"><text>&lt;span lang="kk" class="multilang"&gt;Иә ма?&lt;/span&gt;&lt;span lang="ru" class="multilang"&gt;Да ли?&lt;/span&gt;</text></questiontext>
  <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
 <question type="numerical"><name><text>С</text></name><questiontext><text>Қанша?</text></questiontext><answer fraction="100"><text>2.5</text><tolerance>0.1</tolerance></answer>
  <units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units></question>
 <question type="gapselect"><name><text>Г</text></name><questiontext format="html"><text>Автор [[1]] өрісте</text></questiontext><selectoption><text>100</text><group>1</group></selectoption><selectoption><text>245</text><group>1</group></selectoption></question>
 <question type="calculated"><name><text>Есептелетін</text></name><questiontext><text>x</text></questiontext></question>
 <question type="description"><name><text>Мәтін</text></name><questiontext><text>Оқыңыз</text></questiontext></question>
 <question type="essay"><name><text>Файл</text></name><questiontext><text>Жіберіңіз</text></questiontext><responseformat>noinline</responseformat><attachments>2</attachments></question>
 <question type="multichoice"><name><text>Суретсіз</text></name><questiontext format="html"><text><![CDATA[<p><img src="@@PLUGINFILE@@/жоқ.png"></p>]]></text></questiontext><single>true</single><answer fraction="100"><text>а</text></answer><answer fraction="0"><text>б</text></answer></question>
</quiz>"""


@pytest.fixture
def bank(db: None) -> Bank:
    return Bank.objects.get(code="NL-BANK")


def test_moodle_xml_with_its_pictures_and_scripts(bank: Bank, account: Accounts) -> None:
    content = MOODLE.format(png=base64.b64encode(_png()).decode()).encode()
    report = taking.write(outcome=exchange.read(content, language="kk"), bank=bank, by=account("national"))
    assert report.by_type == {f"question.{one}": 1 for one in ("choice", "file", "gaps", "numeric", "truth")}
    reasons = {one.where.partition("«")[2].rstrip("»"): one.reason for one in report.not_imported}
    assert set(reasons) == {"Есептелетін", "Мәтін", "Суретсіз"}
    made = Kept.objects.filter(bank=bank, kind="question.choice").latest("pk")
    assert made.draft is not None and made.category is not None and made.category.name == "Каталог"
    shown = texts.shown(made.draft.payload["text"]["kk"], True, "/p/{}/")
    assert "script" not in shown and "onclick" not in shown and "onerror" not in shown and "alert" not in shown
    picture = bank.pictures.latest("pk")
    assert f'src="/p/{picture.uid}/"' in shown and picture.file.media_type == "image/webp"
    truth = Kept.objects.filter(bank=bank, kind="question.truth").latest("pk").draft
    assert truth is not None and truth.payload["text"] == {"kk": "Иә ма?", "ru": "Да ли?"} and "html" not in truth.payload  # fmt: skip


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "Moodle"),
        (b"<quiz><question></quiz>", "XML"), (b"<html></html>", "quiz"), (b"", "бос"), (b"   \n", "бос"),
        ('<?xml version="1.0" encoding="UTF-8"?><quiz><question type="essay"><name><text>Қор</text></name></question></quiz>'.encode("kz1048"), "UTF-8"),
        (b"\xff\xfe\x00\xd8\x41", "UTF"), (b"\x00\x01\x02\x98\xff" * 10, "UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content: bytes, word: str) -> None:
    with pytest.raises(exchange.Unreadable) as refused:
        exchange.read(content, format="moodlexml" if content.lstrip().startswith(b"<") else "gift")
    assert word in str(refused.value)


def test_four_hundred_questions_with_wrong_encodings_are_told_apart() -> None:
    """Right ones come in, each broken one is named; a file in the code page of Windows is read and said to be so."""
    lines = [f"Кітапхана сұрағы {n}? {{=иә ~жоқ}}" for n in range(400)]
    broken = "Қор туралы сұрақ? {=иә ~жоқ}".encode().decode("cp1251", "replace")
    lines[17] = broken
    lines[230] = "Мәтін �� жоғалды? {=иә ~жоқ}"
    found = exchange.read("\n\n".join(lines).encode(), name="a.gift")
    assert (len(found.taken), len(found.left)) == (398, 2)
    assert {one.where for one in found.left} == {"35-жол", "461-жол"}
    windows = exchange.read("\n\n".join(f"Қордың {n} айналымы? {{=иә ~жоқ}}" for n in range(400)).encode("kz1048"), name="a.gift")  # fmt: skip
    assert len(windows.taken) == 400 and windows.remarks
    assert windows.taken[0].payload["text"]["kk"] == "Қордың 0 айналымы?"
    assert len(exchange.read(("\ufeff" + "\n\n".join(lines[:3])).encode("utf-16"), name="a.gift").taken) == 3


def test_right_kazakh_and_russian_are_never_called_broken() -> None:
    assert not any(decoding.broken(one.payload) for one in OURS)


# --- there and back ---


def _plain(payload: dict[str, Any]) -> dict[str, Any]:
    """What a format must keep: texts and worths, whatever the keys."""

    def tidy(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: tidy(one) for key, one in sorted(value.items()) if key not in ("key", "right_key") and one not in ({}, [], None)}  # fmt: skip
        if isinstance(value, list):
            return [tidy(one) for one in value]
        return round(value, 3) if isinstance(value, float) else value

    found: dict[str, Any] = tidy(payload)
    return found


def test_moodle_xml_there_and_back_in_all_languages_loses_nothing() -> None:
    made = exchange.write(OURS, format="moodlexml", language="kk")
    back = exchange.read(made.content, language="kk")
    said = {one.reason for one in made.left_out}
    kept = [one for one in OURS if one.kind not in ("question.sorting", "question.hotspot", "question.gaps")]
    assert made.written == len(kept) == len(back.taken) and said and not back.left
    for ours, theirs in zip(kept, back.taken, strict=True):
        assert theirs.kind == ours.kind
        assert _plain(theirs.payload) == _plain(ours.payload)
        assert (theirs.category, theirs.tags) == ("Бөлім", ("тег",))
    assert len(made.left_out) == len(OURS) - len(kept), "what is left out is named"


# Without the letter that stands for one that was lost: a question that has it is left out by design.
WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"], exclude_characters="\N{REPLACEMENT CHARACTER}"), min_size=1, max_size=12)  # fmt: skip
TEXT = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


@st.composite
def _choices(draw: st.DrawFn) -> Question:
    words = draw(st.lists(TEXT, min_size=2, max_size=6, unique=True))
    right = draw(st.integers(0, len(words) - 1))
    rows = keyed([{"text": {"kk": text}, "fraction": 100.0 if n == right else 0.0} for n, text in enumerate(words)])
    payload: dict[str, Any] = {"text": {"kk": draw(TEXT)}, "options": rows}
    if draw(st.booleans()):
        payload["feedback"] = {"kk": draw(TEXT)}
    return Question("u", "question.choice", payload)


@settings(deadline=None)
@given(questions=st.lists(_choices(), min_size=1, max_size=5), format=st.sampled_from(["gift", "moodlexml"]))
def test_any_choice_goes_there_and_back(questions: list[Question], format: str) -> None:
    made = exchange.write(questions, format=format, language="kk")
    back = exchange.read(made.content, format=format, language="kk")
    assert [_plain(one.payload) for one in back.taken] == [_plain(one.payload) for one in questions]
    assert not back.left


@given(st.binary(max_size=400), st.sampled_from(["gift", "moodlexml", "aiken", ""]))
def test_no_bytes_make_a_reader_fall(content: bytes, format: str) -> None:
    try:
        exchange.read(content, format=format)
    except (exchange.Unreadable, exchange.NotBuilt) as refused:
        assert str(refused)


def test_aiken_there_and_back_and_the_rest_is_named() -> None:
    made = exchange.write(OURS, format="aiken", language="ru")
    back = exchange.read(made.content, format="aiken", language="ru")
    choices = [one for one in OURS if one.kind == "question.choice"]
    assert len(back.taken) == made.written == len(choices) and not back.left
    assert len({one.where for one in made.left_out}) >= len(OURS) - len(choices)


# --- the command ---


def _run(*words: str) -> int:
    return cli.call(["questions", "import", *words])


def test_the_command_judges_first_and_writes_when_told(bank: Bank, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    file = tmp_path / "сұрақтар.gift"
    file.write_text(GIFT, encoding="utf-8")
    before = Kept.objects.count()
    assert _run(str(file), "--bank", "NL-BANK", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["imported"] == 7 and len(told["not_imported"]) == 2 and set(told["not_imported"][0]) == {"where", "reason"}  # fmt: skip
    assert Kept.objects.count() == before
    assert _run(str(file), "--bank", "NL-BANK", "--apply", "--format", "gift") == 0
    assert Kept.objects.count() == before + 7 and "7" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "code"), [(["a.xml", "--bank", "NO-BANK"], 1), (["none.xml", "--bank", "NL-BANK"], 1), (["q.zip", "--bank", "NL-BANK", "--format", "qti"], 2), (["q.zip", "--bank", "NL-BANK"], 2)])  # fmt: skip
def test_the_command_says_what_is_wrong(words: list[str], code: int, bank: Bank, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    (tmp_path / "a.xml").write_bytes(b"<quiz/>")
    (tmp_path / "q.zip").write_bytes(b"PK\x03\x04 imsqti")
    assert kit_cli.judged(lambda: _run(str(tmp_path / words[0]), *words[1:])) == code
    said = capsys.readouterr().err
    assert said.startswith("orken: ") and "Traceback" not in said


# --- cloze and calculated questions of Moodle ---


def _moodle(kind: str, text: str, more: str = "") -> bytes:
    asked = f'<question type="{kind}"><name><text>Сынақ</text></name><questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{more}</question>'
    return f'<?xml version="1.0" encoding="UTF-8"?><quiz>{asked}</quiz>'.encode()


def test_a_cloze_becomes_a_text_with_gaps_of_both_sorts() -> None:
    text = "<p>Автор {1:MULTICHOICE:=100#Иә~245~300} өрісте, атау {1:SHORTANSWER:=245~%100%0245} өрісте, ISBN {1:NM:=13} цифр, бағасы {:SA:=2\\}3}.</p>"
    found = exchange.read(_moodle("cloze", text), language="kk")
    (one,) = found.taken
    assert one.kind == "question.gaps" and not found.left
    assert one.payload["text"] == {"kk": "Автор [[1]] өрісте, атау [[2]] өрісте, ISBN [[3]] цифр, бағасы [[4]]."}
    assert [gap["right"]["kk"] for gap in one.payload["gaps"]] == ["100", "245 | 0245", "13", "2}3"]
    assert [gap.get("others", {}).get("kk") for gap in one.payload["gaps"]] == ["245 | 300", None, None, None]
    assert len(found.remarks) == 1, "what was said to «100» is not kept, and that is told"
    kind = kinds.of("question.gaps")
    assert kind.grade(one.payload, {"gaps": {"1": "100", "2": "0245", "3": "13", "4": "2}3"}}).score == 100


@pytest.mark.parametrize(
    "text",
    [
        "{2:SA:=бір} және {1:SA:=екі}", "{1:SA:=бір~%50%екі}", "{1:NUMERICAL:=2.5:0.1}", "{1:MULTIRESPONSE:=а~=б~в}", "{1:MC:=а~=б}", "{1:SA:=а|б}",
        "{1:MC:а~б}", "жай мәтін", "{1:NUMERICAL:=екі}",
        '<span lang="kk" class="multilang">{1:SA:=а}</span><span lang="ru" class="multilang">{1:SA:=б}</span>',
    ],
)  # fmt: skip
def test_what_a_text_with_gaps_cannot_say_is_left_with_its_reason(text: str) -> None:
    found = exchange.read(_moodle("cloze", text), language="kk")
    assert not found.taken and len(found.left) == 1 and "Сынақ" in found.left[0].where and found.left[0].reason


def _data(**values: tuple[float, ...]) -> str:
    items = "".join(
        f'<dataset_definition><name><text>{name}</text></name><dataset_items>{"".join(f"<dataset_item><number>{n}</number><value>{value}</value></dataset_item>" for n, value in enumerate(told, 1))}</dataset_items></dataset_definition>'
        for name, told in values.items()
    )  # fmt: skip
    return f"<dataset_definitions>{items}</dataset_definitions>"


def test_a_calculated_question_becomes_a_pool_of_numbers_under_one_tag() -> None:
    more = (
        '<answer fraction="100"><text>{a}/{b}</text><tolerance>0.01</tolerance><tolerancetype>1</tolerancetype></answer>'
        + _data(a=(18900, 100), b=(900, 8))
    )
    found = exchange.read(_moodle("calculated", "{a} кітап, {b} оқырман; екі есесі {={a}*2}", more), language="kk")
    assert [one.payload["text"]["kk"] for one in found.taken] == ["18900 кітап, 900 оқырман; екі есесі 37800", "100 кітап, 8 оқырман; екі есесі 200"]  # fmt: skip
    assert [(one.payload["answers"][0]["answer"], one.payload["answers"][0]["tolerance"]) for one in found.taken] == [("21", "0.21"), ("12.5", "0.125")]  # fmt: skip
    assert len({one.tags for one in found.taken}) == 1 and found.taken[0].tags[0].startswith("pool-")
    assert len({one.where for one in found.taken}) == 2 and len(found.remarks) == 1
    many = _data(a=tuple(range(1, 60)), b=(1,) * 59)
    assert len(exchange.read(_moodle("calculatedsimple", "{a}", '<answer fraction="100"><text>{a}</text></answer>' + many), language="kk").taken) == 20  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("calculated", '<answer fraction="100"><text>{a}</text></answer>'),
        ("calculated", '<answer fraction="100"><text>{a}/0</text></answer>' + _data(a=(1,))),
        ("calculated", '<answer fraction="100"><text>__import__("os")</text></answer>' + _data(a=(1,))),
        ("calculated", '<answer fraction="100"><text>{c}</text></answer>' + _data(a=(1,))),
        ("calculated", _data(a=(1,))),
        ("calculatedmulti", '<answer fraction="100"><text>{a}</text></answer>' + _data(a=(1,))),
    ],
)
def test_a_calculated_question_that_cannot_be_reckoned_is_left_with_its_reason(kind: str, more: str) -> None:
    found = exchange.read(_moodle(kind, "Қанша?", more), language="kk")
    assert not found.taken and len(found.left) == 1 and found.left[0].reason


@given(st.text(max_size=60))
def test_a_formula_is_reckoned_or_refused_and_never_run(text: str) -> None:
    with suppress(NoFormula):
        assert math.isfinite(value(text, {"a": 2.0}))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("{a}+2*3", 8), ("-{a}**2", -4), ("sqrt(16)+pow(2,3)", 12), ("round({a}/3, 2)", 0.67), ("max(1, {a})", 2), ("2*pi()", 6.283185307)],
)  # fmt: skip
def test_formulas_of_moodle(formula: str, expected: float) -> None:
    assert value(formula, {"a": 2.0}) == pytest.approx(expected)


@pytest.mark.parametrize(
    "formula", ["9**9**9", "10**1000", "(1).__class__", "[1]", "open('x')", "a if 1 else 2", "{b}", "1e400", "x" * 600]
)
def test_what_is_more_than_arithmetic_has_no_value(formula: str) -> None:
    with pytest.raises(NoFormula):
        value(formula, {"a": 2.0})
