"""`orken marc grade` as contracts.md has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orken.cataloguing import codecs
from orken.cataloguing.tasks import material
from orken.kit import cli

pytestmark = pytest.mark.django_db


def _file(folder: Path, name: str, code: str, format: str, place: int = 0, kind: str = "iso2709") -> str:
    path = folder / name
    path.write_bytes(codecs.dumps(material.experts(code, format)[place], kind))
    return str(path)


def test_the_shape_of_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _file(tmp_path, "a.mrc", "ru-essays", "marc21")
    experts = [_file(tmp_path, f"e{place}.xml", "ru-essays", "marc21", place, "marcxml") for place in (0, 1)]
    code = cli.run(
        ["marc", "grade", "--answer", answer, "--expert", experts[0], "--expert", experts[1], "--json", "--lang", "ru"]
    )
    assert code == 0
    said = json.loads(capsys.readouterr().out)
    assert said["score"] == 100
    assert said["passed"] is True
    assert set(said) >= {"score", "passed", "areas", "elements", "caps", "penalties"}
    assert set(said["areas"]) <= {"coded", "description", "publication", "access", "subject"}
    (title,) = [one for one in said["elements"] if one["element"] == "title"]
    assert title["weight"] == 12
    assert title["score"] == 1
    assert title["learner"] == title["expert"] == "Чтение в степном крае"
    assert title["reason"]


def test_mixed_formats_and_a_mark_to_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _file(tmp_path, "a.mrk", "kk-novel", "marc21", kind="mrk")
    expert = _file(tmp_path, "e.json", "kk-novel", "rusmarc", kind="json")
    arguments = [
        "marc",
        "grade",
        "--answer",
        answer,
        "--profile",
        "marc21",
        "--expert",
        expert,
        "--expert-profile",
        "rusmarc",
        "--json",
    ]
    assert cli.run(arguments) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["score"] >= 85
    assert cli.run([*arguments, "--pass", "100"]) == 0
    assert json.loads(capsys.readouterr().out)["passed"] is (said["score"] == 100)


def test_caps_and_penalties_say_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _file(tmp_path, "a.mrc", "kk-novel", "rusmarc")
    expert = _file(tmp_path, "e.mrc", "ru-revised", "rusmarc")
    assert cli.run(["marc", "grade", "--answer", answer, "--expert", expert, "--json", "--lang", "kk"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["passed"] is False
    assert said["caps"] and all(cap["limit"] in (49, 59, 69) and cap["why"] for cap in said["caps"])
    assert said["penalties"] and all(one["points"] >= 0 and one["why"] for one in said["penalties"])
    assert cli.run(["marc", "grade", "--answer", answer, "--expert", expert]) == 0
    assert "/ 100" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 1),
        (b"garbage without end", 1),
        (b"00026", 1),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 1),
    ],
)
def test_bad_input_ends_with_a_sentence(
    content: bytes, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.mrc"
    broken.write_bytes(content)
    expert = _file(tmp_path, "e.mrc", "ru-revised", "rusmarc")
    assert cli.run(["marc", "grade", "--answer", str(broken), "--expert", expert]) == code
    said = capsys.readouterr()
    assert said.err.startswith("orken: ") and "Traceback" not in said.err
    assert not said.out


def test_several_records_no_file_and_no_title_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expert = _file(tmp_path, "e.mrc", "ru-revised", "rusmarc")
    twice = tmp_path / "two.mrc"
    twice.write_bytes(Path(expert).read_bytes() * 2)
    bare = tmp_path / "bare.mrc"
    bare.write_bytes(codecs.dumps(material.experts("ru-revised", "rusmarc")[0].without("200"), "iso2709"))
    assert cli.run(["marc", "grade", "--answer", str(twice), "--expert", expert]) == 1
    assert cli.run(["marc", "grade", "--answer", str(tmp_path / "none.mrc"), "--expert", expert]) == 1
    assert cli.run(["marc", "grade", "--answer", expert, "--expert", str(bare)]) == 1
    assert cli.run(["marc", "grade", "--answer", expert, "--expert", expert, "--pass", "170"]) == 2
    assert cli.run(["marc", "grade", "--answer", expert, "--expert", expert, "--encoding", "ebcdic"]) == 2
    capsys.readouterr()
