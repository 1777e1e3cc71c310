"""`orken coverage show` and `rebuild`: the numbers of the page, exit codes of the contract."""

from __future__ import annotations

import json
from datetime import date

import pytest

from orken.insights import commands
from orken.insights.models import Column
from orken.kit import cli
from tests.insights.conftest import covered, numbers

pytestmark = pytest.mark.django_db
assert commands.OUTSIDE  # importing them registers the words of the command line
Streams = pytest.CaptureFixture[str]


def test_the_command_line_says_what_the_page_says(capsys: Streams) -> None:
    assert cli.run(["coverage", "show", "KZ-55", "--on", "2025-12-31", "--years", "3", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    answer = covered("KZ-55", date(2025, 12, 31), years=3)
    assert {name: said["total"][name] for name in numbers(answer)} == numbers(answer)
    assert [line["unit"] for line in said["lines"]] == [line.code for line in answer.lines]


@pytest.mark.parametrize("words", [["XX-99"], ["KZ", "--on", "31.12.2025"], ["KZ", "--school", "KZ-55"]])
def test_what_does_not_exist_is_refused_in_a_sentence(words: list[str], capsys: Streams) -> None:
    assert cli.run(["coverage", "show", *words]) == 1
    assert capsys.readouterr().err.startswith("orken: ")


def test_columns_are_written_anew(capsys: Streams) -> None:
    before = numbers(covered("KZ"))
    Column.objects.all().delete()
    assert cli.run(["coverage", "rebuild"]) == 0
    assert "results:" in capsys.readouterr().out and Column.objects.exists()
    assert numbers(covered("KZ")) == before
