"""`orken news compose`: the contract, and plain sentences for bad files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orken.kit import cli
from orken.newsroom import commands  # noqa: F401  # registers the command
from tests.newsroom.conftest import REFERENCE


def run(*words: str) -> int:
    return cli.run(["news", "compose", *words])


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_reference_story(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(REFERENCE), "--lang", language, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"title", "lead", "body", "facts_used", "facts_unused"}
    assert answer["facts_unused"] == [] and len(answer["facts_used"]) == 32
    assert run(str(REFERENCE), "--lang", language) == 0
    kept = (REFERENCE.parent / f"reference-{language}.txt").read_text("utf-8")
    assert capsys.readouterr().out == kept


BAD: list[tuple[Any, str]] = [
    ([], "a list"), ("x", "a text"), ({}, "title"), ({"title": "Встреча"}, "title"), ({"title": {"ru": 5}}, "title.ru"),
    ({"title": {"ru": "В"}, "date": "24.11.2021"}, "date"), ({"title": {"ru": "В"}, "date": "2021-02-30"}, "date"),
    ({"title": {"ru": "В"}, "end_date": "2021-02-03"}, "end_date"), ({"title": {"ru": "В"}, "date": "2021-02-03", "end_date": "2021-02-01"}, "end_date"),
    ({"title": {"ru": "В"}, "form": "radio"}, "form"), ({"title": {"ru": "В"}, "talks": {}}, "talks"), ({"title": {"ru": "В"}, "talks": [{}]}, "talks[0].speaker"),
    ({"title": {"ru": "В"}, "talks": [{"speaker": {"ru": {"surname": "К"}}, "sex": "x"}]}, "talks[0].sex"),
    ({"title": {"ru": "В"}, "participants": [{"people": -1}]}, "participants[0]"), ({"title": {"ru": "В"}, "figures": {"participants": "сто"}}, "figures.participants"),
    ({"title": {"ru": "В"}, "figures": {"participants": True}}, "figures.participants"), ({"title": {"ru": "В" * 3000}}, "title.ru"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "place"), BAD)
def test_bad_facts_are_refused_by_their_place(
    document: Any, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    assert run(str(file), "--lang", "ru", "--json") == 1
    said = capsys.readouterr()
    assert not said.out and place in said.err and said.err.count("\n") == 1 and "Traceback" not in said.err


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"null", b"[" * 100_000, b"\x00", b'{"title":{"ru":"\\ud800"}}', b"9" * 6000]
)
def test_what_is_no_json_is_refused(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "event.json"
    file.write_bytes(content)
    assert run(str(file), "--lang", "kk") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_no_file_and_no_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "none.json"), "--lang", "kk") == 1
    assert run(str(tmp_path), "--lang", "kk") == 1
    for words in (["--lang", "kk"], [str(REFERENCE)], [str(REFERENCE), "--lang", "de"]):
        with pytest.raises(SystemExit) as stopped:
            run(*words)
        assert stopped.value.code == 2


def test_a_key_that_is_no_fact_is_told_and_not_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps({"title": {"ru": "Встреча", "de": "Treffen"}, "ocasion": {"ru": "юбилею"}}), "utf-8")
    assert run(str(file), "--lang", "ru", "--json") == 0
    said = capsys.readouterr()
    assert {one["fact"] for one in json.loads(said.out)["facts_unused"]} == {
        "title.de",
        "ocasion",
    } and "«ocasion»" in said.err


def test_markup_in_a_title_stays_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps({"title": {"ru": "<script>alert(1)</script> & «Книга»"}}), "utf-8")
    assert run(str(file), "--lang", "ru") == 0
    assert "«<script>alert(1)</script> & „Книга“»" in capsys.readouterr().out
