"""`orken coverage show`, `orken coverage rebuild`."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.utils import timezone, translation

from orken.curriculum.models import Kind
from orken.insights import services
from orken.insights.coverage import Coverage, Line, Question, coverage, end_of
from orken.insights.reckoning import YEARS
from orken.insights.shown import figures
from orken.insights.sources import KIND_OUTSIDE, KINDS
from orken.kit import cli
from orken.network.models import Unit

OUTSIDE = "outside"


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="code of a unit: KZ, KZ-55, KZ-55-D02")
    parser.add_argument("--on", metavar="DAY", help="as of this day (2025-12-31), today by default")
    parser.add_argument("--known-at", metavar="DAY", help="as was known at the end of this day")
    parser.add_argument("--years", type=int, choices=YEARS, default=1, help="period of the measures")
    parser.add_argument("--kind", choices=[*Kind.values, OUTSIDE], help="of this kind of training only")
    parser.add_argument("--school", metavar="CODE", help="of this school's programmes only")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _day(text: str | None, word: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise cli.InputRejected(f"{word}: «{text}» is not a day like 2025-12-31.") from problem


@cli.command("coverage show", help="who was trained, by unit, as of a day", configure=_show_arguments)
def show(options: argparse.Namespace) -> None:
    unit = Unit.objects.filter(code=options.code).first()
    if unit is None:
        raise cli.InputRejected(f"No unit has the code «{options.code}».")
    school = Unit.objects.filter(code=options.school, kind=Unit.Kind.SCHOOL).first() if options.school else None
    if options.school and school is None:
        raise cli.InputRejected(f"No school has the code «{options.school}».")
    question = Question(
        _day(options.on, "--on") or timezone.localdate(), end_of(_day(options.known_at, "--known-at")), options.years,
        KIND_OUTSIDE if options.kind == OUTSIDE else KINDS.get(options.kind or "", 0), school.pk if school else 0,
    )  # fmt: skip
    answer = coverage(unit, question, whole=True)
    if options.json:
        cli.print_json(_document(answer))
        return
    with translation.override("en"):
        for line in [*answer.lines, answer.total]:
            said = ", ".join(f"{one.label}: {one.value}" for one in figures(line, options.years))
            print(f"{line.code}{' (own staff)' if line.own else ''}: {said}")


def _document(answer: Coverage) -> dict[str, Any]:
    asked = answer.question
    return {
        "unit": answer.unit.code, "on": asked.on.isoformat(), "known_at": asked.known_at.isoformat() if asked.known_at else None,
        "years": asked.years, "total": _numbers(answer.total, asked.years),
        "lines": [{"unit": line.code, "own": line.own, **_numbers(line, asked.years)} for line in answer.lines],
    }  # fmt: skip


def _numbers(line: Line, years: int) -> dict[str, int | None]:
    return {one.name: one.value for one in figures(line, years)} | {"minutes": line.sums.measures["minutes"]}


@cli.command("coverage rebuild", help="write the columns of coverage anew from their sources")
def rebuild(options: argparse.Namespace) -> None:
    for source, rows in services.rebuild().items():
        print(f"{source}: {rows} rows")
