"""`orken marc check`, `convert`, `card`: exit codes, JSON, sentences without a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.cataloguing_records import clean
from orken.cataloguing import codecs
from orken.cataloguing.checker import examples
from orken.cataloguing.models import ProfileRow
from orken.kit import cli

Streams = pytest.CaptureFixture[bytes]
RECORDS = [made.record for made in clean(20)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records.mrc"
    path.write_bytes(b"".join(codecs.dumps(record, "iso2709") for record in RECORDS))
    return path


def test_check_prints_a_json_line_per_record(file: Path, capfdbinary: Streams) -> None:
    assert cli.run(["marc", "check", str(file), "--json"]) == 0
    lines = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [line["record"] for line in lines] == list(range(1, 21))
    assert [line["id"] for line in lines] == [record.identifier for record in RECORDS]
    assert {key for line in lines for key in line} == {"record", "id", "profile", "issues"}


def test_findings_are_the_result_and_not_a_failure(tmp_path: Path, capfdbinary: Streams) -> None:
    path = tmp_path / "one.mrk"
    path.write_text("\n".join(examples.MARC21.replace("9786017770273", "9786017770274").splitlines()), "utf-8")
    assert cli.run(["marc", "check", str(path), "--json"]) == 0
    (line,) = capfdbinary.readouterr().out.splitlines()
    (issue,) = json.loads(line)["issues"]
    assert issue["rule"] == "id.isbn"
    assert set(issue["message"]) == {"kk", "ru", "en"}


@pytest.mark.parametrize(("language", "word"), [("kk", "жарамсыз"), ("ru", "неверен"), ("en", "not valid")])
def test_the_text_speaks_the_language_asked_for(language: str, word: str, tmp_path: Path, capfdbinary: Streams) -> None:
    path = tmp_path / "one.mrk"
    path.write_text(examples.MARC21.replace("9786017770273", "9786017770274"), "utf-8")
    assert cli.run(["marc", "check", str(path), "--lang", language]) == 0
    assert word in capfdbinary.readouterr().out.decode()


def test_report_counts_by_rule_and_by_cataloguer(tmp_path: Path, capfdbinary: Streams) -> None:
    clean_one = examples.MARC21
    wrong = clean_one.replace("9786017770273", "9786017770274").replace("$cKZ-AlNLR", "$cKZ-AlNLR$dKZ-Pavlodar")
    path = tmp_path / "two.mrk"
    path.write_text(f"{clean_one}\n{wrong}\n{wrong}", "utf-8")
    assert cli.run(["marc", "report", str(path), "--json"]) == 0
    told = json.loads(capfdbinary.readouterr().out)
    assert (told["records"], told["faulty"], told["errors"], told["rate"]) == (3, 2, 2, 66.7)
    assert told["rules"] == [{"rule": "id.isbn", "severity": "major", "records": 2, "times": 2}]
    assert [(one["name"], one["errors"]) for one in told["cataloguers"]] == [("KZ-Pavlodar", 2), ("KZ-AlNLR", 0)]


def test_report_compares_records_before_and_after_the_training(tmp_path: Path, capfdbinary: Streams) -> None:
    before, after = tmp_path / "before.mrk", tmp_path / "after.mrk"
    before.write_text(examples.MARC21.replace("9786017770273", "9786017770274"), "utf-8")
    after.write_text(examples.MARC21, "utf-8")
    assert cli.run(["marc", "report", str(before), "--compare", str(after), "--json"]) == 0
    told = json.loads(capfdbinary.readouterr().out)
    assert (told["first"]["rate"], told["second"]["rate"], told["change"]) == (100.0, 0.0, -100.0)
    assert told["rules"] == [{"rule": "id.isbn", "first": 100.0, "second": 0.0, "change": -100.0}]
    assert cli.run(["marc", "report", str(before), "--compare", str(after), "--lang", "ru"]) == 0
    assert "100.0 → 0.0 (-100.0)" in capfdbinary.readouterr().out.decode()


def test_a_record_that_cannot_be_read_makes_the_input_bad(file: Path, capfdbinary: Streams) -> None:
    file.write_bytes(file.read_bytes()[:-40])
    assert cli.run(["marc", "check", str(file), "--json", "--lang", "en"]) == 1
    streams = capfdbinary.readouterr()
    assert len(streams.out.splitlines()) == 20, "the others are checked all the same"
    assert b"record 20: The record stops after" in streams.err
    assert b"Traceback" not in streams.err


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "was not recognised"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><collection/>', "DOCTYPE"),
        (b"<html></html>", "no <record>"),
        (b"[]", "no record"),
    ],
)
@pytest.mark.parametrize("command", ["check", "card", "convert"])
def test_a_file_that_is_no_catalogue_is_refused_with_a_sentence(
    content: bytes, word: str, command: str, tmp_path: Path, capfdbinary: Streams
) -> None:
    path = tmp_path / "strange.mrc"
    path.write_bytes(content)
    arguments = ["marc", command, str(path), "--lang", "en", *(["--to", "mrk"] if command == "convert" else [])]
    assert cli.run(arguments) == 1
    assert word in capfdbinary.readouterr().err.decode()


def test_a_missing_file_and_wrong_words(tmp_path: Path, file: Path, capfdbinary: Streams) -> None:
    assert cli.run(["marc", "check", str(tmp_path / "none.mrc")]) == 1
    assert cli.run(["marc", "check", str(file), "--encoding", "ebcdic"]) == 2
    assert cli.run(["marc", "convert", str(file), "--to", "json", "--to-encoding", "cp1251"]) == 2
    assert cli.run(["marc", "check", str(file), "--profile-file", "x.json"]) == 2
    with pytest.raises(SystemExit) as usage:
        cli.run(["marc", "convert", str(file), "--to", "word"])
    assert usage.value.code == 2
    assert b"Traceback" not in capfdbinary.readouterr().err


@pytest.mark.parametrize("format", codecs.FORMATS)
def test_convert_there_and_back_is_the_same_file(format: str, file: Path, tmp_path: Path, capfdbinary: Streams) -> None:
    assert cli.run(["marc", "convert", str(file), "--to", format]) == 0
    middle = tmp_path / "middle"
    middle.write_bytes(capfdbinary.readouterr().out)
    assert cli.run(["marc", "convert", str(middle), "--to", "iso2709"]) == 0
    assert capfdbinary.readouterr().out == file.read_bytes()


def test_convert_to_marc_8_declares_it_and_says_so(file: Path, tmp_path: Path, capfdbinary: Streams) -> None:
    assert cli.run(["marc", "convert", str(file), "--to", "iso2709", "--to-encoding", "marc8"]) == 0
    streams = capfdbinary.readouterr()
    assert b"LDR/09 now declares MARC-8" in streams.err
    middle = tmp_path / "marc8.mrc"
    middle.write_bytes(streams.out)
    assert cli.run(["marc", "convert", str(middle), "--to", "iso2709", "--encoding", "marc8"]) == 0
    assert capfdbinary.readouterr().out == file.read_bytes()


def test_convert_leaves_out_what_would_be_lost_and_names_it(file: Path, capfdbinary: Streams) -> None:
    assert cli.run(["marc", "convert", str(file), "--to", "iso2709", "--to-encoding", "cp866", "--lang", "ru"]) == 1
    streams = capfdbinary.readouterr()
    assert "Выберите UTF-8" in streams.err.decode()
    assert 0 < streams.out.count(b"\x1d") < 20


def test_a_guessed_encoding_is_told(tmp_path: Path, capfdbinary: Streams) -> None:
    path = tmp_path / "old.mrc"
    path.write_bytes(codecs.dumps(examples.base("unimarc").without("801"), "iso2709", "koi8-r"))
    assert cli.run(["marc", "check", str(path)]) == 0
    assert b"read as KOI8-R" in capfdbinary.readouterr().err
    assert cli.run(["marc", "check", str(path), "--encoding", "koi8-r"]) == 0
    assert b"read as" not in capfdbinary.readouterr().err


@pytest.mark.parametrize("style", ["gost71", "gost70100", "isbd"])
def test_card_prints_every_record(style: str, file: Path, capfdbinary: Streams) -> None:
    assert cli.run(["marc", "card", str(file), "--style", style, "--json"]) == 0
    lines = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert len(lines) == 20
    assert all(line["card"].strip() for line in lines)


def test_a_named_profile_is_used_for_every_record(file: Path, capfdbinary: Streams) -> None:
    assert cli.run(["marc", "check", str(file), "--json", "--profile", "rusmarc"]) == 0
    lines = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert {line["profile"] for line in lines} == {"rusmarc"}
    assert any(issue["rule"] == "structure.unknown-field" for line in lines for issue in line["issues"])


@pytest.mark.django_db
def test_kazmarc_is_checked_with_the_rows_of_the_library(tmp_path: Path, capfdbinary: Streams) -> None:
    ProfileRow.objects.create(tag="995", name_kk="Қор", mandatory=True, source="KAZMARC, 1")
    path = tmp_path / "one.mrk"
    path.write_bytes(codecs.dumps(examples.base("unimarc"), "mrk"))
    assert cli.run(["marc", "check", str(path), "--json", "--profile", "kazmarc"]) == 0
    (line,) = capfdbinary.readouterr().out.splitlines()
    assert [(issue["rule"], issue["field"]) for issue in json.loads(line)["issues"]] == [("complete.field", "995")]


def test_an_operators_file_widens_the_format(tmp_path: Path, capfdbinary: Streams) -> None:
    record = tmp_path / "one.mrk"
    lines = [*codecs.dumps(examples.base("unimarc"), "mrk").decode().strip().splitlines(), "=328  \\0$aДисс."]
    record.write_text(
        "\n".join(sorted(lines, key=lambda line: "000" if line.startswith("=LDR") else line[1:4])), "utf-8"
    )
    fuller = tmp_path / "full.json"
    fuller.write_text(
        json.dumps(
            {"format": "RUSMARC", "fields": [{"tag": "328", "name": "Диссертация", "subfields": [{"code": "a"}]}]}
        ),
        "utf-8",
    )
    assert cli.run(["marc", "check", str(record), "--json", "--profile", "rusmarc"]) == 0
    assert b"structure.unknown-field" in capfdbinary.readouterr().out
    assert cli.run(["marc", "check", str(record), "--json", "--profile", "rusmarc", "--profile-file", str(fuller)]) == 0
    assert b"structure.unknown-field" not in capfdbinary.readouterr().out
    fuller.write_text("{", "utf-8")
    assert cli.run(["marc", "check", str(record), "--profile", "rusmarc", "--profile-file", str(fuller)]) == 1
