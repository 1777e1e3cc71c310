"""Rules that need no database: rubrics, who reviews whom, works that are alike, places of a text."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from orken.assignments import likeness, peers, places, rubrics
from orken.assignments.demo_texts import RUBRIC

texts = st.text(st.sampled_from("абвг қң де\n.,"), max_size=120)
words = st.lists(st.sampled_from(["экран", "оқырман", "құпиясөз", "бума", "ереже", "кафедра", "терезе", "флешка"]), max_size=80).map(" ".join)  # fmt: skip
groups = st.lists(st.integers(1, 6), min_size=7, max_size=40).map(lambda units: {n * 10: unit for n, unit in enumerate(units, start=1)})  # fmt: skip


@given(groups, st.integers(2, 6), st.text(max_size=8))
def test_everybody_gives_and_gets_the_same_number_and_nobody_her_own(units: dict[int, int], many: int, seed: str) -> None:  # fmt: skip
    assume(len(units) > many)
    shared = peers.allocate(units, many, seed)
    got = [author for authors in shared.values() for author in authors]
    assert all(len(set(authors)) == many for authors in shared.values())
    assert all(got.count(person) == many for person in units)
    assert all(person not in authors for person, authors in shared.items())
    assert shared == peers.allocate(dict(reversed(units.items())), many, seed), "the order in which they come says nothing"  # fmt: skip


@given(groups, st.integers(2, 6), st.text(max_size=8))
def test_colleagues_do_not_meet_where_there_is_room(units: dict[int, int], many: int, seed: str) -> None:
    size, largest = len(units), max(list(units.values()).count(unit) for unit in units.values())
    assume(size - 2 * largest + 1 >= many)  # so many distances lead out of the largest library
    shared = peers.allocate(units, many, seed)
    assert all(units[person] != units[author] for person, authors in shared.items() for author in authors)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9))
def test_the_middle_lies_between_and_one_hard_reviewer_does_not_move_it_out(scores: list[Decimal]) -> None:
    found = peers.middle(scores)
    assert min(scores) <= found <= max(scores) and found == peers.middle(list(reversed(scores)))


@given(words, words)
def test_likeness_is_the_same_whichever_comes_first(one: str, other: str) -> None:
    mine, theirs = likeness.prints(one), likeness.prints(other)
    assert likeness.share(mine, theirs) == likeness.share(theirs, mine)
    assert 0 <= likeness.share(mine, theirs) <= 1
    assert likeness.prints(one.upper().replace(" ", ",  ")) == mine, "case and signs do not count"


def test_a_long_passage_in_common_is_found_and_a_common_subject_is_not() -> None:
    passage = "компьютер оқырман залының бұрышында тұр экранды тек отырған адам көреді кафедрадан оның орны көрініп тұрады әр оқырманнан кейін тарих өшіріледі жүктелген файлдар бумасы тазартылады ереже қабырғада ілулі"  # fmt: skip
    longer = f"{passage} сонымен қатар біз апта сайын кезекші тексергенін дәптерге жазып отырамыз және жаңа ережені екі тілде іліп қойдық"  # fmt: skip
    other = "кітапханада компьютер терезенің жанында тұр бірақ экранға перде тартылған читатель шыққан соң сеанс өзі жабылады тексеруді меңгеруші жұма күні жүргізеді ал ережені кафедрадан сұрап алуға болады"  # fmt: skip
    assert likeness.share(likeness.prints(passage), likeness.prints(longer)) > 0.8
    assert likeness.share(likeness.prints(passage), likeness.prints(other)) < likeness.ALIKE
    assert likeness.share(likeness.prints("Бар."), likeness.prints("Бар.")) == 0, "too short to tell"


def test_a_photograph_saved_anew_is_the_same_and_a_blank_sheet_is_nothing() -> None:
    picture = Image.new("RGB", (640, 480), "white")
    ImageDraw.Draw(picture).polygon([(100, 80), (600, 400), (60, 440)], fill=(60, 80, 120))
    smaller = picture.resize((320, 240))
    turned = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert likeness.near(likeness.look_of(picture), likeness.look_of(smaller)) >= 90
    assert likeness.near(likeness.look_of(picture), likeness.look_of(turned)) == 0
    assert likeness.look_of(Image.new("RGB", (640, 480), "white")) == ""
    assert likeness.near("", "") == 0


@given(texts, st.data())
def test_pieces_put_together_are_the_text_and_a_quoted_place_is_found_again(text: str, data: st.DataObject) -> None:
    spans = data.draw(st.lists(st.builds(places.Span, st.integers(0, 120), st.integers(0, 120), st.integers(1, 9)), max_size=5))  # fmt: skip
    assert "".join(one.text for one in places.pieces(text, spans)) == text
    if text.strip():
        begins = data.draw(st.integers(0, len(text) - 1))
        ends = data.draw(st.integers(begins + 1, len(text)))
        quote = text[begins:ends]
        assume(quote.strip())
        found = places.locate(text, quote, begins)
        assert found is not None and text[found[0] : found[1]].split() == [*quote.split()]


@given(st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_a_mark_is_the_sum_of_its_levels_by_weight(levels: list[int]) -> None:
    criteria = rubrics.read(RUBRIC)
    chosen = {one.key: level for one, level in zip(criteria, levels, strict=True)}
    got = rubrics.score(criteria, chosen)
    whole = sum(one.weight * 3 for one in criteria)
    assert abs(got - Decimal(100) * sum(one.weight * level for one, level in zip(criteria, levels, strict=True)) / whole) < Decimal("0.02")  # fmt: skip
    assert rubrics.complete(criteria, chosen) and not rubrics.complete(criteria, {**chosen, "c9": 0})


def test_a_rubric_has_one_fingerprint_for_the_same_words() -> None:
    assert rubrics.fingerprint(RUBRIC) == rubrics.fingerprint([dict(reversed(one.items())) for one in RUBRIC])
    assert rubrics.fingerprint(RUBRIC) != rubrics.fingerprint(list(reversed(RUBRIC)))
    assert not rubrics.problems(RUBRIC) and rubrics.problems([]) and rubrics.problems([{"key": "c1", "weight": 1, "levels": []}])  # fmt: skip
