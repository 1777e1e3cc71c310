"""The school's kinds of exercise keep the contract of curriculum and keep the key to themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orken.cataloguing import codecs
from orken.cataloguing.kinds import DescribeBook, FindErrors
from orken.cataloguing.record import Record, data_field
from orken.cataloguing.tasks import material
from orken.curriculum import kinds

DESCRIBE = {"book": "ru-essays", "format": "rusmarc"}
ERRORS = {"book": "kk-novel", "format": "rusmarc", "count": 3, "seed": 4}


def _text(record: Record) -> str:
    return codecs.dumps(record, "mrk").decode()


def test_the_kinds_are_registered() -> None:
    for code, kind in (("cataloguing.describe", DescribeBook), ("cataloguing.errors", FindErrors)):
        assert isinstance(kinds.get(code), kind)
        assert isinstance(kinds.get(code), kinds.Kind)


@pytest.mark.parametrize("format", list(material.FORMATS))
def test_the_browser_never_gets_the_key(format: str) -> None:
    for book in material.books():
        public = json.dumps(
            DescribeBook().public_payload({"book": book.code, "format": format, "seed": 3}), ensure_ascii=False
        )
        for record in material.experts(book.code, format, 3):
            assert record.identifier not in public
            # A name in full, with its role: only the expert's record says it.
            for name in record.data("700", "702", "100"):
                assert f"$a{name.text('a')}" not in public
    spoilt = FindErrors().public_payload(ERRORS)
    assert set(spoilt) == {"format", "count", "record", "tags"}


def test_the_expert_gets_100_and_another_book_fails() -> None:
    kind = DescribeBook()
    good = kind.grade(DESCRIBE, kind.parse({"text": _text(material.experts("ru-essays", "rusmarc")[1])}))
    assert (good.score, good.passed, good.caps) == (100.0, True, ())
    assert {reason.score for reason in good.reasons} == {1.0}
    bad = kind.grade(DESCRIBE, kind.parse(_text(material.experts("kk-novel", "rusmarc")[0])))
    assert not bad.passed
    assert bad.caps
    assert bad.details["needs_review"]


@pytest.mark.parametrize("raw", ["", {"text": "  "}, {"text": 5}, None, {"text": "x" * 70_000}, {"text": "бірдеңе"}])
def test_what_is_no_record_is_refused_with_a_sentence(raw: Any) -> None:
    with pytest.raises(kinds.AnswerRefused) as refused:
        DescribeBook().parse(raw)
    assert str(refused.value)


def test_two_records_and_a_record_in_the_other_format_are_refused() -> None:
    kind = DescribeBook()
    twice = "\n\n".join(_text(record) for record in material.experts("ru-essays", "rusmarc"))
    with pytest.raises(kinds.AnswerRefused):
        kind.parse(twice)
    answer = kind.parse(_text(material.experts("ru-essays", "marc21")[0]))
    with pytest.raises(kinds.AnswerRefused, match="RUSMARC"):
        kind.grade(DESCRIBE, answer)


def test_an_xml_bomb_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><collection><record><leader>&b;</leader></record></collection>'
    with pytest.raises(kinds.AnswerRefused):
        DescribeBook().parse(bomb)


def test_the_same_work_has_the_same_fingerprint() -> None:
    kind = DescribeBook()
    record = material.experts("ru-essays", "rusmarc")[0]
    turned = Record(record.leader, tuple(reversed(record.fields)))
    other = record.with_field(data_field("300", "  ", "aЕщё одно примечание"))
    assert kind.fingerprint(record) == kind.fingerprint(turned)
    assert kind.fingerprint(record) != kind.fingerprint(other)


def test_a_seed_draws_other_facts_and_the_task_may_change_its_terms() -> None:
    kind = DescribeBook()
    drawn = kind.draw(DESCRIBE, 9)
    assert drawn["seed"] == 9
    assert kind.public_payload(drawn) != kind.public_payload(DESCRIBE)
    answer = material.experts("ru-essays", "rusmarc")[0].without("225")
    strict = kind.grade({**DESCRIBE, "pass": 101}, answer)
    assert not strict.passed


def test_errors_are_made_found_and_counted() -> None:
    kind = FindErrors()
    wrong = kind._wrong(ERRORS)
    assert len(wrong) == 3
    everything = frozenset(kind.public_payload(ERRORS)["tags"])
    right = kind.grade(ERRORS, kind.parse({"tags": sorted(wrong)}))
    assert (right.score, right.passed) == (100.0, True)
    assert kind.grade(ERRORS, kind.parse({"tags": []})).score == 0
    assert not kind.grade(ERRORS, everything).passed  # naming all is no finding
    assert kind.grade(ERRORS, frozenset(list(wrong)[:2])).score == pytest.approx(66.7, abs=0.1)
    with pytest.raises(kinds.AnswerRefused):
        kind.parse({"tags": ["not a tag"]})


@pytest.mark.parametrize("seed", range(6))
def test_spoilt_records_keep_their_promise(seed: int) -> None:
    """As many wrong fields as the task says, in both formats, whatever the seed."""
    for format in material.FORMATS:
        for code in ("kk-novel", "ru-essays", "ru-revised"):
            payload = {"book": code, "format": format, "count": 3, "seed": seed}
            assert len(FindErrors()._wrong(payload)) == 3, payload
