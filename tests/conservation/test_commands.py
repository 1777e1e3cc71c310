"""`orken regions grade`, `orken treatment check`, `orken treatment facts`: shapes, exit codes, sentences."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.conservation_submissions import leaf, second_expert
from orken.config.cli import call
from orken.conservation import annotations
from orken.conservation.annotations import Read

Write = Callable[[str, Any], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, value: Any) -> str:
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return str(path)

    return written


def document(seed: int = 3, hand: int | None = None) -> dict[str, Any]:
    reference = leaf(seed)
    regions = reference.regions if hand is None else tuple(second_expert(reference, random.Random(hand)))
    return annotations.to_document(Read(reference.canvas, regions))


def test_a_copy_of_the_reference_scores_a_hundred(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    reference = write("ref.json", document())
    assert call(["regions", "grade", "--reference", reference, "--answer", reference, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["score"] == 100 and found["severity_kappa"] == 1 and found["caps"] == []
    assert set(found) >= {"score", "by_type", "matched", "missed", "extra", "guards", "severity_kappa", "caps"}
    assert {"kk", "ru", "en"} == set(found["matched"][0]["comment"])


def test_an_empty_answer_misses_everything(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    reference, answer = write("ref.json", document()), write("ans.json", {**document(), "annotations": []})
    assert call(["regions", "grade", "--reference", reference, "--answer", answer, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["score"] == 0 and len(found["missed"]) == 15 and found["severity_kappa"] is None
    assert call(["regions", "grade", "--reference", reference, "--answer", answer]) == 0
    assert "held at 55" in capsys.readouterr().out


def test_experts_make_a_consensus(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    experts = [part for n in range(3) for part in ("--expert", write(f"e{n}.json", document(3, n)))]
    assert call(["regions", "grade", *experts, "--answer", write("ans.json", document()), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["score"] > 85 and found["consensus"]["admitted"] and len(found["consensus"]["weights"]) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("no json", "line 1"),
        ("[]", "canvas"),
        ({"canvas": {"width": 900, "height": 1260, "mm_per_px": 0.16}, "annotations": []}, "900 × 1260"),
        ({**document(), "annotations": [{"body": {"purpose": "classifying", "value": "Z1"}}]}, "Z1"),
    ],
)
def test_a_bad_answer_is_refused_with_a_sentence(
    answer: Any, said: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["regions", "grade", "--reference", write("ref.json", document()), "--answer", write("ans.json", answer)]
    assert call(words) == 1
    told = capsys.readouterr()
    assert said in told.err and not told.out and "Traceback" not in told.err


def test_a_missing_file_is_said(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["regions", "grade", "--reference", "/none.json", "--answer", "/none.json"]) == 1
    assert "no file" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--reference", "x", "--expert", "y"], ["--expert", "y"] * 10])
def test_reference_or_experts_and_not_both(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["regions", "grade", *words, "--answer", "z"]) == 2
    assert "xpert" in capsys.readouterr().err


def test_one_expert_is_the_reference_herself(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    expert = write("e.json", document(3, 1))
    assert call(["regions", "grade", "--expert", expert, "--answer", expert, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["score"] == 100


def test_a_plan_is_checked(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    case = write("case.json", {"facts": {"mould": "active"}})
    plan = write("plan.json", {"steps": [{"id": "T10"}, {"id": "T01", "material": ""}]})
    assert call(["treatment", "check", "--case", case, "--plan", plan, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["score"] <= 40
    rule = next(one for one in found["violations"] if one["rule"] == "R-024")
    assert rule["kind"] == "requires_before" and rule["critical"] and rule["source"] and rule["why"]["kk"]
    assert {one["step"] for one in found["missing"]} >= {"T04", "T05", "T06"}
    assert call(["treatment", "check", "--case", case, "--plan", plan]) == 0
    assert "R-024 critical" in capsys.readouterr().out


def test_an_unknown_fact_is_refused_by_name(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    plan = write("plan.json", {"steps": []})
    assert call(["treatment", "check", "--case", write("c.json", {"facts": {"smell": "bad"}}), "--plan", plan]) == 1
    assert "smell" in capsys.readouterr().err
    assert (
        call(
            [
                "treatment",
                "check",
                "--case",
                write("c.json", {"facts": {}}),
                "--plan",
                write("p.json", {"steps": ["T98"]}),
            ]
        )
        == 1
    )
    assert "T98" in capsys.readouterr().err


def test_the_dictionary_of_facts_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["treatment", "facts", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["facts"]["mould"]["values"]["active"]["kk"] == "белсенді"
    assert found["materials"]["wheat-starch-paste"]["ranges"]["concentration"]["least"] == 5
    assert call(["treatment", "facts"]) == 0
    assert "wheat-starch-paste" in capsys.readouterr().out
