"""Each kind of question: never its key in the page, graded by its rule, answered by a plain form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orken.curriculum import kinds as registry
from orken.curriculum.kinds import AnswerRefused
from orken.questions import kinds, showing
from orken.questions.demo import catalogue, safety, statistics
from orken.questions.demo.answers import answer
from orken.questions.demo.shapes import Sample
from orken.questions.kinds.numeric import number
from orken.questions.kinds.ordering import _longest_run
from orken.questions.kinds.short import fold, meets

SAMPLES: dict[str, Sample] = {one.kind: one for one in (*statistics.QUESTIONS, *catalogue.QUESTIONS, *safety.QUESTIONS)}
BY_HAND = {"question.essay", "question.file"}
CODES = sorted(kinds.BY_CODE)
BY_RULE = [code for code in CODES if code not in BY_HAND]
# What tells the answer: none of these words may stand in what the browser gets.
KEYS = {"fraction", "right_key", "truth", "right", "group", "answers", "guide", "tolerance", "feedback", "pairs"}


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(name for one in value.values() for name in _names(one))}
    return {name for one in value for name in _names(one)} if isinstance(value, (list, tuple)) else set()


def test_the_demo_has_a_question_of_every_kind() -> None:
    assert set(SAMPLES) == set(kinds.BY_CODE) <= {one.code for one in registry.registered()}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_never_gets_the_key(code: str, language: str) -> None:
    kind, payload = kinds.of(code), SAMPLES[code].payload
    with translation.override(language):
        for seed in range(5):
            public = kind.public_payload(kind.draw(payload, seed))
            assert not _names(public) & KEYS
            text = json.dumps(public, ensure_ascii=False)
            if code == "question.short":
                assert not any(row["answer"].strip("*") in text for row in payload["answers"])
    json.dumps(public)  # and is plain


@pytest.mark.parametrize("code", ["question.choice", "question.matching", "question.ordering", "question.sorting", "question.gaps"])  # fmt: skip
def test_no_place_tells_the_answer(code: str) -> None:
    """Drawn with many seeds, what is right stands first no more often than chance lets it."""
    kind, payload = kinds.of(code), SAMPLES[code].payload
    first = {json.dumps(kind.public_payload(kind.draw(payload, seed)), sort_keys=True) for seed in range(30)}
    assert len(first) > 1
    again = kind.public_payload(kind.draw(payload, 3))
    assert again == kind.public_payload(kind.draw(payload, 3))


@pytest.mark.parametrize("code", BY_RULE)
def test_right_is_all_and_wrong_is_less(code: str) -> None:
    kind, payload = kinds.of(code), SAMPLES[code].payload
    for seed in (1, 2):
        drawn = kind.draw(payload, seed)
        good = kind.grade(drawn, kind.parse(answer(code, payload)))
        bad = kind.grade(drawn, kind.parse(answer(code, payload, right=False)))
        assert good.score == pytest.approx(100, abs=0.05) and good.passed
        assert 0 <= bad.score < 100 and not bad.passed
        assert kind.shown(drawn, kind.parse(answer(code, payload)))


@pytest.mark.parametrize("code", sorted(BY_HAND))
def test_what_a_person_marks_waits_for_her(code: str) -> None:
    kind, payload = kinds.of(code), SAMPLES[code].payload
    told: dict[str, Any] = {"text": "…"} if code == "question.essay" else {"files": []}
    assert showing.needs_person(kind.grade(payload, kind.parse(told)))


@pytest.mark.parametrize("code", BY_RULE)
def test_a_plain_form_says_the_same_as_a_script(code: str) -> None:
    """What a browser without script sends under the names of the template is the answer that the script would send."""
    kind, payload = kinds.of(code), SAMPLES[code].payload
    told = answer(code, payload)
    data = QueryDict(mutable=True)
    for key, value in told.items():
        if isinstance(value, dict):
            for one, chosen in value.items():
                data[f"q1-{one}"] = chosen
        elif isinstance(value, list):
            data.setlist("q1", value)
        else:
            data["q1"] = ("true" if value else "false") if isinstance(value, bool) else value
        assert key
    found = kind.raw(data, "q1")
    assert kind.fingerprint(kind.parse(found)) == kind.fingerprint(kind.parse(told))
    assert kind.raw(QueryDict(), "q1") is None
    marked = json.dumps(kind.view(kind.public_payload(kind.draw(payload, 1)), told))
    assert marked != json.dumps(kind.view(kind.public_payload(kind.draw(payload, 1)), None))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(["key", "keys", "text", "pairs", "places", "gaps", "groups", "files", "truth", "x"]), inside, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(raw=JSON, code=st.sampled_from(CODES))
@settings(suppress_health_check=[HealthCheck.too_slow])  # deep answers are slow to make where others work too
def test_whatever_a_browser_sends_is_an_answer_or_refused_with_a_sentence(raw: Any, code: str) -> None:
    kind, payload = kinds.of(code), SAMPLES[code].payload
    try:
        parsed = kind.parse(raw)
    except AnswerRefused as refused:
        assert str(refused)
        return
    grade = kind.grade(kind.draw(payload, 1), parsed)
    assert 0 <= grade.score <= 100
    assert kind.fingerprint(parsed) is not None


@given(st.lists(st.integers(0, 20), unique=True, max_size=9))
def test_the_longest_run_is_that_of_all_subsequences(line: list[int]) -> None:
    best = 0
    for mask in range(2 ** len(line)):
        chosen = [one for place, one in enumerate(line) if mask >> place & 1]
        if chosen == sorted(chosen):
            best = max(best, len(chosen))
    assert _longest_run(line) == best


@pytest.mark.parametrize(
    ("expected", "written", "same"),
    [
        ("авторитетті жазба", "Авторитетти  Жазба.", True), ("ISBN", "isbn", True), ("ёлка", "елка", True), ("кітапхана", "кiтапхана", True),
        ("қор*", "Қордың айналымы", True), ("*есе*", "жиынтық есеп", True), ("қор", "қорап", False), ("ISBN", "", False), ("*", "", False),
        ("«Мәдениет туралы»", "мадениет туралы", True), ("5+3", "5 3", False),
    ],
)  # fmt: skip
def test_a_short_answer_is_folded_for_kazakh_and_russian(expected: str, written: str, same: bool) -> None:
    assert meets(expected, written) is same


@given(st.text(max_size=60))
def test_folding_is_settled_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("text", "value"), [("1 234,5", "1234.5"), ("12.750", "12.750"), ("1e3", "1000"), ("NaN", None), ("", None), ("1e99", None)])  # fmt: skip
def test_numbers_as_people_write_them(text: str, value: str | None) -> None:
    found = number(text)
    assert (found is None) is (value is None)
    assert found is None or found == number(value)


def test_units_and_tolerance() -> None:
    kind = kinds.of("question.numeric")
    payload = {
        "text": {"kk": "Биіктігі?"}, "answers": [{"key": "a", "answer": "29.7", "tolerance": "0.2", "fraction": 100}],
        "units": [{"unit": "см", "factor": "1"}, {"unit": "мм", "factor": "0.1"}], "unit_needed": True,
    }  # fmt: skip
    for text, score in (("29,7 см", 100), ("297 мм", 100), ("29.9 см", 100), ("30 см", 0), ("29,7", 0), ("29,7 м", 0)):
        assert kind.grade(payload, kind.parse({"text": text})).score == score, text


@pytest.mark.parametrize("code", CODES)
def test_an_author_gets_the_question_back_from_its_form_as_it_stood(code: str) -> None:
    """The form of a question, sent back as it was shown, changes nothing: keys stay, so old answers keep their sense."""
    kind, payload = kinds.of(code), SAMPLES[code].payload
    shown = kind.form(standing=payload)
    data = QueryDict(mutable=True)
    for name, field in shown.fields.items():
        value = shown.get_initial_for_field(field, name)
        if value is not None and value is not False and value != "":
            data[name] = "on" if value is True else str(value)
    for name, count in shown.count.items():
        data[f"{name}-n"] = str(count)
    sent = kind.form(data, standing=payload)
    assert sent.is_valid(), sent.errors
    before, now = kind.public_payload(kind.draw(payload, 1)), kind.public_payload(kind.draw(sent.payload, 1))
    assert now == before
    if code in BY_RULE:
        assert kind.grade(kind.draw(sent.payload, 1), kind.parse(answer(code, payload))).passed
    assert not list(kind.problems(sent.payload)) or code == "question.hotspot"


@pytest.mark.parametrize(
    ("language", "answer"),
    [("kk", "жиынтық есеп кітабы"), ("ru", "книга суммарного учёта"), ("en", "book of summary records")],
)
def test_the_right_short_answer_is_shown_in_her_language_and_without_asterisks(language: str, answer: str) -> None:
    written = [
        "жиынтық есеп кітабы",
        "*жиынтық есе*",
        "книга суммарного учёта",
        "*суммарного уч*",
        "book of summary records",
        "*summary*",
    ]
    payload = {"answers": [{"key": str(n), "answer": one, "fraction": 100} for n, one in enumerate(written)]}
    with translation.override(language):
        assert kinds.of("question.short").right(payload) == [answer]
        assert kinds.of("question.short").right({"answers": [{"key": "1", "answer": "*ISBN*", "fraction": 100}]}) == [
            "ISBN"
        ]
        assert kinds.of("question.short").right({"answers": [{"key": "1", "answer": "25", "fraction": 100}]}) == ["25"]
