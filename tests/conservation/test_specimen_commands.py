"""`orken specimens draw`, `compose`, `prepare`: pictures, masks and a reference that the grader of the command line takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from orken.conservation import commands  # noqa: F401 - registers them
from orken.conservation.models import Specimen
from orken.kit import cli
from orken.network.models import Unit

SMALL = ["--size", "110", "150", "--mm-per-px", "0.3", "--seed", "4"]


def test_a_drawn_specimen_is_graded_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "one"
    assert (
        cli.run(["specimens", "draw", "--out", str(out), *SMALL, "--damage", "W2:3", "--damage", "C1:2", "--json"]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert {one["code"] for one in told["damages"]} == {"W2", "C1"}
    names = {path.name for path in out.iterdir()}
    assert {"normal.jpg", "raking.jpg", "uv.jpg", "transmitted.jpg", "reference.json", "manifest.json"} <= names
    mask = Image.open(out / "mask-01-W2.png")
    assert mask.size == (told["canvas"]["width"], told["canvas"]["height"]) and mask.getextrema() == (0, 255)
    reference = str(out / "reference.json")
    assert cli.run(["regions", "grade", "--reference", reference, "--answer", reference, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["score"] == 100


def test_damage_is_composed_on_a_scan(tmp_path: Path) -> None:
    assert (
        cli.run(["specimens", "draw", "--out", str(tmp_path / "sound"), *SMALL[:-1], "9", "--mm-per-px", "0.18"]) == 0
    )
    scan = tmp_path / "sound" / "normal.jpg"
    out = tmp_path / "composed"
    words = [
        "specimens",
        "compose",
        str(scan),
        "--out",
        str(out),
        "--seed",
        "2",
        "--mm-per-px",
        "0.18",
        "--damage",
        "B2:3",
    ]
    assert cli.run(words) == 0
    assert [one["code"] for one in json.loads((out / "manifest.json").read_text())] == ["B2"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["draw", "--out", "x", "--seed", "1", "--damage", "K1:2"], 1),
        (["draw", "--out", "x", "--seed", "1", "--damage", "K4:2", "--layout", "cover", "--stock", "cloth"], 1),
        (["draw", "--out", "x", "--seed", "1", "--damage", "P2:2"], 1),
        (["draw", "--out", "x", "--seed", "1", "--damage", "X9:2"], 1),
        (["draw", "--out", "x", "--seed", "1", "--mm-per-px", "0.001"], 1),
        (["draw", "--out", "x", "--seed", "1", "--script", "arab", "--lang", "ru"], 2),
        (["compose", "nowhere.jpg", "--out", "x", "--seed", "1", "--mm-per-px", "0.1", "--damage", "W2:2"], 1),
    ],
)
def test_what_cannot_be_drawn_is_said(
    words: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["specimens", *words]) == code
    said = capsys.readouterr().err
    assert said.startswith("orken: ") and "Traceback" not in said


@pytest.mark.django_db
def test_waiting_specimens_are_prepared_from_the_command_line(
    country: Callable[[str], Unit], capsys: pytest.CaptureFixture[str]
) -> None:
    first = Specimen.objects.filter(state="preparing").order_by("number").first()
    assert first is not None
    Specimen.objects.filter(pk=first.pk).update(mm_per_px=0.5)
    assert cli.run(["specimens", "prepare", "--most", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"prepared": [first.number], "cards": 0}
    first.refresh_from_db()
    assert first.state == "published"
