"""What may be asked: pure rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from orken.surveys import questions, results
from orken.surveys.questions import Kind, Option, Question, Words

words = st.builds(Words, kk=st.text(max_size=8), ru=st.text(max_size=8), en=st.text(max_size=8))
full = st.builds(Words, kk=st.text("аә", min_size=1, max_size=5), ru=st.text("бв", min_size=1, max_size=5))


def options(text: st.SearchStrategy[Words]) -> st.SearchStrategy[tuple[Option, ...]]:
    def numbered(texts: list[Words]) -> tuple[Option, ...]:
        return tuple(Option(f"a{n}", one) for n, one in enumerate(texts, start=1))

    return st.lists(text, min_size=2, max_size=5).map(numbered)


def a_question(text: st.SearchStrategy[Words]) -> st.SearchStrategy[Question]:
    made = st.builds(
        Question, key=st.integers(1, 99).map(lambda n: f"q{n}"), kind=st.sampled_from(Kind), text=text, hint=text,
        required=st.booleans(), options=options(text), low=text, high=text,
    )  # fmt: skip

    def fitting(one: Question) -> Question:
        bare = one if one.kind in questions.WITH_OPTIONS else replace(one, options=())
        return bare if bare.kind in questions.WITH_ENDS else replace(bare, low=Words(), high=Words())

    return made.map(fitting)


@given(st.lists(a_question(words), max_size=6))
def test_a_document_is_read_as_it_was_kept(asked: list[Question]) -> None:
    assert questions.read(questions.kept(asked)) == asked


@given(st.lists(a_question(full), min_size=1, max_size=4))
def test_what_is_whole_in_kazakh_and_russian_can_be_published(asked: list[Question]) -> None:
    assert not list(questions.problems(asked))


@given(a_question(full), st.sampled_from(("kk", "ru")))
def test_a_language_that_is_wanting_stops_publishing_at_that_question(one: Question, language: str) -> None:
    poor = replace(one, text=replace(one.text, **{language: ""}))
    assert [problem.key for problem in questions.problems([poor])] == [one.key]


@given(st.lists(st.text("абв", min_size=1, max_size=3), unique=True, min_size=2, max_size=6), st.randoms())
def test_options_in_another_order_keep_their_keys(lines: list[str], chance: object) -> None:
    """What was answered before still means the same after the lines were moved about."""
    held = questions.with_options(Question("q1", Kind.CHOICE, Words("қ", "в")), {"kk": lines})
    moved = list(reversed(lines))
    again = questions.with_options(held, {"kk": moved})
    before = {one.text.kk: one.key for one in held.options}
    assert {one.text.kk: one.key for one in again.options} == before
    assert [one.text.kk for one in again.options] == moved


def test_a_line_that_was_only_reworded_keeps_its_key_and_a_new_one_gets_a_new_key() -> None:
    held = questions.with_options(Question("q1", Kind.CHOICE, Words("қ", "в")), {"kk": ["иә", "жоқ"]})
    reworded = questions.with_options(held, {"kk": ["иә, әрине", "жоқ"]})
    assert [one.key for one in reworded.options] == ["a1", "a2"]
    longer = questions.with_options(reworded, {"kk": ["жоқ", "білмеймін", "иә, әрине"]})
    assert [one.key for one in longer.options] == ["a2", "a3", "a1"]


def test_a_key_that_was_taken_out_never_comes_back() -> None:
    assert questions.new_key(["q1", "q2", "q7"], "q") == "q8"
    assert questions.new_key([], "q") == "q1"


ASKED = [
    Question("q1", Kind.SCALE, Words("а", "а")),
    Question("q2", Kind.SEVERAL, Words("б", "б"), options=(Option("a1", Words("1")), Option("a2", Words("2")))),
    Question("q3", Kind.RANKING, Words("в", "в"), options=(Option("a1", Words("1")), Option("a2", Words("2")))),
]


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "q1": st.integers(1, 5),
                "q2": st.lists(st.sampled_from(["a1", "a2"]), unique=True, min_size=1),
                "q3": st.permutations(["a1", "a2"]),
            },
        ),
        max_size=12,
    )
)
def test_every_answer_is_counted_once(sheets: list[dict[str, object]]) -> None:
    scale, several, ranking = results.reckon(ASKED, sheets)
    assert scale.answered == sum("q1" in sheet for sheet in sheets)
    assert sum(bar.count for bar in scale.lines[0].bars) == scale.answered
    chosen = Counter(key for sheet in sheets for key in sheet.get("q2", []))  # type: ignore[attr-defined]  # lists of keys
    assert {bar.count for bar in several.bars} == {chosen["a1"], chosen["a2"]}
    assert all(0 <= bar.share <= 100 for bar in several.bars)
    means = [line.mean for line in ranking.lines if line.mean is not None]
    assert means == sorted(means) and (not means or abs(sum(means) - 3) < 1e-9)
