"""`orken regions grade`, `orken treatment check`, `orken treatment facts`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from orken.conservation import (
    regions_grader,
    specimen_commands,  # noqa: F401 - registers commands of its own
    treatment,
)
from orken.conservation.annotations import AnnotationRefused, Canvas, Read, parse_document
from orken.conservation.regions_grader import Reference
from orken.conservation.regions_grader.consensus import MOST_EXPERTS
from orken.conservation.selectors import rules
from orken.conservation.treatment import CaseRefused
from orken.kit import cli

MOST_BYTES = 30 * 1024 * 1024


def _json(path: Path) -> Any:
    if not path.is_file():
        raise cli.InputRejected(f"There is no file {path}.")
    if path.stat().st_size > MOST_BYTES:
        raise cli.InputRejected(f"{path} is larger than 30 MB.")
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as broken:
        raise cli.InputRejected(f"{path} is no UTF-8 text.") from broken
    except json.JSONDecodeError as broken:
        raise cli.InputRejected(f"{path}, line {broken.lineno}: this is no JSON ({broken.msg}).") from broken
    except RecursionError as broken:
        raise cli.InputRejected(f"{path} is nested too deep.") from broken


def _read(path: Path, canvas: Canvas | None = None) -> Read:
    try:
        return parse_document(_json(path), canvas)
    except AnnotationRefused as refused:
        raise cli.InputRejected(f"{path}: {refused.words.en}") from refused


def _grade(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reference", type=Path, metavar="REF.json", help="the reference: regions and zones of «don't care»"
    )
    parser.add_argument("--expert", type=Path, action="append", metavar="EXP.json", help="an expert's regions; give it up to nine times instead of --reference")  # fmt: skip
    parser.add_argument("--answer", type=Path, required=True, metavar="ANS.json", help="the regions to be graded")
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("regions grade", help="grade regions drawn on a picture against a reference or experts", configure=_grade)
def grade_regions(options: argparse.Namespace) -> None:
    if bool(options.reference) == bool(options.expert):
        raise cli.WrongUsage("Give either --reference, or --expert once or more.")
    found: dict[str, Any] = {}
    alone = options.reference or (options.expert[0] if len(options.expert) == 1 else None)
    if alone is not None:  # one expert is the reference herself
        read = _read(alone)
        reference = Reference(read.canvas, read.regions, read.dont_care)
        result = regions_grader.grade(reference, _read(options.answer, read.canvas).regions)
    else:
        if len(options.expert) > MOST_EXPERTS:
            raise cli.WrongUsage(f"A consensus is of at most {MOST_EXPERTS} experts.")
        first = _read(options.expert[0])
        experts = [first, *(_read(path, first.canvas) for path in options.expert[1:])]
        free = [zone for one in experts for zone in one.dont_care]
        agreed = regions_grader.consensus(first.canvas, [one.regions for one in experts], free)
        result = regions_grader.grade(agreed.reference, _read(options.answer, first.canvas).regions)
        found["consensus"] = {
            "regions": len(agreed.reference.regions), "weights": list(agreed.weights),
            "leave_one_out": list(agreed.leave_one_out), "severity_kappa": agreed.kappa,
            "disputed": list(agreed.disputed), "admitted": agreed.admitted, "relative_score": agreed.relative(result),
        }  # fmt: skip
    if options.json:
        cli.print_json({**regions_grader.as_dict(result), **found})
        return
    print(f"score {result.score:g}")
    for cap in result.caps:
        print(f"held at {cap.limit:g}: {cap.why.en}")
    for match in result.matched:
        print(f"{match.wanted.id or match.wanted.code}: {match.u:.2f} {match.comment.en}")
    for miss in result.missed:
        print(f"{miss.wanted.id or miss.wanted.code}: missed. {miss.comment.en}")
    for one in result.extra:
        print(f"extra {one.mark.id or one.mark.code}: {one.comment.en}")
    for note in result.notes:
        print(note.words.en)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--case", type=Path, required=True, metavar="CASE.json", help='{"facts": {…}}')
    parser.add_argument("--plan", type=Path, required=True, metavar="PLAN.json", help='{"steps": [{"id": "T01"}, …]}')
    parser.add_argument("--reviewed", action="store_true", help="by the rules as the restorers of this installation left them, not by the first set")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("treatment check", help="judge a plan of treatment by the rules that hold for a case", configure=_check)
def check_treatment(options: argparse.Namespace) -> None:
    try:
        facts = treatment.parse_case(_json(options.case))
    except CaseRefused as refused:
        raise cli.InputRejected(f"{options.case}: {refused.words.en}") from refused
    try:
        plan = treatment.parse_plan(_json(options.plan))
    except CaseRefused as refused:
        raise cli.InputRejected(f"{options.plan}: {refused.words.en}") from refused
    verdict = treatment.check(facts, plan, rules.standing() if options.reviewed else None)
    if options.json:
        cli.print_json(treatment.as_dict(verdict))
        return
    print(f"score {verdict.score:g}")
    for one in verdict.missing:
        print(f"{one.rule} missing {', '.join(one.steps)}: {one.why.en} ({one.source})")
    for one in verdict.violations:
        print(f"{one.rule}{' critical' if one.critical else ''} {', '.join(one.steps)}: {one.why.en} ({one.source})")
    for step in verdict.unneeded:
        print(f"{step.id} is not called for: {step.name.en}")
    for one in verdict.advice:
        print(f"advice {one.rule}: {one.why.en} ({one.source})")


def _facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("treatment facts", help="the facts of a case with their allowed values, the steps, the materials", configure=_facts)  # fmt: skip
def treatment_facts(options: argparse.Namespace) -> None:
    found = treatment.dictionary()
    if options.json:
        cli.print_json(found)
        return
    for key, fact in found["facts"].items():
        print(f"{key}{' (several)' if fact['many'] else ''}: {', '.join(fact['values'])}")
    for key, step in found["steps"].items():
        print(f"{key} [{step['level']}] {step['name']['en']}")
    for code, material in found["materials"].items():
        ranges = ", ".join(
            f"{name} {one['least']:g}–{one['most']:g} {one['unit']}" for name, one in material["ranges"].items()
        )
        print(f"{code}: {' '.join(material['steps'])}{' forbidden' if material['forbidden'] else ''} {ranges}".rstrip())
